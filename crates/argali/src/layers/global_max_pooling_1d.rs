use super::pooling::global_pooling;
use super::*;

global_pooling! {
    /// The largest element of each channel over time.
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
    /// let y = x.global_max_pooling_1d().tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 3)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.GlobalMaxPooling1D`.
    #[doc(alias = "layer_global_max_pooling_1d")]
    GlobalMaxPooling1D<1>: Max
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("GlobalMaxPooling1D");
    }
}
