//! The body of a model's function: a chain, or statements that make tensors.

use super::layer::{Input, Words, name, unknown};
use super::names::{Identifiers, to_be_given};
use super::value::{array, number};
use super::{Imports, Source};
use crate::instance::{Body, Instance, Nested, snake_case};
use crate::layers::{InputLayer, PutBy};
use crate::network::{Kind, Network, Structure, key};
use crate::operations::{Argument, Kind as OperationKind, Operation};
use crate::tensor::Node;
use crate::{Config, Result, Tensor, settings};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The longest line of a layer with its options.
const WIDTH: usize = 100;

impl Source {
    /// The body of a model's function.
    pub(super) fn body(
        &mut self,
        instance: &Arc<Instance>,
        nested: &Nested,
        with_name: bool,
        compile: &str,
    ) -> Result<String> {
        let with_name = with_name && instance.display_name() != snake_case(instance.class().name);
        let expression = match nested.network() {
            Some(network) if network.kind == Kind::Functional => {
                return self.functional(instance, network, with_name, compile);
            }
            _ => self.sequential(instance, nested, with_name)?,
        };
        Ok(finished(instance, "", &expression, compile))
    }

    fn sequential(&mut self, instance: &Arc<Instance>, nested: &Nested, with_name: bool) -> Result<String> {
        let layers = nested.layers();
        let given: HashSet<usize> = to_be_given(layers);
        let mut chain = Chain::of("Sequential::new()".into());
        if with_name {
            chain.add(vec![name(instance)]);
        }
        if instance.policy() != settings::current().floatx {
            chain.add(vec![format!(".dtype({:?})", instance.policy())]);
        }
        for (i, layer) in layers.iter().enumerate() {
            let with_name = given.contains(&i);
            if i == 0 && layer.class() == InputLayer::CLASS {
                chain.add(vec![match Input::of(layer, with_name, &mut self.imports)? {
                    Input::Shape(shape) => format!(".input({shape})"),
                    Input::Layer(layer) => format!(".input_layer({layer})"),
                }]);
                continue;
            }
            match &layer.body {
                Body::Network(inner) => {
                    let function = self.nested(layer, inner, with_name)?;
                    chain.finish(format!(".layer({function}()?)"));
                }
                Body::Layer(_) => self.put(&mut chain, layer, with_name)?,
            }
        }
        Ok(chain.text(2) + "\n        .build()")
    }

    /// Puts a layer with one input on what a chain has made.
    fn put(&mut self, chain: &mut Chain, layer: &Arc<Instance>, with_name: bool) -> Result<()> {
        let words = Words::of(layer, with_name, &mut self.imports)?;
        match words.put_by {
            PutBy::Method(method) if !chain.keys.contains(&method) && method != "activation" => {
                chain.add(words.method(method));
                chain.keys = words.keys;
                chain.is_open = true;
            }
            _ => chain.finish(format!(".layer({})", words.standalone(&mut self.imports))),
        }
        Ok(())
    }

    fn functional(
        &mut self,
        instance: &Arc<Instance>,
        network: &Network,
        with_name: bool,
        compile: &str,
    ) -> Result<String> {
        let mut body = Statements::new(network);
        for call in network.calls_as_made() {
            self.call(&mut body, call)?;
        }
        let ends = |structure, tensors, source: &mut Source| {
            let ends = body.ends(structure, tensors, source);
            ends.ok_or_else(|| unknown(instance, "has inputs or outputs in lists and dictionaries within others"))
        };
        let inputs = ends(&network.input_structure, &network.inputs, self)?;
        let outputs = ends(&network.output_structure, &network.outputs, self)?;
        let named =
            if with_name { format!(".map(|model| model.named({:?}))", instance.display_name()) } else { String::new() };
        Ok(finished(instance, &body.statements, &format!("Model::new({inputs}, {outputs}){named}"), compile))
    }

