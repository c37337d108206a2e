//! Mean and variance over axes.

use super::reduce::{Layout, mixed_walks, sum_of};
use super::walk::Walk;
use super::{one_real, product};
use crate::buffer::{Element, Real};
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{for_each_chunk, for_each_chunk_pair};
use crate::value::Value;
use crate::with_real;

/// Mean and variance over some axes, ascending; the variance is that of the elements themselves, not an estimate.
///
/// Two passes over blocks that are combined by their means, so that neither many elements nor a large mean costs
/// accuracy.
#[derive(Clone, Debug)]
pub struct Moments(pub Vec<usize>);

/// Rows that one block of columns covers.
pub(crate) fn block_rows(columns: usize) -> usize {
    ((1 << 16) / columns.max(1)).clamp(16, 1 << 10)
}

/// Mean of a block of elements and the sum of their squared distances from it.
///
/// `sums(center)` gives the sums of the elements' distances from `center` and of their squares; a second centre close
/// to the mean takes away what rounding leaves of the first.
fn mean_and_squares<T: Real>(count: T, mean: T, sums: impl FnOnce(T) -> (T, T)) -> (T, T) {
    let (distance, squares) = sums(mean);
    (mean + distance / count, squares - distance * distance / count)
}

/// Sums of distances from `center` and of their squares.
fn distances<T: Real>(x: &[T], center: T) -> (T, T) {
    const LANES: usize = 16;
    let (mut sums, mut squares) = ([T::zero(); LANES], [T::zero(); LANES]);
    for x in x.chunks(LANES) {
        for ((sum, square), x) in sums.iter_mut().zip(&mut squares).zip(x) {
            let distance = *x - center;
            *sum += distance;
            *square += distance * distance;
        }
    }
    (sum_of(&sums), sum_of(&squares))
}

/// Means and squared distances of each column of a block.
fn columns_of_block<T: Real>(x: &[T], means: &mut [T], squares: &mut [T]) {
    let columns = means.len();
    let count = T::from_f64((x.len() / columns) as f64);
    means.fill(T::zero());
    for row in x.chunks_exact(columns) {
        means.iter_mut().zip(row).for_each(|(m, x)| *m += *x);
    }
    means.iter_mut().for_each(|m| *m /= count);
    squares.fill(T::zero());
    for row in x.chunks_exact(columns) {
        for ((square, m), x) in squares.iter_mut().zip(&*means).zip(row) {
            *square += (*x - *m) * (*x - *m);
        }
    }
}

/// Columns over rows: every block by itself, then one after the other into the result.
fn columns<T: Real>(x: &[T], mean: &mut [T], variance: &mut [T], partial: &mut [T]) {
    let columns = mean.len();
    let rows = x.len() / columns;
    let per_block = block_rows(columns);
    let partial = &mut partial[..rows.div_ceil(per_block) * 2 * columns];
    for_each_chunk(partial, 2 * columns, per_block, |block, partial| {
        let (means, squares) = partial.split_at_mut(columns);
        let first = block * per_block * columns;
        columns_of_block(&x[first..(first + per_block * columns).min(x.len())], means, squares);
    });
    mean.fill(T::zero());
    variance.fill(T::zero());
    for (block, partial) in partial.chunks_exact(2 * columns).enumerate() {
        let before = (block * per_block) as f64;
        let count = per_block.min(rows - block * per_block) as f64;
        let (share, weight) = (T::from_f64(count / (before + count)), T::from_f64(before * count / (before + count)));
        let (means, squares) = partial.split_at(columns);
        for (((mean, variance), m), s) in mean.iter_mut().zip(&mut *variance).zip(means).zip(squares) {
            let distance = *m - *mean;
            *mean += distance * share;
            *variance += *s + distance * distance * weight;
        }
    }
    let rows = T::from_f64(rows as f64);
    variance.iter_mut().for_each(|v| *v /= rows);
}

fn row<T: Real>(x: &[T]) -> (T, T) {
    let count = T::from_f64(x.len() as f64);
    let (mean, squares) = mean_and_squares(count, sum_of(x) / count, |center| distances(x, center));
    (mean, squares / count)
}

