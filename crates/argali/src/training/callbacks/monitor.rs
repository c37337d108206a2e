//! Numbers that callbacks watch.

use super::Logs;
use crate::warnings::warn;

/// Whether a watched number should fall or rise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Losses and errors should fall; accuracies, precision, recall, areas and scores should rise.
    #[default]
    Auto,
    /// It should fall.
    Min,
    /// It should rise.
    Max,
}

/// Parts of the names of metrics that should rise.
const RISING: [&str; 12] = [
    "accuracy",
    "acc",
    "precision",
    "recall",
    "auc",
    "f1",
    "fbeta",
    "r2_score",
    "iou",
    "cosine_similarity",
    "specificity",
    "sensitivity",
];

/// A number of the logs with the best value so far.
#[derive(Clone, Debug)]
pub(crate) struct Monitor {
    pub(crate) name: String,
    pub(crate) mode: Mode,
    pub(crate) min_delta: f64,
    pub(crate) best: Option<f64>,
}

impl Monitor {
    pub(crate) fn new(name: &str, min_delta: f64) -> Self {
        Monitor { name: name.into(), mode: Mode::Auto, min_delta, best: None }
    }

    fn rises(&self) -> bool {
        match self.mode {
            Mode::Min => false,
            Mode::Max => true,
            Mode::Auto => {
                let name = self.name.trim_start_matches("val_");
                !name.ends_with("loss") && RISING.iter().any(|part| name.contains(part))
            }
        }
    }

    /// The value in the logs; warns of what there is if it is missing.
    pub(crate) fn value(&self, logs: &Logs) -> Option<f64> {
        let value = logs.get(&self.name).copied();
        if value.is_none() {
            let names: Vec<_> = logs.keys().map(String::as_str).collect();
            let (name, names) = (&self.name, names.join(", "));
            warn(format_args!("`{name}` is not among {names}, a callback that watches it does nothing"));
        }
        value
    }

    /// Whether a value is better than another by more than the least difference that counts.
    pub(crate) fn improves(&self, value: f64, on: Option<f64>) -> bool {
        let Some(on) = on else { return true };
        if self.rises() { value - self.min_delta > on } else { value + self.min_delta < on }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions() {
        assert!(Monitor::new("val_accuracy", 0.0).improves(0.9, Some(0.8)));
        assert!(Monitor::new("val_loss", 0.0).improves(0.7, Some(0.8)));
        assert!(!Monitor::new("val_loss", 0.2).improves(0.7, Some(0.8)));
        assert!(Monitor::new("mean_absolute_error", 0.0).improves(0.7, Some(0.8)));
    }
}
