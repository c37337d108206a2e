//! Elements taken from a tensor by index, and the sums that are the gradient of that.

use super::{around, check_axis};
use crate::buffer::{DType, Real};
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::{with_element, with_real};

/// Slices of the first tensor, along an axis, that the indices of the second point at.
#[derive(Clone, Copy, Debug)]
pub struct Gather(pub usize);

/// Elements of the first tensor that the indices of the second point at along an axis. Both have the same shape but
/// for the length of that axis.
#[derive(Clone, Copy, Debug)]
pub struct TakeAlongAxis(pub usize);

/// The position an index points at: negative ones count from the end, those out of range point at the nearest.
fn position(index: i64, len: usize) -> usize {
    let from_start = if index < 0 { index.saturating_add(len as i64) } else { index };
    from_start.clamp(0, len as i64 - 1) as usize
}

fn tensor_and_indices(inputs: &[TensorType], axis: usize) -> Result<(&TensorType, &TensorType), String> {
    let [x, indices] = inputs else { return Err(format!("takes a tensor and indices, found {}", inputs.len())) };
    check_axis(x, axis)?;
    match indices.dtype {
        DType::I64 if x.shape[axis] == 0 && !indices.is_empty() => Err(format!("no elements along axis {axis} of {x}")),
        DType::I64 => Ok((x, indices)),
        _ => Err(format!("takes indices of type int64, found {indices}")),
    }
}

