//! Elements as bytes: decoding from either byte order and either memory order, encoding as little-endian C order.

use ndarray::{ArrayD, IxDyn, ShapeBuilder};

use crate::array::{Array, DType, each};
use crate::{Error, Problem, Result};

/// More axes than any array in a model file has.
pub(crate) const MAX_RANK: usize = 64;

/// The element types a file may have: those of [`Array`], and those that are widened on reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stored {
    Plain(DType),
    Float16,
    BFloat16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(any(feature = "npy", feature = "hdf5")), allow(dead_code))]
pub(crate) enum ByteOrder {
    Little,
    Big,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "npy"), allow(dead_code))]
pub(crate) enum MemoryOrder {
    C,
    Fortran,
}

impl Stored {
    pub(crate) fn size(self) -> usize {
        match self {
            Self::Plain(dtype) => dtype.size(),
            Self::Float16 | Self::BFloat16 => 2,
        }
    }
}

/// The shape as this machine's integers and its size in bytes, when an array of it can exist at all.
pub(crate) fn checked_shape(shape: &[u64], element_size: usize) -> Result<(Vec<usize>, usize)> {
    if shape.len() > MAX_RANK {
        return Err(Error::new(Problem::TooLarge {
            what: "the number of axes",
            found: shape.len() as u64,
            limit: MAX_RANK as u64,
        }));
    }
    let checked = || {
        let axes: Vec<usize> = shape.iter().map(|&axis| axis.try_into().ok()).collect::<Option<_>>()?;
        let extent =
            axes.iter().filter(|&&axis| axis > 0).try_fold(element_size, |size, &axis| size.checked_mul(axis))?;
        isize::try_from(extent).ok()?;
        let is_empty = axes.contains(&0);
        Some((axes, if is_empty { 0 } else { extent }))
    };
    checked().ok_or_else(|| Error::new(Problem::ShapeOverflow { shape: shape.to_vec() }))
}

/// The array whose elements are `bytes`; their number has to be the shape's.
pub(crate) fn decode(
    bytes: &[u8],
    stored: Stored,
    shape: Vec<usize>,
    byte_order: ByteOrder,
    memory_order: MemoryOrder,
) -> Result<Array> {
    macro_rules! numbers {
        ($number:ty) => {
            elements(bytes, byte_order, <$number>::from_le_bytes, <$number>::from_be_bytes)
        };
    }
    macro_rules! array {
        ($values:expr) => {
            arranged($values, shape, memory_order)?.into()
        };
    }
    Ok(match stored {
        Stored::Plain(DType::F32) => array!(numbers!(f32)),
        Stored::Plain(DType::F64) => array!(numbers!(f64)),
        Stored::Plain(DType::I8) => array!(numbers!(i8)),
        Stored::Plain(DType::I16) => array!(numbers!(i16)),
        Stored::Plain(DType::I32) => array!(numbers!(i32)),
        Stored::Plain(DType::I64) => array!(numbers!(i64)),
        Stored::Plain(DType::U8) => array!(bytes.to_vec()),
        Stored::Plain(DType::U16) => array!(numbers!(u16)),
        Stored::Plain(DType::U32) => array!(numbers!(u32)),
        Stored::Plain(DType::U64) => array!(numbers!(u64)),
        Stored::Plain(DType::Bool) => array!(bytes.iter().map(|&byte| byte != 0).collect::<Vec<bool>>()),
        Stored::Float16 => array!(elements(
            bytes,
            byte_order,
            |half| float16(u16::from_le_bytes(half)),
            |half| float16(u16::from_be_bytes(half)),
        )),
        Stored::BFloat16 => array!(elements(
            bytes,
            byte_order,
            |half| bfloat16(u16::from_le_bytes(half)),
            |half| bfloat16(u16::from_be_bytes(half)),
        )),
    })
}

/// The elements in little-endian C order.
pub(crate) fn encode(array: &Array) -> Vec<u8> {
    use crate::array::Element;

    let mut bytes = Vec::with_capacity(array.len() * array.dtype().size());
    each!(array, values => match values.as_slice() {
        Some(slice) => slice.iter().for_each(|value| value.extend_le(&mut bytes)),
        None => values.iter().for_each(|value| value.extend_le(&mut bytes)),
    });
    bytes
}

