//! Windows that slide along spatial axes: the one arithmetic behind convolution and pooling.

use crate::operation::TensorType;
use std::ops::Range;

/// How a window slides along one spatial axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Elements that the window takes in.
    pub size: usize,
    /// Distance between two positions of the window.
    pub stride: usize,
    /// Distance between two elements that the window takes in.
    pub dilation: usize,
    /// Elements of padding before the input.
    pub before: usize,
    /// Elements of padding after the input.
    pub after: usize,
}

impl Window {
    /// A window of one element that takes every position.
    pub const UNIT: Window = Window { size: 1, stride: 1, dilation: 1, before: 0, after: 0 };

    /// Whether the window only passes its input on.
    pub(crate) fn is_unit(&self) -> bool {
        self.size == 1 && self.stride == 1 && self.before == 0 && self.after == 0
    }

    /// Elements from the first that the window takes in to the last: `(size - 1) · dilation + 1`.
    #[inline]
    pub fn span(&self) -> usize {
        self.size.saturating_sub(1).saturating_mul(self.dilation).saturating_add(1)
    }

    /// Positions of the window along an axis of `input` elements; `None` if there are none.
    pub fn output(&self, input: usize) -> Option<usize> {
        let padded = input.checked_add(self.before)?.checked_add(self.after)?;
        let room = padded.checked_sub(self.span())?;
        (self.size > 0 && self.dilation > 0).then_some(room.checked_div(self.stride)?.checked_add(1)?)
    }

    /// The elements of the window at position `output` that lie inside an input of `input` elements.
    #[inline(always)]
    pub(crate) fn taps(&self, output: usize, input: usize) -> Range<usize> {
        let start = output * self.stride;
        let first = self.before.saturating_sub(start).div_ceil(self.dilation).min(self.size);
        let end = (input + self.before).saturating_sub(start).div_ceil(self.dilation).min(self.size);
        first..end.max(first)
    }

    /// Where element `tap` of the window at position `output` lies, for those that [`taps`](Self::taps) allows.
    #[inline(always)]
    pub(crate) fn source(&self, output: usize, tap: usize) -> usize {
        output * self.stride + tap * self.dilation - self.before
    }

    /// The position, of `outputs`, at which element `tap` of the window lies on `input`.
    #[inline(always)]
    pub(crate) fn position(&self, input: usize, tap: usize, outputs: usize) -> Option<usize> {
        let distance = (input + self.before).checked_sub(tap * self.dilation)?;
        let position = distance / self.stride;
        (position * self.stride == distance && position < outputs).then_some(position)
    }
}

/// Spatial axes that windows can slide along at once.
pub(crate) const AXES: usize = 3;

/// A place along all spatial axes; the ones that a tensor does not have come first and are of length 1.
pub(crate) type Place = [usize; AXES];

/// Windows over the spatial axes of a `[batch, spatial.., channels]` tensor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sliding {
    pub(crate) windows: [Window; AXES],
    pub(crate) input: Place,
    pub(crate) output: Place,
}

impl Sliding {
    /// Windows over axes of these lengths.
    pub(crate) fn new(windows: &[Window], lengths: &[usize]) -> Result<Self, String> {
        let rank = windows.len();
        if rank == 0 || rank > AXES {
            return Err(format!("windows over {rank} spatial axes, expected 1 to {AXES}"));
        }
        if lengths.len() != rank {
            return Err(format!("{} spatial axes, expected {rank} as there are windows", lengths.len()));
        }
        let mut sliding = Sliding { windows: [Window::UNIT; AXES], input: [1; AXES], output: [1; AXES] };
        for (axis, (window, length)) in windows.iter().zip(lengths).enumerate() {
            let at = AXES - rank + axis;
            let output = window.output(*length).ok_or_else(|| no_room(axis, window, *length))?;
            (sliding.windows[at], sliding.input[at], sliding.output[at]) = (*window, *length, output);
        }
        Ok(sliding)
    }

    /// Windows over the spatial axes of a tensor `[batch, spatial.., channels]`.
    pub(crate) fn over(windows: &[Window], x: &TensorType) -> Result<Self, String> {
        match x.shape.as_slice() {
            [_, spatial @ .., _] if spatial.len() == windows.len() => Self::new(windows, spatial),
            _ => Err(format!("takes [batch, {} spatial axes, channels], found {x}", windows.len())),
        }
    }

