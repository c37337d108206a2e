//! Axes that layers take as options.

use super::*;
use crate::constraints::Axes;

/// Index of an axis of a tensor; negative ones count from the last.
///
/// # Errors
///
/// [`Problem::Argument`] if the tensor has no such axis.
pub(crate) fn axis_index(axis: isize, shape: &Shape) -> Result<usize, Problem> {
    shape.axis(axis).ok_or_else(|| no_axis("axis", axis, shape.rank()))
}

/// Indices of one or several axes of a tensor, in the order given.
///
/// # Errors
///
/// [`Problem::Argument`] if the tensor does not have one of them, or one is given twice.
pub(crate) fn axis_indices(axes: &Axes, shape: &Shape) -> Result<Vec<usize>, Problem> {
    let found = || serde_json::to_string(axes).unwrap_or_default();
    let indices = axes.of(shape.rank()).ok_or_else(|| no_axis("axis", found(), shape.rank()))?;
    match (1..indices.len()).any(|i| indices[..i].contains(&indices[i])) {
        true => Err(Problem::argument("axis", found(), "different axes", "name every axis once")),
        false => Ok(indices),
    }
}

/// The refusal of an axis that a tensor of this rank does not have.
pub(crate) fn no_axis(option: &'static str, found: impl std::fmt::Display, rank: usize) -> Problem {
    let expected = match rank {
        0 => "an input with axes".into(),
        _ => format!("-{rank} to {}", rank - 1),
    };
    Problem::argument(option, found, expected, "axis 0 is the batch, -1 the last axis")
}

/// A shape of ones, with the lengths of `shape` at some axes.
pub(crate) fn kept(shape: &[usize], axes: &[usize]) -> Vec<usize> {
    shape.iter().enumerate().map(|(axis, len)| if axes.contains(&axis) { *len } else { 1 }).collect()
}

/// All axes of a rank but some.
pub(crate) fn others(rank: usize, axes: &[usize]) -> Vec<usize> {
    (0..rank).filter(|axis| !axes.contains(axis)).collect()
}
