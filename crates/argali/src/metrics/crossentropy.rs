//! Crossentropies, averaged over samples.

use super::any::keras;
use super::of_losses::mean_of_loss;
use super::{MeanMetric, floatx, named_and_typed};
use crate::{Number, losses};

object! {
    /// The mean crossentropy of yes or no; see the [loss](crate::losses::BinaryCrossentropy).
    ///
    /// States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, BinaryCrossentropy};
    /// assert_eq!(AnyMetric::from(BinaryCrossentropy::new().from_logits(true)).name(), "binary_crossentropy");
    /// ```
    ///
    /// Keras: `keras.metrics.BinaryCrossentropy`.
    pub struct BinaryCrossentropy(keras("BinaryCrossentropy")) {
        ..
        /// Name of the metric. Default `"binary_crossentropy"`.
        name: String as &str = "binary_crossentropy".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Whether predictions are logits. Default no, they are probabilities.
        from_logits: bool = false,
        /// How far targets are moved toward 0.5, from 0 to 1. Default 0.
        label_smoothing: Number as impl Into<Number> = 0.into(),
    }
}

object! {
    /// The mean crossentropy of one-hot targets; see the [loss](crate::losses::CategoricalCrossentropy).
    ///
    /// States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, CategoricalCrossentropy};
    /// assert_eq!(AnyMetric::from(CategoricalCrossentropy::new().from_logits(true)).name(), "categorical_crossentropy");
    /// ```
    ///
    /// Keras: `keras.metrics.CategoricalCrossentropy`.
    pub struct CategoricalCrossentropy(keras("CategoricalCrossentropy")) {
        ..
        /// Name of the metric. Default `"categorical_crossentropy"`.
        name: String as &str = "categorical_crossentropy".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Whether predictions are logits. Default no, they are probabilities.
        from_logits: bool = false,
        /// How far targets are moved toward equal shares of all classes, from 0 to 1. Default 0.
        label_smoothing: Number as impl Into<Number> = 0.into(),
        /// Axis of the classes. Default -1, the last.
        axis: isize = -1,
    }
}

object! {
    /// The mean crossentropy of integer labels; see the [loss](crate::losses::SparseCategoricalCrossentropy).
    ///
    /// States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, SparseCategoricalCrossentropy};
    /// assert_eq!(AnyMetric::from(SparseCategoricalCrossentropy::new().ignore_class(-1)).name(), "sparse_categorical_crossentropy");
    /// ```
    ///
    /// Keras: `keras.metrics.SparseCategoricalCrossentropy`.
    pub struct SparseCategoricalCrossentropy(keras("SparseCategoricalCrossentropy")) {
        ..
        /// Name of the metric. Default `"sparse_categorical_crossentropy"`.
        name: String as &str = "sparse_categorical_crossentropy".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Whether predictions are logits. Default no, they are probabilities.
        from_logits: bool = false,
        /// Label whose value is 0, and which does not count if there are sample weights. Default none.
        ignore_class: Option<i64> as i64 = None,
        /// Axis of the classes. Default -1, the last.
        axis: isize = -1,
    }
}

mean_of_loss!(BinaryCrossentropy, |metric| losses::BinaryCrossentropy::new()
    .from_logits(metric.from_logits)
    .label_smoothing(metric.label_smoothing.get()));
mean_of_loss!(CategoricalCrossentropy, |metric| losses::CategoricalCrossentropy::new()
    .from_logits(metric.from_logits)
    .label_smoothing(metric.label_smoothing.get())
    .axis(metric.axis));
mean_of_loss!(SparseCategoricalCrossentropy, |metric| losses::SparseCategoricalCrossentropy {
    ignore_class: metric.ignore_class,
    ..losses::SparseCategoricalCrossentropy::new().from_logits(metric.from_logits).axis(metric.axis)
});
