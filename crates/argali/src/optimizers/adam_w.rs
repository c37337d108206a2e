use super::adam::{Moments, slots};
use super::pass::pass;
use super::{Common, Optimizer, Slot, Step, VariableInfo, keras};
use crate::{Number, Problem};
use argali_engine::Value;

optimizer! {
    /// [`Adam`](super::Adam) with weight decay, 0.004 if nothing else is said.
    ///
    /// The decay takes `weight_decay · learning_rate` of every weight before Adam's step. The default learning rate is
    /// 0.001.
    ///
    /// ```
    /// use argali::optimizers::AdamW;
    /// let optimizer = AdamW::new().weight_decay(0.01).exclude_from_weight_decay(["bias"]);
    /// ```
    ///
    /// Keras: `keras.optimizers.AdamW`.
    pub struct AdamW(
        keras("AdamW"),
        Common { weight_decay: Some(Number::Float(0.004)), ..Common::new("adam_w", 0.001) }
    ) {
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

impl Optimizer for AdamW {
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

    fn validate(&self) -> Result<(), Problem> {
        match self.common.weight_decay {
            Some(_) => Ok(()),
            None => Err(Problem::argument("weight_decay", "none", "a number", "take `Adam` for no weight decay")),
        }
    }
}
