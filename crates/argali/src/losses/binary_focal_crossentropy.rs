//! The crossentropy of yes or no, with less weight on what is easy.

use super::binary_crossentropy::{elementwise, smooth};
use super::{Loss, Reduction, axis_of, named_and_reduced, same_rank, targets};
use crate::{Class, Number, Problem, Shape};
use argali_engine::Value;

object! {
    /// The crossentropy of yes or no, with less weight on what is predicted well: the mean over an axis of
    /// `(1 - p)^gamma` times the [binary crossentropy](super::BinaryCrossentropy), where `p` is the probability given to the
    /// target.
    ///
    /// Shapes are those of the binary crossentropy.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, BinaryFocalCrossentropy};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![0.0, 1.0, 0.0, 0.0], &[4, 1]);
    /// let y_pred = graph.constant(vec![0.6, 0.3, 0.2, 0.8], &[4, 1]);
    /// let loss = AnyLoss::from(BinaryFocalCrossentropy::new().gamma(2.0)).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 0.4896943_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.BinaryFocalCrossentropy`, `"binary_focal_crossentropy"`.
    pub struct BinaryFocalCrossentropy(Class::keras("keras.losses", "BinaryFocalCrossentropy")) {
        ..
        /// Name of the loss. Default `"binary_focal_crossentropy"`.
        name: String as &str = "binary_focal_crossentropy".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// Whether predictions are logits: real numbers whose `sigmoid` is meant. Default no, they are probabilities.
        from_logits: bool = false,
        /// How far targets are moved toward 0.5, from 0 to 1. Default 0.
        label_smoothing: Number as impl Into<Number> = 0.0.into(),
        /// Axis over which the mean is taken. Default -1, the last.
        axis: isize = -1,
        /// Whether values are weighted by `alpha`. Default no.
        apply_class_balancing: bool = false,
        /// Weight of targets that are 1; those that are 0 have `1 - alpha`. Default 0.25.
        alpha: Number as impl Into<Number> = 0.25.into(),
        /// How strongly values that are predicted well lose weight. Default 2.
        gamma: Number as impl Into<Number> = 2.0.into(),
    }
}

impl Loss for BinaryFocalCrossentropy {
    named_and_reduced!();

    fn validate(&self) -> Result<(), Problem> {
        targets::unit_interval("label_smoothing", self.label_smoothing.get())
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        targets::same_shapes(targets::Family::Crossentropy, &self.name, y_true, y_pred)
    }

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let axis = axis_of(y_pred, self.axis);
        let y_true = smooth(y_true, self.label_smoothing.get());
        let y_pred = if self.from_logits { y_pred.sigmoid() } else { y_pred };
        let of_target = y_true * y_pred + (1.0 - y_true) * (1.0 - y_pred);
        let focal = (1.0 - of_target).powf(self.gamma.get()) * elementwise(y_true, y_pred, false);
        let balanced = match self.apply_class_balancing {
            true => (y_true * self.alpha.get() + (1.0 - y_true) * (1.0 - self.alpha.get())) * focal,
            false => focal,
        };
        balanced.mean(&[axis], false)
    }
}
