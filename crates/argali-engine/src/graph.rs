//! Graphs of operations, built while a model is traced.

use crate::buffer::{Buffer, DType};
use crate::operation::{Operation, OperationError, TensorType};
use crate::ops::{self, MAX_RANK};
use crate::plan::{MAX_OUTPUTS, Plan};
use crate::value::Value;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// Index of a tensor within its graph.
pub(crate) type Id = usize;

/// Where a tensor comes from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Input(usize),
    Constant(Arc<Buffer>),
    Node,
}

#[derive(Clone, Debug)]
pub(crate) struct Tensor {
    pub(crate) source: Source,
    pub(crate) ty: TensorType,
}

/// An operation on tensors of the graph.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) operation: Arc<dyn Operation>,
    pub(crate) inputs: Vec<Id>,
    pub(crate) outputs: Vec<Id>,
    pub(crate) scope: usize,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Nodes {
    pub(crate) tensors: Vec<Tensor>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) inputs: usize,
}

/// A graph of typed operations. It runs nothing: [`Graph::plan`] makes what runs.
///
/// Operations are put on [`Value`]s. The first one that can't take its inputs is kept as the graph's
/// [error](Graph::error); what is built on it afterwards is void.
#[derive(Debug, Default)]
pub struct Graph {
    pub(crate) nodes: RefCell<Nodes>,
    error: RefCell<Option<OperationError>>,
    seed: Cell<Option<Id>>,
    places: Cell<u64>,
    updates: RefCell<Vec<(Id, Id)>>,
    losses: RefCell<Vec<Id>>,
    scope: Cell<usize>,
}

impl Graph {
    /// A graph without tensors.
    pub fn new() -> Self {
        Self::default()
    }

