//! `argali fit`

use crate::arguments::Fit;
use crate::arrays::Given;
use crate::model_file::{self, Format, Missing, write_text};
use crate::outputs::Outputs;
use crate::report;
use argali::optimizers::AnyOptimizer;
use argali::training::callbacks::Callback;
use argali::training::{self, History, Logs};
use argali::{Error, Json, Model, Problem, Result};
use serde_json::json;
use std::time::{Duration, Instant};

pub(crate) fn run(options: &Fit) -> Result<()> {
    if let Some(seed) = options.seed {
        argali::set_random_seed(seed);
    }
    let format = Format::with_weights(&options.output)?;
    let mut model = model_file::load(&options.model, Missing::Drawn)?;
    compile(&mut model, options)?;
    let files = [Some(&options.output), options.history.as_ref(), options.report.as_ref()];
    let outputs = Outputs::new(files.into_iter().flatten())?;
    let times = train(&mut model, options)?;
    format.write(&model, outputs.at(&options.output))?;
    if let Some(path) = &options.history {
        write_text(outputs.at(path), &csv(&times.history))?;
    }
    if let Some(path) = &options.report {
        write_text(outputs.at(path), &report::html(&model, &times.history, &times.epochs))?;
    }
    outputs.finish()
}

/// Gives the model what the options say of optimizer, loss and metrics.
fn compile(model: &mut Model, options: &Fit) -> Result<()> {
    let mut config = model.compile_config();
    let set = |config: &mut Json, key: &str, value: Json| config[key] = value;
    if let Some(name) = &options.optimizer {
        set(&mut config, "optimizer", name.parse::<AnyOptimizer>()?.to_json());
    }
    match &options.loss[..] {
        [] => {}
        [loss] => set(&mut config, "loss", json!(loss)),
        each => set(&mut config, "loss", json!(each)),
    }
    if !options.loss.is_empty() {
        set(&mut config, "loss_weights", Json::Null);
    }
    if !options.metric.is_empty() {
        set(&mut config, "metrics", json!(options.metric));
        set(&mut config, "weighted_metrics", Json::Null);
    }
    let missing = |key: &str| config.get(key).is_none_or(Json::is_null);
    if missing("optimizer") || missing("loss") {
        let what = if missing("optimizer") { "optimizer" } else { "loss" };
        let help = "give both, such as `--optimizer adam --loss mse`";
        return Err(Error::new(Problem::data(format!("the model was compiled without {what}"), help)));
    }
    if config != model.compile_config() {
        model.compile_from_config(&config)?;
    }
    options.learning_rate.map_or(Ok(()), |rate| model.set_learning_rate(rate))
}

/// What training left: the numbers of every epoch, and how long each took.
struct Trained {
    history: History,
    epochs: Vec<Duration>,
}

fn train(model: &mut Model, options: &Fit) -> Result<Trained> {
    let (inputs, targets) = (Given::read(&options.data.input)?, Given::read(&options.data.target)?);
    let validation = (Given::read(&options.validation_input)?, Given::read(&options.validation_target)?);
    let mut clock = Clock { epochs: Vec::new(), start: Instant::now() };
    let mut fit = training::Fit::new()
        .epochs(options.epochs)
        .batch_size(options.batch_size.get())
        .shuffle(!options.no_shuffle)
        .validation_split(options.validation_split.unwrap_or(0.0))
        .callback(&mut clock);
    if !options.validation_input.is_empty() {
        fit = fit.validation_data(&validation.0, &validation.1);
    }
    let history = model.fit(&inputs, &targets, fit)?;
    Ok(Trained { history, epochs: clock.epochs })
}

/// Measures how long epochs take.
struct Clock {
    epochs: Vec<Duration>,
    start: Instant,
}

impl Callback for Clock {
    fn on_epoch_begin(&mut self, _: &mut Model, _: usize) -> Result<()> {
        self.start = Instant::now();
        Ok(())
    }

    fn on_epoch_end(&mut self, _: &mut Model, _: usize, _: &mut Logs) -> Result<()> {
        self.epochs.push(self.start.elapsed());
        Ok(())
    }
}

/// The numbers of every epoch, a line each, epochs counted from 0 as Keras's `CSVLogger` does.
fn csv(history: &History) -> String {
    let header = ["epoch"].into_iter().chain(history.values.keys().map(String::as_str)).collect::<Vec<_>>().join(",");
    let line = |(row, epoch): (usize, &usize)| {
        let value = |values: &Vec<f64>| values.get(row).map_or_else(|| "NA".into(), f64::to_string);
        let values = history.values.values().map(value);
        [epoch.to_string()].into_iter().chain(values).collect::<Vec<_>>().join(",") + "\n"
    };
    header + "\n" + &history.epochs.iter().enumerate().map(line).collect::<String>()
}
