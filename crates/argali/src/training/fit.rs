//! The loops over data: `fit`, `evaluate`, and single batches.

use super::batches::{Batches, same_samples, sample_shape};
use super::callbacks::{AnyCallback, Callback};
use super::compile::{Compiled, OutputLoss, OutputMetric, not_compiled, output_names};
use super::history::{History, Logs};
use super::progress::{Progress, Verbose};
use super::step::{Batch, Carried, StepKey, StepPlan, output_dtype};
use crate::data::{Arrays, View};
use crate::model::predict::{BATCH, check_inputs, fixed_batch};
use crate::network::Network;
use crate::{Error, Model, Problem, Result, Shape};
use argali_engine::DType;
use argali_engine::random::{Key, permutation};
use std::collections::HashMap;

/// Number that the random order of samples is drawn under, apart from those of weights and layers.
const SHUFFLE: u64 = u64::MAX;

/// Options of [`Model::fit`].
///
/// Keras: the arguments of `Model.fit`.
#[derive(Debug)]
#[must_use = "options take effect in `Model::fit`"]
pub struct Fit<'a> {
    epochs: usize,
    batch_size: Option<usize>,
    verbose: Verbose,
    callbacks: Vec<AnyCallback<'a>>,
    validation_split: f64,
    validation: Option<Data<'a>>,
    validation_freq: usize,
    validation_batch_size: Option<usize>,
    shuffle: bool,
    class_weights: Option<HashMap<i64, f64>>,
    sample_weights: Option<Vec<View<'a>>>,
    initial_epoch: usize,
    steps_per_epoch: Option<usize>,
    validation_steps: Option<usize>,
}

/// Inputs, targets and sample weights.
#[derive(Clone, Debug)]
struct Data<'a> {
    inputs: Vec<View<'a>>,
    targets: Vec<View<'a>>,
    sample_weights: Option<Vec<View<'a>>>,
}

impl Data<'_> {
    /// Some of the samples, with weights for all of them.
    fn rows<'r>(&'r self, start: usize, end: usize, weights: Option<&'r [View<'_>]>) -> Data<'r> {
        let rows = |views: &'r [View<'_>]| views.iter().map(|v| v.rows(start, end)).collect();
        Data { inputs: rows(&self.inputs), targets: rows(&self.targets), sample_weights: weights.map(rows) }
    }
}

