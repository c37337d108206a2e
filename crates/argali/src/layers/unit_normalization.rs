use super::axes::axis_indices;
use super::*;
use crate::constraints::Axes;

/// The norm below which vectors are scaled no further.
const EPSILON: f64 = 1e-12;

layer! {
    /// Vectors along some axes divided by their length.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if the input does not have the axes.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = UnitNormalization::new().apply(&ndarray::array![[3.0, 0.0], [0.0, 0.5]])?;
    /// assert_eq!(y, ndarray::array![[1.0, 0.0], [0.0, 1.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.UnitNormalization`.
    #[doc(alias = "layer_unit_normalization")]
    pub struct UnitNormalization(Class::layer("UnitNormalization")) {
        ..
        /// The axis, or several, along which the sum of squares becomes 1. Default -1, the last.
        axis: Axes as impl Into<Axes> = Axes::One(-1),
    }
}

impl Layer for UnitNormalization {
    const WRITES_BUILD_CONFIG: bool = false;

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        axis_indices(&self.axis, input).map(|_| input.clone())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input();
        let axes = self.axis.of(x.rank()).unwrap_or_default();
        vec![x * x.square().sum(&axes, true).rsqrt().at_most(1.0 / EPSILON)]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("UnitNormalization");
    }
}
