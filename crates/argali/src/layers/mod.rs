//! The layers, one file each, and the table that registers them.

mod input_layer;
mod merge;
mod window;

pub use input_layer::InputLayer;

use crate::activations::ActivationFunction;
use crate::constraints::Constraint;
use crate::initializers::{Initializer, InitializerKind};
use crate::layer::{Call, Layer, Weight, known, positive};
use crate::options::{DataFormat, Padding, Size};
use crate::regularizers::Regularizer;
use crate::{Class, Json, Problem, Result, Shape};
use argali_engine::Value;

layers! {
    chained {
        /// A function of every element.
        activation::Activation as activation(activation: impl Into<ActivationFunction>),
        /// Densely connected layer: `activation(x · kernel + bias)`.
        dense::Dense as dense(units: usize),
        /// Depthwise convolution over time, then a pointwise one that mixes the channels.
        separable_conv_1d::SeparableConv1D as separable_conv_1d(filters: usize, kernel_size: impl Into<Size<1>>),
    }
    merging {
        /// The sum of several tensors.
        add::Add as add,
    }
}

/// All layer classes of Keras that are built in.
pub(crate) fn classes() -> Vec<(Class, crate::layer::ReadLayer)> {
    use crate::Config;
    let mut all = table();
    all.push((InputLayer::CLASS, crate::layer::reader::<InputLayer>()));
    all
}
