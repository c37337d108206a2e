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
fn unit<T: Element>(rng: &mut ChaCha8Rng) -> f64 {
    match T::DTYPE {
        DType::F32 => f64::from(rng.next_u32() >> 8) / f64::from(1u32 << 24),
        DType::F64 | DType::I64 => (rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64,
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
                for y in y {
                    let value = T::from_f64(low + (high - low) * unit::<T>(rng));
                    *y = if value < end { value } else { first };
                }
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
                y.iter_mut().for_each(|y| *y = if unit::<T>(rng) < probability { one } else { zero });
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
