//! What is told of training while it runs, and may change its course.

mod csv_logger;
mod early_stopping;
mod learning_rate_scheduler;
mod model_checkpoint;
mod monitor;
mod pattern;
mod reduce_lr_on_plateau;
mod terminate_on_nan;

pub use csv_logger::CSVLogger;
pub use early_stopping::EarlyStopping;
pub use learning_rate_scheduler::LearningRateScheduler;
pub use model_checkpoint::ModelCheckpoint;
pub use monitor::Mode;
pub use reduce_lr_on_plateau::ReduceLROnPlateau;
pub use terminate_on_nan::TerminateOnNaN;

use super::history::Logs;
use crate::{Model, Result};
use std::fmt;

/// What is called while [`Model::fit`] runs. An error ends the training.
///
/// ```
/// use argali::prelude::*;
/// use argali::{Result, training::{Logs, callbacks::Callback}};
///
/// struct Patience(usize);
///
/// impl Callback for Patience {
///     fn on_epoch_end(&mut self, model: &mut Model, epoch: usize, logs: &mut Logs) -> Result<()> {
///         if epoch + 1 == self.0 {
///             model.stop_training();
///         }
///         Ok(())
///     }
/// }
///
/// let mut model = Sequential::new().input([1]).dense(1).build()?;
/// model.compile("sgd", "mse", ())?;
/// let x = ndarray::Array2::<f32>::ones((4, 1));
/// let history = model.fit(&x, &x, Fit::new().epochs(9).verbose(Verbose::Silent).callback(Patience(2)))?;
/// assert_eq!(history.epochs, [0, 1]);
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `keras.callbacks.Callback`.
#[allow(unused_variables)]
pub trait Callback {
    /// Before the first epoch.
    ///
    /// # Errors
    ///
    /// Ends the training.
    fn on_train_begin(&mut self, model: &mut Model) -> Result<()> {
        Ok(())
    }

    /// Before an epoch; epochs count from 0.
    ///
    /// # Errors
    ///
    /// Ends the training.
    fn on_epoch_begin(&mut self, model: &mut Model, epoch: usize) -> Result<()> {
        Ok(())
    }

    /// After a batch, if [`wants_batches`](Self::wants_batches); batches count from 0 in every epoch.
    ///
    /// # Errors
    ///
    /// Ends the training.
    fn on_batch_end(&mut self, model: &mut Model, batch: usize, logs: &Logs) -> Result<()> {
        Ok(())
    }

    /// After an epoch, with its numbers; numbers added here become part of the history.
    ///
    /// # Errors
    ///
    /// Ends the training.
    fn on_epoch_end(&mut self, model: &mut Model, epoch: usize, logs: &mut Logs) -> Result<()> {
        Ok(())
    }

    /// After the last epoch.
    ///
    /// # Errors
    ///
    /// Is returned by `fit`.
    fn on_train_end(&mut self, model: &mut Model) -> Result<()> {
        Ok(())
    }

    /// Whether [`on_batch_end`](Self::on_batch_end) is called. Default `false`.
    fn wants_batches(&self) -> bool {
        false
    }

    /// Whether a loss that is not finite ends the training instead of being an error. Default `false`.
    fn stops_on_nan(&self) -> bool {
        false
    }
}

impl<C: Callback + ?Sized> Callback for &mut C {
    fn on_train_begin(&mut self, model: &mut Model) -> Result<()> {
        (**self).on_train_begin(model)
    }
    fn on_epoch_begin(&mut self, model: &mut Model, epoch: usize) -> Result<()> {
        (**self).on_epoch_begin(model, epoch)
    }
    fn on_batch_end(&mut self, model: &mut Model, batch: usize, logs: &Logs) -> Result<()> {
        (**self).on_batch_end(model, batch, logs)
    }
    fn on_epoch_end(&mut self, model: &mut Model, epoch: usize, logs: &mut Logs) -> Result<()> {
        (**self).on_epoch_end(model, epoch, logs)
    }
    fn on_train_end(&mut self, model: &mut Model) -> Result<()> {
        (**self).on_train_end(model)
    }
    fn wants_batches(&self) -> bool {
        (**self).wants_batches()
    }
    fn stops_on_nan(&self) -> bool {
        (**self).stops_on_nan()
    }
}

/// A callback whose type is forgotten.
pub(crate) struct AnyCallback<'a>(Box<dyn Callback + 'a>);

impl<'a> AnyCallback<'a> {
    pub(crate) fn new(callback: impl Callback + 'a) -> Self {
        AnyCallback(Box::new(callback))
    }
}

impl fmt::Debug for AnyCallback<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback")
    }
}

impl<'a> std::ops::Deref for AnyCallback<'a> {
    type Target = dyn Callback + 'a;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl std::ops::DerefMut for AnyCallback<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut *self.0
    }
}