    /// Writes a call of a functional model.
    fn call(&mut self, body: &mut Statements<'_>, call: &Arc<Node>) -> Result<()> {
        let layer = &call.instance;
        let (data, masks) = call.data_and_masks();
        if !masks.is_empty() {
            return Err(unknown(layer, "is called with a mask"));
        }
        let is_input = body.network.inputs.iter().any(|t| Arc::ptr_eq(&t.call, call));
        if is_input && layer.class() != InputLayer::CLASS {
            return Err(unknown(layer, "is an input of the model and a layer"));
        }
        let mut chain = match (&layer.body, layer.operation(), data) {
            (_, Some(operation), _) => operation_on(body, &mut self.imports, layer, operation, data)?,
            (_, _, []) => self.input(body, layer)?,
            (Body::Layer(_), _, _) if !body.is_shared(layer) => self.own_layer(body, layer, data)?,
            _ => self.shared_layer(body, layer, data)?,
        };
        if let Some(training) = call.arguments.training.filter(|training| says_something(layer, *training)) {
            chain.tensor();
            chain.finish(format!(".with_training({training})"));
        }
        body.keep(call, chain);
        Ok(())
    }

    fn input(&mut self, body: &Statements<'_>, layer: &Arc<Instance>) -> Result<Chain> {
        Ok(match Input::of(layer, body.is_named(layer), &mut self.imports)? {
            Input::Shape(shape) => Chain::of(format!("input({shape})")),
            Input::Layer(layer) => Chain::of(format!("{layer}.tensor()")),
        })
    }

    /// A layer with one call.
    fn own_layer(&mut self, body: &mut Statements<'_>, layer: &Arc<Instance>, data: &[Tensor]) -> Result<Chain> {
        let with_name = body.is_named(layer);
        if let [one] = data
            && !matches!(&layer.body, Body::Layer(l) if l.list_input())
        {
            let mut chain = body.taken(one);
            self.put(&mut chain, layer, with_name)?;
            return Ok(chain);
        }
        let words = Words::of(layer, with_name, &mut self.imports)?;
        let tensors = body.list(data);
        Ok(match words.put_by {
            PutBy::Function(function) => {
                let mut chain = Chain::of(format!("{function}({tensors})"));
                chain.head += &words.options.concat();
                chain.keys = words.keys;
                chain.is_open = true;
                chain
            }
            PutBy::Method(_) => Chain::of(format!("call_on({}, {tensors})", words.standalone(&mut self.imports))),
        })
    }

    /// A layer with several calls, or a model.
    fn shared_layer(&mut self, body: &mut Statements<'_>, layer: &Arc<Instance>, data: &[Tensor]) -> Result<Chain> {
        let variable = match body.shared.get(&key(layer)) {
            Some(variable) => variable.clone(),
            None => {
                let made = match &layer.body {
                    Body::Network(nested) => format!("{}()?", self.nested(layer, nested, body.is_named(layer))?),
                    Body::Layer(_) => {
                        let words = Words::of(layer, body.is_named(layer), &mut self.imports)?;
                        format!("{}.shared()", words.standalone(&mut self.imports))
                    }
                };
                body.share(layer, &made)
            }
        };
        Ok(match data {
            [one] => {
                let mut chain = body.taken(one);
                chain.finish(format!(".layer(&{variable})"));
                chain
            }
            several => Chain::of(format!("call_on(&{variable}, {})", body.list(several))),
        })
    }
}

/// Whether a `training` argument changes what is saved.
fn says_something(layer: &Instance, training: bool) -> bool {
    match &layer.body {
        Body::Layer(layer) => training || !layer.training_argument() || layer.mask_argument(),
        Body::Network(_) => true,
    }
}

/// The end of a function that returns what an expression makes.
fn finished(instance: &Instance, statements: &str, expression: &str, compile: &str) -> String {
    let freeze = if instance.trainable() { "" } else { "    model.set_trainable(false);\n" };
    if freeze.is_empty() && compile.is_empty() {
        return format!("{statements}    {expression}\n");
    }
    let mutable = if compile.is_empty() { "" } else { "mut " };
    format!("{statements}    let {mutable}model = {expression}?;\n{freeze}{compile}    Ok(model)\n")
}

/// Layers put on each other in one expression.
#[derive(Debug)]
struct Chain {
    head: String,
    /// Each layer with its options.
    lines: Vec<Vec<String>>,
    /// Options of the last layer, which methods of the same names would set.
    keys: Vec<&'static str>,
    /// Whether the last layer still takes options.
    is_open: bool,
    /// Whether the head is arithmetic, which must stand in parentheses in front of a method.
    is_arithmetic: bool,
}

