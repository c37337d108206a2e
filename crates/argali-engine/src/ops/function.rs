//! Functions of one number.

use crate::buffer::Real;
use crate::simd::{Loop, run_loop};

/// A function of one number, with its derivative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Function {
    /// `-x`
    Neg,
    /// `|x|`
    Abs,
    /// `-1`, `0` or `1`
    Sign,
    /// `eˣ`
    Exp,
    /// `eˣ - 1`, exact near 0
    Expm1,
    /// Natural logarithm
    Log,
    /// `ln(1 + x)`, exact near 0
    Log1p,
    /// `√x`
    Sqrt,
    /// `1 / √x`
    Rsqrt,
    /// `x²`
    Square,
    /// `1 / x`
    Reciprocal,
    /// Largest integer not above
    Floor,
    /// Sine
    Sin,
    /// Cosine
    Cos,
    /// Error function
    Erf,
    /// `1` where not a number, else `0`
    IsNan,
    /// `x + c`
    AddScalar(f64),
    /// `x · c`
    MulScalar(f64),
    /// `c - x`
    RSubScalar(f64),
    /// `c / x`
    RDivScalar(f64),
    /// `xᶜ`
    PowScalar(f64),
    /// `max(x, c)`
    MaxScalar(f64),
    /// `min(x, c)`
    MinScalar(f64),
    /// `1` where `x > c`, else `0`
    GreaterScalar(f64),
    /// `1` where `x = c`, else `0`
    EqualScalar(f64),
    /// `x` above `threshold` and up to `max_value`, `slope · (x - threshold)` below
    Relu {
        /// Slope below the threshold.
        slope: f64,
        /// Upper bound of the output, infinity for none.
        max_value: f64,
        /// Where the function changes.
        threshold: f64,
    },
    /// `x` above 0, `alpha · (eˣ - 1)` below
    Elu {
        /// Scale of the negative part.
        alpha: f64,
    },
    /// Scaled exponential linear unit
    Selu,
    /// `max(0, x) + min(0, alpha · (exp(x / alpha) - 1))`
    Celu {
        /// Scale of the negative part.
        alpha: f64,
    },
    /// `1 / (1 + e⁻ˣ)`
    Sigmoid,
    /// Hyperbolic tangent
    Tanh,
    /// `ln(1 + eˣ)`
    Softplus,
    /// `x / (1 + |x|)`
    Softsign,
    /// `x · sigmoid(x)`
    Silu,
    /// `max(0, min(1, x / 6 + 1 / 2))`
    HardSigmoid,
    /// `x · hard_sigmoid(x)`
    HardSilu,
    /// `x · Φ(x)`, exactly
    Gelu,
    /// `x · Φ(x)` by the tanh approximation
    GeluTanh,
    /// `x · tanh(softplus(x))`
    Mish,
    /// `x - tanh(x)`
    TanhShrink,
    /// `x` moved toward 0 by `lambda`, 0 within
    SoftShrink {
        /// Half width of the interval that becomes 0.
        lambda: f64,
    },
    /// `x` outside `[-lambda, lambda]`, 0 within
    HardShrink {
        /// Half width of the interval that becomes 0.
        lambda: f64,
    },
    /// `max(-1, min(1, x))`
    HardTanh,
    /// `(x + √(x² + b)) / 2`
    Squareplus {
        /// Smoothness.
        b: f64,
    },
    /// `x` above `threshold`, else `value`
    Threshold {
        /// Where the function changes.
        threshold: f64,
        /// Output at and below the threshold.
        value: f64,
    },
    /// `0` below -1, `(x + 1)² / 4` up to 1, `x` above
    SparsePlus,
    /// `0` below -1, `(x + 1) / 2` up to 1, `1` above
    SparseSigmoid,
}

const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;
const SELU_SCALE: f64 = 1.050_700_987_355_480_5;

#[inline(always)]
fn sigmoid<T: Real>(x: T) -> T {
    let e = (-x.abs()).vector_exp();
    let s = T::one() / (T::one() + e);
    if x < T::zero() { e * s } else { s }
}

