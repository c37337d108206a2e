//! Configs of older versions of Keras become what the newest writes.

use argali::{Json, Model, Registry};
use argali_tests::difference;
use flate2::read::GzDecoder;
use std::io::Read;
use std::path::Path;

/// What some versions of Keras write alike.
type Alike = (Vec<String>, Json);

/// The recorded cases of a file, of each the newest version first.
fn recorded(name: &str) -> Vec<(String, Vec<Alike>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/configs").join(name);
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(path).expect("a file")).read_to_string(&mut text).expect("gzip");
    let cases: Json = argali_formats::json::parse(text.as_bytes()).expect("JSON");
    let alike = |entry: &Json| {
        let versions = entry["versions"].as_array().expect("versions").iter().map(|v| v.as_str().expect("a version"));
        (versions.map(str::to_owned).collect(), entry["model"].clone())
    };
    let case = |(name, entries): (&String, &Json)| {
        (name.clone(), entries.as_array().expect("entries").iter().map(alike).collect())
    };
    cases.as_object().expect("cases").iter().map(case).collect()
}

/// Lists of one input or output count as that one: only the newest versions tell them apart.
fn unlisted(mut json: Json) -> Json {
    if let Json::Object(object) = &mut json {
        for (key, value) in object.iter_mut() {
            let one = match value {
                Json::Array(list) if key.ends_with("put_layers") && list.len() == 1 => list.pop(),
                _ => None,
            };
            *value = unlisted(one.unwrap_or_else(|| value.take()));
        }
    } else if let Json::Array(list) = &mut json {
        list.iter_mut().for_each(|item| *item = unlisted(item.take()));
    }
    json
}

/// What only some versions write: the config of the compilation is kept as it was, and Keras up to 3.3 forgot activity
/// regularizers, and up to 3.12 the padding of outputs.
fn comparable(model: &Json) -> Json {
    let mut config = unlisted(model["config"].clone());
    for layer in config["layers"].as_array_mut().into_iter().flatten() {
        let own = layer["config"].as_object_mut().expect("a config");
        own.shift_remove("activity_regularizer");
        own.shift_remove("output_padding");
        layer.as_object_mut().expect("a layer").shift_remove("compile_config");
    }
    config
}

#[test]
fn every_version_of_keras_3_is_read() {
    let mut wrong = Vec::new();
    let mut read = 0;
    for (name, entries) in recorded("versions.json.gz") {
        let newest = comparable(&entries[0].1);
        for (versions, model) in entries {
            match Model::from_json(&argali_formats::json::to_string(&model)) {
                Err(error) => wrong.push(format!("{name} of {versions:?}: {error}")),
                Ok(_) if model["config"]["layers"][1]["class_name"] == "Cast" => read += versions.len(),
                Ok(model) => {
                    read += versions.len();
                    let found = comparable(&model.to_value());
                    wrong.extend(difference(&found, &newest, "$").map(|d| format!("{name} of {versions:?}: {d}")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(read >= 1100, "{read} configs");
}

/// What both can say: Keras 2 wrote axes counted from the front, some numbers with the digits of a float32, its own default
/// for the recurrent activation, and nothing about what layers were built for.
fn comparable_to_legacy(model: &Json) -> Json {
    fn rounded(json: &mut Json) {
        match json {
            Json::Array(items) => items.iter_mut().for_each(rounded),
            Json::Object(object) => object.values_mut().for_each(rounded),
            Json::Number(number) if number.is_f64() => {
                *json = f64::from(number.as_f64().expect("a float") as f32).into();
            }
            _ => {}
        }
    }
    let mut config = comparable(model);
    for layer in config["layers"].as_array_mut().into_iter().flatten() {
        layer.as_object_mut().expect("a layer").shift_remove("build_config");
        let own = layer["config"].as_object_mut().expect("a config");
        own.shift_remove("axis");
        own.shift_remove("recurrent_activation");
        for nested in own.get_mut("layers").and_then(Json::as_array_mut).into_iter().flatten() {
            nested.as_object_mut().expect("a layer").shift_remove("build_config");
        }
    }
    rounded(&mut config);
    config
}

#[test]
fn what_keras_2_wrote_is_read() {
    let newest: std::collections::HashMap<_, _> =
        recorded("versions.json.gz").into_iter().map(|(name, entries)| (name, entries[0].1.clone())).collect();
    let mut wrong = Vec::new();
    for (name, entries) in recorded("legacy.json.gz") {
        match Model::from_json(&argali_formats::json::to_string(&entries[0].1)) {
            Err(error) => wrong.push(format!("{name}: {error}")),
            Ok(model) if name == "arithmetic" => assert_eq!(model.outputs().len(), 9, "operators of TensorFlow"),
            Ok(model) => {
                let (found, expected) = (comparable_to_legacy(&model.to_value()), comparable_to_legacy(&newest[&name]));
                wrong.extend(difference(&found, &expected, "$").map(|d| format!("{name}: {d}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

fn read(name: &str) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/configs").join(name);
    Model::from_json(&std::fs::read_to_string(path).expect("a file")).unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn what_r_wrote_is_read() {
    let model = read("r_sequential.json");
    assert_eq!(model.input_shape().expect("a shape").to_string(), "(None, 784)");
    assert_eq!(model.count_params(), 784 * 256 + 256 + 256 * 10 + 10);
    let model = read("r_list.json");
    assert_eq!(model.input_shape().expect("a shape").to_string(), "(None, 28, 28, 1)");
    assert_eq!(model.output_shape().expect("a shape").to_string(), "(None, 10)");
    let model = read("r_model.json");
    assert_eq!(model.inputs().len(), 2);
    assert_eq!(model.count_params(), 4 * 3 + 4 * 8 + 8 + 16 + 1);
    for name in ["r_sequential.json", "r_list.json", "r_model.json"] {
        let model = read(name);
        argali_tests::leave(name.trim_end_matches(".json"), &model);
        assert_eq!(Model::from_json(&model.to_json()).expect("what was written").to_value(), model.to_value());
    }
}

/// Every value within a config, by path.
fn places(json: &Json, path: &str, into: &mut Vec<String>) {
    into.push(path.to_owned());
    match json {
        Json::Array(items) => items.iter().enumerate().for_each(|(i, v)| places(v, &format!("{path}/{i}"), into)),
        Json::Object(object) => object.iter().for_each(|(k, v)| places(v, &format!("{path}/{k}"), into)),
        _ => {}
    }
}

#[test]
fn no_value_of_another_kind_is_more_than_an_error() {
    let cases = recorded("legacy.json.gz");
    for name in ["nested_twice", "arithmetic", "metric_AUC"] {
        let (_, entries) = cases.iter().find(|(case, _)| case == name).expect("a case");
        let config = &entries[0].1;
        let mut all = Vec::new();
        places(config, "", &mut all);
        for place in all {
            for other in [5.into(), "x".into(), serde_json::json!([[]])] {
                let mut changed = config.clone();
                *changed.pointer_mut(&place).expect("a place") = other;
                drop(Registry::default().model_from_value(changed));
            }
        }
    }
}
