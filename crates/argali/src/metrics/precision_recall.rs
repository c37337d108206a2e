//! How many positive predictions are true, and how many true targets are found.

use super::any::keras;
use super::confusion::{Comparison, LOWEST};
use super::thresholds::Levels;
use super::{Metric, State, Thresholds, floatx, named_and_typed, ratio, rows};
use crate::{Problem, Shape};
use argali_engine::Value;

object! {
    /// How many of the positive predictions are true: `true_positives / (true_positives + false_positives)`.
    ///
    /// Targets other than 0 are true; predictions above the threshold are positive, with `top_k` those among the highest
    /// of their sample. Targets and predictions have one shape. States: `true_positives` and `false_positives`; the
    /// result has a number for each threshold.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, Precision};
    /// assert_eq!(AnyMetric::from(Precision::new().thresholds(0.7)).result(&[vec![3.0], vec![1.0]]), [0.75]);
    /// ```
    ///
    /// Keras: `keras.metrics.Precision`.
    pub struct Precision(keras("Precision")) {
        ..
        /// Name of the metric. Default `"precision"`.
        name: String as &str = "precision".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// One or several thresholds from 0 to 1. Default 0.5, none with `top_k`.
        thresholds: Thresholds as impl Into<Thresholds> = Thresholds::Default,
        /// Only so many of the highest predictions of each sample can be positive. Default all.
        top_k: Option<usize> as usize = None,
        /// Only this class counts. Default all.
        class_id: Option<usize> as usize = None,
    }
}

object! {
    /// How many of the true targets are found: `true_positives / (true_positives + false_negatives)`.
    ///
    /// Targets, predictions and options are those of [`Precision`]. States: `true_positives` and `false_negatives`; the
    /// result has a number for each threshold.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, Recall};
    /// assert_eq!(AnyMetric::from(Recall::new().top_k(3)).result(&[vec![3.0], vec![1.0]]), [0.75]);
    /// ```
    ///
    /// Keras: `keras.metrics.Recall`.
    pub struct Recall(keras("Recall")) {
        ..
        /// Name of the metric. Default `"recall"`.
        name: String as &str = "recall".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// One or several thresholds from 0 to 1. Default 0.5, none with `top_k`.
        thresholds: Thresholds as impl Into<Thresholds> = Thresholds::Default,
        /// Only so many of the highest predictions of each sample can be positive. Default all.
        top_k: Option<usize> as usize = None,
        /// Only this class counts. Default all.
        class_id: Option<usize> as usize = None,
    }
}

/// Implements [`Metric`] for the ratio of true positives to them and another count.
macro_rules! ratio_of_counts {
    ($Metric:ident, $other:ident) => {
        impl $Metric {
            fn levels(&self) -> Levels {
                self.thresholds.levels(if self.top_k.is_some() { LOWEST } else { 0.5 })
            }

            fn comparison<'m>(&self, levels: &'m Levels) -> Comparison<'m> {
                Comparison { top_k: self.top_k, class_id: self.class_id, ..Comparison::at(levels) }
            }
        }

        impl Metric for $Metric {
            named_and_typed!();

            fn validate(&self) -> Result<(), Problem> {
                self.thresholds.validate()
            }

            fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
                self.comparison(&self.levels()).check(&self.name, y_true, y_pred)
            }

            fn states(&self, _: &[usize], _: &[usize]) -> Vec<State> {
                let count = self.levels().levels.len();
                vec![State::zeros("true_positives", [count]), State::zeros(stringify!($other), [count])]
            }

            fn update<'g>(
                &self,
                states: &[Value<'g>],
                y_true: Value<'g>,
                y_pred: Value<'g>,
                sample_weight: Option<Value<'g>>,
            ) -> Vec<Value<'g>> {
                let levels = self.levels();
                let counts = self.comparison(&levels).count(y_true, y_pred, sample_weight);
                states.iter().zip([counts.true_positives, counts.$other]).map(|(s, added)| *s + added).collect()
            }

            fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
                let [hits, others] = rows(states);
                hits.iter().zip(others).map(|(hit, other)| ratio(*hit, hit + other)).collect()
            }
        }
    };
}

ratio_of_counts!(Precision, false_positives);
ratio_of_counts!(Recall, false_negatives);
