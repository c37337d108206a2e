//! Where the elements of a tensor lie in the memory of another: repeated, permuted, reversed or sliced.

use super::product;

/// The most axes a tensor may have.
pub(crate) const MAX_RANK: usize = 16;

/// Walks over a shape in row-major order and tells where each element lies in memory with other strides.
///
/// Neighbouring axes that lie one after the other are walked as one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk {
    rank: usize,
    lens: [usize; MAX_RANK],
    strides: [isize; MAX_RANK],
    base: usize,
}

impl Walk {
    /// A walk over `shape` through a tensor of shape `from` that broadcasts to it.
    pub(crate) fn new(from: &[usize], shape: &[usize]) -> Self {
        let strides = row_major(from);
        let added = shape.len() - from.len();
        let stride = |axis: usize| match axis.checked_sub(added) {
            Some(i) if from[i] != 1 => strides[i],
            _ => 0,
        };
        Self::along(0, shape.iter().enumerate().map(|(axis, len)| (*len, stride(axis))))
    }

    /// A walk along axes of these lengths and strides, outermost first, from the offset `base`.
    pub(crate) fn along(base: usize, axes: impl Iterator<Item = (usize, isize)>) -> Self {
        let mut walk = Walk { rank: 0, lens: [1; MAX_RANK], strides: [0; MAX_RANK], base };
        for (len, stride) in axes.filter(|(len, _)| *len != 1) {
            match walk.rank.checked_sub(1) {
                Some(last) if walk.strides[last] == stride * len as isize => {
                    walk.lens[last] *= len;
                    walk.strides[last] = stride;
                }
                _ => {
                    walk.lens[walk.rank] = len;
                    walk.strides[walk.rank] = stride;
                    walk.rank += 1;
                }
            }
        }
        walk
    }

    /// Number of positions.
    pub(crate) fn len(&self) -> usize {
        product(&self.lens[..self.rank])
    }

    /// Calls `f(k, offset, stride, run)` for stretches of `run` positions that lie `stride` apart, which together are
    /// the `count` positions from `start` on.
    pub(crate) fn runs(&self, start: usize, count: usize, mut f: impl FnMut(usize, usize, isize, usize)) {
        let Some(last) = self.rank.checked_sub(1) else {
            if count > 0 {
                f(0, self.base, 0, count);
            }
            return;
        };
        let (mut at, mut offset, mut rest) = ([0; MAX_RANK], self.base as isize, start);
        for axis in (0..self.rank).rev() {
            at[axis] = rest % self.lens[axis].max(1);
            rest /= self.lens[axis].max(1);
            offset += at[axis] as isize * self.strides[axis];
        }
        let mut k = 0;
        while k < count {
            let run = (self.lens[last] - at[last]).min(count - k);
            f(k, offset as usize, self.strides[last], run);
            k += run;
            offset += (run as isize - 1) * self.strides[last];
            at[last] += run - 1;
            offset += self.advance(&mut at);
        }
    }

    /// Moves to the next position; returns how far that is.
    fn advance(&self, at: &mut [usize; MAX_RANK]) -> isize {
        let mut moved = 0;
        for axis in (0..self.rank).rev() {
            at[axis] += 1;
            moved += self.strides[axis];
            if at[axis] < self.lens[axis] {
                break;
            }
            moved -= self.lens[axis] as isize * self.strides[axis];
            at[axis] = 0;
        }
        moved
    }

    /// Calls `f(k, offset)` for the `count` positions from `start` on.
    pub(crate) fn each(&self, start: usize, count: usize, mut f: impl FnMut(usize, usize)) {
        self.runs(start, count, |k, offset, stride, run| {
            for j in 0..run {
                f(k + j, (offset as isize + j as isize * stride) as usize);
            }
        });
    }

    /// Replaces each element of `y` by `f` of it and the element of `x` at its position, from `start` on.
    pub(crate) fn combine<T: Copy>(&self, x: &[T], start: usize, y: &mut [T], f: impl Fn(T, T) -> T) {
        self.runs(start, y.len(), |k, offset, stride, run| {
            let y = &mut y[k..k + run];
            match stride {
                0 => {
                    let x = x[offset];
                    y.iter_mut().for_each(|y| *y = f(*y, x));
                }
                1 => y.iter_mut().zip(&x[offset..offset + run]).for_each(|(y, x)| *y = f(*y, *x)),
                _ => {
                    let at = |j: usize| (offset as isize + j as isize * stride) as usize;
                    y.iter_mut().enumerate().for_each(|(j, y)| *y = f(*y, x[at(j)]));
                }
            }
        });
    }

    /// Length of the last axis, if elements that neighbour each other in memory are on the axis before it.
    pub(crate) fn crossing(&self) -> Option<usize> {
        let [.., before, last] = self.strides[..self.rank] else { return None };
        (before == 1 && last > 1).then(|| self.lens[self.rank - 1])
    }

    /// [`copy`](Self::copy) of whole rows of a [crossing](Self::crossing) walk, square by square, so that what is
    /// brought to the nearest cache is used up.
    pub(crate) fn copy_crossing<T: Copy>(&self, x: &[T], start: usize, y: &mut [T]) {
        const SIDE: usize = 16;
        let (columns, stride) = (self.lens[self.rank - 1], self.strides[self.rank - 1] as usize);
        let outer = Walk { rank: self.rank - 1, ..*self };
        let (first, rows) = (start / columns, y.len() / columns);
        outer.runs(first, rows, |row, offset, _, run| {
            for rows in (0..run).step_by(SIDE) {
                for left in (0..columns).step_by(SIDE) {
                    for k in rows..run.min(rows + SIDE) {
                        let right = columns.min(left + SIDE);
                        let y = &mut y[(row + k) * columns..][left..right];
                        let x = x[offset + k + left * stride..].iter().step_by(stride);
                        y.iter_mut().zip(x).for_each(|(y, x)| *y = *x);
                    }
                }
            }
        });
    }

    /// Fills `y` with the elements of `x` at the positions from `start` on.
    pub(crate) fn copy<T: Copy>(&self, x: &[T], start: usize, y: &mut [T]) {
        self.runs(start, y.len(), |k, offset, stride, run| {
            let y = &mut y[k..k + run];
            match stride {
                0 => y.fill(x[offset]),
                1 => y.copy_from_slice(&x[offset..offset + run]),
                2.. => y.iter_mut().zip(x[offset..].iter().step_by(stride as usize)).for_each(|(y, x)| *y = *x),
                _ => {
                    let x = x[..=offset].iter().rev().step_by(stride.unsigned_abs());
                    y.iter_mut().zip(x).for_each(|(y, x)| *y = *x);
                }
            }
        });
    }
}

/// Strides of a row-major tensor.
pub(crate) fn row_major(shape: &[usize]) -> [isize; MAX_RANK] {
    let mut strides = [1; MAX_RANK];
    for axis in (0..shape.len().saturating_sub(1)).rev() {
        strides[axis] = strides[axis + 1] * shape[axis + 1] as isize;
    }
    strides
}
