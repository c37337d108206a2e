//! What a model is compiled with, as Keras's `compile_config`.

use super::compile::{Compiled, RunOptions};
use super::into::{LossWeights, Losses, Metrics};
use crate::losses::{AnyLoss, LossClass};
use crate::metrics::{AnyMetric, MetricClass};
use crate::optimizers::{AnyOptimizer, OptimizerClass};
use crate::schedules::ScheduleClass;
use crate::warnings::warn;
use crate::{Json, Number, Problem, Result, value};
use indexmap::IndexMap;
use serde_json::json;

/// Classes of one's own that a compile config may name.
#[derive(Clone, Debug, Default)]
pub(crate) struct TrainingClasses {
    pub(crate) losses: Vec<LossClass>,
    pub(crate) metrics: Vec<MetricClass>,
    pub(crate) optimizers: Vec<OptimizerClass>,
    pub(crate) schedules: Vec<ScheduleClass>,
}

impl Compiled {
    /// Keras's `compile_config`.
    pub(crate) fn to_json(&self) -> Json {
        if let (Some(saved), None) = (&self.saved, self.learning_rate) {
            return saved.clone();
        }
        let optimizer = self.current_optimizer().to_json();
        if let Some(mut saved) = self.saved.clone() {
            saved["optimizer"] = optimizer;
            return saved;
        }
        self.written_anew()
    }

    /// Keras's `compile_config`, whatever it was read from.
    pub(crate) fn written_anew(&self) -> Json {
        json!({
            "optimizer": self.current_optimizer().to_json(),
            "loss": self.losses.to_json(),
            "loss_weights": self.loss_weights.as_ref().map(LossWeights::to_json),
            "metrics": self.metrics.to_json(),
            "weighted_metrics": self.weighted_metrics.to_json(),
            "run_eagerly": self.run.run_eagerly,
            "steps_per_execution": self.run.steps_per_execution,
            "jit_compile": self.run.jit_compile,
        })
    }

    /// The optimizer, with the learning rate set during training if there is one.
    pub(crate) fn current_optimizer(&self) -> AnyOptimizer {
        match self.learning_rate {
            Some(rate) => self.optimizer.with_learning_rate(rate),
            None => self.optimizer.clone(),
        }
    }

    /// Reads a `compile_config`; `None` if it is empty, as of a model that was not compiled.
    pub(crate) fn from_json(
        config: &Json,
        classes: &TrainingClasses,
        outputs: &[String],
    ) -> Result<Option<Self>, Problem> {
        let empty = config.as_object().is_none_or(|c| c.is_empty());
        if empty || config["optimizer"].is_null() {
            return Ok(None);
        }
        let within = |key: &'static str| move |p: Problem| p.within(key).within("compile_config");
        let config = &without_loss_scaling(config.clone());
        let optimizer = AnyOptimizer::from_json_with(&config["optimizer"], &classes.optimizers, &classes.schedules);
        let losses = read_losses(&config["loss"], &classes.losses);
        Ok(Some(Compiled {
            optimizer: optimizer.map_err(within("optimizer"))?,
            losses: losses.map_err(within("loss"))?,
            loss_weights: read_loss_weights(&config["loss_weights"], &config["loss"])
                .map_err(within("loss_weights"))?,
            metrics: read_metrics(&config["metrics"], &classes.metrics, outputs).map_err(within("metrics"))?,
            weighted_metrics: read_metrics(&config["weighted_metrics"], &classes.metrics, outputs)
                .map_err(within("weighted_metrics"))?,
            run: RunOptions::read(config),
            iterations: 0,
            learning_rate: None,
            state: IndexMap::new(),
            saved: Some(config.clone()),
        }))
    }
}

/// What scales losses so that gradients fit into 16 bits is left out: here they have 32. Keras's files have the state of
/// the optimizer within it apart.
fn without_loss_scaling(mut config: Json) -> Json {
    let optimizer = &mut config["optimizer"];
    if optimizer["class_name"] == "LossScaleOptimizer" {
        let inner = optimizer["config"]["inner_optimizer"].take();
        let class = inner["class_name"].as_str().unwrap_or("optimizer");
        warn(format_args!(
            "`LossScaleOptimizer` is left out, its `{class}` is kept: nothing is computed in float16 here"
        ));
        *optimizer = inner;
    }
    config
}

impl RunOptions {
    fn read(config: &Json) -> Self {
        let default = RunOptions::default();
        RunOptions {
            run_eagerly: config["run_eagerly"].as_bool().unwrap_or(default.run_eagerly),
            steps_per_execution: config["steps_per_execution"].as_u64().unwrap_or(default.steps_per_execution),
            jit_compile: config["jit_compile"].as_bool().unwrap_or(default.jit_compile),
        }
    }
}

