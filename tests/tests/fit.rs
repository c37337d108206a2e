//! Whole training runs against those of real Keras: history, weights, optimizer state, evaluation and predictions.

use argali::prelude::*;
use argali::settings::{self, Settings};
use argali::training::callbacks::Mode;
use argali::training::{Logs, OnBatch};
use argali::{ArrayD, Json, View};
use argali_tests::{Case, Tensor, assert_equal, cases};
use std::collections::BTreeMap;

fn array(tensor: &Tensor) -> ArrayD<f64> {
    ArrayD::from_shape_vec(tensor.shape.clone(), tensor.elements.clone()).expect("a tensor")
}

/// Whole numbers stay integers, so that labels are labels.
enum Data {
    Labels(ArrayD<i64>),
    Numbers(ArrayD<f64>),
}

impl argali::Arrays for Data {
    fn views(&self) -> Vec<View<'_>> {
        match self {
            Data::Labels(a) => a.views(),
            Data::Numbers(a) => a.views(),
        }
    }
}

fn data(case: &Case, name: &str) -> Vec<Data> {
    let one = |t: &&Tensor| match name.ends_with('y') && t.integer {
        true => Data::Labels(array(t).mapv(|v| v as i64)),
        false => Data::Numbers(array(t)),
    };
    case.list(name).iter().map(one).collect()
}

fn arrays(case: &Case, name: &str) -> Vec<ArrayD<f64>> {
    case.list(name).into_iter().map(array).collect()
}

/// Whether a number of the logs is compared: Keras's metric broadcasts targets `(n,)` against predictions `(n, 1)` into
/// `(n, n)` numbers there, where its loss and everything here takes them for the same shape.
fn compared(case: &Case, name: &str) -> bool {
    (case.json["name"].as_str(), name) != (Some("hinge_targets"), "squared_hinge")
}

fn check_logs(what: &str, case: &Case, found: &Logs, expected: &Json) {
    let expected = expected.as_object().expect("an object");
    let mut names: Vec<_> = found.keys().collect();
    let mut wanted: Vec<_> = expected.keys().collect();
    names.sort();
    wanted.sort();
    assert_eq!(names, wanted, "{} {what}", case.json["name"]);
    for (name, value) in expected.iter().filter(|(name, _)| compared(case, name)) {
        let what = format!("{} {what} {name}", case.json["name"]);
        assert_equal(&what, &[found[name]], &[value.as_f64().expect("a number")], case.dtype());
    }
}

fn number(json: &Json, key: &str) -> Option<f64> {
    json.get(key).and_then(Json::as_f64)
}

fn count(json: &Json, key: &str) -> Option<usize> {
    json.get(key).and_then(Json::as_u64).map(|n| n as usize)
}

fn early_stopping(config: &Json) -> EarlyStopping {
    let mut stop = EarlyStopping::new(config["monitor"].as_str().expect("a name"))
        .patience(count(config, "patience").unwrap_or(0))
        .min_delta(number(config, "min_delta").unwrap_or(0.0))
        .start_from_epoch(count(config, "start_from_epoch").unwrap_or(0))
        .restore_best_weights(config["restore_best_weights"] == true);
    if config["mode"] == "max" {
        stop = stop.mode(Mode::Max);
    }
    stop
}

fn reduce(config: &Json) -> ReduceLROnPlateau {
    ReduceLROnPlateau::new(config["monitor"].as_str().expect("a name"))
        .factor(number(config, "factor").expect("a factor"))
        .patience(count(config, "patience").expect("patience"))
        .min_delta(number(config, "min_delta").expect("min_delta"))
        .cooldown(count(config, "cooldown").expect("cooldown"))
        .min_lr(number(config, "min_lr").expect("min_lr"))
}

