//! Functions of every element.

use super::{Function, one_real, two_real};
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::with_real;

/// A function of every element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Map(pub Function);

/// Work of one element relative to an addition; most functions are worth a few.
const WORK: usize = 4;

/// Elements that are copied to the output and worked on there while they are in the nearest cache.
const BLOCK: usize = 1 << 10;

impl Operation for Map {
    fn name(&self) -> &'static str {
        "map"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        Ok(vec![one_real(inputs)?.clone()])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let in_place = io.in_place().is_some();
        with_real!(io.dtype(), T => {
            let x = if in_place { &[] } else { io.inputs.get::<T>(0) };
            for_each_chunk(io.outputs.get::<T>(0), CHUNK, WORK, |i, y| {
                if in_place {
                    return self.0.apply(y);
                }
                for (y, x) in y.chunks_mut(BLOCK).zip(x[i * CHUNK..].chunks(BLOCK)) {
                    y.copy_from_slice(&x[..y.len()]);
                    self.0.apply(y);
                }
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (x, y, g) = (at.inputs[0], at.outputs[0], at.gradient());
        vec![match self.0 {
            Function::Sign | Function::Floor | Function::IsNan => None,
            Function::GreaterScalar(_) | Function::EqualScalar(_) => None,
            Function::AddScalar(_) => Some(g),
            Function::Neg | Function::RSubScalar(_) => Some(-g),
            Function::MulScalar(c) => Some(g * c),
            function => {
                let x = if function.derivative_needs_input() { x } else { y };
                Some(x.graph().apply_one(MapGradient(function), &[x, y, g]))
            }
        }]
    }

    fn in_place(&self) -> &'static [usize] {
        &[0]
    }
}

/// The gradient of [`Map`]: from input, output and the output's gradient.
#[derive(Clone, Copy, Debug)]
pub(super) struct MapGradient(pub(super) Function);

impl Operation for MapGradient {
    fn name(&self) -> &'static str {
        "map_gradient"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        two_real(&inputs[..inputs.len().min(2)]).map(|(x, _)| vec![x.clone()])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let in_place = io.in_place().is_some();
        with_real!(io.dtype(), T => {
            let (x, y) = (io.inputs.get::<T>(0), io.inputs.get::<T>(1));
            let g = if in_place { &[] } else { io.inputs.get::<T>(2) };
            for_each_chunk(io.outputs.get::<T>(0), CHUNK, WORK, |i, dx| {
                let (first, xy) = (i * CHUNK, x[i * CHUNK..].chunks(BLOCK).zip(y[i * CHUNK..].chunks(BLOCK)));
                for (block, (dx, (x, y))) in dx.chunks_mut(BLOCK).zip(xy).enumerate() {
                    if !in_place {
                        dx.copy_from_slice(&g[first + block * BLOCK..][..dx.len()]);
                    }
                    self.0.apply_derivative(x, y, dx);
                }
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let operation = self.name();
        let message = "has no gradient of its own: graphs are differentiated once".into();
        at.inputs[0].graph().fail(crate::OperationError { operation, message });
        vec![None; 3]
    }

    fn in_place(&self) -> &'static [usize] {
        &[2]
    }
}

macro_rules! methods {
    ($($(#[$doc:meta])* $method:ident = $Function:ident;)*) => {
        impl<'g> Value<'g> {
            $($(#[$doc])*
            #[must_use = "a new tensor is returned"]
            pub fn $method(self) -> Self {
                self.map(Function::$Function)
            })*
        }
    };
}

methods! {
    /// Absolute value of every element.
    abs = Abs;
    /// Sign of every element: -1, 0 or 1. Its gradient is zero.
    sign = Sign;
    /// `eˣ` of every element.
    exp = Exp;
    /// `eˣ - 1` of every element.
    exp_m1 = Expm1;
    /// Natural logarithm of every element.
    ln = Log;
    /// `ln(1 + x)` of every element.
    ln_1p = Log1p;
    /// Square root of every element.
    sqrt = Sqrt;
    /// `1 / √x` of every element.
    rsqrt = Rsqrt;
    /// Square of every element.
    square = Square;
    /// `1 / x` of every element.
    recip = Reciprocal;
    /// Largest integer not above every element. Its gradient is zero.
    floor = Floor;
    /// Sine of every element.
    sin = Sin;
    /// Cosine of every element.
    cos = Cos;
    /// Hyperbolic tangent of every element.
    tanh = Tanh;
    /// Logistic function of every element.
    sigmoid = Sigmoid;
    /// `ln(1 + eˣ)` of every element.
    softplus = Softplus;
    /// Error function of every element.
    erf = Erf;
    /// 1 where not a number, else 0.
    is_nan = IsNan;
}

impl<'g> Value<'g> {
    /// A function of every element.
    #[must_use = "a new tensor is returned"]
    pub fn map(self, function: Function) -> Self {
        self.graph().apply_one(Map(function), &[self])
    }

    /// `max(x, 0)` of every element.
    #[must_use = "a new tensor is returned"]
    pub fn relu(self) -> Self {
        self.map(Function::Relu { slope: 0.0, max_value: f64::INFINITY, threshold: 0.0 })
    }

    /// Every element raised to a power.
    #[must_use = "a new tensor is returned"]
    pub fn powf(self, exponent: f64) -> Self {
        match exponent {
            1.0 => self,
            2.0 => self.square(),
            _ => self.map(Function::PowScalar(exponent)),
        }
    }

    /// Every element held within bounds.
    #[must_use = "a new tensor is returned"]
    pub fn clamp(self, low: f64, high: f64) -> Self {
        self.at_least(low).at_most(high)
    }

    /// 1, a scalar, if all elements are finite, else 0.
    #[must_use = "a new tensor is returned"]
    pub fn is_finite_all(self) -> Self {
        let finite = (self * 0.0).map(Function::EqualScalar(0.0));
        (1.0 - finite).sum_all().map(Function::EqualScalar(0.0))
    }

    /// The larger of every element and a number.
    #[must_use = "a new tensor is returned"]
    pub fn at_least(self, low: f64) -> Self {
        self.map(Function::MaxScalar(low))
    }

    /// The smaller of every element and a number.
    #[must_use = "a new tensor is returned"]
    pub fn at_most(self, high: f64) -> Self {
        self.map(Function::MinScalar(high))
    }
}

#[cfg(test)]
mod tests {
    use crate::DType;
    use crate::ops::Function;
    use crate::testing::{check, check_data, check_gradients, check_values, error_of, evaluate, noise};

    #[test]
    fn derivatives_that_need_no_input_are_the_same_from_the_value() {
        let relu = |slope, max_value| Function::Relu { slope, max_value, threshold: 0.0 };
        let functions = [
            relu(0.0, f64::INFINITY),
            relu(0.0, 6.0),
            relu(0.1, f64::INFINITY),
            Function::Elu { alpha: 0.5 },
            Function::Selu,
            Function::Sigmoid,
            Function::Tanh,
            Function::Exp,
            Function::Expm1,
            Function::Sqrt,
            Function::Reciprocal,
        ];
        for function in functions.into_iter().filter(|f| !f.derivative_needs_input()) {
            for x in [-7.0, -0.5, -0.0, 0.0, 1e-3, 2.0, 6.0, 9.0] {
                let y: f64 = function.value(x);
                let (found, expected) = (function.derivative(y, y), function.derivative(x, y));
                assert!(found == expected || found.is_nan() && expected.is_nan(), "{function:?} at {x}");
            }
        }
        assert!(relu(0.1, 6.0).derivative_needs_input() && !relu(0.0, 6.0).derivative_needs_input());
    }

    #[test]
    fn maps_every_element_over_many_chunks() {
        let data = [noise(70_001, 1)];
        let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
        check_values(&[&[70_001]], &data, &|x| x[0].sigmoid(), |x| x[0].iter().map(|x| sigmoid(*x)).collect());
        check_values(&[&[70_001]], &data, &|x| (x[0] * 3.0).sigmoid() * x[0], |x| {
            x[0].iter().map(|x| sigmoid(3.0 * x) * x).collect()
        });
        check(&[&[0, 2]], &|x| x[0].tanh(), |_| Vec::new());
    }

    #[test]
    fn gradients_go_through_every_method() {
        let functions: [crate::testing::Function<'_>; 24] = [
            &|x| x[0].abs(),
            &|x| x[0].exp(),
            &|x| x[0].exp_m1(),
            &|x| (x[0] + 2.0).ln(),
            &|x| x[0].ln_1p(),
            &|x| (x[0] + 2.0).sqrt(),
            &|x| (x[0] + 2.0).rsqrt(),
            &|x| x[0].square(),
            &|x| (x[0] + 2.0).recip(),
            &|x| x[0].sin() * x[0].cos(),
            &|x| x[0].tanh(),
            &|x| x[0].sigmoid(),
            &|x| x[0].softplus(),
            &|x| x[0].erf(),
            &|x| x[0].relu(),
            &|x| (x[0] + 2.0).powf(1.7),
            &|x| x[0].powf(1.0) + x[0].powf(2.0) + x[0].powf(3.0),
            &|x| x[0].clamp(-0.3, 0.4),
            &|x| -(1.5 - x[0]) / 3.0,
            &|x| 2.0 / (x[0] + 3.0),
            &|x| x[0] - 1.0 + 2.0 * x[0],
            &|x| x[0].map(Function::Gelu),
            &|x| x[0].sign() * x[0] + x[0].floor() * x[0] + x[0].is_nan() * x[0],
            &|x| x[0].at_least(0.1) * x[0].at_most(0.2),
        ];
        functions.iter().for_each(|f| check_gradients(&[&[3, 4]], &[noise(12, 3)], f));
    }

    #[test]
    fn gradients_of_many_elements_in_place_and_not() {
        let data = [noise(40_000, 2)];
        check_values(
            &[&[40_000]],
            &data,
            &|x| x[0].graph().gradients(x[0].square().sum_all(), x)[0].unwrap_or(x[0]),
            |x| x[0].iter().map(|x| 2.0 * x).collect(),
        );
        check_values(
            &[&[40_000]],
            &data,
            &|x| x[0].graph().gradients((x[0].square() * x[0].exp()).sum_all(), x)[0].unwrap_or(x[0]),
            |x| x[0].iter().map(|x| (2.0 * x + x * x) * x.exp()).collect(),
        );
    }

    #[test]
    fn all_are_finite_or_not() {
        for (value, expected) in [(1e300, 1.0), (f64::INFINITY, 0.0), (f64::NAN, 0.0)] {
            let finite = evaluate(&[&[3]], &[vec![0.0, value, -2.0]], &|x| x[0].is_finite_all());
            assert_eq!(finite, [expected]);
        }
        check_data(&[&[0]], &[Vec::new()], &|x| x[0].is_finite_all(), |_| vec![1.0]);
    }

    #[test]
    fn refuses_integers_and_second_gradients() {
        assert!(error_of(&[(DType::I64, &[2])], &|x| x[0].exp()).is_some());
        let twice = error_of(&[(DType::F32, &[2])], &|x| {
            let first = x[0].graph().gradients(x[0].exp().sum_all(), x)[0].unwrap_or(x[0]);
            x[0].graph().gradients(first.sum_all(), x)[0].unwrap_or(x[0])
        });
        assert!(twice.is_some_and(|e| e.contains("differentiated once")));
    }
}
