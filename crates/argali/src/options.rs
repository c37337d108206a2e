//! Values of options that several layers share.

use crate::{Problem, settings};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// What happens at the borders of the axes a window slides along.
///
/// Keras reads the names without regard to case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Padding {
    /// No padding: the window stays inside the input.
    #[default]
    Valid,
    /// Zeros on both sides, so that `strides` alone sets the output length; an odd one goes behind.
    Same,
    /// Zeros in front only, so that a step never sees later ones. Only for one spatial axis.
    Causal,
}

/// Where the channels axis is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFormat {
    /// `(batch, .., channels)`.
    ChannelsLast,
    /// `(batch, channels, ..)`.
    ChannelsFirst,
}

/// The data format in force: `image_data_format` of `keras.json`.
impl Default for DataFormat {
    fn default() -> Self {
        settings::current().image_data_format
    }
}

/// How new steps are made of the old ones when a tensor is enlarged.
///
/// Keras reads the names without regard to case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interpolation {
    /// The nearest old step.
    #[default]
    Nearest,
    /// Between the two nearest steps.
    Bilinear,
    /// A cubic spline through the four nearest steps (Keys, with a = -0.5).
    Bicubic,
    /// A windowed sinc of radius 3.
    Lanczos3,
    /// A windowed sinc of radius 5.
    Lanczos5,
}

macro_rules! names {
    ($Enum:ident, $what:literal: $($Variant:ident = $name:literal),*) => {
        impl $Enum {
            /// Keras's name.
            pub fn name(self) -> &'static str {
                match self { $($Enum::$Variant => $name),* }
            }
        }
        impl FromStr for $Enum {
            type Err = Problem;
            fn from_str(name: &str) -> Result<Self, Problem> {
                match name.to_lowercase().as_str() {
                    $($name => Ok($Enum::$Variant),)*
                    _ => Err(Problem::key($what, format!("is `{name}`, expected one of {}", [$($name),*].join(", ")))),
                }
            }
        }
        impl fmt::Display for $Enum {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
        impl Serialize for $Enum {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.name())
            }
        }
        impl<'de> Deserialize<'de> for $Enum {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let name = String::deserialize(d)?;
                name.parse().map_err(|_| {
                    D::Error::custom(format!("expected one of {}", [$($name),*].join(", ")))
                })
            }
        }
    };
}

names!(Padding, "padding": Valid = "valid", Same = "same", Causal = "causal");
names!(DataFormat, "data_format": ChannelsLast = "channels_last", ChannelsFirst = "channels_first");
names!(Interpolation, "interpolation": Nearest = "nearest", Bilinear = "bilinear", Bicubic = "bicubic",
    Lanczos3 = "lanczos3", Lanczos5 = "lanczos5");

/// A length per spatial axis: `7`, or `[7, 5]` for two. Keras writes a list, and reads both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size<const N: usize>(pub [usize; N]);

impl<const N: usize> Size<N> {
    /// Whether any of the lengths is above 1.
    pub fn above_one(&self) -> bool {
        self.0.iter().any(|n| *n > 1)
    }
}

impl<const N: usize> From<usize> for Size<N> {
    fn from(n: usize) -> Self {
        Size([n; N])
    }
}

impl<const N: usize> From<[usize; N]> for Size<N> {
    fn from(n: [usize; N]) -> Self {
        Size(n)
    }
}

impl<const N: usize> Serialize for Size<N> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.as_slice().serialize(s)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Size<N> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected a length or a list of lengths")]
        enum Given {
            One(usize),
            Each(Vec<usize>),
        }
        match Given::deserialize(d)? {
            Given::One(n) => Ok(n.into()),
            Given::Each(v) => v
                .try_into()
                .map(Size)
                .map_err(|v: Vec<_>| D::Error::invalid_length(v.len(), &format!("{N} lengths").as_str())),
        }
    }
}

/// Some axes, or none given: `1`, or `[1, 2]`. Keras writes a list, and reads both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AxisList(pub Option<Vec<isize>>);

impl From<isize> for AxisList {
    fn from(axis: isize) -> Self {
        AxisList(Some(vec![axis]))
    }
}

impl<const N: usize> From<[isize; N]> for AxisList {
    fn from(axes: [isize; N]) -> Self {
        AxisList(Some(axes.to_vec()))
    }
}

impl<'de> Deserialize<'de> for AxisList {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected an axis, a list of axes or null")]
        enum Given {
            One(isize),
            Each(Option<Vec<isize>>),
        }
        Ok(AxisList(match Given::deserialize(d)? {
            Given::One(axis) => Some(vec![axis]),
            Given::Each(axes) => axes,
        }))
    }
}

/// Shape of a sample, of which one length may be -1: it follows from the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TargetShape(pub Vec<isize>);

impl<const N: usize> From<[isize; N]> for TargetShape {
    fn from(lengths: [isize; N]) -> Self {
        TargetShape(lengths.to_vec())
    }
}

impl From<Vec<isize>> for TargetShape {
    fn from(lengths: Vec<isize>) -> Self {
        TargetShape(lengths)
    }
}
