//! MobileNet and Xception of the examples, against those of `keras.applications`.
//!
//! Weights are given by a formula, the same as in `fixtures/networks/networks.py`.

use argali::engine::DType;
use argali::{ArrayD, Json, Model};
use argali_examples::{MobileNet, xception};
use argali_tests::{Case, assert_equal, cases};
use ndarray::IxDyn;
use std::time::{Duration, Instant};

/// The builders' model with the options of a case.
fn build(case: &Case) -> Model {
    let options = &case.json["options"];
    let length = |axis: usize| options["input_shape"][axis].as_u64().expect("a length") as usize;
    let classes = options["classes"].as_u64().unwrap_or(1000) as usize;
    let model = match case.json["network"].as_str() {
        Some("mobilenet") => MobileNet {
            alpha: options["alpha"].as_f64().unwrap_or(1.0),
            depth_multiplier: options["depth_multiplier"].as_u64().unwrap_or(1) as usize,
            dropout: options["dropout"].as_f64().unwrap_or(1e-3),
            classes,
        }
        .model(length(0), length(1)),
        _ => xception(length(0), length(1), classes),
    };
    model.unwrap_or_else(|e| panic!("{options}: {e}"))
}

fn networks(dtype: DType) -> impl Iterator<Item = Case> {
    cases("networks/networks").into_iter().filter(move |case| case.dtype() == dtype)
}

/// Numbers from -1 up to 1 in steps of 2⁻²³, from the bits of SplitMix64 seeded by FNV-1a of the path.
fn noise(path: &str) -> impl Iterator<Item = f64> {
    let seed = path.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    (1..).map(move |i: u64| {
        let z = seed.wrapping_add(i.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f64 / f64::from(1 << 23) - 1.0
    })
}

/// A weight that keeps activations in a sensible range.
fn weight(path: &str, shape: &[usize]) -> ArrayD<f64> {
    let depthwise = shape.len() == 4 && shape[3] == 1;
    let fan_in: usize = shape[..if depthwise { 2 } else { shape.len() - 1 }].iter().product();
    let scaled = |x: f64| match path.rsplit('/').next() {
        Some("gamma" | "moving_variance") => 1.0 + x / 4.0,
        Some("beta" | "moving_mean" | "bias") => x / 4.0,
        Some("depthwise_kernel") => x * (3.0 / fan_in as f64).sqrt(),
        _ => x * (6.0 / fan_in as f64).sqrt(),
    };
    let values = noise(path).take(shape.iter().product()).map(scaled).collect();
    ArrayD::from_shape_vec(IxDyn(shape), values).expect("as many as the shape has")
}

#[test]
fn layers_and_parameters_are_those_of_keras() {
    let mut published = Vec::new();
    for case in networks(DType::F32) {
        let model = build(&case);
        published.push(model.count_params());
        assert_eq!(case.json["parameters"], model.count_params(), "{}", case.json["options"]);
        let layer = |layer: argali::SharedLayer| {
            let shape = model.output_of(&layer.name()).expect("an output").shape().expect("a shape").clone();
            let elements: usize = layer.weights().iter().map(|w| w.shape.iter().product::<usize>()).sum();
            serde_json::json!([layer.name(), layer.class_name(), shape.0, elements])
        };
        let found: Vec<Json> = model.layers().into_iter().map(layer).collect();
        for (found, expected) in found.iter().zip(case.json["layers"].as_array().expect("layers")) {
            assert_eq!(found, expected);
        }
        assert_eq!(Some(found.len()), case.json["layers"].as_array().map(Vec::len));
    }
    assert!(published.contains(&4_253_864) && published.contains(&22_910_480), "{published:?}");
}

#[test]
fn configs_are_those_of_keras() {
    for case in networks(DType::F32) {
        let model = build(&case);
        let name = format!("network_{}", case.json["id"].as_str().expect("an id"));
        argali_tests::leave(&name, &model);
        let difference = argali_tests::difference(&model.to_value(), &case.json["model"], "$");
        assert_eq!(difference, None, "{}", case.json["options"]);
    }
}

#[test]
fn the_same_words_on_a_sequential() {
    use argali::prelude::*;
    let network = MobileNet::default();
    let model = network.on(Sequential::new().input([224, 224, 3])).build().expect("a model");
    assert_eq!(model.count_params(), 4_253_864);
    let names = |model: &Model| model.layers().iter().map(|l| l.name()).collect::<Vec<_>>();
    assert_eq!(names(&model), names(&network.model(224, 224).expect("a model")));
}

#[test]
fn shapes_and_configs_are_there_before_weights_are_drawn() {
    for case in networks(DType::F32).filter(|case| case.get("predictions").is_none()) {
        let start = Instant::now();
        let model = build(&case);
        let config = model.to_json();
        let elapsed = start.elapsed();
        assert!(config.len() > 10_000 && model.weights().iter().all(|w| w.value().is_none()));
        assert!(elapsed < Duration::from_millis(300), "{elapsed:?}");
    }
}

#[test]
fn outputs_of_single_precision() {
    let compared =
        networks(DType::F32).filter(|c| c.get("predictions").is_some()).map(|c| outputs_equal(&c, build(&c)));
    assert_eq!(compared.count(), 2);
}

#[test]
fn outputs_of_double_precision() {
    let cases = networks(DType::F64).filter(|case| case.get("predictions").is_some());
    let read = |case: &Case| Model::from_json(&case.json["model"].to_string()).expect("a model");
    assert_eq!(cases.map(|case| outputs_equal(&case, read(&case))).count(), 2);
}

/// Compares the outputs of all watched layers.
fn outputs_equal(case: &Case, model: Model) {
    let values: Vec<_> = model.weights().iter().map(|w| weight(&w.path, &w.shape)).collect();
    model.set_weights(&values).expect("fitting weights");
    let shape = case.json["options"]["input_shape"].as_array().expect("a shape");
    let shape: Vec<_> = [1].into_iter().chain(shape.iter().filter_map(|d| Some(d.as_u64()? as usize))).collect();
    let image = ArrayD::from_shape_vec(IxDyn(&shape), noise("image").take(shape.iter().product()).collect());
    let image = image.expect("as many as the shape has");
    let watched = case.names();
    assert!(watched.len() >= 5, "{watched:?}");
    for name in watched {
        let part = Model::new(model.inputs(), model.output_of(name).expect("a layer")).expect("a model");
        let found: ArrayD<f64> = part.predict_as(&image, 1).expect("a prediction");
        let expected = case.tensor(name);
        assert_eq!(found.shape(), expected.shape, "{name}");
        let what = format!("{}, {name}", case.json["network"]);
        assert_equal(&what, found.as_slice().expect("in order"), &expected.elements, case.dtype());
    }
}
