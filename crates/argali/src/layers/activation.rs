use super::*;

layer! {
    /// A function of every element.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input; `Glu` halves the last axis |
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
        activation: AnyActivation as impl Into<AnyActivation>,
        ..
    }
}

impl Layer for Activation {
    const WRITES_BUILD_CONFIG: bool = false;

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        self.activation.output_shape(input.clone())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![self.activation.apply(call.input())]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Activation");
    }
}
