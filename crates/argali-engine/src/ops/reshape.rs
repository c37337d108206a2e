//! The same elements under another shape.

use super::product;
use crate::operation::{Differentiated, Io, Operation, TensorType};
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

    /// The tensor with an axis of length 1 put in before `axis`.
    #[must_use = "a new tensor is returned"]
    pub fn expand_dims(self, axis: usize) -> Self {
        let mut shape = self.shape();
        shape.insert(axis.min(shape.len()), 1);
        self.reshape(&shape)
    }

    /// The tensor without an axis of length 1.
    #[must_use = "a new tensor is returned"]
    pub fn squeeze(self, axis: usize) -> Self {
        let mut shape = self.shape();
        if axis < shape.len() {
            shape.remove(axis);
        }
        self.reshape(&shape)
    }
}
