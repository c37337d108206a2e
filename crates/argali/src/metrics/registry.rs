//! The metrics by class and by the names Keras knows them under.

use super::accuracy::AutomaticAccuracy;
use super::any::AnyMetric;
use super::*;
use crate::config::nearest;
use crate::instance::snake_case;
use crate::{Class, Keys};

/// A metric class that saved models may name: what reads its config.
#[derive(Clone, Copy, Debug)]
pub struct MetricClass {
    class: Class,
    short: &'static [&'static str],
    read: fn(&mut Keys) -> Result<AnyMetric, Problem>,
    keys: &'static [&'static str],
}

impl MetricClass {
    /// The class of a metric of your own.
    pub const fn of<M: Metric>() -> Self {
        Self::keras::<M>(&[])
    }

    /// A class that Keras also knows by these short names, and by its own in snake case.
    const fn keras<M: Metric>(short: &'static [&'static str]) -> Self {
        MetricClass { class: M::CLASS, short, read: |keys| M::read(keys).map(AnyMetric::from), keys: M::KEYS }
    }

    /// The metric a config describes.
    pub(super) fn read(&self, mut config: Keys) -> Result<AnyMetric, Problem> {
        if !self.keys.contains(&"dtype") || config.0.get("dtype").is_some_and(serde_json::Value::is_null) {
            config.take("dtype");
        }
        let metric = (self.read)(&mut config)?;
        config.finish(self.keys)?;
        metric.validate()?;
        Ok(metric)
    }

    fn is_named(&self, name: &str) -> bool {
        self.class.key() == name || self.short.contains(&name) || snake_case(self.class.name) == name
    }
}

/// Every metric of Keras, one row each: class, and short names.
const KERAS: &[MetricClass] = &[
    MetricClass::keras::<AutomaticAccuracy>(AutomaticAccuracy::NAMES),
    MetricClass::keras::<AUC>(&[]),
    MetricClass::keras::<Accuracy>(&[]),
    MetricClass::keras::<BinaryAccuracy>(&[]),
    MetricClass::keras::<BinaryCrossentropy>(&["bce", "BCE"]),
    MetricClass::keras::<BinaryIoU>(&[]),
    MetricClass::keras::<CategoricalAccuracy>(&[]),
    MetricClass::keras::<CategoricalCrossentropy>(&[]),
    MetricClass::keras::<CategoricalHinge>(&[]),
    MetricClass::keras::<ConcordanceCorrelation>(&[]),
    MetricClass::keras::<CosineSimilarity>(&[]),
    MetricClass::keras::<F1Score>(&[]),
    MetricClass::keras::<FBetaScore>(&[]),
    MetricClass::keras::<FalseNegatives>(&[]),
    MetricClass::keras::<FalsePositives>(&[]),
    MetricClass::keras::<Hinge>(&[]),
    MetricClass::keras::<IoU>(&[]),
    MetricClass::keras::<KLDivergence>(&[]),
    MetricClass::keras::<LogCoshError>(&[]),
    MetricClass::keras::<Mean>(&[]),
    MetricClass::keras::<MeanAbsoluteError>(&["mae", "MAE"]),
    MetricClass::keras::<MeanAbsolutePercentageError>(&["mape", "MAPE"]),
    MetricClass::keras::<MeanIoU>(&[]),
    MetricClass::keras::<MeanMetricWrapper>(&[]),
    MetricClass::keras::<MeanSquaredError>(&["mse", "MSE"]),
    MetricClass::keras::<MeanSquaredLogarithmicError>(&["msle", "MSLE"]),
    MetricClass::keras::<OneHotIoU>(&[]),
    MetricClass::keras::<OneHotMeanIoU>(&[]),
    MetricClass::keras::<PearsonCorrelation>(&[]),
    MetricClass::keras::<Poisson>(&[]),
    MetricClass::keras::<Precision>(&[]),
    MetricClass::keras::<PrecisionAtRecall>(&[]),
    MetricClass::keras::<R2Score>(&[]),
    MetricClass::keras::<Recall>(&[]),
    MetricClass::keras::<RecallAtPrecision>(&[]),
    MetricClass::keras::<RootMeanSquaredError>(&[]),
    MetricClass::keras::<SensitivityAtSpecificity>(&[]),
    MetricClass::keras::<SparseCategoricalAccuracy>(&[]),
    MetricClass::keras::<SparseCategoricalCrossentropy>(&[]),
    MetricClass::keras::<SparseTopKCategoricalAccuracy>(&[]),
    MetricClass::keras::<SpecificityAtSensitivity>(&[]),
    MetricClass::keras::<SquaredHinge>(&[]),
    MetricClass::keras::<Sum>(&[]),
    MetricClass::keras::<TopKCategoricalAccuracy>(&[]),
    MetricClass::keras::<TrueNegatives>(&[]),
    MetricClass::keras::<TruePositives>(&[]),
];

/// Every class of Keras.
#[cfg(test)]
pub(crate) fn classes() -> Vec<Class> {
    KERAS.iter().map(|c| c.class).collect()
}

/// The class of a name among Keras's and one's own, if there is one.
pub(super) fn class_named(name: &str, own: &[MetricClass]) -> Option<MetricClass> {
    own.iter().chain(KERAS).find(|c| c.is_named(name)).copied()
}

/// Why a name is refused.
pub(super) fn unknown(name: &str, own: &[MetricClass]) -> Problem {
    let snake: Vec<_> = KERAS.iter().map(|c| snake_case(c.class.name)).collect();
    let keys = own.iter().chain(KERAS).flat_map(|c| [c.class.key()].into_iter().chain(c.short.iter().copied()));
    let known = keys.chain(snake.iter().map(String::as_str));
    Problem::Class { name: name.into(), kind: "metric", nearest: nearest(name, known).map(str::to_owned) }
}
