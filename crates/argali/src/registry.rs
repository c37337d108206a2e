//! The classes that a saved model may name.

use crate::config::nearest;
use crate::layer::{AnyLayer, Layer, ReadLayer, reader};
use crate::losses::{Loss, LossClass};
use crate::metrics::{Metric, MetricClass};
use crate::optimizers::{Optimizer, OptimizerClass};
use crate::schedules::{Schedule, ScheduleClass};
use crate::training::TrainingClasses;
use crate::{Config, Keys, Problem, Result, layers};
use indexmap::IndexMap;
use std::sync::Arc;

/// The layer classes that a saved model may name: all of Keras's that are built in, and those added here.
///
/// Reading a model creates objects of these classes and nothing else: no name in a file is imported or run.
///
/// ```
/// use argali::engine::Value;
/// use argali::prelude::*;
/// use argali::{Call, Class, Layer, layer};
///
/// layer! {
///     /// Adds a number.
///     pub struct Shift(Class::custom("Shift", "mine>Shift")) {
///         /// The number.
///         by: f64,
///         ..
///     }
/// }
///
/// impl Layer for Shift {
///     fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
///         vec![call.input() + self.by]
///     }
/// }
///
/// let json = Sequential::new().input([4]).layer(Shift::new(1.0)).build()?.to_json();
/// assert!(Model::from_json(&json).is_err());
/// assert_eq!(Registry::default().with::<Shift>().model(&json)?.to_json(), json);
/// # Ok::<(), argali::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Registry {
    layers: IndexMap<&'static str, ReadLayer>,
    pub(crate) training: TrainingClasses,
}

impl Default for Registry {
    fn default() -> Self {
        let layers = layers::classes().into_iter().map(|(class, read)| (class.key(), read)).collect();
        Registry { layers, training: TrainingClasses::default() }
    }
}

impl Registry {
    /// Adds a layer of your own.
    #[must_use = "the larger registry is returned"]
    pub fn with<L: Layer>(mut self) -> Self {
        self.layers.insert(<L as Config>::CLASS.key(), reader::<L>());
        self
    }

    /// Adds a loss of your own.
    #[must_use = "the larger registry is returned"]
    pub fn with_loss<L: Loss>(mut self) -> Self {
        self.training.losses.push(LossClass::of::<L>());
        self
    }

    /// Adds a metric of your own.
    #[must_use = "the larger registry is returned"]
    pub fn with_metric<M: Metric>(mut self) -> Self {
        self.training.metrics.push(MetricClass::of::<M>());
        self
    }

    /// Adds an optimizer of your own.
    #[must_use = "the larger registry is returned"]
    pub fn with_optimizer<O: Optimizer>(mut self) -> Self {
        self.training.optimizers.push(OptimizerClass::of::<O>());
        self
    }

    /// Adds a learning-rate schedule of your own.
    #[must_use = "the larger registry is returned"]
    pub fn with_schedule<S: Schedule>(mut self) -> Self {
        self.training.schedules.push(ScheduleClass::of::<S>());
        self
    }

    /// The layer that a config of a class describes.
    pub(crate) fn layer(&self, class: &str, config: &mut Keys) -> Result<Arc<dyn AnyLayer>, Problem> {
        let read = self.layers.get(class).ok_or_else(|| Problem::Class {
            name: class.into(),
            kind: "layer",
            nearest: nearest(class, self.layers.keys().copied().chain(["Sequential", "Functional"])).map(str::to_owned),
        })?;
        read(config)
    }
}
