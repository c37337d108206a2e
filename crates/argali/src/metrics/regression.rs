//! Errors of numbers, averaged over samples.

use super::any::keras;
use super::of_losses::mean_of_loss;
use super::{MeanMetric, floatx, named_and_typed, same_shapes};
use crate::losses;
use crate::{Problem, Shape};
use argali_engine::Value;

object! {
    /// The mean of squared errors; see the [loss](crate::losses::MeanSquaredError).
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, MeanSquaredError};
    /// assert_eq!(AnyMetric::from(MeanSquaredError::new()).name(), "mean_squared_error");
    /// ```
    ///
    /// Keras: `keras.metrics.MeanSquaredError`.
    pub struct MeanSquaredError(keras("MeanSquaredError")) {
        ..
        /// Name of the metric. Default `"mean_squared_error"`.
        name: String as &str = "mean_squared_error".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

object! {
    /// The mean of absolute errors; see the [loss](crate::losses::MeanAbsoluteError).
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, MeanAbsoluteError};
    /// assert_eq!(AnyMetric::from(MeanAbsoluteError::new()).name(), "mean_absolute_error");
    /// ```
    ///
    /// Keras: `keras.metrics.MeanAbsoluteError`.
    pub struct MeanAbsoluteError(keras("MeanAbsoluteError")) {
        ..
        /// Name of the metric. Default `"mean_absolute_error"`.
        name: String as &str = "mean_absolute_error".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

object! {
    /// The mean of absolute errors in per cent of the targets; see the
    /// [loss](crate::losses::MeanAbsolutePercentageError).
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, MeanAbsolutePercentageError};
    /// assert_eq!(AnyMetric::from(MeanAbsolutePercentageError::new()).name(), "mean_absolute_percentage_error");
    /// ```
    ///
    /// Keras: `keras.metrics.MeanAbsolutePercentageError`.
    pub struct MeanAbsolutePercentageError(keras("MeanAbsolutePercentageError")) {
        ..
        /// Name of the metric. Default `"mean_absolute_percentage_error"`.
        name: String as &str = "mean_absolute_percentage_error".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

object! {
    /// The mean of squared errors of logarithms; see the [loss](crate::losses::MeanSquaredLogarithmicError).
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, MeanSquaredLogarithmicError};
    /// assert_eq!(AnyMetric::from(MeanSquaredLogarithmicError::new()).name(), "mean_squared_logarithmic_error");
    /// ```
    ///
    /// Keras: `keras.metrics.MeanSquaredLogarithmicError`.
    pub struct MeanSquaredLogarithmicError(keras("MeanSquaredLogarithmicError")) {
        ..
        /// Name of the metric. Default `"mean_squared_logarithmic_error"`.
        name: String as &str = "mean_squared_logarithmic_error".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

object! {
    /// The mean of `ln(cosh(y_pred - y_true))`; see the [loss](crate::losses::LogCosh).
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, LogCoshError};
    /// assert_eq!(AnyMetric::from(LogCoshError::new()).name(), "logcosh");
    /// ```
    ///
    /// Keras: `keras.metrics.LogCoshError`.
    pub struct LogCoshError(keras("LogCoshError")) {
        ..
        /// Name of the metric. Default `"logcosh"`.
        name: String as &str = "logcosh".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

mean_of_loss!(MeanSquaredError, |_| losses::MeanSquaredError::new());
mean_of_loss!(MeanAbsoluteError, |_| losses::MeanAbsoluteError::new());
mean_of_loss!(MeanAbsolutePercentageError, |_| losses::MeanAbsolutePercentageError::new());
mean_of_loss!(MeanSquaredLogarithmicError, |_| losses::MeanSquaredLogarithmicError::new());
mean_of_loss!(LogCoshError, |_| losses::LogCosh::new());

object! {
    /// The mean cosine of the angle between targets and predictions: 1 is agreement, -1 is opposition. The
    /// [loss](crate::losses::CosineSimilarity) is its negative.
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, CosineSimilarity};
    /// assert_eq!(AnyMetric::from(CosineSimilarity::new().axis(1)).name(), "cosine_similarity");
    /// ```
    ///
    /// Keras: `keras.metrics.CosineSimilarity`. Its config lacks `axis`; here it is saved if it was changed, and read by Keras.
    pub struct CosineSimilarity(keras("CosineSimilarity")) {
        ..
        /// Name of the metric. Default `"cosine_similarity"`.
        name: String as &str = "cosine_similarity".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Axis along which the vectors lie. Default -1, the last.
        axis: isize = -1; saved_if_changed,
    }
}

impl MeanMetric for CosineSimilarity {
    named_and_typed!();

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        same_shapes(&self.name, y_true, y_pred)
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        losses::cosine(y_true, y_pred, self.axis)
    }
}
