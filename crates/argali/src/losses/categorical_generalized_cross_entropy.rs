//! A crossentropy that wrong labels disturb less.

use super::{Loss, Reduction, axis_of, label_axis, named_and_reduced, one_hot_along, same_rank, targets};
use crate::{Class, Number, Problem, Shape};
use argali_engine::Value;

object! {
    /// A crossentropy that wrong labels disturb less: `(1 - y_pred[y_true]^q) / q`, between the crossentropy for `q` near 0
    /// and the absolute error for `q` near 1.
    ///
    /// Predictions are probabilities of the shape `(batch, .., classes)`, targets integer labels of the shape `(batch, ..)`.
    /// After Zhang and Sabuncu, *Generalized Cross Entropy Loss for Training Deep Neural Networks with Noisy Labels* (2018).
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, CategoricalGeneralizedCrossEntropy};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![1.0, 2.0], &[2]);
    /// let y_pred = graph.constant(vec![0.05, 0.95, 0.0, 0.1, 0.8, 0.1], &[2, 3]);
    /// let loss = AnyLoss::from(CategoricalGeneralizedCrossEntropy::new().q(0.8)).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 0.5510717_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.CategoricalGeneralizedCrossEntropy`.
    pub struct CategoricalGeneralizedCrossEntropy(Class::keras("keras.losses", "CategoricalGeneralizedCrossEntropy")) {
        ..
        /// Name of the loss. Default `"categorical_generalized_cross_entropy"`.
        name: String as &str = "categorical_generalized_cross_entropy".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// From near 0, the crossentropy, to near 1, the absolute error. Default 0.5.
        q: Number as impl Into<Number> = 0.5.into(),
    }
}

impl Loss for CategoricalGeneralizedCrossEntropy {
    named_and_reduced!();

    fn integer_targets(&self) -> bool {
        true
    }

    fn validate(&self) -> Result<(), Problem> {
        match self.q.get() > 0.0 && self.q.get() < 1.0 {
            true => Ok(()),
            false => Err(Problem::argument("q", self.q.get(), "a number between 0 and 1, both excluded", "")),
        }
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        targets::labels(targets::Family::Crossentropy, &self.name, y_true, y_pred, -1)
    }

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let axis = axis_of(y_pred, -1);
        let classes = y_pred.shape().last().copied().unwrap_or(1);
        let one_hot = one_hot_along(label_axis(y_true, y_pred, axis), axis, classes, y_pred.dtype());
        let of_target = (y_pred * one_hot).sum(&[axis], false);
        (1.0 - of_target.powf(self.q.get())) / self.q.get()
    }
}
