//! Running sums along an axis.

use super::{around, check_axis, one_real};
use crate::buffer::Real;
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::with_real;

/// The sum of all elements up to each along an axis.
#[derive(Clone, Copy, Debug, Default)]
pub struct CumulativeSum {
    /// The axis.
    pub axis: usize,
    /// Whether each element itself is left out.
    pub exclusive: bool,
    /// Whether sums run from the end.
    pub reverse: bool,
}

impl CumulativeSum {
    /// Running sums of `len` rows of `inner` elements each.
    fn cumulate<T: Real>(&self, len: usize, inner: usize, x: &[T], y: &mut [T]) {
        if inner == 1 {
            return self.cumulate_row(x, y);
        }
        let at = |k: usize| if self.reverse { len - 1 - k } else { k } * inner;
        for k in 0..len {
            let (to, before) = (at(k), k.checked_sub(1).map(at));
            for column in 0..inner {
                let sum = before.map_or(T::zero(), |b| y[b + column]);
                y[to + column] = match (self.exclusive, before) {
                    (true, Some(b)) => sum + x[b + column],
                    (true, None) => T::zero(),
                    (false, _) => sum + x[to + column],
                };
            }
        }
    }

    fn cumulate_row<T: Real>(&self, x: &[T], y: &mut [T]) {
        let mut sum = T::zero();
        let mut next = |(y, x): (&mut T, &T)| {
            let before = sum;
            sum += *x;
            *y = if self.exclusive { before } else { sum };
        };
        match self.reverse {
            true => y.iter_mut().zip(x).rev().for_each(&mut next),
            false => y.iter_mut().zip(x).for_each(&mut next),
        }
    }
}

impl Operation for CumulativeSum {
    fn name(&self) -> &'static str {
        "cumulative_sum"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = one_real(inputs)?;
        check_axis(x, self.axis)?;
        Ok(vec![x.clone()])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (_, len, inner) = around(io.inputs.shape(0), self.axis);
        let block = len * inner;
        with_real!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            let blocks = CHUNK.div_ceil(block.max(1));
            for_each_chunk(io.outputs.get::<T>(0), blocks * block, 2, |i, y| {
                let x = x[i * blocks * block..].chunks_exact(block);
                y.chunks_exact_mut(block).zip(x).for_each(|(y, x)| self.cumulate(len, inner, x, y));
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let back = CumulativeSum { reverse: !self.reverse, ..*self };
        vec![Some(at.gradient().graph().apply_one(back, &[at.gradient()]))]
    }
}

impl<'g> Value<'g> {
    /// The sum of all elements up to each along an axis; [`CumulativeSum`] has more variants. Keras: `ops.cumsum`.
    #[must_use = "a new tensor is returned"]
    pub fn cumulative_sum(self, axis: usize) -> Self {
        self.graph().apply_one(CumulativeSum { axis, ..CumulativeSum::default() }, &[self])
    }
}

#[cfg(test)]
mod tests {
    use super::CumulativeSum;
    use crate::DType;
    use crate::testing::{check, error_of};

    #[test]
    fn adds_up_along_each_axis() {
        let shape = [3, 4, 2];
        for (axis, exclusive, reverse) in (0..12).map(|k| (k % 3, k / 3 % 2 == 1, k / 6 == 1)) {
            let (_, len, inner) = crate::ops::around(&shape, axis);
            let counts = |from: usize, to: usize| {
                let (a, b) = (from / inner % len, to / inner % len);
                let same_line = from / (len * inner) == to / (len * inner) && from % inner == to % inner;
                same_line && (if reverse { a > b } else { a < b } || !exclusive && a == b)
            };
            let sum = |x: &[f64], to: usize| (0..24).filter(|from| counts(*from, to)).map(|from| x[from]).sum();
            let operation = CumulativeSum { axis, exclusive, reverse };
            check(&[&shape], &|x| x[0].graph().apply(operation, x)[0], |x| (0..24).map(|k| sum(&x[0], k)).collect());
        }
        check(&[&[2, 0]], &|x| x[0].cumulative_sum(1), |_| Vec::new());
    }

    #[test]
    fn refuses_integers_and_axes_that_are_not_there() {
        assert!(error_of(&[(DType::I64, &[2])], &|x| x[0].cumulative_sum(0)).is_some());
        assert!(error_of(&[(DType::F32, &[2])], &|x| x[0].cumulative_sum(1)).is_some());
        assert!(error_of(&[(DType::F32, &[])], &|x| x[0].cumulative_sum(0)).is_some());
    }
}
