//! Cases that real Keras recorded.

use crate::{Dim, Json, Shape};
use argali_engine::{Buffer, DType};
use argali_formats::{Array, json, safetensors};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Values with a shape.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) shape: Vec<usize>,
    pub(super) values: Vec<f64>,
}

impl Given {
    pub(super) fn shape(&self) -> &[usize] {
        &self.shape
    }

    pub(super) fn buffer(&self, dtype: DType) -> Buffer {
        Buffer::F64(self.values.clone()).cast(dtype)
    }
}

/// A weight that Keras's layer has.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct WeightOf {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
    pub(super) trainable: bool,
}

/// One case of a fixture; see `tests/fixtures/README.md`.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) dtype: DType,
    pub(super) layer: Json,
    pub(super) symbolic_inputs: Vec<Shape>,
    pub(super) output_shapes: Vec<Shape>,
    pub(super) weights: Vec<WeightOf>,
    pub(super) training: bool,
    pub(super) inputs: Vec<Given>,
    arrays: Arc<BTreeMap<String, Array>>,
}

#[derive(Deserialize)]
struct File {
    cases: Vec<Recorded>,
}

#[derive(Deserialize)]
struct Recorded {
    id: String,
    dtype: String,
    layer: Json,
    symbolic_input_shapes: Vec<Shape>,
    output_shape: Vec<Shape>,
    weights: Vec<WeightOf>,
    training: bool,
}

/// A configuration that Keras refuses.
pub(super) struct Refused {
    pub(super) layer: Json,
    pub(super) inputs: Vec<Shape>,
    pub(super) why: String,
}

#[derive(Deserialize)]
struct RecordedRefusal {
    layer: Json,
    input_shape: Shapes,
    why: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Shapes {
    One(Vec<Dim>),
    Several(Vec<Shape>),
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/layers")
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let bytes = std::fs::read(folder().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    let value = json::parse(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
    serde_json::from_value(value).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// What Keras refuses of a layer class.
pub(super) fn refused(class: &str) -> Vec<Refused> {
    let all: Vec<RecordedRefusal> = read("refused.json");
    let of_class = all.into_iter().filter(|r| r.layer["class_name"] == class);
    let shapes = |shapes| match shapes {
        Shapes::One(shape) => vec![Shape(shape)],
        Shapes::Several(shapes) => shapes,
    };
    of_class.map(|r| Refused { layer: r.layer, inputs: shapes(r.input_shape), why: r.why }).collect()
}

impl Case {
    /// All cases of a layer class.
    pub(super) fn load(class: &str) -> Vec<Case> {
        let file: File = read(&format!("{class}.json"));
        let name = format!("{class}.safetensors");
        let arrays = safetensors::read(folder().join(&name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let arrays = Arc::new(arrays.tensors);
        file.cases.into_iter().map(|case| Case::of(case, &arrays)).collect()
    }

    fn of(recorded: Recorded, arrays: &Arc<BTreeMap<String, Array>>) -> Case {
        let mut case = Case {
            dtype: if recorded.dtype == "float64" { DType::F64 } else { DType::F32 },
            id: recorded.id,
            layer: recorded.layer,
            symbolic_inputs: recorded.symbolic_input_shapes,
            output_shapes: recorded.output_shape,
            weights: recorded.weights,
            training: recorded.training,
            inputs: Vec::new(),
            arrays: arrays.clone(),
        };
        case.inputs = case.group("input");
        case
    }

    fn find(&self, key: &str) -> Option<&Array> {
        self.arrays.get(&format!("{}/{key}", self.id))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// An array of the case; an empty one if it has none of this name.
    pub(super) fn array(&self, key: &str) -> Given {
        let Some(array) = self.find(key) else { return Given { shape: vec![0], values: Vec::new() } };
        let kind = (array.dtype().name(), self.dtype.to_string());
        assert!(kind.0 == kind.1 || kind.0 == "bool", "{} {key} is {}, its case {}", self.id, kind.0, kind.1);
        Given { shape: array.shape().to_vec(), values: array.to_f64().iter().copied().collect() }
    }

    /// The arrays `key/0`, `key/1`, ….
    pub(super) fn group(&self, key: &str) -> Vec<Given> {
        let names = (0..).map(|i| format!("{key}/{i}"));
        names.take_while(|name| self.has(name)).map(|name| self.array(&name)).collect()
    }

    /// What the largest difference from Keras may be, relative to the largest element.
    pub(super) fn tolerance(&self) -> f64 {
        if self.dtype == DType::F64 { 1e-10 } else { 1e-5 }
    }
}
