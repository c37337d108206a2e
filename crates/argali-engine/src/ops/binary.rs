//! Functions of two tensors' elements, broadcast against each other as NumPy does.

use super::broadcast::broadcast_shape;
use super::walk::Walk;
use super::{Function, two_real};
use crate::buffer::Real;
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::with_real;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A function of two numbers. Comparisons give 1 where they hold, else 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `a + b`
    Add,
    /// `a - b`
    Sub,
    /// `a · b`
    Mul,
    /// `a / b`
    Div,
    /// `aᵇ`
    Pow,
    /// The larger; NaN if one is
    Max,
    /// The smaller; NaN if one is
    Min,
    /// `a = b`
    Equal,
    /// `a > b`
    Greater,
    /// `a ≥ b`
    GreaterEqual,
}

impl Binary {
    #[inline(always)]
    fn value<T: Real>(self, a: T, b: T) -> T {
        let step = |hit: bool| if hit { T::one() } else { T::zero() };
        match self {
            Binary::Add => a + b,
            Binary::Sub => a - b,
            Binary::Mul => a * b,
            Binary::Div => a / b,
            Binary::Pow => a.powf(b),
            Binary::Max if b > a || b.is_nan() => b,
            Binary::Min if b < a || b.is_nan() => b,
            Binary::Max | Binary::Min => a,
            Binary::Equal => step(a == b),
            Binary::Greater => step(a > b),
            Binary::GreaterEqual => step(a >= b),
        }
    }
}

