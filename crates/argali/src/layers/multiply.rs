use super::*;

layer! {
    /// The product of several tensors, element by element; where a mask says that an element does not count, it is
    /// taken as 1, and the product as 0 where none counts.
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
    /// let y = multiply([&a, &b]).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 8, 4)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Multiply`.
    #[doc(alias = "layer_multiply")]
    pub struct Multiply(Class::layer("Multiply")) {
        ..
    }
}

impl Layer for Multiply {
    const LIST_INPUT: bool = true;

    fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
        merge::broadcast(inputs)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let number = |x: Value<'g>, value: f64| call.graph.full(x.dtype(), &[], value);
        let inputs = merge::with_masks(call);
        let counted = inputs.iter().map(|(x, mask)| mask.map_or(*x, |mask| mask.select(*x, number(*x, 1.0))));
        let Some(product) = counted.reduce(|a, b| a * b) else { return Vec::new() };
        let masks: Option<Vec<_>> = inputs.iter().map(|(_, mask)| *mask).collect();
        let any = masks.and_then(|masks| masks.into_iter().reduce(|a, b| a.maximum(b)));
        vec![any.map_or(product, |any| any.select(product, number(product, 0.0)))]
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
        crate::testing::check_layer("Multiply");
    }
}
