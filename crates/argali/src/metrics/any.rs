//! A metric whose type is forgotten.

use super::accuracy::AutomaticAccuracy;
use super::registry::{MetricClass, class_named, unknown};
use super::wrapper::{LossMetric, MeanMetricWrapper};
use super::{Metric, State, dtype};
use crate::config::{brief, settings_of};
use crate::instance::snake_case;
use crate::losses::{AnyLoss, Reduction, apply_mask, function};
use crate::{Class, Json, Keys, Problem, Setting, Shape, config_of};
use argali_engine::{DType, Value};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A [`Metric`] without its own type, as methods that can be called through a pointer.
trait Erased: fmt::Debug + Send + Sync {
    fn class(&self) -> Class;
    fn json(&self) -> Json;
    fn settings(&self) -> Vec<Setting<'_>>;
    fn name(&self) -> Option<&str>;
    fn dtype(&self) -> Option<&str>;
    fn reads_mask(&self) -> bool;
    fn validate(&self) -> Result<(), Problem>;
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem>;
    fn states(&self, y_true: &[usize], y_pred: &[usize]) -> Vec<State>;
    fn update<'g>(
        &self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Vec<Value<'g>>;
    fn result(&self, states: &[Vec<f64>]) -> Vec<f64>;
}

impl<M: Metric> Erased for M {
    fn class(&self) -> Class {
        M::CLASS
    }
    fn json(&self) -> Json {
        M::CLASS.object(config_of(self))
    }
    fn settings(&self) -> Vec<Setting<'_>> {
        settings_of(self)
    }
    fn name(&self) -> Option<&str> {
        Metric::name(self)
    }
    fn dtype(&self) -> Option<&str> {
        Metric::dtype(self)
    }
    fn reads_mask(&self) -> bool {
        Metric::reads_mask(self)
    }
    fn validate(&self) -> Result<(), Problem> {
        Metric::validate(self)
    }
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        Metric::check(self, y_true, y_pred)
    }
    fn states(&self, y_true: &[usize], y_pred: &[usize]) -> Vec<State> {
        Metric::states(self, y_true, y_pred)
    }
    fn update<'g>(
        &self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Vec<Value<'g>> {
        Metric::update(self, states, y_true, y_pred, sample_weight)
    }
    fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
        Metric::result(self, states)
    }
}

/// What a metric was made from, and is saved as.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    Object,
    Name(String),
    Loss(AnyLoss),
    Function(String),
}

/// Any metric: what a model is compiled with.
///
/// Made from a [`Metric`], from a loss, or parsed from any name Keras knows one under. `"accuracy"` and `"acc"` become
/// the binary, categorical or sparse categorical accuracy by the shapes of targets and outputs. A metric given by name
/// has that name.
///
/// ```
/// use argali::losses::{AnyLoss, Huber};
/// use argali::metrics::{AnyMetric, Precision};
///
/// let precision = AnyMetric::from(Precision::new().thresholds(0.7));
/// let huber = AnyMetric::from(AnyLoss::from(Huber::new()));
/// let mse: AnyMetric = "mse".parse()?;
/// assert_eq!([precision.name(), huber.name(), mse.name()], ["precision", "huber_loss", "mse"]);
/// # Ok::<(), argali::Problem>(())
/// ```
///
/// Keras: `keras.metrics.get`.
#[derive(Clone, Debug)]
pub struct AnyMetric {
    metric: Arc<dyn Erased>,
    given: Given,
    class_name: String,
}

impl<M: Metric> From<M> for AnyMetric {
    fn from(metric: M) -> Self {
        AnyMetric { metric: Arc::new(metric), given: Given::Object, class_name: snake_case(M::CLASS.name) }
    }
}

impl From<AnyLoss> for AnyMetric {
    fn from(loss: AnyLoss) -> Self {
        AnyMetric { given: Given::Loss(loss.clone()), ..LossMetric(loss).into() }
    }
}

impl FromStr for AnyMetric {
    type Err = Problem;

    fn from_str(name: &str) -> Result<Self, Problem> {
        Self::named(name, &[])
    }
}

impl TryFrom<&str> for AnyMetric {
    type Error = Problem;

    fn try_from(name: &str) -> Result<Self, Problem> {
        name.parse()
    }
}

impl AnyMetric {
    fn named(name: &str, own: &[MetricClass]) -> Result<Self, Problem> {
        let given = Given::Name(name.into());
        let lower = name.to_lowercase();
        let name = if AutomaticAccuracy::NAMES.contains(&&*lower) { &lower } else { name };
        if let Some(class) = class_named(name, own) {
            return Ok(AnyMetric { given, ..class.read(Keys::default())? });
        }
        let wrapper = MeanMetricWrapper::of_function(name).map_err(|_| unknown(name, own))?;
        Ok(AnyMetric { given, ..wrapper.into() })
    }

