//! Metrics: numbers to watch that training does not use.
//!
//! A metric keeps states, such as a total and a count, updates them batch by batch in the graph, and computes its result
//! from them. [`AnyMetric`] is what a model is compiled with: any of the metrics here, a loss, one of your own, or
//! Keras's name of one.
//!
//! ```
//! use argali::metrics::{AUC, AnyMetric};
//!
//! let by_options = AnyMetric::from(AUC::new().num_thresholds(50));
//! let by_name: AnyMetric = "accuracy".parse()?;
//! assert_eq!((by_options.name(), by_name.name()), ("auc", "accuracy"));
//! # Ok::<(), argali::Problem>(())
//! ```

use crate::losses::targets;
use crate::{Config, Problem, Shape};
use argali_engine::Value;
#[cfg(test)]
pub(crate) use registry::classes;

mod accuracy;
mod any;
mod auc;
mod confusion;
mod correlation;
mod counts;
mod crossentropy;
mod dtype;
mod f_score;
mod hinge;
mod iou;
mod mean;
mod of_losses;
mod precision_recall;
mod probabilistic;
mod r2_score;
mod registry;
mod regression;
mod thresholds;
mod top_k;
mod trade_off;
mod wrapper;

pub use accuracy::{Accuracy, BinaryAccuracy, CategoricalAccuracy, SparseCategoricalAccuracy};
pub use any::AnyMetric;
pub(crate) use any::Given;
pub use auc::{AUC, Curve, LabelWeights, SummationMethod};
pub use correlation::{ConcordanceCorrelation, PearsonCorrelation};
pub use counts::{FalseNegatives, FalsePositives, TrueNegatives, TruePositives};
pub use crossentropy::{BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy};
pub use f_score::{Average, F1Score, FBetaScore};
pub use hinge::{CategoricalHinge, Hinge, SquaredHinge};
pub use iou::{BinaryIoU, IoU, MeanIoU, OneHotIoU, OneHotMeanIoU};
pub use mean::{Mean, MeanMetric, RootMeanSquaredError, Sum};
pub use precision_recall::{Precision, Recall};
pub use probabilistic::{KLDivergence, Poisson};
pub use r2_score::{Aggregation, R2Score};
pub use registry::MetricClass;
pub use regression::{
    CosineSimilarity, LogCoshError, MeanAbsoluteError, MeanAbsolutePercentageError, MeanSquaredError,
    MeanSquaredLogarithmicError,
};
pub use thresholds::Thresholds;
pub use top_k::{SparseTopKCategoricalAccuracy, TopKCategoricalAccuracy};
pub use trade_off::{PrecisionAtRecall, RecallAtPrecision, SensitivityAtSpecificity, SpecificityAtSensitivity};
pub use wrapper::MeanMetricWrapper;

use dtype::floatx;

/// A number, or several, that a metric keeps between batches.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Name of Keras's variable.
    pub name: &'static str,
    /// Length of each axis.
    pub shape: Vec<usize>,
    /// Every element before the first batch.
    pub initial: f64,
}

impl State {
    /// A state that starts at 0.
    pub fn zeros(name: &'static str, shape: impl Into<Vec<usize>>) -> Self {
        State { name, shape: shape.into(), initial: 0.0 }
    }
}

/// A number to watch: states, how a batch changes them, and the result they give.
///
/// Define the options with [`object!`](crate::object). A metric that is the mean of values per sample implements
/// [`MeanMetric`] instead.
///
/// ```
/// use argali::engine::Value;
/// use argali::metrics::{AnyMetric, Metric, State};
/// use argali::{Class, object};
///
/// object! {
///     /// The largest error so far.
///     pub struct LargestError(Class::custom("LargestError", "mine>LargestError")) { .. }
/// }
///
/// impl Metric for LargestError {
///     fn states(&self, _y_true: &[usize], _y_pred: &[usize]) -> Vec<State> {
///         vec![State::zeros("largest", [])]
///     }
///
///     fn update<'g>(
///         &self,
///         states: &[Value<'g>],
///         y_true: Value<'g>,
///         y_pred: Value<'g>,
///         _sample_weight: Option<Value<'g>>,
///     ) -> Vec<Value<'g>> {
///         let axes: Vec<_> = (0..y_pred.rank()).collect();
///         vec![states[0].maximum((y_true - y_pred).abs().max(&axes, false))]
///     }
///
///     fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
///         states[0].clone()
///     }
/// }
///
/// assert_eq!(AnyMetric::from(LargestError::new()).name(), "largest_error");
/// ```
///
/// Keras: `keras.metrics.Metric`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a metric",
    note = "implement `Metric`, or `MeanMetric` for the mean of values per sample"
)]
pub trait Metric: Config {
    /// The states, for targets and predictions of these shapes, batch axis included.
    fn states(&self, y_true: &[usize], y_pred: &[usize]) -> Vec<State>;

    /// The states after a batch. All tensors have the states' type.
    fn update<'g>(
        &self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Vec<Value<'g>>;

    /// The result: one number, or several for some metrics of classes or thresholds.
    fn result(&self, states: &[Vec<f64>]) -> Vec<f64>;

    /// The name. Default: that of the class in snake case.
    fn name(&self) -> Option<&str> {
        None
    }

    /// Keras's name of the states' type. Default: `floatx` of `keras.json`.
    fn dtype(&self) -> Option<&str> {
        None
    }

    /// Whether masked predictions count as those of weight 0. Default: no, they count as all others, as with most of
    /// Keras's metrics that are no means.
    fn reads_mask(&self) -> bool {
        false
    }

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] that names the option, its value and the values it may have.
    fn validate(&self) -> Result<(), Problem> {
        Ok(())
    }

    /// Refuses targets that do not fit the predictions, or predictions that do not fit the metric.
    ///
    /// # Errors
    ///
    /// [`Problem::Mismatch`] with the shapes and help.
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        let _ = (y_true, y_pred);
        Ok(())
    }
}

/// The methods of [`Metric`] and [`MeanMetric`] that read the options `name` and `dtype`.
macro_rules! named_and_typed {
    () => {
        fn name(&self) -> Option<&str> {
            Some(&self.name)
        }

        fn dtype(&self) -> Option<&str> {
            Some(&self.dtype)
        }
    };
}

use named_and_typed;

/// Targets and predictions must have one shape, but for a last axis of length 1.
fn same_shapes(name: &str, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
    targets::same_shapes(targets::Family::Accuracy, name, y_true, y_pred)
}

/// `a / b`, 0 where `b` is 0.
fn ratio(a: f64, b: f64) -> f64 {
    if b == 0.0 { 0.0 } else { a / b }
}

/// The first elements of states, 0 for those that are missing.
fn scalars<const N: usize>(states: &[Vec<f64>]) -> [f64; N] {
    std::array::from_fn(|i| states.get(i).and_then(|s| s.first()).copied().unwrap_or(0.0))
}

/// States, empty ones for those that are missing.
fn rows<const N: usize>(states: &[Vec<f64>]) -> [&[f64]; N] {
    std::array::from_fn(|i| states.get(i).map_or(&[][..], Vec::as_slice))
}
