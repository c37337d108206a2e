//! HDF5 files as Keras wrote them before version 3, and as it still does under names that end in `.h5`.

use super::loading::{Loading, Target};
use super::{LoadWeights, file_error, optimizer};
use crate::{Error, Json, Model, NamedWeight, Problem, Registry, Result};
use argali_formats::hdf5::Group;
use indexmap::IndexMap;
use std::path::Path;

/// The group with the weights of a legacy file: the root, or `model_weights` in the file of a whole model. `None` for
/// a file as Keras 3 writes it.
pub(super) fn weights(root: &Group) -> Result<Option<Group>> {
    if let Some(weights) = root.find_group("model_weights").map_err(file_error)? {
        return Ok(Some(weights));
    }
    let names = root.texts("layer_names").map_err(file_error)?;
    Ok(names.map(|_| root.clone()))
}

/// The model in a legacy file.
pub(super) fn model(root: &Group, registry: &Registry, path: &Path) -> Result<Model> {
    let mut config = json(root, "model_config")?;
    if let Some(version) = root.attribute("keras_version").map_err(file_error)?.and_then(|v| v.into_text()) {
        config["keras_version"] = version.into();
    }
    if root.attribute("training_config").map_err(file_error)?.is_some() {
        config["training_config"] = json(root, "training_config")?;
    }
    let mut model = registry.model_from_value(config)?;
    if let Some(weights) = weights(root)? {
        let options = LoadWeights::new();
        let mut loading = Loading::new(&options);
        find(&model, &weights, &mut loading)?;
        loading.finish(path)?;
    }
    if let Some(saved) = root.find_group("optimizer_weights").map_err(file_error)? {
        let names = weight_names(&saved)?;
        let state = optimizer::find_named(&model, &saved, &names, path)?;
        optimizer::restore(&mut model, state);
    }
    Ok(model)
}

/// The JSON object that an attribute holds.
fn json(root: &Group, name: &str) -> Result<Json> {
    let text = root.text(name).map_err(file_error)?;
    let value = argali_formats::json::parse(text.as_bytes());
    let value = value.map_err(|e| Error::new(Problem::File(format!("attribute `{name}`: {e}"))))?;
    match value {
        Json::Object(_) => Ok(value),
        _ => Err(Error::new(Problem::File(format!("attribute `{name}`: expected a JSON object")))),
    }
}

/// Finds the weights of a model in the group of a legacy file, by the order of the layers that have weights or by their
/// names. Of each layer the trainable weights come first.
pub(super) fn find(model: &Model, weights: &Group, loading: &mut Loading<'_>) -> Result<()> {
    let mut own: IndexMap<String, Vec<NamedWeight>> = IndexMap::new();
    for weight in model.weights() {
        let layer = weight.path.split_once('/').map_or("", |(layer, _)| layer);
        own.entry(layer.to_owned()).or_default().push(weight);
    }
    let mut saved = Vec::new();
    for name in weights.texts("layer_names").map_err(file_error)?.unwrap_or_default() {
        let group = weights.group(&name).map_err(file_error)?;
        let names = weight_names(&group)?;
        if !names.is_empty() {
            saved.push((name, group, names));
        }
    }
    if loading.is_by_name() {
        for (name, group, names) in saved {
            match own.shift_remove(&name) {
                Some(targets) => find_layer(&name, targets, &group, &names, loading)?,
                None => loading.unused(name),
            }
        }
        own.into_values().flatten().for_each(|weight| loading.missing(&target(weight)));
        return Ok(());
    }
    if own.len() != saved.len() {
        let names = saved.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>().join(", ");
        let message = format!("has weights of {} layers ({names}), the model has {}", saved.len(), own.len());
        return Err(Error::new(Problem::data(
            message,
            "`LoadWeights::new().by_name(true)` loads what has the same names",
        )));
    }
    for ((name, targets), (_, group, names)) in own.into_iter().zip(saved) {
        find_layer(&name, targets, &group, &names, loading)?;
    }
    Ok(())
}

fn weight_names(group: &Group) -> Result<Vec<String>> {
    Ok(group.texts("weight_names").map_err(file_error)?.unwrap_or_default())
}

fn target(weight: NamedWeight) -> Target {
    Target { path: weight.path, is_count: weight.name == "count", variable: weight.variable }
}

fn find_layer(
    layer: &str,
    weights: Vec<NamedWeight>,
    group: &Group,
    names: &[String],
    loading: &mut Loading<'_>,
) -> Result<()> {
    if weights.len() != names.len() {
        let (found, expected) = (names.len(), weights.len());
        loading.mismatch(format!("`{layer}` has {found} weights ({}), expected {expected}", names.join(", ")));
        return Ok(());
    }
    let (trainable, others): (Vec<_>, Vec<_>) = weights.into_iter().partition(|weight| weight.trainable);
    for (weight, name) in trainable.into_iter().chain(others).zip(names) {
        let dataset = group.dataset(name).map_err(file_error)?;
        let (shape, dtype) = (dataset.shape().map_err(file_error)?, dataset.dtype().map_err(file_error)?);
        loading.take(&target(weight), &shape, dtype, || dataset.read())?;
    }
    Ok(())
}
