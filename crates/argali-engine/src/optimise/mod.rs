//! Rewrites of a graph that leave its outputs unchanged.

mod fuse;

use crate::graph::{Id, Nodes};

/// Applies all passes; tensors keep their indices.
pub(crate) fn optimise(mut nodes: Nodes, outputs: &[Id]) -> Nodes {
    remove_dead(&mut nodes, outputs);
    fuse::fuse(&mut nodes, outputs);
    nodes
}

/// Drops the nodes that no output depends on.
fn remove_dead(nodes: &mut Nodes, outputs: &[Id]) {
    let mut live = vec![false; nodes.tensors.len()];
    outputs.iter().for_each(|o| live[*o] = true);
    for node in nodes.nodes.iter().rev() {
        if node.outputs.iter().any(|o| live[*o]) {
            node.inputs.iter().for_each(|i| live[*i] = true);
        }
    }
    nodes.nodes.retain(|n| n.outputs.iter().any(|o| live[*o]));
}
