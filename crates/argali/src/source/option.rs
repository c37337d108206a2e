//! Options of optimizers, schedules, losses and metrics as Rust expressions, a rule for each type.

use super::compile::{Missing, Words, schedule};
use super::{Imports, value};
use crate::losses::{Axes, Reduction};
use crate::metrics::{Aggregation, Average, Curve, LabelWeights, SummationMethod, Thresholds};
use crate::schedules::LearningRate;
use crate::{Number, Numbers, settings};
use argali_engine::DType;
use std::any::Any;
use std::fmt::Debug;

/// What the setter or constructor of an option takes.
pub(super) fn expression(option: &dyn Any, imports: &mut Imports) -> Words {
    macro_rules! first {
        ($($Type:ty: |$value:ident| $expression:expr;)*) => {
            $(if let Some($value) = option.downcast_ref::<$Type>() {
                return $expression;
            })*
        };
    }
    first! {
        u64: |v| Ok(v.to_string());
        Option<u64>: |v| given(v.as_ref(), u64::to_string);
        Option<usize>: |v| given(v.as_ref(), usize::to_string);
        Option<Number>: |v| Ok(v.map_or_else(|| "None".into(), value::number));
        String: |v| Ok(format!("{v:?}"));
        Vec<String>: |v| Ok(format!("vec![{}]", joined(v, |name| format!("{name:?}.to_owned()"))));
        Numbers: |v| Ok(numbers(&v.0, imports));
        Option<Vec<f64>>: |v| given(v.as_ref(), |v| floats(v));
        Option<LabelWeights>: |v| given(v.as_ref(), |v| floats(&v.0));
        LearningRate: |v| learning_rate(v, imports);
        Option<Reduction>: |v| {
            Ok(v.map_or_else(|| "None".into(), |v| variant("losses", "Reduction", &v, imports)))
        };
        Axes: |v| Ok(axes(v, imports));
        Curve: |v| Ok(variant("metrics", "Curve", v, imports));
        SummationMethod: |v| Ok(variant("metrics", "SummationMethod", v, imports));
        Thresholds: |v| Ok(thresholds(v, imports));
        Option<Average>: |v| given(v.as_ref(), |v| variant("metrics", "Average", v, imports));
        Option<Aggregation>: |v| Ok(match v {
            Some(v) => format!("Some({})", variant("metrics", "Aggregation", v, imports)),
            None => "None".into(),
        });
    }
    value::expression(option, imports).ok_or(Missing::Words)
}

/// What a setter takes that can't be given `None`.
fn given<T>(option: Option<&T>, text: impl FnOnce(&T) -> String) -> Words {
    option.map(text).ok_or(Missing::Words)
}

fn joined<T>(all: &[T], one: impl Fn(&T) -> String) -> String {
    all.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A variant of an enum that the prelude does not export.
fn variant(module: &str, name: &str, variant: &impl Debug, imports: &mut Imports) -> String {
    format!("{}::{name}::{variant:?}", imports.name(&format!("argali::{module}")))
}

/// A list of floats, which converts into a vector.
fn floats(all: &[f64]) -> String {
    if all.is_empty() { "Vec::<f64>::new()".into() } else { format!("[{}]", joined(all, |x| value::float(*x))) }
}

/// A list of numbers that stay integers or floats.
pub(super) fn numbers(all: &[Number], imports: &mut Imports) -> String {
    let are = |is: fn(&Number) -> bool| all.iter().all(is);
    match are(|n| matches!(n, Number::Int(_))) || are(|n| matches!(n, Number::Float(_))) {
        true if all.is_empty() => floats(&[]),
        true => format!("[{}]", joined(all, |n| value::number(*n))),
        false => value::numbers(all, imports),
    }
}

fn learning_rate(rate: &LearningRate, imports: &mut Imports) -> Words {
    let is_f32 = settings::current().floatx.dtype() == DType::F32;
    match rate {
        LearningRate::Schedule(of) => schedule(of, imports),
        LearningRate::Constant(rate) if is_f32 && rate.is_finite() && f64::from(*rate as f32) == *rate => {
            Ok(format!("{:?}", *rate as f32))
        }
        LearningRate::Constant(rate) => Ok(value::float(*rate)),
    }
}

fn axes(axes: &Axes, imports: &mut Imports) -> String {
    match axes {
        Axes::One(axis) => axis.to_string(),
        Axes::Some(all) if !all.is_empty() => format!("{all:?}"),
        Axes::Some(_) => format!("{}::Axes::Some(vec![])", imports.name("argali::losses")),
        Axes::All => format!("{}::Axes::All", imports.name("argali::losses")),
    }
}

fn thresholds(thresholds: &Thresholds, imports: &mut Imports) -> String {
    let are_floats = |all: &[Number]| !all.is_empty() && all.iter().all(|n| matches!(n, Number::Float(_)));
    match thresholds {
        Thresholds::One(Number::Float(x)) => value::float(*x),
        Thresholds::Many(all) if are_floats(all) => format!("[{}]", joined(all, |n| value::number(*n))),
        other => {
            let name = format!("{}::Thresholds", imports.name("argali::metrics"));
            match other {
                Thresholds::Default => format!("{name}::Default"),
                Thresholds::One(n) => format!("{name}::One({})", value::typed_number(*n, imports)),
                Thresholds::Many(all) => format!("{name}::Many(vec!{})", value::numbers(all, imports)),
            }
        }
    }
}
