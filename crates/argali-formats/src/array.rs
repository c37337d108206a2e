use std::fmt;

use ndarray::{ArrayD, Dimension};

/// The element type of an [`Array`], named as numpy and Keras name it.
///
/// ```
/// use argali_formats::DType;
///
/// assert_eq!(DType::F32.name(), "float32");
/// assert_eq!(DType::Bool.to_string(), "bool");
/// assert_eq!(DType::I16.size(), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DType {
    /// `float32`
    F32,
    /// `float64`
    F64,
    /// `int8`
    I8,
    /// `int16`
    I16,
    /// `int32`
    I32,
    /// `int64`
    I64,
    /// `uint8`
    U8,
    /// `uint16`
    U16,
    /// `uint32`
    U32,
    /// `uint64`
    U64,
    /// `bool`
    Bool,
}

/// An array of any rank and of any [`DType`], as it is on disk.
///
/// Made from any ndarray array with `From`, taken apart by matching or with `TryFrom`, read as floats with
/// [`to_f32`](Array::to_f32) and [`to_f64`](Array::to_f64). Types narrower than `f32` that ndarray lacks (float16,
/// bfloat16) are widened to `f32` on reading, which is exact.
///
/// ```
/// use argali_formats::{Array, DType};
/// use ndarray::{ArrayD, array};
///
/// let labels = Array::from(array![[0_i64, 2], [1, 3]]);
/// assert_eq!((labels.dtype(), labels.shape()), (DType::I64, &[2, 2][..]));
/// assert_eq!(labels.to_f32(), array![[0., 2.], [1., 3.]].into_dyn());
///
/// let back: ArrayD<i64> = labels.try_into().unwrap();
/// assert_eq!(back[[1, 1]], 3);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Array {
    /// `float32`
    F32(ArrayD<f32>),
    /// `float64`
    F64(ArrayD<f64>),
    /// `int8`
    I8(ArrayD<i8>),
    /// `int16`
    I16(ArrayD<i16>),
    /// `int32`
    I32(ArrayD<i32>),
    /// `int64`
    I64(ArrayD<i64>),
    /// `uint8`
    U8(ArrayD<u8>),
    /// `uint16`
    U16(ArrayD<u16>),
    /// `uint32`
    U32(ArrayD<u32>),
    /// `uint64`
    U64(ArrayD<u64>),
    /// `bool`
    Bool(ArrayD<bool>),
}

macro_rules! each {
    ($array:expr, $values:ident => $body:expr) => {
        match $array {
            Array::F32($values) => $body,
            Array::F64($values) => $body,
            Array::I8($values) => $body,
            Array::I16($values) => $body,
            Array::I32($values) => $body,
            Array::I64($values) => $body,
            Array::U8($values) => $body,
            Array::U16($values) => $body,
            Array::U32($values) => $body,
            Array::U64($values) => $body,
            Array::Bool($values) => $body,
        }
    };
}
pub(crate) use each;

