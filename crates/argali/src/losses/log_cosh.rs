//! The logarithm of the hyperbolic cosine of errors.

use super::{Loss, Reduction, mean_last, named_and_reduced, same_rank, same_shapes};
use crate::Class;
use argali_engine::Value;

object! {
    /// The mean of `ln(cosh(y_pred - y_true))` over the last axis: about half the square of small errors, and large ones less
    /// `ln 2`.
    ///
    /// Targets and predictions have one shape, `(batch, .., features)`; there is a value for each index of all axes but the
    /// last.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, LogCosh};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![0.0, 1.0, 0.0, 0.0], &[2, 2]);
    /// let y_pred = graph.constant(vec![1.0, 1.0, 1.0, 0.5], &[2, 2]);
    /// let loss = AnyLoss::from(LogCosh::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 0.246919_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.LogCosh`, `"log_cosh"`.
    pub struct LogCosh(Class::keras("keras.losses", "LogCosh")) {
        ..
        /// Name of the loss. Default `"log_cosh"`.
        name: String as &str = "log_cosh".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
    }
}

impl Loss for LogCosh {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let error = y_pred - y_true;
        mean_last(error + (error * -2.0).softplus() - std::f64::consts::LN_2)
    }
}
