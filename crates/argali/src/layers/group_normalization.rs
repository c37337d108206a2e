use super::axes::{axis_index, kept, others};
use super::*;

layer! {
    /// Brings every group of channels of a sample to mean 0 and variance 1, then scales and shifts every channel by
    /// learned amounts.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, ..)` |
    /// | output | as the input |
    /// | weights | `gamma`, `beta`, each `(channels)` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if `groups` does not divide the number of channels or the input has no such axis,
    /// [`Problem::Unknown`] if the number of channels is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 12]);
    /// let y = x.group_normalization().groups(4).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 128, 12)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.GroupNormalization`. Wu and He (2018), <https://arxiv.org/abs/1803.08494>.
    #[doc(alias = "layer_group_normalization")]
    pub struct GroupNormalization(Class::layer("GroupNormalization")) {
        ..
        /// Number of groups; -1 makes every channel one of its own. Default 32.
        groups: isize = 32,
        /// The axis of the channels. Default -1, the last.
        axis: isize = -1,
        /// What is added to the variance. Default 0.001.
        epsilon: Number as impl Into<Number> = Number::Float(1e-3),
        /// Whether to add `beta`. Default `true`.
        center: bool = true,
        /// Whether to multiply by `gamma`. Default `true`.
        scale: bool = true,
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

impl GroupNormalization {
    /// Number of groups of so many channels.
    fn count(&self, channels: usize) -> Result<usize, Problem> {
        let groups = usize::try_from(self.groups).unwrap_or(channels);
        if groups > 0 && channels.is_multiple_of(groups) && channels > 0 {
            return Ok(groups);
        }
        let divisors: Vec<_> = (1..=channels).filter(|d| channels.is_multiple_of(*d)).map(|d| d.to_string()).collect();
        let help = format!("take one of {}", divisors.join(", "));
        Err(Problem::argument("groups", self.groups, format!("a divisor of the {channels} channels"), help))
    }
}

impl Layer for GroupNormalization {
    fn config_value(&self, key: &str, value: Json, inputs: Option<&[Shape]>) -> Json {
        let channels = inputs.and_then(|inputs| inputs.first()?.dim(self.axis));
        match (key, channels) {
            ("groups", Some(channels)) if self.groups == -1 => channels.into(),
            _ => value,
        }
    }

    fn validate(&self) -> Result<(), Problem> {
        match self.groups {
            -1 | 1.. => Ok(()),
            found => Err(Problem::argument("groups", found, "a number above 0, or -1", "-1 makes every channel a group")),
        }
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let axis = axis_index(self.axis, input)?;
        input.0[axis].map_or(Ok(0), |channels| self.count(channels))?;
        Ok(input.clone())
    }

    fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let channels = known(input.dim(self.axis), "channels", "gamma")?;
        let gamma = Weight::new("gamma", [channels], self.gamma_initializer.clone())
            .regularizer(self.gamma_regularizer)
            .constraint(self.gamma_constraint.clone());
        let beta = Weight::new("beta", [channels], self.beta_initializer.clone())
            .regularizer(self.beta_regularizer)
            .constraint(self.beta_constraint.clone());
        Ok(self.scale.then_some(gamma).into_iter().chain(self.center.then_some(beta)).collect())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input().cast(call.dtype);
        let shape = x.shape();
        let Some(axis) = Shape::from(&shape[..]).axis(self.axis) else { return vec![x] };
        let Ok(groups) = self.count(shape[axis]) else { return vec![x] };
        let split = |shape: &[usize]| {
            let mut shape = shape.to_vec();
            shape.splice(axis..=axis, [groups, shape[axis] / groups]);
            shape
        };
        let by_channel = split(&kept(&shape, &[axis]));
        let mut weights = call.weights.iter().map(|w| w.reshape(&by_channel));
        let gamma = if self.scale { weights.next() } else { None };
        let beta = if self.center { weights.next() } else { None };
        let x = x.reshape(&split(&shape));
        let moments = x.moments(&others(x.rank(), &[0, axis]), true);
        vec![x.normalize(moments, self.epsilon.get(), gamma, beta).reshape(&shape)]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("GroupNormalization");
    }
}
