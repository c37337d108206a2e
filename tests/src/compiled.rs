//! Models compiled with every optimizer, schedule, loss and metric of the fixtures.

use crate::configs::{fixtures, read};
use argali::Json;
use argali::prelude::*;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Losses or metrics of one model.
const AT_ONCE: usize = 12;
/// Values of an option that are shown.
const VALUES: usize = 2;

/// Options that are the same in all classes.
const SHARED: [&str; 2] = ["dtype", "reduction"];

/// The configs by name.
pub fn configs() -> BTreeMap<String, Json> {
    let mut all = BTreeMap::new();
    let mut add = |kind: &str, compiled: Vec<Json>| {
        all.extend(compiled.into_iter().enumerate().map(|(i, config)| (format!("compiled_{kind}_{i}"), config)));
    };
    let optimizers = [objects("optimizers", "optimizer"), objects("optimizers_more", "optimizer")].concat();
    let optimizers = telling(&optimizers, |_| "").into_iter().map(in_float_32);
    add("optimizer", optimizers.map(|optimizer| with(1, &[("optimizer", optimizer)])).collect());
    let schedules = telling(&objects("schedules", "schedule"), |_| "").into_iter().map(|schedule| {
        let mut optimizer = with::<&str>(1, &[])["compile_config"]["optimizer"].clone();
        optimizer["config"]["learning_rate"] = schedule;
        with(1, &[("optimizer", optimizer)])
    });
    add("schedule", schedules.collect());
    let losses = telling(&objects("losses", "loss"), class);
    add("loss", losses.chunks(AT_ONCE).map(|some| with(some.len(), &[("loss", some.into())])).collect());
    let metrics = telling(&objects("metrics", "metric"), class);
    add("metric", metrics.chunks(AT_ONCE).map(|some| with(1, &[("metrics", some.into())])).collect());
    add("form", forms());
    all
}

/// What is compiled in every form that Keras takes.
fn forms() -> Vec<Json> {
    let huber = json!({
        "module": "keras.losses", "class_name": "Huber", "registered_name": null,
        "config": {"name": "huber_loss", "reduction": "sum_over_batch_size", "delta": 2},
    });
    let by_position = json!({
        "loss": ["mse", null, "mae"],
        "loss_weights": [2.0, 1.0],
        "metrics": [["mae", huber], null, "mse"],
        "weighted_metrics": ["mse", "mae", huber],
    });
    let by_name = json!({
        "loss": {"dense_1": huber, "dense": "mse"},
        "loss_weights": {"dense": 2, "dense_1": 0.5},
        "metrics": {"dense_1": [], "dense": ["mse", "mae"]},
        "weighted_metrics": {"dense": null, "dense_1": huber},
    });
    let run = json!({"loss": null, "run_eagerly": true, "steps_per_execution": 3, "jit_compile": false, "metrics": []});
    let changes = |form: Json| form.as_object().expect("an object").clone().into_iter().collect::<Vec<_>>();
    [(3, by_position), (2, by_name), (1, run)].map(|(outputs, form)| with(outputs, &changes(form))).into()
}

/// A model with so many outputs, compiled with these changes.
fn with<K: AsRef<str>>(outputs: usize, changes: &[(K, Json)]) -> Json {
    let x = input([3]);
    let tensors: Vec<Tensor> = (0..outputs).map(|_| x.dense(2).tensor()).collect();
    let mut model = Model::new(&x, &tensors).expect("a model");
    model.compile("sgd", "mse", ()).expect("a compiled model");
    let mut config = model.to_value();
    for (key, value) in changes {
        config["compile_config"][key.as_ref()] = value.clone();
    }
    config
}

/// The objects of a file of fixtures.
fn objects(file: &str, key: &str) -> Vec<Json> {
    let file = read(&fixtures().join(format!("training/{file}.json")));
    file["cases"].as_array().expect("cases").iter().map(|case| case[key].clone()).collect()
}

fn class(object: &Json) -> &str {
    object["class_name"].as_str().expect("a class")
}

/// Objects of which each has an option with one of the first values, or is the first of its class.
fn telling(objects: &[Json], group: impl Fn(&Json) -> &str) -> Vec<Json> {
    let mut seen: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let mut is_new = |group: &str, key: &str, value: String| {
        let values = seen.entry((group.into(), key.into())).or_default();
        values.len() < VALUES && values.insert(value)
    };
    let mut tells = |object: &&Json| {
        let config = object["config"].as_object().expect("a config");
        let group = |key: &str| if SHARED.contains(&key) { "" } else { group(object) };
        let options = config.iter().filter(|(key, value)| is_new(group(key), key, value.to_string())).count();
        is_new(class(object), "", String::new()) || options > 0
    };
    objects.iter().filter(|object| tells(object)).cloned().collect()
}

/// An optimizer as Keras saves it where `floatx` is 32 bits.
fn in_float_32(mut optimizer: Json) -> Json {
    if let Some(rate) = optimizer["config"]["learning_rate"].as_f64() {
        optimizer["config"]["learning_rate"] = f64::from(rate as f32).into();
    }
    optimizer
}
