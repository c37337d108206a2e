//! Rust's operators on symbolic tensors.

use super::{Constant, Kind, Operation};
use crate::{Number, Tensor};
use ndarray::{Array, Dimension};
use std::ops::{Add, Div, Mul, Neg, Sub};
use std::panic::Location;
use std::sync::Arc;

/// What arithmetic on symbolic tensors takes: a tensor, a number or an array.
#[derive(Clone, Debug)]
pub enum Operand {
    /// A symbolic tensor.
    Tensor(Tensor),
    /// A number: `1` is kept an integer, `1.0` a float.
    Number(Number),
    /// An array, the same for every batch.
    Array(Arc<Constant>),
}

/// An array without axes is the number it holds.
impl<D: Dimension> From<Array<f32, D>> for Operand {
    fn from(array: Array<f32, D>) -> Self {
        match array.first() {
            Some(number) if array.ndim() == 0 => Operand::Number((*number).into()),
            _ => Operand::Array(Arc::new(Constant::from(&array))),
        }
    }
}

impl From<Tensor> for Operand {
    fn from(tensor: Tensor) -> Self {
        Operand::Tensor(tensor)
    }
}

impl From<&Tensor> for Operand {
    fn from(tensor: &Tensor) -> Self {
        Operand::Tensor(tensor.clone())
    }
}

/// Every element of a tensor or number raised to another; one of them must be a tensor.
///
/// ```
/// use argali::prelude::*;
/// let x = input([3]);
/// let y = power(2.0, &x);
/// let predicted = Model::new(&x, &y)?.predict(&ndarray::array![[0.0f32, 1.0, 3.0]])?;
/// assert_eq!(predicted, ndarray::array![[1.0, 2.0, 8.0]].into_dyn());
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `base ** exponent`, `keras.ops.power`.
#[track_caller]
pub fn power(base: impl Into<Operand>, exponent: impl Into<Operand>) -> Tensor {
    Operation::on(Kind::Power, vec![base.into(), exponent.into()], Location::caller())
}

/// Arithmetic with tensors, numbers and arrays, element by element and broadcast as NumPy does; [`power`] has no
/// operator. Arrays are part of the model's config.
///
/// ```
/// use argali::prelude::*;
/// let (x, y) = (input([2]), input([2]));
/// let model = Model::new([&x, &y], 1.0 - &x * 2.0 / &y)?;
/// let predicted = model.predict(&(ndarray::array![[1.0f32, 2.0]], ndarray::array![[4.0f32, 8.0]]))?;
/// assert_eq!(predicted, ndarray::array![[0.5, 0.5]].into_dyn());
///
/// let scaled = Model::new(&x, &x * ndarray::array![10.0f32, 0.1])?;
/// assert_eq!(scaled.predict(&ndarray::array![[1.0f32, 20.0]])?, ndarray::array![[10.0, 2.0]].into_dyn());
/// # Ok::<(), argali::Error>(())
/// ```
impl Tensor {
    /// Every element raised to a number or another tensor.
    ///
    /// Keras: `x ** exponent`.
    #[track_caller]
    #[must_use = "a new tensor is returned"]
    pub fn pow(&self, exponent: impl Into<Operand>) -> Tensor {
        power(self, exponent)
    }

    /// The absolute value of every element.
    ///
    /// Keras: `abs(x)`.
    #[track_caller]
    #[must_use = "a new tensor is returned"]
    pub fn abs(&self) -> Tensor {
        Operation::on(Kind::Absolute, vec![self.into()], Location::caller())
    }
}

macro_rules! numbers {
    ($($T:ty),*) => {
        $(impl From<$T> for Operand {
            fn from(number: $T) -> Self {
                Operand::Number(number.into())
            }
        })*
    };
}

numbers!(f64, i32, Number);

/// One operator for all pairs of a tensor, or a reference to one, and a number or tensor.
macro_rules! operator {
    ($Trait:ident $method:ident = $Kind:ident) => {
        operator!(@each $Trait $method $Kind, &Tensor; Tensor, &Tensor, f64, i32, Number);
        operator!(@each $Trait $method $Kind, Tensor; Tensor, &Tensor, f64, i32, Number);
        operator!(@each $Trait $method $Kind, f64; Tensor, &Tensor);
        operator!(@each $Trait $method $Kind, i32; Tensor, &Tensor);
        operator!(@each $Trait $method $Kind, Number; Tensor, &Tensor);
        operator!(@array $Trait $method $Kind, Tensor, &Tensor);
    };
    (@each $Trait:ident $method:ident $Kind:ident, $Left:ty; $($Right:ty),*) => {
        $(impl $Trait<$Right> for $Left {
            type Output = Tensor;
            #[track_caller]
            fn $method(self, right: $Right) -> Tensor {
                Operation::on(Kind::$Kind, vec![self.into(), right.into()], Location::caller())
            }
        })*
    };
    (@array $Trait:ident $method:ident $Kind:ident, $($Tensor:ty),*) => {
        $(impl<D: Dimension> $Trait<Array<f32, D>> for $Tensor {
            type Output = Tensor;
            #[track_caller]
            fn $method(self, right: Array<f32, D>) -> Tensor {
                Operation::on(Kind::$Kind, vec![self.into(), right.into()], Location::caller())
            }
        }
        impl<D: Dimension> $Trait<$Tensor> for Array<f32, D> {
            type Output = Tensor;
            #[track_caller]
            fn $method(self, right: $Tensor) -> Tensor {
                Operation::on(Kind::$Kind, vec![self.into(), right.into()], Location::caller())
            }
        })*
    };
}

operator!(Add add = Add);
operator!(Sub sub = Subtract);
operator!(Mul mul = Multiply);
operator!(Div div = TrueDivide);

impl Neg for &Tensor {
    type Output = Tensor;
    #[track_caller]
    fn neg(self) -> Tensor {
        Operation::on(Kind::Negative, vec![self.into()], Location::caller())
    }
}

impl Neg for Tensor {
    type Output = Tensor;
    #[track_caller]
    fn neg(self) -> Tensor {
        Operation::on(Kind::Negative, vec![self.into()], Location::caller())
    }
}
