//! Keras 2's JSON, also that of tf.keras and of R, turned into Keras 3's.

use crate::layers::{InputLayer, SpatialDropout1D, SpatialDropout2D, SpatialDropout3D};
use crate::warnings::warn;
use crate::{Config, Json, Problem};
use serde_json::{Map, json};
use std::collections::HashMap;

/// Keys of layers that Keras 2 wrote and that say nothing.
const DROPPED: [&str; 6] = ["input_dtype", "implementation", "fused", "virtual_batch_size", "adjustment", "time_major"];

/// Arguments of plain convolutions that Keras 2 wrote for layers that have kernels of other names.
const OF_PLAIN_KERNELS: [&str; 4] = ["kernel_initializer", "kernel_regularizer", "kernel_constraint", "groups"];

/// Operators of TensorFlow that Keras 2 saved as layers, with Keras 3's operations.
const OPERATORS: [(&str, &str); 15] = [
    ("__operators__.add", "Add"),
    ("math.add", "Add"),
    ("__operators__.sub", "Subtract"),
    ("math.subtract", "Subtract"),
    ("__operators__.mul", "Multiply"),
    ("math.multiply", "Multiply"),
    ("__operators__.truediv", "TrueDivide"),
    ("math.truediv", "TrueDivide"),
    ("math.divide", "TrueDivide"),
    ("__operators__.pow", "Power"),
    ("math.pow", "Power"),
    ("__operators__.neg", "Negative"),
    ("math.negative", "Negative"),
    ("__operators__.abs", "Absolute"),
    ("math.abs", "Absolute"),
];

/// Whether it is in the form of Keras 2, in which Keras 3 writes `.h5` files too: modules are named only in the last
/// releases of Keras 2, which name their version.
pub(super) fn is_legacy(json: &Json) -> bool {
    is_of_keras_2(json) == Some(true) || (json["module"].is_null() && (is_model(json) || json["config"].is_array()))
}

/// Whether Keras 2 wrote it, if it says so.
fn is_of_keras_2(json: &Json) -> Option<bool> {
    json["keras_version"].as_str().map(|version| version.starts_with("1.") || version.starts_with("2."))
}

fn is_model(json: &Json) -> bool {
    matches!(json["class_name"].as_str(), Some("Sequential" | "Functional" | "Model"))
}

/// The model as Keras 3 would have written it.
pub(super) fn modernized(mut json: Json) -> Result<Json, Problem> {
    let writer = if is_of_keras_2(&json) == Some(false) { Writer::Keras3 } else { Writer::Keras2 };
    model(&mut json, writer, 0)?;
    Ok(json)
}

/// Who wrote a config in the form of Keras 2.
#[derive(Clone, Copy, PartialEq)]
enum Writer {
    Keras2,
    Keras3,
}

fn model(json: &mut Json, writer: Writer, depth: usize) -> Result<(), Problem> {
    super::check_depth(depth)?;
    if json["config"].is_array() {
        json["config"] = json!({"name": "sequential", "layers": json["config"].take()});
    }
    if json["class_name"] == "Model" {
        json["class_name"] = "Functional".into();
    }
    let is_functional = json["class_name"] == "Functional";
    let Some(config) = json.get_mut("config") else { return Ok(()) };
    for (i, one) in list(config, "layers").iter_mut().enumerate() {
        layer(one, writer, depth).map_err(|p| p.within(format!("config.layers[{i}]")))?;
    }
    if is_functional {
        functional(config, writer)
    } else {
        first_shape(config)
    }
    Ok(())
}

/// The list under a key, empty if there is none.
fn list<'j>(json: &'j mut Json, key: &str) -> &'j mut [Json] {
    json.get_mut(key).and_then(Json::as_array_mut).map_or(&mut [], Vec::as_mut_slice)
}

/// The shape of a Sequential's input, which its first layer told.
fn first_shape(config: &mut Json) {
    let shape = list(config, "layers").first_mut().and_then(|first| {
        let is_input = first["class_name"] == "InputLayer";
        if is_input { None } else { remove(first, "batch_input_shape") }
    });
    for layer in list(config, "layers") {
        remove(layer, "batch_input_shape");
    }
    if let (Some(shape), Some(config)) = (shape, config.as_object_mut()) {
        config.entry("build_input_shape").or_insert(shape);
    }
}

fn remove(layer: &mut Json, key: &str) -> Option<Json> {
    layer.get_mut("config")?.as_object_mut()?.shift_remove(key)
}

fn rename(layer: &mut Json, old: &str, new: &str) {
    if let Some(value) = remove(layer, old) {
        layer["config"][new] = value;
    }
}

