use super::{Schedule, keras, positive};
use crate::{Number, Problem};

object! {
    /// From `initial_learning_rate` to `end_learning_rate` by `(1 - step / decay_steps) ^ power`, and constant then.
    ///
    /// ```
    /// use argali::schedules::{PolynomialDecay, Schedule};
    /// let schedule = PolynomialDecay::new(0.5, 10).end_learning_rate(0.25);
    /// assert_eq!((schedule.at(5), schedule.at(10), schedule.at(11)), (0.375, 0.25, 0.25));
    /// ```
    ///
    /// Keras: `keras.optimizers.schedules.PolynomialDecay`.
    pub struct PolynomialDecay(keras("PolynomialDecay")) {
        /// Rate of the first step.
        initial_learning_rate: Number as impl Into<Number>,
        /// Steps until the end, above 0.
        decay_steps: Number as impl Into<Number>,
        ..
        /// Rate at the end. Default 0.0001.
        end_learning_rate: Number as impl Into<Number> = Number::Float(0.0001),
        /// The power; 1 is a straight line. Default 1.0.
        power: Number as impl Into<Number> = Number::Float(1.0),
        /// Whether to stretch the curve to the next multiple of `decay_steps` instead of staying constant. Default
        /// `false`.
        cycle: bool = false,
        /// Name of the schedule. Default `"PolynomialDecay"`.
        name: String as impl Into<String> = "PolynomialDecay".to_owned(),
    }
}

impl Schedule for PolynomialDecay {
    fn at(&self, step: u64) -> f64 {
        let (step, steps) = (step as f64, self.decay_steps.get());
        let done = match self.cycle {
            true if step == 0.0 => 0.0,
            true => step / (steps * (step / steps).ceil()),
            false => step.min(steps) / steps,
        };
        let end = self.end_learning_rate.get();
        (self.initial_learning_rate.get() - end) * (1.0 - done).powf(self.power.get()) + end
    }

    fn validate(&self) -> Result<(), Problem> {
        positive("decay_steps", self.decay_steps)
    }
}
