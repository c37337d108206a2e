//! What a run over data is asked for.

use super::callbacks::{AnyCallback, Callback};
use super::pass::Data;
use super::progress::Verbose;
use crate::data::{Arrays, View};
use crate::{Error, Problem, Result};
use std::collections::HashMap;

/// Options of [`Model::fit`](crate::Model::fit).
///
/// Keras: the arguments of `Model.fit`.
#[derive(Debug)]
#[must_use = "options take effect in `Model::fit`"]
pub struct Fit<'a> {
    pub(super) epochs: usize,
    pub(super) batch_size: Option<usize>,
    pub(super) verbose: Verbose,
    pub(super) callbacks: Vec<AnyCallback<'a>>,
    pub(super) validation_split: f64,
    pub(super) validation: Option<Data<'a>>,
    pub(super) validation_weights: Option<Vec<View<'a>>>,
    pub(super) validation_freq: usize,
    pub(super) validation_batch_size: Option<usize>,
    pub(super) shuffle: bool,
    pub(super) class_weights: Option<HashMap<i64, f64>>,
    pub(super) sample_weights: Option<Vec<View<'a>>>,
    pub(super) initial_epoch: usize,
    pub(super) steps_per_epoch: Option<usize>,
    pub(super) validation_steps: Option<usize>,
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
            validation_weights: None,
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

    /// Sample weights of the [validation data](Self::validation_data). Default none.
    pub fn validation_sample_weight(mut self, weights: &'a impl Arrays) -> Self {
        self.validation_weights = Some(weights.views());
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

    pub(super) fn validate(&self) -> Result<()> {
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
        if self.steps_per_epoch == Some(0) {
            return refuse("steps_per_epoch", "0".into(), "a number above 0", "take at least 1");
        }
        if self.validation_steps == Some(0) {
            return refuse("validation_steps", "0".into(), "a number above 0", "take at least 1");
        }
        if self.validation.is_none() && self.validation_weights.is_some() {
            let help = "give them together with `.validation_data(..)`; held back samples keep their own weights";
            return refuse("validation_sample_weight", "without data".into(), "weights of validation data", help);
        }
        if self.validation_freq == 0 {
            return refuse("validation_freq", "0".into(), "a number above 0", "1 validates after every epoch");
        }
        Ok(())
    }
}

/// Options of [`Model::evaluate_with`](crate::Model::evaluate_with).
///
/// Keras: the arguments of `Model.evaluate`.
#[derive(Debug, Default)]
#[must_use = "options take effect in `Model::evaluate_with`"]
pub struct Evaluate<'a> {
    pub(super) batch_size: Option<usize>,
    pub(super) sample_weights: Option<Vec<View<'a>>>,
    pub(super) steps: Option<usize>,
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

/// Options of [`Model::train_on_batch_with`](crate::Model::train_on_batch_with).
///
/// Keras: the arguments of `Model.train_on_batch`.
#[derive(Debug, Default)]
#[must_use = "options take effect in `Model::train_on_batch_with`"]
pub struct OnBatch<'a> {
    pub(super) sample_weights: Option<Vec<View<'a>>>,
    pub(super) class_weights: Option<HashMap<i64, f64>>,
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
