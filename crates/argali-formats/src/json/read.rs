//! `serde_json`'s parser with a visitor that refuses duplicate keys.

use std::cell::RefCell;
use std::fmt;
use std::thread;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::scan::string_length;
use super::{JsonProblem, NON_FINITE_KEY};

/// A problem and its place in the text that was read.
pub(super) struct Fault {
    pub(super) offset: usize,
    pub(super) problem: JsonProblem,
}

/// The nesting up to which any thread's stack is large enough.
const SHALLOW: usize = 100;

/// A stack that holds the parser's frames at [`MAX_DEPTH`](super::MAX_DEPTH), many times over.
const DEEP_STACK_SIZE: usize = 16 << 20;

/// Reads a text nested `depth` levels deep; a deep one on a thread with a stack of its own.
pub(super) fn read(text: &str, depth: usize) -> Result<Value, Fault> {
    if depth <= SHALLOW {
        return read_here(text);
    }
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(DEEP_STACK_SIZE).spawn_scoped(scope, || read_here(text));
        let too_deep = || Fault { offset: 0, problem: JsonProblem::TooDeep };
        reader.map_err(|_| too_deep())?.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn read_here(text: &str) -> Result<Value, Fault> {
    let key_problem = RefCell::new(None);
    let mut parser = serde_json::Deserializer::from_str(text);
    parser.disable_recursion_limit();
    let result = AnyValue { key_problem: &key_problem }.deserialize(&mut parser);
    result.and_then(|value| parser.end().map(|()| value)).map_err(|error| {
        let offset = offset_of(text, &error);
        match key_problem.take() {
            Some(problem) => Fault { offset: literal_start(text, offset), problem },
            None => Fault { offset, problem: JsonProblem::Syntax(message(&error)) },
        }
    })
}

pub(super) fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    let earlier_lines = error.line().saturating_sub(1);
    let line_start: usize = text.split_inclusive('\n').take(earlier_lines).map(str::len).sum();
    line_start + error.column().saturating_sub(1)
}

pub(super) fn message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&position).unwrap_or(&message).to_owned()
}

/// The start of the string literal that `inside` belongs to.
fn literal_start(text: &str, inside: usize) -> usize {
    let bytes = text.as_bytes();
    let mut start = 0;
    while let Some(quote) = bytes.iter().skip(start).position(|&byte| byte == b'"') {
        start += quote;
        let length = string_length(bytes, start);
        if start + length > inside {
            return start;
        }
        start += length;
    }
    inside
}

#[derive(Clone, Copy)]
struct AnyValue<'a> {
    key_problem: &'a RefCell<Option<JsonProblem>>,
}

impl AnyValue<'_> {
    fn refuse<E: serde::de::Error>(self, problem: JsonProblem) -> E {
        self.key_problem.replace(Some(problem));
        E::custom("key refused")
    }
}

impl<'de> DeserializeSeed<'de> for AnyValue<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(element) = elements.next_element_seed(self)? {
            array.push(element);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key_seed(Key(self))? {
            if object.contains_key(&key) {
                return Err(self.refuse(JsonProblem::DuplicateKey(key)));
            }
            let value = entries.next_value_seed(self)?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

struct Key<'a>(AnyValue<'a>);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    /// A key without escapes; the reserved one was put there by the scan, which refuses it in the original.
    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<String, E> {
        Ok(key.to_owned())
    }

    /// A key with escapes, which can spell the reserved one.
    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<String, E> {
        if key == NON_FINITE_KEY {
            return Err(self.0.refuse(JsonProblem::ReservedKey(key.to_owned())));
        }
        Ok(key.to_owned())
    }
}
