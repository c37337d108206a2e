//! What turns gradients into new weights.
//!
//! ```
//! use argali::optimizers::{Adam, AnyOptimizer};
//! use argali::schedules::CosineDecay;
//!
//! let by_options = AnyOptimizer::from(Adam::new().learning_rate(CosineDecay::new(0.01, 1000)).clipnorm(1.0));
//! let by_name: AnyOptimizer = "adam".parse()?;
//! assert_eq!(by_name.to_json()["config"]["beta_2"], 0.999);
//! # Ok::<(), argali::Problem>(())
//! ```
//!
//! Every optimizer has the options of [`Common`]: weight decay, clipping, gradient accumulation and the moving average
//! of the weights.
//!
//! Keras: `keras.optimizers`.

#[macro_use]
mod common;
mod adadelta;
mod adafactor;
mod adagrad;
mod adam;
mod adam_w;
mod adamax;
mod any;
mod apply;
mod ftrl;
mod lamb;
mod lion;
mod muon;
mod nadam;
mod pass;
mod rmsprop;
mod saved;
mod sgd;

pub use adadelta::Adadelta;
pub use adafactor::Adafactor;
pub use adagrad::Adagrad;
pub use adam::Adam;
pub use adam_w::AdamW;
pub use adamax::Adamax;
pub use any::AnyOptimizer;
pub use common::Common;
pub use ftrl::Ftrl;
pub use lamb::Lamb;
pub use lion::Lion;
pub use muon::Muon;
pub use nadam::Nadam;
pub use rmsprop::RMSprop;
pub use saved::OptimizerClass;
pub use sgd::SGD;

use crate::{Class, Config, Number, Problem};
use argali_engine::{DType, Value};
#[cfg(test)]
pub(crate) use saved::classes;

/// The rule by which an optimizer changes one variable.
///
/// Define the options of your own with [`optimizer!`](crate::optimizer), and implement [`update`](Optimizer::update)
/// with the operations of [`Value`]. Clipping, accumulation, weight decay and averages are done around it.
///
/// ```
/// use argali::engine::Value;
/// use argali::optimizers::{AnyOptimizer, Common, Optimizer, Slot, Step, VariableInfo};
/// use argali::{Class, optimizer};
///
/// optimizer! {
///     /// Moves every weight by the learning rate against the sign of its averaged gradient.
///     pub struct SignDescent(Class::custom("SignDescent", "mine>SignDescent"), Common::new("sign_descent", 0.01)) {
///         /// How much of the average stays. Default 0.9.
///         momentum: f64 = 0.9,
///     }
/// }
///
/// impl Optimizer for SignDescent {
///     fn common(&self) -> &Common {
///         &self.common
///     }
///     fn common_mut(&mut self) -> &mut Common {
///         &mut self.common
///     }
///     fn slots(&self, _: &VariableInfo) -> Vec<Vec<Slot>> {
///         vec![vec![Slot::new("average")]]
///     }
///     fn update<'g>(
///         &self,
///         step: &Step<'_, 'g>,
///         variable: Value<'g>,
///         gradient: Value<'g>,
///         slots: &[Value<'g>],
///     ) -> (Value<'g>, Vec<Value<'g>>) {
///         let average = slots[0] * self.momentum + gradient * (1.0 - self.momentum);
///         (variable - average.sign() * step.learning_rate, vec![average])
///     }
/// }
///
/// let optimizer = AnyOptimizer::from(SignDescent::new().learning_rate(0.1).weight_decay(0.01));
/// assert_eq!(optimizer.learning_rate(0), 0.1);
/// ```
///
/// Keras: `keras.optimizers.Optimizer`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an optimizer",
    note = "define `{Self}` with `optimizer!`, then `impl Optimizer for {Self}`"
)]
pub trait Optimizer: Config + Clone {
    /// The options of all optimizers.
    fn common(&self) -> &Common;

    /// The options of all optimizers, to change them.
    fn common_mut(&mut self) -> &mut Common;

    /// The tensors kept for a variable from step to step, in rounds: those of the first round are made for every
    /// variable before those of the second. Default: none.
    fn slots(&self, variable: &VariableInfo) -> Vec<Vec<Slot>> {
        let _ = variable;
        Vec::new()
    }

