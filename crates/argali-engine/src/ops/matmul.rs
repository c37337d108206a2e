//! Products of matrices.

use super::two_real;
use crate::buffer::{GemmDims, Real};
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::for_each_chunk;
use crate::value::Value;
use crate::with_real;

/// The product of two matrices, each of which may be read transposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatMul {
    /// Whether the first is read transposed.
    pub transpose_a: bool,
    /// Whether the second is read transposed.
    pub transpose_b: bool,
}

/// Rows of the output that one chunk holds.
const ROWS: usize = 64;

/// Terms of a sum that are added up at a time when the sums are long and few.
const TERMS: usize = 4096;

impl MatMul {
    /// `(m, k, n)` of the product, if the shapes fit.
    fn sizes(&self, a: &[usize], b: &[usize]) -> Option<(usize, usize, usize)> {
        let (&[a0, a1], &[b0, b1]) = (a, b) else { return None };
        let (m, k) = if self.transpose_a { (a1, a0) } else { (a0, a1) };
        let (kb, n) = if self.transpose_b { (b1, b0) } else { (b0, b1) };
        (k == kb).then_some((m, k, n))
    }

    /// Blocks that the sums are cut into: only for long sums of few outputs, such as gradients of weights.
    fn blocks(m: usize, k: usize, n: usize) -> usize {
        if k > TERMS && m * n <= k { k.div_ceil(TERMS) } else { 1 }
    }

    fn product<T: Real>(&self, sizes: (usize, usize, usize), a: &[T], b: &[T], c: &mut [T], partial: &mut [T]) {
        let (m, k, n) = sizes;
        if m * n == 0 {
            return;
        }
        if k == 0 {
            return c.fill(T::zero());
        }
        let a_strides = if self.transpose_a { [1, m] } else { [k, 1] };
        let b_strides = if self.transpose_b { [1, k] } else { [n, 1] };
        let dims = |m, k| GemmDims { m, k, n, a: a_strides, b: b_strides, c: [n, 1] };
        let blocks = Self::blocks(m, k, n);
        if blocks == 1 {
            return for_each_chunk(c, ROWS * n, k, |i, c| {
                T::gemm(dims(c.len() / n, k), &a[i * ROWS * a_strides[0]..], b, T::zero(), c);
            });
        }
        let partial = &mut partial[..blocks * m * n];
        for_each_chunk(partial, m * n, TERMS, |i, c| {
            let (first, terms) = (i * TERMS, TERMS.min(k - i * TERMS));
            T::gemm(dims(m, terms), &a[first * a_strides[1]..], &b[first * b_strides[0]..], T::zero(), c);
        });
        c.fill(T::zero());
        for block in partial.chunks_exact(m * n) {
            c.iter_mut().zip(block).for_each(|(c, p)| *c += *p);
        }
    }
}

impl Operation for MatMul {
    fn name(&self) -> &'static str {
        "matmul"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let (a, b) = two_real(inputs)?;
        let sizes = self.sizes(&a.shape, &b.shape);
        let (m, _, n) = sizes.ok_or_else(|| format!("matrices {:?} and {:?} do not chain", a.shape, b.shape))?;
        Ok(vec![TensorType::new(a.dtype, [m, n])])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let Some(sizes) = self.sizes(io.inputs.shape(0), io.inputs.shape(1)) else { return };
        with_real!(io.dtype(), T => {
            let (inputs, c, partial) = io.split::<T>();
            self.product(sizes, inputs.get(0), inputs.get(1), c, partial);
        })
    }

    fn scratch(&self, inputs: &[TensorType], _: &[TensorType]) -> usize {
        match self.sizes(&inputs[0].shape, &inputs[1].shape) {
            Some((m, k, n)) if Self::blocks(m, k, n) > 1 => Self::blocks(m, k, n) * m * n,
            _ => 0,
        }
    }

    fn macs(&self, inputs: &[TensorType], _: &[TensorType]) -> u64 {
        self.sizes(&inputs[0].shape, &inputs[1].shape).map_or(0, |(m, k, n)| m as u64 * k as u64 * n as u64)
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (a, b, g) = (at.inputs[0], at.inputs[1], at.gradient());
        let da =
            || if self.transpose_a { b.dot(g, self.transpose_b, true) } else { g.dot(b, false, !self.transpose_b) };
        let db =
            || if self.transpose_b { g.dot(a, true, self.transpose_a) } else { a.dot(g, !self.transpose_a, false) };
        vec![at.wanted[0].then(da), at.wanted[1].then(db)]
    }
}

impl<'g> Value<'g> {
    /// The product of two matrices.
    #[must_use = "a new tensor is returned"]
    pub fn matmul(self, other: Self) -> Self {
        self.dot(other, false, false)
    }

    /// The product of two matrices, each of which may be read transposed.
    #[must_use = "a new tensor is returned"]
    pub fn dot(self, other: Self, transpose_a: bool, transpose_b: bool) -> Self {
        self.graph().apply_one(MatMul { transpose_a, transpose_b }, &[self, other])
    }
}
