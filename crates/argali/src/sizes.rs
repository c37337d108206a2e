//! Numbers per spatial axis: paddings and croppings.

use crate::Size;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Steps added behind the output of a transposed convolution, per spatial axis; by default as many as the padding wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OutputPadding<const N: usize>(pub Option<Size<N>>);

impl<const N: usize> From<usize> for OutputPadding<N> {
    fn from(n: usize) -> Self {
        OutputPadding(Some(n.into()))
    }
}

impl<const N: usize> From<[usize; N]> for OutputPadding<N> {
    fn from(n: [usize; N]) -> Self {
        OutputPadding(Some(n.into()))
    }
}

/// What is cut off or added before and behind each spatial axis.
///
/// `1` is the same everywhere, `(1, 2)` for one axis before and behind, `[1, 2]` for two axes one number each, and
/// `[(1, 2), (0, 3)]` for two axes before and behind. Keras writes pairs, and reads all of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margins<const N: usize>(pub [(usize, usize); N]);

impl<const N: usize> From<usize> for Margins<N> {
    fn from(n: usize) -> Self {
        Margins([(n, n); N])
    }
}

impl<const N: usize> From<[(usize, usize); N]> for Margins<N> {
    fn from(margins: [(usize, usize); N]) -> Self {
        Margins(margins)
    }
}

impl From<(usize, usize)> for Margins<1> {
    fn from(margins: (usize, usize)) -> Self {
        Margins([margins])
    }
}

impl From<[usize; 2]> for Margins<1> {
    fn from([before, after]: [usize; 2]) -> Self {
        Margins([(before, after)])
    }
}

impl From<[usize; 2]> for Margins<2> {
    fn from(margins: [usize; 2]) -> Self {
        Margins(margins.map(|n| (n, n)))
    }
}

impl From<[usize; 3]> for Margins<3> {
    fn from(margins: [usize; 3]) -> Self {
        Margins(margins.map(|n| (n, n)))
    }
}

impl<const N: usize> Serialize for Margins<N> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => one.serialize(s),
            many => many.serialize(s),
        }
    }
}

impl<'de, const N: usize> Deserialize<'de> for Margins<N> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Clone, Copy, Deserialize)]
        #[serde(untagged)]
        enum Axis {
            Both(usize),
            Each(usize, usize),
        }
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected a number, a list of numbers or a list of pairs")]
        enum Given {
            One(usize),
            Axes(Vec<Axis>),
        }
        let axes = match Given::deserialize(d)? {
            Given::One(n) => return Ok(n.into()),
            Given::Axes(axes) => axes,
        };
        let margins = match axes[..] {
            [Axis::Both(before), Axis::Both(after)] if N == 1 => vec![(before, after)],
            _ if N == 1 => return Err(D::Error::invalid_length(axes.len(), &"a number before and one behind")),
            _ => axes
                .into_iter()
                .map(|axis| match axis {
                    Axis::Both(n) => (n, n),
                    Axis::Each(before, after) => (before, after),
                })
                .collect(),
        };
        let length = |v: Vec<_>| D::Error::invalid_length(v.len(), &format!("{N} spatial axes").as_str());
        margins.try_into().map(Margins).map_err(length)
    }
}
