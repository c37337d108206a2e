//! Copies of a tensor: to storage of its own, to another element type, or cut off from differentiation.

use crate::buffer::{DType, Element};
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::value::Value;
use crate::with_element;

/// The same elements in storage of their own.
#[derive(Clone, Copy, Debug)]
pub struct Copy;

impl Operation for Copy {
    fn name(&self) -> &'static str {
        "copy"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        Ok(inputs.to_vec())
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        with_element!(io.dtype(), T => io.outputs.get::<T>(0).copy_from_slice(io.inputs.get::<T>(0)))
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![Some(at.gradient())]
    }
}

/// The same elements in another type; floats become integers by truncation toward zero.
#[derive(Clone, Copy, Debug)]
pub struct Cast(pub DType);

impl Operation for Cast {
    fn name(&self) -> &'static str {
        "cast"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        Ok(inputs.iter().map(|x| TensorType::new(self.0, &x.shape[..])).collect())
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let from = io.inputs.tensor_type(0).dtype;
        with_element!(from, S => with_element!(self.0, T => {
            for (y, x) in io.outputs.get::<T>(0).iter_mut().zip(io.inputs.get::<S>(0)) {
                *y = T::from_f64(x.to_f64());
            }
        }))
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let from = at.inputs[0].dtype();
        vec![(from.is_float() && self.0.is_float()).then(|| at.gradient().cast(from))]
    }
}

/// The same tensor, through which no gradient passes.
#[derive(Clone, Copy, Debug)]
pub struct StopGradient;

impl Operation for StopGradient {
    fn name(&self) -> &'static str {
        "stop_gradient"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        Ok(inputs.to_vec())
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        Copy.run(io);
    }

    fn gradient<'g>(&self, _: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![None]
    }

    fn is_view(&self) -> bool {
        true
    }
}

impl<'g> Value<'g> {
    /// The same elements in another type; floats become integers by truncation toward zero.
    #[must_use = "a new tensor is returned"]
    pub fn cast(self, dtype: DType) -> Self {
        if self.dtype() == dtype { self } else { self.graph().apply_one(Cast(dtype), &[self]) }
    }

    /// The same tensor, taken as a constant when the graph is differentiated.
    #[must_use = "a new tensor is returned"]
    pub fn stop_gradient(self) -> Self {
        self.graph().apply_one(StopGradient, &[self])
    }
}