/// Where an operand's elements lie for one chunk of the output.
#[expect(clippy::large_enum_variant, reason = "it lives on the stack during one run")]
enum Operand<'x, T> {
    /// In the output itself.
    InPlace,
    /// One after the other.
    Dense(&'x [T]),
    /// A short tensor over and over.
    Repeated(&'x [T]),
    /// Anywhere.
    Walked(&'x [T], Walk),
}

impl<'x, T: Real> Operand<'x, T> {
    fn new(io: &Io<'x, '_>, index: usize, output: &[usize]) -> Self {
        if io.in_place() == Some(index) {
            return Operand::InPlace;
        }
        let (shape, x) = (io.inputs.shape(index), io.inputs.get::<T>(index));
        let leading = shape.iter().take_while(|n| **n == 1).count();
        if x.len() == output.iter().product() {
            Operand::Dense(x)
        } else if output.ends_with(&shape[leading..]) && !x.is_empty() {
            Operand::Repeated(x)
        } else {
            Operand::Walked(x, Walk::new(shape, output))
        }
    }

    /// Fills `y` with this operand's elements from position `start` on, unless they are there already.
    fn load(&self, start: usize, y: &mut [T]) {
        match self {
            Operand::InPlace => {}
            Operand::Dense(x) => y.copy_from_slice(&x[start..start + y.len()]),
            Operand::Repeated([one]) => y.fill(*one),
            Operand::Repeated(x) => each_run(start, y, x, |y, x| y.copy_from_slice(x)),
            Operand::Walked(x, walk) => walk.copy(x, start, y),
        }
    }

    /// Combines each element of `y` with this operand's.
    fn combine(&self, start: usize, y: &mut [T], f: impl Fn(T, T) -> T) {
        match self {
            Operand::InPlace => {}
            Operand::Dense(x) => y.iter_mut().zip(&x[start..]).for_each(|(y, x)| *y = f(*y, *x)),
            Operand::Repeated([one]) => y.iter_mut().for_each(|y| *y = f(*y, *one)),
            Operand::Repeated(x) => {
                each_run(start, y, x, |y, x| y.iter_mut().zip(x).for_each(|(y, x)| *y = f(*y, *x)));
            }
            Operand::Walked(x, walk) => walk.combine(x, start, y, f),
        }
    }
}

/// Pairs pieces of `y`, which begins at position `start`, with the pieces of a repeated `x` they stand on.
fn each_run<T>(start: usize, mut y: &mut [T], x: &[T], mut f: impl FnMut(&mut [T], &[T])) {
    let mut column = start % x.len();
    while !y.is_empty() {
        let run = (x.len() - column).min(y.len());
        let (now, later) = y.split_at_mut(run);
        f(now, &x[column..column + run]);
        (y, column) = (later, 0);
    }
}

/// Elements that are loaded and combined while they are in the nearest cache.
const BLOCK: usize = 1 << 10;

/// Binds `$f` to the function, chosen before the loops that follow.
macro_rules! chosen_before {
    ($function:expr, $f:ident => $loop:expr; $($Binary:ident)*) => {
        match $function {
            $(Binary::$Binary => {
                let $f = Binary::$Binary;
                $loop
            })*
        }
    };
}

impl Binary {
    /// Computes the output's elements from position `start` on.
    fn block<T: Real>(self, a: &Operand<'_, T>, b: &Operand<'_, T>, start: usize, y: &mut [T]) {
        chosen_before!(self, function => match (a, b) {
            (a, Operand::InPlace) => a.combine(start, y, |y, x| function.value(x, y)),
            (a, b) => {
                a.load(start, y);
                b.combine(start, y, |y, x| function.value(y, x));
            }
        }; Add Sub Mul Div Pow Max Min Equal Greater GreaterEqual);
    }
}

impl Operation for Binary {
    fn name(&self) -> &'static str {
        match self {
            Binary::Add => "add",
            Binary::Sub => "subtract",
            Binary::Mul => "multiply",
            Binary::Div => "divide",
            Binary::Pow => "power",
            Binary::Max => "maximum",
            Binary::Min => "minimum",
            Binary::Equal => "equal",
            Binary::Greater => "greater",
            Binary::GreaterEqual => "greater_equal",
        }
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let (a, b) = two_real(inputs)?;
        let shape = broadcast_shape(&a.shape, &b.shape);
        let shape = shape.ok_or_else(|| format!("shapes {:?} and {:?} do not broadcast", a.shape, b.shape))?;
        Ok(vec![TensorType::new(a.dtype, shape)])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        with_real!(io.dtype(), T => {
            let shape = io.outputs.shape(0);
            let (a, b) = (Operand::<T>::new(io, 0, shape), Operand::<T>::new(io, 1, shape));
            for_each_chunk(io.outputs.get::<T>(0), CHUNK, 1, |i, y| {
                for (block, y) in y.chunks_mut(BLOCK).enumerate() {
                    self.block(&a, &b, i * CHUNK + block * BLOCK, y);
                }
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (a, b, y, g) = (at.inputs[0], at.inputs[1], at.outputs[0], at.gradient());
        let (da, db) = match self {
            Binary::Add => (Some(g), Some(g)),
            Binary::Sub => (Some(g), at.wanted[1].then(|| -g)),
            Binary::Mul => (at.wanted[0].then(|| g * b), at.wanted[1].then(|| g * a)),
            Binary::Div => (at.wanted[0].then(|| g / b), at.wanted[1].then(|| -g * y / b)),
            Binary::Pow => (
                at.wanted[0].then(|| {
                    let zero = b.map(Function::EqualScalar(0.0));
                    g * b * a.power(zero.select(b.full_like(1.0), b) - 1.0)
                }),
                at.wanted[1].then(|| g * y * a.at_least(f64::MIN_POSITIVE.sqrt().sqrt().sqrt()).ln()),
            ),
            Binary::Max | Binary::Min => {
                let tie = a.equal(b) * 0.5;
                let first = if *self == Binary::Max { a.greater(b) } else { b.greater(a) };
                let share = first + tie;
                (Some(g * share), Some(g * (1.0 - share)))
            }
            Binary::Equal | Binary::Greater | Binary::GreaterEqual => (None, None),
        };
        vec![da.map(|d| d.sum_to(&a.shape())), db.map(|d| d.sum_to(&b.shape()))]
    }

    fn in_place(&self) -> &'static [usize] {
        &[0, 1]
    }
}

macro_rules! operators {
    ($($Trait:ident $method:ident = $Binary:ident, $x:ident $c:ident $xc:expr, $cx:expr;)*) => {
        $(impl<'g> $Trait for Value<'g> {
            type Output = Value<'g>;
            fn $method(self, other: Self) -> Self {
                self.graph().apply_one(Binary::$Binary, &[self, other])
            }
        }
        impl<'g> $Trait<f64> for Value<'g> {
            type Output = Value<'g>;
            fn $method(self, $c: f64) -> Self {
                let $x = self;
                $xc
            }
        }
        impl<'g> $Trait<Value<'g>> for f64 {
            type Output = Value<'g>;
            fn $method(self, $x: Value<'g>) -> Value<'g> {
                let $c = self;
                $cx
            }
        })*
    };
}

operators! {
    Add add = Add, x c x.map(Function::AddScalar(c)), x.map(Function::AddScalar(c));
    Sub sub = Sub, x c x.map(Function::AddScalar(-c)), x.map(Function::RSubScalar(c));
    Mul mul = Mul, x c x.map(Function::MulScalar(c)), x.map(Function::MulScalar(c));
    Div div = Div, x c x.map(Function::MulScalar(1.0 / c)), x.map(Function::RDivScalar(c));
}

impl<'g> Neg for Value<'g> {
    type Output = Value<'g>;
    fn neg(self) -> Self {
        self.map(Function::Neg)
    }
}

macro_rules! methods {
    ($($(#[$doc:meta])* $method:ident = $Binary:ident;)*) => {
        impl<'g> Value<'g> {
            $($(#[$doc])*
            #[must_use = "a new tensor is returned"]
            pub fn $method(self, other: Self) -> Self {
                self.graph().apply_one(Binary::$Binary, &[self, other])
            })*
        }
    };
}

methods! {
    /// Every element raised to the other tensor's.
    power = Pow;
    /// The larger of the two tensors' elements.
    maximum = Max;
    /// The smaller of the two tensors' elements.
    minimum = Min;
    /// 1 where the two tensors' elements are equal, else 0.
    equal = Equal;
    /// 1 where this tensor's element is greater, else 0.
    greater = Greater;
    /// 1 where this tensor's element is greater or equal, else 0.
    greater_equal = GreaterEqual;
}

#[cfg(test)]
mod tests {
    use super::Binary;
    use crate::ops::broadcast::broadcast_shape;
    use crate::testing::{check, check_data, check_gradients, check_values, error_of, evaluate, noise};
    use crate::{DType, Value};

    type Formula = fn(f64, f64) -> f64;

    const ALL: [(Binary, Formula); 10] = [
        (Binary::Add, |a, b| a + b),
        (Binary::Sub, |a, b| a - b),
        (Binary::Mul, |a, b| a * b),
        (Binary::Div, |a, b| a / b),
        (Binary::Pow, |a, b| (b * a.ln()).exp()),
        (Binary::Max, f64::max),
        (Binary::Min, f64::min),
        (Binary::Equal, |a, b| f64::from(a == b)),
        (Binary::Greater, |a, b| f64::from(a > b)),
        (Binary::GreaterEqual, |a, b| f64::from(a >= b)),
    ];

    /// Every pair that broadcasting puts together, in row-major order.
    fn pairs(a: &[usize], b: &[usize], x: &[Vec<f64>]) -> Vec<(f64, f64)> {
        let shape = broadcast_shape(a, b).expect("shapes that broadcast");
        let element = |from: &[usize], x: &[f64], mut k: usize| {
            let (mut offset, mut stride) = (0, 1);
            for (back, len) in shape.iter().rev().enumerate() {
                if let Some(own) = from.len().checked_sub(back + 1).map(|axis| from[axis]) {
                    offset += if own == 1 { 0 } else { k % len * stride };
                    stride *= own;
                }
                k /= len;
            }
            x[offset]
        };
        (0..shape.iter().product()).map(|k| (element(a, &x[0], k), element(b, &x[1], k))).collect()
    }

    fn positive(count: usize, salt: u64) -> Vec<f64> {
        noise(count, salt).iter().map(|v| v + 1.6).collect()
    }

    #[test]
    fn all_broadcasting_forms() {
        let forms: [(&[usize], &[usize]); 14] = [
            (&[2, 3, 4], &[2, 3, 4]),
            (&[2, 3, 4], &[4]),
            (&[4], &[2, 3, 4]),
            (&[2, 3, 4], &[3, 4]),
            (&[2, 3, 4], &[1, 1, 4]),
            (&[2, 3, 4], &[2, 1, 1]),
            (&[2, 3, 4], &[3, 1]),
            (&[2, 1, 4], &[1, 3, 1]),
            (&[5], &[]),
            (&[], &[5]),
            (&[], &[]),
            (&[1, 1], &[1]),
            (&[0, 3], &[3]),
            (&[0, 1], &[1, 4]),
        ];
        for ((a, b), (binary, formula)) in forms.iter().flat_map(|form| ALL.map(|f| (*form, f))) {
            let data = [positive(a.iter().product(), 3), positive(b.iter().product(), 4)];
            let reference = |x: &[Vec<f64>]| pairs(a, b, x).iter().map(|(a, b)| formula(*a, *b)).collect();
            check_data(&[a, b], &data, &|x| x[0].graph().apply(binary, x)[0], reference);
        }
    }

    #[test]
    fn over_many_chunks_in_place_and_not() {
        let forms: [(&[usize], &[usize]); 5] = [
            (&[300, 70], &[300, 70]),
            (&[300, 70], &[70]),
            (&[300, 70], &[300, 1]),
            (&[300, 1], &[1, 70]),
            (&[], &[30_000]),
        ];
        for ((a, b), (binary, formula)) in forms.iter().flat_map(|form| ALL.map(|f| (*form, f))) {
            let data = [positive(a.iter().product(), 3), positive(b.iter().product(), 4)];
            for (left, right) in [(false, false), (true, false), (false, true), (true, true)] {
                let maybe = |x: f64, ends: bool| if ends { x * 2.0 } else { x };
                let reference = |x: &[Vec<f64>]| {
                    pairs(a, b, x).iter().map(|(a, b)| formula(maybe(*a, left), maybe(*b, right))).collect()
                };
                let ends = |x: Value<'_>, ends: bool| if ends { (x * 2.0).id } else { x.id };
                check_values(
                    &[a, b],
                    &data,
                    &|x| {
                        let [a, b] = [(x[0], left), (x[1], right)].map(|(x, e)| Value::new(x.graph(), ends(x, e)));
                        x[0].graph().apply(binary, &[a, b])[0]
                    },
                    reference,
                );
            }
        }
    }

    #[test]
    fn a_tensor_with_itself() {
        check(&[&[5]], &|x| x[0] * x[0] + x[0] / (x[0] + 3.0), |x| {
            x[0].iter().map(|x| x * x + x / (x + 3.0)).collect()
        });
        check(&[&[5]], &|x| x[0].maximum(x[0]) - x[0].minimum(x[0]), |x| vec![0.0; x[0].len()]);
    }

    #[test]
    fn nan_is_the_larger_and_the_smaller() {
        let data = [vec![f64::NAN, 1.0, f64::NAN], vec![1.0, f64::NAN, f64::NAN]];
        let found = evaluate(&[&[3], &[3]], &data, &|x| x[0].maximum(x[1]));
        let other = evaluate(&[&[3], &[3]], &data, &|x| x[0].minimum(x[1]));
        assert!(found.iter().chain(&other).all(|v| v.is_nan()));
    }

    #[test]
    fn equals_share_the_gradient_of_an_extreme() {
        for extreme in [Binary::Max, Binary::Min] {
            for input in [0, 1] {
                let gradient = evaluate(&[&[1], &[1]], &[vec![2.0], vec![2.0]], &|x| {
                    x[0].graph().gradients(x[0].graph().apply(extreme, x)[0].sum_all(), x)[input].unwrap_or(x[0])
                });
                assert_eq!(gradient, [0.5]);
            }
        }
    }

    #[test]
    fn powers_of_and_to_zero_have_finite_gradients() {
        let data = [vec![0.0, 0.0, 3.0, 0.0], vec![0.0, 2.0, 0.0, 1.0]];
        for (input, expected) in [(0, [0.0, 0.0, 0.0, 1.0]), (1, [f64::NAN, 0.0, 3f64.ln(), 0.0])] {
            let gradient = evaluate(&[&[4], &[4]], &data, &|x| {
                x[0].graph().gradients(x[0].power(x[1]).sum_all(), x)[input].unwrap_or(x[0])
            });
            let same = |(found, expected): (&f64, &f64)| expected.is_nan() && found.is_finite() || found == expected;
            assert!(gradient.iter().zip(&expected).all(same), "{gradient:?}");
        }
    }

    #[test]
    fn gradients_through_chains_that_broadcast() {
        let shapes: [&[usize]; 3] = [&[2, 3], &[3], &[2, 1]];
        let data = shapes.map(|s| positive(s.iter().product(), 6));
        check_gradients(&shapes, &data, &|x| (x[0] * x[1] - x[2]).square() / (x[1] + x[2] * x[0]));
    }

    #[test]
    fn refuses_integers_mixed_types_and_shapes() {
        let types: [(DType, &[usize]); 4] =
            [(DType::F32, &[2]), (DType::F64, &[2]), (DType::I64, &[2]), (DType::F32, &[3])];
        for (binary, _) in ALL {
            for (a, b) in [(0, 1), (2, 2), (0, 2), (0, 3)] {
                assert!(error_of(&types, &|x| x[0].graph().apply(binary, &[x[a], x[b]])[0]).is_some());
            }
            assert!(error_of(&types, &|x| x[0].graph().apply(binary, &x[..1])[0]).is_some());
        }
    }
}
