//! Keras's layers.
//!
//! Each has a method of [`Compose`] that puts it on a [`Sequential`](crate::Sequential) or on a
//! [`Tensor`](crate::Tensor), or, if it merges several tensors, a function of this module. Alone it is a description: free
//! to clone, with weights of its own wherever it is put, unless it is made `shared`.
//!
//! ```
//! use argali::prelude::*;
//!
//! let pool = MaxPooling1D::new(2);
//! let x = input([128, 9]);
//! let both = concatenate([x.conv_1d(8, 3).layer(pool.clone()), x.conv_1d(8, 3).layer(pool)]);
//! assert_eq!(both.tensor().shape()?.to_string(), "(None, 63, 16)");
//! # Ok::<(), argali::Error>(())
//! ```
//!
//! Keras: `keras.layers`.

mod axes;
mod conv_lstm;
mod convolution;
mod depthwise;
mod input_layer;
mod margins;
mod merge;
mod noise;
mod pooling;
mod renorm;
mod resize;
mod transposed;
mod window;

pub use input_layer::InputLayer;
pub use renorm::RenormClipping;

use crate::activations::{ActivationFunction, AnyActivation};
use crate::constraints::Constraint;
use crate::initializers::{Initializer, InitializerKind, Values};
use crate::layer::{Call, Layer, Weight, from_zero, known, positive};
use crate::options::{DataFormat, Interpolation, Padding, Size, TargetShape};
use crate::regularizers::Regularizer;
use crate::sizes::{Margins, OutputPadding};
use crate::{Class, Json, Number, Problem, Result, Shape};
use argali_engine::Value;
use argali_engine::random::Distribution;

