use super::depthwise::depthwise_convolution;
use super::*;

depthwise_convolution! {
    /// Convolution over time of every channel by itself, with `depth_multiplier` outputs each.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)`, or `(batch, channels, steps)` if `ChannelsFirst` |
    /// | output | `(batch, new_steps, channels · depth_multiplier)`; a new length is `⌈length / strides⌉` if `Same`, else `⌊(length - span) / strides⌋ + 1` with `span = (kernel_size - 1) · dilation_rate + 1` |
    /// | weights | `kernel (kernel_size, channels, depth_multiplier)`, `bias (channels · depth_multiplier)` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is 0 or the padding `Causal`, [`Problem::Rank`] unless the input has three axes,
    /// [`Problem::Window`] if the kernel is longer than the input, [`Problem::Unknown`] if the number of channels is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 3]);
    /// let y = x.depthwise_conv_1d(5).padding(Same).depth_multiplier(2).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 128, 6)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.DepthwiseConv1D`.
    #[doc(alias = "layer_depthwise_conv_1d")]
    DepthwiseConv1D<1>
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("DepthwiseConv1D");
    }
}
