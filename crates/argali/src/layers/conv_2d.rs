use super::convolution::convolution;
use super::*;

convolution! {
    /// Convolution over images: every output is a weighted sum of a window and all channels of its group.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, rows, columns, channels)`, or `(batch, channels, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_rows, new_columns, filters)`; a new length is `⌈length / strides⌉` if `Same`, else `⌊(length - span) / strides⌋ + 1` with `span = (kernel_size - 1) · dilation_rate + 1` |
    /// | weights | `kernel (kernel_rows, kernel_columns, channels / groups, filters)`, `bias (filters)` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is 0, if `groups` does not divide the channels and `filters`, or if both `strides` and
    /// `dilation_rate` are above 1; [`Problem::Rank`] unless the input has four axes, [`Problem::Window`] if the kernel is longer
    /// than the input, [`Problem::Unknown`] if the number of channels is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([32, 32, 3]);
    /// let y = x.conv_2d(8, 3).activation(Relu).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 30, 30, 8)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Conv2D`.
    #[doc(alias = "layer_conv_2d")]
    Conv2D<2>
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Conv2D");
    }
}
