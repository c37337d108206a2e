//! Models as tables, as Keras draws them.

mod stats;
mod table;

pub use stats::LayerStats;

use super::write::Nodes;
use super::{Model, NamedWeight};
use crate::instance::{Body, Instance};
use crate::network::{Kind, Network};
use crate::optimizers::VariableInfo;
use crate::schedules::LearningRate;
use crate::settings;
use crate::training::Compiled;
use argali_engine::DType;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use table::{Align, Column};

/// What a summary shows.
///
/// ```
/// use argali::{Summary, prelude::*};
/// let model = Sequential::new().input([4]).dense(2).build()?;
/// let text = model.summary_text(&Summary::new().show_trainable(true));
/// assert!(text.contains("│ dense (Dense) "));
/// # Ok::<(), argali::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Summary {
    line_length: Option<usize>,
    show_trainable: bool,
    expand_nested: bool,
}

impl Summary {
    /// Layers, output shapes and numbers of weights.
    pub fn new() -> Self {
        Summary::default()
    }

    /// Length of the lines; one too short for the columns is taken as the shortest that is not. Default: 88, 108 with
    /// connections, and 12 more with `show_trainable`; on a terminal at most its width less 4.
    #[must_use = "the changed options are returned"]
    pub fn line_length(mut self, line_length: usize) -> Self {
        self.line_length = Some(line_length);
        self
    }

    /// Whether to show which layers are trained. Default `false`.
    #[must_use = "the changed options are returned"]
    pub fn show_trainable(mut self, show_trainable: bool) -> Self {
        self.show_trainable = show_trainable;
        self
    }

    /// Whether to show the layers of nested models. Default `false`.
    #[must_use = "the changed options are returned"]
    pub fn expand_nested(mut self, expand_nested: bool) -> Self {
        self.expand_nested = expand_nested;
        self
    }

    fn columns(&self, connections: bool) -> Vec<Column> {
        let column = |header, align, end| Column { header, align, end };
        let mut columns = match connections {
            false => vec![
                column("Layer (type)", Align::Left, 0.45),
                column("Output Shape", Align::Left, 0.8),
                column("Param #", Align::Right, 1.0),
            ],
            true => vec![
                column("Layer (type)", Align::Left, 0.3),
                column("Output Shape", Align::Left, 0.56),
                column("Param #", Align::Right, 0.74),
                column("Connected to", Align::Left, 1.0),
            ],
        };
        if self.show_trainable {
            columns.iter_mut().for_each(|c| c.end *= 0.9);
            columns.push(column("Trainable", Align::Center, 1.0));
        }
        columns
    }

    fn default_length(&self, connections: bool) -> usize {
        let length = if connections { 108 } else { 88 };
        if self.show_trainable { length + 12 } else { length }
    }
}

impl Model {
    /// Prints the layers with their output shapes and numbers of weights on standard output, at most as wide as the
    /// terminal.
    ///
    /// Keras: `Model.summary`.
    pub fn summary(&self) {
        self.summary_with(&Summary::new());
    }

    /// Prints a summary with other options.
    pub fn summary_with(&self, options: &Summary) {
        let mut options = options.clone();
        if let Some(columns) = terminal_columns() {
            let widest = options.default_length(has_connections(self.network()));
            options.line_length.get_or_insert(widest.min(columns.saturating_sub(4)));
        }
        let mut out = std::io::stdout().lock();
        // A reader that has gone away is no reason to stop.
        let _ = out.write_all(self.summary_text(&options).as_bytes()).and_then(|()| out.flush());
    }

    /// The summary as a text.
    ///
    /// ```
    /// use argali::{Summary, prelude::*};
    /// let model = Sequential::new().input([4]).dense(2).build()?;
    /// assert_eq!(model.summary_text(&Summary::new().line_length(65)), "\
    /// Model: \"sequential\"
    /// ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┓
    /// ┃ Layer (type)               ┃ Output Shape        ┃    Param # ┃
    /// ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━┩
    /// │ dense (Dense)              │ (None, 2)           │         10 │
    /// └────────────────────────────┴─────────────────────┴────────────┘
    /// \x20Total params: 10 (40.00 B)
    /// \x20Trainable params: 10 (40.00 B)
    /// \x20Non-trainable params: 0 (0.00 B)
    /// ");
    /// # Ok::<(), argali::Error>(())
    /// ```
    pub fn summary_text(&self, options: &Summary) -> String {
        let network = self.network();
        let connections = has_connections(network).then(|| network.map(|n| (n, Nodes::new(n)))).flatten();
        let columns = options.columns(connections.is_some());
        let rows = Rows { options, connections };
        let mut lines = Vec::new();
        for layer in shown_layers(&self.instance) {
            rows.add(&layer, network, 0, &mut lines);
        }
        let length = options.line_length.unwrap_or_else(|| options.default_length(rows.connections.is_some()));
        let table = table::draw(&columns, &lines, length);
        format!("Model: \"{}\"\n{table}{}", self.name(), self.totals())
    }

