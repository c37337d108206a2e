//! Transposed convolutions over any number of spatial axes.

use super::convolution::{Drawn, Frame};
use super::window::{Spatial, shown};
use super::*;
use crate::Dim;
use argali_engine::Window;

/// The transpose of a convolution: its gradient with respect to the input.
pub(crate) struct Transposed<'l> {
    pub(crate) frame: Frame<'l>,
    pub(crate) filters: usize,
    pub(crate) output_padding: Option<&'l [usize]>,
    pub(crate) kernel: Drawn<'l>,
}

impl Transposed<'_> {
    pub(crate) fn validate(&self) -> Result<(), Problem> {
        let sliding = &self.frame.sliding;
        positive("filters", &[self.filters])?;
        sliding.validate()?;
        sliding.not_causal()?;
        sliding.strided_or_dilated()?;
        let padding = self.output_padding.unwrap_or_default();
        if padding.iter().zip(sliding.strides).all(|(padding, stride)| padding < stride) {
            return Ok(());
        }
        let expected = format!("less than strides, {}", shown(sliding.strides));
        Err(Problem::argument("output_padding", shown(padding), expected, "leave it out, or take larger strides"))
    }

    pub(crate) fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let Spatial { batch, lengths, .. } = self.frame.split(input)?;
        let output = |(axis, length): (usize, &Dim)| match length {
            None => Ok(None),
            Some(length) => self.window(axis, *length).map(|(_, output)| Some(output)),
        };
        let lengths = lengths.iter().enumerate().map(output).collect::<Result<_, _>>()?;
        self.frame.join(Spatial { batch, lengths, channels: Some(self.filters) })
    }

    pub(crate) fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let channels = self.frame.channels(input, "kernel")?;
        let kernel = self.kernel.weight("kernel", self.frame.kernel(self.filters, channels));
        Ok(self.frame.with_bias(vec![kernel], self.filters))
    }

    pub(crate) fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        self.frame.call(call, 1, |x, lengths| {
            let axes = lengths.iter().enumerate().map(|(axis, length)| self.window(axis, *length));
            let (windows, outputs): (Vec<_>, Vec<_>) = axes.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
            Ok(x.conv_transpose(call.weights[0], &windows, 1, &outputs))
        })
    }

    /// The window of the convolution that is transposed, and the length it slides along, which is the output's.
    fn window(&self, axis: usize, length: usize) -> Result<(Window, usize), Problem> {
        let sliding = &self.frame.sliding;
        sliding.validate()?;
        let (size, stride, dilation) = (sliding.size[axis], sliding.strides[axis], sliding.dilation[axis]);
        let given = self.output_padding.and_then(|padding| padding.get(axis).copied());
        let fitted = || {
            let span = sliding.span(axis)?;
            let reach = length.checked_sub(1)?.checked_mul(stride)?.checked_add(span)?;
            let (before, output) = match (sliding.padding, given) {
                (Padding::Same, None) => {
                    (trimmed_before(span, span.checked_add(stride)? - 2), length.checked_mul(stride)?)
                }
                (Padding::Same, Some(given)) => {
                    let total = span.checked_add(span % 2)?.checked_add(given)?.checked_sub(2)?;
                    (trimmed_before(span, total), (reach - span).checked_add(span % 2)?.checked_add(given)?)
                }
                (_, None) => (0, reach.checked_add(stride.saturating_sub(span))?),
                (_, Some(given)) => (0, reach.checked_add(given)?),
            };
            let after = reach.saturating_sub(before.checked_add(output)?);
            let window = Window { size, stride, dilation, before, after };
            (output == 0 || window.output(output) == Some(length)).then_some((window, output))
        };
        match fitted() {
            Some(fitted) if fitted.1 > 0 => Ok(fitted),
            None if length > 0 => Err(Problem::mismatch(
                format!("spreads an input of {length} over more than can be addressed"),
                "take smaller strides, a smaller kernel or less dilation",
            )),
            _ => Err(Problem::mismatch(
                format!("spreads an input of {length} over no output"),
                "take `Valid`, leave out output_padding, or take a kernel of odd length",
            )),
        }
    }
}

/// Elements cut off in front, of a full transposed convolution, so that `total` elements around the input remain.
fn trimmed_before(span: usize, total: usize) -> usize {
    span - 1 - total.div_ceil(2).min(span - 1)
}

/// Defines a layer that is a [`Transposed`] convolution.
macro_rules! transposed_convolution {
    ($(#[$doc:meta])* $Layer:ident<$axes:literal>) => {
        layer! {
            $(#[$doc])*
            pub struct $Layer(Class::layer(stringify!($Layer))) {
                /// Number of output channels.
                filters: usize,
                /// Length of the window along each spatial axis.
                kernel_size: Size<$axes> as impl Into<Size<$axes>>,
                ..
                /// Output steps for each input step; above 1 only without dilation. Default 1.
                strides: Size<$axes> as impl Into<Size<$axes>> = 1.into(),
                /// Borders of the spatial axes: `Same` gives `strides` times the input's length. Default `Valid`.
                padding: Padding = Padding::Valid,
                /// Steps added behind the output, fewer than `strides`. Default: as many as the padding wants.
                output_padding: OutputPadding<$axes> as impl Into<OutputPadding<$axes>> = OutputPadding(None),
                /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
                data_format: DataFormat = DataFormat::default(),
                /// Steps between two taps of the kernel; above 1 only without strides. Default 1.
                dilation_rate: Size<$axes> as impl Into<Size<$axes>> = 1.into(),
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
            fn convolution(&self) -> transposed::Transposed<'_> {
                transposed::Transposed {
                    frame: convolution::frame!(self),
                    filters: self.filters,
                    output_padding: self.output_padding.0.as_ref().map(|padding| padding.0.as_slice()),
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

pub(crate) use transposed_convolution;
