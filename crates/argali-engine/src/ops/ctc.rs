//! Connectionist temporal classification: the probability of a label sequence, over all its alignments to the steps.

use crate::buffer::{DType, Real};
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::value::Value;
use crate::with_real;

/// The negative logarithm of the probability of each label sequence, `[batch]`.
///
/// Takes labels, `int64` of shape `[batch, labels]`, and logarithms of probabilities, `[batch, steps, classes]`. Label 0
/// is the blank; as many labels of a sequence count as are not 0. Labels out of range have probability 1.
#[derive(Clone, Copy, Debug)]
pub struct Ctc;

/// The gradient of [`Ctc`] with respect to the logarithms: from its inputs and its output's gradient.
#[derive(Clone, Copy, Debug)]
struct CtcGradient;

/// The logarithm that stands for probability 0.
const NEVER: f64 = -1e5;

/// One sequence of labels, and the logarithms of the classes' probabilities at each step.
struct Sequence<'x, T> {
    labels: &'x [i64],
    logs: &'x [T],
    classes: usize,
}

/// `ln(eᵃ + eᵇ)`.
fn log_add<T: Real>(a: T, b: T) -> T {
    a.max(b) + (-(a - b).abs()).exp().ln_1p()
}

/// The sequences of a batch.
fn sequences<'x, T: Real>(
    shape: &'x [usize],
    labels: &'x [i64],
    logs: &'x [T],
) -> impl Iterator<Item = Sequence<'x, T>> {
    let (batch, steps, classes) = (shape[0], shape[1], shape[2]);
    let length = labels.len() / batch.max(1);
    (0..batch).map(move |i| {
        let all = &labels[i * length..(i + 1) * length];
        let count = all.iter().filter(|l| **l != 0).count();
        Sequence { labels: &all[..count], logs: &logs[i * steps * classes..(i + 1) * steps * classes], classes }
    })
}

