//! The best of one rate while another is held.

use super::any::keras;
use super::confusion::{Comparison, four_counts};
use super::thresholds::Levels;
use super::{Metric, State, floatx, named_and_typed, ratio, rows};
use crate::losses::targets;
use crate::{Number, Problem, Shape};
use argali_engine::Value;

object! {
    /// The highest sensitivity of all thresholds at which the specificity is at least as given.
    ///
    /// The sensitivity is `true_positives / (true_positives + false_negatives)`, the specificity
    /// `true_negatives / (true_negatives + false_positives)`. Targets are 0 or 1, predictions from 0 to 1, of one shape.
    /// States: `true_positives`, `false_positives`, `true_negatives`, `false_negatives`, a number for each threshold.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, SensitivityAtSpecificity};
    /// assert_eq!(AnyMetric::from(SensitivityAtSpecificity::new(0.8)).name(), "sensitivity_at_specificity");
    /// ```
    ///
    /// Keras: `keras.metrics.SensitivityAtSpecificity`.
    pub struct SensitivityAtSpecificity(keras("SensitivityAtSpecificity")) {
        /// The lowest specificity, from 0 to 1.
        specificity: Number as impl Into<Number>,
        ..
        /// Name of the metric. Default `"sensitivity_at_specificity"`.
        name: String as &str = "sensitivity_at_specificity".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Number of thresholds, evenly from 0 to 1. Default 200.
        num_thresholds: usize = 200,
        /// Only this class counts. Default all.
        class_id: Option<usize> as usize = None,
    }
}

object! {
    /// The highest specificity of all thresholds at which the sensitivity is at least as given.
    ///
    /// The specificity is `true_negatives / (true_negatives + false_positives)`, the sensitivity
    /// `true_positives / (true_positives + false_negatives)`. Targets are 0 or 1, predictions from 0 to 1, of one shape.
    /// States: `true_positives`, `false_positives`, `true_negatives`, `false_negatives`, a number for each threshold.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, SpecificityAtSensitivity};
    /// assert_eq!(AnyMetric::from(SpecificityAtSensitivity::new(0.8)).name(), "specificity_at_sensitivity");
    /// ```
    ///
    /// Keras: `keras.metrics.SpecificityAtSensitivity`.
    pub struct SpecificityAtSensitivity(keras("SpecificityAtSensitivity")) {
        /// The lowest sensitivity, from 0 to 1.
        sensitivity: Number as impl Into<Number>,
        ..
        /// Name of the metric. Default `"specificity_at_sensitivity"`.
        name: String as &str = "specificity_at_sensitivity".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Number of thresholds, evenly from 0 to 1. Default 200.
        num_thresholds: usize = 200,
        /// Only this class counts. Default all.
        class_id: Option<usize> as usize = None,
    }
}

object! {
    /// The highest precision of all thresholds at which the recall is at least as given.
    ///
    /// The precision is `true_positives / (true_positives + false_positives)`, the recall
    /// `true_positives / (true_positives + false_negatives)`. Targets are 0 or 1, predictions from 0 to 1, of one shape.
    /// States: `true_positives`, `false_positives`, `true_negatives`, `false_negatives`, a number for each threshold.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, PrecisionAtRecall};
    /// assert_eq!(AnyMetric::from(PrecisionAtRecall::new(0.8)).name(), "precision_at_recall");
    /// ```
    ///
    /// Keras: `keras.metrics.PrecisionAtRecall`.
    pub struct PrecisionAtRecall(keras("PrecisionAtRecall")) {
        /// The lowest recall, from 0 to 1.
        recall: Number as impl Into<Number>,
        ..
        /// Name of the metric. Default `"precision_at_recall"`.
        name: String as &str = "precision_at_recall".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Number of thresholds, evenly from 0 to 1. Default 200.
        num_thresholds: usize = 200,
        /// Only this class counts. Default all.
        class_id: Option<usize> as usize = None,
    }
}

