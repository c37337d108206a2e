use super::*;

layer! {
    /// Densely connected layer: `activation(x · kernel + bias)` over the last axis.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, .., features)` |
    /// | output | `(batch, .., units)` |
    /// | weights | `kernel (features, units)`, `bias (units)` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if `units` is 0, [`Problem::Rank`] unless the input has two axes or more,
    /// [`Problem::Unknown`] if the number of features is not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let model = Sequential::new().input([16]).dense(10).activation(Softmax).build()?;
    /// assert_eq!(model.count_params(), 170);
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Dense`.
    pub struct Dense(Class::layer("Dense")) {
        /// Number of outputs.
        units: usize,
        ..
        /// Function of every output. Default `Linear`.
        activation: AnyActivation as impl Into<AnyActivation> = ActivationFunction::Linear.into(),
        /// Whether to add a bias. Default `true`.
        use_bias: bool = true,
        /// How `kernel` is drawn. Default `GlorotUniform`.
        kernel_initializer: Initializer as impl Into<Initializer> = InitializerKind::GlorotUniform.into(),
        /// How `bias` is drawn. Default `Zeros`.
        bias_initializer: Initializer as impl Into<Initializer> = InitializerKind::Zeros.into(),
        /// Loss on `kernel`. Default none.
        kernel_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
        /// Loss on `bias`. Default none.
        bias_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
        /// What holds for `kernel` after every training step. Default nothing.
        kernel_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
        /// What holds for `bias` after every training step. Default nothing.
        bias_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
    }
}

impl Layer for Dense {
    fn fixed_keys() -> Vec<(&'static str, Json)> {
        vec![("quantization_config", Json::Null)]
    }

    fn validate(&self) -> Result<(), Problem> {
        positive("units", &[self.units])
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        if input.rank() < 2 {
            return Err(Problem::Rank { expected: "(batch, .., features)", found: input.rank() });
        }
        let mut shape = input.clone();
        if let Some(last) = shape.0.last_mut() {
            *last = Some(self.units);
        }
        self.activation.output_shape(shape)
    }

    fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let features = known(input.dim(-1), "features", "kernel")?;
        let kernel = Weight::new("kernel", [features, self.units], self.kernel_initializer.clone())
            .regularizer(self.kernel_regularizer)
            .constraint(self.kernel_constraint.clone());
        let bias = Weight::new("bias", [self.units], self.bias_initializer.clone())
            .regularizer(self.bias_regularizer)
            .constraint(self.bias_constraint.clone());
        Ok([kernel].into_iter().chain(self.use_bias.then_some(bias)).collect())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input();
        let mut shape = x.shape();
        let features = shape.pop().unwrap_or(1);
        let rows = shape.iter().product();
        shape.push(self.units);
        let mut y = x.reshape(&[rows, features]).matmul(call.weights[0]);
        if let Some(bias) = call.weights.get(1) {
            y = y + *bias;
        }
        vec![self.activation.apply(y.reshape(&shape))]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Dense");
    }
}
