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

#[cfg(test)]
mod tests {
    use crate::testing::{check, check_values, error_of, evaluate, evaluate_buffers, noise};
    use crate::{Buffer, DType, Graph};

    fn choose(condition: f64, yes: f64, no: f64) -> f64 {
        if condition != 0.0 { yes } else { no }
    }

    #[test]
    fn chooses_by_element_and_broadcasts() {
        let condition = [0.0, 1.0, -2.0, -0.0, 1e-300, 0.0];
        let all = |x: &[Vec<f64>]| (0..6).map(|k| choose(condition[k], x[0][k], x[1][k])).collect();
        check(&[&[6], &[6]], &|x| x[0].graph().constant(condition.to_vec(), &[6]).select(x[0], x[1]), all);
        let spread = |x: &[Vec<f64>]| (0..12).map(|k| choose(condition[k / 4], x[0][k % 4], x[1][0])).collect();
        check(&[&[1, 4], &[]], &|x| x[0].graph().constant(condition[..3].to_vec(), &[3, 1]).select(x[0], x[1]), spread);
        check(&[&[0, 4], &[4]], &|x| x[0].graph().iota(DType::I64, 4).select(x[0], x[1]), |_| Vec::new());
    }

    #[test]
    fn chooses_over_many_blocks() {
        let shapes: [&[usize]; 3] = [&[70, 1], &[700], &[70, 700]];
        let data: Vec<_> = shapes.iter().map(|s| noise(s.iter().product(), 3)).collect();
        check_values(&shapes, &data, &|x| x[0].relu().select(x[1], x[2]), |x| {
            (0..70 * 700).map(|k| choose(x[0][k / 700].max(0.0), x[1][k % 700], x[2][k])).collect()
        });
    }

    #[test]
    fn what_is_not_chosen_leaves_no_trace() {
        let nan = f64::NAN;
        let data = [vec![1.0, 0.0], vec![4.0, nan], vec![nan, 5.0]];
        let shapes: [&[usize]; 3] = [&[2]; 3];
        assert_eq!(evaluate(&shapes, &data, &|x| x[0].select(x[1], x[2])), [4.0, 5.0]);
        for (input, expected) in [(1, [1.0, 0.0]), (2, [0.0, 1.0])] {
            let gradient = evaluate(&shapes, &data, &|x| {
                let chosen = x[0].select(x[1], x[2]);
                x[0].graph().gradients(chosen.sum_all(), x)[input].unwrap_or(chosen)
            });
            assert_eq!(gradient, expected);
        }
    }

    #[test]
    fn integers_are_chosen_and_choose() {
        let inputs: [(&[usize], Buffer); 2] = [(&[3], vec![0i64, -1, 2].into()), (&[3], vec![7i64, 8, 9].into())];
        let found = evaluate_buffers(&inputs, &|x| vec![x[0].select(x[1], x[0]), x[0].equal_to(x[1], DType::F32)]);
        assert_eq!(found, [Buffer::I64(vec![0, 8, 9]), Buffer::F32(vec![0.0; 3])]);
    }

    #[test]
    fn compares_tensors_of_any_type() {
        let labels: Buffer = vec![1i64, 2, 1 << 60].into();
        let classes: Buffer = vec![1i64, (1 << 60) + 1].into();
        let found = evaluate_buffers(&[(&[3, 1], labels), (&[2], classes)], &|x| vec![x[0].equal_to(x[1], DType::F64)]);
        assert_eq!(found, [Buffer::F64(vec![1.0, 0.0, 0.0, 0.0, 0.0, 0.0])]);
        let floats: Buffer = vec![1.0f32, f32::NAN].into();
        let found = evaluate_buffers(&[(&[2], floats)], &|x| vec![x[0].equal_to(x[0], DType::I64)]);
        assert_eq!(found, [Buffer::I64(vec![1, 0])]);
    }

    #[test]
    fn refuses_mixed_types_and_shapes() {
        let types: [(DType, &[usize]); 3] = [(DType::F32, &[2]), (DType::F64, &[2]), (DType::F32, &[3])];
        assert!(error_of(&types, &|x| x[0].select(x[0], x[1])).is_some());
        assert!(error_of(&types, &|x| x[0].select(x[0], x[2])).is_some());
        assert!(error_of(&types, &|x| x[0].equal_to(x[1], DType::F32)).is_some());
        assert!(error_of(&types, &|x| x[0].equal_to(x[2], DType::F32)).is_some());
        assert_eq!(Graph::new().iota(DType::I64, 0).shape(), [0]);
    }
}
