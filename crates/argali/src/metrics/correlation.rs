//! Correlation of targets and predictions.

use super::any::keras;
use super::{MeanMetric, floatx, named_and_typed, same_shapes};
use crate::losses::{axis_of, epsilon, same_rank};
use crate::{Problem, Shape};
use argali_engine::Value;

object! {
    /// The mean of Pearson's coefficient of correlation along an axis: 1 if predictions are a rising linear function of targets,
    /// -1 if a falling one.
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, PearsonCorrelation};
    /// assert_eq!(AnyMetric::from(PearsonCorrelation::new().axis(1)).name(), "pearson_correlation");
    /// ```
    ///
    /// Keras: `keras.metrics.PearsonCorrelation`.
    pub struct PearsonCorrelation(keras("PearsonCorrelation")) {
        ..
        /// Name of the metric. Default `"pearson_correlation"`.
        name: String as &str = "pearson_correlation".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Axis along which correlation is computed. Default -1, the last.
        axis: isize = -1,
    }
}

object! {
    /// The mean of the concordance correlation along an axis, which unlike Pearson's falls with differences of mean and scale.
    ///
    /// As Keras computes it: the mean of `2 · (y_true - m) · (y_pred - m) / (var_true + var_pred + (mean_true - m)² + epsilon)`,
    /// where `m` is the mean of the predictions. Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, ConcordanceCorrelation};
    /// assert_eq!(AnyMetric::from(ConcordanceCorrelation::new().axis(1)).name(), "concordance_correlation");
    /// ```
    ///
    /// Keras: `keras.metrics.ConcordanceCorrelation`.
    pub struct ConcordanceCorrelation(keras("ConcordanceCorrelation")) {
        ..
        /// Name of the metric. Default `"concordance_correlation"`.
        name: String as &str = "concordance_correlation".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Axis along which correlation is computed. Default -1, the last.
        axis: isize = -1,
    }
}

impl MeanMetric for PearsonCorrelation {
    named_and_typed!();

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        same_shapes(&self.name, y_true, y_pred)
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let axes = [axis_of(y_pred, self.axis)];
        let standard = |v: Value<'g>| {
            let centered = v - v.mean(&axes, true);
            centered / centered.moments(&axes, true).1.sqrt()
        };
        (standard(y_true) * standard(y_pred)).mean(&axes, false)
    }
}

impl MeanMetric for ConcordanceCorrelation {
    named_and_typed!();

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        same_shapes(&self.name, y_true, y_pred)
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let axes = [axis_of(y_pred, self.axis)];
        let ((mean_true, var_true), (mean_pred, var_pred)) = (y_true.moments(&axes, true), y_pred.moments(&axes, true));
        let covariance = (y_true - mean_pred) * (y_pred - mean_pred);
        let norm = var_true + var_pred + (mean_true - mean_pred).square();
        (covariance * 2.0 / (norm + epsilon())).mean(&axes, false)
    }
}
