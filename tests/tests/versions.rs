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

/// The initializers that scale variances, which Keras had no classes for before it came to TensorFlow.
const SCALINGS: [(&str, f64, &str, &str); 6] = [
    ("GlorotUniform", 1.0, "fan_avg", "uniform"),
    ("GlorotNormal", 1.0, "fan_avg", "truncated_normal"),
    ("HeUniform", 2.0, "fan_in", "uniform"),
    ("HeNormal", 2.0, "fan_in", "truncated_normal"),
    ("LecunUniform", 1.0, "fan_in", "uniform"),
    ("LecunNormal", 1.0, "fan_in", "truncated_normal"),
];

/// An initializer by what it does.
fn scaling(object: &mut serde_json::Map<String, Json>) {
    let Some((_, scale, mode, distribution)) =
        SCALINGS.iter().find(|(class, ..)| object.get("class_name") == Some(&Json::from(*class)))
    else {
        return;
    };
    let seed = object["config"]["seed"].take();
    object["class_name"] = "VarianceScaling".into();
    object["config"] = serde_json::json!({ "scale": scale, "mode": mode, "distribution": distribution, "seed": seed,
        "input_axes": null, "output_axes": null });
}

/// A regularizer by both its factors.
fn factors(object: &mut serde_json::Map<String, Json>) {
    let (own, other) = match object.get("class_name").and_then(Json::as_str) {
        Some("L1") => ("l1", "l2"),
        Some("L2") => ("l2", "l1"),
        _ => return,
    };
    object["class_name"] = "L1L2".into();
    object["config"] = serde_json::json!({ own: object["config"][own], other: 0.0 });
}

/// What both can say: Keras 2 wrote axes counted from the front, some numbers with the digits of a float32, its own default
/// for the recurrent activation, and nothing about what layers were built for. Its names had other numbers and underscores.
fn comparable_to_legacy(model: &Json) -> Json {
    fn alike(json: &mut Json) {
        match json {
            Json::Array(items) => items.iter_mut().for_each(alike),
            Json::Object(object) => {
                scaling(object);
                factors(object);
                object.values_mut().for_each(alike);
            }
            Json::Number(number) if number.is_f64() => {
                *json = f64::from(number.as_f64().expect("a float") as f32).into();
            }
            Json::String(name) => {
                let name = name.replace("conv_lst_m", "conv_lstm");
                let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
                *json = base.strip_suffix('_').filter(|base| !base.is_empty()).unwrap_or(&name).into();
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
    alike(&mut config);
    config
}

#[test]
fn what_keras_2_wrote_is_read() {
    let newest: std::collections::HashMap<_, _> =
        recorded("versions.json.gz").into_iter().map(|(name, entries)| (name, entries[0].1.clone())).collect();
    let mut wrong = Vec::new();
    let mut read = 0;
    for (name, entries) in recorded("legacy.json.gz") {
        for (versions, model) in entries {
            let is_older = |than: &str| versions.iter().any(|version| version.as_str() < than);
            // Calls on the same tensors were one, and types of layers were forgotten.
            let (calls_differ, forgot_dtype) =
                (name == "nested_twice" && is_older("2.4"), name == "layer_Dense_1" && is_older("2.3"));
            let alike = |config: &Json| {
                let config = comparable_to_legacy(config);
                if calls_differ { nameless(config) } else { config }
            };
            match Model::from_json(&argali_formats::json::to_string(&model)) {
                Err(error) => wrong.push(format!("{name} of {versions:?}: {error}")),
                Ok(model) if name == "arithmetic" => assert_eq!(model.outputs().len(), 9, "operators of TensorFlow"),
                Ok(model) if forgot_dtype => assert_eq!(model.count_params(), 21, "a layer of three units"),
                Ok(model) => {
                    read += versions.len();
                    let different = difference(&alike(&model.to_value()), &alike(&newest[&name]), "$");
                    wrong.extend(different.map(|d| format!("{name} of {versions:?}: {d}")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(read >= 470, "{read} configs");
}

/// Layers without their names, which Keras 2 counted from one.
fn nameless(mut json: Json) -> Json {
    match &mut json {
        Json::Array(items) => items.iter_mut().for_each(|item| *item = nameless(item.take())),
        Json::Object(object) => {
            object
                .retain(|key, _| !matches!(key.as_str(), "name" | "inbound_nodes" | "input_layers" | "output_layers"));
            object.values_mut().for_each(|value| *value = nameless(value.take()));
        }
        _ => {}
    }
    json
}

#[test]
fn what_r_wrote_is_read() {
    let mut left = 0;
    for (name, entries) in recorded("r_models.json.gz") {
        let read = |(versions, model): &Alike| {
            let model = Model::from_json(&argali_formats::json::to_string(model));
            (versions.join("-"), model.unwrap_or_else(|error| panic!("{name} of {versions:?}: {error}")))
        };
        let (_, newest) = read(&entries[0]);
        for entry in &entries {
            let (versions, model) = read(entry);
            let layers = |model: &Model| nameless(comparable_to_legacy(&model.to_value()));
            assert_eq!(difference(&layers(&model), &layers(&newest), "$"), None, "{name} of {versions}");
            assert_eq!(model.count_params(), newest.count_params(), "{name} of {versions}");
            let shapes = |model: &Model| {
                let shapes = model.outputs().into_iter().map(|output| output.shape().expect("a shape").clone());
                shapes.collect::<Vec<_>>()
            };
            assert_eq!(shapes(&model), shapes(&newest), "{name} of {versions}");
            assert_eq!(Model::from_json(&model.to_json()).expect("what was written").to_value(), model.to_value());
            argali_tests::leave(&format!("r_{name}_{versions}"), &model);
            left += 1;
        }
    }
    assert!(left >= 40, "{left} configs");
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
