use super::margins::margins;
use super::*;

margins! {
    /// Zeros before and behind the steps.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)`, or `(batch, channels, steps)` if `ChannelsFirst` |
    /// | output | `(batch, new_steps, channels)`; a new length is `before + length + behind` |
    ///
    /// # Errors
    ///
    /// [`Problem::Rank`] unless the input has three axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 3]);
    /// let y = x.zero_padding_1d((1, 2)).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 131, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.ZeroPadding1D`.
    #[doc(alias = "layer_zero_padding_1d")]
    ZeroPadding1D<1>(
        /// Zeros before and behind each spatial axis: `1`, `(1, 2)`.
        padding
    ) => padded, pad
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("ZeroPadding1D");
    }
}
