//! What loading MobileNet costs: at most five times a warm read of the file, at most the file plus twice the weights plus
//! 32 MB of memory. Loaded in a process of its own, so that its peak is nothing else's.

use argali::Model;
use argali_examples::MobileNet;
use std::process::Command;
use std::time::{Duration, Instant};

/// Names the file to the process that loads it.
const FILE: &str = "ARGALI_LOADED_FILE";

/// Time is measured where code is optimised.
const IS_OPTIMISED: bool = !cfg!(debug_assertions);

/// The shortest of several runs.
fn shortest<T>(mut run: impl FnMut() -> T) -> Duration {
    let timed = (0..7).map(|_| {
        let start = Instant::now();
        let result = run();
        let elapsed = start.elapsed();
        drop(result);
        elapsed
    });
    timed.min().unwrap_or_default()
}

/// The largest resident size so far, in bytes.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? << 10)
}

#[test]
fn loading_costs_little_time_and_memory() {
    if let Some(file) = std::env::var_os(FILE) {
        let model = Model::load(file).expect("a model");
        println!("weights {} peak {}", model.count_params() * 4, peak_memory().unwrap_or(0));
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mobilenet.keras");
    MobileNet::default().model(224, 224).and_then(|m| m.save(&path)).expect("a saved model");
    let size = std::fs::metadata(&path).expect("a file").len();

    let this = std::env::current_exe().expect("a path");
    let child = Command::new(this).arg("--nocapture").env(FILE, &path).output().expect("a process");
    let said = String::from_utf8_lossy(&child.stdout);
    let number = |name: &str| {
        let mut words = said.split_whitespace().skip_while(|word| *word != name).skip(1);
        words.next().and_then(|word| word.parse::<u64>().ok()).unwrap_or_else(|| panic!("no {name} in {said}"))
    };
    let (weights, peak) = (number("weights"), number("peak"));
    println!("file {size}, weights {weights}, peak {peak} bytes");
    assert!(peak <= size + 2 * weights + 32_000_000, "{peak} bytes for a file of {size} and weights of {weights}");

    let read = shortest(|| std::fs::read(&path).expect("a file"));
    let load = shortest(|| Model::load(&path).expect("a model"));
    println!("read {read:?}, load {load:?}, {:.1} times", load.as_secs_f64() / read.as_secs_f64());
    assert!(!IS_OPTIMISED || load <= 5 * read, "loading takes {load:?}, reading {read:?}");
}
