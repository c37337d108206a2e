//! The crossentropy of yes or no.

use super::{Loss, Reduction, axis_of, epsilon, named_and_reduced, same_rank, targets};
use crate::{Class, Number, Problem, Shape};
use argali_engine::Value;

object! {
    /// The crossentropy of yes or no: `mean(-y_true · ln(y_pred) - (1 - y_true) · ln(1 - y_pred))` over an axis.
    ///
    /// Targets are 0 or 1, or probabilities in between, of the predictions' shape; a last axis of length 1 may be missing.
    /// Probabilities are held between epsilon, 1e-7, and `1 - epsilon`. There is a value for each index of all axes but `axis`.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, BinaryCrossentropy};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![0.0, 1.0, 0.0, 0.0], &[4, 1]);
    /// let y_pred = graph.constant(vec![0.6, 0.3, 0.2, 0.8], &[4, 1]);
    /// let loss = AnyLoss::from(BinaryCrossentropy::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 0.9882113_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.BinaryCrossentropy`, `"binary_crossentropy"`, `"bce"`.
    pub struct BinaryCrossentropy(Class::keras("keras.losses", "BinaryCrossentropy")) {
        ..
        /// Name of the loss. Default `"binary_crossentropy"`.
        name: String as &str = "binary_crossentropy".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// Whether predictions are logits: real numbers whose `sigmoid` is meant. Default no, they are probabilities.
        from_logits: bool = false,
        /// How far targets are moved toward 0.5, from 0 to 1. Default 0.
        label_smoothing: Number as impl Into<Number> = 0.0.into(),
        /// Axis over which the mean is taken. Default -1, the last.
        axis: isize = -1,
    }
}

impl Loss for BinaryCrossentropy {
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
        elementwise(smooth(y_true, self.label_smoothing.get()), y_pred, self.from_logits).mean(&[axis], false)
    }
}

/// Targets moved toward 0.5.
pub(super) fn smooth(y_true: Value<'_>, label_smoothing: f64) -> Value<'_> {
    if label_smoothing == 0.0 { y_true } else { y_true * (1.0 - label_smoothing) + 0.5 * label_smoothing }
}

/// The crossentropy of every element.
pub(super) fn elementwise<'g>(y_true: Value<'g>, y_pred: Value<'g>, from_logits: bool) -> Value<'g> {
    let (log_yes, log_no) = if from_logits {
        (-(-y_pred).softplus(), -y_pred.softplus())
    } else {
        let y_pred = y_pred.clamp(epsilon(), 1.0 - epsilon());
        (y_pred.ln(), (1.0 - y_pred).ln())
    };
    -(y_true * log_yes + (1.0 - y_true) * log_no)
}
