//! How often the right class is among the most probable ones.

use super::any::keras;
use super::{MeanMetric, floatx, named_and_typed};
use crate::losses::{axis_of, label_axis, targets};
use crate::{Problem, Shape};
use argali_engine::{DType, Value};

object! {
    /// How often the class of one-hot targets is among the `k` most probable ones.
    ///
    /// Targets and predictions have the shape `(batch, .., classes)`. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, TopKCategoricalAccuracy};
    /// assert_eq!(AnyMetric::from(TopKCategoricalAccuracy::new().k(3)).name(), "top_k_categorical_accuracy");
    /// ```
    ///
    /// Keras: `keras.metrics.TopKCategoricalAccuracy`.
    pub struct TopKCategoricalAccuracy(keras("TopKCategoricalAccuracy")) {
        ..
        /// Name of the metric. Default `"top_k_categorical_accuracy"`.
        name: String as &str = "top_k_categorical_accuracy".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Number of classes that count. Default 5.
        k: usize = 5,
    }
}

object! {
    /// How often the class of integer targets is among the `k` most probable ones.
    ///
    /// Predictions have the shape `(batch, .., classes)`, targets `(batch, ..)` or `(batch, .., 1)`. A label out of range is
    /// never among them. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, SparseTopKCategoricalAccuracy};
    /// assert_eq!(AnyMetric::from(SparseTopKCategoricalAccuracy::new().k(3)).name(), "sparse_top_k_categorical_accuracy");
    /// ```
    ///
    /// Keras: `keras.metrics.SparseTopKCategoricalAccuracy`.
    pub struct SparseTopKCategoricalAccuracy(keras("SparseTopKCategoricalAccuracy")) {
        ..
        /// Name of the metric. Default `"sparse_top_k_categorical_accuracy"`.
        name: String as &str = "sparse_top_k_categorical_accuracy".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Number of classes that count. Default 5.
        k: usize = 5,
        /// Whether predictions are labels, the most probable first, instead of scores. Default no.
        from_sorted_ids: bool = false; saved_if_changed,
    }
}

fn at_least_one(k: usize) -> Result<(), Problem> {
    match k {
        0 => Err(Problem::argument("k", k, "at least 1", "")),
        _ => Ok(()),
    }
}

/// 1 where fewer than `k` scores are above that of the label.
fn in_top_k<'g>(labels: Value<'g>, scores: Value<'g>, k: usize) -> Value<'g> {
    let last = axis_of(scores, -1);
    let classes = scores.shape().last().copied().unwrap_or(1);
    let chosen = labels.cast(DType::I64).one_hot(classes, scores.dtype());
    let exists = chosen.sum(&[last], true);
    let score = chosen.select(scores, scores.zeros_like()).sum(&[last], true);
    let above = scores.greater(score).sum(&[last], true);
    let hit = (exists - score.is_nan()).greater(score.zeros_like()) * above.full_like(k as f64).greater(above);
    hit.squeeze(last)
}

impl MeanMetric for TopKCategoricalAccuracy {
    named_and_typed!();

    fn validate(&self) -> Result<(), Problem> {
        at_least_one(self.k)
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        targets::distributions(targets::Family::Accuracy, &self.name, y_true, y_pred, -1)
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        in_top_k(y_true.arg_max(axis_of(y_true, -1)), y_pred, self.k)
    }
}

impl MeanMetric for SparseTopKCategoricalAccuracy {
    named_and_typed!();

    fn validate(&self) -> Result<(), Problem> {
        at_least_one(self.k)
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        targets::labels(targets::Family::Accuracy, &self.name, y_true, y_pred, -1)
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let last = axis_of(y_pred, -1);
        let labels = label_axis(y_true, y_pred, last);
        if !self.from_sorted_ids {
            return in_top_k(labels, y_pred, self.k);
        }
        let ranks = y_pred.shape().get(last).copied().unwrap_or(1);
        let first = y_pred.slice(last, 0, self.k.min(ranks), 1);
        first.equal(labels.expand_dims(last)).max(&[last], false)
    }
}
