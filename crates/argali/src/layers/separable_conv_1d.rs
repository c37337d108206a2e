use super::depthwise::separable_convolution;
use super::*;

separable_convolution! {
    /// Depthwise convolution over time, then a pointwise one that mixes the channels.
    ///
    /// A `Conv1D` of the same size holds `kernel_size · channels · filters` numbers; this holds
    /// `kernel_size · channels · depth_multiplier + channels · depth_multiplier · filters`.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)`, or `(batch, channels, steps)` if `ChannelsFirst` |
    /// | output | `(batch, new_steps, filters)`; a new length is `⌈length / strides⌉` if `Same`, else `⌊(length - span) / strides⌋ + 1` with `span = (kernel_size - 1) · dilation_rate + 1` |
    /// | weights | `depthwise_kernel (kernel_size, channels, depth_multiplier)`, `pointwise_kernel (1, channels · depth_multiplier, filters)`, `bias (filters)` |
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
    /// let y = x.separable_conv_1d(32, 7).padding(Same).activation(Relu).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 128, 32)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.SeparableConv1D`. Chollet, *Xception* (2017), <https://arxiv.org/abs/1610.02357>.
    #[doc(alias = "layer_separable_conv_1d")]
    SeparableConv1D<1>
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("SeparableConv1D");
    }
}
