use super::adam::Moments;
use super::pass::pass;
use super::{Common, Optimizer, Slot, Step, VariableInfo, keras};
use crate::{MaybeNumber, Number, Problem};
use argali_engine::Value;
use regex_lite::Regex;

optimizer! {
    /// Steps of averaged gradients made nearly orthogonal, for matrices; AdamW for all other variables.
    ///
    /// For a variable of two axes, with `m = momentum · m + g` and `x` the Nesterov look-ahead `g + momentum · m` (or
    /// `m`) divided by its norm, `ns_steps` times `x = muon_a · x + (muon_b · a + muon_c · a²) · x` with `a = x · xᵀ`; then
    /// `w = w - learning_rate · √(longer side) · rms_rate · x`. The default learning rate is 0.001, the default weight decay
    /// 0.004.
    ///
    /// ```
    /// use argali::optimizers::Muon;
    /// let optimizer = Muon::new().learning_rate(0.01).exclude_layers(vec!["logits".into()]);
    /// ```
    ///
    /// Keras: `keras.optimizers.Muon`. <https://arxiv.org/abs/2502.16982>.
    pub struct Muon(keras("Muon"), Common { weight_decay: Some(Number::Float(0.004)), ..Common::new("muon", 0.001) }) {
        /// How much of AdamW's mean stays in a step. Default 0.9.
        adam_beta_1: Number as impl Into<Number> = Number::Float(0.9),
        /// How much of AdamW's mean of squares stays in a step. Default 0.999.
        adam_beta_2: Number as impl Into<Number> = Number::Float(0.999),
        /// What keeps AdamW's division defined. Default 1e-7.
        epsilon: Number as impl Into<Number> = Number::Float(1e-7),
        /// Regular expressions; AdamW takes variables whose path one of them matches. Default none.
        exclude_layers: Vec<String> = Vec::new(),
        /// Factor of the matrix in an iteration. Default 3.4445.
        muon_a: Number as impl Into<Number> = Number::Float(3.4445),
        /// Factor of its third power. Default -4.775.
        muon_b: Number as impl Into<Number> = Number::Float(-4.775),
        /// Factor of its fifth power. Default 2.0315.
        muon_c: Number as impl Into<Number> = Number::Float(2.0315),
        /// AdamW's learning rate relative to the optimizer's. Default 1.
        adam_lr_ratio: Number as impl Into<Number> = Number::Int(1),
        /// How much of the averaged gradient stays in a step. Default 0.95.
        momentum: Number as impl Into<Number> = Number::Float(0.95),
        /// Iterations towards an orthogonal matrix. Default 5.
        ns_steps: usize = 5,
        /// Whether to look ahead by one step of momentum. Default `true`.
        nesterov: bool = true,
        /// Whether AdamW takes variables with `embedding` in their path. Default `true`.
        exclude_embeddings: bool = true,
        /// Weight decay of the variables that AdamW takes. Default 0.004.
        adam_weight_decay: MaybeNumber as impl Into<MaybeNumber> = 0.004.into(),
        /// What the root of a matrix's longer side is multiplied by for the size of its step; `None` for steps without
        /// either. Default 0.2.
        rms_rate: MaybeNumber as impl Into<MaybeNumber> = 0.2.into(),
    }
}

/// What keeps the division by the norm defined.
const LEAST_NORM: f64 = 1e-7;

impl Muon {
    fn takes_adam_w(&self, variable: &VariableInfo) -> bool {
        let matches = |pattern: &String| Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(&variable.path));
        variable.shape.len() != 2
            || self.exclude_embeddings && variable.path.to_lowercase().contains("embedding")
            || self.exclude_layers.iter().any(matches)
    }

    /// A matrix with the same singular vectors, and singular values near 1, by iterations of Newton and Schulz.
    fn orthogonal<'g>(&self, matrix: Value<'g>) -> Value<'g> {
        let is_tall = matrix.shape()[0] > matrix.shape()[1];
        let wide = if is_tall { matrix.swap_axes(0, 1) } else { matrix };
        let mut x = wide / (wide.square().sum_all().sqrt() + LEAST_NORM);
        for _ in 0..self.ns_steps {
            let a = x.dot(x, false, true);
            let b = a * self.muon_b.get() + (a * self.muon_c.get()).matmul(a);
            x = x * self.muon_a.get() + b.matmul(x);
        }
        if is_tall { x.swap_axes(0, 1) } else { x }
    }
}

impl Optimizer for Muon {
    common_options!();

    fn slots(&self, variable: &VariableInfo) -> Vec<Vec<Slot>> {
        let velocity = self.takes_adam_w(variable).then(|| Slot::new("velocity"));
        vec![[Slot::new("momentum")].into_iter().chain(velocity).collect()]
    }

    fn weight_decay_of(&self, variable: &VariableInfo) -> Option<Number> {
        match self.takes_adam_w(variable) {
            true => self.adam_weight_decay.0,
            false => self.common.weight_decay,
        }
    }

    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>) {
        let &[momentum] = slots else {
            let step = Step { learning_rate: step.learning_rate * self.adam_lr_ratio.get(), ..*step };
            let moments = Moments::new(self.adam_beta_1, self.adam_beta_2, self.epsilon);
            return pass(moments, &step, variable, gradient, slots);
        };
        let momentum = momentum + (gradient + momentum * (self.momentum.get() - 1.0));
        let direction = if self.nesterov { gradient + momentum * self.momentum.get() } else { momentum };
        let update = self.orthogonal(direction) * step.learning_rate;
        let longer = variable.shape().into_iter().max().unwrap_or(0) as f64;
        let scale = self.rms_rate.get().map_or(1.0, |rate| longer.sqrt() * rate);
        (variable - update * scale, vec![momentum])
    }

    fn validate(&self) -> Result<(), Problem> {
        match self.exclude_layers.iter().find(|pattern| Regex::new(pattern).is_err()) {
            Some(pattern) => {
                Err(Problem::argument("exclude_layers", pattern, "regular expressions", "escape it with `\\`"))
            }
            None => Ok(()),
        }
    }
}
