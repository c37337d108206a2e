//! Indices as rows of zeros with a single one, and the indices themselves.

use super::one;
use crate::buffer::{Buffer, DType, Element};
use crate::graph::Graph;
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::for_each_chunk;
use crate::value::Value;
use crate::with_element;

/// A row of zeros for each index, with 1 where it points; all zeros for an index out of range.
#[derive(Clone, Copy, Debug)]
pub struct OneHot {
    /// Length of each row.
    pub depth: usize,
    /// Type of the elements.
    pub dtype: DType,
}

impl Operation for OneHot {
    fn name(&self) -> &'static str {
        "one_hot"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let indices = one(inputs)?;
        if indices.dtype != DType::I64 {
            return Err(format!("takes indices of type int64, found {indices}"));
        }
        Ok(vec![TensorType::new(self.dtype, [&indices.shape[..], &[self.depth]].concat())])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let indices = io.inputs.get::<i64>(0);
        with_element!(self.dtype, T => {
            let rows = (1usize << 13).div_ceil(self.depth.max(1));
            for_each_chunk(io.outputs.get::<T>(0), rows * self.depth, 1, |i, y| {
                y.fill(T::default());
                for (row, index) in y.chunks_exact_mut(self.depth).zip(&indices[i * rows..]) {
                    if let Some(hit) = usize::try_from(*index).ok().and_then(|k| row.get_mut(k)) {
                        *hit = T::from_f64(1.0);
                    }
                }
            });
        })
    }

    fn gradient<'g>(&self, _: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![None]
    }
}

impl<'g> Value<'g> {
    /// A new last axis of length `depth` full of zeros, but for a 1 where each index of this `int64` tensor points.
    ///
    /// An index out of range gives zeros only. Keras: `ops.one_hot`.
    #[must_use = "a new tensor is returned"]
    pub fn one_hot(self, depth: usize, dtype: DType) -> Self {
        self.graph().apply_one(OneHot { depth, dtype }, &[self])
    }
}

impl Graph {
    /// The numbers 0, 1, … below `len`.
    pub fn iota(&self, dtype: DType, len: usize) -> Value<'_> {
        self.constant(Buffer::I64((0..len as i64).collect()).cast(dtype), &[len])
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{error_of, evaluate_buffers};
    use crate::{Buffer, DType, Graph};

    #[test]
    fn an_index_out_of_range_gives_zeros() {
        let indices: Buffer = vec![2i64, -1, 0, 3].into();
        let found = evaluate_buffers(&[(&[2, 2], indices)], &|x| vec![x[0].one_hot(3, DType::F32)]);
        assert_eq!(found, [Buffer::F32(vec![0., 0., 1., 0., 0., 0., 1., 0., 0., 0., 0., 0.])]);
    }

    #[test]
    fn rows_of_many_chunks() {
        let indices: Vec<i64> = (0..3000).map(|k| k % 41).collect();
        let found = evaluate_buffers(&[(&[3000], indices.into())], &|x| vec![x[0].one_hot(37, DType::I64)]).remove(0);
        let expected = (0..3000).flat_map(|k| (0..37).map(move |c| i64::from(k % 41 == c)));
        assert_eq!(found, Buffer::I64(expected.collect()));
    }

    #[test]
    fn nothing_of_nothing() {
        let none = Buffer::I64(Vec::new());
        let found = evaluate_buffers(&[(&[0], none), (&[1], vec![0i64].into())], &|x| {
            vec![x[0].one_hot(3, DType::F32), x[1].one_hot(0, DType::F32)]
        });
        assert_eq!(found, [Buffer::F32(vec![]), Buffer::F32(vec![])]);
    }

    #[test]
    fn refuses_floats() {
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].one_hot(3, DType::F32)).is_some());
        assert!(error_of(&[(DType::I64, &[2])], &|x| x[0].one_hot(usize::MAX, DType::F32)).is_some());
    }

    #[test]
    fn iota_counts() {
        let found = evaluate_buffers(&[(&[], vec![0i64].into())], &|x| {
            vec![
                x[0].graph().iota(DType::F32, 3),
                x[0].graph().iota(DType::I64, 2),
                Graph::iota(x[0].graph(), DType::F64, 0),
            ]
        });
        assert_eq!(found, [Buffer::F32(vec![0., 1., 2.]), Buffer::I64(vec![0, 1]), Buffer::F64(vec![])]);
    }
}
