//! The options that all optimizers have.

use super::within;
use crate::schedules::LearningRate;
use crate::{Json, Keys, Number, Problem, Setting};
use serde_json::json;

/// The options that all optimizers have, each a method of every optimizer too.
#[derive(Clone, Debug)]
pub struct Common {
    /// Name of the optimizer. Default: its class in snake case.
    pub name: String,
    /// Step size: a number or a schedule.
    pub learning_rate: LearningRate,
    /// Part of every weight that is taken away in a step, times the learning rate. Default `None`.
    pub weight_decay: Option<Number>,
    /// Largest norm of the gradient of one variable. Default `None`.
    pub clipnorm: Option<Number>,
    /// Largest norm of all gradients together. Default `None`.
    pub global_clipnorm: Option<Number>,
    /// Largest absolute value of an element of a gradient. Default `None`.
    pub clipvalue: Option<Number>,
    /// Whether to keep a moving average of the weights, which they are set to at the end. Default `false`.
    pub use_ema: bool,
    /// How much of the moving average stays in a step, from 0 to 1. Default 0.99.
    pub ema_momentum: Number,
    /// Steps after which the weights are set to the moving average, `None` for only at the end. Default `None`.
    pub ema_overwrite_frequency: Option<u64>,
    /// What the loss is multiplied by and the gradients are divided by. Default `None`.
    pub loss_scale_factor: Option<Number>,
    /// Steps whose gradients are averaged for one update, at least 2. Default `None`.
    pub gradient_accumulation_steps: Option<u64>,
    /// Variables whose name contains one of these have no weight decay. Not saved. Default: none.
    pub exclude_from_weight_decay: Vec<String>,
}

/// Keys that older versions of Keras wrote, and Keras 3 passes over.
const OBSOLETE: [&str; 3] = ["decay", "jit_compile", "is_legacy_optimizer"];

impl Common {
    /// Keras's default options, with a name and a learning rate.
    pub fn new(name: impl Into<String>, learning_rate: f64) -> Self {
        Common {
            name: name.into(),
            learning_rate: LearningRate::Constant(learning_rate),
            weight_decay: None,
            clipnorm: None,
            global_clipnorm: None,
            clipvalue: None,
            use_ema: false,
            ema_momentum: Number::Float(0.99),
            ema_overwrite_frequency: None,
            loss_scale_factor: None,
            gradient_accumulation_steps: None,
            exclude_from_weight_decay: Vec::new(),
        }
    }

    /// Steps whose gradients are averaged for one update, if there is more than one.
    pub(super) fn accumulation(&self) -> Option<u64> {
        self.gradient_accumulation_steps.filter(|steps| *steps > 1)
    }

    /// Refuses options out of their range.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] that names the option.
    pub fn validate(&self) -> Result<(), Problem> {
        self.learning_rate.validate()?;
        let clips =
            [("clipnorm", self.clipnorm), ("clipvalue", self.clipvalue), ("global_clipnorm", self.global_clipnorm)];
        let mut given = clips.iter().filter_map(|(option, value)| value.map(|value| (*option, value)));
        if let (Some((first, _)), Some((option, value))) = (given.next(), given.next()) {
            return Err(Problem::argument(option, value, format!("none beside {first}"), "give only one of them"));
        }
        if let Some(steps @ 1) = self.gradient_accumulation_steps {
            return Err(Problem::argument("gradient_accumulation_steps", steps, "2 or more", "leave it out for 1"));
        }
        if self.use_ema {
            within("ema_momentum", self.ema_momentum, 0.0..=1.0)?;
            if let Some(0) = self.ema_overwrite_frequency {
                return Err(Problem::argument("ema_overwrite_frequency", 0, "1 or more", ""));
            }
        }
        Ok(())
    }

    #[doc(hidden)]
    pub fn write(&self, key: &mut dyn FnMut(&str, Json)) {
        key("name", json!(self.name));
        key("learning_rate", self.learning_rate.to_json());
        key("weight_decay", json!(self.weight_decay));
        key("clipnorm", json!(self.clipnorm));
        key("global_clipnorm", json!(self.global_clipnorm));
        key("clipvalue", json!(self.clipvalue));
        key("use_ema", json!(self.use_ema));
        key("ema_momentum", json!(self.ema_momentum));
        key("ema_overwrite_frequency", json!(self.ema_overwrite_frequency));
        key("loss_scale_factor", json!(self.loss_scale_factor));
        key("gradient_accumulation_steps", json!(self.gradient_accumulation_steps));
    }

