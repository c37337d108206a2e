use super::transposed::transposed_convolution;
use super::*;

transposed_convolution! {
    /// Transposed convolution over time: the gradient of a `Conv1D` with respect to its input, which enlarges.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)`, or `(batch, channels, steps)` if `ChannelsFirst` |
    /// | output | `(batch, new_steps, filters)`; see below |
    /// | weights | `kernel (kernel_size, filters, channels)`, `bias (filters)` |
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
    /// `dilation_rate` are above 1; [`Problem::Rank`] unless the input has three axes, [`Problem::Mismatch`] if the output would be
    /// empty, [`Problem::Unknown`] if the number of channels is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 3]);
    /// let y = x.conv_1d_transpose(8, 3).strides(2).padding(Same).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 256, 8)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Conv1DTranspose`.
    #[doc(alias = "layer_conv_1d_transpose")]
    Conv1DTranspose<1>
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Conv1DTranspose");
    }
}
