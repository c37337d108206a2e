//! Convolutions whose sums run over channels: products of matrices whose rows are windows.

use super::geometry::Geometry;
use super::rows::{Positions, Windows};
use super::{LEAST_TASK, TILE, task};
use crate::ops::window::place;
use crate::parallel::{for_each_chunk, task_rows};
use crate::product::{Epilogue, Panels, Product, Strided, pack_rows, work};
use crate::simd::{self, Vectors};

/// Terms of each sum: the elements of one window.
fn depth(g: &Geometry) -> usize {
    g.sliding.taps() * g.cin_of_group()
}

/// Elements of one group's panels and of the zeros that stand for padding.
pub(crate) fn forward_scratch<T: Vectors>(g: &Geometry) -> usize {
    g.cin_of_group() + Panels::<T>::storage(depth(g), g.cout_of_group())
}

/// `y = conv(x, kernel)`, where `rest` is applied to what the epilogue wrote, given the index of its first
/// element.
pub(crate) fn forward<T: Vectors>(
    g: &Geometry,
    x: &[T],
    kernel: &[T],
    epilogue: Epilogue<'_, T>,
    rest: &(dyn Fn(usize, &mut [T]) + Sync),
    y: &mut [T],
    scratch: &mut [T],
) {
    let (zeros, storage) = scratch.split_at_mut(g.cin_of_group());
    zeros.fill(T::zero());
    for group in 0..g.groups {
        let column = group * g.cout_of_group();
        let kernel = kernel.get(column..).unwrap_or_default();
        let panels = Panels::new(kernel, [depth(g), g.cout_of_group()], [g.cout, 1], g.output_rows(), storage);
        let epilogue = Epilogue { bias: epilogue.bias.map(|b| &b[column..]), ..epilogue };
        let last = group + 1 == g.groups;
        multiply(g, (x, zeros), group, panels, epilogue, if last { rest } else { &|_, _| () }, y);
    }
}

/// Multiplies the windows of one group with panels.
fn multiply<T: Vectors>(
    g: &Geometry,
    (x, zeros): (&[T], &[T]),
    group: usize,
    b: Panels<'_, T>,
    epilogue: Epilogue<'_, T>,
    rest: &(dyn Fn(usize, &mut [T]) + Sync),
    y: &mut [T],
) {
    let task = task(g);
    let channels = g.cin_of_group();
    let identity = g.sliding.is_identity();
    for_each_chunk(y, task * g.cout, work(depth(g)), |index, y| {
        for (tile, y) in y.chunks_mut(TILE * g.cout).enumerate() {
            let (start, rows) = (index * task + tile * TILE, y.len() / g.cout);
            let c = &mut y[group * g.cout_of_group()..];
            if identity {
                let a = &x[start * g.cin + group * channels..];
                let a = &Strided { a, stride: g.cin, depth: channels, count: rows };
                Product { a, b, rows, epilogue, c, stride: g.cout }.compute();
            } else {
                let a = &Windows { g, x, zeros, channel: group * channels, channels, start, count: rows };
                Product { a, b, rows, epilogue, c, stride: g.cout }.compute();
            }
            rest(start * g.cout, y);
        }
    });
}

pub(crate) fn transposed_scratch<T: Vectors>(g: &Geometry) -> usize {
    g.cout_of_group() + Panels::<T>::storage(g.sliding.taps() * g.cout_of_group(), g.cin_of_group())
}

/// `x = conv_transpose(y, kernel)`
pub(crate) fn transposed<T: Vectors>(g: &Geometry, y: &[T], kernel: &[T], x: &mut [T], scratch: &mut [T]) {
    let (zeros, storage) = scratch.split_at_mut(g.cout_of_group());
    zeros.fill(T::zero());
    let reversed = g.reversed();
    for group in 0..g.groups {
        pack_transposed(g, kernel, group, reversed.is_some(), storage);
        let b = Panels::packed(storage, [g.sliding.taps() * g.cout_of_group(), g.cin_of_group()]);
        match &reversed {
            Some(reversed) => multiply(reversed, (y, zeros), group, b, Epilogue::NONE, &|_, _| (), x),
            None => multiply_lines(g, y, group, b, zeros, x),
        }
    }
}

/// Packs each tap's matrix transposed, the last tap first if `reversed`.
fn pack_transposed<T: Vectors>(g: &Geometry, kernel: &[T], group: usize, reversed: bool, storage: &mut [T]) {
    let (taps, cin, cout) = (g.sliding.taps(), g.cin_of_group(), g.cout_of_group());
    let width = simd::covering_width::<T>(cin);
    for (index, panel) in storage.chunks_mut((taps * cout * width).max(1)).take(cin.div_ceil(width)).enumerate() {
        let columns = width.min(cin - index * width);
        for (tap, panel) in panel.chunks_mut((cout * width).max(1)).enumerate() {
            let tap = if reversed { taps - 1 - tap } else { tap };
            let from = (tap * cin + index * width) * g.cout + group * cout;
            pack_rows(&kernel[from..], [cout, columns], [1, g.cout], width, panel);
        }
    }
}

/// Multiplies the positions of one group, line by line, where positions are more than one place apart.
fn multiply_lines<T: Vectors>(g: &Geometry, y: &[T], group: usize, b: Panels<'_, T>, zeros: &[T], x: &mut [T]) {
    let (inputs, outputs, line) = (g.sliding.inputs(), g.sliding.outputs() * g.cout, g.sliding.input[2]);
    let (step, channels) = (g.sliding.windows[2].stride, g.cout_of_group());
    let task = task_rows(g.input_rows(), LEAST_TASK);
    for_each_chunk(x, task * g.cin, work(g.sliding.taps() * channels), |index, x| {
        let (mut at, end) = (index * task, index * task + x.len() / g.cin);
        while at < end {
            let len = (end - at).min(line - at % line).min(TILE * step);
            let y = &y[at / inputs * outputs..][..outputs];
            for phase in 0..step.min(len) {
                let start = place((at + phase) % inputs, g.sliding.input);
                let a = &Positions { g, y, zeros, channel: group * channels, channels, start };
                let c = &mut x[(at + phase - index * task) * g.cin + group * g.cin_of_group()..];
                let rows = (len - phase).div_ceil(step);
                Product { a, b, rows, epilogue: Epilogue::NONE, c, stride: step * g.cin }.compute();
            }
            at += len;
        }
    });
}
