//! Models as Keras's JSON.

use super::Model;
use crate::instance::{Body, Instance, Nested};
use crate::layer::AnyLayer;
use crate::network::{Kind, Network, Structure, key};
use crate::tensor::Node;
use crate::{Json, Tensor, layers, value};
use serde_json::{Map, json};
use std::collections::HashMap;
use std::sync::Arc;

impl Model {
    /// The model as Keras's `model.to_json()` writes it, without weights.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let json = Sequential::new().input([4]).dense(2).build()?.to_json();
    /// assert_eq!(Model::from_json(&json)?.to_json(), json);
    /// # Ok::<(), argali::Error>(())
    /// ```
    pub fn to_json(&self) -> String {
        argali_formats::json::to_string(&self.to_value())
    }

    /// The model as a JSON value; see [`to_json`](Self::to_json).
    pub fn to_value(&self) -> Json {
        let mut json = instance_json(&self.instance);
        json["compile_config"] = self.compile_config();
        json
    }
}

/// A layer or model as Keras's serialized object.
pub(crate) fn instance_json(instance: &Instance) -> Json {
    match &instance.body {
        Body::Layer(layer) => layer_json(instance, layer.as_ref()),
        Body::Network(nested) => nested_json(instance, nested),
    }
}

fn layer_json(instance: &Instance, layer: &dyn AnyLayer) -> Json {
    let mut config = Map::new();
    config.insert("name".into(), instance.display_name().into());
    if instance.is_operation() {
        config.extend(layer.config(None));
        return layer.class().object(Json::Object(config));
    }
    if layer.writes_short_config() {
        config.insert("dtype".into(), instance.policy().dtype().to_string().into());
    } else if !is_input(layer) {
        config.insert("trainable".into(), instance.trainable().into());
        config.insert("dtype".into(), instance.policy().to_json());
        let regularizer = &instance.common.activity_regularizer;
        if regularizer.is_some() || layer.writes_activity_regularizer() {
            config.insert("activity_regularizer".into(), value(regularizer));
        }
    }
    let built = instance.built();
    config.extend(layer.config(built.as_ref().map(|b| b.inputs.as_slice())));
    let mut json = layer.class().object(Json::Object(config));
    if let Some(built) = built.filter(|_| layer.writes_build_config()) {
        let shapes = match built.inputs.as_slice() {
            [one] if !layer.list_input() => match (instance.common.built_batch, one.0.as_slice()) {
                (Some(batch), [None, sample @ ..]) => {
                    std::iter::once(json!(batch)).chain(sample.iter().map(value)).collect()
                }
                _ => value(one),
            },
            many => value(&many),
        };
        json["build_config"] = match (layer.more_inputs(), built.inputs.as_slice()) {
            (Some(name), [first, more @ ..]) if !more.is_empty() => {
                json!({"shapes_dict": {"sequences_shape": first, format!("{name}_shape"): more}})
            }
            _ => json!({"input_shape": shapes}),
        };
    }
    json
}

fn is_input(layer: &dyn AnyLayer) -> bool {
    (layer as &dyn std::any::Any).is::<layers::InputLayer>()
}

fn nested_json(instance: &Instance, nested: &Nested) -> Json {
    let kind = nested.network().map_or(Kind::Sequential, |n| n.kind);
    let mut config = Map::new();
    config.insert("name".into(), instance.display_name().into());
    config.insert("trainable".into(), instance.trainable().into());
    let mut json = match (kind, nested.network()) {
        (Kind::Functional, Some(network)) => {
            functional_config(network, &mut config);
            let mut json = kind.class().object(Json::Object(config));
            json["build_config"] = json!({"input_shape": null});
            json
        }
        (_, network) => {
            config.insert("dtype".into(), instance.policy().to_json());
            config.insert("layers".into(), nested.layers().iter().map(|l| instance_json(l)).collect());
            let shape = network.and_then(|n| n.inputs.first()?.shape().ok());
            if let Some(shape) = shape {
                config.insert("build_input_shape".into(), value(shape));
            }
            let mut json = kind.class().object(Json::Object(config));
            if let Some(shape) = shape {
                json["build_config"] = json!({"input_shape": shape});
            }
            json
        }
    };
    json["compile_config"] = json!({});
    json
}

fn functional_config(network: &Network, config: &mut Map<String, Json>) {
    let (nodes, made) = (Nodes::new(network), network.calls_as_made());
    let layers = network.layers.iter().map(|layer| {
        let mut json = instance_json(layer);
        json["name"] = layer.display_name().into();
        let calls = made.iter().filter(|c| Arc::ptr_eq(&c.instance, layer) && !c.inputs.is_empty());
        json["inbound_nodes"] = calls.map(|c| nodes.call(c)).collect();
        json
    });
    config.insert("layers".into(), layers.collect());
    config.insert("input_layers".into(), network.input_structure.write(network.inputs.iter().map(|t| nodes.end(t))));
    config.insert("output_layers".into(), network.output_structure.write(network.outputs.iter().map(|t| nodes.end(t))));
}

/// Number of a layer's first call where a model's inputs and outputs are listed: Keras counts functional models from 1
/// there, as if their own inputs had called them.
pub(super) fn first_node(instance: &Instance) -> usize {
    match &instance.body {
        Body::Network(nested) => usize::from(nested.network().is_some_and(|n| n.kind == Kind::Functional)),
        Body::Layer(_) => 0,
    }
}

