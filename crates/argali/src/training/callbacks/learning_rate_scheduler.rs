use super::{Callback, Logs};
use crate::{Model, Result};
use std::fmt;

/// Sets the learning rate before every epoch, from the epoch and the rate so far.
///
/// Adds `learning_rate` to the logs.
///
/// ```
/// use argali::prelude::*;
/// let mut model = Sequential::new().input([1]).dense(1).build()?;
/// model.compile(SGD::new().learning_rate(0.1), "mse", ())?;
/// let x = ndarray::Array2::<f32>::ones((4, 1));
/// let halve = LearningRateScheduler::new(|epoch, rate| if epoch > 0 { rate / 2.0 } else { rate });
/// let history = model.fit(&x, &x, Fit::new().epochs(3).verbose(Verbose::Silent).callback(halve))?;
/// assert_eq!(history["learning_rate"], [0.1, 0.05, 0.025]);
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `keras.callbacks.LearningRateScheduler`.
#[must_use = "a callback is given to `Fit::callback`"]
pub struct LearningRateScheduler<F>(F);

impl<F: FnMut(usize, f64) -> f64> LearningRateScheduler<F> {
    /// A function of the epoch, counted from 0, and the learning rate so far.
    pub fn new(schedule: F) -> Self {
        LearningRateScheduler(schedule)
    }
}

impl<F> fmt::Debug for LearningRateScheduler<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LearningRateScheduler")
    }
}

impl<F: FnMut(usize, f64) -> f64> Callback for LearningRateScheduler<F> {
    fn on_epoch_begin(&mut self, model: &mut Model, epoch: usize) -> Result<()> {
        let rate = (self.0)(epoch, model.learning_rate().unwrap_or_default());
        model.set_learning_rate(rate)
    }

    fn on_epoch_end(&mut self, model: &mut Model, _: usize, logs: &mut Logs) -> Result<()> {
        logs.insert("learning_rate".into(), model.learning_rate().unwrap_or_default());
        Ok(())
    }
}
