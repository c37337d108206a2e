//! Operations that the optimiser puts together: a product or convolution and the element-wise operations after it.

mod separable;
mod stages;

use super::conv::{self, Conv, Geometry};
use super::matmul::{self, MatMul};
use crate::buffer::DType;
use crate::operation::{Differentiated, Inputs, Io, Operation, OperationError, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::simd::Vectors;
use crate::value::Value;
use crate::with_real;
use separable::{Half, Separable};
pub(crate) use stages::Stage;
use stages::Stages;

/// What makes the rows that the stages are applied to.
#[derive(Clone, Debug)]
pub(crate) enum Producer {
    /// Nothing: they are the input's.
    Input,
    MatMul(MatMul),
    Conv(Conv),
    /// A depthwise convolution with stages of its own, and a convolution that takes every position by itself.
    Separable {
        depthwise: Conv,
        between: Vec<Stage>,
    },
}

/// A producer and the stages its output goes through, with the shape of what comes out.
///
/// Inputs are the producer's, then the operands of the stages in order. A separable producer's are the input, the
/// depthwise kernel, the operands of the stages between, and the pointwise kernel.
#[derive(Clone, Debug)]
pub(crate) struct Fused {
    pub(crate) producer: Producer,
    pub(crate) stages: Vec<Stage>,
    pub(crate) shape: Vec<usize>,
}

impl Fused {
    /// Number of inputs that are the producer's.
    pub(crate) fn producer_inputs(&self) -> usize {
        match &self.producer {
            Producer::Input => 1,
            Producer::MatMul(_) | Producer::Conv(_) => 2,
            Producer::Separable { between, .. } => 3 + between.iter().map(|s| s.operands()).sum::<usize>(),
        }
    }

    fn tail<'a, 'o>(&'a self, inputs: Inputs<'a, 'o>) -> Stages<'a, 'o> {
        let columns = self.shape.last().copied().unwrap_or(1).max(1);
        Stages { stages: &self.stages, inputs, first: self.producer_inputs(), columns }
    }

    fn separable(&self, x: &TensorType, kernel: &TensorType) -> Option<Separable> {
        let Producer::Separable { depthwise, .. } = &self.producer else { return None };
        let geometry = Geometry::of_input(&depthwise.windows, depthwise.groups, x, kernel).ok()?;
        Some(Separable { depthwise: geometry, cout: self.shape.last().copied()? })
    }

    fn compute<T: Vectors>(&self, io: &mut Io<'_, '_>) {
        let in_place = io.in_place().is_some();
        let (inputs, y, scratch) = io.split::<T>();
        let tail = self.tail(inputs);
        let (epilogue, rest) = tail.split();
        let rest = |start: usize, y: &mut [T]| rest.apply(start, y);
        match &self.producer {
            Producer::Input => apply_to_input(&tail, in_place, y),
            Producer::MatMul(product) => matmul::run(product, inputs, epilogue, &rest, y, scratch),
            Producer::Conv(convolution) => conv::run(convolution, inputs, epilogue, &rest, y, scratch),
            Producer::Separable { between, .. } => {
                let Some(separable) = self.separable(inputs.tensor_type(0), inputs.tensor_type(1)) else { return };
                let columns = separable.depthwise.cout.max(1);
                let (inner, after) = Stages { stages: between, inputs, first: 2, columns }.split();
                let pointwise = inputs.get(self.producer_inputs() - 1);
                let after = |start: usize, y: &mut [T]| after.apply(start, y);
                let depthwise = Half { kernel: inputs.get(1), epilogue: inner, rest: &after };
                let pointwise = Half { kernel: pointwise, epilogue, rest: &rest };
                separable.run(inputs.get(0), &depthwise, &pointwise, y, scratch);
            }
        }
    }

    fn scratch_of<T: Vectors>(&self, inputs: &[TensorType]) -> usize {
        match &self.producer {
            Producer::Input => 0,
            Producer::MatMul(product) => product.scratch(&inputs[..2], &[]),
            Producer::Conv(convolution) => convolution.scratch(&inputs[..2], &[]),
            Producer::Separable { .. } => self.separable(&inputs[0], &inputs[1]).map_or(0, |s| s.scratch::<T>()),
        }
    }
}

/// Applies stages chunk by chunk, to a copy of the input unless it is in the output already.
fn apply_to_input<T: Vectors>(stages: &Stages<'_, '_>, in_place: bool, y: &mut [T]) {
    let chunk = (CHUNK / stages.columns).max(1) * stages.columns;
    let x = if in_place { &[] } else { stages.inputs.get::<T>(0) };
    for_each_chunk(y, chunk, 4 * stages.stages.len(), |index, y| {
        if !in_place {
            y.copy_from_slice(&x[index * chunk..][..y.len()]);
        }
        stages.apply(index * chunk, y);
    });
}

impl Operation for Fused {
    fn name(&self) -> &'static str {
        match self.producer {
            Producer::Input => "fused_map",
            Producer::MatMul(_) => "fused_matmul",
            Producer::Conv(_) => "fused_conv",
            Producer::Separable { .. } => "fused_separable_conv",
        }
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = inputs.first().ok_or("takes at least one tensor, found 0")?;
        Ok(vec![TensorType::new(x.dtype, &self.shape[..])])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        with_real!(io.dtype(), T => self.compute::<T>(io))
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let message = "has no gradient: operations are put together after differentiation".into();
        at.inputs[0].graph().fail(OperationError { operation: self.name(), message });
        vec![None; at.inputs.len()]
    }

    fn in_place(&self) -> &'static [usize] {
        if matches!(self.producer, Producer::Input) { &[0] } else { &[] }
    }

    fn scratch(&self, inputs: &[TensorType], _: &[TensorType]) -> usize {
        match inputs[0].dtype {
            DType::F32 => self.scratch_of::<f32>(inputs),
            _ => self.scratch_of::<f64>(inputs),
        }
    }
}
