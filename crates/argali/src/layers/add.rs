use super::*;

layer! {
    /// The sum of several tensors, broadcast against each other.
    ///
    /// | | shape |
    /// |---|---|
    /// | inputs | shapes that broadcast |
    /// | output | the broadcast shape |
    ///
    /// # Errors
    ///
    /// [`Problem::Inputs`] without a tensor, [`Problem::Mismatch`] if their shapes do not broadcast.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([8]);
    /// let y = add([x.dense(4), x.dense(4)].map(|d| d.tensor())).activation(Relu).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 4)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Add`.
    pub struct Add(Class::layer("Add")) {
        ..
    }
}

impl Layer for Add {
    const LIST_INPUT: bool = true;

    fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
        merge::broadcast(inputs)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        merge::fold(call, |a, b| a + b)
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn masks<'g>(&self, call: &Call<'_, 'g>) -> Vec<Option<Value<'g>>> {
        merge::masks(call)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Add");
    }
}
