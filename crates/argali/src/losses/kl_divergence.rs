//! The divergence of distributions.

use super::{Loss, Reduction, axis_of, epsilon, named_and_reduced, same_rank, same_shapes};
use crate::Class;
use argali_engine::Value;

object! {
    /// The divergence of Kullback and Leibler: `sum(y_true · ln(y_true / y_pred))` over the last axis.
    ///
    /// Probabilities are held between epsilon, 1e-7, and 1. Targets and predictions have one shape, `(batch, .., features)`; there is a value for each index of all axes but the
    /// last.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, KLDivergence};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![0.0, 1.0, 0.0, 0.0], &[2, 2]);
    /// let y_pred = graph.constant(vec![0.6, 0.4, 0.4, 0.6], &[2, 2]);
    /// let loss = AnyLoss::from(KLDivergence::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 0.458143_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.KLDivergence`, `"kl_divergence"`.
    pub struct KLDivergence(Class::keras("keras.losses", "KLDivergence")) {
        ..
        /// Name of the loss. Default `"kl_divergence"`.
        name: String as &str = "kl_divergence".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
    }
}

impl Loss for KLDivergence {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let (y_true, y_pred) = (y_true.clamp(epsilon(), 1.0), y_pred.clamp(epsilon(), 1.0));
        (y_true * (y_true / y_pred).ln()).sum(&[axis_of(y_pred, -1)], false)
    }
}
