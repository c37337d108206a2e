//! Sums, products and extremes over axes.

use super::{one_real, product};
use crate::buffer::Real;
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::ops::walk::{Walk, row_major};
use crate::parallel::for_each_chunk;
use crate::value::Value;
use crate::with_real;

/// How the elements along the reduced axes are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// Their sum.
    Sum,
    /// Their arithmetic mean.
    Mean,
    /// The largest.
    Max,
    /// The smallest.
    Min,
}

/// A tensor without some of its axes, along which elements are combined. Reduced axes are in ascending order.
#[derive(Clone, Debug)]
pub struct Reduce {
    /// How elements are combined.
    pub reduction: Reduction,
    /// The reduced axes, ascending.
    pub axes: Vec<usize>,
}

/// Elements along the reduced axes that one partial result covers; fixed, so that rounding does not depend on threads.
const BLOCK: usize = 1 << 10;

impl Operation for Reduce {
    fn name(&self) -> &'static str {
        match self.reduction {
            Reduction::Sum => "sum",
            Reduction::Mean => "mean",
            Reduction::Max => "max",
            Reduction::Min => "min",
        }
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = one_real(inputs)?;
        if let Some(axis) = self.axes.iter().find(|a| **a >= x.shape.len()) {
            return Err(format!("axis {axis} of {x}"));
        }
        if matches!(self.reduction, Reduction::Max | Reduction::Min) && self.axes.iter().any(|a| x.shape[*a] == 0) {
            return Err(format!("no elements along the axes {:?} of {x}", self.axes));
        }
        let kept = (0..x.shape.len()).filter(|a| !self.axes.contains(a)).map(|a| x.shape[a]);
        Ok(vec![TensorType::new(x.dtype, kept.collect::<Vec<_>>())])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let shape = io.inputs.shape(0);
        with_real!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            let (_, y, partial) = io.split::<T>();
            self.reduce(shape, x, y, partial);
        })
    }

    fn scratch(&self, inputs: &[TensorType], _: &[TensorType]) -> usize {
        match Layout::new(&inputs[0].shape, &self.axes) {
            Layout::Leading { rows, columns } => rows.div_ceil(BLOCK) * columns,
            _ => 0,
        }
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (x, y, g) = (at.inputs[0], at.outputs[0], at.gradient());
        let shape = x.shape();
        let keep: Vec<_> = (0..shape.len()).map(|a| if self.axes.contains(&a) { 1 } else { shape[a] }).collect();
        let count = product(&shape) / product(&keep).max(1);
        let spread = |v: Value<'g>| v.reshape(&keep).broadcast_to(&shape);
        vec![Some(match self.reduction {
            Reduction::Sum => spread(g),
            Reduction::Mean => spread(g / count as f64),
            Reduction::Max | Reduction::Min => {
                let hit = x.equal(spread(y));
                let ties = hit.sum(&self.axes, false);
                hit * spread(g / ties)
            }
        })]
    }
}

/// How the reduced axes lie within the shape.
pub(crate) enum Layout {
    /// All of them first: every column is reduced over the rows.
    Leading { rows: usize, columns: usize },
    /// All of them last: every row is reduced.
    Trailing { columns: usize },
    /// Anything else.
    Mixed,
}

/// Where the reduced elements of each kept position begin, and where they lie from there.
pub(crate) fn mixed_walks(shape: &[usize], reduced: &[usize]) -> (Walk, Walk) {
    let strides = row_major(shape);
    let pick = |picked: bool| {
        let axes = (0..shape.len()).filter(|a| reduced.contains(a) == picked);
        Walk::along(0, axes.map(|a| (shape[a], strides[a])))
    };
    (pick(false), pick(true))
}

/// The sum of many elements, pairwise, so that it stays accurate.
pub(crate) fn sum_of<T: Real>(x: &[T]) -> T {
    Reduce { reduction: Reduction::Sum, axes: Vec::new() }.slice(x)
}

/// The largest of some elements, NaN if one of them is.
pub(crate) fn max_of<T: Real>(x: &[T]) -> T {
    Reduce { reduction: Reduction::Max, axes: Vec::new() }.slice(x)
}

impl Layout {
    pub(crate) fn new(shape: &[usize], axes: &[usize]) -> Self {
        let n = axes.len();
        if axes.iter().copied().eq(shape.len() - n..shape.len()) {
            Layout::Trailing { columns: product(&shape[shape.len() - n..]) }
        } else if axes.iter().copied().eq(0..n) {
            Layout::Leading { rows: product(&shape[..n]), columns: product(&shape[n..]) }
        } else {
            Layout::Mixed
        }
    }
}

impl Reduce {
    fn start<T: Real>(&self) -> T {
        match self.reduction {
            Reduction::Sum | Reduction::Mean => T::zero(),
            Reduction::Max => T::neg_infinity(),
            Reduction::Min => T::infinity(),
        }
    }

    fn combine<T: Real>(&self, a: T, b: T) -> T {
        match self.reduction {
            Reduction::Sum | Reduction::Mean => a + b,
            Reduction::Max if b > a || b.is_nan() => b,
            Reduction::Min if b < a || b.is_nan() => b,
            Reduction::Max | Reduction::Min => a,
        }
    }

