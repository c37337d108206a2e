//! Networks: the calls of layers between some inputs and outputs, in the order in which they run.

use crate::config::Class;
use crate::instance::{Body, Instance};
use crate::tensor::Node;
use crate::{Error, Json, Problem, Result, Shape, Tensor};
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Which of Keras's classes a model is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sequential,
    Functional,
}

impl Kind {
    pub(crate) fn class(self) -> Class {
        match self {
            Kind::Sequential => Class::keras("keras", "Sequential"),
            Kind::Functional => {
                Class { module: "keras.src.models.functional", name: "Functional", registered_name: Some("Functional") }
            }
        }
    }
}

/// The calls between inputs and outputs.
#[derive(Debug)]
pub(crate) struct Network {
    pub(crate) kind: Kind,
    pub(crate) inputs: Vec<Tensor>,
    pub(crate) outputs: Vec<Tensor>,
    /// In the order of the layers.
    pub(crate) calls: Vec<Arc<Node>>,
    /// In the order in which they run, which decides what a layer called twice remembers.
    pub(crate) schedule: Vec<Arc<Node>>,
    /// Each once, in Keras's order.
    pub(crate) layers: Vec<Arc<Instance>>,
    pub(crate) input_structure: Structure,
    pub(crate) output_structure: Structure,
}

/// How the inputs or outputs of a model are arranged, which Keras keeps. The tensors themselves are in one list, in the
/// order of the structure; names count by their order, as in Keras, not by that in which they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum Structure {
    /// A single tensor.
    One,
    /// A list.
    List(Vec<Structure>),
    /// A dictionary, sorted by name.
    Named(Vec<(String, Structure)>),
}

impl Structure {
    /// How tensors are arranged where nothing else is said.
    pub(crate) fn of(tensors: &[Tensor]) -> Self {
        if tensors.len() == 1 { Structure::One } else { Structure::list(tensors.len()) }
    }

    /// A list of so many tensors.
    pub(crate) fn list(len: usize) -> Self {
        Structure::List(vec![Structure::One; len])
    }

    /// Names of the tensors, if it is a dictionary of nothing but tensors.
    pub(crate) fn names(&self) -> Option<Vec<&str>> {
        let Structure::Named(named) = self else { return None };
        named.iter().map(|(name, one)| (*one == Structure::One).then_some(name.as_str())).collect()
    }

    /// What stands for each tensor, arranged like this.
    pub(crate) fn write(&self, each: impl IntoIterator<Item = Json>) -> Json {
        self.fill(&mut each.into_iter())
    }

    fn fill(&self, each: &mut dyn Iterator<Item = Json>) -> Json {
        match self {
            Structure::One => each.next().unwrap_or_default(),
            Structure::List(items) => items.iter().map(|item| item.fill(each)).collect(),
            Structure::Named(named) => {
                Json::Object(named.iter().map(|(name, item)| (name.clone(), item.fill(each))).collect())
            }
        }
    }

    pub(crate) fn read(
        json: &Json,
        mut one: impl FnMut(&Json) -> Result<Tensor, Problem>,
    ) -> Result<(Self, Vec<Tensor>), Problem> {
        let mut tensors = Vec::new();
        let structure = Self::collect(json, &mut |json| {
            tensors.push(one(json)?);
            Ok(())
        })?;
        Ok((structure, tensors))
    }

    fn collect(json: &Json, one: &mut dyn FnMut(&Json) -> Result<(), Problem>) -> Result<Self, Problem> {
        match json {
            Json::Array(items) if items.first().is_some_and(Json::is_string) => one(json).map(|()| Structure::One),
            Json::Array(items) => {
                Ok(Structure::List(items.iter().map(|item| Self::collect(item, one)).collect::<Result<_, _>>()?))
            }
            Json::Object(named) => {
                let items = sorted(named).into_iter().map(|(name, item)| Ok((name.clone(), Self::collect(item, one)?)));
                Ok(Structure::Named(items.collect::<Result<_, Problem>>()?))
            }
            _ => Err(Problem::key("tensors", "are neither a list nor an object")),
        }
    }
}

