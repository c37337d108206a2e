use super::margins::margins;
use super::*;

margins! {
    /// Cuts off both ends of each spatial axis.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, depth, rows, columns, channels)`, or `(batch, channels, depth, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_depth, new_rows, new_columns, channels)`; a new length is `length - before - behind` |
    ///
    /// # Errors
    ///
    /// [`Problem::Rank`] unless the input has five axes, [`Problem::Mismatch`] if nothing is left.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([16, 16, 16, 3]);
    /// let y = x.cropping_3d(1).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 14, 14, 14, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Cropping3D`.
    #[doc(alias = "layer_cropping_3d")]
    Cropping3D<3>(
        /// Steps cut off before and behind each spatial axis: `1`, `(1, 2)`, or `[(1, 2), …]` with a pair per axis.
        cropping
    ) => cropped, crop
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Cropping3D");
    }
}
