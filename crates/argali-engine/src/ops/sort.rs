//! Order along an axis: extremes, the largest few, and all.

use super::{around, check_axis, one};
use crate::buffer::{DType, Element};
use crate::operation::{Differentiated, Io, Operation, OperationError, TensorType};
use crate::parallel::for_each_chunk;
use crate::value::Value;
use crate::with_element;
use std::cmp::Ordering;

/// Order of two elements; NaN is above everything.
fn order<T: Element>(a: T, b: T) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| (a.partial_cmp(&a).is_none()).cmp(&b.partial_cmp(&b).is_none()))
}

/// Where the largest or smallest element along an axis is: the first of equals, the first NaN if there is one.
#[derive(Clone, Copy, Debug)]
pub struct ArgExtreme {
    /// The axis, which goes.
    pub axis: usize,
    /// Whether the largest is looked for.
    pub largest: bool,
}

impl Operation for ArgExtreme {
    fn name(&self) -> &'static str {
        if self.largest { "arg_max" } else { "arg_min" }
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = one(inputs)?;
        check_axis(x, self.axis)?;
        if x.shape[self.axis] == 0 {
            return Err(format!("no elements along axis {} of {x}", self.axis));
        }
        Ok(vec![TensorType::new(DType::I64, [&x.shape[..self.axis], &x.shape[self.axis + 1..]].concat())])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (_, len, inner) = around(io.inputs.shape(0), self.axis);
        let before = if self.largest { Ordering::Greater } else { Ordering::Less };
        with_element!(io.inputs.tensor_type(0).dtype, T => {
            let x = io.inputs.get::<T>(0);
            for_each_chunk(io.outputs.get::<i64>(0), 256, 2 * len, |i, y| {
                for (k, y) in y.iter_mut().enumerate() {
                    let (outer, column) = ((i * 256 + k) / inner, (i * 256 + k) % inner);
                    let along = x[outer * len * inner + column..].iter().step_by(inner).take(len);
                    let mut best = (0, x[outer * len * inner + column]);
                    for (k, v) in along.enumerate() {
                        let nan = |v: &T| v.partial_cmp(v).is_none();
                        if v.partial_cmp(&best.1) == Some(before) || nan(v) && !nan(&best.1) {
                            best = (k, *v);
                        }
                    }
                    *y = best.0 as i64;
                }
            });
        })
    }

    fn gradient<'g>(&self, _: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![None]
    }
}

/// Positions along the last axis in the order of their elements; NaN is above everything, equals keep their order.
#[derive(Clone, Copy, Debug)]
pub struct ArgSort {
    /// Whether the largest comes first.
    pub descending: bool,
}

impl Operation for ArgSort {
    fn name(&self) -> &'static str {
        "arg_sort"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = one(inputs)?;
        check_axis(x, x.shape.len().saturating_sub(1))?;
        Ok(vec![TensorType::new(DType::I64, &x.shape[..])])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let len = io.inputs.shape(0).last().copied().unwrap_or(1);
        with_element!(io.inputs.tensor_type(0).dtype, T => {
            let x = io.inputs.get::<T>(0);
            for_each_chunk(io.outputs.get::<i64>(0), len, 16, |i, y| {
                let x = &x[i * len..][..y.len()];
                y.iter_mut().enumerate().for_each(|(k, y)| *y = k as i64);
                y.sort_unstable_by(|a, b| {
                    let by_value = order(x[*a as usize], x[*b as usize]);
                    if self.descending { by_value.reverse() } else { by_value }.then(a.cmp(b))
                });
            });
        })
    }

    fn gradient<'g>(&self, _: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![None]
    }
}

/// Positions of the largest few along the last axis, in descending order; NaN is above everything, of equals the
/// first comes first.
#[derive(Clone, Copy, Debug)]
pub struct TopIndices(pub usize);

