//! Shapes as Keras prints them, with unknown lengths.

use crate::Problem;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Length of one axis: `None` where it is only known when data arrives.
pub type Dim = Option<usize>;

/// Shape of a tensor, batch axis first. Keras writes it `(None, 128, 1)`.
///
/// ```
/// use argali::Shape;
/// assert_eq!(Shape::of_samples([128, 9]).to_string(), "(None, 128, 9)");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shape(pub Vec<Dim>);

/// Lengths that shapes are made of: `128`, or `None` for an axis known only when data arrives.
pub trait IntoDim {
    /// The length.
    fn into_dim(self) -> Dim;
}

impl IntoDim for usize {
    fn into_dim(self) -> Dim {
        Some(self)
    }
}

impl IntoDim for Dim {
    fn into_dim(self) -> Dim {
        self
    }
}

impl Shape {
    /// A shape of these lengths, batch axis included.
    pub fn new<D: IntoDim>(dims: impl IntoIterator<Item = D>) -> Self {
        Shape(dims.into_iter().map(IntoDim::into_dim).collect())
    }

    /// The shape of a batch of samples, given the shape of one.
    pub fn of_samples<D: IntoDim>(dims: impl IntoIterator<Item = D>) -> Self {
        Shape([None].into_iter().chain(dims.into_iter().map(IntoDim::into_dim)).collect())
    }

    /// Number of axes, the batch axis included.
    pub fn rank(&self) -> usize {
        self.0.len()
    }

    /// Length of an axis; negative ones count from the end. `None` if it is unknown or there is no such axis.
    pub fn dim(&self, axis: isize) -> Dim {
        self.axis(axis).and_then(|a| self.0[a])
    }

    /// Index of an axis; negative ones count from the end. `None` if there is no such axis.
    pub fn axis(&self, axis: isize) -> Option<usize> {
        let rank = self.rank() as isize;
        let index = if axis < 0 { axis + rank } else { axis };
        (0..rank).contains(&index).then_some(index as usize)
    }

    /// The lengths, if all are known.
    pub fn known(&self) -> Option<Vec<usize>> {
        self.0.iter().copied().collect()
    }

    /// Number of elements of one sample, if known.
    pub fn sample_len(&self) -> Dim {
        self.0.iter().skip(1).try_fold(1usize, |n, d| n.checked_mul((*d)?))
    }

    /// Whether a tensor of the known lengths could be addressed, were the unknown ones 1.
    pub(crate) fn is_addressable(&self) -> bool {
        let known = self.0.iter().flatten().filter(|length| **length > 0);
        let bytes = known.into_iter().try_fold(size_of::<f64>(), |bytes, length| bytes.checked_mul(*length));
        bytes.is_some_and(|bytes| isize::try_from(bytes).is_ok())
    }

    /// The lengths as an array of `N`.
    ///
    /// # Errors
    ///
    /// [`Problem::Rank`] if there are more or fewer axes; `expected` describes them.
    pub fn axes<const N: usize>(&self, expected: &'static str) -> Result<[Dim; N], Problem> {
        self.0.as_slice().try_into().map_err(|_| Problem::Rank { expected, found: self.rank() })
    }

    /// Whether an array of this shape can be fed where `self` is expected.
    pub fn accepts(&self, found: &[usize]) -> bool {
        self.rank() == found.len() && self.0.iter().zip(found).all(|(d, n)| d.is_none_or(|d| d == *n))
    }
}

impl From<&[usize]> for Shape {
    fn from(dims: &[usize]) -> Self {
        Shape::new(dims.iter().copied())
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dims: Vec<_> = self.0.iter().map(|d| d.map_or("None".into(), |d| d.to_string())).collect();
        match dims.as_slice() {
            [one] => write!(f, "({one},)"),
            _ => write!(f, "({})", dims.join(", ")),
        }
    }
}
