//! Longer spatial axes, by repetition or interpolation.

use super::window::Spatial;
use super::*;
use crate::Dim;
use argali_engine::{Buffer, OperationError, memory_for};
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
    let last = x.rank() - 1;
    let x = x.swap_axes(axis, last);
    let mut shape = x.shape();
    let steps = shape[last];
    let rows = shape[..last].iter().product();
    let elements = steps.saturating_mul(steps).saturating_mul(factor);
    if !memory_for(elements.saturating_mul(size_of::<f64>())) {
        let message = format!("interpolates {steps} steps {factor} times as many, more than there is memory for");
        x.graph().fail(OperationError { operation: "resize", message });
        return x;
    }
    let weights = Buffer::from(weights(steps, factor, interpolation)).cast(x.dtype());
    let weights = x.graph().constant(weights, &[steps, steps * factor]);
    shape[last] *= factor;
    x.reshape(&[rows, steps]).matmul(weights).reshape(&shape).swap_axes(axis, last)
}

/// The weight of each old step (row) in each new one (column), as `jax.image.resize` computes it.
fn weights(steps: usize, factor: usize, interpolation: Interpolation) -> Vec<f64> {
    let new = steps * factor;
    let mut weights = vec![0.0; steps * new];
    for column in 0..new {
        let sample = (column as f64 + 0.5) / factor as f64 - 0.5;
        let share = |row: usize| interpolation.kernel((sample - row as f64).abs());
        let total: f64 = (0..steps).map(share).sum();
        for row in 0..steps {
            weights[row * new + column] = share(row) / total;
        }
    }
    weights
}

impl Interpolation {
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
