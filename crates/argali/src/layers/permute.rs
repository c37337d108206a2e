use super::*;

layer! {
    /// The axes of a sample in another order.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, ..)` with as many axes besides the batch as `dims` names |
    /// | output | `(batch, ..)`, its axis `i` being the input's axis `dims[i - 1]` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] unless `dims` names the axes from 1 on, each once, and the input has as many.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([10, 64]);
    /// assert_eq!(x.permute([2, 1]).tensor().shape()?.to_string(), "(None, 64, 10)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Permute`.
    #[doc(alias = "layer_permute")]
    pub struct Permute(Class::layer("Permute")) {
        /// The input's axes in the order of the output, the first after the batch being 1.
        dims: Vec<usize> as impl Into<Vec<usize>>,
        ..
    }
}

impl Permute {
    fn refuse(&self, expected: String, help: String) -> Problem {
        Problem::argument("dims", format!("{:?}", self.dims), expected, help)
    }
}

impl Layer for Permute {
    fn validate(&self) -> Result<(), Problem> {
        let mut sorted = self.dims.clone();
        sorted.sort_unstable();
        if sorted.iter().copied().eq(1..=sorted.len()) {
            return Ok(());
        }
        let help = "axis 0, the batch, stays where it is; the first axis of a sample is 1";
        Err(self.refuse(format!("1 to {}, each once", sorted.len()), help.into()))
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        if input.rank() != self.dims.len() + 1 {
            let axes = input.rank().saturating_sub(1);
            let help = format!("name axes 1 to {axes}, the batch axis stays where it is");
            return Err(self.refuse(format!("{axes} axes, as many as the samples have"), help));
        }
        Ok(Shape([0].iter().chain(&self.dims).map(|axis| input.0.get(*axis).copied().flatten()).collect()))
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![call.input().transpose(&[0].iter().chain(&self.dims).copied().collect::<Vec<_>>())]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Permute");
    }
}
