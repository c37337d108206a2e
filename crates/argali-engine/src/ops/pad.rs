//! A tensor within a larger one.

use super::walk::MAX_RANK;
use super::{Slice, one};
use crate::buffer::Element;
use crate::operation::{Differentiated, Io, Operation, OperationError, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::with_element;

/// A tensor within a larger one of one value: its positions along each axis begin at `starts` and are `steps` apart.
/// The reverse of [`Slice`].
#[derive(Clone, Debug)]
pub struct Pad {
    /// Where the first position of each axis goes.
    pub starts: Vec<usize>,
    /// How far apart positions of each axis are, at least 1.
    pub steps: Vec<usize>,
    /// Shape of the larger tensor.
    pub shape: Vec<usize>,
    /// What the rest is filled with.
    pub value: f64,
}

impl Pad {
    fn slice(&self, shape: &[usize]) -> Slice {
        Slice { starts: self.starts.clone(), steps: self.steps.clone(), shape: shape.to_vec() }
    }

    /// The axes, with those that are taken over whole made one with the axis before them.
    fn axes(&self, shape: &[usize]) -> Axes {
        let mut axes = Axes { rank: 0, list: [Axis::default(); MAX_RANK] };
        for (axis, len) in shape.iter().enumerate() {
            let (start, step, padded) = (self.starts[axis], self.steps[axis], self.shape[axis]);
            match axes.list[..axes.rank].last_mut() {
                Some(before) if before.step == 1 && (start, step, padded) == (0, 1, *len) => {
                    before.start *= len;
                    before.padded *= len;
                    before.len *= len;
                }
                _ => {
                    axes.list[axes.rank] = Axis { start, step, padded, len: *len };
                    axes.rank += 1;
                }
            }
        }
        axes
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Axis {
    start: usize,
    step: usize,
    len: usize,
    padded: usize,
}

struct Axes {
    rank: usize,
    list: [Axis; MAX_RANK],
}

impl Axes {
    /// The stretch of the input that lies in a stretch along the last axis of the output, the one with this number.
    fn source(&self, row: usize) -> Option<std::ops::Range<usize>> {
        let (last, outer) = self.list[..self.rank].split_last()?;
        let (mut rest, mut from, mut stride) = (row, 0, last.len);
        for axis in outer.iter().rev() {
            let at = (rest % axis.padded).checked_sub(axis.start)?;
            if at % axis.step != 0 || at / axis.step >= axis.len {
                return None;
            }
            from += at / axis.step * stride;
            stride *= axis.len;
            rest /= axis.padded;
        }
        Some(from..from + last.len)
    }

    /// Fills the rows of the output from number `first` on.
    fn fill<T: Element>(&self, x: &[T], value: T, first: usize, rows: &mut [T]) {
        let last = self.list[self.rank - 1];
        for (k, y) in rows.chunks_exact_mut(last.padded).enumerate() {
            y.fill(value);
            let x = self.source(first + k).map_or(&[][..], |range| &x[range]);
            match last.step {
                _ if x.is_empty() => {}
                1 => y[last.start..][..x.len()].copy_from_slice(x),
                step => y[last.start..].iter_mut().step_by(step).zip(x).for_each(|(y, x)| *y = *x),
            }
        }
    }
}

impl Operation for Pad {
    fn name(&self) -> &'static str {
        "pad"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = one(inputs)?;
        let larger = TensorType::new(x.dtype, &self.shape[..]);
        self.slice(&x.shape).outputs(std::slice::from_ref(&larger))?;
        Ok(vec![larger])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let axes = self.axes(io.inputs.shape(0));
        with_element!(io.dtype(), T => {
            let (x, y) = (io.inputs.get::<T>(0), io.outputs.get::<T>(0));
            match axes.list[..axes.rank].last() {
                None => y.copy_from_slice(x),
                Some(last) => {
                    let rows = CHUNK.div_ceil(last.padded.max(1));
                    for_each_chunk(y, rows * last.padded, 2, |i, y| {
                        axes.fill(x, T::from_f64(self.value), i * rows, y);
                    });
                }
            }
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let slice = self.slice(&at.inputs[0].shape());
        vec![Some(at.gradient().graph().apply_one(slice, &[at.gradient()]))]
    }
}

impl<'g> Value<'g> {
    /// The tensor with `amounts[axis].0` positions of `value` before and `amounts[axis].1` after it along each axis.
    ///
    /// Other than one amount per axis is kept as the graph's error.
    #[must_use = "a new tensor is returned"]
    pub fn pad(self, amounts: &[(usize, usize)], value: f64) -> Self {
        let shape = self.shape();
        if amounts.len() != shape.len() {
            let message = format!("{} amounts for the {} axes of {:?}", amounts.len(), shape.len(), shape);
            self.graph().fail(OperationError { operation: "pad", message });
            return self;
        }
        if amounts.iter().all(|a| *a == (0, 0)) {
            return self;
        }
        let starts = amounts.iter().map(|a| a.0).collect();
        let shape = shape
            .iter()
            .zip(amounts)
            .map(|(n, (before, after))| n.saturating_add(*before).saturating_add(*after))
            .collect();
        self.graph().apply_one(Pad { starts, steps: vec![1; amounts.len()], shape, value }, &[self])
    }

    /// The tensor with `step - 1` zeros between neighbouring positions of an axis.
    #[must_use = "a new tensor is returned"]
    pub fn dilate(self, axis: usize, step: usize) -> Self {
        let mut shape = self.shape();
        let mut steps = vec![1; shape.len()];
        if let (Some(n), Some(s)) = (shape.get_mut(axis), steps.get_mut(axis)) {
            (*n, *s) = (n.saturating_sub(1).saturating_mul(step).saturating_add((*n).min(1)), step);
        }
        self.graph().apply_one(Pad { starts: vec![0; shape.len()], steps, shape, value: 0.0 }, &[self])
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, error_of, evaluate_buffers};
    use crate::{Buffer, DType};

    fn reference(shape: &[usize], amounts: &[(usize, usize)], value: f64, x: &[f64]) -> Vec<f64> {
        let Some(((len, shape), ((before, after), amounts))) = shape.split_first().zip(amounts.split_first()) else {
            return x.to_vec();
        };
        let inner: usize = shape.iter().product();
        let padded: usize = shape.iter().zip(amounts).map(|(n, (b, a))| n + b + a).product();
        let middle = (0..*len).flat_map(|k| reference(shape, amounts, value, &x[k * inner..][..inner]));
        [vec![value; before * padded], middle.collect(), vec![value; after * padded]].concat()
    }

    #[test]
    fn puts_a_value_around() {
        type Case = (&'static [usize], &'static [(usize, usize)]);
        let cases: [Case; 7] = [
            (&[4], &[(1, 2)]),
            (&[2, 3, 4, 2], &[(0, 0), (1, 2), (2, 0), (0, 0)]),
            (&[2, 3], &[(0, 0), (1, 1)]),
            (&[2, 3], &[(3, 0), (0, 0)]),
            (&[2, 3, 2], &[(1, 1), (1, 0), (0, 2)]),
            (&[0, 3], &[(1, 1), (1, 0)]),
            (&[2, 0], &[(1, 0), (0, 0)]),
        ];
        for (shape, amounts) in cases {
            check(&[shape], &|x| x[0].pad(amounts, -2.5), |x| reference(shape, amounts, -2.5, &x[0]));
        }
    }

    #[test]
    fn puts_zeros_between() {
        let reference = |x: &[Vec<f64>]| {
            let row = |r: usize| (0..7).map(move |c| (c % 3 == 0).then_some(r * 3 + c / 3));
            (0..2).flat_map(row).map(|from| from.map_or(0.0, |k| x[0][k])).collect()
        };
        check(&[&[2, 3]], &|x| x[0].dilate(1, 3), reference);
        check(&[&[3]], &|x| x[0].dilate(0, 2).pad(&[(1, 0)], 0.0), |x| vec![0.0, x[0][0], 0.0, x[0][1], 0.0, x[0][2]]);
        check(&[&[0, 2]], &|x| x[0].dilate(0, 2), |_| Vec::new());
    }

    #[test]
    fn pads_integers() {
        let found = evaluate_buffers(&[(&[2], vec![4i64, 5].into())], &|x| vec![x[0].pad(&[(1, 1)], 7.0)]);
        assert_eq!(found, [Buffer::I64(vec![7, 4, 5, 7])]);
    }

    #[test]
    fn refuses_other_than_an_amount_for_each_axis() {
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].pad(&[], 0.0)).is_some());
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].pad(&[(1, usize::MAX)], 0.0)).is_some());
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].dilate(0, 0)).is_some());
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].dilate(0, usize::MAX)).is_some());
    }
}
