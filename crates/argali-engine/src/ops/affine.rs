//! `(x - center) · scale + offset` in one pass, which normalization is made of.

use super::moments::block_rows;
use super::reduce::{Layout, mixed_walks, sum_of};
use super::walk::Walk;
use crate::buffer::{Element, Real};
use crate::operation::{Differentiated, Io, Operation, OperationError, TensorType};
use crate::ops::broadcast::broadcast_shape;
use crate::parallel::{CHUNK, for_each_chunk, for_each_chunk_pair};
use crate::value::Value;
use crate::with_real;

/// `(x - center) · scale + offset`, where the last three broadcast to the shape of `x`.
#[derive(Clone, Copy, Debug)]
pub struct Affine;

/// Elements that are worked on at a time.
const BLOCK: usize = 256;

impl Operation for Affine {
    fn name(&self) -> &'static str {
        "affine"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let [x, parameters @ ..] = inputs else { return Err("takes four tensors, found 0".into()) };
        if parameters.len() != 3 {
            return Err(format!("takes four tensors, found {}", inputs.len()));
        }
        for p in parameters {
            let fits = broadcast_shape(&p.shape, &x.shape).as_ref() == Some(&x.shape);
            if !fits || p.dtype != x.dtype || !x.dtype.is_float() {
                return Err(format!("{p} for {x}, expected a floating-point type and a shape that broadcasts to it"));
            }
        }
        Ok(vec![x.clone()])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (inputs, in_place) = (io.inputs, io.in_place().is_some());
        let shape = inputs.shape(0);
        let columns = inputs.tensor_type(1).len();
        let suffix = |i: usize| {
            let leading = inputs.shape(i).iter().take_while(|n| **n == 1).count();
            inputs.tensor_type(i).len() == columns && shape.ends_with(&inputs.shape(i)[leading..])
        };
        let rows = columns > 8 && (1..4).all(suffix);
        let walk = |index: usize| Walk::new(inputs.shape(index), shape);
        let walks = [walk(1), walk(2), walk(3)];
        with_real!(io.dtype(), T => {
            let parameters = [1, 2, 3].map(|i| inputs.get::<T>(i));
            let x = if in_place { &[] } else { inputs.get::<T>(0) };
            let chunk = if rows { CHUNK.next_multiple_of(columns) } else { CHUNK };
            for_each_chunk(io.outputs.get::<T>(0), chunk, 4, |i, y| {
                if !in_place {
                    y.copy_from_slice(&x[i * chunk..][..y.len()]);
                }
                if rows {
                    y.chunks_mut(columns).for_each(|y| transform(y, parameters));
                } else {
                    y.chunks_mut(BLOCK).enumerate().for_each(|(b, y)| {
                        let mut blocks = [[T::default(); BLOCK]; 3];
                        for ((block, walk), p) in blocks.iter_mut().zip(&walks).zip(parameters) {
                            walk.copy(p, i * chunk + b * BLOCK, &mut block[..y.len()]);
                        }
                        transform(y, [&blocks[0], &blocks[1], &blocks[2]]);
                    });
                }
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let [x, center, scale, offset] = at.inputs[..] else { return Vec::new() };
        let g = at.gradient();
        let dx = at.wanted[0].then(|| g * scale);
        if at.wanted[1..].iter().all(|wanted| !wanted) {
            return vec![dx, None, None, None];
        }
        let (to, shape) = (center.shape(), x.shape());
        if to.len() == shape.len() && to == scale.shape() && to == offset.shape() {
            let axes = (0..shape.len()).filter(|a| to[*a] == 1).collect();
            if let [plain, centered] = x.graph().apply(CenteredSums(axes), &[g, x, center])[..] {
                return vec![dx, at.wanted[1].then(|| -plain * scale), Some(centered), Some(plain)];
            }
        }
        let of_center = at.wanted[1].then(|| (-g * scale).sum_to(&to));
        let of_scale = at.wanted[2].then(|| (g * (x - center)).sum_to(&scale.shape()));
        vec![dx, of_center, of_scale, at.wanted[3].then(|| g.sum_to(&offset.shape()))]
    }

    fn in_place(&self) -> &'static [usize] {
        &[0]
    }
}

fn transform<T: Real>(y: &mut [T], [center, scale, offset]: [&[T]; 3]) {
    for (((y, c), s), o) in y.iter_mut().zip(center).zip(scale).zip(offset) {
        *y = (*y - *c) * *s + *o;
    }
}

/// Sums of `g` and of `g · (x - center)` over some axes, ascending, along which `center` has length 1.
#[derive(Clone, Debug)]
struct CenteredSums(Vec<usize>);

impl Operation for CenteredSums {
    fn name(&self) -> &'static str {
        "centered_sums"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        Ok(vec![inputs[2].clone(), inputs[2].clone()])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let shape = io.inputs.shape(0);
        with_real!(io.dtype(), T => {
            let [g, x, center] = [0, 1, 2].map(|i| io.inputs.get::<T>(i));
            let (plain, centered) = io.outputs.pair::<T, T>();
            let partial = T::of_mut(io.scratch.as_slice_mut()).unwrap_or_default();
            match Layout::new(shape, &self.0) {
                _ if plain.is_empty() => {}
                Layout::Leading { rows, .. } => sum_columns(rows, [g, x, center], plain, centered, partial),
                Layout::Trailing { columns } => {
                    for_each_chunk_pair((plain, 16), (centered, 16), 2 * columns, |i, plain, centered| {
                        for (k, sums) in plain.iter_mut().zip(centered).enumerate() {
                            let row = (i * 16 + k) * columns..(i * 16 + k + 1) * columns;
                            (*sums.0, *sums.1) = sum_row(&g[row.clone()], &x[row], center[i * 16 + k]);
                        }
                    });
                }
                Layout::Middle { .. } | Layout::Mixed => {
                    let (outer, inner) = mixed_walks(shape, &self.0);
                    for_each_chunk_pair((plain, 4), (centered, 4), 2 * inner.len(), |i, plain, centered| {
                        outer.each(i * 4, plain.len(), |k, first| {
                            let (mut sum, mut weighted) = (0.0, 0.0);
                            inner.each(0, inner.len(), |_, offset| {
                                let (g, x) = (g[first + offset], x[first + offset]);
                                sum += g.to_f64();
                                weighted += (g * (x - center[i * 4 + k])).to_f64();
                            });
                            (plain[k], centered[k]) = (T::from_f64(sum), T::from_f64(weighted));
                        });
                    });
                }
            }
        })
    }

    fn scratch(&self, inputs: &[TensorType], _: &[TensorType]) -> usize {
        match Layout::new(&inputs[0].shape, &self.0) {
            Layout::Leading { rows, columns } => rows.div_ceil(block_rows(columns)) * 2 * columns,
            _ => 0,
        }
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let (operation, message) = (self.name(), "has no gradient of its own: graphs are differentiated once".into());
        at.inputs[0].graph().fail(OperationError { operation, message });
        vec![None; 3]
    }
}

/// Sums of each column, every block of rows by itself, then one after the other.
fn sum_columns<T: Real>(
    rows: usize,
    [g, x, center]: [&[T]; 3],
    plain: &mut [T],
    centered: &mut [T],
    partial: &mut [T],
) {
    let columns = plain.len();
    let per_block = block_rows(columns);
    let partial = &mut partial[..rows.div_ceil(per_block) * 2 * columns];
    for_each_chunk(partial, 2 * columns, per_block, |block, partial| {
        partial.fill(T::zero());
        let (plain, centered) = partial.split_at_mut(columns);
        let block = block * per_block * columns..((block + 1) * per_block * columns).min(g.len());
        for (g, x) in g[block.clone()].chunks_exact(columns).zip(x[block].chunks_exact(columns)) {
            for ((((p, d), g), x), c) in plain.iter_mut().zip(&mut *centered).zip(g).zip(x).zip(center) {
                *p += *g;
                *d += *g * (*x - *c);
            }
        }
    });
    plain.fill(T::zero());
    centered.fill(T::zero());
    for partial in partial.chunks_exact(2 * columns) {
        let (p, d) = partial.split_at(columns);
        plain.iter_mut().zip(p).for_each(|(sum, p)| *sum += *p);
        centered.iter_mut().zip(d).for_each(|(sum, d)| *sum += *d);
    }
}

fn sum_row<T: Real>(g: &[T], x: &[T], center: T) -> (T, T) {
    const LANES: usize = 16;
    let (mut plain, mut centered) = ([T::zero(); LANES], [T::zero(); LANES]);
    for (g, x) in g.chunks(LANES).zip(x.chunks(LANES)) {
        for (((p, d), g), x) in plain.iter_mut().zip(&mut centered).zip(g).zip(x) {
            *p += *g;
            *d += *g * (*x - center);
        }
    }
    (sum_of(&plain), sum_of(&centered))
}

impl<'g> Value<'g> {
    /// `(x - center) · scale + offset` in one pass; the three broadcast to this tensor's shape.
    #[must_use = "a new tensor is returned"]
    pub fn affine(self, center: Self, scale: Self, offset: Self) -> Self {
        self.graph().apply_one(Affine, &[self, center, scale, offset])
    }

