//! Models: layers with their weights, that predict and train.

mod cache;
mod calls;
pub(crate) mod predict;
mod read;
mod summary;
pub(crate) mod trace;
mod weights;
mod write;

use crate::chain::{Common, Put};
use crate::data::View;
use crate::instance::{Body, Instance, Nested};
use crate::network::{Kind, Network, Structure};
use crate::training::{Compiled, StepKey, StepPlan, TrainingClasses, output_names};
use crate::{Error, Problem, Result, Sequential, Shape, SharedLayer, Tensor, settings};
use argali_engine::random::Key;
use cache::Cache;
pub use calls::LayerCall;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;
pub use summary::{LayerStats, Summary};
pub use weights::NamedWeight;
pub(crate) use write::instance_json;

/// Layers with their weights.
///
/// Made by [`build`](crate::Finish::build) from a [`Sequential`] or by [`Model::new`] from tensors. Weights are drawn
/// when they are first needed. Models made from the same tensors share the layers on them; a clone has weights of its
/// own.
///
/// ```
/// use argali::prelude::*;
/// use ndarray::Array;
///
/// let mut model = Sequential::new().input([2]).dense(8).activation(Relu).dense(1).build()?;
/// model.compile("adam", "mse", ["mae"])?;
///
/// let x = Array::from_shape_fn((64, 2), |(i, j)| (i * (j + 1) % 7) as f32);
/// let y = x.map_axis(ndarray::Axis(1), |row| row.sum());
/// model.fit(&x, &y, Fit::new().epochs(3).validation_split(0.25).verbose(Verbose::Silent))?;
/// assert!(model.evaluate(&x, &y)?["mae"] > 0.0);
/// assert_eq!(model.predict(&x)?.shape(), [64, 1]);
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `keras.Model`.
pub struct Model {
    instance: Arc<Instance>,
    pub(crate) seed: u64,
    inferences: Cache<Vec<Vec<usize>>, predict::Inference>,
    pub(crate) compiled: Option<Compiled>,
    pub(crate) steps: Cache<StepKey, StepPlan>,
    pub(crate) stop_training: bool,
}

