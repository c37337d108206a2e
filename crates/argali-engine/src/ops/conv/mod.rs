//! Convolutions, channels last: forward, transposed, and the gradient with respect to the kernel.
//!
//! The three are closed under differentiation: the gradients of each are made of the other two.

mod dense;
pub(crate) mod depthwise;
mod flat;
mod geometry;
mod kernel_gradient;
mod rows;
#[cfg(test)]
mod tests;

use super::two_real;
use super::window::Window;
use crate::buffer::DType;
use crate::operation::{Differentiated, Inputs, Io, Operation, TensorType};
use crate::parallel::task_rows;
use crate::product::Epilogue;
use crate::simd::Vectors;
use crate::value::Value;
use crate::with_real;
pub(crate) use geometry::Geometry;

/// Rows that are worked on while they are in cache.
pub(crate) const TILE: usize = 128;

/// Fewest rows of a task; enough for a second thread to pay.
const LEAST_TASK: usize = 32;

/// Rows of the output that one task computes.
pub(crate) fn task(g: &Geometry) -> usize {
    task_rows(g.output_rows(), LEAST_TASK)
}

/// Convolution (cross-correlation, as everywhere in the field) of `[batch, spatial.., cin]` with a kernel
/// `[size.., cin / groups, cout]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conv {
    /// How the kernel slides along each spatial axis.
    pub windows: Vec<Window>,
    /// Groups of channels that are convolved separately; as many as input channels is a depthwise convolution.
    pub groups: usize,
}

/// The transpose of [`Conv`] with respect to its input: of `[batch, positions.., cout]` with a kernel
/// `[size.., cin / groups, cout]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvTranspose {
    /// How the kernel of the convolution that is transposed slides along each spatial axis of the result.
    pub windows: Vec<Window>,
    /// Groups of channels.
    pub groups: usize,
    /// Spatial lengths of the result.
    pub lengths: Vec<usize>,
}

/// The gradient of [`Conv`] with respect to its kernel, from its input and the gradient of its output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvKernelGradient {
    /// How the kernel slides along each spatial axis.
    pub windows: Vec<Window>,
    /// Groups of channels.
    pub groups: usize,
}

/// Runs a convolution, with `rest` applied to what the epilogue wrote, given the index of its first element.
pub(crate) fn run<T: Vectors>(
    conv: &Conv,
    inputs: Inputs<'_, '_>,
    epilogue: Epilogue<'_, T>,
    rest: &(dyn Fn(usize, &mut [T]) + Sync),
    y: &mut [T],
    scratch: &mut [T],
) {
    let (x, kernel) = (inputs.tensor_type(0), inputs.tensor_type(1));
    let Ok(g) = Geometry::of_input(&conv.windows, conv.groups, x, kernel) else { return };
    if g.is_depthwise() {
        depthwise::forward(&g, inputs.get(0), inputs.get(1), epilogue, rest, y, scratch);
    } else {
        dense::forward(&g, inputs.get(0), inputs.get(1), epilogue, rest, y, scratch);
    }
}

