//! Element-wise operations that are applied to rows of channels while these are in cache.

use crate::operation::{Inputs, Operation, TensorType};
use crate::ops::{Affine, Binary, Function, Map};
use crate::product::Epilogue;
use crate::simd::Vectors;
use std::any::Any;

/// What is done to every row of channels. Operands are one number a channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stage {
    Add,
    Subtract,
    Multiply,
    Divide,
    Affine,
    Map(Function),
}

impl Stage {
    /// Number of operands.
    pub(crate) fn operands(&self) -> usize {
        match self {
            Stage::Map(_) => 0,
            Stage::Affine => 3,
            Stage::Add | Stage::Subtract | Stage::Multiply | Stage::Divide => 1,
        }
    }
}

/// An operation that is a stage: which inputs are the tensor it works on and its operands.
pub(crate) struct AsStage {
    pub(crate) stage: Stage,
    pub(crate) main: usize,
    pub(crate) operands: Vec<usize>,
}

impl AsStage {
    /// The operation as a stage, if it keeps the type of the tensor it works on and its operands fit the channels.
    pub(crate) fn new(operation: &dyn Operation, inputs: &[TensorType], output: &TensorType) -> Option<Self> {
        let (stage, main) = stage_of(operation, inputs, output)?;
        let operands: Vec<_> = (0..inputs.len()).filter(|i| *i != main).collect();
        let fits = operands.iter().all(|i| is_row(&inputs[*i], output));
        (fits && inputs[main] == *output).then_some(AsStage { stage, main, operands })
    }
}

fn stage_of(operation: &dyn Operation, inputs: &[TensorType], output: &TensorType) -> Option<(Stage, usize)> {
    let any: &dyn Any = operation;
    if let Some(Map(function)) = any.downcast_ref() {
        return Some((Stage::Map(*function), 0));
    }
    if any.is::<Affine>() {
        return Some((Stage::Affine, 0));
    }
    let swapped = inputs.get(1) == Some(output) && inputs.first().is_some_and(|x| is_row(x, output));
    match (any.downcast_ref()?, swapped) {
        (Binary::Add, swapped) => Some((Stage::Add, usize::from(swapped))),
        (Binary::Mul, swapped) => Some((Stage::Multiply, usize::from(swapped))),
        (Binary::Sub, false) => Some((Stage::Subtract, 0)),
        (Binary::Div, false) => Some((Stage::Divide, 0)),
        _ => None,
    }
}

/// Whether a tensor holds one number for each channel of another.
fn is_row(operand: &TensorType, of: &TensorType) -> bool {
    let Some((channels, leading)) = operand.shape.split_last() else { return false };
    of.shape.last() == Some(channels) && leading.iter().all(|n| *n == 1) && operand.shape.len() <= of.shape.len()
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
        if let [Stage::Add, rest @ ..] = self.stages {
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

    /// Applies all stages to rows one after the other.
    pub(crate) fn apply<T: Vectors>(&self, y: &mut [T]) {
        let mut operand = self.first;
        for stage in self.stages {
            let mut next = || {
                operand += 1;
                self.inputs.get::<T>(operand - 1)
            };
            match stage {
                Stage::Map(function) => function.apply(y),
                Stage::Add => self.combine(y, next(), |y, a| *y += a),
                Stage::Subtract => self.combine(y, next(), |y, a| *y -= a),
                Stage::Multiply => self.combine(y, next(), |y, a| *y *= a),
                Stage::Divide => self.combine(y, next(), |y, a| *y /= a),
                Stage::Affine => self.transform(y, [next(), next(), next()]),
            }
        }
    }

    fn combine<T: Vectors>(&self, y: &mut [T], operand: &[T], f: impl Fn(&mut T, T)) {
        for row in y.chunks_exact_mut(self.columns) {
            row.iter_mut().zip(operand).for_each(|(y, a)| f(y, *a));
        }
    }

    fn transform<T: Vectors>(&self, y: &mut [T], [center, scale, offset]: [&[T]; 3]) {
        for row in y.chunks_exact_mut(self.columns) {
            for (((y, c), s), o) in row.iter_mut().zip(center).zip(scale).zip(offset) {
                *y = (*y - *c) * *s + *o;
            }
        }
    }
}
