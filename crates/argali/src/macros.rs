/// Defines an object with a config: its struct, constructor, one setter per option, and its config keys.
///
/// For initializers, losses, metrics and optimizers; layers have [`layer!`](crate::layer). Arguments of `new` come first;
/// options follow, each with the default that Keras gives it. The doc comment of a field becomes that of its setter.
/// `as` gives the type that the constructor or setter takes, if it is not the field's.
///
/// ```
/// use argali::{Class, object};
///
/// object! {
///     /// Multiplies the learning rate by a factor at every step.
///     pub struct Decay(Class::custom("Decay", "mine>Decay")) {
///         /// Rate of the first step.
///         initial: f64,
///         ..
///         /// The factor. Default 0.9.
///         factor: f64 = 0.9,
///     }
/// }
/// assert_eq!(Decay::new(0.1).factor(0.5).factor, 0.5);
/// ```
#[macro_export]
macro_rules! object {
    (@given $Kept:ty) => { $Kept };
    (@given $Kept:ty, $Given:ty) => { $Given };
    (
        $(#[$doc:meta])*
        pub struct $Object:ident($class:expr) {
            $($(#[$adoc:meta])* $arg:ident: $Arg:ty $(as $ArgGiven:ty)?,)*
            ..
            $($(#[$odoc:meta])* $opt:ident: $Opt:ty $(as $OptGiven:ty)? = $default:expr,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $Object {
            $($(#[$adoc])* pub $arg: $Arg,)*
            $($(#[$odoc])* pub $opt: $Opt,)*
        }

        #[allow(clippy::useless_conversion, clippy::new_without_default)]
        impl $Object {
            #[doc = concat!("A `", stringify!($Object), "` with Keras's default options.")]
            #[must_use = "the object is returned"]
            pub fn new($($arg: $crate::object!(@given $Arg $(, $ArgGiven)?)),*) -> Self {
                $(let $arg: $Arg = $arg.into();)*
                Self { $($opt: $default,)* $($arg,)* }
            }
            $($(#[$odoc])*
            #[must_use = "the changed object is returned"]
            pub fn $opt(mut self, $opt: $crate::object!(@given $Opt $(, $OptGiven)?)) -> Self {
                self.$opt = $opt.into();
                self
            })*
        }

        impl $crate::Config for $Object {
            const CLASS: $crate::Class = $class;
            const KEYS: &'static [&'static str] = &[$(stringify!($arg),)* $(stringify!($opt),)*];
            #[allow(unused_variables)]
            fn write(&self, key: &mut dyn FnMut(&str, $crate::Json)) {
                $(key(stringify!($arg), $crate::value(&self.$arg));)*
                $(key(stringify!($opt), $crate::value(&self.$opt));)*
            }
            #[allow(unused_variables, unused_mut)]
            fn read(config: &mut $crate::Keys) -> $crate::Result<Self, $crate::Problem> {
                $(let $arg: $Arg = config.required(stringify!($arg))?;)*
                let mut object = Self { $($opt: $default,)* $($arg,)* };
                $(config.optional(stringify!($opt), &mut object.$opt)?;)*
                Ok(object)
            }
        }
    };
}
