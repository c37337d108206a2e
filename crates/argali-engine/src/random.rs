//! Random numbers that depend on a key alone.
//!
//! A key is a seed, a step and a place. Elements are drawn in chunks of 4096; chunk `i` reads the ChaCha stream with 8
//! rounds, number `i`, whose 256-bit key is seed, step and place as little-endian 64-bit words, and a word of zeros.
//! So numbers depend neither on threads nor on what else is drawn. From its words `w`:
//!
//! - uniform from 0 up to 1: `u = (w >> 8) · 2⁻²⁴` of a 32-bit word for `float32`, `(w >> 11) · 2⁻⁵³` of a 64-bit word
//!   for `float64`; between bounds `low + (high - low) · u`;
//! - normal: `√(-2 ln(1 - u₁)) cos(2π u₂)` and the same with sine of two uniform numbers, computed in `float64` (Box
//!   and Muller);
//! - truncated normal: normal numbers in that order, those beyond two standard deviations left out;
//! - an index below `n`: the upper half of the 128-bit product of a 64-bit word and `n`, words whose lower half is below
//!   `2⁶⁴ mod n` left out (Lemire);
//! - a permutation: each position from the last down to the second exchanged with an index up to itself (Fisher and
//!   Yates), from stream 0;
//! - integers are uniform numbers of `float64`, truncated.

use crate::buffer::{Buffer, DType, Element};
use crate::parallel::for_each_chunk;
use crate::with_element;
use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use std::f64::consts::TAU;

/// Elements drawn from one stream.
const CHUNK: usize = 1 << 12;

/// What random numbers depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// What the user chooses.
    pub seed: u64,
    /// Which step of training it is.
    pub step: u64,
    /// Which of the random tensors of a step it is.
    pub place: u64,
}

impl Key {
    /// A key for the first step.
    pub fn new(seed: u64, place: u64) -> Self {
        Key { seed, step: 0, place }
    }

    fn stream(self, number: u64) -> ChaCha8Rng {
        let mut key = [0; 32];
        for (bytes, word) in key.chunks_exact_mut(8).zip([self.seed, self.step, self.place]) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(number);
        rng
    }
}

/// How random numbers are spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// Evenly from `low` up to, but without, `high`.
    Uniform {
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
    },
    /// Normally.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        stddev: f64,
    },
    /// Normally, but never further than two standard deviations from the mean.
    TruncatedNormal {
        /// Mean before truncation.
        mean: f64,
        /// Standard deviation before truncation.
        stddev: f64,
    },
    /// 1 with some probability, else 0.
    Bernoulli {
        /// Probability of 1.
        probability: f64,
    },
}

