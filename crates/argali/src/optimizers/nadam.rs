use super::{Common, Optimizer, Slot, Step, VariableInfo, keras};
use crate::Number;
use argali_engine::Value;

optimizer! {
    /// [`Adam`](super::Adam) with Nesterov's look ahead along the mean of the gradients.
    ///
    /// With Adam's `m` and `v`, `u(t) = beta_1 · (1 - 0.96ᵗ / 2)` and the product `U` of all of these so far,
    /// `w = w - learning_rate · (u(t+1) · m / (1 - U · u(t+1)) + (1 - u(t)) · g / (1 - U)) / (√(v / (1 - beta_2ᵗ)) + epsilon)`
    /// in step `t`, counted from 1. The default learning rate is 0.001.
    ///
    /// ```
    /// use argali::optimizers::Nadam;
    /// let optimizer = Nadam::new().learning_rate(0.01);
    /// ```
    ///
    /// Keras: `keras.optimizers.Nadam`.
    pub struct Nadam(keras("Nadam"), Common::new("nadam", 0.001)) {
        /// How much of the mean stays in a step. Default 0.9.
        beta_1: Number as impl Into<Number> = Number::Float(0.9),
        /// How much of the mean of squares stays in a step. Default 0.999.
        beta_2: Number as impl Into<Number> = Number::Float(0.999),
        /// What keeps the division defined. Default 1e-7.
        epsilon: Number as impl Into<Number> = Number::Float(1e-7),
    }
}

impl Nadam {
    /// The share of the mean in step `t`, counted from 1.
    fn share<'g>(&self, t: Value<'g>) -> Value<'g> {
        (1.0 - t.full_like(0.96).power(t) * 0.5) * self.beta_1.get()
    }
}

impl Optimizer for Nadam {
    common_options!();

    fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
        vec![vec![Slot::new("momentum"), Slot::new("velocity")]]
    }

    fn shared_slots(&self) -> Vec<Slot> {
        vec![Slot::new("variable").initial(1.0)]
    }

    fn update_shared<'g>(&self, step: &Step<'_, 'g>) -> Vec<Value<'g>> {
        step.shared.iter().map(|product| *product * self.share(step.iteration + 1.0)).collect()
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        let (&[m, v], &[product]) = (slots, step.shared) else { return (variable, slots.to_vec()) };
        let (product, t) = (product.cast(variable.dtype()), step.iteration + 1.0);
        let (share, next) = (self.share(t), self.share(t + 1.0));
        let m = m + (gradient - m) * (1.0 - self.beta_1.get());
        let v = v + (gradient.square() - v) * (1.0 - self.beta_2.get());
        let mean = m * next / (1.0 - product * next) + gradient * (1.0 - share) / (1.0 - product);
        let square = v / (1.0 - t.full_like(self.beta_2.get()).power(t));
        let new = variable - mean * step.learning_rate / (square.sqrt() + self.epsilon.get());
        (new, vec![m, v])
    }
}
