//! Differences from Keras, collected over all cases of a layer.

use super::case::{Case, Given};
use std::fmt;

/// Differences that a failing test shows.
const SHOWN: usize = 25;

/// What is not as it is in Keras.
#[derive(Debug, Default)]
pub(super) struct Differences {
    /// The case that following differences are found in.
    pub(super) case: String,
    found: Vec<String>,
}

impl Differences {
    pub(super) fn note(&mut self, what: &str, why: impl fmt::Display) {
        self.found.push(format!("{}: {what}: {why}", self.case));
    }

    pub(super) fn unless(&mut self, holds: bool, what: &str, why: impl FnOnce() -> String) {
        if !holds {
            self.note(what, why());
        }
    }

    pub(super) fn equal<T: PartialEq + fmt::Debug>(&mut self, what: &str, found: &T, expected: &T) {
        self.unless(found == expected, what, || format!("\n    found    {found:?}\n    expected {expected:?}"));
    }

    /// Compares with the arrays `key/0`, `key/1`, … of a case.
    pub(super) fn arrays(&mut self, case: &Case, key: &str, found: &[Given]) {
        let expected = case.group(key);
        self.unless(found.len() == expected.len(), key, || {
            format!("{} arrays, expected {}", found.len(), expected.len())
        });
        for (index, (found, expected)) in found.iter().zip(&expected).enumerate() {
            self.array(&format!("{key}/{index}"), found, expected, case.tolerance());
        }
    }

    /// Compares the largest difference with the largest element.
    pub(super) fn array(&mut self, what: &str, found: &Given, expected: &Given, tolerance: f64) {
        if found.shape != expected.shape {
            return self.note(what, format!("shape {:?}, expected {:?}", found.shape, expected.shape));
        }
        let pairs = || found.values.iter().zip(&expected.values);
        let size = expected.values.iter().fold(0.0, |m: f64, b| m.max(b.abs()));
        let within = |a: f64, b: f64| (a - b).abs() <= tolerance * size;
        let worst = pairs().map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        let at = pairs().position(|(a, b)| !within(*a, *b));
        self.unless(at.is_none(), what, || {
            let at = at.unwrap_or_default();
            let (a, b) = (found.values[at], expected.values[at]);
            format!("{a} at {at}, expected {b}; differs by {:.1e} of {size}", worst / size)
        });
    }

    /// Fails the test if anything differs.
    #[track_caller]
    pub(super) fn finish(self) {
        let (count, shown) = (self.found.len(), self.found.iter().take(SHOWN).cloned().collect::<Vec<_>>());
        assert!(count == 0, "{count} differences from Keras:\n{}", shown.join("\n"));
    }
}
