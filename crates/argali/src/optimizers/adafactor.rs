use super::{Common, Naming, Optimizer, Slot, Step, VariableInfo, keras};
use crate::Number;
use argali_engine::Value;

optimizer! {
    /// Steps in proportion to the weights, scaled by means of squared gradients that are kept by row and by column only.
    ///
    /// With `t` counted from 1, `b = 1 - t^beta_2_decay` and `s = g² + epsilon_1`: the means of `s` over the last axis
    /// `r = b · r + (1 - b) · mean(s)`, those over the last but one `c` likewise, and `v = r / mean(r) · c`; variables of
    /// fewer than two axes keep `v = b · v + (1 - b) · s` itself. With `u = g / √v` and `rms` the root of the mean of
    /// squares, `w = w - max(epsilon_2, rms(w)) · min(learning_rate, 1 / √t) · u / max(1, rms(u) / clip_threshold)`. The
    /// default learning rate is 0.001.
    ///
    /// ```
    /// use argali::optimizers::Adafactor;
    /// let optimizer = Adafactor::new().learning_rate(0.01);
    /// ```
    ///
    /// Keras: `keras.optimizers.Adafactor`. Shazeer and Stern (2018), <https://arxiv.org/abs/1804.04235>.
    pub struct Adafactor(keras("Adafactor"), Common::new("adafactor", 0.001)) {
        /// Power of the number of steps by which the means forget. Default -0.8.
        beta_2_decay: Number as impl Into<Number> = Number::Float(-0.8),
        /// What is added to squared gradients. Default 1e-30.
        epsilon_1: Number as impl Into<Number> = Number::Float(1e-30),
        /// The least size of weights that steps are in proportion to. Default 0.001.
        epsilon_2: Number as impl Into<Number> = Number::Float(1e-3),
        /// The largest root of the mean of squares of an update. Default 1.
        clip_threshold: Number as impl Into<Number> = Number::Float(1.0),
        /// Kept for Keras, whose step is bounded by `1 / √t` in either case. Default `true`.
        relative_step: bool = true,
    }
}

/// The means that are kept, or what stands for them.
fn mean(naming: Naming, shape: Vec<usize>) -> Slot {
    Slot { naming, shape: Some(shape), ..Slot::new("mean") }
}

fn root_mean_square(x: Value<'_>) -> Value<'_> {
    x.square().mean_all().sqrt()
}

impl Optimizer for Adafactor {
    common_options!();

    fn slots(&self, variable: &VariableInfo) -> Vec<Vec<Slot>> {
        let means = match variable.shape.as_slice() {
            [outer @ .., rows, columns] => [*rows, *columns].map(|length| {
                let shape = outer.iter().copied().chain([length]).collect();
                mean(Naming::AsVariable, shape)
            }),
            _ => [(); 2].map(|()| mean(Naming::Placeholder, Vec::new())),
        };
        vec![means.into_iter().chain([Slot::new("velocity")]).collect()]
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        let &[rows, columns, squares] = slots else { return (variable, slots.to_vec()) };
        let (count, one) = (step.iteration + 1.0, step.iteration.full_like(1.0));
        let kept = one - count.power(one * self.beta_2_decay.get());
        let square = gradient.square() + self.epsilon_1.get();
        let slots = match variable.rank() {
            0 | 1 => vec![rows, columns, kept * squares + (one - kept) * square],
            rank => {
                let mean = |old: Value<'g>, axis: usize| kept * old + (one - kept) * square.mean(&[axis], false);
                let (rows, columns) = (mean(rows, rank - 1), mean(columns, rank - 2));
                let share = rows / rows.mean(&[rank - 2], true);
                vec![rows, columns, share.expand_dims(rank - 1) * columns.expand_dims(rank - 2)]
            }
        };
        let update = gradient / slots[2].sqrt();
        let update = update / (root_mean_square(update) / self.clip_threshold.get()).at_least(1.0);
        let rate = step.learning_rate.minimum(count.sqrt().recip());
        let size = root_mean_square(variable).at_least(self.epsilon_2.get());
        (variable - update * (size * rate), slots)
    }
}
