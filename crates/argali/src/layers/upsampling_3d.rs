use super::*;

layer! {
    /// Repeats every voxel `size` times along each spatial axis.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, depth, rows, columns, channels)`, or `(batch, channels, depth, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_depth, new_rows, new_columns, channels)`; a new length is `length · size` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if `size` is 0, [`Problem::Rank`] unless the input has five axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([16, 16, 16, 3]);
    /// let y = x.upsampling_3d(2).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 32, 32, 32, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.UpSampling3D`.
    #[doc(alias = "layer_upsampling_3d")]
    pub struct UpSampling3D(Class::layer("UpSampling3D")) {
        /// How many times longer each spatial axis becomes.
        size: Size<3> as impl Into<Size<3>> = 2.into(),
        ..
        /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
        data_format: DataFormat = DataFormat::default(),
    }
}

impl Layer for UpSampling3D {
    fn validate(&self) -> Result<(), Problem> {
        positive("size", &self.size.0)
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        resize::enlarged(self.data_format, input, &self.size.0)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![resize::enlarge(self.data_format, call.input(), &self.size.0, Interpolation::Nearest)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("UpSampling3D");
    }
}
