use super::*;

layer! {
    /// Every vector, `n` times one after the other.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, features)` |
    /// | output | `(batch, n, features)` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if `n` is 0, [`Problem::Rank`] unless the input has two axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = RepeatVector::new(2).apply(&ndarray::array![[1.0, 2.0]])?;
    /// assert_eq!(y, ndarray::array![[[1.0, 2.0], [1.0, 2.0]]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.RepeatVector`.
    #[doc(alias = "layer_repeat_vector")]
    pub struct RepeatVector(Class::layer("RepeatVector")) {
        /// Number of repetitions.
        n: usize,
        ..
    }
}

impl Layer for RepeatVector {
    fn validate(&self) -> Result<(), Problem> {
        positive("n", &[self.n])
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let [batch, features] = input.axes("(batch, features)")?;
        Ok(Shape(vec![batch, Some(self.n), features]))
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input();
        let mut shape = x.shape();
        shape.insert(1.min(shape.len()), self.n);
        vec![x.expand_dims(1).broadcast_to(&shape)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("RepeatVector");
    }
}
