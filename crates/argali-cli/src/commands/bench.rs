//! `argali bench`

use crate::arguments::Bench;
use crate::model_file::{self, Missing};
use crate::progress;
use argali::engine::{DType, Element, SliceMut};
use argali::prelude::Adam;
use argali::{Arrays, Error, Model, Problem, Result, Shape, View};
use ndarray::{ArrayD, IxDyn};
use serde_json::json;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// How long to measure where the number of runs is not given, and the least number of runs.
const TIME: Duration = Duration::from_secs(2);
const LEAST_RUNS: usize = 10;

/// How long to run before measuring, and the least number of runs.
const WARM_UP_TIME: Duration = Duration::from_millis(200);
const LEAST_WARM_UPS: usize = 3;

/// Runs that a profile takes the least times of.
const PROFILE_RUNS: usize = 20;

/// Times a step of training takes the operations of a prediction: once forward, and back a product for each of the two
/// factors of every product.
const TRAINING_FACTOR: f64 = 3.0;

pub(crate) fn run(options: &Bench) -> Result<()> {
    let mut model = model_file::load(&options.model, Missing::Drawn)?;
    let inputs = Inputs::of(&model, options)?;
    let samples: Vec<_> = inputs.0.iter().map(|input| input.shape()[1..].to_vec()).collect();
    let macs: u64 = model.layer_stats_for(&samples)?.iter().map(|layer| layer.macs).sum();
    let targets = if options.train { targets(&mut model, &inputs)? } else { Vec::new() };
    let times = match options.train {
        true => repeat(options, || model.train_on_batch(&inputs, &targets).map(drop))?,
        false if model.outputs().iter().any(|t| t.dtype() == DType::F64) => predict::<f64>(&model, &inputs, options)?,
        false => predict::<f32>(&model, &inputs, options)?,
    };
    let measured = Measured::new(times, options, macs);
    let layers = match (options.profile, options.train) {
        (false, _) => Vec::new(),
        (true, false) => model.profile(&inputs, PROFILE_RUNS)?,
        (true, true) => model.profile_training(&inputs, &targets, PROFILE_RUNS)?,
    };
    super::print(&if options.json { measured.json(&layers) } else { measured.text(options, &layers) })
}

/// Random inputs.
struct Inputs(Vec<Random>);

enum Random {
    Floats(ArrayD<f32>),
    Integers(ArrayD<i64>),
}

impl Random {
    fn shape(&self) -> &[usize] {
        match self {
            Random::Floats(a) => a.shape(),
            Random::Integers(a) => a.shape(),
        }
    }

    fn view(&self) -> View<'_> {
        match self {
            Random::Floats(a) => View::of(a),
            Random::Integers(a) => View::of(a),
        }
    }
}

impl Inputs {
    fn of(model: &Model, options: &Bench) -> Result<Self> {
        let inputs = model.inputs();
        if inputs.is_empty() {
            return Err(Error::new(Problem::NoInput));
        }
        let one = |input: argali::Tensor| Ok(random(&concrete(input.shape()?, options), input.dtype()));
        inputs.into_iter().map(one).collect::<Result<_>>().map(Inputs)
    }
}

impl Arrays for Inputs {
    fn views(&self) -> Vec<View<'_>> {
        self.0.iter().map(Random::view).collect()
    }
}

/// A shape with lengths for the axes that are open.
fn concrete(shape: &Shape, options: &Bench) -> Vec<usize> {
    let batch = [options.batch_size.get()];
    let sample = shape.0.iter().skip(1).map(|d| d.unwrap_or(options.length.get()));
    batch.into_iter().chain(sample).collect()
}

/// Numbers between -1 and 1, or from 0 to 9.
fn random(shape: &[usize], dtype: DType) -> Random {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    match dtype.is_float() {
        true => Random::Floats(ArrayD::from_shape_simple_fn(IxDyn(shape), || next() as f32 / (1 << 30) as f32 - 1.0)),
        false => Random::Integers(ArrayD::from_shape_simple_fn(IxDyn(shape), || (next() % 10) as i64)),
    }
}

fn predict<T: Element>(model: &Model, inputs: &Inputs, options: &Bench) -> Result<Vec<f64>>
where
    for<'s> SliceMut<'s>: From<&'s mut [T]>,
{
    let mut outputs = model.predict_all_as::<T>(inputs, options.batch_size.get())?;
    let inputs = inputs.views();
    repeat(options, || {
        let mut outputs: Vec<_> = outputs.iter_mut().map(|y| y.view_mut()).collect();
        model.predict_into(&inputs, &mut outputs)
    })
}

/// Something to train on for every output; a model that is not compiled is.
fn targets(model: &mut Model, inputs: &Inputs) -> Result<Vec<ArrayD<f32>>> {
    if model.compile_config().as_object().is_none_or(serde_json::Map::is_empty) {
        eprintln!("the model is not compiled: training with Adam and the mean squared error");
        model.compile(Adam::new(), "mse", ())?;
    }
    let predicted = model.predict_all(inputs)?;
    let losses = model.compile_config()["loss"].clone();
    Ok(predicted.iter().enumerate().map(|(i, y)| target(y, losses.get(i).unwrap_or(&losses))).collect())
}

