//! Convolutions over any number of spatial axes.

use super::window::{Sliding, Spatial, computed};
use super::*;

/// How a weight is drawn, regularized and constrained.
pub(crate) struct Drawn<'l> {
    pub(crate) initializer: &'l Initializer,
    pub(crate) regularizer: &'l Option<Regularizer>,
    pub(crate) constraint: &'l Option<Constraint>,
}

impl Drawn<'_> {
    pub(crate) fn weight(&self, name: &'static str, shape: impl Into<Vec<usize>>) -> Weight {
        Weight::new(name, shape, self.initializer.clone())
            .regularizer(*self.regularizer)
            .constraint(self.constraint.clone())
    }
}

/// What all convolutional layers have in common.
pub(crate) struct Frame<'l> {
    pub(crate) sliding: Sliding<'l>,
    pub(crate) data_format: DataFormat,
    pub(crate) activation: &'l AnyActivation,
    pub(crate) bias: Option<Drawn<'l>>,
}

impl Frame<'_> {
    pub(crate) fn split(&self, input: &Shape) -> Result<Spatial, Problem> {
        self.data_format.split(input, self.sliding.axes())
    }

    /// The output's shape for its number of channels.
    pub(crate) fn join(&self, spatial: Spatial) -> Result<Shape, Problem> {
        self.activation.output_shape(self.data_format.join(spatial))
    }

    pub(crate) fn output_shape(&self, input: &Shape, channels: Option<usize>) -> Result<Shape, Problem> {
        let Spatial { batch, lengths, .. } = self.split(input)?;
        let lengths = self.sliding.output(&lengths)?;
        self.join(Spatial { batch, lengths, channels })
    }

    /// Number of input channels.
    pub(crate) fn channels(&self, input: &Shape, weight: &'static str) -> Result<usize, Problem> {
        known(self.split(input)?.channels, "channels", weight)
    }

    /// Shape of a kernel.
    pub(crate) fn kernel(&self, inputs: usize, outputs: usize) -> Vec<usize> {
        self.sliding.size.iter().copied().chain([inputs, outputs]).collect()
    }

    /// The kernels and, if the layer has one, a bias of this length.
    pub(crate) fn with_bias(&self, mut kernels: Vec<Weight>, channels: usize) -> Vec<Weight> {
        kernels.extend(self.bias.as_ref().map(|drawn| drawn.weight("bias", [channels])));
        kernels
    }

    /// Convolves what the call is given, adds the bias that follows the kernels, and applies the activation.
    pub(crate) fn call<'g>(
        &self,
        call: &Call<'_, 'g>,
        kernels: usize,
        convolve: impl FnOnce(Value<'g>, &[usize]) -> Result<Value<'g>, Problem>,
    ) -> Vec<Value<'g>> {
        let x = self.data_format.to_channels_last(call.input());
        let shape = x.shape();
        let y = convolve(x, &shape[1..shape.len() - 1]).map(|y| {
            let y = call.weights.get(kernels).map_or(y, |bias| y + *bias);
            self.activation.apply(self.data_format.back_from_channels_last(y))
        });
        computed(call, y)
    }
}

/// A convolution that mixes the channels, in groups.
pub(crate) struct Convolution<'l> {
    pub(crate) frame: Frame<'l>,
    pub(crate) filters: usize,
    pub(crate) groups: usize,
    pub(crate) kernel: Drawn<'l>,
}

