use super::pass::{Rule, pass};
use super::{Common, Optimizer, Slot, Step, VariableInfo, keras, within};
use crate::{Number, Problem};
use argali_engine::{Real, Value};

optimizer! {
    /// Follow the regularized leader: makes many weights exactly 0.
    ///
    /// With `G = g + 2 · l2_shrinkage · w`, `n' = n + g²` and `p = -learning_rate_power`,
    /// `z = z + G - (n'ᵖ - nᵖ) / learning_rate · w`,
    /// `w = (clip(z, -l1, l1) - z) / (n'ᵖ / learning_rate + 2 · l2 + beta / learning_rate)`. The default learning rate is
    /// 0.001.
    ///
    /// ```
    /// use argali::optimizers::Ftrl;
    /// let optimizer = Ftrl::new().learning_rate(0.1).l1_regularization_strength(0.01);
    /// ```
    ///
    /// Keras: `keras.optimizers.Ftrl`.
    pub struct Ftrl(keras("Ftrl"), Common::new("ftrl", 0.001)) {
        /// How the learning rate falls with the sum of squares, at most 0. Default -0.5.
        learning_rate_power: Number as impl Into<Number> = Number::Float(-0.5),
        /// First value of the sums of squares, at least 0. Default 0.1.
        initial_accumulator_value: Number as impl Into<Number> = Number::Float(0.1),
        /// Strength of the absolute values, at least 0. Default 0.0.
        l1_regularization_strength: Number as impl Into<Number> = Number::Float(0.0),
        /// Strength of the squares, at least 0. Default 0.0.
        l2_regularization_strength: Number as impl Into<Number> = Number::Float(0.0),
        /// Strength of the squares in the gradient, at least 0. Default 0.0.
        l2_shrinkage_regularization_strength: Number as impl Into<Number> = Number::Float(0.0),
        /// What is added to the squares' strength, times twice the learning rate. Default 0.0.
        beta: Number as impl Into<Number> = Number::Float(0.0),
    }
}

impl Optimizer for Ftrl {
    common_options!();

    fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
        let accumulator = Slot::new("accumulator").initial(self.initial_accumulator_value.get());
        vec![vec![accumulator, Slot::new("linear")]]
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        let rule = Leader {
            power: -self.learning_rate_power.get(),
            l1: self.l1_regularization_strength.get(),
            l2: self.l2_regularization_strength.get(),
            shrinkage: 2.0 * self.l2_shrinkage_regularization_strength.get(),
            beta: self.beta.get(),
        };
        pass(rule, step, variable, gradient, slots)
    }

    fn validate(&self) -> Result<(), Problem> {
        within("learning_rate_power", self.learning_rate_power, f64::NEG_INFINITY..=0.0)?;
        let from_zero = 0.0..=f64::INFINITY;
        within("initial_accumulator_value", self.initial_accumulator_value, from_zero.clone())?;
        within("l1_regularization_strength", self.l1_regularization_strength, from_zero.clone())?;
        within("l2_regularization_strength", self.l2_regularization_strength, from_zero.clone())?;
        within("l2_shrinkage_regularization_strength", self.l2_shrinkage_regularization_strength, from_zero)
    }
}

#[derive(Clone, Debug)]
struct Leader {
    power: f64,
    l1: f64,
    l2: f64,
    shrinkage: f64,
    beta: f64,
}

impl Rule for Leader {
    const NAME: &'static str = "ftrl";

    fn coefficients<T: Real>(&self, learning_rate: T, _: T) -> [T; 2] {
        let two = T::from_f64(2.0);
        let l2 = T::from_f64(self.l2) + T::from_f64(self.beta) / (two * learning_rate);
        [learning_rate, two * l2]
    }

    fn update<T: Real>(&self, [rate, l2]: [T; 2], weight: T, gradient: T, slots: &mut [T]) -> T {
        let [sum, linear] = slots else { return weight };
        let (power, l1) = (T::from_f64(self.power), T::from_f64(self.l1));
        let total = *sum + gradient * gradient;
        let raised = total.powf(power);
        let shrunk = gradient + T::from_f64(self.shrinkage) * weight;
        *linear += shrunk - (raised - sum.powf(power)) / rate * weight;
        *sum = total;
        (linear.max(-l1).min(l1) - *linear) / (raised / rate + l2)
    }
}
