//! Configs that ask for what no model may be: errors that say where and what, in time that grows with their size alone.

use argali::prelude::*;
use argali::{Error, Json};
use argali_tests::configs::{around, fixtures, json_files};
use serde_json::json;
use std::time::{Duration, Instant};

/// Far more than anything here takes.
const HANGING: Duration = Duration::from_secs(60);

fn sequential(layers: &[Json]) -> Json {
    json!({ "module": "keras", "class_name": "Sequential", "config": { "name": "model", "layers": layers } })
}

fn input(shape: &[usize]) -> Json {
    let batch: Vec<Json> = std::iter::once(Json::Null).chain(shape.iter().map(|n| (*n).into())).collect();
    json!({ "class_name": "InputLayer", "config": { "batch_shape": batch, "name": "input" } })
}

fn layer(class: &str, config: Json) -> Json {
    json!({ "module": "keras.layers", "class_name": class, "config": config })
}

fn read(config: &Json) -> Result<Model, Error> {
    let text = argali_formats::json::to_string(config);
    let start = Instant::now();
    let model = Model::from_json(&text);
    assert!(start.elapsed() < HANGING, "{} bytes took {:?}", text.len(), start.elapsed());
    model
}

fn error(config: &Json) -> String {
    read(config).expect_err("no model").to_string()
}

fn error_of(class: &str, config: Json, shape: &[usize]) -> String {
    error(&sequential(&[input(shape), layer(class, config)]))
}

#[test]
fn nesting_without_end_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let text = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        let error = Model::from_json(&text).expect_err("no model").to_string();
        assert!(error.contains("deep") || error.contains("nest"), "{error}");
    }
}

#[test]
fn activations_within_activations_have_a_limit() {
    let nested = |levels: usize| {
        let mut config = Sequential::new().input([3]).dense(2).build().unwrap().to_value();
        let activation = (0..levels).fold(Json::from("relu"), |inside, _| {
            json!({"module": "keras.layers", "class_name": "Activation", "config": {"name": "a", "activation": inside}})
        });
        config["config"]["layers"][1]["config"]["activation"] = activation;
        Registry::default().model_from_value(config)
    };
    nested(3).unwrap();
    let error = nested(200).unwrap_err().to_string();
    assert!(error.contains("is nested more than"), "{error}");
}

#[test]
fn numbers_that_are_none_are_kept_where_python_keeps_them() {
    let clipped = |max: &str| {
        let config = json!({ "name": "relu", "max_value": "MAX", "threshold": 0.0 });
        let text = sequential(&[input(&[3]), layer("ReLU", config)]).to_string().replace("\"MAX\"", max);
        Model::from_json(&text)
    };
    let model = clipped("Infinity").expect("a model");
    assert!(model.to_json().contains("Infinity"), "{}", model.to_json());
    assert_eq!(Model::from_json(&model.to_json()).expect("what was written").to_value(), model.to_value());
    for (wrong, word) in [("1e400", "out of range"), ("\"\\ud800\"", "hex escape"), ("1,,", "line 1")] {
        let error = clipped(wrong).expect_err("no model").to_string();
        assert!(error.contains("line 1") && error.contains("column"), "{wrong}: {error}");
        assert!(error.contains(word), "{wrong}: {error}");
    }
    let error = Model::from_json("\u{feff}{}").expect_err("a mark of byte order").to_string();
    assert!(error.contains("byte order mark"), "{error}");
}

#[test]
fn fields_of_other_kinds_are_named() {
    for units in [json!("x"), json!(-1), json!(1.5), Json::Null, json!([3]), json!({})] {
        let message = error_of("Dense", json!({ "units": units, "name": "dense" }), &[3]);
        assert!(message.contains("units") && message.contains("dense"), "{units}: {message}");
    }
    for (class, key, value) in [
        ("Conv1D", "strides", json!([0])),
        ("Conv1D", "dilation_rate", json!([0])),
        ("Conv1D", "kernel_size", json!([0])),
        ("MaxPooling1D", "pool_size", json!([0])),
        ("UpSampling1D", "size", json!(0)),
        ("Conv1D", "padding", json!("full")),
        ("Conv1D", "activation", json!("sigmoidal")),
        ("Conv1D", "kernel_initializer", json!({ "class_name": "Glorot", "config": {} })),
    ] {
        let mut config = json!({ "name": "windowed" });
        if class == "Conv1D" {
            config["filters"] = 2.into();
            config["kernel_size"] = json!([2]);
        }
        config[key] = value;
        let message = error_of(class, config, &[8, 2]);
        assert!(message.contains(key) && message.contains("windowed"), "{class}.{key}: {message}");
    }
}

