//! A tensor with the elements along an axis in reverse order.

use super::walk::{Walk, row_major};
use super::{check_axis, one};
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::with_element;

/// A tensor with the elements along an axis in reverse order.
#[derive(Clone, Copy, Debug)]
pub struct Reverse(pub usize);

impl Operation for Reverse {
    fn name(&self) -> &'static str {
        "reverse"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = one(inputs)?;
        check_axis(x, self.0)?;
        Ok(vec![x.clone()])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let shape = io.inputs.shape(0);
        let strides = row_major(shape);
        let last = shape[self.0].saturating_sub(1) * strides[self.0] as usize;
        let sign = |axis: usize| if axis == self.0 { -1 } else { 1 };
        let walk = Walk::along(last, (0..shape.len()).map(|a| (shape[a], sign(a) * strides[a])));
        with_element!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            for_each_chunk(io.outputs.get::<T>(0), CHUNK, 2, |i, y| walk.copy(x, i * CHUNK, y));
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![Some(at.gradient().reverse(self.0))]
    }
}

impl<'g> Value<'g> {
    /// The tensor with the elements along `axis` in reverse order.
    #[must_use = "a new tensor is returned"]
    pub fn reverse(self, axis: usize) -> Self {
        self.graph().apply_one(Reverse(axis), &[self])
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, error_of};
    use crate::{Buffer, DType, testing::evaluate_buffers};

    #[test]
    fn turns_an_axis_around() {
        let shape = [2, 3, 4];
        for axis in 0..3 {
            let (_, len, inner) = crate::ops::around(&shape, axis);
            let from = |k: usize| k / (len * inner) * len * inner + (len - 1 - k / inner % len) * inner + k % inner;
            check(&[&shape], &|x| x[0].reverse(axis), |x| (0..24).map(|k| x[0][from(k)]).collect());
        }
        check(&[&[2, 0]], &|x| x[0].reverse(1), |_| Vec::new());
        let found = evaluate_buffers(&[(&[3], vec![1i64, 2, 3].into())], &|x| vec![x[0].reverse(0)]);
        assert_eq!(found, [Buffer::I64(vec![3, 2, 1])]);
    }

    #[test]
    fn refuses_an_axis_that_is_not_there() {
        let error = error_of(&[(DType::F32, &[2])], &|x| x[0].reverse(1));
        assert_eq!(error.as_deref(), Some("operation `reverse`: axis 1 of float32 [2], which has 1 axes"));
    }
}
