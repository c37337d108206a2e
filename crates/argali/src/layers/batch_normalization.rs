use super::axes::{axis_index, kept, others};
use super::*;
use crate::{Number, settings};
use argali_engine::OperationError;

layer! {
    /// Brings every channel to mean 0 and variance 1, then scales and shifts it by learned amounts:
    /// `gamma · (x - mean) / √(variance + epsilon) + beta`.
    ///
    /// In training, mean and variance are those of the batch, and moving averages of them are kept; otherwise the averages
    /// are used. A layer that is not trainable uses and keeps the averages in training too. Where a mask says that a step
    /// does not count, it has no part in mean and variance.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, ..)` |
    /// | mask | the input's shape without the last axis |
    /// | output | as the input |
    /// | weights | `gamma`, `beta`, and not trained `moving_mean`, `moving_variance`, each `(channels)`; with `renorm` also `moving_stddev`, `renorm_mean`, `renorm_stddev` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if the input has no such axis or bounds of `renorm_clipping` contradict each other,
    /// [`Problem::Unknown`] if the axis has no known length, [`Problem::Operation`] on a mask of another rank.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let model = Sequential::new().input([128, 9]).separable_conv_1d(16, 5).batch_normalization().relu().build()?;
    /// assert_eq!(model.count_params(), (5 * 9 + 9 * 16 + 16) + 4 * 16);
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.BatchNormalization`. Ioffe and Szegedy (2015), <https://arxiv.org/abs/1502.03167>; Ioffe,
    /// *Batch Renormalization* (2017), <https://arxiv.org/abs/1702.03275>.
    #[doc(alias = "layer_batch_normalization")]
    pub struct BatchNormalization(Class::layer("BatchNormalization")) {
        ..
        /// The axis of the channels. Default -1, the last; 1 behind layers with `ChannelsFirst`.
        axis: isize = -1,
        /// How much of the moving averages remains after a step. Default 0.99.
        momentum: f64 = 0.99,
        /// What is added to the variance. Default 0.001.
        epsilon: f64 = 1e-3,
        /// Whether to add `beta`. Default `true`.
        center: bool = true,
        /// Whether to multiply by `gamma`. Default `true`.
        scale: bool = true,
        /// How `beta` is drawn. Default `Zeros`.
        beta_initializer: Initializer as impl Into<Initializer> = InitializerKind::Zeros.into(),
        /// How `gamma` is drawn. Default `Ones`.
        gamma_initializer: Initializer as impl Into<Initializer> = InitializerKind::Ones.into(),
        /// How `moving_mean` is drawn. Default `Zeros`.
        moving_mean_initializer: Initializer as impl Into<Initializer> = InitializerKind::Zeros.into(),
        /// How `moving_variance` is drawn. Default `Ones`.
        moving_variance_initializer: Initializer as impl Into<Initializer> = InitializerKind::Ones.into(),
        /// Loss on `beta`. Default none.
        beta_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
        /// Loss on `gamma`. Default none.
        gamma_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
        /// What holds for `beta` after every training step. Default nothing.
        beta_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
        /// What holds for `gamma` after every training step. Default nothing.
        gamma_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
        /// Whether to correct the batch's statistics by moving averages, so that training normalizes nearly as inference
        /// does. Default `false`.
        renorm: bool = false,
        /// Bounds of that correction. Default none.
        renorm_clipping: Option<RenormClipping> as impl Into<Option<RenormClipping>> = None,
        /// How much of the averages that it is made by remains after a step. Default 0.99.
        renorm_momentum: Number as impl Into<Number> = Number::Float(0.99),
    }
}

/// A batch, its statistics, and the layer's weights, all of the input's rank.
struct Batch<'c, 'g> {
    call: &'c Call<'c, 'g>,
    x: Value<'g>,
    axis: usize,
    weights: Vec<Value<'g>>,
}

impl<'g> Batch<'_, 'g> {
    /// Mean and variance of every channel.
    fn moments(&self) -> (Value<'g>, Value<'g>) {
        let axes = others(self.x.rank(), &[self.axis]);
        let Some(mask) = self.call.mask() else { return self.x.moments(&axes, true) };
        if mask.rank() + 1 != self.x.rank() {
            let (mask, x) = (mask.shape(), self.x.shape());
            let message = format!("its mask has shape {mask:?}, expected that of the input {x:?} without the last axis");
            self.call.graph.fail(OperationError { operation: "moments", message });
            return self.x.moments(&axes, true);
        }
        let mask = mask.expand_dims(mask.rank());
        let zero = self.call.graph.full(self.x.dtype(), &[], 0.0);
        let counts = mask.broadcast_to(&self.x.shape()).sum(&axes, true) + settings::current().epsilon;
        let mean = mask.select(self.x, zero).sum(&axes, true) / counts;
        let distances = mask.select(self.x - mean, zero);
        (mean, distances.square().sum(&axes, true) / counts)
    }

    /// Moves an average, a weight counted from the end, and returns what it becomes.
    fn average(&self, from_end: usize, value: Value<'g>, momentum: f64) -> Value<'g> {
        let at = self.weights.len() - from_end;
        let new = self.weights[at] * momentum + value * (1.0 - momentum);
        self.set(from_end, new);
        new
    }

    fn set(&self, from_end: usize, new: Value<'g>) {
        let weight = self.call.weights[self.weights.len() - from_end];
        self.call.graph.update(weight, new.reshape(&weight.shape()));
    }
}

impl BatchNormalization {
    fn clipping(&self) -> RenormClipping {
        self.renorm_clipping.unwrap_or_default()
    }

    /// Factor and offset that bring what the batch's statistics normalized nearer to what the averages would give.
    fn correction<'g>(&self, batch: &Batch<'_, 'g>, mean: Value<'g>, stddev: Value<'g>) -> (Value<'g>, Value<'g>) {
        let [.., renorm_mean, renorm_stddev] = batch.weights[..] else { return (stddev, mean) };
        let renorm_stddev = renorm_stddev.at_least(self.epsilon.sqrt());
        let (mut factor, mut offset) = (stddev / renorm_stddev, (mean - renorm_mean) / renorm_stddev);
        let RenormClipping { rmax, rmin, dmax } = self.clipping();
        if let Some(rmin) = rmin {
            factor = factor.at_least(rmin.get());
        }
        if let Some(rmax) = rmax {
            factor = factor.at_most(rmax.get());
        }
        if let Some(dmax) = dmax {
            offset = offset.clamp(-dmax.get(), dmax.get());
        }
        (factor.stop_gradient(), offset.stop_gradient())
    }

    /// Mean, variance, scale and offset of a training step; moves the averages.
    fn train<'g>(&self, batch: &Batch<'_, 'g>, gamma: Option<Value<'g>>, beta: Option<Value<'g>>) -> [Option<Value<'g>>; 4] {
        let (mean, variance) = batch.moments();
        if !self.renorm {
            batch.average(2, mean, self.momentum);
            batch.average(1, variance, self.momentum);
            return [Some(mean), Some(variance), gamma, beta];
        }
        let stddev = (variance + self.epsilon).sqrt();
        let (factor, offset) = self.correction(batch, mean, stddev);
        let scale = gamma.map_or(factor, |gamma| factor * gamma);
        let offset = gamma.map_or(offset, |gamma| offset * gamma);
        batch.average(2, mean, self.renorm_momentum.get());
        batch.average(1, stddev, self.renorm_momentum.get());
        batch.average(5, mean, self.momentum);
        let moving_stddev = batch.average(3, stddev, self.momentum);
        batch.set(4, (moving_stddev.square() - self.epsilon).relu());
        [Some(mean), Some(variance), Some(scale), Some(beta.map_or(offset, |beta| offset + beta))]
    }
}

impl Layer for BatchNormalization {
    const MASK_ARGUMENT: bool = true;

    fn fixed_keys() -> Vec<(&'static str, Json)> {
        vec![("synchronized", false.into())]
    }

    fn config_value(&self, key: &str, value: Json, _: Option<&[Shape]>) -> Json {
        match key {
            "renorm_clipping" if self.renorm => crate::value(&self.clipping()),
            _ => value,
        }
    }

    fn validate(&self) -> Result<(), Problem> {
        if self.renorm { self.clipping().validate() } else { Ok(()) }
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        axis_index(self.axis, input).map(|_| input.clone())
    }

    fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let channels = known(input.dim(self.axis), "normalized", "moving_mean")?;
        let gamma = Weight::new("gamma", [channels], self.gamma_initializer.clone())
            .regularizer(self.gamma_regularizer)
            .constraint(self.gamma_constraint.clone());
        let beta = Weight::new("beta", [channels], self.beta_initializer.clone())
            .regularizer(self.beta_regularizer)
            .constraint(self.beta_constraint.clone());
        let statistic = |name, initializer: &Initializer| Weight::new(name, [channels], initializer.clone()).not_trainable();
        let mut weights: Vec<_> = self.scale.then_some(gamma).into_iter().chain(self.center.then_some(beta)).collect();
        weights.push(statistic("moving_mean", &self.moving_mean_initializer));
        weights.push(statistic("moving_variance", &self.moving_variance_initializer));
        if self.renorm {
            weights.push(statistic("moving_stddev", &self.moving_variance_initializer).square_root());
            weights.push(statistic("renorm_mean", &self.moving_mean_initializer));
            weights.push(statistic("renorm_stddev", &self.moving_variance_initializer).square_root());
        }
        Ok(weights)
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input().cast(call.dtype);
        let shape = x.shape();
        let Some(axis) = Shape::from(&shape[..]).axis(self.axis) else { return vec![x] };
        let broadcast = kept(&shape, &[axis]);
        let weights: Vec<_> = call.weights.iter().map(|w| w.reshape(&broadcast)).collect();
        let gamma = weights.first().copied().filter(|_| self.scale);
        let beta = weights.get(usize::from(self.scale)).copied().filter(|_| self.center);
        let statistics = usize::from(self.scale) + usize::from(self.center);
        let averages = [weights.get(statistics).copied(), weights.get(statistics + 1).copied(), gamma, beta];
        let batch = Batch { call, x, axis, weights };
        let used = if call.training && call.trainable { self.train(&batch, gamma, beta) } else { averages };
        let [Some(mean), Some(variance), scale, offset] = used else { return vec![x] };
        vec![x.normalize((mean, variance), self.epsilon, scale, offset)]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("BatchNormalization");
    }
}
