//! Reverse-mode differentiation, graph to graph.

use crate::graph::{Graph, Node};
use crate::operation::{Differentiated, OperationError};
use crate::value::Value;

pub(crate) fn gradients<'g>(graph: &'g Graph, of: Value<'g>, wrt: &[Value<'g>]) -> Vec<Option<Value<'g>>> {
    let count = graph.nodes.borrow().nodes.len();
    let depends = dependents(graph, wrt);
    let mut sums: Vec<Option<Value<'g>>> = vec![None; graph.nodes.borrow().tensors.len()];
    sums[of.id] = Some(graph.full(of.dtype(), &of.shape(), 1.0));
    for index in (0..count).rev() {
        let node = graph.nodes.borrow().nodes[index].clone();
        let active = node.outputs.iter().any(|o| sums[*o].is_some()) && node.outputs.iter().any(|o| depends[*o]);
        if active {
            differentiate_node(graph, &node, &depends, &mut sums);
        }
    }
    wrt.iter().map(|v| sums[v.id]).collect()
}

fn differentiate_node<'g>(graph: &'g Graph, node: &Node, depends: &[bool], sums: &mut [Option<Value<'g>>]) {
    let scope = graph.set_scope(node.scope);
    let value = |id: &usize| Value::new(graph, *id);
    let at = Differentiated {
        inputs: node.inputs.iter().map(value).collect(),
        outputs: node.outputs.iter().map(value).collect(),
        gradients: node.outputs.iter().map(|o| sums[*o]).collect(),
        wanted: node.inputs.iter().map(|i| depends[*i]).collect(),
    };
    let gradients = node.operation.gradient(&at);
    if let Some(message) = misfit(&at, &gradients) {
        graph.fail(OperationError { operation: node.operation.name(), message });
        graph.set_scope(scope);
        return;
    }
    for (input, gradient) in node.inputs.iter().zip(gradients) {
        if let Some(gradient) = gradient.filter(|_| depends[*input]) {
            sums[*input] = Some(sums[*input].map_or(gradient, |sum| sum + gradient));
        }
    }
    graph.set_scope(scope);
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