impl Operation for Gather {
    fn name(&self) -> &'static str {
        "gather"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let (x, indices) = tensor_and_indices(inputs, self.0)?;
        let shape = [&x.shape[..self.0], &indices.shape, &x.shape[self.0 + 1..]].concat();
        Ok(vec![TensorType::new(x.dtype, shape)])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (_, len, inner) = around(io.inputs.shape(0), self.0);
        let indices = io.inputs.get::<i64>(1);
        with_element!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            let rows = CHUNK.div_ceil(inner.max(1));
            for_each_chunk(io.outputs.get::<T>(0), rows * inner, 2, |i, y| {
                for (k, y) in y.chunks_exact_mut(inner).enumerate() {
                    let row = i * rows + k;
                    let (outer, index) = (row / indices.len(), row % indices.len());
                    y.copy_from_slice(&x[(outer * len + position(indices[index], len)) * inner..][..inner]);
                }
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (x, indices, g) = (at.inputs[0], at.inputs[1], at.gradient());
        if !at.wanted[0] || !g.dtype().is_float() {
            return vec![None, None];
        }
        let (outer, _, inner) = around(&x.shape(), self.0);
        let count = indices.shape().iter().product();
        let g = g.reshape(&[outer, count, inner]);
        let scatter = ScatterAdd { axis: self.0, shape: x.shape() };
        vec![Some(x.graph().apply_one(scatter, &[g, indices.reshape(&[count])])), None]
    }
}

/// The gradient of [`Gather`]: slices added up where the indices point.
#[derive(Clone, Debug)]
struct ScatterAdd {
    axis: usize,
    shape: Vec<usize>,
}

impl Operation for ScatterAdd {
    fn name(&self) -> &'static str {
        "scatter_add"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        Ok(vec![TensorType::new(inputs[0].dtype, &self.shape[..])])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (_, len, inner) = around(&self.shape, self.axis);
        let indices = io.inputs.get::<i64>(1);
        with_real!(io.dtype(), T => {
            let g = io.inputs.get::<T>(0);
            let rows = len.div_ceil(8).max(CHUNK.div_ceil(inner.max(1)));
            let work = 2 + indices.len() / rows.max(1);
            for_each_chunk(io.outputs.get::<T>(0), len * inner, work, |outer, y| {
                let g = &g[outer * indices.len() * inner..];
                for_each_chunk(y, rows * inner, work, |i, y| add_rows(g, indices, len, inner, i * rows, y));
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (g, indices) = (at.gradient(), at.inputs[1]);
        vec![Some(g.gather(indices, self.axis).reshape(&at.inputs[0].shape())), None]
    }
}

/// Adds the rows of `g` whose indices point into `y`, which begins at row `first` of `len`.
fn add_rows<T: Real>(g: &[T], indices: &[i64], len: usize, inner: usize, first: usize, y: &mut [T]) {
    y.fill(T::default());
    if inner == 0 {
        return;
    }
    for (g, index) in g.chunks_exact(inner).zip(indices) {
        let row = position(*index, len).checked_sub(first);
        if let Some(y) = row.and_then(|row| y.get_mut(row * inner..(row + 1) * inner)) {
            y.iter_mut().zip(g).for_each(|(y, g)| *y += *g);
        }
    }
}

impl Operation for TakeAlongAxis {
    fn name(&self) -> &'static str {
        "take_along_axis"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let (x, indices) = tensor_and_indices(inputs, self.0)?;
        let mut like = indices.shape.clone();
        like.get_mut(self.0).into_iter().for_each(|len| *len = x.shape[self.0]);
        match like == x.shape {
            true => Ok(vec![TensorType::new(x.dtype, &indices.shape[..])]),
            false => Err(format!("{x} and {indices} differ in more than the length of axis {}", self.0)),
        }
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (_, len, inner) = around(io.inputs.shape(0), self.0);
        let taken = io.inputs.shape(1)[self.0];
        let indices = io.inputs.get::<i64>(1);
        with_element!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            for_each_chunk(io.outputs.get::<T>(0), CHUNK, 4, |i, y| {
                for (k, (y, index)) in y.iter_mut().zip(&indices[i * CHUNK..]).enumerate() {
                    let place = i * CHUNK + k;
                    let (outer, column) = (place / (taken * inner), place % inner);
                    *y = x[(outer * len + position(*index, len)) * inner + column];
                }
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (x, indices, g) = (at.inputs[0], at.inputs[1], at.gradient());
        let back = || x.graph().apply_one(AddAlongAxis { axis: self.0, shape: x.shape() }, &[g, indices]);
        vec![(at.wanted[0] && g.dtype().is_float()).then(back), None]
    }
}

/// The gradient of [`TakeAlongAxis`]: elements added up where the indices point.
#[derive(Clone, Debug)]
struct AddAlongAxis {
    axis: usize,
    shape: Vec<usize>,
}

impl Operation for AddAlongAxis {
    fn name(&self) -> &'static str {
        "add_along_axis"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        Ok(vec![TensorType::new(inputs[0].dtype, &self.shape[..])])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (_, len, inner) = around(&self.shape, self.axis);
        let taken = io.inputs.shape(1)[self.axis];
        let indices = io.inputs.get::<i64>(1);
        with_real!(io.dtype(), T => {
            let g = io.inputs.get::<T>(0);
            let blocks = CHUNK.div_ceil((len * inner).max(1));
            for_each_chunk(io.outputs.get::<T>(0), blocks * len * inner, 4, |i, y| {
                y.fill(T::default());
                let first = i * blocks * taken * inner;
                let count = y.len() / len * taken;
                for (k, (g, index)) in g[first..][..count].iter().zip(&indices[first..]).enumerate() {
                    let (outer, column) = (k / (taken * inner), k % inner);
                    y[(outer * len + position(*index, len)) * inner + column] += *g;
                }
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![Some(at.gradient().take_along_axis(at.inputs[1], self.axis)), None]
    }
}

impl<'g> Value<'g> {
    /// Slices along an axis that `int64` indices point at: the axis is replaced by the axes of `indices`.
    ///
    /// Negative indices count from the end; those out of range take the first or last slice. Keras: `ops.take`.
    #[must_use = "a new tensor is returned"]
    pub fn gather(self, indices: Self, axis: usize) -> Self {
        self.graph().apply_one(Gather(axis), &[self, indices])
    }

    /// Elements that `int64` indices point at along an axis; `indices` has this tensor's shape but for that axis.
    ///
    /// Negative indices count from the end; those out of range take the first or last element.
    /// Keras: `ops.take_along_axis`.
    #[must_use = "a new tensor is returned"]
    pub fn take_along_axis(self, indices: Self, axis: usize) -> Self {
        self.graph().apply_one(TakeAlongAxis(axis), &[self, indices])
    }
}

#[cfg(test)]
mod tests {
    use super::position;
    use crate::testing::{check, check_gradients, error_of, evaluate_on, noise};
    use crate::{Buffer, DType};

    const INDICES: [i64; 6] = [1, -1, 2, 1, 99, 0];

    #[test]
    fn positions_count_from_both_ends_and_stay_inside() {
        let found = [-9, -3, -1, 0, 2, 3, i64::MAX, i64::MIN].map(|index| position(index, 3));
        assert_eq!(found, [0, 0, 2, 0, 2, 2, 2, 0]);
    }

    #[test]
    fn takes_slices_along_each_axis() {
        let shape = [3, 4, 2];
        for axis in 0..3 {
            let (outer, len, inner) = crate::ops::around(&shape, axis);
            let reference = |x: &[Vec<f64>]| {
                let mut taken = Vec::new();
                for (o, index) in (0..outer).flat_map(|o| INDICES.map(|index| (o, index))) {
                    taken.extend(&x[0][(o * len + position(index, len)) * inner..][..inner]);
                }
                taken
            };
            check(&[&shape], &|x| x[0].gather(x[0].graph().constant(INDICES.to_vec(), &[2, 3]), axis), reference);
        }
    }

    #[test]
    fn takes_elements_along_each_axis() {
        let shape = [3, 4, 2];
        for axis in 0..3 {
            let (_, len, inner) = crate::ops::around(&shape, axis);
            let mut taken_shape = shape;
            taken_shape[axis] = 5;
            let count: usize = taken_shape.iter().product();
            let indices: Vec<i64> = (0..count).map(|k| INDICES[k % 6]).collect();
            let from = |k: usize| (k / (5 * inner) * len + position(indices[k], len)) * inner + k % inner;
            check(
                &[&shape],
                &|x| x[0].take_along_axis(x[0].graph().constant(indices.clone(), &taken_shape), axis),
                |x| (0..count).map(|k| x[0][from(k)]).collect(),
            );
        }
    }

    #[test]
    fn gradients_add_up_alike_on_any_number_of_threads() {
        let indices: Vec<i64> = (0..4000i64).map(|k| k * k % 97).collect();
        let inputs: [(&[usize], Buffer); 3] = [
            (&[97, 40], Buffer::F64(noise(97 * 40, 1)).cast(DType::F32)),
            (&[4000], indices.clone().into()),
            (&[4000, 40], Buffer::F64(noise(4000 * 40, 2)).cast(DType::F32)),
        ];
        let run = |threads| {
            evaluate_on(threads, &inputs, &|x| {
                let loss = (x[0].gather(x[1], 0) * x[2]).sum_all();
                vec![x[0].graph().gradients(loss, &[x[0]])[0].unwrap_or(loss)]
            })
            .remove(0)
        };
        let found = run(1);
        assert_eq!(found, run(2));
        let weights = inputs[2].1.as_slice().to_f64();
        let mut expected = vec![0.0; 97 * 40];
        (0..4000 * 40).for_each(|k| expected[indices[k / 40] as usize * 40 + k % 40] += weights[k]);
        crate::testing::assert_close(&found.as_slice().to_f64(), &expected, 1e-5);
    }

    #[test]
    fn second_gradients_are_gathers() {
        check_gradients(&[&[3, 2]], &[noise(6, 1)], &|x| {
            let taken = x[0].gather(x[0].graph().constant(INDICES.to_vec(), &[6]), 0);
            x[0].graph().gradients((taken * taken).sum_all(), x)[0].unwrap_or(taken)
        });
    }

    #[test]
    fn refuses_what_can_not_be_taken() {
        let types: [(DType, &[usize]); 4] =
            [(DType::F32, &[2, 3]), (DType::I64, &[2]), (DType::F32, &[2, 0]), (DType::I64, &[1, 2])];
        assert!(error_of(&types, &|x| x[0].gather(x[0], 0)).is_some());
        assert!(error_of(&types, &|x| x[0].gather(x[1], 2)).is_some());
        assert!(error_of(&types, &|x| x[2].gather(x[1], 1)).is_some());
        assert!(error_of(&types, &|x| x[0].take_along_axis(x[1], 1)).is_some());
        assert!(error_of(&types, &|x| x[0].take_along_axis(x[3], 1)).is_some());
        assert!(error_of(&types, &|x| x[0].take_along_axis(x[3], 2)).is_some());
    }
}
