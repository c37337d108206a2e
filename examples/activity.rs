//! Recognises what somebody is doing from ten seconds of a smart watch's motion sensors.
//!
//! Builds a separable convolutional network, trains it, saves config and weights, reloads both, and checks that the
//! reloaded model predicts the same. Takes the random seed as its argument.

use argali::prelude::*;
use argali_formats::{Array, npz};
use ndarray::{Array3, ArrayD, ArrayView1, Axis};
use std::error::Error;
use std::path::Path;

const ACTIVITIES: [&str; 4] = ["badminton", "running", "standing", "walking"];

fn main() -> Result<(), Box<dyn Error>> {
    let seed = std::env::args().nth(1).map_or(Ok(1), |s| s.parse())?;
    let data = npz::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/basic_motions.npz"))?;
    let get = |name: &str| data.get(name).ok_or_else(|| format!("no array `{name}`"));
    let (x_train, x_test) = (floats(get("x_train")?)?, floats(get("x_test")?)?);
    let labels = |name: &str| get(name)?.to_i64().ok_or_else(|| format!("`{name}` holds no integers"));
    let (y_train, y_test) = (labels("y_train")?, labels("y_test")?);
    let scaler = Scaler::of(&x_train);
    let (x_train, x_test) = (scaler.scale(x_train), scaler.scale(x_test));

    let mut model = Sequential::new()
        .seed(seed)
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
        .name("activity")
        .build()?;
    model.summary();
    model.compile(Adam::new().learning_rate(0.01), SparseCategoricalCrossentropy::new(), ["accuracy"])?;
    model.fit(&x_train, &y_train, Fit::new().epochs(60).batch_size(8))?;

    let predicted = model.predict(&x_test)?;
    print_confusion(&predicted, &y_test);

    std::fs::write("activity.json", model.to_json())?;
    model.save_weights("activity.safetensors")?;
    let reloaded = Model::from_json(&std::fs::read_to_string("activity.json")?)?;
    reloaded.load_weights("activity.safetensors")?;
    assert_eq!(reloaded.predict(&x_test)?, predicted, "the reloaded model predicts the same");

    let accuracy = model.evaluate(&x_test, &y_test)?["accuracy"];
    println!("test accuracy {accuracy:.3}");
    Ok(())
}

fn floats(array: &Array) -> Result<Array3<f32>, Box<dyn Error>> {
    Ok(array.to_f32().into_dimensionality()?)
}

/// Brings every sensor channel to mean 0 and standard deviation 1.
struct Scaler {
    mean: Vec<f32>,
    deviation: Vec<f32>,
}

impl Scaler {
    fn of(x: &Array3<f32>) -> Self {
        let channels = || x.axis_iter(Axis(2));
        Scaler {
            mean: channels().map(|c| c.mean().unwrap_or(0.0)).collect(),
            deviation: channels().map(|c| c.std(0.0).max(1e-6)).collect(),
        }
    }

    fn scale(&self, mut x: Array3<f32>) -> Array3<f32> {
        for (channel, (mean, deviation)) in x.axis_iter_mut(Axis(2)).zip(self.mean.iter().zip(&self.deviation)) {
            channel.into_iter().for_each(|v| *v = (*v - mean) / deviation);
        }
        x
    }
}

fn print_confusion(predicted: &ArrayD<f32>, actual: &ArrayD<i64>) {
    let mut counts = [[0; 4]; 4];
    for (row, actual) in predicted.rows().into_iter().zip(actual) {
        counts[*actual as usize][likeliest(row)] += 1;
    }
    println!("{:>12}{}", "", ACTIVITIES.map(|a| format!("{a:>11}")).concat());
    for (activity, row) in ACTIVITIES.iter().zip(counts) {
        println!("{activity:>12}{}", row.map(|n| format!("{n:>11}")).concat());
    }
}

fn likeliest(probabilities: ArrayView1<'_, f32>) -> usize {
    let mut best = 0;
    for (class, p) in probabilities.iter().enumerate() {
        if *p > probabilities[best] {
            best = class;
        }
    }
    best
}
