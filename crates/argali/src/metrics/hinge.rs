//! Losses of maximal margins, averaged over samples.

use super::any::keras;
use super::of_losses::mean_of_loss;
use super::{MeanMetric, floatx, named_and_typed};
use crate::losses;

object! {
    /// The mean hinge loss; see the [loss](crate::losses::Hinge).
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, Hinge};
    /// assert_eq!(AnyMetric::from(Hinge::new()).name(), "hinge");
    /// ```
    ///
    /// Keras: `keras.metrics.Hinge`.
    pub struct Hinge(keras("Hinge")) {
        ..
        /// Name of the metric. Default `"hinge"`.
        name: String as &str = "hinge".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

object! {
    /// The mean squared hinge loss; see the [loss](crate::losses::SquaredHinge).
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, SquaredHinge};
    /// assert_eq!(AnyMetric::from(SquaredHinge::new()).name(), "squared_hinge");
    /// ```
    ///
    /// Keras: `keras.metrics.SquaredHinge`.
    pub struct SquaredHinge(keras("SquaredHinge")) {
        ..
        /// Name of the metric. Default `"squared_hinge"`.
        name: String as &str = "squared_hinge".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

object! {
    /// The mean hinge loss of one-hot targets; see the [loss](crate::losses::CategoricalHinge).
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, CategoricalHinge};
    /// assert_eq!(AnyMetric::from(CategoricalHinge::new()).name(), "categorical_hinge");
    /// ```
    ///
    /// Keras: `keras.metrics.CategoricalHinge`.
    pub struct CategoricalHinge(keras("CategoricalHinge")) {
        ..
        /// Name of the metric. Default `"categorical_hinge"`.
        name: String as &str = "categorical_hinge".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

mean_of_loss!(Hinge, |_| losses::Hinge::new());
mean_of_loss!(SquaredHinge, |_| losses::SquaredHinge::new());
mean_of_loss!(CategoricalHinge, |_| losses::CategoricalHinge::new());
