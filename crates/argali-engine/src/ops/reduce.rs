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

/// Elements above which both halves of a slice are combined at the same time.
const PARALLEL: usize = 1 << 16;

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
        if !self.axes.is_sorted_by(|a, b| a < b) {
            return Err(format!("axes {:?}, expected each once, in ascending order", self.axes));
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
    /// Neighbours, with others before and after: every column is reduced over the rows, once for each position of the
    /// axes before.
    Middle { rows: usize, columns: usize },
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
    slice(Sum, x)
}

/// The largest of some elements, NaN if one of them is.
pub(crate) fn max_of<T: Real>(x: &[T]) -> T {
    slice(Largest, x)
}

impl Layout {
    pub(crate) fn new(shape: &[usize], axes: &[usize]) -> Self {
        let n = axes.len();
        if axes.iter().copied().eq(shape.len() - n..shape.len()) {
            Layout::Trailing { columns: product(&shape[shape.len() - n..]) }
        } else if axes.iter().copied().eq(0..n) {
            Layout::Leading { rows: product(&shape[..n]), columns: product(&shape[n..]) }
        } else if n > 0 && axes[n - 1] + 1 - axes[0] == n {
            Layout::Middle {
                rows: axes.iter().map(|a| shape[*a]).product(),
                columns: product(&shape[axes[n - 1] + 1..]),
            }
        } else {
            Layout::Mixed
        }
    }
}

/// How two elements become one.
trait Combine: Copy + Send + Sync {
    /// What leaves every element as it is.
    fn start<T: Real>(self) -> T;

    /// Both in one.
    fn combine<T: Real>(self, a: T, b: T) -> T;
}

#[derive(Clone, Copy)]
struct Sum;

#[derive(Clone, Copy)]
struct Largest;

#[derive(Clone, Copy)]
struct Smallest;

impl Combine for Sum {
    fn start<T: Real>(self) -> T {
        T::zero()
    }

    #[inline]
    fn combine<T: Real>(self, a: T, b: T) -> T {
        a + b
    }
}

impl Combine for Largest {
    fn start<T: Real>(self) -> T {
        T::neg_infinity()
    }

    #[inline]
    fn combine<T: Real>(self, a: T, b: T) -> T {
        if b > a || b.is_nan() { b } else { a }
    }
}

impl Combine for Smallest {
    fn start<T: Real>(self) -> T {
        T::infinity()
    }

    #[inline]
    fn combine<T: Real>(self, a: T, b: T) -> T {
        if b < a || b.is_nan() { b } else { a }
    }
}

/// The elements of `x` combined pairwise over blocks, so that long sums stay accurate.
fn slice<T: Real>(by: impl Combine, x: &[T]) -> T {
    const LANES: usize = 16;
    if x.len() > BLOCK {
        let (a, b) = x.split_at((x.len() / 2).next_multiple_of(BLOCK).min(x.len() - 1));
        let (a, b) = if x.len() > PARALLEL {
            rayon::join(|| slice(by, a), || slice(by, b))
        } else {
            (slice(by, a), slice(by, b))
        };
        return by.combine(a, b);
    }
    let mut lanes = [by.start::<T>(); LANES];
    let (chunks, rest) = x.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, v) in lanes.iter_mut().zip(chunk) {
            *lane = by.combine(*lane, *v);
        }
    }
    let start = lanes.into_iter().fold(by.start(), |a, b| by.combine(a, b));
    rest.iter().fold(start, |a, b| by.combine(a, *b))
}

/// Every column over the rows: blocks of rows by themselves, then one after the other.
fn columns<T: Real>(by: impl Combine, rows: usize, x: &[T], y: &mut [T], partial: &mut [T]) {
    let columns = y.len();
    if columns == 0 {
        return;
    }
    let partial = &mut partial[..rows.div_ceil(BLOCK) * columns];
    for_each_chunk(partial, columns, BLOCK, |block, sums| {
        sums.fill(by.start());
        let last = rows.min((block + 1) * BLOCK);
        for row in x[block * BLOCK * columns..last * columns].chunks_exact(columns) {
            sums.iter_mut().zip(row).for_each(|(sum, v)| *sum = by.combine(*sum, *v));
        }
    });
    y.fill(by.start());
    for sums in partial.chunks_exact(columns) {
        y.iter_mut().zip(sums).for_each(|(y, v)| *y = by.combine(*y, *v));
    }
}