impl Default for Fit<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a> Fit<'a> {
    /// Keras's default options: one epoch, batches of 32, shuffled.
    pub fn new() -> Self {
        Fit {
            epochs: 1,
            batch_size: None,
            verbose: Verbose::Auto,
            callbacks: Vec::new(),
            validation_split: 0.0,
            validation: None,
            validation_freq: 1,
            validation_batch_size: None,
            shuffle: true,
            class_weights: None,
            sample_weights: None,
            initial_epoch: 0,
            steps_per_epoch: None,
            validation_steps: None,
        }
    }

    /// The epoch to train up to. Default 1.
    pub fn epochs(mut self, epochs: usize) -> Self {
        self.epochs = epochs;
        self
    }

    /// Samples in a step. Default 32; the last batch may be smaller.
    pub fn batch_size(mut self, size: usize) -> Self {
        self.batch_size = Some(size);
        self
    }

    /// What is said on standard error. Default: a bar on a terminal, one line an epoch elsewhere.
    pub fn verbose(mut self, verbose: Verbose) -> Self {
        self.verbose = verbose;
        self
    }

    /// Adds a callback; give `&mut callback` to look at it afterwards.
    pub fn callback(mut self, callback: impl Callback + 'a) -> Self {
        self.callbacks.push(AnyCallback::new(callback));
        self
    }

    /// Part of the data, taken from its end before shuffling, that is not trained on but evaluated after every epoch.
    /// Default 0.
    pub fn validation_split(mut self, fraction: f64) -> Self {
        self.validation_split = fraction;
        self
    }

    /// Data that is evaluated after every epoch. Default none.
    pub fn validation_data(mut self, inputs: &'a impl Arrays, targets: &'a impl Arrays) -> Self {
        self.validation = Some(Data { inputs: inputs.views(), targets: targets.views(), sample_weights: None });
        self
    }

    /// Sample weights of the validation data. Default none.
    pub fn validation_sample_weight(mut self, weights: &'a impl Arrays) -> Self {
        if let Some(data) = &mut self.validation {
            data.sample_weights = Some(weights.views());
        }
        self
    }

    /// Epochs between two validations. Default 1.
    pub fn validation_freq(mut self, epochs: usize) -> Self {
        self.validation_freq = epochs;
        self
    }

    /// Samples in a step of validation. Default: as in training.
    pub fn validation_batch_size(mut self, size: usize) -> Self {
        self.validation_batch_size = Some(size);
        self
    }

    /// Whether samples come in a new random order in every epoch. Default `true`.
    pub fn shuffle(mut self, shuffle: bool) -> Self {
        self.shuffle = shuffle;
        self
    }

    /// How much the samples of each class count in the loss; classes not given count 1. Default 1 each.
    ///
    /// The class is the target's value, or the position of the largest value of a one-hot target.
    pub fn class_weight(mut self, weights: impl IntoIterator<Item = (i64, f64)>) -> Self {
        self.class_weights = Some(weights.into_iter().collect());
        self
    }

    /// How much each sample counts in the loss, of shape `(samples)`, or `(samples, steps)` to weigh steps; one array,
    /// or one for each output. Default 1 each.
    pub fn sample_weight(mut self, weights: &'a impl Arrays) -> Self {
        self.sample_weights = Some(weights.views());
        self
    }

    /// The epoch to start at, to go on with an earlier training. Default 0.
    pub fn initial_epoch(mut self, epoch: usize) -> Self {
        self.initial_epoch = epoch;
        self
    }

    /// Steps in an epoch. Default: as many as it takes to see every sample.
    pub fn steps_per_epoch(mut self, steps: usize) -> Self {
        self.steps_per_epoch = Some(steps);
        self
    }

    /// Steps of a validation. Default: as many as it takes to see every sample.
    pub fn validation_steps(mut self, steps: usize) -> Self {
        self.validation_steps = Some(steps);
        self
    }

    fn validate(&self) -> Result<()> {
        let refuse = |option, found: String, expected: &str, help: &str| {
            Err(Error::new(Problem::argument(option, found, expected, help)).at_layer("fit"))
        };
        if self.batch_size == Some(0) || self.validation_batch_size == Some(0) {
            return refuse("batch_size", "0".into(), "a number above 0", "take at least 1");
        }
        if !(0.0..1.0).contains(&self.validation_split) {
            let help = "0.2 holds back a fifth of the samples";
            return refuse("validation_split", self.validation_split.to_string(), "a number from 0 up to 1", help);
        }
        if self.validation_freq == 0 {
            return refuse("validation_freq", "0".into(), "a number above 0", "1 validates after every epoch");
        }
        Ok(())
    }
}

/// Options of [`Model::evaluate_with`].
///
/// Keras: the arguments of `Model.evaluate`.
#[derive(Debug, Default)]
#[must_use = "options take effect in `Model::evaluate_with`"]
pub struct Evaluate<'a> {
    batch_size: Option<usize>,
    sample_weights: Option<Vec<View<'a>>>,
    steps: Option<usize>,
}

impl<'a> Evaluate<'a> {
    /// Keras's default options: batches of 32.
    pub fn new() -> Self {
        Self::default()
    }

    /// Samples in a step. Default 32.
    pub fn batch_size(mut self, size: usize) -> Self {
        self.batch_size = Some(size);
        self
    }

    /// How much each sample counts. Default 1 each.
    pub fn sample_weight(mut self, weights: &'a impl Arrays) -> Self {
        self.sample_weights = Some(weights.views());
        self
    }

    /// The most steps to take. Default: as many as there are.
    pub fn steps(mut self, steps: usize) -> Self {
        self.steps = Some(steps);
        self
    }
}

