//! What a layer is: shapes, weights, and the operations it puts on a graph.

use crate::config::{brief, settings_of};
use crate::constraints::Constraint;
use crate::initializers::{Initializer, InitializerKind};
use crate::regularizers::Regularizer;
use crate::{Class, Config, Dim, Json, Keys, Number, Problem, Result, Setting, Shape};
use argali_engine::random::{Distribution, Key};
use argali_engine::{Buffer, DType, Graph, Value};
use std::any::Any;
use std::fmt;

/// What a layer does. This is the trait to implement for a layer of your own, next to [`layer!`](crate::layer).
///
/// A layer is a pure description: `weights` says what it needs, `call` puts operations on a graph and runs nothing.
/// A layer with one input and one output implements [`output_shape`](Self::output_shape); one with more of either
/// implements [`output_shapes`](Self::output_shapes).
///
/// Keras: `keras.Layer`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a layer",
    label = "neither a layer of Keras nor one of your own",
    note = "define `{Self}` with `layer!`, then `impl Layer for {Self}`"
)]
pub trait Layer: Config + Clone {
    /// Whether Keras writes `activity_regularizer` into the config even when there is none.
    const WRITES_ACTIVITY_REGULARIZER: bool = false;

    /// Whether Keras writes a `build_config` for the layer.
    const WRITES_BUILD_CONFIG: bool = true;

    /// Whether Keras leaves `trainable` out of the config and writes `dtype` as a plain name.
    const WRITES_SHORT_CONFIG: bool = false;

    /// Whether Keras calls the layer with one list of tensors, as merging layers are.
    const LIST_INPUT: bool = false;

    /// Whether Keras's layer takes a mask as an argument of its own, which its saved calls then show.
    const MASK_ARGUMENT: bool = false;

    /// Whether Keras's layer takes `training` as an argument that is `False` unless given, which its saved calls then
    /// show.
    const TRAINING_ARGUMENT: bool = false;

    /// Name of the argument that Keras calls the layer with for the inputs after the first, such as `initial_state`.
    const MORE_INPUTS: Option<&'static str> = None;

    /// Keys that Keras writes into the config with the one value that is supported here.
    fn fixed_keys() -> Vec<(&'static str, Json)> {
        Vec::new()
    }

    /// What Keras writes for a key of the config, once the layer is built for `inputs`. By default the option's own
    /// value.
    fn config_value(&self, _key: &str, value: Json, _inputs: Option<&[Shape]>) -> Json {
        value
    }

    /// Checks the options that can be wrong whatever the input is.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] for the first option out of its range.
    fn validate(&self) -> Result<(), Problem> {
        Ok(())
    }

    /// Shape of the output for an input of this shape. By default that of the input.
    ///
    /// # Errors
    ///
    /// The [`Problem`] of an input the layer can't take.
    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        Ok(input.clone())
    }

    /// Shapes of the outputs for inputs of these shapes. By default [`output_shape`](Self::output_shape) of the only
    /// input.
    ///
    /// # Errors
    ///
    /// The [`Problem`] of inputs the layer can't take.
    fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
        match inputs {
            [input] => Ok(vec![self.output_shape(input)?]),
            _ => Err(Problem::Inputs { expected: "one tensor", found: inputs.len() }),
        }
    }

    /// The weights for a first input of this shape, in Keras's order. None by default.
    ///
    /// # Errors
    ///
    /// [`Problem::Unknown`] if an axis that sizes a weight has no known length.
    fn weights(&self, _input: &Shape) -> Result<Vec<Weight>, Problem> {
        Ok(Vec::new())
    }

    /// Puts the layer's operations on a graph and returns the outputs.
    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>>;

    /// Whether a mask of the input says something about the output. By default not, and masks end here.
    fn supports_masking(&self) -> bool {
        false
    }

    /// Masks of the outputs. By default the first input's, if the layer supports masking.
    fn masks<'g>(&self, call: &Call<'_, 'g>) -> Vec<Option<Value<'g>>> {
        vec![call.masks.first().copied().flatten().filter(|_| self.supports_masking())]
    }
}

/// What a layer is called with.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a, 'g> {
    /// The graph to put operations on.
    pub graph: &'g Graph,
    /// The inputs, in the layer's floating-point type (integers stay integers).
    pub inputs: &'a [Value<'g>],
    /// Beside each input its mask, of shape `(batch, steps)`: 1 where a step counts, 0 where it does not.
    pub masks: &'a [Option<Value<'g>>],
    /// The weights, in the order of [`Layer::weights`].
    pub weights: &'a [Value<'g>],
    /// Whether the call is part of a training step.
    pub training: bool,
    /// Whether the layer's weights may be trained.
    pub trainable: bool,
    /// The floating-point type the layer computes with.
    pub dtype: DType,
}