#[test]
fn sizes_beyond_every_memory_are_refused_before_they_are_allocated() {
    let huge = 1_u64 << 62;
    let cases = [
        ("Dense", json!({ "units": huge, "name": "huge" }), vec![16]),
        ("Dense", json!({ "units": 1_u64 << 63, "name": "huge" }), vec![16]),
        ("Conv2D", json!({ "filters": huge, "kernel_size": [3, 3], "name": "huge" }), vec![8, 8, 4]),
        (
            "Conv2D",
            json!({ "filters": 2, "kernel_size": [1_u64 << 40, 1_u64 << 40], "padding": "same", "name": "huge" }),
            vec![8, 8, 4],
        ),
        ("ZeroPadding1D", json!({ "padding": u64::MAX, "name": "huge" }), vec![8, 4]),
        ("UpSampling1D", json!({ "size": huge, "name": "huge" }), vec![8, 4]),
        ("RepeatVector", json!({ "n": huge, "name": "huge" }), vec![8]),
        ("Reshape", json!({ "target_shape": [huge, huge], "name": "huge" }), vec![8]),
        ("Conv1DTranspose", json!({ "filters": 1, "kernel_size": 3, "strides": huge, "name": "huge" }), vec![8, 4]),
        (
            "SeparableConv1D",
            json!({ "filters": 1, "kernel_size": 3, "depth_multiplier": huge, "name": "huge" }),
            vec![8, 4],
        ),
        ("Conv1D", json!({ "filters": 1, "kernel_size": 3, "dilation_rate": huge, "name": "huge" }), vec![8, 4]),
    ];
    for (class, config, shape) in cases {
        let model = read(&sequential(&[input(&shape), layer(class, config.clone())]));
        let outcome = model.and_then(|model| {
            let rows = std::iter::once(1).chain(shape.iter().copied()).collect::<Vec<_>>();
            model.predict(&argali::ArrayD::<f32>::zeros(rows)).map(drop)
        });
        let message = outcome.expect_err(class).to_string();
        assert!(message.contains("huge"), "{class} {config}: {message}");
    }
}

#[test]
fn classes_that_run_code_or_open_files_are_refused() {
    for (class, module, config) in [
        (
            "Lambda",
            "keras.layers",
            json!({ "function": { "class_name": "__lambda__", "config": { "code": "4wEAAAA=" } } }),
        ),
        ("TFSMLayer", "keras.layers", json!({ "filepath": "/etc/passwd" })),
        ("TorchModuleWrapper", "keras.layers", json!({ "module": "gASV" })),
        ("StringLookup", "keras.layers", json!({ "vocabulary": "http://localhost/vocabulary.txt" })),
        ("get_file", "keras.utils", json!({ "origin": "http://localhost/", "fname": "/tmp/x" })),
        ("system", "os", json!({ "command": "true" })),
    ] {
        let layer = json!({ "module": module, "class_name": class, "config": config });
        let message = error(&sequential(&[input(&[3]), layer]));
        assert!(message.contains(class), "{class}: {message}");
    }
    let near = error_of("SeparableConv1", json!({ "filters": 2, "kernel_size": 3 }), &[8, 2]);
    assert!(near.contains("SeparableConv1D"), "{near}");
}

#[test]
fn names_that_are_paths_or_come_twice_are_refused() {
    for name in ["a/b", "..", "../../x", "nul\0", "", &"n".repeat(1 << 20)] {
        let outcome = read(&sequential(&[input(&[3]), layer("Dense", json!({ "units": 2, "name": name }))]));
        let message = outcome.expect_err("a name").to_string();
        assert!(message.contains("name") && message.len() < 1000, "{} bytes: {message}", message.len());
    }
    let twice = sequential(&[
        input(&[3]),
        layer("Dense", json!({ "units": 2, "name": "a" })),
        layer("Dense", json!({ "units": 2, "name": "a" })),
    ]);
    assert!(error(&twice).contains("`a`"), "{}", error(&twice));
    let model =
        read(&sequential(&[input(&[3]), layer("Dense", json!({ "units": 2, "name": "Größe 🐏" }))])).expect("a model");
    let folder = tempfile::tempdir().expect("a folder");
    model.save(folder.path().join("ram.keras")).expect("saved");
    let loaded = Model::load(folder.path().join("ram.keras")).expect("loaded");
    assert_eq!(loaded.get_weights().expect("weights"), model.get_weights().expect("weights"));
}

