//! The state of a model's optimizer, in the order in which Keras keeps it: iteration, learning rate, slots.

use super::loading::buffer;
use super::weights::array;
use super::{file_error, h5};
use crate::network::Network;
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

/// The state to be written.
pub(super) struct Saved {
    /// Name of the optimizer.
    pub(super) name: String,
    pub(super) values: Vec<Array>,
}

/// The state to go on from.
pub(super) struct Found {
    iterations: u64,
    learning_rate: Option<f64>,
    slots: IndexMap<String, Arc<Buffer>>,
}

/// The state of a compiled model's optimizer.
pub(super) fn state(model: &Model, _network: &Network) -> Option<Saved> {
    let compiled = model.compiled.as_ref()?;
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
    Some(Saved { name: compiled.optimizer.name().to_owned(), values })
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
    let Some(vars) = h5::vars(root, "optimizer")? else { return Ok(None) };
    let count = vars.datasets().map_err(file_error)?.len();
    let slots = slots(model, compiled);
    let own = 1 + usize::from(has_learning_rate(compiled));
    if count != own && count != own + slots.len() {
        let expected = own + slots.len();
        warn(format_args!(
            "{}: the state of the optimizer is left out, found {count} tensors, expected {expected}",
            path.display()
        ));
        return Ok(None);
    }
    let dataset = |i: usize| vars.dataset(&i.to_string()).map_err(file_error);
    let learning_rate = match own {
        2 => scalar(&dataset(1)?)?.to_f64().first().copied(),
        _ => None,
    };
    let mut found = Found { iterations: iterations(&dataset(0)?)?, learning_rate, slots: IndexMap::new() };
    if count > own {
        for (i, slot) in slots.into_iter().enumerate() {
            let value = slot_value(&slot, &dataset(own + i)?)?;
            found.slots.insert(slot.path, Arc::new(value));
        }
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
