use super::pooling::global_pooling;
use super::*;

global_pooling! {
    /// The largest element of each channel over whole images.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, rows, columns, channels)`, or `(batch, channels, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, channels)`; with `keepdims` the axes stay, with length 1 |
    ///
    /// # Errors
    ///
    /// [`Problem::Rank`] unless the input has four axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([32, 32, 3]);
    /// let y = x.global_max_pooling_2d().tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.GlobalMaxPooling2D`.
    #[doc(alias = "layer_global_max_pooling_2d")]
    GlobalMaxPooling2D<2>: Max
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("GlobalMaxPooling2D");
    }
}
