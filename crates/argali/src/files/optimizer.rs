//! The state of a model's optimizer, in the order in which Keras keeps it: iteration, learning rate, slots.

use super::loading::buffer;
use super::weights::array;
use super::{file_error, h5};
use crate::optimizers::{SlotInfo, VariableInfo};
use crate::schedules::LearningRate;
use crate::training::{Compiled, filled, with_unique_paths};
use crate::warnings::warn;
use crate::{Error, Model, NamedWeight, Problem, Result, settings};
use argali_engine::{Buffer, DType};
use argali_formats::Array;
use argali_formats::hdf5::{Dataset, Group};
use indexmap::IndexMap;
use ndarray::arr0;
use std::path::Path;
use std::sync::Arc;

/// The state of an optimizer to be written.
pub(super) struct Saved {
    /// Name of the optimizer.
    pub(super) name: String,
    pub(super) values: Vec<Array>,
}

const GROUP: &str = "optimizer";

/// Where Keras keeps the state of the optimizer that it puts a `LossScaleOptimizer` around.
const INNER_GROUP: &str = "optimizer/inner_optimizer";

/// The state to go on from.
pub(super) struct Found {
    iterations: u64,
    learning_rate: Option<f64>,
    slots: IndexMap<String, Arc<Buffer>>,
}

/// The state of a compiled model's optimizer.
pub(super) fn state(model: &Model) -> Option<Saved> {
    let compiled = model.compiled.as_ref()?;
    Some(Saved { name: compiled.optimizer.name().to_owned(), values: values(model, compiled) })
}

fn values(model: &Model, compiled: &Compiled) -> Vec<Array> {
    let iterations = compiled.iterations;
    let mut values = vec![match i32::try_from(iterations) {
        Ok(iterations) => arr0(iterations).into(),
        Err(_) => arr0(iterations as i64).into(),
    }];
    if has_learning_rate(compiled) {
        let rate = compiled.current_learning_rate();
        values.push(match settings::current().floatx.dtype() {
            DType::F64 => arr0(rate).into(),
            _ => arr0(rate as f32).into(),
        });
    }
    let value = |slot: &SlotInfo| {
        let kept = compiled.state.get(&slot.path).filter(|b| b.len() == length(slot));
        let initial = || Arc::new(filled(slot.dtype, length(slot), slot.initial));
        saved(array(&kept.cloned().unwrap_or_else(initial), &slot.shape)?)
    };
    values.extend(slots(model, compiled).iter().filter_map(value));
    values
}

/// Integers as narrow as Keras keeps them.
fn saved(array: Array) -> Option<Array> {
    match array {
        Array::I64(values) => Some(values.mapv(|value| value as i32).into()),
        other => Some(other),
    }
}

/// Keras has a variable for a learning rate that no schedule gives.
fn has_learning_rate(compiled: &Compiled) -> bool {
    let is_constant = matches!(compiled.optimizer.common().learning_rate, LearningRate::Constant(_));
    is_constant || compiled.learning_rate.is_some()
}

fn slots(model: &Model, compiled: &Compiled) -> Vec<SlotInfo> {
    let info = |w: NamedWeight| VariableInfo { path: w.path, shape: w.shape, dtype: w.dtype };
    let trained: Vec<_> = model.weights().into_iter().filter(|w| w.trainable).map(info).collect();
    with_unique_paths(compiled.optimizer.variables(&trained))
}

fn length(slot: &SlotInfo) -> usize {
    slot.shape.iter().product()
}

/// Reads the state of the model's optimizer, if the model is compiled and the file has some.
pub(super) fn find(model: &Model, root: &Group, path: &Path) -> Result<Option<Found>> {
    let Some(compiled) = &model.compiled else { return Ok(None) };
    let inner = h5::vars(root, INNER_GROUP)?;
    let Some(vars) = inner.map_or_else(|| h5::vars(root, GROUP), |vars| Ok(Some(vars)))? else { return Ok(None) };
    let count = vars.datasets().map_err(file_error)?.len();
    let datasets = (0..count).map(|i| vars.dataset(&i.to_string()).map_err(file_error));
    find_in(model, compiled, &datasets.collect::<Result<Vec<_>>>()?, has_learning_rate(compiled), path)
}

