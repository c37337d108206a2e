//! Products of matrices.

use super::two_real;
use crate::buffer::{DType, GemmDims};
use crate::operation::{Differentiated, Inputs, Io, Operation, TensorType};
use crate::parallel::for_each_chunk;
use crate::product::{Epilogue, Panels, Product, Strided, TransposedProduct, work};
use crate::simd::Vectors;
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

    fn product<T: Vectors>(&self, sizes: (usize, usize, usize), a: &[T], b: &[T], c: &mut [T], scratch: &mut [T]) {
        let (m, k, n) = sizes;
        if m * n == 0 {
            return;
        }
        match (self.transpose_a, self.transpose_b) {
            (false, transposed) => multiply_rows(sizes, (a, b, transposed), Epilogue::NONE, &|_, _| (), c, scratch),
            _ if k == 0 => c.fill(T::zero()),
            (true, false) if Self::blocks(m, k, n) == 1 => multiply_columns(sizes, a, b, c),
            (true, false) => multiply_blocks(sizes, a, b, c, scratch),
            (true, true) => for_each_chunk(c, ROWS * n, work(k), |i, c| {
                let dims = GemmDims { m: c.len() / n, k, n, a: [1, m], b: [1, k], c: [n, 1] };
                T::gemm(dims, &a[i * ROWS..], b, T::zero(), c);
            }),
        }
    }

    fn scratch_of<T: Vectors>(&self, (m, k, n): (usize, usize, usize)) -> usize {
        match (self.transpose_a, self.transpose_b) {
            (false, _) => Panels::<T>::storage(k, n),
            (true, false) if Self::blocks(m, k, n) > 1 => Self::blocks(m, k, n) * m * n,
            _ => 0,
        }
    }
}

/// Runs a product whose first matrix is not transposed, with `rest` applied to what the epilogue wrote, given the index of its first element.
pub(crate) fn run<T: Vectors>(
    matmul: &MatMul,
    inputs: Inputs<'_, '_>,
    epilogue: Epilogue<'_, T>,
    rest: &(dyn Fn(usize, &mut [T]) + Sync),
    c: &mut [T],
    scratch: &mut [T],
) {
    if let Some(sizes) = matmul.sizes(inputs.shape(0), inputs.shape(1)) {
        multiply_rows(sizes, (inputs.get(0), inputs.get(1), matmul.transpose_b), epilogue, rest, c, scratch);
    }
}

/// `c = a · b` with the rows of `a` as they lie.
fn multiply_rows<T: Vectors>(
    (m, k, n): (usize, usize, usize),
    (a, b, transposed): (&[T], &[T], bool),
    epilogue: Epilogue<'_, T>,
    rest: &(dyn Fn(usize, &mut [T]) + Sync),
    c: &mut [T],
    storage: &mut [T],
) {
    let b = Panels::new(b, [k, n], if transposed { [1, k] } else { [n, 1] }, m, storage);
    for_each_chunk(c, ROWS * n, work(k), |i, c| {
        let rows = c.len() / n;
        let a = &Strided { a: &a[i * ROWS * k..], stride: k, depth: k, count: rows };
        Product { a, b, rows, epilogue, c, stride: n }.compute();
        rest(i * ROWS * n, c);
    });
}

/// `c = aᵀ · b`
fn multiply_columns<T: Vectors>((m, k, n): (usize, usize, usize), a: &[T], b: &[T], c: &mut [T]) {
    for_each_chunk(c, ROWS * n, work(k), |i, c| {
        c.fill(T::zero());
        let size = [c.len() / n, n];
        let a = &a[i * ROWS..];
        TransposedProduct { a, a_stride: m, b, b_stride: n, terms: k, size, c, stride: n }.compute();
    });
}

/// `c = aᵀ · b`, where the sums are so long that they are cut into blocks, which are added in order.
fn multiply_blocks<T: Vectors>((m, k, n): (usize, usize, usize), a: &[T], b: &[T], c: &mut [T], partial: &mut [T]) {
    let partial = &mut partial[..MatMul::blocks(m, k, n) * m * n];
    for_each_chunk(partial, m * n, work(TERMS), |i, c| {
        c.fill(T::zero());
        let terms = TERMS.min(k - i * TERMS);
        let (a, b) = (&a[i * TERMS * m..], &b[i * TERMS * n..]);
        TransposedProduct { a, a_stride: m, b, b_stride: n, terms, size: [m, n], c, stride: n }.compute();
    });
    c.fill(T::zero());
    for block in partial.chunks_exact(m * n) {
        c.iter_mut().zip(block).for_each(|(c, p)| *c += *p);
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
            Some(sizes) if inputs[0].dtype == DType::F32 => self.scratch_of::<f32>(sizes),
            Some(sizes) => self.scratch_of::<f64>(sizes),
            None => 0,
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

#[cfg(test)]
mod tests {
    use crate::testing::{check_gradients, evaluate, noise};

    #[test]
    fn products_agree_with_the_definition() {
        for (m, k, n) in [(1, 1, 1), (3, 5, 7), (17, 9, 33), (70, 300, 6), (130, 20, 64), (9, 10_000, 5), (5, 8, 300)] {
            let (a, b) = (noise(m * k, 1), noise(k * n, 2));
            let transposed = |v: &[f64], rows: usize| -> Vec<f64> {
                let columns = v.len() / rows;
                (0..v.len()).map(|i| v[i % rows * columns + i / rows]).collect()
            };
            let term = |i: usize, j: usize, t: usize| a[i * k + t] * b[t * n + j];
            let expected: Vec<f64> = (0..m * n).map(|c| (0..k).map(|t| term(c / n, c % n, t)).sum()).collect();
            for (ta, tb) in [(false, false), (true, false), (false, true), (true, true)] {
                let (a_shape, a) = if ta { ([k, m], transposed(&a, m)) } else { ([m, k], a.clone()) };
                let (b_shape, b) = if tb { ([n, k], transposed(&b, k)) } else { ([k, n], b.clone()) };
                let found = evaluate(&[&a_shape, &b_shape], &[a, b], &|v| v[0].dot(v[1], ta, tb));
                let close = |(f, e): (&f64, &f64)| (f - e).abs() <= 1e-13 * k as f64;
                assert!(found.iter().zip(&expected).all(close), "{m} {k} {n} {ta} {tb}");
            }
        }
    }

    #[test]
    fn gradients_agree_with_differences() {
        for (ta, tb) in [(false, false), (true, false), (false, true), (true, true)] {
            let (a, b) = (if ta { [3, 2] } else { [2, 3] }, if tb { [4, 3] } else { [3, 4] });
            check_gradients(&[&a, &b], &[noise(6, 1), noise(12, 2)], &|v| v[0].dot(v[1], ta, tb));
        }
    }
}
