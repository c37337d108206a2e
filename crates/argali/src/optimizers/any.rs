//! An optimizer whose type is forgotten.

use super::saved::OptimizerClass;
use super::{Common, Optimizer, Slot, Step, VariableInfo};
use crate::config::settings_of;
use crate::schedules::{LearningRate, ScheduleClass};
use crate::{Class, Json, Number, Problem, Setting, config_of, settings};
use argali_engine::{DType, Value};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// An [`Optimizer`] without its own type, as methods that can be called through a pointer.
pub(super) trait Erased: fmt::Debug + Send + Sync {
    fn class(&self) -> Class;
    fn config(&self) -> Json;
    fn settings(&self) -> Vec<Setting<'_>>;
    fn common(&self) -> &Common;
    fn with_common(&self, common: Common) -> Arc<dyn Erased>;
    fn validate(&self) -> Result<(), Problem>;
    fn slots(&self, variable: &VariableInfo) -> Vec<Vec<Slot>>;
    fn weight_decay_of(&self, variable: &VariableInfo) -> Option<Number>;
    fn shared_slots(&self) -> Vec<Slot>;
    fn update_shared<'g>(&self, step: &Step<'_, 'g>) -> Vec<Value<'g>>;
    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>);
}

impl<O: Optimizer> Erased for O {
    fn class(&self) -> Class {
        O::CLASS
    }
    fn config(&self) -> Json {
        config_of(self)
    }
    fn settings(&self) -> Vec<Setting<'_>> {
        settings_of(self)
    }
    fn common(&self) -> &Common {
        Optimizer::common(self)
    }
    fn with_common(&self, common: Common) -> Arc<dyn Erased> {
        let mut changed = self.clone();
        *changed.common_mut() = common;
        Arc::new(changed)
    }
    fn validate(&self) -> Result<(), Problem> {
        Optimizer::common(self).validate()?;
        Optimizer::validate(self)
    }
    fn slots(&self, variable: &VariableInfo) -> Vec<Vec<Slot>> {
        Optimizer::slots(self, variable)
    }
    fn weight_decay_of(&self, variable: &VariableInfo) -> Option<Number> {
        Optimizer::weight_decay_of(self, variable)
    }
    fn shared_slots(&self) -> Vec<Slot> {
        Optimizer::shared_slots(self)
    }
    fn update_shared<'g>(&self, step: &Step<'_, 'g>) -> Vec<Value<'g>> {
        Optimizer::update_shared(self, step)
    }
    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        Optimizer::update(self, step, variable, gradient, slots)
    }
}

/// Any optimizer: what a model is compiled with.
///
/// Made from an [`Optimizer`], or parsed from Keras's name of one, without regard to case.
///
/// ```
/// use argali::optimizers::{AnyOptimizer, SGD};
///
/// let optimizer = AnyOptimizer::from(SGD::new().momentum(0.9));
/// assert_eq!("sgd".parse::<AnyOptimizer>()?.name(), optimizer.name());
/// let error = "adma".parse::<AnyOptimizer>().unwrap_err();
/// assert_eq!(error.to_string(), "no optimizer class is registered as `adma`");
/// # Ok::<(), argali::Problem>(())
/// ```
///
/// Keras: `keras.optimizers.get`.
#[derive(Clone, Debug)]
pub struct AnyOptimizer(pub(super) Arc<dyn Erased>);

impl<O: Optimizer> From<O> for AnyOptimizer {
    fn from(optimizer: O) -> Self {
        AnyOptimizer(Arc::new(optimizer))
    }
}

impl FromStr for AnyOptimizer {
    type Err = Problem;

    fn from_str(name: &str) -> Result<Self, Problem> {
        Self::from_json(&Json::String(name.into()))
    }
}

impl TryFrom<&str> for AnyOptimizer {
    type Error = Problem;

    fn try_from(name: &str) -> Result<Self, Problem> {
        name.parse()
    }
}

impl AnyOptimizer {
    /// The options that all optimizers have.
    pub fn common(&self) -> &Common {
        self.0.common()
    }

    /// The same optimizer with other common options.
    #[must_use = "the changed optimizer is returned"]
    pub fn with_common(&self, common: Common) -> Self {
        AnyOptimizer(self.0.with_common(common))
    }

    /// The same optimizer with another learning rate, or another schedule.
    #[must_use = "the changed optimizer is returned"]
    pub fn with_learning_rate(&self, learning_rate: impl Into<LearningRate>) -> Self {
        self.with_common(Common { learning_rate: learning_rate.into(), ..self.common().clone() })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.common().name
    }

    /// The learning rate of a step, counted from 0: the number, or what the schedule says.
    pub fn learning_rate(&self, step: u64) -> f64 {
        self.common().learning_rate.at(step)
    }

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] that names the option.
    pub fn validate(&self) -> Result<(), Problem> {
        self.0.validate()
    }

    /// The loss to be differentiated: times `loss_scale_factor`, if there is one.
    ///
    /// Keras: `Optimizer.scale_loss`.
    pub fn scale_loss<'g>(&self, loss: Value<'g>) -> Value<'g> {
        self.common().loss_scale_factor.map_or(loss, |factor| loss * factor.get())
    }

    pub(crate) fn class(&self) -> Class {
        self.0.class()
    }

    pub(crate) fn settings(&self) -> Vec<Setting<'_>> {
        self.0.settings()
    }

    /// The optimizer as Keras saves it, with the learning rate rounded to `floatx`.
    ///
    /// Keras: `keras.optimizers.serialize`.
    pub fn to_json(&self) -> Json {
        self.to_json_in(settings::current().floatx.dtype())
    }

    /// The optimizer as Keras saves it when `floatx` is this type.
    pub fn to_json_in(&self, floatx: DType) -> Json {
        let mut json = self.0.class().object(self.0.config());
        if let (DType::F32, Some(rate)) = (floatx, json["config"]["learning_rate"].as_f64()) {
            json["config"]["learning_rate"] = f64::from(rate as f32).into();
        }
        json
    }

    /// Reads a name, or what [`to_json`](AnyOptimizer::to_json) or Keras has written.
    ///
    /// # Errors
    ///
    /// [`Problem::Class`] for an unknown class, with the nearest known one; [`Problem::Key`] for a key that is unknown or
    /// has a value of another type; [`Problem::Argument`] for an option out of its range.
    pub fn from_json(json: &Json) -> Result<Self, Problem> {
        Self::from_json_with(json, &[], &[])
    }

    /// Reads a saved optimizer that may be one of your own, or have a schedule of your own.
    ///
    /// # Errors
    ///
    /// As [`from_json`](AnyOptimizer::from_json).
    pub fn from_json_with(json: &Json, own: &[OptimizerClass], schedules: &[ScheduleClass]) -> Result<Self, Problem> {
        super::saved::read(json, own, schedules)
    }
}
