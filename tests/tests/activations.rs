//! Activations against real Keras, values and gradients.

use argali::activations::ActivationFunction;
use argali::engine::Graph;
use argali_tests::{assert_equal, cases, run};
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn values_and_gradients() {
    let mut seen = BTreeSet::new();
    for case in cases("training/activations").iter().filter(|c| c.json["arguments"] == json!({})) {
        let function: ActivationFunction = serde_json::from_value(case.json["name"].clone()).expect("a known name");
        seen.insert(function.name());
        let graph = Graph::new();
        let (x, cotangent) = (case.tensor("x"), case.tensor("cotangent"));
        let input = graph.input(case.dtype(), &x.shape);
        let y = function.apply(input);
        let weighted = (y * graph.constant(cotangent.buffer(case.dtype()), &cotangent.shape)).sum_all();
        let gradient = graph.gradients(weighted, &[input])[0].unwrap_or(input.zeros_like());
        let found = run(&graph, &[x.buffer(case.dtype())], &[y, gradient]);
        assert_equal(&case.json, &found[0], &case.tensor("y").elements, case.dtype());
        assert_equal(&format!("gradient of {}", case.json), &found[1], &case.tensor("grad").elements, case.dtype());
    }
    assert_eq!(seen, ActivationFunction::ALL.iter().map(|f| f.name()).collect());
}

#[test]
fn names() {
    for function in ActivationFunction::ALL {
        assert_eq!(serde_json::to_value(function).unwrap(), json!(function.name()));
        assert_eq!(function.name().parse(), Ok(*function));
    }
    let read = |json| serde_json::from_value::<ActivationFunction>(json);
    let saved =
        json!({"module": "builtins", "class_name": "function", "config": "relu", "registered_name": "function"});
    assert_eq!(read(saved).unwrap(), ActivationFunction::Relu);
    assert_eq!(read(json!("hard_swish")).unwrap(), ActivationFunction::HardSilu);
    assert_eq!(read(json!(null)).unwrap(), ActivationFunction::Linear);
    for refused in [json!("ReLU"), json!("threshold"), json!(3), json!({"class_name": "LeakyReLU", "config": {}})] {
        assert!(read(refused.clone()).is_err(), "{refused}");
    }
}
