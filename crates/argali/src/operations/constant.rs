//! Arrays as operands of operations.

use super::dtypes;
use crate::config::brief;
use crate::{Json, Number, Problem, Shape};
use argali_engine::{Buffer, DType, Graph, Value};
use ndarray::{ArrayBase, ArrayD, Data, Dimension};
use serde_json::json;

/// An array that an operation is called with, as Keras saves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// Keras's class: an array of numpy or a tensor of the backend.
    class: Class,
    shape: Vec<usize>,
    elements: Vec<Number>,
    /// Keras's name of the element type.
    dtype: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Class {
    Numpy,
    Tensor,
}

impl Class {
    const ALL: [Class; 2] = [Class::Numpy, Class::Tensor];

    fn name(self) -> &'static str {
        match self {
            Class::Numpy => "__numpy__",
            Class::Tensor => "__tensor__",
        }
    }
}

impl<S: Data<Elem = f32>, D: Dimension> From<&ArrayBase<S, D>> for Constant {
    fn from(array: &ArrayBase<S, D>) -> Self {
        let elements = array.iter().map(|element| Number::from(*element)).collect();
        Constant { class: Class::Numpy, shape: array.shape().to_vec(), elements, dtype: "float32" }
    }
}

impl Constant {
    /// The array that an argument of a saved call is; `None` if it is none.
    pub(super) fn read(json: &Json) -> Option<Result<Self, Problem>> {
        let class = Class::ALL.into_iter().find(|class| json["class_name"] == class.name())?;
        Some(Self::of_config(class, &json["config"]))
    }

    fn of_config(class: Class, config: &Json) -> Result<Self, Problem> {
        let dtype = config["dtype"].as_str().and_then(dtypes::named);
        let dtype = dtype.ok_or_else(|| Problem::key("dtype", format!("is unknown: {}", brief(&config["dtype"]))))?;
        let mut shape = Vec::new();
        let mut level = &config["value"];
        while let Json::Array(items) = level {
            shape.push(items.len());
            level = items.first().unwrap_or(&Json::Null);
        }
        let mut elements = Vec::new();
        collect(&config["value"], &shape, &mut elements)
            .ok_or_else(|| Problem::key("value", "is no array of numbers with rows of one length"))?;
        Ok(Constant { class, shape, elements, dtype })
    }

    pub(super) fn to_json(&self) -> Json {
        let config = json!({"value": nested(&self.shape, &mut self.elements.iter()), "dtype": self.dtype});
        json!({"class_name": self.class.name(), "config": config})
    }

    /// The array, if it has axes and elements, and is what one of floats is saved as.
    pub(crate) fn array(&self) -> Option<ArrayD<f32>> {
        if self.shape.is_empty() || self.elements.is_empty() {
            return None;
        }
        let elements = self.elements.iter().map(|number| number.get() as f32).collect();
        let array = ArrayD::from_shape_vec(self.shape.clone(), elements).ok()?;
        (Constant::from(&array) == *self).then_some(array)
    }

    pub(super) fn shape(&self) -> Shape {
        Shape::from(&self.shape[..])
    }

    /// Keras's name of the type that it counts as: Keras computes in at most 32 bits where nothing says otherwise.
    pub(super) fn dtype_name(&self) -> &'static str {
        match self.dtype {
            "float64" => "float32",
            "int64" => "int32",
            "uint64" => "uint32",
            other => other,
        }
    }

    pub(super) fn place<'g>(&self, graph: &'g Graph, dtype: DType) -> Value<'g> {
        let elements: Vec<f64> = self.elements.iter().map(|number| number.get()).collect();
        graph.constant(Buffer::from(elements).cast(dtype), &self.shape)
    }
}

/// The elements of nested lists of these lengths; `None` if they are of others.
fn collect(json: &Json, shape: &[usize], into: &mut Vec<Number>) -> Option<()> {
    match (json, shape) {
        (Json::Array(items), [len, inner @ ..]) if items.len() == *len => {
            items.iter().try_for_each(|item| collect(item, inner, into))
        }
        (Json::Bool(truth), []) => {
            into.push(Number::Int((*truth).into()));
            Some(())
        }
        (number, []) => {
            into.push(Number::from_json(number)?);
            Some(())
        }
        _ => None,
    }
}

fn nested(shape: &[usize], elements: &mut dyn Iterator<Item = &Number>) -> Json {
    match shape {
        [] => elements.next().map_or(Json::Null, |number| number.to_json()),
        [len, inner @ ..] => (0..*len).map(|_| nested(inner, elements)).collect(),
    }
}
