//! What an operation is: types, kernel and gradient in one place.

use crate::buffer::{Buffer, DType, Element, Slice, SliceMut};
use crate::value::Value;
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// Element type and shape of a tensor; every length is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TensorType {
    /// Type of the elements.
    pub dtype: DType,
    /// Length of each axis.
    pub shape: Vec<usize>,
}

impl TensorType {
    /// A type of this element type and shape.
    pub fn new(dtype: DType, shape: impl Into<Vec<usize>>) -> Self {
        TensorType { dtype, shape: shape.into() }
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        crate::ops::product(&self.shape)
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Display for TensorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.dtype, self.shape)
    }
}

/// An operation that was put on tensors it can't take.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("operation `{operation}`: {message}")]
pub struct OperationError {
    /// Name of the operation.
    pub operation: &'static str,
    /// What was found and what was expected.
    pub message: String,
}

/// A typed operation on tensors: its output types, kernel and gradient.
///
/// A graph holds operations; a plan runs them. Layers of your own use the operations of [`Value`], or bring one of
/// their own by implementing this trait and putting it on a graph with [`Graph::apply`](crate::Graph::apply).
pub trait Operation: fmt::Debug + Any + Send + Sync {
    /// Name for messages and profiles, in snake case.
    fn name(&self) -> &'static str;

    /// Types of the outputs for inputs of these types.
    ///
    /// # Errors
    ///
    /// Says what was found and what was expected if the operation can't take the inputs.
    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String>;

    /// Computes the outputs. Output buffers hold arbitrary values before.
    fn run(&self, io: &mut Io<'_, '_>);

    /// Gradients with respect to the inputs, given those with respect to the outputs.
    ///
    /// `None` where an output takes no part in the loss, and for inputs it does not depend on.
    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>>;

    /// Inputs whose storage the first output may take over, element for element.
    fn in_place(&self) -> &'static [usize] {
        &[]
    }

    /// Whether the single output is the first input's storage under another shape.
    fn is_view(&self) -> bool {
        false
    }

    /// Elements of working storage, of the first output's type, that a run needs.
    fn scratch(&self, _inputs: &[TensorType], _outputs: &[TensorType]) -> usize {
        0
    }

    /// Multiply-accumulate operations of one run.
    fn macs(&self, _inputs: &[TensorType], _outputs: &[TensorType]) -> u64 {
        0
    }
}

/// A node of a graph while it is differentiated.
#[derive(Debug)]
pub struct Differentiated<'g> {
    /// What the operation was put on.
    pub inputs: Vec<Value<'g>>,
    /// What it returned.
    pub outputs: Vec<Value<'g>>,
    /// Gradient of the loss with respect to each output; `None` is zero.
    pub gradients: Vec<Option<Value<'g>>>,
    /// Whether the gradient with respect to each input is of use.
    pub wanted: Vec<bool>,
}

impl<'g> Differentiated<'g> {
    /// Gradient with respect to the first output.
    ///
    /// Called only for operations of which some output has a gradient; with a single output that is the first.
    pub fn gradient(&self) -> Value<'g> {
        match self.gradients.first() {
            Some(Some(g)) => *g,
            _ => self.outputs[0].zeros_like(),
        }
    }
}

/// Where a run finds a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Input(usize),
    Constant(usize),
    Slot(usize),
    Output(usize),
}

/// What outputs are written to during a step.
#[derive(Debug)]
pub(crate) enum Taken<'o> {
    Slot(Buffer),
    Output(SliceMut<'o>),
}

impl Default for Taken<'_> {
    fn default() -> Self {
        Taken::Slot(Buffer::default())
    }
}

/// The storage a step reads.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'r, 'o> {
    pub(crate) places: &'r [Place],
    pub(crate) types: &'r [TensorType],
    pub(crate) external: &'r [Slice<'r>],
    pub(crate) constants: &'r [Arc<Buffer>],
    pub(crate) slots: &'r [Buffer],
    pub(crate) outputs: &'r [SliceMut<'o>],
}

impl<'r> Inputs<'r, '_> {
    /// Number of inputs.
    pub fn count(&self) -> usize {
        self.types.len()
    }

    /// Type of one input.
    pub fn tensor_type(&self, index: usize) -> &'r TensorType {
        &self.types[index]
    }

    /// Shape of one input.
    pub fn shape(&self, index: usize) -> &'r [usize] {
        &self.types[index].shape
    }

    /// Elements of one input; none if it is of another type than `T`, which [`Operation::outputs`] should refuse.
    pub fn get<T: Element>(&self, index: usize) -> &'r [T] {
        let len = self.types[index].len();
        let slice = match self.places[index] {
            Place::Input(i) => self.external[i].first(len),
            Place::Constant(i) => self.constants[i].slice(len),
            Place::Slot(i) => self.slots[i].slice(len),
            Place::Output(i) => self.outputs[i].shared().first(len),
        };
        T::of(slice).unwrap_or_default()
    }
}