fn elements<const N: usize, T>(
    bytes: &[u8],
    order: ByteOrder,
    from_le: impl Fn([u8; N]) -> T,
    from_be: impl Fn([u8; N]) -> T,
) -> Vec<T> {
    let (elements, _) = bytes.as_chunks::<N>();
    match order {
        ByteOrder::Little => elements.iter().map(|&element| from_le(element)).collect(),
        ByteOrder::Big => elements.iter().map(|&element| from_be(element)).collect(),
    }
}

fn arranged<T: Clone>(values: Vec<T>, shape: Vec<usize>, order: MemoryOrder) -> Result<ArrayD<T>> {
    let length = values.len();
    let described = format!("{shape:?}");
    let array = ArrayD::from_shape_vec(IxDyn(&shape).set_f(order == MemoryOrder::Fortran), values);
    let array =
        array.map_err(|_| Error::malformed(format!("{length} elements"), format!("those of the shape {described}")))?;
    Ok(if array.is_standard_layout() { array } else { array.as_standard_layout().into_owned() })
}

/// IEEE 754 binary16, widened exactly.
fn float16(bits: u16) -> f32 {
    let sign = u32::from(bits >> 15) << 31;
    let exponent = u32::from(bits >> 10) & 0x1f;
    let fraction = u32::from(bits) & 0x3ff;
    match (exponent, fraction) {
        (0, _) => {
            let magnitude = fraction as f32 / 16_777_216.0;
            f32::from_bits(sign | magnitude.to_bits())
        }
        (0x1f, _) => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

/// The upper half of an IEEE 754 binary32.
fn bfloat16(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widens_float16_exactly() {
        let cases = [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0400, 6.103_515_6e-5),
            (0x03ff, 6.097_555e-5),
            (0x0001, 5.960_464_5e-8),
            (0x3555, 0.333_251_95),
            (0x7c00, f32::INFINITY),
            (0xfc00, f32::NEG_INFINITY),
        ];
        for (bits, expected) in cases {
            assert_eq!(float16(bits), expected, "{bits:#06x}");
        }
        assert!(float16(0x7e00).is_nan());
        assert!(float16(0x8000).is_sign_negative());
    }

    #[test]
    fn widens_bfloat16_exactly() {
        assert_eq!(bfloat16(0x3f80), 1.0);
        assert_eq!(bfloat16(0xc040), -3.0);
        assert!(bfloat16(0x7fc0).is_nan());
    }

    #[test]
    fn shapes_are_checked_before_anything_is_allocated() {
        assert_eq!(checked_shape(&[2, 3], 4).unwrap(), (vec![2, 3], 24));
        assert_eq!(checked_shape(&[], 8).unwrap(), (vec![], 8));
        assert_eq!(checked_shape(&[0, 5], 8).unwrap(), (vec![0, 5], 0));
        for shape in [&[1 << 31, 1 << 31][..], &[u64::MAX], &[0, 1 << 62, 4], &[1 << 61]] {
            let error = checked_shape(shape, 8).unwrap_err();
            assert!(matches!(error.problem(), Problem::ShapeOverflow { .. }), "{shape:?}");
        }
        let error = checked_shape(&[1; 65], 1).unwrap_err();
        assert_eq!(error.to_string(), "the number of axes is 65, expected at most 64");
    }

    #[test]
    fn both_byte_orders_and_memory_orders() {
        let bytes = [0, 1, 0, 2, 0, 3, 0, 4];
        let big = decode(&bytes, Stored::Plain(DType::I16), vec![2, 2], ByteOrder::Big, MemoryOrder::Fortran).unwrap();
        assert_eq!(big, ndarray::array![[1_i16, 3], [2, 4]].into());
        assert_eq!(encode(&big), [1, 0, 3, 0, 2, 0, 4, 0]);
        let error = decode(&bytes, Stored::Plain(DType::I16), vec![3], ByteOrder::Little, MemoryOrder::C).unwrap_err();
        assert_eq!(error.to_string(), "found 4 elements, expected those of the shape [3]");
    }
}
