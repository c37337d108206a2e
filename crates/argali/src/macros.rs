/// Defines an object with a config: its struct, constructor, one setter per option, and its config keys.
///
/// For initializers, losses, metrics and optimizers; layers have [`layer!`](crate::layer). Arguments of `new` come first;
/// options follow, each with the default that Keras gives it. The doc comment of a field becomes that of its setter.
/// `as` gives the type that the constructor or setter takes, if it is not the field's. An option that ends in
/// `; saved_if_changed` is left out of the config while it has its default.
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
    (@read $config:ident $arg:ident) => { $config.required(stringify!($arg)) };
    (@read $config:ident $arg:ident, $default:expr) => {
        $config.maybe(stringify!($arg)).map(|given| given.unwrap_or_else(|| $default))
    };
    (@write $key:ident, $name:ident, $value:expr) => { $key(stringify!($name), $crate::value(&$value)) };
    (@write $key:ident, $name:ident, $value:expr, $Opt:ty, $default:expr, saved_if_changed) => {
        let default: $Opt = $default;
        if $crate::value(&$value) != $crate::value(&default) {
            $key(stringify!($name), $crate::value(&$value));
        }
    };
    (
        $(#[$doc:meta])*
        pub struct $Object:ident($class:expr) {
            $($(#[$adoc:meta])* $arg:ident: $Arg:ty $(as $ArgGiven:ty)?,)*
            ..
            $($(#[$odoc:meta])* $opt:ident: $Opt:ty $(as $OptGiven:ty)? = $default:expr $(; $saved:ident)?,)*
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
                $($crate::object!(@write key, $opt, self.$opt $(, $Opt, $default, $saved)?);)*
            }
            #[allow(unused_variables)]
            fn settings<'o>(&'o self, setting: &mut dyn FnMut($crate::Setting<'o>)) {
                $(let $arg: $Arg = self.$arg.clone();)*
                $(setting($crate::Setting::argument(stringify!($arg), &self.$arg));)*
                $({
                    let default: $Opt = $default;
                    setting($crate::Setting::option(stringify!($opt), &self.$opt, &default));
                })*
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

/// Defines a layer: its struct, constructor, one setter per option, and its config keys.
///
/// Arguments of `new` come first; options follow, each with the default that Keras gives it. The doc comment of a field
/// becomes that of its setter. `as` gives the type that the constructor or setter takes, if it is not the field's; a
/// default after an argument is what a config without it means. What the layer does is said by implementing
/// [`Layer`](crate::Layer).
///
/// ```
/// use argali::engine::Value;
/// use argali::prelude::*;
/// use argali::{Call, Class, Layer, layer};
///
/// layer! {
///     /// Multiplies its input by a number.
///     pub struct Scale(Class::custom("Scale", "mine>Scale")) {
///         /// The factor.
///         by: f64,
///         ..
///         /// Whether to divide instead. Default `false`.
///         inverse: bool = false,
///     }
/// }
///
/// impl Layer for Scale {
///     fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
///         vec![if self.inverse { call.input() / self.by } else { call.input() * self.by }]
///     }
/// }
///
/// let model = Sequential::new().input([4]).layer(Scale::new(2.0).inverse(true)).dense(3).build()?;
/// assert_eq!(model.output_shape()?.to_string(), "(None, 3)");
/// # Ok::<(), argali::Error>(())
/// ```
#[macro_export]
macro_rules! layer {
    (
        $(#[$doc:meta])*
        pub struct $Layer:ident($class:expr) {
            $($(#[$adoc:meta])* $arg:ident: $Arg:ty $(as $ArgGiven:ty)? $(= $arg_default:expr)?,)*
            ..
            $($(#[$odoc:meta])* $opt:ident: $Opt:ty $(as $OptGiven:ty)? = $default:expr,)*
        }
    ) => {
        $(#[$doc])*
        ///
        /// Every layer also has the options [`name`](Self::name), [`trainable`](Self::trainable),
        /// [`dtype`](Self::dtype), [`activity_regularizer`](Self::activity_regularizer), [`weights`](Self::weights) and,
        /// first in a model, [`input_shape`](Self::input_shape), [`batch_input_shape`](Self::batch_input_shape) and
        /// [`batch_size`](Self::batch_size).
        #[derive(Debug)]
        #[must_use = "a layer joins its model once the next one is put on it or the chain is ended"]
        pub struct $Layer<O = ()> {
            $($(#[$adoc])* pub $arg: $Arg,)*
            $($(#[$odoc])* pub $opt: $Opt,)*
            on: $crate::On<O>,
        }

        #[allow(clippy::useless_conversion, clippy::new_without_default)]
        impl $Layer {
            #[doc = concat!("A `", stringify!($Layer), "` on nothing, with Keras's default options.")]
            #[track_caller]
            pub fn new($($arg: $crate::object!(@given $Arg $(, $ArgGiven)?)),*) -> Self {
                $(let $arg: $Arg = $arg.into();)*
                Self { $($opt: $default,)* $($arg,)* on: $crate::On::nothing() }
            }

            /// The layer with an identity: one set of weights wherever it is put.
            pub fn shared(self) -> $crate::SharedLayer {
                $crate::SharedLayer::new(self)
            }

            /// The output on an actual array, of several outputs the first, with weights drawn for this call;
            /// [`shared`](Self::shared) layers keep theirs.
            ///
            /// # Errors
            ///
            /// If the layer can't take an input of this shape.
            #[track_caller]
            pub fn apply(&self, input: &impl $crate::Arrays) -> $crate::Result<$crate::ArrayD<f32>> {
                self.clone().shared().apply(input)
            }
        }

        #[allow(clippy::useless_conversion)]
        impl<O> $Layer<O> {
            $($(#[$odoc])* pub fn $opt(mut self, $opt: $crate::object!(@given $Opt $(, $OptGiven)?)) -> Self {
                self.$opt = $opt.into();
                self
            })*
            /// Name of the layer within its model. Default: the class in snake case, numbered.
            pub fn name(mut self, name: impl Into<String>) -> Self {
                self.on.set_name(name.into());
                self
            }
            /// Whether training changes the weights. Default `true`.
            pub fn trainable(mut self, trainable: bool) -> Self {
                self.on.set_trainable(trainable);
                self
            }
            /// Floating-point type of weights and computation. Default: `floatx` of `keras.json`, 32 bits.
            pub fn dtype(mut self, dtype: $crate::Policy) -> Self {
                self.on.set_policy(dtype);
                self
            }
            /// Loss on the outputs, divided by the batch size. Default none.
            pub fn activity_regularizer(mut self, regularizer: impl Into<$crate::regularizers::Regularizer>) -> Self {
                self.on.set_activity_regularizer(regularizer.into());
                self
            }
            /// First values of the weights, in the order of the table above. Default: drawn by the initializers.
            pub fn weights(mut self, weights: impl $crate::Arrays) -> Self {
                self.on.set_weights(&weights);
                self
            }
            /// Shape of a sample, given on the first layer of a [`Sequential`]($crate::Sequential) instead of
            /// [`Sequential::input`]($crate::Sequential::input).
            pub fn input_shape<D: $crate::IntoDim>(mut self, shape: impl IntoIterator<Item = D>) -> Self {
                self.on.set_input_shape(shape);
                self
            }
            /// Shape of a batch, given on the first layer of a [`Sequential`]($crate::Sequential).
            pub fn batch_input_shape<D: $crate::IntoDim>(mut self, shape: impl IntoIterator<Item = D>) -> Self {
                self.on.set_batch_input_shape(shape);
                self
            }
            /// Number of samples in every batch, given with [`input_shape`](Self::input_shape). Default: any.
            pub fn batch_size(mut self, size: usize) -> Self {
                self.on.set_batch_size(size);
                self
            }
            #[doc(hidden)]
            pub fn on<P>(self, object: P) -> ($Layer<P>, O) {
                let (on, old) = self.on.with(object);
                ($Layer { $($arg: self.$arg,)* $($opt: self.$opt,)* on }, old)
            }
        }

        /// Only a layer on nothing: a copy of one that is on a tensor would draw weights of its own.
        impl Clone for $Layer {
            fn clone(&self) -> Self {
                $Layer { $($arg: self.$arg.clone(),)* $($opt: self.$opt.clone(),)* on: self.on.clone() }
            }
        }

        impl<O: $crate::Object> $crate::Put for $Layer<O> {
            type Done = O::Next;
            fn done(self) -> O::Next {
                let (layer, object) = self.on(());
                let on = layer.on.clone();
                $crate::put(layer, on, object)
            }
        }

        impl $crate::Description for $Layer {
            fn into_on(self) -> (Self, $crate::On<()>) {
                let on = self.on.clone();
                (self, on)
            }
        }

        impl $crate::Config for $Layer {
            const CLASS: $crate::Class = $class;
            const KEYS: &'static [&'static str] = &[$(stringify!($arg),)* $(stringify!($opt),)*];
            #[allow(unused_variables)]
            fn write(&self, key: &mut dyn FnMut(&str, $crate::Json)) {
                $(key(stringify!($arg), $crate::value(&self.$arg));)*
                $(key(stringify!($opt), $crate::value(&self.$opt));)*
            }
            #[allow(unused_variables)]
            fn settings<'o>(&'o self, setting: &mut dyn FnMut($crate::Setting<'o>)) {
                $(let $arg: $Arg = self.$arg.clone();)*
                $(setting($crate::Setting::argument(stringify!($arg), &self.$arg));)*
                $({
                    let default: $Opt = $default;
                    setting($crate::Setting::option(stringify!($opt), &self.$opt, &default));
                })*
            }
            #[allow(unused_variables, unused_mut)]
            fn read(config: &mut $crate::Keys) -> $crate::Result<Self, $crate::Problem> {
                $(let $arg: $Arg = $crate::object!(@read config $arg $(, $arg_default)?)?;)*
                let mut layer = Self { $($opt: $default,)* $($arg,)* on: $crate::On::nothing() };
                $(config.optional(stringify!($opt), &mut layer.$opt)?;)*
                Ok(layer)
            }
        }
    };
}

/// The table of layers: re-exports each, gives it its method or its function, and makes it loadable.
macro_rules! layers {
    (
        chained { $($(#[$doc:meta])* $file:ident::$Layer:ident as $method:ident($($arg:ident: $Arg:ty),*),)* }
        merging { $($(#[$mdoc:meta])* $mfile:ident::$Merging:ident as $function:ident,)* }
    ) => {
        $(mod $file;)*
        $(mod $mfile;)*
        $(pub use $file::$Layer;)*
        $(pub use $mfile::$Merging;)*

        /// One method per layer, on a [`Sequential`](crate::Sequential), on a reference to a [`Tensor`](crate::Tensor)
        /// or on a layer already put on one of them.
        pub trait Compose: $crate::chain::Finish {
            $($(#[$doc])*
            #[doc = concat!("\n\nOptions: see [`", stringify!($Layer), "`].")]
            #[track_caller]
            fn $method(self, $($arg: $Arg),*) -> $Layer<Self::Done> {
                $Layer::new($($arg),*).on(self.done()).0
            })*
        }
        impl<P: $crate::chain::Put> Compose for P {}

        $($(#[$mdoc])*
        #[doc = concat!("\n\nOptions: see [`", stringify!($Merging), "`].")]
        #[track_caller]
        pub fn $function<T: std::borrow::Borrow<$crate::Tensor>>(
            tensors: impl IntoIterator<Item = T>,
        ) -> $Merging<$crate::Tensors> {
            $Merging::new().on(tensors.into_iter().collect()).0
        })*

        /// How a class of this table is put on an object: by a method of [`Compose`], or by a function of tensors.
        pub(crate) fn put_by(class: &$crate::Class) -> Option<PutBy> {
            use $crate::Config;
            $(if *class == $Layer::<()>::CLASS {
                return Some(PutBy::Method(stringify!($method)));
            })*
            $(if *class == $Merging::<()>::CLASS {
                return Some(PutBy::Function(stringify!($function)));
            })*
            None
        }

        /// Names of the functions of tensors.
        pub(crate) const FUNCTIONS: &[&str] = &[$(stringify!($function)),*];

        /// The classes of this table with their readers.
        pub(crate) fn table() -> Vec<($crate::Class, $crate::layer::ReadLayer)> {
            use $crate::Config;
            vec![
                $((<$Layer>::CLASS, $crate::layer::reader::<$Layer>()),)*
                $((<$Merging>::CLASS, $crate::layer::reader::<$Merging>()),)*
            ]
        }
    };
}
