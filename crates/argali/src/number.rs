//! Numbers that stay the integers or floats they were given as.

use crate::Json;
use argali_formats::json::{as_f64, non_finite};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A number of a config that Keras writes as it was given: `1` stays an integer, `1.0` a float.
///
/// Numbers of the same value are equal.
///
/// ```
/// use argali::Number;
/// assert_eq!(Number::from(2), Number::from(2.0));
/// assert_eq!(serde_json::to_string(&[Number::from(2), Number::from(2.0)])?, "[2,2.0]");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
}

impl Number {
    /// The value as a float.
    pub fn get(self) -> f64 {
        match self {
            Number::Int(n) => n as f64,
            Number::Float(x) => x,
        }
    }

    /// The number as JSON; [`argali_formats::json::non_finite`] if it is infinite or not a number.
    pub fn to_json(self) -> Json {
        match self {
            Number::Int(n) => n.into(),
            Number::Float(x) => non_finite(x),
        }
    }

    /// The number that JSON holds, finite or not; `None` if it holds anything else.
    pub fn from_json(json: &Json) -> Option<Self> {
        json.as_i64().map(Number::Int).or_else(|| as_f64(json).map(Number::Float))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Int(n) => n.fmt(f),
            Number::Float(x) => fmt::Debug::fmt(x, f),
        }
    }
}

impl From<f64> for Number {
    fn from(x: f64) -> Self {
        Number::Float(x)
    }
}

impl From<f32> for Number {
    fn from(x: f32) -> Self {
        Number::Float(x.into())
    }
}

macro_rules! from_integers {
    ($($T:ty),*) => {
        $(impl From<$T> for Number {
            fn from(n: $T) -> Self {
                i64::try_from(n).map_or(Number::Float(n as f64), Number::Int)
            }
        }
        impl From<$T> for MaybeNumber {
            fn from(n: $T) -> Self {
                MaybeNumber(Some(n.into()))
            }
        })*
    };
}

from_integers!(i32, u32, i64, u64, usize);

/// A number of a config, or none: `6.0`, `6`, `None` and `Some(6.0)` convert into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MaybeNumber(pub Option<Number>);

impl MaybeNumber {
    /// The value as a float, if there is one.
    pub fn get(self) -> Option<f64> {
        self.0.map(Number::get)
    }
}

impl From<f64> for MaybeNumber {
    fn from(x: f64) -> Self {
        MaybeNumber(Some(x.into()))
    }
}

impl From<f32> for MaybeNumber {
    fn from(x: f32) -> Self {
        MaybeNumber(Some(x.into()))
    }
}

impl From<Number> for MaybeNumber {
    fn from(number: Number) -> Self {
        MaybeNumber(Some(number))
    }
}

impl From<Option<f64>> for MaybeNumber {
    fn from(x: Option<f64>) -> Self {
        MaybeNumber(x.map(Number::Float))
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        Number::from_json(&json).ok_or_else(|| D::Error::custom("expected a number"))
    }
}

/// A list of numbers, each of which stays the integer or float it was given as.
///
/// ```
/// use argali::{Number, Numbers};
/// assert_eq!(Numbers::from([1, 2]).0, [Number::Int(1), Number::Int(2)]);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Numbers(pub Vec<Number>);

impl<N: Into<Number>, const LENGTH: usize> From<[N; LENGTH]> for Numbers {
    fn from(numbers: [N; LENGTH]) -> Self {
        Numbers(numbers.into_iter().map(Into::into).collect())
    }
}

impl<N: Into<Number>> From<Vec<N>> for Numbers {
    fn from(numbers: Vec<N>) -> Self {
        Numbers(numbers.into_iter().map(Into::into).collect())
    }
}
