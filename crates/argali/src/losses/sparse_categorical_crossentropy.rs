//! The crossentropy of integer labels.

use super::categorical_crossentropy::log_probabilities;
use super::{Loss, Reduction, axis_of, label_axis, named_and_reduced, one_hot_along, same_rank, targets};
use crate::{Class, Problem, Shape};
use argali_engine::Value;

object! {
    /// The crossentropy of integer labels: `-ln(y_pred[y_true])`.
    ///
    /// Predictions have the shape `(batch, .., classes)`, targets `(batch, ..)` or `(batch, .., 1)`. Predictions are divided by
    /// their sum and held between epsilon, 1e-7, and `1 - epsilon`. There is a value for each label; that of a label out of
    /// range is 0.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, SparseCategoricalCrossentropy};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![1.0, 2.0], &[2]);
    /// let y_pred = graph.constant(vec![0.05, 0.95, 0.0, 0.1, 0.8, 0.1], &[2, 3]);
    /// let loss = AnyLoss::from(SparseCategoricalCrossentropy::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 1.1769392_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.SparseCategoricalCrossentropy`, `"sparse_categorical_crossentropy"`. Its config lacks `axis`; here it
    /// is saved if it was changed, and read by Keras.
    pub struct SparseCategoricalCrossentropy(Class::keras("keras.losses", "SparseCategoricalCrossentropy")) {
        ..
        /// Name of the loss. Default `"sparse_categorical_crossentropy"`.
        name: String as &str = "sparse_categorical_crossentropy".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// Whether predictions are logits: real numbers whose `softmax` is meant. Default no, they are probabilities.
        from_logits: bool = false,
        /// Label of what does not count: neither its value nor, in the mean, itself. Default none.
        ignore_class: Option<i64> as i64 = None,
        /// Axis of the classes. Default -1, the last.
        axis: isize = -1; saved_if_changed,
    }
}

impl Loss for SparseCategoricalCrossentropy {
    named_and_reduced!();

    fn integer_targets(&self) -> bool {
        true
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        targets::labels(targets::Family::Crossentropy, &self.name, y_true, y_pred, self.axis)
    }

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let axis = axis_of(y_pred, self.axis);
        let labels = label_axis(y_true, y_pred, axis);
        match self.valid(labels) {
            Some(valid) => {
                let y_pred = valid.expand_dims(axis).select(y_pred, y_pred.zeros_like());
                let labels = valid.select(labels, labels.zeros_like());
                let values = self.values(labels, y_pred, axis);
                valid.select(values, values.zeros_like())
            }
            None => self.values(labels, y_pred, axis),
        }
    }

    fn mask<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>, _: Value<'g>) -> Option<Value<'g>> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        self.valid(label_axis(y_true, y_pred, axis_of(y_pred, self.axis)))
    }
}

impl SparseCategoricalCrossentropy {
    /// 1 where a label is not the ignored one, if one is ignored.
    fn valid<'g>(&self, labels: Value<'g>) -> Option<Value<'g>> {
        self.ignore_class.map(|ignored| 1.0 - labels.equal(labels.full_like(ignored as f64)))
    }

    fn values<'g>(&self, labels: Value<'g>, y_pred: Value<'g>, axis: usize) -> Value<'g> {
        let classes = y_pred.shape().get(axis).copied().unwrap_or(1);
        let one_hot = one_hot_along(labels, axis, classes, y_pred.dtype());
        -(one_hot * log_probabilities(y_pred, axis, self.from_logits)).sum(&[axis], false)
    }
}
