//! What a model is compiled with, as Keras's `compile_config`.

use super::compile::{Compiled, Losses, Metrics};
use crate::losses::{AnyLoss, LossClass};
use crate::metrics::{AnyMetric, MetricClass};
use crate::optimizers::{AnyOptimizer, OptimizerClass};
use crate::schedules::ScheduleClass;
use crate::{Json, Problem, Result};
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
        let optimizer = match self.learning_rate {
            Some(rate) => self.optimizer.with_learning_rate(rate).to_json(),
            None => self.optimizer.to_json(),
        };
        if let Some(mut saved) = self.saved.clone() {
            saved["optimizer"] = optimizer;
            return saved;
        }
        json!({
            "optimizer": optimizer,
            "loss": self.losses.to_json(),
            "loss_weights": self.loss_weights,
            "metrics": self.metrics.to_json(),
            "weighted_metrics": self.weighted_metrics.to_json(),
            "run_eagerly": false,
            "steps_per_execution": 1,
            "jit_compile": true,
        })
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
            iterations: 0,
            learning_rate: None,
            state: IndexMap::new(),
            saved: Some(config.clone()),
        }))
    }
}

impl Losses {
    fn to_json(&self) -> Json {
        match self {
            Losses::All(loss) => loss.to_json(),
            Losses::Each(each) => each.iter().map(|l| l.as_ref().map_or(Json::Null, AnyLoss::to_json)).collect(),
            Losses::Named(named) => Json::Object(named.iter().map(|(n, l)| (n.clone(), l.to_json())).collect()),
        }
    }
}

impl Metrics {
    fn to_json(&self) -> Json {
        let list = |metrics: &[AnyMetric]| metrics.iter().map(AnyMetric::to_json).collect::<Json>();
        match self {
            Metrics::None => Json::Null,
            Metrics::All(all) if all.is_empty() => Json::Null,
            Metrics::All(all) => list(all),
            Metrics::Named(named) => Json::Object(named.iter().map(|(n, m)| (n.clone(), list(m))).collect()),
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

/// Weights in the order of the losses, whether they are given as a number, a list or by output.
fn read_loss_weights(json: &Json, losses: &Json) -> Result<Option<Vec<f64>>, Problem> {
    let number =
        |json: &Json| json.as_f64().ok_or_else(|| Problem::key("weight", format!("is {json}, expected a number")));
    match json {
        Json::Null => Ok(None),
        Json::Array(each) => each.iter().map(number).collect::<Result<_, _>>().map(Some),
        Json::Object(named) => {
            let names = losses.as_object().ok_or_else(|| Problem::key("loss", "is not given by output"))?;
            let weight = |name: &String| named.get(name).map_or(Ok(1.0), number);
            names.keys().map(weight).collect::<Result<_, _>>().map(Some)
        }
        one => Ok(Some(vec![number(one)?])),
    }
}

fn read_metrics(json: &Json, own: &[MetricClass], outputs: &[String]) -> Result<Metrics, Problem> {
    let list = |json: &Json| -> Result<Vec<AnyMetric>, Problem> {
        match json {
            Json::Null => Ok(Vec::new()),
            Json::Array(all) => all.iter().map(|m| AnyMetric::from_json_with(m, own)).collect(),
            one => Ok(vec![AnyMetric::from_json_with(one, own)?]),
        }
    };
    match json {
        Json::Null => Ok(Metrics::None),
        Json::Array(each) if outputs.len() > 1 && each.len() == outputs.len() => {
            let named = outputs.iter().zip(each).map(|(name, metrics)| Ok((name.clone(), list(metrics)?)));
            Ok(Metrics::Named(named.collect::<Result<_, Problem>>()?))
        }
        Json::Array(nested) if nested.iter().any(Json::is_array) => match nested.as_slice() {
            [one] => Ok(Metrics::All(list(one)?)),
            _ => Err(Problem::key("metrics", format!("are {} lists for {} outputs", nested.len(), outputs.len()))),
        },
        Json::Object(named) if !is_serialized(json) => {
            let named = named.iter().map(|(name, metrics)| Ok((name.clone(), list(metrics)?)));
            let named: IndexMap<_, _> = named.collect::<Result<_, Problem>>()?;
            match outputs {
                [_] => Ok(Metrics::All(named.into_values().flatten().collect())),
                _ => Ok(Metrics::Named(named)),
            }
        }
        json => Ok(Metrics::All(list(json)?)),
    }
}
