//! A tensor repeated along axes of length 1.

use super::walk::Walk;
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::with_element;

/// A tensor repeated to a larger shape: axes of length 1 are repeated, missing leading axes are added.
#[derive(Clone, Debug)]
pub struct BroadcastTo(pub Vec<usize>);

impl Operation for BroadcastTo {
    fn name(&self) -> &'static str {
        "broadcast_to"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        match inputs {
            [x] if broadcast_shape(&x.shape, &self.0).as_ref() == Some(&self.0) => {
                Ok(vec![TensorType::new(x.dtype, &self.0[..])])
            }
            [x] => Err(format!("{x} does not broadcast to {:?}", self.0)),
            _ => Err(format!("takes one tensor, found {}", inputs.len())),
        }
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let shape = io.inputs.shape(0);
        with_element!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            let y = io.outputs.get::<T>(0);
            match x {
                [one] => y.fill(*one),
                _ => {
                    let walk = Walk::new(shape, &self.0);
                    for_each_chunk(y, CHUNK, 2, |i, y| walk.copy(x, i * CHUNK, y));
                }
            }
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![Some(at.gradient().sum_to(&at.inputs[0].shape()))]
    }
}

impl<'g> Value<'g> {
    /// The tensor repeated to a larger shape, as NumPy's `broadcast_to`.
    #[must_use = "a new tensor is returned"]
    pub fn broadcast_to(self, shape: &[usize]) -> Self {
        if self.shape() == shape { self } else { self.graph().apply_one(BroadcastTo(shape.to_vec()), &[self]) }
    }

    /// The sum over all axes that broadcasting to this tensor's shape would repeat: the reverse of
    /// [`broadcast_to`](Self::broadcast_to).
    #[must_use = "a new tensor is returned"]
    pub fn sum_to(self, shape: &[usize]) -> Self {
        let from = self.shape();
        if from == shape {
            return self;
        }
        let added = from.len().saturating_sub(shape.len());
        let repeated = |axis: usize| axis < added || shape[axis - added] != from[axis];
        let axes: Vec<_> = (0..from.len()).filter(|a| repeated(*a)).collect();
        self.sum(&axes, false).reshape(shape)
    }
}

/// The shape two shapes broadcast to, aligned at the last axis.
pub(crate) fn broadcast_shape(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let at = |s: &[usize], axis: usize| (axis + s.len()).checked_sub(rank).map_or(1, |i| s[i]);
    (0..rank)
        .map(|axis| match (at(a, axis), at(b, axis)) {
            (a, b) if a == b => Some(a),
            (1, b) => Some(b),
            (a, 1) => Some(a),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::broadcast_shape;
    use crate::testing::{check, error_of, evaluate_buffers};
    use crate::{Buffer, DType};

    #[test]
    fn shapes_align_at_the_last_axis() {
        type Case = (&'static [usize], &'static [usize], Option<&'static [usize]>);
        let cases: [Case; 8] = [
            (&[2, 3], &[3], Some(&[2, 3])),
            (&[2, 1], &[3], Some(&[2, 3])),
            (&[], &[4], Some(&[4])),
            (&[1], &[0], Some(&[0])),
            (&[2], &[3], None),
            (&[2], &[0], None),
            (&[3, 1, 2], &[4, 1], Some(&[3, 4, 2])),
            (&[2, 3], &[2], None),
        ];
        for (a, b, expected) in cases {
            assert_eq!(broadcast_shape(a, b).as_deref(), expected, "{a:?} {b:?}");
            assert_eq!(broadcast_shape(b, a).as_deref(), expected, "{b:?} {a:?}");
        }
    }

    #[test]
    fn repeats_along_axes() {
        check(&[&[3]], &|x| x[0].broadcast_to(&[2, 3]), |x| [&x[0][..], &x[0]].concat());
        check(&[&[3, 1]], &|x| x[0].broadcast_to(&[3, 2]), |x| x[0].iter().flat_map(|v| [*v; 2]).collect());
        check(&[&[]], &|x| x[0].broadcast_to(&[2, 2]), |x| vec![x[0][0]; 4]);
        check(&[&[2, 1, 2]], &|x| x[0].broadcast_to(&[2, 2, 3, 2]), |x| {
            (0..24).map(|k| x[0][k / 6 % 2 * 2 + k % 2]).collect()
        });
        check(&[&[1, 2]], &|x| x[0].broadcast_to(&[0, 2]), |_| Vec::new());
        let found =
            evaluate_buffers(&[(&[2], vec![4i64, 5].into())], &|x| vec![x[0].broadcast_to(&[20_000, 2])]).remove(0);
        assert_eq!(found, Buffer::I64([4, 5].repeat(20_000)));
    }

    #[test]
    fn sums_what_would_be_repeated() {
        check(&[&[2, 3]], &|x| x[0].sum_to(&[3]), |x| (0..3).map(|k| x[0][k] + x[0][k + 3]).collect());
        check(&[&[2, 3]], &|x| x[0].sum_to(&[2, 1]), |x| x[0].chunks(3).map(|r| r.iter().sum()).collect());
        check(&[&[2, 3]], &|x| x[0].sum_to(&[]), |x| vec![x[0].iter().sum()]);
        check(&[&[2, 3]], &|x| x[0].sum_to(&[2, 3]), |x| x[0].clone());
        check(&[&[0, 3]], &|x| x[0].sum_to(&[1, 3]), |_| vec![0.0; 3]);
    }

    #[test]
    fn refuses_what_does_not_broadcast() {
        for shape in [&[2][..], &[3, 2], &[]] {
            assert!(error_of(&[(DType::F32, &[3])], &|x| x[0].broadcast_to(shape)).is_some());
        }
        assert!(error_of(&[(DType::F32, &[3])], &|x| x[0].broadcast_to(&[usize::MAX, 3])).is_some());
        assert!(error_of(&[(DType::F32, &[3])], &|x| x[0].sum_to(&[2])).is_some());
        assert!(error_of(&[(DType::F32, &[3])], &|x| x[0].sum_to(&[1, 3])).is_some());
    }
}
