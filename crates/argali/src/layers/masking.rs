use super::*;

layer! {
    /// Masks the steps whose elements all have one value, and makes them zero.
    ///
    /// Layers behind it that take masks skip these steps.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, .., features)` |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Rank`] unless the input has two axes or more.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = Masking::new(-1.0).apply(&ndarray::array![[[-1.0, -1.0], [-1.0, 2.0]]])?;
    /// assert_eq!(y, ndarray::array![[[0.0, 0.0], [-1.0, 2.0]]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Masking`.
    #[doc(alias = "layer_masking")]
    pub struct Masking(Class::layer("Masking")) {
        /// The value that masked steps have throughout.
        mask_value: Number as impl Into<Number> = 0.0.into(),
        ..
    }
}

impl Masking {
    /// 1 where any element of a step differs from the value, else 0.
    fn mask<'g>(&self, x: Value<'g>, keep_dims: bool) -> Value<'g> {
        let masked = x.equal_to(x.full_like(self.mask_value.get()), x.dtype());
        (-masked.min(&[x.rank() - 1], keep_dims)) + 1.0
    }
}

impl Layer for Masking {
    const WRITES_BUILD_CONFIG: bool = false;

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        match input.rank() {
            0 | 1 => Err(Problem::Rank { expected: "(batch, .., features)", found: input.rank() }),
            _ => Ok(input.clone()),
        }
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input();
        let mask = self.mask(x, true).broadcast_to(&x.shape());
        vec![mask.select(x, x.zeros_like())]
    }

    fn masks<'g>(&self, call: &Call<'_, 'g>) -> Vec<Option<Value<'g>>> {
        vec![Some(self.mask(call.input(), false))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Masking");
    }
}
