use super::conv_lstm::conv_lstm;
use super::*;

conv_lstm! {
    /// LSTM over sequences of volumes, whose products are convolutions.
    ///
    /// Put on three tensors by [`call_on`](crate::call_on), it starts from the second and third as hidden and carry state.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, time, depth, rows, columns, channels)`, or `(batch, time, channels, depth, rows, columns)` if `ChannelsFirst` |
    /// | output | `(batch, new_depth, new_rows, new_columns, filters)`, the new lengths as of a `Conv3D`; with `return_sequences` `(batch, time, new_depth, new_rows, new_columns, filters)` |
    /// | states | `(batch, new_depth, new_rows, new_columns, filters)` each, returned with `return_state` |
    /// | weights | `kernel (kernel_depth, kernel_rows, kernel_columns, channels, 4 · filters)`, `recurrent_kernel (kernel_depth, kernel_rows, kernel_columns, filters, 4 · filters)`, `bias (4 · filters)`; the gates are input, forget, candidate, output |
    ///
    /// With `*` the convolution and `∘` the product by elements, `σ` the `recurrent_activation` and `f` the `activation`:
    ///
    /// ```text
    /// i = σ(x * Wi + h * Ui + bi)
    /// c = σ(x * Wf + h * Uf + bf) ∘ c + i ∘ f(x * Wc + h * Uc + bc)
    /// h = σ(x * Wo + h * Uo + bo) ∘ f(c)
    /// ```
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is 0, if both `strides` and `dilation_rate` are above 1, if a dropout is not from 0 to 1,
    /// or if it is `stateful` without a fixed batch size; [`Problem::Rank`] unless the input has six axes,
    /// [`Problem::Window`] if the kernel is longer than the input, [`Problem::Unknown`] if a spatial length or the number of
    /// channels is not known, [`Problem::Mismatch`] if given states have another shape.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([4, 8, 8, 8, 3]);
    /// let y = x.conv_lstm_3d(8, 3).padding(Same).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 8, 8, 8, 8)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.ConvLSTM3D`. Shi et al., *Convolutional LSTM Network* (2015), <https://arxiv.org/abs/1506.04214>.
    #[doc(alias = "layer_conv_lstm_3d")]
    ConvLSTM3D<3>
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("ConvLSTM3D");
    }
}
