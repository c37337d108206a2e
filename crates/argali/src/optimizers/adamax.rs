use super::pass::{Rule, pass};
use super::{Common, Optimizer, Slot, Step, VariableInfo, keras};
use crate::Number;
use argali_engine::{Real, Value};

optimizer! {
    /// [`Adam`](super::Adam) with the largest gradient in place of the mean of squares.
    ///
    /// `m = beta_1 · m + (1 - beta_1) · g`, `u = max(beta_2 · u, |g|)`,
    /// `w = w - learning_rate · m / ((1 - beta_1ᵗ) · (u + epsilon))` in step `t`, counted from 1. The default learning
    /// rate is 0.001.
    ///
    /// ```
    /// use argali::optimizers::Adamax;
    /// let optimizer = Adamax::new().learning_rate(0.01);
    /// ```
    ///
    /// Keras: `keras.optimizers.Adamax`.
    pub struct Adamax(keras("Adamax"), Common::new("adamax", 0.001)) {
        /// How much of the mean stays in a step. Default 0.9.
        beta_1: Number as impl Into<Number> = Number::Float(0.9),
        /// How much of the largest gradient stays in a step. Default 0.999.
        beta_2: Number as impl Into<Number> = Number::Float(0.999),
        /// What keeps the division defined. Default 1e-7.
        epsilon: Number as impl Into<Number> = Number::Float(1e-7),
    }
}

impl Optimizer for Adamax {
    common_options!();

    fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
        vec![vec![Slot::new("momentum"), Slot::new("norm")]]
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        let rule = Largest { beta_1: self.beta_1.get(), beta_2: self.beta_2.get(), epsilon: self.epsilon.get() };
        pass(rule, step, variable, gradient, slots)
    }
}

#[derive(Clone, Debug)]
struct Largest {
    beta_1: f64,
    beta_2: f64,
    epsilon: f64,
}

impl Rule for Largest {
    const NAME: &'static str = "adamax";

    fn coefficients<T: Real>(&self, learning_rate: T, iteration: T) -> [T; 2] {
        [learning_rate, T::one() - T::from_f64(self.beta_1).powf(iteration + T::one())]
    }

    fn update<T: Real>(&self, [rate, left]: [T; 2], weight: T, gradient: T, slots: &mut [T]) -> T {
        let [m, u] = slots else { return weight };
        *m += (gradient - *m) * T::from_f64(1.0 - self.beta_1);
        *u = (T::from_f64(self.beta_2) * *u).max(gradient.abs());
        weight - rate * *m / (left * (*u + T::from_f64(self.epsilon)))
    }
}