/// Runs the recorded `fit` and compares its history.
fn fit(case: &Case, model: &mut Model, x: &[Data], y: &[Data], log: &std::path::Path) {
    let options = &case.json["fit"];
    let (weights, vx, vy) = (arrays(case, "sample_weight"), data(case, "validation_x"), data(case, "validation_y"));
    let v_weights = arrays(case, "validation_sample_weight");
    let mut stops = Vec::new();
    let mut fit = Fit::new().shuffle(false).verbose(Verbose::Silent);
    fit = fit.epochs(count(options, "epochs").expect("epochs"));
    fit = fit.batch_size(count(options, "batch_size").expect("batch_size"));
    fit = fit.validation_split(number(options, "validation_split").unwrap_or(0.0));
    fit = fit.initial_epoch(count(options, "initial_epoch").unwrap_or(0));
    fit = fit.validation_freq(count(options, "validation_freq").unwrap_or(1));
    if let Some(size) = count(options, "validation_batch_size") {
        fit = fit.validation_batch_size(size);
    }
    if let Some(steps) = count(options, "steps_per_epoch") {
        fit = fit.steps_per_epoch(steps);
    }
    if let Some(classes) = options.get("class_weight").and_then(Json::as_object) {
        fit = fit.class_weight(
            classes.iter().map(|(c, w)| (c.parse::<i64>().expect("a class"), w.as_f64().expect("a weight"))),
        );
    }
    if !weights.is_empty() {
        fit = fit.sample_weight(&weights);
    }
    if !vx.is_empty() {
        fit = fit.validation_data(&vx, &vy);
    }
    if !v_weights.is_empty() {
        fit = fit.validation_sample_weight(&v_weights);
    }
    for callback in case.json["callbacks"].as_array().into_iter().flatten() {
        let config = &callback["config"];
        match callback["class_name"].as_str().expect("a class") {
            "EarlyStopping" => stops.push(early_stopping(config)),
            "ReduceLROnPlateau" => fit = fit.callback(reduce(config)),
            "CSVLogger" => fit = fit.callback(CSVLogger::new(log)),
            "LearningRateScheduler" => {
                let config = config.clone();
                fit = fit.callback(LearningRateScheduler::new(move |epoch, rate| {
                    config["values"][epoch]
                        .as_f64()
                        .unwrap_or_else(|| rate * number(&config, "factor").expect("a factor"))
                }));
            }
            other => panic!("callback {other}"),
        }
    }
    for stop in &mut stops {
        fit = fit.callback(stop);
    }
    let history = model.fit(&x, &y, fit).unwrap_or_else(|e| panic!("{}: {e}", case.json["name"]));
    let epochs: Vec<_> = case.json["epoch"].as_array().expect("epochs").iter().filter_map(Json::as_u64).collect();
    assert_eq!(history.epochs.iter().map(|e| *e as u64).collect::<Vec<_>>(), epochs, "{}", case.json["name"]);
    let expected = case.json["history"].as_object().expect("an object");
    assert_eq!(
        history.values.keys().collect::<std::collections::BTreeSet<_>>(),
        expected.keys().collect(),
        "{}",
        case.json["name"]
    );
    for (name, values) in expected.iter().filter(|(name, _)| compared(case, name)) {
        let values: Vec<_> = values.as_array().expect("values").iter().filter_map(Json::as_f64).collect();
        assert_equal(&format!("{} {name}", case.json["name"]), &history[name.as_str()], &values, case.dtype());
    }
    if let (Some(stop), Some(best)) = (stops.first(), count(&case.json, "best_epoch")) {
        assert_eq!(stop.stopped_epoch().unwrap_or(0), count(&case.json, "stopped_epoch").expect("an epoch"));
        if case.json["callbacks"][0]["config"]["restore_best_weights"] == true {
            assert_eq!(stop.best_epoch(), Some(best));
        }
    }
}

fn check_csv(case: &Case, log: &std::path::Path) {
    let Some(expected) = case.json["csv"].as_str() else { return };
    let found = std::fs::read_to_string(log).expect("the log");
    assert_eq!(found.lines().count(), expected.lines().count());
    assert_eq!(found.lines().next(), expected.lines().next());
    for (found, expected) in found.lines().zip(expected.lines()).skip(1) {
        for (found, expected) in found.split(',').zip(expected.split(',')) {
            match (found.parse::<f64>(), expected.parse::<f64>()) {
                (Ok(f), Ok(e)) => assert_equal(&"csv", &[f], &[e], case.dtype()),
                _ => assert_eq!(found, expected),
            }
        }
    }
}

