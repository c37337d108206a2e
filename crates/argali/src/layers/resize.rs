//! Longer spatial axes, by repetition or interpolation.

use super::window::Spatial;
use super::*;
use crate::Dim;
use argali_engine::ops::BandedMatrix;
use argali_engine::{OperationError, memory_for};
use std::f64::consts::PI;

/// The shape with every spatial axis some times as long.
pub(crate) fn enlarged(data_format: DataFormat, input: &Shape, size: &[usize]) -> Result<Shape, Problem> {
    let Spatial { batch, lengths, channels } = data_format.split(input, size.len())?;
    let enlarge = |(length, factor): (&Dim, &usize)| {
        length.map(|n| n.checked_mul(*factor).ok_or((n, *factor))).transpose().map_err(|(n, factor)| {
            let message = format!("makes {n} steps {factor} times as many, more than can be addressed");
            Problem::mismatch(message, "take a smaller size")
        })
    };
    let lengths = lengths.iter().zip(size).map(enlarge).collect::<Result<_, _>>()?;
    Ok(data_format.join(Spatial { batch, lengths, channels }))
}

/// The tensor with every spatial axis some times as long.
pub(crate) fn enlarge<'g>(
    data_format: DataFormat,
    x: Value<'g>,
    size: &[usize],
    interpolation: Interpolation,
) -> Value<'g> {
    let axes = data_format.first_spatial_axis()..;
    let longer = axes.zip(size).filter(|(_, factor)| **factor > 1);
    longer.fold(x, |x, (axis, factor)| match interpolation {
        Interpolation::Nearest => repeat(x, axis, *factor),
        smooth => interpolate(x, axis, *factor, smooth),
    })
}

fn repeat(x: Value<'_>, axis: usize, factor: usize) -> Value<'_> {
    let mut shape = x.shape();
    let split = x.expand_dims(axis + 1);
    shape.insert(axis + 1, factor);
    let repeated = split.broadcast_to(&shape);
    shape.remove(axis + 1);
    shape[axis] *= factor;
    repeated.reshape(&shape)
}

/// Every new step as a weighted sum of the old ones.
fn interpolate(x: Value<'_>, axis: usize, factor: usize, interpolation: Interpolation) -> Value<'_> {
    let steps = x.shape()[axis];
    let weights = steps.saturating_mul(factor).saturating_mul(2 * interpolation.radius() + 1);
    if !memory_for(weights.saturating_mul(size_of::<f64>())) {
        let message = format!("interpolates {steps} steps {factor} times as many, more than there is memory for");
        x.graph().fail(OperationError { operation: "resize", message });
        return x;
    }
    x.banded(axis, weights_of(steps, factor, interpolation))
}

/// The weight of each old step (column) in each new one (row), as `jax.image.resize` computes it.
fn weights_of(steps: usize, factor: usize, interpolation: Interpolation) -> BandedMatrix {
    let radius = interpolation.radius() as f64;
    let mut matrix = BandedMatrix::new(steps);
    for row in 0..steps * factor {
        let sample = (row as f64 + 0.5) / factor as f64 - 0.5;
        let (first, last) = ((sample - radius).ceil(), (sample + radius).floor());
        let columns = first.max(0.0) as usize..(last as usize + 1).min(steps);
        let share = |column: usize| interpolation.kernel((sample - column as f64).abs());
        let total: f64 = columns.clone().map(share).sum();
        matrix.push(columns.start, columns.map(|column| share(column) / total));
    }
    matrix
}

impl Interpolation {
    /// Steps to either side that a new one may be made of.
    fn radius(self) -> usize {
        match self {
            Interpolation::Nearest => 0,
            Interpolation::Bilinear => 1,
            Interpolation::Bicubic => 2,
            Interpolation::Lanczos3 => 3,
            Interpolation::Lanczos5 => 5,
        }
    }

    /// Weight of a step at a distance.
    fn kernel(self, x: f64) -> f64 {
        match self {
            Interpolation::Nearest => f64::from(u8::from(x <= 0.5)),
            Interpolation::Bilinear => (1.0 - x).max(0.0),
            Interpolation::Bicubic if x >= 2.0 => 0.0,
            Interpolation::Bicubic if x >= 1.0 => ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0,
            Interpolation::Bicubic => (1.5 * x - 2.5) * x * x + 1.0,
            Interpolation::Lanczos3 => lanczos(3.0, x),
            Interpolation::Lanczos5 => lanczos(5.0, x),
        }
    }
}

fn lanczos(radius: f64, x: f64) -> f64 {
    match x {
        x if x > radius => 0.0,
        x if x > 1e-3 => radius * (PI * x).sin() * (PI * x / radius).sin() / (PI * x).powi(2),
        _ => 1.0,
    }
}
