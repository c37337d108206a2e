//! Softmax, its logarithm, and what is made of them.

use super::reduce::{max_of, sum_of};
use super::{CumulativeSum, around, check_axis, one_real, two_real};
use crate::buffer::{DType, Real};
use crate::operation::{Differentiated, Io, Operation, OperationError, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::simd::{Loop, run_loop};
use crate::value::Value;
use crate::with_real;

/// `exp(x)` divided by its sum along an axis.
#[derive(Clone, Copy, Debug)]
pub struct Softmax(pub usize);

/// The logarithm of [`Softmax`], finite where that is 0.
#[derive(Clone, Copy, Debug)]
pub struct LogSoftmax(pub usize);

/// Columns that are worked on together where the axis is not the last.
const COLUMNS: usize = 64;

/// What is computed from the elements along an axis, in place.
trait Along: Copy + Send + Sync {
    /// One row of elements.
    fn row<T: Real>(self, given: &[T], y: &mut [T]);

    /// `width` neighbouring columns, of which each row is `inner` elements after the one before.
    fn columns<T: Real>(self, given: &[T], y: &mut [T], inner: usize, width: usize);
}

fn run_along<T: Real>(along: impl Along, shape: &[usize], axis: usize, given: &[T], y: &mut [T]) {
    let (_, len, inner) = around(shape, axis);
    let block = len * inner;
    let blocks = (CHUNK / 4).div_ceil(block.max(1));
    for_each_chunk(y, blocks * block, 16, |i, y| {
        for (k, y) in y.chunks_exact_mut(block).enumerate() {
            let given = given.get((i * blocks + k) * block..).unwrap_or_default();
            run_loop(Block { along, given: &given[..block.min(given.len())], y, inner });
        }
    });
}

/// All elements that share their position before the axis.
struct Block<'y, A, T> {
    along: A,
    given: &'y [T],
    y: &'y mut [T],
    inner: usize,
}

impl<A: Along, T: Real> Loop for Block<'_, A, T> {
    #[inline(always)]
    fn run(self) {
        if self.inner == 1 {
            return self.along.row(self.given, self.y);
        }
        for first in (0..self.inner).step_by(COLUMNS) {
            let given = self.given.get(first..).unwrap_or_default();
            self.along.columns(given, &mut self.y[first..], self.inner, COLUMNS.min(self.inner - first));
        }
    }
}

#[inline(always)]
fn largest_of_columns<T: Real>(y: &[T], inner: usize, width: usize) -> [T; COLUMNS] {
    let mut largest = [T::neg_infinity(); COLUMNS];
    for row in y.chunks(inner) {
        let row = &row[..width];
        largest.iter_mut().zip(row).for_each(|(m, y)| *m = if *y > *m || y.is_nan() { *y } else { *m });
    }
    largest
}

impl Along for Softmax {
    #[inline(always)]
    fn row<T: Real>(self, _: &[T], y: &mut [T]) {
        let largest = max_of(y);
        for y in &mut *y {
            *y = (*y - largest).vector_exp();
        }
        let sum = sum_of(y);
        y.iter_mut().for_each(|y| *y /= sum);
    }

    #[inline(always)]
    fn columns<T: Real>(self, _: &[T], y: &mut [T], inner: usize, width: usize) {
        let largest = largest_of_columns(y, inner, width);
        let mut sums = [T::zero(); COLUMNS];
        for row in y.chunks_mut(inner) {
            for ((y, m), sum) in row[..width].iter_mut().zip(largest).zip(&mut sums) {
                *y = (*y - m).vector_exp();
                *sum += *y;
            }
        }
        for row in y.chunks_mut(inner) {
            row[..width].iter_mut().zip(sums).for_each(|(y, sum)| *y /= sum);
        }
    }
}

impl Along for LogSoftmax {
    #[inline(always)]
    fn row<T: Real>(self, _: &[T], y: &mut [T]) {
        let largest = max_of(y);
        let (mut terms, mut sum) = ([T::zero(); COLUMNS], T::zero());
        for y in y.chunks(COLUMNS) {
            for (term, y) in terms.iter_mut().zip(y) {
                *term = (*y - largest).vector_exp();
            }
            sum += sum_of(&terms[..y.len()]);
        }
        let log_sum = sum.ln();
        y.iter_mut().for_each(|y| *y = *y - largest - log_sum);
    }

