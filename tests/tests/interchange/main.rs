//! Models go from real Keras to here and back, and from here to Keras, with all that training needs to go on.
//!
//! With the environment variable `ARGALI_MODELS` naming a folder that `fixtures/check_models.py write` has filled, every
//! model in it is read, compared and written again, and the models of `models.rs` are written, for
//! `fixtures/check_models.py check`. Without it, two models that were exchanged before are.

mod models;
mod record;

use argali::engine::{DType, random};
use argali::prelude::{Float32, Float64};
use argali::settings::{self, Settings};
use argali::{ArrayD, Model};
use argali_tests::configs::{fixtures, json_files};
use argali_tests::difference;
use models::{Made, Targets};
use record::{BATCH, BATCHES, Batches, Checked, Data, Record, at, compare, config, same_tensors};
use std::path::{Path, PathBuf};

/// Where one model is read from and written to.
struct Place<'a> {
    folder: &'a Path,
    name: &'a str,
    is_double: bool,
}

impl Place<'_> {
    fn keras(&self, ending: &str) -> PathBuf {
        self.folder.join("keras").join(format!("{}{ending}", self.name))
    }

    fn argali(&self, ending: &str) -> PathBuf {
        self.folder.join("argali").join(format!("{}{ending}", self.name))
    }

    /// Tolerances of predictions, and of weights after training that went on elsewhere.
    fn tolerances(&self) -> (f64, f64) {
        if self.is_double { (1e-10, 1e-8) } else { (1e-5, 1e-4) }
    }

    /// Checks a model of Keras, trains it on, and leaves it for Keras.
    fn check(&self) -> Checked {
        let (close, trained) = self.tolerances();
        let record = Record::read(&self.keras(".npz"), self.is_double)?;
        let (batches, predictions) = (record.batches(), record.list("prediction"));
        let mut model = at("load", Model::load(self.keras(".keras")))?;
        let json = config(&self.keras(".keras"))?;
        let again = self.folder.join(format!("{}.keras", self.name));
        at("save", model.save(&again))?;
        difference(&config(&again)?, &json, "$").map_or(Ok(()), |d| Err(format!("config {d}")))?;
        same_tensors(&again, &self.keras(".keras"), model.iterations() == 0)?;
        compare("prediction", &batches.predict(&model)?, &predictions, close)?;
        let bare = at("config", Model::from_json(&json.to_string()))?;
        at("load_weights", bare.load_weights(self.keras(".weights.h5")))?;
        compare("prediction with loaded weights", &batches.predict(&bare)?, &predictions, close)?;
        if record.has("iteration") {
            record.check_state(&model, "")?;
        }
        if record.has("final/0") {
            batches.train(&mut model, BATCHES)?;
            compare("weight after training on", &at("weights", model.get_weights())?, &record.list("final"), trained)?;
            record.check_state(&model, "final_")?;
        }
        self.leave(model, &batches, record.has("final/0"))
    }

    /// Writes the model, what it predicts, and the weights that further training leads to.
    fn leave(&self, mut model: Model, batches: &Batches, is_trained: bool) -> Checked {
        at("save", model.save(self.argali(".keras")))?;
        at("save_weights", model.save_weights(self.argali(".weights.h5")))?;
        let mut record = Record::new(batches, self.is_double);
        record.put("prediction", batches.predict(&model)?);
        record.put_state(&model);
        if is_trained {
            batches.train(&mut model, BATCHES)?;
            record.put("final", at("weights", model.get_weights())?);
        }
        record.write(&self.argali(".npz"))
    }

    /// Makes a model, leaves it untrained and trained.
    fn make(&self, made: Made) -> Checked {
        let Made { model, targets, length, steps } = made;
        let mut model = at("model", model)?;
        let batches = draw(self.name, &model, &targets, length)?;
        at("save", model.save(self.argali(".start.keras")))?;
        batches.train(&mut model, steps)?;
        self.leave(model, &batches, steps > 0)
    }
}

