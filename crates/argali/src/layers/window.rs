//! The one rule by which windows slide, for shapes and for execution.

use super::*;
use crate::Dim;
use argali_engine::{OperationError, Window};

/// A window with Keras's options, along any number of spatial axes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sliding<'a> {
    /// The option that sets the window's length.
    pub(crate) option: &'static str,
    pub(crate) size: &'a [usize],
    pub(crate) strides: &'a [usize],
    pub(crate) dilation: &'a [usize],
    pub(crate) padding: Padding,
}

impl Sliding<'_> {
    /// Number of spatial axes.
    pub(crate) fn axes(&self) -> usize {
        self.size.len()
    }

    /// Refuses zeros in the options, and `Causal` along more than one axis.
    pub(crate) fn validate(&self) -> Result<(), Problem> {
        positive(self.option, self.size)?;
        positive("strides", self.strides)?;
        positive("dilation_rate", self.dilation)?;
        if self.axes() > 1 { self.not_causal() } else { Ok(()) }
    }

    /// Refuses `Causal`, which only `Conv1D` takes.
    pub(crate) fn not_causal(&self) -> Result<(), Problem> {
        match (self.padding, self.axes()) {
            (Padding::Valid | Padding::Same, _) => Ok(()),
            (Padding::Causal, axes) => {
                let first =
                    if axes == 1 { "(n, 0)".into() } else { format!("[(n, 0){}]", ", (0, 0)".repeat(axes - 1)) };
                let help = format!("take `Same`, or pad in front with `.zero_padding_{axes}d({first})`");
                Err(Problem::argument("padding", "Causal", "Valid or Same", help))
            }
        }
    }

    /// Refuses strides together with dilation.
    pub(crate) fn strided_or_dilated(&self) -> Result<(), Problem> {
        if self.strides.iter().all(|n| *n == 1) || self.dilation.iter().all(|n| *n == 1) {
            return Ok(());
        }
        let expected = format!("1 where dilation_rate is {}", shown(self.dilation));
        let help = "take strides of 1, or a dilation_rate of 1; separable and depthwise convolutions take both";
        Err(Problem::argument("strides", shown(self.strides), expected, help))
    }

    /// The window along one axis of this length.
    fn window(&self, axis: usize, length: usize) -> Result<Window, Problem> {
        let (size, stride, dilation) = (self.size[axis], self.strides[axis], self.dilation[axis]);
        let too_long = Problem::Window { option: self.option, size, dilation, stride, length, can_pad: true };
        let Some(span) = self.span(axis).filter(|_| length > 0) else { return Err(too_long) };
        let (before, after) = match self.padding {
            Padding::Valid => (0, 0),
            Padding::Causal => (span - 1, 0),
            Padding::Same => {
                let steps = length.div_ceil(stride);
                let total = ((steps - 1) * stride).saturating_add(span).saturating_sub(length);
                (total / 2, total - total / 2)
            }
        };
        let window = Window { size, stride, dilation, before, after };
        window.output(length).filter(|steps| *steps > 0).map(|_| window).ok_or(too_long)
    }

    /// Elements from the first that the window takes in along an axis to the last.
    pub(crate) fn span(&self, axis: usize) -> Option<usize> {
        self.size[axis].checked_sub(1)?.checked_mul(self.dilation[axis])?.checked_add(1)
    }

    /// The windows along all axes.
    pub(crate) fn windows(&self, lengths: &[usize]) -> Result<Vec<Window>, Problem> {
        self.validate()?;
        lengths.iter().enumerate().map(|(axis, length)| self.window(axis, *length)).collect()
    }

    /// Lengths of the output's axes; unknown ones stay unknown.
    pub(crate) fn output(&self, lengths: &[Dim]) -> Result<Vec<Dim>, Problem> {
        self.validate()?;
        let output = |(axis, length): (usize, &Dim)| match length {
            None => Ok(None),
            Some(length) => self.window(axis, *length).map(|w| w.output(*length)),
        };
        lengths.iter().enumerate().map(output).collect()
    }
}

/// Lengths as an option is written: one number, or a list.
pub(crate) fn shown(lengths: &[usize]) -> String {
    match lengths {
        [one] => one.to_string(),
        many => format!("{many:?}"),
    }
}

