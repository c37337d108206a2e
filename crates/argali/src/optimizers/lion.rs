use super::pass::{Rule, pass};
use super::{Common, Optimizer, Slot, Step, VariableInfo, keras};
use crate::{Number, Problem};
use argali_engine::{Real, Value};

optimizer! {
    /// Moves every weight by the learning rate, against the sign of an averaged gradient.
    ///
    /// `w = w - learning_rate · sign(beta_1 · m + (1 - beta_1) · g)`, `m = beta_2 · m + (1 - beta_2) · g`. The default
    /// learning rate is 0.001; it should be smaller than Adam's, and the weight decay larger.
    ///
    /// ```
    /// use argali::optimizers::Lion;
    /// let optimizer = Lion::new().learning_rate(0.0001).weight_decay(0.1);
    /// ```
    ///
    /// Keras: `keras.optimizers.Lion`.
    pub struct Lion(keras("Lion"), Common::new("lion", 0.001)) {
        /// Share of the mean in the direction of a step, above 0 and up to 1. Default 0.9.
        beta_1: Number as impl Into<Number> = Number::Float(0.9),
        /// How much of the mean stays in a step. Default 0.99.
        beta_2: Number as impl Into<Number> = Number::Float(0.99),
    }
}

impl Optimizer for Lion {
    common_options!();

    fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
        vec![vec![Slot::new("momentum")]]
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        pass(Sign { beta_1: self.beta_1.get(), beta_2: self.beta_2.get() }, step, variable, gradient, slots)
    }

    fn validate(&self) -> Result<(), Problem> {
        match self.beta_1.get() > 0.0 && self.beta_1.get() <= 1.0 {
            true => Ok(()),
            false => Err(Problem::argument("beta_1", self.beta_1, "a number above 0 and up to 1", "")),
        }
    }
}

#[derive(Clone, Debug)]
struct Sign {
    beta_1: f64,
    beta_2: f64,
}

impl Rule for Sign {
    const NAME: &'static str = "lion";

    fn coefficients<T: Real>(&self, learning_rate: T, _: T) -> [T; 2] {
        [learning_rate, T::zero()]
    }

    fn update<T: Real>(&self, [rate, _]: [T; 2], weight: T, gradient: T, slots: &mut [T]) -> T {
        let [mean] = slots else { return weight };
        let mix = |beta: f64, mean: T| mean * T::from_f64(beta) + gradient * (T::one() - T::from_f64(beta));
        let direction = mix(self.beta_1, *mean);
        *mean = mix(self.beta_2, *mean);
        let sign = if direction == T::zero() || direction.is_nan() { direction } else { direction.signum() };
        weight - rate * sign
    }
}