    /// Elements of one window.
    pub(crate) fn taps(&self) -> usize {
        self.windows.iter().map(|w| w.size).product()
    }

    /// Places in one sample of the input.
    pub(crate) fn inputs(&self) -> usize {
        self.input.iter().product()
    }

    /// Places in one sample of the output.
    pub(crate) fn outputs(&self) -> usize {
        self.output.iter().product()
    }

    /// Whether the windows only pass their input on.
    pub(crate) fn is_identity(&self) -> bool {
        self.windows.iter().all(Window::is_unit)
    }

    /// Calls `f(tap, input)` with the indices of all elements of the window at `output` that lie inside the input.
    #[inline(always)]
    pub(crate) fn each_tap(&self, output: Place, mut f: impl FnMut(usize, usize)) {
        let [a, b, c] = &self.windows;
        let inner = c.taps(output[2], self.input[2]);
        for i in a.taps(output[0], self.input[0]) {
            let plane = a.source(output[0], i) * self.input[1];
            for j in b.taps(output[1], self.input[1]) {
                let line = (plane + b.source(output[1], j)) * self.input[2];
                for k in inner.clone() {
                    f((i * b.size + j) * c.size + k, line + c.source(output[2], k));
                }
            }
        }
    }

    /// Calls `f(tap, output)` for all windows and their elements that lie on the place `input`.
    #[inline(always)]
    pub(crate) fn each_position(&self, input: Place, mut f: impl FnMut(usize, usize)) {
        let [a, b, c] = &self.windows;
        for i in 0..a.size {
            let Some(plane) = a.position(input[0], i, self.output[0]) else { continue };
            for j in 0..b.size {
                let Some(line) = b.position(input[1], j, self.output[1]) else { continue };
                for k in 0..c.size {
                    if let Some(place) = c.position(input[2], k, self.output[2]) {
                        f((i * b.size + j) * c.size + k, (plane * self.output[1] + line) * self.output[2] + place);
                    }
                }
            }
        }
    }
}

/// The place at a row-major index.
#[inline(always)]
pub(crate) fn place(index: usize, lengths: Place) -> Place {
    let [_, b, c] = lengths;
    [index / (b * c), index / c % b, index % c]
}

fn no_room(axis: usize, window: &Window, length: usize) -> String {
    let Window { size, stride, dilation, before, after } = window;
    format!(
        "a window of {size} (stride {stride}, dilation {dilation}) has no room along spatial axis {axis}: {length} \
         elements with {before} of padding before and {after} after, expected at least {}",
        window.span()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_counted_with_padding_stride_and_dilation() {
        let window = Window { size: 3, stride: 2, dilation: 2, before: 1, after: 2 };
        assert_eq!(window.span(), 5);
        assert_eq!(window.output(6), Some(3));
        assert_eq!(window.output(2), Some(1));
        assert_eq!(window.output(1), None);
        assert_eq!(Window { stride: 0, ..window }.output(6), None);
        assert_eq!(Window { size: 0, ..window }.output(6), None);
        assert_eq!(Window { before: usize::MAX, ..window }.output(6), None);
    }

    #[test]
    fn taps_and_positions_agree_with_the_definition() {
        for (size, stride, dilation) in [(1, 1, 1), (3, 1, 1), (3, 2, 1), (2, 3, 2), (4, 2, 3)] {
            for (before, after, input) in [(0, 0, 10), (2, 1, 9), (7, 9, 4), (20, 20, 1)] {
                let window = Window { size, stride, dilation, before, after };
                let Some(outputs) = window.output(input) else { continue };
                for output in 0..outputs {
                    let taps = window.taps(output, input);
                    for tap in 0..size {
                        let at = (output * stride + tap * dilation).checked_sub(before).filter(|i| *i < input);
                        assert_eq!(taps.contains(&tap), at.is_some());
                        if let Some(at) = at {
                            assert_eq!(window.source(output, tap), at);
                            assert_eq!(window.position(at, tap, outputs), Some(output));
                        }
                    }
                }
            }
        }
    }
}