impl Convolution<'_> {
    pub(crate) fn validate(&self) -> Result<(), Problem> {
        positive("filters", &[self.filters])?;
        positive("groups", &[self.groups])?;
        self.divides("filters", self.filters, self.filters)?;
        self.frame.sliding.validate()?;
        self.frame.sliding.strided_or_dilated()
    }

    fn divides(&self, what: &str, channels: usize, common: usize) -> Result<(), Problem> {
        if channels.is_multiple_of(self.groups) {
            return Ok(());
        }
        let help = format!("take groups of {}", greatest_common_divisor(self.groups, common));
        Err(Problem::argument("groups", self.groups, format!("a divisor of {channels} {what}"), help))
    }

    pub(crate) fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        if let Some(channels) = self.frame.split(input)?.channels {
            self.divides("input channels", channels, greatest_common_divisor(channels, self.filters))?;
        }
        self.frame.output_shape(input, Some(self.filters))
    }

    pub(crate) fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let channels = self.frame.channels(input, "kernel")? / self.groups.max(1);
        let kernel = self.kernel.weight("kernel", self.frame.kernel(channels, self.filters));
        Ok(self.frame.with_bias(vec![kernel], self.filters))
    }

    pub(crate) fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        self.frame
            .call(call, 1, |x, lengths| Ok(x.conv(call.weights[0], &self.frame.sliding.windows(lengths)?, self.groups)))
    }
}

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// Defines a layer that is a [`Convolution`].
macro_rules! convolution {
    ($(#[$doc:meta])* $Layer:ident<$axes:literal>) => {
        layer! {
            $(#[$doc])*
            pub struct $Layer(Class::layer(stringify!($Layer))) {
                /// Number of output channels.
                filters: usize,
                /// Length of the window along each spatial axis.
                kernel_size: Size<$axes> as impl Into<Size<$axes>>,
                ..
                /// Steps the window moves at a time; above 1 only without dilation. Default 1.
                strides: Size<$axes> as impl Into<Size<$axes>> = 1.into(),
                /// Borders of the spatial axes; `Causal` only for `Conv1D`. Default `Valid`.
                padding: Padding = Padding::Valid,
                /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
                data_format: DataFormat = DataFormat::default(),
                /// Steps between two taps of the kernel; above 1 only without strides. Default 1.
                dilation_rate: Size<$axes> as impl Into<Size<$axes>> = 1.into(),
                /// Groups of channels that are convolved separately; it divides the input channels and the filters.
                /// Default 1.
                groups: usize = 1,
                /// Function of every output. Default `Linear`.
                activation: AnyActivation as impl Into<AnyActivation> = ActivationFunction::Linear.into(),
                /// Whether to add a bias. Default `true`.
                use_bias: bool = true,
                /// How `kernel` is drawn. Default `GlorotUniform`.
                kernel_initializer: Initializer as impl Into<Initializer> = InitializerKind::GlorotUniform.into(),
                /// How `bias` is drawn. Default `Zeros`.
                bias_initializer: Initializer as impl Into<Initializer> = InitializerKind::Zeros.into(),
                /// Loss on `kernel`. Default none.
                kernel_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
                /// Loss on `bias`. Default none.
                bias_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
                /// What holds for `kernel` after every training step. Default nothing.
                kernel_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
                /// What holds for `bias` after every training step. Default nothing.
                bias_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
            }
        }

        impl $Layer {
            fn convolution(&self) -> convolution::Convolution<'_> {
                convolution::Convolution {
                    frame: convolution::frame!(self),
                    filters: self.filters,
                    groups: self.groups,
                    kernel: convolution::Drawn {
                        initializer: &self.kernel_initializer,
                        regularizer: &self.kernel_regularizer,
                        constraint: &self.kernel_constraint,
                    },
                }
            }
        }

        convolution::delegate!($Layer => convolution);
    };
}

/// The common part of a layer, from the options that all of them have.
macro_rules! frame {
    ($layer:ident) => {
        convolution::Frame {
            sliding: window::Sliding {
                option: "kernel_size",
                size: &$layer.kernel_size.0,
                strides: &$layer.strides.0,
                dilation: &$layer.dilation_rate.0,
                padding: $layer.padding,
            },
            data_format: $layer.data_format,
            activation: &$layer.activation,
            bias: $layer.use_bias.then_some(convolution::Drawn {
                initializer: &$layer.bias_initializer,
                regularizer: &$layer.bias_regularizer,
                constraint: &$layer.bias_constraint,
            }),
        }
    };
}

/// Implements `Layer` for a convolutional layer by the method that describes it.
macro_rules! delegate {
    ($Layer:ident => $describe:ident) => {
        impl Layer for $Layer {
            const WRITES_ACTIVITY_REGULARIZER: bool = true;

            fn validate(&self) -> Result<(), Problem> {
                self.$describe().validate()
            }

            fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
                self.$describe().output_shape(input)
            }

            fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
                self.$describe().weights(input)
            }

            fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
                self.$describe().call(call)
            }
        }
    };
}

pub(crate) use {convolution, delegate, frame};
