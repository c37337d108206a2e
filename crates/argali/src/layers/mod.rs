//! The layers, one file each, and the table that registers them.

mod axes;
mod input_layer;
mod merge;
mod renorm;
mod window;

pub use input_layer::InputLayer;
pub use renorm::RenormClipping;

use crate::activations::ActivationFunction;
use crate::constraints::Constraint;
use crate::initializers::{Initializer, InitializerKind};
use crate::layer::{Call, Layer, Weight, from_zero, known, positive};
use crate::options::{DataFormat, Padding, Size, TargetShape};
use crate::regularizers::Regularizer;
use crate::{Class, Json, Problem, Result, Shape};
use argali_engine::Value;

layers! {
    chained {
        /// A function of every element.
        activation::Activation as activation(activation: impl Into<ActivationFunction>),
        /// Densely connected layer: `activation(x · kernel + bias)`.
        dense::Dense as dense(units: usize),
        /// `x` above a threshold, a slope below it.
        #[doc(alias = "layer_activation_relu")]
        re_lu::ReLU as relu(),
        /// `x` above 0, a slope below it.
        #[doc(alias = "layer_activation_leaky_relu")]
        leaky_re_lu::LeakyReLU as leaky_relu(),
        /// `x` above 0, `exp(x) - 1` below.
        #[doc(alias = "layer_activation_elu")]
        elu::ELU as elu(),
        /// `x` above 0, learned slopes below.
        #[doc(alias = "layer_activation_parametric_relu")]
        p_re_lu::PReLU as prelu(),
        /// `exp(x)` divided by its sum along an axis.
        #[doc(alias = "layer_activation_softmax")]
        softmax::Softmax as softmax(),
        /// All axes of a sample as one.
        flatten::Flatten as flatten(),
        /// The elements of each sample in another shape.
        reshape::Reshape as reshape(target_shape: impl Into<TargetShape>),
        /// The axes of a sample in another order.
        permute::Permute as permute(dims: impl Into<Vec<usize>>),
        /// Every vector, `n` times one after the other.
        repeat_vector::RepeatVector as repeat_vector(n: usize),
        /// Brings every channel to mean 0 and variance 1 over the batch.
        batch_normalization::BatchNormalization as batch_normalization(),
        /// Brings every sample to mean 0 and variance 1.
        layer_normalization::LayerNormalization as layer_normalization(),
        /// Depthwise convolution over time, then a pointwise one that mixes the channels.
        separable_conv_1d::SeparableConv1D as separable_conv_1d(filters: usize, kernel_size: impl Into<Size<1>>),
    }
    merging {
        /// The sum of several tensors.
        add::Add as add,
        /// The first of two tensors less the second.
        subtract::Subtract as subtract,
        /// The product of several tensors.
        multiply::Multiply as multiply,
        /// The mean of several tensors.
        average::Average as average,
        /// The greatest of several tensors.
        maximum::Maximum as maximum,
        /// The least of several tensors.
        minimum::Minimum as minimum,
        /// Several tensors one behind the other along an axis.
        concatenate::Concatenate as concatenate,
    }
}

/// All layer classes of Keras that are built in.
pub(crate) fn classes() -> Vec<(Class, crate::layer::ReadLayer)> {
    use crate::Config;
    let mut all = table();
    all.push((InputLayer::CLASS, crate::layer::reader::<InputLayer>()));
    all
}
