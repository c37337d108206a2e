//! Depthwise and pointwise convolution of one tile after the other, so that what is between them stays in cache.

use crate::ops::conv::{self, Geometry};
use crate::parallel::for_each_chunk_pair;
use crate::product::{Epilogue, Panels, Product, Strided, work};
use crate::simd::Vectors;

/// Two convolutions, of which the second takes every position by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Separable {
    pub(crate) depthwise: Geometry,
    pub(crate) cout: usize,
}

/// One of the convolutions: its kernel, and what becomes of its output.
pub(crate) struct Half<'a, T> {
    pub(crate) kernel: &'a [T],
    pub(crate) epilogue: Epilogue<'a, T>,
    /// Applied to what the epilogue wrote, with the index of its first element.
    pub(crate) rest: &'a (dyn Fn(usize, &mut [T]) + Sync),
}

impl Separable {
    /// Channels between the two.
    fn between(&self) -> usize {
        self.depthwise.cout
    }

    fn tile(&self) -> usize {
        conv::TILE.min(conv::task(&self.depthwise))
    }

    pub(crate) fn scratch<T: Vectors>(&self) -> usize {
        let tasks = self.depthwise.output_rows().div_ceil(conv::task(&self.depthwise));
        conv::depthwise::forward_scratch::<T>(&self.depthwise)
            + Panels::<T>::storage(self.between(), self.cout)
            + tasks * self.tile() * self.between()
    }

    pub(crate) fn run<T: Vectors>(
        &self,
        x: &[T],
        depthwise: &Half<'_, T>,
        pointwise: &Half<'_, T>,
        y: &mut [T],
        scratch: &mut [T],
    ) {
        let (g, between, cout) = (&self.depthwise, self.between(), self.cout);
        let (storage, scratch) = scratch.split_at_mut(conv::depthwise::forward_scratch::<T>(g));
        let (panels, tiles) = scratch.split_at_mut(Panels::<T>::storage(between, cout));
        let first = conv::depthwise::Prepared::new(g, depthwise.kernel, depthwise.epilogue, storage);
        let b = Panels::new(pointwise.kernel, [between, cout], [cout, 1], g.output_rows(), panels);
        let (task, tile) = (conv::task(g), self.tile());
        let work = work((between * (cout + g.sliding.taps())).div_ceil(cout.max(1)));
        for_each_chunk_pair((y, task * cout), (tiles, tile * between), work, |index, y, buffer| {
            for (number, y) in y.chunks_mut(tile * cout).enumerate() {
                let rows = y.len() / cout;
                let buffer = &mut buffer[..rows * between];
                let start = index * task + number * tile;
                first.compute(x, start, buffer);
                (depthwise.rest)(start * between, buffer);
                let a = &Strided { a: buffer, stride: between, depth: between, count: rows };
                Product { a, b, rows, epilogue: pointwise.epilogue, c: y, stride: cout }.compute();
                (pointwise.rest)(start * cout, y);
            }
        });
    }
}
