//! Losses, and functions of values per sample, as metrics.

use super::any::keras;
use super::mean::{MeanMetric, mean_of, total_and_count};
use super::{Accuracy, BinaryAccuracy, CategoricalAccuracy, Metric, SparseCategoricalAccuracy, State};
use super::{ConcordanceCorrelation, PearsonCorrelation, SparseTopKCategoricalAccuracy, TopKCategoricalAccuracy};
use super::{floatx, named_and_typed};
use crate::losses::{AnyLoss, function};
use crate::{Class, Config, Json, Keys, Problem, Setting, Shape};
use argali_engine::Value;
use serde_json::Map;
use std::fmt;
use std::sync::Arc;

/// A function of targets and predictions that gives a value per sample.
trait Values: fmt::Debug + Send + Sync {
    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g>;
    fn mask<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>, values: Value<'g>) -> Option<Value<'g>>;
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem>;
}

impl Values for AnyLoss {
    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        AnyLoss::values(self, y_true, y_pred)
    }
    fn mask<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>, values: Value<'g>) -> Option<Value<'g>> {
        AnyLoss::mask(self, y_true, y_pred, values)
    }
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        AnyLoss::check(self, y_true, y_pred)
    }
}

impl<M: MeanMetric> Values for M {
    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        MeanMetric::values(self, y_true, y_pred)
    }
    fn mask<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>, values: Value<'g>) -> Option<Value<'g>> {
        MeanMetric::mask(self, y_true, y_pred, values)
    }
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        MeanMetric::check(self, y_true, y_pred)
    }
}

/// The mean of one of Keras's functions of targets and predictions: any of its losses, or an accuracy.
///
/// States: `total` and `count`.
///
/// ```
/// use argali::metrics::{AnyMetric, MeanMetricWrapper};
/// let metric = AnyMetric::from(MeanMetricWrapper::of_function("huber")?.name("error"));
/// assert_eq!(metric.name(), "error");
/// # Ok::<(), argali::Problem>(())
/// ```
///
/// Keras: `keras.metrics.MeanMetricWrapper`. For a function of your own implement [`MeanMetric`].
#[derive(Clone, Debug)]
pub struct MeanMetricWrapper {
    name: String,
    dtype: String,
    function: String,
    options: Map<String, Json>,
    values: Arc<dyn Values>,
}

impl MeanMetricWrapper {
    /// The mean of a function that Keras has under this name, with its default options.
    ///
    /// # Errors
    ///
    /// [`Problem::Class`] if there is none, with the nearest name.
    pub fn of_function(name: &str) -> Result<Self, Problem> {
        Self::with_options(name, Map::new())
    }

    /// Name of the metric. Default: that of the function.
    #[must_use = "the changed object is returned"]
    pub fn name(mut self, name: &str) -> Self {
        self.name = name.into();
        self
    }

    /// Type of the states. Default: `floatx` of `keras.json`.
    #[must_use = "the changed object is returned"]
    pub fn dtype(mut self, dtype: &str) -> Self {
        self.dtype = dtype.into();
        self
    }

    fn with_options(name: &str, options: Map<String, Json>) -> Result<Self, Problem> {
        let values = values_of(name, &options)?;
        Ok(MeanMetricWrapper { name: name.into(), dtype: floatx(), function: name.into(), options, values })
    }
}

fn values_of(function: &str, options: &Map<String, Json>) -> Result<Arc<dyn Values>, Problem> {
    fn metric<M: MeanMetric>(options: &Map<String, Json>) -> Result<Arc<dyn Values>, Problem> {
        let mut keys = Keys::new(Json::Object(options.clone()))?;
        let metric = M::read(&mut keys)?;
        keys.finish(M::KEYS)?;
        MeanMetric::validate(&metric)?;
        Ok(Arc::new(metric))
    }
    match function {
        "accuracy" => metric::<Accuracy>(options),
        "binary_accuracy" => metric::<BinaryAccuracy>(options),
        "categorical_accuracy" => metric::<CategoricalAccuracy>(options),
        "sparse_categorical_accuracy" => metric::<SparseCategoricalAccuracy>(options),
        "top_k_categorical_accuracy" => metric::<TopKCategoricalAccuracy>(options),
        "sparse_top_k_categorical_accuracy" => metric::<SparseTopKCategoricalAccuracy>(options),
        "pearson_correlation" => metric::<PearsonCorrelation>(options),
        "concordance_correlation" => metric::<ConcordanceCorrelation>(options),
        name => Ok(Arc::new(AnyLoss::of_function_with(name, options.clone())?)),
    }
}

impl Config for MeanMetricWrapper {
    const CLASS: Class = keras("MeanMetricWrapper");
    const KEYS: &'static [&'static str] = &["name", "dtype", "fn"];

    fn write(&self, key: &mut dyn FnMut(&str, Json)) {
        key("name", self.name.as_str().into());
        key("dtype", self.dtype.as_str().into());
        key("fn", function(&self.function));
        self.options.iter().for_each(|(name, value)| key(name, value.clone()));
    }

    fn settings<'o>(&'o self, setting: &mut dyn FnMut(Setting<'o>)) {
        setting(Setting::argument("fn", &self.function));
        setting(Setting::option("name", &self.name, &self.function));
        setting(Setting::option("dtype", &self.dtype, &floatx()));
        setting(Setting::option("options", &self.options, &Map::new()));
    }

    fn read(config: &mut Keys) -> Result<Self, Problem> {
        let (name, dtype) = (config.maybe::<String>("name")?, config.maybe::<String>("dtype")?);
        let json: Json = config.required("fn")?;
        let function = json.as_str().or_else(|| json["config"].as_str());
        let function = function.ok_or_else(|| Problem::key("fn", "names no function"))?;
        let mut wrapper = Self::with_options(function, std::mem::take(&mut config.0))?;
        wrapper.name = name.unwrap_or(wrapper.name);
        wrapper.dtype = dtype.unwrap_or(wrapper.dtype);
        Ok(wrapper)
    }
}

impl MeanMetric for MeanMetricWrapper {
    named_and_typed!();

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        self.values.check(y_true, y_pred)
    }

    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        self.values.values(y_true, y_pred)
    }

    fn mask<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>, values: Value<'g>) -> Option<Value<'g>> {
        self.values.mask(y_true, y_pred, values)
    }
}

/// The mean over batches of a loss with its own reduction.
#[derive(Clone, Debug)]
pub(super) struct LossMetric(pub(super) AnyLoss);

impl Config for LossMetric {
    const CLASS: Class = keras("MeanMetricWrapper");
    const KEYS: &'static [&'static str] = &[];

    fn write(&self, key: &mut dyn FnMut(&str, Json)) {
        key("fn", self.0.to_json());
    }

    fn read(_: &mut Keys) -> Result<Self, Problem> {
        Err(Problem::key("fn", "names no function"))
    }
}

impl Metric for LossMetric {
    fn name(&self) -> Option<&str> {
        Some(self.0.name())
    }

    fn validate(&self) -> Result<(), Problem> {
        self.0.validate()
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        self.0.check(y_true, y_pred)
    }

    fn states(&self, _: &[usize], _: &[usize]) -> Vec<State> {
        total_and_count()
    }

    fn update<'g>(
        &self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Vec<Value<'g>> {
        let loss = self.0.value(y_true, y_pred, sample_weight, None);
        let mean = loss.mean_all();
        states.iter().zip([mean, mean.full_like(1.0)]).map(|(state, added)| *state + added).collect()
    }

    fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
        mean_of(states)
    }
}