    #[doc(hidden)]
    pub fn settings<'o>(&'o self, default: &Common, setting: &mut dyn FnMut(Setting<'o>)) {
        macro_rules! options {
            ($($option:ident)*) => {
                $(setting(Setting::option(stringify!($option), &self.$option, &default.$option));)*
            };
        }
        let rate = Setting::option("learning_rate", &self.learning_rate, &default.learning_rate);
        let is_default = rate.is_default || self.learning_rate.is_saved_as(&default.learning_rate);
        options! { name }
        setting(Setting { is_default, ..rate });
        options! {
            weight_decay clipnorm global_clipnorm clipvalue use_ema ema_momentum ema_overwrite_frequency
            loss_scale_factor gradient_accumulation_steps exclude_from_weight_decay
        }
    }

    #[doc(hidden)]
    pub fn read(&mut self, config: &mut Keys) -> Result<(), Problem> {
        for key in OBSOLETE {
            config.take(key);
        }
        if let Some(Some(name)) = config.maybe("name")? {
            self.name = name;
        }
        config.optional("lr", &mut self.learning_rate)?;
        config.optional("learning_rate", &mut self.learning_rate)?;
        config.optional("weight_decay", &mut self.weight_decay)?;
        config.optional("clipnorm", &mut self.clipnorm)?;
        config.optional("global_clipnorm", &mut self.global_clipnorm)?;
        config.optional("clipvalue", &mut self.clipvalue)?;
        config.optional("use_ema", &mut self.use_ema)?;
        config.optional("ema_momentum", &mut self.ema_momentum)?;
        config.optional("ema_overwrite_frequency", &mut self.ema_overwrite_frequency)?;
        config.optional("loss_scale_factor", &mut self.loss_scale_factor)?;
        config.optional("gradient_accumulation_steps", &mut self.gradient_accumulation_steps)
    }
}

