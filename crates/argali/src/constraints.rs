//! Conditions that weights are made to meet after every training step.
//!
//! Keras: `keras.constraints`.

use crate::named::{by_keras_name, unknown};
use crate::{Class, Json, Keys, Number, Problem, settings};
use argali_engine::{OperationError, Value};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// A condition that a weight is made to meet after every training step.
///
/// Read by Keras name, such as `"max_norm"` or `"MaxNorm"`, or from the dictionary that Keras writes.
///
/// ```
/// use argali::constraints::Constraint;
/// assert_eq!("max_norm".parse(), Ok(Constraint::max_norm(2)));
/// let each_filter = Constraint::unit_norm().axis([0, 1]);
/// assert_eq!(serde_json::to_value(each_filter)?["config"]["axis"], serde_json::json!([0, 1]));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Keras: `keras.constraints.Constraint`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// Vectors along the axes are shortened to `max_value`. Keras: `MaxNorm`.
    MaxNorm {
        /// The greatest norm. Keras's default: 2.
        max_value: Number,
        /// Axes that a norm is taken over. Keras's default: 0.
        axis: Axes,
    },
    /// Vectors along the axes are brought between two norms. Keras: `MinMaxNorm`.
    MinMaxNorm {
        /// The least norm. Keras's default: 0.0.
        min_value: Number,
        /// The greatest norm. Keras's default: 1.0.
        max_value: Number,
        /// Part of the way that is gone in one step. Keras's default: 1.0.
        rate: Number,
        /// Axes that a norm is taken over. Keras's default: 0.
        axis: Axes,
    },
    /// Negative weights become 0. Keras: `NonNeg`.
    NonNeg,
    /// Vectors along the axes get norm 1. Keras: `UnitNorm`.
    UnitNorm {
        /// Axes that a norm is taken over. Keras's default: 0.
        axis: Axes,
    },
}

/// One axis or several; negative ones count from the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected an axis or a list of axes")]
pub enum Axes {
    /// One axis.
    One(i64),
    /// Several axes.
    Several(Vec<i64>),
}

impl Default for Axes {
    fn default() -> Self {
        Axes::One(0)
    }
}

impl From<i64> for Axes {
    fn from(axis: i64) -> Self {
        Axes::One(axis)
    }
}

impl<const N: usize> From<[i64; N]> for Axes {
    fn from(axes: [i64; N]) -> Self {
        Axes::Several(axes.to_vec())
    }
}

impl Axes {
    /// The axes of a tensor of this rank, counted from the first; `None` if it does not have one of them.
    pub(crate) fn of(&self, rank: usize) -> Option<Vec<usize>> {
        let axes = match self {
            Axes::One(axis) => std::slice::from_ref(axis),
            Axes::Several(axes) => axes,
        };
        let from_first = |axis: &i64| if *axis < 0 { axis.checked_add(rank as i64) } else { Some(*axis) };
        axes.iter().map(|axis| usize::try_from(from_first(axis)?).ok().filter(|axis| *axis < rank)).collect()
    }
}

impl Constraint {
    /// Norms of at most this value, over axis 0.
    pub fn max_norm(max_value: impl Into<Number>) -> Self {
        Constraint::MaxNorm { max_value: max_value.into(), axis: Axes::default() }
    }

    /// Norms between these values, over axis 0, at once.
    pub fn min_max_norm(min_value: impl Into<Number>, max_value: impl Into<Number>) -> Self {
        let (min_value, max_value) = (min_value.into(), max_value.into());
        Constraint::MinMaxNorm { min_value, max_value, rate: Number::Float(1.0), axis: Axes::default() }
    }

    /// Weights from 0 on.
    pub fn non_neg() -> Self {
        Constraint::NonNeg
    }

    /// Norms of 1, over axis 0.
    pub fn unit_norm() -> Self {
        Constraint::UnitNorm { axis: Axes::default() }
    }

    /// The same constraint with norms over other axes; `NonNeg` has none.
    #[must_use = "the changed constraint is returned"]
    pub fn axis(mut self, axes: impl Into<Axes>) -> Self {
        match &mut self {
            Constraint::MaxNorm { axis, .. } | Constraint::MinMaxNorm { axis, .. } | Constraint::UnitNorm { axis } => {
                *axis = axes.into();
            }
            Constraint::NonNeg => {}
        }
        self
    }

