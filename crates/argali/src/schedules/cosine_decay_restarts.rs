use super::{Schedule, keras, positive};
use crate::{Number, Problem};
use std::f64::consts::PI;

object! {
    /// Half cosine waves one after the other, each from a new start.
    ///
    /// ```
    /// use argali::schedules::{CosineDecayRestarts, Schedule};
    /// let schedule = CosineDecayRestarts::new(0.1, 10).m_mul(0.5);
    /// assert_eq!((schedule.at(0), schedule.at(5), schedule.at(10)), (0.1, 0.05, 0.05));
    /// ```
    ///
    /// Keras: `keras.optimizers.schedules.CosineDecayRestarts`.
    pub struct CosineDecayRestarts(keras("CosineDecayRestarts")) {
        /// Rate of the first step.
        initial_learning_rate: Number as impl Into<Number>,
        /// Steps of the first wave, above 0.
        first_decay_steps: Number as impl Into<Number>,
        ..
        /// How much longer each wave is than the one before. Default 2.0.
        t_mul: Number as impl Into<Number> = Number::Float(2.0),
        /// How much higher each wave starts than the one before. Default 1.0.
        m_mul: Number as impl Into<Number> = Number::Float(1.0),
        /// Lowest rate as a fraction of the first. Default 0.0.
        alpha: Number as impl Into<Number> = Number::Float(0.0),
        /// Name of the schedule. Default `"SGDRDecay"`.
        name: String as impl Into<String> = "SGDRDecay".to_owned(),
    }
}

impl Schedule for CosineDecayRestarts {
    fn at(&self, step: u64) -> f64 {
        let (t_mul, alpha) = (self.t_mul.get(), self.alpha.get());
        let done = step as f64 / self.first_decay_steps.get();
        let (restarts, done) = match t_mul == 1.0 {
            true => (done.floor(), done - done.floor()),
            false => {
                let restarts = ((1.0 - done * (1.0 - t_mul)).ln() / t_mul.ln()).floor();
                let before = (1.0 - t_mul.powf(restarts)) / (1.0 - t_mul);
                (restarts, (done - before) / t_mul.powf(restarts))
            }
        };
        let cosine = 0.5 * self.m_mul.get().powf(restarts) * (1.0 + (PI * done).cos());
        self.initial_learning_rate.get() * ((1.0 - alpha) * cosine + alpha)
    }

    fn validate(&self) -> Result<(), Problem> {
        positive("first_decay_steps", self.first_decay_steps)
    }
}
