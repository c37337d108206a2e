use super::*;
use crate::initializers::Values;
use argali_engine::Buffer;

layer! {
    /// `x · scale + offset`, such as to bring pixels from 0 to 255 to 0 to 1.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any; integers become floating-point numbers |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if `scale` or `offset` has a value per channel and does not broadcast to the input.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let y = Rescaling::new(1.0 / 127.5).offset(-1).apply(&ndarray::array![[0.0, 255.0]])?;
    /// assert_eq!(y, ndarray::array![[-1.0, 1.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Rescaling`.
    #[doc(alias = "layer_rescaling")]
    pub struct Rescaling(Class::layer("Rescaling")) {
        /// What the input is multiplied by: a number, or one per channel.
        scale: Values as impl Into<Values>,
        ..
        /// What is added then: a number, or one per channel. Default 0.
        offset: Values as impl Into<Values> = Values::from(0.0),
    }
}

impl Rescaling {
    /// Shape of `scale` as it is broadcast: Keras puts axes behind the channels where these come first.
    fn scale_shape(&self) -> Vec<usize> {
        let mut shape = self.scale.shape().to_vec();
        if !shape.is_empty() && DataFormat::default() == DataFormat::ChannelsFirst {
            shape.resize(shape.len().max(3), 1);
        }
        shape
    }
}

/// Refuses values that do not broadcast to an input without making it larger.
fn check(option: &'static str, shape: &[usize], input: &Shape) -> Result<(), Problem> {
    let pairs = shape.iter().rev().zip(input.0.iter().rev());
    let fits = pairs.into_iter().all(|(own, len)| *own == 1 || len.is_none_or(|len| len == *own));
    match fits && shape.len() <= input.rank() {
        true => Ok(()),
        false => {
            let found = format!("of shape {shape:?}");
            Err(Problem::argument(option, found, "values that broadcast to the input", "give one value per channel"))
        }
    }
}

impl Layer for Rescaling {
    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        check("scale", &self.scale_shape(), input)?;
        check("offset", self.offset.shape(), input)?;
        Ok(input.clone())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let constant = |values: &Values, shape: &[usize]| {
            call.graph.constant(Buffer::F64(values.to_vec()).cast(call.dtype), shape)
        };
        let scale = constant(&self.scale, &self.scale_shape());
        let offset = constant(&self.offset, self.offset.shape());
        vec![call.input().cast(call.dtype) * scale + offset]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Rescaling");
    }
}
