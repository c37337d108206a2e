use super::*;

layer! {
    /// A function of every element.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input |
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = Activation::new(Relu).apply(&ndarray::array![[-1.0, 2.0]])?;
    /// assert_eq!(y, ndarray::array![[0.0, 2.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Activation`.
    pub struct Activation(Class::layer("Activation")) {
        /// The function.
        activation: ActivationFunction as impl Into<ActivationFunction>,
        ..
    }
}

impl Layer for Activation {
    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![self.activation.apply(call.input())]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}