/// What a layer computes of its input, or the problem kept as the graph's error.
pub(crate) fn computed<'g>(call: &Call<'_, 'g>, output: Result<Value<'g>, Problem>) -> Vec<Value<'g>> {
    vec![output.unwrap_or_else(|problem| {
        call.graph.fail(OperationError { operation: "window", message: problem.to_string() });
        call.input()
    })]
}

/// The window of a pointwise convolution.
pub(crate) const POINT: Window = Window { size: 1, stride: 1, dilation: 1, before: 0, after: 0 };

/// A shape taken apart: batch, spatial axes, channels.
pub(crate) struct Spatial {
    pub(crate) batch: Dim,
    pub(crate) lengths: Vec<Dim>,
    pub(crate) channels: Dim,
}

impl DataFormat {
    /// Takes a shape of some spatial axes apart.
    pub(crate) fn split(self, shape: &Shape, axes: usize) -> Result<Spatial, Problem> {
        if shape.rank() != axes + 2 {
            return Err(Problem::Rank { expected: self.axes(axes), found: shape.rank() });
        }
        let (batch, rest) = (shape.0[0], &shape.0[1..]);
        let (lengths, channels) = match self {
            DataFormat::ChannelsLast => (&rest[..axes], rest[axes]),
            DataFormat::ChannelsFirst => (&rest[1..], rest[0]),
        };
        if channels == Some(0) {
            return Err(Problem::mismatch("takes channels, the input has none", "give the layer at least one channel"));
        }
        Ok(Spatial { batch, lengths: lengths.to_vec(), channels })
    }

    /// Puts a shape together.
    pub(crate) fn join(self, spatial: Spatial) -> Shape {
        let Spatial { batch, mut lengths, channels } = spatial;
        let at = match self {
            DataFormat::ChannelsLast => lengths.len(),
            DataFormat::ChannelsFirst => 0,
        };
        lengths.insert(at, channels);
        lengths.insert(0, batch);
        Shape(lengths)
    }

    /// Where the first spatial axis is.
    pub(crate) fn first_spatial_axis(self) -> usize {
        match self {
            DataFormat::ChannelsLast => 1,
            DataFormat::ChannelsFirst => 2,
        }
    }

    /// The tensor with channels last.
    pub(crate) fn to_channels_last(self, x: Value<'_>) -> Value<'_> {
        let rank = x.rank();
        match self {
            DataFormat::ChannelsLast => x,
            DataFormat::ChannelsFirst => x.transpose(&[0].into_iter().chain(2..rank).chain([1]).collect::<Vec<_>>()),
        }
    }

    /// A tensor with channels last in this format.
    pub(crate) fn back_from_channels_last(self, y: Value<'_>) -> Value<'_> {
        let rank = y.rank();
        match self {
            DataFormat::ChannelsLast => y,
            DataFormat::ChannelsFirst => y.transpose(&[0, rank - 1].into_iter().chain(1..rank - 1).collect::<Vec<_>>()),
        }
    }

    /// The axes of sequences of such tensors.
    pub(crate) fn sequence_axes(self, axes: usize) -> &'static str {
        match (self, axes) {
            (DataFormat::ChannelsLast, 1) => "(batch, time, steps, channels)",
            (DataFormat::ChannelsLast, 2) => "(batch, time, rows, columns, channels)",
            (DataFormat::ChannelsLast, _) => "(batch, time, depth, rows, columns, channels)",
            (DataFormat::ChannelsFirst, 1) => "(batch, time, channels, steps)",
            (DataFormat::ChannelsFirst, 2) => "(batch, time, channels, rows, columns)",
            (DataFormat::ChannelsFirst, _) => "(batch, time, channels, depth, rows, columns)",
        }
    }

    fn axes(self, axes: usize) -> &'static str {
        match (self, axes) {
            (DataFormat::ChannelsLast, 1) => "(batch, steps, channels)",
            (DataFormat::ChannelsLast, 2) => "(batch, rows, columns, channels)",
            (DataFormat::ChannelsLast, _) => "(batch, depth, rows, columns, channels)",
            (DataFormat::ChannelsFirst, 1) => "(batch, channels, steps)",
            (DataFormat::ChannelsFirst, 2) => "(batch, channels, rows, columns)",
            (DataFormat::ChannelsFirst, _) => "(batch, channels, depth, rows, columns)",
        }
    }
}
