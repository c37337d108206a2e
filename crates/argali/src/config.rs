//! How objects are named and described in a saved model: Keras's class, registered name and config.

use crate::warnings::warn;
use crate::{Problem, Result};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Map;
use std::any::Any;

#[doc(no_inline)]
pub use serde_json::Value as Json;

/// How a class is named in a saved model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// Module the class is of, such as `keras.layers`.
    pub module: &'static str,
    /// Name of the class.
    pub name: &'static str,
    /// `package>Name` of a class that is not Keras's own.
    pub registered_name: Option<&'static str>,
}

impl Class {
    /// A class of Keras itself.
    pub const fn keras(module: &'static str, name: &'static str) -> Self {
        Class { module, name, registered_name: None }
    }

    /// A layer class of Keras itself.
    pub const fn layer(name: &'static str) -> Self {
        Class::keras("keras.layers", name)
    }

    /// A class of your own, registered in Python as `package>Name`.
    pub const fn custom(name: &'static str, registered_name: &'static str) -> Self {
        Class { module: "builtins", name, registered_name: Some(registered_name) }
    }

    /// The name a registry knows the class by.
    pub fn key(&self) -> &'static str {
        self.registered_name.unwrap_or(self.name)
    }

    /// The object of a saved model that describes an instance with this config.
    pub fn object(&self, config: Json) -> Json {
        serde_json::json!({
            "module": self.module,
            "class_name": self.name,
            "config": config,
            "registered_name": self.registered_name,
        })
    }
}

/// The options of an object as Keras's `config`; implemented by [`layer!`](crate::layer) and
/// [`object!`](crate::object).
#[diagnostic::on_unimplemented(message = "`{Self}` has no config", note = "define `{Self}` with `layer!` or `object!`")]
pub trait Config: Sized + std::fmt::Debug + Send + Sync + 'static {
    /// The class the object is saved as.
    const CLASS: Class;
    /// Keys of the config, in Keras's order.
    const KEYS: &'static [&'static str];
    /// Calls `key` with each key of the config and its value.
    fn write(&self, key: &mut dyn FnMut(&str, Json));
    /// Calls `setting` with each argument of `new` and then each option.
    fn settings<'o>(&'o self, _setting: &mut dyn FnMut(Setting<'o>)) {}
    /// The object a config describes.
    ///
    /// # Errors
    ///
    /// [`Problem::Key`] if a key is missing or has a value of another type.
    fn read(config: &mut Keys) -> Result<Self, Problem>;
}

/// An argument or option of an object as it was given, with its type still known.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'o> {
    /// Its name, which is also that of its key and of its setter.
    pub name: &'static str,
    /// Its value.
    pub value: &'o dyn Any,
    /// Whether it is an argument of `new`, which has no default.
    pub is_argument: bool,
    /// Whether an option has its default.
    pub is_default: bool,
}

impl<'o> Setting<'o> {
    /// An argument of `new`.
    pub fn argument(name: &'static str, value: &'o dyn Any) -> Self {
        Setting { name, value, is_argument: true, is_default: false }
    }

    /// An option with its default.
    pub fn option<T: Any + Serialize>(name: &'static str, option: &'o T, default: &T) -> Self {
        Setting { name, value: option, is_argument: false, is_default: value(option) == value(default) }
    }
}

/// The config of an object as one JSON object.
pub fn config_of(object: &impl Config) -> Json {
    let mut config = Map::new();
    object.write(&mut |key, value| {
        config.insert(key.into(), value);
    });
    Json::Object(config)
}

/// The arguments and options of an object.
pub(crate) fn settings_of(object: &impl Config) -> Vec<Setting<'_>> {
    let mut all = Vec::new();
    object.settings(&mut |setting| all.push(setting));
    all
}

/// An option as JSON.
pub fn value(option: &impl Serialize) -> Json {
    serde_json::to_value(option).unwrap_or(Json::Null)
}

/// The keys of a saved config that no option has read yet.
#[derive(Clone, Debug, Default)]
pub struct Keys(pub(crate) Map<String, Json>);

impl Keys {
    /// The keys of a config.
    ///
    /// # Errors
    ///
    /// [`Problem::Key`] if it is not a JSON object.
    pub fn new(config: Json) -> Result<Self, Problem> {
        match config {
            Json::Object(map) => Ok(Keys(map)),
            other => Err(Problem::key("config", format!("is {}, expected an object", brief(&other)))),
        }
    }

    /// Takes a key away, `None` if it is not there.
    pub fn take(&mut self, key: &str) -> Option<Json> {
        self.0.shift_remove(key)
    }

