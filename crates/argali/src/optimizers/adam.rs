use super::pass::{Rule, pass};
use super::{Common, Optimizer, Slot, Step, VariableInfo, keras};
use crate::Number;
use argali_engine::{Real, Value};

optimizer! {
    /// Gradient descent by the mean of the gradients divided by the root of the mean of their squares.
    ///
    /// `m = beta_1 · m + (1 - beta_1) · g`, `v = beta_2 · v + (1 - beta_2) · g²`,
    /// `w = w - learning_rate · √(1 - beta_2ᵗ) / (1 - beta_1ᵗ) · m / (√v + epsilon)` in step `t`, counted from 1. The
    /// default learning rate is 0.001.
    ///
    /// ```
    /// use argali::optimizers::Adam;
    /// let optimizer = Adam::new().learning_rate(0.01).amsgrad(true);
    /// ```
    ///
    /// Keras: `keras.optimizers.Adam`.
    pub struct Adam(keras("Adam"), Common::new("adam", 0.001)) {
        /// How much of the mean stays in a step. Default 0.9.
        beta_1: Number as impl Into<Number> = Number::Float(0.9),
        /// How much of the mean of squares stays in a step. Default 0.999.
        beta_2: Number as impl Into<Number> = Number::Float(0.999),
        /// What keeps the division defined. Default 1e-7.
        epsilon: Number as impl Into<Number> = Number::Float(1e-7),
        /// Whether to divide by the largest mean of squares so far. Default `false`.
        amsgrad: bool = false,
    }
}

impl Optimizer for Adam {
    common_options!();

    fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
        slots(self.amsgrad)
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        pass(Moments::new(self.beta_1, self.beta_2, self.epsilon), step, variable, gradient, slots)
    }
}

/// The slots of Adam and its kin.
pub(super) fn slots(amsgrad: bool) -> Vec<Vec<Slot>> {
    let mut rounds = vec![vec![Slot::new("momentum"), Slot::new("velocity")]];
    if amsgrad {
        rounds.push(vec![Slot::new("velocity_hat")]);
    }
    rounds
}

/// Adam's rule; with a third slot that of AMSGrad.
#[derive(Clone, Debug)]
pub(super) struct Moments {
    beta_1: f64,
    beta_2: f64,
    epsilon: f64,
}

impl Moments {
    pub(super) fn new(beta_1: Number, beta_2: Number, epsilon: Number) -> Self {
        Moments { beta_1: beta_1.get(), beta_2: beta_2.get(), epsilon: epsilon.get() }
    }
}

impl Rule for Moments {
    const NAME: &'static str = "adam";

    fn coefficients<T: Real>(&self, learning_rate: T, iteration: T) -> [T; 2] {
        let step = iteration + T::one();
        let left = |beta: f64| T::one() - T::from_f64(beta).powf(step);
        [learning_rate * left(self.beta_2).sqrt() / left(self.beta_1), T::from_f64(self.epsilon)]
    }

    fn update<T: Real>(&self, [alpha, epsilon]: [T; 2], weight: T, gradient: T, slots: &mut [T]) -> T {
        let [m, v, largest @ ..] = slots else { return weight };
        *m += (gradient - *m) * T::from_f64(1.0 - self.beta_1);
        *v += (gradient * gradient - *v) * T::from_f64(1.0 - self.beta_2);
        let v = match largest {
            [largest] => {
                *largest = largest.max(*v);
                *largest
            }
            _ => *v,
        };
        weight - *m * alpha / (v.sqrt() + epsilon)
    }
}
