use super::{Schedule, keras, positive};
use crate::{MaybeNumber, Number, Problem};
use std::f64::consts::PI;

object! {
    /// Half a cosine wave from `initial_learning_rate` down to `alpha` times it, and constant then.
    ///
    /// With `warmup_target` the rate first grows in proportion to the step, from `initial_learning_rate` to
    /// `warmup_target`, and falls from there.
    ///
    /// ```
    /// use argali::schedules::{CosineDecay, Schedule};
    /// let schedule = CosineDecay::new(0.0, 100).warmup_target(0.1).warmup_steps(10);
    /// assert_eq!((schedule.at(5), schedule.at(10), schedule.at(110)), (0.05, 0.1, 0.0));
    /// ```
    ///
    /// Keras: `keras.optimizers.schedules.CosineDecay`.
    pub struct CosineDecay(keras("CosineDecay")) {
        /// Rate of the first step.
        initial_learning_rate: Number as impl Into<Number>,
        /// Steps of the fall, above 0.
        decay_steps: Number as impl Into<Number>,
        ..
        /// Rate at the end as a fraction of the highest. Default 0.0.
        alpha: Number as impl Into<Number> = Number::Float(0.0),
        /// Name of the schedule. Default `"CosineDecay"`.
        name: String as impl Into<String> = "CosineDecay".to_owned(),
        /// Rate after warming up, `None` for no warming up. Default `None`.
        warmup_target: MaybeNumber as impl Into<MaybeNumber> = MaybeNumber(None),
        /// Steps of warming up. Default 0.
        warmup_steps: Number as impl Into<Number> = Number::Int(0),
    }
}

impl Schedule for CosineDecay {
    fn at(&self, step: u64) -> f64 {
        let (step, initial) = (step as f64, self.initial_learning_rate.get());
        match self.warmup_target.get() {
            None => self.fall(step, initial),
            Some(target) if step < self.warmup_steps.get() => {
                (target - initial) * (step / self.warmup_steps.get()) + initial
            }
            Some(target) => self.fall(step - self.warmup_steps.get(), target),
        }
    }

    fn validate(&self) -> Result<(), Problem> {
        positive("decay_steps", self.decay_steps)
    }
}

impl CosineDecay {
    fn fall(&self, step: f64, from: f64) -> f64 {
        let (steps, alpha) = (self.decay_steps.get(), self.alpha.get());
        let cosine = 0.5 * (1.0 + (PI * step.min(steps) / steps).cos());
        from * ((1.0 - alpha) * cosine + alpha)
    }
}
