//! The largest element and the mean of windows, channel by channel.

use super::window::{Sliding, Window, place};
use super::{one_real, two_real};
use crate::buffer::Real;
use crate::operation::{Differentiated, Io, Operation, OperationError, TensorType};
use crate::parallel::{for_each_chunk, task_rows};
use crate::value::Value;
use crate::with_real;
use num_traits::{Float, Zero};

/// Fewest rows of a task.
const LEAST_TASK: usize = 16;

/// Channels whose maxima are tracked at a time.
const LANES: usize = 64;

/// The largest element of each window over `[batch, spatial.., channels]`; padding never wins.
///
/// NaN if an element of the window is, negative infinity where a window takes in nothing but padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaxPool(pub Vec<Window>);

/// The mean of each window over `[batch, spatial.., channels]`; padding is not counted.
///
/// Zero where a window takes in nothing but padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AveragePool(pub Vec<Window>);

/// The gradient of [`MaxPool`] from its input and the gradient of its output: to the first largest element.
#[derive(Clone, Debug)]
struct MaxPoolGradient(Vec<Window>);

/// The gradient of [`AveragePool`] from the gradient of its output, to an input of these spatial lengths.
#[derive(Clone, Debug)]
struct AveragePoolGradient(Vec<Window>, Vec<usize>);

fn pooled(windows: &[Window], x: &TensorType) -> Result<Vec<TensorType>, String> {
    let sliding = Sliding::over(windows, x)?;
    let lengths = &sliding.output[sliding.output.len() - windows.len()..];
    Ok(vec![TensorType::new(x.dtype, [&x.shape[..1], lengths, &x.shape[x.shape.len() - 1..]].concat())])
}

fn channels(x: &TensorType) -> usize {
    x.shape.last().copied().unwrap_or(0)
}

/// The larger of two numbers; not a number if one is not.
#[inline(always)]
#[expect(clippy::eq_op, reason = "written so that it is computed in vectors")]
fn larger<T: Real>(new: T, best: T) -> T {
    if (new > best) | (new != new) { new } else { best }
}

