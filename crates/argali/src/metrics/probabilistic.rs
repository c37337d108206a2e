//! Distances of distributions, averaged over samples.

use super::any::keras;
use super::of_losses::mean_of_loss;
use super::{MeanMetric, floatx, named_and_typed};
use crate::losses;

object! {
    /// The mean divergence of Kullback and Leibler; see the [loss](crate::losses::KLDivergence).
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, KLDivergence};
    /// assert_eq!(AnyMetric::from(KLDivergence::new()).name(), "kl_divergence");
    /// ```
    ///
    /// Keras: `keras.metrics.KLDivergence`.
    pub struct KLDivergence(keras("KLDivergence")) {
        ..
        /// Name of the metric. Default `"kl_divergence"`.
        name: String as &str = "kl_divergence".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

object! {
    /// The mean Poisson loss; see the [loss](crate::losses::Poisson).
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, Poisson};
    /// assert_eq!(AnyMetric::from(Poisson::new()).name(), "poisson");
    /// ```
    ///
    /// Keras: `keras.metrics.Poisson`.
    pub struct Poisson(keras("Poisson")) {
        ..
        /// Name of the metric. Default `"poisson"`.
        name: String as &str = "poisson".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

mean_of_loss!(KLDivergence, |_| losses::KLDivergence::new());
mean_of_loss!(Poisson, |_| losses::Poisson::new());
