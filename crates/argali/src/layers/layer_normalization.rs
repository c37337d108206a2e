use super::axes::{axis_indices, kept};
use super::*;
use crate::Number;
use crate::constraints::Axes;

layer! {
    /// Brings every sample to mean 0 and variance 1 along some axes, then scales and shifts it by learned amounts:
    /// `gamma · (x - mean) / √(variance + epsilon) + beta`.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, ..)` |
    /// | output | as the input |
    /// | weights | `gamma`, `beta`, each of the lengths of the normalized axes |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if the input does not have the axes, [`Problem::Unknown`] if one has no known length.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 9]);
    /// let y = x.layer_normalization().epsilon(1e-6).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 128, 9)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.LayerNormalization`. Ba et al. (2016), <https://arxiv.org/abs/1607.06450>.
    #[doc(alias = "layer_layer_normalization")]
    pub struct LayerNormalization(Class::layer("LayerNormalization")) {
        ..
        /// The axis, or several, along which mean and variance are taken. Default -1, the last.
        axis: Axes as impl Into<Axes> = Axes::One(-1),
        /// What is added to the variance. Default 0.001.
        epsilon: Number as impl Into<Number> = Number::Float(1e-3),
        /// Whether to add `beta`. Default `true`.
        center: bool = true,
        /// Whether to multiply by `gamma`. Default `true`.
        scale: bool = true,
        /// Whether to divide by the deviation without taking the mean away, and without `beta`. Default `false`.
        rms_scaling: bool = false,
        /// How `beta` is drawn. Default `Zeros`.
        beta_initializer: Initializer as impl Into<Initializer> = InitializerKind::Zeros.into(),
        /// How `gamma` is drawn. Default `Ones`.
        gamma_initializer: Initializer as impl Into<Initializer> = InitializerKind::Ones.into(),
        /// Loss on `beta`. Default none.
        beta_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
        /// Loss on `gamma`. Default none.
        gamma_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
        /// What holds for `beta` after every training step. Default nothing.
        beta_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
        /// What holds for `gamma` after every training step. Default nothing.
        gamma_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
    }
}

impl LayerNormalization {
    /// The axes as Keras keeps them once the layer is built.
    fn sorted(&self) -> Axes {
        let mut axes = match &self.axis {
            Axes::One(axis) => vec![*axis],
            Axes::Several(axes) => axes.clone(),
        };
        axes.sort_unstable();
        Axes::Several(axes)
    }

    fn has_gamma(&self) -> bool {
        self.scale || self.rms_scaling
    }

    fn has_beta(&self) -> bool {
        self.center && !self.rms_scaling
    }
}

impl Layer for LayerNormalization {
    fn config_value(&self, key: &str, value: Json, inputs: Option<&[Shape]>) -> Json {
        match (key, inputs) {
            ("axis", Some(_)) => crate::value(&self.sorted()),
            _ => value,
        }
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        axis_indices(&self.sorted(), input).map(|_| input.clone())
    }

    fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        if !self.has_gamma() && !self.has_beta() {
            return Ok(Vec::new());
        }
        let what = if self.has_gamma() { "gamma" } else { "beta" };
        let axes = axis_indices(&self.sorted(), input)?;
        let shape = axes.iter().map(|axis| known(input.dim(*axis as isize), "normalized", what));
        let shape: Vec<_> = shape.collect::<Result<_, _>>()?;
        let gamma = Weight::new("gamma", shape.clone(), self.gamma_initializer.clone())
            .regularizer(self.gamma_regularizer)
            .constraint(self.gamma_constraint.clone());
        let beta = Weight::new("beta", shape, self.beta_initializer.clone())
            .regularizer(self.beta_regularizer)
            .constraint(self.beta_constraint.clone());
        Ok(self.has_gamma().then_some(gamma).into_iter().chain(self.has_beta().then_some(beta)).collect())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input().cast(call.dtype);
        let Some(axes) = self.sorted().of(x.rank()) else { return vec![x] };
        let broadcast = kept(&x.shape(), &axes);
        let mut weights = call.weights.iter().map(|w| w.reshape(&broadcast));
        let gamma = if self.has_gamma() { weights.next() } else { None };
        let beta = if self.has_beta() { weights.next() } else { None };
        let (mean, variance) = x.moments(&axes, true);
        let mean = if self.rms_scaling { mean.zeros_like() } else { mean };
        vec![x.normalize((mean, variance), self.epsilon.get(), gamma, beta)]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("LayerNormalization");
    }
}
