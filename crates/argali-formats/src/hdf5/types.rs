//! HDF5's element types as this crate's.

use hdf5_reader::Datatype;

use crate::encoding::{self, Stored};
use crate::{DType, Error, Problem, Result};

/// How the elements of a dataset or attribute are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Elements {
    pub(super) stored: Stored,
    pub(super) order: encoding::ByteOrder,
}

/// The numbers that the type describes.
pub(super) fn numbers(datatype: &Datatype) -> Result<Elements> {
    let plain = |dtype, order| Elements { stored: Stored::Plain(dtype), order: byte_order(order) };
    match datatype {
        Datatype::FixedPoint { size, signed, byte_order } => {
            let dtype = match (size, signed) {
                (1, true) => DType::I8,
                (2, true) => DType::I16,
                (4, true) => DType::I32,
                (8, true) => DType::I64,
                (1, false) => DType::U8,
                (2, false) => DType::U16,
                (4, false) => DType::U32,
                (8, false) => DType::U64,
                _ => return Err(unsupported(format!("an integer of {size} bytes"))),
            };
            Ok(plain(dtype, *byte_order))
        }
        Datatype::FloatingPoint { size: 4, byte_order } => Ok(plain(DType::F32, *byte_order)),
        Datatype::FloatingPoint { size: 8, byte_order } => Ok(plain(DType::F64, *byte_order)),
        Datatype::FloatingPoint { size: 2, byte_order: order } => {
            Ok(Elements { stored: Stored::Float16, order: byte_order(*order) })
        }
        Datatype::FloatingPoint { size, .. } => Err(unsupported(format!("a float of {size} bytes"))),
        Datatype::Enum { base, members } if is_bool(base, members) => {
            Ok(Elements { stored: Stored::Plain(DType::Bool), order: encoding::ByteOrder::Little })
        }
        other => Err(unsupported(described(other).to_owned())),
    }
}

fn byte_order(order: hdf5_reader::ByteOrder) -> encoding::ByteOrder {
    match order {
        hdf5_reader::ByteOrder::LittleEndian => encoding::ByteOrder::Little,
        hdf5_reader::ByteOrder::BigEndian => encoding::ByteOrder::Big,
    }
}

/// Booleans as h5py writes them.
fn is_bool(base: &Datatype, members: &[hdf5_reader::messages::datatype::EnumMember]) -> bool {
    let is_byte = matches!(base, Datatype::FixedPoint { size: 1, .. });
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    is_byte && names == ["FALSE", "TRUE"]
}

pub(super) fn described(datatype: &Datatype) -> &'static str {
    match datatype {
        Datatype::FixedPoint { .. } => "integers",
        Datatype::FloatingPoint { .. } => "floats",
        Datatype::String { .. } => "strings",
        Datatype::Compound { .. } => "compound elements (such as complex numbers)",
        Datatype::Array { .. } => "arrays as elements",
        Datatype::Enum { .. } => "an enumeration",
        Datatype::VarLen { .. } => "elements of variable length",
        Datatype::Opaque { .. } => "opaque elements",
        Datatype::Reference { .. } => "references",
        Datatype::Bitfield { .. } => "bit fields",
    }
}

fn unsupported(found: String) -> Error {
    Error::new(Problem::Unsupported { found, expected: "integers, floats or booleans".to_owned() })
}