impl Operation for MaxPool {
    fn name(&self) -> &'static str {
        "max_pool"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        pooled(&self.0, one_real(inputs)?)
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let x = io.inputs.tensor_type(0);
        let Ok(sliding) = Sliding::over(&self.0, x) else { return };
        with_real!(io.dtype(), T => {
            let input = io.inputs.get::<T>(0);
            for_each_window(&sliding, channels(x), input, io.outputs.get::<T>(0), |window, y| {
                y.fill(T::neg_infinity());
                window.each(|_, x| y.iter_mut().zip(x).for_each(|(y, x)| *y = larger(*x, *y)));
            })
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let x = at.inputs[0];
        vec![Some(x.graph().apply_one(MaxPoolGradient(self.0.clone()), &[x, at.gradient()]))]
    }
}

impl Operation for AveragePool {
    fn name(&self) -> &'static str {
        "average_pool"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        pooled(&self.0, one_real(inputs)?)
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let x = io.inputs.tensor_type(0);
        let Ok(sliding) = Sliding::over(&self.0, x) else { return };
        with_real!(io.dtype(), T => {
            let input = io.inputs.get::<T>(0);
            for_each_window(&sliding, channels(x), input, io.outputs.get::<T>(0), |window, y| {
                y.fill(T::zero());
                window.each(|_, x| y.iter_mut().zip(x).for_each(|(y, x)| *y += *x));
                let share = share::<T>(&sliding, window.position);
                y.iter_mut().for_each(|y| *y *= share);
            })
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let shape = at.inputs[0].shape();
        let lengths = shape[1..shape.len() - 1].to_vec();
        let dx = AveragePoolGradient(self.0.clone(), lengths);
        vec![Some(at.inputs[0].graph().apply_one(dx, &[at.gradient()]))]
    }
}

/// One over the elements of the window at `position` that are not padding.
#[inline]
fn share<T: Real>(sliding: &Sliding, position: usize) -> T {
    let at = place(position, sliding.output);
    let taps = (0..at.len()).map(|a| sliding.windows[a].taps(at[a], sliding.input[a]).len());
    T::one() / T::from_f64(taps.product::<usize>().max(1) as f64)
}

/// One position of a window in one sample.
struct At<'x, T> {
    sliding: &'x Sliding,
    x: &'x [T],
    channels: usize,
    position: usize,
}

impl<'x, T> At<'x, T> {
    /// Calls `f` with the place in the sample, and its channels, of every element that is not padding.
    #[inline(always)]
    fn each(&self, mut f: impl FnMut(usize, &'x [T])) {
        let at = place(self.position, self.sliding.output);
        self.sliding.each_tap(at, |_, input| f(input, &self.x[input * self.channels..][..self.channels]));
    }
}

/// Calls `f` with every window and the channels of its output.
fn for_each_window<T: Real>(
    sliding: &Sliding,
    channels: usize,
    x: &[T],
    y: &mut [T],
    f: impl Fn(At<'_, T>, &mut [T]) + Send + Sync,
) {
    if y.is_empty() {
        return;
    }
    let (outputs, sample_len) = (sliding.outputs(), sliding.inputs() * channels);
    let task = task_rows(y.len() / channels, LEAST_TASK);
    for_each_chunk(y, task * channels, sliding.taps(), |index, y| {
        for (row, y) in y.chunks_exact_mut(channels).enumerate() {
            let (sample, position) = ((index * task + row) / outputs, (index * task + row) % outputs);
            f(At { sliding, x: &x[sample * sample_len..][..sample_len], channels, position }, y);
        }
    });
}

impl Operation for MaxPoolGradient {
    fn name(&self) -> &'static str {
        "max_pool_gradient"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let (x, dy) = two_real(inputs)?;
        match pooled(&self.0, x)?.contains(dy) {
            true => Ok(vec![x.clone()]),
            false => Err(format!("{dy} is not the type of what {x} is pooled to")),
        }
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let x = io.inputs.tensor_type(0);
        let Ok(sliding) = Sliding::over(&self.0, x) else { return };
        let channels = channels(x);
        let (inputs, outputs) = (sliding.inputs() * channels, sliding.outputs() * channels);
        with_real!(io.dtype(), T => {
            let (x, dy) = (io.inputs.get::<T>(0), io.inputs.get::<T>(1));
            for_each_chunk(io.outputs.get::<T>(0), inputs, sliding.taps(), |sample, dx| {
                let (x, dy) = (&x[sample * inputs..][..inputs], &dy[sample * outputs..][..outputs]);
                dx.fill(T::zero());
                for (position, dy) in dy.chunks_exact(channels).enumerate() {
                    give_to_largest(&At { sliding: &sliding, x, channels, position }, dy, dx);
                }
            })
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let operation = self.name();
        let message = "has no gradient of its own: graphs are differentiated once".into();
        at.inputs[0].graph().fail(OperationError { operation, message });
        vec![None; 2]
    }
}

/// Adds each channel of `dy` to the first largest element of the window.
fn give_to_largest<T: Real>(window: &At<'_, T>, dy: &[T], dx: &mut [T]) {
    for (block, dy) in dy.chunks(LANES).enumerate() {
        let first = block * LANES;
        let mut best = [T::neg_infinity(); LANES];
        let mut left = [T::zero(); LANES];
        left[..dy.len()].copy_from_slice(dy);
        window.each(|_, x| best.iter_mut().zip(&x[first..]).for_each(|(best, x)| *best = larger(*x, *best)));
        window.each(|place, x| {
            let dx = dx[place * window.channels + first..].iter_mut().take(dy.len());
            for (((dx, x), best), left) in dx.zip(&x[first..]).zip(&best).zip(&mut left) {
                *dx += take_if_largest(*x, *best, left);
            }
        });
    }
}

/// What is left, taken away, if `x` is the largest element or not a number; else zero.
#[inline(always)]
#[expect(clippy::eq_op, reason = "written so that it is computed in vectors")]
fn take_if_largest<T: Real>(x: T, best: T, left: &mut T) -> T {
    let hit = (x == best) | (x != x);
    let (taken, kept) = if hit { (*left, T::zero()) } else { (T::zero(), *left) };
    *left = kept;
    taken
}

impl Operation for AveragePoolGradient {
    fn name(&self) -> &'static str {
        "average_pool_gradient"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let dy = one_real(inputs)?;
        let (Some(batch), Some(channels)) = (dy.shape.first(), dy.shape.last()) else {
            return Err(format!("takes [batch, spatial axes, channels], found {dy}"));
        };
        let x = TensorType::new(dy.dtype, [&[*batch], &self.1[..], &[*channels]].concat());
        match pooled(&self.0, &x)?.contains(dy) {
            true => Ok(vec![x]),
            false => Err(format!("{dy} is not the type of what {x} is pooled to")),
        }
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let channels = channels(io.inputs.tensor_type(0));
        let Ok(sliding) = Sliding::new(&self.0, &self.1) else { return };
        let (inputs, outputs) = (sliding.inputs(), sliding.outputs());
        with_real!(io.dtype(), T => {
            let dy = io.inputs.get::<T>(0);
            let dx = io.outputs.get::<T>(0);
            let task = task_rows(dx.len() / channels.max(1), LEAST_TASK);
            for_each_chunk(dx, task * channels, sliding.taps(), |index, dx| {
                for (row, dx) in dx.chunks_exact_mut(channels).enumerate() {
                    let (sample, input) = ((index * task + row) / inputs, (index * task + row) % inputs);
                    dx.fill(T::zero());
                    sliding.each_position(place(input, sliding.input), |_, position| {
                        let share = share::<T>(&sliding, position);
                        let dy = &dy[(sample * outputs + position) * channels..][..channels];
                        dx.iter_mut().zip(dy).for_each(|(dx, dy)| *dx += *dy * share);
                    });
                }
            })
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![Some(at.gradient().average_pool(&self.0))]
    }
}

impl<'g> Value<'g> {
    /// The largest element of each window over `[batch, spatial.., channels]`. Padding never wins.
    #[must_use = "a new tensor is returned"]
    pub fn max_pool(self, windows: &[Window]) -> Value<'g> {
        self.graph().apply_one(MaxPool(windows.to_vec()), &[self])
    }

    /// The mean of each window over `[batch, spatial.., channels]`. Padding is not counted.
    #[must_use = "a new tensor is returned"]
    pub fn average_pool(self, windows: &[Window]) -> Value<'g> {
        self.graph().apply_one(AveragePool(windows.to_vec()), &[self])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check_gradients, evaluate, noise};
    use crate::{DType, Graph};

    const OVERLAPPING: Window = Window { size: 3, stride: 2, dilation: 1, before: 1, after: 2 };

    #[test]
    fn windows_are_pooled_without_their_padding() {
        let x = vec![-1.0, 4.0, -3.0, 2.0, -5.0];
        let pool = |f: &dyn for<'g> Fn(Value<'g>) -> Value<'g>| {
            evaluate(&[&[1, 5, 1]], std::slice::from_ref(&x), &|v| f(v[0]))
        };
        assert_eq!(pool(&|x| x.max_pool(&[OVERLAPPING])), [4.0, 4.0, 2.0]);
        assert_eq!(pool(&|x| x.average_pool(&[OVERLAPPING])), [1.5, 1.0, -1.5]);
        let far = Window { size: 1, stride: 1, dilation: 1, before: 1, after: 0 };
        assert_eq!(pool(&|x| x.max_pool(&[far]))[..2], [f64::NEG_INFINITY, -1.0]);
        assert_eq!(pool(&|x| x.average_pool(&[far]))[..2], [0.0, -1.0]);
    }