/// Every column over the rows, blocks of rows by themselves.
fn middle<T: Real>(by: impl Combine, x: &[T], y: &mut [T]) {
    const WIDTH: usize = 64;
    let columns = y.len();
    for (group, y) in y.chunks_mut(WIDTH).enumerate() {
        y.fill(by.start());
        for rows in x.chunks(BLOCK * columns) {
            let mut sums = [by.start::<T>(); WIDTH];
            for row in rows.chunks_exact(columns) {
                let row = &row[group * WIDTH..][..y.len()];
                sums.iter_mut().zip(row).for_each(|(sum, v)| *sum = by.combine(*sum, *v));
            }
            y.iter_mut().zip(sums).for_each(|(y, v)| *y = by.combine(*y, v));
        }
    }
}

/// Elements that lie anywhere, from `first` on, combined over blocks.
fn scattered<T: Real>(by: impl Combine, x: &[T], first: usize, walk: &Walk) -> T {
    let (mut total, mut block, mut count) = (by.start(), by.start(), 0);
    walk.runs(0, walk.len(), |_, offset, stride, run| {
        let part = match stride {
            1 => slice(by, &x[first + offset..][..run]),
            _ => (0..run).step_by(BLOCK).fold(by.start(), |sum, k| {
                let x = x[first + offset + k * stride as usize..].iter().step_by(stride.max(1) as usize);
                by.combine(sum, x.take(BLOCK.min(run - k)).fold(by.start(), |a, b| by.combine(a, *b)))
            }),
        };
        block = by.combine(block, part);
        count += 1;
        if count % 64 == 0 {
            total = by.combine(total, block);
            block = by.start();
        }
    });
    by.combine(total, block)
}

impl Reduce {
    fn reduce<T: Real>(&self, shape: &[usize], x: &[T], y: &mut [T], partial: &mut [T]) {
        match self.reduction {
            Reduction::Sum | Reduction::Mean => self.reduce_by(Sum, shape, x, y, partial),
            Reduction::Max => self.reduce_by(Largest, shape, x, y, partial),
            Reduction::Min => self.reduce_by(Smallest, shape, x, y, partial),
        }
        if self.reduction == Reduction::Mean {
            let count = T::from_f64((product(shape) / y.len().max(1)) as f64);
            y.iter_mut().for_each(|y| *y /= count);
        }
    }

