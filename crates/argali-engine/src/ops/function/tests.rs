//! Every function against a formula of its own.

use super::Function;
use crate::simd::{FORCED, Level};
use crate::testing::noise;
use std::f64::consts::{FRAC_2_SQRT_PI, PI};

type Formula = fn(f64) -> f64;

/// Every function with a formula of its own, and a derivative where the function has one that is not zero.
fn formulas() -> Vec<(Function, Formula)> {
    fn phi(x: f64) -> f64 {
        let next = |(sum, term): (f64, f64), n: i32| (sum + term, term * x * x / f64::from(2 * n + 3));
        let (series, _) = (0..200).fold((0.0, x), next);
        0.5 + series * (-x * x / 2.0).exp() / (2.0 * PI).sqrt()
    }
    fn logistic(x: f64) -> f64 {
        1.0 / (1.0 + (-x).exp())
    }
    vec![
        (Function::Neg, |x| 0.0 - x),
        (Function::Abs, |x| if x > 0.0 { x } else { -x }),
        (Function::Sign, |x| if x > 0.0 { 1.0 } else { -1.0 }),
        (Function::Exp, |x| (x / 2.0).exp().powi(2)),
        (Function::Expm1, |x| 2.0 * (x / 2.0).sinh() * (x / 2.0).exp()),
        (Function::Log, |x| 2.0 * x.sqrt().ln()),
        (Function::Log1p, |x| (1.0 + x).ln()),
        (Function::Sqrt, |x| x.powf(0.5)),
        (Function::Rsqrt, |x| x.powf(-0.5)),
        (Function::Square, |x| x.powi(2)),
        (Function::Reciprocal, |x| x.powi(-1)),
        (Function::Floor, |x| x - x.rem_euclid(1.0)),
        (Function::Sin, |x| (x + PI / 2.0 - PI).cos()),
        (Function::Cos, |x| (x + PI / 2.0).sin()),
        (Function::Erf, |x| 2.0 * phi(x * 2f64.sqrt()) - 1.0),
        (Function::IsNan, |_| 0.0),
        (Function::AddScalar(0.75), |x| x + 0.75),
        (Function::MulScalar(-1.5), |x| -1.5 * x),
        (Function::RSubScalar(2.5), |x| 2.5 - x),
        (Function::RDivScalar(2.5), |x| 2.5 / x),
        (Function::PowScalar(2.5), |x| x * x * x.sqrt()),
        (Function::PowScalar(0.0), |_| 1.0),
        (Function::PowScalar(-1.0), |x| 1.0 / x),
        (Function::MaxScalar(0.3), |x| x.max(0.3)),
        (Function::MinScalar(0.3), |x| x.min(0.3)),
        (Function::GreaterScalar(0.3), |x| f64::from(x > 0.3)),
        (Function::EqualScalar(0.3), |_| 0.0),
        (Function::Relu { slope: 0.0, max_value: f64::INFINITY, threshold: 0.0 }, |x| x.max(0.0)),
        (Function::Relu { slope: 0.2, max_value: 1.2, threshold: 0.5 }, |x| {
            if x <= 0.5 { 0.2 * (x - 0.5) } else { x.min(1.2) }
        }),
        (Function::Elu { alpha: 0.7 }, |x| if x > 0.0 { x } else { 0.7 * (x.exp() - 1.0) }),
        (Function::Selu, |x| {
            1.050_700_987_355_480_5 * if x > 0.0 { x } else { 1.673_263_242_354_377_2 * (x.exp() - 1.0) }
        }),
        (Function::Celu { alpha: 0.7 }, |x| x.max(0.0) + (0.7 * ((x / 0.7).exp() - 1.0)).min(0.0)),
        (Function::Sigmoid, logistic),
        (Function::Tanh, |x| 2.0 * logistic(2.0 * x) - 1.0),
        (Function::Softplus, |x| (1.0 + x.exp()).ln()),
        (Function::Softsign, |x| x / (1.0 + x.abs())),
        (Function::Silu, |x| x * logistic(x)),
        (Function::HardSigmoid, |x| (x + 3.0).clamp(0.0, 6.0) / 6.0),
        (Function::HardSilu, |x| x * (x + 3.0).clamp(0.0, 6.0) / 6.0),
        (Function::Gelu, |x| x * phi(x)),
        (Function::GeluTanh, |x| x * logistic(2.0 * (2.0 / PI).sqrt() * (x + 0.044715 * x.powi(3)))),
        (Function::Mish, |x| x * (1.0 + x.exp()).ln().tanh()),
        (Function::TanhShrink, |x| x + 1.0 - 2.0 * logistic(2.0 * x)),
        (Function::SoftShrink { lambda: 0.4 }, |x| x.signum() * (x.abs() - 0.4).max(0.0)),
        (Function::HardShrink { lambda: 0.4 }, |x| if x.abs() > 0.4 { x } else { 0.0 }),
        (Function::HardTanh, |x| x.clamp(-1.0, 1.0)),
        (Function::Squareplus { b: 4.0 }, |x| 0.5 * (x + x.hypot(2.0))),
        (Function::Threshold { threshold: 0.4, value: -9.0 }, |x| if x > 0.4 { x } else { -9.0 }),
        (Function::SparsePlus, |x| {
            if x < -1.0 {
                0.0
            } else if x < 1.0 {
                0.25 * (x + 1.0).powi(2)
            } else {
                x
            }
        }),
        (Function::SparseSigmoid, |x| (0.5 * x + 0.5).clamp(0.0, 1.0)),
    ]
}

