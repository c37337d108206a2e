//! Transfer: train a network on one task, freeze its body, and give it a new head for another.

use argali::prelude::*;
use ndarray::{Array1, Array3};

/// Bursts of noise-free waves; the class is how many half waves fit into the window.
fn waves(samples: usize, classes: usize) -> (Array3<f32>, Array1<i64>) {
    let y = Array1::from_shape_fn(samples, |i| (i % classes) as i64);
    let x = Array3::from_shape_fn((samples, 48, 1), |(i, t, _)| ((y[i] + 1) as f32 * t as f32 / 10.0 + i as f32).sin());
    (x, y)
}

fn main() -> argali::Result<()> {
    let (x, y) = waves(96, 3);
    let mut first = Sequential::new()
        .seed(5)
        .input([48, 1])
        .separable_conv_1d(16, 9)
        .padding(Same)
        .activation(Relu)
        .name("body_1")
        .separable_conv_1d(32, 9)
        .padding(Same)
        .activation(Relu)
        .name("body_2")
        .global_max_pooling_1d()
        .name("features")
        .dense(3)
        .activation(Softmax)
        .build()?;
    first.compile(Adam::new().learning_rate(0.01), SparseCategoricalCrossentropy::new(), ["accuracy"])?;
    let history = first.fit(&x, &y, Fit::new().epochs(40).verbose(Verbose::Silent))?;
    println!("three classes: accuracy {:.3}", history.last("accuracy").unwrap_or(0.0));

    for layer in first.layers() {
        layer.set_trainable(false);
    }
    let features = first.output_of("features")?;
    let mut second = Model::new(first.inputs(), features.dense(5).activation(Softmax))?.seed(6);
    println!("{} of {} weights are trained", second.count_trainable_params(), second.count_params());

    let before = first.get_layer("body_1")?.get_weights();
    let (x, y) = waves(80, 5);
    second.compile(Adam::new().learning_rate(0.05), SparseCategoricalCrossentropy::new(), ["accuracy"])?;
    let history = second.fit(&x, &y, Fit::new().epochs(60).verbose(Verbose::Silent))?;
    println!("five classes: accuracy {:.3}", history.last("accuracy").unwrap_or(0.0));
    assert_eq!(before, first.get_layer("body_1")?.get_weights(), "frozen weights stay");
    Ok(())
}
