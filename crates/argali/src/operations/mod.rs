//! Operations on symbolic tensors that are no layers: arithmetic, and what Keras computes masks with.

mod arithmetic;
mod constant;
mod dtypes;
mod read;

pub use arithmetic::{Operand, power};
pub use constant::Constant;
pub(crate) use read::is_operation;

use crate::chain::Common;
use crate::instance::{Body, Instance};
use crate::layer::{AnyLayer, Call, Layer, Weight};
use crate::layers::Concatenate;
use crate::{Class, Dim, Json, Number, Problem, Result, Shape, Tensor};
use argali_engine::{DType, Value};
use serde_json::json;
use std::panic::Location;
use std::sync::Arc;

/// An operation of Keras with the numbers and arrays it is called with.
///
/// Keras: the classes of `keras.src.ops.numpy`.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    kind: Kind,
    arguments: Vec<Argument>,
    /// Keras's name of the result's element type.
    dtype: &'static str,
}

/// What an operation computes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Add,
    Subtract,
    Multiply,
    Divide,
    TrueDivide,
    Power,
    Negative,
    Absolute,
    NotEqual,
    LogicalOr,
    Any {
        axis: i64,
        keepdims: bool,
    },
    ExpandDims {
        axis: i64,
    },
    ZerosLike,
    Concatenate {
        axis: i64,
    },
    /// To the type of this name.
    Cast {
        dtype: &'static str,
    },
}

/// One argument of an operation's call: the next of its tensors, a number, or an array.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Argument {
    Tensor,
    Number(Number),
    Array(Arc<Constant>),
}

impl Argument {
    fn array(&self) -> Option<&Constant> {
        match self {
            Argument::Array(array) => Some(array),
            _ => None,
        }
    }
}

impl Kind {
    const ARITHMETIC: [Kind; 10] = [
        Kind::Add,
        Kind::Subtract,
        Kind::Multiply,
        Kind::Divide,
        Kind::TrueDivide,
        Kind::Power,
        Kind::Negative,
        Kind::Absolute,
        Kind::NotEqual,
        Kind::LogicalOr,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Add => "Add",
            Kind::Subtract => "Subtract",
            Kind::Multiply => "Multiply",
            Kind::Divide => "Divide",
            Kind::TrueDivide => "TrueDivide",
            Kind::Power => "Power",
            Kind::Negative => "Negative",
            Kind::Absolute => "Absolute",
            Kind::NotEqual => "NotEqual",
            Kind::LogicalOr => "LogicalOr",
            Kind::Any { .. } => "Any",
            Kind::ExpandDims { .. } => "ExpandDims",
            Kind::ZerosLike => "ZerosLike",
            Kind::Concatenate { .. } => "Concatenate",
            Kind::Cast { .. } => "Cast",
        }
    }

    /// Keras's module of the class.
    fn module(self) -> &'static str {
        match self {
            Kind::Cast { .. } => "keras.src.ops.core",
            _ => "keras.src.ops.numpy",
        }
    }

    /// How many arguments it takes; `None` for a list of tensors.
    fn arity(self) -> Option<usize> {
        match self {
            Kind::Concatenate { .. } => None,
            Kind::Add | Kind::Subtract | Kind::Multiply | Kind::Divide | Kind::TrueDivide => Some(2),
            Kind::Power | Kind::NotEqual | Kind::LogicalOr => Some(2),
            _ => Some(1),
        }
    }
}

impl Operation {
    /// The result of an operation on some tensors, numbers and arrays.
    pub(crate) fn on(kind: Kind, operands: Vec<Operand>, at: &'static Location<'static>) -> Tensor {
        let mut tensors = Vec::new();
        let mut arguments = Vec::new();
        for operand in operands {
            arguments.push(match operand {
                Operand::Number(number) => Argument::Number(number),
                Operand::Array(array) => Argument::Array(array),
                Operand::Tensor(tensor) => {
                    tensors.push(tensor);
                    Argument::Tensor
                }
            });
        }
        let names: Vec<_> = tensors.iter().map(Tensor::dtype_name).collect();
        Tensor::call(Self::instance(kind, arguments, &names, Common::at(Some(at))), tensors)
    }