/// Numbers away from all places where one of the functions has a corner or a jump, but in between all of them.
const POINTS: [f64; 16] = [-4.3, -3.4, -2.6, -1.7, -1.1, -0.9, -0.6, -0.35, -0.1, 0.1, 0.36, 0.45, 0.9, 1.1, 2.4, 3.7];

fn defined(function: Function, x: f64) -> bool {
    let positive = matches!(function, Function::Log | Function::Sqrt | Function::Rsqrt | Function::PowScalar(2.5));
    !(positive && x < 0.0 || function == Function::Log1p && x < -1.0)
}

#[test]
fn values_are_those_of_the_formulas() {
    for (function, formula) in formulas() {
        for x in POINTS.into_iter().filter(|x| defined(function, *x)) {
            let expected = formula(x);
            let near = |found: f64, tolerance: f64| (found - expected).abs() <= tolerance * expected.abs().max(1.0);
            let (wide, narrow) = (function.value(x), f64::from(function.value(x as f32)));
            assert!(near(wide, 1e-13), "{function:?} at {x} is {wide}, expected {expected}");
            assert!(near(narrow, 2e-6), "{function:?} at {x} is {narrow} in float32, expected {expected}");
        }
    }
}

#[test]
fn derivatives_are_those_of_differences() {
    for (function, formula) in formulas() {
        for x in POINTS.into_iter().filter(|x| defined(function, *x)) {
            let step = 1e-5;
            let expected = (formula(x + step) - formula(x - step)) / (2.0 * step);
            let found = function.derivative(x, function.value(x));
            let narrow = f64::from(function.derivative(x as f32, function.value(x as f32)));
            let near = |found: f64, tolerance: f64| (found - expected).abs() <= tolerance * expected.abs().max(1.0);
            assert!(near(found, 1e-8), "{function:?}' at {x} is {found}, expected {expected}");
            assert!(near(narrow, 1e-5), "{function:?}' at {x} is {narrow} in float32, expected {expected}");
        }
    }
}

#[test]
fn whole_slices_are_computed_as_single_numbers_are() {
    for (function, _) in formulas() {
        let x: Vec<_> = POINTS.into_iter().filter(|x| defined(function, *x)).map(|x| x as f32).collect();
        let mut y = x.clone();
        function.apply(&mut y);
        assert!(x.iter().zip(&y).all(|(x, y)| function.value(*x) == *y), "{function:?}");
        let mut g = vec![-2.0; x.len()];
        function.apply_derivative(&x, &y, &mut g);
        let expected = |k: usize| -2.0 * function.derivative(x[k], y[k]);
        assert!((0..x.len()).all(|k| g[k] == expected(k)), "{function:?}");
    }
}

#[test]
fn nan_stays_nan() {
    for (function, _) in formulas() {
        let found = function.value(f64::NAN);
        let expected = match function {
            Function::IsNan => Some(1.0),
            Function::GreaterScalar(_) | Function::EqualScalar(_) => Some(0.0),
            Function::PowScalar(0.0) => Some(1.0),
            Function::Threshold { value, .. } => Some(value),
            _ => None,
        };
        assert!(expected.map_or(found.is_nan(), |e| found == e), "{function:?} of NaN is {found}");
    }
}

#[test]
fn far_from_zero_functions_reach_their_limits() {
    let relu = Function::Relu { slope: 0.0, max_value: f64::INFINITY, threshold: 0.0 };
    let limits = [
        (Function::Sigmoid, 0.0, 1.0),
        (Function::Tanh, -1.0, 1.0),
        (Function::Softplus, 0.0, f64::INFINITY),
        (Function::HardSigmoid, 0.0, 1.0),
        (Function::Elu { alpha: 2.0 }, -2.0, f64::INFINITY),
        (Function::Erf, -1.0, 1.0),
        (relu, 0.0, f64::INFINITY),
    ];
    for (function, low, high) in limits {
        for far in [1e3, 1e30, f64::INFINITY] {
            let (below, above) = (function.value(-far), function.value(far));
            assert!(below == low && (above == high || high.is_infinite() && above == far), "{function:?} {far}");
            let (below, above) = (function.value(-far as f32), function.value(far as f32));
            assert!(f64::from(below) == low && (f64::from(above) == high || above == far as f32), "{function:?}");
        }
    }
    assert_eq!(Function::Softplus.derivative(1e4, 1e4), 1.0);
    assert_eq!(FRAC_2_SQRT_PI, Function::Erf.derivative(0.0, 0.0));
}

#[test]
fn every_processor_computes_the_same_bits() {
    let numbers: Vec<_> = noise(1_003, 4).iter().map(|v| (v * 20.0) as f32).collect();
    let run = |level, function: Function| {
        FORCED.set(Some(level));
        let mut y = numbers.clone();
        function.apply(&mut y);
        let mut g = vec![1.5; y.len()];
        function.apply_derivative(&numbers, &y, &mut g);
        FORCED.set(None);
        y.into_iter().chain(g).map(f32::to_bits).collect::<Vec<_>>()
    };
    for (function, _) in formulas() {
        for level in Level::all() {
            assert_eq!(run(level, function), run(Level::Portable, function), "{function:?} at {level:?}");
        }
    }
}
