//! Files that are damaged, forged or of another model: errors that say what is wrong, and models that stay as they are.

use argali::prelude::*;
use argali::{ArrayD, Json};
use argali_formats::hdf5::{self, Group, Tree};
use argali_formats::{Array, keras};
use ndarray::{ArrayD as NdArray, IxDyn};
use serde_json::json;
use std::path::{Path, PathBuf};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/files").join(name)
}

/// The committed model, taken apart.
fn classifier() -> (Json, Vec<(String, Array)>) {
    let mut file = keras::open(fixture("classifier.keras")).expect("a file");
    let mut arrays = Vec::new();
    collect(&file.weights(0).expect("weights"), &mut arrays);
    (file.config().expect("a config"), arrays)
}

fn collect(group: &Group, into: &mut Vec<(String, Array)>) {
    for name in group.datasets().expect("names") {
        let dataset = group.dataset(&name).expect("a dataset");
        into.push((dataset.path().to_owned(), dataset.read().expect("an array")));
    }
    for name in group.groups().expect("names") {
        collect(&group.group(&name).expect("a group"), into);
    }
}

fn zeros(shape: &[usize]) -> Array {
    NdArray::<f32>::zeros(IxDyn(shape)).into()
}

/// What loading the model says after a change of its arrays.
fn error_after(change: impl FnOnce(&mut Vec<(String, Array)>)) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("changed.keras");
    let (config, mut arrays) = classifier();
    change(&mut arrays);
    let mut tree = Tree::new();
    for (name, array) in &arrays {
        tree.dataset(name, array).expect("a place");
    }
    keras::write(&path, &json!({}), &config, tree).expect("a file");
    let error = Model::load(&path).expect_err("a model that is not loaded").to_string();
    assert!(error.contains("changed.keras"), "{error}");

    let model = Model::load(fixture("classifier.keras")).expect("a model");
    let before = model.get_weights().expect("weights");
    model.load_weights(&path).expect_err("weights that are not loaded");
    assert_eq!(model.get_weights().expect("weights"), before);
    error
}

fn replace(arrays: &mut [(String, Array)], name: &str, array: Array) {
    let found = arrays.iter_mut().find(|(n, _)| n == name).expect("a weight");
    found.1 = array;
}

#[test]
fn weights_that_do_not_fit_are_all_listed() {
    let error = error_after(|arrays| {
        replace(arrays, "layers/dense/vars/0", zeros(&[3, 24]));
        replace(arrays, "layers/separable_conv1d/vars/2", zeros(&[7]));
    });
    for part in ["separable_conv1d/bias` has shape [7], expected [6]", "kernel` has shape [3, 24], expected [24, 3]"] {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn missing_and_left_over_layers_are_named() {
    let renamed = error_after(|arrays| {
        for (name, _) in arrays {
            *name = name.replace("layers/dense/", "layers/dense_1/");
        }
    });
    assert!(
        renamed.contains("kernel` is missing") && renamed.contains("`layers/dense_1` is not in the model"),
        "{renamed}"
    );
    let fewer = error_after(|arrays| arrays.retain(|(name, _)| name != "layers/dense/vars/1"));
    assert!(fewer.contains("has 1 weights, expected 2: kernel, bias"), "{fewer}");
    let numbered = error_after(|arrays| {
        let found = arrays.iter_mut().find(|(name, _)| name == "layers/dense/vars/1").expect("a weight");
        found.0 = "layers/dense/vars/2".into();
    });
    assert!(numbered.contains("`1` is missing, expected one of: `0`, `2`"), "{numbered}");
}

#[test]
fn weights_of_another_type_are_refused() {
    let integers = NdArray::<i32>::zeros(IxDyn(&[3])).into();
    let error = error_after(|arrays| replace(arrays, "layers/dense/vars/1", integers));
    assert!(error.contains("bias` holds int32, expected floating-point numbers"), "{error}");
}

#[test]
fn state_of_the_optimizer_has_to_fit() {
    let error = error_after_in_optimizer("optimizer/vars/0", zeros(&[]));
    assert!(error.contains("is no count of steps"), "{error}");
    let error = error_after_in_optimizer("optimizer/vars/2", zeros(&[5]));
    assert!(error.contains("of the optimizer has shape [5]"), "{error}");
}

/// Weights alone are loaded without the optimizer's state, so only the model's loading fails.
fn error_after_in_optimizer(name: &str, array: Array) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("changed.keras");
    let (config, mut arrays) = classifier();
    replace(&mut arrays, name, array);
    let mut tree = Tree::new();
    for (name, array) in &arrays {
        tree.dataset(name, array).expect("a place");
    }
    keras::write(&path, &json!({}), &config, tree).expect("a file");
    Model::load(&path).expect_err("a model that is not loaded").to_string()
}

#[test]
fn cut_and_flipped_archives_are_refused() {
    let bytes = std::fs::read(fixture("classifier.keras")).expect("a file");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("damaged.keras");
    let load = |bytes: &[u8]| {
        std::fs::write(&path, bytes).expect("a file");
        Model::load(&path)
    };
    for length in (0..bytes.len()).step_by(100) {
        assert!(load(&bytes[..length]).is_err(), "{length} bytes");
    }
    for place in (40..bytes.len()).step_by(997) {
        let mut changed = bytes.clone();
        changed[place] ^= 0x40;
        assert!(load(&changed).is_err(), "a flipped bit at {place}");
    }
}

#[test]
fn other_contents_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("other.keras");
    let model = Sequential::new().input([4]).dense(2).build().expect("a model");
    let error = |bytes: &[u8]| {
        std::fs::write(&path, bytes).expect("a file");
        model.load_weights(&path).expect_err("no weights");
        Model::load(&path).expect_err("no model").to_string()
    };
    assert!(error(b"").contains("no model, expected a `.keras` or `.h5` file"));
    assert!(error(b"\0").contains("no model, expected a `.keras` or `.h5` file"));
    assert!(error(model.to_json().as_bytes()).contains("Model::from_json"));
    assert!(error(b"\x89HDF").contains("not an HDF5 file"));
    assert!(error(b"PK").contains("not a zip archive"));
    let missing = Model::load(folder.path().join("none.keras")).expect_err("no file").to_string();
    assert!(missing.contains("none.keras") && missing.contains("cannot open the file"), "{missing}");
}

