//! Values of options as Rust expressions, a rule for each type.

use super::Imports;
use super::layer::Words;
use crate::activations::AnyActivation;
use crate::constraints::{Axes, Constraint};
use crate::initializers::{Initializer, InitializerKind, Values, Window, WindowShape};
use crate::instance::snake_case;
use crate::layers::RenormClipping;
use crate::regularizers::Regularizer;
use crate::{
    AxisList, DataFormat, Dim, Interpolation, Margins, MaybeNumber, Number, OutputPadding, Padding, Size, TargetShape,
};
use ndarray::{ArrayD, ArrayViewD};
use std::any::Any;
use std::fmt::Debug;

/// What the setter or constructor of an option of a known type takes, `None` for any other type.
pub(super) fn expression(value: &dyn Any, imports: &mut Imports) -> Option<String> {
    macro_rules! first {
        ($($Type:ty: |$value:ident| $expression:expr;)*) => {
            $(if let Some($value) = value.downcast_ref::<$Type>() {
                return Some($expression);
            })*
        };
    }
    first! {
        bool: |v| v.to_string();
        usize: |v| v.to_string();
        isize: |v| v.to_string();
        i64: |v| v.to_string();
        Option<i64>: |v| v.map_or_else(|| "None".into(), |n| n.to_string());
        f64: |v| float(*v);
        Number: |v| number(*v);
        MaybeNumber: |v| v.0.map_or_else(|| "None".into(), number);
        Size<1>: |v| lengths(&v.0);
        Size<2>: |v| lengths(&v.0);
        Size<3>: |v| lengths(&v.0);
        Option<Size<1>>: |v| v.map_or_else(|| "None".into(), |v| lengths(&v.0));
        Option<Size<2>>: |v| v.map_or_else(|| "None".into(), |v| lengths(&v.0));
        Option<Size<3>>: |v| v.map_or_else(|| "None".into(), |v| lengths(&v.0));
        OutputPadding<1>: |v| v.0.map_or_else(|| "None".into(), |v| lengths(&v.0));
        OutputPadding<2>: |v| v.0.map_or_else(|| "None".into(), |v| lengths(&v.0));
        OutputPadding<3>: |v| v.0.map_or_else(|| "None".into(), |v| lengths(&v.0));
        Margins<1>: |v| margins(&v.0);
        Margins<2>: |v| margins(&v.0);
        Margins<3>: |v| margins(&v.0);
        Padding: |v| variant(v);
        DataFormat: |v| variant(v);
        Interpolation: |v| variant(v);
        AnyActivation: |v| activation(v, imports)?;
        AxisList: |v| axis_list(v, imports);
        Axes: |v| axes(v);
        TargetShape: |v| list(&v.0, "isize");
        Vec<usize>: |v| list(v, "usize");
        Option<Vec<Dim>>: |v| v.as_ref().map_or_else(|| "None".into(), |v| format!("vec!{}", dims(v)));
        Initializer: |v| initializer(v, imports);
        Option<Regularizer>: |v| v.as_ref().map_or_else(|| "None".into(), |v| regularizer(v, imports));
        Option<Constraint>: |v| v.as_ref().map_or_else(|| "None".into(), |v| constraint(v, imports));
        Values: |v| values(v, imports);
        Option<Values>: |v| v.as_ref().map_or_else(|| "None".into(), |v| owned_values(v, imports));
        Option<RenormClipping>: |v| v.as_ref().map_or_else(|| "None".into(), renorm_clipping);
    }
    None
}

/// A variant of an enum that the prelude exports.
fn variant(value: &impl Debug) -> String {
    format!("{value:?}")
}

fn activation(activation: &AnyActivation, imports: &mut Imports) -> Option<String> {
    let Some(layer) = activation.layer() else { return activation.function().map(|function| variant(&function)) };
    let with_name = layer.display_name() != snake_case(layer.class().name);
    Words::of(layer, with_name, imports).ok().map(|words| words.standalone(imports))
}