    fn totals(&self) -> String {
        let weights = self.weights();
        let size = |trainable: bool| {
            let counted = weights.iter().filter(|w| w.trainable == trainable);
            counted.map(|w| Size::of(&w.shape, w.dtype)).fold(Size::default(), Size::and)
        };
        let (trainable, fixed, optimizer) = (size(true), size(false), self.optimizer_size(&weights));
        let total = trainable.and(fixed).and(optimizer.unwrap_or_default());
        let lines = [
            Some(("Total", total)),
            Some(("Trainable", trainable)),
            Some(("Non-trainable", fixed)),
            optimizer.map(|size| ("Optimizer", size)),
        ];
        let line = |(what, Size { count, bytes }): (&str, Size)| {
            format!(" {what} params: {} ({})\n", grouped(count), readable(bytes))
        };
        lines.into_iter().flatten().map(line).collect()
    }

    /// What the optimizer keeps, once it has taken a step or come from a file: the number of steps, the learning rate
    /// unless it is a schedule, and a state for trained weights.
    fn optimizer_size(&self, weights: &[NamedWeight]) -> Option<Size> {
        let is_built = |c: &&Compiled| self.network().is_some() && (c.iterations > 0 || c.saved.is_some());
        let optimizer = &self.compiled.as_ref().filter(is_built)?.optimizer;
        let trained = weights.iter().filter(|w| w.trainable);
        let info = |w: &NamedWeight| VariableInfo { path: w.path.clone(), shape: w.shape.clone(), dtype: w.dtype };
        let slots = optimizer.variables(&trained.map(info).collect::<Vec<_>>());
        let steps = Size { count: 1, bytes: 4 };
        let rate = match optimizer.common().learning_rate {
            LearningRate::Schedule(_) => Size::default(),
            _ => Size::of(&[], settings::current().floatx.dtype()),
        };
        Some(slots.iter().map(|s| Size::of(&s.shape, s.dtype)).fold(steps.and(rate), Size::and))
    }
}

/// A number of elements and what they take in memory.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    count: usize,
    bytes: usize,
}

impl Size {
    fn of(shape: &[usize], dtype: DType) -> Self {
        let count: usize = shape.iter().product();
        Size { count, bytes: count * dtype.size() }
    }

    fn and(self, other: Self) -> Self {
        Size { count: self.count + other.count, bytes: self.bytes + other.bytes }
    }
}

/// The layers that Keras lists: of a Sequential those behind its input.
fn shown_layers(instance: &Instance) -> Vec<Arc<Instance>> {
    let Body::Network(nested) = &instance.body else { return Vec::new() };
    let hides_input = nested.network().is_some_and(|n| n.kind == Kind::Sequential);
    let is_input = |layer: &&Arc<Instance>| layer.class() == <crate::layers::InputLayer as crate::Config>::CLASS;
    let hidden = usize::from(hides_input && nested.layers().iter().take(1).any(|l| is_input(&l)));
    nested.layers().iter().skip(hidden).cloned().collect()
}

/// Whether the layers form more than one chain, so that it has to be said what each is connected to.
fn has_connections(network: Option<&Network>) -> bool {
    let Some(network) = network.filter(|n| n.kind == Kind::Functional) else { return false };
    let chained =
        network.calls.iter().enumerate().all(|(index, call)| match (&call.inputs[..], index.checked_sub(1)) {
            ([], None) => true,
            ([input], Some(before)) => Arc::ptr_eq(&input.call, &network.calls[before]),
            _ => false,
        });
    !chained || network.layers.len() != network.calls.len()
}

/// Makes the rows of a table.
struct Rows<'m> {
    options: &'m Summary,
    connections: Option<(&'m Network, Nodes)>,
}

impl Rows<'_> {
    fn add(&self, layer: &Arc<Instance>, network: Option<&Network>, depth: usize, rows: &mut Vec<Vec<String>>) {
        rows.push(self.row(layer, network, depth));
        if let (true, Body::Network(nested)) = (self.options.expand_nested, &layer.body) {
            for inner in shown_layers(layer) {
                self.add(&inner, nested.network(), depth + 1, rows);
            }
        }
    }

    fn row(&self, layer: &Arc<Instance>, network: Option<&Network>, depth: usize) -> Vec<String> {
        let prefix = if depth == 0 { String::new() } else { "   ".repeat(depth) + "└ " };
        let mut row = vec![
            format!("{prefix}{} ({})", layer.display_name(), layer.class().name),
            shape_text(layer, network),
            params_text(layer),
        ];
        if let Some((network, nodes)) = &self.connections {
            row.push(connections_text(layer, network, nodes));
        }
        if self.options.show_trainable {
            let mark = if layer.trainable() { "Y" } else { "N" };
            row.push(if layer.variables().is_empty() { "-" } else { mark }.into());
        }
        row
    }
}

