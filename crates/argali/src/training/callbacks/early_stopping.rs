use super::monitor::Monitor;
use super::{Callback, Logs, Mode};
use crate::{Model, Result};
use ndarray::ArrayD;

/// Ends the training when a number has stopped getting better.
///
/// ```
/// use argali::prelude::*;
/// let mut model = Sequential::new().input([1]).dense(1).build()?;
/// model.compile(SGD::new().learning_rate(0.0), "mse", ())?;
/// let x = ndarray::Array2::<f32>::ones((4, 1));
/// let stop = EarlyStopping::new("loss").patience(2);
/// let history = model.fit(&x, &x, Fit::new().epochs(50).verbose(Verbose::Silent).callback(stop))?;
/// assert_eq!(history.epochs.len(), 3);
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `keras.callbacks.EarlyStopping`.
#[derive(Clone, Debug)]
#[must_use = "a callback is given to `Fit::callback`"]
pub struct EarlyStopping {
    monitor: Monitor,
    patience: usize,
    baseline: Option<f64>,
    restore_best_weights: bool,
    start_from_epoch: usize,
    wait: usize,
    best: Option<(usize, Vec<ArrayD<f64>>)>,
    stopped_epoch: Option<usize>,
}

impl EarlyStopping {
    /// Watches a number of the logs, such as `val_loss`.
    pub fn new(monitor: &str) -> Self {
        EarlyStopping {
            monitor: Monitor::new(monitor, 0.0),
            patience: 0,
            baseline: None,
            restore_best_weights: false,
            start_from_epoch: 0,
            wait: 0,
            best: None,
            stopped_epoch: None,
        }
    }

    /// The least change that counts as better. Default 0.
    pub fn min_delta(mut self, delta: f64) -> Self {
        self.monitor.min_delta = delta.abs();
        self
    }

    /// Epochs without improvement after which training ends. Default 0.
    pub fn patience(mut self, epochs: usize) -> Self {
        self.patience = epochs;
        self
    }

    /// Whether the number should fall or rise. Default: by its name.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.monitor.mode = mode;
        self
    }

    /// A value that must be beaten too for patience to start anew. Default none.
    pub fn baseline(mut self, baseline: f64) -> Self {
        self.baseline = Some(baseline);
        self
    }

    /// Whether the weights of the best epoch are put back at the end. Default `false`.
    pub fn restore_best_weights(mut self, restore: bool) -> Self {
        self.restore_best_weights = restore;
        self
    }

    /// The first epoch that is watched. Default 0.
    pub fn start_from_epoch(mut self, epoch: usize) -> Self {
        self.start_from_epoch = epoch;
        self
    }

    /// The epoch after which training ended, if it did so early.
    pub fn stopped_epoch(&self) -> Option<usize> {
        self.stopped_epoch
    }

    /// The epoch whose weights were kept as the best.
    pub fn best_epoch(&self) -> Option<usize> {
        self.best.as_ref().map(|(epoch, _)| *epoch)
    }

    fn keep(&mut self, model: &Model, epoch: usize) -> Result<()> {
        if self.restore_best_weights {
            self.best = Some((epoch, model.get_weights()?));
        }
        Ok(())
    }
}

impl Callback for EarlyStopping {
    fn on_train_begin(&mut self, _: &mut Model) -> Result<()> {
        (self.wait, self.monitor.best, self.best, self.stopped_epoch) = (0, None, None, None);
        Ok(())
    }

    fn on_epoch_end(&mut self, model: &mut Model, epoch: usize, logs: &mut Logs) -> Result<()> {
        let Some(value) = self.monitor.value(logs).filter(|_| epoch >= self.start_from_epoch) else { return Ok(()) };
        if self.best.is_none() {
            self.keep(model, epoch)?;
        }
        self.wait += 1;
        if self.monitor.improves(value, self.monitor.best) {
            self.monitor.best = Some(value);
            self.keep(model, epoch)?;
            if self.monitor.improves(value, self.baseline) {
                self.wait = 0;
            }
        } else if self.wait >= self.patience && epoch > 0 {
            self.stopped_epoch = Some(epoch);
            model.stop_training();
        }
        Ok(())
    }

    fn on_train_end(&mut self, model: &mut Model) -> Result<()> {
        match &self.best {
            Some((_, weights)) => model.set_weights(weights),
            None => Ok(()),
        }
    }
}
