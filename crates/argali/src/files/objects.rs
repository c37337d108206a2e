//! The objects of a model as Keras's `saving_lib` walks them: what has a group of its own in a file of weights.

use super::loading::Target;
use crate::instance::{Body, Instance, snake_case};
use crate::network::Kind;
use crate::{Config, Model, layers};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A layer or model, or a part of a layer that Keras keeps as an object of its own.
pub(super) struct Stored {
    /// Path of its group: numbered by class, `layers/dense_1`; empty for the model itself.
    pub(super) group: String,
    /// Names of the layers that it is in and its own, joined with `/`; empty for the model itself.
    pub(super) names: String,
    /// Its name.
    pub(super) name: String,
    pub(super) weights: Vec<Target>,
    /// Whether it has come before, in another model within this one: Keras writes it once, but when it reads the config
    /// the models within have layers of their own.
    pub(super) is_repeated: bool,
}

impl Stored {
    /// Path of the group with its weights.
    pub(super) fn vars(&self) -> String {
        joined(&self.group, "vars")
    }
}

/// All objects of a model, in the order in which Keras comes to them.
pub(super) fn objects(model: &Model) -> Vec<Stored> {
    let mut walk = Walk { visited: HashSet::new(), objects: Vec::new() };
    walk.enter(&model.instance(), String::new(), String::new());
    walk.objects
}

struct Walk {
    visited: HashSet<*const Instance>,
    objects: Vec<Stored>,
}

impl Walk {
    fn enter(&mut self, instance: &Arc<Instance>, group: String, names: String) {
        let is_repeated = !self.visited.insert(Arc::as_ptr(instance));
        let name = instance.display_name();
        match &instance.body {
            Body::Layer(_) => {
                let empty = Stored { group, names, name, weights: Vec::new(), is_repeated };
                self.layer(instance, empty);
            }
            Body::Network(nested) => {
                let is_sequential = nested.network().is_none_or(|n| n.kind == Kind::Sequential);
                let (own, path) = (group.clone(), names.clone());
                self.objects.push(Stored { group: own, names: path, name, weights: Vec::new(), is_repeated });
                let is_input = |layer: &Instance| layer.class() == layers::InputLayer::CLASS;
                let kept = nested.layers().iter().filter(|l| !(l.is_operation() || is_sequential && is_input(l)));
                let mut counts = HashMap::new();
                for layer in kept {
                    let place = joined(&joined(&group, "layers"), &numbered(layer.class().name, &mut counts));
                    self.enter(layer, place, joined(&names, &layer.display_name()));
                }
            }
        }
    }

    fn layer(&mut self, instance: &Instance, stored: Stored) {
        let class = instance.class();
        let built = instance.built();
        let variables = built.iter().flat_map(|b| &b.variables).filter(|v| !v.spec.is_state);
        let weights = variables.map(|variable| Target {
            path: format!("{}/{}", stored.names, variable.spec.name),
            variable: variable.clone(),
            is_count: class == layers::Normalization::CLASS && variable.spec.name == "count",
        });
        let weights: Vec<_> = weights.collect();
        let recurrent = [layers::ConvLSTM1D::CLASS, layers::ConvLSTM2D::CLASS, layers::ConvLSTM3D::CLASS];
        if recurrent.contains(&class) {
            let cell = Stored {
                group: joined(&stored.group, "cell"),
                names: joined(&stored.names, "conv_lstm_cell"),
                name: "conv_lstm_cell".into(),
                weights,
                is_repeated: stored.is_repeated,
            };
            self.objects.extend([stored, cell]);
        } else {
            self.objects.push(Stored { weights, ..stored });
        }
    }
}

/// The class in snake case, numbered from the second one on.
fn numbered(class: &str, counts: &mut HashMap<String, usize>) -> String {
    let name = snake_case(class);
    let count = counts.entry(name.clone()).or_default();
    *count += 1;
    match *count {
        1 => name,
        more => format!("{name}_{}", more - 1),
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}
