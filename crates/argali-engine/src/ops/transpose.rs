//! A tensor with its axes in another order.

use super::one;
use super::walk::{Walk, row_major};
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::with_element;

/// A tensor with its axes in another order: axis `i` of the output is axis `permutation[i]` of the input.
#[derive(Clone, Debug)]
pub struct Transpose(pub Vec<usize>);

impl Operation for Transpose {
    fn name(&self) -> &'static str {
        "transpose"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = one(inputs)?;
        let rank = x.shape.len();
        if self.0.len() != rank || (0..rank).any(|axis| !self.0.contains(&axis)) {
            return Err(format!("{:?} is no permutation of the axes of {x}", self.0));
        }
        Ok(vec![TensorType::new(x.dtype, self.0.iter().map(|a| x.shape[*a]).collect::<Vec<_>>())])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let shape = io.inputs.shape(0);
        let strides = row_major(shape);
        let walk = Walk::along(0, self.0.iter().map(|a| (shape[*a], strides[*a])));
        with_element!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            match walk.crossing() {
                Some(columns) => {
                    let chunk = CHUNK.next_multiple_of((16 * columns).max(1));
                    for_each_chunk(io.outputs.get::<T>(0), chunk, 4, |i, y| walk.copy_crossing(x, i * chunk, y));
                }
                None => for_each_chunk(io.outputs.get::<T>(0), CHUNK, 4, |i, y| walk.copy(x, i * CHUNK, y)),
            }
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let mut inverse = vec![0; self.0.len()];
        self.0.iter().enumerate().for_each(|(to, from)| inverse[*from] = to);
        vec![Some(at.gradient().transpose(&inverse))]
    }
}

impl<'g> Value<'g> {
    /// The tensor with its axes in another order: axis `i` is the axis `permutation[i]` of this tensor.
    #[must_use = "a new tensor is returned"]
    pub fn transpose(self, permutation: &[usize]) -> Self {
        let shape = self.shape();
        let moved = || permutation.iter().filter(|a| shape.get(**a).is_none_or(|n| *n != 1));
        let mut sorted = permutation.to_vec();
        sorted.sort_unstable();
        if sorted.iter().copied().eq(0..shape.len()) && moved().is_sorted() {
            return self.reshape(&permutation.iter().map(|a| shape[*a]).collect::<Vec<_>>());
        }
        self.graph().apply_one(Transpose(permutation.to_vec()), &[self])
    }

    /// The tensor with two axes exchanged.
    #[must_use = "a new tensor is returned"]
    pub fn swap_axes(self, a: usize, b: usize) -> Self {
        let mut permutation: Vec<_> = (0..self.rank()).collect();
        if a.max(b) < permutation.len() {
            permutation.swap(a, b);
        }
        self.transpose(&permutation)
    }

    /// Puts `axis` last, applies `f`, and puts the last axis of what it returns back to `axis`.
    pub(crate) fn along_last(self, axis: usize, f: impl FnOnce(Value<'g>) -> Value<'g>) -> Self {
        if axis + 1 >= self.rank() {
            return f(self);
        }
        let last = self.rank() - 1;
        let there: Vec<_> = (0..=last).filter(|a| *a != axis).chain([axis]).collect();
        let back: Vec<_> = (0..axis).chain([last]).chain(axis..last).collect();
        f(self.transpose(&there)).transpose(&back)
    }
}

#[cfg(test)]
mod tests {
    use crate::ops::walk::row_major;
    use crate::testing::{check, error_of, evaluate_buffers};
    use crate::{Buffer, DType};

    fn reference(shape: &[usize], permutation: &[usize], x: &[f64]) -> Vec<f64> {
        let strides = row_major(shape);
        let mut offsets = vec![0];
        for axis in permutation {
            let at = |k: usize| k * strides[*axis] as usize;
            offsets = offsets.iter().flat_map(|o| (0..shape[*axis]).map(move |k| o + at(k))).collect();
        }
        offsets.into_iter().map(|o| x[o]).collect()
    }

    #[test]
    fn moves_axes() {
        let cases: [(&[usize], &[usize]); 9] = [
            (&[3, 4], &[1, 0]),
            (&[2, 3, 4], &[2, 0, 1]),
            (&[2, 3, 4], &[0, 2, 1]),
            (&[2, 1, 3, 1, 2], &[3, 4, 0, 2, 1]),
            (&[3, 0, 2], &[2, 1, 0]),
            (&[], &[]),
            (&[2, 3, 2, 2], &[1, 0, 2, 3]),
            (&[2, 17, 19], &[0, 2, 1]),
            (&[2, 35, 2], &[2, 0, 1]),
        ];
        for (shape, permutation) in cases {
            check(&[shape], &|x| x[0].transpose(permutation), |x| reference(shape, permutation, &x[0]));
        }
    }

    #[test]
    fn moves_integers_over_many_chunks() {
        let x: Vec<_> = (0..300 * 170).collect();
        let found = evaluate_buffers(&[(&[300, 170], x.into())], &|x| vec![x[0].swap_axes(0, 1)]).remove(0);
        let expected: Vec<_> = (0..300 * 170).map(|k| (k % 300) * 170 + k / 300).collect();
        assert_eq!(found, Buffer::I64(expected));
    }

    #[test]
    fn moves_axes_of_no_length() {
        for shape in [[0, 3, 2], [2, 0, 3], [3, 2, 0]] {
            for permutation in [[2, 1, 0], [0, 2, 1], [1, 0, 2], [2, 0, 1]] {
                let found =
                    evaluate_buffers(&[(&shape, Vec::<f32>::new().into())], &|x| vec![x[0].transpose(&permutation)]);
                assert_eq!(found, [Buffer::F32(Vec::new())], "{shape:?} {permutation:?}");
            }
        }
    }

    #[test]
    fn refuses_what_is_no_permutation() {
        for wrong in [&[0][..], &[0, 0], &[0, 2], &[0, 1, 2]] {
            let error = error_of(&[(DType::F32, &[2, 3])], &|x| x[0].transpose(wrong));
            assert!(error.is_some_and(|e| e.contains("no permutation")), "{wrong:?}");
        }
    }
}
