use super::pooling::pooling;
use super::*;

pooling! {
    /// The largest element of each window over images, channel by channel.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, rows, columns, channels)`, or `(batch, channels, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_rows, new_columns, channels)`; a new length is `⌈length / strides⌉` if `Same`, else `⌊(length - pool_size) / strides⌋ + 1` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is 0 or the padding `Causal`, [`Problem::Rank`] unless the input has four axes,
    /// [`Problem::Window`] if the window is longer than the input.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([32, 32, 3]);
    /// let y = x.max_pooling_2d(2).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 16, 16, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.MaxPooling2D`.
    #[doc(alias = "layer_max_pooling_2d")]
    MaxPooling2D<2>: Max
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("MaxPooling2D");
    }
}
