//! Models from Keras's JSON.

mod functional;
mod legacy;
mod training;

use super::Model;
use crate::chain::Common;
use crate::instance::{Body, Instance, Nested};
use crate::layers::InputLayer;
use crate::network::{Kind, Network, Structure};
use crate::operations::{Operation, is_operation};
use crate::policy::Policy;
use crate::warnings::once;
use crate::{Config, Error, Json, Keys, Problem, Registry, Result, Sequential, Tensor};
use functional::Calls;
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
        self.model_from_value(value.map_err(Problem::not_json)?)
    }

    /// The model that a JSON value describes; see [`Model::from_json`].
    ///
    /// # Errors
    ///
    /// As [`Model::from_json`].
    pub fn model_from_value(&self, json: Json) -> Result<Model> {
        once(|| self.read_model(json))
    }

    fn read_model(&self, json: Json) -> Result<Model> {
        let json = if legacy::is_legacy(&json) { legacy::modernized(json)? } else { json };
        if json["weight_map"].is_object() {
            return Err(Error::new(Problem::sharded()));
        }
        let mut object = Object::new(json)?;
        let compile = object.keys.take("compile_config");
        let training = object.keys.take("training_config").filter(|training| !training.is_null());
        let instance = self.instance(object, 0)?;
        let mut model = Model::of_instance(instance)?;
        if let Some(config) = compile {
            model.read_compile_config(&config, &self.training)?;
        }
        if let Some(training) = training {
            model.read_compile_config(&training::modernized(training), &self.training)?;
            model.forget_saved_compile_config();
        }
        Ok(model)
    }

    /// The layer or model that a serialized object describes.
    #[cfg(test)]
    pub(crate) fn layer_from_value(&self, json: Json) -> Result<Arc<Instance>> {
        self.instance(Object::new(json)?, 0)
    }

    fn instance(&self, object: Object, depth: usize) -> Result<Arc<Instance>> {
        let name = object.config.0.get("name").and_then(Json::as_str).unwrap_or(&object.class).to_owned();
        let instance = match object.class.as_str() {
            "Sequential" => self.sequential(object, depth),
            "Functional" | "Model" => self.functional(object, depth),
            _ => self.layer_instance(object).map_err(Error::new),
        };
        instance.map_err(|e| e.at_layer(name))
    }

    /// The layer that is the activation of another.
    pub(crate) fn activation(&self, json: Json) -> Result<Arc<Instance>, Problem> {
        self.layer_instance(Object::new(json)?)
    }

    fn layer_instance(&self, mut object: Object) -> Result<Arc<Instance>, Problem> {
        let mut common = Common::at(None);
        common.name = object.config.maybe("name")?;
        if object.class != InputLayer::CLASS.name {
            common.trainable = object.config.maybe("trainable")?.unwrap_or(true);
            common.policy = object.config.take("dtype").map(|json| Policy::from_json(&json)).transpose()?;
            common.activity_regularizer = object.config.maybe::<Option<_>>("activity_regularizer")?.flatten();
        }
        common.built_batch = object.built_batch();
        let layer = self.layer(&object.class, &mut object.config)?;
        Ok(Instance::new(Body::Layer(layer), common))
    }

    fn sequential(&self, mut object: Object, depth: usize) -> Result<Arc<Instance>> {
        check_depth(depth)?;
        let (common, layers) = object.model()?;
        let mut entries = layers.into_iter().map(|o| self.instance(o, depth + 1)).collect::<Result<Vec<_>>>()?;
        let first_is_input = entries.first().is_some_and(|e| e.class() == InputLayer::CLASS);
        let input = match first_is_input {
            true => Some(entries.remove(0)),
            false => object.build_input()?.or_else(|| Sequential::input_of_first(&entries)),
        };
        object.finish(&["build_input_shape"])?;
        let nested = match input {
            Some(input) => Nested::of(Sequential::network(input, &entries)?),
            None => Nested::deferred(entries),
        };
        Ok(Instance::new(Body::Network(nested), common))
    }

    fn functional(&self, mut object: Object, depth: usize) -> Result<Arc<Instance>> {
        check_depth(depth)?;
        let (common, layers) = object.model()?;
        let mut graph = Calls::default();
        for mut layer in layers {
            let nodes = layer.keys.maybe::<Vec<Json>>("inbound_nodes")?.unwrap_or_default();
            let instance = match is_operation(layer.module.as_deref()) {
                true => layer.operation(&nodes)?,
                false => self.instance(layer, depth + 1)?,
            };
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

/// Models within models that are read.
const MAX_NESTING: usize = 64;

/// Refuses models that are nested too deep for the stack.
fn check_depth(depth: usize) -> Result<(), Problem> {
    match depth {
        0..=MAX_NESTING => Ok(()),
        _ => Err(Problem::key("layers", format!("are models nested deeper than {MAX_NESTING} levels"))),
    }
}

/// A serialized object of a saved model, its config apart.
struct Object {
    module: Option<String>,
    class: String,
    config: Keys,
    keys: Keys,
}

impl Object {
    fn new(json: Json) -> Result<Self, Problem> {
        let mut keys = Keys::new(json)?;
        let name: String = keys.required("class_name")?;
        let module = keys.maybe::<Option<String>>("module")?.flatten();
        let registered: Option<String> = keys.maybe::<Option<String>>("registered_name")?.flatten();
        let class = registered.filter(|r| r.contains('>')).unwrap_or(name);
        let config = Keys::new(keys.required("config")?)?;
        Ok(Object { module, class, config, keys })
    }

    /// The operation it describes.
    fn operation(self, nodes: &[Json]) -> Result<Arc<Instance>> {
        let name = self.config.0.get("name").and_then(Json::as_str).unwrap_or(&self.class).to_owned();
        Operation::read(&self.class, self.config, nodes).map_err(|p| Error::new(p).at_layer(name))
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

    /// Length of the batch that a layer was built with, if it was built by data.
    fn built_batch(&self) -> crate::Dim {
        let shape = self.keys.0.get("build_config")?.get("input_shape")?;
        shape.get(0)?.as_u64().and_then(|length| usize::try_from(length).ok())
    }

    fn finish(&mut self, known: &[&str]) -> Result<(), Problem> {
        self.config.take("build_input_shape");
        let all: Vec<_> = ["name", "trainable", "dtype", "layers"].into_iter().chain(known.iter().copied()).collect();
        std::mem::take(&mut self.config).finish(&all).map_err(|p| p.within("config"))
    }
}
