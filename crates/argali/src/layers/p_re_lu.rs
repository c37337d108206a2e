use super::*;
use crate::options::AxisList;

layer! {
    /// Rectified linear unit with learned slopes: `x` above 0, `alpha · x` below.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, ..)` |
    /// | output | as the input |
    /// | weights | `alpha`: the input's shape without the batch, with length 1 along `shared_axes` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if the input has none of the `shared_axes`, [`Problem::Unknown`] if another axis has no
    /// known length.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let model = Sequential::new().input([None, Some(8)]).prelu().shared_axes([1]).build()?;
    /// assert_eq!(model.count_params(), 8);
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.PReLU`. He et al., *Delving Deep into Rectifiers* (2015), <https://arxiv.org/abs/1502.01852>.
    #[doc(alias = "layer_activation_parametric_relu")]
    pub struct PReLU(Class::layer("PReLU")) {
        ..
        /// How `alpha` is drawn. Default `Zeros`.
        alpha_initializer: Initializer as impl Into<Initializer> = InitializerKind::Zeros.into(),
        /// Loss on `alpha`. Default none.
        alpha_regularizer: Option<Regularizer> as impl Into<Option<Regularizer>> = None,
        /// What holds for `alpha` after every training step. Default nothing.
        alpha_constraint: Option<Constraint> as impl Into<Option<Constraint>> = None,
        /// Axes along which all elements have the same slope, the batch being axis 0: `[1]` shares over time. Default
        /// none.
        shared_axes: AxisList as impl Into<AxisList> = AxisList(None),
    }
}

impl PReLU {
    /// Shape of `alpha`. Keras counts the axes without the batch from -1 here: axis 0 is the last.
    fn alpha_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let mut shape = Shape(input.0.iter().skip(1).copied().collect());
        for shared in self.shared_axes.0.iter().flatten() {
            let rank = input.rank();
            let axis = shared.checked_sub(1).and_then(|axis| shape.axis(axis));
            let axis = axis.ok_or_else(|| {
                let help = format!("the input has {rank} axes, of which 0 is the batch");
                Problem::argument("shared_axes", shared, format!("1 to {}", rank.saturating_sub(1)), help)
            })?;
            shape.0[axis] = Some(1);
        }
        Ok(shape)
    }
}

impl Layer for PReLU {
    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        self.alpha_shape(input).map(|_| input.clone())
    }

    fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let lengths = self.alpha_shape(input)?.0.into_iter().map(|len| known(len, "unshared", "alpha"));
        let alpha = Weight::new("alpha", lengths.collect::<Result<Vec<_>, _>>()?, self.alpha_initializer.clone());
        Ok(vec![alpha.regularizer(self.alpha_regularizer).constraint(self.alpha_constraint.clone())])
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input();
        vec![x.relu() - call.weights[0] * (-x).relu()]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("PReLU");
    }
}
