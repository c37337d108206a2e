//! Products of matrices whose rows may lie anywhere, without a copy of the left-hand side.

use crate::buffer::Real;
use crate::simd::{self, Kernel, multiply_add};

/// The left-hand side of a product: rows that are runs of consecutive elements.
pub(crate) trait Rows<T: Real> {
    /// Calls `f` with each run of the rows `first..first + MR`, and with the row of the right-hand side that the run
    /// begins at. Rows past the last one are the last one.
    fn each_run<'s, const MR: usize>(&'s self, first: usize, f: impl FnMut([&'s [T]; MR], usize));
}

/// Rows one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Strided<'a, T> {
    /// The elements.
    pub(crate) a: &'a [T],
    /// Distance of two rows.
    pub(crate) stride: usize,
    /// Elements of a row.
    pub(crate) depth: usize,
    /// Number of rows.
    pub(crate) count: usize,
}

impl<T: Real> Rows<T> for Strided<'_, T> {
    #[inline(always)]
    fn each_run<'s, const MR: usize>(&'s self, first: usize, mut f: impl FnMut([&'s [T]; MR], usize)) {
        let row = |r: usize| &self.a[(first + r).min(self.count - 1) * self.stride..][..self.depth];
        f(std::array::from_fn(row), 0);
    }
}

/// The right-hand side of a product, in panels as wide as the blocks of the kernel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Panels<'b, T> {
    b: &'b [T],
    /// Distance of two rows of a panel.
    row: usize,
    /// Distance of two panels.
    panel: usize,
    columns: usize,
    width: usize,
}

/// Columns above which rows lie so far apart that they displace each other from the cache.
const FAR: usize = 256;

/// Rows of a product from which packing a right-hand side of far rows pays.
const MANY: usize = 128;

impl<'b, T: Real> Panels<'b, T> {
    /// Elements of storage that [`new`](Self::new) needs.
    pub(crate) fn storage(depth: usize, columns: usize) -> usize {
        depth * columns.next_multiple_of(simd::covering_width::<T>(columns))
    }

    /// Panels of a matrix with these row and column strides, for products of `rows` rows; packed into `storage` unless
    /// they can be read where they are.
    pub(crate) fn new(
        b: &'b [T],
        [depth, columns]: [usize; 2],
        [row, column]: [usize; 2],
        rows: usize,
        storage: &'b mut [T],
    ) -> Self {
        let width = simd::covering_width::<T>(columns);
        let far = columns > FAR && rows >= MANY;
        if column == 1 && columns.is_multiple_of(width) && !far {
            return Panels { b, row, panel: width, columns, width };
        }
        Self::pack(b, [depth, columns], [row, column], width, storage);
        Panels { b: storage, row: width, panel: depth * width, columns, width }
    }

    /// Panels that were packed before, as [`pack`](Self::pack) does.
    pub(crate) fn packed(b: &'b [T], [depth, columns]: [usize; 2]) -> Self {
        let width = simd::covering_width::<T>(columns);
        Panels { b, row: width, panel: depth * width, columns, width }
    }

    /// Copies a matrix into panels, the last of which is filled up with zeros.
    fn pack(b: &[T], [depth, columns]: [usize; 2], strides: [usize; 2], width: usize, to: &mut [T]) {
        for (index, panel) in to.chunks_mut((depth * width).max(1)).take(columns.div_ceil(width)).enumerate() {
            let first = index * width;
            pack_rows(&b[first * strides[1]..], [depth, width.min(columns - first)], strides, width, panel);
        }
    }
}

/// Copies `depth` rows of one panel.
pub(crate) fn pack_rows<T: Real>(
    b: &[T],
    [depth, columns]: [usize; 2],
    [row, column]: [usize; 2],
    width: usize,
    panel: &mut [T],
) {
    for (k, to) in panel.chunks_exact_mut(width).take(depth).enumerate() {
        let (to, rest) = to.split_at_mut(columns);
        if column == 1 {
            to.copy_from_slice(&b[k * row..][..columns]);
        } else {
            to.iter_mut().enumerate().for_each(|(j, to)| *to = b[k * row + j * column]);
        }
        rest.fill(T::zero());
    }
}

/// What becomes of a sum before it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Epilogue<'a, T> {
    /// Added to each row.
    pub(crate) bias: Option<&'a [T]>,
    /// Whether negative numbers become zero.
    pub(crate) relu: bool,
}

impl<T> Epilogue<'_, T> {
    /// Sums are written as they are.
    pub(crate) const NONE: Self = Epilogue { bias: None, relu: false };
}

impl<T: Real> Epilogue<'_, T> {
    #[inline(always)]
    pub(crate) fn write<const NR: usize>(&self, mut sums: [T; NR], column: usize, to: &mut [T]) {
        if let Some(bias) = self.bias {
            match bias[column..].first_chunk::<NR>() {
                Some(bias) => sums.iter_mut().zip(bias).for_each(|(s, b)| *s += *b),
                None => sums.iter_mut().zip(&bias[column..]).for_each(|(s, b)| *s += *b),
            }
        }
        if self.relu {
            sums.iter_mut().for_each(|s| *s = if *s < T::zero() { T::zero() } else { *s });
        }
        match to.first_chunk_mut::<NR>() {
            Some(to) => *to = sums,
            None => to.copy_from_slice(&sums[..to.len()]),
        }
    }
}