    fn reduce_by<T: Real>(&self, by: impl Combine, shape: &[usize], x: &[T], y: &mut [T], partial: &mut [T]) {
        let chunk = |work: usize| ((1 << 13) / work.max(1)).clamp(1, 64);
        match Layout::new(shape, &self.axes) {
            Layout::Leading { rows, .. } => columns(by, rows, x, y, partial),
            Layout::Trailing { columns } => {
                let rows = chunk(columns);
                for_each_chunk(y, rows, columns, |i, y| {
                    for (k, y) in y.iter_mut().enumerate() {
                        *y = slice(by, &x[(i * rows + k) * columns..][..columns]);
                    }
                });
            }
            Layout::Middle { rows, columns } => {
                for_each_chunk(y, columns, rows, |i, y| middle(by, &x[i * rows * columns..][..rows * columns], y));
            }
            Layout::Mixed => {
                let (outer, inner) = mixed_walks(shape, &self.axes);
                let rows = chunk(inner.len());
                for_each_chunk(y, rows, inner.len(), |i, y| {
                    outer.each(i * rows, y.len(), |k, first| y[k] = scattered(by, x, first, &inner));
                });
            }
        }
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

#[cfg(test)]
mod tests {
    use super::{Operation, Reduce, Reduction, TensorType};
    use crate::DType;
    use crate::testing::{check, check_data, check_gradients, check_values, error_of, evaluate, noise};

    /// The elements that share their position along the axes which are kept.
    fn groups(shape: &[usize], axes: &[usize], x: &[f64]) -> Vec<Vec<f64>> {
        let kept: usize = (0..shape.len()).filter(|a| !axes.contains(a)).map(|a| shape[a]).product();
        let mut groups = vec![Vec::new(); kept];
        for (k, v) in x.iter().enumerate() {
            let (mut rest, mut group, mut stride) = (k, 0, 1);
            for axis in (0..shape.len()).rev() {
                if !axes.contains(&axis) {
                    group += rest % shape[axis] * stride;
                    stride *= shape[axis];
                }
                rest /= shape[axis];
            }
            groups[group].push(*v);
        }
        groups
    }

    fn reference(reduction: Reduction, x: &[f64]) -> f64 {
        match reduction {
            Reduction::Sum => x.iter().sum(),
            Reduction::Mean => x.iter().sum::<f64>() / x.len() as f64,
            Reduction::Max => x.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            Reduction::Min => x.iter().copied().fold(f64::INFINITY, f64::min),
        }
    }

    const ALL: [Reduction; 4] = [Reduction::Sum, Reduction::Mean, Reduction::Max, Reduction::Min];

    #[test]
    fn axes_in_disorder_are_refused() {
        for axes in [vec![1, 0], vec![1, 1], vec![2]] {
            let types = [TensorType::new(DType::F32, [2, 3])];
            assert!(Reduce { reduction: Reduction::Sum, axes }.outputs(&types).is_err());
        }
    }

    #[test]
    fn over_any_axes() {
        let shape = [2, 3, 4, 5];
        for (mask, reduction) in (0..16).flat_map(|mask| ALL.map(|r| (mask, r))) {
            let axes: Vec<_> = (0..4).filter(|a| mask >> a & 1 == 1).collect();
            let by_group =
                |x: &[Vec<f64>]| groups(&shape, &axes, &x[0]).iter().map(|g| reference(reduction, g)).collect();
            check(&[&shape], &|x| x[0].reduce(reduction, &axes, mask % 3 == 0), by_group);
        }
    }

    #[test]
    fn long_and_wide() {
        let cases: [(&[usize], &[usize]); 7] = [
            (&[3000, 7], &[0]),
            (&[7, 3000], &[1]),
            (&[200_000], &[0]),
            (&[5, 2100, 70], &[1]),
            (&[40, 30, 50], &[0, 2]),
            (&[3, 2, 3000, 2], &[0, 2]),
            (&[200, 3, 3, 40], &[0, 2]),
        ];
        for ((shape, axes), reduction) in cases.iter().flat_map(|case| ALL.map(|r| (*case, r))) {
            let data = [noise(shape.iter().product(), 3).iter().map(|v| v + 2.0).collect()];
            let by_group =
                |x: &[Vec<f64>]| groups(shape, axes, &x[0]).iter().map(|g| reference(reduction, g)).collect();
            check_values(&[shape], &data, &|x| x[0].reduce(reduction, axes, false), by_group);
        }
    }

    #[test]
    fn nothing_sums_to_zero_and_has_no_extreme() {
        for (shape, axis, count) in [([0, 3], 0, 3), ([3, 0], 1, 3), ([3, 0], 0, 0), ([0, 3], 1, 0)] {
            check(&[&shape], &|x| x[0].sum(&[axis], false), |_| vec![0.0; count]);
            check_values(&[&shape], &[Vec::new()], &|x| x[0].mean(&[axis], false), |_| vec![f64::NAN; count]);
            assert_eq!(error_of(&[(DType::F32, &shape)], &|x| x[0].max(&[axis], false)).is_some(), count > 0);
        }
        check(&[&[2, 0, 3]], &|x| x[0].sum(&[1], false), |_| vec![0.0; 6]);
        check(&[&[2, 0, 3, 1]], &|x| x[0].sum(&[0, 2], true), |_| vec![]);
    }

    #[test]
    fn nan_is_every_extreme() {
        for k in 0..40 {
            let mut x = noise(40, 1);
            x[k] = f64::NAN;
            for axes in [&[0][..], &[1], &[0, 1]] {
                let found = evaluate(&[&[8, 5]], &[x.clone()], &|x| x[0].max(axes, false) + x[0].min(axes, false));
                assert_eq!(found.iter().filter(|v| v.is_nan()).count(), 1);
            }
        }
    }

    #[test]
    fn equal_extremes_share_their_gradient() {
        let gradient = evaluate(&[&[4]], &[vec![1.0, 3.0, 3.0, 0.0]], &|x| {
            x[0].graph().gradients(x[0].max(&[0], false), x)[0].unwrap_or(x[0])
        });
        assert_eq!(gradient, [0.0, 0.5, 0.5, 0.0]);
    }

    #[test]
    fn scalars_and_repeated_axes() {
        check(&[&[]], &|x| x[0].sum_all() + x[0].mean_all(), |x| vec![2.0 * x[0][0]]);
        check(&[&[2, 3]], &|x| x[0].sum(&[1, 0, 1], false), |x| vec![x[0].iter().sum()]);
        check_data(&[&[2, 3]], &[noise(6, 2)], &|x| x[0].mean(&[], true), |x| x[0].clone());
        check_gradients(&[&[2, 3]], &[noise(6, 2)], &|x| x[0].mean_all());
    }

    #[test]
    fn refuses_integers_and_axes_that_are_not_there() {
        for reduction in ALL {
            assert!(error_of(&[(DType::I64, &[2])], &|x| x[0].reduce(reduction, &[0], false)).is_some());
            assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].reduce(reduction, &[0, 1], true)).is_some());
        }
    }
}
