//! JSON as Python's `json` module and Keras write it: strict, with the bare tokens `NaN`, `Infinity` and `-Infinity`.
//!
//! [`serde_json::Value`] has no place for the three, so [`parse`] puts an object in theirs that no accepted text can
//! contain, [`as_f64`] reads it, [`non_finite`] makes it, and [`to_string`] writes the bare token again. An integer
//! stays an integer and a float a float: `1` and `1.0` are different values.

mod error;
mod read;
mod scan;
mod write;

#[cfg(test)]
mod tests;

use std::path::Path;

use serde_json::Value;

pub use error::{JsonError, JsonProblem};
pub use write::{to_string, to_string_pretty};

use crate::{Error, Result};

/// The deepest nesting of arrays and objects that [`parse`] accepts.
pub const MAX_DEPTH: usize = 512;

/// The one key of the object that stands for a number JSON has no token for; reserved, so refused in a text.
const NON_FINITE_KEY: &str = "\u{fdd0}non-finite";

const NAN: &str = "NaN";
const INFINITY: &str = "Infinity";
const NEGATIVE_INFINITY: &str = "-Infinity";

/// Reads one JSON value.
///
/// ```
/// use argali_formats::json;
///
/// let config = json::parse(br#"{"epsilon": 1.0, "max_value": Infinity}"#)?;
/// assert_eq!(config["epsilon"], 1.0);
/// assert_eq!(json::as_f64(&config["max_value"]), Some(f64::INFINITY));
/// assert_eq!(json::to_string(&config), r#"{"epsilon":1.0,"max_value":Infinity}"#);
///
/// let error = json::parse(b"{\n  \"units\": 1,\n  \"units\": 2\n}").unwrap_err();
/// assert_eq!(error.to_string(), "duplicate key `units` at line 3 column 3");
/// # Ok::<(), json::JsonError>(())
/// ```
///
/// # Errors
/// Everything Python's `json.loads` refuses, and what it silently bends: duplicate keys, lone surrogates, floats that
/// overflow (`1e400`), integers beyond 64 bits, a byte order mark, nesting beyond [`MAX_DEPTH`].
pub fn parse(text: &[u8]) -> Result<Value, JsonError> {
    let scanned = scan::scan(text)?;
    read::read(&scanned.text, scanned.depth).map_err(|fault| {
        let offset = scanned.original_offset(fault.offset);
        JsonError::at(text, offset, fault.problem)
    })
}

/// Reads the JSON file at `path`, as [`parse`] does.
///
/// # Errors
/// [`Problem::Io`](crate::Problem::Io) or [`Problem::Json`](crate::Problem::Json), naming the file.
///
/// ```
/// use argali_formats::json;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("model.json");
/// json::write(&path, &serde_json::json!({"units": 8}))?;
/// assert_eq!(json::read(&path)?["units"], 8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(path: impl AsRef<Path>) -> Result<Value> {
    let path = path.as_ref();
    let text = std::fs::read(path).map_err(|error| Error::io("read the file", error).in_file(path))?;
    parse(&text).map_err(|error| Error::from(error).in_file(path))
}

/// Writes `value` to the file at `path`, indented, in one step ([`atomic::write`](crate::atomic::write)).
///
/// # Errors
/// [`Problem::Io`](crate::Problem::Io), naming the file.
pub fn write(path: impl AsRef<Path>, value: &Value) -> Result<()> {
    let text = to_string_pretty(value);
    crate::atomic::write(path, |file| Ok(std::io::Write::write_all(file, text.as_bytes())?))
}

/// The value that stands for a number of any kind; the plain number where `number` is finite.
///
/// ```
/// use argali_formats::json;
///
/// assert_eq!(json::to_string(&json::non_finite(f64::NEG_INFINITY)), "-Infinity");
/// assert_eq!(json::to_string(&json::non_finite(2.0)), "2.0");
/// ```
pub fn non_finite(number: f64) -> Value {
    let token = match number {
        f64::INFINITY => INFINITY,
        f64::NEG_INFINITY => NEGATIVE_INFINITY,
        _ if number.is_nan() => NAN,
        _ => return number.into(),
    };
    tagged(token)
}

/// The number `value` holds, be it finite or not; `None` when it is no number.
///
/// ```
/// use argali_formats::json;
///
/// assert_eq!(json::as_f64(&serde_json::json!(3)), Some(3.0));
/// assert_eq!(json::as_f64(&serde_json::json!("3")), None);
/// assert!(json::as_f64(&json::non_finite(f64::NAN)).unwrap().is_nan());
/// ```
pub fn as_f64(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        _ => match non_finite_token(value)? {
            NAN => Some(f64::NAN),
            INFINITY => Some(f64::INFINITY),
            _ => Some(f64::NEG_INFINITY),
        },
    }
}

/// The error of `serde_json` on a text that holds no non-finite numbers.
pub(crate) fn syntax_error(text: &str, error: &serde_json::Error) -> JsonError {
    JsonError::at(text.as_bytes(), read::offset_of(text, error), JsonProblem::Syntax(read::message(error)))
}

/// The error of a text that is not UTF-8.
pub(crate) fn utf8_error(text: &[u8], error: std::str::Utf8Error) -> JsonError {
    JsonError::at(text, error.valid_up_to(), JsonProblem::NotUtf8)
}

fn tagged(token: &str) -> Value {
    Value::Object([(NON_FINITE_KEY.to_owned(), token.into())].into_iter().collect())
}

fn non_finite_token(value: &Value) -> Option<&str> {
    let object = value.as_object().filter(|object| object.len() == 1)?;
    let token = object.get(NON_FINITE_KEY)?.as_str()?;
    [NAN, INFINITY, NEGATIVE_INFINITY].contains(&token).then_some(token)
}