/// Data for a model, from its name.
fn draw(name: &str, model: &Model, targets: &[Targets], length: usize) -> Checked<Batches> {
    let seed = name.bytes().fold(7_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
    let mut place = 0;
    let mut normal = |shape: &[usize]| {
        place += 1;
        let key = random::Key::new(seed, place);
        let numbers = random::normal(key, DType::F32, shape.iter().product(), 0.0, 1.0);
        at("data", ArrayD::from_shape_vec(shape.to_vec(), numbers.as_slice().to_f64()))
    };
    let mut x = Vec::new();
    for input in model.inputs() {
        let dims = &at("input", input.shape())?.0;
        let sample = dims.iter().skip(1).map(|dim| dim.unwrap_or(length));
        let shape: Vec<_> = [BATCH * BATCHES].into_iter().chain(sample).collect();
        x.push(Data::Numbers(normal(&shape)?));
    }
    let mut batches = Batches { x, y: Vec::new() };
    for (prediction, targets) in batches.predict(model)?.iter().zip(targets) {
        let shape: Vec<_> = [BATCH * BATCHES].into_iter().chain(prediction.shape()[1..].iter().copied()).collect();
        batches.y.push(match targets {
            Targets::Normal => Data::Numbers(normal(&shape)?),
            Targets::Labels => {
                let classes = shape.last().copied().unwrap_or(1).max(2) as f64;
                let labels = normal(&shape[..1])?.mapv(|n| ((n.abs() * 100.0) % classes).floor() as i64);
                Data::Labels(labels)
            }
        });
    }
    Ok(batches)
}

/// Models of Keras in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("keras")).expect("models of Keras");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<_> = names.filter_map(|name| name.strip_suffix(".keras").map(str::to_owned)).collect();
    names.sort();
    names
}

/// Exchanges the models of one dtype; the number of them, and what went wrong.
fn exchange(folder: &Path, is_double: bool) -> (usize, Vec<String>) {
    settings::set(Settings { floatx: if is_double { Float64 } else { Float32 }, ..Settings::default() });
    let mut wrong = Vec::new();
    let mut note = |name: &str, result: Checked| wrong.extend(result.err().map(|error| format!("{name}: {error}")));
    let names = names(folder);
    for name in &names {
        note(name, Place { folder, name, is_double }.check());
    }
    let made = if is_double { Vec::new() } else { models::all() };
    let count = names.len() + made.len();
    for (name, made) in made {
        note(&name, Place { folder, name: &format!("made_{name}"), is_double }.make(made));
    }
    (count, wrong)
}

/// The classes of layers that are in none of the models.
fn missing_classes(folder: &Path) -> Vec<String> {
    let texts: Vec<_> = names(folder)
        .iter()
        .map(|name| config(&folder.join("keras").join(format!("{name}.keras"))).expect("a config").to_string())
        .collect();
    let classes = json_files(&fixtures().join("layers")).into_iter().filter_map(|path| {
        let name = path.file_stem()?.to_str()?.to_owned();
        name.starts_with(char::is_uppercase).then_some(name)
    });
    classes.filter(|class| !texts.iter().any(|text| text.contains(&format!("\"class_name\":\"{class}\"")))).collect()
}

#[test]
fn models_are_exchanged_with_keras() {
    let given = std::env::var_os("ARGALI_MODELS").map(PathBuf::from);
    let copy = tempfile::tempdir().expect("a folder");
    let folder = given.clone().unwrap_or_else(|| copy.path().to_path_buf());
    if given.is_none() {
        for name in ["float32/keras", "float64/keras", "float32/argali", "float64/argali"] {
            std::fs::create_dir_all(folder.join(name)).expect("a folder");
        }
        for file in std::fs::read_dir(fixtures().join("interchange"))
            .expect("fixtures")
            .map(|entry| entry.expect("an entry").path())
        {
            std::fs::copy(&file, folder.join("float32/keras").join(file.file_name().expect("a name"))).expect("a copy");
        }
    }
    if given.is_some() {
        assert_eq!(missing_classes(&folder.join("float32")), [""; 0], "layers that no model of Keras has");
    }
    let (single, mut wrong) = exchange(&folder.join("float32"), false);
    let (double, wrong_double) = exchange(&folder.join("float64"), true);
    wrong.extend(wrong_double.into_iter().map(|error| format!("float64 {error}")));
    println!("{} models exchanged, {} of them wrong", single + double, wrong.len());
    let expected = if given.is_some() { 100 } else { 2 };
    assert!(single + double >= expected, "only {} models, expected at least {expected}", single + double);
    assert!(wrong.is_empty(), "{} of {} are wrong\n{}", wrong.len(), single + double, wrong.join("\n"));
}