impl Chain {
    fn of(head: String) -> Self {
        Chain { head, lines: Vec::new(), keys: Vec::new(), is_open: false, is_arithmetic: false }
    }

    fn add(&mut self, parts: Vec<String>) {
        if self.is_arithmetic {
            self.head = format!("({})", self.head);
            self.is_arithmetic = false;
        }
        self.lines.push(parts);
    }

    /// Adds a method after which no options can follow.
    fn finish(&mut self, method: String) {
        self.add(vec![method]);
        self.keys.clear();
        self.is_open = false;
    }

    /// Makes it a tensor.
    fn tensor(&mut self) {
        if self.is_open {
            self.finish(".tensor()".into());
        }
    }

    fn one_line(&self) -> String {
        self.head.clone() + &self.lines.iter().flatten().map(String::as_str).collect::<String>()
    }

    /// The expression, on one line if it is a layer at most, else a line for each.
    fn text(&self, depth: usize) -> String {
        let line = self.one_line();
        let layers = self.lines.iter().filter(|parts| parts.first().is_some_and(|p| p != ".tensor()")).count();
        if layers <= 1 && line.len() + 4 * depth <= WIDTH {
            return line;
        }
        let indent = "    ".repeat(depth);
        let mut text = self.head.clone();
        for parts in &self.lines {
            let mut length = 0;
            for (i, part) in parts.iter().enumerate() {
                let breaks = i > 0 && length + part.len() + indent.len() > WIDTH;
                if i == 0 || breaks {
                    text += &format!("\n{indent}{}", if breaks { "    " } else { "" });
                    length = if breaks { 4 } else { 0 };
                }
                text += part;
                length += part.len();
            }
        }
        text
    }
}

/// The statements of a functional model, and what its tensors are called.
struct Statements<'n> {
    network: &'n Network,
    statements: String,
    identifiers: Identifiers,
    /// Names of variables that hold calls, and whether they hold all outputs.
    variables: HashMap<usize, (String, bool)>,
    /// Calls that are written where they are used.
    waiting: HashMap<usize, Chain>,
    shared: HashMap<usize, String>,
    named: HashSet<usize>,
}

impl<'n> Statements<'n> {
    fn new(network: &'n Network) -> Self {
        let named = to_be_given(&network.layers).into_iter().map(|i| key(&network.layers[i])).collect();
        Statements {
            network,
            statements: String::new(),
            identifiers: Identifiers::default(),
            variables: HashMap::new(),
            waiting: HashMap::new(),
            shared: HashMap::new(),
            named,
        }
    }

    fn is_named(&self, layer: &Arc<Instance>) -> bool {
        self.named.contains(&key(layer))
    }

    fn is_shared(&self, layer: &Arc<Instance>) -> bool {
        self.network.calls.iter().filter(|c| Arc::ptr_eq(&c.instance, layer)).count() > 1
    }

    /// Whether a call is used once, by another that can be written behind it. Those of a shared layer keep their order.
    fn can_wait(&self, call: &Arc<Node>) -> bool {
        if self.is_shared(&call.instance) {
            return false;
        }
        let outputs = call.outputs.as_ref().map_or(0, Vec::len);
        let is_end = self.network.outputs.iter().chain(&self.network.inputs).any(|t| Arc::ptr_eq(&t.call, call));
        let uses = || self.network.calls.iter().flat_map(|c| c.inputs.iter().map(move |t| (c, t)));
        let mut users = uses().filter(|(_, t)| Arc::ptr_eq(&t.call, call)).map(|(c, _)| c);
        match (users.next(), users.next()) {
            (Some(user), None) => {
                let list = matches!(&user.instance.body, Body::Layer(l) if l.list_input());
                outputs == 1 && !is_end && user.inputs.len() == 1 && !list && !call.inputs.is_empty()
            }
            _ => false,
        }
    }

    /// Keeps what a call is written as: for its only user, or as a variable.
    fn keep(&mut self, call: &Arc<Node>, mut chain: Chain) {
        if self.can_wait(call) {
            self.waiting.insert(key(call), chain);
            return;
        }
        let several = call.outputs.as_ref().map_or(0, Vec::len) > 1;
        let variable = self.identifiers.of(&call.instance.display_name());
        match several {
            true => chain.finish(".tensors()".into()),
            false => chain.tensor(),
        }
        self.statements += &format!("    let {variable} = {};\n", chain.text(2));
        self.variables.insert(key(call), (variable, several));
    }

