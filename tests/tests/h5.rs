//! `.h5` files of Keras 3 and of Keras 2: predictions, and training that goes on, give the numbers recorded there.

use argali::engine::DType;
use argali::{ArrayD, LoadWeights, Model};
use argali_formats::Array;
use argali_tests::assert_equal;
use std::path::PathBuf;

const MODELS: [&str; 5] = ["sequential", "shared", "nested", "frozen", "arithmetic"];

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/h5").join(name)
}

/// The recorded arrays `<key>_0`, `<key>_1` and so on.
fn recorded(model: &str, key: &str) -> Vec<ArrayD<f64>> {
    let arrays = argali_formats::npz::read(file(&format!("{model}.npz"))).expect("arrays");
    (0..).map_while(|i| arrays.get(&format!("{key}_{i}")).map(Array::to_f64)).collect()
}

fn check(what: &str, model: &Model, name: &str, key: &str) {
    let found = model.predict_all(&recorded(name, "input")).expect("predictions");
    let expected = recorded(name, key);
    assert_eq!(found.len(), expected.len(), "{what}");
    for (i, (found, expected)) in found.iter().zip(&expected).enumerate() {
        assert_eq!(found.shape(), expected.shape(), "{what}");
        let found: Vec<_> = found.iter().map(|v| f64::from(*v)).collect();
        let expected: Vec<_> = expected.iter().copied().collect();
        assert_equal(&format!("{what} {key} {i}"), &found, &expected, DType::F32);
    }
}

fn load(name: &str) -> Model {
    Model::load(file(&format!("{name}.h5"))).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn all() -> impl Iterator<Item = String> {
    let both = ["keras2", "keras3"].into_iter().flat_map(|version| MODELS.map(|model| format!("{version}_{model}")));
    both.chain(["keras3_spatial_dropout".into()])
}

#[test]
fn whole_models_predict_what_keras_predicted() {
    for name in all() {
        check(&name, &load(&name), &name, "output");
    }
}

#[test]
fn training_goes_on_as_it_did_in_keras() {
    for name in all() {
        let mut model = load(&name);
        assert_eq!(model.iterations(), 3, "{name}");
        for _ in 0..2 {
            let step = model.train_on_batch(&recorded(&name, "input"), &recorded(&name, "target"));
            step.unwrap_or_else(|e| panic!("{name}: {e}"));
        }
        check(&name, &model, &name, "after");
    }
}

#[test]
fn weights_are_loaded_by_place_and_by_name() {
    for name in MODELS.map(|model| format!("keras2_{model}")) {
        let config = load(&name).to_json();
        for options in [LoadWeights::new(), LoadWeights::new().by_name(true)] {
            for path in [format!("{name}_weights.h5"), format!("{name}.h5")] {
                let model = Model::from_json(&config).expect("a model");
                let report = model.load_weights_with(file(&path), &options).expect("weights");
                assert_eq!(report.loaded.len(), model.weights().len(), "{path}");
                check(&path, &model, &name, "output");
            }
        }
    }
}

#[test]
fn layers_that_differ_are_named() {
    let other = load("keras2_arithmetic");
    let error = other.load_weights(file("keras2_sequential_weights.h5")).expect_err("another model").to_string();
    assert!(
        error.contains("has weights of 4 layers (conv2d, batch_normalization, depthwise_conv2d, dense)"),
        "{error}"
    );
    let report = other.load_weights_with(file("keras2_nested_weights.h5"), &LoadWeights::new().by_name(true));
    let report = report.expect("nothing in common");
    assert!(report.loaded.is_empty());
    assert_eq!(report.unused, ["encoder", "head"]);
}
