use super::pooling::global_pooling;
use super::*;

global_pooling! {
    /// The mean of each channel over time.
    ///
    /// Steps that a mask leaves out are not counted.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)`, or `(batch, channels, steps)` if `ChannelsFirst` |
    /// | output | `(batch, channels)`; with `keepdims` the axes stay, with length 1 |
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
    /// let y = x.global_average_pooling_1d().tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.GlobalAveragePooling1D`.
    #[doc(alias = "layer_global_average_pooling_1d")]
    GlobalAveragePooling1D<1>: Average
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("GlobalAveragePooling1D");
    }
}
