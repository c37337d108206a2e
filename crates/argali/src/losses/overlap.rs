//! Losses of the overlap of regions, for segmentation.

use super::{Loss, Reduction, axis_of, epsilon, named_and_reduced, same_rank, same_shapes};
use crate::{Class, Number};
use argali_engine::Value;
use serde::{Deserialize, Serialize};

/// Axes that are reduced together. In configs `null`, a number or a list of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Axes {
    /// All axes.
    All,
    /// One axis; negative ones count from the end.
    One(isize),
    /// Several axes; negative ones count from the end.
    Some(Vec<isize>),
}

impl From<isize> for Axes {
    fn from(axis: isize) -> Self {
        Axes::One(axis)
    }
}

impl<const N: usize> From<[isize; N]> for Axes {
    fn from(axes: [isize; N]) -> Self {
        Axes::Some(axes.to_vec())
    }
}

impl Axes {
    fn sum<'g>(&self, value: Value<'g>) -> Value<'g> {
        let axes = match self {
            Axes::All => (0..value.rank()).collect(),
            Axes::One(axis) => vec![axis_of(value, *axis)],
            Axes::Some(axes) => axes.iter().map(|a| axis_of(value, *a)).collect(),
        };
        value.sum(&axes, false)
    }
}

object! {
    /// One minus the Dice coefficient of two regions: `1 - 2 · sum(y_true · y_pred) / (sum(y_true) + sum(y_pred))`.
    ///
    /// Targets and predictions have one shape; the sums go over `axis`, and there is a value for each index of the other
    /// axes.
    ///
    /// ```
    /// use argali::losses::{AnyLoss, Axes, Dice};
    /// let per_sample = AnyLoss::from(Dice::new().axis(Axes::Some(vec![1, 2, 3])));
    /// assert_eq!(per_sample.name(), "dice");
    /// ```
    ///
    /// Keras: `keras.losses.Dice`, `"dice"`.
    pub struct Dice(Class::keras("keras.losses", "Dice")) {
        ..
        /// Name of the loss. Default `"dice"`.
        name: String as &str = "dice".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// Axes of a region. Default all, the batch axis too.
        axis: Axes as impl Into<Axes> = Axes::All,
    }
}

object! {
    /// One minus the Tversky index of two regions, which weighs what is missed and what is added:
    /// `1 - hit / (hit + alpha · missed + beta · added)` with `hit = sum(y_true · y_pred)`,
    /// `missed = sum(y_true · (1 - y_pred))` and `added = sum((1 - y_true) · y_pred)`.
    ///
    /// Targets and predictions have one shape; the sums go over `axis`, and there is a value for each index of the other
    /// axes. With both weights 0.5 it is [`Dice`].
    ///
    /// ```
    /// use argali::losses::{AnyLoss, Tversky};
    /// let loss = AnyLoss::from(Tversky::new().alpha(0.7).beta(0.3));
    /// assert_eq!(loss.to_json()["config"]["alpha"], 0.7);
    /// ```
    ///
    /// Keras: `keras.losses.Tversky`, `"tversky"`.
    pub struct Tversky(Class::keras("keras.losses", "Tversky")) {
        ..
        /// Name of the loss. Default `"tversky"`.
        name: String as &str = "tversky".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
        /// Weight of what is missed. Default 0.5.
        alpha: Number as impl Into<Number> = 0.5.into(),
        /// Weight of what is added. Default 0.5.
        beta: Number as impl Into<Number> = 0.5.into(),
        /// Axes of a region. Default all, the batch axis too.
        axis: Axes as impl Into<Axes> = Axes::All,
    }
}

impl Loss for Dice {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let sum = |v: Value<'g>| self.axis.sum(v);
        1.0 - sum(y_true * y_pred) * 2.0 / (sum(y_true) + sum(y_pred) + epsilon())
    }
}

impl Loss for Tversky {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let sum = |v: Value<'g>| self.axis.sum(v);
        let hit = sum(y_true * y_pred);
        let missed = sum((1.0 - y_pred) * y_true);
        let added = sum(y_pred * (1.0 - y_true));
        1.0 - hit / (hit + missed * self.alpha.get() + added * self.beta.get() + epsilon())
    }
}
