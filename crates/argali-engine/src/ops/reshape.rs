//! The same elements under another shape.

use super::product;
use crate::operation::{Differentiated, Io, Operation, OperationError, TensorType};
use crate::value::Value;

/// The same elements, row-major, under another shape. Costs nothing.
#[derive(Clone, Debug)]
pub struct Reshape(pub Vec<usize>);

impl Operation for Reshape {
    fn name(&self) -> &'static str {
        "reshape"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        match inputs {
            [x] if x.len() == product(&self.0) => Ok(vec![TensorType::new(x.dtype, &self.0[..])]),
            [x] => Err(format!("{x} has {} elements, shape {:?} takes {}", x.len(), self.0, product(&self.0))),
            _ => Err(format!("takes one tensor, found {}", inputs.len())),
        }
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        super::Copy.run(io);
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![Some(at.gradient().reshape(&at.inputs[0].shape()))]
    }

    fn is_view(&self) -> bool {
        true
    }
}

impl<'g> Value<'g> {
    /// The same elements, row-major, under another shape with as many of them.
    #[must_use = "a new tensor is returned"]
    pub fn reshape(self, shape: &[usize]) -> Self {
        if self.shape() == shape { self } else { self.graph().apply_one(Reshape(shape.to_vec()), &[self]) }
    }

    /// The tensor with an axis of length 1 put in before `axis`, or last if `axis` is the rank.
    #[must_use = "a new tensor is returned"]
    pub fn expand_dims(self, axis: usize) -> Self {
        let mut shape = self.shape();
        if axis > shape.len() {
            return self.no_axis("expand_dims", axis);
        }
        shape.insert(axis, 1);
        self.reshape(&shape)
    }

    /// The tensor without an axis of length 1.
    #[must_use = "a new tensor is returned"]
    pub fn squeeze(self, axis: usize) -> Self {
        let mut shape = self.shape();
        if axis >= shape.len() {
            return self.no_axis("squeeze", axis);
        }
        shape.remove(axis);
        self.reshape(&shape)
    }

    fn no_axis(self, operation: &'static str, axis: usize) -> Self {
        let ty = self.tensor_type();
        let message = format!("axis {axis} of {ty}, which has {} axes", ty.shape.len());
        self.graph().fail(OperationError { operation, message });
        self
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, error_of, evaluate_buffers};
    use crate::{Buffer, DType};

    #[test]
    fn keeps_elements_and_their_order() {
        check(&[&[2, 3]], &|x| x[0].reshape(&[3, 1, 2]) * 2.0, |x| x[0].iter().map(|v| v * 2.0).collect());
        check(&[&[2, 3]], &|x| x[0].reshape(&[6]).reshape(&[2, 3]) + x[0], |x| x[0].iter().map(|v| v + v).collect());
        check(&[&[2, 0]], &|x| x[0].reshape(&[0, 7]), |_| Vec::new());
        let found = evaluate_buffers(&[(&[2, 1], vec![1i64, 2].into())], &|x| vec![x[0].squeeze(1).expand_dims(0)]);
        assert_eq!(found, [Buffer::I64(vec![1, 2])]);
    }

    #[test]
    fn refuses_another_number_of_elements() {
        assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].reshape(&[5])).is_some());
        assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].squeeze(0)).is_some());
        assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].squeeze(2)).is_some());
        assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].expand_dims(4)).is_some());
        assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].reshape(&[usize::MAX, 2, 3])).is_some());
    }
}
