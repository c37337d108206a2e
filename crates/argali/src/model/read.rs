//! Models from Keras's JSON.

use super::Model;
use super::write::first_node;
use crate::chain::Common;
use crate::instance::{Body, Instance, Nested};
use crate::layers::InputLayer;
use crate::network::{Kind, Network, Structure};
use crate::policy::Policy;
use crate::{Config, Error, Json, Keys, Problem, Registry, Result, Sequential, Tensor};
use std::collections::HashMap;
use std::sync::Arc;

impl Model {
    /// The model that Keras's JSON describes, with weights still to be drawn or loaded.
    ///
    /// Layers of your own are read by [`Registry::model`].
    ///
    /// # Errors
    ///
    /// [`Problem::Key`] or [`Problem::Class`] with layer and key if something is missing, unknown or of another type,
    /// and whatever mistake the model itself has.
    pub fn from_json(json: &str) -> Result<Self> {
        Registry::default().model(json)
    }
}

impl Registry {
    /// The model that Keras's JSON describes; see [`Model::from_json`].
    ///
    /// # Errors
    ///
    /// As [`Model::from_json`].
    pub fn model(&self, json: &str) -> Result<Model> {
        let value = argali_formats::json::parse(json.as_bytes());
        self.model_from_value(value.map_err(|e| Error::new(Problem::File(e.to_string())))?)
    }

    /// The model that a JSON value describes; see [`Model::from_json`].
    ///
    /// # Errors
    ///
    /// As [`Model::from_json`].
    pub fn model_from_value(&self, json: Json) -> Result<Model> {
        let mut object = Object::new(json)?;
        let compile = object.keys.take("compile_config");
        let instance = self.instance(object)?;
        let mut model = Model::of_instance(instance)?;
        if let Some(config) = compile {
            model.read_compile_config(&config, &self.training)?;
        }
        Ok(model)
    }

    /// The layer or model that a serialized object describes.
    #[cfg(test)]
    pub(crate) fn layer_from_value(&self, json: Json) -> Result<Arc<Instance>> {
        self.instance(Object::new(json)?)
    }

    fn instance(&self, object: Object) -> Result<Arc<Instance>> {
        let name = object.config.0.get("name").and_then(Json::as_str).unwrap_or(&object.class).to_owned();
        let instance = match object.class.as_str() {
            "Sequential" => self.sequential(object),
            "Functional" | "Model" => self.functional(object),
            _ => self.layer_instance(object).map_err(Error::new),
        };
        instance.map_err(|e| e.at_layer(name))
    }

    fn layer_instance(&self, mut object: Object) -> Result<Arc<Instance>, Problem> {
        let mut common = Common::at(None);
        common.name = object.config.maybe("name")?;
        if object.class != InputLayer::CLASS.name {
            common.trainable = object.config.maybe("trainable")?.unwrap_or(true);
            common.policy = object.config.take("dtype").map(|json| Policy::from_json(&json)).transpose()?;
            common.activity_regularizer = object.config.maybe::<Option<_>>("activity_regularizer")?.flatten();
        }
        let layer = self.layer(&object.class, &mut object.config)?;
        Ok(Instance::new(Body::Layer(layer), common))
    }

    fn sequential(&self, mut object: Object) -> Result<Arc<Instance>> {
        let (common, layers) = object.model()?;
        let mut entries = layers.into_iter().map(|o| self.instance(o)).collect::<Result<Vec<_>>>()?;
        let first_is_input = entries.first().is_some_and(|e| e.class() == InputLayer::CLASS);
        let input = if first_is_input { Some(entries.remove(0)) } else { object.build_input()? };
        object.finish(&["build_input_shape"])?;
        let nested = match input {
            Some(input) => Nested::of(Sequential::network(input, &entries)?),
            None => Nested::deferred(entries),
        };
        Ok(Instance::new(Body::Network(nested), common))
    }

