use super::*;
use argali_engine::OperationError;

layer! {
    /// In training, the input times normally distributed factors of mean 1 and variance `rate / (1 - rate)`.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] unless `rate` is from 0 to 1, [`Problem::Operation`] in training at a rate of 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = GaussianDropout::new(0.2).apply(&ndarray::array![[1.0, 2.0]])?;
    /// assert_eq!(y, ndarray::array![[1.0, 2.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.GaussianDropout`. Srivastava et al., *Dropout* (2014).
    #[doc(alias = "layer_gaussian_dropout")]
    pub struct GaussianDropout(Class::layer("GaussianDropout")) {
        /// Share of the elements that `Dropout` of the same strength would drop.
        rate: Number as impl Into<Number>,
        ..
        /// Seed that the factors depend on beside the step and the layer's place. Default: the model's.
        seed: Option<i64> as impl Into<Option<i64>> = None,
    }
}

impl Layer for GaussianDropout {
    const WRITES_BUILD_CONFIG: bool = false;
    const TRAINING_ARGUMENT: bool = true;

    fn validate(&self) -> Result<(), Problem> {
        noise::validate("rate", self.rate)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let (x, rate) = (call.input(), self.rate.get());
        if !call.training || rate == 0.0 {
            return vec![x];
        }
        if rate >= 1.0 {
            let message = "the variance rate / (1 - rate) is infinite at rate 1".into();
            call.graph.fail(OperationError { operation: "random", message });
        }
        let stddev = (rate / (1.0 - rate)).sqrt();
        vec![x * call.random(self.seed, Distribution::Normal { mean: 1.0, stddev }, &x.shape())]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("GaussianDropout");
    }

    #[test]
    fn factors_have_their_deviation() {
        let (mean, deviation) = crate::layers::noise::statistics(super::GaussianDropout::new(0.2), 3.0);
        assert!((mean - 3.0).abs() < 0.05 && (deviation - 1.5).abs() < 0.05, "{mean} {deviation}");
    }
}
