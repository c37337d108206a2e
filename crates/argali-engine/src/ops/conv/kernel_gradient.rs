//! Gradients with respect to the kernel: sums over all positions, in fixed blocks that are added in order.

#![allow(clippy::needless_range_loop, reason = "kernels rely on inlining, which iterators do not promise")]

use super::geometry::Geometry;
use crate::ops::window::{AXES, Window, place};
use crate::parallel::for_each_chunk;
use crate::product::{Block, TransposedProduct, add_row, load, work};
use crate::simd::{self, Kernel, Vector, Vectors};
use std::ops::Range;

/// Terms that are added up in registers at a time.
const TERMS: usize = 128;

/// Fewest positions of a block.
const LEAST_BLOCK: usize = 512;

/// Most blocks.
const BLOCKS: usize = 16;

/// Elements of all blocks' sums, beyond which there are fewer blocks.
const PARTIAL: usize = 1 << 22;

/// Blocks of positions that the sums are cut into.
fn block_count(g: &Geometry) -> usize {
    let wanted = g.output_rows().div_ceil(LEAST_BLOCK).min(BLOCKS);
    wanted.min(PARTIAL / g.kernel_len().max(1)).max(1)
}

pub(crate) fn scratch(g: &Geometry) -> usize {
    block_count(g) * g.kernel_len()
}

/// `kernel` = the gradient with respect to it, where `y` is that with respect to the output
pub(crate) fn compute<T: Vectors>(g: &Geometry, x: &[T], y: &[T], kernel: &mut [T], scratch: &mut [T]) {
    let g = &g.joined();
    kernel.fill(T::zero());
    if g.kernel_len() == 0 || g.output_rows() == 0 {
        return;
    }
    let block = g.output_rows().div_ceil(block_count(g));
    let partial = &mut scratch[..g.output_rows().div_ceil(block) * g.kernel_len()];
    for_each_chunk(partial, g.kernel_len(), work(block), |index, sums| {
        sums.fill(T::zero());
        let (mut at, end) = (index * block, g.output_rows().min((index + 1) * block));
        while at < end {
            let len = (end - at).min(g.sliding.output[2] - at % g.sliding.output[2]).min(TERMS);
            if g.is_depthwise() {
                add_depthwise(g, x, y, at, len, sums)
            } else {
                add_dense(g, x, y, at, len, sums)
            }
            at += len;
        }
    });
    add_blocks(partial, kernel);
}

/// Adds blocks of partial sums, in order.
fn add_blocks<T: Vectors>(partial: &[T], sum: &mut [T]) {
    const COLUMNS: usize = 1 << 10;
    let len = sum.len();
    for_each_chunk(sum, COLUMNS, partial.len() / len.max(1), |i, sum| {
        for block in partial.chunks_exact(len) {
            sum.iter_mut().zip(&block[i * COLUMNS..]).for_each(|(s, p)| *s += *p);
        }
    });
}

/// Positions of the last axis from `start` on at which element `tap` of the window lies inside the input.
fn inside(window: &Window, start: usize, len: usize, tap: usize, input: usize) -> Range<usize> {
    let tap = tap * window.dilation;
    let first = window.before.saturating_sub(tap).div_ceil(window.stride).clamp(start, start + len);
    let end = (input + window.before).saturating_sub(tap).div_ceil(window.stride).clamp(first, start + len);
    first..end
}

/// Calls `f(i · j, line)` for each of the leading axes' taps that lie inside the input, with the line of input they lie
/// on; positions are in the line that `at` is in.
fn each_line(g: &Geometry, at: usize, mut f: impl FnMut(usize, usize)) {
    let (sample, position) = (at / g.sliding.outputs(), place(at % g.sliding.outputs(), g.sliding.output));
    let ([a, b, _], [lines, columns, _]) = (&g.sliding.windows, g.sliding.input);
    for i in a.taps(position[0], lines) {
        let plane = sample * lines + a.source(position[0], i);
        for j in b.taps(position[1], columns) {
            f(i * b.size + j, plane * columns + b.source(position[1], j));
        }
    }
}

/// Adds the products of the `len` positions from `at` on, which are in one line.
fn add_dense<T: Vectors>(g: &Geometry, x: &[T], y: &[T], at: usize, len: usize, sums: &mut [T]) {
    let (window, length) = (&g.sliding.windows[AXES - 1], g.sliding.input[AXES - 1]);
    let (cin, cout) = (g.cin_of_group(), g.cout_of_group());
    let start = at % g.sliding.output[AXES - 1];
    each_line(g, at, |taps, line| {
        for tap in 0..window.size {
            let range = inside(window, start, len, tap, length);
            if range.is_empty() {
                continue;
            }
            let a = &x[(line * length + window.source(range.start, tap)) * g.cin..];
            let b = &y[(at + range.start - start) * g.cout..];
            let c = &mut sums[(taps * window.size + tap) * cin * g.cout..][..cin * g.cout];
            for group in 0..g.groups {
                TransposedProduct {
                    a: &a[group * cin..],
                    a_stride: window.stride * g.cin,
                    b: &b[group * cout..],
                    b_stride: g.cout,
                    terms: range.len(),
                    size: [cin, cout],
                    c: &mut c[group * cout..],
                    stride: g.cout,
                }
                .compute();
            }
        }
    });
}

