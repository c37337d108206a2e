//! Schedules whose type is forgotten, and learning rates: a number or a schedule.

use super::{
    CosineDecay, CosineDecayRestarts, ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay,
    Schedule,
};
use crate::config::{nearest, settings_of};
use crate::named::class_and_config;
use crate::{Class, Json, Keys, Number, Problem, Setting, config_of, settings};
use argali_engine::DType;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::sync::Arc;

/// A [`Schedule`] without its own type, as methods that can be called through a pointer.
trait Erased: fmt::Debug + Send + Sync {
    fn class(&self) -> Class;
    fn config(&self) -> Json;
    fn settings(&self) -> Vec<Setting<'_>>;
    fn at(&self, step: u64) -> f64;
    fn validate(&self) -> Result<(), Problem>;
}

impl<S: Schedule> Erased for S {
    fn class(&self) -> Class {
        S::CLASS
    }
    fn config(&self) -> Json {
        config_of(self)
    }
    fn settings(&self) -> Vec<Setting<'_>> {
        settings_of(self)
    }
    fn at(&self, step: u64) -> f64 {
        Schedule::at(self, step)
    }
    fn validate(&self) -> Result<(), Problem> {
        Schedule::validate(self)
    }
}

/// Any schedule, Keras's or one of your own.
#[derive(Clone, Debug)]
pub struct AnySchedule(Arc<dyn Erased>);

impl<S: Schedule> From<S> for AnySchedule {
    fn from(schedule: S) -> Self {
        AnySchedule(Arc::new(schedule))
    }
}

impl AnySchedule {
    /// The learning rate of a step, counted from 0.
    pub fn at(&self, step: u64) -> f64 {
        self.0.at(step)
    }

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] that names the option.
    pub fn validate(&self) -> Result<(), Problem> {
        self.0.validate()
    }

    pub(crate) fn class(&self) -> Class {
        self.0.class()
    }

    pub(crate) fn settings(&self) -> Vec<Setting<'_>> {
        self.0.settings()
    }

    /// The schedule as Keras saves it.
    pub fn to_json(&self) -> Json {
        self.0.class().object(self.0.config())
    }

    /// Reads what [`to_json`](AnySchedule::to_json) or Keras has written.
    ///
    /// # Errors
    ///
    /// [`Problem::Class`] for an unknown class, [`Problem::Key`] for a key that is unknown or has a value of another
    /// type, [`Problem::Argument`] for an option out of its range.
    pub fn from_json(json: &Json) -> Result<Self, Problem> {
        Self::from_json_with(json, &[])
    }

    /// Reads a saved schedule that may be one of your own.
    ///
    /// # Errors
    ///
    /// As [`from_json`](AnySchedule::from_json).
    pub fn from_json_with(json: &Json, own: &[ScheduleClass]) -> Result<Self, Problem> {
        let registered = json.get("registered_name").and_then(Json::as_str).map(str::to_owned);
        let (name, config) = class_and_config(json.clone(), "schedule")?;
        let named = |key: &str| own.iter().chain(KERAS).find(|c| c.class.key() == key);
        match registered.as_deref().and_then(named).or_else(|| named(&name)) {
            Some(class) => class.read(config).map_err(|problem| problem.within("config")),
            None => {
                let known = own.iter().chain(KERAS).map(|c| c.class.key());
                let nearest = nearest(&name, known).map(str::to_owned);
                Err(Problem::Class { name, kind: "schedule", nearest })
            }
        }
    }
}

/// A schedule class that saved models may name: what reads its config.
#[derive(Clone, Copy, Debug)]
pub struct ScheduleClass {
    class: Class,
    read: fn(&mut Keys) -> Result<AnySchedule, Problem>,
    keys: &'static [&'static str],
}

impl ScheduleClass {
    /// The class of a schedule, such as one of your own.
    pub const fn of<S: Schedule>() -> Self {
        ScheduleClass { class: S::CLASS, read: |keys| S::read(keys).map(AnySchedule::from), keys: S::KEYS }
    }

