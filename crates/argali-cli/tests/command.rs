//! The command as a process: what its verbs print and write, and how they refuse.

use argali::Json;
use argali::prelude::*;
use argali_formats::{Array, npy};
use ndarray::{Array2, ArrayD, IxDyn};
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder with files that the command works on.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Names of the files, hidden ones included.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_argali"));
        command.args(arguments).current_dir(self.0.path()).env("KERAS_HOME", self.0.path());
        command.output().unwrap()
    }

    /// What a run prints that goes well.
    fn prints(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The message of a run that fails, which leaves the files as they were.
    fn fails(&self, arguments: &[&str]) -> String {
        let before = self.names();
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert_eq!(self.names(), before, "{arguments:?}");
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.starts_with("error: "), "{message}");
        message
    }

    fn write(&self, name: &str, array: impl Into<Array>) {
        npy::write(self.path(name), &array.into()).unwrap();
    }

    fn read(&self, name: &str) -> Array {
        npy::read(self.path(name)).unwrap()
    }

    /// Leaves a model as config and weights.
    fn leave(&self, name: &str, model: &Model) {
        std::fs::write(self.path(&format!("{name}.json")), model.to_json()).unwrap();
        model.save_weights(self.path(&format!("{name}.safetensors"))).unwrap();
    }
}

fn numbers(shape: &[usize]) -> ArrayD<f32> {
    let mut next = 0.0f32;
    ArrayD::from_shape_simple_fn(IxDyn(shape), || {
        next += 0.37;
        next.sin()
    })
}

fn classifier() -> Model {
    let layers = Sequential::new().seed(3).input([20, 3]).separable_conv_1d(8, 5).padding(Same).activation(Relu);
    layers.batch_normalization().global_average_pooling_1d().dense(4).activation(Softmax).build().unwrap()
}

/// A model with two inputs, one of them of integers, and two outputs.
fn two() -> Model {
    let (a, b) = (input([6]), InputLayer::new([2]).name("counts").dtype("int32").tensor());
    let joined = concatenate([&a.dense(3).activation(Tanh).tensor(), &b.rescaling(0.5).tensor()]).tensor();
    let (first, second) = (joined.dense(2).name("first").tensor(), joined.dense(1).name("second").tensor());
    Model::new([&a, &b], [&first, &second]).unwrap().seed(4)
}

#[test]
fn summary_in_every_format() {
    let folder = Folder::new();
    folder.leave("m", &classifier());
    let table = folder.prints(&["summary", "m.json"]);
    assert_eq!(table, Model::from_json(&classifier().to_json()).unwrap().summary_text(&argali::Summary::new()));
    let json: Json = serde_json::from_str(&folder.prints(&["summary", "m.json", "--format", "json"])).unwrap();
    assert_eq!(json["params"], classifier().count_params());
    assert_eq!(json["layers"][0]["class_name"], "SeparableConv1D");
    assert_eq!(json["layers"][0]["macs"], 20 * (5 * 3 + 3 * 8));
    assert_eq!(json["inputs"], serde_json::json!([[null, 20, 3]]));
    let dot = folder.prints(&["summary", "m.json", "--format", "dot"]);
    assert_eq!((dot.matches(" -> ").count(), dot.matches("label=<").count()), (4, 5));
    let svg = folder.prints(&["summary", "m.json", "--format", "svg"]);
    assert!(svg.starts_with("<?xml") && svg.trim_end().ends_with("</svg>"));
    assert_eq!((svg.matches("class=\"box\"").count(), svg.matches("class=\"head\"").count()), (5, 4));
    assert!(svg.contains("(None, 20, 8)"));
}

