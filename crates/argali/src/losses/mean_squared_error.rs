//! The mean of squared errors.

use super::{Loss, Reduction, mean_last, named_and_reduced, same_rank, same_shapes};
use crate::Class;
use argali_engine::Value;

object! {
    /// The mean of squared errors: `mean((y_true - y_pred)²)` over the last axis.
    ///
    /// Targets and predictions have one shape, `(batch, .., features)`; there is a value for each index of all axes but the
    /// last.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, MeanSquaredError};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![0.0, 1.0, 0.0, 0.0], &[2, 2]);
    /// let y_pred = graph.constant(vec![1.0, 1.0, 1.0, 0.5], &[2, 2]);
    /// let loss = AnyLoss::from(MeanSquaredError::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 0.5625_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.MeanSquaredError`, `"mse"`.
    pub struct MeanSquaredError(Class::keras("keras.losses", "MeanSquaredError")) {
        ..
        /// Name of the loss. Default `"mean_squared_error"`.
        name: String as &str = "mean_squared_error".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
    }
}

impl Loss for MeanSquaredError {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        mean_last((y_true - y_pred).square())
    }
}
