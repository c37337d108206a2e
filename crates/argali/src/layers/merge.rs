//! What layers that merge several tensors have in common.

use super::*;
use crate::Dim;

/// Shape of the tensors broadcast against each other; the batch axis stays as it is.
///
/// # Errors
///
/// [`Problem::Inputs`] on fewer than two tensors, [`Problem::Mismatch`] if their shapes do not broadcast.
pub(crate) fn broadcast(inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
    let [first, rest @ ..] = inputs else { return Err(Problem::Inputs { expected: "several tensors", found: 0 }) };
    if rest.is_empty() {
        return Err(Problem::Inputs { expected: "several tensors", found: 1 });
    }
    rest.iter().try_fold(first.clone(), |a, b| broadcast_two(&a, b)).map(|shape| vec![shape])
}

fn broadcast_two(a: &Shape, b: &Shape) -> Result<Shape, Problem> {
    let rank = a.rank().max(b.rank());
    let at = |s: &Shape, axis: usize| match (axis, s.rank() + axis >= rank) {
        (0, _) => s.0.first().copied().flatten(),
        (_, false) => Some(1),
        (_, true) => s.0[(s.rank() + axis - rank).max(1).min(s.rank() - 1)],
    };
    let axis = |axis: usize| -> Result<Dim, Problem> {
        match (at(a, axis), at(b, axis)) {
            (x, y) if x == y => Ok(x),
            (Some(1), other) | (other, Some(1)) => Ok(other),
            (None, known) | (known, None) => Ok(known.filter(|_| axis > 0)),
            _ => Err(Problem::mismatch(
                format!("merges shapes {a} and {b}, which differ at axis {axis}"),
                "give the layers before it the same number of steps and channels",
            )),
        }
    };
    (0..rank).map(axis).collect::<Result<_, _>>().map(Shape)
}

/// All inputs with as many axes as the longest has: ones are put in behind the batch axis.
pub(crate) fn aligned<'g>(call: &Call<'_, 'g>) -> Vec<Value<'g>> {
    let rank = call.inputs.iter().map(Value::rank).max().unwrap_or(0);
    let align = |x: &Value<'g>| (x.rank()..rank).fold(*x, |x, _| x.expand_dims(1));
    call.inputs.iter().map(align).collect()
}

/// The inputs combined two at a time.
pub(crate) fn fold<'g>(call: &Call<'_, 'g>, combine: impl Fn(Value<'g>, Value<'g>) -> Value<'g>) -> Vec<Value<'g>> {
    aligned(call).into_iter().reduce(combine).into_iter().collect()
}

/// Where any of the inputs counts; no mask if one of them has none.
pub(crate) fn masks<'g>(call: &Call<'_, 'g>) -> Vec<Option<Value<'g>>> {
    let all: Option<Vec<_>> = call.masks.iter().copied().collect();
    vec![all.and_then(|masks| masks.into_iter().reduce(|a, b| a.maximum(b)))]
}
