//! Copies of a tensor: to storage of its own, to another element type, or cut off from differentiation.

use crate::buffer::{DType, Element};
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
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
        with_element!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            for_each_chunk(io.outputs.get::<T>(0), CHUNK, 1, |i, y| y.copy_from_slice(&x[i * CHUNK..][..y.len()]));
        })
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
            let x = io.inputs.get::<S>(0);
            for_each_chunk(io.outputs.get::<T>(0), CHUNK, 1, |i, y| {
                y.iter_mut().zip(&x[i * CHUNK..]).for_each(|(y, x)| *y = T::from_f64(x.to_f64()));
            });
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

#[cfg(test)]
mod tests {
    use crate::testing::{check, error_of, evaluate, evaluate_buffers};
    use crate::{Buffer, DType};

    #[test]
    fn casts_between_all_types() {
        let floats = vec![1.9, -1.9, 1e300, f64::NAN, -0.0];
        let found = evaluate_buffers(&[(&[5], floats.into())], &|x| vec![x[0].cast(DType::I64), x[0].cast(DType::F32)]);
        assert_eq!(found[0], Buffer::I64(vec![1, -1, i64::MAX, 0, 0]));
        assert_eq!(format!("{:?}", found[1]), "F32([1.9, -1.9, inf, NaN, -0.0])");
        let integers = vec![3i64, -(1 << 53) - 1, i64::MAX];
        let found = evaluate_buffers(&[(&[3], integers.clone().into())], &|x| {
            vec![x[0].cast(DType::I64), x[0].cast(DType::F64), x[0].cast(DType::F32)]
        });
        assert_eq!(found[0], Buffer::I64(integers));
        assert_eq!(found[1], Buffer::F64(vec![3.0, -9_007_199_254_740_992.0, 9_223_372_036_854_775_807.0]));
        assert_eq!(found[2], Buffer::F32(vec![3.0, -9_007_199_254_740_992.0, 9_223_372_036_854_775_807.0]));
    }

    #[test]
    fn casts_many_elements() {
        let integers: Vec<i64> = (0..50_000).collect();
        let found = evaluate_buffers(&[(&[50_000], integers.into())], &|x| vec![x[0].cast(DType::F32)]);
        assert_eq!(found, [Buffer::F32((0..50_000).map(|k| k as f32).collect())]);
    }

    #[test]
    fn gradients_pass_between_floats_only() {
        let gradient = evaluate(&[&[2]], &[vec![0.5, 2.0]], &|x| {
            let y = x[0].cast(DType::F32).square().cast(DType::F64) + x[0].cast(DType::I64).cast(DType::F64) * 5.0;
            x[0].graph().gradients(y.sum_all(), x)[0].unwrap_or(x[0])
        });
        assert_eq!(gradient, [1.0, 4.0]);
    }

    #[test]
    fn nothing_passes_a_stopped_gradient() {
        let gradient = evaluate(&[&[2]], &[vec![0.5, 2.0]], &|x| {
            let y = x[0] * x[0].stop_gradient();
            x[0].graph().gradients(y.sum_all(), x)[0].unwrap_or(x[0])
        });
        assert_eq!(gradient, [0.5, 2.0]);
        let whole = |x: &[crate::Value<'_>]| x[0].graph().gradients(x[0].stop_gradient().sum_all(), x)[0].is_none();
        let graph = crate::Graph::new();
        assert!(whole(&[graph.input(DType::F32, &[2])]));
        check(&[&[3]], &|x| x[0].stop_gradient() * 0.0 + x[0], |x| x[0].clone());
        assert!(error_of(&[(DType::I64, &[2])], &|x| x[0].cast(DType::F32).exp()).is_none());
    }
}
