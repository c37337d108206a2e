use super::*;

layer! {
    /// Enlarges images, by repetition or interpolation.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, rows, columns, channels)`, or `(batch, channels, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_rows, new_columns, channels)`; a new length is `length · size` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if `size` is 0, [`Problem::Rank`] unless the input has four axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([32, 32, 3]);
    /// let y = x.upsampling_2d(2).interpolation(Bilinear).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 64, 64, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.UpSampling2D`.
    #[doc(alias = "layer_upsampling_2d")]
    pub struct UpSampling2D(Class::layer("UpSampling2D")) {
        /// How many times longer each spatial axis becomes.
        size: Size<2> as impl Into<Size<2>> = 2.into(),
        ..
        /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
        data_format: DataFormat = DataFormat::default(),
        /// How new pixels are made of the old ones. Default `Nearest`, which repeats them.
        interpolation: Interpolation = Interpolation::Nearest,
    }
}

impl Layer for UpSampling2D {
    fn validate(&self) -> Result<(), Problem> {
        positive("size", &self.size.0)
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        resize::enlarged(self.data_format, input, &self.size.0)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![resize::enlarge(self.data_format, call.input(), &self.size.0, self.interpolation)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("UpSampling2D");
    }
}
