//! Models as diagrams.

mod dot;
mod layout;
mod svg;

pub(crate) use dot::dot;
pub(crate) use svg::{style, svg, svg_body};

use argali::{LayerCall, Model, Shape};
use std::collections::HashMap;

/// The calls of a model as boxes, and the tensors between them as arrows.
#[derive(Debug)]
pub(crate) struct Graph {
    nodes: Vec<Node>,
    /// From which box to which.
    arrows: Vec<(usize, usize)>,
}

/// A call of a layer.
#[derive(Debug)]
struct Node {
    /// Name of the layer and, of a layer that is called several times, which call it is.
    name: String,
    class: &'static str,
    shape: String,
    params: usize,
    kind: Kind,
    /// The inside of a nested model.
    inside: Option<Graph>,
}

/// What a layer is for, which boxes show as a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Input,
    Convolution,
    Dense,
    Recurrent,
    Pooling,
    Normalization,
    Activation,
    Merging,
    Shape,
    Regularization,
    Model,
    Other,
}

impl Kind {
    const ALL: [Kind; 12] = [
        Kind::Input,
        Kind::Convolution,
        Kind::Dense,
        Kind::Recurrent,
        Kind::Pooling,
        Kind::Normalization,
        Kind::Activation,
        Kind::Merging,
        Kind::Shape,
        Kind::Regularization,
        Kind::Model,
        Kind::Other,
    ];

    /// Name of the class of style.
    fn name(self) -> &'static str {
        match self {
            Kind::Input => "input",
            Kind::Convolution => "convolution",
            Kind::Dense => "dense",
            Kind::Recurrent => "recurrent",
            Kind::Pooling => "pooling",
            Kind::Normalization => "normalization",
            Kind::Activation => "activation",
            Kind::Merging => "merging",
            Kind::Shape => "shape",
            Kind::Regularization => "regularization",
            Kind::Model => "model",
            Kind::Other => "other",
        }
    }

    /// The colour in light and in dark surroundings.
    fn colours(self) -> (&'static str, &'static str) {
        match self {
            Kind::Input => ("#64748b", "#94a3b8"),
            Kind::Convolution => ("#2f6fde", "#6ea2ff"),
            Kind::Dense => ("#7a4fd6", "#ad8cff"),
            Kind::Recurrent => ("#b4379f", "#e884d8"),
            Kind::Pooling => ("#0e9488", "#43c9bb"),
            Kind::Normalization => ("#a86a12", "#e0ae55"),
            Kind::Activation => ("#d0532b", "#ff9069"),
            Kind::Merging => ("#c02650", "#ff7a9b"),
            Kind::Shape => ("#5f7a2b", "#a5c566"),
            Kind::Regularization => ("#7d838d", "#aab1bc"),
            Kind::Model => ("#334155", "#cbd5e1"),
            Kind::Other => ("#475569", "#b6c2d1"),
        }
    }

    /// The first kind that has a part of the class's name.
    fn of(class: &str) -> Self {
        const PARTS: [(Kind, &[&str]); 11] = [
            (Kind::Input, &["InputLayer"]),
            (Kind::Model, &["Functional", "Sequential"]),
            (Kind::Recurrent, &["LSTM", "GRU", "RNN"]),
            (Kind::Convolution, &["Conv"]),
            (Kind::Dense, &["Dense", "Embedding"]),
            (Kind::Pooling, &["Pooling"]),
            (Kind::Normalization, &["Normalization", "Rescaling"]),
            (Kind::Activation, &["Activation", "ReLU", "ELU", "Softmax"]),
            (Kind::Regularization, &["Dropout", "Noise", "Regularization", "Masking"]),
            (Kind::Merging, &["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot"]),
            (Kind::Shape, &["Flatten", "Reshape", "Permute", "Padding", "Cropping", "UpSampling", "Repeat"]),
        ];
        let has = |parts: &[&str]| parts.iter().any(|part| class.contains(part));
        let found = PARTS.iter().find(|(kind, parts)| match kind {
            Kind::Activation => has(parts) && !class.starts_with("Activity"),
            _ => has(parts),
        });
        found.map_or(Kind::Other, |(kind, _)| *kind)
    }
}

impl Graph {
    pub(crate) fn of(model: &Model) -> Self {
        Self::of_calls(&model.calls())
    }

    fn of_calls(calls: &[LayerCall]) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        calls.iter().for_each(|call| *counts.entry(call.layer.name()).or_default() += 1);
        let mut seen: HashMap<String, usize> = HashMap::new();
        let node = |call: &LayerCall| {
            let name = call.layer.name();
            let number = seen.entry(name.clone()).or_default();
            *number += 1;
            Node {
                name: if counts.get(&name) == Some(&1) { name } else { format!("{name} (call {number})") },
                class: call.layer.class_name(),
                shape: call.output_shapes.iter().map(Shape::to_string).collect::<Vec<_>>().join(", "),
                params: call.layer.weights().iter().map(|w| w.shape.iter().product::<usize>()).sum(),
                kind: Kind::of(call.layer.class_name()),
                inside: (!call.calls.is_empty()).then(|| Graph::of_calls(&call.calls)),
            }
        };
        let nodes = calls.iter().map(node).collect();
        let arrows =
            calls.iter().enumerate().flat_map(|(to, call)| call.inputs.iter().map(move |(from, _)| (*from, to)));
        Graph { nodes, arrows: arrows.collect() }
    }
}

impl Node {
    /// Number of weights in words, none of a layer without.
    fn params(&self) -> Option<String> {
        (self.params > 0).then(|| format!("{} params", grouped(self.params)))
    }
}

/// A count with a comma between thousands.
pub(crate) fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let comma = |(index, digit): (usize, char)| {
        let after = digits.len() - index;
        [(index > 0 && after.is_multiple_of(3)).then_some(','), Some(digit)].into_iter().flatten()
    };
    digits.chars().enumerate().flat_map(comma).collect()
}

/// A text within XML.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_classes() {
        let kinds = [
            ("SeparableConv1D", Kind::Convolution),
            ("ConvLSTM2D", Kind::Recurrent),
            ("ActivityRegularization", Kind::Regularization),
            ("AveragePooling1D", Kind::Pooling),
            ("Average", Kind::Merging),
            ("PReLU", Kind::Activation),
            ("ZeroPadding2D", Kind::Shape),
            ("Mine", Kind::Other),
        ];
        for (class, kind) in kinds {
            assert_eq!(Kind::of(class), kind, "{class}");
        }
    }

    #[test]
    fn texts() {
        assert_eq!(["1", "1,000", "12,345,678"], [1, 1000, 12_345_678].map(grouped));
        assert_eq!(escaped("a<b>&\"\u{0}"), "a&lt;b&gt;&amp;&quot;\u{fffd}");
    }
}
