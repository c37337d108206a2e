//! The crossentropy of one-hot targets.

use super::{Loss, Reduction, axis_of, epsilon, named_and_reduced, same_rank, targets};
use crate::{Class, Number, Problem, Shape};
use argali_engine::Value;

object! {
    /// The crossentropy of distributions over classes: `-sum(y_true · ln(y_pred))` over the class axis.
    ///
    /// Targets are one-hot, or probabilities, and have the shape of the predictions, `(batch, .., classes)`. Predictions are
    /// divided by their sum and held between epsilon, 1e-7, and `1 - epsilon`. There is a value for each index of all axes but
    /// `axis`.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, CategoricalCrossentropy};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![0.0, 1.0, 0.0, 0.0, 0.0, 1.0], &[2, 3]);
    /// let y_pred = graph.constant(vec![0.05, 0.95, 0.0, 0.1, 0.8, 0.1], &[2, 3]);
    /// let loss = AnyLoss::from(CategoricalCrossentropy::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 1.1769392_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.CategoricalCrossentropy`, `"categorical_crossentropy"`.
    pub struct CategoricalCrossentropy(Class::keras("keras.losses", "CategoricalCrossentropy")) {
        ..
        /// Name of the loss. Default `"categorical_crossentropy"`.
        name: String as &str = "categorical_crossentropy".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// Whether predictions are logits: real numbers whose `softmax` is meant. Default no, they are probabilities.
        from_logits: bool = false,
        /// How far targets are moved toward equal shares of all classes, from 0 to 1. Default 0.
        label_smoothing: Number as impl Into<Number> = 0.0.into(),
        /// Axis of the classes. Default -1, the last.
        axis: isize = -1,
    }
}

impl Loss for CategoricalCrossentropy {
    named_and_reduced!();

    fn validate(&self) -> Result<(), Problem> {
        targets::unit_interval("label_smoothing", self.label_smoothing.get())
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        targets::distributions(targets::Family::Crossentropy, &self.name, y_true, y_pred, self.axis)
    }

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let axis = axis_of(y_pred, self.axis);
        let log_probabilities = log_probabilities(y_pred, axis, self.from_logits);
        -(smooth(y_true, self.label_smoothing.get()) * log_probabilities).sum(&[axis], false)
    }
}

/// Targets moved toward equal shares of all classes.
pub(super) fn smooth(y_true: Value<'_>, label_smoothing: f64) -> Value<'_> {
    let classes = y_true.shape().last().copied().unwrap_or(1) as f64;
    if label_smoothing == 0.0 { y_true } else { y_true * (1.0 - label_smoothing) + label_smoothing / classes }
}

/// Predictions divided by their sum, and held off 0 and 1.
pub(super) fn normalized(y_pred: Value<'_>, axis: usize) -> Value<'_> {
    (y_pred / y_pred.sum(&[axis], true)).clamp(epsilon(), 1.0 - epsilon())
}

/// The logarithms of the predicted probabilities.
pub(super) fn log_probabilities(y_pred: Value<'_>, axis: usize, from_logits: bool) -> Value<'_> {
    if from_logits { y_pred.log_softmax(axis) } else { normalized(y_pred, axis).ln() }
}
