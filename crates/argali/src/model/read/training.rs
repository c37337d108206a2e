//! Keras 2's `training_config` as Keras 3's `compile_config`.

use crate::Json;
use serde_json::json;

/// Keys of optimizers that Keras 2 wrote and that say nothing here.
const DROPPED: [&str; 2] = ["is_legacy_optimizer", "jit_compile"];

/// What a model was compiled with, as Keras 3 writes it.
pub(super) fn modernized(mut training: Json) -> Json {
    let mut take = |key: &str| training.get_mut(key).map(Json::take).unwrap_or_default();
    let mut optimizer = take("optimizer_config");
    modernize_optimizer(&mut optimizer);
    let mut loss = take("loss");
    each_object(&mut loss, &mut modernize_loss);
    let mut metrics = ["metrics", "weighted_metrics"].map(&mut take);
    metrics.iter_mut().for_each(|json| each_object(json, &mut modernize_metric));
    let [metrics, weighted] = metrics.map(flat_for_one_output);
    json!({
        "optimizer": optimizer,
        "loss": loss,
        "loss_weights": take("loss_weights"),
        "metrics": metrics,
        "weighted_metrics": weighted,
    })
}

/// Metrics of the only output, which Keras 2 wrote as a list in a list.
fn flat_for_one_output(mut metrics: Json) -> Json {
    match metrics.as_array_mut().map(Vec::as_mut_slice) {
        Some([list @ Json::Array(_)]) => list.take(),
        _ => metrics,
    }
}

fn modernize_optimizer(optimizer: &mut Json) {
    if let Some(class) = optimizer["class_name"].as_str().and_then(|name| name.strip_prefix("Custom>")) {
        optimizer["class_name"] = class.into();
    }
    let Some(config) = optimizer.get_mut("config").and_then(Json::as_object_mut) else { return };
    for key in DROPPED {
        config.shift_remove(key);
    }
    if let Some(rate) = config.shift_remove("lr") {
        config.insert("learning_rate".into(), rate);
    }
    if let Some(schedule) = config.get_mut("learning_rate").and_then(|rate| rate.get_mut("config")?.as_object_mut()) {
        schedule.retain(|key, value| key != "name" || !value.is_null());
    }
    let decay = config.shift_remove("decay").and_then(|decay| decay.as_f64());
    if let Some(decay) = decay.filter(|decay| *decay != 0.0)
        && let Some(rate) = config.get("learning_rate").and_then(Json::as_f64)
    {
        let schedule = json!({"initial_learning_rate": rate, "decay_steps": 1, "decay_rate": decay});
        let schedule = json!({"class_name": "InverseTimeDecay", "config": schedule});
        config.insert("learning_rate".into(), schedule);
    }
}

fn modernize_loss(loss: &mut Json) {
    if let Some(config) = loss.get_mut("config").and_then(Json::as_object_mut) {
        config.shift_remove("fn");
        if config.get("reduction").is_some_and(|reduction| reduction == "auto") {
            config.insert("reduction".into(), "sum_over_batch_size".into());
        }
    }
}

fn modernize_metric(metric: &mut Json) {
    if metric["class_name"] == "MeanMetricWrapper" {
        return;
    }
    if let Some(config) = metric.get_mut("config").and_then(Json::as_object_mut) {
        config.shift_remove("fn");
    }
}

/// Every serialized object within lists and dictionaries.
fn each_object(json: &mut Json, change: &mut dyn FnMut(&mut Json)) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(|item| each_object(item, change)),
        Json::Object(object) if object.contains_key("class_name") => change(json),
        Json::Object(named) => named.values_mut().for_each(|item| each_object(item, change)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_of_one_output_are_one_list() {
        let metrics = |given: Json| modernized(json!({"metrics": given}))["metrics"].clone();
        assert_eq!(metrics(json!([["accuracy"]])), json!(["accuracy"]));
        assert_eq!(metrics(json!([["accuracy"], ["mae"]])), json!([["accuracy"], ["mae"]]));
        assert_eq!(metrics(json!(["accuracy"])), json!(["accuracy"]));
        assert_eq!(metrics(json!(null)), json!(null));
    }
}
