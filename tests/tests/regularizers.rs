//! Regularizers against real Keras, values and gradients.

use argali::engine::Graph;
use argali::regularizers::Regularizer;
use argali_tests::{assert_equal, cases, run};
use serde_json::json;

#[test]
fn values_gradients_and_configs() {
    for case in cases("training/regularizers") {
        let regularizer: Regularizer = serde_json::from_value(case.json["regularizer"].clone()).unwrap();
        let graph = Graph::new();
        let w = graph.input(case.dtype(), &case.tensor("x").shape);
        let loss = regularizer.loss(w);
        let gradient = graph.gradients(loss, &[w])[0].unwrap_or(w.zeros_like());
        let found = run(&graph, &[case.tensor("x").buffer(case.dtype())], &[loss, gradient]);
        assert_equal(&case.json, &found[0], &case.tensor("value").elements, case.dtype());
        assert_equal(&format!("gradient of {}", case.json), &found[1], &case.tensor("grad").elements, case.dtype());
        let saved = serde_json::to_value(regularizer).unwrap();
        assert_eq!(saved, case.json["regularizer"]);
    }
}

#[test]
fn names_and_refusals() {
    for name in ["l1", "l2", "l1l2", "l1_l2", "L1L2", "orthogonal_regularizer", "OrthogonalRegularizer"] {
        name.parse::<Regularizer>().unwrap();
    }
    let read = |json| serde_json::from_value::<Option<Regularizer>>(json);
    assert_eq!(read(json!(null)).unwrap(), None);
    assert_eq!(serde_json::to_value(None::<Regularizer>).unwrap(), json!(null));
    assert_eq!(read(json!({"class_name": "L1L2", "config": {"l1": 0.5}})).unwrap(), Some(Regularizer::l1_l2(0.5, 0.0)));
    let error = read(json!({"class_name": "L1", "config": {"l1": -1}})).unwrap_err();
    assert_eq!(error.to_string(), "has l1 -1, expected a finite number from 0 on");
    let error = read(json!("l3")).unwrap_err();
    assert!(error.to_string().starts_with("key `regularizer` is `l3`, did you mean `L"), "{error}");
}
