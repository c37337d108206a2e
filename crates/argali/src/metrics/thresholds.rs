//! Thresholds that predictions are compared with.

use crate::losses::epsilon;
use crate::{Number, Problem};
use serde::{Deserialize, Serialize};

/// Thresholds that predictions are compared with: in configs `null`, a number or a list of numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Thresholds {
    /// The metric's default.
    Default,
    /// One threshold, from 0 to 1.
    One(Number),
    /// Several thresholds, from 0 to 1: there is a result for each.
    Many(Vec<Number>),
}

impl From<f64> for Thresholds {
    fn from(threshold: f64) -> Self {
        Thresholds::One(threshold.into())
    }
}

impl From<Vec<f64>> for Thresholds {
    fn from(thresholds: Vec<f64>) -> Self {
        Thresholds::Many(thresholds.into_iter().map(Number::from).collect())
    }
}

impl<const N: usize> From<[f64; N]> for Thresholds {
    fn from(thresholds: [f64; N]) -> Self {
        thresholds.to_vec().into()
    }
}

impl Thresholds {
    /// The thresholds, or the one that is the default.
    pub(super) fn levels(&self, default: f64) -> Levels {
        let levels = match self {
            Thresholds::Default => vec![default],
            Thresholds::One(one) => vec![one.get()],
            Thresholds::Many(many) => many.iter().map(|t| t.get()).collect(),
        };
        Levels { even: are_even(&levels), levels }
    }

    pub(super) fn validate(&self) -> Result<(), Problem> {
        match self {
            Thresholds::Default => Ok(()),
            Thresholds::One(one) => in_range(&[one.get()]),
            Thresholds::Many(many) if many.is_empty() => {
                Err(Problem::argument("thresholds", "an empty list", "at least one", ""))
            }
            Thresholds::Many(many) => in_range(&many.iter().map(|t| t.get()).collect::<Vec<_>>()),
        }
    }
}

pub(super) fn in_range(thresholds: &[f64]) -> Result<(), Problem> {
    match thresholds.iter().find(|t| !(0.0..=1.0).contains(*t)) {
        Some(wrong) => Err(Problem::argument("thresholds", wrong, "numbers from 0 to 1", "")),
        None => Ok(()),
    }
}

/// Thresholds as numbers, and whether they divide the interval from 0 to 1 evenly.
#[derive(Clone, Debug)]
pub(super) struct Levels {
    pub(super) levels: Vec<f64>,
    pub(super) even: bool,
}

impl Levels {
    /// So many even ones from 0 to 1; a single one is 0.5.
    pub(super) fn even(count: usize) -> Self {
        match count {
            0 | 1 => Levels { levels: vec![0.5], even: false },
            _ => Levels { levels: (0..count).map(|i| i as f64 / (count - 1) as f64).collect(), even: true },
        }
    }
}

/// Whether thresholds are evenly distributed, as Keras finds: at least three of them, and as near as NumPy's `allclose`.
pub(super) fn are_even(thresholds: &[f64]) -> bool {
    let last = thresholds.len().saturating_sub(1) as f64;
    let near = |(i, t): (usize, &f64)| {
        let even = i as f64 / last;
        (t - even).abs() <= epsilon() + 1e-5 * even
    };
    thresholds.len() >= 3 && thresholds.iter().enumerate().all(near)
}
