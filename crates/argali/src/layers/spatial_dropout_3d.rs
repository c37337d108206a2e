use super::*;

layer! {
    /// In training, drops whole channels of a sample at random and scales the others by `1 / (1 - rate)`.
    ///
    /// Neighbouring voxels of a channel resemble each other, so that single dropped elements would hardly matter.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, depth, rows, columns, channels)`, or `(batch, channels, depth, rows, columns)` if `ChannelsFirst` |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] unless `rate` is from 0 to 1, [`Problem::Rank`] unless the input has five axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([16, 16, 16, 3]);
    /// let y = x.spatial_dropout_3d(0.2).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 16, 16, 16, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.SpatialDropout3D`. Tompson et al. (2015), <https://arxiv.org/abs/1411.4280>.
    #[doc(alias = "layer_spatial_dropout_3d")]
    pub struct SpatialDropout3D(Class::layer("SpatialDropout3D")) {
        /// Share of the channels to drop.
        rate: Number as impl Into<Number>,
        ..
        /// Seed that what is dropped depends on beside the step and the layer's place. Default: the model's.
        seed: Option<i64> as impl Into<Option<i64>> = None,
        /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
        data_format: DataFormat = DataFormat::default(),
    }
}

impl Layer for SpatialDropout3D {
    const WRITES_BUILD_CONFIG: bool = false;
    const WRITES_SHORT_CONFIG: bool = true;
    const TRAINING_ARGUMENT: bool = true;

    fn validate(&self) -> Result<(), Problem> {
        noise::validate("rate", self.rate)
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        self.data_format.split(input, 3).map(|_| input.clone())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        noise::drop_channels(call, self.rate, self.seed, self.data_format, 3)
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("SpatialDropout3D");
    }
}