#[test]
fn content_decides_and_not_the_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let model = Model::load(fixture("classifier.keras")).expect("a model");
    let weights = |model: &Model| -> Vec<ArrayD<f64>> { model.get_weights().expect("weights") };
    for ending in ["keras", "weights.h5", "npz", "safetensors"] {
        let (path, lying) = (folder.path().join(format!("model.{ending}")), folder.path().join("model.bin"));
        match ending {
            "keras" => model.save(&path).expect("saved"),
            _ => model.save_weights(&path).expect("saved"),
        }
        std::fs::rename(&path, &lying).expect("renamed");
        let other = Model::from_json(&model.to_json()).expect("a model");
        other.load_weights(&lying).expect("loaded");
        assert_eq!(weights(&other), weights(&model), "{ending}");
    }
}

#[test]
fn names_that_say_no_format_write_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let model = Sequential::new().input([4]).dense(2).build().expect("a model");
    assert!(model.save(folder.path().join("model.h5")).is_err());
    assert!(model.save_weights(folder.path().join("weights")).is_err());
    assert!(Sequential::new().dense(2).build().expect("a model").save(folder.path().join("model.keras")).is_err());
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn shape_bombs_are_compared_before_they_are_allocated() {
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/argali-formats/tests/fixtures/bombs.h5");
    let model = Sequential::new().input([4]).dense(2).build().expect("a model");
    assert!(model.load_weights(formats).is_err());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep.h5");
    let mut tree = Tree::new();
    tree.dataset("layers/".repeat(1000).trim_end_matches('/'), &zeros(&[2])).expect("a place");
    hdf5::write(&path, tree).expect("a file");
    assert!(model.load_weights(&path).is_err());
}

#[test]
fn what_fits_is_loaded_when_asked_and_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("old.weights.h5");
    let old = Sequential::new().input([4]).dense(3).name("a").dense(2).name("b").build().expect("a model");
    old.save_weights(&path).expect("saved");

    let new = Sequential::new().input([4]).dense(3).name("a").dense(5).name("b").build().expect("a model");
    assert!(new.load_weights(&path).is_err());
    let report = new.load_weights_with(&path, &LoadWeights::new().skip_mismatch(true)).expect("loaded");
    assert_eq!(report.loaded, ["a/kernel", "a/bias"]);
    assert_eq!(report.skipped.len(), 2, "{report:?}");
    assert_eq!(new.get_weights().expect("weights")[0], old.get_weights().expect("weights")[0]);

    let other = Sequential::new().input([3]).dense(2).name("b").dense(1).name("c").build().expect("a model");
    let report = other.load_weights_with(&path, &LoadWeights::new().by_name(true)).expect("loaded");
    assert_eq!((report.loaded, report.missing), (strings(&["b/kernel", "b/bias"]), strings(&["c/kernel", "c/bias"])));
    assert_eq!(report.unused, ["a"]);
    let shapes = Sequential::new().input([4]).dense(7).name("b").build().expect("a model");
    assert!(shapes.load_weights_with(&path, &LoadWeights::new().by_name(true)).is_err());
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn folders_and_sharded_weights_are_errors_that_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = Model::load(folder.path()).expect_err("a folder").to_string();
    assert!(error.contains("is a folder, expected a file: Keras writes one with `zipped=False`"), "{error}");

    let path = folder.path().join("sharded.weights.json");
    let shards =
        json!({"metadata": {"total_size": 8.0}, "weight_map": {"/layers/dense/vars": ["sharded_00000.weights.h5"]}});
    argali_formats::json::write(&path, &shards).expect("a file");
    let model = Model::load(fixture("classifier.keras")).expect("a model");
    for result in [model.load_weights(&path), Registry::default().model_from_value(shards).map(drop)] {
        let error = result.expect_err("weights in several files").to_string();
        assert!(error.contains("weights in several files, which are not supported"), "{error}");
        assert!(error.contains("`max_shard_size`"), "{error}");
    }
}

/// Keras writes such a layer once and can't read its own file.
#[test]
fn a_layer_that_models_within_a_model_share_is_loaded_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let x = input([4]);
    let shared = Dense::new(4).shared();
    let block = |name: &str| Model::new(&x, x.layer(&shared).activation(Tanh)).expect("a model").named(name);
    let (one, two) = (block("one"), block("two"));
    let y = input([4]);
    let model = Model::new(&y, y.layer(&one).layer(&two).layer(&shared).dense(2)).expect("a model");
    let (whole, weights) = (folder.path().join("model.keras"), folder.path().join("model.weights.h5"));
    model.save(&whole).expect("a file");
    model.save_weights(&weights).expect("a file");

    let data = ndarray::array![[1.0f32, -2.0, 3.0, 0.5]];
    let expected = model.predict(&data).expect("numbers");
    let loaded = Model::load(&whole).expect("a model");
    assert_eq!(loaded.predict(&data).expect("numbers"), expected);
    loaded.load_weights(&weights).expect("weights");
    model.load_weights(&weights).expect("weights");
    assert_eq!(model.predict(&data).expect("numbers"), expected);
}
