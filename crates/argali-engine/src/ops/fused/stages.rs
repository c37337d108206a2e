//! Element-wise operations that are applied to rows of channels while these are in cache.

use crate::operation::{Inputs, Operation, TensorType};
use crate::ops::map::MapGradient;
use crate::ops::{Affine, Binary, Function, Map};
use crate::product::Epilogue;
use crate::simd::Vectors;
use std::any::Any;

/// What is done to every row of channels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stage {
    Add(Operand),
    Subtract(Operand),
    Multiply(Operand),
    Divide(Operand),
    /// With one number a channel each for center, scale and offset.
    Affine,
    Map(Function),
    /// With the function's input and output.
    MapGradient(Function),
}

/// What a stage combines its rows with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Operand {
    /// One number a channel.
    Row,
    /// A tensor of the same shape.
    Tensor,
}

impl Operand {
    fn new(operand: &TensorType, of: &TensorType) -> Option<Self> {
        if operand == of {
            return Some(Operand::Tensor);
        }
        let (channels, leading) = operand.shape.split_last()?;
        let fits = of.shape.last() == Some(channels) && leading.iter().all(|n| *n == 1);
        (fits && operand.shape.len() <= of.shape.len()).then_some(Operand::Row)
    }
}

impl Stage {
    /// Number of operands.
    pub(crate) fn operands(&self) -> usize {
        match self {
            Stage::Map(_) => 0,
            Stage::Affine => 3,
            Stage::MapGradient(_) => 2,
            Stage::Add(_) | Stage::Subtract(_) | Stage::Multiply(_) | Stage::Divide(_) => 1,
        }
    }

    /// An operation as a stage that works on the input `main` and takes the others as its operands.
    pub(crate) fn new(
        operation: &dyn Operation,
        inputs: &[TensorType],
        output: &TensorType,
        main: usize,
    ) -> Option<Self> {
        if inputs.get(main)? != output {
            return None;
        }
        let any: &dyn Any = operation;
        if let (Some(Map(function)), 0) = (any.downcast_ref(), main) {
            return Some(Stage::Map(*function));
        }
        if let (Some(MapGradient(function)), 2) = (any.downcast_ref(), main) {
            return Some(Stage::MapGradient(*function));
        }
        if any.is::<Affine>() && main == 0 {
            let rows = inputs[1..].iter().all(|p| Operand::new(p, output) == Some(Operand::Row));
            return rows.then_some(Stage::Affine);
        }
        let binary = any.downcast_ref()?;
        let operand = Operand::new(inputs.get(1 - main.min(1))?, output)?;
        match (binary, main) {
            (Binary::Add, _) => Some(Stage::Add(operand)),
            (Binary::Mul, _) => Some(Stage::Multiply(operand)),
            (Binary::Sub, 0) => Some(Stage::Subtract(operand)),
            (Binary::Div, 0) => Some(Stage::Divide(operand)),
            _ => None,
        }
    }
}

/// Stages in order, with the inputs that are their operands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stages<'a, 'o> {
    pub(crate) stages: &'a [Stage],
    pub(crate) inputs: Inputs<'a, 'o>,
    /// Input that is the first operand.
    pub(crate) first: usize,
    pub(crate) columns: usize,
}

impl<'a> Stages<'a, '_> {
    /// What a product does while it writes, and the stages that remain.
    pub(crate) fn split<T: Vectors>(mut self) -> (Epilogue<'a, T>, Self) {
        let mut epilogue = Epilogue::NONE;
        if let [Stage::Add(Operand::Row), rest @ ..] = self.stages {
            epilogue.bias = Some(self.inputs.get(self.first));
            (self.stages, self.first) = (rest, self.first + 1);
        }
        if let [Stage::Map(Function::Relu { slope: 0.0, max_value: f64::INFINITY, threshold: 0.0 }), rest @ ..] =
            self.stages
        {
            (epilogue.relu, self.stages) = (true, rest);
        }
        (epilogue, self)
    }

    /// Applies all stages to rows one after the other, of which the first element is element `start` of the tensor.
    pub(crate) fn apply<T: Vectors>(&self, start: usize, y: &mut [T]) {
        let mut at = self.first;
        for stage in self.stages {
            let next = |kind: Operand| match kind {
                Operand::Row => self.inputs.get::<T>(at),
                Operand::Tensor => &self.inputs.get::<T>(at)[start..][..y.len()],
            };
            match stage {
                Stage::Map(function) => function.apply(y),
                Stage::Add(kind) => combine(y, next(*kind), |y, a| *y += a),
                Stage::Subtract(kind) => combine(y, next(*kind), |y, a| *y -= a),
                Stage::Multiply(kind) => combine(y, next(*kind), |y, a| *y *= a),
                Stage::Divide(kind) => combine(y, next(*kind), |y, a| *y /= a),
                Stage::Affine => transform(y, [at, at + 1, at + 2].map(|i| self.inputs.get(i))),
                Stage::MapGradient(function) => {
                    let [x, value] = [at, at + 1].map(|i| &self.inputs.get::<T>(i)[start..][..y.len()]);
                    function.apply_derivative(x, value, y);
                }
            }
            at += stage.operands();
        }
    }
}

fn combine<T: Vectors>(y: &mut [T], operand: &[T], f: impl Fn(&mut T, T)) {
    for row in y.chunks_mut(operand.len().max(1)) {
        row.iter_mut().zip(operand).for_each(|(y, a)| f(y, *a));
    }
}

fn transform<T: Vectors>(y: &mut [T], [center, scale, offset]: [&[T]; 3]) {
    for row in y.chunks_mut(center.len().max(1)) {
        for (((y, c), s), o) in row.iter_mut().zip(center).zip(scale).zip(offset) {
            *y = (*y - *c) * *s + *o;
        }
    }
}
