use super::*;
use crate::Number;
use argali_engine::Function;

layer! {
    /// Rectified linear unit with a slope below 0: `x` above 0, `negative_slope · x` below.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if `negative_slope` is negative.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = LeakyReLU::new().negative_slope(0.5).apply(&ndarray::array![[-1.0, 2.0]])?;
    /// assert_eq!(y, ndarray::array![[-0.5, 2.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.LeakyReLU`. Maas et al., *Rectifier Nonlinearities Improve Neural Network Acoustic Models*
    /// (2013).
    #[doc(alias = "layer_activation_leaky_relu")]
    pub struct LeakyReLU(Class::layer("LeakyReLU")) {
        ..
        /// Slope below 0. Default 0.3.
        negative_slope: Number as impl Into<Number> = Number::Float(0.3),
    }
}

impl Layer for LeakyReLU {
    const WRITES_BUILD_CONFIG: bool = false;

    fn validate(&self) -> Result<(), Problem> {
        from_zero("negative_slope", self.negative_slope)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let slope = self.negative_slope.get();
        vec![call.input().map(Function::Relu { slope, max_value: f64::INFINITY, threshold: 0.0 })]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("LeakyReLU");
    }
}
