//! Handles of a graph's tensors; operations are methods on them, beside each operation in [`ops`](crate::ops).

use crate::buffer::DType;
use crate::graph::{Graph, Id};
use crate::operation::TensorType;
use std::fmt;

/// A tensor of a [`Graph`]: an input, a constant or what an operation returns.
///
/// A handle, cheap to copy. The arithmetic operators work element by element and broadcast as NumPy does.
#[derive(Clone, Copy)]
pub struct Value<'g> {
    graph: &'g Graph,
    pub(crate) id: Id,
}

impl<'g> Value<'g> {
    pub(crate) fn new(graph: &'g Graph, id: Id) -> Self {
        Value { graph, id }
    }

    /// The graph it is in.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// Whether two handles name the same tensor.
    pub fn same(&self, other: Value<'_>) -> bool {
        self.id == other.id && std::ptr::eq(self.graph, other.graph)
    }

    /// Element type and shape.
    pub fn tensor_type(&self) -> TensorType {
        self.graph.nodes.borrow().tensors[self.id].ty.clone()
    }

    /// Type of the elements.
    pub fn dtype(&self) -> DType {
        self.graph.nodes.borrow().tensors[self.id].ty.dtype
    }

    /// Length of each axis.
    pub fn shape(&self) -> Vec<usize> {
        self.tensor_type().shape
    }

    /// Number of axes.
    pub fn rank(&self) -> usize {
        self.shape().len()
    }

    /// A tensor of its type full of zeros.
    #[must_use = "a new tensor is returned"]
    pub fn zeros_like(&self) -> Self {
        self.full_like(0.0)
    }

    /// A tensor of its type full of one value.
    #[must_use = "a new tensor is returned"]
    pub fn full_like(&self, value: f64) -> Self {
        self.graph.full(self.dtype(), &self.shape(), value)
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "%{}: {}", self.id, self.tensor_type())
    }
}