    /// A variable for a layer that is called several times.
    fn share(&mut self, layer: &Arc<Instance>, made: &str) -> String {
        let variable = self.identifiers.of(&layer.display_name());
        self.statements += &format!("    let {variable} = {made};\n");
        self.shared.insert(key(layer), variable.clone());
        variable
    }

    /// The variable of a tensor.
    fn variable(&self, tensor: &Tensor) -> String {
        match self.variables.get(&key(&tensor.call)) {
            Some((name, true)) => format!("{name}[{}]", tensor.output),
            Some((name, false)) => name.clone(),
            None => "tensor".into(),
        }
    }

    /// A tensor to put a layer on: the chain that makes it, or its variable.
    fn taken(&mut self, tensor: &Tensor) -> Chain {
        self.waiting.remove(&key(&tensor.call)).unwrap_or_else(|| Chain::of(self.variable(tensor)))
    }

    /// Variables of several tensors as a list of references.
    fn list(&self, tensors: &[Tensor]) -> String {
        let tensors: Vec<_> = tensors.iter().map(|t| format!("&{}", self.variable(t))).collect();
        format!("[{}]", tensors.join(", "))
    }

    /// The inputs or outputs of the model, `None` if they are in structures within structures.
    fn ends(&self, structure: &Structure, tensors: &[Tensor], source: &mut Source) -> Option<String> {
        Some(match (structure, tensors, structure.names()) {
            (Structure::One, [one], _) => format!("&{}", self.variable(one)),
            (_, _, Some(names)) => {
                let function = source.imports.name("argali::named_tensors");
                let pairs = names.iter().zip(tensors).map(|(name, t)| format!("({name:?}, &{})", self.variable(t)));
                format!("{function}([{}])", pairs.collect::<Vec<_>>().join(", "))
            }
            (Structure::List(items), ..) if items.iter().all(|item| *item == Structure::One) => self.list(tensors),
            _ => return None,
        })
    }
}

/// Arithmetic.
fn operation_on(
    body: &mut Statements<'_>,
    imports: &mut Imports,
    layer: &Arc<Instance>,
    operation: &Operation,
    data: &[Tensor],
) -> Result<Chain> {
    if operation.arguments().iter().any(|argument| matches!(argument, Argument::Array(of) if of.array().is_none())) {
        return Err(unknown(layer, "is called with an array that is not of 32-bit floats"));
    }
    let mut tensors = data.iter();
    let operands: Vec<String> = operation
        .arguments()
        .iter()
        .filter_map(|argument| match argument {
            Argument::Number(n) => Some(number(*n)),
            Argument::Array(constant) => constant.array().map(|floats| array(&floats, imports)),
            Argument::Tensor => tensors.next().map(|tensor| {
                let mut chain = body.taken(tensor);
                if chain.lines.is_empty() && !chain.is_arithmetic && !chain.is_open {
                    return format!("&{}", chain.one_line());
                }
                chain.tensor();
                if chain.is_arithmetic { format!("({})", chain.one_line()) } else { chain.one_line() }
            }),
        })
        .collect();
    let text = match (operation.kind(), &operands[..]) {
        (OperationKind::Add, [a, b]) => format!("{a} + {b}"),
        (OperationKind::Subtract, [a, b]) => format!("{a} - {b}"),
        (OperationKind::Multiply, [a, b]) => format!("{a} * {b}"),
        (OperationKind::TrueDivide, [a, b]) => format!("{a} / {b}"),
        (OperationKind::Negative, [a]) => format!("-{a}"),
        (OperationKind::Power, [a, b]) => format!("power({a}, {b})"),
        (OperationKind::Absolute, [a]) => format!("({a}).abs()"),
        (kind, _) => {
            return Err(unknown(layer, &format!("is the operation `{}`, which has no words here", kind.name())));
        }
    };
    let is_call = matches!(operation.kind(), OperationKind::Power | OperationKind::Absolute);
    let mut chain = Chain { is_arithmetic: !is_call, ..Chain::of(text) };
    if body.is_named(layer) {
        chain.finish(format!(".named({:?})", layer.display_name()));
    }
    Ok(chain)
}