impl Model {
    /// The model of everything between some inputs and some outputs.
    ///
    /// Both are a tensor (or a layer on one), or several of them.
    ///
    /// # Errors
    ///
    /// The first mistake on the way to the outputs, an output that depends on an input not given, or two layers of one
    /// name.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 9]);
    /// let features = x.separable_conv_1d(16, 5).padding(Same).global_average_pooling_1d().tensor();
    /// let model = Model::new(&x, [features.dense(4).tensor(), features.dense(1).tensor()])?;
    /// assert_eq!(model.outputs().len(), 2);
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.Model(inputs, outputs)`; R: `keras_model()`.
    #[track_caller]
    pub fn new(inputs: impl IntoTensors, outputs: impl IntoTensors) -> Result<Self> {
        let at = Location::caller();
        let structures = (inputs.structure(), outputs.structure());
        let mut network = Network::new(Kind::Functional, inputs.into_tensors(), outputs.into_tensors())?;
        (network.input_structure, network.output_structure) = structures;
        Ok(Self::of(Nested::of(network), Common::at(Some(at)), None))
    }

    pub(crate) fn sequential(description: Sequential) -> Result<Self> {
        let common = Common { name: description.name.clone(), policy: description.policy, ..Common::at(None) };
        let nested = match description.input_instance() {
            Some(input) => Nested::of(Sequential::network(input, &description.entries)?),
            None => Nested::deferred(description.entries),
        };
        Ok(Self::of(nested, common, description.seed))
    }

    fn of(nested: Nested, common: Common, seed: Option<u64>) -> Self {
        let seed = seed.unwrap_or_else(settings::next_seed);
        Self::with_seed(Instance::new(Body::Network(nested), common), seed)
    }

    fn with_seed(instance: Arc<Instance>, seed: u64) -> Self {
        Model {
            instance,
            seed,
            inferences: Cache::default(),
            compiled: None,
            steps: Cache::default(),
            stop_training: false,
        }
    }

    /// Ends a running [`fit`](Self::fit) after the present batch; for callbacks.
    pub fn stop_training(&mut self) {
        self.stop_training = true;
    }

    /// The model of a network read from a file.
    pub(crate) fn of_instance(instance: Arc<Instance>) -> Result<Self> {
        match &instance.body {
            Body::Network(_) => Ok(Self::with_seed(instance, settings::next_seed())),
            Body::Layer(_) => {
                let why = format!("is {}, expected Sequential or Functional", instance.class().name);
                Err(Error::new(Problem::key("class_name", why)))
            }
        }
    }

    /// What the model is compiled with, as Keras's `compile_config`; an empty object if it is not compiled.
    ///
    /// Keras: `Model.get_compile_config`.
    pub fn compile_config(&self) -> crate::Json {
        self.compiled.as_ref().map_or_else(|| serde_json::json!({}), Compiled::to_json)
    }

    /// Sets optimizer, losses and metrics as Keras's `compile_config` describes them; an optimizer that is the same goes
    /// on with its state.
    ///
    /// # Errors
    ///
    /// [`Problem::Key`] or [`Problem::Class`] that names what can't be read; nothing changes then.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let mut model = Sequential::new().input([4]).dense(2).build()?;
    /// model.compile("adam", "mse", ())?;
    /// let mut config = model.compile_config();
    /// config["loss"] = "mae".into();
    /// model.compile_from_config(&config)?;
    /// assert_eq!(model.compile_config()["loss"], "mae");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `Model.compile_from_config`.
    pub fn compile_from_config(&mut self, config: &crate::Json) -> Result<()> {
        let before = self.compiled.take();
        if let Err(error) = self.read_compile_config(config, &TrainingClasses::default()) {
            self.compiled = before;
            return Err(error);
        }
        if let (Some(compiled), Some(before)) = (&mut self.compiled, before)
            && compiled.optimizer.to_json() == before.optimizer.to_json()
        {
            compiled.iterations = before.iterations;
            compiled.learning_rate = before.learning_rate;
            compiled.state = before.state;
        }
        self.steps.clear();
        Ok(())
    }

    /// Sets optimizer, losses and metrics as the text of a `compile_config` describes them; see
    /// [`compile_from_config`](Self::compile_from_config).
    ///
    /// # Errors
    ///
    /// As [`compile_from_config`](Self::compile_from_config), and [`Problem::File`] if the text is no JSON.
    pub fn compile_from_json(&mut self, json: &str) -> Result<()> {
        let config = argali_formats::json::parse(json.as_bytes());
        self.compile_from_config(&config.map_err(Problem::not_json)?)
    }

    fn read_compile_config(&mut self, config: &crate::Json, classes: &TrainingClasses) -> Result<()> {
        let outputs = self.network().map(output_names).unwrap_or_default();
        self.compiled = Compiled::from_json(config, classes, &outputs)?;
        Ok(())
    }

    /// Has the compile config written anew, and not as it was read.
    fn forget_saved_compile_config(&mut self) {
        if let Some(compiled) = &mut self.compiled {
            compiled.saved = None;
        }
    }

    /// Makes everything random in the model reproducible: weights not drawn yet, shuffling, dropout.
    #[must_use = "the changed model is returned"]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Names the model.
    #[must_use = "the changed model is returned"]
    pub fn named(self, name: impl Into<String>) -> Self {
        let name = name.into();
        self.instance.name_or(|| name);
        self
    }

    pub(crate) fn instance(&self) -> Arc<Instance> {
        self.instance.clone()
    }

    pub(crate) fn nested(&self) -> &Nested {
        match &self.instance.body {
            Body::Network(nested) => nested,
            Body::Layer(_) => unreachable!("`Model::of` makes instances of networks"),
        }
    }

    /// The network, if the input's shape is known.
    pub(crate) fn network(&self) -> Option<&Network> {
        self.nested().network()
    }

    /// The network, built for these arrays if nothing else told the input's shape.
    pub(crate) fn network_for(&self, views: &[View<'_>]) -> Result<&Network> {
        let Some(first) = views.first() else {
            return Err(Error::new(Problem::data("no input array", "give at least one")));
        };
        self.nested().network_for(first.shape().into(), first.dtype())
    }

    /// Draws the weights that have no values yet.
    pub(crate) fn draw(&self, network: &Network) -> Result<()> {
        let mut place = 0;
        for layer in network.leaves() {
            for variable in layer.built().iter().flat_map(|b| &b.variables) {
                let key = Key { seed: self.seed, step: 0, place };
                variable.draw(key).map_err(|p| Error::new(p).at_layer(layer.display_name()))?;
                place += 1;
            }
        }
        Ok(())
    }

    /// Name of the model: given, or received when it became a layer of another one.
    pub fn name(&self) -> String {
        self.instance.display_name()
    }

    /// The layers, inputs included and operations such as `&x + 1.0` left out, in Keras's order.
    pub fn layers(&self) -> Vec<SharedLayer> {
        self.nested().layers().iter().filter(|l| !l.is_operation()).cloned().map(SharedLayer).collect()
    }

    /// A layer by name.
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] that names the nearest layer if there is none of this name.
    pub fn get_layer(&self, name: &str) -> Result<SharedLayer> {
        let layers = self.layers();
        if let Some(layer) = layers.iter().find(|l| l.name() == name) {
            return Ok(layer.clone());
        }
        let names: Vec<_> = layers.iter().map(SharedLayer::name).collect();
        let help = match crate::config::nearest(name, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its layers are {}", names.join(", ")),
        };
        Err(Error::new(Problem::data(format!("the model has no layer `{name}`"), help)))
    }

    /// A layer by its place in [`layers`](Self::layers); negative ones count from the end.
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] if there are fewer layers.
    pub fn layer_at(&self, index: isize) -> Result<SharedLayer> {
        let layers = self.layers();
        let at = if index < 0 { index + layers.len() as isize } else { index };
        let found = usize::try_from(at).ok().and_then(|i| layers.get(i).cloned());
        let message = || format!("the model has no layer {index}, it has {}", layers.len());
        found.ok_or_else(|| Error::new(Problem::data(message(), "count from 0, or from -1 at the end")))
    }

    /// The symbolic inputs, none before a model without input shape has seen data.
    pub fn inputs(&self) -> Vec<Tensor> {
        self.network().map(|n| n.inputs.clone()).unwrap_or_default()
    }

    /// The symbolic outputs, none before a model without input shape has seen data.
    pub fn outputs(&self) -> Vec<Tensor> {
        self.network().map(|n| n.outputs.clone()).unwrap_or_default()
    }

    /// The symbolic output of a layer within this model, to put other layers on.
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] if there is no layer of this name, or it has not been built.
    pub fn output_of(&self, layer: &str) -> Result<Tensor> {
        let wanted = self.get_layer(layer)?;
        let call = self.network().and_then(|n| n.calls.iter().find(|c| Arc::ptr_eq(&c.instance, &wanted.0)));
        let call = call.ok_or_else(|| Error::new(Problem::NoInput).at_layer(layer))?;
        Ok(Tensor { call: call.clone(), output: 0 })
    }

    /// Shape of the first input.
    ///
    /// # Errors
    ///
    /// [`Problem::NoInput`] before a model without input shape has seen data.
    pub fn input_shape(&self) -> Result<Shape> {
        self.inputs().first().map_or_else(|| Err(Error::new(Problem::NoInput)), |t| t.shape().cloned())
    }

    /// Shape of the first output.
    ///
    /// # Errors
    ///
    /// [`Problem::NoInput`] before a model without input shape has seen data.
    pub fn output_shape(&self) -> Result<Shape> {
        self.outputs().first().map_or_else(|| Err(Error::new(Problem::NoInput)), |t| t.shape().cloned())
    }

    /// Number of weights' elements.
    pub fn count_params(&self) -> usize {
        self.instance.count_params()
    }

    /// Number of elements of the weights that training changes, as things stand.
    pub fn count_trainable_params(&self) -> usize {
        self.weights().iter().filter(|w| w.trainable).map(|w| w.shape.iter().product::<usize>()).sum()
    }

    /// Whether training changes the weights of its layers.
    pub fn is_trainable(&self) -> bool {
        self.instance.trainable()
    }

    /// Sets whether training changes the weights of its layers, for all of them.
    pub fn set_trainable(&self, trainable: bool) {
        self.instance.set_trainable(trainable);
    }

    /// Makes the states of stateful layers zero again.
    ///
    /// Keras: `Layer.reset_state`; R: `reset_state()`.
    pub fn reset_states(&self) {
        self.instance.reset_states();
    }

    /// Sets how many plans are kept for inputs of different shapes: of predictions, and as many of training steps.
    /// Default 16.
    pub fn set_plan_capacity(&self, plans: usize) {
        self.inferences.set_capacity(plans);
        self.steps.set_capacity(plans);
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model")
            .field("name", &self.name())
            .field("inputs", &self.inputs())
            .field("outputs", &self.outputs())
            .field("params", &self.count_params())
            .finish()
    }
}

/// A copy with layers and weights of its own.
impl Clone for Model {
    fn clone(&self) -> Self {
        let instance = self.instance.fork().unwrap_or_else(|_| self.instance.clone());
        Model { compiled: self.compiled.clone(), ..Self::with_seed(instance, self.seed) }
    }
}

/// A tensor, a layer on one, or several of them: what models are made between.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no symbolic tensor",
    note = "give `&x`, a layer on a tensor, or an array or `Vec` of tensors"
)]
pub trait IntoTensors {
    #[doc(hidden)]
    fn into_tensors(self) -> Vec<Tensor>;
    #[doc(hidden)]
    fn structure(&self) -> Structure;
}

impl<P: Put<Done = Tensor>> IntoTensors for P {
    fn into_tensors(self) -> Vec<Tensor> {
        vec![self.done()]
    }
    fn structure(&self) -> Structure {
        Structure::One
    }
}

impl IntoTensors for Tensor {
    fn into_tensors(self) -> Vec<Tensor> {
        vec![self]
    }
    fn structure(&self) -> Structure {
        Structure::One
    }
}

impl<T: std::borrow::Borrow<Tensor>, const N: usize> IntoTensors for [T; N] {
    fn into_tensors(self) -> Vec<Tensor> {
        self.iter().map(|t| t.borrow().clone()).collect()
    }
    fn structure(&self) -> Structure {
        Structure::list(self.len())
    }
}

impl<T: std::borrow::Borrow<Tensor>> IntoTensors for Vec<T> {
    fn into_tensors(self) -> Vec<Tensor> {
        self.iter().map(|t| t.borrow().clone()).collect()
    }
    fn structure(&self) -> Structure {
        Structure::list(self.len())
    }
}

impl IntoTensors for &[Tensor] {
    fn into_tensors(self) -> Vec<Tensor> {
        self.to_vec()
    }
    fn structure(&self) -> Structure {
        Structure::list(self.len())
    }
}

impl IntoTensors for &Vec<Tensor> {
    fn into_tensors(self) -> Vec<Tensor> {
        self.clone()
    }
    fn structure(&self) -> Structure {
        Structure::list(self.len())
    }
}

/// Inputs or outputs of a model by name; made by [`named_tensors`].
#[derive(Clone, Debug)]
pub struct NamedTensors(Vec<(String, Tensor)>);

/// Inputs or outputs of a model that are saved with names. Arrays are given in the order of the names,
/// as in Keras: sorted, however the tensors are given here.
///
/// ```
/// use argali::{named_tensors, prelude::*};
/// let (a, b) = (input([2]), input([2]));
/// let model = Model::new(named_tensors([("left", &a), ("right", &b)]), &a + &b)?;
/// assert_eq!(model.to_value()["config"]["input_layers"]["right"][0], "input_layer_1");
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `keras.Model({"left": a, "right": b}, a + b)`.
pub fn named_tensors<S: Into<String>, T: std::borrow::Borrow<Tensor>>(
    tensors: impl IntoIterator<Item = (S, T)>,
) -> NamedTensors {
    let named = tensors.into_iter().map(|(name, tensor)| (name.into(), tensor.borrow().clone()));
    let mut named: Vec<(String, Tensor)> = named.collect();
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    NamedTensors(named)
}

impl IntoTensors for NamedTensors {
    fn into_tensors(self) -> Vec<Tensor> {
        self.0.into_iter().map(|(_, tensor)| tensor).collect()
    }
    fn structure(&self) -> Structure {
        Structure::Named(self.0.iter().map(|(name, _)| (name.clone(), Structure::One)).collect())
    }
}
