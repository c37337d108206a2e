use super::*;

layer! {
    /// Repeats every step `size` times.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)` |
    /// | output | `(batch, new_steps, channels)`; a new length is `length · size` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if `size` is 0, [`Problem::Rank`] unless the input has three axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 3]);
    /// let y = x.upsampling_1d(2).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 256, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.UpSampling1D`.
    #[doc(alias = "layer_upsampling_1d")]
    pub struct UpSampling1D(Class::layer("UpSampling1D")) {
        /// How many times longer the steps become.
        size: usize = 2,
        ..
    }
}

impl Layer for UpSampling1D {
    fn validate(&self) -> Result<(), Problem> {
        positive("size", &[self.size])
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        resize::enlarged(DataFormat::ChannelsLast, input, &[self.size])
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![resize::enlarge(DataFormat::ChannelsLast, call.input(), &[self.size], Interpolation::Nearest)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("UpSampling1D");
    }
}