#[inline(always)]
fn elu<T: Real>(x: T, alpha: T) -> T {
    if x > T::zero() { x } else { alpha * x.exp_m1() }
}

/// `x` held within bounds; NaN stays.
#[inline(always)]
fn within<T: Real>(x: T, low: T, high: T) -> T {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

#[inline(always)]
fn hard_sigmoid<T: Real>(x: T, c: fn(f64) -> T) -> T {
    within(x / c(6.0) + c(0.5), T::zero(), T::one())
}

#[inline(always)]
fn softplus<T: Real>(x: T) -> T {
    x.max(T::zero()) + (-x.abs()).vector_exp().ln_1p()
}

#[inline(always)]
fn sign<T: Real>(x: T) -> T {
    if x > T::zero() {
        T::one()
    } else if x < T::zero() {
        -T::one()
    } else {
        x
    }
}

/// Density and distribution of the standard normal.
#[inline(always)]
fn normal<T: Real>(x: T, c: fn(f64) -> T) -> (T, T) {
    let density =
        (-x * x / c(2.0)).vector_exp() * c(std::f64::consts::FRAC_1_SQRT_2 * std::f64::consts::FRAC_2_SQRT_PI / 2.0);
    (density, (T::one() + (x * c(std::f64::consts::FRAC_1_SQRT_2)).erf()) / c(2.0))
}

/// The inner tanh of the approximate GELU, and the derivative of its argument.
#[inline(always)]
fn gelu_tanh<T: Real>(x: T, c: fn(f64) -> T) -> (T, T) {
    let scale = c((2.0 / std::f64::consts::PI).sqrt());
    let tanh = (scale * (x + c(0.044715) * x * x * x)).vector_tanh();
    (tanh, scale * (T::one() + c(3.0 * 0.044715) * x * x))
}

impl Function {
    /// The function's value at `x`.
    #[inline(always)]
    pub fn value<T: Real>(self, x: T) -> T {
        let c = T::from_f64;
        let (zero, one) = (T::zero(), T::one());
        let step = |hit: bool| if hit { one } else { zero };
        match self {
            Function::Neg => -x,
            Function::Abs => x.abs(),
            Function::Sign => sign(x),
            Function::Exp => x.vector_exp(),
            Function::Expm1 => x.exp_m1(),
            Function::Log => x.ln(),
            Function::Log1p => x.ln_1p(),
            Function::Sqrt => x.sqrt(),
            Function::Rsqrt => one / x.sqrt(),
            Function::Square => x * x,
            Function::Reciprocal => one / x,
            Function::Floor => x.floor(),
            Function::Sin => x.sin(),
            Function::Cos => x.cos(),
            Function::Erf => x.erf(),
            Function::IsNan => step(x.is_nan()),
            Function::AddScalar(a) => x + c(a),
            Function::MulScalar(a) => x * c(a),
            Function::RSubScalar(a) => c(a) - x,
            Function::RDivScalar(a) => c(a) / x,
            Function::PowScalar(a) => x.powf(c(a)),
            Function::MaxScalar(a) => {
                if x < c(a) {
                    c(a)
                } else {
                    x
                }
            }
            Function::MinScalar(a) => {
                if x > c(a) {
                    c(a)
                } else {
                    x
                }
            }
            Function::GreaterScalar(a) => step(x > c(a)),
            Function::EqualScalar(a) => step(x == c(a)),
            Function::Relu { slope, max_value, threshold } => {
                let below = if slope == 0.0 { zero } else { c(slope) * (x - c(threshold)) };
                let above = if x > c(max_value) { c(max_value) } else { x };
                if x <= c(threshold) { below } else { above }
            }
            Function::Elu { alpha } => elu(x, c(alpha)),
            Function::Selu => c(SELU_SCALE) * elu(x, c(SELU_ALPHA)),
            Function::Celu { alpha } => {
                if x > zero {
                    x
                } else {
                    c(alpha) * (x / c(alpha)).exp_m1()
                }
            }
            Function::Sigmoid => sigmoid(x),
            Function::Tanh => x.vector_tanh(),
            Function::Softplus => softplus(x),
            Function::Softsign => x / (one + x.abs()),
            Function::Silu => x * sigmoid(x),
            Function::HardSigmoid => hard_sigmoid(x, c),
            Function::HardSilu => x * hard_sigmoid(x, c),
            Function::Gelu => x * normal(x, c).1,
            Function::GeluTanh => x * (one + gelu_tanh(x, c).0) / c(2.0),
            Function::Mish => x * softplus(x).vector_tanh(),
            Function::TanhShrink => x - x.tanh(),
            Function::SoftShrink { lambda } => x - within(x, c(-lambda), c(lambda)),
            Function::HardShrink { lambda } => {
                if x.abs() <= c(lambda) {
                    zero
                } else {
                    x
                }
            }
            Function::HardTanh => within(x, -one, one),
            Function::Squareplus { b } => (x + (x * x + c(b)).sqrt()) / c(2.0),
            Function::Threshold { threshold, value } => {
                if x > c(threshold) {
                    x
                } else {
                    c(value)
                }
            }
            Function::SparsePlus => {
                if x <= -one {
                    zero
                } else if x < one {
                    (x + one) * (x + one) / c(4.0)
                } else {
                    x
                }
            }
            Function::SparseSigmoid => within((x + one) / c(2.0), zero, one),
        }
    }

    /// Whether [`derivative`](Self::derivative) needs the input; else it is the same with the value in its place.
    ///
    /// What a gradient does not read need not be kept from the forward pass.
    pub fn derivative_needs_input(self) -> bool {
        match self {
            Function::Relu { slope, threshold, .. } => slope != 0.0 || threshold != 0.0,
            Function::Elu { alpha } => alpha <= 0.0,
            Function::Selu | Function::Sigmoid | Function::Tanh => false,
            Function::Exp | Function::Expm1 | Function::Sqrt | Function::Reciprocal => false,
            _ => true,
        }
    }

    /// The function's derivative at `x`, where `y` is its value; that of the absolute value at zero is 1, as in JAX.
    #[inline(always)]
    pub fn derivative<T: Real>(self, x: T, y: T) -> T {
        let c = T::from_f64;
        let (zero, one) = (T::zero(), T::one());
        let step = |hit: bool| if hit { one } else { zero };
        match self {
            Function::Neg => -one,
            Function::Abs => {
                if x < zero {
                    -one
                } else {
                    one
                }
            }
            Function::Sign | Function::Floor | Function::IsNan => zero,
            Function::GreaterScalar(_) | Function::EqualScalar(_) => zero,
            Function::Exp => y,
            Function::Expm1 => y + one,
            Function::Log => one / x,
            Function::Log1p => one / (one + x),
            Function::Sqrt => c(0.5) / y,
            Function::Rsqrt => c(-0.5) * y / x,
            Function::Square => x + x,
            Function::Reciprocal => -y * y,
            Function::Sin => x.cos(),
            Function::Cos => -x.sin(),
            Function::Erf => c(std::f64::consts::FRAC_2_SQRT_PI) * (-x * x).exp(),
            Function::AddScalar(_) => one,
            Function::MulScalar(a) => c(a),
            Function::RSubScalar(_) => -one,
            Function::RDivScalar(_) => -y / x,
            Function::PowScalar(0.0) => zero,
            Function::PowScalar(a) => c(a) * x.powf(c(a - 1.0)),
            Function::MaxScalar(a) => step(x > c(a)) + c(0.5) * step(x == c(a)),
            Function::MinScalar(a) => step(x < c(a)) + c(0.5) * step(x == c(a)),
            Function::Relu { slope, max_value, threshold } => {
                if x >= c(max_value) {
                    zero
                } else if x > c(threshold) {
                    one
                } else if x == c(threshold) {
                    step(slope != 0.0 && threshold == 0.0 && max_value == f64::INFINITY)
                } else {
                    c(slope)
                }
            }
            Function::Elu { alpha } => {
                if x > zero {
                    one
                } else {
                    y + c(alpha)
                }
            }
            Function::Selu => {
                if x > zero {
                    c(SELU_SCALE)
                } else {
                    y + c(SELU_SCALE * SELU_ALPHA)
                }
            }
            Function::Celu { alpha } => {
                if x > zero {
                    one
                } else {
                    (x / c(alpha)).exp()
                }
            }
            Function::Sigmoid => y * (one - y),
            Function::Tanh => one - y * y,
            Function::Softplus => sigmoid(x),
            Function::Softsign => {
                let d = one + x.abs();
                one / (d * d)
            }
            Function::Silu => {
                let s = sigmoid(x);
                s + y * (one - s)
            }
            Function::HardSigmoid => step(x.abs() < c(3.0)) / c(6.0),
            Function::HardSilu => {
                if x.abs() < c(3.0) {
                    x / c(3.0) + c(0.5)
                } else {
                    step(x > zero)
                }
            }
            Function::Gelu => {
                let (density, distribution) = normal(x, c);
                distribution + x * density
            }
            Function::GeluTanh => {
                let (tanh, inner) = gelu_tanh(x, c);
                (one + tanh) / c(2.0) + x * (one - tanh * tanh) * inner / c(2.0)
            }
            Function::Mish => {
                let t = softplus(x).vector_tanh();
                t + x * (one - t * t) * sigmoid(x)
            }
            Function::TanhShrink => {
                let t = x.tanh();
                t * t
            }
            Function::SoftShrink { lambda } | Function::HardShrink { lambda } => step(x.abs() > c(lambda)),
            Function::HardTanh => step(x.abs() < one),
            Function::Squareplus { b } => (one + x / (x * x + c(b)).sqrt()) / c(2.0),
            Function::Threshold { threshold, .. } => step(x > c(threshold)),
            Function::SparsePlus => {
                if x <= -one {
                    zero
                } else if x < one {
                    (x + one) / c(2.0)
                } else {
                    one
                }
            }
            Function::SparseSigmoid => step(x.abs() < one) / c(2.0),
        }
    }
}

/// Runs a loop over `$f`, the function, with the choice of function taken before the loop for those that are then
/// computed several elements at a time.
macro_rules! chosen_before {
    ($function:expr, $f:ident => $loop:expr; $($Unit:ident)*; $($Scalar:ident)*) => {
        match $function {
            $(Function::$Unit => {
                let $f = Function::$Unit;
                $loop
            })*
            $(Function::$Scalar(c) => {
                let $f = Function::$Scalar(c);
                $loop
            })*
            Function::Relu { slope, max_value, threshold } => {
                let $f = Function::Relu { slope, max_value, threshold };
                $loop
            }
            $f => $loop,
        }
    };
    ($function:expr, $f:ident => $loop:expr) => {
        chosen_before! {
            $function, $f => $loop;
            Neg Abs Exp Sqrt Rsqrt Square Reciprocal Sigmoid Tanh Silu HardSigmoid HardSilu GeluTanh;
            AddScalar MulScalar RSubScalar MaxScalar MinScalar GreaterScalar EqualScalar
        }
    };
}

struct Values<'y, T>(Function, &'y mut [T]);

impl<T: Real> Loop for Values<'_, T> {
    #[inline(always)]
    fn run(self) {
        chosen_before!(self.0, f => {
            for y in self.1 {
                *y = f.value(*y);
            }
        });
    }
}

struct Derivatives<'y, T> {
    function: Function,
    x: &'y [T],
    y: &'y [T],
    g: &'y mut [T],
}

impl<T: Real> Loop for Derivatives<'_, T> {
    #[inline(always)]
    fn run(self) {
        chosen_before!(self.function, f => {
            for (g, (x, y)) in self.g.iter_mut().zip(self.x.iter().zip(self.y)) {
                *g *= f.derivative(*x, *y);
            }
        });
    }
}

impl Function {
    /// Replaces every element by the function's value there.
    pub fn apply<T: Real>(self, y: &mut [T]) {
        run_loop(Values(self, y));
    }

    /// Multiplies every element of `g` by the function's derivative at the element of `x`, where its value is the
    /// element of `y`.
    pub fn apply_derivative<T: Real>(self, x: &[T], y: &[T], g: &mut [T]) {
        run_loop(Derivatives { function: self, x, y, g });
    }
}

#[cfg(test)]
mod tests;
