//! The windows of a convolution as rows of a matrix, read where they lie.

#![allow(clippy::needless_range_loop, reason = "kernels rely on inlining, which iterators do not promise")]

use super::geometry::Geometry;
use crate::ops::window::{AXES, Place, Window, place};
use crate::product::Rows;
use crate::simd::Vectors;

/// What the windows at some positions take in, one row a position, channels of one group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Windows<'a, T> {
    pub(crate) g: &'a Geometry,
    pub(crate) x: &'a [T],
    /// As many zeros as a group has channels: what the padding holds.
    pub(crate) zeros: &'a [T],
    /// First channel of the group.
    pub(crate) channel: usize,
    /// Channels that are read at each place.
    pub(crate) channels: usize,
    /// Position, in the whole batch, of the first row.
    pub(crate) start: usize,
    /// Number of rows.
    pub(crate) count: usize,
}

/// `MR` windows beside each other.
pub(crate) struct Group<const MR: usize> {
    /// Index of the first element of each window, wrapped around where that is padding.
    first: [usize; MR],
    /// The same along each axis.
    corner: [Place; MR],
    /// Sample of each window.
    sample: [usize; MR],
    /// Whether no window takes in padding.
    pub(crate) inside: bool,
}

impl<'a, T: Vectors> Windows<'a, T> {
    /// The windows of the rows from `row` on.
    #[inline(always)]
    pub(crate) fn group<const MR: usize>(&self, row: usize) -> Group<MR> {
        let sliding = &self.g.sliding;
        let begin = self.start + row.min(self.count - 1);
        let (sample, at) = (begin / sliding.outputs(), place(begin % sliding.outputs(), sliding.output));
        let mut group = Group { first: [0; MR], corner: [[0; AXES]; MR], sample: [0; MR], inside: true };
        let one_line = row + MR <= self.count && at[AXES - 1] + MR <= sliding.output[AXES - 1];
        if one_line && self.fill_line(&mut group, sample, at) {
            return group;
        }
        self.fill(&mut group, sample, at, self.count - 1 - row.min(self.count - 1));
        group
    }

    /// Fills in windows that are in one line, unless some of them take in padding.
    #[inline(always)]
    fn fill_line<const MR: usize>(&self, group: &mut Group<MR>, sample: usize, at: Place) -> bool {
        let sliding = &self.g.sliding;
        let mut first = sample;
        for axis in 0..AXES {
            let (window, length) = (&sliding.windows[axis], sliding.input[axis]);
            let corner = (at[axis] * window.stride).wrapping_sub(window.before);
            let last = if axis == AXES - 1 { (MR - 1) * window.stride } else { 0 };
            if corner >= length || corner + last + window.span() > length {
                return false;
            }
            first = first * length + corner;
        }
        for r in 0..MR {
            group.first[r] = (first + r * sliding.windows[AXES - 1].stride) * self.g.cin + self.channel;
        }
        true
    }

    /// Fills in any windows, of which the ones after `last` are the one at `last`.
    #[inline(always)]
    fn fill<const MR: usize>(&self, group: &mut Group<MR>, mut sample: usize, mut at: Place, last: usize) {
        let sliding = &self.g.sliding;
        for r in 0..MR {
            let mut first = sample;
            for axis in 0..AXES {
                let (window, length) = (&sliding.windows[axis], sliding.input[axis]);
                let corner = (at[axis] * window.stride).wrapping_sub(window.before);
                group.inside &= corner < length && corner + window.span() <= length;
                group.corner[r][axis] = corner;
                first = first.wrapping_mul(length).wrapping_add(corner);
            }
            group.first[r] = first.wrapping_mul(self.g.cin).wrapping_add(self.channel);
            group.sample[r] = sample;
            if r < last {
                advance(&mut at, &mut sample, sliding.output);
            }
        }
    }

    /// The channels that element `tap` of each window takes in, from `channel` of the group on.
    #[inline(always)]
    pub(crate) fn tap<const MR: usize>(
        &self,
        group: &Group<MR>,
        tap: Place,
        channel: usize,
        len: usize,
    ) -> [&'a [T]; MR] {
        let sliding = &self.g.sliding;
        let mut offsets = tap;
        for axis in 0..AXES {
            offsets[axis] *= sliding.windows[axis].dilation;
        }
        let mut rows = [self.zeros; MR];
        if group.inside {
            let [_, b, c] = sliding.input;
            let offset = ((offsets[0] * b + offsets[1]) * c + offsets[2]) * self.g.cin + channel;
            for r in 0..MR {
                rows[r] = &self.x[group.first[r] + offset..][..len];
            }
        } else {
            for r in 0..MR {
                rows[r] = self.padded(group, r, offsets, channel, len);
            }
        }
        rows
    }

