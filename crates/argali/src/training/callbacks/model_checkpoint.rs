use super::monitor::Monitor;
use super::{Callback, Logs, Mode};
use crate::{Model, Result};

/// Saves the model after every epoch, or after those that are the best so far.
///
/// A file whose name ends in `.keras` gets the whole model, as by [`Model::save`]; another one the weights, in the format
/// that its name says, as by [`Model::save_weights`].
///
/// `{epoch}` and names of the logs in braces, such as `{val_loss}`, are replaced in the path; epochs count from 1.
///
/// Keras: `keras.callbacks.ModelCheckpoint`.
#[derive(Clone, Debug)]
#[must_use = "a callback is given to `Fit::callback`"]
pub struct ModelCheckpoint {
    path: String,
    monitor: Monitor,
    save_best_only: bool,
    save_freq: usize,
}

impl ModelCheckpoint {
    /// The file to save to.
    pub fn new(path: impl Into<String>) -> Self {
        ModelCheckpoint {
            path: path.into(),
            monitor: Monitor::new("val_loss", 0.0),
            save_best_only: false,
            save_freq: 1,
        }
    }

    /// The number that decides which epoch is best. Default `val_loss`.
    pub fn monitor(mut self, name: &str) -> Self {
        self.monitor.name = name.into();
        self
    }

    /// Whether the number should fall or rise. Default: by its name.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.monitor.mode = mode;
        self
    }

    /// Whether only epochs that are better than all before are saved. Default `false`.
    pub fn save_best_only(mut self, best: bool) -> Self {
        self.save_best_only = best;
        self
    }

    /// A value that must be beaten before anything is saved as the best. Default none.
    pub fn initial_value_threshold(mut self, value: f64) -> Self {
        self.monitor.best = Some(value);
        self
    }

    /// Epochs between two saves. Default 1.
    pub fn save_freq(mut self, epochs: usize) -> Self {
        self.save_freq = epochs;
        self
    }

    fn path(&self, epoch: usize, logs: &Logs) -> String {
        let start = self.path.replace("{epoch}", &(epoch + 1).to_string());
        let with =
            |path: String, (name, value): (&String, &f64)| path.replace(&format!("{{{name}}}"), &format!("{value:.4}"));
        logs.iter().fold(start, with)
    }
}

impl Callback for ModelCheckpoint {
    fn on_epoch_end(&mut self, model: &mut Model, epoch: usize, logs: &mut Logs) -> Result<()> {
        if !(epoch + 1).is_multiple_of(self.save_freq.max(1)) {
            return Ok(());
        }
        if self.save_best_only {
            let Some(value) = self.monitor.value(logs) else { return Ok(()) };
            if !self.monitor.improves(value, self.monitor.best) {
                return Ok(());
            }
            self.monitor.best = Some(value);
        }
        save(model, &self.path(epoch, logs))
    }
}

fn save(model: &Model, path: &str) -> Result<()> {
    match path {
        #[cfg(feature = "keras-files")]
        path if path.to_lowercase().ends_with(".keras") => model.save(path),
        path => model.save_weights(path),
    }
}
