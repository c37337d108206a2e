use super::margins::margins;
use super::*;

margins! {
    /// Cuts off both ends of each spatial axis.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, rows, columns, channels)`, or `(batch, channels, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_rows, new_columns, channels)`; a new length is `length - before - behind` |
    ///
    /// # Errors
    ///
    /// [`Problem::Rank`] unless the input has four axes, [`Problem::Mismatch`] if nothing is left.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([32, 32, 3]);
    /// let y = x.cropping_2d([1, 2]).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 30, 28, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Cropping2D`.
    #[doc(alias = "layer_cropping_2d")]
    Cropping2D<2>(
        /// Steps cut off before and behind each spatial axis: `1`, `(1, 2)`, or `[(1, 2), …]` with a pair per axis.
        cropping
    ) => cropped, crop
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Cropping2D");
    }
}