    #[inline(always)]
    fn columns<T: Real>(self, _: &[T], y: &mut [T], inner: usize, width: usize) {
        let largest = largest_of_columns(y, inner, width);
        let mut sums = [T::zero(); COLUMNS];
        for row in y.chunks(inner) {
            for ((sum, y), m) in sums.iter_mut().zip(&row[..width]).zip(largest) {
                *sum += (*y - m).vector_exp();
            }
        }
        let log_sums = sums.map(T::ln);
        for row in y.chunks_mut(inner) {
            let row = row[..width].iter_mut().zip(largest).zip(log_sums);
            row.for_each(|((y, m), log_sum)| *y = *y - m - log_sum);
        }
    }
}

macro_rules! operations {
    ($($Softmax:ident $name:literal $log:literal;)*) => {
        $(impl Operation for $Softmax {
            fn name(&self) -> &'static str {
                $name
            }

            fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
                let x = one_real(inputs)?;
                check_axis(x, self.0)?;
                Ok(vec![x.clone()])
            }

            fn run(&self, io: &mut Io<'_, '_>) {
                let shape = io.inputs.shape(0);
                with_real!(io.dtype(), T => {
                    if io.in_place().is_none() {
                        io.outputs.get::<T>(0).copy_from_slice(io.inputs.get::<T>(0));
                    }
                    run_along(*self, shape, self.0, &[], io.outputs.get::<T>(0));
                })
            }

            fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
                let (y, g) = (at.outputs[0], at.gradient());
                vec![Some(y.graph().apply_one(SoftmaxGradient { axis: self.0, log: $log }, &[y, g]))]
            }

            fn in_place(&self) -> &'static [usize] {
                &[0]
            }
        })*
    };
}

operations! {
    Softmax "softmax" false;
    LogSoftmax "log_softmax" true;
}

/// The gradient of both: from the output and the output's gradient.
#[derive(Clone, Copy, Debug)]
struct SoftmaxGradient {
    axis: usize,
    log: bool,
}

impl Along for SoftmaxGradient {
    #[inline(always)]
    fn row<T: Real>(self, y: &[T], g: &mut [T]) {
        if self.log {
            let sum = sum_of(g);
            for (g, y) in g.iter_mut().zip(y) {
                *g -= y.vector_exp() * sum;
            }
        } else {
            let products = |g: &[T], y: &[T]| g.iter().zip(y).map(|(g, y)| *g * *y).sum::<T>();
            let sum = g.chunks(COLUMNS).zip(y.chunks(COLUMNS)).map(|(g, y)| products(g, y)).sum::<T>();
            g.iter_mut().zip(y).for_each(|(g, y)| *g = (*g - sum) * *y);
        }
    }

    #[inline(always)]
    fn columns<T: Real>(self, y: &[T], g: &mut [T], inner: usize, width: usize) {
        let mut sums = [T::zero(); COLUMNS];
        for (g, y) in g.chunks(inner).zip(y.chunks(inner)) {
            let weight = |y: T| if self.log { T::one() } else { y };
            let terms = g[..width].iter().zip(y).map(|(g, y)| *g * weight(*y));
            sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
        }
        for (g, y) in g.chunks_mut(inner).zip(y.chunks(inner)) {
            for ((g, y), sum) in g[..width].iter_mut().zip(y).zip(sums) {
                *g = if self.log { *g - y.vector_exp() * sum } else { (*g - sum) * *y };
            }
        }
    }
}

impl Operation for SoftmaxGradient {
    fn name(&self) -> &'static str {
        "softmax_gradient"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        two_real(inputs).map(|(y, _)| vec![y.clone()])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let shape = io.inputs.shape(0);
        with_real!(io.dtype(), T => {
            if io.in_place().is_none() {
                io.outputs.get::<T>(0).copy_from_slice(io.inputs.get::<T>(1));
            }
            run_along(*self, shape, self.axis, io.inputs.get::<T>(0), io.outputs.get::<T>(0));
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (operation, message) = (self.name(), "has no gradient of its own: graphs are differentiated once".into());
        at.inputs[0].graph().fail(OperationError { operation, message });
        vec![None; 2]
    }

    fn in_place(&self) -> &'static [usize] {
        &[1]
    }
}

impl<'g> Value<'g> {
    /// `exp(x)` divided by its sum along an axis, without overflow. Keras: `ops.softmax`.
    #[must_use = "a new tensor is returned"]
    pub fn softmax(self, axis: usize) -> Self {
        self.graph().apply_one(Softmax(axis), &[self])
    }

