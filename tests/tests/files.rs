//! Files of real Keras: what they predict, going on with their training, and what is saved of them.

use argali::prelude::*;
use argali::{ArrayD, Json};
use argali_formats::{Array, npz};
use argali_tests::{assert_equal, difference};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Models that `fixtures/files/make.py` made.
fn theirs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/files")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder of fixtures");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let models = paths.filter(|path| path.extension().is_some_and(|extension| extension == "keras"));
    let mut names: Vec<_> = models.map(|path| path.file_stem().expect("a name").to_string_lossy().into()).collect();
    names.sort();
    assert!(!names.is_empty(), "no models in {}", folder.display());
    names
}

fn listed(arrays: &BTreeMap<String, Array>, letter: char) -> Vec<ArrayD<f32>> {
    (0..).map_while(|i| Some(arrays.get(&format!("{letter}{i}"))?.to_f32())).collect()
}

fn elements<T: Copy + Into<f64>>(array: &ArrayD<T>) -> Vec<f64> {
    array.iter().map(|value| (*value).into()).collect()
}

fn config(path: &Path) -> Json {
    without_ids(argali_formats::keras::open(path).and_then(|mut file| file.config()).expect("a config"))
}

/// Python's addresses of objects that occur more than once say nothing.
fn without_ids(json: Json) -> Json {
    match json {
        Json::Object(keys) => {
            let kept = keys.into_iter().filter(|(key, _)| key != "shared_object_id");
            Json::Object(kept.map(|(key, value)| (key, without_ids(value))).collect())
        }
        Json::Array(values) => values.into_iter().map(without_ids).collect(),
        other => other,
    }
}

fn predictions(model: &Model, inputs: &[ArrayD<f32>]) -> Vec<ArrayD<f32>> {
    model.predict_all(&inputs).expect("predictions")
}

fn check(name: &str, ours: &Path) -> Result<(), String> {
    let file = theirs().join(format!("{name}.keras"));
    let ours = |ending: &str| ours.join(format!("{name}.{ending}"));
    let arrays = npz::read(theirs().join(format!("{name}.npz"))).expect("arrays");
    let (inputs, targets) = (listed(&arrays, 'x'), listed(&arrays, 'y'));

    let mut model = Model::load(&file).map_err(|e| e.to_string())?;
    if let Some(difference) = difference(&without_ids(model.to_value()), &config(&file), "$") {
        return Err(difference);
    }
    for (found, expected) in predictions(&model, &inputs).iter().zip(listed(&arrays, 'p')) {
        assert_equal(&name, &elements(found), &elements(&expected), argali::engine::DType::F32);
    }
    for ending in ["keras", "weights.h5", "safetensors", "npz"] {
        let path = ours(ending);
        match ending {
            "keras" => model.save(&path).map_err(|e| e.to_string())?,
            _ => model.save_weights(&path).map_err(|e| e.to_string())?,
        }
        let same = Model::from_json(&model.to_json()).map_err(|e| e.to_string())?;
        same.load_weights(&path).map_err(|e| e.to_string())?;
        let weights = |model: &Model| model.get_weights().expect("weights");
        assert_eq!(weights(&same), weights(&model), "{name}.{ending}");
    }

    let expected = listed(&arrays, 'w');
    if expected.is_empty() {
        return Ok(());
    }
    model = Model::load(ours("keras")).map_err(|e| e.to_string())?;
    let fit = Fit::new().batch_size(4).epochs(1).shuffle(false).verbose(Verbose::Silent);
    model.fit(&inputs, &targets, fit).map_err(|e| e.to_string())?;
    for ((found, expected), weight) in model.get_weights().expect("weights").iter().zip(&expected).zip(model.weights())
    {
        let (found, expected) = (elements(found), elements(expected));
        let largest = expected.iter().fold(0.0, |m: f64, e| m.max(e.abs()));
        let error = found.iter().zip(&expected).fold(0.0, |m: f64, (f, e)| m.max((f - e).abs()));
        if error > 1e-4 * largest {
            return Err(format!("trained {} differs by {error}, largest {largest}", weight.path));
        }
    }
    Ok(())
}

#[test]
fn models_of_keras_go_both_ways() {
    let ours = tempfile::tempdir().expect("a folder");
    let failed: Vec<_> = names(&theirs())
        .iter()
        .filter_map(|name| check(name, ours.path()).err().map(|error| format!("{name}: {error}")))
        .collect();
    assert!(failed.is_empty(), "{} failed\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn files_of_no_weights_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let model = Sequential::new().input([4, 2]).flatten().build().expect("a model");
    for ending in ["keras", "weights.h5", "safetensors", "npz"] {
        let path = folder.path().join(format!("none.{ending}"));
        match ending {
            "keras" => model.save(&path).expect("saved"),
            _ => model.save_weights(&path).expect("saved"),
        }
        model.load_weights(&path).unwrap_or_else(|e| panic!("{ending}: {e}"));
    }
}
