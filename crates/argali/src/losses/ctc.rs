//! Label sequences without alignment.

use super::{Loss, Reduction, axis_of, named_and_reduced};
use crate::{Class, Problem, Shape};
use argali_engine::{DType, Value};

object! {
    /// Connectionist temporal classification: the negative logarithm of the probability of a sequence of labels, whatever
    /// steps they fall on.
    ///
    /// Predictions are logits of the shape `(batch, steps, classes)`, class 0 being the blank. Targets are integer labels
    /// from 1 on, `(batch, labels)`, filled up with 0. There is a value for each sample. After Graves et al.,
    /// *Connectionist Temporal Classification* (2006).
    ///
    /// ```
    /// use argali::losses::{AnyLoss, CTC};
    /// assert_eq!(AnyLoss::from(CTC::new()).name(), "ctc");
    /// ```
    ///
    /// Keras: `keras.losses.CTC`, `"ctc"`.
    pub struct CTC(Class::keras("keras.losses", "CTC")) {
        ..
        /// Name of the loss. Default `"ctc"`.
        name: String as &str = "ctc".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
    }
}

impl Loss for CTC {
    named_and_reduced!();

    fn integer_targets(&self) -> bool {
        true
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        if y_true.rank() == 2 && y_pred.rank() == 3 {
            return Ok(());
        }
        let message = format!("`{}` can't compare targets of shape {y_true} with outputs of shape {y_pred}", self.name);
        Err(Problem::mismatch(
            message,
            "give labels of shape (None, labels) and outputs of shape (None, steps, classes)",
        ))
    }

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        y_pred.log_softmax(axis_of(y_pred, -1)).ctc(y_true.cast(DType::I64))
    }
}