/// Adds the products of the `len` positions from `at` on, which are in one line.
fn add_depthwise<T: Vectors>(g: &Geometry, x: &[T], y: &[T], at: usize, len: usize, sums: &mut [T]) {
    let (window, length) = (&g.sliding.windows[AXES - 1], g.sliding.input[AXES - 1]);
    let start = at % g.sliding.output[AXES - 1];
    each_line(g, at, |taps, line| {
        let x = &x[line * length * g.cin..][..length * g.cin];
        let y = &y[at * g.cout..][..len * g.cout];
        let sums = &mut sums[taps * window.size * g.cout..][..window.size * g.cout];
        if g.cout == g.cin {
            let line = Line { window, length, x, y, start, len, channels: g.cin, sums };
            simd::run(simd::fitting_width::<T>(g.cin), line);
        } else {
            add_multiplied(window, g.cin, x, y, start, sums);
        }
    });
}

/// Adds the products of a line where each channel has several outputs.
fn add_multiplied<T: Vectors>(window: &Window, cin: usize, x: &[T], y: &[T], start: usize, sums: &mut [T]) {
    let cout = sums.len() / window.size;
    for (position, y) in y.chunks_exact(cout).enumerate() {
        for tap in window.taps(start + position, x.len() / cin) {
            let x = &x[window.source(start + position, tap) * cin..][..cin];
            let sums = &mut sums[tap * cout..][..cout];
            let outputs = sums.chunks_exact_mut(cout / cin).zip(y.chunks_exact(cout / cin));
            for ((sums, y), x) in outputs.zip(x) {
                sums.iter_mut().zip(y).for_each(|(s, y)| *s += *x * *y);
            }
        }
    }
}

/// Positions of one line, and the line of input that some taps of their windows lie on.
struct Line<'a, T> {
    window: &'a Window,
    length: usize,
    x: &'a [T],
    y: &'a [T],
    start: usize,
    len: usize,
    channels: usize,
    sums: &'a mut [T],
}

impl<T: Vectors> Kernel<T> for Line<'_, T> {
    #[inline(always)]
    fn run<V: Vector<T>, const MR: usize, const NV: usize>(mut self) {
        let mut block = Block::first(self.channels, NV * V::LANES);
        while let Some(Block { first, done, .. }) = block {
            let mut tap = 0;
            while tap < self.window.size {
                let left = self.window.size - tap;
                if left >= MR {
                    self.add_taps::<V, MR, NV>(tap, first, done);
                    tap += MR;
                } else if left >= 2 {
                    self.add_taps::<V, 2, NV>(tap, first, done);
                    tap += 2;
                } else {
                    self.add_taps::<V, 1, NV>(tap, first, done);
                    tap += 1;
                }
            }
            block = block.and_then(Block::next);
        }
    }
}

impl<T: Vectors> Line<'_, T> {
    /// Adds the products of `TAPS` taps from `tap` on, in registers where all of them lie inside the input.
    #[inline(always)]
    fn add_taps<V: Vector<T>, const TAPS: usize, const NV: usize>(&mut self, tap: usize, channel: usize, done: usize) {
        let (mut first, mut end) = (self.start, self.start + self.len);
        for t in 0..TAPS {
            let range = self.inside(tap + t);
            (first, end) = (first.max(range.start), end.min(range.end));
        }
        end = end.max(first);
        let mut sums = [[V::splat(T::zero()); NV]; TAPS];
        self.add_range(&mut sums, tap, channel, first..end);
        for t in 0..TAPS {
            let range = self.inside(tap + t);
            let mut one = [sums[t]];
            self.add_range(&mut one, tap + t, channel, range.start..range.end.min(first));
            self.add_range(&mut one, tap + t, channel, range.start.max(end)..range.end);
            add_row(&one[0], &mut self.sums[(tap + t) * self.channels + channel..], done);
        }
    }

    #[inline(always)]
    fn inside(&self, tap: usize) -> Range<usize> {
        inside(self.window, self.start, self.len, tap, self.length)
    }

    #[inline(always)]
    fn add_range<V: Vector<T>, const TAPS: usize, const NV: usize>(
        &self,
        sums: &mut [[V; NV]; TAPS],
        tap: usize,
        channel: usize,
        range: Range<usize>,
    ) {
        if range.is_empty() {
            return;
        }
        let mut block = *sums;
        let step = self.window.stride * self.channels;
        let between = self.window.dilation * self.channels;
        let x = &self.x[self.window.source(range.start, tap) * self.channels + channel..];
        let y = &self.y[(range.start - self.start) * self.channels + channel..];
        for position in 0..range.len() {
            let y = load::<T, V, NV>(&y[position * self.channels..]);
            for t in 0..TAPS {
                let x = load::<T, V, NV>(&x[position * step + t * between..]);
                for v in 0..NV {
                    block[t][v] = x[v].multiply_add(y[v], block[t][v]);
                }
            }
        }
        *sums = block;
    }
}