    fn instance(kind: Kind, arguments: Vec<Argument>, tensors: &[String], common: Common) -> Arc<Instance> {
        let arrays = arguments.iter().filter_map(Argument::array).map(|array| array.dtype_name().to_owned());
        let dtypes: Vec<_> = tensors.iter().cloned().chain(arrays).collect();
        let dtype = dtypes::result(kind, &arguments, &dtypes);
        let policy = Some(match kind {
            Kind::Cast { dtype } => dtypes::policy(&[dtype.to_owned()]),
            _ => dtypes::policy(&dtypes),
        });
        let operation = Operation { kind, arguments, dtype };
        Instance::new(Body::Layer(Arc::new(operation)), Common { policy, ..common })
    }

    /// Keras's name of the result's element type.
    pub(crate) fn dtype_name(&self) -> &'static str {
        self.dtype
    }

    /// Type of the result's elements here, where truth values are floating-point numbers.
    pub(crate) fn element_type(&self, float: DType) -> DType {
        if dtypes::is_integer(self.dtype) { DType::I64 } else { float }
    }

    /// What it computes.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The arguments of its call.
    pub(crate) fn arguments(&self) -> &[Argument] {
        &self.arguments
    }

    /// The arguments of a saved call.
    pub(crate) fn saved_arguments(&self, tensors: Vec<Json>) -> Json {
        if self.kind.arity().is_none() {
            return json!([tensors]);
        }
        let mut tensors = tensors.into_iter();
        let argument = |argument: &Argument| match argument {
            Argument::Tensor => tensors.next().unwrap_or_default(),
            Argument::Number(number) => number.to_json(),
            Argument::Array(array) => array.to_json(),
        };
        self.arguments.iter().map(argument).collect()
    }

    /// The result before integers are made of it: they are computed in 64 bits, where all that Keras's hold are exact.
    fn result<'g>(&self, call: &Call<'_, 'g>) -> Option<Value<'g>> {
        let dtype = if dtypes::is_integer(self.dtype) { DType::F64 } else { call.dtype };
        let mut inputs = call.inputs.iter();
        let mut next = |argument: &Argument| match argument {
            Argument::Tensor => inputs.next().map(|x| x.cast(dtype)),
            Argument::Number(number) => Some(call.graph.full(dtype, &[], number.get())),
            Argument::Array(array) => Some(array.place(call.graph, dtype)),
        };
        let operands: Vec<_> = self.arguments.iter().filter_map(&mut next).collect();
        let first = operands.first().copied()?;
        let second = operands.get(1).copied();
        Some(match self.kind {
            Kind::Add => first + second?,
            Kind::Subtract => first - second?,
            Kind::Multiply => first * second?,
            Kind::Divide | Kind::TrueDivide => first / second?,
            Kind::Power => match self.arguments.get(1)? {
                Argument::Number(exponent) => first.powf(exponent.get()),
                Argument::Tensor | Argument::Array(_) => first.power(second?),
            },
            Kind::Negative => -first,
            Kind::Absolute => first.abs(),
            Kind::NotEqual => -first.equal_to(second?, dtype) + 1.0,
            Kind::LogicalOr => first.maximum(second?),
            Kind::Any { axis, keepdims } => first.max(&[position(axis, first.rank())?], keepdims),
            Kind::ExpandDims { axis } => first.expand_dims(position(axis, first.rank() + 1)?),
            Kind::ZerosLike => first.zeros_like(),
            Kind::Cast { .. } if self.dtype == "bool" => -first.equal_to(first.zeros_like(), dtype) + 1.0,
            Kind::Cast { .. } => first,
            Kind::Concatenate { axis } => call.graph.concat(&operands, position(axis, first.rank())?),
        })
    }

    fn shape(&self, inputs: &[Shape]) -> Result<Shape, Problem> {
        let first = inputs.first().cloned().unwrap_or_default();
        match self.kind {
            Kind::Any { axis, keepdims } => {
                let at = position(axis, first.rank()).ok_or_else(|| no_axis(axis, &first))?;
                let mut dims = first.0;
                if keepdims {
                    dims[at] = Some(1);
                } else {
                    dims.remove(at);
                }
                Ok(Shape(dims))
            }
            Kind::ExpandDims { axis } => {
                let at = position(axis, first.rank() + 1).ok_or_else(|| no_axis(axis, &first))?;
                let mut dims = first.0;
                dims.insert(at, Some(1));
                Ok(Shape(dims))
            }
            Kind::Concatenate { axis } => {
                let layer = Concatenate::new().axis(isize::try_from(axis).map_err(|_| no_axis(axis, &first))?);
                Layer::output_shapes(&layer, inputs).map(|shapes| shapes.into_iter().next().unwrap_or_default())
            }
            _ => {
                let arrays = self.arguments.iter().filter_map(Argument::array).map(|array| array.shape());
                inputs.iter().skip(1).cloned().chain(arrays).try_fold(first, |a, b| broadcast(&a, &b))
            }
        }
    }
}

