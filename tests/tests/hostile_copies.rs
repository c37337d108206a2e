//! Forged copies of one file are refused with the memory of an honest one, and honest ones in other encodings are read.

use argali::prelude::*;
use argali::{ArrayD, Error};
use argali_formats::npz;
use std::path::{Path, PathBuf};

/// More than the process and the tests' own data take, much less than any of the forged sizes.
const MEMORY: u64 = 96 << 20;

fn copies(kind: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile");
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    let named = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(kind) && name.ends_with(ending)
    };
    let mut files: Vec<_> = files.filter(named).collect();
    files.sort();
    files
}

fn model() -> Model {
    Sequential::new().input([3]).dense(2).name("dense").build().expect("a model")
}

fn weights(model: &Model) -> Vec<ArrayD<f64>> {
    model.get_weights().expect("weights")
}

fn expected() -> Vec<ArrayD<f64>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile/weights.npz");
    let arrays = npz::read(path).expect("arrays");
    ["kernel", "bias"].map(|name| arrays[name].to_f64()).into()
}

#[test]
fn honest_copies_are_read() {
    let weights_files = copies("good_", ".weights.h5");
    assert!(weights_files.len() >= 8, "{weights_files:?}");
    for path in weights_files {
        let model = model();
        model.load_weights(&path).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(weights(&model), expected(), "{}", path.display());
    }
    for path in copies("good_", ".keras") {
        assert_eq!(weights(&Model::load(&path).expect("a model")), expected(), "{}", path.display());
    }
}

fn says_where(error: &Error, path: &Path) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    assert!(error.to_string().contains(&*name), "{name}: {error}");
}

#[test]
fn forged_weights_are_refused_and_change_nothing() {
    let files = copies("bad_", ".weights.h5");
    assert!(files.len() >= 19, "{files:?}");
    for path in files {
        let model = model();
        let before = weights(&model);
        says_where(&model.load_weights(&path).expect_err(&path.display().to_string()), &path);
        assert_eq!(weights(&model), before, "{}", path.display());
        for options in [LoadWeights::new().skip_mismatch(true), LoadWeights::new().by_name(true)] {
            if let Err(error) = model.load_weights_with(&path, &options) {
                says_where(&error, &path);
            }
        }
    }
    assert!(peak_memory() < MEMORY, "{} bytes", peak_memory());
}

#[test]
fn forged_archives_are_refused_and_unpack_nothing() {
    let outside = |parent: &Path| parent.join("outside.txt").exists();
    let files = copies("bad_", ".keras");
    assert!(files.len() >= 10, "{files:?}");
    for path in files {
        says_where(&Model::load(&path).expect_err(&path.display().to_string()), &path);
        // The config is not opened for weights.
        if let Err(error) = model().load_weights(&path) {
            says_where(&error, &path);
        }
        assert!(path.ancestors().chain([Path::new("/tmp"), Path::new(".")]).all(|parent| !outside(parent)));
    }
    assert!(peak_memory() < MEMORY, "{} bytes", peak_memory());
}

/// The largest resident size so far, in bytes, where the system tells it.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).map_or(0, |kilobytes| kilobytes << 10)
}
