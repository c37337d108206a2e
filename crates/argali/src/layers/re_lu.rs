use super::*;
use crate::{MaybeNumber, Number};
use argali_engine::Function;

layer! {
    /// Rectified linear unit: `min(x, max_value)` above `threshold`, `negative_slope · (x - threshold)` below.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is negative.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = ReLU::new().max_value(1.5).apply(&ndarray::array![[-1.0, 0.5, 2.0]])?;
    /// assert_eq!(y, ndarray::array![[0.0, 0.5, 1.5]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.ReLU`.
    #[doc(alias = "layer_activation_relu")]
    pub struct ReLU(Class::layer("ReLU")) {
        ..
        /// Greatest output. Default none.
        max_value: MaybeNumber as impl Into<MaybeNumber> = MaybeNumber(None),
        /// Slope below the threshold. Default 0.
        negative_slope: Number as impl Into<Number> = Number::Float(0.0),
        /// Where the function changes. Default 0.
        threshold: Number as impl Into<Number> = Number::Float(0.0),
    }
}

impl Layer for ReLU {
    const WRITES_BUILD_CONFIG: bool = false;

    fn validate(&self) -> Result<(), Problem> {
        if let Some(max_value) = self.max_value.0 {
            from_zero("max_value", max_value)?;
        }
        from_zero("negative_slope", self.negative_slope)?;
        from_zero("threshold", self.threshold)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let (slope, threshold) = (self.negative_slope.get(), self.threshold.get());
        let max_value = self.max_value.get().unwrap_or(f64::INFINITY);
        let relu = |max_value| call.input().map(Function::Relu { slope, max_value, threshold });
        vec![if max_value < threshold { relu(f64::INFINITY).at_most(max_value) } else { relu(max_value) }]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("ReLU");
    }
}