impl Operation for TopIndices {
    fn name(&self) -> &'static str {
        "top_indices"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = one(inputs)?;
        let mut shape = x.shape.clone();
        match shape.last_mut() {
            Some(len) if *len >= self.0 => *len = self.0,
            _ => return Err(format!("the largest {} along the last axis of {x}", self.0)),
        }
        Ok(vec![TensorType::new(DType::I64, shape)])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let len = io.inputs.shape(0).last().copied().unwrap_or(1);
        with_element!(io.inputs.tensor_type(0).dtype, T => {
            let x = io.inputs.get::<T>(0);
            for_each_chunk(io.outputs.get::<i64>(0), self.0, 2 * len, |i, y| {
                let x = &x[i * len..][..len];
                let above = |a: T, b: i64| order(a, x[b as usize]) == Ordering::Greater;
                for (k, v) in x.iter().enumerate() {
                    let filled = k.min(y.len());
                    if filled == y.len() && !above(*v, y[filled - 1]) {
                        continue;
                    }
                    let at = y[..filled].partition_point(|b| !above(*v, *b));
                    let end = (filled + 1).min(y.len());
                    y[at..end].rotate_right(1);
                    y[at] = k as i64;
                }
            });
        })
    }

    fn gradient<'g>(&self, _: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![None]
    }
}

/// Number of largest elements above which sorting all is faster than keeping the best so far.
const FEW: usize = 128;

impl<'g> Value<'g> {
    /// Where the largest element along an axis is, `int64`: the first of equals, the first NaN if there is one.
    /// Keras: `ops.argmax`.
    #[must_use = "a new tensor is returned"]
    pub fn arg_max(self, axis: usize) -> Self {
        self.graph().apply_one(ArgExtreme { axis, largest: true }, &[self])
    }

    /// Where the smallest element along an axis is, `int64`: the first of equals, the first NaN if there is one.
    /// Keras: `ops.argmin`.
    #[must_use = "a new tensor is returned"]
    pub fn arg_min(self, axis: usize) -> Self {
        self.graph().apply_one(ArgExtreme { axis, largest: false }, &[self])
    }

    /// Positions along an axis in ascending order of their elements, `int64`; NaN comes last, equals keep their order.
    /// Keras: `ops.argsort`.
    #[must_use = "a new tensor is returned"]
    pub fn arg_sort(self, axis: usize) -> Self {
        if let Err(message) = check_axis(&self.tensor_type(), axis) {
            self.graph().fail(OperationError { operation: "arg_sort", message });
            return self;
        }
        self.along_last(axis, |x| x.graph().apply_one(ArgSort { descending: false }, &[x]))
    }

    /// The elements along an axis in ascending order; NaN comes last. Keras: `ops.sort`.
    #[must_use = "a new tensor is returned"]
    pub fn sort(self, axis: usize) -> Self {
        self.take_along_axis(self.arg_sort(axis), axis)
    }

    /// The `k` largest along the last axis in descending order, and their positions, `int64`.
    ///
    /// Of equals the one with the lower position comes first; NaN is above everything. Keras: `ops.top_k`.
    pub fn top_k(self, k: usize) -> (Self, Self) {
        let last = self.rank().saturating_sub(1);
        let len = self.shape().last().copied().unwrap_or(0);
        let indices = if (FEW..=len).contains(&k) {
            self.graph().apply_one(ArgSort { descending: true }, &[self]).slice(last, 0, k, 1)
        } else {
            self.graph().apply_one(TopIndices(k), &[self])
        };
        (self.take_along_axis(indices, last), indices)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, error_of, evaluate_buffers, noise};
    use crate::{Buffer, DType};

    const NAN: f32 = f32::NAN;

    #[test]
    fn extremes_are_the_first_of_equals_and_nan_is_one() {
        let x: Buffer = vec![1.0f32, 3.0, 3.0, 0.0, 2.0, NAN, -5.0, NAN, -0.0, 0.0, -f32::INFINITY, 0.0].into();
        let found = evaluate_buffers(&[(&[3, 4], x)], &|x| vec![x[0].arg_max(1), x[0].arg_min(1), x[0].arg_max(0)]);
        assert_eq!(found, [vec![1, 1, 0], vec![3, 1, 2], vec![1, 1, 0, 1]].map(Buffer::I64));
        let integers: Buffer = vec![i64::MAX - 1, i64::MAX, i64::MIN].into();
        let found = evaluate_buffers(&[(&[3], integers)], &|x| vec![x[0].arg_max(0), x[0].arg_min(0)]);
        assert_eq!(found, [vec![1], vec![2]].map(Buffer::I64));
    }

