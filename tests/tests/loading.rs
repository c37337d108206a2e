//! What loading MobileNet costs with optimised code: at most five times a warm read of the file, at most the file plus twice the weights plus
//! 32 MB of memory. Read and loaded by processes of their own, so that neither finds memory that something else left.

use argali::Model;
use argali_examples::MobileNet;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Says what a process of its own is to do, and with which file.
const TASK: &str = "ARGALI_LOADING_TASK";
const FILE: &str = "ARGALI_LOADING_FILE";

/// Times a read that loading should take, and the factor by which a busy machine or code that is not optimised may exceed it.
const READS: u64 = 5;
const GUARD: u64 = 10;

/// The largest resident size so far, in bytes.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? << 10)
}

fn work(task: &str, file: &Path) {
    let start = Instant::now();
    let weights = match task {
        "load" => Model::load(file).expect("a model").count_params() * 4,
        _ => std::fs::read(file).expect("a file").len(),
    };
    let elapsed = start.elapsed().as_nanos();
    println!("nanoseconds {elapsed} weights {weights} peak {}", peak_memory().unwrap_or(0));
}

/// The numbers that a process says, each the smallest of several.
fn measured(task: &str, file: &Path) -> [u64; 3] {
    let this = std::env::current_exe().expect("a path");
    let run = || -> [u64; 3] {
        let child = Command::new(&this).arg("--nocapture").env(TASK, task).env(FILE, file).output().expect("a process");
        let said = String::from_utf8_lossy(&child.stdout).into_owned();
        ["nanoseconds", "weights", "peak"].map(|name| {
            let mut words = said.split_whitespace().skip_while(|word| *word != name).skip(1);
            words.next().and_then(|word| word.parse().ok()).unwrap_or_else(|| panic!("no {name} in {said}"))
        })
    };
    (0..7).map(|_| run()).reduce(|a, b| [0, 1, 2].map(|i: usize| a[i].min(b[i]))).unwrap_or_default()
}

#[test]
fn loading_costs_little_time_and_memory() {
    if let (Ok(task), Some(file)) = (std::env::var(TASK), std::env::var_os(FILE)) {
        return work(&task, Path::new(&file));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mobilenet.keras");
    MobileNet::default().model(224, 224).and_then(|m| m.save(&path)).expect("a saved model");

    let ([read, size, _], [load, weights, peak]) = (measured("read", &path), measured("load", &path));
    println!("read {read} ns, load {load} ns, {:.1} times", load as f64 / read as f64);
    println!("file {size}, weights {weights}, peak {peak} bytes");
    assert!(peak <= size + 2 * weights + 32_000_000, "{peak} bytes for a file of {size} and weights of {weights}");
    assert!(load <= GUARD * READS * read, "loading takes {load} ns, reading {read}");
}
