use super::axes::axis_indices;
use super::*;
use crate::constraints::Axes;
use argali_engine::{Function, OperationError};

/// What masked elements are before the exponential.
const MASKED: f64 = -1e9;

layer! {
    /// `exp(x)` divided by its sum along some axes; masked elements become 0.
    ///
    /// The prelude exports the activation of this name; the layer is `layers::Softmax`.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any |
    /// | mask | broadcasts to the input |
    /// | output | as the input |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if the input does not have the axes, [`Problem::Operation`] if the mask does not broadcast.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::{layers, prelude::*};
    /// let y = layers::Softmax::new().axis(1).apply(&ndarray::array![[0.0, 0.0], [3.0, 3.0]])?;
    /// assert_eq!(y, ndarray::array![[0.5, 0.5], [0.5, 0.5]].into_dyn());
    ///
    /// let model = Sequential::new().input([4, 4]).softmax().axis([1, 2]).build()?;
    /// assert_eq!(model.output_shape()?.to_string(), "(None, 4, 4)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Softmax`.
    #[doc(alias = "layer_activation_softmax")]
    pub struct Softmax(Class::layer("Softmax")) {
        ..
        /// The axis, or several, along which the outputs sum to 1. Default -1, the last.
        axis: Axes as impl Into<Axes> = Axes::One(-1),
    }
}

impl Layer for Softmax {
    const MASK_ARGUMENT: bool = true;

    const WRITES_BUILD_CONFIG: bool = false;

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        axis_indices(&self.axis, input).map(|_| input.clone())
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input();
        let axes = self.axis.of(x.rank()).unwrap_or_default();
        let softmax = |x: Value<'g>| match axes[..] {
            [axis] => x.softmax(axis),
            _ => (x - x.log_sum_exp(&axes, true)).exp(),
        };
        let Some(mask) = call.mask() else { return vec![softmax(x)] };
        if !fits(&mask.shape(), &x.shape()) {
            let message = format!("its mask of shape {:?} does not broadcast to {:?}", mask.shape(), x.shape());
            call.graph.fail(OperationError { operation: "softmax", message });
            return vec![x];
        }
        let keep = mask.map(Function::GreaterScalar(0.5));
        let outputs = softmax(keep.select(x, x.graph().full(x.dtype(), &[], MASKED)));
        vec![keep.select(outputs, x.graph().full(x.dtype(), &[], 0.0))]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

/// Whether a mask broadcasts to an input without making it larger.
fn fits(mask: &[usize], input: &[usize]) -> bool {
    let pairs = mask.iter().rev().zip(input.iter().rev());
    mask.len() <= input.len() && pairs.into_iter().all(|(m, i)| *m == 1 || m == i)
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Softmax");
    }
}
