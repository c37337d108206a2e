use super::pooling::global_pooling;
use super::*;

global_pooling! {
    /// The largest element of each channel over whole volumes.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, depth, rows, columns, channels)`, or `(batch, channels, depth, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, channels)`; with `keepdims` the axes stay, with length 1 |
    ///
    /// # Errors
    ///
    /// [`Problem::Rank`] unless the input has five axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([16, 16, 16, 3]);
    /// let y = x.global_max_pooling_3d().tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.GlobalMaxPooling3D`.
    #[doc(alias = "layer_global_max_pooling_3d")]
    GlobalMaxPooling3D<3>: Max
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("GlobalMaxPooling3D");
    }
}
