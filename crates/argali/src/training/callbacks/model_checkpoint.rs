use super::monitor::Monitor;
use super::pattern::{Unknown, fill};
use super::{Callback, Logs, Mode};
use crate::{Error, Model, Number, Problem, Result};
use std::path::{Path, PathBuf};

/// Saves the model after every epoch, or after those that are the best so far.
///
/// A file whose name ends in `.keras` gets the whole model, as by [`Model::save`]; another one the weights, in the format
/// that its name says, as by [`Model::save_weights`].
///
/// `{epoch}` and names of the logs in braces, such as `{val_loss}`, are replaced in the path, with Python's formats if
/// wanted: `{epoch:02d}-{val_loss:.2f}.keras`. Epochs count from 1. Another name in braces is an error that ends the
/// training. Folders of the path that are not there are made.
///
/// Keras: `keras.callbacks.ModelCheckpoint`.
#[derive(Clone, Debug)]
#[must_use = "a callback is given to `Fit::callback`"]
pub struct ModelCheckpoint {
    path: PathBuf,
    monitor: Monitor,
    save_best_only: bool,
    save_freq: usize,
}

impl ModelCheckpoint {
    /// The file to save to.
    pub fn new(path: impl Into<PathBuf>) -> Self {
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

    /// The file of an epoch; a path that is no text has no names in braces either.
    fn path(&self, epoch: usize, logs: &Logs) -> Result<PathBuf> {
        let Some(path) = self.path.to_str() else { return Ok(self.path.clone()) };
        let value = |name: &str| match name {
            "epoch" => i64::try_from(epoch + 1).ok().map(Number::Int),
            log => logs.get(log).copied().map(Number::Float),
        };
        fill(path, value).map(PathBuf::from).map_err(|Unknown(unknown)| {
            let known: Vec<_> = logs.keys().map(String::as_str).collect();
            let message = format!("`{{{unknown}}}` in a checkpoint's path is not known after an epoch");
            let help = format!("take of {{epoch}}, {{{}}}, or formats such as {{epoch:02d}}", known.join("}, {"));
            Error::new(Problem::data(message, help)).in_file(&self.path)
        })
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
        save(model, &self.path(epoch, logs)?)
    }
}

fn save(model: &Model, path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        let failed = |error| Error::new(Problem::File(format!("cannot make the folder: {error}"))).in_file(folder);
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    match path.extension() {
        #[cfg(feature = "keras-files")]
        Some(ending) if ending.eq_ignore_ascii_case("keras") => model.save(path),
        _ => model.save_weights(path),
    }
}

#[cfg(all(test, feature = "keras-files"))]
mod tests {
    use crate::prelude::*;

    #[test]
    fn checkpoints_are_named_by_epoch_and_logs() {
        let folder = tempfile::tempdir().unwrap();
        let x = ndarray::Array2::<f32>::zeros((4, 3));
        let fit = |name: &str| {
            let mut model = Sequential::new().input([3]).dense(3).build().unwrap();
            model.compile("sgd", "mse", ()).unwrap();
            let checkpoint = ModelCheckpoint::new(folder.path().join(name));
            model.fit(&x, &x, Fit::new().epochs(2).verbose(Verbose::Silent).callback(checkpoint))
        };
        fit("of/{epoch:02d}-{loss:.2f}.safetensors").unwrap();
        fit("whole.keras").unwrap();
        for name in ["of/01-0.00.safetensors", "of/02-0.00.safetensors", "whole.keras"] {
            assert!(folder.path().join(name).exists(), "{name}");
        }
        assert_eq!(Model::load(folder.path().join("whole.keras")).unwrap().iterations(), 2);
        let error = fit("{epok}.keras").unwrap_err().to_string();
        assert!(error.contains("`{epok}`") && error.contains("take of {epoch}, {loss}"), "{error}");
    }
}
