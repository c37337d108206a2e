use super::*;

layer! {
    /// All axes of a sample as one.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, ..)` |
    /// | output | `(batch, n)` with the product `n` of the other lengths, unknown if one of them is |
    ///
    /// # Errors
    ///
    /// [`Problem::Rank`] on an input without a batch axis.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([10, 64]);
    /// assert_eq!(x.flatten().tensor().shape()?.to_string(), "(None, 640)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Flatten`.
    #[doc(alias = "layer_flatten")]
    pub struct Flatten(Class::layer("Flatten")) {
        ..
        /// Where the channels are; they change fastest in the output either way. Default: `image_data_format` of
        /// `keras.json`, channels last.
        data_format: DataFormat = DataFormat::default(),
    }
}

impl Layer for Flatten {
    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        match input.0.first() {
            Some(batch) => Ok(Shape(vec![*batch, input.sample_len()])),
            None => Err(Problem::Rank { expected: "(batch, ..)", found: 0 }),
        }
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input();
        let x = if x.rank() > 1 { self.data_format.to_channels_last(x) } else { x };
        let shape = x.shape();
        let (batch, sample) = shape.split_at(1.min(shape.len()));
        vec![x.reshape(&[batch.iter().product(), sample.iter().product()])]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Flatten");
    }
}
