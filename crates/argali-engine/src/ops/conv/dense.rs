//! Convolutions whose sums run over channels: patches of a tile gathered in cache, multiplied as matrices.

use super::geometry::Geometry;
use crate::buffer::{GemmDims, Real};
use crate::ops::window::place;
use crate::parallel::{for_each_chunk, for_each_task, task_rows};

/// Elements of the patches of one tile.
const TILE: usize = 1 << 16;

/// Fewest rows of a tile, below which packing the kernel costs more than it brings.
const LEAST_ROWS: usize = 64;

/// Fewest rows of a task.
const LEAST_TASK: usize = 16;

/// Elements of all partial sums of a kernel's gradient.
const PARTIAL: usize = 1 << 22;

fn tile_rows(depth: usize) -> usize {
    (TILE / depth.max(1)).clamp(LEAST_ROWS, 4 * LEAST_ROWS)
}

/// Elements of one patch: what one row of one group's product is made of.
fn depth(g: &Geometry) -> usize {
    g.sliding.taps() * g.cin_of_group()
}

fn tasks(rows: usize) -> usize {
    rows.div_ceil(task_rows(rows, LEAST_TASK))
}

pub(crate) fn forward_scratch(g: &Geometry) -> usize {
    if g.sliding.is_identity() && g.groups == 1 { 0 } else { tasks(g.output_rows()) * tile_rows(depth(g)) * depth(g) }
}

/// `y = conv(x, kernel)`
pub(crate) fn forward<T: Real>(g: &Geometry, x: &[T], kernel: &[T], y: &mut [T], scratch: &mut [T]) {
    let (depth, cout) = (depth(g), g.cout_of_group());
    let (rows, tile) = (g.output_rows(), tile_rows(depth));
    if depth == 0 {
        return y.fill(T::zero());
    }
    let identity = g.sliding.is_identity() && g.groups == 1;
    let each = if identity { 0 } else { tile * depth };
    let task = task_rows(rows, LEAST_TASK);
    for_each_task(y, task * g.cout, depth, scratch, each, |index, y, patches| {
        for (sub, y) in y.chunks_mut(tile * g.cout).enumerate() {
            let (first, count) = (index * task + sub * tile, y.len() / g.cout);
            for group in 0..g.groups {
                let a = if identity {
                    &x[first * depth..]
                } else {
                    gather_patches(g, x, first, group, &mut patches[..count * depth]);
                    &*patches
                };
                let dims = GemmDims { m: count, k: depth, n: cout, a: [depth, 1], b: [g.cout, 1], c: [g.cout, 1] };
                T::gemm(dims, a, &kernel[group * cout..], T::zero(), &mut y[group * cout..]);
            }
        }
    });
}

/// Fills `patches` with what the windows at the positions from `first` on take in, zeros for padding.
fn gather_patches<T: Real>(g: &Geometry, x: &[T], first: usize, group: usize, patches: &mut [T]) {
    let (channels, inputs, outputs) = (g.cin_of_group(), g.sliding.inputs(), g.sliding.outputs());
    patches.fill(T::zero());
    for (row, patch) in patches.chunks_exact_mut(depth(g)).enumerate() {
        let (sample, position) = ((first + row) / outputs, (first + row) % outputs);
        g.sliding.each_tap(place(position, g.sliding.output), |tap, input| {
            let from = (sample * inputs + input) * g.cin + group * channels;
            patch[tap * channels..][..channels].copy_from_slice(&x[from..][..channels]);
        });
    }
}

pub(crate) fn transposed_scratch(g: &Geometry) -> usize {
    tasks(g.input_rows()) * tile_rows(g.cout_of_group()) * g.cout_of_group()
}

