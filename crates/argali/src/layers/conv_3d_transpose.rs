use super::transposed::transposed_convolution;
use super::*;

transposed_convolution! {
    /// Transposed convolution over volumes: the gradient of a `Conv3D` with respect to its input, which enlarges.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, depth, rows, columns, channels)`, or `(batch, channels, depth, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_depth, new_rows, new_columns, filters)`; see below |
    /// | weights | `kernel (kernel_depth, kernel_rows, kernel_columns, filters, channels)`, `bias (filters)` |
    ///
    /// With `span = (kernel_size - 1) · dilation_rate + 1` a new length is
    ///
    /// | | `Valid` | `Same` |
    /// |---|---|---|
    /// | without `output_padding` | `(length - 1) · strides + max(span, strides)` | `length · strides` |
    /// | with `output_padding` | `(length - 1) · strides + span + output_padding` | `(length - 1) · strides + span mod 2 + output_padding` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is 0, if `output_padding` is not below `strides`, or if both `strides` and
    /// `dilation_rate` are above 1; [`Problem::Rank`] unless the input has five axes, [`Problem::Mismatch`] if the output would be
    /// empty, [`Problem::Unknown`] if the number of channels is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([16, 16, 16, 3]);
    /// let y = x.conv_3d_transpose(8, 3).strides(2).padding(Same).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 32, 32, 32, 8)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Conv3DTranspose`.
    #[doc(alias = "layer_conv_3d_transpose")]
    Conv3DTranspose<3>
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Conv3DTranspose");
    }
}
