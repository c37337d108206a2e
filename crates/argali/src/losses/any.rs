//! A loss whose type is forgotten.

use super::registry::{LossClass, class_named, function_named, unknown};
use super::weighting::reduce_weighted;
use super::{Loss, Reduction};
use crate::config::{brief, settings_of};
use crate::{Class, Json, Keys, Problem, Setting, Shape, config_of};
use argali_engine::Value;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A [`Loss`] without its own type, as methods that can be called through a pointer.
trait Erased: fmt::Debug + Send + Sync {
    fn class(&self) -> Class;
    fn config(&self) -> Json;
    fn settings(&self) -> Vec<Setting<'_>>;
    fn name(&self) -> Option<&str>;
    fn reduction(&self) -> Reduction;
    fn integer_targets(&self) -> bool;
    fn validate(&self) -> Result<(), Problem>;
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem>;
    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g>;
    fn mask<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>, values: Value<'g>) -> Option<Value<'g>>;
}

impl<L: Loss> Erased for L {
    fn class(&self) -> Class {
        L::CLASS
    }
    fn config(&self) -> Json {
        config_of(self)
    }
    fn settings(&self) -> Vec<Setting<'_>> {
        settings_of(self)
    }
    fn name(&self) -> Option<&str> {
        Loss::name(self)
    }
    fn reduction(&self) -> Reduction {
        Loss::reduction(self)
    }
    fn integer_targets(&self) -> bool {
        Loss::integer_targets(self)
    }
    fn validate(&self) -> Result<(), Problem> {
        Loss::validate(self)
    }
    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        Loss::check(self, y_true, y_pred)
    }
    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        Loss::call(self, y_true, y_pred)
    }
    fn mask<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>, values: Value<'g>) -> Option<Value<'g>> {
        Loss::mask(self, y_true, y_pred, values)
    }
}

/// What a loss was made from, and is saved as.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    Object,
    Name(String),
    Function(String),
}

/// Any loss: what a model is compiled with.
///
/// Made from a [`Loss`], or parsed from any name Keras knows one under: `"mse"`, `"mean_squared_error"`,
/// `"MeanSquaredError"`. `"crossentropy"` and `"ce"` become the binary, categorical or sparse categorical one by the
/// shapes of targets and outputs.
///
/// ```
/// use argali::Shape;
/// use argali::losses::AnyLoss;
///
/// let loss: AnyLoss = "sparse_categorical_crossentropy".parse()?;
/// let (one_hot, output) = (Shape::of_samples([4]), Shape::of_samples([4]));
/// let problem = loss.check(&one_hot, &output).unwrap_err();
/// assert_eq!(problem.help().as_deref(), Some("one-hot targets take `categorical_crossentropy`"));
/// # Ok::<(), argali::Problem>(())
/// ```
///
/// Keras: `keras.losses.get`.
#[derive(Clone, Debug)]
pub struct AnyLoss {
    loss: Arc<dyn Erased>,
    given: Given,
    class_name: String,
}

impl<L: Loss> From<L> for AnyLoss {
    fn from(loss: L) -> Self {
        let class_name = crate::instance::snake_case(L::CLASS.name);
        AnyLoss { loss: Arc::new(loss), given: Given::Object, class_name }
    }
}

impl FromStr for AnyLoss {
    type Err = Problem;

    fn from_str(name: &str) -> Result<Self, Problem> {
        Self::named(name, &[])
    }
}

impl TryFrom<&str> for AnyLoss {
    type Error = Problem;

    fn try_from(name: &str) -> Result<Self, Problem> {
        name.parse()
    }
}

impl AnyLoss {
    fn named(name: &str, own: &[LossClass]) -> Result<Self, Problem> {
        let class = function_named(name).or_else(|| class_named(name, own)).ok_or_else(|| unknown(name, own))?;
        Ok(AnyLoss { given: Given::Name(name.into()), ..class.read(Keys::default())? })
    }

    /// The function that Keras has under this name, which is saved as a function and not as a name.
    ///
    /// ```
    /// use argali::losses::AnyLoss;
    /// let loss = AnyLoss::of_function("mean_squared_error")?;
    /// assert_eq!(loss.to_json()["class_name"], "function");
    /// # Ok::<(), argali::Problem>(())
    /// ```
    ///
    /// Keras: the functions of `keras.losses`.
    ///
    /// # Errors
    ///
    /// [`Problem::Class`] if there is none, with the nearest name.
    pub fn of_function(name: &str) -> Result<Self, Problem> {
        Self::of_function_with(name, Default::default())
    }

    /// A function of Keras with these options.
    pub(crate) fn of_function_with(name: &str, options: serde_json::Map<String, Json>) -> Result<Self, Problem> {
        let class = function_named(name).ok_or_else(|| unknown(name, &[]))?;
        Ok(AnyLoss { given: Given::Function(name.into()), ..class.read(Keys::new(Json::Object(options))?)? })
    }

    /// The name: the option of that name, else the class's in snake case; of a function, the name it was given by.
    pub fn name(&self) -> &str {
        match &self.given {
            Given::Name(name) if function_named(name).is_some() => name,
            Given::Function(name) => name,
            _ => self.loss.name().unwrap_or(&self.class_name),
        }
    }

