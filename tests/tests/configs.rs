//! Configs of real Keras come back equal as values, and those written here are left for real Keras to read.
//!
//! With the environment variable `ARGALI_CONFIGS` naming a folder, every model read is written there as JSON, for
//! `fixtures/check_layers.py`.

use argali::{Model, Registry};
use argali_tests::configs::{around, fixtures, is_empty, json_files, read};
use argali_tests::{difference, leave};

/// Cases of each layer that real Keras reads back.
const CASES: usize = 6;

#[test]
fn models_of_keras_come_back_equal() {
    let mut wrong = Vec::new();
    for path in json_files(&fixtures().join("training/configs")) {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let expected = read(&path);
        match Model::from_json(&std::fs::read_to_string(&path).expect("a file")) {
            Err(e) => wrong.push(format!("{name}: {e}")),
            Ok(model) => {
                leave(&name, &model);
                wrong.extend(difference(&model.to_value(), &expected, "$").map(|d| format!("{name}: {d}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

/// Those of float64 are not left for Keras, whose operations give float32 there on every backend but TensorFlow.
#[test]
fn models_with_operations_come_back_equal() {
    let mut wrong = Vec::new();
    let file = read(&fixtures().join("training/operations.json"));
    for case in file["cases"].as_array().expect("cases") {
        let name = format!("operations_{}", case["name"].as_str().expect("a name"));
        let model = Registry::default().model_from_value(case["model"].clone());
        let model = model.unwrap_or_else(|e| panic!("{name}: {e}"));
        if case["dtype"] != "float64" {
            leave(&name, &model);
        }
        wrong.extend(difference(&model.to_value(), &case["model"], "$").map(|d| format!("{name}: {d}")));
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn layers_of_keras_come_back_equal() {
    let mut wrong = Vec::new();
    let mut classes = 0;
    for path in json_files(&fixtures().join("layers")) {
        let class = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let file = read(&path);
        let Some(cases) = file["cases"].as_array() else { continue };
        classes += 1;
        let plain =
            cases.iter().filter(|c| c["call"].as_object().is_none_or(|c| c.is_empty()) && c["dtype"] == "float32");
        for (i, case) in plain.filter(|case| !is_empty(case)).enumerate() {
            let shapes = case["symbolic_input_shapes"].as_array().expect("shapes");
            let json = around(&case["layer"], shapes);
            let name = format!("{class}_{i}");
            match Model::from_json(&argali_formats::json::to_string(&json)) {
                Err(e) => wrong.push(format!("{name}: {e}")),
                Ok(model) => {
                    if i < CASES {
                        leave(&name, &model);
                    }
                    let layers = model.to_value()["config"]["layers"].clone();
                    let mut found = layers.as_array().and_then(|l| l.last()).expect("a layer").clone();
                    for key in ["name", "inbound_nodes"] {
                        found.as_object_mut().expect("an object").shift_remove(key);
                    }
                    wrong.extend(difference(&found, &case["layer"], "$").map(|d| format!("{name}: {d}")));
                }
            }
        }
    }
    assert!(classes >= 30, "{classes} classes");
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}
