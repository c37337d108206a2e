//! The Poisson loss of counts.

use super::{Loss, Reduction, epsilon, mean_last, named_and_reduced, same_rank, same_shapes};
use crate::Class;
use argali_engine::Value;

object! {
    /// The negative logarithm of a Poisson probability, up to a constant: `mean(y_pred - y_true · ln(y_pred + epsilon))` over
    /// the last axis, with an epsilon of 1e-7.
    ///
    /// Predictions are rates above 0, targets counts. Targets and predictions have one shape, `(batch, .., features)`; there is a value for each index of all axes but the
    /// last.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, Poisson};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![0.0, 1.0, 0.0, 0.0], &[2, 2]);
    /// let y_pred = graph.constant(vec![1.0, 1.0, 1.0, 0.5], &[2, 2]);
    /// let loss = AnyLoss::from(Poisson::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 0.875_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.Poisson`, `"poisson"`.
    pub struct Poisson(Class::keras("keras.losses", "Poisson")) {
        ..
        /// Name of the loss. Default `"poisson"`.
        name: String as &str = "poisson".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
    }
}

impl Loss for Poisson {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        mean_last(y_pred - y_true * (y_pred + epsilon()).ln())
    }
}