    #[test]
    fn the_largest_come_in_order_with_their_positions() {
        let x: Buffer = vec![1.0f32, 3.0, NAN, 3.0, 2.0, 5.0, 5.0, 5.0, 5.0, 5.0].into();
        for k in 0..=5 {
            let found = evaluate_buffers(&[(&[2, 5], x.clone())], &|x| vec![x[0].top_k(k).1]).remove(0);
            let expected = [&[2, 1, 3, 4, 0][..k], &[0, 1, 2, 3, 4][..k]].concat();
            assert_eq!(found, Buffer::I64(expected), "{k}");
        }
    }

    #[test]
    fn few_and_many_of_the_largest_agree() {
        let x = noise(3 * 500, 8).iter().map(|v| (v * 50.0).round()).collect::<Vec<_>>();
        let find = |k| evaluate_buffers(&[(&[3, 500], x.clone().into())], &|x| vec![x[0].top_k(k).1]).remove(0);
        let (few, many) = (find(100).as_slice().to_f64(), find(400).as_slice().to_f64());
        for row in 0..3 {
            assert_eq!(few[row * 100..][..100], many[row * 400..][..100]);
            let mut order: Vec<_> = (0..500).collect();
            order.sort_by(|a, b| x[row * 500 + b].partial_cmp(&x[row * 500 + a]).expect("numbers"));
            assert!(order.iter().zip(&many[row * 400..][..400]).all(|(a, b)| *a as f64 == *b));
        }
    }

    #[test]
    fn values_and_gradients_follow_the_order() {
        let largest = |x: &[Vec<f64>]| {
            let mut rows = x[0].clone();
            rows.chunks_mut(6).for_each(|row| row.sort_by(|a, b| b.total_cmp(a)));
            rows.chunks(6).flat_map(|row| row[..3].to_vec()).collect()
        };
        check(&[&[4, 6]], &|x| x[0].top_k(3).0, largest);
        let sorted = |x: &[Vec<f64>]| {
            let column = |c: usize| {
                let mut column: Vec<_> = (0..4).map(|r| x[0][r * 6 + c]).collect();
                column.sort_by(f64::total_cmp);
                column
            };
            let columns: Vec<_> = (0..6).map(column).collect();
            (0..24).map(|k| columns[k % 6][k / 6]).collect()
        };
        check(&[&[4, 6]], &|x| x[0].sort(0), sorted);
        check(&[&[2, 0]], &|x| x[0].sort(1), |_| Vec::new());
    }

    #[test]
    fn sorting_keeps_the_order_of_equals_and_puts_nan_last() {
        let x: Buffer = vec![NAN, 0.0, 1.0, -0.0, NAN, -f32::INFINITY].into();
        let found = evaluate_buffers(&[(&[6], x)], &|x| vec![x[0].arg_sort(0)]);
        assert_eq!(found, [Buffer::I64(vec![5, 1, 3, 2, 0, 4])]);
    }

    #[test]
    fn refuses_axes_that_are_not_there_or_empty() {
        let types: [(DType, &[usize]); 3] = [(DType::F32, &[2, 3]), (DType::F32, &[2, 0]), (DType::F32, &[])];
        assert!(error_of(&types, &|x| x[0].arg_max(2)).is_some());
        assert!(error_of(&types, &|x| x[1].arg_min(1)).is_some());
        assert!(error_of(&types, &|x| x[0].sort(2)).is_some());
        assert!(error_of(&types, &|x| x[2].arg_sort(0)).is_some());
        assert!(error_of(&types, &|x| x[0].top_k(4).0).is_some());
        assert!(error_of(&types, &|x| x[2].top_k(1).0).is_some());
    }
}