impl DType {
    /// The name in numpy and Keras: `float32`, `int64`, `bool`.
    pub fn name(self) -> &'static str {
        match self {
            Self::F32 => "float32",
            Self::F64 => "float64",
            Self::I8 => "int8",
            Self::I16 => "int16",
            Self::I32 => "int32",
            Self::I64 => "int64",
            Self::U8 => "uint8",
            Self::U16 => "uint16",
            Self::U32 => "uint32",
            Self::U64 => "uint64",
            Self::Bool => "bool",
        }
    }

    /// The number of bytes of one element.
    pub fn size(self) -> usize {
        match self {
            Self::I8 | Self::U8 | Self::Bool => 1,
            Self::I16 | Self::U16 => 2,
            Self::F32 | Self::I32 | Self::U32 => 4,
            Self::F64 | Self::I64 | Self::U64 => 8,
        }
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Array {
    /// The length of each axis; empty for a scalar.
    pub fn shape(&self) -> &[usize] {
        each!(self, values => values.shape())
    }

    /// The number of axes.
    pub fn ndim(&self) -> usize {
        self.shape().len()
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        each!(self, values => values.len())
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The type of the elements.
    pub fn dtype(&self) -> DType {
        match self {
            Self::F32(_) => DType::F32,
            Self::F64(_) => DType::F64,
            Self::I8(_) => DType::I8,
            Self::I16(_) => DType::I16,
            Self::I32(_) => DType::I32,
            Self::I64(_) => DType::I64,
            Self::U8(_) => DType::U8,
            Self::U16(_) => DType::U16,
            Self::U32(_) => DType::U32,
            Self::U64(_) => DType::U64,
            Self::Bool(_) => DType::Bool,
        }
    }

    /// The elements as `f32`, rounded to nearest; `true` is 1.
    pub fn to_f32(&self) -> ArrayD<f32> {
        each!(self, values => values.mapv(|value| value.to_f32()))
    }

    /// The elements as `f64`, rounded to nearest; `true` is 1.
    pub fn to_f64(&self) -> ArrayD<f64> {
        each!(self, values => values.mapv(|value| value.to_f64()))
    }

    /// [`to_f32`](Array::to_f32) without a copy where the elements are `f32` already.
    pub fn into_f32(self) -> ArrayD<f32> {
        match self {
            Self::F32(values) => values,
            other => other.to_f32(),
        }
    }

    /// [`to_f64`](Array::to_f64) without a copy where the elements are `f64` already.
    pub fn into_f64(self) -> ArrayD<f64> {
        match self {
            Self::F64(values) => values,
            other => other.to_f64(),
        }
    }

    /// The elements as `i64`, or `None` when they are floats or one does not fit.
    ///
    /// ```
    /// use argali_formats::Array;
    /// use ndarray::arr1;
    ///
    /// assert_eq!(Array::from(arr1(&[3_u8])).to_i64(), Some(arr1(&[3]).into_dyn()));
    /// assert_eq!(Array::from(arr1(&[u64::MAX])).to_i64(), None);
    /// assert_eq!(Array::from(arr1(&[3.0_f32])).to_i64(), None);
    /// ```
    pub fn to_i64(&self) -> Option<ArrayD<i64>> {
        each!(self, values => {
            let integers: Option<Vec<i64>> = values.iter().map(|value| value.to_i64()).collect();
            ArrayD::from_shape_vec(values.raw_dim(), integers?).ok()
        })
    }
}

/// What every element type of [`Array`] can do.
pub(crate) trait Element: Copy {
    fn to_f32(self) -> f32;
    fn to_f64(self) -> f64;
    fn to_i64(self) -> Option<i64>;
    fn extend_le(self, bytes: &mut Vec<u8>);
}

macro_rules! numbers {
    ($($number:ty, $variant:ident, |$value:ident| $to_i64:expr;)*) => {$(
        impl Element for $number {
            fn to_f32(self) -> f32 {
                self as f32
            }
            fn to_f64(self) -> f64 {
                self as f64
            }
            fn to_i64(self) -> Option<i64> {
                let $value = self;
                $to_i64
            }
            fn extend_le(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }
        }
        convertible!($number, $variant);
    )*};
}

macro_rules! convertible {
    ($element:ty, $variant:ident) => {
        impl<D: Dimension> From<ndarray::Array<$element, D>> for Array {
            fn from(values: ndarray::Array<$element, D>) -> Self {
                Self::$variant(values.into_dyn())
            }
        }

        /// Gives the array back when its elements are of another type.
        impl TryFrom<Array> for ArrayD<$element> {
            type Error = Array;

            fn try_from(array: Array) -> Result<Self, Array> {
                match array {
                    Array::$variant(values) => Ok(values),
                    other => Err(other),
                }
            }
        }
    };
}

numbers! {
    f32, F32, |_value| None;
    f64, F64, |_value| None;
    i8, I8, |value| Some(value.into());
    i16, I16, |value| Some(value.into());
    i32, I32, |value| Some(value.into());
    i64, I64, |value| Some(value);
    u8, U8, |value| Some(value.into());
    u16, U16, |value| Some(value.into());
    u32, U32, |value| Some(value.into());
    u64, U64, |value| value.try_into().ok();
}
convertible!(bool, Bool);

impl Element for bool {
    fn to_f32(self) -> f32 {
        f32::from(u8::from(self))
    }
    fn to_f64(self) -> f64 {
        f64::from(u8::from(self))
    }
    fn to_i64(self) -> Option<i64> {
        Some(self.into())
    }
    fn extend_le(self, bytes: &mut Vec<u8>) {
        bytes.push(self.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{arr0, array};

    #[test]
    fn converts_every_type_to_floats() {
        let arrays = [
            Array::from(array![1_f32, 0.]),
            Array::from(array![1_f64, 0.]),
            Array::from(array![1_i8, 0]),
            Array::from(array![1_i16, 0]),
            Array::from(array![1_i32, 0]),
            Array::from(array![1_i64, 0]),
            Array::from(array![1_u8, 0]),
            Array::from(array![1_u16, 0]),
            Array::from(array![1_u32, 0]),
            Array::from(array![1_u64, 0]),
            Array::from(array![true, false]),
        ];
        for array in arrays {
            assert_eq!(array.shape(), [2]);
            assert_eq!((array.len(), array.ndim(), array.is_empty()), (2, 1, false));
            assert_eq!(array.to_f32(), array![1_f32, 0.].into_dyn(), "{}", array.dtype());
            assert_eq!(array.clone().into_f64(), array![1_f64, 0.].into_dyn(), "{}", array.dtype());
            let is_float = array.dtype().name().starts_with("float");
            assert_eq!(array.to_i64().is_none(), is_float, "{}", array.dtype());
        }
    }

    #[test]
    fn scalar_has_no_axes() {
        let scalar = Array::from(arr0(7_i32));
        assert_eq!((scalar.shape(), scalar.len()), (&[][..], 1));
        assert_eq!(ArrayD::<f32>::try_from(scalar.clone()), Err(scalar));
    }
}
