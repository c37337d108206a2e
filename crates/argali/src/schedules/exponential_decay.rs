use super::{Schedule, keras, positive};
use crate::{Number, Problem};

object! {
    /// `initial_learning_rate · decay_rate ^ (step / decay_steps)`.
    ///
    /// ```
    /// use argali::schedules::{ExponentialDecay, Schedule};
    /// let schedule = ExponentialDecay::new(0.1, 10, 0.5).staircase(true);
    /// assert_eq!((schedule.at(9), schedule.at(10)), (0.1, 0.05));
    /// ```
    ///
    /// Keras: `keras.optimizers.schedules.ExponentialDecay`.
    pub struct ExponentialDecay(keras("ExponentialDecay")) {
        /// Rate of the first step.
        initial_learning_rate: Number as impl Into<Number>,
        /// Steps after which the rate is multiplied once, above 0.
        decay_steps: Number as impl Into<Number>,
        /// What the rate is multiplied by.
        decay_rate: Number as impl Into<Number>,
        ..
        /// Whether the rate changes only every `decay_steps` steps. Default `false`.
        staircase: bool = false,
        /// Name of the schedule. Default `"ExponentialDecay"`.
        name: String as impl Into<String> = "ExponentialDecay".to_owned(),
    }
}

impl Schedule for ExponentialDecay {
    fn at(&self, step: u64) -> f64 {
        let times = step as f64 / self.decay_steps.get();
        let times = if self.staircase { times.floor() } else { times };
        self.initial_learning_rate.get() * self.decay_rate.get().powf(times)
    }

    fn validate(&self) -> Result<(), Problem> {
        positive("decay_steps", self.decay_steps)
    }
}
