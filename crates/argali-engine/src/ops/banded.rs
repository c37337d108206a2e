//! Weighted sums of neighbours along an axis.

use super::{around, check_axis, one_real};
use crate::buffer::Real;
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::with_real;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A matrix whose rows are zero but for a stretch of columns, each row its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BandedMatrix {
    columns: usize,
    /// First column of each row's stretch.
    starts: Vec<usize>,
    /// Where each row's weights end in `weights`; they begin where those of the row before end.
    ends: Vec<usize>,
    weights: Vec<f64>,
}

impl BandedMatrix {
    /// A matrix of this many columns and no rows yet.
    ///
    /// ```
    /// use argali_engine::ops::BandedMatrix;
    /// let mut means = BandedMatrix::new(3);
    /// means.push(0, [0.5, 0.5]);
    /// means.push(1, [0.5, 0.5]);
    /// assert_eq!(means.rows(), 2);
    /// assert_eq!(means.transposed().rows(), 3);
    /// ```
    pub fn new(columns: usize) -> Self {
        BandedMatrix { columns, ..BandedMatrix::default() }
    }

    /// Adds a row that has these weights from column `start` on.
    pub fn push(&mut self, start: usize, weights: impl IntoIterator<Item = f64>) {
        self.starts.push(start);
        self.weights.extend(weights);
        self.ends.push(self.weights.len());
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.starts.len()
    }

    /// Rows become columns; within a stretch there may be zeros then.
    #[must_use = "a new matrix is returned"]
    pub fn transposed(&self) -> Self {
        let mut stretches: Vec<Option<RangeInclusive<usize>>> = vec![None; self.columns];
        for row in 0..self.rows() {
            let (start, weights) = self.row(row);
            for stretch in stretches.iter_mut().skip(start).take(weights.len()) {
                let first = stretch.as_ref().map_or(row, |stretch| *stretch.start());
                *stretch = Some(first..=row);
            }
        }
        let mut transposed = BandedMatrix::new(self.rows());
        for (column, stretch) in stretches.into_iter().enumerate() {
            let start = stretch.as_ref().map_or(0, |stretch| *stretch.start());
            transposed.push(start, stretch.into_iter().flatten().map(|row| self.weight(row, column)));
        }
        transposed
    }

    /// First column and weights of a row's stretch.
    fn row(&self, row: usize) -> (usize, &[f64]) {
        let begin = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        (self.starts[row], &self.weights[begin..self.ends[row]])
    }

    fn weight(&self, row: usize, column: usize) -> f64 {
        let (start, weights) = self.row(row);
        column.checked_sub(start).and_then(|k| weights.get(k)).copied().unwrap_or(0.0)
    }

    /// The rows from number `first` on, counted over all blocks of `columns` rows of `x`, times the block of each.
    fn multiply<T: Real>(&self, x: &[T], first: usize, inner: usize, y: &mut [T]) {
        let (block, rows) = (self.columns * inner, self.rows());
        let (mut block_start, mut row) = (first / rows * block, first % rows);
        for y in y.chunks_exact_mut(inner) {
            let (start, weights) = self.row(row);
            let x = &x[block_start + start * inner..];
            match y {
                [y] => *y = weights.iter().zip(x).fold(T::zero(), |sum, (weight, x)| sum + T::from_f64(*weight) * *x),
                _ => add_weighted(weights, x, y),
            }
            row += 1;
            if row == rows {
                (block_start, row) = (block_start + block, 0);
            }
        }
    }
}

/// The weighted sum of the rows of `x`, which are as long as `y`.
fn add_weighted<T: Real>(weights: &[f64], x: &[T], y: &mut [T]) {
    y.fill(T::zero());
    for (weight, x) in weights.iter().zip(x.chunks_exact(y.len())) {
        let weight = T::from_f64(*weight);
        y.iter_mut().zip(x).for_each(|(y, x)| *y += weight * *x);
    }
}

/// The product of a banded matrix with every line of elements along an axis.
#[derive(Clone, Debug)]
pub struct Banded {
    /// The axis.
    pub axis: usize,
    /// As many columns as the axis is long, as many rows as it becomes.
    pub matrix: Arc<BandedMatrix>,
}