object! {
    /// The highest recall of all thresholds at which the precision is at least as given.
    ///
    /// The recall is `true_positives / (true_positives + false_negatives)`, the precision
    /// `true_positives / (true_positives + false_positives)`. Targets are 0 or 1, predictions from 0 to 1, of one shape.
    /// States: `true_positives`, `false_positives`, `true_negatives`, `false_negatives`, a number for each threshold.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, RecallAtPrecision};
    /// assert_eq!(AnyMetric::from(RecallAtPrecision::new(0.8)).name(), "recall_at_precision");
    /// ```
    ///
    /// Keras: `keras.metrics.RecallAtPrecision`.
    pub struct RecallAtPrecision(keras("RecallAtPrecision")) {
        /// The lowest precision, from 0 to 1.
        precision: Number as impl Into<Number>,
        ..
        /// Name of the metric. Default `"recall_at_precision"`.
        name: String as &str = "recall_at_precision".into(),
        /// Type of the states. Default: `floatx` of `keras.json`.
        dtype: String as &str = floatx(),
        /// Number of thresholds, evenly from 0 to 1. Default 200.
        num_thresholds: usize = 200,
        /// Only this class counts. Default all.
        class_id: Option<usize> as usize = None,
    }
}

/// The four counts at one threshold.
struct Counts {
    true_positives: f64,
    false_positives: f64,
    true_negatives: f64,
    false_negatives: f64,
}

impl Counts {
    fn sensitivity(&self) -> f64 {
        ratio(self.true_positives, self.true_positives + self.false_negatives)
    }

    fn specificity(&self) -> f64 {
        ratio(self.true_negatives, self.true_negatives + self.false_positives)
    }

    fn precision(&self) -> f64 {
        ratio(self.true_positives, self.true_positives + self.false_positives)
    }
}

/// The highest of one rate at the thresholds where another is at least `lowest`, 0 if there are none.
fn best(states: &[Vec<f64>], lowest: f64, held: fn(&Counts) -> f64, wanted: fn(&Counts) -> f64) -> Vec<f64> {
    let [tp, fp, tn, fn_] = rows(states);
    let at = |i: usize| Counts {
        true_positives: tp[i],
        false_positives: fp[i],
        true_negatives: tn[i],
        false_negatives: fn_[i],
    };
    let thresholds = [fp.len(), tn.len(), fn_.len()].into_iter().fold(tp.len(), usize::min);
    let fitting = (0..thresholds).map(at).filter(|counts| held(counts) >= lowest);
    vec![fitting.map(|counts| wanted(&counts)).fold(0.0, f64::max)]
}

/// Implements [`Metric`] for the best of one rate while another is held.
macro_rules! trade_off {
    ($Metric:ident, $option:ident: $held:ident, $wanted:ident) => {
        impl $Metric {
            fn comparison<'m>(&self, levels: &'m Levels) -> Comparison<'m> {
                Comparison { class_id: self.class_id, ..Comparison::at(levels) }
            }
        }

        impl Metric for $Metric {
            named_and_typed!();

            fn validate(&self) -> Result<(), Problem> {
                if self.num_thresholds == 0 {
                    return Err(Problem::argument("num_thresholds", 0, "at least 1", ""));
                }
                targets::unit_interval(stringify!($option), self.$option.get())
            }

            fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
                self.comparison(&Levels::even(self.num_thresholds)).check(&self.name, y_true, y_pred)
            }

            fn states(&self, _: &[usize], _: &[usize]) -> Vec<State> {
                four_counts(&[self.num_thresholds.max(1)])
            }

            fn update<'g>(
                &self,
                states: &[Value<'g>],
                y_true: Value<'g>,
                y_pred: Value<'g>,
                sample_weight: Option<Value<'g>>,
            ) -> Vec<Value<'g>> {
                let levels = Levels::even(self.num_thresholds);
                self.comparison(&levels).count(y_true, y_pred, sample_weight).added_to(states)
            }

            fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
                best(states, self.$option.get(), Counts::$held, Counts::$wanted)
            }
        }
    };
}

trade_off!(SensitivityAtSpecificity, specificity: specificity, sensitivity);
trade_off!(SpecificityAtSensitivity, sensitivity: sensitivity, specificity);
trade_off!(PrecisionAtRecall, recall: sensitivity, precision);
trade_off!(RecallAtPrecision, precision: precision, sensitivity);
