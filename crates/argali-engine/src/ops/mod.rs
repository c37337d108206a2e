//! The operations, one file each: output types, kernel, gradient, and the methods on [`Value`](crate::Value) that put
//! them on a graph.

mod binary;
mod broadcast;
mod conv;
mod copy;
mod map;
mod matmul;
mod pool;
mod reduce;
mod reshape;
mod window;

pub use binary::Binary;
pub use broadcast::BroadcastTo;
pub use conv::{Conv, ConvKernelGradient, ConvTranspose};
pub use copy::{Cast, Copy, StopGradient};
pub use map::{Function, Map};
pub use matmul::MatMul;
pub use pool::{AveragePool, MaxPool};
pub use reduce::{Reduce, Reduction};
pub use reshape::Reshape;
pub use window::Window;

use crate::operation::TensorType;

/// The only input of an operation that takes one real tensor.
pub(crate) fn one_real(inputs: &[TensorType]) -> Result<&TensorType, String> {
    match inputs {
        [x] if x.dtype.is_float() => Ok(x),
        [x] => Err(format!("takes a floating-point tensor, found {x}")),
        _ => Err(format!("takes one tensor, found {}", inputs.len())),
    }
}

/// The two inputs of an operation that takes two real tensors of one type.
pub(crate) fn two_real(inputs: &[TensorType]) -> Result<(&TensorType, &TensorType), String> {
    match inputs {
        [a, b] if a.dtype.is_float() && a.dtype == b.dtype => Ok((a, b)),
        [a, b] => Err(format!("takes two floating-point tensors of one type, found {a} and {b}")),
        _ => Err(format!("takes two tensors, found {}", inputs.len())),
    }
}

/// Product of lengths.
pub(crate) fn product(shape: &[usize]) -> usize {
    shape.iter().product()
}
