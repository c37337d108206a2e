//! Fixtures made by real Keras, and comparison with them.
//!
//! A family of fixtures is `fixtures/<family>.json`, a list of cases, and `fixtures/<family>.safetensors`, whose tensors
//! are named `<id of the case>/<name>`; the script that made them stands beside.

pub mod compiled;
pub mod configs;
pub mod source;

use argali::engine::{Buffer, DType, Graph, Plan, Value};
use argali::{Json, Model};
use safetensors::{Dtype, SafeTensors};
use std::path::Path;

/// A tensor of a fixture.
#[derive(Clone, Debug)]
pub struct Tensor {
    /// Length of each axis.
    pub shape: Vec<usize>,
    /// The elements, row-major.
    pub elements: Vec<f64>,
    /// Whether the elements are integers.
    pub integer: bool,
}

/// One case of a family.
#[derive(Clone, Debug)]
pub struct Case {
    /// What the JSON says about it.
    pub json: Json,
    tensors: Vec<(String, Tensor)>,
}

/// All cases of a family, such as `training/activations`.
pub fn cases(family: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let text = std::fs::read_to_string(folder.join(format!("{family}.json"))).expect("the family's JSON");
    let Json::Object(mut json) = serde_json::from_str(&text).expect("JSON") else { panic!("an object") };
    let Some(Json::Array(cases)) = json.remove("cases") else { panic!("a list of cases") };
    let bytes = std::fs::read(folder.join(format!("{family}.safetensors"))).unwrap_or_default();
    let tensors = if bytes.is_empty() { Vec::new() } else { read(&bytes) };
    let of_case = |id: &str| {
        let prefix = format!("{id}/");
        let own = tensors.iter().filter_map(|(name, t)| Some((name.strip_prefix(&prefix)?.to_owned(), t.clone())));
        own.collect()
    };
    let case = |json: Json| Case { tensors: of_case(json["id"].as_str().expect("an id")), json };
    cases.into_iter().map(case).collect()
}

fn read(bytes: &[u8]) -> Vec<(String, Tensor)> {
    let file = SafeTensors::deserialize(bytes).expect("safetensors");
    let tensor = |name: String, view: safetensors::tensor::TensorView<'_>| {
        let elements = elements(view.dtype(), view.data()).unwrap_or_else(|| panic!("`{name}` is {:?}", view.dtype()));
        let integer = !matches!(view.dtype(), Dtype::F32 | Dtype::F64);
        (name, Tensor { shape: view.shape().to_vec(), elements, integer })
    };
    file.tensors().into_iter().map(|(name, view)| tensor(name, view)).collect()
}

fn elements(dtype: Dtype, bytes: &[u8]) -> Option<Vec<f64>> {
    fn each<const N: usize>(bytes: &[u8], f: impl Fn([u8; N]) -> f64) -> Vec<f64> {
        bytes.chunks_exact(N).map(|b| f(b.try_into().expect("N bytes"))).collect()
    }
    Some(match dtype {
        Dtype::F32 => each(bytes, |b| f32::from_le_bytes(b).into()),
        Dtype::F64 => each(bytes, f64::from_le_bytes),
        Dtype::I32 => each(bytes, |b| i32::from_le_bytes(b).into()),
        Dtype::I64 => each(bytes, |b| i64::from_le_bytes(b) as f64),
        Dtype::BOOL | Dtype::U8 => each(bytes, |[b]| b.into()),
        _ => return None,
    })
}

impl Case {
    /// Keras's floatx while the case was made.
    pub fn dtype(&self) -> DType {
        if self.json["dtype"] == "float64" { DType::F64 } else { DType::F32 }
    }

    /// A tensor of the case, `None` if it has none of this name.
    pub fn get(&self, name: &str) -> Option<&Tensor> {
        self.tensors.iter().find(|(n, _)| n == name).map(|(_, t)| t)
    }

    /// A tensor that the case must have.
    #[track_caller]
    pub fn tensor(&self, name: &str) -> &Tensor {
        self.get(name).unwrap_or_else(|| panic!("no tensor `{name}` in {}", self.json))
    }

    /// The names of its tensors.
    pub fn names(&self) -> Vec<&str> {
        self.tensors.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The tensors `<name>/0`, `<name>/1` and so on.
    pub fn list(&self, name: &str) -> Vec<&Tensor> {
        (0..).map_while(|i| self.get(&format!("{name}/{i}"))).collect()
    }
}

impl Tensor {
    /// The elements in a type.
    pub fn buffer(&self, dtype: DType) -> Buffer {
        Buffer::F64(self.elements.clone()).cast(dtype)
    }
}

/// Checks that the largest difference is within 1e-5 (`float32`) or 1e-10 (`float64`) of the largest expected element.
#[track_caller]
pub fn assert_equal(what: &dyn std::fmt::Display, found: &[f64], expected: &[f64], dtype: DType) {
    assert_eq!(found.len(), expected.len(), "{what}: number of elements");
    let largest = expected.iter().fold(0.0, |m: f64, e| m.max(e.abs()));
    let bound = largest * if dtype == DType::F64 { 1e-10 } else { 1e-5 };
    for (i, (f, e)) in found.iter().zip(expected).enumerate() {
        assert!((f - e).abs() <= bound, "{what}: element {i} is {f}, expected {e} ± {bound:e}");
    }
}

/// Runs a graph on the elements of its inputs.
#[track_caller]
pub fn run(graph: &Graph, inputs: &[Buffer], outputs: &[Value<'_>]) -> Vec<Vec<f64>> {
    let plan = graph.plan(outputs).expect("a graph without errors");
    run_plan(&plan, inputs).iter().map(|b| b.as_slice().to_f64()).collect()
}

/// Runs a plan on the elements of its inputs.
#[track_caller]
pub fn run_plan(plan: &Plan, inputs: &[Buffer]) -> Vec<Buffer> {
    let inputs: Vec<_> = inputs.iter().map(Buffer::as_slice).collect();
    let mut buffers: Vec<_> = plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
    plan.run(&inputs, &mut buffers.iter_mut().map(Buffer::as_slice_mut).collect::<Vec<_>>()).expect("fitting inputs");
    buffers
}

/// Leaves a model's JSON for real Keras, in the folder that the environment variable `ARGALI_CONFIGS` names.
pub fn leave(name: &str, model: &Model) {
    if let Some(folder) = std::env::var_os("ARGALI_CONFIGS") {
        std::fs::write(Path::new(&folder).join(format!("{name}.json")), model.to_json()).expect("a writable folder");
    }
}

/// The first path at which two values differ.
pub fn difference(found: &Json, expected: &Json, path: &str) -> Option<String> {
    match (found, expected) {
        (Json::Object(f), Json::Object(e)) => {
            let keys = f.keys().chain(e.keys());
            keys.into_iter().find_map(|key| match (f.get(key), e.get(key)) {
                (Some(f), Some(e)) => difference(f, e, &format!("{path}.{key}")),
                (f, e) => Some(format!("{path}.{key}: {f:?}, expected {e:?}")),
            })
        }
        (Json::Array(f), Json::Array(e)) if f.len() == e.len() => {
            f.iter().zip(e).enumerate().find_map(|(i, (f, e))| difference(f, e, &format!("{path}[{i}]")))
        }
        (f, e) if f == e => None,
        (f, e) => Some(format!("{path}: {f}, expected {e}")),
    }
}

/// The Rust snippets of the documents.
#[cfg(doctest)]
#[doc = include_str!(concat!(env!("OUT_DIR"), "/documents.md"))]
pub mod documents {}