fn functional(nodes: &[(&str, &str)], output: &str) -> Json {
    let history = |of: &str| json!({ "class_name": "__keras_tensor__", "config": { "shape": [null, 3], "dtype": "float32", "keras_history": [of, 0, 0] } });
    let mut layers = vec![json!({ "class_name": "InputLayer", "name": "x", "inbound_nodes": [],
        "config": { "batch_shape": [null, 3], "name": "x" } })];
    layers.extend(nodes.iter().map(|(name, of)| {
        json!({ "class_name": "Dense", "module": "keras.layers", "name": name, "config": { "name": name, "units": 3 },
            "inbound_nodes": [{ "args": [history(of)], "kwargs": {} }] })
    }));
    json!({ "class_name": "Functional", "module": "keras", "config": { "name": "model", "layers": layers,
        "input_layers": [["x", 0, 0]], "output_layers": [[output, 0, 0]] } })
}

#[test]
fn graphs_that_are_none_are_refused() {
    assert!(read(&functional(&[("a", "x"), ("b", "a")], "b")).is_ok());
    assert!(read(&functional(&[("b", "a"), ("a", "x")], "b")).is_ok(), "in any order");
    for (nodes, output, word) in [
        (vec![("a", "b"), ("b", "a")], "b", "`a`"),
        (vec![("a", "a")], "a", "`a`"),
        (vec![("a", "nowhere")], "a", "nowhere"),
        (vec![("a", "x")], "nowhere", "nowhere"),
    ] {
        let message = error(&functional(&nodes, output));
        assert!(message.contains(word), "{message}");
    }
    for (place, value) in [(1, json!(7)), (2, json!(9)), (1, json!(-1)), (1, json!(u64::MAX)), (0, json!(3))] {
        let mut config = functional(&[("a", "x")], "a");
        config["config"]["output_layers"][0][place] = value.clone();
        read(&config).expect_err("an output that is not there");
        let mut config = functional(&[("a", "x")], "a");
        config["config"]["layers"][1]["inbound_nodes"][0]["args"][0]["config"]["keras_history"][place] = value;
        read(&config).expect_err("an input that is not there");
    }
}

#[test]
fn many_layers_take_time_in_proportion() {
    let stack = |count: usize| {
        let name = |i: usize| json!({ "name": format!("layer_{i}"), "activation": "relu" });
        sequential(
            &std::iter::once(input(&[3])).chain((0..count).map(|i| layer("Activation", name(i)))).collect::<Vec<_>>(),
        )
    };
    let time = |count| {
        let config = stack(count);
        let start = Instant::now();
        if let Err(error) = read(&config) {
            assert!(error.to_string().contains("layers"), "{error}");
        }
        start.elapsed()
    };
    let (some, many) = (time(10_000), time(100_000));
    assert!(many < 100 * some, "10,000 layers take {some:?}, 100,000 {many:?}");
}

#[test]
fn models_in_models_are_read_or_have_a_limit() {
    let nested = |depth: usize| {
        let innermost = sequential(&[input(&[3]), layer("Dense", json!({ "units": 3, "name": "dense" }))]);
        (0..depth).fold(innermost, |inner, _| sequential(&[input(&[3]), inner]))
    };
    assert_eq!(read(&nested(40)).expect("a model").count_params(), 12);
    assert!(error(&nested(100)).contains("nested deeper"), "{}", error(&nested(100)));
}

/// Paths of the numbers within a value.
fn numbers(json: &Json, path: &str, into: &mut Vec<String>) {
    match json {
        Json::Number(_) => into.push(path.to_owned()),
        Json::Array(items) => items.iter().enumerate().for_each(|(i, v)| numbers(v, &format!("{path}/{i}"), into)),
        Json::Object(object) => object.iter().for_each(|(key, v)| numbers(v, &format!("{path}/{key}"), into)),
        _ => {}
    }
}

#[test]
fn extreme_numbers_in_every_option_are_read_or_refused() {
    let extremes =
        [json!(0), json!(-1), json!(1_u64 << 40), json!(1_u64 << 59), json!(u64::MAX), json!(i64::MIN), json!(1e300)];
    let mut tried = 0;
    for file in json_files(&fixtures().join("layers")) {
        let cases = argali_tests::configs::read(&file);
        for case in cases["cases"].as_array().into_iter().flatten().take(6) {
            let Some(inputs) = case["symbolic_input_shapes"].as_array() else { continue };
            let layer = &case["layer"];
            let mut places = Vec::new();
            numbers(&layer["config"], "", &mut places);
            for (place, extreme) in places.iter().flat_map(|place| extremes.iter().map(move |extreme| (place, extreme)))
            {
                let mut changed = layer.clone();
                *changed["config"].pointer_mut(place).expect("a place") = extreme.clone();
                tried += 1;
                if let Ok(model) = read(&around(&changed, inputs)) {
                    model.count_params();
                    model.to_json();
                    model.summary_text(&argali::Summary::new());
                    drop(model.layer_stats());
                }
            }
        }
    }
    assert!(tried > 10_000, "{tried} configs");
}
