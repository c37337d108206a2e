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

/// Mean of `count` elements and the sum of their squared distances from it, from sums of their distances from a
/// `center` near the mean and of the squares of these: what rounding took from the centre is put right.
fn put_right<T: Real>(count: T, center: T, distance: T, squares: T) -> (T, T) {
    (center + distance / count, squares - distance * distance / count)
}

/// Means and squared distances of each column of a block.
fn columns_of_block<T: Real>(x: &[T], means: &mut [T], squares: &mut [T], distances: &mut [T]) {
    let columns = means.len();
    let count = T::from_f64((x.len() / columns) as f64);
    means.fill(T::zero());
    for row in x.chunks_exact(columns) {
        means.iter_mut().zip(row).for_each(|(m, x)| *m += *x);
    }
    means.iter_mut().for_each(|m| *m /= count);
    squares.fill(T::zero());
    distances.fill(T::zero());
    for row in x.chunks_exact(columns) {
        for (((square, sum), m), x) in squares.iter_mut().zip(&mut *distances).zip(&*means).zip(row) {
            let distance = *x - *m;
            *sum += distance;
            *square += distance * distance;
        }
    }
    for ((m, square), distance) in means.iter_mut().zip(squares).zip(distances) {
        (*m, *square) = put_right(count, *m, *distance, *square);
    }
}

/// Columns over rows: every block by itself, then one after the other into the result.
fn columns<T: Real>(x: &[T], mean: &mut [T], variance: &mut [T], partial: &mut [T]) {
    let columns = mean.len();
    let rows = x.len() / columns;
    let per_block = block_rows(columns);
    let partial = &mut partial[..rows.div_ceil(per_block) * 3 * columns];
    for_each_chunk(partial, 3 * columns, per_block, |block, partial| {
        let (means, rest) = partial.split_at_mut(columns);
        let (squares, distances) = rest.split_at_mut(columns);
        let first = block * per_block * columns;
        columns_of_block(&x[first..(first + per_block * columns).min(x.len())], means, squares, distances);
    });
    mean.fill(T::zero());
    variance.fill(T::zero());
    for (block, partial) in partial.chunks_exact(3 * columns).enumerate() {
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
    let center = sum_of(x) / count;
    let (distance, squares) = distances(x, center);
    let (mean, squares) = put_right(count, center, distance, squares);
    (mean, squares / count)
}

/// Elements that lie anywhere, from `first` on.
fn scattered<T: Real>(x: &[T], first: usize, walk: &Walk) -> (T, T) {
    let count = walk.len();
    let mut sum = 0.0;
    each_stretch(x, first, walk, |x| sum += sum_of(x).to_f64());
    let center = sum / count as f64;
    let (mut distance, mut squares) = (0.0, 0.0);
    each_stretch(x, first, walk, |x| {
        let (d, s) = distances(x, T::from_f64(center));
        distance += d.to_f64();
        squares += s.to_f64();
    });
    let (mean, squares) = put_right(count as f64, T::from_f64(center).to_f64(), distance, squares);
    (T::from_f64(mean), T::from_f64(squares / count as f64))
}

/// Calls `f` with stretches that together are the elements of `x` which `walk` leads to from `first` on.
pub(crate) fn each_stretch<T: Real>(x: &[T], first: usize, walk: &Walk, mut f: impl FnMut(&[T])) {
    walk.runs(0, walk.len(), |_, offset, stride, run| match stride {
        1 => f(&x[first + offset..][..run]),
        _ => x[first + offset..].iter().step_by(stride.max(1) as usize).take(run).for_each(|x| f(&[*x])),
    });
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
                Layout::Middle { .. } | Layout::Mixed => {
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
            Layout::Leading { rows, columns } => rows.div_ceil(block_rows(columns)) * 3 * columns,
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

#[cfg(test)]
mod tests {
    use crate::DType;
    use crate::testing::{check, check_values, error_of, evaluate_buffers, noise};

    /// Mean and variance of the elements that share their position along the axes which are kept.
    fn reference(shape: &[usize], axes: &[usize], x: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let mut groups: Vec<Vec<f64>> = Vec::new();
        let kept: usize = (0..shape.len()).filter(|a| !axes.contains(a)).map(|a| shape[a]).product();
        groups.resize(kept, Vec::new());
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
        let mean = |x: &Vec<f64>| x.iter().sum::<f64>() / x.len() as f64;
        let variance = |x: &Vec<f64>| x.iter().map(|v| (v - mean(x)).powi(2)).sum::<f64>() / x.len() as f64;
        (groups.iter().map(mean).collect(), groups.iter().map(variance).collect())
    }

    #[test]
    fn over_any_axes() {
        for axes in [&[][..], &[0], &[1], &[2], &[0, 1], &[1, 2], &[0, 2], &[0, 1, 2]] {
            let shape = [3, 4, 5];
            check(&[&shape], &|x| x[0].moments(axes, false).0, |x| reference(&shape, axes, &x[0]).0);
            check(&[&shape], &|x| x[0].moments(axes, true).1, |x| reference(&shape, axes, &x[0]).1);
            check(
                &[&shape],
                &|x| {
                    let (mean, variance) = x[0].moments(axes, false);
                    mean * variance
                },
                |x| {
                    let (mean, variance) = reference(&shape, axes, &x[0]);
                    mean.iter().zip(&variance).map(|(m, v)| m * v).collect()
                },
            );
        }
    }

    #[test]
    fn a_mean_far_from_zero_costs_no_accuracy() {
        for (shape, axes) in [([5000, 7], [0]), ([7, 5000], [1]), ([3000, 40], [0])] {
            let data = [noise(shape[0] * shape[1], 4).iter().map(|v| v + 1000.0).collect()];
            check_values(&[&shape], &data, &|x| x[0].moments(&axes, false).0, |x| reference(&shape, &axes, &x[0]).0);
            check_values(&[&shape], &data, &|x| x[0].moments(&axes, false).1, |x| reference(&shape, &axes, &x[0]).1);
        }
        let shape = [30, 8, 200];
        let data = [noise(30 * 8 * 200, 4).iter().map(|v| v - 300.0).collect()];
        check_values(&[&shape], &data, &|x| x[0].moments(&[0, 2], false).1, |x| reference(&shape, &[0, 2], &x[0]).1);
    }

    #[test]
    fn of_nothing_there_is_no_mean() {
        for (shape, axes, count) in [([0, 2], 0, 2), ([2, 0], 1, 2), ([2, 0], 0, 0), ([0, 2], 1, 0)] {
            let found = evaluate_buffers(&[(&shape, Vec::<f32>::new().into())], &|x| {
                let (mean, variance) = x[0].moments(&[axes], false);
                vec![mean, variance]
            });
            for values in found.iter().map(|b| b.as_slice().to_f64()) {
                assert!(values.len() == count && values.iter().all(|v| v.is_nan()), "{shape:?} {values:?}");
            }
        }
    }

    #[test]
    fn refuses_integers_and_axes_that_are_not_there() {
        assert!(error_of(&[(DType::I64, &[2])], &|x| x[0].moments(&[0], true).0).is_some());
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].moments(&[1], true).1).is_some());
    }
}
