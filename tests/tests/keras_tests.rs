//! The cases of Keras's own tests of the convolutional family: shapes, weights, values, and what is refused.

use argali::engine::DType;
use argali::{ArrayD, Json, Model};
use argali_tests::{Case, Tensor, assert_equal, cases};
use ndarray::IxDyn;
use serde_json::json;
use std::path::Path;

/// Of larger outputs every n-th element is recorded.
const MAX_OUTPUT: usize = 1000;

/// A model of one layer on one input.
fn around(layer: &Json, dtype: &str, shape: &Json) -> Json {
    let input = json!({"class_name": "InputLayer", "config": {"batch_shape": shape, "dtype": dtype, "name": "x"}, "name": "x",
        "inbound_nodes": []});
    let tensor = json!({"class_name": "__keras_tensor__",
        "config": {"shape": shape, "dtype": dtype, "keras_history": ["x", 0, 0]}});
    let mut layer = layer.clone();
    layer["config"]["name"] = json!("layer");
    layer["name"] = json!("layer");
    layer["inbound_nodes"] = json!([{"args": [tensor], "kwargs": {}}]);
    json!({"class_name": "Functional", "config": {"name": "around", "layers": [input, layer],
        "input_layers": [["x", 0, 0]], "output_layers": [["layer", 0, 0]]}})
}

fn array(tensor: &Tensor) -> ArrayD<f64> {
    ArrayD::from_shape_vec(IxDyn(&tensor.shape), tensor.elements.clone()).expect("as many as the shape has")
}

fn check(case: &Case) -> argali::Result<()> {
    let dtype = if case.dtype() == DType::F64 { "float64" } else { "float32" };
    let model = Model::from_json(&around(&case.json["layer"], dtype, &case.json["input_shape"]).to_string())?;
    let what = format!("{} {}", case.json["test"], case.json["layer"]["config"]);
    assert_eq!(json!(model.output_shape()?.0), case.json["output_shape"][0], "{what}");
    let weights: Vec<_> = model.weights().iter().map(|w| json!([w.name, w.shape, w.trainable])).collect();
    let recorded = case.json["weights"].as_array().into_iter().flatten();
    let expected: Vec<_> = recorded.map(|w| json!([w["name"], w["shape"], w["trainable"]])).collect();
    assert_eq!(weights, expected, "{what}");
    let trained = model.weights().iter().filter(|w| w.trainable).count();
    let told = case.json["expected"]["expected_num_trainable_weights"].as_u64();
    assert!(told.is_none_or(|count| count == trained as u64), "{what}: {trained} trained weights");
    model.set_weights(&case.list("weight").into_iter().map(array).collect::<Vec<_>>())?;
    let found: ArrayD<f64> = model.predict_as(&array(case.tensor("input")), 1024)?;
    let expected = case.list("output")[0];
    assert!(found.shape() == expected.shape || found.len() > MAX_OUTPUT, "{what}: {:?}", found.shape());
    let sampled: Vec<_> = found.iter().copied().step_by(found.len().div_ceil(MAX_OUTPUT)).collect();
    assert_equal(&what, &sampled, &expected.elements, case.dtype());
    Ok(())
}

#[test]
fn cases_of_keras_hold() {
    let cases = cases("keras_tests/convolutional");
    assert!(cases.len() > 100, "{} cases", cases.len());
    let fails = |case: &Case| check(case).err().map(|e| format!("{} {}: {e}", case.json["test"], case.json["layer"]));
    let failed: Vec<_> = cases.iter().filter_map(fails).collect();
    assert!(failed.is_empty(), "{} of {} fail\n{}", failed.len(), cases.len(), failed.join("\n"));
}

#[test]
fn what_keras_refuses_is_refused() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/keras_tests/convolutional_refused.json");
    let refused = argali_formats::json::read(path).expect("JSON");
    let refused = refused.as_array().expect("a list");
    let accepted = |row: &&Json| {
        // A refusal at construction is one on any input: this one has as many axes as the layer takes.
        let class = row["layer"]["class_name"].as_str().unwrap_or_default();
        let rank = class.chars().filter_map(|c| c.to_digit(10)).next_back().unwrap_or(1) as usize;
        let axes = rank + 2 + usize::from(class.starts_with("ConvLSTM"));
        let any: Vec<_> = (0..axes).map(|axis| (axis > 0).then_some(8)).collect();
        let shape = if row["input_shape"].is_null() { json!(any) } else { row["input_shape"].clone() };
        Model::from_json(&around(&row["layer"], "float32", &shape).to_string()).is_ok()
    };
    let accepted: Vec<_> = refused.iter().filter(accepted).map(Json::to_string).collect();
    assert!(refused.len() > 30, "{} refusals", refused.len());
    assert!(accepted.is_empty(), "{} accepted\n{}", accepted.len(), accepted.join("\n"));
}