    /// What window `r` takes in at some distance from its first element, which may be padding.
    #[inline(always)]
    fn padded<const MR: usize>(
        &self,
        group: &Group<MR>,
        r: usize,
        offsets: Place,
        channel: usize,
        len: usize,
    ) -> &'a [T] {
        let input = self.g.sliding.input;
        let mut index = group.sample[r];
        for axis in 0..AXES {
            let at = group.corner[r][axis].wrapping_add(offsets[axis]);
            if at >= input[axis] {
                return &self.zeros[..len];
            }
            index = index * input[axis] + at;
        }
        &self.x[index * self.g.cin + self.channel + channel..][..len]
    }
}

/// Moves on to the next place, in the next sample after the last.
#[inline(always)]
fn advance(at: &mut Place, sample: &mut usize, lengths: Place) {
    for axis in (0..AXES).rev() {
        at[axis] += 1;
        if at[axis] < lengths[axis] {
            return;
        }
        at[axis] = 0;
    }
    *sample += 1;
}

impl<T: Vectors> Rows<T> for Windows<'_, T> {
    #[inline(always)]
    fn each_run<'s, const MR: usize>(&'s self, first: usize, mut f: impl FnMut([&'s [T]; MR], usize)) {
        let group = self.group::<MR>(first);
        let [a, b, c] = &self.g.sliding.windows;
        let joined = group.inside && c.dilation == 1 && self.channels == self.g.cin;
        let (inner, channels) = if joined { (1, self.channels * c.size) } else { (c.size, self.channels) };
        for i in 0..a.size {
            for j in 0..b.size {
                for k in 0..inner {
                    let tap = (i * b.size + j) * c.size + k;
                    f(self.tap(&group, [i, j, k], 0, channels), tap * self.channels);
                }
            }
        }
    }
}

/// The positions whose windows take in places of one line, one row a place, channels of one group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Positions<'a, T> {
    pub(crate) g: &'a Geometry,
    /// The sample.
    pub(crate) y: &'a [T],
    /// As many zeros as a group has channels.
    pub(crate) zeros: &'a [T],
    /// First channel of the group.
    pub(crate) channel: usize,
    /// Channels that are read at each position.
    pub(crate) channels: usize,
    /// Place of the first row; the others follow along the last axis, as far apart as positions are.
    pub(crate) start: Place,
}

impl<T: Vectors> Rows<T> for Positions<'_, T> {
    #[inline(always)]
    fn each_run<'s, const MR: usize>(&'s self, first: usize, mut f: impl FnMut([&'s [T]; MR], usize)) {
        let sliding = &self.g.sliding;
        let [a, b, c] = &sliding.windows;
        for i in 0..a.size {
            let Some(plane) = a.position(self.start[0], i, sliding.output[0]) else { continue };
            for j in 0..b.size {
                let Some(line) = b.position(self.start[1], j, sliding.output[1]) else { continue };
                let line = (plane * sliding.output[1] + line) * sliding.output[2];
                for k in 0..c.size {
                    let Some(distance) = steps(c, self.start[2], k) else { continue };
                    let mut rows = [self.zeros; MR];
                    for r in 0..MR {
                        let position = distance.wrapping_add_unsigned(first + r).cast_unsigned();
                        if position < sliding.output[2] {
                            rows[r] = &self.y[(line + position) * self.g.cout + self.channel..][..self.channels];
                        }
                    }
                    f(rows, ((i * b.size + j) * c.size + k) * self.channels);
                }
            }
        }
    }
}

/// Position, which may be before the first, at which element `tap` of the window lies on `input`.
#[inline(always)]
fn steps(window: &Window, input: usize, tap: usize) -> Option<isize> {
    let (ahead, behind) = (input + window.before, tap * window.dilation);
    let distance = ahead.abs_diff(behind);
    let steps = (distance / window.stride) as isize;
    distance.is_multiple_of(window.stride).then_some(if ahead < behind { -steps } else { steps })
}
