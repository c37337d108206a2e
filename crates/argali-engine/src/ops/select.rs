//! A choice between two tensors, and the comparison of tensors of any type.

use super::broadcast::broadcast_shape;
use super::walk::Walk;
use crate::buffer::{DType, Element};
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::with_element;

/// Elements of the second tensor where the first is not zero, else of the third. All broadcast against each other.
#[derive(Clone, Copy, Debug)]
pub struct Select;

/// Elements that are worked on at a time.
const BLOCK: usize = 256;

/// Calls `f` with the position and elements of each block of a chunk that begins at position `start`.
fn each_block<T>(start: usize, y: &mut [T], mut f: impl FnMut(usize, &mut [T])) {
    y.chunks_mut(BLOCK).enumerate().for_each(|(b, y)| f(start + b * BLOCK, y));
}

fn common_shape(inputs: &[TensorType]) -> Result<Vec<usize>, String> {
    let mut shape = Vec::new();
    for x in inputs {
        let joined = broadcast_shape(&shape, &x.shape);
        shape = joined.ok_or_else(|| format!("shapes {shape:?} and {:?} do not broadcast", x.shape))?;
    }
    Ok(shape)
}

impl Operation for Select {
    fn name(&self) -> &'static str {
        "select"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        match inputs {
            [_, yes, no] if yes.dtype == no.dtype => Ok(vec![TensorType::new(yes.dtype, common_shape(inputs)?)]),
            [_, yes, no] => Err(format!("chooses between tensors of one type, found {yes} and {no}")),
            _ => Err(format!("takes three tensors, found {}", inputs.len())),
        }
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let inputs = io.inputs;
        let walk = |index: usize| Walk::new(inputs.shape(index), io.outputs.shape(0));
        let (where_condition, where_yes, where_no) = (walk(0), walk(1), walk(2));
        with_element!(inputs.tensor_type(0).dtype, C => with_element!(io.dtype(), T => {
            let (condition, yes, no) = (inputs.get::<C>(0), inputs.get::<T>(1), inputs.get::<T>(2));
            for_each_chunk(io.outputs.get::<T>(0), CHUNK, 3, |i, y| each_block(i * CHUNK, y, |start, y| {
                let mut conditions = [C::default(); BLOCK];
                let mut chosen = [T::default(); BLOCK];
                let (conditions, chosen) = (&mut conditions[..y.len()], &mut chosen[..y.len()]);
                where_condition.copy(condition, start, conditions);
                where_yes.copy(yes, start, chosen);
                where_no.copy(no, start, y);
                for ((y, yes), condition) in y.iter_mut().zip(chosen).zip(conditions) {
                    *y = if *condition != C::default() { *yes } else { *y };
                }
            }));
        }))
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (condition, g) = (at.inputs[0], at.gradient());
        let zero = g.graph().full(g.dtype(), &[], 0.0);
        let yes = || condition.select(g, zero).sum_to(&at.inputs[1].shape());
        let no = || condition.select(zero, g).sum_to(&at.inputs[2].shape());
        let wanted = |input: usize| at.wanted[input] && g.dtype().is_float();
        vec![None, wanted(1).then(yes), wanted(2).then(no)]
    }
}

/// 1 where the elements of two tensors of one type, integers too, are equal, else 0, as numbers of the given type.
#[derive(Clone, Copy, Debug)]
pub struct EqualTo(pub DType);

impl Operation for EqualTo {
    fn name(&self) -> &'static str {
        "equal_to"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        match inputs {
            [a, b] if a.dtype == b.dtype => Ok(vec![TensorType::new(self.0, common_shape(inputs)?)]),
            [a, b] => Err(format!("compares tensors of one type, found {a} and {b}")),
            _ => Err(format!("takes two tensors, found {}", inputs.len())),
        }
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let inputs = io.inputs;
        let walk = |index: usize| Walk::new(inputs.shape(index), io.outputs.shape(0));
        let (where_a, where_b) = (walk(0), walk(1));
        with_element!(inputs.tensor_type(0).dtype, S => with_element!(self.0, T => {
            let (a, b) = (inputs.get::<S>(0), inputs.get::<S>(1));
            for_each_chunk(io.outputs.get::<T>(0), CHUNK, 3, |i, y| each_block(i * CHUNK, y, |start, y| {
                let mut left = [S::default(); BLOCK];
                let mut right = [S::default(); BLOCK];
                let (left, right) = (&mut left[..y.len()], &mut right[..y.len()]);
                where_a.copy(a, start, left);
                where_b.copy(b, start, right);
                for ((y, a), b) in y.iter_mut().zip(left).zip(right) {
                    *y = T::from_f64(if a == b { 1.0 } else { 0.0 });
                }
            }));
        }))
    }

    fn gradient<'g>(&self, _: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![None, None]
    }
}

impl<'g> Value<'g> {
    /// Elements of `yes` where this tensor, of any type, is not zero, else of `no`; all broadcast against each other.
    ///
    /// What is not chosen leaves no trace, not even NaN, in the result or the gradients.
    #[must_use = "a new tensor is returned"]
    pub fn select(self, yes: Self, no: Self) -> Self {
        self.graph().apply_one(Select, &[self, yes, no])
    }

    /// 1 where the two tensors' elements are equal, else 0, as numbers of type `dtype`; the tensors may hold integers.
    #[must_use = "a new tensor is returned"]
    pub fn equal_to(self, other: Self, dtype: DType) -> Self {
        self.graph().apply_one(EqualTo(dtype), &[self, other])
    }
}
