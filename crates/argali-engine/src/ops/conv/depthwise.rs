//! Convolutions of every channel by itself, vectorised over channels.

#![allow(clippy::needless_range_loop, reason = "kernels rely on inlining, which iterators do not promise")]

use super::flat::{self, Flat};
use super::geometry::Geometry;
use super::rows::{Group, Windows};
use super::{LEAST_TASK, TILE, task};
use crate::ops::window::{AXES, place};
use crate::parallel::{for_each_chunk, task_rows};
use crate::product::{Block, Epilogue, MOST_LANES, load, work};
use crate::simd::{self, Kernel, Vector, Vectors};

/// Outputs of each channel.
fn multiplier(g: &Geometry) -> usize {
    g.cout / g.cin
}

/// Elements of the zeros that stand for padding, and of the kernel as the vectors take it.
pub(crate) fn forward_scratch<T: Vectors>(g: &Geometry) -> usize {
    g.cin + if flat::applies::<T>(g) { flat::storage::<T>(g) } else { g.kernel_len() }
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
    let prepared = Prepared::new(g, kernel, epilogue, scratch);
    let task = task(g);
    for_each_chunk(y, task * g.cout, work(g.sliding.taps()), |index, y| {
        for (tile, y) in y.chunks_mut(TILE * g.cout).enumerate() {
            let start = index * task + tile * TILE;
            prepared.compute(x, start, y);
            rest(start * g.cout, y);
        }
    });
}

/// A convolution whose kernel is ready for the vectors.
pub(crate) struct Prepared<'a, T> {
    g: &'a Geometry,
    zeros: &'a [T],
    kernel: &'a [T],
    /// The kernel repeated for few channels.
    repeated: Option<&'a [T]>,
    epilogue: Epilogue<'a, T>,
}

impl<'a, T: Vectors> Prepared<'a, T> {
    /// Keeps the kernel in `scratch` if it is not as the vectors take it.
    pub(crate) fn new(g: &'a Geometry, kernel: &'a [T], epilogue: Epilogue<'a, T>, scratch: &'a mut [T]) -> Self {
        let (zeros, storage) = scratch.split_at_mut(g.cin);
        zeros.fill(T::zero());
        if flat::applies::<T>(g) && epilogue.is_none() {
            flat::repeat_kernel(g, kernel, storage);
            return Prepared { g, zeros, kernel, repeated: Some(storage), epilogue };
        }
        Prepared { g, zeros, kernel: sort_kernel(g, kernel, storage), repeated: None, epilogue }
    }

    /// The positions from `start` on, as many as `y` takes.
    pub(crate) fn compute(&self, x: &[T], start: usize, y: &mut [T]) {
        match self.repeated {
            Some(kernel) => self.compute_lines(x, kernel, start, y),
            None => self.compute_rows(x, start, y),
        }
    }

    fn compute_rows(&self, x: &[T], start: usize, y: &mut [T]) {
        let Prepared { g, zeros, kernel, epilogue, .. } = *self;
        let count = y.len() / g.cout.max(1);
        let windows = Windows { g, x, zeros, channel: 0, channels: g.cin, start, count };
        if count > 0 {
            for output in 0..multiplier(g) {
                Tile { windows, kernel, output, epilogue, y }.compute();
            }
        }
    }

    /// Line by line: what takes in padding by rows of channels, the rest in one go.
    fn compute_lines(&self, x: &[T], kernel: &[T], start: usize, mut y: &mut [T]) {
        let (g, line) = (self.g, self.g.sliding.output[AXES - 1]);
        let mut at = start;
        while !y.is_empty() {
            let len = (y.len() / g.cout).min(line - at % line);
            let (part, later) = y.split_at_mut(len * g.cout);
            let inside = flat::inside::<T>(g, at, len);
            let (before, part) = part.split_at_mut((inside.start - at) * g.cout);
            let (flat, after) = part.split_at_mut(inside.len() * g.cout);
            self.compute_rows(x, at, before);
            if !flat.is_empty() {
                Flat { g, x, kernel, start: inside.start, y: flat }.compute();
            }
            self.compute_rows(x, inside.end, after);
            (at, y) = (at + len, later);
        }
    }
}

/// The kernel with the first output of every channel before the second.
fn sort_kernel<'k, T: Vectors>(g: &Geometry, kernel: &'k [T], sorted: &'k mut [T]) -> &'k [T] {
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

impl<T: Vectors> Tile<'_, T> {
    fn compute(self) {
        simd::run(simd::broad_width::<T>(self.windows.channels), self);
    }
}

