//! Products of matrices whose rows may lie anywhere, without a copy of the left-hand side.

#![allow(clippy::needless_range_loop, reason = "kernels rely on inlining, which iterators do not promise")]

use crate::simd::{self, Kernel, Vector, Vectors};

/// Work of as many multiplications and additions in vectors, in units of one plain addition.
pub(crate) fn work(macs: usize) -> usize {
    const MACS: usize = 64;
    macs.div_ceil(MACS)
}

/// The left-hand side of a product: rows that are runs of consecutive elements.
pub(crate) trait Rows<T: Vectors> {
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

impl<T: Vectors> Rows<T> for Strided<'_, T> {
    #[inline(always)]
    fn each_run<'s, const MR: usize>(&'s self, first: usize, mut f: impl FnMut([&'s [T]; MR], usize)) {
        let mut rows = [self.a; MR];
        for r in 0..MR {
            rows[r] = &self.a[(first + r).min(self.count - 1) * self.stride..][..self.depth];
        }
        f(rows, 0);
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

impl<'b, T: Vectors> Panels<'b, T> {
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
        if depth == 0 {
            return Panels { b: &[], row: width, panel: 0, columns, width };
        }
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
pub(crate) fn pack_rows<T: Vectors>(
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

    /// Whether sums are written as they are.
    pub(crate) fn is_none(&self) -> bool {
        self.bias.is_none() && !self.relu
    }
}

impl<T: Vectors> Epilogue<'_, T> {
    /// Writes the sums of the columns from `column` on, as many as `to` takes.
    #[inline(always)]
    pub(crate) fn write<V: Vector<T>, const NV: usize>(&self, sums: &[V; NV], column: usize, to: &mut [T]) {
        for v in 0..NV {
            let first = v * V::LANES;
            if first + V::LANES <= to.len() {
                let mut sum = sums[v];
                if let Some(bias) = self.bias {
                    sum = sum.add(V::load(&bias[column + first..]));
                }
                if self.relu {
                    sum = V::splat(T::zero()).max(sum);
                }
                sum.store(&mut to[first..]);
            } else if first < to.len() {
                self.write_some(sums[v], column + first, &mut to[first..]);
            }
        }
    }

    /// Writes the first of a vector's lanes.
    #[inline(always)]
    fn write_some<V: Vector<T>>(&self, sums: V, column: usize, to: &mut [T]) {
        let mut lanes = [T::zero(); MOST_LANES];
        sums.store(&mut lanes);
        for j in 0..to.len() {
            self.write_one(lanes[j], column + j, &mut to[j]);
        }
    }

    /// Writes one sum.
    #[inline(always)]
    pub(crate) fn write_one(&self, mut sum: T, column: usize, to: &mut T) {
        if let Some(bias) = self.bias {
            sum += bias[column];
        }
        *to = if self.relu && sum < T::zero() { T::zero() } else { sum };
    }
}

/// Lanes of the longest vectors.
pub(crate) const MOST_LANES: usize = 16;

/// `c = a · b`, where rows of `c` are `stride` apart.
pub(crate) struct Product<'a, T, A> {
    pub(crate) a: &'a A,
    pub(crate) b: Panels<'a, T>,
    pub(crate) rows: usize,
    pub(crate) epilogue: Epilogue<'a, T>,
    pub(crate) c: &'a mut [T],
    pub(crate) stride: usize,
}

impl<T: Vectors, A: Rows<T>> Product<'_, T, A> {
    pub(crate) fn compute(self) {
        simd::run(self.b.width, self);
    }
}

impl<T: Vectors, A: Rows<T>> Kernel<T> for Product<'_, T, A> {
    #[inline(always)]
    fn run<V: Vector<T>, const MR: usize, const NV: usize>(self) {
        let mut column = 0;
        while column < self.b.columns {
            let panel = &self.b.b[column / (NV * V::LANES) * self.b.panel..];
            let width = (NV * V::LANES).min(self.b.columns - column);
            let mut first = 0;
            while first < self.rows {
                let mut sums = [[V::splat(T::zero()); NV]; MR];
                self.a.each_run::<MR>(
                    first,
                    #[inline(always)]
                    |rows, k| accumulate(&mut sums, rows, &panel[k * self.b.row..], self.b.row),
                );
                for r in 0..MR.min(self.rows - first) {
                    let to = &mut self.c[(first + r) * self.stride + column..][..width];
                    self.epilogue.write(&sums[r], column, to);
                }
                first += MR;
            }
            column += NV * V::LANES;
        }
    }
}