/// Options of [`Model::train_on_batch_with`].
///
/// Keras: the arguments of `Model.train_on_batch`.
#[derive(Debug, Default)]
#[must_use = "options take effect in `Model::train_on_batch_with`"]
pub struct OnBatch<'a> {
    sample_weights: Option<Vec<View<'a>>>,
    class_weights: Option<HashMap<i64, f64>>,
}

impl<'a> OnBatch<'a> {
    /// No weights.
    pub fn new() -> Self {
        Self::default()
    }

    /// How much each sample counts. Default 1 each.
    pub fn sample_weight(mut self, weights: &'a impl Arrays) -> Self {
        self.sample_weights = Some(weights.views());
        self
    }

    /// How much the samples of each class count. Default 1 each.
    pub fn class_weight(mut self, weights: impl IntoIterator<Item = (i64, f64)>) -> Self {
        self.class_weights = Some(weights.into_iter().collect());
        self
    }
}

/// One run over data: what it reads, and what it adds up.
struct Pass<'a> {
    batches: Batches<'a>,
    input_shapes: Vec<Vec<usize>>,
    target_shapes: Vec<(Vec<usize>, DType)>,
    weight_shapes: Vec<Option<Vec<usize>>>,
    losses: Vec<OutputLoss>,
    metrics: Vec<OutputMetric>,
    output_names: Vec<String>,
    samples: usize,
    carried: Carried,
    /// For the total loss and each output's: its sum over samples.
    sums: Vec<f64>,
    seen: f64,
    started: bool,
    /// Number of states of each metric.
    state_counts: Vec<usize>,
}

impl<'a> Pass<'a> {
    fn new(network: &Network, compiled: &Compiled, data: Data<'a>) -> Result<Self> {
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
            loss.check(&targets[*output], predicted).map_err(|p| Error::new(p).at_layer(&names[*output]))?;
        }
        let metrics = compiled.output_metrics(network, &targets)?;
        let dtype = output_dtype(network);
        let integers = |i: usize| losses.iter().any(|l| l.output == i && l.loss.integer_targets());
        let target_dtype = |(i, view): (usize, &View<'_>)| {
            if integers(i) && view.dtype() == DType::I64 { DType::I64 } else { dtype }
        };
        let target_dtypes: Vec<_> = data.targets.iter().enumerate().map(target_dtype).collect();
        let weights = spread_weights(data.sample_weights, names.len(), samples)?;

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

    fn reset(&mut self) {
        (self.seen, self.started) = (0.0, false);
        self.sums.fill(0.0);
    }

