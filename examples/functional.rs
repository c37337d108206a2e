//! Two branches on one input: short and long windows see the same signal, and two outputs answer two questions.

use argali::prelude::*;
use ndarray::{Array1, Array3};

fn main() -> argali::Result<()> {
    // Sine waves of two frequencies with a drift: which frequency is it, and how steep is the drift?
    let drift = Array1::from_shape_fn(128, |i| (i % 11) as f32 / 10.0 - 0.5);
    let fast = Array1::from_shape_fn(128, |i| i64::from(i % 2 == 1));
    let x = Array3::from_shape_fn((128, 64, 1), |(i, t, _)| {
        let frequency = if fast[i] == 1 { 1.1 } else { 0.3 };
        (frequency * t as f32 + i as f32).sin() + drift[i] * t as f32 / 64.0
    });

    let signal = input([64, 1]);
    let short = signal.separable_conv_1d(16, 3).padding(Same).activation(Relu).global_average_pooling_1d().tensor();
    let long = signal.separable_conv_1d(16, 15).padding(Same).activation(Relu).global_average_pooling_1d().tensor();
    let both = concatenate([&short, &long]).dense(32).activation(Relu).tensor();
    let frequency = both.dense(1).activation(Sigmoid).name("fast").tensor();
    let slope = both.dense(1).name("drift").tensor();
    let mut model = Model::new(&signal, [frequency, slope])?.seed(7);
    model.summary();

    let losses = Compile::new(Adam::new().learning_rate(0.01), "mse").output_loss("fast", BinaryCrossentropy::new());
    model.compile_with(
        losses.output_loss("drift", "mse").output_metrics("fast", ["accuracy"]).loss_weights([1.0, 2.0]),
    )?;
    let history = model.fit(&x, &(&fast, &drift), Fit::new().epochs(40).batch_size(16).verbose(Verbose::Silent))?;
    println!("fast: accuracy {:.3}", history.last("fast_accuracy").unwrap_or(0.0));
    println!("drift: mean squared error {:.4}", history.last("drift_loss").unwrap_or(f64::NAN));
    Ok(())
}
