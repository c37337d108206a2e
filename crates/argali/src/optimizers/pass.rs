//! Updates in one pass over each weight, gradient and slot.

use super::Step;
use argali_engine::{
    Differentiated, Io, Operation, OperationError, Real, TensorType, Value, for_each_chunk_of, with_real,
};
use std::fmt;

/// What becomes of one element of a weight and of its slots.
pub(super) trait Rule: Clone + fmt::Debug + Send + Sync + 'static {
    /// Name for messages and profiles.
    const NAME: &'static str;

    /// What the elements need that depends on learning rate and number of updates before.
    fn coefficients<T: Real>(&self, learning_rate: T, iteration: T) -> [T; 2];

    /// The new weight; slots are changed where they are.
    fn update<T: Real>(&self, coefficients: [T; 2], weight: T, gradient: T, slots: &mut [T]) -> T;
}

/// Elements of one chunk, and the work on one relative to an addition.
const CHUNK: usize = 1 << 13;
const WORK: usize = 16;

/// Most slots a rule may have.
const MOST: usize = 3;

/// A rule for `N` slots, on weight, gradient, learning rate, iteration and the slots.
#[derive(Clone, Debug)]
struct Pass<R, const N: usize>(R);

impl<R: Rule, const N: usize> Operation for Pass<R, N> {
    fn name(&self) -> &'static str {
        R::NAME
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let [weight, gradient, rate, iteration, slots @ ..] = inputs else {
            return Err(format!("takes a weight, its gradient, two scalars and slots, found {} tensors", inputs.len()));
        };
        let scalar = TensorType::new(weight.dtype, []);
        let fits = weight.dtype.is_float() && gradient == weight && slots.iter().all(|slot| slot == weight);
        match fits && *rate == scalar && *iteration == scalar && slots.len() == N {
            true => Ok(vec![weight.clone(); 1 + N]),
            false => Err(format!("takes tensors like the weight {weight} and two scalars, found {inputs:?}")),
        }
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let (inputs, in_place) = (io.inputs, io.in_place().is_some());
        with_real!(io.dtype(), T => {
            let weight = if in_place { &[] } else { inputs.get::<T>(0) };
            let gradient = inputs.get::<T>(1);
            let (&[rate], &[iteration]) = (inputs.get::<T>(2), inputs.get::<T>(3)) else { return };
            let slots: [&[T]; N] = std::array::from_fn(|k| inputs.get::<T>(4 + k));
            let coefficients = self.0.coefficients(rate, iteration);
            let outputs = io.outputs.all::<T, { 1 + MOST }>();
            for_each_chunk_of(outputs, CHUNK, WORK, |i, [y, new @ ..]| {
                let range = i * CHUNK..i * CHUNK + y.len();
                if !in_place {
                    y.copy_from_slice(&weight[range.clone()]);
                }
                let slots = slots.map(|slot| &slot[range.clone()]);
                self.chunk(coefficients, y, &gradient[range], slots, new);
            });
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let message = "has no gradient: a step of training is not differentiated".into();
        let graph = at.inputs.first().map(Value::graph);
        graph.into_iter().for_each(|g| g.fail(OperationError { operation: R::NAME, message: String::clone(&message) }));
        vec![None; at.inputs.len()]
    }

    fn in_place(&self) -> &'static [usize] {
        &[0]
    }
}

impl<R: Rule, const N: usize> Pass<R, N> {
    fn chunk<T: Real>(
        &self,
        coefficients: [T; 2],
        weight: &mut [T],
        gradient: &[T],
        slots: [&[T]; N],
        new: [&mut [T]; MOST],
    ) {
        let len = weight.len();
        let gradient = &gradient[..len];
        let slots = slots.map(|slot| &slot[..len]);
        let mut new = new.into_iter();
        let new: [&mut [T]; N] = std::array::from_fn(|_| &mut new.next().unwrap_or_default()[..len]);
        for k in 0..len {
            let mut values: [T; N] = std::array::from_fn(|slot| slots[slot][k]);
            weight[k] = self.0.update(coefficients, weight[k], gradient[k], &mut values);
            for slot in 0..N {
                new[slot][k] = values[slot];
            }
        }
    }
}

/// New values of a variable and of its slots by a rule.
pub(super) fn pass<'g>(
    rule: impl Rule,
    step: &Step<'_, 'g>,
    variable: Value<'g>,
    gradient: Value<'g>,
    slots: &[Value<'g>],
) -> (Value<'g>, Vec<Value<'g>>) {
    let mut inputs = vec![variable, gradient, step.learning_rate, step.iteration];
    inputs.extend(slots);
    let graph = variable.graph();
    let mut outputs = match slots.len() {
        0 => graph.apply(Pass::<_, 0>(rule), &inputs),
        1 => graph.apply(Pass::<_, 1>(rule), &inputs),
        2 => graph.apply(Pass::<_, 2>(rule), &inputs),
        _ => graph.apply(Pass::<_, MOST>(rule), &inputs),
    };
    match outputs.len() == 1 + slots.len() {
        true => {
            let variable = outputs.remove(0);
            (variable, outputs)
        }
        false => (variable, slots.to_vec()),
    }
}

/// A weight without a part of itself, as Keras's `variable - variable * weight_decay * learning_rate`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decay(pub(super) f64);

impl Rule for Decay {
    const NAME: &'static str = "weight_decay";

    fn coefficients<T: Real>(&self, learning_rate: T, _: T) -> [T; 2] {
        [learning_rate, T::from_f64(self.0)]
    }

    fn update<T: Real>(&self, [learning_rate, decay]: [T; 2], weight: T, _: T, _: &mut [T]) -> T {
        weight - weight * decay * learning_rate
    }
}
