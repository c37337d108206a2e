//! Constraints against real Keras.

use argali::constraints::Constraint;
use argali::engine::Graph;
use argali_tests::{assert_equal, cases, run};
use serde_json::json;

#[test]
fn values_and_configs() {
    for case in cases("training/constraints") {
        let constraint: Constraint = serde_json::from_value(case.json["constraint"].clone()).unwrap();
        let graph = Graph::new();
        let w = graph.input(case.dtype(), &case.tensor("x").shape);
        let found = run(&graph, &[case.tensor("x").buffer(case.dtype())], &[constraint.apply(w)]);
        assert_equal(&case.json, &found[0], &case.tensor("y").elements, case.dtype());
        assert_eq!(serde_json::to_value(constraint).unwrap(), case.json["constraint"]);
    }
}

#[test]
fn names_and_refusals() {
    for name in ["max_norm", "MaxNorm", "min_max_norm", "non_neg", "unit_norm", "UnitNorm"] {
        name.parse::<Constraint>().unwrap();
    }
    let read = |json| serde_json::from_value::<Option<Constraint>>(json);
    assert_eq!(read(json!(null)).unwrap(), None);
    assert_eq!(
        read(json!({"class_name": "MaxNorm", "config": {"max_value": 3, "axis": [0, -1]}})).unwrap(),
        Some(Constraint::max_norm(3).axis([0, -1]))
    );
    let error = read(json!({"class_name": "MaxNorm", "config": {"axis": "x"}})).unwrap_err();
    assert_eq!(error.to_string(), "key `axis` is \"x\": expected an axis or a list of axes");
    assert!(read(json!("unit")).is_err());
}

#[test]
fn missing_axes_are_the_graphs_error() {
    let graph = Graph::new();
    Constraint::unit_norm().axis([2]).apply(graph.input(argali::engine::DType::F32, &[3, 4]));
    assert!(graph.error().is_some_and(|e| e.operation == "constraint"));
}