/// The members of an object by their names, the order in which Keras takes tensors out of a dictionary.
pub(crate) fn sorted(object: &serde_json::Map<String, Json>) -> Vec<(&String, &Json)> {
    let mut members: Vec<_> = object.iter().collect();
    members.sort_by_key(|(name, _)| *name);
    members
}

/// Identity of a call or layer.
pub(crate) fn key<T>(arc: &Arc<T>) -> usize {
    Arc::as_ptr(arc) as usize
}

impl Network {
    /// The network between inputs and outputs; layers without a name receive one.
    pub(crate) fn new(kind: Kind, inputs: Vec<Tensor>, outputs: Vec<Tensor>) -> Result<Self> {
        for output in &outputs {
            output.shape()?;
        }
        let Sorted { calls, schedule } = sorted_calls(&inputs, &outputs)?;
        let mut layers: Vec<Arc<Instance>> = Vec::new();
        let mut known = HashSet::new();
        for call in &calls {
            if known.insert(key(&call.instance)) {
                layers.push(call.instance.clone());
            }
        }
        let (input_structure, output_structure) = (Structure::of(&inputs), Structure::of(&outputs));
        let network = Network { kind, inputs, outputs, calls, schedule, layers, input_structure, output_structure };
        network.name_layers()?;
        Ok(network)
    }

