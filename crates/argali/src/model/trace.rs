//! Tracing: a network on concrete shapes becomes a graph.

use crate::instance::{Body, Instance};
use crate::layer::{AnyLayer, Call};
use crate::network::{Network, key};
use crate::tensor::Node;
use crate::variable::Variable;
use crate::{Error, Problem, Result, Shape};
use argali_engine::{Graph, Value};
use indexmap::IndexMap;
use std::collections::HashMap;
use std::sync::Arc;

/// A tensor with the mask that travels beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traced<'g> {
    pub(crate) value: Value<'g>,
    pub(crate) mask: Option<Value<'g>>,
}

impl<'g> From<Value<'g>> for Traced<'g> {
    fn from(value: Value<'g>) -> Self {
        Traced { value, mask: None }
    }
}

/// A variable on a graph.
#[derive(Clone, Debug)]
pub(crate) struct Placed<'g> {
    pub(crate) variable: Arc<Variable>,
    /// The input of the graph that holds its value before the run.
    pub(crate) input: Value<'g>,
    /// Its value after the updates traced so far.
    pub(crate) current: Value<'g>,
    /// Whether training changes it by its gradient.
    pub(crate) trained: bool,
}

/// Traces layers into one graph.
#[derive(Debug)]
pub(crate) struct Tracer<'g> {
    pub(crate) graph: &'g Graph,
    /// In the order in which they were first used.
    pub(crate) variables: IndexMap<usize, Placed<'g>>,
    /// Losses of activity regularizers and of layers.
    pub(crate) losses: Vec<Value<'g>>,
    /// Names of the scopes that operations are counted under; the first is that of no layer.
    pub(crate) scopes: Vec<String>,
}

impl<'g> Tracer<'g> {
    pub(crate) fn new(graph: &'g Graph) -> Self {
        Tracer { graph, variables: IndexMap::new(), losses: Vec::new(), scopes: vec![String::new()] }
    }

    /// The outputs of a network.
    pub(crate) fn network(
        &mut self,
        network: &Network,
        inputs: &[Traced<'g>],
        training: bool,
    ) -> Result<Vec<Traced<'g>>> {
        let mut tensors: HashMap<usize, Vec<Traced<'g>>> = HashMap::new();
        for (tensor, input) in network.inputs.iter().zip(inputs) {
            tensors.insert(key(&tensor.call), vec![*input]);
        }
        for call in &network.schedule {
            if !tensors.contains_key(&key(call)) {
                let at = |t: &crate::Tensor| tensors.get(&key(&t.call)).and_then(|v| v.get(t.output)).copied();
                let (data, masks) = call.data_and_masks();
                let mut inputs: Vec<_> = data.iter().filter_map(at).collect();
                let given = inputs.iter_mut().zip(&call.arguments.masks).filter(|(_, given)| **given);
                for ((input, _), mask) in given.zip(masks) {
                    input.mask = at(mask).map(|mask| mask.value);
                }
                let outputs = self.call(call, &inputs, training)?;
                tensors.insert(key(call), outputs);
            }
        }
        let at = |t: &crate::Tensor| tensors.get(&key(&t.call)).and_then(|v| v.get(t.output)).copied();
        network.outputs.iter().map(|t| at(t).ok_or_else(|| Error::new(Problem::NoInput))).collect()
    }