    /// How much of a variable is taken away in a step, times the learning rate, for variables not excluded from it.
    /// Default: the common option.
    fn weight_decay_of(&self, variable: &VariableInfo) -> Option<Number> {
        let _ = variable;
        self.common().weight_decay
    }

    /// The scalars kept for all variables together. Default: none.
    fn shared_slots(&self) -> Vec<Slot> {
        Vec::new()
    }

    /// New values of the shared scalars, before any variable is changed. Default: the same.
    fn update_shared<'g>(&self, step: &Step<'_, 'g>) -> Vec<Value<'g>> {
        step.shared.to_vec()
    }

    /// New values of a variable and of its slots, which are those of all rounds in order.
    fn update<'g>(
        &self,
        step: &Step<'_, 'g>,
        variable: Value<'g>,
        gradient: Value<'g>,
        slots: &[Value<'g>],
    ) -> (Value<'g>, Vec<Value<'g>>);

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] that names the option, its value and the values it may have.
    fn validate(&self) -> Result<(), Problem> {
        Ok(())
    }
}

/// What an update depends on besides the variable.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a, 'g> {
    /// The learning rate, a scalar of the variable's type.
    pub learning_rate: Value<'g>,
    /// Number of updates before this one, a scalar of the variable's type.
    pub iteration: Value<'g>,
    /// The scalars of [`Optimizer::shared_slots`], updated already where a variable is.
    pub shared: &'a [Value<'g>],
    /// The variable that is updated; the first one where shared scalars are.
    pub variable: &'a VariableInfo,
}

/// A variable that an optimizer changes.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableInfo {
    /// Keras's path, such as `dense/kernel`.
    pub path: String,
    /// Length of each axis.
    pub shape: Vec<usize>,
    /// Type of the elements.
    pub dtype: DType,
}

impl VariableInfo {
    /// Name within its layer: the end of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// A tensor that an optimizer keeps for a variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// What Keras calls it, such as `momentum`.
    pub name: &'static str,
    /// How Keras names it among all tensors of the state.
    pub naming: Naming,
    /// Value of all elements before the first step.
    pub initial: f64,
    /// Its shape, `None` for that of the variable.
    pub shape: Option<Vec<usize>>,
}

impl Slot {
    /// A slot of the variable's shape, full of zeros.
    pub const fn new(name: &'static str) -> Self {
        Slot { name, naming: Naming::AfterVariable, initial: 0.0, shape: None }
    }

    /// The same slot, full of another value.
    #[must_use = "the changed slot is returned"]
    pub fn initial(mut self, value: f64) -> Self {
        self.initial = value;
        self
    }
}

/// How Keras names a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// After the path of the variable and the slot: `dense_kernel_momentum`.
    AfterVariable,
    /// As the variable: `kernel`.
    AsVariable,
    /// As the variable, and not as a tensor of the optimizer: an integer that holds the place of a slot.
    Placeholder,
}

/// A tensor of an optimizer's state as [`AnyOptimizer::variables`] lists them.
#[derive(Clone, Debug, PartialEq)]
pub struct SlotInfo {
    /// Keras's name, such as `dense_kernel_momentum`.
    pub name: String,
    /// Keras's path: the optimizer's name and the tensor's.
    pub path: String,
    /// Length of each axis.
    pub shape: Vec<usize>,
    /// Type of the elements.
    pub dtype: DType,
    /// Value of all elements before the first step.
    pub initial: f64,
}

/// An optimizer class of Keras itself.
const fn keras(name: &'static str) -> Class {
    Class::keras("keras.optimizers", name)
}

/// Refuses a number outside a range.
fn within(option: &'static str, value: Number, range: std::ops::RangeInclusive<f64>) -> Result<(), Problem> {
    match range.contains(&value.get()) {
        true => Ok(()),
        false if *range.start() == f64::NEG_INFINITY => {
            Err(Problem::argument(option, value, format!("a number up to {}", range.end()), ""))
        }
        false if *range.end() == f64::INFINITY => {
            Err(Problem::argument(option, value, format!("a number from {} on", range.start()), ""))
        }
        false => {
            Err(Problem::argument(option, value, format!("a number from {} to {}", range.start(), range.end()), ""))
        }
    }
}