pub(super) fn float(value: f64) -> String {
    match value {
        f64::INFINITY => "f64::INFINITY".into(),
        f64::NEG_INFINITY => "f64::NEG_INFINITY".into(),
        value if value.is_nan() => "f64::NAN".into(),
        value => format!("{value:?}"),
    }
}

/// An array of floats.
pub(super) fn array(array: &ArrayD<f32>, imports: &mut Imports) -> String {
    let name = imports.name("argali::ArrayD");
    let indices: String = (0..array.ndim()).map(|axis| format!("[i[{axis}]]")).collect();
    format!("{name}::<f32>::from_shape_fn(vec!{:?}, |i| {}{indices})", array.shape(), nested(array.view()))
}

/// The rows of an array as an array literal.
fn nested(rows: ArrayViewD<'_, f32>) -> String {
    if rows.ndim() == 0 {
        return rows.first().map_or_else(String::new, |number| match *number {
            f32::INFINITY => "f32::INFINITY".into(),
            f32::NEG_INFINITY => "f32::NEG_INFINITY".into(),
            number => format!("{number:?}"),
        });
    }
    let rows: Vec<_> = rows.outer_iter().map(nested).collect();
    format!("[{}]", rows.join(", "))
}

/// An integer or a float literal, as the number is one or the other.
pub(super) fn number(number: Number) -> String {
    match number {
        Number::Int(n) if i32::try_from(n).is_ok() => n.to_string(),
        Number::Int(n) => format!("{n}_i64"),
        Number::Float(x) => float(x),
    }
}

/// One length if all are equal.
fn lengths(lengths: &[usize]) -> String {
    match lengths {
        [first, rest @ ..] if rest.iter().all(|n| n == first) => first.to_string(),
        all => format!("{all:?}"),
    }
}

fn margins(margins: &[(usize, usize)]) -> String {
    let (first, _) = margins.first().copied().unwrap_or_default();
    if margins.iter().all(|m| *m == (first, first)) {
        return first.to_string();
    }
    match margins {
        [one] => format!("{one:?}"),
        many if many.iter().all(|(before, after)| before == after) => {
            format!("{:?}", many.iter().map(|(before, _)| before).collect::<Vec<_>>())
        }
        many => format!("{many:?}"),
    }
}

/// A list, whose type has to be said if it is empty.
fn list<T: Debug>(list: &[T], element: &str) -> String {
    if list.is_empty() { format!("Vec::<{element}>::new()") } else { format!("{list:?}") }
}

/// Lengths of axes of which some may be open.
pub(super) fn dims(dims: &[Dim]) -> String {
    match dims.iter().copied().collect::<Option<Vec<usize>>>() {
        Some(known) if !known.is_empty() => format!("{known:?}"),
        _ => format!("{dims:?}"),
    }
}

fn axes(axes: &Axes) -> String {
    match axes {
        Axes::One(axis) => axis.to_string(),
        Axes::Several(axes) => format!("{axes:?}"),
    }
}

fn axis_list(axes: &AxisList, imports: &mut Imports) -> String {
    match axes.0.as_deref() {
        Some([axis]) => axis.to_string(),
        Some(axes @ [_, ..]) => format!("{axes:?}"),
        Some([]) => format!("{}(Some(vec![]))", imports.name("argali::AxisList")),
        None => format!("{}(None)", imports.name("argali::AxisList")),
    }
}

pub(super) fn regularizer(regularizer: &Regularizer, imports: &mut Imports) -> String {
    match regularizer {
        Regularizer::L1(l1) => format!("L1({})", float(*l1)),
        Regularizer::L2(l2) => format!("L2({})", float(*l2)),
        Regularizer::L1L2 { l1, l2 } => format!("L1L2 {{ l1: {}, l2: {} }}", float(*l1), float(*l2)),
        Regularizer::Orthogonal { factor, mode } => {
            let names = ["argali::regularizers::Regularizer", "argali::regularizers::OrthogonalMode"];
            let [regularizer, modes] = names.map(|name| imports.name(name));
            format!("{regularizer}::orthogonal({}, {modes}::{mode:?})", float(*factor))
        }
    }
}

