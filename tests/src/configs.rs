//! Configs recorded from real Keras.

use argali::Json;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The folder of all fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The JSON files of a folder, sorted.
pub fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of fixtures");
    let mut files: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    files
}

/// The value in a JSON file.
pub fn read(path: &Path) -> Json {
    argali_formats::json::read(path).expect("JSON")
}

/// A functional model of one layer.
pub fn around(layer: &Json, inputs: &[Json]) -> Json {
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
pub fn is_empty(case: &Json) -> bool {
    let shapes = case["output_shape"].as_array().into_iter().flatten();
    shapes.filter_map(Json::as_array).flatten().any(|length| *length == 0)
}