    /// The logarithm of [`softmax`](Self::softmax), finite where that is 0. Keras: `ops.log_softmax`.
    #[must_use = "a new tensor is returned"]
    pub fn log_softmax(self, axis: usize) -> Self {
        self.graph().apply_one(LogSoftmax(axis), &[self])
    }

    /// `ln(sum(exp(x)))` over some axes, without overflow. Keras: `ops.logsumexp`.
    #[must_use = "a new tensor is returned"]
    pub fn log_sum_exp(self, axes: &[usize], keep_dims: bool) -> Self {
        let bound = if self.dtype() == DType::F32 { f64::from(f32::MAX) } else { f64::MAX };
        let largest = self.max(axes, true).stop_gradient().clamp(-bound, bound);
        let sum = (self - largest).exp().sum(axes, true).ln() + largest;
        if keep_dims { sum } else { sum.drop_axes(axes) }
    }

    /// Keras's `ops.sparsemax` along an axis: `max(x - τ, 0)`.
    ///
    /// With the elements sorted downward and their running sums `c`, the support is where `sorted > (c - 1) / rank`.
    /// `τ` is what Keras computes: the sum of *all* running sums of the support, less 1, divided by the support's size.
    #[must_use = "a new tensor is returned"]
    pub fn sparsemax(self, axis: usize) -> Self {
        let graph = self.graph();
        if let Err(message) = check_axis(&self.tensor_type(), axis).and(one_real(&[self.tensor_type()]).map(|_| ())) {
            graph.fail(OperationError { operation: "sparsemax", message });
            return self;
        }
        self.along_last(axis, |x| {
            let last = [x.rank() - 1];
            let sorted = -(-x).sort(last[0]);
            let sums = graph.apply_one(CumulativeSum { axis: last[0], ..CumulativeSum::default() }, &[sorted]);
            let ranks = graph.iota(x.dtype(), x.shape()[last[0]]) + 1.0;
            let support = sorted.greater((sums - 1.0) / ranks);
            let zero = graph.full(x.dtype(), &[], 0.0);
            let total = support.select(sums, zero).sum(&last, true) - 1.0;
            (x - total / support.sum(&last, true)).at_least(0.0)
        })
    }

    /// The tensor without some axes of length 1.
    pub(crate) fn drop_axes(self, axes: &[usize]) -> Self {
        let shape = self.shape();
        let kept: Vec<_> = (0..shape.len()).filter(|a| !axes.contains(a)).map(|a| shape[a]).collect();
        self.reshape(&kept)
    }
}

#[cfg(test)]
mod tests {
    use crate::ops::around;
    use crate::testing::{Function, check, check_data, check_gradients, check_values, error_of, evaluate, noise};
    use crate::{DType, Value};

    /// Calls `f` with the elements along an axis, wherever they lie, and puts back what it returns.
    fn along(shape: &[usize], axis: usize, x: &[f64], f: impl Fn(&[f64]) -> Vec<f64>) -> Vec<f64> {
        let (outer, len, inner) = around(shape, axis);
        let mut y = x.to_vec();
        for first in (0..outer).flat_map(|o| (0..inner).map(move |i| o * len * inner + i)) {
            let line: Vec<_> = (0..len).map(|k| x[first + k * inner]).collect();
            f(&line).iter().enumerate().for_each(|(k, v)| y[first + k * inner] = *v);
        }
        y
    }

    fn softmax(x: &[f64]) -> Vec<f64> {
        let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = x.iter().map(|v| (v - largest).exp()).sum();
        x.iter().map(|v| (v - largest).exp() / sum).collect()
    }

    fn log_softmax(x: &[f64]) -> Vec<f64> {
        let largest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = x.iter().map(|v| (v - largest).exp()).sum();
        x.iter().map(|v| v - largest - sum.ln()).collect()
    }

    #[test]
    fn sums_to_one_along_each_axis() {
        for shape in [[3, 4, 2], [1, 1, 7], [2, 3, 70], [2, 1, 3], [0, 2, 3], [2, 3, 0]] {
            for axis in 0..3 {
                check(&[&shape], &|x| x[0].softmax(axis), |x| along(&shape, axis, &x[0], softmax));
                check(&[&shape], &|x| x[0].log_softmax(axis), |x| along(&shape, axis, &x[0], log_softmax));
            }
        }
    }

