use super::pooling::pooling;
use super::*;

pooling! {
    /// The mean of each window over time, channel by channel.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)`, or `(batch, channels, steps)` if `ChannelsFirst` |
    /// | output | `(batch, new_steps, channels)`; a new length is `⌈length / strides⌉` if `Same`, else `⌊(length - pool_size) / strides⌋ + 1` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is 0 or the padding `Causal`, [`Problem::Rank`] unless the input has three axes,
    /// [`Problem::Window`] if the window is longer than the input.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 3]);
    /// let y = x.average_pooling_1d(2).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 64, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.AveragePooling1D`.
    #[doc(alias = "layer_average_pooling_1d")]
    AveragePooling1D<1>: Average
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("AveragePooling1D");
    }
}
