//! What is said about files that can be read, but not to the letter.

use argali::engine::DType;
use argali::{Json, Model, settings};
use argali_formats::npz;
use argali_tests::assert_equal;
use serde_json::json;
use std::path::Path;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
static HANDLER: LazyLock<()> = LazyLock::new(|| {
    settings::set_warning_handler(|warning| said().push(warning.to_owned()));
});

fn said() -> MutexGuard<'static, Vec<String>> {
    SAID.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs something; what was said meanwhile.
fn saying<T>(run: impl FnOnce() -> T) -> (T, Vec<String>) {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    LazyLock::force(&HANDLER);
    said().clear();
    let result = run();
    (result, std::mem::take(&mut *said()))
}

/// Reads a config; what was said meanwhile.
fn read(config: &Json) -> (argali::Result<Model>, Vec<String>) {
    saying(|| Model::from_json(&argali_formats::json::to_string(config)))
}

fn recorded(name: &str) -> Json {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/training/configs");
    argali_formats::json::read(folder.join(name)).expect("a config")
}

#[test]
fn mixed_policies_are_kept_with_one_warning() {
    for name in ["mixed_float16", "mixed_bfloat16"] {
        let config = recorded(&format!("policy_{name}.json"));
        let (model, said) = read(&config);
        assert_eq!(said, [format!("policy `{name}` is kept, but everything is computed in float32 here")]);
        let model = model.expect("a model");
        assert_eq!(model.to_value(), config);
        assert_eq!(model.predict(&ndarray::Array2::<f32>::ones((2, 6))).expect("numbers").shape(), [2, 2]);
    }
}

#[test]
fn quantized_policies_are_refused() {
    let mut config = recorded("policy_mixed_float16.json");
    let quantized = json!({"module": "keras.dtype_policies", "class_name": "QuantizedDTypePolicy", "registered_name": null,
        "config": {"mode": "int8", "source_name": "float32"}});
    config["config"]["layers"][1]["config"]["dtype"] = quantized;
    let error = read(&config).0.expect_err("a quantized layer").to_string();
    assert!(error.contains("QuantizedDTypePolicy: quantized models are not supported"), "{error}");
}

/// A model of one Dense layer with another key in its config.
fn with(key: &str, value: Json) -> Json {
    let mut config = recorded("layer_dense.json");
    config["config"]["layers"][1]["config"][key] = value;
    config
}

#[test]
fn harmless_keys_are_named() {
    for (key, value) in [("of_keras_4", Json::Null), ("lora_rank", Json::Null), ("experimental", false.into())] {
        let (model, said) = read(&with(key, value.clone()));
        assert!(model.is_ok());
        assert_eq!(said, [format!("key `{key}` of a config is not known here; being {value}, it is ignored")]);
    }
}

#[test]
fn keys_that_mean_something_are_refused() {
    let error = |key: &str, value: Json| read(&with(key, value)).0.expect_err("a key").to_string();
    assert!(error("unit", 3.into()).contains("key `unit` is unknown, did you mean `units`?"));
    assert!(error("lora_rank", 4.into()).contains("key `lora_rank` is 4: weights of LoRA are not supported"));
}

#[test]
fn deep_nesting_is_an_error() {
    let mut config = recorded("layer_dense.json");
    for depth in 0..90 {
        let mut outer = recorded("layer_dense.json");
        outer["config"]["name"] = format!("level_{depth}").into();
        outer["config"]["layers"] = json!([config]);
        config = outer;
    }
    let error = read(&config).0.expect_err("too deep").to_string();
    assert!(error.contains("nested deeper than 64 levels"), "{error}");
    let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(Model::from_json(&text).expect_err("too deep").to_string().contains("nested too deep"));
}

#[test]
fn optimizers_within_a_scaling_of_losses_go_on_without_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/loss_scaling");
    let arrays = npz::read(folder.join("model.npz")).expect("arrays");
    let (loaded, said) = saying(|| Model::load(folder.join("model.keras")));
    let mut model = loaded.expect("a model");
    assert_eq!(said, ["`LossScaleOptimizer` is left out, its `Adam` is kept: nothing is computed in float16 here"]);
    assert_eq!(model.iterations(), 3);
    let saved = tempfile::tempdir().expect("a folder");
    let path = saved.path().join("model.keras");
    model.save(&path).expect("a file");
    assert_eq!(model.to_value()["compile_config"]["optimizer"]["class_name"], "Adam");
    for model in [&mut model, &mut Model::load(&path).expect("a model")] {
        for _ in 0..3 {
            model.train_on_batch(&arrays["x"].to_f32(), &arrays["y"].to_f32()).expect("a step");
        }
        for (i, weight) in model.get_weights().expect("weights").iter().enumerate() {
            let expected = arrays[&format!("w{i}")].to_f64();
            let (found, expected): (Vec<_>, Vec<_>) = weight.iter().copied().zip(expected).unzip();
            assert_equal(&format!("weight {i}"), &found, &expected, DType::F32);
        }
    }
}
