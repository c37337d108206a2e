//! Learning-rate schedules against real Keras.

use argali::engine::DType;
use argali::schedules::{AnySchedule, ExponentialDecay, LearningRate, PiecewiseConstantDecay, Schedule};
use argali_tests::{assert_equal, cases};
use serde_json::json;

#[test]
fn values_and_configs() {
    for case in cases("training/schedules") {
        let schedule = AnySchedule::from_json(&case.json["schedule"]).unwrap();
        let steps: Vec<u64> = serde_json::from_value(case.json["steps"].clone()).unwrap();
        let found: Vec<_> = steps.iter().map(|step| schedule.at(*step)).collect();
        assert_equal(&case.json, &found, &case.tensor("values").elements, DType::F64);
        assert_eq!(schedule.to_json(), case.json["schedule"]);
    }
}

#[test]
fn learning_rates() {
    let rate: LearningRate = serde_json::from_value(json!(0.25)).unwrap();
    assert_eq!((rate.at(7), rate.to_json()), (0.25, json!(0.25)));
    let rate = LearningRate::from(ExponentialDecay::new(1, 10, 0.5));
    assert_eq!(rate.to_json()["config"]["initial_learning_rate"], json!(1));
    assert_eq!(serde_json::from_value::<LearningRate>(rate.to_json()).unwrap().at(10), 0.5);
}

#[test]
fn refused() {
    for (json, message) in [
        (json!({"class_name": "CosinDecay", "config": {}}), "no schedule class is registered as `CosinDecay`"),
        (
            json!({"class_name": "CosineDecay", "config": {"decay_steps": 3}}),
            "key `config.initial_learning_rate` is missing",
        ),
        (
            json!({"class_name": "CosineDecay", "config": {"initial_learning_rate": 1, "decay_steps": 0}}),
            "has decay_steps 0, expected a number above 0",
        ),
        (json!("CosineDecay"), "key `config.initial_learning_rate` is missing"),
        (json!([1]), "key `schedule` is [1], expected a name or an object"),
    ] {
        assert_eq!(LearningRate::from_json_with(&json, &[]).unwrap_err().to_string(), message);
    }
    assert!(PiecewiseConstantDecay::new([1], [0.1]).validate().is_err());
}
