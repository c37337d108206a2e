use super::pass::{Rule, pass};
use super::{Common, Optimizer, Slot, Step, VariableInfo, keras, within};
use crate::{Number, Problem};
use argali_engine::{Real, Value};

optimizer! {
    /// Gradient descent, with momentum if you like.
    ///
    /// `velocity = momentum · velocity - learning_rate · g`, `w = w + velocity`; with `nesterov`
    /// `w = w + momentum · velocity - learning_rate · g`. The default learning rate is 0.01.
    ///
    /// ```
    /// use argali::optimizers::SGD;
    /// let optimizer = SGD::new().learning_rate(0.1).momentum(0.9).nesterov(true);
    /// ```
    ///
    /// Keras: `keras.optimizers.SGD`.
    pub struct SGD(keras("SGD"), Common::new("sgd", 0.01)) {
        /// How much of the velocity stays in a step, from 0 to 1. Default 0.0.
        momentum: Number as impl Into<Number> = Number::Float(0.0),
        /// Whether to look ahead along the velocity. Default `false`.
        nesterov: bool = false,
    }
}

impl Optimizer for SGD {
    common_options!();

    fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
        if self.momentum.get() == 0.0 { Vec::new() } else { vec![vec![Slot::new("momentum")]] }
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        pass(Descent { momentum: self.momentum.get(), nesterov: self.nesterov }, step, variable, gradient, slots)
    }

    fn validate(&self) -> Result<(), Problem> {
        within("momentum", self.momentum, 0.0..=1.0)
    }
}

#[derive(Clone, Debug)]
struct Descent {
    momentum: f64,
    nesterov: bool,
}

impl Rule for Descent {
    const NAME: &'static str = "sgd";

    fn coefficients<T: Real>(&self, learning_rate: T, _: T) -> [T; 2] {
        [learning_rate, T::from_f64(self.momentum)]
    }

    fn update<T: Real>(&self, [rate, momentum]: [T; 2], weight: T, gradient: T, slots: &mut [T]) -> T {
        let [velocity] = slots else { return weight - gradient * rate };
        *velocity = *velocity * momentum - gradient * rate;
        if self.nesterov { weight + (*velocity * momentum - gradient * rate) } else { weight + *velocity }
    }
}
