//! True and false, positives and negatives, at several thresholds.

use super::State;
use super::thresholds::Levels;
use crate::losses::{axis_of, same_rank, targets};
use crate::{Problem, Shape};
use argali_engine::ops::CumulativeSum;
use argali_engine::{Buffer, DType, OperationError, Value};

/// A score that no other is below.
pub(super) const LOWEST: f64 = -1e10;

/// How targets and predictions are compared.
#[derive(Clone, Debug)]
pub(super) struct Comparison<'m> {
    /// Thresholds above which predictions are positive.
    pub(super) levels: &'m Levels,
    /// Only so many of the highest predictions of each sample count.
    pub(super) top_k: Option<usize>,
    /// Only this class counts.
    pub(super) class_id: Option<usize>,
    /// Whether labels, the last axis, are counted one by one.
    pub(super) by_label: bool,
    /// Weights of the labels.
    pub(super) label_weights: Option<&'m [f64]>,
}

/// The weighted counts at each threshold, `[thresholds]` or `[thresholds, labels]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counts<'g> {
    pub(super) true_positives: Value<'g>,
    pub(super) false_positives: Value<'g>,
    pub(super) true_negatives: Value<'g>,
    pub(super) false_negatives: Value<'g>,
}

/// The states that hold all four counts.
pub(super) fn four_counts(shape: &[usize]) -> Vec<State> {
    let names = ["true_positives", "false_positives", "true_negatives", "false_negatives"];
    names.into_iter().map(|name| State::zeros(name, shape)).collect()
}

