//! The calls of layers that a model consists of.

use super::Model;
use crate::instance::{Body, Nested};
use crate::network::{Network, key};
use crate::{Shape, SharedLayer, Tensor};
use std::collections::HashMap;

/// One call of a layer in a model. A layer that is shared has several.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LayerCall {
    /// The layer.
    pub layer: SharedLayer,
    /// What it is called on: the place of an earlier call in the list, and which of the outputs of that call.
    pub inputs: Vec<(usize, usize)>,
    /// Shapes of its outputs; none before a model without input shape has seen data.
    pub output_shapes: Vec<Shape>,
    /// The calls of a nested model, none of any other layer.
    pub calls: Vec<LayerCall>,
}

impl Model {
    /// The calls of layers that the model consists of, inputs included, in the order in which they run.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([8]);
    /// let y = x.dense(8).tensor();
    /// let calls = Model::new(&x, add([&x, &y]))?.calls();
    /// let names: Vec<_> = calls.iter().map(|call| call.layer.name()).collect();
    /// assert_eq!(names, ["input_layer", "dense", "add"]);
    /// assert_eq!(calls[2].inputs, [(0, 0), (1, 0)]);
    /// # Ok::<(), argali::Error>(())
    /// ```
    pub fn calls(&self) -> Vec<LayerCall> {
        calls(self.nested())
    }
}

fn calls(nested: &Nested) -> Vec<LayerCall> {
    match nested.network() {
        Some(network) => calls_of_network(network),
        None => nested.layers().iter().enumerate().map(|(i, layer)| chained(SharedLayer(layer.clone()), i)).collect(),
    }
}

/// A layer of a model whose shapes are not known yet.
fn chained(layer: SharedLayer, place: usize) -> LayerCall {
    let inputs = place.checked_sub(1).map(|before| (before, 0)).into_iter().collect();
    LayerCall { calls: calls_within(&layer), layer, inputs, output_shapes: Vec::new() }
}

fn calls_of_network(network: &Network) -> Vec<LayerCall> {
    let places: HashMap<usize, usize> = network.calls.iter().enumerate().map(|(i, call)| (key(call), i)).collect();
    let place = |tensor: &Tensor| Some((*places.get(&key(&tensor.call))?, tensor.output));
    let call = |node: &std::sync::Arc<crate::tensor::Node>| {
        let layer = SharedLayer(node.instance.clone());
        LayerCall {
            inputs: node.inputs.iter().filter_map(place).collect(),
            output_shapes: node.outputs.clone().unwrap_or_default(),
            calls: calls_within(&layer),
            layer,
        }
    };
    network.calls.iter().map(call).collect()
}

fn calls_within(layer: &SharedLayer) -> Vec<LayerCall> {
    match &layer.0.body {
        Body::Network(nested) => calls(nested),
        Body::Layer(_) => Vec::new(),
    }
}
