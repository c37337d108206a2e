use super::*;
use crate::Dim;

layer! {
    /// In training, drops elements at random and scales the others by `1 / (1 - rate)`.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] unless `rate` is from 0 to 1, or if `noise_shape` does not fit the input.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = Dropout::new(0.5).apply(&ndarray::array![[1.0, 2.0]])?;
    /// assert_eq!(y, ndarray::array![[1.0, 2.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Dropout`. Srivastava et al., *Dropout* (2014).
    #[doc(alias = "layer_dropout")]
    pub struct Dropout(Class::layer("Dropout")) {
        /// Share of the elements to drop.
        rate: Number as impl Into<Number>,
        ..
        /// Seed that what is dropped depends on beside the step and the layer's place. Default: the model's.
        seed: Option<i64> as impl Into<Option<i64>> = None,
        /// Shape of what is drawn: 1 along axes whose elements are dropped together, `None` for the input's length.
        /// Default: the input's shape.
        noise_shape: Option<Vec<Dim>> as impl Into<Option<Vec<Dim>>> = None,
    }
}

impl Layer for Dropout {
    const WRITES_BUILD_CONFIG: bool = false;
    const TRAINING_ARGUMENT: bool = true;

    fn validate(&self) -> Result<(), Problem> {
        noise::validate("rate", self.rate)?;
        let given: Vec<_> = self.noise_shape.iter().flatten().flatten().copied().collect();
        positive("noise_shape", &given)
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        noise::shape(self.noise_shape.as_deref(), &input.0).map(|_| input.clone())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        noise::drop(call, self.rate, self.seed, &noise::known_shape(call, self.noise_shape.as_deref()))
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Dropout");
    }
}