/// The axis that a number from the front or the back names.
fn position(axis: i64, rank: usize) -> Option<usize> {
    let from_front = if axis < 0 { axis.checked_add(i64::try_from(rank).ok()?)? } else { axis };
    usize::try_from(from_front).ok().filter(|at| *at < rank)
}

fn no_axis(axis: i64, shape: &Shape) -> Problem {
    Problem::mismatch(format!("works along axis {axis} of a tensor of shape {shape}"), "")
}

/// Shape of two tensors broadcast against each other, aligned at the last axis.
fn broadcast(a: &Shape, b: &Shape) -> Result<Shape, Problem> {
    let rank = a.rank().max(b.rank());
    let dim = |shape: &Shape, at: usize| -> Dim {
        (at + shape.rank()).checked_sub(rank).and_then(|i| shape.0.get(i).copied()).unwrap_or(Some(1))
    };
    let dims = (0..rank).map(|at| match (dim(a, at), dim(b, at)) {
        (Some(1), other) | (other, Some(1)) | (None, other) | (other, None) => Ok(other),
        (Some(x), Some(y)) if x == y => Ok(Some(x)),
        (Some(x), Some(y)) => {
            let help =
                "shapes are aligned at their last axes; give the tensors the same lengths, or length 1 to repeat";
            Err(Problem::mismatch(format!("combines tensors of lengths {x} and {y} along one axis"), help))
        }
    });
    Ok(Shape(dims.collect::<Result<_, _>>()?))
}

impl AnyLayer for Operation {
    fn class(&self) -> Class {
        let name = self.kind.name();
        Class { module: self.kind.module(), name, registered_name: Some(name) }
    }

    fn config(&self, _: Option<&[Shape]>) -> Vec<(String, Json)> {
        match self.kind {
            Kind::Any { axis, keepdims } => vec![("axis".into(), axis.into()), ("keepdims".into(), keepdims.into())],
            Kind::ExpandDims { axis } | Kind::Concatenate { axis } => vec![("axis".into(), axis.into())],
            Kind::ZerosLike | Kind::Cast { .. } => vec![("dtype".into(), self.dtype.into())],
            _ => Vec::new(),
        }
    }

    fn settings(&self) -> Vec<crate::Setting<'_>> {
        Vec::new()
    }

    fn writes_activity_regularizer(&self) -> bool {
        false
    }

    fn writes_build_config(&self) -> bool {
        false
    }

    fn writes_short_config(&self) -> bool {
        false
    }

    fn list_input(&self) -> bool {
        self.kind.arity().is_none()
    }

    fn mask_argument(&self) -> bool {
        false
    }

    fn training_argument(&self) -> bool {
        false
    }

    fn more_inputs(&self) -> Option<&'static str> {
        None
    }

    fn validate(&self) -> Result<(), Problem> {
        Ok(())
    }

    fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
        let expected = self.arguments.iter().filter(|a| **a == Argument::Tensor).count();
        if inputs.is_empty() || inputs.len() != expected {
            return Err(Problem::Inputs {
                expected: "a tensor for every argument that is no number",
                found: inputs.len(),
            });
        }
        Ok(vec![self.shape(inputs)?])
    }

    fn weights(&self, _: &Shape) -> Result<Vec<Weight>, Problem> {
        Ok(Vec::new())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let integer = dtypes::is_integer(self.dtype);
        self.result(call).map(|y| if integer { y.cast(DType::I64) } else { y }).into_iter().collect()
    }

    fn masks<'g>(&self, _: &Call<'_, 'g>) -> Vec<Option<Value<'g>>> {
        vec![None]
    }
}
