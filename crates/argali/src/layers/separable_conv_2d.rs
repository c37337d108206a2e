use super::depthwise::separable_convolution;
use super::*;

separable_convolution! {
    /// Depthwise convolution over images, then a pointwise one that mixes the channels.
    ///
    /// A `Conv2D` of the same size holds `kernel_rows · kernel_columns · channels · filters` numbers; this holds
    /// `kernel_rows · kernel_columns · channels · depth_multiplier + channels · depth_multiplier · filters`.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, rows, columns, channels)`, or `(batch, channels, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_rows, new_columns, filters)`; a new length is `⌈length / strides⌉` if `Same`, else `⌊(length - span) / strides⌋ + 1` with `span = (kernel_size - 1) · dilation_rate + 1` |
    /// | weights | `depthwise_kernel (kernel_rows, kernel_columns, channels, depth_multiplier)`, `pointwise_kernel (1, 1, channels · depth_multiplier, filters)`, `bias (filters)` |
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
    /// let y = x.separable_conv_2d(32, 7).padding(Same).activation(Relu).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 32, 32, 32)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.SeparableConv2D`. Chollet, *Xception* (2017), <https://arxiv.org/abs/1610.02357>.
    #[doc(alias = "layer_separable_conv_2d")]
    SeparableConv2D<2>
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("SeparableConv2D");
    }
}