    fn read(&self, mut config: Keys) -> Result<AnySchedule, Problem> {
        let schedule = (self.read)(&mut config)?;
        config.finish(self.keys)?;
        schedule.validate()?;
        Ok(schedule)
    }
}

/// Every schedule of Keras.
const KERAS: &[ScheduleClass] = &[
    ScheduleClass::of::<CosineDecay>(),
    ScheduleClass::of::<CosineDecayRestarts>(),
    ScheduleClass::of::<ExponentialDecay>(),
    ScheduleClass::of::<InverseTimeDecay>(),
    ScheduleClass::of::<PiecewiseConstantDecay>(),
    ScheduleClass::of::<PolynomialDecay>(),
];

/// Every class of Keras.
#[cfg(test)]
pub(crate) fn classes() -> Vec<Class> {
    KERAS.iter().map(|c| c.class).collect()
}

/// The learning rate of an optimizer: a number, which callbacks may change, or a schedule.
#[derive(Clone, Debug)]
pub enum LearningRate {
    /// The same for every step.
    Constant(f64),
    /// By step.
    Schedule(AnySchedule),
}

impl LearningRate {
    /// The learning rate of a step, counted from 0.
    pub fn at(&self, step: u64) -> f64 {
        match self {
            LearningRate::Constant(rate) => *rate,
            LearningRate::Schedule(schedule) => schedule.at(step),
        }
    }

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] for a rate that is not a number, or an option of the schedule.
    pub fn validate(&self) -> Result<(), Problem> {
        match self {
            LearningRate::Constant(rate) if rate.is_nan() => {
                Err(Problem::argument("learning_rate", rate, "a number", ""))
            }
            LearningRate::Constant(_) => Ok(()),
            LearningRate::Schedule(schedule) => schedule.validate(),
        }
    }

    /// The number, or the schedule as Keras saves it.
    pub fn to_json(&self) -> Json {
        match self {
            LearningRate::Constant(rate) => Number::Float(*rate).to_json(),
            LearningRate::Schedule(schedule) => schedule.to_json(),
        }
    }

    /// Whether both are saved as the same number, for which `floatx` rounds them.
    pub(crate) fn is_saved_as(&self, other: &Self) -> bool {
        match (self, other, settings::current().floatx.dtype()) {
            (LearningRate::Constant(a), LearningRate::Constant(b), DType::F32) => *a as f32 == *b as f32,
            (LearningRate::Constant(a), LearningRate::Constant(b), _) => a == b,
            _ => false,
        }
    }

    /// Reads a number, or a saved schedule that may be one of your own.
    ///
    /// # Errors
    ///
    /// As [`AnySchedule::from_json`].
    pub fn from_json_with(json: &Json, own: &[ScheduleClass]) -> Result<Self, Problem> {
        match Number::from_json(json) {
            Some(rate) => Ok(LearningRate::Constant(rate.get())),
            None => AnySchedule::from_json_with(json, own).map(LearningRate::Schedule),
        }
    }
}

impl From<f64> for LearningRate {
    fn from(rate: f64) -> Self {
        LearningRate::Constant(rate)
    }
}

impl From<AnySchedule> for LearningRate {
    fn from(schedule: AnySchedule) -> Self {
        LearningRate::Schedule(schedule)
    }
}

impl<S: Schedule> From<S> for LearningRate {
    fn from(schedule: S) -> Self {
        LearningRate::Schedule(schedule.into())
    }
}

macro_rules! serde_by_json {
    ($($Type:ident: $read:expr;)*) => {
        $(impl Serialize for $Type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.to_json().serialize(serializer)
            }
        }
        impl<'de> Deserialize<'de> for $Type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $read(&Json::deserialize(deserializer)?, &[]).map_err(de::Error::custom)
            }
        })*
    };
}

serde_by_json! {
    AnySchedule: AnySchedule::from_json_with;
    LearningRate: LearningRate::from_json_with;
}
