use super::{Schedule, keras, positive};
use crate::{Number, Problem};

object! {
    /// `initial_learning_rate / (1 + decay_rate · step / decay_steps)`.
    ///
    /// ```
    /// use argali::schedules::{InverseTimeDecay, Schedule};
    /// assert_eq!(InverseTimeDecay::new(0.1, 10, 1.0).at(10), 0.05);
    /// ```
    ///
    /// Keras: `keras.optimizers.schedules.InverseTimeDecay`.
    pub struct InverseTimeDecay(keras("InverseTimeDecay")) {
        /// Rate of the first step.
        initial_learning_rate: Number as impl Into<Number>,
        /// Steps after which the divisor has grown by `decay_rate`, above 0.
        decay_steps: Number as impl Into<Number>,
        /// What the divisor grows by.
        decay_rate: Number as impl Into<Number>,
        ..
        /// Whether the rate changes only every `decay_steps` steps. Default `false`.
        staircase: bool = false,
        /// Name of the schedule. Default `"InverseTimeDecay"`.
        name: String as impl Into<String> = "InverseTimeDecay".to_owned(),
    }
}

impl Schedule for InverseTimeDecay {
    fn at(&self, step: u64) -> f64 {
        let times = step as f64 / self.decay_steps.get();
        let times = if self.staircase { times.floor() } else { times };
        self.initial_learning_rate.get() / (1.0 + self.decay_rate.get() * times)
    }

    fn validate(&self) -> Result<(), Problem> {
        positive("decay_steps", self.decay_steps)
    }
}
