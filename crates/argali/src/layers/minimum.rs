use super::*;

layer! {
    /// The least of several tensors, element by element; where a mask says that an element of one does not
    /// count, that of the other is taken.
    ///
    /// | | shape |
    /// |---|---|
    /// | inputs | shapes that broadcast; where one has fewer axes, axes of length 1 are put in behind the batch |
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
    /// let (a, b) = (input([8, 4]), input([8, 1]));
    /// let y = minimum([&a, &b]).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 8, 4)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Minimum`.
    #[doc(alias = "layer_minimum")]
    pub struct Minimum(Class::layer("Minimum")) {
        ..
    }
}

impl Layer for Minimum {
    const LIST_INPUT: bool = true;

    fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
        merge::broadcast(inputs)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        merge::fold_counted(call, Value::minimum)
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
        crate::testing::check_layer("Minimum");
    }
}