/// Defines an optimizer: its struct, constructor, one setter per option, those of [`Common`](crate::optimizers::Common)
/// too, and its config.
///
/// After the class stands the value of the common options, with the optimizer's name and learning rate. The doc comment
/// of a field becomes that of its setter. `as` gives the type that the setter takes, if it is not the field's. What the
/// optimizer does is said by implementing [`Optimizer`](crate::optimizers::Optimizer), which has an example.
#[macro_export]
macro_rules! optimizer {
    (
        $(#[$doc:meta])*
        pub struct $Optimizer:ident($class:expr, $common:expr) {
            $($(#[$odoc:meta])* $opt:ident: $Opt:ty $(as $Given:ty)? = $default:expr,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $Optimizer {
            /// The options that all optimizers have.
            pub common: $crate::optimizers::Common,
            $($(#[$odoc])* pub $opt: $Opt,)*
        }

        #[allow(clippy::useless_conversion, clippy::new_without_default)]
        impl $Optimizer {
            #[doc = concat!("The optimizer `", stringify!($Optimizer), "` with Keras's default options.")]
            #[must_use = "the optimizer is returned"]
            pub fn new() -> Self {
                Self { common: $common, $($opt: $default,)* }
            }
            $($(#[$odoc])*
            #[must_use = "the changed optimizer is returned"]
            pub fn $opt(mut self, $opt: $crate::object!(@given $Opt $(, $Given)?)) -> Self {
                self.$opt = $opt.into();
                self
            })*
            /// Name of the optimizer. Default: its class in snake case.
            #[must_use = "the changed optimizer is returned"]
            pub fn name(mut self, name: impl Into<String>) -> Self {
                self.common.name = name.into();
                self
            }
            /// Step size: a number or a schedule.
            #[must_use = "the changed optimizer is returned"]
            pub fn learning_rate(mut self, learning_rate: impl Into<$crate::schedules::LearningRate>) -> Self {
                self.common.learning_rate = learning_rate.into();
                self
            }
            /// Part of every weight that is taken away in a step, times the learning rate; `None` for no weight decay.
            #[must_use = "the changed optimizer is returned"]
            pub fn weight_decay(mut self, weight_decay: impl Into<$crate::MaybeNumber>) -> Self {
                self.common.weight_decay = weight_decay.into().0;
                self
            }
            /// Variables whose name contains one of these have no weight decay.
            #[must_use = "the changed optimizer is returned"]
            pub fn exclude_from_weight_decay<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
                self.common.exclude_from_weight_decay = names.into_iter().map(Into::into).collect();
                self
            }
            /// Largest norm of the gradient of one variable.
            #[must_use = "the changed optimizer is returned"]
            pub fn clipnorm(mut self, clipnorm: impl Into<$crate::Number>) -> Self {
                self.common.clipnorm = Some(clipnorm.into());
                self
            }
            /// Largest norm of all gradients together.
            #[must_use = "the changed optimizer is returned"]
            pub fn global_clipnorm(mut self, global_clipnorm: impl Into<$crate::Number>) -> Self {
                self.common.global_clipnorm = Some(global_clipnorm.into());
                self
            }
            /// Largest absolute value of an element of a gradient.
            #[must_use = "the changed optimizer is returned"]
            pub fn clipvalue(mut self, clipvalue: impl Into<$crate::Number>) -> Self {
                self.common.clipvalue = Some(clipvalue.into());
                self
            }
            /// Whether to keep a moving average of the weights, which they are set to at the end. Default `false`.
            #[must_use = "the changed optimizer is returned"]
            pub fn use_ema(mut self, use_ema: bool) -> Self {
                self.common.use_ema = use_ema;
                self
            }
            /// How much of the moving average stays in a step, from 0 to 1. Default 0.99.
            #[must_use = "the changed optimizer is returned"]
            pub fn ema_momentum(mut self, ema_momentum: impl Into<$crate::Number>) -> Self {
                self.common.ema_momentum = ema_momentum.into();
                self
            }
            /// Steps after which the weights are set to the moving average.
            #[must_use = "the changed optimizer is returned"]
            pub fn ema_overwrite_frequency(mut self, steps: u64) -> Self {
                self.common.ema_overwrite_frequency = Some(steps);
                self
            }
            /// What the loss is multiplied by and the gradients are divided by.
            #[must_use = "the changed optimizer is returned"]
            pub fn loss_scale_factor(mut self, factor: impl Into<$crate::Number>) -> Self {
                self.common.loss_scale_factor = Some(factor.into());
                self
            }
            /// Steps whose gradients are averaged for one update, at least 2.
            #[must_use = "the changed optimizer is returned"]
            pub fn gradient_accumulation_steps(mut self, steps: u64) -> Self {
                self.common.gradient_accumulation_steps = Some(steps);
                self
            }
        }

        impl $crate::Config for $Optimizer {
            const CLASS: $crate::Class = $class;
            const KEYS: &'static [&'static str] = &[
                "name", "learning_rate", "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema",
                "ema_momentum", "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps",
                $(stringify!($opt),)*
            ];
            fn write(&self, key: &mut dyn FnMut(&str, $crate::Json)) {
                self.common.write(key);
                $(key(stringify!($opt), $crate::value(&self.$opt));)*
            }
            fn settings<'o>(&'o self, setting: &mut dyn FnMut($crate::Setting<'o>)) {
                self.common.settings(&$common, setting);
                $({
                    let default: $Opt = $default;
                    setting($crate::Setting::option(stringify!($opt), &self.$opt, &default));
                })*
            }
            fn read(config: &mut $crate::Keys) -> $crate::Result<Self, $crate::Problem> {
                let mut optimizer = Self::new();
                optimizer.common.read(config)?;
                $(config.optional(stringify!($opt), &mut optimizer.$opt)?;)*
                Ok(optimizer)
            }
        }
    };
}

/// The two methods that give access to the common options, for the optimizers of this module.
macro_rules! common_options {
    () => {
        fn common(&self) -> &$crate::optimizers::Common {
            &self.common
        }
        fn common_mut(&mut self) -> &mut $crate::optimizers::Common {
            &mut self.common
        }
    };
}