    /// What `fit`, `evaluate` and `predict` say about training holds for every call, as in Keras: a `training` argument
    /// that a saved call has is only kept.
    fn call(&mut self, call: &Node, inputs: &[Traced<'g>], training: bool) -> Result<Vec<Traced<'g>>> {
        let instance = &call.instance;
        let outputs = match &instance.body {
            Body::Layer(_) => self.layer(instance, inputs, training)?,
            Body::Network(nested) => {
                let network = nested.network().ok_or_else(|| Error::new(Problem::NoInput))?;
                self.network(network, inputs, training)?
            }
        };
        if let Some(regularizer) = &instance.common.activity_regularizer {
            for output in &outputs {
                let batch = output.value.shape().first().copied().unwrap_or(1).max(1);
                self.losses.push(regularizer.loss(output.value) / batch as f64);
            }
        }
        Ok(outputs)
    }

    fn layer(&mut self, instance: &Arc<Instance>, inputs: &[Traced<'g>], training: bool) -> Result<Vec<Traced<'g>>> {
        let Body::Layer(layer) = &instance.body else { return Ok(inputs.to_vec()) };
        self.scopes.push(instance.display_name());
        self.graph.set_scope(self.scopes.len() - 1);
        let dtype = instance.policy().dtype();
        let compute = |v: Value<'g>| if v.dtype().is_float() { v.cast(dtype) } else { v };
        let values: Vec<_> = inputs.iter().map(|t| compute(t.value)).collect();
        let masks: Vec<_> = inputs.iter().map(|t| t.mask.map(compute)).collect();
        let built = instance.built();
        let variables: Vec<_> = built.iter().flat_map(|b| b.variables.iter().cloned()).collect();
        let keys: Vec<_> = variables.iter().map(|v| self.place(v, instance.trainable())).collect();
        let weights: Vec<_> = keys.iter().map(|k| self.variables[k].current).collect();
        let call = Call {
            graph: self.graph,
            inputs: &values,
            masks: &masks,
            weights: &weights,
            training,
            trainable: instance.trainable(),
            dtype,
        };
        let outputs = layer.call(&call);
        let masks = layer.masks(&call);
        for (target, new) in self.graph.take_updates() {
            if let Some(at) = weights.iter().position(|w| w.same(target)) {
                self.variables[&keys[at]].current = new;
            }
        }
        self.losses.extend(self.graph.take_losses());
        let computed = match self.graph.error() {
            Some(error) => Err(error.into()),
            None => as_declared(layer.as_ref(), &values, &outputs),
        };
        computed.map_err(|p: Problem| Error::new(p).at_layer(instance.display_name()).at_line(instance.common.at))?;
        let masks = masks.into_iter().chain(std::iter::repeat(None));
        Ok(outputs.into_iter().zip(masks).map(|(value, mask)| Traced { value, mask }).collect())
    }

    /// Puts a variable on the graph, once.
    fn place(&mut self, variable: &Arc<Variable>, trainable: bool) -> usize {
        let graph = self.graph;
        let key = key(variable);
        let placed = self.variables.entry(key).or_insert_with(|| {
            let input = graph.input(variable.dtype, &variable.spec.shape);
            Placed { variable: variable.clone(), input, current: input, trained: false }
        });
        placed.trained |= trainable && variable.spec.trainable;
        key
    }

    /// Losses of the layers' calls and of the regularizers of trained weights.
    pub(crate) fn all_losses(&self) -> Vec<Value<'g>> {
        let regularized = self.variables.values().filter(|p| p.trained).filter_map(|placed| {
            let regularizer = placed.variable.spec.regularizer.as_ref()?;
            Some(regularizer.loss(placed.input))
        });
        self.losses.iter().copied().chain(regularized).collect()
    }
}

/// Refuses outputs of other shapes than a layer says that it has, on which storage and further layers rely.
fn as_declared(layer: &dyn AnyLayer, inputs: &[Value<'_>], outputs: &[Value<'_>]) -> Result<(), Problem> {
    let shapes = |values: &[Value<'_>]| values.iter().map(|v| Shape::from(&v.shape()[..])).collect::<Vec<_>>();
    let declared = layer.output_shapes(&shapes(inputs))?;
    let fits = |(shape, output): (&Shape, &Value<'_>)| shape.accepts(&output.shape());
    if declared.len() == outputs.len() && declared.iter().zip(outputs).all(fits) {
        return Ok(());
    }
    let list = |shapes: &[Shape]| match shapes {
        [] => "nothing".to_owned(),
        shapes => shapes.iter().map(Shape::to_string).collect::<Vec<_>>().join(", "),
    };
    let message = format!("computes {}, expected {}", list(&shapes(outputs)), list(&declared));
    Err(Problem::mismatch(message, "let its `output_shape` say what its `call` computes"))
}
