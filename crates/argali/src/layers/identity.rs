use super::*;

layer! {
    /// The input as it is.
    ///
    /// The prelude exports the initializer of this name; the layer is `layers::Identity`.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input |
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::layers;
    /// let x = ndarray::array![[1.0, 2.0]];
    /// assert_eq!(layers::Identity::new().apply(&x)?, x.mapv(|v: f64| v as f32).into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Identity`.
    #[doc(alias = "layer_identity")]
    pub struct Identity(Class::layer("Identity")) {
        ..
    }
}

impl Layer for Identity {
    const WRITES_BUILD_CONFIG: bool = false;

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![call.input()]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Identity");
    }
}
