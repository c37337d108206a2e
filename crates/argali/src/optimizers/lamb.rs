use super::{Common, Optimizer, Slot, Step, VariableInfo, keras};
use crate::Number;
use argali_engine::Value;

optimizer! {
    /// [`Adam`](super::Adam) with the step of each variable in proportion to its norm, for large batches.
    ///
    /// With Adam's `m` and `v`, `u = m / (1 - beta_1ᵗ) / (√(v / (1 - beta_2ᵗ)) + epsilon)` and
    /// `w = w - learning_rate · |w| / |u| · u`; a norm of 0 counts as a ratio of 1. The default learning rate is 0.001.
    ///
    /// ```
    /// use argali::optimizers::Lamb;
    /// let optimizer = Lamb::new().learning_rate(0.01);
    /// ```
    ///
    /// Keras: `keras.optimizers.Lamb`.
    pub struct Lamb(keras("Lamb"), Common::new("lamb", 0.001)) {
        /// How much of the mean stays in a step. Default 0.9.
        beta_1: Number as impl Into<Number> = Number::Float(0.9),
        /// How much of the mean of squares stays in a step. Default 0.999.
        beta_2: Number as impl Into<Number> = Number::Float(0.999),
        /// What keeps the division defined. Default 1e-7.
        epsilon: Number as impl Into<Number> = Number::Float(1e-7),
    }
}

impl Optimizer for Lamb {
    common_options!();

    fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
        vec![vec![Slot::new("momentum"), Slot::new("velocity")]]
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        let &[m, v] = slots else { return (variable, slots.to_vec()) };
        let m = m + (gradient - m) * (1.0 - self.beta_1.get());
        let v = v + (gradient.square() - v) * (1.0 - self.beta_2.get());
        let left = |beta: Number| 1.0 - step.iteration.full_like(beta.get()).power(step.iteration + 1.0);
        let update = m / left(self.beta_1) / ((v / left(self.beta_2)).sqrt() + self.epsilon.get());
        let norm = |x: Value<'g>| x.square().sum_all().sqrt();
        let (weight_norm, update_norm) = (norm(variable), norm(update));
        let both = weight_norm.greater(weight_norm.zeros_like()) * update_norm.greater(update_norm.zeros_like());
        let ratio = both.select(weight_norm / update_norm, weight_norm.full_like(1.0));
        (variable - update * (ratio * step.learning_rate), vec![m, v])
    }
}
