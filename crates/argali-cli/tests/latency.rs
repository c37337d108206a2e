//! What the command costs from process start: its median over ten runs, printed.
//!
//! `cargo test --release -p argali-cli --test latency -- --nocapture` measures optimised code.

use argali::prelude::*;
use argali_formats::npy;
use ndarray::Array3;
use std::process::Command;
use std::time::{Duration, Instant};

/// What `argali predict` may take on the network of the main example, and by how much a busy machine or code that is not
/// optimised may exceed it.
const LIMIT: Duration = Duration::from_millis(20);
const GUARD: u32 = 10;

/// The network of the example `activity`.
fn activity() -> Model {
    Sequential::new()
        .input([100, 6])
        .separable_conv_1d(32, 7)
        .padding(Same)
        .depth_multiplier(2)
        .activation(Relu)
        .batch_normalization()
        .max_pooling_1d(2)
        .separable_conv_1d(64, 5)
        .padding(Same)
        .activation(Relu)
        .batch_normalization()
        .global_average_pooling_1d()
        .dropout(0.2)
        .dense(4)
        .activation(Softmax)
        .build()
        .unwrap()
}

#[test]
fn predict_answers_at_once() {
    let folder = tempfile::tempdir().unwrap();
    activity().save(folder.path().join("activity.keras")).unwrap();
    let sample = Array3::from_shape_fn((1, 100, 6), |(_, step, channel)| (step as f32 * 0.1 + channel as f32).sin());
    npy::write(folder.path().join("x.npy"), &sample.into_dyn().into()).unwrap();

    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_argali"));
        command.args(["predict", "activity.keras", "--input", "x.npy", "--output", "y.npy"]).current_dir(folder.path());
        let start = Instant::now();
        let output = command.output().unwrap();
        let elapsed = start.elapsed();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        elapsed
    };
    let mut times: Vec<_> = (0..10).map(|_| run()).collect();
    times.sort();
    let median = (times[4] + times[5]) / 2;
    println!("median {median:?}, slowest {:?}", times[9]);
    assert_eq!(npy::read(folder.path().join("y.npy")).unwrap().shape(), [1, 4]);
    assert!(median <= GUARD * LIMIT, "{median:?}");
}