    /// A tensor given at every run; inputs are numbered in the order of these calls.
    pub fn input(&self, dtype: DType, shape: &[usize]) -> Value<'_> {
        let ty = self.admit("input", TensorType::new(dtype, shape));
        let mut nodes = self.nodes.borrow_mut();
        let source = Source::Input(nodes.inputs);
        nodes.inputs += 1;
        let id = nodes.add(source, ty);
        Value::new(self, id)
    }

    /// A tensor whose elements are known now and never change.
    ///
    /// Fewer or more elements than `shape` has are kept as the graph's error.
    pub fn constant(&self, elements: impl Into<Buffer>, shape: &[usize]) -> Value<'_> {
        let mut buffer = elements.into();
        let mut ty = self.admit("constant", TensorType::new(buffer.dtype(), shape));
        if buffer.len() != ty.len() {
            let message = format!("{} elements for shape {shape:?}, expected {}", buffer.len(), ty.len());
            self.fail(OperationError { operation: "constant", message });
            ty.shape.fill(0);
            buffer = Buffer::zeros(ty.dtype, ty.len());
        }
        let id = self.nodes.borrow_mut().add(Source::Constant(Arc::new(buffer)), ty);
        Value::new(self, id)
    }

    /// A tensor of one value throughout.
    pub fn full(&self, dtype: DType, shape: &[usize], value: f64) -> Value<'_> {
        let scalar = self.constant(Buffer::F64(vec![value]).cast(dtype), &[]);
        if shape.is_empty() { scalar } else { scalar.broadcast_to(shape) }
    }

    /// The seed and step, `int64` of shape `[2]`, that random operations depend on.
    ///
    /// An input of the graph like any other, created at the first call.
    pub fn seed(&self) -> Value<'_> {
        let id = self.seed.get().unwrap_or_else(|| self.input(DType::I64, &[2]).id);
        self.seed.set(Some(id));
        Value::new(self, id)
    }

    /// Index of the input that holds seed and step, if anything random is in the graph.
    pub fn seed_input(&self) -> Option<usize> {
        self.seed.get().and_then(|id| self.input_index(Value::new(self, id)))
    }

    /// Number of inputs.
    pub fn inputs(&self) -> usize {
        self.nodes.borrow().inputs
    }

    /// Which input a value is, `None` if it is computed.
    pub fn input_index(&self, value: Value<'_>) -> Option<usize> {
        match self.nodes.borrow().tensors[value.id].source {
            Source::Input(index) => Some(index),
            _ => None,
        }
    }

    /// A number that no other random operation of this graph has.
    pub(crate) fn next_place(&self) -> u64 {
        self.places.replace(self.places.get() + 1)
    }

    /// Puts an operation on tensors of this graph and returns its outputs.
    ///
    /// Inputs the operation can't take are kept as the graph's error, and the first input is returned.
    pub fn apply<'g>(&'g self, operation: impl Operation, inputs: &[Value<'g>]) -> Vec<Value<'g>> {
        self.apply_shared(Arc::new(operation), inputs)
    }

    pub(crate) fn apply_shared<'g>(&'g self, operation: Arc<dyn Operation>, inputs: &[Value<'g>]) -> Vec<Value<'g>> {
        let types: Vec<_> = inputs.iter().map(Value::tensor_type).collect();
        match operation.outputs(&types).and_then(some_outputs) {
            Ok(outputs) => {
                let outputs = outputs.into_iter().map(|ty| self.admit(operation.name(), ty)).collect();
                let inputs = inputs.iter().map(|v| v.id).collect();
                let ids = self.nodes.borrow_mut().node(operation, inputs, outputs, self.scope.get());
                ids.into_iter().map(|id| Value::new(self, id)).collect()
            }
            Err(message) => {
                self.fail(OperationError { operation: operation.name(), message });
                vec![inputs.first().copied().unwrap_or_else(|| self.full(DType::F32, &[], 0.0))]
            }
        }
    }

    pub(crate) fn apply_one<'g>(&'g self, operation: impl Operation, inputs: &[Value<'g>]) -> Value<'g> {
        self.apply(operation, inputs)[0]
    }

    /// The type, or an empty one and an error if no memory holds a tensor of it.
    fn admit(&self, operation: &'static str, mut ty: TensorType) -> TensorType {
        let bytes = ty.shape.iter().filter(|n| **n > 0).try_fold(ty.dtype.size(), |b, n| b.checked_mul(*n));
        let fits = bytes.is_some_and(|b| isize::try_from(b).is_ok());
        if !fits || ty.shape.len() > MAX_RANK {
            let limit = if fits { "at most 16 axes" } else { "a size that can be addressed" };
            self.fail(OperationError { operation, message: format!("a tensor {ty}, expected {limit}") });
            ty.shape.truncate(MAX_RANK);
            ty.shape.fill(0);
        }
        ty
    }

    /// Keeps an error, unless an earlier one is kept already.
    pub fn fail(&self, error: OperationError) {
        self.error.borrow_mut().get_or_insert(error);
    }

    /// The first operation that could not take its inputs.
    pub fn error(&self) -> Option<OperationError> {
        self.error.borrow().clone()
    }

    /// Replaces the value of an input after the run, together with all other updates of the run.
    pub fn update<'g>(&'g self, input: Value<'g>, new: Value<'g>) {
        self.updates.borrow_mut().push((input.id, new.id));
    }

    /// Takes the updates noted so far: inputs and their new values.
    pub fn take_updates(&self) -> Vec<(Value<'_>, Value<'_>)> {
        let updates = self.updates.take();
        updates.into_iter().map(|(i, n)| (Value::new(self, i), Value::new(self, n))).collect()
    }

    /// Adds a scalar to the loss of the step.
    pub fn add_loss<'g>(&'g self, loss: Value<'g>) {
        self.losses.borrow_mut().push(loss.id);
    }

    /// Takes the losses noted so far.
    pub fn take_losses(&self) -> Vec<Value<'_>> {
        self.losses.take().into_iter().map(|id| Value::new(self, id)).collect()
    }

    /// Number that following operations are counted under in profiles; returns the one before.
    pub fn set_scope(&self, scope: usize) -> usize {
        self.scope.replace(scope)
    }

    /// Multiply-accumulate operations of one run by scope, for scopes `0..scopes`.
    pub fn macs(&self, scopes: usize) -> Vec<u64> {
        let nodes = self.nodes.borrow();
        let mut macs = vec![0; scopes];
        for node in nodes.nodes.iter().filter(|n| n.scope < scopes) {
            let types = |ids: &[Id]| ids.iter().map(|i| nodes.tensors[*i].ty.clone()).collect::<Vec<_>>();
            macs[node.scope] += node.operation.macs(&types(&node.inputs), &types(&node.outputs));
        }
        macs
    }

    /// The gradients of a scalar with respect to some tensors; `None` where it does not depend on one.
    pub fn gradients<'g>(&'g self, of: Value<'g>, with_respect_to: &[Value<'g>]) -> Vec<Option<Value<'g>>> {
        crate::differentiate::gradients(self, of, with_respect_to)
    }

    /// Optimises the graph for these outputs and plans its runs.
    ///
    /// # Errors
    ///
    /// The graph's [error](Graph::error), if any.
    pub fn plan(&self, outputs: &[Value<'_>]) -> Result<Plan, OperationError> {
        match self.error() {
            Some(error) => Err(error),
            None => {
                let outputs: Vec<_> = outputs.iter().map(|v| v.id).collect();
                let nodes = crate::optimise::optimise(self.nodes.borrow().clone(), &outputs);
                Ok(Plan::new(&nodes, &outputs))
            }
        }
    }
}

impl Nodes {
    pub(crate) fn add(&mut self, source: Source, ty: TensorType) -> Id {
        self.tensors.push(Tensor { source, ty });
        self.tensors.len() - 1
    }

    pub(crate) fn node(
        &mut self,
        operation: Arc<dyn Operation>,
        inputs: Vec<Id>,
        types: Vec<TensorType>,
        scope: usize,
    ) -> Vec<Id> {
        let outputs: Vec<_> = types.into_iter().map(|ty| self.add(Source::Node, ty)).collect();
        self.nodes.push(Node { operation, inputs, outputs: outputs.clone(), scope });
        outputs
    }
}

fn some_outputs(outputs: Vec<TensorType>) -> Result<Vec<TensorType>, String> {
    match outputs.len() {
        1..=MAX_OUTPUTS => Ok(outputs),
        count => Err(format!("gives {count} outputs, expected 1 to {MAX_OUTPUTS}")),
    }
}

/// A copy of a tensor in storage of its own, for outputs that are inputs or constants.
pub(crate) fn copy() -> Arc<dyn Operation> {
    Arc::new(ops::Copy)
}