    fn functional(&self, mut object: Object) -> Result<Arc<Instance>> {
        let (common, layers) = object.model()?;
        let mut graph = Calls::default();
        for mut layer in layers {
            let nodes = layer.keys.maybe::<Vec<Json>>("inbound_nodes")?.unwrap_or_default();
            let instance = self.instance(layer)?;
            graph.add(instance, nodes)?;
        }
        graph.connect()?;
        let mut ends = |key: &str| -> Result<(Structure, Vec<Tensor>)> {
            let json = object.config.required::<Json>(key)?;
            Structure::read(&json, |history| graph.end(history)).map_err(|p| Error::new(p.within(key)))
        };
        let ((input_structure, inputs), (output_structure, outputs)) = (ends("input_layers")?, ends("output_layers")?);
        object.finish(&["input_layers", "output_layers"])?;
        let mut network = Network::new(Kind::Functional, inputs, outputs)?;
        (network.input_structure, network.output_structure) = (input_structure, output_structure);
        Ok(Instance::new(Body::Network(Nested::of(network)), common))
    }
}

/// A serialized object of a saved model, its config apart.
struct Object {
    class: String,
    config: Keys,
    keys: Keys,
}

impl Object {
    fn new(json: Json) -> Result<Self, Problem> {
        let mut keys = Keys::new(json)?;
        let name: String = keys.required("class_name")?;
        let registered: Option<String> = keys.maybe::<Option<String>>("registered_name")?.flatten();
        let class = registered.filter(|r| r.contains('>')).unwrap_or(name);
        let config = Keys::new(keys.required("config")?)?;
        Ok(Object { class, config, keys })
    }

    /// Name and trainability of a model, and the objects of its layers.
    fn model(&mut self) -> Result<(Common, Vec<Object>)> {
        let mut common = Common::at(None);
        common.name = self.config.maybe("name")?;
        common.trainable = self.config.maybe("trainable")?.unwrap_or(true);
        common.policy = self.config.take("dtype").map(|json| Policy::from_json(&json)).transpose()?;
        let layers: Vec<Json> = self.config.required("layers")?;
        let object = |(i, json)| Object::new(json).map_err(|p| Error::new(p.within(format!("config.layers[{i}]"))));
        let layers = layers.into_iter().enumerate().map(object).collect::<Result<_>>()?;
        Ok((common, layers))
    }

    /// The input that a `Sequential` without `InputLayer` was built for.
    fn build_input(&mut self) -> Result<Option<Arc<Instance>>> {
        let shape = self.config.maybe::<Option<crate::Shape>>("build_input_shape")?.flatten();
        Ok(shape.map(|shape| Instance::layer(InputLayer::of_batch(shape), Common::at(None))))
    }

    fn finish(&mut self, known: &[&str]) -> Result<(), Problem> {
        self.config.take("build_input_shape");
        let all: Vec<_> = ["name", "trainable", "dtype", "layers"].into_iter().chain(known.iter().copied()).collect();
        std::mem::take(&mut self.config).finish(&all).map_err(|p| p.within("config"))
    }
}

/// A layer of a functional model with its calls that wait for their inputs.
struct Pending {
    instance: Arc<Instance>,
    calls: std::collections::VecDeque<Json>,
    made: Vec<Tensor>,
}

/// Layers of a functional model while they are connected.
#[derive(Default)]
struct Calls {
    layers: Vec<Pending>,
    by_name: HashMap<String, usize>,
}

impl Calls {
    fn add(&mut self, instance: Arc<Instance>, nodes: Vec<Json>) -> Result<()> {
        let name = instance.display_name();
        if self.by_name.insert(name.clone(), self.layers.len()).is_some() {
            return Err(Error::new(Problem::DuplicateName).at_layer(name));
        }
        let made = match instance.class() == InputLayer::CLASS {
            true => vec![Tensor::call(instance.clone(), Vec::new())],
            false => Vec::new(),
        };
        self.layers.push(Pending { instance, calls: nodes.into(), made });
        Ok(())
    }

    /// Makes every call once its inputs are there.
    fn connect(&mut self) -> Result<()> {
        let mut waiting: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
        let mut ready: Vec<usize> = (0..self.layers.len()).rev().collect();
        while let Some(at) = ready.pop() {
            while let Some(node) = self.layers[at].calls.front() {
                let call = ParsedCall::new(node).map_err(|p| self.error(at, p))?;
                let missing = call.missing(self).map_err(|p| self.error(at, p))?;
                if let Some(missing) = missing {
                    waiting.entry(missing).or_default().push(at);
                    break;
                }
                let inputs = call.inputs.iter().map(|h| self.tensor(h)).collect::<Result<_, _>>();
                let inputs = inputs.map_err(|p| self.error(at, p))?;
                let tensor = Tensor::call_with(self.layers[at].instance.clone(), inputs, call.training);
                tensor.shape()?;
                let number = self.layers[at].made.len();
                self.layers[at].made.push(tensor);
                self.layers[at].calls.pop_front();
                ready.extend(waiting.remove(&(at, number)).unwrap_or_default());
            }
        }
        match self.layers.iter().position(|l| !l.calls.is_empty()) {
            None => Ok(()),
            Some(at) => {
                Err(self.error(at, Problem::key("inbound_nodes", "form a cycle or name calls that do not exist")))
            }
        }
    }

