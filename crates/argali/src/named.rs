//! Reading and writing objects by Keras name, or as Keras's dictionary of class and config.

use crate::config::{brief, nearest};
use crate::{Json, Keys, Problem};

/// The class, and the config if there is one, of an object in a saved model.
///
/// Keras 3 writes module, class name, config and registered name; older files have the class name and the config only,
/// or the name alone.
pub(crate) fn class_and_config(json: Json, kind: &str) -> Result<(String, Keys), Problem> {
    match json {
        Json::String(name) => Ok((name, Keys::default())),
        Json::Object(mut map) => {
            let class = match map.shift_remove("class_name") {
                Some(Json::String(class)) => class,
                Some(other) => {
                    return Err(Problem::key("class_name", format!("is {}, expected a name", brief(&other))));
                }
                None => return Err(Problem::key("class_name", format!("is missing, expected the class of {kind}"))),
            };
            let config = match map.shift_remove("config") {
                None | Some(Json::Null) => Keys::default(),
                Some(config) => Keys::new(config)?,
            };
            Ok((class, config))
        }
        other => Err(Problem::key(kind, format!("is {}, expected a name or an object", brief(&other)))),
    }
}

/// Why a name is refused: none of the known ones, with the nearest of them or all.
pub(crate) fn unknown<'k>(kind: &str, name: &str, known: impl IntoIterator<Item = &'k str>) -> Problem {
    let known: Vec<_> = known.into_iter().collect();
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected one of {}", known.join(", ")),
    };
    Problem::key(kind, format!("is `{name}`, {help}"))
}

/// Serialization as Keras's dictionary, deserialization from it, and `FromStr` by Keras name, for a type with
/// `class(&self) -> Class`, `config(&self) -> Json` and `read(class, &mut Keys) -> Result<Self, Problem>`.
macro_rules! by_keras_name {
    ($Object:ty, $kind:literal) => {
        impl serde::Serialize for $Object {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.class().object(self.config()).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $Object {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let json = <$crate::Json as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_json(json).map_err(serde::de::Error::custom)
            }
        }

        impl std::str::FromStr for $Object {
            type Err = $crate::Problem;

            fn from_str(name: &str) -> Result<Self, $crate::Problem> {
                Self::from_json($crate::Json::String(name.into()))
            }
        }

        impl $Object {
            fn from_json(json: $crate::Json) -> Result<Self, $crate::Problem> {
                let (class, mut config) = $crate::named::class_and_config(json, $kind)?;
                let object = Self::read(&class, &mut config)?;
                let own = object.config();
                config.finish(
                    &own.as_object().into_iter().flat_map(|c| c.keys()).map(String::as_str).collect::<Vec<_>>(),
                )?;
                object.check()?;
                Ok(object)
            }
        }
    };
}

pub(crate) use by_keras_name;