#[test]
fn predictions_are_those_of_the_library() {
    let folder = Folder::new();
    let model = classifier();
    folder.leave("m", &model);
    let x = numbers(&[1200, 20, 3]);
    folder.write("x.npy", x.clone());
    let expected = Array::from(model.predict(&x).unwrap());
    let predict = ["predict", "m.json", "--weights", "m.safetensors", "--input", "x.npy", "--output", "y.npy"];
    assert_eq!(folder.prints(&predict), "");
    assert_eq!(folder.read("y.npy"), expected);
    folder.prints(&[&predict[..], &["--batch-size", "7", "--threads", "1"]].concat());
    let close = |a: &ArrayD<f32>, b: &ArrayD<f32>| (a - b).iter().all(|d| d.abs() <= 1e-6);
    assert!(close(&folder.read("y.npy").to_f32(), &expected.to_f32()));
    assert_eq!(folder.names(), ["m.json", "m.safetensors", "x.npy", "y.npy"]);
}

#[test]
fn several_inputs_and_outputs_in_the_order_of_the_model() {
    let folder = Folder::new();
    let model = two();
    folder.leave("m", &model);
    let (a, b) = (numbers(&[5, 6]).mapv(f64::from), Array2::from_shape_fn((5, 2), |(i, j)| (i * 2 + j) as u8));
    folder.write("a.npy", a.clone());
    folder.write("b.npy", b.clone());
    let given = ["predict", "m.json", "--weights", "m.safetensors", "--input", "a.npy", "--input", "b.npy"];
    folder.prints(&[&given[..], &["--output", "first.npy", "--output", "second.npy"]].concat());
    let expected = model.predict_all(&(&a, &b)).unwrap();
    assert_eq!(folder.read("first.npy"), Array::from(expected[0].clone()));
    assert_eq!(folder.read("second.npy"), Array::from(expected[1].clone()));

    let message = folder.fails(&[&given[..], &["--output", "y.npy"]].concat());
    assert!(message.contains("1 `--output` for a model with 2"), "{message}");
    let message = folder.fails(&[&given[..], &["--output", "y.npy", "--output", "./y.npy"]].concat());
    assert!(message.contains("is written twice"), "{message}");
    let message = folder.fails(&[&given[..], &["--output", "y.npy", "--output", "missing/z.npy"]].concat());
    assert!(message.contains("missing/z.npy: is in a folder that is not there"), "{message}");
}

#[test]
fn results_are_of_the_type_the_model_computes_in() {
    let folder = Folder::new();
    let model = Sequential::new().input_layer(InputLayer::new([3]).dtype("float64")).dense(2).dtype(Float64);
    let model = model.build().unwrap();
    folder.leave("m", &model);
    let x = numbers(&[4, 3]);
    folder.write("x.npy", x.clone());
    folder.prints(&["predict", "m.json", "--weights", "m.safetensors", "--input", "x.npy", "--output", "y.npy"]);
    assert_eq!(folder.read("y.npy"), Array::from(model.predict_as::<f64>(&x, 32).unwrap()));
}

