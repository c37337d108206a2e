//! The crossentropy that fits targets and outputs.

use super::{BinaryCrossentropy, CategoricalCrossentropy, Loss, SparseCategoricalCrossentropy};
use crate::{Class, Config, Dim, Json, Keys, Problem, Shape};
use argali_engine::Value;

/// The binary, categorical or sparse categorical crossentropy, by the shapes of targets and outputs. It has no class in
/// Keras, only names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crossentropy;

impl Config for Crossentropy {
    const CLASS: Class = Class::keras("keras.losses", "crossentropy");
    const KEYS: &'static [&'static str] = &[];

    fn write(&self, _: &mut dyn FnMut(&str, Json)) {}

    fn read(_: &mut Keys) -> Result<Self, Problem> {
        Ok(Crossentropy)
    }
}

/// What is told by the shapes of targets and outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TargetKind {
    Binary,
    Categorical,
    Sparse,
}

impl TargetKind {
    /// As Keras's `is_binary_or_sparse_categorical`.
    pub(crate) fn of(y_true: &[Dim], y_pred: &[Dim]) -> Self {
        let last = |shape: &[Dim]| shape.last().copied().flatten();
        let one_label = last(y_true) == Some(1) && last(y_pred).is_none_or(|n| n > 1);
        if last(y_pred) == Some(1) {
            TargetKind::Binary
        } else if y_true.len() < y_pred.len() || one_label {
            TargetKind::Sparse
        } else {
            TargetKind::Categorical
        }
    }

    /// As [`of`](TargetKind::of) for tensors.
    pub(crate) fn of_values(y_true: Value<'_>, y_pred: Value<'_>) -> Self {
        Self::of(&Shape::from(&y_true.shape()[..]).0, &Shape::from(&y_pred.shape()[..]).0)
    }
}

impl Crossentropy {
    /// The names it is asked for by, in any case.
    pub(super) const NAMES: &'static [&'static str] = &["crossentropy", "ce"];
}

impl Loss for Crossentropy {
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        match TargetKind::of(&y_true.0, &y_pred.0) {
            TargetKind::Binary => BinaryCrossentropy::new().check(y_true, y_pred),
            TargetKind::Categorical => CategoricalCrossentropy::new().check(y_true, y_pred),
            TargetKind::Sparse => SparseCategoricalCrossentropy::new().check(y_true, y_pred),
        }
    }

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        match TargetKind::of_values(y_true, y_pred) {
            TargetKind::Binary => BinaryCrossentropy::new().call(y_true, y_pred),
            TargetKind::Categorical => CategoricalCrossentropy::new().call(y_true, y_pred),
            TargetKind::Sparse => SparseCategoricalCrossentropy::new().call(y_true, y_pred),
        }
    }
}
