//! Squared errors near 0, absolute errors beyond.

use super::{Loss, Reduction, mean_last, named_and_reduced, same_rank, same_shapes};
use crate::{Class, Number};
use argali_engine::Value;

object! {
    /// The mean of squared errors near 0 and absolute errors beyond, over the last axis: with `e = y_pred - y_true`,
    /// `e² / 2` up to `|e| = delta`, and `delta · |e| - delta² / 2` beyond.
    ///
    /// Targets and predictions have one shape, `(batch, .., features)`; there is a value for each index of all axes but the
    /// last.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, Huber};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![0.0, 1.0, 0.0, 0.0], &[2, 2]);
    /// let y_pred = graph.constant(vec![1.0, 1.0, 1.0, 0.5], &[2, 2]);
    /// let loss = AnyLoss::from(Huber::new().delta(0.5)).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 0.21875_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.Huber`, `"huber"`. Its config lacks `delta`; here it is saved if it was changed, and read by Keras.
    pub struct Huber(Class::keras("keras.losses", "Huber")) {
        ..
        /// Name of the loss. Default `"huber_loss"`.
        name: String as &str = "huber_loss".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// Size of the error from which on the loss grows linearly. Default 1.
        delta: Number as impl Into<Number> = 1.0.into(); saved_if_changed,
    }
}

impl Loss for Huber {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let error = y_pred - y_true;
        let size = error.abs();
        let near = size.full_like(self.delta.get()).greater_equal(size);
        let far = size * self.delta.get() - 0.5 * self.delta.get() * self.delta.get();
        mean_last(near.select(error.square() * 0.5, far))
    }
}
