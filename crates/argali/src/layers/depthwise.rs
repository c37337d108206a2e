//! Depthwise and separable convolutions over any number of spatial axes.

use super::convolution::{Drawn, Frame};
use super::window::POINT;
use super::*;

/// A convolution of every channel by itself.
pub(crate) struct Depthwise<'l> {
    pub(crate) frame: Frame<'l>,
    pub(crate) depth_multiplier: usize,
    pub(crate) kernel: Drawn<'l>,
}

impl Depthwise<'_> {
    pub(crate) fn validate(&self) -> Result<(), Problem> {
        positive("depth_multiplier", &[self.depth_multiplier])?;
        self.frame.sliding.validate()?;
        self.frame.sliding.not_causal()
    }

    pub(crate) fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let channels = self.frame.split(input)?.channels;
        let channels = channels.map(|c| multiplied(c, self.depth_multiplier)).transpose()?;
        self.frame.output_shape(input, channels)
    }

    pub(crate) fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let channels = self.frame.channels(input, "kernel")?;
        let kernel = self.kernel.weight("kernel", self.frame.kernel(channels, self.depth_multiplier));
        Ok(self.frame.with_bias(vec![kernel], multiplied(channels, self.depth_multiplier)?))
    }

    pub(crate) fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        self.frame.call(call, 1, |x, lengths| self.frame.depthwise(x, call.weights[0], lengths))
    }
}

/// A depthwise convolution and then a pointwise one.
pub(crate) struct Separable<'l> {
    pub(crate) frame: Frame<'l>,
    pub(crate) filters: usize,
    pub(crate) depth_multiplier: usize,
    pub(crate) depthwise: Drawn<'l>,
    pub(crate) pointwise: Drawn<'l>,
}

impl Separable<'_> {
    pub(crate) fn validate(&self) -> Result<(), Problem> {
        positive("filters", &[self.filters])?;
        positive("depth_multiplier", &[self.depth_multiplier])?;
        self.frame.sliding.validate()?;
        self.frame.sliding.not_causal()
    }

    pub(crate) fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        self.frame.output_shape(input, Some(self.filters))
    }

    pub(crate) fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let channels = self.frame.channels(input, "depthwise_kernel")?;
        let between = multiplied(channels, self.depth_multiplier)?;
        let depthwise = self.depthwise.weight("depthwise_kernel", self.frame.kernel(channels, self.depth_multiplier));
        let point = [vec![1; self.frame.sliding.axes()], vec![between, self.filters]].concat();
        let pointwise = self.pointwise.weight("pointwise_kernel", point);
        Ok(self.frame.with_bias(vec![depthwise, pointwise], self.filters))
    }

    pub(crate) fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        self.frame.call(call, 2, |x, lengths| {
            let between = self.frame.depthwise(x, call.weights[0], lengths)?;
            Ok(between.conv(call.weights[1], &vec![POINT; lengths.len()], 1))
        })
    }
}

impl Frame<'_> {
    /// Convolves every channel with its own `kernel[.., channel, ..]`.
    fn depthwise<'g>(&self, x: Value<'g>, kernel: Value<'g>, lengths: &[usize]) -> Result<Value<'g>, Problem> {
        let windows = self.sliding.windows(lengths)?;
        let mut shape = kernel.shape();
        let outputs: usize = shape.split_off(lengths.len()).iter().product();
        shape.extend([1, outputs]);
        let channels = x.shape().last().copied().unwrap_or(1);
        Ok(x.conv(kernel.reshape(&shape), &windows, channels))
    }
}

fn multiplied(channels: usize, depth_multiplier: usize) -> Result<usize, Problem> {
    channels.checked_mul(depth_multiplier).ok_or_else(|| {
        let expected = format!("a number that {channels} channels can be multiplied by");
        Problem::argument("depth_multiplier", depth_multiplier, expected, "take a smaller one")
    })
}