impl<'g> Counts<'g> {
    /// The states of [`four_counts`] after these were added.
    pub(super) fn added_to(self, states: &[Value<'g>]) -> Vec<Value<'g>> {
        let added = [self.true_positives, self.false_positives, self.true_negatives, self.false_negatives];
        states.iter().zip(added).map(|(state, added)| *state + added).collect()
    }
}

impl<'m> Comparison<'m> {
    pub(super) fn at(levels: &'m Levels) -> Self {
        Comparison { levels, top_k: None, class_id: None, by_label: false, label_weights: None }
    }

    /// Refuses shapes that can't be compared.
    pub(super) fn check(&self, name: &str, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        targets::same_shapes(targets::Family::Accuracy, name, y_true, y_pred)?;
        let classes = y_pred.dim(-1).filter(|_| y_pred.rank() > 1);
        let too_large = |option, found: usize, expected: String| {
            Err(Problem::argument(option, found, expected, format!("the outputs have shape {y_pred}")))
        };
        match (self.top_k, self.class_id, classes) {
            (Some(k), _, Some(n)) if k > n => too_large("top_k", k, format!("at most {n}")),
            (_, Some(id), Some(n)) if id >= n => too_large("class_id", id, format!("below {n}")),
            (_, Some(_), None) if y_pred.rank() < 2 => {
                let message = format!("`{name}` has a class_id, outputs of shape {y_pred} have no classes");
                Err(Problem::mismatch(message, "give outputs of shape (None, classes)"))
            }
            _ => Ok(()),
        }
    }

    /// Counts a batch.
    pub(super) fn count<'g>(
        &self,
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Counts<'g> {
        let (mut y_pred, mut y_true) = same_rank(y_pred, y_true);
        if let Some(k) = self.top_k {
            y_pred = only_top(y_pred, k);
        }
        if let Some(id) = self.class_id {
            let last = axis_of(y_pred, -1);
            (y_true, y_pred) = (y_true.slice(last, id, id + 1, 1), y_pred.slice(last, id, id + 1, 1));
        }
        let weight = self.weight(sample_weight, y_pred);
        let label = 1.0 - y_true.equal(y_true.zeros_like());
        let batch = self.flat([label * weight, (1.0 - label) * weight, y_pred]);
        if self.levels.even { self.count_buckets(batch) } else { self.count_levels(batch) }
    }

    /// The weight of every prediction.
    fn weight<'g>(&self, sample_weight: Option<Value<'g>>, y_pred: Value<'g>) -> Value<'g> {
        let shape = y_pred.shape();
        let samples = match sample_weight {
            Some(weight) => {
                let mut aligned = weight.shape();
                if aligned.len() > shape.len() && aligned.last() == Some(&1) {
                    aligned.pop();
                }
                aligned.resize(shape.len().max(aligned.len()), 1);
                weight.reshape(&aligned).broadcast_to(&shape)
            }
            None => y_pred.full_like(1.0),
        };
        match self.label_weights {
            Some(weights) => {
                let labels = Buffer::F64(weights.to_vec()).cast(y_pred.dtype());
                samples * y_pred.graph().constant(labels, &[weights.len()])
            }
            None => samples,
        }
    }

    /// Weights of true and of false targets, and predictions, as rows of all samples: one, or one for each label.
    fn flat<'g>(&self, batch: [Value<'g>; 3]) -> [Value<'g>; 3] {
        let shape = batch[2].shape();
        if self.by_label && shape.len() != 2 {
            let message = format!("takes predictions of shape [batch, labels], found {shape:?}");
            batch[2].graph().fail(OperationError { operation: "confusion", message });
        }
        match self.by_label && shape.len() == 2 {
            true => batch.map(|v| v.transpose(&[1, 0])),
            false => batch.map(|v| v.reshape(&[1, shape.iter().product()])),
        }
    }

    /// Compares every prediction with every threshold.
    fn count_levels<'g>(&self, [yes, no, y_pred]: [Value<'g>; 3]) -> Counts<'g> {
        let levels = Buffer::F64(self.levels.levels.clone()).cast(y_pred.dtype());
        let count = self.levels.levels.len();
        let levels = y_pred.graph().constant(levels, &[count, 1, 1]);
        let positive = y_pred.expand_dims(0).greater(levels);
        let negative = 1.0 - positive;
        let sum = |weight: Value<'g>, chosen: Value<'g>| self.rows((chosen * weight.expand_dims(0)).sum(&[2], false));
        Counts {
            true_positives: sum(yes, positive),
            false_positives: sum(no, positive),
            true_negatives: sum(no, negative),
            false_negatives: sum(yes, negative),
        }
    }

    /// Sorts predictions into buckets between even thresholds, and adds them up from above.
    fn count_buckets<'g>(&self, [yes, no, y_pred]: [Value<'g>; 3]) -> Counts<'g> {
        let levels = &self.levels.levels;
        let with_ends = levels.first().is_some_and(|t| *t < 0.0) || levels.last().is_some_and(|t| *t > 1.0);
        let count = levels.len();
        let bucket = -(-(y_pred.clamp(0.0, 1.0) * (count as f64 - 1.0))).floor() - 1.0;
        let bucket = if with_ends { bucket.at_least(0.0) } else { bucket }.cast(DType::I64);
        let from_above = CumulativeSum { axis: 1, exclusive: false, reverse: true };
        let above = |weight: Value<'g>| {
            let sums = weight.segment_sum(bucket, count);
            sums.graph().apply(from_above, &[sums])[0]
        };
        let (true_positives, false_positives) = (above(yes), above(no));
        let turned = |v: Value<'g>| self.rows(v.transpose(&[1, 0]));
        Counts {
            true_positives: turned(true_positives),
            false_positives: turned(false_positives),
            true_negatives: turned(no.sum(&[1], true) - false_positives),
            false_negatives: turned(yes.sum(&[1], true) - true_positives),
        }
    }

    /// `[thresholds, labels]` without its second axis where labels are not counted one by one.
    fn rows<'g>(&self, counts: Value<'g>) -> Value<'g> {
        if self.by_label { counts } else { counts.squeeze(1) }
    }
}

/// Predictions of which all but the `k` highest of each sample are lowered below everything.
fn only_top(y_pred: Value<'_>, k: usize) -> Value<'_> {
    let classes = y_pred.shape().last().copied().unwrap_or(1);
    let (_, indices) = y_pred.top_k(k);
    let chosen = indices.one_hot(classes, y_pred.dtype());
    let mask = chosen.sum(&[axis_of(chosen, -2)], false);
    y_pred * mask + (1.0 - mask) * LOWEST
}