/// `c = a · b`, where rows of `c` are `stride` apart.
pub(crate) struct Product<'a, T, A> {
    pub(crate) a: &'a A,
    pub(crate) b: Panels<'a, T>,
    pub(crate) rows: usize,
    pub(crate) epilogue: Epilogue<'a, T>,
    pub(crate) c: &'a mut [T],
    pub(crate) stride: usize,
}

impl<T: Real, A: Rows<T>> Product<'_, T, A> {
    pub(crate) fn compute(self) {
        simd::run(self.b.width, self);
    }
}

impl<T: Real, A: Rows<T>> Kernel<T> for Product<'_, T, A> {
    #[inline(always)]
    fn run<const MR: usize, const NR: usize, const FMA: bool>(self) {
        for column in (0..self.b.columns).step_by(NR) {
            let panel = &self.b.b[column / NR * self.b.panel..];
            let width = NR.min(self.b.columns - column);
            for first in (0..self.rows).step_by(MR) {
                let mut sums = [[T::zero(); NR]; MR];
                self.a.each_run::<MR>(first, |rows, k| {
                    accumulate::<T, MR, NR, FMA>(&mut sums, rows, &panel[k * self.b.row..], self.b.row);
                });
                for (r, sums) in sums.into_iter().enumerate().take(self.rows - first) {
                    let to = &mut self.c[(first + r) * self.stride + column..][..width];
                    self.epilogue.write(sums, column, to);
                }
            }
        }
    }
}

/// `sums += rows · b`, where rows of `b` are `stride` apart.
#[inline(always)]
fn accumulate<T: Real, const MR: usize, const NR: usize, const FMA: bool>(
    sums: &mut [[T; NR]; MR],
    rows: [&[T]; MR],
    b: &[T],
    stride: usize,
) {
    let depth = rows[0].len();
    let rows = rows.map(|r| &r[..depth]);
    let mut block = *sums;
    for (k, b) in (0..depth).zip(b.chunks(stride)) {
        let Some(b) = b.first_chunk::<NR>() else { break };
        for r in 0..MR {
            let a = rows[r][k];
            for j in 0..NR {
                block[r][j] = multiply_add::<T, FMA>(a, b[j], block[r][j]);
            }
        }
    }
    *sums = block;
}

/// `c += aᵀ · b` over `terms` rows of `a` and `b` that are `a_stride` and `b_stride` apart.
pub(crate) struct TransposedProduct<'a, T> {
    pub(crate) a: &'a [T],
    pub(crate) a_stride: usize,
    pub(crate) b: &'a [T],
    pub(crate) b_stride: usize,
    pub(crate) terms: usize,
    /// Rows and columns of `c`.
    pub(crate) size: [usize; 2],
    pub(crate) c: &'a mut [T],
    pub(crate) stride: usize,
}

impl<T: Real> TransposedProduct<'_, T> {
    pub(crate) fn compute(self) {
        simd::run(simd::fitting_width::<T>(self.size[1]), self);
    }
}

impl<T: Real> Kernel<T> for TransposedProduct<'_, T> {
    #[inline(always)]
    fn run<const MR: usize, const NR: usize, const FMA: bool>(self) {
        let [rows, columns] = self.size;
        for block in blocks(columns, NR) {
            let b = &self.b[block.first..];
            let mut row = 0;
            while row < rows {
                let c = &mut self.c[row * self.stride + block.first..];
                let a = &self.a[row..];
                if row + MR <= rows {
                    let sums = outer::<T, MR, NR, FMA>(a, self.a_stride, b, self.b_stride, self.terms);
                    add(&sums, c, self.stride, block.done);
                    row += MR;
                } else {
                    let sums = outer::<T, 1, NR, FMA>(a, self.a_stride, b, self.b_stride, self.terms);
                    add(&sums, c, self.stride, block.done);
                    row += 1;
                }
            }
        }
    }
}

/// Columns that a kernel computes together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    /// The first of them.
    pub(crate) first: usize,
    /// How many of them the block before computes too.
    pub(crate) done: usize,
}

/// Blocks of `width` columns that cover `columns` columns, which are no fewer; the last two may overlap.
#[inline(always)]
pub(crate) fn blocks(columns: usize, width: usize) -> impl Iterator<Item = Block> {
    (0..columns).step_by(width).map(move |column| {
        let first = column.min(columns.saturating_sub(width));
        Block { first, done: column - first }
    })
}

/// The sum of the products of `MR` elements of each row of `a` with `NR` elements of each row of `b`.
#[inline(always)]
fn outer<T: Real, const MR: usize, const NR: usize, const FMA: bool>(
    a: &[T],
    a_stride: usize,
    b: &[T],
    b_stride: usize,
    terms: usize,
) -> [[T; NR]; MR] {
    let mut sums = [[T::zero(); NR]; MR];
    for (a, b) in a.chunks(a_stride).zip(b.chunks(b_stride)).take(terms) {
        let (Some(a), Some(b)) = (a.first_chunk::<MR>(), b.first_chunk::<NR>()) else { break };
        for r in 0..MR {
            for j in 0..NR {
                sums[r][j] = multiply_add::<T, FMA>(a[r], b[j], sums[r][j]);
            }
        }
    }
    sums
}

/// Adds sums to `c`, without the columns that were added before.
#[inline(always)]
fn add<T: Real, const MR: usize, const NR: usize>(sums: &[[T; NR]; MR], c: &mut [T], stride: usize, done: usize) {
    for (r, sums) in sums.iter().enumerate() {
        let to = &mut c[r * stride..][..NR];
        to[done..].iter_mut().zip(&sums[done..]).for_each(|(c, s)| *c += *s);
    }
}