/// Defines a layer that is a [`Depthwise`] convolution.
macro_rules! depthwise_convolution {
    ($(#[$doc:meta])* $Layer:ident<$axes:literal>) => {
        layer! {
            $(#[$doc])*
            pub struct $Layer(Class::layer(stringify!($Layer))) {
                /// Length of the window along each spatial axis.
                kernel_size: Size<$axes> as impl Into<Size<$axes>>,
                ..
                /// Steps the window moves at a time. Default 1.
                strides: Size<$axes> as impl Into<Size<$axes>> = 1.into(),
                /// Borders of the spatial axes. Default `Valid`.
                padding: Padding = Padding::Valid,
                /// Outputs per input channel. Default 1.
                depth_multiplier: usize = 1,
                /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
                data_format: DataFormat = DataFormat::default(),
                /// Steps between two taps of the kernel. Default 1.
                dilation_rate: Size<$axes> as impl Into<Size<$axes>> = 1.into(),
                /// Function of every output. Default `Linear`.
                activation: AnyActivation as impl Into<AnyActivation> = ActivationFunction::Linear.into(),
                /// Whether to add a bias. Default `true`.
                use_bias: bool = true,
                /// How `kernel` is drawn. Default `GlorotUniform`.
                depthwise_initializer: Initializer as impl Into<Initializer> = InitializerKind::GlorotUniform.into(),
                /// How `bias` is drawn. Default `Zeros`.
                bias_initializer: Initializer as impl Into<Initializer> = InitializerKind::Zeros.into(),
                /// Loss on `kernel`. Default none.
                depthwise_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
                /// Loss on `bias`. Default none.
                bias_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
                /// What holds for `kernel` after every training step. Default nothing.
                depthwise_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
                /// What holds for `bias` after every training step. Default nothing.
                bias_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
            }
        }

        impl $Layer {
            fn convolution(&self) -> depthwise::Depthwise<'_> {
                depthwise::Depthwise {
                    frame: convolution::frame!(self),
                    depth_multiplier: self.depth_multiplier,
                    kernel: convolution::Drawn {
                        initializer: &self.depthwise_initializer,
                        regularizer: &self.depthwise_regularizer,
                        constraint: &self.depthwise_constraint,
                    },
                }
            }
        }

        convolution::delegate!($Layer => convolution);
    };
}

/// Defines a layer that is a [`Separable`] convolution.
macro_rules! separable_convolution {
    ($(#[$doc:meta])* $Layer:ident<$axes:literal>) => {
        layer! {
            $(#[$doc])*
            pub struct $Layer(Class::layer(stringify!($Layer))) {
                /// Number of output channels.
                filters: usize,
                /// Length of the window along each spatial axis.
                kernel_size: Size<$axes> as impl Into<Size<$axes>>,
                ..
                /// Steps the window moves at a time. Default 1.
                strides: Size<$axes> as impl Into<Size<$axes>> = 1.into(),
                /// Borders of the spatial axes. Default `Valid`.
                padding: Padding = Padding::Valid,
                /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
                data_format: DataFormat = DataFormat::default(),
                /// Steps between two taps of the kernel. Default 1.
                dilation_rate: Size<$axes> as impl Into<Size<$axes>> = 1.into(),
                /// Depthwise outputs per input channel. Default 1.
                depth_multiplier: usize = 1,
                /// Function of every output. Default `Linear`.
                activation: AnyActivation as impl Into<AnyActivation> = ActivationFunction::Linear.into(),
                /// Whether to add a bias. Default `true`.
                use_bias: bool = true,
                /// How `depthwise_kernel` is drawn. Default `GlorotUniform`.
                depthwise_initializer: Initializer as impl Into<Initializer> = InitializerKind::GlorotUniform.into(),
                /// How `pointwise_kernel` is drawn. Default `GlorotUniform`.
                pointwise_initializer: Initializer as impl Into<Initializer> = InitializerKind::GlorotUniform.into(),
                /// How `bias` is drawn. Default `Zeros`.
                bias_initializer: Initializer as impl Into<Initializer> = InitializerKind::Zeros.into(),
                /// Loss on `depthwise_kernel`. Default none.
                depthwise_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
                /// Loss on `pointwise_kernel`. Default none.
                pointwise_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
                /// Loss on `bias`. Default none.
                bias_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
                /// What holds for `depthwise_kernel` after every training step. Default nothing.
                depthwise_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
                /// What holds for `pointwise_kernel` after every training step. Default nothing.
                pointwise_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
                /// What holds for `bias` after every training step. Default nothing.
                bias_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
            }
        }

        impl $Layer {
            fn convolution(&self) -> depthwise::Separable<'_> {
                depthwise::Separable {
                    frame: convolution::frame!(self),
                    filters: self.filters,
                    depth_multiplier: self.depth_multiplier,
                    depthwise: convolution::Drawn {
                        initializer: &self.depthwise_initializer,
                        regularizer: &self.depthwise_regularizer,
                        constraint: &self.depthwise_constraint,
                    },
                    pointwise: convolution::Drawn {
                        initializer: &self.pointwise_initializer,
                        regularizer: &self.pointwise_regularizer,
                        constraint: &self.pointwise_constraint,
                    },
                }
            }
        }

        convolution::delegate!($Layer => convolution);
    };
}

pub(crate) use {depthwise_convolution, separable_convolution};
