//! The mean of absolute errors in per cent of the targets.

use super::{Loss, Reduction, epsilon, mean_last, named_and_reduced, same_rank, same_shapes};
use crate::Class;
use argali_engine::Value;

object! {
    /// The mean of absolute errors in per cent: `100 · mean(|(y_true - y_pred) / y_true|)` over the last axis.
    ///
    /// Targets nearer to 0 than epsilon, 1e-7, are taken as that far. Targets and predictions have one shape, `(batch, .., features)`; there is a value for each index of all axes but the
    /// last.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, MeanAbsolutePercentageError};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![2.0, 1.0, 2.0, 3.0], &[2, 2]);
    /// let y_pred = graph.constant(vec![1.0, 1.0, 1.0, 0.5], &[2, 2]);
    /// let loss = AnyLoss::from(MeanAbsolutePercentageError::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 45.8333333_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.MeanAbsolutePercentageError`, `"mape"`.
    pub struct MeanAbsolutePercentageError(Class::keras("keras.losses", "MeanAbsolutePercentageError")) {
        ..
        /// Name of the loss. Default `"mean_absolute_percentage_error"`.
        name: String as &str = "mean_absolute_percentage_error".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
    }
}

impl Loss for MeanAbsolutePercentageError {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let size = y_true.abs().at_least(epsilon());
        mean_last(((y_true - y_pred) / size).abs()) * 100.0
    }
}