impl Losses {
    fn to_json(&self) -> Json {
        match self {
            Losses::All(loss) => loss.to_json(),
            Losses::Each(each) if each.is_empty() => Json::Null,
            Losses::Each(each) => each.iter().map(|l| l.as_ref().map_or(Json::Null, AnyLoss::to_json)).collect(),
            Losses::Named(named) => Json::Object(named.iter().map(|(n, l)| (n.clone(), l.to_json())).collect()),
        }
    }
}

impl LossWeights {
    fn to_json(&self) -> Json {
        match self {
            LossWeights::Each(each) => value(each),
            LossWeights::Named(named) => value(named),
        }
    }
}

impl Metrics {
    fn to_json(&self) -> Json {
        match self {
            Metrics::None => Json::Null,
            Metrics::One(metric) => metric.to_json(),
            Metrics::List(each) => each.iter().map(Metrics::to_json).collect(),
            Metrics::Named(named) => Json::Object(named.iter().map(|(n, m)| (n.clone(), m.to_json())).collect()),
        }
    }
}

/// Whether a JSON object is one of Keras's serialized objects, and not a dictionary by output.
fn is_serialized(json: &Json) -> bool {
    json.get("class_name").is_some_and(Json::is_string)
}

fn read_losses(json: &Json, own: &[LossClass]) -> Result<Losses, Problem> {
    let one = |json: &Json| AnyLoss::from_json_with(json, own);
    match json {
        Json::Null => Ok(Losses::Each(Vec::new())),
        Json::Array(each) => {
            let maybe = |json: &Json| if json.is_null() { Ok(None) } else { one(json).map(Some) };
            Ok(Losses::Each(each.iter().map(maybe).collect::<Result<_, _>>()?))
        }
        Json::Object(named) if !is_serialized(json) => {
            let given = named.iter().filter(|(_, loss)| !loss.is_null());
            Ok(Losses::Named(given.map(|(n, l)| Ok((n.clone(), one(l)?))).collect::<Result<_, Problem>>()?))
        }
        json => Ok(Losses::All(one(json)?)),
    }
}

/// Weights, whether they are given as a number, a list or by output; none is 1.
fn read_loss_weights(json: &Json, losses: &Json) -> Result<Option<LossWeights>, Problem> {
    let number = |json: &Json| match Number::from_json(json) {
        None if json.is_null() => Ok(Number::Int(1)),
        None => Err(Problem::key("weight", format!("is {json}, expected a number"))),
        Some(number) => Ok(number),
    };
    Ok(Some(match json {
        Json::Null => return Ok(None),
        Json::Array(each) => LossWeights::Each(each.iter().map(number).collect::<Result<_, _>>()?),
        Json::Object(_) if !losses.is_object() => return Err(Problem::key("loss", "is not given by output")),
        Json::Object(named) => {
            let named = named.iter().map(|(name, weight)| Ok((name.clone(), number(weight)?)));
            LossWeights::Named(named.collect::<Result<_, Problem>>()?)
        }
        one => LossWeights::Each(vec![number(one)?]),
    }))
}

fn read_metrics(json: &Json, own: &[MetricClass], outputs: &[String]) -> Result<Metrics, Problem> {
    let metrics = match json {
        Json::Object(named) if !is_serialized(json) => {
            let named = named.iter().map(|(name, metrics)| Ok((name.clone(), metrics_of_one(metrics, own)?)));
            let named = Metrics::Named(named.collect::<Result<_, Problem>>()?);
            match (outputs, &named) {
                ([output], Metrics::Named(by_name)) if by_name.keys().ne([output]) => {
                    Metrics::List(named.flat().into_iter().map(Metrics::One).collect())
                }
                _ => named,
            }
        }
        Json::Array(each) => {
            Metrics::List(each.iter().map(|metrics| metrics_of_one(metrics, own)).collect::<Result<_, Problem>>()?)
        }
        json => metrics_of_one(json, own)?,
    };
    match (json, outputs) {
        (Json::Array(nested), [_, ..]) if nested.iter().any(Json::is_array) => {
            let wrong =
                |_| Problem::key("metrics", format!("are {} lists for {} outputs", nested.len(), outputs.len()));
            metrics.by_output(outputs).map_err(wrong)?;
        }
        _ => {}
    }
    Ok(metrics)
}

/// The metrics of one output: a metric, a list of them, or none.
fn metrics_of_one(json: &Json, own: &[MetricClass]) -> Result<Metrics, Problem> {
    let one = |json: &Json| AnyMetric::from_json_with(json, own).map(Metrics::One);
    match json {
        Json::Null => Ok(Metrics::None),
        Json::Array(all) => Ok(Metrics::List(all.iter().map(one).collect::<Result<_, _>>()?)),
        json => one(json),
    }
}
