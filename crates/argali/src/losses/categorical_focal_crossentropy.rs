//! The crossentropy of one-hot targets, with less weight on what is easy.

use super::categorical_crossentropy::{normalized, smooth};
use super::{Loss, Reduction, axis_of, named_and_reduced, same_rank, targets};
use crate::{Class, Number, Problem, Shape};
use argali_engine::Value;

object! {
    /// The crossentropy of distributions over classes, with less weight on what is predicted well:
    /// `-sum(alpha · (1 - y_pred)^gamma · y_true · ln(y_pred))` over the class axis.
    ///
    /// Shapes are those of the [categorical crossentropy](super::CategoricalCrossentropy).
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, CategoricalFocalCrossentropy};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![0.0, 1.0, 0.0, 0.0, 0.0, 1.0], &[2, 3]);
    /// let y_pred = graph.constant(vec![0.05, 0.95, 0.0, 0.1, 0.8, 0.1], &[2, 3]);
    /// let loss = AnyLoss::from(CategoricalFocalCrossentropy::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 0.2331528_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.CategoricalFocalCrossentropy`, `"categorical_focal_crossentropy"`.
    pub struct CategoricalFocalCrossentropy(Class::keras("keras.losses", "CategoricalFocalCrossentropy")) {
        ..
        /// Name of the loss. Default `"categorical_focal_crossentropy"`.
        name: String as &str = "categorical_focal_crossentropy".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// Whether predictions are logits: real numbers whose `softmax` is meant. Default no, they are probabilities.
        from_logits: bool = false,
        /// How far targets are moved toward equal shares of all classes, from 0 to 1. Default 0.
        label_smoothing: Number as impl Into<Number> = 0.0.into(),
        /// Axis of the classes. Default -1, the last.
        axis: isize = -1,
        /// Factor of all values. Default 0.25.
        alpha: Number as impl Into<Number> = 0.25.into(),
        /// How strongly classes that are predicted well lose weight. Default 2.
        gamma: Number as impl Into<Number> = 2.0.into(),
    }
}

impl Loss for CategoricalFocalCrossentropy {
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
        let y_pred = if self.from_logits { y_pred.softmax(axis) } else { y_pred };
        let y_pred = normalized(y_pred, axis);
        let crossentropy = -smooth(y_true, self.label_smoothing.get()) * y_pred.ln();
        ((1.0 - y_pred).powf(self.gamma.get()) * self.alpha.get() * crossentropy).sum(&[axis], false)
    }
}
