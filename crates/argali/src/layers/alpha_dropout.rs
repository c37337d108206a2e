use super::*;
use crate::Dim;

/// What `selu` tends to far below 0, negated.
const SELU_LIMIT: f64 = 1.673_263_242_354_377_2 * 1.050_700_987_355_480_5;

layer! {
    /// In training, sets elements at random to the least value of `selu`, then scales and shifts all so that mean and
    /// variance of the input stay.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] unless `rate` is from 0 to 1, or if `noise_shape` does not fit the input.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = AlphaDropout::new(0.2).apply(&ndarray::array![[1.0, 2.0]])?;
    /// assert_eq!(y, ndarray::array![[1.0, 2.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.AlphaDropout`. Klambauer et al., *Self-Normalizing Neural Networks* (2017),
    /// <https://arxiv.org/abs/1706.02515>.
    #[doc(alias = "layer_alpha_dropout")]
    pub struct AlphaDropout(Class::layer("AlphaDropout")) {
        /// Share of the elements to set.
        rate: Number as impl Into<Number>,
        ..
        /// Seed that what is set depends on beside the step and the layer's place. Default: the model's.
        seed: Option<i64> as impl Into<Option<i64>> = None,
        /// Shape of what is drawn: 1 along axes whose elements are set together, `None` for the input's length. Default:
        /// the input's shape.
        noise_shape: Option<Vec<Dim>> as impl Into<Option<Vec<Dim>>> = None,
    }
}

impl Layer for AlphaDropout {
    const WRITES_BUILD_CONFIG: bool = false;
    const TRAINING_ARGUMENT: bool = true;

    fn validate(&self) -> Result<(), Problem> {
        noise::validate("rate", self.rate)
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        noise::shape(self.noise_shape.as_deref(), &input.0).map(|_| input.clone())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let (x, rate) = (call.input(), self.rate.get());
        if !call.training || rate == 0.0 {
            return vec![x];
        }
        let noise = noise::known_shape(call, self.noise_shape.as_deref());
        let kept = call.random(self.seed, Distribution::Bernoulli { probability: 1.0 - rate }, &noise);
        let scale = ((1.0 - rate) * (1.0 + rate * SELU_LIMIT.powi(2))).powf(-0.5);
        let least = call.graph.full(x.dtype(), &[], -SELU_LIMIT);
        vec![kept.broadcast_to(&x.shape()).select(x, least) * scale + scale * SELU_LIMIT * rate]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("AlphaDropout");
    }

    #[test]
    fn elements_are_kept_or_set_to_one_value() {
        let (rate, limit) = (0.3f64, super::SELU_LIMIT);
        let scale = ((1.0 - rate) * (1.0 + rate * limit * limit)).powf(-0.5);
        let (kept, set) = (scale * 3.0 + scale * limit * rate, scale * limit * (rate - 1.0));
        let expected = (1.0 - rate) * kept + rate * set;
        let deviation = (rate * (1.0 - rate)).sqrt() * (kept - set);
        let (mean, found) = crate::layers::noise::statistics(super::AlphaDropout::new(rate), 3.0);
        assert!((mean - expected).abs() < 0.05 && (found - deviation).abs() < 0.05, "{mean} {found}");
    }
}
