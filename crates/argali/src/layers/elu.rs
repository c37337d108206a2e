use super::*;
use crate::Number;
use argali_engine::Function;

layer! {
    /// Exponential linear unit: `x` above 0, `alpha · (exp(x) - 1)` below.
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
    /// let y = ELU::new().alpha(2.0).apply(&ndarray::array![[0.0, 3.0]])?;
    /// assert_eq!(y, ndarray::array![[0.0, 3.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.ELU`. Clevert et al., *Fast and Accurate Deep Network Learning by Exponential Linear Units*
    /// (2015), <https://arxiv.org/abs/1511.07289>.
    #[doc(alias = "layer_activation_elu")]
    pub struct ELU(Class::layer("ELU")) {
        ..
        /// What the function tends to, negated, far below 0. Default 1.
        alpha: Number as impl Into<Number> = Number::Float(1.0),
    }
}

impl Layer for ELU {
    const WRITES_BUILD_CONFIG: bool = false;

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![call.input().map(Function::Elu { alpha: self.alpha.get() })]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("ELU");
    }
}