/// Which call of its layer each call of a network is.
pub(super) struct Nodes(HashMap<usize, usize>);

impl Nodes {
    pub(super) fn new(network: &Network) -> Self {
        let mut counts: HashMap<usize, usize> = HashMap::new();
        let number = |call: &Arc<Node>| {
            let count = counts.entry(key(&call.instance)).or_default();
            *count += 1;
            (key(call), *count - 1)
        };
        Nodes(network.calls_as_made().into_iter().map(number).collect())
    }

    /// Which call of its layer a tensor comes from.
    pub(super) fn index(&self, tensor: &Tensor) -> usize {
        self.0.get(&key(&tensor.call)).copied().unwrap_or(0)
    }

    fn history(&self, tensor: &Tensor) -> Json {
        json!([tensor.call.instance.display_name(), self.index(tensor), tensor.output])
    }

    /// The history of an input or output of the network.
    fn end(&self, tensor: &Tensor) -> Json {
        let mut history = self.history(tensor);
        let node = history[1].as_u64().unwrap_or(0);
        history[1] = (node + first_node(&tensor.call.instance) as u64).into();
        history
    }

    fn tensor(&self, tensor: &Tensor) -> Json {
        let shape = tensor.shape().ok().cloned().unwrap_or_default();
        let config = json!({"shape": shape, "dtype": tensor.dtype_name(), "keras_history": self.history(tensor)});
        json!({"class_name": "__keras_tensor__", "config": config})
    }

    fn call(&self, call: &Node) -> Json {
        let (data, masks) = call.data_and_masks();
        let tensors: Vec<_> = data.iter().map(|t| self.tensor(t)).collect();
        if let Some(operation) = call.instance.operation() {
            return json!({"args": operation.saved_arguments(tensors), "kwargs": {}});
        }
        let mask = self.mask(call, data.len(), masks);
        let mut kwargs = Map::new();
        if let (Body::Layer(layer), [first, more @ ..]) = (&call.instance.body, tensors.as_slice())
            && let Some(name) = layer.more_inputs().filter(|_| !more.is_empty())
        {
            kwargs.insert(name.into(), json!(more));
            kwargs.extend(call.arguments.training.map(|training| ("training".into(), training.into())));
            kwargs.extend(mask.filter(|_| !masks.is_empty()).map(|mask| ("mask".into(), mask)));
            return json!({"args": [first], "kwargs": kwargs});
        }
        let trains = match &call.instance.body {
            Body::Layer(layer) => layer.training_argument(),
            Body::Network(_) => false,
        };
        let fills_in = fills_in(call, data);
        let training = call.arguments.training.or((trains && fills_in).then_some(false));
        kwargs.extend(training.map(|training| ("training".into(), training.into())));
        let automatic = fills_in && (call.arguments.training.is_none() || trains);
        let written = mask.filter(|_| automatic || !masks.is_empty());
        kwargs.extend(written.map(|mask| ("mask".into(), mask)));
        let arguments = match &call.instance.body {
            Body::Layer(layer) if layer.list_input() => json!([tensors]),
            Body::Layer(_) => json!(tensors),
            Body::Network(nested) => json!([arranged(nested, tensors)]),
        };
        json!({"args": arguments, "kwargs": kwargs})
    }

    /// The `mask` argument of a call on so many tensors, if Keras's layer has one.
    fn mask(&self, call: &Node, inputs: usize, masks: &[Tensor]) -> Option<Json> {
        let takes = match &call.instance.body {
            Body::Layer(layer) => layer.mask_argument(),
            Body::Network(_) => true,
        };
        let given = |i: usize| call.arguments.masks.get(i).copied().unwrap_or(false);
        let mut tensors = masks.iter().map(|t| self.tensor(t));
        let mut all = (0..inputs).map(|i| if given(i) { tensors.next() } else { None }).map(Option::unwrap_or_default);
        (takes || !masks.is_empty()).then(|| match &call.instance.body {
            Body::Network(nested) => arranged(nested, all.collect()),
            Body::Layer(_) => all.next().unwrap_or_default(),
        })
    }
}

/// Whether Keras saves the arguments that it fills in by itself with a call. It does where the call is on one tensor that
/// need not be cast, and for functional models, which cast nothing; otherwise it saves what it was given.
fn fills_in(call: &Node, data: &[Tensor]) -> bool {
    let of_policy = || call.instance.policy().compute_name().to_owned();
    let cast_to = match &call.instance.body {
        Body::Layer(layer) if layer.list_input() => return false,
        Body::Layer(_) => of_policy(),
        Body::Network(nested) => match nested.network() {
            Some(network) if network.kind == Kind::Functional => return true,
            network => network.and_then(|n| n.inputs.first()).map_or_else(of_policy, Tensor::dtype_name),
        },
    };
    matches!(data, [one] if one.dtype_name() == cast_to)
}

/// What a call gives a model for each of its inputs, arranged as these are; a list of one is given as it is.
fn arranged(nested: &Nested, each: Vec<Json>) -> Json {
    match nested.network().map(|network| &network.input_structure) {
        Some(structure @ Structure::Named(_)) => structure.write(each),
        Some(structure @ Structure::List(_)) if each.len() > 1 => structure.write(each),
        _ => Structure::One.write(each),
    }
}
