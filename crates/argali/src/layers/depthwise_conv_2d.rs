use super::depthwise::depthwise_convolution;
use super::*;

depthwise_convolution! {
    /// Convolution over images of every channel by itself, with `depth_multiplier` outputs each.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, rows, columns, channels)`, or `(batch, channels, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_rows, new_columns, channels · depth_multiplier)`; a new length is `⌈length / strides⌉` if `Same`, else `⌊(length - span) / strides⌋ + 1` with `span = (kernel_size - 1) · dilation_rate + 1` |
    /// | weights | `kernel (kernel_rows, kernel_columns, channels, depth_multiplier)`, `bias (channels · depth_multiplier)` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is 0 or the padding `Causal`, [`Problem::Rank`] unless the input has four axes,
    /// [`Problem::Window`] if the kernel is longer than the input, [`Problem::Unknown`] if the number of channels is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([32, 32, 3]);
    /// let y = x.depthwise_conv_2d(5).padding(Same).depth_multiplier(2).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 32, 32, 6)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.DepthwiseConv2D`.
    #[doc(alias = "layer_depthwise_conv_2d")]
    DepthwiseConv2D<2>
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("DepthwiseConv2D");
    }
}
