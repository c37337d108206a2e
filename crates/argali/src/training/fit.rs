//! The loops over data: `fit`, `evaluate`, and single batches.

use super::batches::same_samples;
use super::callbacks::AnyCallback;
use super::compile::not_compiled;
use super::history::{History, Logs};
use super::options::{Evaluate, Fit, OnBatch};
use super::pass::{Data, Pass, no_samples};
use super::progress::{Progress, Verbose};
use super::sample_weights;
use crate::data::{Arrays, View};
use crate::layer::positive;
use crate::model::predict::{BATCH, check_inputs, fixed_batch};
use crate::{Error, Model, Problem, Result};
use argali_engine::random::{Key, permutation};
use std::time::Duration;

/// Number that the random order of samples is drawn under, apart from those of weights and layers.
const SHUFFLE: u64 = u64::MAX;

/// The same views under a shorter lifetime, which they do not take by themselves.
fn reborrowed<'r>(views: &'r [View<'_>]) -> Vec<View<'r>> {
    views.iter().map(|v| v.rows(0, v.samples())).collect()
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
        let samples = check_inputs(self.network_for(&inputs)?, &inputs)?;
        if self.compiled.is_none() {
            return Err(not_compiled());
        }
        same_samples("targets", samples, &targets)?;
        same_samples("sample weights", samples, options.sample_weights.as_deref().unwrap_or_default())?;
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
            Some(classes) => Some(sample_weights::of_classes(classes, &targets, sample_weights)?),
            None => None,
        };
        let by_class = by_class.as_ref().map(Arrays::views);
        let all = Data { inputs, targets, sample_weights: None };
        let train = all.rows(0, split, by_class.as_deref().or(sample_weights));
        let validation = match &options.validation {
            Some(data) => {
                let samples = data.inputs.first().map_or(0, View::samples);
                same_samples("validation targets", samples, &data.targets)?;
                let weights = options.validation_weights.as_deref();
                same_samples("validation sample weights", samples, weights.unwrap_or_default())?;
                Some(data.rows(0, samples, weights))
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
        let mut order = Order::new(pass.samples, batch_size, plan.shuffle);
        let steps = plan.steps.unwrap_or(order.batches());
        let mut history = History::default();
        let mut progress = Progress::new(verbose, plan.epochs);
        self.stop_training = false;
        callbacks.iter_mut().try_for_each(|c| c.on_train_begin(self))?;
        for epoch in plan.first..plan.epochs {
            callbacks.iter_mut().try_for_each(|c| c.on_epoch_begin(self, epoch))?;
            progress.start_epoch(epoch, steps);
            pass.reset();
            for step in 0..steps {
                let finite = self.step(&mut pass, order.next(|| self.shuffle_key()), true)?;
                if !finite && callbacks.iter().any(|c| c.stops_on_nan()) {
                    return Ok(history);
                } else if !finite {
                    return Err(Error::new(Problem::NanLoss { epoch, batch: step }));
                }
                self.end_step(&pass, step, callbacks, &progress)?;
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

    fn end_step(
        &mut self,
        pass: &Pass<'_>,
        step: usize,
        callbacks: &mut [AnyCallback<'_>],
        progress: &Progress,
    ) -> Result<()> {
        progress.step(step + 1, || pass.logs());
        if !callbacks.iter().any(|c| c.wants_batches()) {
            return Ok(());
        }
        let logs = pass.logs();
        callbacks.iter_mut().try_for_each(|c| c.on_batch_end(self, step, &logs))
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
        let batch_size = options.batch_size.unwrap_or(BATCH);
        let inputs = inputs.views();
        positive("batch_size", &[batch_size]).map_err(|p| Error::new(p).at_layer("evaluate"))?;
        self.network_for(&inputs)?;
        let sample_weights = options.sample_weights.as_deref().map(reborrowed);
        let targets = targets.views();
        let data = Data { inputs: reborrowed(&inputs), targets: reborrowed(&targets), sample_weights };
        let mut pass = self.pass(data)?;
        self.run_validation(&mut pass, batch_size, options.steps)
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
        let by_class =
            options.class_weights.map(|classes| sample_weights::of_classes(&classes, &targets, own)).transpose()?;
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

    /// The time that each layer takes in a step of training on one batch, there and back, in the order in which the layers
    /// run: the least of several steps, which train the model. What is of no layer, such as the optimizer, comes last.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit).
    ///
    /// ```
    /// use argali::prelude::*;
    /// let mut model = Sequential::new().input([3]).dense(8).dense(2).build()?;
    /// model.compile(Adam::new(), "mse", ())?;
    /// let (x, y) = (ndarray::Array2::<f32>::ones((4, 3)), ndarray::Array2::<f32>::ones((4, 2)));
    /// let times = model.profile_training(&x, &y, 5)?;
    /// let names: Vec<_> = times.iter().map(|(layer, _)| layer.as_str()).collect();
    /// assert_eq!(names, ["dense", "dense_1", "loss, metrics, optimizer"]);
    /// # Ok::<(), argali::Error>(())
    /// ```
    pub fn profile_training(
        &mut self,
        inputs: &impl Arrays,
        targets: &impl Arrays,
        steps: usize,
    ) -> Result<Vec<(String, Duration)>> {
        let (inputs, targets) = (inputs.views(), targets.views());
        self.network_for(&inputs)?;
        let mut pass = self.pass(Data { inputs, targets, sample_weights: None })?;
        pass.measure();
        let order: Vec<usize> = (0..pass.samples).collect();
        let mut least: Vec<(String, Duration)> = Vec::new();
        for step in 0..steps.max(1) {
            if !self.step(&mut pass, &order, true)? {
                return Err(Error::new(Problem::NanLoss { epoch: 0, batch: step }));
            }
            match step {
                0 => least = pass.times().to_vec(),
                _ => {
                    least.iter_mut().zip(pass.times()).for_each(|((_, least), (_, time))| *least = (*least).min(*time))
                }
            }
        }
        Ok(least)
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
        let batch_size = self.network().and_then(fixed_batch).unwrap_or(batch_size);
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

/// The order that samples are trained on, batch after batch, over and over.
struct Order {
    samples: Vec<usize>,
    batch_size: usize,
    shuffle: bool,
    next: usize,
}

impl Order {
    fn new(samples: usize, batch_size: usize, shuffle: bool) -> Self {
        Order { samples: (0..samples).collect(), batch_size, shuffle, next: 0 }
    }

    /// Batches that hold every sample once.
    fn batches(&self) -> usize {
        self.samples.len().div_ceil(self.batch_size)
    }

    /// The next batch; before the first of all samples, they are put in a new order if they are shuffled.
    fn next(&mut self, key: impl FnOnce() -> Key) -> &[usize] {
        if self.next == 0 && self.shuffle {
            self.samples = permutation(key(), self.samples.len());
        }
        let start = self.next * self.batch_size;
        self.next = (self.next + 1) % self.batches();
        &self.samples[start..self.samples.len().min(start.saturating_add(self.batch_size))]
    }
}