fn layer(layer: &mut Json, writer: Writer, depth: usize) -> Result<(), Problem> {
    if is_model(layer) {
        return model(layer, writer, depth + 1);
    }
    let class = layer["class_name"].as_str().unwrap_or_default().to_owned();
    if !layer["config"].is_object() {
        return Ok(());
    }
    if writer == Writer::Keras3 {
        name_module(layer, &class);
        return Ok(());
    }
    for key in DROPPED {
        remove(layer, key);
    }
    match class.as_str() {
        "InputLayer" => rename(layer, "batch_input_shape", "batch_shape"),
        "LeakyReLU" => rename(layer, "alpha", "negative_slope"),
        "BatchNormalization" => {
            if let Some([axis]) = layer["config"]["axis"].as_array().map(Vec::as_slice) {
                layer["config"]["axis"] = axis.clone();
            }
        }
        "TFOpLambda" => operation(layer)?,
        _ if class.starts_with("SpatialDropout") => {
            remove(layer, "noise_shape");
        }
        _ if class.starts_with("Separable") || class.starts_with("Depthwise") || class.ends_with("Transpose") => {
            let keys = if class.ends_with("Transpose") { &OF_PLAIN_KERNELS[3..] } else { &OF_PLAIN_KERNELS };
            for key in keys {
                remove(layer, key);
            }
            if class.starts_with("Depthwise") {
                remove(layer, "filters");
            }
        }
        _ => {}
    }
    for key in ["activation", "recurrent_activation"] {
        if layer["config"][key]["class_name"] != "function" && layer["config"][key]["config"].is_object() {
            self::layer(&mut layer["config"][key], writer, depth)?;
        }
    }
    let names_old_sigmoid = |key: &str| layer["config"][key] == "hard_sigmoid";
    if ["activation", "recurrent_activation"].into_iter().any(names_old_sigmoid) {
        warn(format_args!(
            "`{}` uses `hard_sigmoid`, which was 0.2·x + 0.5 in Keras 2 and is x/6 + 0.5 now: its outputs differ",
            layer["config"]["name"].as_str().unwrap_or(&class)
        ));
    }
    Ok(())
}

/// Layers of whose config Keras 3 writes no more than of an operation's.
const SHORT: [&str; 4] = [
    InputLayer::CLASS.name,
    SpatialDropout1D::<()>::CLASS.name,
    SpatialDropout2D::<()>::CLASS.name,
    SpatialDropout3D::<()>::CLASS.name,
];

/// Says of an operation of Keras 3 that it is one: unlike other layers it can't be trained.
fn name_module(layer: &mut Json, class: &str) {
    let is_operation = layer["config"].get("trainable").is_none() && !SHORT.contains(&class);
    if is_operation && layer["module"].is_null() {
        layer["module"] = "keras.src.ops.numpy".into();
    }
}

/// An operator of TensorFlow as an operation of Keras.
fn operation(layer: &mut Json) -> Result<(), Problem> {
    let function = layer["config"]["function"].as_str().unwrap_or_default();
    let Some((_, class)) = OPERATORS.iter().find(|(name, _)| *name == function) else {
        let help = "replace it by a layer before saving".into();
        return Err(Problem::UnknownOperation { name: function.into(), help });
    };
    layer["module"] = "keras.src.ops.numpy".into();
    layer["registered_name"] = (*class).into();
    layer["class_name"] = (*class).into();
    layer["config"] = json!({"name": layer["config"]["name"].take()});
    Ok(())
}

/// Turns calls and ends of a functional model into Keras 3's form.
fn functional(config: &mut Json, writer: Writer) {
    for layer in list(config, "layers") {
        if layer["class_name"] != "InputLayer" {
            remove(layer, "batch_input_shape");
        }
        let is_operation = layer["module"] == "keras.src.ops.numpy";
        for node in list(layer, "inbound_nodes") {
            if node.is_array() {
                *node = if is_operation { operation_call(node) } else { call(node) };
            }
        }
    }
    if writer == Writer::Keras3 {
        return;
    }
    let offsets = Offsets::of(config);
    for layer in list(config, "layers") {
        list(layer, "inbound_nodes").iter_mut().for_each(|node| offsets.correct_call(node));
    }
    for key in ["input_layers", "output_layers"] {
        let Some(ends) = config.get_mut(key) else { continue };
        offsets.correct_ends(ends);
        if let Some([one]) = ends.as_array().map(Vec::as_slice)
            && one.is_array()
        {
            *ends = one.clone();
        }
    }
}

/// A tensor that `[layer, node, tensor, ..]` names.
fn tensor(history: &[Json]) -> Json {
    json!({"class_name": "__keras_tensor__", "config": {"keras_history": history.iter().take(3).cloned().collect::<Json>()}})
}

