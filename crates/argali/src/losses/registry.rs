//! The losses by class and by the names Keras knows them under.

use super::any::AnyLoss;
use super::crossentropy::Crossentropy;
use super::*;
use crate::config::nearest;
use crate::{Class, Keys};

/// A loss class that saved models may name: what reads its config.
#[derive(Clone, Copy, Debug)]
pub struct LossClass {
    pub(super) class: Class,
    functions: &'static [&'static str],
    read: fn(&mut Keys) -> Result<AnyLoss, Problem>,
    keys: &'static [&'static str],
}

impl LossClass {
    /// The class of a loss of your own.
    pub const fn of<L: Loss>() -> Self {
        Self::keras::<L>(&[])
    }

    /// A class that Keras also has as functions of these names.
    const fn keras<L: Loss>(functions: &'static [&'static str]) -> Self {
        LossClass { class: L::CLASS, functions, read: |keys| L::read(keys).map(AnyLoss::from), keys: L::KEYS }
    }

    /// The loss a config describes. Keys that Keras accepts and never needs, or wrote in older files, are passed over.
    pub(super) fn read(&self, mut config: Keys) -> Result<AnyLoss, Problem> {
        for key in ["dtype", "fn"].iter().filter(|key| !self.keys.contains(key)) {
            config.take(key);
        }
        let loss = (self.read)(&mut config)?;
        config.finish(self.keys)?;
        loss.validate()?;
        Ok(loss)
    }
}

/// Every loss of Keras, one row each: class, and names of the function.
const KERAS: &[LossClass] = &[
    LossClass::keras::<BinaryCrossentropy>(&["binary_crossentropy", "bce", "BCE"]),
    LossClass::keras::<BinaryFocalCrossentropy>(&["binary_focal_crossentropy"]),
    LossClass::keras::<CTC>(&["ctc"]),
    LossClass::keras::<CategoricalCrossentropy>(&["categorical_crossentropy"]),
    LossClass::keras::<CategoricalFocalCrossentropy>(&["categorical_focal_crossentropy"]),
    LossClass::keras::<CategoricalGeneralizedCrossEntropy>(&["categorical_generalized_cross_entropy"]),
    LossClass::keras::<CategoricalHinge>(&["categorical_hinge"]),
    LossClass::keras::<Circle>(&["circle"]),
    LossClass::keras::<CosineSimilarity>(&["cosine_similarity"]),
    LossClass::keras::<Crossentropy>(Crossentropy::NAMES),
    LossClass::keras::<Dice>(&["dice"]),
    LossClass::keras::<Hinge>(&["hinge"]),
    LossClass::keras::<Huber>(&["huber"]),
    LossClass::keras::<KLDivergence>(&["kl_divergence", "kld", "KLD"]),
    LossClass::keras::<LogCosh>(&["log_cosh"]),
    LossClass::keras::<MeanAbsoluteError>(&["mean_absolute_error", "mae", "MAE"]),
    LossClass::keras::<MeanAbsolutePercentageError>(&["mean_absolute_percentage_error", "mape", "MAPE"]),
    LossClass::keras::<MeanSquaredError>(&["mean_squared_error", "mse", "MSE"]),
    LossClass::keras::<MeanSquaredLogarithmicError>(&["mean_squared_logarithmic_error", "msle", "MSLE"]),
    LossClass::keras::<Poisson>(&["poisson"]),
    LossClass::keras::<SparseCategoricalCrossentropy>(&["sparse_categorical_crossentropy"]),
    LossClass::keras::<SquaredHinge>(&["squared_hinge"]),
    LossClass::keras::<Tversky>(&["tversky"]),
];

/// Every class of Keras.
#[cfg(test)]
pub(crate) fn classes() -> Vec<Class> {
    KERAS.iter().map(|c| c.class).collect()
}

/// The class of a name among Keras's and one's own, if there is one.
pub(super) fn class_named(name: &str, own: &[LossClass]) -> Option<LossClass> {
    own.iter().chain(KERAS).find(|c| c.class.key() == name).copied()
}

/// The class that Keras has as a function of this name, if there is one.
pub(super) fn function_named(name: &str) -> Option<LossClass> {
    let lower = name.to_lowercase();
    let name = if Crossentropy::NAMES.contains(&&*lower) { &lower } else { name };
    KERAS.iter().find(|c| c.functions.contains(&name)).copied()
}

/// Why a name is refused.
pub(super) fn unknown(name: &str, own: &[LossClass]) -> Problem {
    let known = own.iter().chain(KERAS).flat_map(|c| [c.class.key()].into_iter().chain(c.functions.iter().copied()));
    Problem::Class { name: name.into(), kind: "loss", nearest: nearest(name, known).map(str::to_owned) }
}
