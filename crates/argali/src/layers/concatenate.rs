use super::axes::no_axis;
use super::*;

layer! {
    /// Several tensors one behind the other along an axis.
    ///
    /// | | shape |
    /// |---|---|
    /// | inputs | equal but along `axis` |
    /// | output | the same, the lengths along `axis` summed up |
    ///
    /// # Errors
    ///
    /// [`Problem::Inputs`] without a tensor, [`Problem::Argument`] if they have no such axis,
    /// [`Problem::Mismatch`] if their shapes differ along another axis.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let (a, b) = (input([8, 4]), input([8, 1]));
    /// let y = concatenate([&a, &b]).tensor();
    /// assert_eq!(y.shape()?.to_string(), "(None, 8, 5)");
    /// assert_eq!(concatenate([&a, &a]).axis(1).tensor().shape()?.to_string(), "(None, 16, 4)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Concatenate`.
    #[doc(alias = "layer_concatenate")]
    pub struct Concatenate(Class::layer("Concatenate")) {
        ..
        /// The axis. Default -1, the last.
        axis: isize = -1,
    }
}

impl Concatenate {
    /// Refuses inputs that differ along another axis.
    fn check(&self, inputs: &[Shape], axis: usize) -> Result<(), Problem> {
        let help = "give the layers before it the same lengths along every other axis";
        let Some((first, rest)) = inputs.split_first() else { return Ok(()) };
        if let Some(other) = rest.iter().find(|s| s.rank() != first.rank()) {
            let message = format!("joins inputs of {} and {} axes", first.rank(), other.rank());
            return Err(Problem::mismatch(message, "give all inputs the same number of axes, such as by `.reshape(..)`"));
        }
        for other in (0..first.rank()).filter(|other| *other != axis) {
            let mut lengths = inputs.iter().filter_map(|s| s.0[other]);
            let one = lengths.next();
            if let (Some(a), Some(b)) = (one, lengths.find(|b| Some(*b) != one)) {
                let message = format!("joins along axis {axis} inputs of lengths {a} and {b} along axis {other}");
                return Err(Problem::mismatch(message, help));
            }
        }
        Ok(())
    }
}

impl Layer for Concatenate {
    const LIST_INPUT: bool = true;

    fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
        merge::some(inputs)?;
        let mut shape = inputs[0].clone();
        let axis = shape.axis(self.axis).ok_or_else(|| no_axis("axis", self.axis, shape.rank()))?;
        self.check(inputs, axis)?;
        shape.0[axis] = inputs.iter().try_fold(0usize, |sum, s| sum.checked_add(s.0[axis]?));
        Ok(vec![shape])
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let axis = Shape::from(&call.input().shape()[..]).axis(self.axis).unwrap_or(0);
        vec![call.graph.concat(call.inputs, axis)]
    }

    fn supports_masking(&self) -> bool {
        true
    }

    fn masks<'g>(&self, call: &Call<'_, 'g>) -> Vec<Option<Value<'g>>> {
        if call.masks.iter().all(Option::is_none) {
            return vec![None];
        }
        let axis = Shape::from(&call.input().shape()[..]).axis(self.axis).unwrap_or(0);
        let full = |(x, mask): (&Value<'g>, &Option<Value<'g>>)| match mask {
            Some(mask) if mask.rank() < x.rank() => mask.expand_dims(mask.rank()).broadcast_to(&x.shape()),
            Some(mask) => *mask,
            None => call.graph.full(call.dtype, &x.shape(), 1.0),
        };
        let masks: Vec<_> = call.inputs.iter().zip(call.masks).map(full).collect();
        let joined = call.graph.concat(&masks, axis);
        vec![Some(joined.max(&[joined.rank().saturating_sub(1)], false))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Concatenate");
    }
}
