use super::margins::margins;
use super::*;

margins! {
    /// Zeros before and behind each spatial axis.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, rows, columns, channels)`, or `(batch, channels, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_rows, new_columns, channels)`; a new length is `before + length + behind` |
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
    /// let y = x.zero_padding_2d([1, 2]).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 34, 36, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.ZeroPadding2D`.
    #[doc(alias = "layer_zero_padding_2d")]
    ZeroPadding2D<2>(
        /// Zeros before and behind each spatial axis: `1`, `(1, 2)`, or `[(1, 2), …]` with a pair per axis.
        padding
    ) => padded, pad
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("ZeroPadding2D");
    }
}