/// Runs the recorded calls of `train_on_batch` and compares their results.
fn batches(case: &Case, model: &mut Model, x: &[Data], y: &[Data]) {
    let options = &case.json["train_on_batch"];
    let size = count(options, "batch_size").expect("a size");
    let weights = arrays(case, "sample_weight");
    let rows = |data: &[Data], start: usize| -> Vec<Data> {
        let slice = ndarray::Slice::from(start..start + size);
        let part = |d: &Data| match d {
            Data::Labels(a) => Data::Labels(a.slice_axis(ndarray::Axis(0), slice).to_owned()),
            Data::Numbers(a) => Data::Numbers(a.slice_axis(ndarray::Axis(0), slice).to_owned()),
        };
        data.iter().map(part).collect()
    };
    for (call, expected) in case.json["results"].as_array().expect("results").iter().enumerate() {
        let start = call * size;
        let weights: Vec<_> = weights
            .iter()
            .map(|w| w.slice_axis(ndarray::Axis(0), ndarray::Slice::from(start..start + size)).to_owned())
            .collect();
        let mut on_batch = OnBatch::new();
        if !weights.is_empty() {
            on_batch = on_batch.sample_weight(&weights);
        }
        if let Some(classes) = options["class_weight"].as_object() {
            on_batch = on_batch.class_weight(
                classes.iter().map(|(c, w)| (c.parse::<i64>().expect("a class"), w.as_f64().expect("a weight"))),
            );
        }
        let logs = model.train_on_batch_with(&rows(x, start), &rows(y, start), on_batch).expect("a step");
        check_logs("train_on_batch", case, &logs, expected);
    }
    let logs = model.test_on_batch(&rows(x, 0), &rows(y, 0)).expect("an evaluation");
    check_logs("test_on_batch", case, &logs, &case.json["test_on_batch"]);
}

fn check(case: &Case) {
    let name = &case.json["name"];
    let mut json = case.json["model"].clone();
    if name == "loss_only" {
        // Keras leaves the option out of the config.
        json["compile_config"]["loss"]["config"]["delta"] = 0.5.into();
    }
    let mut model = Model::from_json(&json.to_string()).unwrap_or_else(|e| panic!("{name}: {e}"));
    let (x, y) = (data(case, "x"), data(case, "y"));
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.csv");
    let weights = model.weights();
    let expected = case.json["weights"].as_array().expect("weights");
    let names: Vec<_> = weights.iter().map(|w| (w.name, w.trainable)).collect();
    let wanted: Vec<_> =
        expected.iter().map(|w| (w["name"].as_str().expect("a name"), w["trainable"] == true)).collect();
    assert_eq!(names, wanted, "{name}");
    model.set_weights(&arrays(case, "weight")).unwrap_or_else(|e| panic!("{name}: {e}"));
    match case.json.get("fit") {
        Some(_) => fit(case, &mut model, &x, &y, &log),
        None => batches(case, &mut model, &x, &y),
    }
    check_csv(case, &log);
    for (weight, (found, expected)) in
        weights.iter().zip(model.get_weights().expect("weights").iter().zip(case.list("final")))
    {
        let what = format!("{name} {}", weight.path);
        assert_equal(&what, found.as_slice().expect("row-major"), &expected.elements, case.dtype());
    }
    let batch = || Evaluate::new().batch_size(4);
    check_logs("evaluate", case, &model.evaluate_with(&x, &y, batch()).expect("logs"), &case.json["evaluate"]);
    let sample_weights = arrays(case, "sample_weight");
    if !sample_weights.is_empty() {
        let logs = model.evaluate_with(&x, &y, batch().sample_weight(&sample_weights)).expect("logs");
        check_logs("evaluate_weighted", case, &logs, &case.json["evaluate_weighted"]);
    }
    if let [expected] = case.list("predict")[..] {
        let found = model.predict_as::<f64>(&x, 4).expect("a prediction");
        assert_equal(name, found.as_slice().expect("row-major"), &expected.elements, case.dtype());
    }
}

#[test]
fn training_runs_equal_keras() {
    let mut by_dtype: BTreeMap<bool, Vec<Case>> = BTreeMap::new();
    for case in cases("training/fit") {
        by_dtype.entry(case.json["dtype"] == "float64").or_default().push(case);
    }
    for (double, cases) in by_dtype {
        let floatx = if double { Float64 } else { Float32 };
        settings::set(Settings { floatx, ..Settings::default() });
        cases.iter().for_each(check);
    }
}