    /// `(x - mean) / √(variance + epsilon) · scale + offset`; what is given broadcasts to this tensor's shape.
    ///
    /// Fewest passes are made if `mean`, `variance`, `scale` and `offset` have one shape with an axis of length 1
    /// wherever they are repeated.
    #[must_use = "a new tensor is returned"]
    pub fn normalize(
        self,
        (mean, variance): (Self, Self),
        epsilon: f64,
        scale: Option<Self>,
        offset: Option<Self>,
    ) -> Self {
        let inverse = (variance + epsilon).rsqrt();
        let alike = |p: &Option<Self>| p.is_none_or(|p| p.shape() == mean.shape());
        if alike(&scale) && alike(&offset) {
            let scale = scale.map_or(inverse, |scale| inverse * scale);
            return self.affine(mean, scale, offset.unwrap_or_else(|| mean.zeros_like()));
        }
        let normal = self.affine(mean, inverse, mean.zeros_like());
        let zero = || self.graph().full(self.dtype(), &[], 0.0);
        match (scale, offset) {
            (Some(scale), Some(offset)) if scale.shape() == offset.shape() => {
                normal.affine(scale.zeros_like(), scale, offset)
            }
            (Some(scale), offset) => normal * scale + offset.unwrap_or_else(zero),
            (None, offset) => normal + offset.unwrap_or_else(zero),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::DType;
    use crate::testing::{check, check_data, error_of, noise};

    fn reference(x: &[Vec<f64>], at: impl Fn(usize) -> [usize; 3]) -> Vec<f64> {
        let value = |k: usize| {
            let [c, s, o] = at(k);
            (x[0][k] - x[1][c]) * x[2][s] + x[3][o]
        };
        (0..x[0].len()).map(value).collect()
    }

    #[test]
    fn parameters_broadcast() {
        let by_column: &[&[usize]] = &[&[2, 3, 12], &[1, 1, 12], &[1, 1, 12], &[1, 1, 12]];
        check(by_column, &|x| x[0].affine(x[1], x[2], x[3]), |x| reference(x, |k| [k % 12; 3]));
        let few_columns: &[&[usize]] = &[&[5, 3], &[1, 3], &[1, 3], &[1, 3]];
        check(few_columns, &|x| x[0].affine(x[1], x[2], x[3]), |x| reference(x, |k| [k % 3; 3]));
        let by_row: &[&[usize]] = &[&[3, 7], &[3, 1], &[3, 1], &[3, 1]];
        check(by_row, &|x| x[0].affine(x[1], x[2], x[3]), |x| reference(x, |k| [k / 7; 3]));
        let in_between: &[&[usize]] = &[&[2, 3, 4], &[1, 3, 1], &[1, 3, 1], &[1, 3, 1]];
        check(in_between, &|x| x[0].affine(x[1], x[2], x[3]), |x| reference(x, |k| [k / 4 % 3; 3]));
        let mixed: &[&[usize]] = &[&[3, 4], &[3, 1], &[4], &[]];
        check(mixed, &|x| x[0].affine(x[1], x[2], x[3]), |x| reference(x, |k| [k / 4, k % 4, 0]));
        let empty: &[&[usize]] = &[&[0, 4], &[1, 4], &[1, 4], &[1, 4]];
        check(empty, &|x| x[0].affine(x[1], x[2], x[3]), |_| Vec::new());
    }

    #[test]
    fn works_in_place_over_many_chunks() {
        let shapes: [&[usize]; 4] = [&[700, 70], &[70], &[70], &[70]];
        let data: Vec<_> = shapes.iter().map(|s| noise(s.iter().product(), 9)).collect();
        crate::testing::check_values(&shapes, &data, &|x| (-x[0]).affine(x[1], x[2], x[3]), |x| {
            (0..49_000).map(|k| (-x[0][k] - x[1][k % 70]) * x[2][k % 70] + x[3][k % 70]).collect()
        });
    }

    #[test]
    fn normalizes_by_column_and_by_row() {
        let positive = |count: usize| noise(count, 7).iter().map(|v| v.abs() + 0.5).collect::<Vec<_>>();
        for (shape, parameters, at) in
            [([4, 3], [1, 3], (|k| k % 3) as fn(usize) -> usize), ([3, 4], [3, 1], (|k| k / 4) as fn(usize) -> usize)]
        {
            let shapes: [&[usize]; 5] = [&shape, &parameters, &parameters, &parameters, &parameters];
            let data = [noise(12, 1), noise(3, 2), positive(3), noise(3, 3), noise(3, 4)];
            let normal = move |x: &[Vec<f64>], k: usize| (x[0][k] - x[1][at(k)]) / (x[2][at(k)] + 0.01).sqrt();
            check_data(&shapes[..3], &data[..3], &|x| x[0].normalize((x[1], x[2]), 0.01, None, None), |x| {
                (0..12).map(|k| normal(x, k)).collect()
            });
            check_data(&shapes, &data, &|x| x[0].normalize((x[1], x[2]), 0.01, Some(x[3]), Some(x[4])), |x| {
                (0..12).map(|k| normal(x, k) * x[3][at(k)] + x[4][at(k)]).collect()
            });
        }
    }

    #[test]
    fn normalizes_by_row_and_scales_by_column() {
        let shapes: [&[usize]; 3] = [&[3, 4], &[4], &[4]];
        let data = [noise(12, 1), noise(4, 2), noise(4, 3)];
        let normal = |x: &[f64], k: usize| {
            let row = &x[k / 4 * 4..][..4];
            let mean = row.iter().sum::<f64>() / 4.0;
            let variance = row.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 4.0;
            (x[k] - mean) / (variance + 1e-3).sqrt()
        };
        let f = |scaled: bool, moved: bool| {
            check_data(
                &shapes,
                &data,
                &|x| x[0].normalize(x[0].moments(&[1], true), 1e-3, scaled.then_some(x[1]), moved.then_some(x[2])),
                |x| {
                    let scale = |k: usize| if scaled { x[1][k % 4] } else { 1.0 };
                    let offset = |k: usize| if moved { x[2][k % 4] } else { 0.0 };
                    (0..12).map(|k| normal(&x[0], k) * scale(k) + offset(k)).collect()
                },
            );
        };
        f(true, true);
        f(true, false);
        f(false, true);
        f(false, false);
    }

    #[test]
    fn refuses_parameters_that_do_not_fit() {
        let types: [(DType, &[usize]); 4] =
            [(DType::F32, &[2, 3]), (DType::F32, &[3]), (DType::F64, &[3]), (DType::I64, &[3])];
        assert!(error_of(&types, &|x| x[1].affine(x[0], x[1], x[1])).is_some());
        assert!(error_of(&types, &|x| x[0].affine(x[2], x[1], x[1])).is_some());
        assert!(error_of(&types, &|x| x[3].affine(x[3], x[3], x[3])).is_some());
    }
}