fn shape_text(layer: &Arc<Instance>, network: Option<&Network>) -> String {
    match stats::output_shapes(layer, network).as_deref() {
        None => "?".into(),
        Some([one]) => plain(one),
        Some(several) => format!("[{}]", several.iter().map(plain).collect::<Vec<_>>().join(", ")),
    }
}

/// A shape without the comma that Python puts behind a single length.
fn plain(shape: &crate::Shape) -> String {
    let lengths: Vec<_> = shape.0.iter().map(|d| d.map_or("None".into(), |d| d.to_string())).collect();
    format!("({})", lengths.join(", "))
}

fn params_text(layer: &Instance) -> String {
    let count = layer.count_params();
    let is_built = match &layer.body {
        Body::Layer(body) => layer.built().is_some() || !body.writes_build_config(),
        Body::Network(nested) => nested.network().is_some(),
    };
    format!("{}{}", grouped(count), if is_built { "" } else { " (unbuilt)" })
}

fn connections_text(layer: &Arc<Instance>, network: &Network, nodes: &Nodes) -> String {
    let calls = network.calls.iter().filter(|c| Arc::ptr_eq(&c.instance, layer));
    let inputs = calls.flat_map(|c| &c.inputs);
    let tensor = |t: &crate::Tensor| format!("{}[{}][{}]", t.call.instance.display_name(), nodes.index(t), t.output);
    let all: Vec<_> = inputs.map(tensor).collect();
    if all.is_empty() { "-".into() } else { all.join(", ") }
}

/// A count with a comma between thousands.
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let comma = |(index, digit): (usize, char)| {
        let after = digits.len() - index;
        [(index > 0 && after.is_multiple_of(3)).then_some(','), Some(digit)].into_iter().flatten()
    };
    digits.chars().enumerate().flat_map(comma).collect()
}

/// A number of bytes in the largest unit that it reaches.
fn readable(bytes: usize) -> String {
    const UNITS: [&str; 6] = ["B", "KB", "MB", "GB", "TB", "PB"];
    let (mut size, mut unit) = (bytes as f64, 0);
    while size >= 1024.0 && unit + 1 < UNITS.len() {
        size /= 1024.0;
        unit += 1;
    }
    format!("{size:.2} {}", UNITS[unit])
}

/// Columns of the terminal that standard output is, if it is one.
#[cfg(feature = "progress")]
fn terminal_columns() -> Option<usize> {
    let is_terminal = std::io::stdout().is_terminal();
    let size = || console::Term::stdout().size_checked();
    is_terminal.then(size).flatten().map(|(_, columns)| columns.into())
}

/// Columns of the terminal that standard output is, if the environment says so.
#[cfg(not(feature = "progress"))]
fn terminal_columns() -> Option<usize> {
    let is_terminal = std::io::stdout().is_terminal();
    is_terminal.then(|| std::env::var("COLUMNS").ok()?.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Json, Registry};
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct File {
        cases: Vec<Case>,
    }

    #[derive(Deserialize)]
    struct Case {
        name: String,
        model: Json,
        summaries: Vec<Recorded>,
    }

    #[derive(Deserialize)]
    struct Recorded {
        line_length: Option<usize>,
        show_trainable: bool,
        expand_nested: bool,
        text: String,
    }

    #[test]
    fn equal_keras() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/training/summaries.json");
        let file: File = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        for case in file.cases {
            let model = Registry::default().model_from_value(case.model).unwrap();
            for Recorded { line_length, show_trainable, expand_nested, text } in case.summaries {
                let options = Summary { line_length, show_trainable, expand_nested };
                let found = model.summary_text(&options);
                assert!(found == text, "{} {options:?}\n{found}\nexpected\n{text}", case.name);
            }
        }
    }

    #[test]
    fn lines_are_never_too_short() {
        use crate::prelude::*;
        let model = Sequential::new().input([4]).dense(2).build().unwrap();
        for length in 0..50 {
            let text = model.summary_text(&Summary::new().line_length(length).show_trainable(true));
            assert!(text.contains("Mod") && text.contains('…'), "{text}");
        }
    }
}
