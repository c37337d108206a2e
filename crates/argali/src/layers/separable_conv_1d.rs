use super::window::{POINT, Sliding, Spatial};
use super::*;

layer! {
    /// Depthwise convolution over time, then a pointwise one that mixes the channels.
    ///
    /// A `Conv1D` of the same size holds `kernel_size · channels · filters` numbers; this holds
    /// `kernel_size · channels · depth_multiplier + channels · depth_multiplier · filters`.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, steps, channels)`, or `(batch, channels, steps)` if `ChannelsFirst` |
    /// | output | `(batch, new_steps, filters)`: `⌈steps / strides⌉` new steps if `Same`, else `⌊(steps - span) / strides⌋ + 1` with `span = (kernel_size - 1) · dilation_rate + 1` |
    /// | weights | `depthwise_kernel (kernel_size, channels, depth_multiplier)`, `pointwise_kernel (1, channels · depth_multiplier, filters)`, `bias (filters)` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if a number is 0, [`Problem::Rank`] unless the input has three axes,
    /// [`Problem::Window`] if the kernel is longer than the input, [`Problem::Unknown`] if the number of channels is
    /// not known.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([128, 3]);
    /// let y = x.separable_conv_1d(32, 7).padding(Same).activation(Relu).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 128, 32)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.SeparableConv1D`. Chollet, *Xception* (2017), <https://arxiv.org/abs/1610.02357>.
    pub struct SeparableConv1D(Class::layer("SeparableConv1D")) {
        /// Number of output channels.
        filters: usize,
        /// Length of the window, in steps.
        kernel_size: Size<1> as impl Into<Size<1>>,
        ..
        /// Steps the window moves at a time. Default 1.
        strides: Size<1> as impl Into<Size<1>> = 1.into(),
        /// Borders of the time axis. Default `Valid`.
        padding: Padding = Padding::Valid,
        /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
        data_format: DataFormat = DataFormat::default(),
        /// Steps between two taps of the kernel. Default 1.
        dilation_rate: Size<1> as impl Into<Size<1>> = 1.into(),
        /// Depthwise outputs per input channel. Default 1.
        depth_multiplier: usize = 1,
        /// Function of every output. Default `Linear`.
        activation: ActivationFunction as impl Into<ActivationFunction> = ActivationFunction::Linear,
        /// Whether to add a bias. Default `true`.
        use_bias: bool = true,
        /// How `depthwise_kernel` is drawn. Default `GlorotUniform`.
        depthwise_initializer: Initializer as impl Into<Initializer> = InitializerKind::GlorotUniform.into(),
        /// How `pointwise_kernel` is drawn. Default `GlorotUniform`.
        pointwise_initializer: Initializer as impl Into<Initializer> = InitializerKind::GlorotUniform.into(),
        /// How `bias` is drawn. Default `Zeros`.
        bias_initializer: Initializer as impl Into<Initializer> = InitializerKind::Zeros.into(),
        /// Loss on `depthwise_kernel`. Default none.
        depthwise_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
        /// Loss on `pointwise_kernel`. Default none.
        pointwise_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
        /// Loss on `bias`. Default none.
        bias_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
        /// What holds for `depthwise_kernel` after every training step. Default nothing.
        depthwise_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
        /// What holds for `pointwise_kernel` after every training step. Default nothing.
        pointwise_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
        /// What holds for `bias` after every training step. Default nothing.
        bias_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
    }
}

impl SeparableConv1D {
    fn sliding(&self) -> Sliding<'_> {
        Sliding {
            option: "kernel_size",
            size: &self.kernel_size.0,
            strides: &self.strides.0,
            dilation: &self.dilation_rate.0,
            padding: self.padding,
        }
    }
}

impl Layer for SeparableConv1D {
    const WRITES_ACTIVITY_REGULARIZER: bool = true;

    fn validate(&self) -> Result<(), Problem> {
        positive("filters", &[self.filters])?;
        positive("depth_multiplier", &[self.depth_multiplier])?;
        self.sliding().validate()?;
        self.sliding().not_causal()
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let Spatial { batch, lengths, .. } = self.data_format.split::<1>(input)?;
        let lengths = self.sliding().output(&lengths)?;
        let shape = self.data_format.join(Spatial { batch, lengths, channels: Some(self.filters) });
        self.activation.output_shape(shape)
    }

    fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let c = known(self.data_format.split::<1>(input)?.channels, "channels", "depthwise_kernel")?;
        let m = self.depth_multiplier;
        let depthwise = Weight::new("depthwise_kernel", [self.kernel_size.0[0], c, m], self.depthwise_initializer.clone());
        let pointwise = Weight::new("pointwise_kernel", [1, c * m, self.filters], self.pointwise_initializer.clone());
        let bias = Weight::new("bias", [self.filters], self.bias_initializer.clone());
        let mut weights = vec![
            depthwise.regularizer(self.depthwise_regularizer.clone()).constraint(self.depthwise_constraint.clone()),
            pointwise.regularizer(self.pointwise_regularizer.clone()).constraint(self.pointwise_constraint.clone()),
        ];
        let bias = bias.regularizer(self.bias_regularizer.clone()).constraint(self.bias_constraint.clone());
        weights.extend(self.use_bias.then_some(bias));
        Ok(weights)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = self.data_format.to_channels_last(call.input());
        let Ok(windows) = self.sliding().windows(&x.shape()[1..2]) else { return vec![x] };
        let (depthwise, pointwise) = (call.weights[0], call.weights[1]);
        let channels = x.shape()[2];
        let kernel = depthwise.reshape(&[self.kernel_size.0[0], 1, channels * self.depth_multiplier]);
        let mut y = x.conv(kernel, &windows, channels).conv(pointwise, &[POINT], 1);
        if let Some(bias) = call.weights.get(2) {
            y = y + *bias;
        }
        vec![self.activation.apply(self.data_format.from_channels_last(y))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("SeparableConv1D");
    }
}