/// Elements that lie anywhere, from `first` on.
fn scattered<T: Real>(x: &[T], first: usize, walk: &Walk) -> (T, T) {
    let count = walk.len();
    let mut sum = 0.0;
    walk.each(0, count, |_, offset| sum += x[first + offset].to_f64());
    let center = sum / count as f64;
    let mut squares = 0.0;
    walk.each(0, count, |_, offset| squares += (x[first + offset].to_f64() - center).powi(2));
    (T::from_f64(center), T::from_f64(squares / count as f64))
}

impl Operation for Moments {
    fn name(&self) -> &'static str {
        "moments"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = one_real(inputs)?;
        self.0.iter().try_for_each(|axis| super::check_axis(x, *axis))?;
        let kept = (0..x.shape.len()).filter(|a| !self.0.contains(a)).map(|a| x.shape[a]);
        let ty = TensorType::new(x.dtype, kept.collect::<Vec<_>>());
        Ok(vec![ty.clone(), ty])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let shape = io.inputs.shape(0);
        with_real!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            let (mean, variance) = io.outputs.pair::<T, T>();
            let partial = T::of_mut(io.scratch.as_slice_mut()).unwrap_or_default();
            match Layout::new(shape, &self.0) {
                _ if mean.is_empty() => {}
                Layout::Leading { rows: 0, .. } => {
                    mean.fill(T::from_f64(f64::NAN));
                    variance.fill(T::from_f64(f64::NAN));
                }
                Layout::Leading { .. } => columns(x, mean, variance, partial),
                Layout::Trailing { columns } => {
                    for_each_chunk_pair((mean, 16), (variance, 16), 3 * columns, |i, mean, variance| {
                        for (k, moments) in mean.iter_mut().zip(variance).enumerate() {
                            (*moments.0, *moments.1) = row(&x[(i * 16 + k) * columns..][..columns]);
                        }
                    });
                }
                Layout::Mixed => {
                    let (outer, inner) = mixed_walks(shape, &self.0);
                    for_each_chunk_pair((mean, 4), (variance, 4), 4 * inner.len(), |i, mean, variance| {
                        outer.each(i * 4, mean.len(), |k, first| {
                            (mean[k], variance[k]) = scattered(x, first, &inner);
                        });
                    });
                }
            }
        })
    }

    fn scratch(&self, inputs: &[TensorType], _: &[TensorType]) -> usize {
        match Layout::new(&inputs[0].shape, &self.0) {
            Layout::Leading { rows, columns } => rows.div_ceil(block_rows(columns)) * 2 * columns,
            _ => 0,
        }
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (x, mean) = (at.inputs[0], at.outputs[0]);
        let shape = x.shape();
        let keep: Vec<_> = (0..shape.len()).map(|a| if self.0.contains(&a) { 1 } else { shape[a] }).collect();
        let count = product(&shape) as f64 / product(&keep).max(1) as f64;
        let of_mean = at.gradients[0].map(|g| (g / count).reshape(&keep));
        vec![match (of_mean, at.gradients[1]) {
            (of_mean, Some(g)) => {
                let of_mean = of_mean.unwrap_or_else(|| mean.zeros_like().reshape(&keep));
                Some(x.affine(mean.reshape(&keep), (g * (2.0 / count)).reshape(&keep), of_mean))
            }
            (Some(of_mean), None) => Some(of_mean.broadcast_to(&shape)),
            (None, None) => None,
        }]
    }
}

impl<'g> Value<'g> {
    /// Mean and variance over some axes; with `keep_dims` these keep length 1. Keras: `ops.moments`.
    pub fn moments(self, axes: &[usize], keep_dims: bool) -> (Self, Self) {
        let mut axes = axes.to_vec();
        axes.sort_unstable();
        axes.dedup();
        let mut shape = self.shape();
        let outputs = self.graph().apply(Moments(axes.clone()), &[self]);
        let [mean, variance] = outputs[..] else { return (self, self) };
        if !keep_dims {
            return (mean, variance);
        }
        axes.iter().filter(|a| **a < shape.len()).copied().collect::<Vec<_>>().iter().for_each(|a| shape[*a] = 1);
        (mean.reshape(&shape), variance.reshape(&shape))
    }
}