impl<'g> Call<'_, 'g> {
    /// The first input.
    pub fn input(&self) -> Value<'g> {
        self.inputs.first().copied().unwrap_or_else(|| self.graph.full(self.dtype, &[], 0.0))
    }

    /// Random numbers in the layer's floating-point type, drawn anew at every step: from the model's seed, or from one
    /// of the layer's own, and from the layer's place in the model.
    pub fn random(&self, seed: Option<i64>, distribution: Distribution, shape: &[usize]) -> Value<'g> {
        self.graph.random_seeded(seed.map(i64::cast_unsigned), distribution, self.dtype, shape)
    }

    /// The mask of the first input.
    pub fn mask(&self) -> Option<Value<'g>> {
        self.masks.first().copied().flatten()
    }
}

/// One weight of a layer.
#[derive(Clone, Debug)]
pub struct Weight {
    /// Name within the layer, as Keras has it.
    pub name: &'static str,
    /// Its shape.
    pub shape: Vec<usize>,
    /// How its first values are drawn.
    pub initializer: Initializer,
    /// Loss on its values.
    pub regularizer: Option<Regularizer>,
    /// What holds for its values after every training step.
    pub constraint: Option<Constraint>,
    /// Whether gradients change it; `false` for statistics and states.
    pub trainable: bool,
    /// Whether its first values are the square roots of what the initializer draws.
    pub square_root: bool,
    /// Whether the second of its four parts starts as ones, as the bias of forget gates does.
    pub unit_forget_bias: bool,
    /// Whether it is a state that batches hand on to each other and Keras does not count among the weights.
    pub is_state: bool,
}

impl Weight {
    /// A trainable weight.
    pub fn new(name: &'static str, shape: impl Into<Vec<usize>>, initializer: impl Into<Initializer>) -> Self {
        Weight {
            name,
            shape: shape.into(),
            initializer: initializer.into(),
            regularizer: None,
            constraint: None,
            trainable: true,
            square_root: false,
            unit_forget_bias: false,
            is_state: false,
        }
    }

    /// A state that one batch leaves to the next by [`Graph::update`](argali_engine::Graph::update). It starts as zeros,
    /// and is neither counted nor saved.
    pub fn state(name: &'static str, shape: impl Into<Vec<usize>>) -> Self {
        Weight { is_state: true, ..Weight::new(name, shape, InitializerKind::Zeros).not_trainable() }
    }

    /// Sets the loss on its values.
    #[must_use = "the changed weight is returned"]
    pub fn regularizer(mut self, regularizer: Option<Regularizer>) -> Self {
        self.regularizer = regularizer;
        self
    }

    /// Sets what holds for its values after every training step.
    #[must_use = "the changed weight is returned"]
    pub fn constraint(mut self, constraint: Option<Constraint>) -> Self {
        self.constraint = constraint;
        self
    }

    /// Takes it out of training: it changes only through [`Graph::update`](argali_engine::Graph::update).
    #[must_use = "the changed weight is returned"]
    pub fn not_trainable(mut self) -> Self {
        self.trainable = false;
        self
    }

    /// Makes its first values the square roots of what the initializer draws.
    #[must_use = "the changed weight is returned"]
    pub fn square_root(mut self) -> Self {
        self.square_root = true;
        self
    }

    /// Sets whether the second of its four parts starts as ones.
    #[must_use = "the changed weight is returned"]
    pub fn unit_forget_bias(mut self, unit_forget_bias: bool) -> Self {
        self.unit_forget_bias = unit_forget_bias;
        self
    }

    /// Refuses an initializer, regularizer or constraint with a parameter out of its range.
    pub(crate) fn check(&self) -> Result<(), Problem> {
        self.initializer.check()?;
        self.regularizer.map_or(Ok(()), |regularizer| regularizer.check())?;
        self.constraint.as_ref().map_or(Ok(()), Constraint::check)
    }

    /// Draws the first values.
    pub(crate) fn draw(&self, key: Key, dtype: DType) -> Result<Buffer, Problem> {
        if let ([len], true) = (&self.shape[..], self.unit_forget_bias) {
            return self.draw_gates(key, dtype, *len);
        }
        let drawn = self.initializer.draw(key, dtype, &self.shape)?;
        if !self.square_root {
            return Ok(drawn);
        }
        let roots = drawn.as_slice().to_f64().into_iter().map(f64::sqrt);
        Ok(Buffer::F64(roots.collect()).cast(dtype))
    }

    /// The bias of four gates, of which the second forgets where it is 0.
    fn draw_gates(&self, key: Key, dtype: DType, len: usize) -> Result<Buffer, Problem> {
        let units = len / 4;
        let part = |step: u64, len: usize| self.initializer.draw(Key { step, ..key }, DType::F64, &[len]);
        let parts = [part(0, units)?, Buffer::F64(vec![1.0; units]), part(1, len - 2 * units)?];
        Ok(Buffer::F64(parts.iter().flat_map(|p| p.as_slice().to_f64()).collect()).cast(dtype))
    }
}

