//! Learning rates that change with the step of training.
//!
//! ```
//! use argali::schedules::{ExponentialDecay, LearningRate, Schedule};
//!
//! let schedule = ExponentialDecay::new(0.1, 1000, 0.5);
//! assert_eq!(schedule.at(2000), 0.025);
//! let rate = LearningRate::from(schedule);
//! assert_eq!(rate.at(0), 0.1);
//! ```
//!
//! Keras: `keras.optimizers.schedules`.

mod any;
mod cosine_decay;
mod cosine_decay_restarts;
mod exponential_decay;
mod inverse_time_decay;
mod piecewise_constant_decay;
mod polynomial_decay;

pub use any::{AnySchedule, LearningRate, ScheduleClass};
pub use cosine_decay::CosineDecay;
pub use cosine_decay_restarts::CosineDecayRestarts;
pub use exponential_decay::ExponentialDecay;
pub use inverse_time_decay::InverseTimeDecay;
pub use piecewise_constant_decay::PiecewiseConstantDecay;
pub use polynomial_decay::PolynomialDecay;

use crate::{Class, Config, Number, Problem};
#[cfg(test)]
pub(crate) use any::classes;

/// A learning rate for every step of training.
///
/// Define the options of your own with [`object!`](crate::object):
///
/// ```
/// use argali::schedules::{LearningRate, Schedule};
/// use argali::{Class, object};
///
/// object! {
///     /// Grows in proportion to the step.
///     pub struct Warmup(Class::custom("Warmup", "mine>Warmup")) {
///         /// Rate after the last step of growth.
///         target: f64,
///         ..
///         /// Steps of growth. Default 100.
///         steps: u64 = 100,
///     }
/// }
///
/// impl Schedule for Warmup {
///     fn at(&self, step: u64) -> f64 {
///         self.target * (step as f64 / self.steps as f64).min(1.0)
///     }
/// }
///
/// assert_eq!(LearningRate::from(Warmup::new(0.1).steps(10)).at(5), 0.05);
/// ```
///
/// Keras: `keras.optimizers.schedules.LearningRateSchedule`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a schedule", note = "implement `Schedule` with its `at`")]
pub trait Schedule: Config {
    /// The learning rate of a step, counted from 0.
    fn at(&self, step: u64) -> f64;

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] that names the option, its value and the values it may have.
    fn validate(&self) -> Result<(), Problem> {
        Ok(())
    }
}

/// A schedule class of Keras itself.
const fn keras(name: &'static str) -> Class {
    Class::keras("keras.optimizers.schedules", name)
}

/// Refuses a number of steps that is not above 0.
fn positive(option: &'static str, steps: Number) -> Result<(), Problem> {
    match steps.get() > 0.0 {
        true => Ok(()),
        false => Err(Problem::argument(option, steps, "a number above 0", "")),
    }
}