/// The storage a step writes.
#[derive(Debug)]
pub struct Outputs<'r, 'o> {
    pub(crate) types: &'r [TensorType],
    pub(crate) taken: &'r mut [Taken<'o>],
}

impl<'o> Outputs<'_, 'o> {
    /// Number of outputs.
    pub fn count(&self) -> usize {
        self.types.len()
    }

    /// Type of one output.
    pub fn tensor_type(&self, index: usize) -> &TensorType {
        &self.types[index]
    }

    /// Shape of one output.
    pub fn shape(&self, index: usize) -> &[usize] {
        &self.types[index].shape
    }

    /// Elements of one output; none if it was declared with another type than `T`.
    pub fn get<T: Element>(&mut self, index: usize) -> &mut [T] {
        slice_of(&self.types[index], &mut self.taken[index])
    }

    /// Elements of the first two outputs; none of one that was declared with another type.
    pub fn pair<T: Element, U: Element>(&mut self) -> (&mut [T], &mut [U]) {
        let (first, rest) = self.taken.split_at_mut(1);
        (slice_of(&self.types[0], &mut first[0]), slice_of(&self.types[1], &mut rest[0]))
    }

    /// Elements of all outputs in a fixed-size array; none of one that was declared with another type than `T`.
    pub fn all<T: Element, const N: usize>(&mut self) -> [&mut [T]; N] {
        let mut rest = self.taken.iter_mut().zip(self.types);
        std::array::from_fn(|_| rest.next().map(|(t, ty)| slice_of(ty, t)).unwrap_or_default())
    }
}

fn slice_of<'a, T: Element>(ty: &TensorType, taken: &'a mut Taken<'_>) -> &'a mut [T] {
    let slice = match taken {
        Taken::Slot(buffer) => buffer.slice_mut(ty.len()),
        Taken::Output(slice) => slice.first(ty.len()),
    };
    T::of_mut(slice).unwrap_or_default()
}

/// What one run of an operation reads and writes.
#[derive(Debug)]
pub struct Io<'r, 'o> {
    /// The inputs.
    pub inputs: Inputs<'r, 'o>,
    /// The outputs, and for operations that allow it the first of them may already hold an input.
    pub outputs: Outputs<'r, 'o>,
    pub(crate) scratch: &'r mut Buffer,
    pub(crate) in_place: Option<usize>,
}

impl Io<'_, '_> {
    /// The input whose elements the first output holds, of those that [`Operation::in_place`] allows.
    ///
    /// That input can't be read through [`Inputs::get`].
    pub fn in_place(&self) -> Option<usize> {
        self.in_place
    }

    /// Type of the first output, which most kernels compute with.
    pub fn dtype(&self) -> DType {
        self.outputs.types[0].dtype
    }

    /// Splits into inputs, outputs and working storage of [`Operation::scratch`]'s length.
    pub fn split<T: Element>(&mut self) -> (Inputs<'_, '_>, &mut [T], &mut [T]) {
        let output = slice_of(&self.outputs.types[0], &mut self.outputs.taken[0]);
        let len = self.scratch.len();
        let scratch = T::of_mut(self.scratch.slice_mut(len)).unwrap_or_default();
        (self.inputs, output, scratch)
    }
}

/// Runs an expression with `T` bound to the floating-point type of a tag.
///
/// Operations that compute with real numbers refuse integers in [`Operation::outputs`], so the integer case is empty.
#[macro_export]
macro_rules! with_real {
    ($dtype:expr, $T:ident => $body:expr) => {
        match $dtype {
            $crate::DType::F32 => {
                type $T = f32;
                $body
            }
            $crate::DType::F64 => {
                type $T = f64;
                $body
            }
            $crate::DType::I64 => {}
        }
    };
}

/// Runs an expression with `T` bound to the element type of a tag.
#[macro_export]
macro_rules! with_element {
    ($dtype:expr, $T:ident => $body:expr) => {
        match $dtype {
            $crate::DType::F32 => {
                type $T = f32;
                $body
            }
            $crate::DType::F64 => {
                type $T = f64;
                $body
            }
            $crate::DType::I64 => {
                type $T = i64;
                $body
            }
        }
    };
}
