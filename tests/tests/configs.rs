//! Configs of real Keras come back equal as values, and those written here are left for real Keras to read.
//!
//! With the environment variable `ARGALI_CONFIGS` naming a folder, every model read is written there as JSON, for
//! `fixtures/check_layers.py`.

use argali::{Json, Model, Registry};
use argali_tests::{difference, leave};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Cases of each layer that real Keras reads back.
const CASES: usize = 6;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of fixtures");
    let mut files: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    files
}

fn read(path: &Path) -> Json {
    argali_formats::json::read(path).expect("JSON")
}

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

#[test]
fn models_with_operations_come_back_equal() {
    let mut wrong = Vec::new();
    let file = read(&fixtures().join("training/operations.json"));
    for case in file["cases"].as_array().expect("cases") {
        let name = format!("operations_{}", case["name"].as_str().expect("a name"));
        let model = Registry::default().model_from_value(case["model"].clone());
        let model = model.unwrap_or_else(|e| panic!("{name}: {e}"));
        leave(&name, &model);
        wrong.extend(difference(&model.to_value(), &case["model"], "$").map(|d| format!("{name}: {d}")));
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

/// A functional model of one layer.
fn around(layer: &Json, inputs: &[Json]) -> Json {
    let tensor = |i: usize, shape: &Json| {
        let config = json!({"shape": shape, "dtype": "float32", "keras_history": [format!("x{i}"), 0, 0]});
        json!({"class_name": "__keras_tensor__", "config": config})
    };
    let input = |(i, shape): (usize, &Json)| {
        let config = json!({"name": format!("x{i}"), "batch_shape": shape, "dtype": "float32", "sparse": false,
            "ragged": false, "optional": false});
        json!({"module": "keras.layers", "class_name": "InputLayer", "config": config, "registered_name": null,
            "name": format!("x{i}"), "inbound_nodes": []})
    };
    let tensors: Vec<_> = inputs.iter().enumerate().map(|(i, s)| tensor(i, s)).collect();
    let args = if inputs.len() > 1 { json!([tensors]) } else { json!(tensors) };
    let mut layer = layer.clone();
    let name = layer["config"]["name"].clone();
    layer["name"] = name.clone();
    layer["inbound_nodes"] = json!([{"args": args, "kwargs": {}}]);
    let layers: Vec<_> = inputs.iter().enumerate().map(input).chain([layer]).collect();
    let histories: Vec<_> = (0..inputs.len()).map(|i| json!([format!("x{i}"), 0, 0])).collect();
    json!({"module": "keras.src.models.functional", "class_name": "Functional", "registered_name": "Functional",
        "config": {"name": "around", "trainable": true, "layers": layers,
            "input_layers": if histories.len() > 1 { json!(histories) } else { histories[0].clone() },
            "output_layers": [name, 0, 0]},
        "build_config": {"input_shape": null}, "compile_config": {}})
}

/// Whether Keras makes an output without elements of the case, which is refused here.
fn is_empty(case: &Json) -> bool {
    let shapes = case["output_shape"].as_array().into_iter().flatten();
    shapes.filter_map(Json::as_array).flatten().any(|length| *length == 0)
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
