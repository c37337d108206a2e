//! Weights that begin with given values.

use crate::config::brief;
use crate::{Json, Number, Problem};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::json;

/// An array of values that a weight begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    shape: Vec<usize>,
    elements: Vec<Number>,
    /// Element type of a NumPy array; lists of numbers have none.
    dtype: Option<String>,
}

impl Values {
    /// Values of a shape, row-major.
    ///
    /// # Errors
    ///
    /// [`Problem::Mismatch`] if the shape has another number of elements.
    pub fn new<N: Into<Number>>(
        shape: impl Into<Vec<usize>>,
        elements: impl IntoIterator<Item = N>,
    ) -> Result<Self, Problem> {
        let values =
            Values { shape: shape.into(), elements: elements.into_iter().map(Into::into).collect(), dtype: None };
        let expected = values.shape.iter().try_fold(1usize, |n, axis| n.checked_mul(*axis));
        match expected == Some(values.elements.len()) {
            true => Ok(values),
            false => {
                let (found, shape) = (values.elements.len(), &values.shape);
                Err(Problem::mismatch(format!("{found} values for shape {shape:?}"), ""))
            }
        }
    }

    /// Length of each axis; none of a single number.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Says that they are saved as a NumPy array of this element type, such as `float32`.
    #[must_use = "the changed values are returned"]
    pub fn dtype(mut self, dtype: impl Into<String>) -> Self {
        self.dtype = Some(dtype.into());
        self
    }

    /// The element type that they are saved with.
    pub(crate) fn dtype_name(&self) -> Option<&str> {
        self.dtype.as_deref()
    }

    /// The values, row-major, as they were given.
    pub(crate) fn elements(&self) -> &[Number] {
        &self.elements
    }

    /// The values, row-major.
    pub fn to_vec(&self) -> Vec<f64> {
        self.elements.iter().map(|n| n.get()).collect()
    }

    /// Reads nested lists of numbers, or what Keras writes for an array.
    pub(super) fn read(json: &Json) -> Result<Self, Problem> {
        if let Json::Object(map) = json {
            let dtype = json["config"]["dtype"].as_str().map(str::to_owned);
            return match map.get("class_name").and_then(Json::as_str) {
                Some("__numpy__" | "__tensor__") => Ok(Values { dtype, ..Self::read(&json["config"]["value"])? }),
                _ => Err(not_values(json)),
            };
        }
        let mut values = Values { shape: shape_of(json), elements: Vec::new(), dtype: None };
        let rank = values.shape.len();
        flatten(json, &values.shape[..rank], &mut values.elements).ok_or_else(|| not_values(json))?;
        Ok(values)
    }

    pub(super) fn write(&self) -> Json {
        let nested = nest(&self.shape, &self.elements);
        match &self.dtype {
            None => nested,
            Some(dtype) => json!({"class_name": "__numpy__", "config": {"value": nested, "dtype": dtype}}),
        }
    }

    /// The values repeated to a weight's shape as NumPy broadcasts.
    pub(crate) fn broadcast(&self, shape: &[usize]) -> Result<Vec<f64>, Problem> {
        let missing = shape.len().checked_sub(self.shape.len());
        let fits = missing.is_some_and(|missing| {
            self.shape.iter().zip(&shape[missing..]).all(|(own, wanted)| *own == 1 || own == wanted)
        });
        if !fits {
            let message = format!("values of shape {:?} for a weight of shape {shape:?}", self.shape);
            return Err(Problem::mismatch(message, "give values that broadcast to the weight"));
        }
        let position = |mut index: usize| {
            let (mut offset, mut stride) = (0, 1);
            for (axis, length) in shape.iter().enumerate().rev() {
                let own = axis.checked_sub(missing.unwrap_or(0)).map_or(1, |axis| self.shape[axis]);
                offset += if own == 1 { 0 } else { index % length * stride };
                stride *= own;
                index /= length;
            }
            offset
        };
        Ok((0..shape.iter().product()).map(|i| self.elements[position(i)].get()).collect())
    }
}

impl From<f64> for Values {
    fn from(value: f64) -> Self {
        Values { shape: Vec::new(), elements: vec![value.into()], dtype: None }
    }
}

impl From<i64> for Values {
    fn from(value: i64) -> Self {
        Values { shape: Vec::new(), elements: vec![value.into()], dtype: None }
    }
}

impl<N: Into<Number>, const LENGTH: usize> From<[N; LENGTH]> for Values {
    fn from(values: [N; LENGTH]) -> Self {
        values.into_iter().map(Into::into).collect::<Vec<Number>>().into()
    }
}

impl<N: Into<Number>> From<Vec<N>> for Values {
    fn from(values: Vec<N>) -> Self {
        let elements: Vec<_> = values.into_iter().map(Into::into).collect();
        Values { shape: vec![elements.len()], elements, dtype: None }
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.write().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&Json::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

fn not_values(json: &Json) -> Problem {
    Problem::key("value", format!("is {}, expected a number or nested lists of numbers of equal length", brief(json)))
}

fn shape_of(json: &Json) -> Vec<usize> {
    let mut shape = Vec::new();
    let mut level = json;
    while let Json::Array(list) = level {
        shape.push(list.len());
        match list.first() {
            Some(first) => level = first,
            None => break,
        }
    }
    shape
}

fn flatten(json: &Json, shape: &[usize], elements: &mut Vec<Number>) -> Option<()> {
    match (json, shape) {
        (Json::Array(list), [length, inner @ ..]) if list.len() == *length => {
            list.iter().try_for_each(|item| flatten(item, inner, elements))
        }
        (number, []) => {
            elements.push(Number::from_json(number)?);
            Some(())
        }
        _ => None,
    }
}

fn nest(shape: &[usize], elements: &[Number]) -> Json {
    match shape {
        [] => elements.first().map_or(Json::Null, |n| n.to_json()),
        [_] => elements.iter().map(|n| n.to_json()).collect(),
        [0, ..] => Json::Array(Vec::new()),
        [length, inner @ ..] => {
            elements.chunks(elements.len().div_ceil(*length).max(1)).map(|part| nest(inner, part)).collect()
        }
    }
}
