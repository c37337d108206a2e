//! Losses on weights or outputs.
//!
//! Keras: `keras.regularizers`.

use crate::named::{by_keras_name, unknown};
use crate::{Class, Json, Keys, Problem, settings};
use argali_engine::{OperationError, Value};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A loss on a weight or an output, which is added to the loss that training minimizes.
///
/// Read by Keras name, such as `"l2"` or `"L2"`, or from the dictionary that Keras writes.
///
/// ```
/// use argali::regularizers::Regularizer;
/// assert_eq!("l2".parse(), Ok(Regularizer::L2(0.01)));
/// assert!(Regularizer::L1(-1.0).check().is_err());
/// ```
///
/// Keras: `keras.Regularizer`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Regularizer {
    /// `l1 · sum(|w|)`. Keras: `L1`, whose default is 0.01.
    L1(f64),
    /// `l2 · sum(w²)`. Keras: `L2`, whose default is 0.01.
    L2(f64),
    /// `l1 · sum(|w|) + l2 · sum(w²)`. Keras: `L1L2`.
    L1L2 {
        /// Factor of the absolute values. Keras's default: 0.0.
        l1: f64,
        /// Factor of the squares. Keras's default: 0.0.
        l2: f64,
    },
    /// `factor` times the mean of the absolute cosines between the rows or columns of a matrix. Keras:
    /// `OrthogonalRegularizer`.
    Orthogonal {
        /// Factor of the mean. Keras's default: 0.01.
        factor: f64,
        /// What the cosines are between. Keras's default: `Rows`.
        mode: OrthogonalMode,
    },
}

/// What [`Regularizer::Orthogonal`] makes orthogonal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrthogonalMode {
    /// The rows.
    #[default]
    Rows,
    /// The columns.
    Columns,
}

impl Regularizer {
    /// [`Orthogonal`](Self::Orthogonal).
    pub fn orthogonal(factor: f64, mode: OrthogonalMode) -> Self {
        Regularizer::Orthogonal { factor, mode }
    }

    /// [`L1L2`](Self::L1L2).
    pub fn l1_l2(l1: f64, l2: f64) -> Self {
        Regularizer::L1L2 { l1, l2 }
    }

    /// Checks the factors.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] for one that is below 0, infinite or not a number.
    pub fn check(&self) -> Result<(), Problem> {
        let factor = |option, factor: f64| match factor >= 0.0 && factor.is_finite() {
            true => Ok(()),
            false => Err(Problem::argument(option, factor, "a finite number from 0 on", "")),
        };
        match *self {
            Regularizer::L1(l1) => factor("l1", l1),
            Regularizer::L2(l2) => factor("l2", l2),
            Regularizer::L1L2 { l1, l2 } => factor("l1", l1).and(factor("l2", l2)),
            Regularizer::Orthogonal { factor: f, .. } => factor("factor", f),
        }
    }

    /// The loss of a tensor, a scalar.
    ///
    /// [`Orthogonal`](Self::Orthogonal) takes matrices; any other tensor is kept as the graph's error.
    pub fn loss<'g>(&self, w: Value<'g>) -> Value<'g> {
        let absolute = |l1: f64| w.abs().sum_all() * l1;
        let squares = |l2: f64| w.square().sum_all() * l2;
        match *self {
            Regularizer::L1(l1) => absolute(l1),
            Regularizer::L2(l2) => squares(l2),
            Regularizer::L1L2 { l1, l2: 0.0 } => absolute(l1),
            Regularizer::L1L2 { l1: 0.0, l2 } => squares(l2),
            Regularizer::L1L2 { l1, l2 } => absolute(l1) + squares(l2),
            Regularizer::Orthogonal { factor, mode } => orthogonal_loss(w, factor, mode),
        }
    }

    fn class(&self) -> Class {
        let name = match self {
            Regularizer::L1(_) => "L1",
            Regularizer::L2(_) => "L2",
            Regularizer::L1L2 { .. } => "L1L2",
            Regularizer::Orthogonal { .. } => "OrthogonalRegularizer",
        };
        Class::keras("keras.regularizers", name)
    }

    fn config(&self) -> Json {
        match self {
            Regularizer::L1(l1) => json!({ "l1": l1 }),
            Regularizer::L2(l2) => json!({ "l2": l2 }),
            Regularizer::L1L2 { l1, l2 } => json!({"l1": l1, "l2": l2}),
            Regularizer::Orthogonal { factor, mode } => json!({"factor": factor, "mode": mode}),
        }
    }

    fn read(class: &str, config: &mut Keys) -> Result<Self, Problem> {
        let mut factor = |key: &str, default: f64| {
            let given: Option<Option<f64>> = config.maybe(key)?;
            Ok::<_, Problem>(given.flatten().unwrap_or(default))
        };
        Ok(match class {
            "L1" | "l1" => Regularizer::L1(factor("l1", 0.01)?),
            "L2" | "l2" => Regularizer::L2(factor("l2", 0.01)?),
            "L1L2" | "l1l2" | "l1_l2" => Regularizer::l1_l2(factor("l1", 0.0)?, factor("l2", 0.0)?),
            "OrthogonalRegularizer" | "orthogonal_regularizer" => {
                Regularizer::orthogonal(factor("factor", 0.01)?, config.maybe("mode")?.unwrap_or_default())
            }
            _ => return Err(unknown("regularizer", class, ["L1", "L2", "L1L2", "OrthogonalRegularizer"])),
        })
    }
}

by_keras_name!(Regularizer, "regularizer");

/// Half of `factor` times the sum of the absolute cosines, divided by the number of pairs.
fn orthogonal_loss<'g>(w: Value<'g>, factor: f64, mode: OrthogonalMode) -> Value<'g> {
    let &[rows, columns] = &w.shape()[..] else {
        let message = format!("takes a matrix, found {}", w.tensor_type());
        w.graph().fail(OperationError { operation: "orthogonal_regularizer", message });
        return w.sum_all();
    };
    let (axis, size) = if mode == OrthogonalMode::Rows { (1, rows) } else { (0, columns) };
    let unit = w * w.square().sum(&[axis], true).rsqrt().at_most(1.0 / settings::current().epsilon);
    let cosines = if mode == OrthogonalMode::Rows { unit.dot(unit, false, true) } else { unit.dot(unit, true, false) };
    let others = (0..size * size).map(|i| f64::from(u8::from(i / size != i % size))).collect::<Vec<_>>();
    let others = w.graph().constant(argali_engine::Buffer::from(others).cast(w.dtype()), &[size, size]);
    let pairs = size as f64 * (size as f64 - 1.0) / 2.0;
    (cosines * others).abs().sum_all() * (factor * 0.5 / pairs)
}