/// A uniform number from 0 up to 1 with the precision of the element type.
#[inline]
fn unit<T: Element>(rng: &mut ChaCha8Rng) -> f64 {
    match T::DTYPE {
        DType::F32 => f64::from(rng.next_u32() >> 8) / f64::from(1u32 << 24),
        DType::F64 | DType::I64 => (rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64,
    }
}

/// Fills `y` with `f` of uniform numbers, the ones that as many calls of [`unit`] would give.
fn fill_units<T: Element>(rng: &mut ChaCha8Rng, y: &mut [T], f: impl Fn(f64) -> T) {
    const BLOCK: usize = 256;
    let mut bytes = [0; 8 * BLOCK];
    for y in y.chunks_mut(BLOCK) {
        if T::DTYPE == DType::F32 {
            let bytes = &mut bytes[..4 * y.len()];
            rng.fill_bytes(bytes);
            for (y, word) in y.iter_mut().zip(bytes.as_chunks().0) {
                *y = f(f64::from(u32::from_le_bytes(*word) >> 8) / f64::from(1u32 << 24));
            }
        } else {
            let bytes = &mut bytes[..8 * y.len()];
            rng.fill_bytes(bytes);
            for (y, word) in y.iter_mut().zip(bytes.as_chunks().0) {
                *y = f((u64::from_le_bytes(*word) >> 11) as f64 / (1u64 << 53) as f64);
            }
        }
    }
}

/// Two independent standard normal numbers.
fn normal_pair<T: Element>(rng: &mut ChaCha8Rng) -> [f64; 2] {
    let (u, v) = (unit::<T>(rng), unit::<T>(rng));
    let radius = (-2.0 * (1.0 - u).ln()).sqrt();
    let (sin, cos) = (TAU * v).sin_cos();
    [radius * cos, radius * sin]
}

impl Distribution {
    fn draw<T: Element>(self, rng: &mut ChaCha8Rng, y: &mut [T]) {
        match self {
            Distribution::Uniform { low, high } => {
                let (first, end) = (T::from_f64(low), T::from_f64(high));
                fill_units(rng, y, |u| {
                    let value = T::from_f64(low + (high - low) * u);
                    if value < end { value } else { first }
                });
            }
            Distribution::Normal { mean, stddev } => {
                for pair in y.chunks_mut(2) {
                    let normal = normal_pair::<T>(rng);
                    pair.iter_mut().zip(normal).for_each(|(y, n)| *y = T::from_f64(mean + stddev * n));
                }
            }
            Distribution::TruncatedNormal { mean, stddev } => {
                let mut rest = y.iter_mut();
                while rest.len() > 0 {
                    let within = normal_pair::<T>(rng).into_iter().filter(|n| n.abs() <= 2.0);
                    within.zip(&mut rest).for_each(|(n, y)| *y = T::from_f64(mean + stddev * n));
                }
            }
            Distribution::Bernoulli { probability } => {
                let (zero, one) = (T::default(), T::from_f64(1.0));
                fill_units(rng, y, |u| if u < probability { one } else { zero });
            }
        }
    }

    /// Fills a tensor with numbers of this distribution.
    pub fn fill<T: Element>(self, key: Key, y: &mut [T]) {
        for_each_chunk(y, CHUNK, 16, |i, y| self.draw(&mut key.stream(i as u64), y));
    }

    /// A buffer of `len` numbers of this distribution.
    pub fn buffer(self, key: Key, dtype: DType, len: usize) -> Buffer {
        let mut buffer = Buffer::zeros(dtype, len);
        with_element!(dtype, T => {
            if let Some(y) = T::of_mut(buffer.as_slice_mut()) {
                self.fill(key, y);
            }
        });
        buffer
    }
}

/// Numbers spread evenly from `low` up to, but without, `high`.
pub fn uniform(key: Key, dtype: DType, len: usize, low: f64, high: f64) -> Buffer {
    Distribution::Uniform { low, high }.buffer(key, dtype, len)
}

/// Numbers spread normally.
pub fn normal(key: Key, dtype: DType, len: usize, mean: f64, stddev: f64) -> Buffer {
    Distribution::Normal { mean, stddev }.buffer(key, dtype, len)
}

/// Numbers spread normally, but never further than two standard deviations from the mean.
///
/// `stddev` is that of the normal distribution before truncation, as in Keras.
pub fn truncated_normal(key: Key, dtype: DType, len: usize, mean: f64, stddev: f64) -> Buffer {
    Distribution::TruncatedNormal { mean, stddev }.buffer(key, dtype, len)
}

/// The numbers below `n` in random order.
pub fn permutation(key: Key, n: usize) -> Vec<usize> {
    let mut rng = key.stream(0);
    let mut order: Vec<_> = (0..n).collect();
    for last in (1..n).rev() {
        order.swap(last, below(&mut rng, last as u64 + 1) as usize);
    }
    order
}

/// A number below `n`, each as likely as the others.
fn below(rng: &mut ChaCha8Rng, n: u64) -> u64 {
    loop {
        let product = u128::from(rng.next_u64()) * u128::from(n);
        if product as u64 >= n.wrapping_neg() % n {
            return (product >> 64) as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, Distribution, Key, below, normal, permutation, truncated_normal, uniform};
    use crate::{Buffer, DType, Graph, with_threads};

    const KEY: Key = Key { seed: 7, step: 3, place: 1 };

    fn moments(values: &[f64]) -> (f64, f64) {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (mean, values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / values.len() as f64)
    }

    /// The block function of ChaCha, written down from its definition.
    fn chacha8(key: [u32; 8], counter: u64, stream: u64) -> [u32; 16] {
        let mut start = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        start[4..12].copy_from_slice(&key);
        start[12..].copy_from_slice(&[counter as u32, (counter >> 32) as u32, stream as u32, (stream >> 32) as u32]);
        let mut x = start;
        let mut quarter = |a: usize, b: usize, c: usize, d: usize| {
            for (a, b, d, by) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
                x[a] = x[a].wrapping_add(x[b]);
                x[d] = (x[d] ^ x[a]).rotate_left(by);
            }
        };
        for _ in 0..4 {
            (0..4).for_each(|i| quarter(i, i + 4, i + 8, i + 12));
            (0..4).for_each(|i| quarter(i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12));
        }
        std::array::from_fn(|i| x[i].wrapping_add(start[i]))
    }

    fn words(key: Key, stream: u64) -> impl Iterator<Item = u32> {
        let halves = [key.seed, key.step, key.place, 0].map(|w| [w as u32, (w >> 32) as u32]);
        let key = std::array::from_fn(|i| halves[i / 2][i % 2]);
        (0..).flat_map(move |counter| chacha8(key, counter, stream))
    }

    #[test]
    fn words_are_those_of_chacha_under_the_documented_key() {
        let key = Key { seed: 1 << 40 | 5, step: 9, place: u64::MAX };
        let unit = |w: u32| f64::from((w >> 8) as f32 / (1 << 24) as f32);
        let expected: Vec<_> = words(key, 0).take(CHUNK).chain(words(key, 1).take(10)).map(unit).collect();
        assert_eq!(uniform(key, DType::F32, CHUNK + 10, 0.0, 1.0).as_slice().to_f64(), expected);
        let mut low_first = words(key, 0);
        let mut wide = || u64::from(low_first.next().unwrap_or(0)) | u64::from(low_first.next().unwrap_or(0)) << 32;
        let expected: Vec<_> = (0..40).map(|_| (wide() >> 11) as f64 / (1u64 << 53) as f64 * 4.0 - 1.0).collect();
        assert_eq!(uniform(key, DType::F64, 40, -1.0, 3.0), Buffer::F64(expected));
    }

    #[test]
    fn numbers_are_the_same_on_any_number_of_threads_and_for_any_length() {
        for dtype in [DType::F32, DType::F64] {
            for distribution in [
                Distribution::Uniform { low: -1.0, high: 2.0 },
                Distribution::Normal { mean: 1.0, stddev: 2.0 },
                Distribution::TruncatedNormal { mean: 0.0, stddev: 1.0 },
                Distribution::Bernoulli { probability: 0.3 },
            ] {
                let draw = |threads, len| with_threads(threads, || distribution.buffer(KEY, dtype, len));
                let (one, two) = (draw(1, 50_000), draw(2, 50_000));
                assert_eq!(one, two);
                assert_eq!(draw(1, 4_999).as_slice(), one.slice(4_999));
            }
        }
    }

    #[test]
    fn every_part_of_the_key_counts() {
        let draw = |key| uniform(key, DType::F64, 4, 0.0, 1.0);
        let keys = [KEY, Key { seed: 8, ..KEY }, Key { step: 4, ..KEY }, Key { place: 2, ..KEY }, Key::new(7, 1)];
        for (i, a) in keys.iter().enumerate() {
            assert!(keys[..i].iter().all(|b| draw(*a) != draw(*b)));
        }
    }

    #[test]
    fn numbers_are_spread_as_they_should_be() {
        const COUNT: usize = 200_000;
        for dtype in [DType::F32, DType::F64] {
            let near = |found: f64, expected: f64| (found - expected).abs() < 0.02;
            let values = uniform(KEY, dtype, COUNT, -2.0, 4.0).as_slice().to_f64();
            let (mean, variance) = moments(&values);
            assert!(near(mean, 1.0) && near(variance, 3.0), "{mean} {variance}");
            assert!(values.iter().all(|v| (-2.0..4.0).contains(v)));

            let values = normal(KEY, dtype, COUNT, 3.0, 0.5).as_slice().to_f64();
            let (mean, variance) = moments(&values);
            assert!(near(mean, 3.0) && near(variance, 0.25), "{mean} {variance}");
            let beyond = values.iter().filter(|v| (*v - 3.0).abs() > 1.0).count() as f64 / COUNT as f64;
            assert!((beyond - 0.0455).abs() < 0.002, "{beyond} beyond two standard deviations");
            let pairs: f64 = values.chunks(2).map(|p| (p[0] - 3.0) * (p[1] - 3.0)).sum::<f64>() / COUNT as f64;
            assert!(pairs.abs() < 0.002, "covariance {pairs}");

            let values = truncated_normal(KEY, dtype, COUNT, 1.0, 2.0).as_slice().to_f64();
            let (mean, variance) = moments(&values);
            assert!(near(mean, 1.0) && near(variance, 4.0 * 0.773_741), "{mean} {variance}");
            assert!(values.iter().all(|v| (v - 1.0).abs() <= 4.0));

            let ones = Distribution::Bernoulli { probability: 0.3 }.buffer(KEY, dtype, COUNT).as_slice().to_f64();
            assert!(near(moments(&ones).0, 0.3) && ones.iter().all(|v| *v == 0.0 || *v == 1.0));
        }
    }

    #[test]
    fn certain_and_impossible_events() {
        for (probability, expected) in [(0.0, 0.0), (1.0, 1.0)] {
            let found = Distribution::Bernoulli { probability }.buffer(KEY, DType::F32, 1000);
            assert_eq!(found, Buffer::F32(vec![expected; 1000]));
        }
    }

    #[test]
    fn rounding_never_reaches_the_upper_bound() {
        let Buffer::F32(values) = uniform(KEY, DType::F32, 10_000, 1.0, 1.0 + 1e-7) else { panic!("float32") };
        assert!(values.iter().all(|v| *v == 1.0));
        assert_eq!(uniform(KEY, DType::F32, 2, 5.0, 5.0), Buffer::F32(vec![5.0; 2]));
    }

    #[test]
    fn permutations_hold_every_number_once_and_all_are_as_likely() {
        let mut order = permutation(KEY, 1000);
        assert_ne!(order, (0..1000).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..1000).collect::<Vec<_>>());
        assert!(permutation(KEY, 0).is_empty());
        assert_eq!(permutation(KEY, 1), [0]);
        let mut counts = std::collections::HashMap::new();
        (0..12_000).for_each(|seed| *counts.entry(permutation(Key::new(seed, 0), 3)).or_insert(0) += 1);
        assert_eq!(counts.len(), 6);
        assert!(counts.values().all(|c| (1850..2150).contains(c)), "{counts:?}");
    }

    #[test]
    fn indices_below_a_bound_are_unbiased_where_a_modulo_would_not_be() {
        let mut rng = KEY.stream(0);
        let bound = (1 << 63) + (1 << 62);
        let low = (0..30_000).filter(|_| below(&mut rng, bound) < 1 << 62).count();
        assert!((9_700..10_300).contains(&low), "{low}");
    }

    #[test]
    fn a_graph_draws_what_the_host_draws() {
        let graph = Graph::new();
        let tensors = [
            graph.random_uniform(DType::F32, &[5000], -1.0, 1.0),
            graph.random_normal(DType::F64, &[10, 10], 0.0, 2.0),
            graph.random_truncated_normal(DType::F32, &[7], 0.0, 1.0),
            graph.random_bernoulli(DType::F64, &[0], 0.5),
        ];
        assert_eq!(graph.seed_input(), Some(0));
        let plan = graph.plan(&tensors).expect("a graph without errors");
        let mut outputs: Vec<_> = plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
        let mut places: Vec<_> = outputs.iter_mut().map(Buffer::as_slice_mut).collect();
        plan.run(&[[-3i64, 8].as_slice().into()], &mut places).expect("fitting inputs");
        let key = |place| Key { seed: -3i64 as u64, step: 8, place };
        let expected = [
            uniform(key(0), DType::F32, 5000, -1.0, 1.0),
            normal(key(1), DType::F64, 100, 0.0, 2.0),
            truncated_normal(key(2), DType::F32, 7, 0.0, 1.0),
            Buffer::F64(Vec::new()),
        ];
        assert_eq!(outputs, expected);
    }

    #[test]
    fn random_tensors_have_no_gradient() {
        let graph = Graph::new();
        let x = graph.input(DType::F64, &[3]);
        let loss = (x * graph.random_normal(DType::F64, &[3], 0.0, 1.0)).sum_all();
        assert!(graph.gradients(loss, &[x, graph.seed()])[1].is_none());
    }
}
