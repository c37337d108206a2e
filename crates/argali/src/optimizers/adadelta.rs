use super::pass::{Rule, pass};
use super::{Common, Optimizer, Slot, Step, VariableInfo, keras};
use crate::Number;
use argali_engine::{Real, Value};

optimizer! {
    /// Gradient descent whose step sizes follow from those before.
    ///
    /// `a = rho · a + (1 - rho) · g²`, `d = -g · √(b + epsilon) / √(a + epsilon)`, `b = rho · b + (1 - rho) · d²`,
    /// `w = w + learning_rate · d`. The default learning rate is 0.001; the original paper has 1.
    ///
    /// ```
    /// use argali::optimizers::Adadelta;
    /// let optimizer = Adadelta::new().learning_rate(1.0);
    /// ```
    ///
    /// Keras: `keras.optimizers.Adadelta`.
    pub struct Adadelta(keras("Adadelta"), Common::new("adadelta", 0.001)) {
        /// How much of the means stays in a step. Default 0.95.
        rho: Number as impl Into<Number> = Number::Float(0.95),
        /// What keeps the division defined. Default 1e-7.
        epsilon: Number as impl Into<Number> = Number::Float(1e-7),
    }
}

impl Optimizer for Adadelta {
    common_options!();

    fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
        vec![vec![Slot::new("accumulated_grad"), Slot::new("accumulated_delta_var")]]
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        pass(Deltas { rho: self.rho.get(), epsilon: self.epsilon.get() }, step, variable, gradient, slots)
    }
}

#[derive(Clone, Debug)]
struct Deltas {
    rho: f64,
    epsilon: f64,
}

impl Rule for Deltas {
    const NAME: &'static str = "adadelta";

    fn coefficients<T: Real>(&self, learning_rate: T, _: T) -> [T; 2] {
        [learning_rate, T::from_f64(self.epsilon)]
    }

    fn update<T: Real>(&self, [rate, epsilon]: [T; 2], weight: T, gradient: T, slots: &mut [T]) -> T {
        let [gradients, deltas] = slots else { return weight };
        let (rho, rest) = (T::from_f64(self.rho), T::from_f64(1.0 - self.rho));
        *gradients = rho * *gradients + rest * (gradient * gradient);
        let delta = -((*deltas + epsilon).sqrt() * gradient / (*gradients + epsilon).sqrt());
        *deltas = rho * *deltas + rest * (delta * delta);
        weight + rate * delta
    }
}
