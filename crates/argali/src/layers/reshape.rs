use super::*;
use crate::Dim;
use crate::options::TargetShape;

layer! {
    /// The elements of each sample, in their order, in another shape.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | `(batch, ..)` |
    /// | output | `(batch, target_shape)` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if `target_shape` has a length below -1 or more than one of -1, or if a sample does not have
    /// as many elements.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let x = input([12]);
    /// assert_eq!(x.reshape([3, 4]).tensor().shape()?.to_string(), "(None, 3, 4)");
    /// assert_eq!(x.reshape([-1, 2, 2]).tensor().shape()?.to_string(), "(None, 3, 2, 2)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Reshape`.
    #[doc(alias = "layer_reshape")]
    pub struct Reshape(Class::layer("Reshape")) {
        /// Shape of a sample; one length may be -1 and then follows from the others.
        target_shape: TargetShape as impl Into<TargetShape>,
        ..
    }
}

impl Reshape {
    fn refuse(&self, expected: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem::argument("target_shape", format!("{:?}", self.target_shape.0), expected, help)
    }

    /// Lengths of the output for samples of `len` elements, if that is known.
    fn resolve(&self, len: Dim) -> Result<Vec<Dim>, Problem> {
        let target = &self.target_shape.0;
        let given: Vec<Dim> = target.iter().map(|n| usize::try_from(*n).ok()).collect();
        let Some(len) = len else { return Ok(given) };
        let product = given.iter().flatten().try_fold(1usize, |n, d| n.checked_mul(*d));
        let expected = || format!("lengths that multiply to {len}");
        match (product, given.contains(&None)) {
            (Some(product), false) if product == len => Ok(given),
            (Some(product), true) if product > 0 && len % product == 0 => {
                Ok(given.into_iter().map(|d| d.or(Some(len / product))).collect())
            }
            (Some(product), true) => {
                Err(self.refuse(expected(), format!("-1 stands for {len} / {product}, which is no whole number")))
            }
            _ => Err(self.refuse(expected(), "write -1 for the length that is to follow from the others")),
        }
    }
}

impl Layer for Reshape {
    const WRITES_BUILD_CONFIG: bool = false;

    fn validate(&self) -> Result<(), Problem> {
        let target = &self.target_shape.0;
        if target.iter().any(|n| *n < -1) {
            return Err(self.refuse("lengths from 0 on, or -1", "write -1 for the length that follows from the others"));
        }
        match target.iter().filter(|n| **n == -1).count() {
            0 | 1 => Ok(()),
            _ => Err(self.refuse("-1 once", "only one length can follow from the others")),
        }
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let batch = input.0.first().copied().ok_or(Problem::Rank { expected: "(batch, ..)", found: 0 })?;
        Ok(Shape([batch].into_iter().chain(self.resolve(input.sample_len())?).collect()))
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input();
        let shape = self.output_shape(&x.shape()[..].into());
        vec![shape.ok().and_then(|s| s.known()).map_or(x, |shape| x.reshape(&shape))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Reshape");
    }
}