    fn name_layers(&self) -> Result<()> {
        let mut taken: HashSet<String> = HashSet::new();
        for layer in &self.layers {
            if let Some(name) = layer.name() {
                check_name(name).map_err(|p| Error::new(p).at_layer(name).at_line(layer.common.at))?;
                if !taken.insert(name.to_owned()) {
                    return Err(Error::new(Problem::DuplicateName).at_layer(name).at_line(layer.common.at));
                }
            }
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        for layer in self.layers.iter().filter(|l| l.name().is_none()) {
            let base = crate::instance::snake_case(layer.class().name);
            let count = counts.entry(base.clone()).or_default();
            let name = loop {
                let name = if *count == 0 { base.clone() } else { format!("{base}_{count}") };
                *count += 1;
                if taken.insert(name.clone()) {
                    break name;
                }
            };
            layer.name_or(|| name);
        }
        Ok(())
    }

    /// Shapes of the outputs for inputs of these shapes.
    pub(crate) fn output_shapes(&self, inputs: &[Shape]) -> Result<Vec<Shape>> {
        if inputs.len() != self.inputs.len() {
            let expected = "as many tensors as the model has inputs";
            return Err(Error::new(Problem::Inputs { expected, found: inputs.len() }).on_inputs(inputs));
        }
        let mut shapes: HashMap<usize, Vec<Shape>> = HashMap::new();
        for (tensor, found) in self.inputs.iter().zip(inputs) {
            shapes.insert(key(&tensor.call), vec![merge(tensor.shape()?, found)?]);
        }
        for call in &self.calls {
            if !shapes.contains_key(&key(call)) {
                let at = |t: &Tensor| shapes.get(&key(&t.call)).and_then(|s| s.get(t.output)).cloned();
                let inputs: Option<Vec<_>> = call.data_and_masks().0.iter().map(at).collect();
                let outputs = call.put_on(&inputs.unwrap_or_default())?;
                shapes.insert(key(call), outputs);
            }
        }
        let shape = |t: &Tensor| shapes.get(&key(&t.call)).and_then(|s| s.get(t.output)).cloned();
        self.outputs.iter().map(|t| shape(t).ok_or_else(|| Error::new(Problem::NoInput))).collect()
    }

    /// The same network with layers and weights of its own.
    pub(crate) fn fork(&self) -> Result<Self> {
        let mut instances: HashMap<usize, Arc<Instance>> = HashMap::new();
        for layer in &self.layers {
            instances.insert(key(layer), layer.fork()?);
        }
        let mut calls: HashMap<usize, Arc<Node>> = HashMap::new();
        let copy = |t: &Tensor, calls: &HashMap<usize, Arc<Node>>| Tensor {
            call: calls.get(&key(&t.call)).unwrap_or(&t.call).clone(),
            output: t.output,
        };
        for call in &self.calls {
            let node = Node {
                instance: instances[&key(&call.instance)].clone(),
                inputs: call.inputs.iter().map(|t| copy(t, &calls)).collect(),
                outputs: call.outputs.clone(),
                arguments: call.arguments.clone(),
                number: call.number,
            };
            calls.insert(key(call), Arc::new(node));
        }
        Ok(Network {
            kind: self.kind,
            inputs: self.inputs.iter().map(|t| copy(t, &calls)).collect(),
            outputs: self.outputs.iter().map(|t| copy(t, &calls)).collect(),
            calls: self.calls.iter().map(|c| calls[&key(c)].clone()).collect(),
            schedule: self.schedule.iter().map(|c| calls[&key(c)].clone()).collect(),
            layers: self.layers.iter().map(|l| instances[&key(l)].clone()).collect(),
            input_structure: self.input_structure.clone(),
            output_structure: self.output_structure.clone(),
        })
    }

    /// The calls in the order in which they were made.
    pub(crate) fn calls_as_made(&self) -> Vec<&Arc<Node>> {
        let mut calls: Vec<_> = self.calls.iter().collect();
        calls.sort_by_key(|call| call.number);
        calls
    }

    /// Whether a layer hands states on from batch to batch.
    pub(crate) fn keeps_states(&self) -> bool {
        self.layers.iter().any(|layer| match &layer.body {
            Body::Layer(_) => layer.built().is_some_and(|built| built.variables.iter().any(|v| v.spec.is_state)),
            Body::Network(nested) => nested.network().is_some_and(Network::keeps_states),
        })
    }

    /// All layers that are no models, those of nested models included.
    pub(crate) fn leaves(&self) -> Vec<Arc<Instance>> {
        let leaves = |layer: &Arc<Instance>| match &layer.body {
            Body::Layer(_) => vec![layer.clone()],
            Body::Network(nested) => nested.network().map(Network::leaves).unwrap_or_default(),
        };
        self.layers.iter().flat_map(leaves).collect()
    }
}

/// Refuses names that files could not hold.
fn check_name(name: &str) -> Result<(), Problem> {
    let bad = name.chars().find(|c| *c == '/' || *c == '\0').map(|c| format!("{c:?}"));
    let why = match (bad, name.len()) {
        (Some(c), _) => c,
        (None, 0) => "no characters".into(),
        (None, n) if n > 1024 => format!("{n} bytes"),
        _ if name == ".." || name == "." => format!("{name:?}"),
        _ => return Ok(()),
    };
    Err(Problem::argument("name", format!("with {why}"), "a short name without `/`", "choose another name"))
}

/// The shape of an input where data of another shape arrives: known lengths must agree, but that of the batch, which
/// Keras saves with models that data has built.
fn merge(expected: &Shape, found: &Shape) -> Result<Shape> {
    let fits = expected.rank() == found.rank()
        && expected.0.iter().zip(&found.0).skip(1).all(|(e, f)| e.is_none() || f.is_none() || e == f);
    if !fits {
        let message = format!("the model takes an input of shape {expected}, found {found}");
        return Err(Error::new(Problem::data(message, "reshape the tensor, or build the model for this shape")));
    }
    Ok(Shape(expected.0.iter().zip(&found.0).map(|(e, f)| f.or(*e)).collect()))
}

struct Sorted {
    calls: Vec<Arc<Node>>,
    schedule: Vec<Arc<Node>>,
}

/// Keras's `map_graph`: by decreasing depth, within a depth in the order a depth-first walk first meets the layers. Calls
/// of one depth run in the order in which their depths become known, from the outputs on.
fn sorted_calls(inputs: &[Tensor], outputs: &[Tensor]) -> Result<Sorted> {
    let walked = depth_first(inputs, outputs)?;
    let mut layer_order: HashMap<usize, usize> = HashMap::new();
    for call in &walked.entered {
        let next = layer_order.len();
        layer_order.entry(key(&call.instance)).or_insert(next);
    }
    let mut call_depth: IndexMap<usize, usize> = IndexMap::new();
    let mut layer_depth: HashMap<usize, usize> = HashMap::new();
    for call in walked.finished.iter().rev() {
        let depth = *call_depth.entry(key(call)).or_default();
        let depth = depth.max(layer_depth.get(&key(&call.instance)).copied().unwrap_or(0));
        layer_depth.insert(key(&call.instance), depth);
        call_depth.insert(key(call), depth);
        for input in call.inputs.iter().filter(|_| !is_input(call, inputs)) {
            let before = call_depth.entry(key(&input.call)).or_default();
            *before = (*before).max(depth + 1);
        }
    }
    let mut calls = walked.finished;
    for tensor in inputs.iter().rev() {
        if !call_depth.contains_key(&key(&tensor.call)) {
            call_depth.insert(key(&tensor.call), 0);
            calls.insert(0, tensor.call.clone());
        }
    }
    let order = |call: &Arc<Node>| {
        let depth = call_depth.get(&key(call)).copied().unwrap_or(0);
        (std::cmp::Reverse(depth), layer_order.get(&key(&call.instance)).copied())
    };
    calls.sort_by_key(order);
    let mut schedule = calls.clone();
    schedule.sort_by_key(|call| {
        let known = call_depth.get_full(&key(call));
        known.map(|(place, _, depth)| (std::cmp::Reverse(*depth), place))
    });
    Ok(Sorted { calls, schedule })
}

fn is_input(call: &Arc<Node>, inputs: &[Tensor]) -> bool {
    inputs.iter().any(|t| Arc::ptr_eq(&t.call, call))
}

struct Walked {
    /// Calls in the order in which the walk first met them.
    entered: Vec<Arc<Node>>,
    /// Calls after all that they depend on.
    finished: Vec<Arc<Node>>,
}

fn depth_first(inputs: &[Tensor], outputs: &[Tensor]) -> Result<Walked> {
    enum Visit {
        Enter(Arc<Node>),
        Finish(Arc<Node>),
    }
    let given: HashSet<usize> = inputs.iter().map(|t| key(&t.call)).collect();
    let mut seen = HashSet::new();
    let mut walked = Walked { entered: Vec::new(), finished: Vec::new() };
    for output in outputs {
        let mut pending = vec![Visit::Enter(output.call.clone())];
        while let Some(visit) = pending.pop() {
            match visit {
                Visit::Finish(call) => walked.finished.push(call),
                Visit::Enter(call) if seen.insert(key(&call)) => {
                    walked.entered.push(call.clone());
                    pending.push(Visit::Finish(call.clone()));
                    if !given.contains(&key(&call)) {
                        disconnected(&call)?;
                        pending.extend(call.inputs.iter().rev().map(|t| Visit::Enter(t.call.clone())));
                    }
                }
                Visit::Enter(_) => {}
            }
        }
    }
    Ok(walked)
}

/// Refuses an `InputLayer` that is none of the model's inputs.
fn disconnected(call: &Arc<Node>) -> Result<()> {
    if !call.inputs.is_empty() {
        return Ok(());
    }
    let problem = Problem::mismatch(
        "feeds an output but is none of the model's inputs",
        "add it to the inputs that `Model::new` is given",
    );
    Err(Error::new(problem).at_layer(call.instance.display_name()).at_line(call.instance.common.at))
}
