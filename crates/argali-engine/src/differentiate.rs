//! Reverse-mode differentiation, graph to graph.

use crate::graph::{Graph, Node};
use crate::operation::{Differentiated, OperationError};
use crate::ops::{Slice, gradient_of_parts};
use crate::value::Value;
use std::any::Any;
use std::mem::take;

pub(crate) fn gradients<'g>(graph: &'g Graph, of: Value<'g>, wrt: &[Value<'g>]) -> Vec<Option<Value<'g>>> {
    let count = graph.nodes.borrow().nodes.len();
    let depends = dependents(graph, wrt);
    let mut sums: Vec<Sum<'g>> = Vec::new();
    sums.resize_with(graph.nodes.borrow().tensors.len(), Sum::default);
    sums[of.id].add(graph.full(of.dtype(), &of.shape(), 1.0));
    for index in (0..count).rev() {
        let node = graph.nodes.borrow().nodes[index].clone();
        let active = node.outputs.iter().any(|o| !sums[*o].is_zero()) && node.outputs.iter().any(|o| depends[*o]);
        if active {
            let scope = graph.set_scope(node.scope);
            differentiate_node(graph, &node, &depends, &mut sums);
            graph.set_scope(scope);
        }
    }
    wrt.iter().map(|v| sums[v.id].total(*v)).collect()
}

/// The gradient with respect to a tensor as far as it is known.
#[derive(Default)]
struct Sum<'g> {
    whole: Option<Value<'g>>,
    /// Gradients with respect to parts of the tensor.
    parts: Vec<(Slice, Value<'g>)>,
}

impl<'g> Sum<'g> {
    fn is_zero(&self) -> bool {
        self.whole.is_none() && self.parts.is_empty()
    }

    fn add(&mut self, gradient: Value<'g>) {
        self.whole = Some(self.whole.map_or(gradient, |sum| sum + gradient));
    }

    /// The gradient with respect to the tensor `of`; `None` is zero.
    fn total(&mut self, of: Value<'g>) -> Option<Value<'g>> {
        if let Some(gradient) = gradient_of_parts(&of.tensor_type(), &take(&mut self.parts)) {
            self.add(gradient);
        }
        self.whole
    }
}

fn differentiate_node<'g>(graph: &'g Graph, node: &Node, depends: &[bool], sums: &mut [Sum<'g>]) {
    let value = |id: &usize| Value::new(graph, *id);
    let at = Differentiated {
        inputs: node.inputs.iter().map(value).collect(),
        outputs: node.outputs.iter().map(value).collect(),
        gradients: node.outputs.iter().map(|o| sums[*o].total(value(o))).collect(),
        wanted: node.inputs.iter().map(|i| depends[*i]).collect(),
    };
    if let Some(part) = (node.operation.as_ref() as &dyn Any).downcast_ref::<Slice>() {
        sums[node.inputs[0]].parts.push((part.clone(), at.gradient()));
        return;
    }
    let gradients = node.operation.gradient(&at);
    if let Some(message) = misfit(&at, &gradients) {
        graph.fail(OperationError { operation: node.operation.name(), message });
        return;
    }
    for (input, gradient) in node.inputs.iter().zip(gradients) {
        if let Some(gradient) = gradient.filter(|_| depends[*input]) {
            sums[*input].add(gradient);
        }
    }
}

/// Says how gradients do not fit the inputs they are for.
fn misfit(at: &Differentiated<'_>, gradients: &[Option<Value<'_>>]) -> Option<String> {
    if gradients.len() != at.inputs.len() {
        return Some(format!("{} gradients for {} inputs", gradients.len(), at.inputs.len()));
    }
    at.inputs.iter().zip(gradients).find_map(|(input, gradient)| {
        let (expected, found) = (input.tensor_type(), (*gradient)?.tensor_type());
        (found != expected).then(|| format!("a gradient {found} for an input {expected}"))
    })
}

/// Which tensors of the graph depend on the given ones.
fn dependents(graph: &Graph, on: &[Value<'_>]) -> Vec<bool> {
    let nodes = graph.nodes.borrow();
    let mut depends = vec![false; nodes.tensors.len()];
    on.iter().for_each(|v| depends[v.id] = true);
    for node in &nodes.nodes {
        if node.inputs.iter().any(|i| depends[*i]) {
            node.outputs.iter().for_each(|o| depends[*o] = true);
        }
    }
    depends
}
