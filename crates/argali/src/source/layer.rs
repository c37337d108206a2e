//! Layers as Rust: the constructor or method with its arguments, and the options that are set.

use super::{Imports, value};
use crate::instance::{Body, Instance};
use crate::layers::{InputLayer, PutBy, put_by};
use crate::{Error, Problem, Result, settings};

/// A layer in words.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) class: &'static str,
    pub(super) put_by: PutBy,
    arguments: String,
    /// Calls of setters, such as `.padding(Same)`.
    pub(super) options: Vec<String>,
    /// Names of all its options, which a method of the same name would set.
    pub(super) keys: Vec<&'static str>,
}

impl Words {
    pub(super) fn of(instance: &Instance, with_name: bool, imports: &mut Imports) -> Result<Self> {
        let Body::Layer(layer) = &instance.body else { return Err(unknown(instance, "is a model")) };
        let class = layer.class();
        let help_less = || unknown(instance, &format!("is of the class `{}`, which is none of Keras's", class.key()));
        let put_by = put_by(&class).ok_or_else(help_less)?;
        let (mut arguments, mut options, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        for setting in layer.settings().into_iter() {
            keys.push(setting.name);
            if setting.is_default {
                continue;
            }
            let text = value::expression(setting.value, imports);
            let text =
                text.ok_or_else(|| unknown(instance, &format!("has a `{}` that can't be written", setting.name)))?;
            match setting.is_argument {
                true => arguments.push(text),
                false => options.push(format!(".{}({text})", setting.name)),
            }
        }
        if let Some(regularizer) = &instance.common.activity_regularizer {
            options.push(format!(".activity_regularizer({})", value::regularizer(regularizer, imports)));
        }
        if !instance.trainable() {
            options.push(".trainable(false)".into());
        }
        if instance.policy() != settings::current().floatx {
            options.push(format!(".dtype({:?})", instance.policy()));
        }
        if with_name {
            options.push(name(instance));
        }
        Ok(Words { class: class.name, put_by, arguments: arguments.join(", "), options, keys })
    }

    /// The layer on nothing.
    pub(super) fn standalone(&self, imports: &mut Imports) -> String {
        // The prelude has these names for an activation and an initializer.
        let shadowed = matches!(self.class, "Softmax" | "Identity");
        let module = if shadowed { format!("{}::", imports.name("argali::layers")) } else { String::new() };
        format!("{module}{}::new({}){}", self.class, self.arguments, self.options.concat())
    }

    /// The parts of a method call: the method with its arguments, and the options.
    pub(super) fn method(&self, method: &str) -> Vec<String> {
        let call = format!(".{method}({})", self.arguments);
        std::iter::once(call).chain(self.options.iter().cloned()).collect()
    }
}

/// The setter of a name.
pub(super) fn name(instance: &Instance) -> String {
    format!(".name({:?})", instance.display_name())
}

/// The refusal of a layer.
pub(super) fn unknown(instance: &Instance, message: &str) -> Error {
    let help = "write Rust by hand for this layer, or save the model as `.json` or `.keras`";
    Error::new(Problem::mismatch(message, help)).at_layer(instance.display_name())
}

/// An input: what goes into `.input(..)` if that is enough, else the whole layer.
pub(super) enum Input {
    Shape(String),
    Layer(String),
}

impl Input {
    pub(super) fn of(instance: &Instance, with_name: bool, imports: &mut Imports) -> Result<Self> {
        let Body::Layer(layer) = &instance.body else { return Err(unknown(instance, "is a model")) };
        let any: &dyn std::any::Any = &**layer;
        let layer = any.downcast_ref::<InputLayer>().ok_or_else(|| unknown(instance, "is no input"))?;
        if !layer.is_plain() {
            return Err(unknown(instance, "is sparse, ragged or optional"));
        }
        let (shape, mut options) = match layer.shape.0.split_first() {
            Some((None, sample)) => (sample_shape(sample), String::new()),
            Some((Some(batch), sample)) => (sample_shape(sample), format!(".batch_size({batch})")),
            None => {
                let shape = imports.name("argali::Shape");
                let dtype = format!(".dtype({:?})", layer.dtype_name());
                return Ok(Input::Layer(format!("InputLayer::of_batch({shape}(vec![])){dtype}{}", name(instance))));
            }
        };
        if layer.dtype_name() != settings::current().floatx.dtype().to_string() {
            options += &format!(".dtype({:?})", layer.dtype_name());
        }
        if with_name {
            options += &name(instance);
        }
        Ok(match options.is_empty() {
            true => Input::Shape(shape),
            false => Input::Layer(format!("InputLayer::new({shape}){options}")),
        })
    }
}

fn sample_shape(sample: &[crate::Dim]) -> String {
    if sample.is_empty() { "[0usize; 0]".into() } else { value::dims(sample) }
}
