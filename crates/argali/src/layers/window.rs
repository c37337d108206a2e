//! The one rule by which windows slide, for shapes and for execution.

use super::*;
use crate::Dim;
use argali_engine::Window;

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
    /// Refuses zeros in the options.
    pub(crate) fn validate(&self) -> Result<(), Problem> {
        positive(self.option, self.size)?;
        positive("strides", self.strides)?;
        positive("dilation_rate", self.dilation)
    }

    /// Refuses `Causal`, which only `Conv1D` takes.
    pub(crate) fn not_causal(&self) -> Result<(), Problem> {
        let help = "take `Same`, or pad in front with `.zero_padding_1d((n, 0))`";
        match self.padding {
            Padding::Causal => Err(Problem::argument("padding", "Causal", "Valid or Same", help)),
            Padding::Valid | Padding::Same => Ok(()),
        }
    }

    /// The window along one axis of this length.
    fn window(&self, axis: usize, length: usize) -> Result<Window, Problem> {
        let (size, stride, dilation) = (self.size[axis], self.strides[axis], self.dilation[axis]);
        let span = size.checked_sub(1).and_then(|n| n.checked_mul(dilation)).and_then(|n| n.checked_add(1));
        let too_long = Problem::Window { option: self.option, size, dilation, stride, length, can_pad: true };
        let Some(span) = span.filter(|_| length > 0) else { return Err(too_long) };
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

    /// The windows along all axes.
    pub(crate) fn windows(&self, lengths: &[usize]) -> Result<Vec<Window>, Problem> {
        lengths.iter().enumerate().map(|(axis, length)| self.window(axis, *length)).collect()
    }

    /// Lengths of the output's axes; unknown ones stay unknown.
    pub(crate) fn output(&self, lengths: &[Dim]) -> Result<Vec<Dim>, Problem> {
        let output = |(axis, length): (usize, &Dim)| match length {
            None => Ok(None),
            Some(length) => self.window(axis, *length).map(|w| w.output(*length)),
        };
        lengths.iter().enumerate().map(output).collect()
    }
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
    /// Takes a shape of `N` spatial axes apart.
    pub(crate) fn split<const N: usize>(self, shape: &Shape) -> Result<Spatial, Problem> {
        let axes = shape.rank();
        if axes != N + 2 {
            return Err(Problem::Rank { expected: self.axes::<N>(), found: axes });
        }
        let (batch, rest) = (shape.0[0], &shape.0[1..]);
        let (lengths, channels) = match self {
            DataFormat::ChannelsLast => (&rest[..N], rest[N]),
            DataFormat::ChannelsFirst => (&rest[1..], rest[0]),
        };
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

    /// The tensor with channels last.
    pub(crate) fn to_channels_last(self, x: Value<'_>) -> Value<'_> {
        let rank = x.rank();
        match self {
            DataFormat::ChannelsLast => x,
            DataFormat::ChannelsFirst => x.transpose(&[0].into_iter().chain(2..rank).chain([1]).collect::<Vec<_>>()),
        }
    }

    /// A tensor with channels last in this format.
    pub(crate) fn from_channels_last(self, y: Value<'_>) -> Value<'_> {
        let rank = y.rank();
        match self {
            DataFormat::ChannelsLast => y,
            DataFormat::ChannelsFirst => y.transpose(&[0, rank - 1].into_iter().chain(1..rank - 1).collect::<Vec<_>>()),
        }
    }

    fn axes<const N: usize>(self) -> &'static str {
        match (self, N) {
            (DataFormat::ChannelsLast, 1) => "(batch, steps, channels)",
            (DataFormat::ChannelsLast, 2) => "(batch, rows, columns, channels)",
            (DataFormat::ChannelsLast, _) => "(batch, depth, rows, columns, channels)",
            (DataFormat::ChannelsFirst, 1) => "(batch, channels, steps)",
            (DataFormat::ChannelsFirst, 2) => "(batch, channels, rows, columns)",
            (DataFormat::ChannelsFirst, _) => "(batch, channels, depth, rows, columns)",
        }
    }
}
