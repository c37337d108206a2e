use super::pass::{Rule, pass};
use super::{Common, Optimizer, Slot, Step, VariableInfo, keras};
use crate::Number;
use argali_engine::{Real, Value};

optimizer! {
    /// Gradient descent by the gradient divided by the root of the mean of its squares.
    ///
    /// `v = rho · v + (1 - rho) · g²`, `w = w - learning_rate · g / √(v + epsilon)`; with `momentum` the step is added to
    /// a velocity first, with `centered` the square of the mean gradient is taken from `v`. The default learning rate
    /// is 0.001.
    ///
    /// ```
    /// use argali::optimizers::RMSprop;
    /// let optimizer = RMSprop::new().rho(0.95).momentum(0.9);
    /// ```
    ///
    /// Keras: `keras.optimizers.RMSprop`.
    pub struct RMSprop(keras("RMSprop"), Common::new("rm_sprop", 0.001)) {
        /// How much of the mean of squares stays in a step. Default 0.9.
        rho: Number as impl Into<Number> = Number::Float(0.9),
        /// How much of the velocity stays in a step. Default 0.0.
        momentum: Number as impl Into<Number> = Number::Float(0.0),
        /// What keeps the division defined. Default 1e-7.
        epsilon: Number as impl Into<Number> = Number::Float(1e-7),
        /// Whether to divide by the variance of the gradient, rather than the mean of its squares. Default `false`.
        centered: bool = false,
    }
}

impl Optimizer for RMSprop {
    common_options!();

    fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
        let mut rounds = vec![vec![Slot::new("velocity")]];
        if self.momentum.get() > 0.0 {
            rounds.push(vec![Slot::new("momentum")]);
        }
        if self.centered {
            rounds.push(vec![Slot::new("average_gradient")]);
        }
        rounds
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        let rule = MeanSquare {
            rho: self.rho.get(),
            momentum: self.momentum.get(),
            epsilon: self.epsilon.get(),
            centered: self.centered,
        };
        pass(rule, step, variable, gradient, slots)
    }
}

#[derive(Clone, Debug)]
struct MeanSquare {
    rho: f64,
    momentum: f64,
    epsilon: f64,
    centered: bool,
}

impl Rule for MeanSquare {
    const NAME: &'static str = "rmsprop";

    fn coefficients<T: Real>(&self, learning_rate: T, _: T) -> [T; 2] {
        [learning_rate, T::from_f64(self.epsilon)]
    }

    fn update<T: Real>(&self, [rate, epsilon]: [T; 2], weight: T, gradient: T, slots: &mut [T]) -> T {
        let [velocity, others @ ..] = slots else { return weight };
        let (momentum, average) = match others {
            [momentum, average] => (Some(momentum), Some(average)),
            [average] if self.centered => (None, Some(average)),
            [momentum] => (Some(momentum), None),
            _ => (None, None),
        };
        let (rho, rest) = (T::from_f64(self.rho), T::from_f64(1.0 - self.rho));
        *velocity = rho * *velocity + rest * (gradient * gradient);
        let mut divisor = *velocity + epsilon;
        if let Some(average) = average {
            *average = rho * *average + rest * gradient;
            divisor = *velocity - *average * *average + epsilon;
        }
        let increment = rate * gradient / divisor.sqrt();
        match momentum {
            Some(momentum) => {
                *momentum = T::from_f64(self.momentum) * *momentum + increment;
                weight - *momentum
            }
            None => weight - increment,
        }
    }
}