#[test]
fn what_can_not_be_predicted_is_refused_and_leaves_nothing() {
    let folder = Folder::new();
    folder.leave("m", &classifier());
    folder.write("x.npy", numbers(&[4, 20, 3]));
    folder.write("wrong.npy", numbers(&[4, 20, 2]));
    folder.write("one.npy", ndarray::arr0(1.0f32));
    std::fs::write(folder.path("y.npy"), "old").unwrap();
    std::fs::write(folder.path("broken.json"), "{\"class_name\": \"Sequential\",").unwrap();
    std::fs::write(folder.path("unknown.json"), r#"{"class_name": "Sequentiall", "config": {}}"#).unwrap();
    let predict = |model: &str, input: &str| {
        folder.fails(&["predict", model, "--weights", "m.safetensors", "--input", input, "--output", "y.npy"])
    };
    assert!(predict("m.json", "wrong.npy").contains("has shape (4, 20, 2), expected (None, 20, 3)"));
    assert!(predict("m.json", "none.npy").contains("none.npy"));
    assert!(predict("m.json", "one.npy").contains("holds a single number"));
    assert!(predict("none.json", "x.npy").contains("none.json"));
    assert!(predict("broken.json", "x.npy").contains("broken.json"));
    assert!(predict("unknown.json", "x.npy").contains("Sequentiall"));
    let message = folder.fails(&["predict", "m.json", "--input", "x.npy", "--output", "y.npy"]);
    assert!(message.contains("m.json: a config without weights\n  help:  give them with `--weights`"), "{message}");
    assert_eq!(std::fs::read(folder.path("y.npy")).unwrap(), b"old");
}

#[test]
fn files_that_can_not_be_written_or_are_of_another_kind_are_named() {
    let folder = Folder::new();
    folder.leave("m", &classifier());
    folder.prints(&["convert", "m.json", "m.keras", "--weights", "m.safetensors"]);
    let message = folder.fails(&["convert", "m.keras", "missing/m.json"]);
    let expected = "error: missing/m.json: is in a folder that is not there\n  help:  make the folder first\n";
    assert_eq!(message, expected);
    let message = folder.fails(&["init", "m.keras", "--output", "i.keras"]);
    assert!(message.starts_with("error: m.keras: is no config, expected the JSON of a model's layers"), "{message}");
    std::fs::write(folder.path("empty.keras"), "").unwrap();
    let message = folder.fails(&["summary", "empty.keras"]);
    assert_eq!(message, "error: empty.keras: no model, expected a `.keras` or `.h5` file\n");
    let message = folder.fails(&["init", "m.json", "--output", "i.h5"]);
    assert!(message.ends_with("help:  take one of .keras, .weights.h5, .safetensors, .npz\n"), "{message}");
}

#[test]
fn wrong_usage_is_told_apart() {
    let folder = Folder::new();
    for arguments in [&["predict", "m.json"][..], &["no-such-verb"], &["summary", "m.json", "--threads", "0"], &[]] {
        assert_eq!(folder.run(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn help_shows_examples_of_every_verb() {
    let folder = Folder::new();
    assert!(folder.prints(&["--help"]).contains("A first tour"));
    for verb in ["summary", "predict", "fit", "evaluate", "convert", "init", "bench", "completions"] {
        let help = folder.prints(&[verb, "--help"]);
        assert!(help.contains(&format!("Examples:\n  argali {verb} ")) && help.contains("--threads"), "{help}");
    }
}

fn compiled() -> Model {
    let mut model = classifier();
    model.compile(Adam::new().learning_rate(0.01), SparseCategoricalCrossentropy::new(), ["accuracy"]).unwrap();
    model
}

fn labelled(samples: usize) -> (ArrayD<f32>, ArrayD<i64>) {
    let labels = ArrayD::from_shape_fn(IxDyn(&[samples]), |i| (i[0] * 7 % 4) as i64);
    (numbers(&[samples, 20, 3]), labels)
}

#[test]
fn evaluation_is_that_of_the_library() {
    let folder = Folder::new();
    let model = compiled();
    folder.leave("m", &model);
    let (x, t) = labelled(50);
    folder.write("x.npy", x.clone());
    folder.write("t.npy", t.clone());
    let expected = model.evaluate(&x, &t).unwrap();
    let evaluate = ["evaluate", "m.json", "--weights", "m.safetensors", "--input", "x.npy", "--target", "t.npy"];
    let json: Json = serde_json::from_str(&folder.prints(&[&evaluate[..], &["--json"]].concat())).unwrap();
    assert_eq!(json["loss"].as_f64(), Some(expected["loss"]));
    assert_eq!(json["accuracy"].as_f64(), Some(expected["accuracy"]));
    let text = folder.prints(&evaluate);
    assert!(text.contains(&format!("loss      {:.6}\n", expected["loss"])), "{text}");

    folder.leave("plain", &classifier());
    let plain = ["evaluate", "plain.json", "--weights", "plain.safetensors", "--input", "x.npy", "--target", "t.npy"];
    assert!(folder.fails(&plain).contains("the model is not compiled"));
    assert!(folder.fails(&["evaluate", "m.json", "--input", "x.npy", "--target", "t.npy"]).contains("without weights"));
}

#[test]
fn bench_prints_what_it_says() {
    let folder = Folder::new();
    folder.leave("m", &classifier());
    let keys = |arguments: &[&str]| {
        let json: Json = serde_json::from_str(&folder.prints(arguments)).unwrap();
        json.as_object().unwrap().iter().map(|(k, v)| (k.clone(), v.clone())).collect::<Vec<_>>()
    };
    let bench = ["bench", "m.json", "--batch-size", "8", "--runs", "5", "--threads", "1", "--json"];
    for arguments in [&bench[..], &[&bench[..], &["--train"]].concat()] {
        let found = keys(arguments);
        let names: Vec<_> = found.iter().map(|(k, _)| k.as_str()).collect();
        let expected = "median_ms p10_ms p90_ms runs threads batch_size samples_per_s gflop_per_s";
        assert_eq!(names, expected.split(' ').collect::<Vec<_>>());
        assert_eq!([&found[3].1, &found[4].1, &found[5].1], [5, 1, 8]);
        assert!(found.iter().all(|(_, v)| v.as_f64().is_some_and(|v| v > 0.0)), "{found:?}");
        let (median, per_second) = (found[0].1.as_f64().unwrap(), found[6].1.as_f64().unwrap());
        assert!((median * per_second / 8e3 - 1.0).abs() < 1e-9);
    }
    let text = folder.prints(&["bench", "m.json", "--batch-size", "2", "--runs", "3", "--profile"]);
    assert!(text.contains("separable_conv1d") && text.contains("dense"), "{text}");
    let text = folder.prints(&["bench", "m.json", "--batch-size", "2", "--runs", "3", "--train", "--profile"]);
    assert!(text.contains("separable_conv1d") && text.contains("loss, metrics, optimizer"), "{text}");
}

#[test]
fn shells_complete_the_command() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(folder.prints(&["completions", shell]).contains("evaluate"), "{shell}");
    }
}

#[test]
fn fresh_weights_depend_on_the_seed_alone() {
    let folder = Folder::new();
    std::fs::write(folder.path("m.json"), classifier().to_json()).unwrap();
    let init = |seed: &str, output: &str| {
        folder.prints(&["init", "m.json", "--output", output, "--seed", seed]);
        std::fs::read(folder.path(output)).unwrap()
    };
    let first = init("5", "a.safetensors");
    assert_eq!(first, init("5", "b.safetensors"));
    assert_ne!(first, init("6", "c.safetensors"));
    let expected = Model::from_json(&classifier().to_json()).unwrap().seed(5);
    let loaded = Model::from_json(&classifier().to_json()).unwrap();
    loaded.load_weights(folder.path("a.safetensors")).unwrap();
    assert_eq!(loaded.get_weights().unwrap(), expected.get_weights().unwrap());
    assert!(folder.fails(&["init", "m.json", "--output", "m.txt"]).contains("does not say what to write"));
    assert!(folder.fails(&["init", "m.json", "--output", "n.json"]).contains("without room for weights"));
    folder.prints(&["init", "m.json", "--output", "m.keras", "--seed", "5"]);
    let whole = Model::load(folder.path("m.keras")).unwrap();
    assert_eq!(whole.get_weights().unwrap(), expected.get_weights().unwrap());
}

/// From every kind of file to every other, and what they hold stays the same.
#[test]
fn models_are_converted_between_all_formats() {
    let folder = Folder::new();
    let model = compiled();
    folder.leave("m", &model);
    let bytes = |name: &str| std::fs::read(folder.path(name)).unwrap();
    let read = |name: &str| argali_formats::json::read(folder.path(name)).unwrap();
    folder.prints(&["convert", "m.json", "m.keras", "--weights", "m.safetensors"]);
    for weights in ["w.weights.h5", "w.npz", "w.safetensors"] {
        folder.prints(&["convert", "m.keras", weights]);
        folder.prints(&["convert", weights, "back.keras", "--model", "m.json"]);
        folder.prints(&["convert", "back.keras", "back.safetensors"]);
        assert_eq!(bytes("back.safetensors"), bytes("m.safetensors"), "{weights}");
        folder.prints(&["convert", "back.keras", "back.json"]);
        assert_eq!(read("back.json"), read("m.json"), "{weights}");
        assert!(folder.fails(&["convert", weights, "x.keras"]).contains("weights without a model\n  help:  give the"));
    }
    folder.prints(&["convert", "m.json", "m.rs"]);
    folder.prints(&["convert", "m.keras", "n.rs"]);
    assert_eq!(
        String::from_utf8(bytes("m.rs")).unwrap(),
        Model::from_json(&model.to_json()).unwrap().to_rust().unwrap()
    );
    assert_eq!(bytes("m.rs"), bytes("n.rs"));
    assert!(folder.fails(&["convert", "m.json", "v.keras"]).contains("a config without weights"));
    assert!(folder.fails(&["convert", "m.json", "v.docx"]).contains("v.docx"));
    std::fs::write(folder.path("other.keras"), "no model").unwrap();
    assert!(folder.fails(&["convert", "other.keras", "v.json"]).contains("other.keras"));
    let names = folder.names();
    assert!(!names.iter().any(|name| name.starts_with("v.") || name.starts_with('x')), "{names:?}");
}

/// Training that stops, is saved, and goes on from the file gives what training at once does.
#[test]
fn training_goes_on_where_it_stopped() {
    let folder = Folder::new();
    let (x, t) = labelled(24);
    folder.write("x.npy", x);
    folder.write("t.npy", t);
    folder.leave("m", &compiled());
    folder.prints(&["convert", "m.json", "m.keras", "--weights", "m.safetensors"]);
    let fit = |from: &str, to: &str, epochs: &str| {
        let data = ["--input", "x.npy", "--target", "t.npy", "--no-shuffle", "--seed", "1"];
        folder.prints(&[&["fit", from, "--output", to, "--epochs", epochs], &data[..]].concat());
    };
    fit("m.keras", "once.keras", "4");
    fit("m.keras", "half.keras", "2");
    fit("half.keras", "twice.keras", "2");
    let load = |name: &str| Model::load(folder.path(name)).unwrap();
    let (once, twice) = (load("once.keras"), load("twice.keras"));
    assert_eq!((once.iterations(), load("half.keras").iterations()), (4, 2));
    assert_eq!(twice.iterations(), 4);
    assert_eq!(once.get_weights().unwrap(), twice.get_weights().unwrap());
}

/// Runs training in the command and in the library, and compares everything they leave.
#[test]
fn training_is_that_of_the_library() {
    let folder = Folder::new();
    let (x, t) = labelled(40);
    folder.write("x.npy", x.clone());
    folder.write("t.npy", t.clone());
    std::fs::write(folder.path("m.json"), compiled().to_json()).unwrap();
    let fit = ["fit", "m.json", "--input", "x.npy", "--target", "t.npy", "--output", "m.safetensors", "--seed", "9"];
    let options = ["--epochs", "3", "--batch-size", "8", "--validation-split", "0.2"];
    let files = ["--history", "h.csv", "--report", "r.html"];
    let output = folder.run(&[&fit[..], &options, &files].concat());
    let progress = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{progress}");
    assert!(output.stdout.is_empty() && progress.lines().count() == 3 && progress.starts_with("Epoch 1/3"));

    let mut expected = Model::from_json(&compiled().to_json()).unwrap().seed(9);
    let options = Fit::new().epochs(3).batch_size(8).validation_split(0.2).verbose(Verbose::Silent);
    let history = expected.fit(&x, &t, options).unwrap();
    let trained = Model::from_json(&compiled().to_json()).unwrap();
    trained.load_weights(folder.path("m.safetensors")).unwrap();
    assert_eq!(trained.get_weights().unwrap(), expected.get_weights().unwrap());

    let csv = std::fs::read_to_string(folder.path("h.csv")).unwrap();
    let rows: Vec<Vec<&str>> = csv.lines().map(|l| l.split(',').collect()).collect();
    assert_eq!(rows[0], ["epoch", "loss", "accuracy", "val_loss", "val_accuracy"]);
    for (epoch, row) in rows[1..].iter().enumerate() {
        assert_eq!(row[0], epoch.to_string());
        let found = row[1..].iter().map(|v| v.parse::<f64>().unwrap());
        assert!(found.eq(rows[0][1..].iter().map(|name| history[*name][epoch])));
    }
    let page = std::fs::read_to_string(folder.path("r.html")).unwrap();
    assert!(page.contains("3 epochs") && page.contains("argali-diagram") && !page.contains("<script"));
}

#[test]
fn options_compile_the_model() {
    let folder = Folder::new();
    let (x, t) = labelled(16);
    folder.write("x.npy", x);
    folder.write("t.npy", t);
    std::fs::write(folder.path("m.json"), classifier().to_json()).unwrap();
    let fit = ["fit", "m.json", "--input", "x.npy", "--target", "t.npy", "--output", "o.keras", "--no-shuffle"];
    let message = folder.fails(&fit);
    assert!(message.contains("compiled without optimizer\n  help:  give both"), "{message}");
    let loss = ["--loss", "sparse_categorical_crossentropy"];
    assert!(folder.fails(&[&fit[..], &["--optimizer", "sgd"]].concat()).contains("compiled without loss"));
    assert!(folder.fails(&[&fit[..], &["--optimizer", "adem"], &loss].concat()).contains("did you mean `Adam`?"));
    folder.fails(&[&fit[..], &["--optimizer", "sgd", "--loss", "mse", "--metric", "acuracy"]].concat());
    folder.fails(&[&fit[..], &["--optimizer", "sgd"], &loss, &["--report", "missing/r.html"]].concat());
    folder.fails(&[&fit[..], &["--optimizer", "sgd"], &loss, &["--validation-split", "1.5"]].concat());
    let arguments = [&fit[..], &["--optimizer", "sgd", "--learning-rate", "0.25", "--metric", "accuracy"], &loss];
    folder.prints(&arguments.concat());
    let saved = Model::load(folder.path("o.keras")).unwrap();
    let compiled = saved.compile_config();
    assert_eq!(compiled["optimizer"]["class_name"], "SGD");
    assert_eq!(compiled["optimizer"]["config"]["learning_rate"], 0.25);
    assert_eq!(compiled["metrics"], serde_json::json!(["accuracy"]));
}

#[test]
fn data_for_validation_comes_from_files() {
    let folder = Folder::new();
    let (x, t) = labelled(16);
    folder.write("x.npy", x.clone());
    folder.write("t.npy", t.clone());
    std::fs::write(folder.path("m.json"), compiled().to_json()).unwrap();
    let fit = ["fit", "m.json", "--input", "x.npy", "--target", "t.npy", "--output", "o.safetensors"];
    let validation = ["--validation-input", "x.npy", "--validation-target", "t.npy", "--history", "h.csv"];
    folder.prints(&[&fit[..], &validation].concat());
    let csv = std::fs::read_to_string(folder.path("h.csv")).unwrap();
    let last = csv.lines().last().unwrap();
    let model = Model::from_json(&compiled().to_json()).unwrap();
    model.load_weights(folder.path("o.safetensors")).unwrap();
    let expected = model.evaluate(&x, &t).unwrap();
    assert!(last.ends_with(&format!(",{},{}", expected["loss"], expected["accuracy"])), "{last}");
    assert_eq!(folder.run(&[&fit[..], &["--validation-input", "x.npy"]].concat()).status.code(), Some(2));
    let both = [&validation[..4], &["--validation-split", "0.5"]].concat();
    assert_eq!(folder.run(&[&fit[..], &both].concat()).status.code(), Some(2));
}