    /// Takes a key away and reads it as `T`, `None` if it is not there.
    ///
    /// # Errors
    ///
    /// [`Problem::Key`] if its value is of another type.
    pub fn maybe<T: DeserializeOwned>(&mut self, key: &str) -> Result<Option<T>, Problem> {
        let Some(json) = self.take(key) else { return Ok(None) };
        let found = brief(&json);
        let read = serde_json::from_value(json);
        read.map(Some).map_err(|e| Problem::key(key, format!("is {found}: {e}")))
    }

    /// Takes away a key that must be there.
    ///
    /// # Errors
    ///
    /// [`Problem::Key`] if it is missing or of another type.
    pub fn required<T: DeserializeOwned>(&mut self, key: &str) -> Result<T, Problem> {
        self.maybe(key)?.ok_or_else(|| Problem::key(key, "is missing"))
    }

    /// Takes a key away and stores its value; a missing one leaves the default.
    ///
    /// # Errors
    ///
    /// [`Problem::Key`] if it is of another type.
    pub fn optional<T: DeserializeOwned>(&mut self, key: &str, slot: &mut T) -> Result<(), Problem> {
        self.maybe(key).map(|v| v.into_iter().for_each(|v| *slot = v))
    }

    /// Refuses keys that nothing has read, and warns of those that say nothing: null, false, or what only Keras itself
    /// makes use of.
    ///
    /// # Errors
    ///
    /// [`Problem::Key`] that names the first of them and the known key nearest to it.
    pub fn finish(self, known: &[&str]) -> Result<(), Problem> {
        let (harmless, telling): (Vec<_>, Vec<_>) = self.0.iter().partition(|(key, value)| is_harmless(key, value));
        for (key, value) in harmless {
            warn(format_args!("key `{key}` of a config is not known here; being {}, it is ignored", brief(value)));
        }
        match telling.first() {
            Some((key, value)) => Err(Problem::key(key.as_str(), refusal(key, value, known))),
            None => Ok(()),
        }
    }
}

/// Keys that are of use to Keras only.
const OF_KERAS: [&str; 5] = ["batch_input_shape", "input_dtype", "implementation", "shared_object_id", "autocast"];

fn is_harmless(key: &str, value: &Json) -> bool {
    matches!(value, Json::Null | Json::Bool(false)) || OF_KERAS.contains(&key)
}

fn refusal(key: &str, value: &Json, known: &[&str]) -> String {
    match key {
        "lora_rank" | "lora_alpha" => {
            return format!("is {value}: weights of LoRA are not supported, save the model with its kernels merged");
        }
        "quantization_config" => return format!("is {}: quantized layers are not supported", brief(value)),
        _ => {}
    }
    let near = nearest(key, known.iter().copied()).map(|k| format!(", did you mean `{k}`?"));
    let all = || match known {
        [] => ", expected none".into(),
        _ => format!(", expected one of {}", known.join(", ")),
    };
    format!("is unknown{}", near.unwrap_or_else(all))
}

/// JSON short enough for a message.
pub(crate) fn brief(json: &Json) -> String {
    let text = json.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// The known name with the fewest edits from a given one, if they are few.
pub(crate) fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let name: Vec<char> = name.chars().take(64).flat_map(char::to_lowercase).collect();
    let distance = |k: &&str| edits(&name, &k.chars().flat_map(char::to_lowercase).collect::<Vec<_>>());
    let (count, best) = known.into_iter().map(|k| (distance(&k), k)).min_by_key(|(d, _)| *d)?;
    (count * 3 <= name.len().max(3)).then_some(best)
}

/// Levenshtein's distance, where two neighbours that changed places are one edit.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut last_but_one = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && *y == a[i - 1] {
                least = least.min(last_but_one[j - 1] + 1);
            }
            row.push(least);
        }
        (last_but_one, last) = (last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_names() {
        assert_eq!(nearest("SeperableConv1D", ["Conv1D", "SeparableConv1D"]), Some("SeparableConv1D"));
        assert_eq!(nearest("pading", ["filters", "padding"]), Some("padding"));
        assert_eq!(nearest("sdg", ["Adam", "SGD"]), Some("SGD"));
        assert_eq!(nearest("xyz", ["filters", "padding"]), None);
    }

    #[test]
    fn unknown_keys_are_named() {
        let keys = Keys::new(serde_json::json!({"pading": 1})).unwrap();
        let problem = keys.finish(&["padding"]).unwrap_err();
        assert_eq!(problem.to_string(), "key `pading` is unknown, did you mean `padding`?");
    }
}
