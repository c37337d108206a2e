//! Keras's promotion of element types, by their names.

use super::{Argument, Kind};
use crate::{Number, Policy};

/// Names of the integer types, the narrowest first; truth values count as the narrowest.
const INTEGERS: [&str; 9] = ["bool", "uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64"];
const FLOATS: [&str; 4] = ["float16", "bfloat16", "float32", "float64"];

pub(super) fn is_integer(name: &str) -> bool {
    INTEGERS.contains(&name) && name != "bool"
}

/// The type of a name.
pub(super) fn named(name: &str) -> Option<&'static str> {
    INTEGERS.into_iter().chain(FLOATS).find(|known| *known == name)
}

/// The wider of the types of one family.
fn widest(family: &[&'static str], names: &[String]) -> Option<&'static str> {
    let rank = |name: &String| family.iter().position(|n| n == name);
    names.iter().filter_map(rank).max().map(|rank| family[rank])
}

/// The type of an operation's result.
pub(super) fn result(kind: Kind, arguments: &[Argument], names: &[String]) -> &'static str {
    if matches!(kind, Kind::NotEqual | Kind::LogicalOr | Kind::Any { .. } | Kind::ZerosLike) {
        return "bool";
    }
    if let Kind::Cast { dtype } = kind {
        return dtype;
    }
    if let Some(float) = float(names) {
        return float;
    }
    let number = |test: fn(&Number) -> bool| {
        arguments.iter().any(|a| if let Argument::Number(number) = a { test(number) } else { false })
    };
    let divides = matches!(kind, Kind::Divide | Kind::TrueDivide);
    match widest(&INTEGERS, names) {
        Some("bool") if !divides && number(|n| matches!(n, Number::Int(_))) => "int32",
        Some(integer) if !divides && !number(|n| matches!(n, Number::Float(_))) => integer,
        _ => "float32",
    }
}

fn float(names: &[String]) -> Option<&'static str> {
    let halves = ["float16", "bfloat16"].iter().all(|half| names.iter().any(|n| n == half));
    widest(&FLOATS, names).map(|float| if halves && float == "bfloat16" { "float32" } else { float })
}

/// What an operation on tensors of these types computes with.
pub(super) fn policy(names: &[String]) -> Policy {
    match float(names) {
        Some("float64") => Policy::Float64,
        Some("float16") => Policy::MixedFloat16,
        Some("bfloat16") => Policy::MixedBfloat16,
        _ => Policy::Float32,
    }
}
