//! Operations on symbolic tensors: models of real Keras give its numbers, and those built here its configs.

use argali::prelude::*;
use argali::{ArrayD, Json};
use argali_tests::{Case, Tensor as Expected, assert_equal, cases};
use serde_json::json;

fn array(tensor: &Expected) -> ArrayD<f64> {
    ArrayD::from_shape_vec(tensor.shape.clone(), tensor.elements.clone()).expect("a tensor")
}

fn arrays(case: &Case, name: &str) -> Vec<ArrayD<f64>> {
    case.list(name).into_iter().map(array).collect()
}

fn model(case: &Case) -> Model {
    let model = Registry::default().model_from_value(case.json["model"].clone());
    let model = model.unwrap_or_else(|e| panic!("{}: {e}", case.json["name"]));
    model.set_weights(&arrays(case, "weight")).expect("Keras's weights");
    model
}

#[test]
fn predictions_are_those_of_keras() {
    for case in cases("training/operations") {
        let found = model(&case).predict_all(&arrays(&case, "input")).expect("predictions");
        let expected = case.list("output");
        assert_eq!(found.len(), expected.len());
        for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
            let what = format!("{} output {i}", case.json["name"]);
            assert_eq!(found.shape(), expected.shape, "{what}");
            let found: Vec<_> = found.iter().map(|v| f64::from(*v)).collect();
            assert_equal(&what, &found, &expected.elements, argali::engine::DType::F32);
        }
    }
}

#[test]
fn a_step_of_training_gives_the_weights_of_keras() {
    for case in cases("training/operations") {
        let mut model = model(&case);
        if case.list("weight").is_empty() {
            continue;
        }
        model
            .compile(SGD::new().learning_rate(0.1), MeanSquaredError::new(), [] as [&str; 0])
            .expect("a compiled model");
        model.train_on_batch(&arrays(&case, "input"), &arrays(&case, "target")).expect("a step");
        for (found, expected) in model.weights().iter().zip(case.list("sgd_weight")) {
            let what = format!("{} {}", case.json["name"], found.path);
            let found: Vec<_> = found.value().expect("a value").iter().copied().collect();
            assert_equal(&what, &found, &expected.elements, argali::engine::DType::F32);
        }
    }
}

fn recorded(name: &str) -> Json {
    let case = cases("training/operations").into_iter().find(|case| case.json["name"] == name);
    case.expect("a recorded model").json["model"].clone()
}

#[test]
fn models_built_here_have_the_configs_of_keras() {
    let x = InputLayer::new([4, 4, 3]).name("x").tensor();
    let a = x.conv_2d(4, 3).padding(Same).tensor();
    let b = (&a + 3.0).relu().max_value(6.0).tensor() * (1.0 / 6.0);
    let built = Model::new(&x, multiply([&b, &a])).expect("a model").named("hard_swish");
    assert_eq!(built.to_value(), recorded("hard_swish"));
}

#[test]
fn operations_that_are_not_known_are_named_with_what_does_the_same() {
    let mut json = recorded("hard_swish");
    let layers = json["config"]["layers"].as_array_mut().expect("layers");
    layers[2]["class_name"] = "Relu6".into();
    let error = Registry::default().model_from_value(json).expect_err("an unknown operation").to_string();
    assert!(error.contains("`add` is the operation `Relu6`, which is not supported"), "{error}");
    assert!(error.contains("the layer `ReLU` with `max_value=6.0` does the same"), "{error}");
}

/// A model of one operation, called with this in place of a number.
fn called_with(argument: Json) -> argali::Result<Model> {
    let x = input([3]);
    let mut json = Model::new(&x, &x * 2.0).expect("a model").to_value();
    json["config"]["layers"][1]["inbound_nodes"][0]["args"][1] = argument;
    Registry::default().model_from_value(json)
}

#[test]
fn arrays_are_kept_as_they_were_saved() {
    for class in ["__numpy__", "__tensor__"] {
        for (value, dtype) in
            [(json!([[1, 2, 3]]), "int64"), (json!([0.5, 1.0, 2.0]), "float32"), (json!(2.5), "float64")]
        {
            let array = json!({"class_name": class, "config": {"value": value, "dtype": dtype}});
            let model = called_with(array.clone()).expect("a model");
            assert_eq!(model.to_value()["config"]["layers"][1]["inbound_nodes"][0]["args"][1], array);
        }
    }
}

#[test]
fn arrays_that_are_none_are_refused() {
    for (value, dtype, expected) in [
        (json!([[1, 2], [3]]), "int64", "rows of one length"),
        (json!(["a"]), "float32", "no array of numbers"),
        (json!([[], [1.0]]), "float32", "rows of one length"),
        (json!(null), "float32", "no array of numbers"),
        (json!([1.0]), "complex64", "dtype` is unknown"),
        (json!([1.0, 2.0]), "float32", "combines tensors of lengths 3 and 2"),
    ] {
        let array = json!({"class_name": "__numpy__", "config": {"value": value, "dtype": dtype}});
        let error = called_with(array).expect_err("no array of this shape").to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn shapes_that_do_not_broadcast_are_an_error_with_its_line() {
    let (x, y) = (input([3, 4]), input([3]));
    let error = (&x + &y).shape().expect_err("lengths that differ").to_string();
    assert!(error.contains("combines tensors of lengths 4 and 3"), "{error}");
    assert!(error.contains(file!()), "{error}");
}
