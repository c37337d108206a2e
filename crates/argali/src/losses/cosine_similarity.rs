//! The cosine of the angle between targets and predictions.

use super::{Loss, Reduction, axis_of, epsilon, named_and_reduced, same_rank, same_shapes};
use crate::Class;
use argali_engine::Value;

object! {
    /// The negative cosine of the angle between targets and predictions: `-sum(y_true / |y_true| · y_pred / |y_pred|)` over an
    /// axis. -1 is agreement, 1 is opposition.
    ///
    /// Targets and predictions have one shape; there is a value for each index of all axes but `axis`.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, CosineSimilarity};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![0.0, 1.0, 1.0, 1.0], &[2, 2]);
    /// let y_pred = graph.constant(vec![1.0, 0.0, 1.0, 1.0], &[2, 2]);
    /// let loss = AnyLoss::from(CosineSimilarity::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - -0.5_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.CosineSimilarity`, `"cosine_similarity"`. Its config lacks `axis`; here it is saved if it was
    /// changed, and read by Keras.
    pub struct CosineSimilarity(Class::keras("keras.losses", "CosineSimilarity")) {
        ..
        /// Name of the loss. Default `"cosine_similarity"`.
        name: String as &str = "cosine_similarity".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// Axis along which the vectors lie. Default -1, the last.
        axis: isize = -1; saved_if_changed,
    }
}

impl Loss for CosineSimilarity {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        -cosine(y_true, y_pred, self.axis)
    }
}

/// The cosine of the angle between vectors along an axis.
pub(crate) fn cosine<'g>(y_true: Value<'g>, y_pred: Value<'g>, axis: isize) -> Value<'g> {
    let (y_true, y_pred) = same_rank(y_true, y_pred);
    let axis = axis_of(y_pred, axis);
    let unit = |x: Value<'g>| x * x.square().sum(&[axis], true).rsqrt().at_most(1.0 / epsilon());
    (unit(y_true) * unit(y_pred)).sum(&[axis], false)
}
