//! How many predictions are right.

use super::any::keras;
use super::{MeanMetric, floatx, named_and_typed, same_shapes};
use crate::losses::{TargetKind, axis_of, label_axis, same_rank, targets};
use crate::{Class, Config, Json, Keys, Number, Problem, Shape};
use argali_engine::Value;

object! {
    /// How often predictions equal targets exactly.
    ///
    /// Targets and predictions have one shape. States: `total` and `count`. The *name* `"accuracy"` is another metric: the
    /// binary, categorical or sparse categorical accuracy by the shapes of targets and outputs.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, Accuracy};
    /// assert_eq!(AnyMetric::from(Accuracy::new()).name(), "accuracy");
    /// ```
    ///
    /// Keras: `keras.metrics.Accuracy`.
    pub struct Accuracy(keras("Accuracy")) {
        ..
        /// Name of the metric. Default `"accuracy"`.
        name: String as &str = "accuracy".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

object! {
    /// How often predictions are on the same side of a threshold as targets of 0 and 1.
    ///
    /// Targets and predictions have one shape; a last axis of length 1 may be missing. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, BinaryAccuracy};
    /// assert_eq!(AnyMetric::from(BinaryAccuracy::new().threshold(0.7)).name(), "binary_accuracy");
    /// ```
    ///
    /// Keras: `keras.metrics.BinaryAccuracy`.
    pub struct BinaryAccuracy(keras("BinaryAccuracy")) {
        ..
        /// Name of the metric. Default `"binary_accuracy"`.
        name: String as &str = "binary_accuracy".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Predictions above it count as 1. Default 0.5.
        threshold: Number as impl Into<Number> = 0.5.into(),
    }
}

object! {
    /// How often the most probable class is that of one-hot targets.
    ///
    /// Targets and predictions have the shape `(batch, .., classes)`. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, CategoricalAccuracy};
    /// assert_eq!(AnyMetric::from(CategoricalAccuracy::new()).name(), "categorical_accuracy");
    /// ```
    ///
    /// Keras: `keras.metrics.CategoricalAccuracy`.
    pub struct CategoricalAccuracy(keras("CategoricalAccuracy")) {
        ..
        /// Name of the metric. Default `"categorical_accuracy"`.
        name: String as &str = "categorical_accuracy".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

object! {
    /// How often the most probable class is that of integer targets.
    ///
    /// Predictions have the shape `(batch, .., classes)`, targets `(batch, ..)` or `(batch, .., 1)`. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, SparseCategoricalAccuracy};
    /// assert_eq!(AnyMetric::from(SparseCategoricalAccuracy::new()).name(), "sparse_categorical_accuracy");
    /// ```
    ///
    /// Keras: `keras.metrics.SparseCategoricalAccuracy`.
    pub struct SparseCategoricalAccuracy(keras("SparseCategoricalAccuracy")) {
        ..
        /// Name of the metric. Default `"sparse_categorical_accuracy"`.
        name: String as &str = "sparse_categorical_accuracy".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

impl MeanMetric for Accuracy {
    named_and_typed!();

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        same_shapes(&self.name, y_true, y_pred)
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        y_true.equal(y_pred)
    }
}

impl MeanMetric for BinaryAccuracy {
    named_and_typed!();

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        same_shapes(&self.name, y_true, y_pred)
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        y_true.equal(y_pred.greater(y_pred.full_like(self.threshold.get())))
    }
}

impl MeanMetric for CategoricalAccuracy {
    named_and_typed!();

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        targets::distributions(targets::Family::Accuracy, &self.name, y_true, y_pred, -1)
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let class = |v: Value<'g>| v.arg_max(axis_of(v, -1));
        class(y_true).equal_to(class(y_pred), y_pred.dtype())
    }
}

impl MeanMetric for SparseCategoricalAccuracy {
    named_and_typed!();

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        targets::labels(targets::Family::Accuracy, &self.name, y_true, y_pred, -1)
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let last = axis_of(y_pred, -1);
        let hit = label_axis(y_true, y_pred, last).equal(y_pred.arg_max(last).cast(y_pred.dtype()));
        let shape = hit.shape();
        if shape.len() > 1 && shape.last() == Some(&1) { hit.squeeze(shape.len() - 1) } else { hit }
    }
}

/// The binary, categorical or sparse categorical accuracy, by the shapes of targets and outputs. It has no class in
/// Keras, only names.
#[derive(Clone, Copy, Debug)]
pub(super) struct AutomaticAccuracy;

impl AutomaticAccuracy {
    /// The names it is asked for by, in any case.
    pub(super) const NAMES: &'static [&'static str] = &["accuracy", "acc"];
}

impl Config for AutomaticAccuracy {
    const CLASS: Class = keras("accuracy");
    const KEYS: &'static [&'static str] = &[];

    fn write(&self, _: &mut dyn FnMut(&str, Json)) {}

    fn read(_: &mut Keys) -> Result<Self, Problem> {
        Ok(AutomaticAccuracy)
    }
}

impl MeanMetric for AutomaticAccuracy {
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        match TargetKind::of(&y_true.0, &y_pred.0) {
            TargetKind::Binary => MeanMetric::check(&BinaryAccuracy::new().name("accuracy"), y_true, y_pred),
            TargetKind::Categorical => MeanMetric::check(&CategoricalAccuracy::new().name("accuracy"), y_true, y_pred),
            TargetKind::Sparse => MeanMetric::check(&SparseCategoricalAccuracy::new().name("accuracy"), y_true, y_pred),
        }
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        match TargetKind::of_values(y_true, y_pred) {
            TargetKind::Binary => BinaryAccuracy::new().values(y_true, y_pred),
            TargetKind::Categorical => CategoricalAccuracy::new().values(y_true, y_pred),
            TargetKind::Sparse => SparseCategoricalAccuracy::new().values(y_true, y_pred),
        }
    }
}
