use super::convolution::convolution;
use super::*;

convolution! {
    /// Convolution over time: every output is a weighted sum of a window and all channels of its group.
    ///
    /// With `Causal` padding a step sees itself and earlier ones only.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)`, or `(batch, channels, steps)` if `ChannelsFirst` |
    /// | output | `(batch, new_steps, filters)`; a new length is `⌈length / strides⌉` if `Same` or `Causal`, else `⌊(length - span) / strides⌋ + 1` with `span = (kernel_size - 1) · dilation_rate + 1` |
    /// | weights | `kernel (kernel_size, channels / groups, filters)`, `bias (filters)` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is 0, if `groups` does not divide the channels and `filters`, or if both `strides` and
    /// `dilation_rate` are above 1; [`Problem::Rank`] unless the input has three axes, [`Problem::Window`] if the kernel is longer
    /// than the input, [`Problem::Unknown`] if the number of channels is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 3]);
    /// let y = x.conv_1d(8, 3).activation(Relu).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 126, 8)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Conv1D`.
    #[doc(alias = "layer_conv_1d")]
    Conv1D<1>
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Conv1D");
    }
}