/// Reads the state of the model's optimizer from a group of a legacy file, whose members are to be taken in the order of
/// `names`. Keras 2 kept no learning rate there, and before 2.11 another order.
pub(super) fn find_named(model: &Model, group: &Group, names: &[String], path: &Path) -> Result<Option<Found>> {
    let Some(compiled) = &model.compiled else { return Ok(None) };
    if names.first().is_none_or(|name| !name.trim_end_matches(":0").ends_with("iteration")) {
        warn(format_args!("{}: the state of the optimizer is left out, it is of Keras before 2.11", path.display()));
        return Ok(None);
    }
    let datasets = names.iter().map(|name| group.dataset(name).map_err(file_error)).collect::<Result<Vec<_>>>()?;
    let has_rate = names.get(1).is_some_and(|name| name.trim_end_matches(":0").ends_with("learning_rate"));
    find_in(model, compiled, &datasets, has_rate, path)
}

fn find_in(
    model: &Model,
    compiled: &Compiled,
    datasets: &[Dataset],
    has_rate: bool,
    path: &Path,
) -> Result<Option<Found>> {
    let slots = slots(model, compiled);
    let own = 1 + usize::from(has_rate);
    let count = datasets.len();
    if count != own && count != own + slots.len() {
        let expected = own + slots.len();
        warn(format_args!(
            "{}: the state of the optimizer is left out, found {count} tensors, expected {expected}",
            path.display()
        ));
        return Ok(None);
    }
    let (counts, saved) = datasets.split_at(own);
    let Some(first) = counts.first() else { return Ok(None) };
    let learning_rate = match counts.get(1) {
        Some(rate) => scalar(rate)?.to_f64().first().copied(),
        None => None,
    };
    let mut found = Found { iterations: iterations(first)?, learning_rate, slots: IndexMap::new() };
    for (slot, dataset) in slots.into_iter().zip(saved) {
        let value = slot_value(&slot, dataset)?;
        found.slots.insert(slot.path, Arc::new(value));
    }
    Ok(Some(found))
}

fn slot_value(slot: &SlotInfo, dataset: &Dataset) -> Result<Buffer> {
    expect_shape(dataset, &slot.shape, &slot.path)?;
    let is_float =
        matches!(dataset.dtype().map_err(file_error)?, argali_formats::DType::F32 | argali_formats::DType::F64);
    if slot.dtype.is_float() && !is_float {
        return Err(mismatch(format!("`{}` holds integers, expected floating-point numbers", slot.path)));
    }
    Ok(buffer(dataset.read().map_err(file_error)?).cast(slot.dtype))
}

fn scalar(dataset: &Dataset) -> Result<Array> {
    expect_shape(dataset, &[], dataset.path())?;
    dataset.read().map_err(file_error)
}

fn iterations(dataset: &Dataset) -> Result<u64> {
    let iterations = scalar(dataset)?.to_i64().and_then(|array| array.first().copied());
    let iterations = iterations.and_then(|iterations| u64::try_from(iterations).ok());
    iterations.ok_or_else(|| mismatch(format!("`{}` is no count of steps", dataset.path())))
}

fn expect_shape(dataset: &Dataset, expected: &[usize], name: &str) -> Result<()> {
    let shape = dataset.shape().map_err(file_error)?;
    match shape == expected {
        true => Ok(()),
        false => Err(mismatch(format!("`{name}` of the optimizer has shape {shape:?}, expected {expected:?}"))),
    }
}

fn mismatch(message: String) -> Error {
    Error::new(Problem::data(message, "the file must come from a model with the same layers and optimizer"))
}

/// Puts the state into the model.
pub(super) fn restore(model: &mut Model, found: Option<Found>) {
    let (Some(compiled), Some(found)) = (&mut model.compiled, found) else { return };
    compiled.iterations = found.iterations;
    compiled.state = found.slots;
    compiled.learning_rate = found.learning_rate.filter(|rate| differs(*rate, compiled.current_learning_rate()));
}

/// Whether numbers differ in 32 bits.
fn differs(a: f64, b: f64) -> bool {
    a as f32 != b as f32
}