/// What `json` is as a tensor reference: layer, node and tensor, and maybe further arguments.
fn as_history(json: &Json) -> Option<&[Json]> {
    json.as_array().filter(|list| list.len() >= 3 && list[0].is_string() && list[1].is_number()).map(Vec::as_slice)
}

/// The call that a list of tensor references is, the last of which carries further arguments.
fn call(node: &Json) -> Json {
    let mut kwargs = Map::new();
    let args = arguments(node, &mut kwargs);
    let args = if args.is_array() { args } else { json!([args]) };
    json!({"args": args, "kwargs": kwargs})
}

/// Tensor references as tensors, in whatever they are arranged in.
fn arguments(json: &Json, kwargs: &mut Map<String, Json>) -> Json {
    if let Some(history) = as_history(json) {
        for (key, value) in history.get(3).and_then(Json::as_object).into_iter().flatten() {
            kwargs.insert(key.clone(), arguments(value, &mut Map::new()));
        }
        return tensor(history);
    }
    match json {
        Json::Array(items) => items.iter().map(|item| arguments(item, kwargs)).collect(),
        Json::Object(named) => named.values().map(|item| arguments(item, kwargs)).collect(),
        other => other.clone(),
    }
}

/// The call of an operator: its first operand is in front, the second, a tensor or number, is the argument `y`.
fn operation_call(node: &Json) -> Json {
    let operand = |json: &Json| match as_history(json) {
        Some([name, _, constant, ..]) if *name == "_CONSTANT_VALUE" => constant.clone(),
        Some(history) => tensor(history),
        None => json.clone(),
    };
    let first = if as_history(node).is_some() { node } else { node.get(0).unwrap_or(node) };
    let mut args = vec![operand(first)];
    args.extend(first.get(3).and_then(|kwargs| kwargs.get("y")).map(operand));
    json!({"args": args, "kwargs": {}})
}

/// The number of the first call of each nested model: Keras 2 counts them from 1 wherever they have an input of their own.
struct Offsets {
    first: HashMap<String, u64>,
    functional: Vec<String>,
}

impl Offsets {
    fn of(config: &Json) -> Self {
        let mut first = HashMap::new();
        let mut functional = Vec::new();
        let layers = || config["layers"].as_array().into_iter().flatten();
        for nested in layers().filter(|layer| is_model(layer)) {
            let name = nested["config"]["name"].as_str().unwrap_or_default().to_owned();
            if nested["class_name"] == "Functional" {
                functional.push(name.clone());
            }
            first.insert(name, u64::MAX);
        }
        let mut see = |history: &Json| {
            if let (Some(name), Some(node)) = (history[0].as_str(), history[1].as_u64())
                && let Some(least) = first.get_mut(name)
            {
                *least = node.min(*least);
            }
        };
        for layer in layers() {
            each_history(&mut layer["inbound_nodes"].clone(), &mut |history| see(history));
        }
        for key in ["input_layers", "output_layers"] {
            each_end(&mut config[key].clone(), &mut |history| see(history));
        }
        first.retain(|_, least| *least != u64::MAX);
        Offsets { first, functional }
    }

    /// Counts calls of nested models from 0.
    fn correct_call(&self, node: &mut Json) {
        each_history(node, &mut |history| self.shift(history, 0));
    }

    /// Counts calls of functional models from 1, as Keras 3 does where inputs and outputs are listed.
    fn correct_ends(&self, ends: &mut Json) {
        each_end(ends, &mut |history| {
            let is_functional = self.functional.iter().any(|name| history[0] == **name);
            self.shift(history, u64::from(is_functional));
        });
    }

    fn shift(&self, history: &mut Json, start: u64) {
        let first = history[0].as_str().and_then(|name| self.first.get(name));
        if let (Some(first), Some(node)) = (first, history[1].as_u64()) {
            history[1] = (node.saturating_sub(*first) + start).into();
        }
    }
}

fn each_history(json: &mut Json, see: &mut dyn FnMut(&mut Json)) {
    match json {
        Json::Object(object) => match object.get_mut("keras_history") {
            Some(history) if history.is_array() => see(history),
            _ => object.values_mut().for_each(|value| each_history(value, see)),
        },
        Json::Array(items) => items.iter_mut().for_each(|item| each_history(item, see)),
        _ => {}
    }
}

fn each_end(json: &mut Json, see: &mut dyn FnMut(&mut Json)) {
    if as_history(json).is_some() {
        return see(json);
    }
    match json {
        Json::Array(items) => items.iter_mut().for_each(|item| each_end(item, see)),
        Json::Object(named) => named.values_mut().for_each(|item| each_end(item, see)),
        _ => {}
    }
}
