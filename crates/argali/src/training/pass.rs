//! One run over data: batches through the plans of steps, losses and metrics added up.

use super::batches::{Batches, same_samples, sample_shape};
use super::compile::{Compiled, OutputLoss, OutputMetric, blamed, output_names};
use super::history::Logs;
use super::sample_weights::spread;
use super::step::{Batch, Carried, StepKey, StepPlan, output_dtype};
use crate::data::View;
use crate::model::predict::check_inputs;
use crate::network::Network;
use crate::{Error, Model, Problem, Result, Shape};
use argali_engine::DType;
use std::time::Duration;

/// Inputs, targets and sample weights.
#[derive(Clone, Debug)]
pub(super) struct Data<'a> {
    pub(super) inputs: Vec<View<'a>>,
    pub(super) targets: Vec<View<'a>>,
    pub(super) sample_weights: Option<Vec<View<'a>>>,
}

impl Data<'_> {
    /// Some of the samples, with weights for all of them.
    pub(super) fn rows<'r>(&'r self, start: usize, end: usize, weights: Option<&'r [View<'_>]>) -> Data<'r> {
        let rows = |views: &'r [View<'_>]| views.iter().map(|v| v.rows(start, end)).collect();
        Data { inputs: rows(&self.inputs), targets: rows(&self.targets), sample_weights: weights.map(rows) }
    }
}