    fn error(&self, at: usize, problem: Problem) -> Error {
        Error::new(problem).at_layer(self.layers[at].instance.display_name())
    }

    fn find(&self, history: &Json) -> Result<(usize, usize, usize), Problem> {
        let bad = || {
            Problem::key(
                "keras_history",
                format!("is {}, expected [layer, node, tensor]", crate::config::brief(history)),
            )
        };
        let part = |i: usize| history.get(i).and_then(Json::as_u64).and_then(|n| usize::try_from(n).ok());
        let name = history.get(0).and_then(Json::as_str).ok_or_else(bad)?;
        let (node, tensor) = part(1).zip(part(2)).ok_or_else(bad)?;
        let layer = self.by_name.get(name).copied();
        let layer =
            layer.ok_or_else(|| Problem::key("keras_history", format!("names a layer `{name}` that is not there")))?;
        Ok((layer, node, tensor))
    }

    /// An input or output of the model.
    fn end(&self, history: &Json) -> Result<Tensor, Problem> {
        let (layer, node, output) = self.find(history)?;
        let node = node.checked_sub(first_node(&self.layers[layer].instance));
        self.made(history, layer, node, output)
    }

    fn tensor(&self, history: &Json) -> Result<Tensor, Problem> {
        let (layer, node, output) = self.find(history)?;
        self.made(history, layer, Some(node), output)
    }

    fn made(&self, history: &Json, layer: usize, node: Option<usize>, output: usize) -> Result<Tensor, Problem> {
        let made =
            node.and_then(|node| self.layers[layer].made.get(node)).map(|t| Tensor { call: t.call.clone(), output });
        made.filter(|t| t.shape().is_ok()).ok_or_else(|| {
            Problem::key(
                "keras_history",
                format!("{} names an output that does not exist", crate::config::brief(history)),
            )
        })
    }
}

/// The inputs and arguments of a saved call.
struct ParsedCall {
    inputs: Vec<Json>,
    training: Option<bool>,
}

impl ParsedCall {
    fn new(node: &Json) -> Result<Self, Problem> {
        let mut inputs = Vec::new();
        collect_tensors(&node["args"], &mut inputs);
        let mut training = None;
        for (key, argument) in node["kwargs"].as_object().into_iter().flatten() {
            match (key.as_str(), argument) {
                ("training", Json::Bool(value)) => training = Some(*value),
                (_, Json::Null) => {}
                ("inputs" | "initial_state", _) => collect_tensors(argument, &mut inputs),
                _ => {
                    let why = format!("is {}, which is not supported", crate::config::brief(argument));
                    return Err(Problem::key(format!("inbound_nodes.kwargs.{key}"), why));
                }
            }
        }
        match inputs.is_empty() {
            true => Err(Problem::key("inbound_nodes", "have a call without input tensors")),
            false => Ok(ParsedCall { inputs, training }),
        }
    }

    /// The first call, as layer and number, that must be made before.
    fn missing(&self, calls: &Calls) -> Result<Option<(usize, usize)>, Problem> {
        for history in &self.inputs {
            let (layer, node, _) = calls.find(history)?;
            if calls.layers[layer].made.len() <= node {
                return Ok(Some((layer, node)));
            }
        }
        Ok(None)
    }
}

/// The histories of all tensors in the arguments of a call, in order.
fn collect_tensors(json: &Json, into: &mut Vec<Json>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| collect_tensors(item, into)),
        Json::Object(object) if object.get("class_name").and_then(Json::as_str) == Some("__keras_tensor__") => {
            into.push(json["config"]["keras_history"].clone());
        }
        _ => {}
    }
}
