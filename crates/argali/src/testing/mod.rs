//! The test that every layer passes: what it computes, and what it refuses, is what real Keras does.
//!
//! Keras: `keras.src.testing.test_case.TestCase.run_layer_test`.

mod case;
mod compare;
mod graph;

use crate::instance::Instance;
use crate::model::instance_json;
use crate::{Json, Registry, Result, Shape};
use argali_engine::DType;
use case::{Case, Given};
use compare::Differences;
use graph::Step;
use std::collections::HashMap;
use std::sync::Arc;

/// Holds a layer class against every case that Keras recorded, and against what Keras refuses.
#[track_caller]
pub(crate) fn check_layer(class: &str) {
    let mut differences = Differences::default();
    let cases = Case::load(class);
    let mut trained = HashMap::new();
    for case in &cases {
        differences.case = format!("{class} {}", case.id);
        if let Err(error) = check_case(case, &mut differences, &mut trained) {
            differences.note("case", error);
        }
    }
    differences.case = class.into();
    for dtype in [DType::F32, DType::F64] {
        let covered = cases.iter().any(|c| c.dtype == dtype);
        differences.unless(covered, "cases", || format!("none of type {dtype}"));
    }
    for (weight, changed) in trained {
        differences.unless(changed, "training", || format!("never changes `{weight}`"));
    }
    check_refused(class, &mut differences);
    differences.finish();
}

fn check_case(case: &Case, differences: &mut Differences, trained: &mut HashMap<String, bool>) -> Result<()> {
    let instance = Registry::default().layer_from_value(case.layer.clone())?;
    if case.output_shapes.iter().any(|shape| shape.0.contains(&Some(0))) {
        let refused = instance.put_on(&case.symbolic_inputs).is_err();
        differences.unless(refused, "empty output", || "is not refused".into());
        return Ok(());
    }
    let inferred = instance.put_on(&case.symbolic_inputs)?;
    differences.equal("inferred shapes", &inferred, &case.output_shapes);
    check_weights(case, &instance, differences);
    differences.equal("config", &instance_json(&instance), &case.layer);
    let concrete = instance.put_on(&case.inputs.iter().map(|i| Shape::from(i.shape())).collect::<Vec<_>>());
    if case.group("output").iter().any(|output| output.values.is_empty()) {
        differences.unless(concrete.is_err(), "empty output", || "is not refused".into());
        return Ok(());
    }

    let mut step = Step::new(case, &instance, case.training)?;
    differences.equal("shapes of outputs", &step.output_shapes(), &concrete?);
    let first = step.run()?;
    differences.arrays(case, "output", &first.outputs);
    differences.array("losses", &first.losses, &case.array("losses"), case.tolerance());
    differences.arrays(case, "grad_input", &first.input_gradients);
    differences.arrays(case, "grad_initial_state", &first.state_gradients);
    differences.arrays(case, "state", &first.states);
    for (index, gradient) in &first.weight_gradients {
        let expected = case.array(&format!("grad_weight/{index}"));
        differences.array(&format!("grad_weight/{index}"), gradient, &expected, case.tolerance());
    }
    if case.has("output_mask") {
        let none = || Given { shape: Vec::new(), values: Vec::new() };
        let mask = first.output_mask.clone().unwrap_or_else(none);
        differences.array("output_mask", &mask, &case.array("output_mask"), 0.0);
    }
    let on_a_jump = case.has("output_mask");
    let stops_gradients = case.training && case.layer["config"]["renorm"] == true;
    if case.dtype == DType::F64 && !on_a_jump && !stops_gradients {
        check_gradients(&step, &first, differences)?;
    }
    check_training(case, &mut step, &first, differences, trained)?;
    check_second_call(case, &instance, &first, differences)
}

fn check_weights(case: &Case, instance: &Instance, differences: &mut Differences) {
    let built = instance.built();
    let variables = built.iter().flat_map(|b| &b.variables).take(case.weights.len());
    let found: Vec<_> = variables
        .map(|v| (v.spec.name.to_owned(), v.spec.shape.clone(), v.spec.trainable && instance.trainable()))
        .collect();
    let expected: Vec<_> = case.weights.iter().map(|w| (w.name.clone(), w.shape.clone(), w.trainable)).collect();
    differences.equal("weights", &found, &expected);
}

/// Three steps of plain gradient descent give Keras's weights.
fn check_training(
    case: &Case,
    step: &mut Step<'_>,
    first: &graph::Results,
    differences: &mut Differences,
    trained: &mut HashMap<String, bool>,
) -> Result<()> {
    let mut results = first.clone();
    for _ in 1..3 {
        step.take_weights(&results);
        results = step.run()?;
    }
    differences.arrays(case, "sgd_weight", &results.new_weights[..case.weights.len()]);
    let weights = case.weights.iter().zip(&results.new_weights).zip(case.group("weight"));
    for ((weight, new), old) in weights.filter(|((w, _), _)| w.trainable) {
        *trained.entry(weight.name.clone()).or_default() |= *new.values != *old.values;
    }
    Ok(())
}

/// What a call leaves behind in weights that are not trained, and in the states of a stateful layer.
fn check_second_call(
    case: &Case,
    instance: &Arc<Instance>,
    first: &graph::Results,
    differences: &mut Differences,
) -> Result<()> {
    if case.has("state_weight/0") {
        let updated = Step::new(case, instance, true)?.run()?.updated_weights;
        differences.arrays(case, "state_weight", &updated[..case.weights.len()]);
    }
    if case.has("second_output/0") {
        let mut step = Step::new(case, instance, false)?;
        step.take_states(first);
        let second = step.run()?;
        differences.arrays(case, "second_output", &second.outputs);
        differences.arrays(case, "second_state", &second.states);
    }
    Ok(())
}

/// Gradients against central finite differences, for some elements of every input and trained weight.
fn check_gradients(step: &Step<'_>, first: &graph::Results, differences: &mut Differences) -> Result<()> {
    const DISTANCE: f64 = 1e-5;
    for (place, gradient) in step.differentiated(first) {
        let size = gradient.values.iter().fold(1.0, |m: f64, g| m.max(g.abs()));
        for element in (0..gradient.values.len()).step_by(gradient.values.len().div_ceil(3).max(1)) {
            let rise = step.objective(place, element, DISTANCE)? - step.objective(place, element, -DISTANCE)?;
            let slope = rise / (2.0 * DISTANCE);
            let found = gradient.values[element];
            differences.unless((found - slope).abs() <= 1e-6 * size, "gradient", || {
                format!("of given array {place} at {element} is {found}, the slope {slope}")
            });
        }
    }
    Ok(())
}

/// Every configuration that Keras refuses is refused: when it is read, put on its input, drawn or called.
fn check_refused(class: &str, differences: &mut Differences) {
    for refused in case::refused(class) {
        if refused_by(&refused.layer, &refused.inputs).is_ok() {
            let config = &refused.layer["config"];
            let shapes: Vec<_> = refused.inputs.iter().map(Shape::to_string).collect();
            let why = &refused.why;
            differences.note("accepts", format!("{config} on {}, Keras: {why}", shapes.join(", ")));
        }
    }
}

fn refused_by(layer: &Json, inputs: &[Shape]) -> Result<()> {
    let instance = Registry::default().layer_from_value(layer.clone())?;
    instance.put_on(inputs)?;
    let known: Option<Vec<_>> = inputs.iter().map(Shape::known).collect();
    known.map_or(Ok(()), |shapes| graph::try_call(&instance, &shapes))
}
