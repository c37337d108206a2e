//! Similarity within classes and dissimilarity between them.

use super::{Loss, Reduction, axis_of, named_and_reduced};
use crate::{Class, Number, Problem, Shape};
use argali_engine::{OperationError, Value};

object! {
    /// The circle loss of embeddings: those of one class are drawn together, those of different classes apart, the more
    /// the farther they are from where they should be.
    ///
    /// With the cosine distances `d` of all pairs of a batch, `softplus(p + n)` for each sample, where `p` is
    /// `ln(sum(exp(gamma · (margin + d) · (d - margin))))` over the others of its class and `n` is
    /// `ln(sum(exp(gamma · (1 + margin - d) · (1 - margin - d))))` over those of other classes. Samples whose value is 0
    /// do not count in the mean.
    ///
    /// Predictions are embeddings of unit length, `(batch, features)`; targets are integer labels, `(batch,)` or
    /// `(batch, 1)`. After Sun et al., *Circle Loss: A Unified Perspective of Pair Similarity Optimization* (2020).
    ///
    /// ```
    /// use argali::losses::{AnyLoss, Circle};
    /// assert_eq!(AnyLoss::from(Circle::new().gamma(64.0)).name(), "circle");
    /// ```
    ///
    /// Keras: `keras.losses.Circle`, `"circle"`.
    pub struct Circle(Class::keras("keras.losses", "Circle")) {
        ..
        /// Name of the loss. Default `"circle"`.
        name: String as &str = "circle".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// Scale of the exponents, the larger the sharper. Default 80.
        gamma: Number as impl Into<Number> = 80.0.into(),
        /// How far distances within and between classes are held apart. Default 0.4.
        margin: Number as impl Into<Number> = 0.4.into(),
        /// Whether a sample is left out of its own class. Default yes.
        remove_diagonal: bool = true,
    }
}

impl Circle {
    /// 1 for each pair of samples of one class, and the same for pairs of different classes.
    fn pairs<'g>(&self, labels: Value<'g>, count: usize) -> (Value<'g>, Value<'g>) {
        let same = labels.reshape(&[count, 1]).equal(labels.reshape(&[1, count]));
        let index = labels.graph().iota(labels.dtype(), count);
        let other = match self.remove_diagonal {
            true => 1.0 - index.reshape(&[count, 1]).equal(index.reshape(&[1, count])),
            false => same.full_like(1.0),
        };
        (same * other, 1.0 - same)
    }
}

impl Loss for Circle {
    named_and_reduced!();

    fn integer_targets(&self) -> bool {
        true
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        let labels = y_true.rank() == 1 || y_true.rank() == 2 && y_true.dim(1).is_none_or(|n| n == 1);
        if labels && y_pred.rank() == 2 {
            return Ok(());
        }
        let message = format!("`{}` can't compare targets of shape {y_true} with outputs of shape {y_pred}", self.name);
        Err(Problem::mismatch(message, "give integer labels of shape (None,) and outputs of shape (None, features)"))
    }

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let count = y_true.shape().iter().product();
        if y_pred.rank() != 2 || y_pred.shape()[0] != count {
            let message = format!("takes outputs of shape ({count}, features), found {}", y_pred.tensor_type());
            y_pred.graph().fail(OperationError { operation: "circle", message });
            return y_pred;
        }
        let (same, different) = self.pairs(y_true.cast(argali_engine::DType::I64).cast(y_pred.dtype()), count);
        let distance = (1.0 - y_pred.matmul(y_pred.transpose(&[1, 0]))).at_least(0.0);
        let within = (distance + self.margin.get()).at_least(0.0) * (self.margin.get() - distance) * -self.gamma.get();
        let between = (1.0 + self.margin.get() - distance).at_least(0.0)
            * (1.0 - self.margin.get() - distance)
            * self.gamma.get();
        let (sum_within, any_within) = log_sum_exp(same, within);
        let (sum_between, any_between) = log_sum_exp(different, between);
        let both = any_within * any_between;
        both.select((sum_within + sum_between).softplus(), both.zeros_like())
    }

    fn mask<'g>(&self, _: Value<'g>, _: Value<'g>, values: Value<'g>) -> Option<Value<'g>> {
        Some(values.greater(values.zeros_like()))
    }
}

/// `ln(sum(exp(x)))` of what is chosen in each row, 0 where nothing is; and whether anything is.
fn log_sum_exp<'g>(chosen: Value<'g>, x: Value<'g>) -> (Value<'g>, Value<'g>) {
    let last = [axis_of(x, -1)];
    let any = chosen.max(&last, true);
    let lowest = chosen.select(x, x.full_like(-1e30)).max(&last, true);
    let highest = any.select(lowest, any.zeros_like()).stop_gradient();
    let exp = chosen.select(x - highest, x.zeros_like()).exp() * chosen;
    let sum = any.select(exp.sum(&last, true), any.full_like(1.0));
    let flat = |v: Value<'g>| v.squeeze(last[0]);
    (flat(sum.ln() + highest), flat(any))
}
