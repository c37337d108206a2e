//! Convolutions of every channel by itself, vectorised over channels.

use super::dense::{LEAST_TASK, TILE};
use super::geometry::Geometry;
use super::rows::Windows;
use crate::buffer::Real;
use crate::ops::window::place;
use crate::parallel::{for_each_chunk, task_rows};
use crate::product::{Epilogue, blocks};
use crate::simd::{self, Kernel, multiply_add};

/// Outputs of each channel.
pub(crate) fn multiplier(g: &Geometry) -> usize {
    g.cout / g.cin
}

/// Elements of the zeros that stand for padding and of the kernel, sorted.
pub(crate) fn forward_scratch(g: &Geometry) -> usize {
    g.cin + g.kernel_len()
}

/// `y = conv(x, kernel)`
pub(crate) fn forward<T: Real>(
    g: &Geometry,
    x: &[T],
    kernel: &[T],
    epilogue: Epilogue<'_, T>,
    y: &mut [T],
    scratch: &mut [T],
) {
    let (zeros, sorted) = scratch.split_at_mut(g.cin);
    zeros.fill(T::zero());
    let kernel = sort_kernel(g, kernel, sorted);
    let task = task_rows(g.output_rows(), LEAST_TASK);
    for_each_chunk(y, task * g.cout, g.sliding.taps(), |index, y| {
        for (tile, y) in y.chunks_mut(TILE * g.cout).enumerate() {
            let (start, count) = (index * task + tile * TILE, y.len() / g.cout.max(1));
            let windows = Windows { g, x, zeros, channel: 0, channels: g.cin, start, count };
            for output in 0..multiplier(g) {
                Tile { windows, kernel, output, epilogue, y }.compute();
            }
        }
    });
}

/// The kernel with the first output of every channel before the second.
pub(crate) fn sort_kernel<'k, T: Real>(g: &Geometry, kernel: &'k [T], sorted: &'k mut [T]) -> &'k [T] {
    let m = multiplier(g);
    if m <= 1 {
        return kernel;
    }
    let len = g.sliding.taps() * g.cin;
    for (output, sorted) in sorted.chunks_exact_mut(len).enumerate().take(m) {
        sorted.iter_mut().zip(kernel[output..].iter().step_by(m)).for_each(|(to, from)| *to = *from);
    }
    sorted
}

/// One output of every channel at some positions.
struct Tile<'a, T> {
    windows: Windows<'a, T>,
    kernel: &'a [T],
    /// Which of the outputs of each channel.
    output: usize,
    epilogue: Epilogue<'a, T>,
    y: &'a mut [T],
}

impl<T: Real> Tile<'_, T> {
    fn compute(self) {
        simd::run(simd::fitting_width::<T>(self.windows.channels), self);
    }
}

impl<T: Real> Kernel<T> for Tile<'_, T> {
    #[inline(always)]
    fn run<const MR: usize, const NR: usize, const FMA: bool>(self) {
        let (g, channels) = (self.windows.g, self.windows.channels);
        let [a, b, c] = g.sliding.windows.map(|w| w.size);
        let kernel = &self.kernel[self.output * a * b * c * channels..];
        for first in (0..self.windows.count).step_by(MR) {
            let group = self.windows.group::<MR>(first);
            for block in blocks(channels, NR) {
                let mut sums = [[T::zero(); NR]; MR];
                for (tap, w) in kernel.chunks(channels).take(a * b * c).enumerate() {
                    let Some(w) = w[block.first..].first_chunk::<NR>() else { break };
                    let rows = self.windows.tap(&group, place(tap, [a, b, c]), block.first, NR);
                    multiply_rows::<T, MR, NR, FMA>(&mut sums, rows, w);
                }
                for (r, sums) in sums.into_iter().enumerate().take(self.windows.count - first) {
                    let y = &mut self.y[(first + r) * g.cout..][..g.cout];
                    if g.cout == channels {
                        self.epilogue.write(sums, block.first, &mut y[block.first..][..NR]);
                    } else {
                        let m = g.cout / channels;
                        for (j, sum) in sums.into_iter().enumerate() {
                            let column = (block.first + j) * m + self.output;
                            self.epilogue.write([sum], column, &mut y[column..=column]);
                        }
                    }
                }
            }
        }
    }
}

/// `sums += rows · w`, element by element.
#[inline(always)]
fn multiply_rows<T: Real, const MR: usize, const NR: usize, const FMA: bool>(
    sums: &mut [[T; NR]; MR],
    rows: [&[T]; MR],
    w: &[T; NR],
) {
    for (sums, row) in sums.iter_mut().zip(rows) {
        let Some(row) = row.first_chunk::<NR>() else { return };
        for j in 0..NR {
            sums[j] = multiply_add::<T, FMA>(row[j], w[j], sums[j]);
        }
    }
}

/// Elements of the zeros that stand for padding and of the kernel, reversed.
pub(crate) fn transposed_scratch(g: &Geometry) -> usize {
    g.cin + g.kernel_len()
}

/// `x = conv_transpose(y, kernel)`
pub(crate) fn transposed<T: Real>(g: &Geometry, y: &[T], kernel: &[T], x: &mut [T], scratch: &mut [T]) {
    if let (Some(reversed), 1) = (g.reversed(), multiplier(g)) {
        let (kernel_reversed, rest) = scratch.split_at_mut(g.kernel_len());
        for (to, from) in kernel_reversed.chunks_exact_mut(g.cin).zip(kernel.chunks_exact(g.cin).rev()) {
            to.copy_from_slice(from);
        }
        return forward(&reversed, y, kernel_reversed, Epilogue::NONE, x, rest);
    }
    let (inputs, outputs) = (g.sliding.inputs(), g.sliding.outputs());
    let task = task_rows(g.input_rows(), LEAST_TASK);
    for_each_chunk(x, task * g.cin, g.sliding.taps() * multiplier(g), |index, x| {
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

/// `x[c] += Σⱼ y[c · m + j] · w[c · m + j]`
#[inline]
fn multiply_sum<T: Real>(x: &mut [T], y: &[T], w: &[T]) {
    if x.len() == y.len() {
        x.iter_mut().zip(y.iter().zip(w)).for_each(|(x, (y, w))| *x += *y * *w);
    } else if !y.is_empty() {
        let m = y.len() / x.len();
        for ((y, w), x) in y.chunks_exact(m).zip(w.chunks_exact(m)).zip(x) {
            *x += y.iter().zip(w).map(|(y, w)| *y * *w).sum();
        }
    }
}
