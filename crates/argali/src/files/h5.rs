//! Weights in HDF5 files as Keras 3 writes them: a group for each object, with its weights numbered.

use super::loading::{Loading, Target};
use super::objects::{Stored, objects};
use super::weights::arrays;
use super::{file_error, legacy, optimizer};
use crate::{Model, Result};
use argali_formats::hdf5::{self, Group, Tree};
use argali_formats::{Array, Result as FileResult};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// More groups within groups than any model has.
const MAX_DEPTH: usize = 256;

pub(super) fn write(model: &Model, path: &Path) -> Result<()> {
    hdf5::write(path, tree(model)?).map_err(file_error)
}

/// The weights and the optimizer's state.
pub(super) fn tree(model: &Model) -> Result<Tree> {
    let mut tree = Tree::new();
    let objects = objects(model);
    let mut values = arrays(objects.iter().flat_map(|object| &object.weights).collect::<Vec<_>>()).into_iter();
    for object in &objects {
        let values: Vec<_> = object.weights.iter().zip(values.by_ref()).map(|(t, v)| stored(t, v)).collect();
        put(&mut tree, &object.vars(), &object.name, &values).map_err(file_error)?;
    }
    if let Some(state) = optimizer::state(model) {
        put(&mut tree, "optimizer/vars", &state.name, &state.values).map_err(file_error)?;
    }
    Ok(tree)
}

fn stored(target: &Target, value: Array) -> Array {
    match target.is_count {
        true => value.to_f64().mapv(|count| count as i32).into(),
        false => value,
    }
}

fn put(tree: &mut Tree, group: &str, name: &str, values: &[Array]) -> FileResult<()> {
    tree.attribute(group, "name", name)?;
    values.iter().enumerate().try_for_each(|(i, value)| tree.dataset(&format!("{group}/{i}"), value))
}

/// Finds the weights of a model in a file.
pub(super) fn find(model: &Model, root: &Group, loading: &mut Loading<'_>) -> Result<()> {
    if let Some(root) = legacy::weights(root)? {
        return legacy::find(model, &root, loading);
    }
    let objects = objects(model);
    match loading.is_by_name() {
        true => find_by_name(&objects, root, loading),
        false => find_by_place(&objects, root, loading),
    }
}

fn find_by_place(objects: &[Stored], root: &Group, loading: &mut Loading<'_>) -> Result<()> {
    for object in objects {
        find_object(object, vars(root, &object.group)?.as_ref(), loading)?;
    }
    let known: HashSet<&str> = objects.iter().map(|object| object.group.as_str()).collect();
    for vars in all_vars(root)? {
        let group = parent(vars.path());
        let is_of_a_layer = parent(group).rsplit('/').next() == Some("layers");
        if is_of_a_layer && !known.contains(group) && !datasets(&vars)?.is_empty() {
            loading.unused(group.to_owned());
        }
    }
    Ok(())
}

fn find_by_name(objects: &[Stored], root: &Group, loading: &mut Loading<'_>) -> Result<()> {
    let mut named = HashMap::new();
    for vars in all_vars(root)? {
        named.insert(names(root, &vars)?, vars);
    }
    for object in objects.iter().filter(|object| !object.names.is_empty()) {
        find_object(object, named.remove(&object.names).as_ref(), loading)?;
    }
    for (name, vars) in named {
        if !name.is_empty() && !vars.path().starts_with("optimizer/") && !datasets(&vars)?.is_empty() {
            loading.unused(name);
        }
    }
    Ok(())
}

/// Finds the weights of one object in its group, which has them numbered.
fn find_object(object: &Stored, vars: Option<&Group>, loading: &mut Loading<'_>) -> Result<()> {
    let count = vars.map(datasets).transpose()?.map_or(0, |names| names.len());
    let expected = object.weights.len();
    let Some(vars) = vars.filter(|_| count > 0) else {
        if object.is_repeated {
            return Ok(());
        }
        object.weights.iter().for_each(|target| loading.missing(target));
        return Ok(());
    };
    if count != expected {
        let names: Vec<_> = object.weights.iter().map(|target| target.variable.spec.name).collect();
        let expected = if names.is_empty() { "none".to_owned() } else { format!("{expected}: {}", names.join(", ")) };
        loading.mismatch(format!("`{}` has {count} weights, expected {expected}", object.names));
        return Ok(());
    }
    for (i, target) in object.weights.iter().enumerate() {
        let dataset = vars.dataset(&i.to_string()).map_err(file_error)?;
        let shape = dataset.shape().map_err(file_error)?;
        let dtype = dataset.dtype().map_err(file_error)?;
        loading.take(target, &shape, dtype, || dataset.read())?;
    }
    Ok(())
}

fn datasets(group: &Group) -> Result<Vec<String>> {
    group.datasets().map_err(file_error)
}

/// The group with the weights of an object; files of Keras 2.13 have another name for `layers`.
pub(super) fn vars(root: &Group, group: &str) -> Result<Option<Group>> {
    let vars = |group: &str| match group {
        "" => root.find_group("vars"),
        group => root.find_group(&format!("{group}/vars")),
    };
    let found = vars(group).map_err(file_error)?;
    if found.is_some() || !group.contains("layers") {
        return Ok(found);
    }
    vars(&group.replace("layers", "_layer_checkpoint_dependencies")).map_err(file_error)
}

/// All groups called `vars`.
fn all_vars(root: &Group) -> Result<Vec<Group>> {
    let mut found = Vec::new();
    let mut pending = vec![(root.clone(), 0)];
    while let Some((group, depth)) = pending.pop() {
        for name in group.groups().map_err(file_error)? {
            let member = group.group(&name).map_err(file_error)?;
            match name.as_str() {
                "vars" => found.push(member),
                _ if depth < MAX_DEPTH => pending.push((member, depth + 1)),
                _ => {}
            }
        }
    }
    Ok(found)
}

/// Names of the layers around a group with weights, as the groups around it have them.
fn names(root: &Group, vars: &Group) -> Result<String> {
    let mut names = Vec::new();
    let mut group = parent(vars.path());
    while !group.is_empty() {
        let is_container = group.rsplit('/').next() == Some("layers");
        if !is_container && let Some(vars) = root.find_group(&format!("{group}/vars")).map_err(file_error)? {
            let name = vars.attribute("name").map_err(file_error)?;
            names.push(name.and_then(hdf5::Attribute::into_text).unwrap_or_default());
        }
        group = parent(group);
    }
    names.reverse();
    Ok(names.join("/"))
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}
