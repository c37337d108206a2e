use super::pass::{Rule, pass};
use super::{Common, Optimizer, Slot, Step, VariableInfo, keras};
use crate::Number;
use argali_engine::{Real, Value};

optimizer! {
    /// Gradient descent by the gradient divided by the root of the sum of its squares.
    ///
    /// `a = a + g²`, `w = w - learning_rate · g / √(a + epsilon)`. The default learning rate is 0.001.
    ///
    /// ```
    /// use argali::optimizers::Adagrad;
    /// let optimizer = Adagrad::new().learning_rate(0.1).initial_accumulator_value(0.5);
    /// ```
    ///
    /// Keras: `keras.optimizers.Adagrad`.
    pub struct Adagrad(keras("Adagrad"), Common::new("adagrad", 0.001)) {
        /// First value of the sums. Default 0.1.
        initial_accumulator_value: Number as impl Into<Number> = Number::Float(0.1),
        /// What keeps the division defined. Default 1e-7.
        epsilon: Number as impl Into<Number> = Number::Float(1e-7),
    }
}

impl Optimizer for Adagrad {
    common_options!();

    fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
        vec![vec![Slot::new("accumulator").initial(self.initial_accumulator_value.get())]]
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        pass(SumOfSquares(self.epsilon.get()), step, variable, gradient, slots)
    }
}

/// The rule, by epsilon.
#[derive(Clone, Debug)]
struct SumOfSquares(f64);

impl Rule for SumOfSquares {
    const NAME: &'static str = "adagrad";

    fn coefficients<T: Real>(&self, learning_rate: T, _: T) -> [T; 2] {
        [learning_rate, T::from_f64(self.0)]
    }

    fn update<T: Real>(&self, [rate, epsilon]: [T; 2], weight: T, gradient: T, slots: &mut [T]) -> T {
        let [sum] = slots else { return weight };
        *sum += gradient * gradient;
        weight - rate * gradient / (*sum + epsilon).sqrt()
    }
}
