use super::*;

layer! {
    /// The input as it is, and a loss on it: `l1 · sum(|x|) + l2 · sum(x²)`, divided by the batch size.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, ..)` |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a factor is negative.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([8]);
    /// let y = x.dense(4).activity_regularization().l1(0.01).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 4)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.ActivityRegularization`.
    #[doc(alias = "layer_activity_regularization")]
    pub struct ActivityRegularization(Class::layer("ActivityRegularization")) {
        ..
        /// Factor of the absolute values. Default 0.
        l1: Number as impl Into<Number> = Number::Float(0.0),
        /// Factor of the squares. Default 0.
        l2: Number as impl Into<Number> = Number::Float(0.0),
    }
}

impl Layer for ActivityRegularization {
    const WRITES_BUILD_CONFIG: bool = false;

    fn validate(&self) -> Result<(), Problem> {
        from_zero("l1", self.l1)?;
        from_zero("l2", self.l2)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input();
        let batch = x.shape().first().copied().unwrap_or(1).max(1);
        let regularizer = Regularizer::L1L2 { l1: self.l1.get(), l2: self.l2.get() };
        call.graph.add_loss(regularizer.loss(x) / batch as f64);
        vec![x]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("ActivityRegularization");
    }
}
