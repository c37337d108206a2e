use super::layer_scale::convnext;
use super::*;

layer! {
    /// In training, drops whole samples at random and scales the others by `1 / (1 - drop_path_rate)`.
    ///
    /// On a branch beside a shortcut, it drops the branch.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] unless `drop_path_rate` is from 0 to 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = StochasticDepth::new(0.5).apply(&ndarray::array![[1.0, 2.0]])?;
    /// assert_eq!(y, ndarray::array![[1.0, 2.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.src.applications.convnext.StochasticDepth`. Huang et al., *Deep Networks with Stochastic Depth* (2016).
    pub struct StochasticDepth(convnext("StochasticDepth")) {
        /// Share of the samples to drop.
        drop_path_rate: Number as impl Into<Number>,
        ..
    }
}

impl Layer for StochasticDepth {
    fn validate(&self) -> Result<(), Problem> {
        noise::validate("drop_path_rate", self.drop_path_rate)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let mut samples = call.input().shape();
        samples.iter_mut().skip(1).for_each(|length| *length = 1);
        noise::drop(call, self.drop_path_rate, None, &samples)
    }
}

#[cfg(test)]
mod tests {
    use super::StochasticDepth;
    use crate::layers::noise::in_training;

    #[test]
    fn equals_keras() {
        crate::testing::check_layer("StochasticDepth");
    }

    #[test]
    fn training_drops_samples_and_scales_the_others() {
        let y = in_training(&StochasticDepth::new(0.25), 3.0, 2000, 1);
        assert!(y.iter().all(|v| *v == 0.0 || *v == 4.0));
        let kept = y.iter().filter(|v| **v != 0.0).count();
        assert!((1400..1600).contains(&kept), "{kept} of 2000");
    }
}