/// How a layer is put on what it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PutBy {
    /// A method of [`Compose`].
    Method(&'static str),
    /// A function of tensors.
    Function(&'static str),
}

layers! {
    chained {
        /// A function of every element.
        activation::Activation as activation(activation: impl Into<AnyActivation>),
        /// Densely connected layer: `activation(x · kernel + bias)`.
        dense::Dense as dense(units: usize),
        /// `x` above a threshold, a slope below it.
        re_lu::ReLU as relu(),
        /// `x` above 0, a slope below it.
        leaky_re_lu::LeakyReLU as leaky_relu(),
        /// `x` above 0, `exp(x) - 1` below.
        elu::ELU as elu(),
        /// `x` above 0, learned slopes below.
        p_re_lu::PReLU as prelu(),
        /// `exp(x)` divided by its sum along an axis.
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
        /// Convolution over time.
        conv_1d::Conv1D as conv_1d(filters: usize, kernel_size: impl Into<Size<1>>),
        /// Convolution over images.
        conv_2d::Conv2D as conv_2d(filters: usize, kernel_size: impl Into<Size<2>>),
        /// Convolution over volumes.
        conv_3d::Conv3D as conv_3d(filters: usize, kernel_size: impl Into<Size<3>>),
        /// Transposed convolution over time, which enlarges.
        conv_1d_transpose::Conv1DTranspose as conv_1d_transpose(filters: usize, kernel_size: impl Into<Size<1>>),
        /// Transposed convolution over images, which enlarges.
        conv_2d_transpose::Conv2DTranspose as conv_2d_transpose(filters: usize, kernel_size: impl Into<Size<2>>),
        /// Transposed convolution over volumes, which enlarges.
        conv_3d_transpose::Conv3DTranspose as conv_3d_transpose(filters: usize, kernel_size: impl Into<Size<3>>),
        /// Convolution over time of every channel by itself.
        depthwise_conv_1d::DepthwiseConv1D as depthwise_conv_1d(kernel_size: impl Into<Size<1>>),
        /// Convolution over images of every channel by itself.
        depthwise_conv_2d::DepthwiseConv2D as depthwise_conv_2d(kernel_size: impl Into<Size<2>>),
        /// Multiplies every channel by a learned number that starts small.
        layer_scale::LayerScale as layer_scale(init_values: impl Into<Number>, projection_dim: usize),
        /// Drops whole samples at random in training.
        stochastic_depth::StochasticDepth as stochastic_depth(drop_path_rate: impl Into<Number>),
        /// Brings every group of channels to mean 0 and variance 1.
        group_normalization::GroupNormalization as group_normalization(),
        /// Vectors divided by their length.
        unit_normalization::UnitNormalization as unit_normalization(),
        /// Shifts and scales features by given or measured means and variances.
        normalization::Normalization as normalization(),
        /// `x · scale + offset`.
        rescaling::Rescaling as rescaling(scale: impl Into<Values>),
        /// The input as it is.
        identity::Identity as identity(),
        /// The input as it is, and a loss on it.
        activity_regularization::ActivityRegularization as activity_regularization(),
        /// Adds normally distributed noise in training.
        gaussian_noise::GaussianNoise as gaussian_noise(stddev: impl Into<Number>),
        /// Multiplies by normally distributed factors in training.
        gaussian_dropout::GaussianDropout as gaussian_dropout(rate: impl Into<Number>),
        /// Dropout that keeps mean and variance of `selu` networks.
        alpha_dropout::AlphaDropout as alpha_dropout(rate: impl Into<Number>),
        /// Depthwise convolution over time, then a pointwise one that mixes the channels.
        separable_conv_1d::SeparableConv1D as separable_conv_1d(filters: usize, kernel_size: impl Into<Size<1>>),
        /// Depthwise convolution over images, then a pointwise one that mixes the channels.
        separable_conv_2d::SeparableConv2D as separable_conv_2d(filters: usize, kernel_size: impl Into<Size<2>>),
        /// LSTM over sequences of signals, whose products are convolutions.
        conv_lstm_1d::ConvLSTM1D as conv_lstm_1d(filters: usize, kernel_size: impl Into<Size<1>>),
        /// LSTM over sequences of images, whose products are convolutions.
        conv_lstm_2d::ConvLSTM2D as conv_lstm_2d(filters: usize, kernel_size: impl Into<Size<2>>),
        /// LSTM over sequences of volumes, whose products are convolutions.
        conv_lstm_3d::ConvLSTM3D as conv_lstm_3d(filters: usize, kernel_size: impl Into<Size<3>>),
        /// The largest element of each window over time.
        max_pooling_1d::MaxPooling1D as max_pooling_1d(pool_size: impl Into<Size<1>>),
        /// The largest element of each window over images.
        max_pooling_2d::MaxPooling2D as max_pooling_2d(pool_size: impl Into<Size<2>>),
        /// The largest element of each window over volumes.
        max_pooling_3d::MaxPooling3D as max_pooling_3d(pool_size: impl Into<Size<3>>),
        /// The mean of each window over time.
        average_pooling_1d::AveragePooling1D as average_pooling_1d(pool_size: impl Into<Size<1>>),
        /// The mean of each window over images.
        average_pooling_2d::AveragePooling2D as average_pooling_2d(pool_size: impl Into<Size<2>>),
        /// The mean of each window over volumes.
        average_pooling_3d::AveragePooling3D as average_pooling_3d(pool_size: impl Into<Size<3>>),
        /// The largest element of each channel.
        global_max_pooling_1d::GlobalMaxPooling1D as global_max_pooling_1d(),
        /// The largest element of each channel.
        global_max_pooling_2d::GlobalMaxPooling2D as global_max_pooling_2d(),
        /// The largest element of each channel.
        global_max_pooling_3d::GlobalMaxPooling3D as global_max_pooling_3d(),
        /// The mean of each channel.
        global_average_pooling_1d::GlobalAveragePooling1D as global_average_pooling_1d(),
        /// The mean of each channel.
        global_average_pooling_2d::GlobalAveragePooling2D as global_average_pooling_2d(),
        /// The mean of each channel.
        global_average_pooling_3d::GlobalAveragePooling3D as global_average_pooling_3d(),
        /// Cuts off both ends of the steps.
        cropping_1d::Cropping1D as cropping_1d(cropping: impl Into<Margins<1>>),
        /// Cuts off both ends of each spatial axis.
        cropping_2d::Cropping2D as cropping_2d(cropping: impl Into<Margins<2>>),
        /// Cuts off both ends of each spatial axis.
        cropping_3d::Cropping3D as cropping_3d(cropping: impl Into<Margins<3>>),
        /// Zeros before and behind the steps.
        zero_padding_1d::ZeroPadding1D as zero_padding_1d(padding: impl Into<Margins<1>>),
        /// Zeros before and behind each spatial axis.
        zero_padding_2d::ZeroPadding2D as zero_padding_2d(padding: impl Into<Margins<2>>),
        /// Zeros before and behind each spatial axis.
        zero_padding_3d::ZeroPadding3D as zero_padding_3d(padding: impl Into<Margins<3>>),
        /// Repeats every step.
        upsampling_1d::UpSampling1D as upsampling_1d(size: usize),
        /// Enlarges images.
        upsampling_2d::UpSampling2D as upsampling_2d(size: impl Into<Size<2>>),
        /// Enlarges volumes.
        upsampling_3d::UpSampling3D as upsampling_3d(size: impl Into<Size<3>>),
        /// Drops elements at random in training.
        dropout::Dropout as dropout(rate: impl Into<Number>),
        /// Drops whole channels at random in training.
        spatial_dropout_1d::SpatialDropout1D as spatial_dropout_1d(rate: impl Into<Number>),
        /// Drops whole channels at random in training.
        spatial_dropout_2d::SpatialDropout2D as spatial_dropout_2d(rate: impl Into<Number>),
        /// Drops whole channels at random in training.
        spatial_dropout_3d::SpatialDropout3D as spatial_dropout_3d(rate: impl Into<Number>),
        /// Masks the steps that have one value throughout.
        masking::Masking as masking(mask_value: impl Into<Number>),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The page for users of R lists every layer where it says which ones there are, and no other where it says what is missing.
    #[test]
    fn the_documents_list_every_layer() {
        let page = include_str!("../../../../docs/from-r-keras.md");
        let (_, page) = page.split_once("## Layer functions").unwrap();
        let (there, missing) = page.split_once("Not yet:").unwrap();
        let (missing, _) = missing.split_once("## Models").unwrap();
        for (class, _) in table() {
            let name = class.name;
            let (call, method) = match put_by(&class) {
                Some(PutBy::Method(method)) => (format!("`.{method}("), method),
                Some(PutBy::Function(function)) => (format!("`{function}(["), function),
                None => panic!("`{name}` is in the table"),
            };
            let row = |line: &str| line.contains(&call) && line.contains(&format!("{name}` |"));
            assert!(there.lines().any(row), "no row for `{name}`");
            assert!(!missing.contains(&format!("`layer_{method}`")), "`{name}` is there");
        }
    }
}