impl Operation for Banded {
    fn name(&self) -> &'static str {
        "banded"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let mut ty = one_real(inputs)?.clone();
        check_axis(&ty, self.axis)?;
        let matrix = &*self.matrix;
        if ty.shape[self.axis] != matrix.columns {
            return Err(format!("a matrix of {} columns for axis {} of {ty}", matrix.columns, self.axis));
        }
        let end = |row| {
            let (start, weights) = matrix.row(row);
            start.saturating_add(weights.len())
        };
        if let Some(end) = (0..matrix.rows()).map(end).find(|end| *end > matrix.columns) {
            return Err(format!("a row up to column {end} of a matrix of {} columns", matrix.columns));
        }
        ty.shape[self.axis] = matrix.rows();
        Ok(vec![ty])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (_, _, inner) = around(io.inputs.shape(0), self.axis);
        let (matrix, rows) = (&*self.matrix, self.matrix.rows());
        let work = 1 + matrix.weights.len() / rows.max(1);
        with_real!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            let count = CHUNK.div_ceil(inner.max(1));
            for_each_chunk(io.outputs.get::<T>(0), count * inner, work, |i, y| {
                matrix.multiply(x, i * count, inner, y);
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![Some(at.gradient().banded(self.axis, self.matrix.transposed()))]
    }

    fn macs(&self, inputs: &[TensorType], _outputs: &[TensorType]) -> u64 {
        inputs.first().map_or(0, |x| {
            let (outer, _, inner) = around(&x.shape, self.axis);
            (outer * inner * self.matrix.weights.len()) as u64
        })
    }
}

impl<'g> Value<'g> {
    /// Every line of elements along an axis times a matrix that has as many columns; the axis becomes as long as the
    /// matrix has rows.
    #[must_use = "a new tensor is returned"]
    pub fn banded(self, axis: usize, matrix: BandedMatrix) -> Self {
        self.graph().apply_one(Banded { axis, matrix: Arc::new(matrix) }, &[self])
    }
}

#[cfg(test)]
mod tests {
    use super::BandedMatrix;
    use crate::DType;
    use crate::testing::{check, error_of};

    /// Rows with other stretches, two of them without weights, and columns that no row reads.
    fn matrix() -> BandedMatrix {
        let mut matrix = BandedMatrix::new(5);
        let rows = [(0, &[0.5, -2.0][..]), (3, &[1.5]), (0, &[1.0, 2.0, 3.0]), (2, &[]), (1, &[0.25]), (0, &[])];
        rows.into_iter().for_each(|(start, weights)| matrix.push(start, weights.iter().copied()));
        matrix
    }

    #[test]
    fn multiplies_along_each_axis() {
        let (dense, matrix) = (|row, column| matrix().weight(row, column), matrix());
        for axis in 0..3 {
            let mut shape = [2, 3, 4];
            shape[axis] = 5;
            let (outer, _, inner) = crate::ops::around(&shape, axis);
            let reference = |x: &[Vec<f64>]| {
                let element = |k: usize| {
                    let (line, row, column) = (k / inner / 6, k / inner % 6, k % inner);
                    (0..5).map(|along| dense(row, along) * x[0][(line * 5 + along) * inner + column]).sum()
                };
                (0..outer * 6 * inner).map(element).collect()
            };
            check(&[&shape], &|x| x[0].banded(axis, matrix.clone()), reference);
        }
    }

    #[test]
    fn works_on_many_rows() {
        let mut doubled = BandedMatrix::new(700);
        (0..1400).for_each(|row| doubled.push(row / 2, [2.0]));
        let reference = |x: &[Vec<f64>]| (0..1400 * 3).map(|k| 2.0 * x[0][k / 6 * 3 + k % 3]).collect();
        crate::testing::check_values(
            &[&[1, 700, 3]],
            &[crate::testing::noise(2100, 3)],
            &|x| x[0].banded(1, doubled.clone()),
            reference,
        );
    }

    #[test]
    fn transposes() {
        let (matrix, transposed) = (matrix(), matrix().transposed());
        for (row, column) in (0..30).map(|k| (k / 5, k % 5)) {
            assert_eq!(matrix.weight(row, column), transposed.weight(column, row));
        }
        assert_eq!(BandedMatrix::new(0).transposed(), BandedMatrix::new(0));
    }

    #[test]
    fn empty_tensors_stay_empty() {
        check(&[&[0, 5, 2]], &|x| x[0].banded(1, matrix()), |_| Vec::new());
        check(&[&[2, 5, 0]], &|x| x[0].banded(1, matrix()), |_| Vec::new());
        check(&[&[2, 5]], &|x| x[0].banded(1, BandedMatrix::new(5)), |_| Vec::new());
    }

    #[test]
    fn refuses_what_does_not_fit() {
        let refused = |dtype, shape: &[usize], axis, matrix: BandedMatrix| {
            error_of(&[(dtype, shape)], &|x| x[0].banded(axis, matrix.clone())).is_some()
        };
        assert!(refused(DType::F32, &[4], 0, matrix()));
        assert!(refused(DType::F32, &[5], 1, matrix()));
        assert!(refused(DType::I64, &[5], 0, matrix()));
        let mut beyond = BandedMatrix::new(5);
        beyond.push(4, [1.0, 1.0]);
        assert!(refused(DType::F32, &[5], 0, beyond));
        let mut beyond = BandedMatrix::new(5);
        beyond.push(usize::MAX, [1.0]);
        assert!(refused(DType::F32, &[5], 0, beyond));
    }
}
