//! Tensors of random numbers, drawn anew for each seed and step.

use crate::buffer::DType;
use crate::graph::Graph;
use crate::operation::{Differentiated, Io, Operation, TensorType};
use crate::random::{Distribution, Key};
use crate::value::Value;
use crate::with_element;

/// Random numbers: from a seed, the step and its place; it is put on the graph's seed and step.
#[derive(Clone, Debug)]
pub struct Random {
    /// How the numbers are spread.
    pub distribution: Distribution,
    /// Element type and shape.
    pub ty: TensorType,
    /// A number that no other random tensor of the graph has.
    pub place: u64,
    /// A seed of its own that stands in for the graph's.
    pub seed: Option<u64>,
}

impl Operation for Random {
    fn name(&self) -> &'static str {
        match self.distribution {
            Distribution::Uniform { .. } => "random_uniform",
            Distribution::Normal { .. } => "random_normal",
            Distribution::TruncatedNormal { .. } => "random_truncated_normal",
            Distribution::Bernoulli { .. } => "random_bernoulli",
        }
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        match inputs {
            [seed] if seed.dtype == DType::I64 && seed.shape == [2] => Ok(vec![self.ty.clone()]),
            _ => Err(format!("takes the seed and step, int64 [2], found {inputs:?}")),
        }
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let &[seed, step] = io.inputs.get::<i64>(0) else { return };
        let key = Key { seed: self.seed.unwrap_or(seed as u64), step: step as u64, place: self.place };
        with_element!(self.ty.dtype, T => self.distribution.fill(key, io.outputs.get::<T>(0)))
    }

    fn gradient<'g>(&self, _: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![None]
    }
}

impl Graph {
    /// Random numbers that depend on the [seed and step](Graph::seed) and on how many random tensors the graph has
    /// before this one; see [`random`](crate::random) for how they are drawn.
    pub fn random(&self, distribution: Distribution, dtype: DType, shape: &[usize]) -> Value<'_> {
        self.random_seeded(None, distribution, dtype, shape)
    }

    /// Random numbers like [`random`](Self::random), but with a given seed in place of the graph's: the step and the
    /// number of random tensors before this one still count.
    pub fn random_seeded(
        &self,
        seed: Option<u64>,
        distribution: Distribution,
        dtype: DType,
        shape: &[usize],
    ) -> Value<'_> {
        let random = Random { distribution, ty: TensorType::new(dtype, shape), place: self.next_place(), seed };
        self.apply_one(random, &[self.seed()])
    }

    /// Random numbers spread evenly from `low` up to, but without, `high`.
    pub fn random_uniform(&self, dtype: DType, shape: &[usize], low: f64, high: f64) -> Value<'_> {
        self.random(Distribution::Uniform { low, high }, dtype, shape)
    }

    /// Random numbers spread normally.
    pub fn random_normal(&self, dtype: DType, shape: &[usize], mean: f64, stddev: f64) -> Value<'_> {
        self.random(Distribution::Normal { mean, stddev }, dtype, shape)
    }

    /// Random numbers spread normally, but never further than two standard deviations from the mean.
    pub fn random_truncated_normal(&self, dtype: DType, shape: &[usize], mean: f64, stddev: f64) -> Value<'_> {
        self.random(Distribution::TruncatedNormal { mean, stddev }, dtype, shape)
    }

    /// 1 with some probability, else 0.
    pub fn random_bernoulli(&self, dtype: DType, shape: &[usize], probability: f64) -> Value<'_> {
        self.random(Distribution::Bernoulli { probability }, dtype, shape)
    }
}
