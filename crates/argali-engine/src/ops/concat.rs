//! Tensors one after the other along an axis.

use super::{around, check_axis};
use crate::graph::Graph;
use crate::operation::{Differentiated, Io, Operation, OperationError, TensorType};
use crate::parallel::for_each_chunk;
use crate::value::Value;
use crate::with_element;

/// Tensors one after the other along an axis.
#[derive(Clone, Copy, Debug)]
pub struct Concat(pub usize);

impl Operation for Concat {
    fn name(&self) -> &'static str {
        "concat"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let first = inputs.first().ok_or("takes at least one tensor, found 0")?;
        check_axis(first, self.0)?;
        let mut joined = first.clone();
        for x in &inputs[1..] {
            let mut like = x.clone();
            if let Some(len) = like.shape.get_mut(self.0) {
                *len = first.shape[self.0];
            }
            if like != *first {
                return Err(format!("{first} and {x} differ in more than the length of axis {}", self.0));
            }
            joined.shape[self.0] += x.shape[self.0];
        }
        Ok(vec![joined])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (_, along, inner) = around(io.outputs.shape(0), self.0);
        let row = along * inner;
        let inputs = io.inputs;
        with_element!(io.dtype(), T => {
            let rows = (1usize << 13).div_ceil(row.max(1));
            for_each_chunk(io.outputs.get::<T>(0), rows * row, 1, |i, y| {
                let mut column = 0;
                for input in 0..inputs.count() {
                    let part = inputs.shape(input)[self.0] * inner;
                    if part > 0 {
                        let x = inputs.get::<T>(input)[i * rows * part..].chunks_exact(part);
                        y.chunks_exact_mut(row).zip(x).for_each(|(y, x)| y[column..column + part].copy_from_slice(x));
                    }
                    column += part;
                }
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let g = at.gradient();
        let mut start = 0;
        let mut gradients = Vec::new();
        for (x, wanted) in at.inputs.iter().zip(&at.wanted) {
            let end = start + x.shape()[self.0];
            gradients.push(wanted.then(|| g.slice(self.0, start, end, 1)));
            start = end;
        }
        gradients
    }
}

impl Graph {
    /// Tensors one after the other along an axis; they have the same shape but for that axis.
    pub fn concat<'g>(&'g self, values: &[Value<'g>], axis: usize) -> Value<'g> {
        match values {
            [one] if axis < one.rank() => *one,
            _ => self.apply_one(Concat(axis), values),
        }
    }

    /// Tensors of one shape, one after the other along a new axis put in before `axis`.
    pub fn stack<'g>(&'g self, values: &[Value<'g>], axis: usize) -> Value<'g> {
        if let Some(x) = values.iter().find(|v| axis > v.rank()) {
            let message = format!("axis {axis} of {} with a new axis", x.tensor_type());
            self.fail(OperationError { operation: "stack", message });
        }
        self.concat(&values.iter().map(|v| v.expand_dims(axis)).collect::<Vec<_>>(), axis)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, error_of, evaluate_buffers};
    use crate::{Buffer, DType};

    #[test]
    fn joins_along_each_axis() {
        let columns = |x: &[Vec<f64>]| {
            (0..2).flat_map(|r| [&x[0][r * 3..][..3], &x[1][r * 2..][..2], &x[2][r..][..1]].concat()).collect()
        };
        check(&[&[2, 3], &[2, 2], &[2, 1]], &|x| x[0].graph().concat(x, 1), columns);
        check(&[&[2, 3], &[1, 3], &[0, 3]], &|x| x[0].graph().concat(x, 0), |x| x.concat());
        check(&[&[2, 0], &[2, 0]], &|x| x[0].graph().concat(x, 1), |_| Vec::new());
        check(&[&[2, 3]], &|x| x[0].graph().concat(x, 1), |x| x[0].clone());
    }

    #[test]
    fn joins_a_tensor_with_itself() {
        check(&[&[3]], &|x| x[0].graph().concat(&[x[0], x[0]], 0), |x| [&x[0][..], &x[0]].concat());
    }

    #[test]
    fn stacks() {
        let interleaved = |x: &[Vec<f64>]| x[0].iter().zip(&x[1]).flat_map(|(a, b)| [*a, *b]).collect();
        check(&[&[2, 3], &[2, 3]], &|x| x[0].graph().stack(x, 2), interleaved);
        check(&[&[2, 3], &[2, 3]], &|x| x[0].graph().stack(x, 0), |x| x.concat());
        let found = evaluate_buffers(&[(&[], vec![4i64].into())], &|x| vec![x[0].graph().stack(&[x[0], x[0]], 0)]);
        assert_eq!(found, [Buffer::I64(vec![4, 4])]);
    }

    #[test]
    fn refuses_tensors_that_do_not_join() {
        let refused = |types: &[(DType, &[usize])], axis| error_of(types, &|x| x[0].graph().concat(x, axis)).is_some();
        assert!(refused(&[(DType::F32, &[2, 3]), (DType::F32, &[3, 3])], 1));
        assert!(refused(&[(DType::F32, &[2]), (DType::F32, &[2, 3])], 0));
        assert!(refused(&[(DType::F32, &[2]), (DType::F64, &[2])], 0));
        assert!(refused(&[(DType::F32, &[2]), (DType::F32, &[2])], 1));
        assert!(refused(&[(DType::F32, &[2])], 1));
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].graph().concat(&[], 0)).is_some());
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].graph().stack(&[], 0)).is_some());
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].graph().stack(x, 2)).is_some());
        assert!(error_of(&[(DType::F32, &[2]), (DType::F32, &[3])], &|x| x[0].graph().stack(x, 0)).is_some());
    }
}
