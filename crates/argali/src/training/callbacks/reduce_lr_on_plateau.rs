use super::monitor::Monitor;
use super::{Callback, Logs, Mode};
use crate::{Error, Model, Problem, Result};

/// Lowers the learning rate when a number has stopped getting better.
///
/// Adds `learning_rate` to the logs.
///
/// ```
/// use argali::prelude::*;
/// let mut model = Sequential::new().input([1]).dense(1).trainable(false).build()?;
/// model.compile(SGD::new().learning_rate(0.1), "mse", ())?;
/// let x = ndarray::Array2::<f32>::ones((4, 1));
/// let reduce = ReduceLROnPlateau::new("loss").factor(0.5).patience(1);
/// let history = model.fit(&x, &x, Fit::new().epochs(3).verbose(Verbose::Silent).callback(reduce))?;
/// assert_eq!(history["learning_rate"], [0.1, 0.1, 0.05]);
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `keras.callbacks.ReduceLROnPlateau`.
#[derive(Clone, Debug)]
#[must_use = "a callback is given to `Fit::callback`"]
pub struct ReduceLROnPlateau {
    monitor: Monitor,
    factor: f64,
    patience: usize,
    cooldown: usize,
    min_lr: f64,
    wait: usize,
    cooling: usize,
}

impl ReduceLROnPlateau {
    /// Watches a number of the logs, such as `val_loss`.
    pub fn new(monitor: &str) -> Self {
        let monitor = Monitor::new(monitor, 1e-4);
        ReduceLROnPlateau { monitor, factor: 0.1, patience: 10, cooldown: 0, min_lr: 0.0, wait: 0, cooling: 0 }
    }

    /// What the learning rate is multiplied by, below 1. Default 0.1.
    pub fn factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }

    /// Epochs without improvement after which it is lowered. Default 10.
    pub fn patience(mut self, epochs: usize) -> Self {
        self.patience = epochs;
        self
    }

    /// Whether the number should fall or rise. Default: by its name.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.monitor.mode = mode;
        self
    }

    /// The least change that counts as better. Default 1e-4.
    pub fn min_delta(mut self, delta: f64) -> Self {
        self.monitor.min_delta = delta.abs();
        self
    }

    /// Epochs after lowering in which nothing is counted. Default 0.
    pub fn cooldown(mut self, epochs: usize) -> Self {
        self.cooldown = epochs;
        self
    }

    /// The lowest learning rate. Default 0.
    pub fn min_lr(mut self, learning_rate: f64) -> Self {
        self.min_lr = learning_rate;
        self
    }
}

impl Callback for ReduceLROnPlateau {
    fn on_train_begin(&mut self, _: &mut Model) -> Result<()> {
        if !(0.0..1.0).contains(&self.factor) {
            let help = "0.1 lowers the learning rate to a tenth";
            return Err(Problem::argument("factor", self.factor, "a number from 0 up to 1", help).into())
                .map_err(|e: Error| e.at_layer("ReduceLROnPlateau"));
        }
        (self.wait, self.cooling, self.monitor.best) = (0, 0, None);
        Ok(())
    }

    fn on_epoch_end(&mut self, model: &mut Model, _: usize, logs: &mut Logs) -> Result<()> {
        let rate = model.learning_rate().unwrap_or_default();
        logs.insert("learning_rate".into(), rate);
        let Some(value) = self.monitor.value(logs) else { return Ok(()) };
        if self.cooling > 0 {
            self.cooling -= 1;
            self.wait = 0;
        }
        if self.monitor.improves(value, self.monitor.best) {
            self.monitor.best = Some(value);
            self.wait = 0;
        } else if self.cooling == 0 {
            self.wait += 1;
            if self.wait >= self.patience && rate > self.min_lr {
                model.set_learning_rate((rate * self.factor).max(self.min_lr))?;
                (self.cooling, self.wait) = (self.cooldown, 0);
            }
        }
        Ok(())
    }
}
