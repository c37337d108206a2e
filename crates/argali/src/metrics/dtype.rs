//! The type of a metric's states, by Keras's name.

use crate::{Problem, settings};
use argali_engine::DType;

const FLOATS: &[&str] = &["float", "float16", "bfloat16", "float32", "float64"];
const INTEGERS: &[&str] = &["int", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];

/// Keras's name of the default type.
pub(super) fn floatx() -> String {
    match settings::current().floatx.dtype() {
        DType::F64 => "float64".into(),
        _ => "float32".into(),
    }
}

/// The type that states of a named type have. Integers are kept in 64-bit floats, which hold counts exactly.
pub(super) fn of_states(name: &str) -> DType {
    match name {
        "float64" => DType::F64,
        name if INTEGERS.contains(&name) => DType::F64,
        _ => DType::F32,
    }
}

/// Whether the type is an integer one.
pub(super) fn is_integer(name: &str) -> bool {
    INTEGERS.contains(&name)
}

pub(super) fn validate(name: &str) -> Result<(), Problem> {
    match FLOATS.contains(&name) || INTEGERS.contains(&name) {
        true => Ok(()),
        false => Err(Problem::argument("dtype", format!("`{name}`"), "such as `float32` or `float64`", "")),
    }
}
