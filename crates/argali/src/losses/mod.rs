//! Losses: the numbers that training makes small.
//!
//! A loss compares targets with predictions, sample by sample, and reduces the values to one number, weighted by sample
//! weights and masks as Keras does. [`AnyLoss`] is what a model is compiled with: any of the losses here, one of your
//! own, or Keras's name of one.
//!
//! ```
//! use argali::losses::{AnyLoss, BinaryCrossentropy};
//!
//! let by_options = AnyLoss::from(BinaryCrossentropy::new().from_logits(true));
//! let by_name: AnyLoss = "mse".parse()?;
//! assert_eq!((by_options.name(), by_name.name()), ("binary_crossentropy", "mse"));
//! # Ok::<(), argali::Problem>(())
//! ```
//!
//! Targets are compared in the type of the predictions; integer labels are converted. A class label out of range, such
//! as -1, belongs to no class: its value is 0 in the sparse losses, as with Keras on JAX.

use crate::{Config, Problem, Shape, settings};
use argali_engine::Value;

mod any;
mod binary_crossentropy;
mod binary_focal_crossentropy;
mod categorical_crossentropy;
mod categorical_focal_crossentropy;
mod categorical_generalized_cross_entropy;
mod circle;
mod cosine_similarity;
mod crossentropy;
mod ctc;
mod hinge;
mod huber;
mod kl_divergence;
mod log_cosh;
mod mean_absolute_error;
mod mean_absolute_percentage_error;
mod mean_squared_error;
mod mean_squared_logarithmic_error;
mod overlap;
mod poisson;
mod reduction;
mod registry;
mod sparse_categorical_crossentropy;
pub(crate) mod targets;
mod weighting;

pub use any::AnyLoss;
pub use binary_crossentropy::BinaryCrossentropy;
pub use binary_focal_crossentropy::BinaryFocalCrossentropy;
pub use categorical_crossentropy::CategoricalCrossentropy;
pub use categorical_focal_crossentropy::CategoricalFocalCrossentropy;
pub use categorical_generalized_cross_entropy::CategoricalGeneralizedCrossEntropy;
pub use circle::Circle;
pub use cosine_similarity::CosineSimilarity;
pub use ctc::CTC;
pub use hinge::{CategoricalHinge, Hinge, SquaredHinge};
pub use huber::Huber;
pub use kl_divergence::KLDivergence;
pub use log_cosh::LogCosh;
pub use mean_absolute_error::MeanAbsoluteError;
pub use mean_absolute_percentage_error::MeanAbsolutePercentageError;
pub use mean_squared_error::MeanSquaredError;
pub use mean_squared_logarithmic_error::MeanSquaredLogarithmicError;
pub use overlap::{Axes, Dice, Tversky};
pub use poisson::Poisson;
pub use reduction::Reduction;
pub use registry::LossClass;
pub use sparse_categorical_crossentropy::SparseCategoricalCrossentropy;
pub use weighting::same_rank;

pub(crate) use any::{Given, function};
pub(crate) use cosine_similarity::cosine;
pub(crate) use crossentropy::TargetKind;
#[cfg(test)]
pub(crate) use registry::classes;
pub(crate) use targets::{axis_of, label_axis, one_hot_along};
pub(crate) use weighting::apply_mask;

/// Compares targets with predictions.
///
/// Define the options with [`object!`](crate::object), and implement [`call`](Loss::call) with the operations of
/// [`Value`]; gradients follow from these. The rest has defaults.
///
/// ```
/// use argali::engine::Value;
/// use argali::losses::{AnyLoss, Loss};
/// use argali::{Class, object};
///
/// object! {
///     /// The mean of `|y_true - y_pred|` raised to a power.
///     pub struct PowerError(Class::custom("PowerError", "mine>PowerError")) {
///         /// The power.
///         power: f64,
///         ..
///     }
/// }
///
/// impl Loss for PowerError {
///     fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
///         let last = y_pred.rank() - 1;
///         (y_true - y_pred).abs().powf(self.power).mean(&[last], false)
///     }
/// }
///
/// let loss = AnyLoss::from(PowerError::new(1.5));
/// assert_eq!(loss.name(), "power_error");
/// assert_eq!(loss.to_json()["config"]["power"], 1.5);
/// ```
///
/// Keras: `keras.losses.Loss`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a loss", note = "implement `Loss` with its `call`")]
pub trait Loss: Config {
    /// The value of every sample, or of every step of it: usually the shape of `y_pred` without its last axis.
    ///
    /// Both have the type of the predictions.
    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g>;

    /// 1 for each of [`call`](Loss::call)'s `values` that counts, 0 for those that do not. Default: all count.
    fn mask<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>, values: Value<'g>) -> Option<Value<'g>> {
        let _ = (y_true, y_pred, values);
        None
    }

    /// How the values become one number. Default: their mean.
    fn reduction(&self) -> Reduction {
        Reduction::SumOverBatchSize
    }

    /// The name. Default: that of the class in snake case.
    fn name(&self) -> Option<&str> {
        None
    }

    /// Whether targets are integer labels. Default: no.
    fn integer_targets(&self) -> bool {
        false
    }

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] that names the option, its value and the values it may have.
    fn validate(&self) -> Result<(), Problem> {
        Ok(())
    }

    /// Refuses targets that do not fit the predictions.
    ///
    /// # Errors
    ///
    /// [`Problem::Mismatch`] with both shapes, and help that names the fitting loss if there is one.
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        let _ = (y_true, y_pred);
        Ok(())
    }
}

/// The methods of [`Loss`] that read the options `name` and `reduction`.
macro_rules! named_and_reduced {
    () => {
        fn name(&self) -> Option<&str> {
            Some(&self.name)
        }

        fn reduction(&self) -> $crate::losses::Reduction {
            self.reduction.unwrap_or($crate::losses::Reduction::None)
        }
    };
}

/// [`Loss::check`] of a loss that compares element by element.
macro_rules! same_shapes {
    () => {
        fn check(&self, y_true: &$crate::Shape, y_pred: &$crate::Shape) -> Result<(), $crate::Problem> {
            $crate::losses::targets::same_shapes(
                $crate::losses::targets::Family::Crossentropy,
                &self.name,
                y_true,
                y_pred,
            )
        }
    };
}

use {named_and_reduced, same_shapes};

/// The small number of `keras.json` that keeps divisions and logarithms defined.
pub(crate) fn epsilon() -> f64 {
    settings::current().epsilon
}

/// The mean over the last axis.
pub(crate) fn mean_last(value: Value<'_>) -> Value<'_> {
    value.mean(&[axis_of(value, -1)], false)
}