/// The known length of an axis that sizes something.
///
/// # Errors
///
/// [`Problem::Unknown`] if it is not known.
pub fn known(dim: Dim, axis: &'static str, what: &'static str) -> Result<usize, Problem> {
    dim.ok_or(Problem::Unknown { axis, what })
}

/// Refuses a zero.
///
/// # Errors
///
/// [`Problem::Argument`] if one of the values is 0.
pub fn positive(option: &'static str, values: &[usize]) -> Result<(), Problem> {
    match values {
        [0] => Err(Problem::argument(option, 0, "a number above 0", format!("take {option} of at least 1"))),
        values if values.contains(&0) => {
            let help = format!("take {option} of at least 1 along every axis");
            Err(Problem::argument(option, format!("{values:?}"), "numbers above 0", help))
        }
        _ => Ok(()),
    }
}

/// Refuses a negative number, and what is not a number.
///
/// # Errors
///
/// [`Problem::Argument`] unless the number is 0 or above.
pub fn from_zero(option: &'static str, value: Number) -> Result<(), Problem> {
    match value.get() >= 0.0 {
        true => Ok(()),
        false => Err(Problem::argument(option, value, "a number from 0 on", format!("take {option} of at least 0"))),
    }
}

/// A layer whose type is forgotten, as models keep it.
pub(crate) trait AnyLayer: fmt::Debug + Any + Send + Sync {
    fn class(&self) -> Class;
    fn config(&self, inputs: Option<&[Shape]>) -> Vec<(String, Json)>;
    fn settings(&self) -> Vec<Setting<'_>>;
    fn writes_activity_regularizer(&self) -> bool;
    fn writes_build_config(&self) -> bool;
    fn writes_short_config(&self) -> bool;
    fn list_input(&self) -> bool;
    fn mask_argument(&self) -> bool;
    fn training_argument(&self) -> bool;
    fn more_inputs(&self) -> Option<&'static str>;
    fn validate(&self) -> Result<(), Problem>;
    fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem>;
    fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem>;
    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>>;
    fn masks<'g>(&self, call: &Call<'_, 'g>) -> Vec<Option<Value<'g>>>;
}

impl<L: Layer> AnyLayer for L {
    fn class(&self) -> Class {
        L::CLASS
    }
    fn config(&self, inputs: Option<&[Shape]>) -> Vec<(String, Json)> {
        let mut config = Vec::new();
        self.write(&mut |key, value| config.push((key.to_owned(), self.config_value(key, value, inputs))));
        config.extend(L::fixed_keys().into_iter().map(|(key, value)| (key.to_owned(), value)));
        config
    }
    fn settings(&self) -> Vec<Setting<'_>> {
        settings_of(self)
    }
    fn writes_activity_regularizer(&self) -> bool {
        L::WRITES_ACTIVITY_REGULARIZER
    }
    fn writes_build_config(&self) -> bool {
        L::WRITES_BUILD_CONFIG
    }
    fn writes_short_config(&self) -> bool {
        L::WRITES_SHORT_CONFIG
    }
    fn list_input(&self) -> bool {
        L::LIST_INPUT
    }
    fn mask_argument(&self) -> bool {
        L::MASK_ARGUMENT
    }
    fn training_argument(&self) -> bool {
        L::TRAINING_ARGUMENT
    }
    fn more_inputs(&self) -> Option<&'static str> {
        L::MORE_INPUTS
    }
    fn validate(&self) -> Result<(), Problem> {
        Layer::validate(self)
    }
    fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
        Layer::output_shapes(self, inputs)
    }
    fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        Layer::weights(self, input)
    }
    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        Layer::call(self, call)
    }
    fn masks<'g>(&self, call: &Call<'_, 'g>) -> Vec<Option<Value<'g>>> {
        Layer::masks(self, call)
    }
}

/// Reads a layer from the keys of its config.
pub(crate) type ReadLayer = fn(&mut Keys) -> Result<std::sync::Arc<dyn AnyLayer>, Problem>;

/// The reader of a layer class.
pub(crate) fn reader<L: Layer>() -> ReadLayer {
    |keys| {
        let layer = L::read(keys)?;
        for (key, only) in L::fixed_keys() {
            if let Some(found) = keys.take(key).filter(|found| *found != only) {
                return Err(Problem::key(key, format!("is {}, only {only} is supported", brief(&found))));
            }
        }
        std::mem::take(keys).finish(L::KEYS)?;
        Ok(std::sync::Arc::new(layer))
    }
}