/// A target for an output: the first class everywhere, as its number if the loss takes numbers of classes.
fn target(output: &ArrayD<f32>, loss: &argali::Json) -> ArrayD<f32> {
    let classes = output.shape().last().copied().unwrap_or(1).max(1);
    if loss.to_string().to_lowercase().contains("sparse") {
        return ArrayD::zeros(IxDyn(&output.shape()[..output.ndim().saturating_sub(1)]));
    }
    let mut place = 0;
    ArrayD::from_shape_simple_fn(output.raw_dim(), || {
        place += 1;
        if (place - 1) % classes == 0 { 1.0 } else { 0.0 }
    })
}

/// Milliseconds of each run, after some that are not counted.
fn repeat(options: &Bench, mut run: impl FnMut() -> Result<()>) -> Result<Vec<f64>> {
    let start = Instant::now();
    for _ in 0..LEAST_WARM_UPS {
        run()?;
    }
    while start.elapsed() < WARM_UP_TIME && options.runs.is_none() {
        run()?;
    }
    let (start, mut times) = (Instant::now(), Vec::new());
    let bar = progress::bar(options.runs.map_or(0, |n| n.get()), "runs");
    let enough = |done: usize| match options.runs {
        Some(runs) => done >= runs.get(),
        None => done >= LEAST_RUNS && start.elapsed() >= TIME,
    };
    while !enough(times.len()) {
        let begin = Instant::now();
        run()?;
        times.push(begin.elapsed().as_secs_f64() * 1e3);
        bar.set_position(times.len() as u64);
    }
    bar.finish_and_clear();
    Ok(times)
}

/// What was measured.
struct Measured {
    /// Milliseconds, sorted.
    times: Vec<f64>,
    threads: usize,
    batch_size: usize,
    /// Billions of floating-point operations of one run.
    gflop: f64,
}

impl Measured {
    fn new(mut times: Vec<f64>, options: &Bench, macs: u64) -> Self {
        times.sort_by(f64::total_cmp);
        let batch_size = options.batch_size.get();
        let factor = if options.train { TRAINING_FACTOR } else { 1.0 };
        let gflop = 2.0 * factor * macs as f64 * batch_size as f64 / 1e9;
        Measured { times, threads: rayon::current_num_threads(), batch_size, gflop }
    }

    /// The time that a part of the runs stayed below, between two of them in proportion.
    fn quantile(&self, part: f64) -> f64 {
        let place = part * (self.times.len() - 1) as f64;
        let (below, above) = (self.times[place.floor() as usize], self.times[place.ceil() as usize]);
        below + (above - below) * place.fract()
    }

    fn samples_per_s(&self) -> f64 {
        self.batch_size as f64 / self.quantile(0.5) * 1e3
    }

    fn gflop_per_s(&self) -> f64 {
        self.gflop / self.quantile(0.5) * 1e3
    }

    fn json(&self, layers: &[(String, Duration)]) -> String {
        let mut json = json!({
            "median_ms": self.quantile(0.5),
            "p10_ms": self.quantile(0.1),
            "p90_ms": self.quantile(0.9),
            "runs": self.times.len(),
            "threads": self.threads,
            "batch_size": self.batch_size,
            "samples_per_s": self.samples_per_s(),
            "gflop_per_s": self.gflop_per_s(),
        });
        if !layers.is_empty() {
            let layer = |(name, time): &(String, Duration)| json!({"name": name, "ms": time.as_secs_f64() * 1e3});
            json["layers"] = layers.iter().map(layer).collect();
        }
        argali_formats::json::to_string(&json) + "\n"
    }

    fn text(&self, options: &Bench, layers: &[(String, Duration)]) -> String {
        let what = if options.train { "training step" } else { "prediction" };
        let (median, p10, p90) = (self.quantile(0.5), self.quantile(0.1), self.quantile(0.9));
        let mut text = format!(
            "{what} of {} samples, {} threads, {} runs\n  median {median:.3} ms   p10 {p10:.3} ms   p90 {p90:.3} ms\n  \
             {:.0} samples/s   {:.2} GFLOP/s\n",
            self.batch_size,
            self.threads,
            self.times.len(),
            self.samples_per_s(),
            self.gflop_per_s(),
        );
        let total: f64 = layers.iter().map(|(_, time)| time.as_secs_f64()).sum();
        let width = layers.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        if !layers.is_empty() {
            text += "\nLayers, least of several runs; what is computed as one counts for the first layer of it\n";
        }
        for (name, time) in layers {
            let part = if total > 0.0 { time.as_secs_f64() / total } else { 0.0 };
            let bar = "█".repeat((part * 30.0).round() as usize);
            let ms = time.as_secs_f64() * 1e3;
            let _ = writeln!(text, "  {name:<width$}  {ms:>9.3} ms  {:>5.1}%  {bar}", part * 100.0);
        }
        text
    }
}