    #[test]
    fn many_rows_and_columns() {
        for (shape, axis) in [([900, 70], 1), ([300, 200], 0), ([2, 40_000], 1)] {
            let data = [noise(shape[0] * shape[1], 3).iter().map(|v| v * 8.0).collect()];
            check_values(&[&shape], &data, &|x| x[0].softmax(axis), |x| along(&shape, axis, &x[0], softmax));
            check_values(&[&shape], &data, &|x| x[0].log_softmax(axis), |x| along(&shape, axis, &x[0], log_softmax));
        }
    }

    #[test]
    fn large_and_infinite_elements_do_not_overflow() {
        let x = [vec![1e3, -1e3, 999.0, f64::NEG_INFINITY]];
        check_values(&[&[4]], &x, &|x| x[0].softmax(0), |x| softmax(&x[0]));
        check_values(&[&[4]], &x, &|x| x[0].log_softmax(0), |x| log_softmax(&x[0]));
        check_values(&[&[4]], &x, &|x| x[0].log_sum_exp(&[0], false), |_| vec![1e3 + (-1f64).exp().ln_1p()]);
        check_values(&[&[2]], &[vec![f64::NEG_INFINITY; 2]], &|x| x[0].log_sum_exp(&[0], false), |x| vec![x[0][0]]);
        check_values(&[&[2]], &[vec![f64::INFINITY, 0.0]], &|x| x[0].log_sum_exp(&[0], false), |x| vec![x[0][0]]);
        let nan = evaluate(&[&[2]], &[vec![f64::NAN, 0.0]], &|x| x[0].softmax(0));
        assert!(nan.iter().all(|v| v.is_nan()));
    }

    fn with_twice<'g>(x: Value<'g>, f: fn(Value<'g>, usize) -> Value<'g>) -> Value<'g> {
        let y = x * 2.0;
        f(y, 0) * y
    }

    #[test]
    fn the_input_may_end_with_the_softmax_or_live_on() {
        let reference = |f: fn(&[f64]) -> Vec<f64>| {
            move |x: &[Vec<f64>]| {
                let doubled: Vec<_> = x[0].iter().map(|v| v * 2.0).collect();
                f(&doubled).iter().zip(&doubled).map(|(a, b)| a * b).collect()
            }
        };
        check(&[&[5]], &|x| with_twice(x[0], Value::softmax), reference(softmax));
        check(&[&[5]], &|x| with_twice(x[0], Value::log_softmax), reference(log_softmax));
    }

    #[test]
    fn log_sum_exp_over_any_axes() {
        let log_sum = |x: &[f64]| x.iter().map(|v| v.exp()).sum::<f64>().ln();
        let rows = |x: &[Vec<f64>]| x[0].chunks(4).map(log_sum).collect();
        check(&[&[3, 4]], &|x| x[0].log_sum_exp(&[1], false), rows);
        check(&[&[3, 2, 2]], &|x| x[0].log_sum_exp(&[2, 1], true).reshape(&[3]), rows);
        check(&[&[3, 4]], &|x| x[0].log_sum_exp(&[0, 1], false), |x| vec![log_sum(&x[0])]);
    }

    /// Numbers of Keras's `ops.sparsemax`, which do not sum to one where the support is larger than one.
    #[test]
    fn sparsemax_is_that_of_keras() {
        check_data(&[&[1, 2]], &[vec![0.5, 0.6]], &|x| x[0].sparsemax(1), |_| vec![0.15, 0.25]);
        check_data(&[&[3]], &[vec![1.0, 2.5, 4.0]], &|x| x[0].sparsemax(0), |_| vec![0.0, 0.0, 1.0]);
        check_gradients(&[&[3, 4, 2]], &[noise(24, 5)], &|x| x[0].sparsemax(1));
    }

    #[test]
    fn refuses_integers_and_axes_that_are_not_there() {
        let functions: [Function<'_>; 3] =
            [&|x| x[0].softmax(x.len()), &|x| x[0].log_softmax(x.len()), &|x| x[0].sparsemax(x.len())];
        for f in functions {
            assert!(error_of(&[(DType::F32, &[2, 1])], f).is_none());
            assert!(error_of(&[(DType::I64, &[2, 1])], f).is_some());
            assert!(error_of(&[(DType::F32, &[2])], f).is_some());
            assert!(error_of(&[(DType::F32, &[])], f).is_some());
        }
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].log_sum_exp(&[1], true)).is_some());
        assert!(error_of(&[(DType::F32, &[0])], &|x| x[0].log_sum_exp(&[0], false)).is_some());
    }
}
