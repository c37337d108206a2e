//! The share of the targets' variance that predictions explain.

use super::any::keras;
use super::{Metric, State, floatx, named_and_typed, rows, same_shapes, scalars};
use crate::losses::same_rank;
use crate::{Problem, Shape};
use argali_engine::Value;
use serde::{Deserialize, Serialize};

/// How the scores of several outputs become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregation {
    /// Their mean.
    UniformAverage,
    /// Their mean, weighted by the variance of each output's targets.
    VarianceWeightedAverage,
}

object! {
    /// The coefficient of determination: `1 - sum((y_true - y_pred)²) / sum((y_true - mean(y_true))²)`. 1 is perfect, 0 is
    /// as good as the mean of the targets.
    ///
    /// Targets and predictions are `(batch, outputs)`. States: `num_samples`, `squared_sum`, `sum`, `residual`, `count`;
    /// the result has a number for each output, with an aggregation one.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, R2Score};
    /// let states = [vec![2.0], vec![10.0], vec![4.0], vec![1.0], vec![2.0]];
    /// assert_eq!(AnyMetric::from(R2Score::new()).result(&states), [0.5]);
    /// ```
    ///
    /// Keras: `keras.metrics.R2Score`.
    pub struct R2Score(keras("R2Score")) {
        ..
        /// Name of the metric. Default `"r2_score"`.
        name: String as &str = "r2_score".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// How the scores of several outputs become one number, `None` for a number each. Default their mean.
        class_aggregation: Option<Aggregation> = Some(Aggregation::UniformAverage),
        /// Number of independent regressors that the score is adjusted for. Default 0, none.
        num_regressors: usize = 0,
    }
}

impl R2Score {
    /// Corrects a score for the number of regressors, if there are more elements than these.
    fn adjusted(&self, score: f64, samples: f64) -> f64 {
        let regressors = self.num_regressors as f64;
        match self.num_regressors > 0 && regressors < samples - 1.0 {
            true => 1.0 - (1.0 - score) * (samples - 1.0) / (samples - regressors - 1.0),
            false => score,
        }
    }
}

impl Metric for R2Score {
    named_and_typed!();

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        same_shapes(&self.name, y_true, y_pred)?;
        match y_true.rank().max(y_pred.rank()) {
            2 => Ok(()),
            _ => {
                let message = format!("`{}` can't read outputs of shape {y_pred}", self.name);
                Err(Problem::mismatch(message, "give targets and outputs of shape (None, outputs)"))
            }
        }
    }

    fn states(&self, y_true: &[usize], y_pred: &[usize]) -> Vec<State> {
        let longer = if y_true.len() > y_pred.len() { y_true } else { y_pred };
        let outputs = longer.get(1).copied().unwrap_or(1);
        let each = ["squared_sum", "sum", "residual", "count"].map(|name| State::zeros(name, [outputs]));
        [State::zeros("num_samples", [])].into_iter().chain(each).collect()
    }

    fn update<'g>(
        &self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Vec<Value<'g>> {
        let (y_true, y_pred) = same_rank(y_true, y_pred);
        let shape = y_true.shape();
        let weight = match sample_weight {
            Some(weight) if weight.rank() == 1 => weight.expand_dims(1).broadcast_to(&shape),
            Some(weight) => weight.broadcast_to(&shape),
            None => y_true.full_like(1.0),
        };
        let sum = |v: Value<'g>| (v * weight).sum(&[0], false);
        let count = sum(y_true.full_like(1.0));
        let elements = count.graph().full(count.dtype(), &[], shape.iter().product::<usize>() as f64);
        let added = [elements, sum(y_true.square()), sum(y_true), sum((y_true - y_pred).square()), count];
        states.iter().zip(added).map(|(state, added)| *state + added).collect()
    }

    fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
        let ([samples], [_, squares, sums, residuals, counts]) = (scalars(states), rows(states));
        let outputs = squares.iter().zip(sums).zip(residuals).zip(counts);
        let of_output = |(((square, sum), residual), count): (((&f64, &f64), &f64), &f64)| {
            let total = square - sum * sum / count;
            let score = 1.0 - residual / total;
            (total, if score.is_infinite() { 0.0 } else { score })
        };
        let scores: Vec<(f64, f64)> = outputs.map(of_output).collect();
        let adjusted = |score: f64| self.adjusted(score, samples);
        let total = |f: fn(&(f64, f64)) -> f64| scores.iter().map(f).sum::<f64>();
        match self.class_aggregation {
            None => scores.iter().map(|(_, score)| adjusted(*score)).collect(),
            Some(Aggregation::UniformAverage) => vec![adjusted(total(|s| s.1) / scores.len() as f64)],
            Some(Aggregation::VarianceWeightedAverage) => vec![adjusted(total(|s| s.0 * s.1) / total(|s| s.0))],
        }
    }
}
