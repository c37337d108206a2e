//! The configs that are written as Rust source, and that source.

use crate::compiled;
use crate::configs::{around, fixtures, is_empty, json_files, read};
use argali::prelude::*;
use argali::{Json, layers};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Cases of each layer that are written as Rust.
const CASES: usize = 5;

fn stem(path: &Path) -> String {
    path.file_stem().expect("a name").to_string_lossy().into_owned()
}

/// The configs to write as Rust, by name.
pub fn configs() -> BTreeMap<String, Json> {
    let mut all = BTreeMap::new();
    for path in json_files(&fixtures().join("training/configs")) {
        all.insert(format!("model_{}", stem(&path)), read(&path));
    }
    for case in read(&fixtures().join("training/operations.json"))["cases"].as_array().into_iter().flatten() {
        let name = case["name"].as_str().expect("a name").replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        all.insert(format!("operations_{}", name.to_lowercase()), case["model"].clone());
    }
    for path in json_files(&fixtures().join("layers")) {
        let file = read(&path);
        let Some(cases) = file["cases"].as_array() else { continue };
        let plain = |c: &&Json| c["layer"].is_object() && c["call"].as_object().is_none_or(serde_json::Map::is_empty);
        let plain = cases.iter().filter(plain).filter(|c| !is_empty(c));
        for (i, case) in telling(plain).into_iter().enumerate() {
            let shapes = case["symbolic_input_shapes"].as_array().expect("shapes");
            all.insert(format!("layer_{}_{i}", stem(&path).to_lowercase()), around(&case["layer"], shapes));
        }
    }
    all.insert("model_layer_activations".into(), layer_activations());
    all.insert("model_arrays".into(), arrays());
    all.extend(compiled::configs());
    all
}

/// A model of layers whose activations are layers.
fn layer_activations() -> Json {
    let convolved = Sequential::new().input([8, 3]).conv_1d(4, 3).activation(LeakyReLU::new().negative_slope(0.1));
    let separated = convolved.separable_conv_1d(4, 3).activation(ReLU::new().max_value(6.0).name("up_to_six"));
    let dense = separated.dense(5).activation(ELU::new().alpha(0.5));
    let model = dense.dense(2).activation(layers::Softmax::new().axis(1)).build();
    model.expect("a model").to_value()
}

/// A model that computes with arrays.
fn arrays() -> Json {
    let x = input([2, 3]);
    let rows = ndarray::array![[0.5f32, -1.0, 2.0], [1e-7, f32::INFINITY, 3.0]];
    let y = ndarray::array![1.0f32, 2.0, 4.0] / (&x * rows.clone() + 1.0);
    Model::new(&x, rows - y).expect("a model").to_value()
}

/// Cases of which each has a value that those before it do not have.
fn telling<'c>(cases: impl Iterator<Item = &'c Json>) -> Vec<&'c Json> {
    let mut seen = BTreeSet::new();
    let mut told = |case: &&Json| {
        let config = case["layer"]["config"].as_object().expect("a config");
        let new = config.iter().filter(|(key, value)| seen.insert(format!("{key}: {value}"))).count();
        new > 0
    };
    cases.filter(|case| told(case)).take(CASES).collect()
}

/// The model of a config.
pub fn model(config: &Json) -> Model {
    Registry::default().model_from_value(config.clone()).expect("a model")
}

/// The source of all configs that Rust has words for, and the messages about the others.
pub fn source() -> (String, Vec<String>) {
    let mut text = String::from("//! Written by the test beside this file.\n\nuse argali::{Model, Result};\n");
    let mut table = String::new();
    let mut refused = Vec::new();
    for (name, config) in configs() {
        match model(&config).to_rust() {
            Err(error) => refused.push(format!("{name}: {error}")),
            Ok(source) => {
                text += &format!("\npub mod {name} {{\n{source}}}\n");
                table += &format!("    (\"{name}\", {name}::model),\n");
            }
        }
    }
    text += &format!("\npub const MODELS: &[(&str, fn() -> Result<Model>)] = &[\n{table}];\n");
    (text, refused)
}

/// Where the source is kept.
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compiled/generated.rs")
}
