//! A file that is being saved is the old or the new one at every moment, whatever happens to the process.

use argali::ArrayD;
use argali::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names the file that a process of its own saves again and again, until it is killed.
const FILE: &str = "ARGALI_SAVING_FILE";
/// Of each kind of file.
const KILLS: u64 = 15;
const READS: usize = 50;
const HANGING: Duration = Duration::from_secs(60);

/// A model of half a megabyte.
fn model() -> Model {
    Sequential::new().input([256]).dense(256).dense(256).build().expect("a model")
}

fn filled(model: &Model, value: f64) {
    let arrays = model.get_weights().expect("weights");
    let arrays: Vec<_> = arrays.iter().map(|array: &ArrayD<f64>| ArrayD::from_elem(array.shape(), value)).collect();
    model.set_weights(&arrays).expect("weights of the same shapes");
}

fn save(model: &Model, path: &Path) {
    match path.extension().is_some_and(|ending| ending == "keras") {
        true => model.save(path).expect("saved"),
        false => model.save_weights(path).expect("saved"),
    }
}

fn save_for_ever(path: &Path) -> ! {
    let model = model();
    for value in (0..).map(|i: u32| f64::from(i % (1 << 24))) {
        filled(&model, value);
        save(&model, path);
    }
    unreachable!("there are more numbers than time")
}

fn start_saving(path: &Path) -> Child {
    let this = std::env::current_exe().expect("a path");
    let arguments = ["--exact", "a_saving_process", "--nocapture"];
    Command::new(this).args(arguments).env(FILE, path).stdout(Stdio::null()).spawn().expect("a process")
}

#[test]
fn a_saving_process() {
    if let Some(file) = std::env::var_os(FILE) {
        save_for_ever(Path::new(&file));
    }
}

/// The one value that all weights of the file have.
fn value(path: &Path) -> f64 {
    let loaded = match path.extension().is_some_and(|ending| ending == "keras") {
        true => Model::load(path).unwrap_or_else(|error| panic!("{error}")),
        false => {
            let model = model();
            model.load_weights(path).unwrap_or_else(|error| panic!("{error}"));
            model
        }
    };
    let arrays: Vec<ArrayD<f64>> = loaded.get_weights().expect("weights");
    let first = arrays[0][[0, 0]];
    assert!(arrays.iter().flatten().all(|value| *value == first), "a mixture of files");
    first
}

fn files(folder: &Path) -> [PathBuf; 4] {
    ["model.keras", "model.weights.h5", "model.safetensors", "model.npz"].map(|name| folder.join(name))
}

/// Waits until a process has saved the file.
fn wait_for_change(path: &Path) {
    let modified = || std::fs::metadata(path).and_then(|metadata| metadata.modified()).expect("a time");
    let (before, start) = (modified(), Instant::now());
    while modified() == before {
        assert!(start.elapsed() < HANGING, "{} is not saved", path.display());
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_killed_save_leaves_the_old_or_the_new_file() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in files(folder.path()) {
        let model = model();
        filled(&model, -1.0);
        save(&model, &path);
        for kill in 0..KILLS {
            let mut child = start_saving(&path);
            wait_for_change(&path);
            std::thread::sleep(Duration::from_micros(kill * 7_919 % 20_000));
            child.kill().expect("killed");
            child.wait().expect("ended");
            assert!(value(&path) >= 0.0, "{} is that from before the save", path.display());
        }
    }
}

#[test]
fn readers_see_complete_files_while_two_processes_save() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in files(folder.path()) {
        let model = model();
        filled(&model, -1.0);
        save(&model, &path);
        let mut children = [start_saving(&path), start_saving(&path)];
        let (mut seen, start) = (BTreeSet::new(), Instant::now());
        for read in 0.. {
            seen.insert(value(&path).to_bits());
            if read > READS && seen.len() > 2 {
                break;
            }
            assert!(start.elapsed() < HANGING, "{} does not change", path.display());
        }
        children.iter_mut().for_each(|child| {
            child.kill().expect("killed");
            child.wait().expect("ended");
        });
    }
}