/// The states of a step are `labels + 1` logarithms of ending in a blank after so many labels, then `labels`
/// logarithms of ending in each of the labels.
impl<T: Real> Sequence<'_, T> {
    fn states(&self) -> usize {
        2 * self.labels.len() + 1
    }

    fn steps(&self) -> usize {
        self.logs.len() / self.classes.max(1)
    }

    fn log_of(&self, step: usize, label: i64) -> T {
        let class = usize::try_from(label).ok().filter(|c| *c < self.classes);
        class.map_or(T::zero(), |c| self.logs[step * self.classes + c])
    }

    fn start(&self, states: &mut [T]) {
        states.fill(T::from_f64(NEVER));
        states[0] = T::zero();
    }

    /// `NEVER` where a blank must, or with `or_not` need not, come between a label and the next one.
    fn barrier(&self, label: usize, or_not: bool) -> T {
        let repeats = self.labels.get(label + 1) == Some(&self.labels[label]);
        if repeats != or_not { T::from_f64(NEVER) } else { T::zero() }
    }

    /// The state of having read `label + 1` labels, reached without reading a step.
    fn entered(&self, states: &[T], label: usize) -> T {
        let n = self.labels.len();
        log_add(states[label + 1], states[n + 1 + label] + self.barrier(label, false))
    }

    fn advance(&self, step: usize, before: &[T], after: &mut [T]) {
        let n = self.labels.len();
        let blank = self.log_of(step, 0);
        let mut entered = before[0];
        after[0] = entered + blank;
        for label in 0..n {
            let emitted = before[n + 1 + label];
            let log = self.log_of(step, self.labels[label]);
            after[n + 1 + label] = log_add(entered + log, emitted + log);
            entered = self.entered(before, label);
            after[label + 1] = log_add(entered + blank, emitted + blank + self.barrier(label, true));
        }
    }

    /// The logarithm of the probability, from the states after the last step.
    fn finish(&self, states: &[T]) -> T {
        let n = self.labels.len();
        if n == 0 { states[0] } else { log_add(states[n], states[2 * n]) }
    }

    fn loss(&self, scratch: &mut [T]) -> T {
        let (before, after) = scratch.split_at_mut(scratch.len() / 2);
        let (mut before, mut after) = (&mut before[..self.states()], &mut after[..self.states()]);
        self.start(before);
        for step in 0..self.steps() {
            self.advance(step, before, after);
            std::mem::swap(&mut before, &mut after);
        }
        -self.finish(before)
    }

    /// Adds to `out` the gradient of the loss times `scale`. `scratch` holds the states of every step and two more.
    fn gradient(&self, scale: T, scratch: &mut [T], out: &mut [T]) {
        let (n, size, steps) = (self.labels.len(), self.states(), self.steps());
        let (forward, rest) = scratch.split_at_mut((steps + 1) * size);
        let (d_after, d_before) = rest.split_at_mut(rest.len() / 2);
        let (mut d_after, mut d_before) = (&mut d_after[..size], &mut d_before[..size]);
        self.start(&mut forward[..size]);
        for step in 0..steps {
            let (before, after) = forward[step * size..].split_at_mut(size);
            self.advance(step, before, &mut after[..size]);
        }
        let last = &forward[steps * size..];
        d_after.fill(T::zero());
        let blank_last = (last[n] - self.finish(last)).exp();
        d_after[n] = -scale * blank_last;
        if n > 0 {
            d_after[2 * n] = -scale * (last[2 * n] - self.finish(last)).exp();
        }
        for step in (0..steps).rev() {
            let (before, after) = forward[step * size..].split_at(size);
            self.retreat(step, (before, after), (d_before, d_after), &mut out[step * self.classes..]);
            std::mem::swap(&mut d_before, &mut d_after);
        }
    }

    /// Takes gradients of the states after a step to those before it, and adds those of the step's logarithms.
    fn retreat(&self, step: usize, states: (&[T], &[T]), gradients: (&mut [T], &mut [T]), out: &mut [T]) {
        let ((before, after), (d_before, d_after), n) = (states, gradients, self.labels.len());
        let blank = self.log_of(step, 0);
        d_before.fill(T::zero());
        d_before[0] = d_after[0];
        out[0] += d_after[0];
        let mut entered = before[0];
        for label in 0..n {
            let (d_emit, d_blank) = (d_after[n + 1 + label], d_after[label + 1]);
            let log = self.log_of(step, self.labels[label]);
            let by_entry = d_emit * (entered + log - after[n + 1 + label]).exp();
            self.to_sources_of_entry(before, label, by_entry, d_before);
            let stay = (before[n + 1 + label] + log - after[n + 1 + label]).exp();
            d_before[n + 1 + label] += d_emit * stay;
            entered = self.entered(before, label);
            let kept = (entered + blank - after[label + 1]).exp();
            self.to_sources_of_entry(before, label + 1, d_blank * kept, d_before);
            let left = (before[n + 1 + label] + blank + self.barrier(label, true) - after[label + 1]).exp();
            d_before[n + 1 + label] += d_blank * left;
            out[0] += d_blank;
            if let Some(out) = usize::try_from(self.labels[label]).ok().and_then(|c| out[..self.classes].get_mut(c)) {
                *out += d_emit;
            }
        }
    }

    /// Hands the gradient of having read `count` labels, reached without reading a step, to the states it came from.
    fn to_sources_of_entry(&self, before: &[T], count: usize, gradient: T, d_before: &mut [T]) {
        let n = self.labels.len();
        let Some(label) = count.checked_sub(1) else {
            d_before[0] += gradient;
            return;
        };
        let entered = self.entered(before, label);
        d_before[count] += gradient * (before[count] - entered).exp();
        d_before[n + count] += gradient * (before[n + count] + self.barrier(label, false) - entered).exp();
    }
}

fn check(inputs: &[TensorType]) -> Result<(&TensorType, &TensorType), String> {
    match inputs {
        [labels, logs, ..]
            if labels.dtype == DType::I64
                && logs.dtype.is_float()
                && labels.shape.len() == 2
                && logs.shape.len() == 3
                && labels.shape[0] == logs.shape[0]
                && logs.shape[2] > 0 =>
        {
            Ok((labels, logs))
        }
        [labels, logs, ..] => Err(format!(
            "takes int64 labels of shape [batch, labels] and logarithms of shape [batch, steps, classes], found {labels} \
             and {logs}"
        )),
        _ => Err(format!("takes two tensors, found {}", inputs.len())),
    }
}

