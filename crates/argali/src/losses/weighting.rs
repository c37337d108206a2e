//! Sample weights and masks, applied to values per sample as Keras does.

use super::Reduction;
use argali_engine::{OperationError, Value};

/// Targets and predictions of one rank, if a last axis of length 1 is all they differ by.
///
/// A tensor of rank 1 gets such an axis; otherwise the other one loses it. Keras: `squeeze_or_expand_to_same_rank`.
pub fn same_rank<'g>(a: Value<'g>, b: Value<'g>) -> (Value<'g>, Value<'g>) {
    let (x, y) = (a.shape(), b.shape());
    if x.len() == y.len() + 1 && x.last() == Some(&1) {
        if y.len() == 1 { (a, b.expand_dims(1)) } else { (a.squeeze(x.len() - 1), b) }
    } else if y.len() == x.len() + 1 && y.last() == Some(&1) {
        if x.len() == 1 { (a.expand_dims(1), b) } else { (a, b.squeeze(y.len() - 1)) }
    } else {
        (a, b)
    }
}

/// The tensor with axes of length 1 at its end, up to a rank.
pub(crate) fn pad_rank(value: Value<'_>, rank: usize) -> Value<'_> {
    let mut shape = value.shape();
    shape.resize(rank.max(shape.len()), 1);
    value.reshape(&shape)
}

/// `a / b`, 0 where `b` is 0.
pub(crate) fn divide_no_nan<'g>(a: Value<'g>, b: Value<'g>) -> Value<'g> {
    let zero = b.equal(b.zeros_like());
    zero.select((a * b).zeros_like(), a / zero.select(b.full_like(1.0), b))
}

/// Sample weights that are 0 where the mask is. Means are then over what is not masked.
pub(crate) fn apply_mask<'g>(
    weight: Option<Value<'g>>,
    mask: Option<Value<'g>>,
    reduction: Reduction,
) -> Option<Value<'g>> {
    let Some(mask) = mask else { return weight };
    let mask = match reduction {
        Reduction::Mean | Reduction::SumOverBatchSize => {
            let total: usize = mask.shape().iter().product();
            let valid = mask.sum_all();
            mask * divide_no_nan(valid.full_like(total as f64), valid)
        }
        _ => mask,
    };
    Some(match weight {
        Some(weight) => {
            let (mask, weight) = same_rank(mask, weight);
            let rank = mask.rank().max(weight.rank());
            pad_rank(weight, rank) * pad_rank(mask, rank)
        }
        None => mask,
    })
}

/// Weighted and masked values, reduced. Keras: `reduce_weighted_values`.
///
/// Weights of fewer axes than the values weight all that belongs to an index of theirs.
pub(super) fn reduce_weighted<'g>(
    values: Value<'g>,
    weight: Option<Value<'g>>,
    mask: Option<Value<'g>>,
    reduction: Reduction,
) -> Value<'g> {
    let cast = |v: Value<'g>| v.cast(values.dtype());
    match apply_mask(weight.map(cast), mask.map(cast), reduction) {
        Some(weight) => {
            let (values, weight) = same_rank(values, weight);
            let weight = pad_rank(weight, values.rank());
            refuse_unfitting(weight, values);
            reduce(values * weight, Some(weight), reduction)
        }
        None => reduce(values, None, reduction),
    }
}

/// Keeps an error on the graph if weights do not broadcast against what they weight.
fn refuse_unfitting(weight: Value<'_>, values: Value<'_>) {
    let (weights, losses) = (weight.shape(), values.shape());
    let mut pairs = weights.iter().rev().zip(losses.iter().rev());
    if weights.len() > losses.len() || pairs.any(|(w, v)| w != v && *w != 1 && *v != 1) {
        let message = format!("sample weights of shape {weights:?} for losses of shape {losses:?}");
        weight.graph().fail(OperationError { operation: "loss", message });
    }
}

fn reduce<'g>(values: Value<'g>, weight: Option<Value<'g>>, reduction: Reduction) -> Value<'g> {
    let shape = values.shape();
    if reduction == Reduction::None || shape.is_empty() {
        return values;
    }
    let sum = values.sum_all();
    match (reduction, weight) {
        (Reduction::Sum, _) => sum,
        (Reduction::MeanWithSampleWeight, Some(weight)) => divide_no_nan(sum, weight.sum_all()),
        _ => divide_no_nan(sum, sum.full_like(shape.iter().product::<usize>() as f64)),
    }
}
