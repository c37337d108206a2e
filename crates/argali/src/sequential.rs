//! Models whose layers follow one another.

use crate::chain::{Common, IntoLayer};
use crate::instance::Instance;
use crate::layers::InputLayer;
use crate::network::{Kind, Network};
use crate::shape::IntoDim;
use crate::{Result, Shape, Tensor};
use std::panic::Location;
use std::sync::Arc;

/// A model whose layers follow one another, while it is described.
///
/// Layers are put on it by the chain, or one by one with [`add`](Self::add). [`build`](crate::Finish::build) checks it
/// and returns the [`Model`](crate::Model).
///
/// ```
/// use argali::prelude::*;
/// let mut model = Sequential::new().input([8]);
/// for units in [16, 16, 4] {
///     model.add(Dense::new(units).activation(Relu));
/// }
/// model.pop();
/// assert_eq!(model.build()?.output_shape()?.to_string(), "(None, 16)");
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `keras.Sequential`; R: `keras_model_sequential()`.
#[derive(Debug, Default)]
#[must_use = "a description becomes a model with `build`"]
pub struct Sequential {
    pub(crate) input: Option<Arc<Instance>>,
    pub(crate) entries: Vec<Arc<Instance>>,
    pub(crate) name: Option<String>,
    pub(crate) seed: Option<u64>,
    pub(crate) policy: Option<crate::Policy>,
}

impl Sequential {
    /// A model without layers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Shape of one sample, without the batch axis. Axes may be `None`.
    #[track_caller]
    pub fn input<D: IntoDim>(self, shape: impl IntoIterator<Item = D>) -> Self {
        self.input_layer(InputLayer::new(shape))
    }

    /// The input with its own name, batch size or element type.
    #[track_caller]
    pub fn input_layer(mut self, input: InputLayer) -> Self {
        self.input = Some(input.into_handle(Location::caller()).0);
        self
    }

    /// Name of the model. Default `sequential`.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Makes everything random in the model reproducible: initial weights, shuffling, dropout.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The floating-point type that is saved with the model; layers have their own. Default: `floatx` of `keras.json`.
    pub fn dtype(mut self, dtype: crate::Policy) -> Self {
        self.policy = Some(dtype);
        self
    }

    /// Adds a layer at the end.
    #[track_caller]
    pub fn add(&mut self, layer: impl IntoLayer) -> &mut Self {
        self.entries.push(layer.into_handle(Location::caller()).0);
        self
    }

    /// Takes the last layer away.
    pub fn pop(&mut self) -> Option<crate::SharedLayer> {
        self.entries.pop().map(crate::SharedLayer)
    }

    /// Number of layers, the input not counted.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no layers.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The input layer, if its shape is given: by `input`, by the first layer's options, or by a model in front.
    pub(crate) fn input_instance(&self) -> Option<Arc<Instance>> {
        self.input.clone().or_else(|| Self::input_of_first(&self.entries))
    }

    /// The input layer that the first layer's options, or a model in front, tell the shape of.
    pub(crate) fn input_of_first(entries: &[Arc<Instance>]) -> Option<Arc<Instance>> {
        let first = entries.first()?;
        let shape = match &first.body {
            crate::instance::Body::Network(nested) => nested.network()?.inputs.first()?.shape().ok()?.clone(),
            crate::instance::Body::Layer(_) => first.common.input_shape()?,
        };
        Some(Instance::layer(InputLayer::of_batch(shape), Common::at(first.common.at)))
    }

    /// The network of the layers on an input.
    pub(crate) fn network(input: Arc<Instance>, entries: &[Arc<Instance>]) -> Result<Network> {
        let input = Tensor::call(input, Vec::new());
        let output = entries.iter().fold(input.clone(), |x, layer| Tensor::call(layer.clone(), vec![x]));
        Network::new(Kind::Sequential, vec![input], vec![output])
    }

    /// The network for data of this shape.
    pub(crate) fn network_for(shape: Shape, dtype: argali_engine::DType, entries: &[Arc<Instance>]) -> Result<Network> {
        let shape = Shape([None].into_iter().chain(shape.0.into_iter().skip(1)).collect());
        let policy = entries.first().map_or_else(crate::Policy::default, |e| e.policy());
        let input = InputLayer::of_batch(shape).element(dtype, policy);
        Self::network(Instance::layer(input, Common::at(None)), entries)
    }
}

/// A copy with layers, and if they are drawn weights, of its own.
impl Clone for Sequential {
    fn clone(&self) -> Self {
        let fork = |i: &Arc<Instance>| i.fork().unwrap_or_else(|_| i.clone());
        Sequential {
            input: self.input.as_ref().map(fork),
            entries: self.entries.iter().map(fork).collect(),
            name: self.name.clone(),
            seed: self.seed,
            policy: self.policy,
        }
    }
}
