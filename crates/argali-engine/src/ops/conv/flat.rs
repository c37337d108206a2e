//! Depthwise convolution of few channels: vectors run over positions and channels, which lie one after the other.

#![allow(clippy::needless_range_loop, reason = "kernels rely on inlining, which iterators do not promise")]

use super::geometry::Geometry;
use crate::ops::window::{AXES, Place, place};
use crate::product::load;
use crate::simd::{self, Kernel, Vector, Vectors};
use std::ops::Range;

/// Whether the channels are fewer than a block of vectors takes, and positions one place apart.
pub(crate) fn applies<T: Vectors>(g: &Geometry) -> bool {
    g.cin == g.cout && g.cin < simd::widest::<T>() && g.sliding.windows[AXES - 1].stride == 1
}

/// Elements of one tap's channels, repeated so that a block may begin at any of them.
fn repeated_len<T: Vectors>(g: &Geometry) -> usize {
    g.cin + simd::widest::<T>()
}

/// Elements of storage that [`repeat_kernel`] needs.
pub(crate) fn storage<T: Vectors>(g: &Geometry) -> usize {
    g.sliding.taps() * repeated_len::<T>(g)
}

/// Repeats the channels of each tap.
pub(crate) fn repeat_kernel<T: Vectors>(g: &Geometry, kernel: &[T], to: &mut [T]) {
    for (to, from) in to.chunks_exact_mut(repeated_len::<T>(g)).zip(kernel.chunks_exact(g.cin)) {
        to.iter_mut().zip(from.iter().cycle()).for_each(|(to, from)| *to = *from);
    }
}

/// The positions, of the `len` in one line from `start` on, whose windows take in no padding and are long enough for
/// vectors.
pub(crate) fn inside<T: Vectors>(g: &Geometry, start: usize, len: usize) -> Range<usize> {
    let at = place(start % g.sliding.outputs(), g.sliding.output);
    for axis in 0..AXES - 1 {
        let (window, length) = (&g.sliding.windows[axis], g.sliding.input[axis]);
        if window.taps(at[axis], length) != (0..window.size) {
            return start..start;
        }
    }
    let (window, length) = (&g.sliding.windows[AXES - 1], g.sliding.input[AXES - 1]);
    let first = window.before.clamp(at[AXES - 1], at[AXES - 1] + len);
    let end = (length + window.before + 1).saturating_sub(window.span()).clamp(first, at[AXES - 1] + len);
    let skipped = first - at[AXES - 1];
    if (end - first) * g.cin < simd::widest::<T>() {
        start..start
    } else {
        start + skipped..start + skipped + end - first
    }
}

/// Positions of one line whose windows take in no padding.
pub(crate) struct Flat<'a, T> {
    pub(crate) g: &'a Geometry,
    pub(crate) x: &'a [T],
    /// The kernel that [`repeat_kernel`] made.
    pub(crate) kernel: &'a [T],
    /// The first position.
    pub(crate) start: usize,
    pub(crate) y: &'a mut [T],
}

impl<T: Vectors> Flat<'_, T> {
    pub(crate) fn compute(self) {
        simd::run(simd::widest::<T>(), self);
    }

    /// Index of the first element that the first window takes in.
    #[inline(always)]
    fn corner(&self) -> usize {
        let sliding = &self.g.sliding;
        let at = place(self.start % sliding.outputs(), sliding.output);
        let mut index = self.start / sliding.outputs();
        for axis in 0..AXES {
            index = index * sliding.input[axis] + sliding.windows[axis].source(at[axis], 0);
        }
        index * self.g.cin
    }

    #[inline(always)]
    fn block<V: Vector<T>, const NV: usize>(&self, x: &[T], first: usize) -> [V; NV] {
        let sliding = &self.g.sliding;
        let [a, b, c] = &sliding.windows;
        let steps: Place = [a.dilation, b.dilation, c.dilation];
        let kernel = &self.kernel[first % self.g.cin..];
        let mut tap = 0;
        let mut sums = [V::splat(T::zero()); NV];
        for i in 0..a.size {
            for j in 0..b.size {
                for k in 0..c.size {
                    let line = i * steps[0] * sliding.input[1] + j * steps[1];
                    let x = load::<T, V, NV>(&x[(line * sliding.input[2] + k * steps[2]) * self.g.cin + first..]);
                    let factors = load::<T, V, NV>(&kernel[tap * (self.g.cin + NV * V::LANES)..]);
                    for v in 0..NV {
                        sums[v] = x[v].multiply_add(factors[v], sums[v]);
                    }
                    tap += 1;
                }
            }
        }
        sums
    }
}

impl<T: Vectors> Kernel<T> for Flat<'_, T> {
    #[inline(always)]
    fn run<V: Vector<T>, const MR: usize, const NV: usize>(self) {
        let x = &self.x[self.corner()..];
        let (width, len) = (NV * V::LANES, self.y.len());
        let mut first = 0;
        while first < len {
            let at = first.min(len - width);
            let sums = self.block::<V, NV>(x, at);
            for v in 0..NV {
                sums[v].store(&mut self.y[at + v * V::LANES..]);
            }
            first += width;
        }
    }
}