    /// The value of every sample, or of every step of it, neither weighted nor reduced.
    pub fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        self.loss.call(y_true.cast(y_pred.dtype()), y_pred)
    }

    /// 1 for each of the values that counts, 0 for those that do not, where the loss distinguishes them.
    pub fn mask<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>, values: Value<'g>) -> Option<Value<'g>> {
        self.loss.mask(y_true.cast(y_pred.dtype()), y_pred, values)
    }

    /// The loss: a scalar, unless the reduction is [`None`](Reduction::None).
    ///
    /// `mask` is that of the predictions: 1 where they count, 0 where they do not. Weights and mask have the shape of
    /// the [values](AnyLoss::values), or leading axes of it.
    pub fn value<'g>(
        &self,
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
        mask: Option<Value<'g>>,
    ) -> Value<'g> {
        let values = self.values(y_true, y_pred);
        let own = self.mask(y_true, y_pred, values);
        let both = match (mask.map(|m| m.cast(values.dtype())), own) {
            (Some(a), Some(b)) => Some(a * b),
            (a, b) => a.or(b),
        };
        reduce_weighted(values, sample_weight, both, self.reduction())
    }

    /// How the values become one number.
    pub fn reduction(&self) -> Reduction {
        self.loss.reduction()
    }

    /// Whether targets are integer labels.
    pub fn integer_targets(&self) -> bool {
        self.loss.integer_targets()
    }

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] that names the option.
    pub fn validate(&self) -> Result<(), Problem> {
        self.loss.validate()
    }

    /// Refuses a loss that can't be trained with targets and outputs of these shapes, batch axis included.
    ///
    /// # Errors
    ///
    /// [`Problem::Mismatch`] if targets do not fit outputs, with help that names the fitting loss if there is one;
    /// [`Problem::Argument`] if an option is out of its range, or the reduction leaves more than one number.
    pub fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        self.validate()?;
        if self.reduction() == Reduction::None {
            let help = "training takes one number: `.reduction(Reduction::SumOverBatchSize)`";
            return Err(Problem::argument("reduction", "none", "one that gives a single number", help));
        }
        self.loss.check(y_true, y_pred)
    }

    pub(crate) fn given(&self) -> &Given {
        &self.given
    }

    pub(crate) fn class(&self) -> Class {
        self.loss.class()
    }

    pub(crate) fn settings(&self) -> Vec<Setting<'_>> {
        self.loss.settings()
    }

    /// The loss as Keras saves it: the name it was given by, else class and config.
    pub fn to_json(&self) -> Json {
        match &self.given {
            Given::Object => self.loss.class().object(self.loss.config()),
            Given::Name(name) => Json::String(name.clone()),
            Given::Function(name) => function(name),
        }
    }

    /// Reads what [`to_json`](AnyLoss::to_json) or Keras has written.
    ///
    /// # Errors
    ///
    /// [`Problem::Class`] for an unknown name, with the nearest known one; [`Problem::Key`] for a key that is unknown or
    /// has a value of another type; [`Problem::Argument`] for an option out of its range.
    pub fn from_json(json: &Json) -> Result<Self, Problem> {
        Self::from_json_with(json, &[])
    }

    /// Reads a saved loss that may be one of your own.
    ///
    /// ```
    /// # use argali::engine::Value;
    /// # use argali::losses::{AnyLoss, Loss, LossClass};
    /// # argali::object! {
    /// #     /// Half the squared error.
    /// #     pub struct HalfError(argali::Class::custom("HalfError", "mine>HalfError")) { .. }
    /// # }
    /// # impl Loss for HalfError {
    /// #     fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
    /// #         (y_true - y_pred).square() * 0.5
    /// #     }
    /// # }
    /// let json = AnyLoss::from(HalfError::new()).to_json();
    /// assert!(AnyLoss::from_json(&json).is_err());
    /// let loss = AnyLoss::from_json_with(&json, &[LossClass::of::<HalfError>()])?;
    /// assert_eq!(loss.name(), "half_error");
    /// # Ok::<(), argali::Problem>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`from_json`](AnyLoss::from_json).
    pub fn from_json_with(json: &Json, own: &[LossClass]) -> Result<Self, Problem> {
        let text = |key: &str| json.get(key).and_then(Json::as_str);
        if let Some(name) = json.as_str() {
            return Self::named(name, own);
        }
        let Some(class_name) = text("class_name") else {
            return Err(Problem::key("loss", format!("is {}, expected a name or an object with a class", brief(json))));
        };
        if class_name == "function" {
            let name =
                text("config").ok_or_else(|| Problem::key("config", "is missing, expected a function's name"))?;
            return Self::of_function(name);
        }
        let key = text("registered_name").unwrap_or(class_name);
        let class = class_named(key, own).or_else(|| class_named(class_name, own)).ok_or_else(|| unknown(key, own))?;
        let config = json.get("config").cloned().unwrap_or_default();
        class.read(Keys::new(config)?).map_err(|problem| problem.within("config"))
    }
}

/// A function as Keras saves it.
pub(crate) fn function(name: &str) -> Json {
    serde_json::json!({"module": "builtins", "class_name": "function", "config": name, "registered_name": "function"})
}