fn constraint(constraint: &Constraint, imports: &mut Imports) -> String {
    let name = imports.name("argali::constraints::Constraint");
    let along = |axis: &Axes| if *axis == Axes::default() { String::new() } else { format!(".axis({})", axes(axis)) };
    match constraint {
        Constraint::NonNeg => format!("{name}::non_neg()"),
        Constraint::UnitNorm { axis } => format!("{name}::unit_norm(){}", along(axis)),
        Constraint::MaxNorm { max_value, axis } => format!("{name}::max_norm({}){}", number(*max_value), along(axis)),
        Constraint::MinMaxNorm { min_value, max_value, rate, axis } => {
            let bounds = format!("{}, {}", number(*min_value), number(*max_value));
            let is_default = matches!(rate, Number::Float(rate) if *rate == 1.0);
            let rate = if is_default { String::new() } else { format!(".rate({})", number(*rate)) };
            format!("{name}::min_max_norm({bounds}){rate}{}", along(axis))
        }
    }
}

fn initializer(initializer: &Initializer, imports: &mut Imports) -> String {
    let Initializer { kind, seed, input_axes, output_axes } = initializer;
    let mut text = initializer_kind(kind, imports);
    if let Some(seed) = seed {
        text += &format!(".seed({seed})");
    }
    if input_axes.is_none() && output_axes.is_none() {
        return text;
    }
    let axes = |axes: &Option<Vec<i64>>| axes.as_ref().map_or_else(|| "None".into(), |a| format!("Some(vec!{a:?})"));
    let name = imports.name("argali::initializers::Initializer");
    let (inputs, outputs) = (axes(input_axes), axes(output_axes));
    format!("{name} {{ input_axes: {inputs}, output_axes: {outputs}, ..{name}::from({text}) }}")
}

fn initializer_kind(kind: &InitializerKind, imports: &mut Imports) -> String {
    let of_numbers = |function: &str, arguments: &[Number], imports: &mut Imports| {
        let arguments: Vec<_> = arguments.iter().map(|n| number(*n)).collect();
        let name = imports.name("argali::initializers::InitializerKind");
        format!("{name}::{function}({})", arguments.join(", "))
    };
    match kind {
        InitializerKind::Constant(value) => of_numbers("constant", &[*value], imports),
        InitializerKind::Identity { gain } => of_numbers("identity", &[*gain], imports),
        InitializerKind::RandomNormal { mean, stddev } => of_numbers("random_normal", &[*mean, *stddev], imports),
        InitializerKind::RandomUniform { minval, maxval } => of_numbers("random_uniform", &[*minval, *maxval], imports),
        InitializerKind::TruncatedNormal { mean, stddev } => of_numbers("truncated_normal", &[*mean, *stddev], imports),
        InitializerKind::Orthogonal { gain } => of_numbers("orthogonal", &[*gain], imports),
        InitializerKind::VarianceScaling { scale, mode, distribution } => {
            let names = ["InitializerKind", "FanMode", "ScalingDistribution"];
            let [kind, modes, distributions] = names.map(|name| imports.name(&format!("argali::initializers::{name}")));
            let scale = number(*scale);
            format!("{kind}::variance_scaling({scale}, {modes}::{mode:?}, {distributions}::{distribution:?})")
        }
        InitializerKind::Values(values) => {
            let name = imports.name("argali::initializers::InitializerKind");
            format!("{name}::Values({})", owned_values(values, imports))
        }
        InitializerKind::Stft(window) => {
            let name = imports.name("argali::initializers::InitializerKind");
            format!("{name}::Stft({})", stft_window(window, imports))
        }
        plain => variant(plain),
    }
}

