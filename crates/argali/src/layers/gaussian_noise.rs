use super::*;

layer! {
    /// In training, the input with normally distributed noise of mean 0 added.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] unless `stddev` is from 0 to 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = GaussianNoise::new(0.1).apply(&ndarray::array![[1.0, 2.0]])?;
    /// assert_eq!(y, ndarray::array![[1.0, 2.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.GaussianNoise`.
    #[doc(alias = "layer_gaussian_noise")]
    pub struct GaussianNoise(Class::layer("GaussianNoise")) {
        /// Standard deviation of the noise.
        stddev: Number as impl Into<Number>,
        ..
        /// Seed that the noise depends on beside the step and the layer's place. Default: the model's.
        seed: Option<i64> as impl Into<Option<i64>> = None,
    }
}

impl Layer for GaussianNoise {
    const WRITES_BUILD_CONFIG: bool = false;
    const TRAINING_ARGUMENT: bool = true;

    fn validate(&self) -> Result<(), Problem> {
        noise::validate("stddev", self.stddev)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let (x, stddev) = (call.input(), self.stddev.get());
        if !call.training || stddev == 0.0 {
            return vec![x];
        }
        vec![x + call.random(self.seed, Distribution::Normal { mean: 0.0, stddev }, &x.shape())]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("GaussianNoise");
    }

    #[test]
    fn noise_has_its_deviation() {
        let (mean, deviation) = crate::layers::noise::statistics(super::GaussianNoise::new(0.5), 3.0);
        assert!((mean - 3.0).abs() < 0.02 && (deviation - 0.5).abs() < 0.02, "{mean} {deviation}");
    }
}
