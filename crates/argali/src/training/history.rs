//! What training reports.

use indexmap::IndexMap;
use std::ops::Index;

/// The numbers of one epoch or batch by name, such as `loss` and `val_accuracy`.
pub type Logs = IndexMap<String, f64>;

/// The numbers of all epochs of a [`fit`](crate::Model::fit).
///
/// ```
/// use argali::prelude::*;
/// let mut model = Sequential::new().input([2]).dense(1).build()?;
/// model.compile("sgd", "mse", ())?;
/// let (x, y) = (ndarray::Array2::<f32>::ones((8, 2)), ndarray::Array2::<f32>::zeros((8, 1)));
/// let history = model.fit(&x, &y, Fit::new().epochs(3).verbose(Verbose::Silent))?;
/// assert!(history["loss"][2] < history["loss"][0]);
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: the `History` callback.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The epochs, counted from 0.
    pub epochs: Vec<usize>,
    /// For each name its value in every epoch.
    pub values: IndexMap<String, Vec<f64>>,
}

impl History {
    pub(crate) fn push(&mut self, epoch: usize, logs: &Logs) {
        self.epochs.push(epoch);
        for (name, value) in logs {
            self.values.entry(name.clone()).or_default().push(*value);
        }
    }

    /// The values of a name, `None` if nothing has it.
    pub fn get(&self, name: &str) -> Option<&[f64]> {
        self.values.get(name).map(Vec::as_slice)
    }

    /// The value of a name in the last epoch.
    pub fn last(&self, name: &str) -> Option<f64> {
        self.get(name)?.last().copied()
    }
}

/// The values of a name; none if nothing has it.
impl Index<&str> for History {
    type Output = [f64];

    fn index(&self, name: &str) -> &[f64] {
        self.get(name).unwrap_or_default()
    }
}