impl<T: Vectors> Kernel<T> for Tile<'_, T> {
    #[inline(always)]
    fn run<V: Vector<T>, const MR: usize, const NV: usize>(mut self) {
        let (g, channels) = (self.windows.g, self.windows.channels);
        let kernel = &self.kernel[self.output * g.sliding.taps() * channels..];
        let mut first = 0;
        while first < self.windows.count {
            let group = self.windows.group::<MR>(first);
            let mut block = Block::first(channels, NV * V::LANES);
            while let Some(Block { first: channel, .. }) = block {
                let sums = self.sums::<V, MR, NV>(&group, channel, &kernel[channel..]);
                for r in 0..MR.min(self.windows.count - first) {
                    if g.cout == channels {
                        let y = &mut self.y[(first + r) * channels + channel..][..NV * V::LANES];
                        self.epilogue.write(&sums[r], channel, y);
                    } else {
                        self.write_apart(&sums[r], channel, first + r);
                    }
                }
                block = block.and_then(Block::next);
            }
            first += MR;
        }
    }
}

impl<T: Vectors> Tile<'_, T> {
    /// The sums of some channels of a group of windows.
    #[inline(always)]
    fn sums<V: Vector<T>, const MR: usize, const NV: usize>(
        &self,
        group: &Group<MR>,
        channel: usize,
        kernel: &[T],
    ) -> [[V; NV]; MR] {
        let mut sums = [[V::splat(T::zero()); NV]; MR];
        let [a, b, c] = &self.windows.g.sliding.windows;
        let mut tap = 0;
        for i in 0..a.size {
            for j in 0..b.size {
                for k in 0..c.size {
                    let w = load::<T, V, NV>(&kernel[tap * self.windows.channels..]);
                    let rows = self.windows.tap(group, [i, j, k], channel, NV * V::LANES);
                    for r in 0..MR {
                        for v in 0..NV {
                            sums[r][v] = V::load(&rows[r][v * V::LANES..]).multiply_add(w[v], sums[r][v]);
                        }
                    }
                    tap += 1;
                }
            }
        }
        sums
    }

    /// Writes sums to the places of one output of each channel.
    #[inline(always)]
    fn write_apart<V: Vector<T>, const NV: usize>(&mut self, sums: &[V; NV], channel: usize, row: usize) {
        let (m, cout) = (multiplier(self.windows.g), self.windows.g.cout);
        for v in 0..NV {
            let mut lanes = [T::zero(); MOST_LANES];
            sums[v].store(&mut lanes);
            for j in 0..V::LANES {
                let column = (channel + v * V::LANES + j) * m + self.output;
                self.epilogue.write_one(lanes[j], column, &mut self.y[row * cout + column]);
            }
        }
    }
}

/// Elements of the zeros that stand for padding and of the kernel, reversed.
pub(crate) fn transposed_scratch<T: Vectors>(g: &Geometry) -> usize {
    g.kernel_len() + g.reversed().map_or(0, |reversed| forward_scratch::<T>(&reversed))
}

/// `x = conv_transpose(y, kernel)`
pub(crate) fn transposed<T: Vectors>(g: &Geometry, y: &[T], kernel: &[T], x: &mut [T], scratch: &mut [T]) {
    if let (Some(reversed), 1) = (g.reversed(), multiplier(g)) {
        let (kernel_reversed, rest) = scratch.split_at_mut(g.kernel_len());
        for (to, from) in kernel_reversed.chunks_exact_mut(g.cin).zip(kernel.chunks_exact(g.cin).rev()) {
            to.copy_from_slice(from);
        }
        return forward(&reversed, y, kernel_reversed, Epilogue::NONE, &|_, _| (), x, rest);
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
fn multiply_sum<T: Vectors>(x: &mut [T], y: &[T], w: &[T]) {
    if x.len() == y.len() {
        x.iter_mut().zip(y.iter().zip(w)).for_each(|(x, (y, w))| *x += *y * *w);
    } else if !y.is_empty() {
        let m = y.len() / x.len();
        for ((y, w), x) in y.chunks_exact(m).zip(w.chunks_exact(m)).zip(x) {
            *x += y.iter().zip(w).map(|(y, w)| *y * *w).sum();
        }
    }
}