    /// The mean of the function that Keras has under this name, which is saved as a function and not as a name.
    ///
    /// ```
    /// use argali::metrics::AnyMetric;
    /// let metric = AnyMetric::of_function("mean_absolute_error")?;
    /// assert_eq!(metric.to_json()["class_name"], "function");
    /// # Ok::<(), argali::Problem>(())
    /// ```
    ///
    /// Keras: the functions of `keras.losses` and `keras.metrics`.
    ///
    /// # Errors
    ///
    /// [`Problem::Class`] if there is none, with the nearest name.
    pub fn of_function(name: &str) -> Result<Self, Problem> {
        let wrapper = MeanMetricWrapper::of_function(name)?;
        Ok(AnyMetric { given: Given::Function(name.into()), ..wrapper.into() })
    }

    /// The name: the one it was given by, else the option of that name, else the class's in snake case.
    pub fn name(&self) -> &str {
        match &self.given {
            Given::Name(name) | Given::Function(name) => name,
            Given::Loss(loss) => loss.name(),
            Given::Object => self.metric.name().unwrap_or(&self.class_name),
        }
    }

    /// Element type of the states.
    pub fn dtype(&self) -> DType {
        self.metric.dtype().map_or_else(|| dtype::of_states(&dtype::floatx()), dtype::of_states)
    }

    /// The states, for targets and predictions of these shapes, batch axis included.
    pub fn states(&self, y_true: &[usize], y_pred: &[usize]) -> Vec<State> {
        self.metric.states(y_true, y_pred)
    }

    /// The states after a batch; they have the type [`dtype`](AnyMetric::dtype), everything else is converted to it.
    ///
    /// `mask` is that of the predictions: 1 where they count, 0 where they do not. Means leave out what is masked, other
    /// metrics do not read the mask.
    pub fn update<'g>(
        &self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
        mask: Option<Value<'g>>,
    ) -> Vec<Value<'g>> {
        let dtype = states.first().map_or_else(|| self.dtype(), Value::dtype);
        let cast = |v: Value<'g>| v.cast(dtype);
        let mask = mask.filter(|_| self.metric.reads_mask()).map(cast);
        let weight = apply_mask(sample_weight.map(cast), mask, Reduction::Sum);
        self.metric.update(states, cast(y_true), cast(y_pred), weight)
    }

    /// The result: one number, or several for some metrics of classes or thresholds.
    pub fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
        self.metric.result(states)
    }

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] that names the option.
    pub fn validate(&self) -> Result<(), Problem> {
        self.metric.dtype().map_or(Ok(()), dtype::validate)?;
        self.metric.validate()
    }

    /// Refuses a metric that can't be computed from targets and outputs of these shapes, batch axis included.
    ///
    /// # Errors
    ///
    /// [`Problem::Mismatch`] with the shapes and help; [`Problem::Argument`] if an option is out of its range.
    pub fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        self.validate()?;
        self.metric.check(y_true, y_pred)
    }

    pub(crate) fn given(&self) -> &Given {
        &self.given
    }

    pub(crate) fn class(&self) -> Class {
        self.metric.class()
    }

    pub(crate) fn settings(&self) -> Vec<Setting<'_>> {
        self.metric.settings()
    }

    /// The metric as Keras saves it: the name it was given by, else class and config.
    pub fn to_json(&self) -> Json {
        match &self.given {
            Given::Object => self.metric.json(),
            Given::Name(name) => Json::String(name.clone()),
            Given::Loss(loss) => loss.to_json(),
            Given::Function(name) => function(name),
        }
    }

    /// Reads what [`to_json`](AnyMetric::to_json) or Keras has written.
    ///
    /// # Errors
    ///
    /// [`Problem::Class`] for an unknown name, with the nearest known one; [`Problem::Key`] for a key that is unknown or
    /// has a value of another type; [`Problem::Argument`] for an option out of its range.
    pub fn from_json(json: &Json) -> Result<Self, Problem> {
        Self::from_json_with(json, &[])
    }

    /// Reads a saved metric that may be one of your own.
    ///
    /// # Errors
    ///
    /// As [`from_json`](AnyMetric::from_json).
    pub fn from_json_with(json: &Json, own: &[MetricClass]) -> Result<Self, Problem> {
        let text = |key: &str| json.get(key).and_then(Json::as_str);
        if let Some(name) = json.as_str() {
            return Self::named(name, own);
        }
        let Some(class_name) = text("class_name") else {
            return Err(Problem::key(
                "metric",
                format!("is {}, expected a name or an object with a class", brief(json)),
            ));
        };
        if text("module") == Some("keras.losses") {
            return AnyLoss::from_json(json).map(AnyMetric::from);
        }
        if class_name == "function" {
            let name =
                text("config").ok_or_else(|| Problem::key("config", "is missing, expected a function's name"))?;
            return Self::of_function(name).map_err(|_| unknown(name, own));
        }
        let key = text("registered_name").unwrap_or(class_name);
        let class = class_named(key, own).or_else(|| class_named(class_name, own)).ok_or_else(|| unknown(key, own))?;
        let config = json.get("config").cloned().unwrap_or_default();
        class.read(Keys::new(config)?).map_err(|problem| problem.within("config"))
    }
}

/// A class of Keras's metrics.
pub(super) const fn keras(name: &'static str) -> Class {
    Class::keras("keras.metrics", name)
}