fn stft_window(window: &Window, imports: &mut Imports) -> String {
    let names = ["Window", "WindowSide", "WindowScaling", "WindowShape"];
    let [name, sides, scalings, shapes] = names.map(|name| format!("argali::initializers::{name}"));
    let shape = match &window.window {
        None => "None".into(),
        Some(WindowShape::Named(shape)) => format!("Some({}::Named({shape:?}.into()))", imports.name(&shapes)),
        Some(WindowShape::Values(values)) => {
            format!("Some({}::Values(vec!{}))", imports.name(&shapes), numbers(values, imports))
        }
    };
    let scaling = window.scaling.map(|scaling| format!("Some({}::{scaling:?})", imports.name(&scalings)));
    let scaling = scaling.unwrap_or_else(|| "None".into());
    let (name, sides) = (imports.name(&name), imports.name(&sides));
    let (side, periodic) = (window.side, window.periodic);
    format!("{name} {{ side: {sides}::{side:?}, window: {shape}, scaling: {scaling}, periodic: {periodic} }}")
}

/// A list of numbers that stay integers or floats.
pub(super) fn numbers(numbers: &[Number], imports: &mut Imports) -> String {
    let numbers: Vec<_> = numbers.iter().map(|n| typed_number(*n, imports)).collect();
    format!("[{}]", numbers.join(", "))
}

/// A number that stays an integer or a float.
pub(super) fn typed_number(number: Number, imports: &mut Imports) -> String {
    let name = imports.name("argali::Number");
    match number {
        Number::Int(n) => format!("{name}::Int({n})"),
        Number::Float(x) => format!("{name}::Float({})", float(x)),
    }
}

/// What converts into values.
fn values(values: &Values, imports: &mut Imports) -> String {
    let alike = |is: fn(&Number) -> bool| values.elements().iter().all(is);
    let plain = values.dtype_name().is_none()
        && (alike(|n| matches!(n, Number::Float(_)))
            || alike(|n| matches!(n, Number::Int(n) if i32::try_from(*n).is_ok())));
    let elements = || values.elements().iter().map(|n| number(*n)).collect::<Vec<_>>().join(", ");
    match values.shape() {
        [] if plain => elements(),
        [length] if plain && *length > 0 => format!("[{}]", elements()),
        _ => owned_values(values, imports),
    }
}

fn owned_values(values: &Values, imports: &mut Imports) -> String {
    let name = imports.name("argali::initializers::Values");
    let elements = numbers(values.elements(), imports);
    let shape = if values.shape().is_empty() { "[]".into() } else { format!("{:?}", values.shape()) };
    let dtype = values.dtype_name().map_or_else(String::new, |dtype| format!(".dtype({dtype:?})"));
    format!("{name}::new({shape}, {elements})?{dtype}")
}

fn renorm_clipping(clipping: &RenormClipping) -> String {
    let bounds = [("rmax", clipping.rmax), ("rmin", clipping.rmin), ("dmax", clipping.dmax)];
    let bounds = bounds.into_iter().filter_map(|(name, bound)| Some(format!(".{name}({})", number(bound?))));
    format!("RenormClipping::new(){}", bounds.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_by_type() {
        let mut imports = Imports::default();
        let mut check = |value: &dyn Any, expected: &str| {
            assert_eq!(expression(value, &mut imports).as_deref(), Some(expected));
        };
        check(&Number::Int(2), "2");
        check(&Number::Int(1 << 40), "1099511627776_i64");
        check(&Number::Float(1e-7), "1e-7");
        check(&f64::NAN, "f64::NAN");
        check(&Size([3, 3]), "3");
        check(&Size([3, 5]), "[3, 5]");
        check(&Margins([(1, 2)]), "(1, 2)");
        check(&Margins([(1, 1), (2, 2)]), "[1, 2]");
        check(&Margins([(1, 0), (2, 2)]), "[(1, 0), (2, 2)]");
        check(&Some(Regularizer::L2(0.5)), "L2(0.5)");
        check(&TargetShape(vec![]), "Vec::<isize>::new()");
        check(&Initializer::from(InitializerKind::HeNormal).seed(4), "HeNormal.seed(4)");
        assert_eq!(expression(&"text", &mut imports), None);
    }
}