/// One run over data: what it reads, and what it adds up.
pub(super) struct Pass<'a> {
    batches: Batches<'a>,
    input_shapes: Vec<Vec<usize>>,
    target_shapes: Vec<(Vec<usize>, DType)>,
    weight_shapes: Vec<Option<Vec<usize>>>,
    losses: Vec<OutputLoss>,
    metrics: Vec<OutputMetric>,
    output_names: Vec<String>,
    pub(super) samples: usize,
    carried: Carried,
    /// For the total loss and each output's: its sum over samples.
    sums: Vec<f64>,
    seen: f64,
    started: bool,
    /// Number of states of each metric.
    state_counts: Vec<usize>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(network: &Network, compiled: &Compiled, data: Data<'a>) -> Result<Self> {
        let samples = check_inputs(network, &data.inputs)?;
        if samples == 0 {
            return Err(no_samples());
        }
        let losses = compiled.output_losses(network)?;
        let names = output_names(network);
        if data.targets.len() != names.len() {
            let message =
                format!("{} target array(s) given, the model has {} output(s)", data.targets.len(), names.len());
            return Err(Error::new(Problem::data(message, format!("give one for each of {}", names.join(", ")))));
        }
        same_samples("targets", samples, &data.targets)?;
        let targets: Vec<_> = data.targets.iter().map(|v| Shape::of_samples(sample_shape(v))).collect();
        for OutputLoss { output, loss, .. } in &losses {
            let predicted = network.outputs[*output].shape()?;
            loss.check(&targets[*output], predicted).map_err(|p| blamed(p, loss.class().name, &names[*output]))?;
        }
        let metrics = compiled.output_metrics(network, &targets)?;
        let dtype = output_dtype(network);
        let integers = |i: usize| losses.iter().any(|l| l.output == i && l.loss.integer_targets());
        let target_dtype = |(i, view): (usize, &View<'_>)| {
            if integers(i) && view.dtype() == DType::I64 { DType::I64 } else { dtype }
        };
        let target_dtypes: Vec<_> = data.targets.iter().enumerate().map(target_dtype).collect();
        let weights = spread(data.sample_weights, names.len(), samples)?;

        let input_dtypes = network.inputs.iter().map(|t| t.dtype());
        let weight_views = weights.iter().flatten().cloned();
        let dtypes: Vec<_> =
            input_dtypes.chain(target_dtypes.iter().copied()).chain(weights.iter().flatten().map(|_| dtype)).collect();
        let input_shapes = data.inputs.iter().map(sample_shape).collect();
        let target_shapes = data.targets.iter().map(sample_shape).zip(target_dtypes).collect();
        let weight_shapes = weights.iter().map(|w| w.as_ref().map(sample_shape)).collect();
        let views = data.inputs.into_iter().chain(data.targets).chain(weight_views).collect();
        Ok(Pass {
            batches: Batches::new(views, dtypes),
            input_shapes,
            target_shapes,
            weight_shapes,
            sums: vec![0.0; 1 + losses.len()],
            losses,
            metrics,
            output_names: names,
            samples,
            carried: Carried::default(),
            seen: 0.0,
            started: false,
            state_counts: Vec::new(),
        })
    }

    /// From now on, measures the time that each layer takes in a step.
    pub(super) fn measure(&mut self) {
        self.carried.times = Some(Vec::new());
    }

    /// The time that each layer took in the last step, if it was measured.
    pub(super) fn times(&self) -> &[(String, Duration)] {
        self.carried.times.as_deref().unwrap_or_default()
    }

    pub(super) fn reset(&mut self) {
        (self.seen, self.started) = (0.0, false);
        self.sums.fill(0.0);
    }

    /// One step on some samples; `false` if the loss is not finite.
    pub(super) fn step(
        &mut self,
        model: &Model,
        compiled: &mut Compiled,
        samples: &[usize],
        training: bool,
    ) -> Result<bool> {
        let network = model.network().ok_or_else(|| Error::new(Problem::NoInput))?;
        let n = samples.len();
        let with = |shape: &Vec<usize>| -> Vec<usize> { [n].into_iter().chain(shape.iter().copied()).collect() };
        let weights = model.weights();
        let key = StepKey {
            inputs: self.input_shapes.iter().map(with).collect(),
            targets: self.target_shapes.iter().map(|(s, d)| (with(s), *d)).collect(),
            sample_weights: self.weight_shapes.iter().map(|s| s.as_ref().map(with)).collect(),
            training,
            trained: weights.iter().map(|w| w.trainable).collect(),
        };
        let plan = model.steps.get_or_make(key.clone(), || {
            let shapes: Vec<Shape> = key.inputs.iter().map(|s| s[..].into()).collect();
            network.output_shapes(&shapes)?;
            StepPlan::new(network, &weights, compiled, &self.losses, &self.metrics, &key)
        })?;
        if training {
            plan.prepare(compiled);
        }
        if !self.started {
            self.carried.metrics = plan.initial_metrics();
            self.state_counts = plan.metric_state_counts();
            self.started = true;
        }
        self.batches.load(samples);
        let mut slices = self.batches.slices();
        let inputs = slices.by_ref().take(self.input_shapes.len()).collect();
        let targets = slices.by_ref().take(self.target_shapes.len()).collect();
        let sample_weights = self.weight_shapes.iter().map(|s| s.as_ref().and_then(|_| slices.next())).collect();
        let finite = plan.run(&Batch { inputs, targets, sample_weights }, compiled, model.seed, &mut self.carried)?;
        for (sum, loss) in self.sums.iter_mut().zip(&self.carried.losses) {
            *sum += loss * n as f64;
        }
        self.seen += n as f64;
        Ok(finite)
    }

    /// Losses and metrics over what has been seen.
    pub(super) fn logs(&self) -> Logs {
        let mut logs = Logs::new();
        logs.insert("loss".into(), self.sums[0] / self.seen);
        if self.losses.len() > 1 {
            for (loss, sum) in self.losses.iter().zip(&self.sums[1..]) {
                logs.insert(format!("{}_loss", self.output_names[loss.output]), sum / self.seen);
            }
        }
        let mut states = self.carried.metrics.iter().map(|b| b.as_slice().to_f64());
        for (metric, count) in self.metrics.iter().zip(&self.state_counts) {
            let states: Vec<_> = states.by_ref().take(*count).collect();
            match metric.metric.result(&states).as_slice() {
                [one] => drop(logs.insert(metric.name.clone(), *one)),
                several => {
                    for (i, value) in several.iter().enumerate() {
                        logs.insert(format!("{}_{i}", metric.name), *value);
                    }
                }
            }
        }
        logs
    }
}

pub(super) fn no_samples() -> Error {
    Error::new(Problem::data("no samples", "give at least one"))
}
