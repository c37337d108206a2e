//! Diagrams in Graphviz's language.

use super::{Graph, Node, escaped};
use std::fmt::Write;

/// A diagram as a text for Graphviz's `dot`.
pub(crate) fn dot(graph: &Graph, title: &str) -> String {
    let mut out = format!("digraph {} {{\n", quoted(title));
    out.push_str("  compound=true;\n  node [shape=box, style=rounded, fontname=\"Helvetica\", fontsize=11];\n");
    out.push_str("  edge [color=\"#76849a\", arrowsize=0.7];\n");
    inside(graph, "n", 1, &mut out);
    out + "}\n"
}

fn inside(graph: &Graph, prefix: &str, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for (index, node) in graph.nodes.iter().enumerate() {
        let id = format!("{prefix}{index}");
        match &node.inside {
            None => {
                let _ = writeln!(out, "{indent}{id} [label=<{}>];", label(node));
            }
            Some(graph) => {
                let _ = writeln!(out, "{indent}subgraph cluster_{id} {{\n{indent}  label=<{}>;", label(node));
                let _ = writeln!(out, "{indent}  style=\"rounded,dashed\"; fontname=\"Helvetica\"; fontsize=11;");
                inside(graph, &format!("{id}_"), depth + 1, out);
                let _ = writeln!(out, "{indent}}}");
            }
        }
    }
    for (from, to) in &graph.arrows {
        let (from, tail) = end(graph, prefix, *from, false);
        let (to, head) = end(graph, prefix, *to, true);
        let mut options = Vec::new();
        options.extend(tail.map(|cluster| format!("ltail={cluster}")));
        options.extend(head.map(|cluster| format!("lhead={cluster}")));
        let options = if options.is_empty() { String::new() } else { format!(" [{}]", options.join(", ")) };
        let _ = writeln!(out, "{indent}{from} -> {to}{options};");
    }
}

/// The box that an arrow is tied to, and the border it ends at if that is around a nested model.
fn end(graph: &Graph, prefix: &str, index: usize, first: bool) -> (String, Option<String>) {
    let id = format!("{prefix}{index}");
    match graph.nodes.get(index).and_then(|node| node.inside.as_ref()) {
        None => (id, None),
        Some(inner) => {
            let index = if first { 0 } else { inner.nodes.len().saturating_sub(1) };
            (end(inner, &format!("{id}_"), index, first).0, Some(format!("cluster_{id}")))
        }
    }
}

fn label(node: &Node) -> String {
    let mut lines = vec![format!("<b>{}</b>", escaped(&node.name)), escaped(node.class)];
    lines.extend(Some(escaped(&node.shape)).filter(|shape| !shape.is_empty()));
    lines.extend(node.params());
    lines.join("<br/>")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
