//! Sums of the elements that have one index.

use super::product;
use crate::buffer::DType;
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::for_each_chunk;
use crate::value::Value;
use crate::with_real;

/// The sum of the elements of each row that have each index, along the last axis.
///
/// Takes real elements and their `int64` indices, of one shape. Elements whose index is out of range count nowhere.
#[derive(Clone, Copy, Debug)]
pub struct SegmentSum(
    /// Number of indices.
    pub usize,
);

impl Operation for SegmentSum {
    fn name(&self) -> &'static str {
        "segment_sum"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        match inputs {
            [x, indices]
                if x.dtype.is_float()
                    && indices.dtype == DType::I64
                    && x.shape == indices.shape
                    && !x.shape.is_empty() =>
            {
                let mut shape = x.shape.clone();
                shape.pop();
                shape.push(self.0);
                Ok(vec![TensorType::new(x.dtype, shape)])
            }
            [x, indices] => Err(format!("takes real elements and as many int64 indices, found {x} and {indices}")),
            _ => Err(format!("takes two tensors, found {}", inputs.len())),
        }
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let shape = io.inputs.shape(0);
        let row = shape.last().copied().unwrap_or(1);
        with_real!(io.dtype(), T => {
            let (x, indices) = (io.inputs.get::<T>(0), io.inputs.get::<i64>(1));
            for_each_chunk(io.outputs.get::<T>(0), self.0, row / self.0.max(1) + 1, |i, sums| {
                sums.fill(0.0);
                for (x, index) in x[i * row..][..row].iter().zip(&indices[i * row..][..row]) {
                    if let Some(sum) = usize::try_from(*index).ok().and_then(|index| sums.get_mut(index)) {
                        *sum += *x;
                    }
                }
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let indices = at.inputs[1];
        let (dtype, shape) = (at.inputs[0].dtype(), indices.shape());
        let rows = product(&shape[..shape.len() - 1]);
        let (row, g) = (shape[shape.len() - 1], at.gradient());
        let chosen = indices.reshape(&[rows, row]).one_hot(self.0, dtype);
        let spread = chosen * g.reshape(&[rows, 1, self.0]);
        vec![Some(spread.sum(&[2], false).reshape(&shape)), None]
    }
}

impl<'g> Value<'g> {
    /// The sum of the elements that have each of `segments` indices, along the last axis. Elements whose index is out of
    /// range count nowhere. Keras: `ops.segment_sum`.
    #[must_use = "a new tensor is returned"]
    pub fn segment_sum(self, indices: Self, segments: usize) -> Self {
        self.graph().apply_one(SegmentSum(segments), &[self, indices])
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check_gradients, evaluate, noise};

    const INDICES: [i64; 8] = [2, 0, 2, -1, 1, 1, 3, 0];

    #[test]
    fn sums_by_index() {
        let x = vec![1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0];
        let found =
            evaluate(&[&[2, 4]], &[x], &|x| x[0].segment_sum(x[0].graph().constant(INDICES.to_vec(), &[2, 4]), 3));
        assert_eq!(found, [2.0, 0.0, 5.0, 128.0, 48.0, 0.0]);
    }

    #[test]
    fn gradients() {
        check_gradients(&[&[2, 4]], &[noise(8, 5)], &|x| {
            x[0].segment_sum(x[0].graph().constant(INDICES.to_vec(), &[2, 4]), 3)
        });
    }
}
