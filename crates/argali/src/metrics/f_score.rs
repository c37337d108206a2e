//! F-scores: precision and recall in one number.

use super::any::keras;
use super::{Metric, State, floatx, named_and_typed, rows};
use crate::losses::epsilon;
use crate::{MaybeNumber, Number, Problem, Shape};
use argali_engine::Value;
use serde::{Deserialize, Serialize};

/// How the scores of classes become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Average {
    /// The score of all classes counted together.
    Micro,
    /// The mean of the classes' scores.
    Macro,
    /// Their mean, weighted by how many targets each class has.
    Weighted,
}

object! {
    /// The weighted harmonic mean of precision and recall of each class:
    /// `(1 + beta²) · precision · recall / (beta² · precision + recall)`.
    ///
    /// Targets are one-hot or several of 0 and 1, predictions scores, both `(batch, classes)`. Without a threshold the
    /// highest score of each sample is positive. States: `true_positives`, `false_positives`, `false_negatives`,
    /// `intermediate_weights`; the result has a number for each class, with an average one.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, Average, FBetaScore};
    /// let metric = AnyMetric::from(FBetaScore::new().beta(2.0).average(Average::Macro));
    /// assert_eq!(metric.name(), "fbeta_score");
    /// ```
    ///
    /// Keras: `keras.metrics.FBetaScore`.
    pub struct FBetaScore(keras("FBetaScore")) {
        ..
        /// Name of the metric. Default `"fbeta_score"`.
        name: String as &str = "fbeta_score".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// How the scores of classes become one number. Default: they do not.
        average: Option<Average> as Average = None,
        /// Weight of recall relative to precision, above 0. Default 1.
        beta: Number as impl Into<Number> = 1.0.into(),
        /// Scores above it are positive, above 0 and up to 1. Default: the highest of each sample.
        threshold: MaybeNumber as impl Into<MaybeNumber> = MaybeNumber(None),
    }
}

object! {
    /// The harmonic mean of precision and recall of each class: [`FBetaScore`] with a `beta` of 1.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, F1Score};
    /// let states = [vec![2.0, 1.0], vec![0.0, 2.0], vec![2.0, 0.0], vec![4.0, 1.0]];
    /// let scores = AnyMetric::from(F1Score::new()).result(&states);
    /// assert!((scores[0] - 2.0 / 3.0).abs() < 1e-6 && (scores[1] - 0.5).abs() < 1e-6);
    /// ```
    ///
    /// Keras: `keras.metrics.F1Score`.
    pub struct F1Score(keras("F1Score")) {
        ..
        /// Name of the metric. Default `"f1_score"`.
        name: String as &str = "f1_score".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// How the scores of classes become one number. Default: they do not.
        average: Option<Average> as Average = None,
        /// Scores above it are positive, above 0 and up to 1. Default: the highest of each sample.
        threshold: MaybeNumber as impl Into<MaybeNumber> = MaybeNumber(None),
    }
}

/// What both scores do.
#[derive(Clone, Copy)]
struct Score {
    average: Option<Average>,
    threshold: Option<f64>,
    beta: f64,
}

impl Score {
    fn validate(self) -> Result<(), Problem> {
        if self.beta <= 0.0 || !self.beta.is_finite() {
            return Err(Problem::argument("beta", self.beta, "a number above 0", ""));
        }
        match self.threshold {
            Some(t) if !(t > 0.0 && t <= 1.0) => {
                Err(Problem::argument("threshold", t, "a number above 0 and up to 1", ""))
            }
            _ => Ok(()),
        }
    }

    fn states(self, y_pred: &[usize]) -> Vec<State> {
        let shape = match self.average {
            Some(Average::Micro) => vec![],
            _ => y_pred.last().copied().into_iter().collect(),
        };
        let names = ["true_positives", "false_positives", "false_negatives", "intermediate_weights"];
        names.into_iter().map(|name| State::zeros(name, &shape[..])).collect()
    }

    fn positive<'g>(self, y_pred: Value<'g>) -> Value<'g> {
        match self.threshold {
            Some(threshold) => y_pred.greater(y_pred.full_like(threshold)),
            None => {
                let highest = y_pred.max(&[y_pred.rank().saturating_sub(1)], true);
                y_pred.greater_equal(highest) * y_pred.abs().greater(y_pred.full_like(1e-9))
            }
        }
    }

    fn update<'g>(
        self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Vec<Value<'g>> {
        let y_pred = self.positive(y_pred);
        let weight = sample_weight.map(|w| w.reshape(&[w.shape().iter().product(), 1]));
        let axes: &[usize] = if self.average == Some(Average::Micro) { &[0, 1] } else { &[0] };
        let sum = |v: Value<'g>| weight.map_or(v, |w| v * w).sum(axes, false);
        let added = [sum(y_pred * y_true), sum(y_pred * (1.0 - y_true)), sum((1.0 - y_pred) * y_true), sum(y_true)];
        states.iter().zip(added).map(|(state, added)| *state + added).collect()
    }

    fn result(self, states: &[Vec<f64>]) -> Vec<f64> {
        let [hits, extra, missed, weights] = rows(states);
        let square = self.beta * self.beta;
        let score = |((hit, extra), missed): ((&f64, &f64), &f64)| {
            let (precision, recall) = (hit / (hit + extra + epsilon()), hit / (hit + missed + epsilon()));
            precision * recall / (square * precision + recall + epsilon()) * (1.0 + square)
        };
        let scores: Vec<f64> = hits.iter().zip(extra).zip(missed).map(score).collect();
        match self.average {
            None => scores,
            Some(Average::Weighted) => {
                let total = weights.iter().sum::<f64>() + epsilon();
                vec![scores.iter().zip(weights).map(|(score, weight)| score * weight / total).sum()]
            }
            Some(_) => vec![scores.iter().sum::<f64>() / scores.len() as f64],
        }
    }
}

/// Refuses anything but targets and predictions of one shape `(batch, classes)`.
fn check(name: &str, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
    let classes = (y_true.dim(-1), y_pred.dim(-1));
    if y_true.rank() == 2
        && y_pred.rank() == 2
        && (classes.0.is_none() || classes.1.is_none() || classes.0 == classes.1)
    {
        return Ok(());
    }
    let message = format!("`{name}` can't compare targets of shape {y_true} with outputs of shape {y_pred}");
    Err(Problem::mismatch(message, "give one-hot targets, and outputs, of shape (None, classes)"))
}

impl FBetaScore {
    fn score(&self) -> Score {
        Score { average: self.average, threshold: self.threshold.get(), beta: self.beta.get() }
    }
}

impl F1Score {
    fn score(&self) -> Score {
        Score { average: self.average, threshold: self.threshold.get(), beta: 1.0 }
    }
}

macro_rules! f_score {
    ($($Metric:ident),*) => {
        $(impl Metric for $Metric {
            named_and_typed!();

            fn validate(&self) -> Result<(), Problem> {
                self.score().validate()
            }

            fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
                check(&self.name, y_true, y_pred)
            }

            fn states(&self, _: &[usize], y_pred: &[usize]) -> Vec<State> {
                self.score().states(y_pred)
            }

            fn update<'g>(
                &self,
                states: &[Value<'g>],
                y_true: Value<'g>,
                y_pred: Value<'g>,
                sample_weight: Option<Value<'g>>,
            ) -> Vec<Value<'g>> {
                self.score().update(states, y_true, y_pred, sample_weight)
            }

            fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
                self.score().result(states)
            }
        })*
    };
}

f_score!(FBetaScore, F1Score);