    /// One step on some samples; `false` if the loss is not finite.
    fn step(&mut self, model: &Model, compiled: &mut Compiled, samples: &[usize], training: bool) -> Result<bool> {
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
    fn logs(&self) -> Logs {
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

fn no_samples() -> Error {
    Error::new(Problem::data("no samples", "give at least one"))
}

/// The same views under a shorter lifetime, which they do not take by themselves.
fn reborrowed<'r>(views: &'r [View<'_>]) -> Vec<View<'r>> {
    views.iter().map(|v| v.rows(0, v.samples())).collect()
}

/// One array of sample weights for each output: a single one serves all of them.
fn spread_weights<'a>(weights: Option<Vec<View<'a>>>, outputs: usize, samples: usize) -> Result<Vec<Option<View<'a>>>> {
    let Some(weights) = weights else { return Ok(vec![None; outputs]) };
    same_samples("sample weights", samples, &weights)?;
    match weights.as_slice() {
        [one] => Ok(vec![Some(one.clone()); outputs]),
        each if each.len() == outputs => Ok(weights.into_iter().map(Some).collect()),
        each => {
            let message = format!("{} arrays of sample weights for {outputs} outputs", each.len());
            Err(Error::new(Problem::data(message, "give one, or one for each output")))
        }
    }
}

/// For each sample the weight of its class, times its own weight.
fn class_weights(
    classes: &HashMap<i64, f64>,
    targets: &[View<'_>],
    sample_weights: Option<&[View<'_>]>,
) -> Result<ndarray::ArrayD<f64>> {
    let [target] = targets else {
        let message = format!("class weights for a model with {} outputs", targets.len());
        return Err(Error::new(Problem::data(message, "give sample weights instead")));
    };
    let buffer = target.to_buffer().cast(DType::F64).as_slice().to_f64();
    let columns = target.shape().get(1..).map_or(1, |s| s.iter().product::<usize>()).max(1);
    let class = |row: &[f64]| match row {
        [one] => *one as i64,
        row => {
            row.iter().enumerate().fold((0, f64::MIN), |best, (i, v)| if *v > best.1 { (i as i64, *v) } else { best }).0
        }
    };
    let mut weights: Vec<f64> =
        buffer.chunks(columns).map(|row| classes.get(&class(row)).copied().unwrap_or(1.0)).collect();
    if let Some([own]) = sample_weights {
        let own = own.to_buffer().as_slice().to_f64();
        weights.iter_mut().zip(own).for_each(|(w, own)| *w *= own);
    }
    Ok(ndarray::ArrayD::from_shape_vec(vec![weights.len()], weights).unwrap_or_default())
}

impl Model {
    /// Trains on data, and returns the numbers of every epoch.
    ///
    /// Inputs and targets are ndarray arrays or views of any element type; several go into a tuple or an array.
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] if the model is not compiled or the data does not fit, before anything is changed;
    /// [`Problem::NanLoss`] if the loss is not finite, with the weights as the last finite step left them, unless a
    /// callback such as [`TerminateOnNaN`](super::callbacks::TerminateOnNaN) ends the training then.
    ///
    /// ```
    /// use argali::prelude::*;
    /// use ndarray::Array;
    /// let x = Array::from_shape_fn((64, 2), |(i, j)| (i * (j + 1) % 7) as f32 / 7.0);
    /// let y = x.map_axis(ndarray::Axis(1), |row| i32::from(row[0] > row[1]));
    /// let mut model = Sequential::new().input([2]).seed(1).dense(8).activation(Relu).dense(2).activation(Softmax).build()?;
    /// model.compile(Adam::new().learning_rate(0.05), SparseCategoricalCrossentropy::new(), ["accuracy"])?;
    /// let history = model.fit(&x, &y, Fit::new().epochs(20).verbose(Verbose::Silent))?;
    /// assert!(history.last("accuracy") > Some(0.8));
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `Model.fit`; R: `fit()`.
    pub fn fit(&mut self, inputs: &impl Arrays, targets: &impl Arrays, options: Fit<'_>) -> Result<History> {
        options.validate()?;
        let inputs = inputs.views();
        let targets = targets.views();
        self.network_for(&inputs)?;
        if self.compiled.is_none() {
            return Err(not_compiled());
        }
        let samples = inputs.first().map_or(0, View::samples);
        same_samples("targets", samples, &targets)?;
        if samples == 0 {
            return Err(no_samples());
        }
        let held_back = samples - (samples as f64 * (1.0 - options.validation_split)).floor() as usize;
        let split = samples - if options.validation_split > 0.0 { held_back } else { 0 };
        if split == 0 {
            let message = format!("validation_split leaves none of {samples} samples to train on");
            return Err(Error::new(Problem::data(message, "hold back fewer, or give more data")));
        }
        let own = options.sample_weights.as_deref().map(reborrowed);
        let sample_weights = own.as_deref();
        let by_class = match &options.class_weights {
            Some(classes) => Some(class_weights(classes, &targets, sample_weights)?),
            None => None,
        };
        let by_class = by_class.as_ref().map(Arrays::views);
        let all = Data { inputs, targets, sample_weights: None };
        let train = all.rows(0, split, by_class.as_deref().or(sample_weights));
        let validation = match &options.validation {
            Some(data) => {
                let samples = data.inputs.first().map_or(0, View::samples);
                same_samples("validation targets", samples, &data.targets)?;
                Some(data.rows(0, samples, data.sample_weights.as_deref()))
            }
            None => (split < samples).then(|| all.rows(split, samples, sample_weights)),
        };
        let Fit { epochs, batch_size, verbose, mut callbacks, .. } = options;
        let plan = Epochs {
            epochs,
            first: options.initial_epoch,
            batch_size: batch_size.unwrap_or(BATCH),
            shuffle: options.shuffle,
            steps: options.steps_per_epoch,
            validation_freq: options.validation_freq,
            validation_batch_size: options.validation_batch_size.or(batch_size).unwrap_or(BATCH),
            validation_steps: options.validation_steps,
        };
        self.run_epochs(&plan, train, validation, &mut callbacks, verbose)
    }

    fn run_epochs(
        &mut self,
        plan: &Epochs,
        train: Data<'_>,
        validation: Option<Data<'_>>,
        callbacks: &mut [AnyCallback<'_>],
        verbose: Verbose,
    ) -> Result<History> {
        let mut pass = self.pass(train)?;
        let mut validation = validation.map(|data| self.pass(data)).transpose()?;
        let batch_size = self.network().and_then(fixed_batch).unwrap_or(plan.batch_size);
        let mut history = History::default();
        let mut progress = Progress::new(verbose, plan.epochs);
        let mut order: Vec<usize> = (0..pass.samples).collect();
        let whole = pass.samples.div_ceil(batch_size);
        let steps = plan.steps.unwrap_or(whole);
        let mut next = 0;
        self.stop_training = false;
        callbacks.iter_mut().try_for_each(|c| c.on_train_begin(self))?;
        for epoch in plan.first..plan.epochs {
            callbacks.iter_mut().try_for_each(|c| c.on_epoch_begin(self, epoch))?;
            progress.start_epoch(epoch, steps);
            pass.reset();
            for step in 0..steps {
                if next == 0 && plan.shuffle {
                    order = permutation(self.shuffle_key(), pass.samples);
                }
                let end = pass.samples.min((next + 1) * batch_size);
                let finite = self.step(&mut pass, &order[next * batch_size..end], true)?;
                next = (next + 1) % whole;
                if !finite {
                    let ends = callbacks.iter().any(|c| c.stops_on_nan());
                    let problem = Problem::NanLoss { epoch, batch: step };
                    return if ends { Ok(history) } else { Err(Error::new(problem)) };
                }
                progress.step(step + 1, || pass.logs());
                if callbacks.iter().any(|c| c.wants_batches()) {
                    let logs = pass.logs();
                    callbacks.iter_mut().try_for_each(|c| c.on_batch_end(self, step, &logs))?;
                }
                if self.stop_training {
                    break;
                }
            }
            let mut logs = pass.logs();
            if let Some(data) = validation.as_mut().filter(|_| (epoch + 1).is_multiple_of(plan.validation_freq)) {
                let values = self.run_validation(data, plan.validation_batch_size, plan.validation_steps)?;
                logs.extend(values.into_iter().map(|(name, value)| (format!("val_{name}"), value)));
            }
            callbacks.iter_mut().try_for_each(|c| c.on_epoch_end(self, epoch, &mut logs))?;
            progress.end_epoch(&logs);
            history.push(epoch, &logs);
            if self.stop_training {
                break;
            }
        }
        self.finish_training()?;
        callbacks.iter_mut().try_for_each(|c| c.on_train_end(self))?;
        Ok(history)
    }

    /// Evaluates on data with the compiled loss and metrics, 32 samples at a time.
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] if the model is not compiled or the data does not fit.
    ///
    /// Keras: `Model.evaluate`.
    pub fn evaluate(&self, inputs: &impl Arrays, targets: &impl Arrays) -> Result<Logs> {
        self.evaluate_with(inputs, targets, Evaluate::new())
    }

    /// Evaluates like [`evaluate`](Self::evaluate), with options.
    ///
    /// # Errors
    ///
    /// As [`evaluate`](Self::evaluate).
    pub fn evaluate_with(&self, inputs: &impl Arrays, targets: &impl Arrays, options: Evaluate<'_>) -> Result<Logs> {
        let inputs = inputs.views();
        self.network_for(&inputs)?;
        let sample_weights = options.sample_weights.as_deref().map(reborrowed);
        let targets = targets.views();
        let data = Data { inputs: reborrowed(&inputs), targets: reborrowed(&targets), sample_weights };
        let mut pass = self.pass(data)?;
        self.run_validation(&mut pass, options.batch_size.unwrap_or(BATCH), options.steps)
    }

    /// One training step on one batch; returns its loss and metrics.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit).
    ///
    /// Keras: `Model.train_on_batch`.
    pub fn train_on_batch(&mut self, inputs: &impl Arrays, targets: &impl Arrays) -> Result<Logs> {
        self.train_on_batch_with(inputs, targets, OnBatch::new())
    }

    /// One training step like [`train_on_batch`](Self::train_on_batch), with options.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit).
    pub fn train_on_batch_with(
        &mut self,
        inputs: &impl Arrays,
        targets: &impl Arrays,
        options: OnBatch<'_>,
    ) -> Result<Logs> {
        let (inputs, targets) = (inputs.views(), targets.views());
        self.network_for(&inputs)?;
        let own = options.sample_weights.as_deref();
        let by_class = options.class_weights.map(|classes| class_weights(&classes, &targets, own)).transpose()?;
        let sample_weights = match &by_class {
            Some(weights) => Some(weights.views()),
            None => own.map(reborrowed),
        };
        let data = Data { inputs: reborrowed(&inputs), targets: reborrowed(&targets), sample_weights };
        let mut pass = self.pass(data)?;
        let order: Vec<usize> = (0..pass.samples).collect();
        match self.step(&mut pass, &order, true)? {
            true => Ok(pass.logs()),
            false => Err(Error::new(Problem::NanLoss { epoch: 0, batch: 0 })),
        }
    }

    /// Loss and metrics on one batch, without training.
    ///
    /// # Errors
    ///
    /// As [`evaluate`](Self::evaluate).
    ///
    /// Keras: `Model.test_on_batch`.
    pub fn test_on_batch(&self, inputs: &impl Arrays, targets: &impl Arrays) -> Result<Logs> {
        self.evaluate_with(inputs, targets, Evaluate::new().batch_size(usize::MAX))
    }

    fn pass<'a>(&self, data: Data<'a>) -> Result<Pass<'a>> {
        let network = self.network().ok_or_else(|| Error::new(Problem::NoInput))?;
        let compiled = self.compiled.as_ref().ok_or_else(not_compiled)?;
        let pass = Pass::new(network, compiled, data)?;
        self.draw(network)?;
        Ok(pass)
    }

    fn step(&mut self, pass: &mut Pass<'_>, samples: &[usize], training: bool) -> Result<bool> {
        let mut compiled = self.compiled.take().ok_or_else(not_compiled)?;
        let finite = pass.step(self, &mut compiled, samples, training);
        self.compiled = Some(compiled);
        finite
    }

    fn run_validation(&self, pass: &mut Pass<'_>, batch_size: usize, steps: Option<usize>) -> Result<Logs> {
        let mut compiled = self.compiled.clone().ok_or_else(not_compiled)?;
        let order: Vec<usize> = (0..pass.samples).collect();
        let batch_size = self.network().and_then(fixed_batch).unwrap_or(batch_size).max(1);
        pass.reset();
        for samples in order.chunks(batch_size).take(steps.unwrap_or(usize::MAX)) {
            pass.step(self, &mut compiled, samples, false)?;
        }
        Ok(pass.logs())
    }

    /// A random order that depends on the seed and on how far training has come.
    fn shuffle_key(&self) -> Key {
        Key { seed: self.seed, step: self.iterations(), place: SHUFFLE }
    }

    /// What the optimizer does after the last step, such as putting averaged weights in place.
    fn finish_training(&mut self) -> Result<()> {
        let weights = self.weights();
        let compiled = self.compiled.as_ref().ok_or_else(not_compiled)?;
        super::step::finalize(compiled, &weights);
        Ok(())
    }
}

/// How the epochs of a training run.
struct Epochs {
    epochs: usize,
    first: usize,
    batch_size: usize,
    shuffle: bool,
    steps: Option<usize>,
    validation_freq: usize,
    validation_batch_size: usize,
    validation_steps: Option<usize>,
}
