//! Symbolic tensors: the outputs of layers, known by their shapes.

use crate::instance::Instance;
use crate::shape::IntoDim;
use crate::{Error, Result, Shape, layers};
use argali_engine::DType;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A symbolic tensor: an input, or an output of a layer, known by its shape.
///
/// It may feed several layers. The first mistake on the way to it is kept and returned by
/// [`shape`](Self::shape) and by [`Model::new`](crate::Model::new).
///
/// Keras: `keras.KerasTensor`.
#[derive(Clone)]
pub struct Tensor {
    pub(crate) call: Arc<Node>,
    pub(crate) output: usize,
}

/// One call of a layer on symbolic tensors. Inputs are calls of an `InputLayer` on none.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) instance: Arc<Instance>,
    /// What it is called on, and behind it the masks that are given as tensors.
    pub(crate) inputs: Vec<Tensor>,
    pub(crate) outputs: Result<Vec<Shape>>,
    pub(crate) arguments: Arguments,
    /// Greater than that of every call made before; the order in which a layer's calls are saved.
    pub(crate) number: u64,
}

/// Arguments of a call besides the tensors it is made on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// The `training` argument, if it is given.
    pub(crate) training: Option<bool>,
    /// Of each input, whether its mask is given; empty if none is.
    pub(crate) masks: Vec<bool>,
    /// Whether the tensors are given as a list, even if it is one.
    pub(crate) is_list: bool,
}

impl fmt::Debug for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.call.instance.display_name();
        match self.shape() {
            Ok(shape) => write!(f, "Tensor {shape} of `{name}`"),
            Err(mistake) => write!(f, "Tensor of `{name}`: {mistake}"),
        }
    }
}

fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Node {
    /// Shapes of the outputs for data of these shapes.
    pub(crate) fn put_on(&self, inputs: &[Shape]) -> Result<Vec<Shape>> {
        match self.arguments.is_list {
            true => self.instance.put_on_list(inputs),
            false => self.instance.put_on(inputs),
        }
    }

    /// What it is called on, and the masks that are given for some of it.
    pub(crate) fn data_and_masks(&self) -> (&[Tensor], &[Tensor]) {
        let masks = self.arguments.masks.iter().filter(|given| **given).count();
        self.inputs.split_at(self.inputs.len().saturating_sub(masks))
    }
}

impl Tensor {
    pub(crate) fn call(instance: Arc<Instance>, inputs: Vec<Tensor>) -> Self {
        Self::call_with(instance, inputs, Arguments::default())
    }

    pub(crate) fn call_with(instance: Arc<Instance>, inputs: Vec<Tensor>, arguments: Arguments) -> Self {
        let mut node = Node { instance, inputs, outputs: Ok(Vec::new()), arguments, number: next_number() };
        let shapes: Result<Vec<_>> = node.data_and_masks().0.iter().map(|t| t.shape().cloned()).collect();
        node.outputs = shapes.and_then(|shapes| node.put_on(&shapes));
        Tensor { call: Arc::new(node), output: 0 }
    }

    /// Names the layer or operation it comes from, unless that has a name.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([3]);
    /// let model = Model::new(&x, (&x * 2.0).named("doubled"))?;
    /// assert_eq!(model.calls()[1].layer.name(), "doubled");
    /// # Ok::<(), argali::Error>(())
    /// ```
    #[must_use = "the named tensor is returned"]
    pub fn named(self, name: impl Into<String>) -> Tensor {
        self.call.instance.name_or(|| name.into());
        self
    }

    /// The tensor of the same call with a `training` argument, which is saved with it. What `fit`, `evaluate` and
    /// `predict` say holds for the call nevertheless, as in Keras.
    ///
    /// Keras: `layer(x, training=True)`.
    #[must_use = "a new tensor is returned"]
    pub fn with_training(&self, training: bool) -> Tensor {
        let Node { instance, inputs, outputs, arguments, .. } = &*self.call;
        let node = Node {
            instance: instance.clone(),
            inputs: inputs.clone(),
            outputs: outputs.clone(),
            arguments: Arguments { training: Some(training), ..arguments.clone() },
            number: next_number(),
        };
        Tensor { call: Arc::new(node), output: self.output }
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
                let input = any.downcast_ref::<layers::InputLayer>().map(layers::InputLayer::dtype_name);
                let operation = || self.call.instance.operation().map(|o| o.dtype_name().to_owned());
                input.or_else(operation).unwrap_or_else(|| self.call.instance.policy().compute_name().into())
            }
            crate::instance::Body::Network(nested) => {
                let inner = nested.network().and_then(|n| n.outputs.get(self.output));
                inner.map_or_else(|| self.call.instance.policy().compute_name().into(), Tensor::dtype_name)
            }
        }
    }

    /// The element type of an input, and the floating-point type of anything else.
    pub fn dtype(&self) -> DType {
        match &self.call.instance.body {
            crate::instance::Body::Layer(layer) => {
                let any: &dyn std::any::Any = &**layer;
                let float = self.call.instance.policy().dtype();
                let input = any.downcast_ref::<layers::InputLayer>().map(layers::InputLayer::element_type);
                let operation = || self.call.instance.operation().map(|o| o.element_type(float));
                input.or_else(operation).unwrap_or(float)
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
