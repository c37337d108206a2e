use super::*;

layer! {
    /// Cuts off the first and the last steps.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)` |
    /// | output | `(batch, new_steps, channels)`: `steps - before - behind` |
    ///
    /// # Errors
    ///
    /// [`Problem::Rank`] unless the input has three axes, [`Problem::Mismatch`] if nothing is left.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 3]);
    /// let y = x.cropping_1d((1, 2)).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 125, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Cropping1D`.
    #[doc(alias = "layer_cropping_1d")]
    pub struct Cropping1D(Class::layer("Cropping1D")) {
        /// Steps cut off before and behind: `1`, or `(1, 2)`.
        cropping: Margins<1> as impl Into<Margins<1>> = 1.into(),
        ..
    }
}

impl Layer for Cropping1D {
    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        margins::cropped(DataFormat::ChannelsLast, input, &self.cropping.0)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![margins::crop(DataFormat::ChannelsLast, call.input(), &self.cropping.0)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Cropping1D");
    }
}
