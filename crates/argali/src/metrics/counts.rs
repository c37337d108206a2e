//! Counts of true and false, positives and negatives.

use super::any::keras;
use super::confusion::Comparison;
use super::{Metric, State, Thresholds, floatx, named_and_typed, rows};
use crate::{Problem, Shape};
use argali_engine::Value;

/// A metric that counts one of the four cases at each threshold.
macro_rules! count {
    ($Metric:ident, $name:literal, $snake:ident, $case:literal) => {
        object! {
            #[doc = concat!("How many predictions are ", $case, ", weighted by sample weights.")]
            ///
            /// Targets other than 0 are true; predictions above the threshold are positive. Targets and predictions have
            /// one shape; every element counts. State: `accumulator`, one number for each threshold, which is the result.
            ///
            /// ```
            #[doc = concat!("use argali::metrics::{AnyMetric, ", stringify!($Metric), "};")]
            #[doc = concat!("let metric = AnyMetric::from(", stringify!($Metric), "::new().thresholds([0.3, 0.7]));")]
            /// assert_eq!(metric.result(&[vec![5.0, 2.0]]), [5.0, 2.0]);
            /// ```
            ///
            #[doc = concat!("Keras: `keras.metrics.", stringify!($Metric), "`.")]
            pub struct $Metric(keras(stringify!($Metric))) {
                ..
                #[doc = concat!("Name of the metric. Default `\"", $name, "\"`.")]
                name: String as &str = $name.into(),
                /// Type of the states. Default: `floatx` of `keras.json`.
                dtype: String as &str = floatx(),
                /// One or several thresholds from 0 to 1. Default 0.5.
                thresholds: Thresholds as impl Into<Thresholds> = Thresholds::Default,
            }
        }

        impl Metric for $Metric {
            named_and_typed!();

            fn validate(&self) -> Result<(), Problem> {
                self.thresholds.validate()
            }

            fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
                Comparison::at(&self.thresholds.levels(0.5)).check(&self.name, y_true, y_pred)
            }

            fn states(&self, _: &[usize], _: &[usize]) -> Vec<State> {
                vec![State::zeros("accumulator", [self.thresholds.levels(0.5).levels.len()])]
            }

            fn update<'g>(
                &self,
                states: &[Value<'g>],
                y_true: Value<'g>,
                y_pred: Value<'g>,
                sample_weight: Option<Value<'g>>,
            ) -> Vec<Value<'g>> {
                let levels = self.thresholds.levels(0.5);
                let counts = Comparison::at(&levels).count(y_true, y_pred, sample_weight);
                states.iter().map(|state| *state + counts.$snake).collect()
            }

            fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
                rows::<1>(states)[0].to_vec()
            }
        }
    };
}

count!(TruePositives, "true_positives", true_positives, "positive where the target is true");
count!(FalsePositives, "false_positives", false_positives, "positive where the target is false");
count!(TrueNegatives, "true_negatives", true_negatives, "negative where the target is false");
count!(FalseNegatives, "false_negatives", false_negatives, "negative where the target is true");
