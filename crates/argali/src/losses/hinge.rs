//! Losses of maximal margins.

use super::{Loss, Reduction, axis_of, mean_last, named_and_reduced, same_rank, same_shapes};
use crate::Class;
use argali_engine::Value;

object! {
    /// The hinge loss: `mean(max(1 - y_true · y_pred, 0))` over the last axis.
    ///
    /// Targets are -1 or 1. If all targets of a batch are 0 or 1, zeros are taken as -1. Targets and predictions have one
    /// shape, `(batch, .., features)`; there is a value for each index of all axes but the last.
    ///
    /// ```
    /// use argali::engine::Graph;
    /// use argali::losses::{AnyLoss, Hinge};
    ///
    /// let graph = Graph::new();
    /// let y_true = graph.constant(vec![-1.0, 1.0, -1.0, -1.0], &[2, 2]);
    /// let y_pred = graph.constant(vec![0.6, 0.4, 0.4, 0.6], &[2, 2]);
    /// let loss = AnyLoss::from(Hinge::new()).value(y_true, y_pred, None, None);
    ///
    /// let mut value = [0.0];
    /// graph.plan(&[loss])?.run(&[], &mut [value.as_mut_slice().into()])?;
    /// assert!((value[0] - 1.3_f64).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Keras: `keras.losses.Hinge`, `"hinge"`.
    pub struct Hinge(Class::keras("keras.losses", "Hinge")) {
        ..
        /// Name of the loss. Default `"hinge"`.
        name: String as &str = "hinge".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
    }
}

object! {
    /// The squared hinge loss: `mean(max(1 - y_true · y_pred, 0)²)` over the last axis.
    ///
    /// Targets and shapes are those of [`Hinge`].
    ///
    /// ```
    /// use argali::losses::{AnyLoss, SquaredHinge};
    /// assert_eq!(AnyLoss::from(SquaredHinge::new()).name(), "squared_hinge");
    /// ```
    ///
    /// Keras: `keras.losses.SquaredHinge`, `"squared_hinge"`.
    pub struct SquaredHinge(Class::keras("keras.losses", "SquaredHinge")) {
        ..
        /// Name of the loss. Default `"squared_hinge"`.
        name: String as &str = "squared_hinge".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
    }
}

object! {
    /// The hinge loss of one-hot targets: `max(1 + max((1 - y_true) · y_pred) - sum(y_true · y_pred), 0)` over the last
    /// axis.
    ///
    /// Targets are one-hot and have the shape of the predictions, `(batch, .., classes)`; there is a value for each index
    /// of all axes but the last.
    ///
    /// ```
    /// use argali::losses::{AnyLoss, CategoricalHinge};
    /// assert_eq!(AnyLoss::from(CategoricalHinge::new()).name(), "categorical_hinge");
    /// ```
    ///
    /// Keras: `keras.losses.CategoricalHinge`, `"categorical_hinge"`.
    pub struct CategoricalHinge(Class::keras("keras.losses", "CategoricalHinge")) {
        ..
        /// Name of the loss. Default `"categorical_hinge"`.
        name: String as &str = "categorical_hinge".into(),
        /// How the values become one number. Default [`SumOverBatchSize`](Reduction::SumOverBatchSize).
        reduction: Option<Reduction> as impl Into<Option<Reduction>> = Some(Reduction::SumOverBatchSize),
    }
}

/// How far every prediction is on the wrong side of the margin.
fn shortfall<'g>(y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
    let (y_true, y_pred) = same_rank(y_true, y_pred);
    (1.0 - signs(y_true) * y_pred).at_least(0.0)
}

/// Targets of 0 and 1 as -1 and 1, if there are no others.
fn signs(y_true: Value<'_>) -> Value<'_> {
    let shape = y_true.shape();
    if shape.contains(&0) {
        return y_true;
    }
    let binary = y_true.equal(y_true.zeros_like()) + y_true.equal(y_true.full_like(1.0));
    let all = binary.min(&(0..shape.len()).collect::<Vec<_>>(), false);
    all.select(y_true * 2.0 - 1.0, y_true)
}

impl Loss for Hinge {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        mean_last(shortfall(y_true, y_pred))
    }
}

impl Loss for SquaredHinge {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        mean_last(shortfall(y_true, y_pred).square())
    }
}

impl Loss for CategoricalHinge {
    named_and_reduced!();
    same_shapes!();

    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let last = [axis_of(y_pred, -1)];
        let hit = (y_true * y_pred).sum(&last, false);
        let miss = ((1.0 - y_true) * y_pred).max(&last, false);
        (miss - hit + 1.0).at_least(0.0)
    }
}
