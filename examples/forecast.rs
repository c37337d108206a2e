//! Forecasts a real series: next month's airline passengers from the two years before.

use argali::prelude::*;
use ndarray::{Array1, Array3};
use std::error::Error;

const WINDOW: usize = 24;
const TEST: usize = 24;

fn main() -> Result<(), Box<dyn Error>> {
    let csv = include_str!("data/air_passengers.csv");
    let passengers: Vec<f32> =
        csv.lines().skip(1).filter_map(|l| l.split(',').nth(1)).map(str::parse).collect::<Result<_, _>>()?;

    // The growth over the same month of the year before is what is left to forecast.
    let growth: Vec<f32> = (12..passengers.len()).map(|t| (passengers[t] / passengers[t - 12]).ln()).collect();
    let windows = growth.len() - WINDOW;
    let x = Array3::from_shape_fn((windows, WINDOW, 1), |(i, t, _)| growth[i + t] * 10.0);
    let y = Array1::from_shape_fn(windows, |i| growth[i + WINDOW] * 10.0);
    let (x_train, x_test) = x.view().split_at(ndarray::Axis(0), windows - TEST);
    let (y_train, _) = y.view().split_at(ndarray::Axis(0), windows - TEST);

    let mut model = Sequential::new()
        .seed(2)
        .input([WINDOW, 1])
        .conv_1d(16, 3)
        .padding(Causal)
        .activation(Relu)
        .conv_1d(16, 3)
        .padding(Causal)
        .dilation_rate(2)
        .activation(Relu)
        .conv_1d(16, 3)
        .padding(Causal)
        .dilation_rate(4)
        .activation(Relu)
        .flatten()
        .dense(1)
        .kernel_regularizer(L2(0.01))
        .build()?;
    model.compile(Adam::new().learning_rate(0.003), Huber::new(), ())?;
    let stop = EarlyStopping::new("val_loss").patience(30).restore_best_weights(true);
    let options = Fit::new().epochs(300).batch_size(16).validation_split(0.2).callback(stop).verbose(Verbose::Silent);
    let history = model.fit(&x_train, &y_train, options)?;

    let forecast = model.predict(&x_test)?;
    let first = passengers.len() - TEST;
    let error = |predicted: &dyn Fn(usize) -> f32| {
        (0..TEST).map(|i| (predicted(i) - passengers[first + i]).abs() / passengers[first + i]).sum::<f32>()
            / TEST as f32
    };
    let of_network = error(&|i| passengers[first + i - 12] * (forecast[[i, 0]] / 10.0).exp());
    let as_last_year = error(&|i| passengers[first + i - 12]);
    println!("{} epochs", history.epochs.len());
    println!("error of the forecast {:.1}%, of last year's number {:.1}%", 100.0 * of_network, 100.0 * as_last_year);
    Ok(())
}
