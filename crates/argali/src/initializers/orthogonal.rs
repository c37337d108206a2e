//! Matrices with orthonormal rows or columns.

use crate::Problem;
use argali_engine::DType;
use argali_engine::random::{Key, normal};

/// The orthogonal factor of a matrix of normal numbers, which is unique where the other factor's diagonal is positive.
///
/// The numbers are drawn row by row, the longer axis first, as Keras draws them.
pub(super) fn draw(key: Key, shape: &[usize], gain: f64) -> Result<Vec<f64>, Problem> {
    let [leading @ .., columns] = shape else { return Err(rank(shape)) };
    if leading.is_empty() {
        return Err(rank(shape));
    }
    let (rows, columns) = (leading.iter().product::<usize>(), *columns);
    let (long, short) = (rows.max(columns), rows.min(columns));
    let drawn = normal(key, DType::F64, long * short, 0.0, 1.0).as_slice().to_f64();
    let mut vectors: Vec<Vec<f64>> = (0..short).map(|j| (0..long).map(|i| drawn[i * short + j]).collect()).collect();
    orthonormalize(&mut vectors);
    let at = |row: usize, column: usize| if rows < columns { vectors[row][column] } else { vectors[column][row] };
    Ok((0..rows * columns).map(|i| gain * at(i / columns, i % columns)).collect())
}

fn rank(shape: &[usize]) -> Problem {
    let message = format!("an orthogonal weight has two axes or more, found shape {shape:?}");
    Problem::mismatch(message, "take another initializer")
}

/// Gram and Schmidt's process, every vector twice, so that rounding leaves nothing of the earlier ones in it.
fn orthonormalize(vectors: &mut [Vec<f64>]) {
    for j in 0..vectors.len() {
        let (earlier, rest) = vectors.split_at_mut(j);
        let Some(vector) = rest.first_mut() else { return };
        for unit in earlier.iter().chain(earlier.iter()) {
            let along: f64 = unit.iter().zip(&*vector).map(|(a, b)| a * b).sum();
            vector.iter_mut().zip(unit).for_each(|(v, u)| *v -= along * u);
        }
        let norm = vector.iter().map(|v| v * v).sum::<f64>().sqrt();
        vector.iter_mut().for_each(|v| *v /= norm);
    }
}
