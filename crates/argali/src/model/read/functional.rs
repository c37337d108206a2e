//! The layers and calls of a functional model.

use crate::config::brief;
use crate::instance::Instance;
use crate::layers::InputLayer;
use crate::model::write::first_node;
use crate::network::sorted;
use crate::tensor::Arguments;
use crate::{Config, Error, Json, Problem, Result, Tensor};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// A layer of a functional model with its calls that wait for their inputs.
struct Pending {
    instance: Arc<Instance>,
    calls: VecDeque<Json>,
    made: Vec<Tensor>,
}

/// Layers of a functional model while they are connected.
#[derive(Default)]
pub(super) struct Calls {
    layers: Vec<Pending>,
    by_name: HashMap<String, usize>,
}

impl Calls {
    pub(super) fn add(&mut self, instance: Arc<Instance>, nodes: Vec<Json>) -> Result<()> {
        let name = instance.display_name();
        if self.by_name.insert(name.clone(), self.layers.len()).is_some() {
            return Err(Error::new(Problem::DuplicateName).at_layer(name));
        }
        let made = match instance.class() == InputLayer::CLASS {
            true => vec![Tensor::call(instance.clone(), Vec::new())],
            false => Vec::new(),
        };
        self.layers.push(Pending { instance, calls: nodes.into(), made });
        Ok(())
    }

    /// Makes every call once its inputs are there.
    pub(super) fn connect(&mut self) -> Result<()> {
        let mut waiting: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
        let mut ready: Vec<usize> = (0..self.layers.len()).rev().collect();
        while let Some(at) = ready.pop() {
            while let Some(node) = self.layers[at].calls.front() {
                let call = ParsedCall::new(node).map_err(|p| self.error(at, p))?;
                let missing = call.missing(self).map_err(|p| self.error(at, p))?;
                if let Some(missing) = missing {
                    waiting.entry(missing).or_default().push(at);
                    break;
                }
                let inputs = call.inputs.iter().map(|h| self.tensor(h)).collect::<Result<_, _>>();
                let inputs = inputs.map_err(|p| self.error(at, p))?;
                let tensor = Tensor::call_with(self.layers[at].instance.clone(), inputs, call.arguments);
                tensor.shape()?;
                let number = self.layers[at].made.len();
                self.layers[at].made.push(tensor);
                self.layers[at].calls.pop_front();
                ready.extend(waiting.remove(&(at, number)).unwrap_or_default());
            }
        }
        match self.layers.iter().position(|l| !l.calls.is_empty()) {
            None => Ok(()),
            Some(at) => {
                Err(self.error(at, Problem::key("inbound_nodes", "form a cycle or name calls that do not exist")))
            }
        }
    }

    fn error(&self, at: usize, problem: Problem) -> Error {
        Error::new(problem).at_layer(self.layers[at].instance.display_name())
    }

    fn find(&self, history: &Json) -> Result<(usize, usize, usize), Problem> {
        let bad = || Problem::key("keras_history", format!("is {}, expected [layer, node, tensor]", brief(history)));
        let part = |i: usize| history.get(i).and_then(Json::as_u64).and_then(|n| usize::try_from(n).ok());
        let name = history.get(0).and_then(Json::as_str).ok_or_else(bad)?;
        let (node, tensor) = part(1).zip(part(2)).ok_or_else(bad)?;
        let layer = self.by_name.get(name).copied();
        let layer =
            layer.ok_or_else(|| Problem::key("keras_history", format!("names a layer `{name}` that is not there")))?;
        Ok((layer, node, tensor))
    }

    /// An input or output of the model.
    pub(super) fn end(&self, history: &Json) -> Result<Tensor, Problem> {
        let (layer, node, output) = self.find(history)?;
        let node = node.checked_sub(first_node(&self.layers[layer].instance));
        self.made(history, layer, node, output)
    }

    fn tensor(&self, history: &Json) -> Result<Tensor, Problem> {
        let (layer, node, output) = self.find(history)?;
        self.made(history, layer, Some(node), output)
    }

    fn made(&self, history: &Json, layer: usize, node: Option<usize>, output: usize) -> Result<Tensor, Problem> {
        let made =
            node.and_then(|node| self.layers[layer].made.get(node)).map(|t| Tensor { call: t.call.clone(), output });
        made.filter(|t| t.shape().is_ok()).ok_or_else(|| {
            Problem::key("keras_history", format!("{} names an output that does not exist", brief(history)))
        })
    }
}

/// The inputs and arguments of a saved call.
#[derive(Default)]
struct ParsedCall {
    inputs: Vec<Json>,
    arguments: Arguments,
}

impl ParsedCall {
    fn new(node: &Json) -> Result<Self, Problem> {
        let mut call = ParsedCall::default();
        let mut masks = Vec::new();
        collect_tensors(&node["args"], &mut call.inputs);
        call.arguments.is_list = node["args"][0].is_array();
        for (key, argument) in node["kwargs"].as_object().into_iter().flatten() {
            match (key.as_str(), argument) {
                (_, Json::Null) => {}
                (key, Json::Bool(false)) if key != "training" => {}
                ("training", Json::Bool(value)) => call.arguments.training = Some(*value),
                ("inputs" | "initial_state", _) => collect_tensors(argument, &mut call.inputs),
                ("mask", _) => masks = leaves(argument),
                _ => {
                    let why = format!("is {}, which is not supported", brief(argument));
                    return Err(Problem::key(format!("inbound_nodes.kwargs.{key}"), why));
                }
            }
        }
        if call.inputs.is_empty() {
            return Err(Problem::key("inbound_nodes", "have a call without input tensors"));
        }
        call.give_masks(&masks)?;
        Ok(call)
    }

    /// Puts masks behind the inputs.
    fn give_masks(&mut self, masks: &[&Json]) -> Result<(), Problem> {
        let bad = |why: String| Problem::key("inbound_nodes.kwargs.mask", why);
        if masks.len() > self.inputs.len() {
            return Err(bad(format!("has {} masks for {} inputs", masks.len(), self.inputs.len())));
        }
        for mask in masks {
            let history = history(mask);
            if history.is_none() && !mask.is_null() {
                return Err(bad(format!("is {}, expected a tensor", brief(mask))));
            }
            self.arguments.masks.push(history.is_some());
            self.inputs.extend(history);
        }
        Ok(())
    }

    /// The first call, as layer and number, that must be made before.
    fn missing(&self, calls: &Calls) -> Result<Option<(usize, usize)>, Problem> {
        for history in &self.inputs {
            let (layer, node, _) = calls.find(history)?;
            if calls.layers[layer].made.len() <= node {
                return Ok(Some((layer, node)));
            }
        }
        Ok(None)
    }
}

/// The histories of all tensors in the arguments of a call, in order.
fn collect_tensors(json: &Json, into: &mut Vec<Json>) {
    into.extend(leaves(json).into_iter().filter_map(history));
}

/// The history of a tensor, if it is one.
fn history(json: &Json) -> Option<Json> {
    (json["class_name"] == "__keras_tensor__").then(|| json["config"]["keras_history"].clone())
}

/// What lists and dictionaries of arguments hold, in Keras's order.
fn leaves(json: &Json) -> Vec<&Json> {
    match json {
        Json::Array(items) => items.iter().flat_map(leaves).collect(),
        Json::Object(object) if !object.contains_key("class_name") => {
            sorted(object).into_iter().flat_map(|(_, item)| leaves(item)).collect()
        }
        leaf => vec![leaf],
    }
}