    #[test]
    fn the_largest_of_nan_is_nan() {
        let pair = Window { size: 2, stride: 2, ..Window::UNIT };
        let y = evaluate(&[&[1, 4, 1]], &[vec![f64::NAN, 1.0, 2.0, f64::NAN]], &|v| v[0].max_pool(&[pair]));
        assert!(y.iter().all(|v| v.is_nan()));
    }

    #[test]
    fn the_gradient_goes_to_the_first_of_equal_elements() {
        let graph = Graph::new();
        let x = graph.input(DType::F64, &[1, 4, 1]);
        let loss = x.max_pool(&[Window { size: 2, stride: 2, ..Window::UNIT }]).sum_all();
        let gradients: Vec<_> = graph.gradients(loss, &[x]).into_iter().flatten().collect();
        let plan = graph.plan(&gradients).expect("a graph without errors");
        let mut dx = [0.0; 4];
        plan.run(&[[3.0, 3.0, f64::NAN, 1.0].as_slice().into()], &mut [dx.as_mut_slice().into()]).expect("fits");
        assert_eq!(dx, [1.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn gradients_agree_with_differences() {
        let dilated = Window { size: 2, stride: 1, dilation: 2, before: 0, after: 1 };
        for windows in [vec![OVERLAPPING], vec![OVERLAPPING, dilated], vec![dilated, OVERLAPPING, OVERLAPPING]] {
            let shape = [&[2], &[5, 4, 3][..windows.len()], &[3]].concat();
            let x = noise(shape.iter().product(), 5);
            check_gradients(&[&shape], std::slice::from_ref(&x), &|v| v[0].max_pool(&windows));
            check_gradients(&[&shape], &[x], &|v| v[0].average_pool(&windows));
        }
    }

    #[test]
    fn pooling_agrees_with_the_definition() {
        let windows = [OVERLAPPING, Window { size: 3, stride: 1, dilation: 2, before: 2, after: 2 }];
        let (shape, channels) = ([2, 9, 7, 21], 21);
        let x = noise(2 * 9 * 7 * channels, 9);
        let (rows, columns) = (windows[0].output(9).unwrap_or(0), windows[1].output(7).unwrap_or(0));
        let mut expected = (Vec::new(), Vec::new());
        for index in 0..2 * rows * columns * channels {
            let (c, at) = (index % channels, index / channels);
            let (sample, i, j) = (at / (rows * columns), at / columns % rows, at % columns);
            let inside = (0..9).flat_map(|tap| {
                let a = (2 * i + tap / 3).checked_sub(1).filter(|a| *a < 9)?;
                let b = (j + 2 * (tap % 3)).checked_sub(2).filter(|b| *b < 7)?;
                Some(x[((sample * 9 + a) * 7 + b) * channels + c])
            });
            let inside: Vec<_> = inside.collect();
            expected.0.push(inside.iter().copied().fold(f64::NEG_INFINITY, f64::max));
            expected.1.push(inside.iter().sum::<f64>() / inside.len() as f64);
        }
        assert_eq!(evaluate(&[&shape], std::slice::from_ref(&x), &|v| v[0].max_pool(&windows)), expected.0);
        let means = evaluate(&[&shape], &[x], &|v| v[0].average_pool(&windows));
        assert!(means.iter().zip(&expected.1).all(|(a, b)| (a - b).abs() <= 1e-15));
    }
}
