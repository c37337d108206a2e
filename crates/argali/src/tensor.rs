//! Symbolic tensors: the outputs of layers, known by their shapes.

use crate::instance::Instance;
use crate::shape::IntoDim;
use crate::{Error, Result, Shape, layers};
use argali_engine::DType;
use std::sync::Arc;

/// A symbolic tensor: an input, or an output of a layer, known by its shape.
///
/// It may feed several layers. The first mistake on the way to it is kept and returned by
/// [`shape`](Self::shape) and by [`Model::new`](crate::Model::new).
///
/// Keras: `keras.KerasTensor`.
#[derive(Clone, Debug)]
pub struct Tensor {
    pub(crate) call: Arc<Node>,
    pub(crate) output: usize,
}

/// One call of a layer on symbolic tensors. Inputs are calls of an `InputLayer` on none.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) instance: Arc<Instance>,
    pub(crate) inputs: Vec<Tensor>,
    pub(crate) outputs: Result<Vec<Shape>>,
    pub(crate) training: Option<bool>,
}

impl Tensor {
    pub(crate) fn call(instance: Arc<Instance>, inputs: Vec<Tensor>) -> Self {
        Self::call_with(instance, inputs, None)
    }

    pub(crate) fn call_with(instance: Arc<Instance>, inputs: Vec<Tensor>, training: Option<bool>) -> Self {
        let shapes: Result<Vec<_>> = inputs.iter().map(|t| t.shape().cloned()).collect();
        let outputs = shapes.and_then(|shapes| instance.put_on(&shapes));
        Tensor { call: Arc::new(Node { instance, inputs, outputs, training }), output: 0 }
    }

    /// Its shape.
    ///
    /// # Errors
    ///
    /// The first mistake on the way to it.
    pub fn shape(&self) -> Result<&Shape> {
        let outputs = self.call.outputs.as_ref().map_err(Error::clone)?;
        outputs.get(self.output).ok_or_else(|| {
            Error::new(crate::Problem::Inputs { expected: "a layer with an output", found: 0 })
                .at_layer(self.call.instance.display_name())
        })
    }

    /// All outputs of the call it comes from.
    pub(crate) fn siblings(&self) -> Vec<Tensor> {
        let count = self.call.outputs.as_ref().map_or(1, Vec::len);
        (0..count).map(|output| Tensor { call: self.call.clone(), output }).collect()
    }

    /// Keras's name of the element type.
    pub(crate) fn dtype_name(&self) -> String {
        match &self.call.instance.body {
            crate::instance::Body::Layer(layer) => {
                let any: &dyn std::any::Any = &**layer;
                let input = any.downcast_ref::<layers::InputLayer>();
                input.map_or_else(|| self.call.instance.policy().compute_name().into(), layers::InputLayer::dtype_name)
            }
            crate::instance::Body::Network(nested) => {
                let inner = nested.network().and_then(|n| n.outputs.get(self.output));
                inner.map_or_else(|| self.call.instance.policy().compute_name().into(), Tensor::dtype_name)
            }
        }
    }

    /// The element type of an input, and the floating-point type of anything else.
    pub(crate) fn dtype(&self) -> DType {
        match &self.call.instance.body {
            crate::instance::Body::Layer(layer) => {
                let any: &dyn std::any::Any = &**layer;
                let input = any.downcast_ref::<layers::InputLayer>();
                input.map_or_else(|| self.call.instance.policy().dtype(), layers::InputLayer::element_type)
            }
            crate::instance::Body::Network(nested) => {
                let inner = nested.network().and_then(|n| n.outputs.get(self.output));
                inner.map_or_else(|| self.call.instance.policy().dtype(), Tensor::dtype)
            }
        }
    }
}

/// Frees long chains without recursion.
impl Drop for Node {
    fn drop(&mut self) {
        let mut pending = std::mem::take(&mut self.inputs);
        while let Some(tensor) = pending.pop() {
            if let Some(mut node) = Arc::into_inner(tensor.call) {
                pending.append(&mut node.inputs);
            }
        }
    }
}

/// A symbolic input of samples of this shape, without the batch axis.
///
/// Axes may be `None`: their lengths are then known only when data arrives. For a fixed batch size, a name or integer
/// elements see [`InputLayer`](layers::InputLayer).
///
/// ```
/// use argali::prelude::*;
/// assert_eq!(input([128, 9]).shape()?.to_string(), "(None, 128, 9)");
/// assert_eq!(input([None, Some(9)]).shape()?.to_string(), "(None, None, 9)");
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `keras.Input`.
#[track_caller]
pub fn input<D: IntoDim>(shape: impl IntoIterator<Item = D>) -> Tensor {
    layers::InputLayer::new(shape).tensor()
}