    /// The same constraint at another rate; only `MinMaxNorm` has one.
    #[must_use = "the changed constraint is returned"]
    pub fn rate(mut self, value: impl Into<Number>) -> Self {
        if let Constraint::MinMaxNorm { rate, .. } = &mut self {
            *rate = value.into();
        }
        self
    }

    /// Checks the parameters.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] for one that is not a number.
    pub fn check(&self) -> Result<(), Problem> {
        let number = |option, value: Number| match value.get().is_nan() {
            true => Err(Problem::argument(option, value, "a number", "")),
            false => Ok(()),
        };
        match *self {
            Constraint::MaxNorm { max_value, .. } => number("max_value", max_value),
            Constraint::MinMaxNorm { min_value, max_value, rate, .. } => {
                number("min_value", min_value).and(number("max_value", max_value)).and(number("rate", rate))
            }
            Constraint::NonNeg | Constraint::UnitNorm { .. } => Ok(()),
        }
    }

    /// The weight that meets the condition.
    ///
    /// Axes the weight does not have are kept as the graph's error.
    pub fn apply<'g>(&self, w: Value<'g>) -> Value<'g> {
        match self {
            Constraint::NonNeg => w.at_least(0.0),
            Constraint::UnitNorm { axis } => match norms(w, axis) {
                Some(norms) => w / (norms + epsilon()),
                None => w,
            },
            Constraint::MaxNorm { max_value, axis } => match norms(w, axis) {
                Some(norms) => w * (norms.clamp(0.0, max_value.get()) / (norms + epsilon())),
                None => w,
            },
            Constraint::MinMaxNorm { min_value, max_value, rate, axis } => match norms(w, axis) {
                Some(norms) => {
                    let within = norms.clamp(min_value.get(), max_value.get());
                    let desired = within * rate.get() + norms * (1.0 - rate.get());
                    w * (desired / (norms + epsilon()))
                }
                None => w,
            },
        }
    }

    fn class(&self) -> Class {
        let name = match self {
            Constraint::MaxNorm { .. } => "MaxNorm",
            Constraint::MinMaxNorm { .. } => "MinMaxNorm",
            Constraint::NonNeg => "NonNeg",
            Constraint::UnitNorm { .. } => "UnitNorm",
        };
        Class::keras("keras.constraints", name)
    }

    fn config(&self) -> Json {
        match self {
            Constraint::MaxNorm { max_value, axis } => json!({"max_value": max_value, "axis": axis}),
            Constraint::MinMaxNorm { min_value, max_value, rate, axis } => {
                json!({"min_value": min_value, "max_value": max_value, "rate": rate, "axis": axis})
            }
            Constraint::NonNeg => json!({}),
            Constraint::UnitNorm { axis } => json!({ "axis": axis }),
        }
    }

    fn read(class: &str, config: &mut Keys) -> Result<Self, Problem> {
        let mut constraint = match class {
            "MaxNorm" | "max_norm" => Constraint::max_norm(2),
            "MinMaxNorm" | "min_max_norm" => Constraint::min_max_norm(0.0, 1.0),
            "NonNeg" | "non_neg" | "nonneg" => Constraint::NonNeg,
            "UnitNorm" | "unit_norm" => Constraint::unit_norm(),
            _ => return Err(unknown("constraint", class, ["MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"])),
        };
        match &mut constraint {
            Constraint::MaxNorm { max_value, axis } => {
                config.optional("max_value", max_value)?;
                config.optional("axis", axis)?;
            }
            Constraint::MinMaxNorm { min_value, max_value, rate, axis } => {
                config.optional("min_value", min_value)?;
                config.optional("max_value", max_value)?;
                config.optional("rate", rate)?;
                config.optional("axis", axis)?;
            }
            Constraint::UnitNorm { axis } => config.optional("axis", axis)?,
            Constraint::NonNeg => {}
        }
        Ok(constraint)
    }
}

by_keras_name!(Constraint, "constraint");

/// What keeps a division by a norm defined: `epsilon` of `keras.json`.
fn epsilon() -> f64 {
    settings::current().epsilon
}

fn norms<'g>(w: Value<'g>, axes: &Axes) -> Option<Value<'g>> {
    let found = axes.of(w.rank());
    if found.is_none() {
        let message = format!("norms over {axes:?} of {}", w.tensor_type());
        w.graph().fail(OperationError { operation: "constraint", message });
    }
    Some(w.square().sum(&found?, true).sqrt())
}
