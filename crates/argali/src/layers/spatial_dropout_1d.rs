use super::*;

layer! {
    /// In training, drops whole channels of a sample at random and scales the others by `1 / (1 - rate)`.
    ///
    /// Neighbouring steps of a channel resemble each other, so that single dropped elements would hardly matter.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)` |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] unless `rate` is from 0 to 1, [`Problem::Rank`] unless the input has three axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 3]);
    /// let y = x.spatial_dropout_1d(0.2).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 128, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.SpatialDropout1D`. Tompson et al. (2015), <https://arxiv.org/abs/1411.4280>.
    #[doc(alias = "layer_spatial_dropout_1d")]
    pub struct SpatialDropout1D(Class::layer("SpatialDropout1D")) {
        /// Share of the channels to drop.
        rate: Number as impl Into<Number>,
        ..
        /// Seed that what is dropped depends on beside the step and the layer's place. Default: the model's.
        seed: Option<i64> as impl Into<Option<i64>> = None,
    }
}

impl Layer for SpatialDropout1D {
    const WRITES_BUILD_CONFIG: bool = false;
    const WRITES_SHORT_CONFIG: bool = true;
    const TRAINING_ARGUMENT: bool = true;

    fn validate(&self) -> Result<(), Problem> {
        noise::validate("rate", self.rate)
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        DataFormat::ChannelsLast.split(input, 1).map(|_| input.clone())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        noise::drop_channels(call, self.rate, self.seed, DataFormat::ChannelsLast, 1)
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("SpatialDropout1D");
    }
}
