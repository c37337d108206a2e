//! Means of values per sample.

use super::{Metric, State, floatx, named_and_typed, ratio, scalars};
use crate::losses::{Reduction as LossReduction, apply_mask, same_rank};
use crate::{Class, Config, Problem, Shape};
use argali_engine::Value;
use argali_engine::ops::Reduction;

/// A metric that is the mean of values per sample, weighted by sample weights.
///
/// Everything that is a `MeanMetric` is a [`Metric`] with the states `total` and `count`.
///
/// ```
/// use argali::engine::Value;
/// use argali::metrics::{AnyMetric, MeanMetric};
/// use argali::{Class, object};
///
/// object! {
///     /// How many predictions are within a distance of their targets.
///     pub struct Within(Class::custom("Within", "mine>Within")) {
///         /// The distance.
///         distance: f64,
///         ..
///     }
/// }
///
/// impl MeanMetric for Within {
///     fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
///         let error = (y_true - y_pred).abs();
///         error.full_like(self.distance).greater_equal(error)
///     }
/// }
///
/// let metric = AnyMetric::from(Within::new(0.5));
/// assert_eq!(metric.result(&[vec![3.0], vec![4.0]]), [0.75]);
/// ```
///
/// Keras: `keras.metrics.MeanMetricWrapper`.
pub trait MeanMetric: Config {
    /// The value of every sample, or of every step of it.
    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g>;

    /// 1 for each of the values that counts, 0 for those that do not; read if there are sample weights. Default: all
    /// count.
    fn mask<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>, values: Value<'g>) -> Option<Value<'g>> {
        let _ = (y_true, y_pred, values);
        None
    }

    /// The name. Default: that of the class in snake case.
    fn name(&self) -> Option<&str> {
        None
    }

    /// Keras's name of the states' type. Default: `floatx` of `keras.json`.
    fn dtype(&self) -> Option<&str> {
        None
    }

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] that names the option, its value and the values it may have.
    fn validate(&self) -> Result<(), Problem> {
        Ok(())
    }

    /// Refuses targets that do not fit the predictions.
    ///
    /// # Errors
    ///
    /// [`Problem::Mismatch`] with both shapes and help.
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        let _ = (y_true, y_pred);
        Ok(())
    }
}

impl<M: MeanMetric> Metric for M {
    fn states(&self, _: &[usize], _: &[usize]) -> Vec<State> {
        total_and_count()
    }

    fn update<'g>(
        &self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Vec<Value<'g>> {
        let values = self.values(y_true, y_pred);
        let mask = sample_weight.and_then(|_| self.mask(y_true, y_pred, values));
        add_mean(states, values, apply_mask(sample_weight, mask, LossReduction::Sum))
    }

    fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
        mean_of(states)
    }

    fn name(&self) -> Option<&str> {
        MeanMetric::name(self)
    }

    fn dtype(&self) -> Option<&str> {
        MeanMetric::dtype(self)
    }

    fn reads_mask(&self) -> bool {
        true
    }

    fn validate(&self) -> Result<(), Problem> {
        MeanMetric::validate(self)
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        MeanMetric::check(self, y_true, y_pred)
    }
}

/// The states of a mean.
pub(super) fn total_and_count() -> Vec<State> {
    vec![State::zeros("total", []), State::zeros("count", [])]
}

/// Total and count after values and their weights were added.
pub(super) fn add_mean<'g>(
    states: &[Value<'g>],
    values: Value<'g>,
    sample_weight: Option<Value<'g>>,
) -> Vec<Value<'g>> {
    let (values, weight) = by_sample(values, sample_weight, Reduction::Mean);
    let total = values.sum_all();
    let count = match weight {
        Some(weight) => weight.sum_all(),
        None => total.full_like(values.shape().first().copied().unwrap_or(1) as f64),
    };
    states.iter().zip([total, count]).map(|(state, added)| *state + added).collect()
}

/// The result of a mean.
pub(super) fn mean_of(states: &[Vec<f64>]) -> Vec<f64> {
    let [total, count] = scalars(states);
    vec![ratio(total, count)]
}

/// One weighted value per sample, and the weights. Keras: `reduce_to_samplewise_values`.
fn by_sample<'g>(
    values: Value<'g>,
    sample_weight: Option<Value<'g>>,
    reduction: Reduction,
) -> (Value<'g>, Option<Value<'g>>) {
    let but_first = |v: Value<'g>| v.reduce(reduction, &(1..v.rank()).collect::<Vec<_>>(), false);
    let Some(weight) = sample_weight else { return (but_first(values), None) };
    let (values, weight) = same_rank(values, weight);
    let further: Vec<_> = (weight.rank()..values.rank()).collect();
    let values = values.reduce(reduction, &further, false);
    let weight = weight.broadcast_to(&values.shape());
    (but_first(values * weight), Some(but_first(weight)))
}

object! {
    /// The weighted mean of the predictions, whatever the targets.
    ///
    /// States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, Mean};
    /// assert_eq!(AnyMetric::from(Mean::new()).result(&[vec![6.0], vec![4.0]]), [1.5]);
    /// ```
    ///
    /// Keras: `keras.metrics.Mean`, whose values take the place of the predictions.
    pub struct Mean(Class::keras("keras.metrics", "Mean")) {
        ..
        /// Name of the metric. Default `"mean"`.
        name: String as &str = "mean".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

impl MeanMetric for Mean {
    named_and_typed!();

    fn values<'g>(&self, _: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        y_pred
    }
}

object! {
    /// The weighted sum of the predictions, whatever the targets.
    ///
    /// State: `total`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, Sum};
    /// assert_eq!(AnyMetric::from(Sum::new()).result(&[vec![6.0]]), [6.0]);
    /// ```
    ///
    /// Keras: `keras.metrics.Sum`, whose values take the place of the predictions.
    pub struct Sum(Class::keras("keras.metrics", "Sum")) {
        ..
        /// Name of the metric. Default `"sum"`.
        name: String as &str = "sum".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

impl Metric for Sum {
    named_and_typed!();

    fn states(&self, _: &[usize], _: &[usize]) -> Vec<State> {
        vec![State::zeros("total", [])]
    }

    fn update<'g>(
        &self,
        states: &[Value<'g>],
        _: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Vec<Value<'g>> {
        let added = by_sample(y_pred, sample_weight, Reduction::Sum).0.sum_all();
        states.iter().map(|total| *total + added).collect()
    }

    fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
        scalars::<1>(states).to_vec()
    }
}

object! {
    /// The square root of the mean of squared errors.
    ///
    /// Targets and predictions have one shape. States: `total` and `count`.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, RootMeanSquaredError};
    /// assert_eq!(AnyMetric::from(RootMeanSquaredError::new()).result(&[vec![8.0], vec![2.0]]), [2.0]);
    /// ```
    ///
    /// Keras: `keras.metrics.RootMeanSquaredError`.
    pub struct RootMeanSquaredError(Class::keras("keras.metrics", "RootMeanSquaredError")) {
        ..
        /// Name of the metric. Default `"root_mean_squared_error"`.
        name: String as &str = "root_mean_squared_error".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
    }
}

impl Metric for RootMeanSquaredError {
    named_and_typed!();

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        super::same_shapes(&self.name, y_true, y_pred)
    }

    fn states(&self, _: &[usize], _: &[usize]) -> Vec<State> {
        total_and_count()
    }

    fn update<'g>(
        &self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Vec<Value<'g>> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        add_mean(states, (y_pred - y_true).square(), sample_weight)
    }

    fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
        mean_of(states).into_iter().map(f64::sqrt).collect()
    }
}
