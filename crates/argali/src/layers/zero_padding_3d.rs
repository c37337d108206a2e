use super::margins::margins;
use super::*;

margins! {
    /// Zeros before and behind each spatial axis.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, depth, rows, columns, channels)`, or `(batch, channels, depth, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_depth, new_rows, new_columns, channels)`; a new length is `before + length + behind` |
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
    /// let y = x.zero_padding_3d(1).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 18, 18, 18, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.ZeroPadding3D`.
    #[doc(alias = "layer_zero_padding_3d")]
    ZeroPadding3D<3>(
        /// Zeros before and behind each spatial axis: `1`, `(1, 2)`, or `[(1, 2), …]` with a pair per axis.
        padding
    ) => padded, pad
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("ZeroPadding3D");
    }
}