/// `sums += rows · b`, where rows of `b` are `stride` apart.
#[inline(always)]
fn accumulate<T: Vectors, V: Vector<T>, const MR: usize, const NV: usize>(
    sums: &mut [[V; NV]; MR],
    mut rows: [&[T]; MR],
    b: &[T],
    stride: usize,
) {
    let depth = rows[0].len();
    for r in 0..MR {
        rows[r] = &rows[r][..depth];
    }
    let mut block = *sums;
    for k in 0..depth {
        let b = load::<T, V, NV>(&b[k * stride..]);
        for r in 0..MR {
            let a = V::splat(rows[r][k]);
            for v in 0..NV {
                block[r][v] = a.multiply_add(b[v], block[r][v]);
            }
        }
    }
    *sums = block;
}

/// The first vectors of a slice.
#[inline(always)]
pub(crate) fn load<T: Vectors, V: Vector<T>, const NV: usize>(from: &[T]) -> [V; NV] {
    let from = &from[..NV * V::LANES];
    let mut vectors = [V::splat(T::zero()); NV];
    for v in 0..NV {
        vectors[v] = V::load(&from[v * V::LANES..]);
    }
    vectors
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

impl<T: Vectors> TransposedProduct<'_, T> {
    pub(crate) fn compute(self) {
        simd::run(simd::fitting_width::<T>(self.size[1]), self);
    }
}

impl<T: Vectors> Kernel<T> for TransposedProduct<'_, T> {
    #[inline(always)]
    fn run<V: Vector<T>, const MR: usize, const NV: usize>(self) {
        let [rows, columns] = self.size;
        let mut block = Block::first(columns, NV * V::LANES);
        while let Some(Block { first, done, .. }) = block {
            let b = &self.b[first..];
            let mut row = 0;
            while row < rows {
                let c = &mut self.c[row * self.stride + first..];
                let a = &self.a[row..];
                if row + MR <= rows {
                    let sums = outer::<T, V, MR, NV>(a, self.a_stride, b, self.b_stride, self.terms);
                    add(&sums, c, self.stride, done);
                    row += MR;
                } else {
                    let sums = outer::<T, V, 1, NV>(a, self.a_stride, b, self.b_stride, self.terms);
                    add(&sums, c, self.stride, done);
                    row += 1;
                }
            }
            block = block.and_then(Block::next);
        }
    }
}

/// Columns that a kernel computes together; the last of them may overlap with those before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    columns: usize,
    width: usize,
    /// The first of them.
    pub(crate) first: usize,
    /// How many of them the block before computes too.
    pub(crate) done: usize,
}

impl Block {
    /// The first of the blocks of `width` columns that cover `columns` columns, which are no fewer.
    #[inline(always)]
    pub(crate) fn first(columns: usize, width: usize) -> Option<Self> {
        if columns < width { None } else { Some(Block { columns, width, first: 0, done: 0 }) }
    }

    /// The next one.
    #[inline(always)]
    pub(crate) fn next(self) -> Option<Self> {
        let column = self.first + self.width;
        if column >= self.columns {
            return None;
        }
        let first = column.min(self.columns - self.width);
        Some(Block { first, done: column - first, ..self })
    }
}

/// The sum of the products of `MR` elements of each row of `a` with some vectors of each row of `b`.
#[inline(always)]
fn outer<T: Vectors, V: Vector<T>, const MR: usize, const NV: usize>(
    a: &[T],
    a_stride: usize,
    b: &[T],
    b_stride: usize,
    terms: usize,
) -> [[V; NV]; MR] {
    let mut sums = [[V::splat(T::zero()); NV]; MR];
    for term in 0..terms {
        let a = &a[term * a_stride..][..MR];
        let b = load::<T, V, NV>(&b[term * b_stride..]);
        for r in 0..MR {
            let a = V::splat(a[r]);
            for v in 0..NV {
                sums[r][v] = a.multiply_add(b[v], sums[r][v]);
            }
        }
    }
    sums
}

/// Adds sums to `c`, without the columns that were added before.
#[inline(always)]
fn add<T: Vectors, V: Vector<T>, const MR: usize, const NV: usize>(
    sums: &[[V; NV]; MR],
    c: &mut [T],
    stride: usize,
    done: usize,
) {
    for r in 0..MR {
        add_row(&sums[r], &mut c[r * stride..], done);
    }
}

/// Adds vectors to `to`, without the first `done` columns.
#[inline(always)]
pub(crate) fn add_row<T: Vectors, V: Vector<T>, const NV: usize>(sums: &[V; NV], to: &mut [T], done: usize) {
    for v in 0..NV {
        let first = v * V::LANES;
        let to = &mut to[first..][..V::LANES];
        if done <= first {
            V::load(to).add(sums[v]).store(to);
        } else {
            let mut lanes = [T::zero(); MOST_LANES];
            sums[v].store(&mut lanes);
            for j in done - first..V::LANES {
                to[j] += lanes[j];
            }
        }
    }
}
