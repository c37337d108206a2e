//! The operations, one file each: output types, kernel, gradient, and the methods on [`Value`](crate::Value) that put
//! them on a graph.

mod affine;
mod banded;
mod binary;
mod broadcast;
mod concat;
mod conv;
mod copy;
mod ctc;
mod cumulate;
mod function;
pub(crate) mod fused;
mod gather;
mod map;
mod matmul;
mod moments;
mod one_hot;
mod pad;
mod pool;
mod random;
mod reduce;
mod reshape;
mod reverse;
mod segment_sum;
mod select;
mod slice;
mod softmax;
mod sort;
mod transpose;
mod walk;
mod window;

pub use affine::Affine;
pub use banded::{Banded, BandedMatrix};
pub use binary::Binary;
pub use broadcast::BroadcastTo;
pub use concat::Concat;
pub use conv::{Conv, ConvKernelGradient, ConvTranspose};
pub use copy::{Cast, Copy, StopGradient};
pub use ctc::Ctc;
pub use cumulate::CumulativeSum;
pub use function::Function;
pub use gather::{Gather, TakeAlongAxis};
pub use map::Map;
pub use matmul::MatMul;
pub use moments::Moments;
pub use one_hot::OneHot;
pub use pad::Pad;
pub use pool::{AveragePool, MaxPool};
pub use random::Random;
pub use reduce::{Reduce, Reduction};
pub use reshape::Reshape;
pub use reverse::Reverse;
pub use segment_sum::SegmentSum;
pub use select::{EqualTo, Select};
pub use slice::Slice;
pub(crate) use slice::gradient_of_parts;
pub use softmax::{LogSoftmax, Softmax};
pub use sort::{ArgExtreme, ArgSort, TopIndices};
pub use transpose::Transpose;
pub(crate) use walk::MAX_RANK;
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

/// The only input of an operation that takes one tensor of any type.
pub(crate) fn one(inputs: &[TensorType]) -> Result<&TensorType, String> {
    match inputs {
        [x] => Ok(x),
        _ => Err(format!("takes one tensor, found {}", inputs.len())),
    }
}

/// Refuses an axis that a tensor does not have.
pub(crate) fn check_axis(x: &TensorType, axis: usize) -> Result<(), String> {
    match axis < x.shape.len() {
        true => Ok(()),
        false => Err(format!("axis {axis} of {x}, which has {} axes", x.shape.len())),
    }
}

/// Elements before, along and after an axis.
pub(crate) fn around(shape: &[usize], axis: usize) -> (usize, usize, usize) {
    (product(&shape[..axis]), shape[axis], product(&shape[axis + 1..]))
}

/// Product of lengths, the largest number there is if it is larger.
pub(crate) fn product(shape: &[usize]) -> usize {
    shape.iter().fold(1, |count, len| count.saturating_mul(*len))
}
