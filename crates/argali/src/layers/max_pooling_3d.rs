use super::pooling::pooling;
use super::*;

pooling! {
    /// The largest element of each window over volumes, channel by channel.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, depth, rows, columns, channels)`, or `(batch, channels, depth, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_depth, new_rows, new_columns, channels)`; a new length is `⌈length / strides⌉` if `Same`, else `⌊(length - pool_size) / strides⌋ + 1` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is 0 or the padding `Causal`, [`Problem::Rank`] unless the input has five axes,
    /// [`Problem::Window`] if the window is longer than the input.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([16, 16, 16, 3]);
    /// let y = x.max_pooling_3d(2).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 8, 8, 8, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.MaxPooling3D`.
    #[doc(alias = "layer_max_pooling_3d")]
    MaxPooling3D<3>: Max
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("MaxPooling3D");
    }
}
