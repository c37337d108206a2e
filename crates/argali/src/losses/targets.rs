//! Which targets fit which predictions, and labels as one-hot rows.

use crate::{Dim, Problem, Shape};
use argali_engine::{DType, OperationError, Value};

/// Index of an axis; negative ones count from the end. An axis that is not there is kept as the graph's error.
pub(crate) fn axis_of(value: Value<'_>, axis: isize) -> usize {
    let rank = value.rank();
    let index = if axis < 0 { axis + rank as isize } else { axis };
    if (0..rank as isize).contains(&index) {
        return index as usize;
    }
    let message = format!("axis {axis} of a tensor of {rank} axes");
    value.graph().fail(OperationError { operation: "axis", message });
    0
}

/// Labels without an axis of length 1 that they have in place of the predictions' class axis.
pub(crate) fn label_axis<'g>(labels: Value<'g>, y_pred: Value<'g>, axis: usize) -> Value<'g> {
    let shape = labels.shape();
    match shape.len() == y_pred.rank() && shape.get(axis) == Some(&1) {
        true => labels.squeeze(axis),
        false => labels,
    }
}

/// Labels as rows of zeros and a one along a new axis; labels out of range give zeros only.
pub(crate) fn one_hot_along(labels: Value<'_>, axis: usize, depth: usize, dtype: DType) -> Value<'_> {
    let rows = labels.cast(DType::I64).one_hot(depth, dtype);
    let last = rows.rank() - 1;
    if axis >= last {
        return rows;
    }
    let mut order: Vec<_> = (0..last).collect();
    order.insert(axis, last);
    rows.transpose(&order)
}

/// What compares targets with predictions; names the alternatives in help.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Family {
    Crossentropy,
    Accuracy,
}

impl Family {
    fn name(self) -> &'static str {
        match self {
            Family::Crossentropy => "crossentropy",
            Family::Accuracy => "accuracy",
        }
    }
}

fn agree(a: Dim, b: Dim) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn fits(y_true: &[Dim], y_pred: &[Dim]) -> bool {
    y_true.len() == y_pred.len() && y_true.iter().zip(y_pred).all(|(a, b)| agree(*a, *b))
}

fn mismatch(name: &str, y_true: &Shape, y_pred: &Shape, help: String) -> Problem {
    let message = format!("`{name}` can't compare targets of shape {y_true} with outputs of shape {y_pred}");
    Problem::mismatch(message, help)
}

/// Whether the targets are one label where the predictions are a distribution.
fn are_labels(y_true: &Shape, y_pred: &Shape) -> bool {
    let (t, p) = (&y_true.0, &y_pred.0);
    let (rank, classes) = (p.len(), p.last().copied().flatten());
    rank > 1
        && classes.is_none_or(|n| n > 1)
        && fits(&t[..t.len().min(rank - 1)], &p[..rank - 1])
        && (t.len() == rank - 1 || t.len() == rank && t.last() == Some(&Some(1)))
}

/// Shapes must be the same, but for a last axis of length 1.
pub(crate) fn same_shapes(family: Family, name: &str, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
    let (t, p) = (&y_true.0[..], &y_pred.0[..]);
    let longer = |long: &[Dim], short: &[Dim]| {
        long.split_last().is_some_and(|(n, rest)| agree(*n, Some(1)) && fits(rest, short))
    };
    if fits(t, p) || longer(t, p) || longer(p, t) {
        return Ok(());
    }
    let help = match (are_labels(y_true, y_pred), y_pred.dim(-1)) {
        (true, Some(n)) => format!(
            "for labels of one of {n} classes take `sparse_categorical_{}`, for one number the output `.dense(1)`",
            family.name()
        ),
        _ => format!("give targets of the output's shape {y_pred}"),
    };
    Err(mismatch(name, y_true, y_pred, help))
}

/// Targets must be a distribution over the classes that the predictions are over.
pub(crate) fn distributions(
    family: Family,
    name: &str,
    y_true: &Shape,
    y_pred: &Shape,
    axis: isize,
) -> Result<(), Problem> {
    class_axis(y_pred, axis)?;
    if y_pred.dim(axis) == Some(1) {
        let help = format!("an output of one unit takes `binary_{}`", family.name());
        return Err(mismatch(name, y_true, y_pred, help));
    }
    if fits(&y_true.0, &y_pred.0) {
        return Ok(());
    }
    let help = match are_labels(y_true, y_pred) {
        true => format!("integer labels take `sparse_categorical_{}`, or make them one-hot", family.name()),
        false => format!("give one-hot targets of the output's shape {y_pred}"),
    };
    Err(mismatch(name, y_true, y_pred, help))
}

/// Targets must be labels: the shape of the predictions without their class axis, or with 1 in its place.
pub(crate) fn labels(family: Family, name: &str, y_true: &Shape, y_pred: &Shape, axis: isize) -> Result<(), Problem> {
    let at = class_axis(y_pred, axis)?;
    let (mut without, mut with_one) = (y_pred.0.clone(), y_pred.0.clone());
    without.remove(at);
    with_one[at] = Some(1);
    if fits(&y_true.0, &without) || fits(&y_true.0, &with_one) {
        return Ok(());
    }
    let help = match fits(&y_true.0, &y_pred.0) {
        true => format!("one-hot targets take `categorical_{}`", family.name()),
        false => format!("give integer labels of shape {}", Shape(without)),
    };
    Err(mismatch(name, y_true, y_pred, help))
}

fn class_axis(y_pred: &Shape, axis: isize) -> Result<usize, Problem> {
    y_pred.axis(axis).ok_or_else(|| {
        let expected = format!("an axis of outputs of shape {y_pred}");
        Problem::argument("axis", axis, expected, "take -1, the last axis")
    })
}

/// An option that must lie between 0 and 1.
pub(crate) fn unit_interval(option: &'static str, value: f64) -> Result<(), Problem> {
    match (0.0..=1.0).contains(&value) {
        true => Ok(()),
        false => Err(Problem::argument(option, value, "a number from 0 to 1", "")),
    }
}