impl Operation for Ctc {
    fn name(&self) -> &'static str {
        "ctc"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let (_, logs) = check(inputs)?;
        Ok(vec![TensorType::new(logs.dtype, &logs.shape[..1])])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        with_real!(io.dtype(), T => {
            let (inputs, loss, scratch) = io.split::<T>();
            let all = sequences(inputs.shape(1), inputs.get::<i64>(0), inputs.get::<T>(1));
            loss.iter_mut().zip(all).for_each(|(loss, sequence)| *loss = sequence.loss(scratch));
        })
    }

    fn scratch(&self, inputs: &[TensorType], _: &[TensorType]) -> usize {
        2 * (2 * inputs[0].shape[1] + 1)
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let inputs = [at.inputs[0], at.inputs[1], at.gradient()];
        vec![None, Some(at.inputs[0].graph().apply_one(CtcGradient, &inputs))]
    }
}

impl Operation for CtcGradient {
    fn name(&self) -> &'static str {
        "ctc_gradient"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        Ok(vec![check(inputs)?.1.clone()])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        with_real!(io.dtype(), T => {
            let (inputs, out, scratch) = io.split::<T>();
            let shape = inputs.shape(1);
            let all = sequences(shape, inputs.get::<i64>(0), inputs.get::<T>(1)).zip(inputs.get::<T>(2));
            out.fill(0.0);
            for (out, (sequence, scale)) in out.chunks_mut((shape[1] * shape[2]).max(1)).zip(all) {
                sequence.gradient(*scale, scratch, out);
            }
        })
    }

    fn scratch(&self, inputs: &[TensorType], _: &[TensorType]) -> usize {
        (inputs[1].shape[1] + 3) * (2 * inputs[0].shape[1] + 1)
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let message = "has no gradient of its own: graphs are differentiated once".into();
        at.inputs[0].graph().fail(crate::OperationError { operation: self.name(), message });
        vec![None; 3]
    }
}

impl<'g> Value<'g> {
    /// The negative logarithm of the probability of each row of labels, `[batch]`, by connectionist temporal
    /// classification, where this tensor holds logarithms of probabilities, `[batch, steps, classes]`.
    ///
    /// `labels` are `int64` of shape `[batch, labels]`; 0 is the blank and what rows are filled up with.
    #[must_use = "a new tensor is returned"]
    pub fn ctc(self, labels: Self) -> Self {
        self.graph().apply_one(Ctc, &[labels, self])
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check_gradients, evaluate, noise};

    const LABELS: [i64; 6] = [1, 1, 2, 2, 0, 0];

    /// The probability of the labels by adding up every alignment.
    fn by_enumeration(labels: &[i64], probabilities: &[f64], steps: usize, classes: usize) -> f64 {
        let mut total = 0.0;
        for code in 0..classes.pow(steps as u32) {
            let path: Vec<_> = (0..steps).map(|t| (code / classes.pow(t as u32)) % classes).collect();
            let mut read: Vec<_> = path.clone();
            read.dedup();
            read.retain(|c| *c != 0);
            if read.iter().map(|c| *c as i64).eq(labels.iter().copied()) {
                total += path.iter().enumerate().map(|(t, c)| probabilities[t * classes + c]).product::<f64>();
            }
        }
        total
    }

    #[test]
    fn every_alignment_counts() {
        let (steps, classes) = (5, 3);
        let logits = noise(2 * steps * classes, 3);
        let found = evaluate(&[&[2, steps, classes]], std::slice::from_ref(&logits), &|x| {
            x[0].log_softmax(2).ctc(x[0].graph().constant(LABELS.to_vec(), &[2, 3]))
        });
        let probabilities = evaluate(&[&[2, steps, classes]], &[logits], &|x| x[0].softmax(2));
        for (i, labels) in [&LABELS[..3], &LABELS[3..4]].into_iter().enumerate() {
            let expected = -by_enumeration(labels, &probabilities[i * 15..][..15], steps, classes).ln();
            assert!((found[i] - expected).abs() < 1e-12 * expected, "{} is not {expected}", found[i]);
        }
    }

    #[test]
    fn gradients() {
        let data = [noise(2 * 6 * 3, 4)];
        check_gradients(&[&[2, 6, 3]], &data, &|x| x[0].ctc(x[0].graph().constant(LABELS.to_vec(), &[2, 3])));
    }
}
