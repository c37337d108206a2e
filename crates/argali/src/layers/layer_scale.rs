use super::*;

layer! {
    /// Multiplies every channel by a learned number that starts small.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(.., projection_dim)` |
    /// | output | as the input |
    /// | weights | `variable (projection_dim)` |
    ///
    /// # Errors
    ///
    /// [`Problem::Mismatch`] unless the input has `projection_dim` channels, [`Problem::Argument`] if that is 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = LayerScale::new(0.5, 2).apply(&ndarray::array![[1.0, 2.0]])?;
    /// assert_eq!(y, ndarray::array![[0.5, 1.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.src.applications.convnext.LayerScale`. Touvron et al., *Going deeper with Image Transformers* (2021).
    pub struct LayerScale(convnext("LayerScale")) {
        /// First value of the factors.
        init_values: Number as impl Into<Number>,
        /// Number of channels.
        projection_dim: usize,
        ..
    }
}

/// A class that Keras defines beside the network it is made for.
pub(super) const fn convnext(name: &'static str) -> Class {
    Class { module: "keras.src.applications.convnext", name, registered_name: Some(name) }
}

impl Layer for LayerScale {
    fn validate(&self) -> Result<(), Problem> {
        positive("projection_dim", &[self.projection_dim])
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        match input.dim(-1) {
            Some(channels) if channels != self.projection_dim => Err(Problem::mismatch(
                format!("scales {} channels, found {channels}", self.projection_dim),
                format!("take a projection_dim of {channels}"),
            )),
            _ => Ok(input.clone()),
        }
    }

    fn weights(&self, _: &Shape) -> Result<Vec<Weight>, Problem> {
        Ok(vec![Weight::new("variable", [self.projection_dim], InitializerKind::Constant(self.init_values))])
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![call.input() * call.weights[0]]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("LayerScale");
    }
}