    fn reduce<T: Real>(&self, shape: &[usize], x: &[T], y: &mut [T], partial: &mut [T]) {
        match Layout::new(shape, &self.axes) {
            Layout::Leading { rows, columns } => self.columns(rows, columns, x, y, partial),
            Layout::Trailing { columns } => for_each_chunk(y, 64, columns, |i, y| {
                for (k, y) in y.iter_mut().enumerate() {
                    *y = self.slice(&x[(i * 64 + k) * columns..][..columns]);
                }
            }),
            Layout::Mixed => self.mixed(shape, x, y),
        }
        if self.reduction == Reduction::Mean {
            let count = T::from_f64((product(shape) / y.len().max(1)) as f64);
            y.iter_mut().for_each(|y| *y /= count);
        }
    }

    /// Pairwise over blocks, so that long sums stay accurate.
    fn slice<T: Real>(&self, x: &[T]) -> T {
        const LANES: usize = 16;
        if x.len() > BLOCK {
            let (a, b) = x.split_at((x.len() / 2).next_multiple_of(BLOCK).min(x.len() - 1));
            return self.combine(self.slice(a), self.slice(b));
        }
        let mut lanes = [self.start::<T>(); LANES];
        let chunks = x.chunks_exact(LANES);
        let rest = chunks.remainder();
        for chunk in chunks {
            for (lane, v) in lanes.iter_mut().zip(chunk) {
                *lane = self.combine(*lane, *v);
            }
        }
        let start = lanes.into_iter().fold(self.start(), |a, b| self.combine(a, b));
        rest.iter().fold(start, |a, b| self.combine(a, *b))
    }

    fn columns<T: Real>(&self, rows: usize, columns: usize, x: &[T], y: &mut [T], partial: &mut [T]) {
        if columns == 0 {
            return;
        }
        let partial = &mut partial[..rows.div_ceil(BLOCK) * columns];
        for_each_chunk(partial, columns, BLOCK, |block, sums| {
            sums.fill(self.start());
            let last = rows.min((block + 1) * BLOCK);
            for row in x[block * BLOCK * columns..last * columns].chunks_exact(columns) {
                for (sum, v) in sums.iter_mut().zip(row) {
                    *sum = self.combine(*sum, *v);
                }
            }
        });
        y.fill(self.start());
        for sums in partial.chunks_exact(columns) {
            for (y, v) in y.iter_mut().zip(sums) {
                *y = self.combine(*y, *v);
            }
        }
    }

    fn mixed<T: Real>(&self, shape: &[usize], x: &[T], y: &mut [T]) {
        let (outer, inner) = mixed_walks(shape, &self.axes);
        let count = inner.len();
        for_each_chunk(y, 64, count, |i, y| {
            outer.each(i * 64, y.len(), |k, first| {
                y[k] = self.start();
                inner.each(0, count, |_, offset| y[k] = self.combine(y[k], x[first + offset]));
            })
        });
    }
}

impl<'g> Value<'g> {
    /// Elements combined along some axes, in any order; with `keep_dims` these keep length 1.
    #[must_use = "a new tensor is returned"]
    pub fn reduce(self, reduction: Reduction, axes: &[usize], keep_dims: bool) -> Self {
        let mut axes = axes.to_vec();
        axes.sort_unstable();
        axes.dedup();
        let mut shape = self.shape();
        let reduced = if axes.is_empty() {
            self
        } else {
            self.graph().apply_one(Reduce { reduction, axes: axes.clone() }, &[self])
        };
        if !keep_dims {
            return reduced;
        }
        axes.retain(|a| *a < shape.len());
        axes.iter().for_each(|a| shape[*a] = 1);
        reduced.reshape(&shape)
    }

    /// Sum over some axes.
    #[must_use = "a new tensor is returned"]
    pub fn sum(self, axes: &[usize], keep_dims: bool) -> Self {
        self.reduce(Reduction::Sum, axes, keep_dims)
    }

    /// Mean over some axes.
    #[must_use = "a new tensor is returned"]
    pub fn mean(self, axes: &[usize], keep_dims: bool) -> Self {
        self.reduce(Reduction::Mean, axes, keep_dims)
    }

    /// Largest element over some axes; NaN if one of them is.
    #[must_use = "a new tensor is returned"]
    pub fn max(self, axes: &[usize], keep_dims: bool) -> Self {
        self.reduce(Reduction::Max, axes, keep_dims)
    }

    /// Smallest element over some axes; NaN if one of them is.
    #[must_use = "a new tensor is returned"]
    pub fn min(self, axes: &[usize], keep_dims: bool) -> Self {
        self.reduce(Reduction::Min, axes, keep_dims)
    }

    /// Sum of all elements, a scalar.
    #[must_use = "a new tensor is returned"]
    pub fn sum_all(self) -> Self {
        self.sum(&(0..self.rank()).collect::<Vec<_>>(), false)
    }

    /// Mean of all elements, a scalar.
    #[must_use = "a new tensor is returned"]
    pub fn mean_all(self) -> Self {
        self.mean(&(0..self.rank()).collect::<Vec<_>>(), false)
    }
}