/// `x = conv_transpose(y, kernel)`
pub(crate) fn transposed<T: Real>(g: &Geometry, y: &[T], kernel: &[T], x: &mut [T], scratch: &mut [T]) {
    let (cin, cout) = (g.cin_of_group(), g.cout_of_group());
    let (rows, tile) = (g.input_rows(), tile_rows(cout));
    let task = task_rows(rows, LEAST_TASK);
    x.fill(T::zero());
    if cout == 0 || cin == 0 {
        return;
    }
    for_each_task(x, task * g.cin, g.sliding.taps() * cout, scratch, tile * cout, |index, x, gathered| {
        for (sub, x) in x.chunks_mut(tile * g.cin).enumerate() {
            let (first, count) = (index * task + sub * tile, x.len() / g.cin);
            for tap in 0..g.sliding.taps() {
                for group in 0..g.groups {
                    let a = &mut gathered[..count * cout];
                    if !gather_positions(g, y, first, tap, group, a) {
                        continue;
                    }
                    let dims = GemmDims { m: count, k: cout, n: cin, a: [cout, 1], b: [1, g.cout], c: [g.cin, 1] };
                    let kernel = &kernel[tap * cin * g.cout + group * cout..];
                    T::gemm(dims, a, kernel, T::one(), &mut x[group * cin..]);
                }
            }
        }
    });
}

/// Fills `rows` with the positions at which element `tap` of the window lies on the places from `first` on, zeros
/// where there is none; whether there is any.
fn gather_positions<T: Real>(g: &Geometry, y: &[T], first: usize, tap: usize, group: usize, rows: &mut [T]) -> bool {
    let (channels, inputs, outputs) = (g.cout_of_group(), g.sliding.inputs(), g.sliding.outputs());
    let (windows, lengths) = (&g.sliding.windows, g.sliding.output);
    let taps = place(tap, windows.map(|w| w.size));
    let mut any = false;
    for (row, gathered) in rows.chunks_exact_mut(channels).enumerate() {
        let (sample, input) = ((first + row) / inputs, (first + row) % inputs);
        let input = place(input, g.sliding.input);
        let at = |axis: usize| windows[axis].position(input[axis], taps[axis], lengths[axis]);
        if let (Some(a), Some(b), Some(c)) = (at(0), at(1), at(2)) {
            let from = (sample * outputs + (a * lengths[1] + b) * lengths[2] + c) * g.cout + group * channels;
            gathered.copy_from_slice(&y[from..][..channels]);
            any = true;
        } else {
            gathered.fill(T::zero());
        }
    }
    any
}

/// Blocks of rows that the sums of the gradient are cut into.
fn gradient_blocks(g: &Geometry) -> usize {
    tasks(g.output_rows()).min(PARTIAL / g.kernel_len().max(1)).max(1)
}

pub(crate) fn kernel_gradient_scratch(g: &Geometry) -> usize {
    gradient_blocks(g) * (g.kernel_len() + tile_rows(depth(g)) * depth(g))
}

/// `kernel` = the gradient with respect to it, where `y` is that with respect to the output
pub(crate) fn kernel_gradient<T: Real>(g: &Geometry, x: &[T], y: &[T], kernel: &mut [T], scratch: &mut [T]) {
    let (depth, cout, rows) = (depth(g), g.cout_of_group(), g.output_rows());
    kernel.fill(T::zero());
    if g.kernel_len() == 0 || rows == 0 {
        return;
    }
    let (tile, blocks) = (tile_rows(depth), gradient_blocks(g));
    let block = rows.div_ceil(blocks);
    let (partial, patches) = scratch.split_at_mut(blocks * g.kernel_len());
    for_each_task(partial, g.kernel_len(), block, patches, tile * depth, |index, partial, patches| {
        partial.fill(T::zero());
        let end = rows.min((index + 1) * block);
        for first in (index * block..end).step_by(tile) {
            let count = tile.min(end - first);
            for group in 0..g.groups {
                gather_patches(g, x, first, group, &mut patches[..count * depth]);
                let dims = GemmDims { m: depth, k: count, n: cout, a: [1, depth], b: [g.cout, 1], c: [g.cout, 1] };
                let y = &y[first * g.cout + group * cout..];
                T::gemm(dims, patches, y, T::one(), &mut partial[group * cout..]);
            }
        }
    });
    add_blocks(partial, kernel);
}

/// Adds blocks of partial sums, in order.
pub(crate) fn add_blocks<T: Real>(partial: &[T], sum: &mut [T]) {
    const COLUMNS: usize = 1 << 10;
    let len = sum.len();
    for_each_chunk(sum, COLUMNS, partial.len() / len.max(1), |i, sum| {
        for block in partial.chunks_exact(len) {
            sum.iter_mut().zip(&block[i * COLUMNS..]).for_each(|(s, p)| *s += *p);
        }
    });
}
