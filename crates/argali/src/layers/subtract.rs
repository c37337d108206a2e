use super::*;

layer! {
    /// The first of two tensors less the second.
    ///
    /// | | shape |
    /// |---|---|
    /// | inputs | shapes that broadcast; where one has fewer axes, axes of length 1 are put in behind the batch |
    /// | output | the broadcast shape |
    ///
    /// # Errors
    ///
    /// [`Problem::Inputs`] unless there are two tensors, [`Problem::Mismatch`] if their shapes do not broadcast.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let (a, b) = (input([8, 4]), input([8, 1]));
    /// let y = subtract([&a, &b]).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 8, 4)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Subtract`.
    #[doc(alias = "layer_subtract")]
    pub struct Subtract(Class::layer("Subtract")) {
        ..
    }
}

impl Layer for Subtract {
    const LIST_INPUT: bool = true;

    fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
        match inputs {
            [_, _] => merge::broadcast(inputs),
            _ => Err(Problem::Inputs { expected: "two tensors", found: inputs.len() }),
        }
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        merge::fold(call, |a, b| a - b)
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
        crate::testing::check_layer("Subtract");
    }
}
