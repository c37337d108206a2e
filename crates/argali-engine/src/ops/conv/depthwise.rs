//! Convolutions of every channel by itself, vectorised over channels.

use super::dense::add_blocks;
use super::geometry::Geometry;
use crate::buffer::Real;
use crate::ops::window::place;
use crate::parallel::{for_each_chunk, task_rows};

/// Fewest rows of a task.
const LEAST_TASK: usize = 16;

/// `y[c · m + j] += x[c] · w[c · m + j]`, where `m` is the depth multiplier.
#[inline]
fn multiply_add<T: Real>(y: &mut [T], x: &[T], w: &[T]) {
    if x.len() == y.len() {
        y.iter_mut().zip(x.iter().zip(w)).for_each(|(y, (x, w))| *y += *x * *w);
    } else {
        let m = y.len() / x.len();
        for ((y, w), x) in y.chunks_exact_mut(m).zip(w.chunks_exact(m)).zip(x) {
            y.iter_mut().zip(w).for_each(|(y, w)| *y += *x * *w);
        }
    }
}

/// `x[c] += Σⱼ y[c · m + j] · w[c · m + j]`
#[inline]
fn multiply_sum<T: Real>(x: &mut [T], y: &[T], w: &[T]) {
    if x.len() == y.len() {
        multiply_add(x, y, w);
    } else {
        let m = y.len() / x.len();
        for ((y, w), x) in y.chunks_exact(m).zip(w.chunks_exact(m)).zip(x) {
            *x += y.iter().zip(w).map(|(y, w)| *y * *w).sum();
        }
    }
}

/// `y = conv(x, kernel)`
pub(crate) fn forward<T: Real>(g: &Geometry, x: &[T], kernel: &[T], y: &mut [T]) {
    if g.cout == 0 {
        return;
    }
    let (inputs, outputs) = (g.sliding.inputs(), g.sliding.outputs());
    let task = task_rows(g.output_rows(), LEAST_TASK);
    for_each_chunk(y, task * g.cout, g.sliding.taps(), |index, y| {
        for (row, y) in y.chunks_exact_mut(g.cout).enumerate() {
            let (sample, position) = ((index * task + row) / outputs, (index * task + row) % outputs);
            y.fill(T::zero());
            g.sliding.each_tap(place(position, g.sliding.output), |tap, input| {
                let x = &x[(sample * inputs + input) * g.cin..][..g.cin];
                multiply_add(y, x, &kernel[tap * g.cout..][..g.cout]);
            });
        }
    });
}

/// `x = conv_transpose(y, kernel)`
pub(crate) fn transposed<T: Real>(g: &Geometry, y: &[T], kernel: &[T], x: &mut [T]) {
    let (inputs, outputs) = (g.sliding.inputs(), g.sliding.outputs());
    let task = task_rows(g.input_rows(), LEAST_TASK);
    for_each_chunk(x, task * g.cin, g.sliding.taps(), |index, x| {
        for (row, x) in x.chunks_exact_mut(g.cin).enumerate() {
            let (sample, input) = ((index * task + row) / inputs, (index * task + row) % inputs);
            x.fill(T::zero());
            g.sliding.each_position(place(input, g.sliding.input), |tap, position| {
                let y = &y[(sample * outputs + position) * g.cout..][..g.cout];
                multiply_sum(x, y, &kernel[tap * g.cout..][..g.cout]);
            });
        }
    });
}

pub(crate) fn kernel_gradient_scratch(g: &Geometry) -> usize {
    g.output_rows().div_ceil(task_rows(g.output_rows(), LEAST_TASK)) * g.kernel_len()
}

/// `kernel` = the gradient with respect to it, where `y` is that with respect to the output
pub(crate) fn kernel_gradient<T: Real>(g: &Geometry, x: &[T], y: &[T], kernel: &mut [T], scratch: &mut [T]) {
    let (inputs, outputs, rows) = (g.sliding.inputs(), g.sliding.outputs(), g.output_rows());
    kernel.fill(T::zero());
    if g.kernel_len() == 0 || rows == 0 {
        return;
    }
    let task = task_rows(rows, LEAST_TASK);
    let partial = &mut scratch[..rows.div_ceil(task) * g.kernel_len()];
    for_each_chunk(partial, g.kernel_len(), task, |index, partial| {
        partial.fill(T::zero());
        for row in index * task..rows.min((index + 1) * task) {
            let (sample, position) = (row / outputs, row % outputs);
            let y = &y[row * g.cout..][..g.cout];
            g.sliding.each_tap(place(position, g.sliding.output), |tap, input| {
                let x = &x[(sample * inputs + input) * g.cin..][..g.cin];
                multiply_add(&mut partial[tap * g.cout..][..g.cout], x, y);
            });
        }
    });
    add_blocks(partial, kernel);
}