impl Operation for Conv {
    fn name(&self) -> &'static str {
        "conv"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let (x, kernel) = two_real(inputs)?;
        let g = Geometry::of_input(&self.windows, self.groups, x, kernel)?;
        Ok(vec![TensorType::new(x.dtype, g.output_shape(self.windows.len()))])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        with_real!(io.dtype(), T => {
            let (inputs, y, scratch) = io.split::<T>();
            run(self, inputs, Epilogue::NONE, &|_, _| (), y, scratch);
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (x, kernel, dy) = (at.inputs[0], at.inputs[1], at.gradient());
        let shape = x.shape();
        let lengths = &shape[1..shape.len() - 1];
        let dx = || dy.conv_transpose(kernel, &self.windows, self.groups, lengths);
        let dkernel = || x.conv_kernel_gradient(dy, &self.windows, self.groups);
        vec![at.wanted[0].then(dx), at.wanted[1].then(dkernel)]
    }

    fn scratch(&self, inputs: &[TensorType], _: &[TensorType]) -> usize {
        let Ok(g) = Geometry::of_input(&self.windows, self.groups, &inputs[0], &inputs[1]) else { return 0 };
        match inputs[0].dtype {
            DType::F32 if g.is_depthwise() => depthwise::forward_scratch::<f32>(&g),
            _ if g.is_depthwise() => depthwise::forward_scratch::<f64>(&g),
            DType::F32 => dense::forward_scratch::<f32>(&g),
            _ => dense::forward_scratch::<f64>(&g),
        }
    }

    fn macs(&self, inputs: &[TensorType], _: &[TensorType]) -> u64 {
        Geometry::of_input(&self.windows, self.groups, &inputs[0], &inputs[1]).map_or(0, |g| g.macs())
    }
}

impl ConvTranspose {
    fn geometry(&self, y: &TensorType, kernel: &TensorType) -> Result<Geometry, String> {
        Geometry::of_output(&self.windows, self.groups, &self.lengths, y, kernel)
    }
}

impl Operation for ConvTranspose {
    fn name(&self) -> &'static str {
        "conv_transpose"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let (y, kernel) = two_real(inputs)?;
        let g = self.geometry(y, kernel)?;
        Ok(vec![TensorType::new(y.dtype, g.input_shape(self.windows.len()))])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let Ok(g) = self.geometry(io.inputs.tensor_type(0), io.inputs.tensor_type(1)) else { return };
        with_real!(io.dtype(), T => {
            let (inputs, x, scratch) = io.split::<T>();
            let (y, kernel) = (inputs.get(0), inputs.get(1));
            if g.is_depthwise() {
                depthwise::transposed(&g, y, kernel, x, scratch);
            } else {
                dense::transposed(&g, y, kernel, x, scratch);
            }
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (y, kernel, dx) = (at.inputs[0], at.inputs[1], at.gradient());
        let dy = || dx.conv(kernel, &self.windows, self.groups);
        let dkernel = || dx.conv_kernel_gradient(y, &self.windows, self.groups);
        vec![at.wanted[0].then(dy), at.wanted[1].then(dkernel)]
    }

    fn scratch(&self, inputs: &[TensorType], _: &[TensorType]) -> usize {
        let Ok(g) = self.geometry(&inputs[0], &inputs[1]) else { return 0 };
        match inputs[0].dtype {
            DType::F32 if g.is_depthwise() => depthwise::transposed_scratch::<f32>(&g),
            _ if g.is_depthwise() => depthwise::transposed_scratch::<f64>(&g),
            DType::F32 => dense::transposed_scratch::<f32>(&g),
            _ => dense::transposed_scratch::<f64>(&g),
        }
    }

    fn macs(&self, inputs: &[TensorType], _: &[TensorType]) -> u64 {
        self.geometry(&inputs[0], &inputs[1]).map_or(0, |g| g.macs())
    }
}

impl Operation for ConvKernelGradient {
    fn name(&self) -> &'static str {
        "conv_kernel_gradient"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let (x, y) = two_real(inputs)?;
        let g = Geometry::between(&self.windows, self.groups, x, y)?;
        Ok(vec![TensorType::new(x.dtype, g.kernel_shape(self.windows.len()))])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (x, y) = (io.inputs.tensor_type(0), io.inputs.tensor_type(1));
        let Ok(g) = Geometry::between(&self.windows, self.groups, x, y) else { return };
        with_real!(io.dtype(), T => {
            let (inputs, kernel, scratch) = io.split::<T>();
            kernel_gradient::compute(&g, inputs.get(0), inputs.get(1), kernel, scratch);
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (x, y, dkernel) = (at.inputs[0], at.inputs[1], at.gradient());
        let shape = x.shape();
        let lengths = &shape[1..shape.len() - 1];
        let dx = || y.conv_transpose(dkernel, &self.windows, self.groups, lengths);
        let dy = || x.conv(dkernel, &self.windows, self.groups);
        vec![at.wanted[0].then(dx), at.wanted[1].then(dy)]
    }

    fn scratch(&self, inputs: &[TensorType], _: &[TensorType]) -> usize {
        Geometry::between(&self.windows, self.groups, &inputs[0], &inputs[1])
            .map_or(0, |g| kernel_gradient::scratch(&g))
    }

    fn macs(&self, inputs: &[TensorType], _: &[TensorType]) -> u64 {
        Geometry::between(&self.windows, self.groups, &inputs[0], &inputs[1]).map_or(0, |g| g.macs())
    }
}

impl<'g> Value<'g> {
    /// Convolution, channels last: of `[batch, spatial.., cin]` with a kernel `[size.., cin / groups, cout]`, to
    /// `[batch, positions.., cout]`. The kernel is not flipped.
    ///
    /// With as many groups as input channels this is a depthwise convolution; a depthwise kernel
    /// `[size.., cin, multiplier]` is in memory the kernel `[size.., 1, cin · multiplier]`.
    #[must_use = "a new tensor is returned"]
    pub fn conv(self, kernel: Value<'g>, windows: &[Window], groups: usize) -> Value<'g> {
        self.graph().apply_one(Conv { windows: windows.to_vec(), groups }, &[self, kernel])
    }

    /// The transpose of [`conv`](Self::conv) with respect to its input: of `[batch, positions.., cout]` with a kernel
    /// `[size.., cin / groups, cout]`, to `[batch, lengths.., cin]`.
    #[must_use = "a new tensor is returned"]
    pub fn conv_transpose(self, kernel: Value<'g>, windows: &[Window], groups: usize, lengths: &[usize]) -> Value<'g> {
        let operation = ConvTranspose { windows: windows.to_vec(), groups, lengths: lengths.to_vec() };
        self.graph().apply_one(operation, &[self, kernel])
    }

    /// The gradient of [`conv`](Self::conv) with respect to its kernel, of this input, where `gradient` is that with
    /// respect to its output.
    #[must_use = "a new tensor is returned"]
    pub fn conv_kernel_gradient(self, gradient: Value<'g>, windows: &[Window], groups: usize) -> Value<'g> {
        self.graph().apply_one(ConvKernelGradient { windows: windows.to_vec(), groups }, &[self, gradient])
    }
}
