use super::*;

layer! {
    /// The mean of several tensors, element by element.
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
    /// let y = average([&a, &b]).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 8, 4)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Average`.
    #[doc(alias = "layer_average")]
    pub struct Average(Class::layer("Average")) {
        ..
    }
}

impl Layer for Average {
    const LIST_INPUT: bool = true;

    fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
        merge::broadcast(inputs)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        merge::fold(call, |a, b| a + b).into_iter().map(|sum| sum / call.inputs.len() as f64).collect()
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
        crate::testing::check_layer("Average");
    }
}
