//! A recorded case as a graph: outputs, losses, gradients and the weights after a step.

use super::case::{Case, Given};
use crate::instance::Instance;
use crate::model::trace::{Placed, Traced, Tracer};
use crate::network::{Kind, Network};
use crate::{Error, Json, Result, Shape, Tensor};
use argali_engine::random::Key;
use argali_engine::{Buffer, Graph, Plan, Slice, SliceMut, Value};
use std::sync::Arc;

const LEARNING_RATE: f64 = 0.05;

/// One call of a layer, differentiated and planned, with the arrays that go in.
pub(super) struct Step<'c> {
    case: &'c Case,
    plan: Plan,
    objective: Plan,
    /// What the inputs of the graph hold, in their order: data, masks, initial states, then weights.
    given: Vec<Buffer>,
    inputs: usize,
    initial_states: usize,
    /// Where the weights are among `given`, and which are trained.
    weights: Vec<(usize, bool)>,
    outputs: Vec<Vec<usize>>,
    shapes: Vec<Vec<usize>>,
    has_mask: bool,
}

/// What a step computes.
#[derive(Clone, Debug)]
pub(super) struct Results {
    pub(super) outputs: Vec<Given>,
    pub(super) losses: Given,
    pub(super) input_gradients: Vec<Given>,
    pub(super) state_gradients: Vec<Given>,
    /// By index among all weights.
    pub(super) weight_gradients: Vec<(usize, Given)>,
    /// All weights after the call's own updates.
    pub(super) updated_weights: Vec<Given>,
    /// All weights after gradient descent and the call's own updates.
    pub(super) new_weights: Vec<Given>,
    /// What the call leaves in weights that Keras's layer does not have: the states of stateful layers.
    pub(super) states: Vec<Given>,
    pub(super) output_mask: Option<Given>,
}

impl<'c> Step<'c> {
    pub(super) fn new(case: &'c Case, instance: &Arc<Instance>, training: bool) -> Result<Self> {
        let graph = Graph::new();
        let (states, mask) = (case.group("initial_state"), case.has("mask").then(|| case.array("mask")));
        let place = |given: &Given| graph.input(case.dtype, &given.shape);
        let inputs: Vec<_> = case.inputs.iter().map(place).collect();
        let initial_states: Vec<_> = states.iter().map(place).collect();
        let mask_value = mask.as_ref().map(place);
        let mut traced: Vec<Traced<'_>> = inputs.iter().chain(&initial_states).map(|v| (*v).into()).collect();
        traced[0].mask = mask_value;

        let mut tracer = Tracer::new(&graph);
        let network = network(instance, traced.iter().map(|t| t.value.shape()))?;
        let outputs = tracer.network(&network, &traced, training)?;
        let variables: Vec<_> = tracer.variables.values().cloned().collect();
        let losses = tracer.all_losses();
        let objective = weighted_sum(case, &graph, &outputs);
        let all: Vec<_> = inputs.iter().chain(&initial_states).copied().collect();
        let data_gradients = gradients(&graph, objective, &all);
        let trained: Vec<_> = variables.iter().filter(|p| p.trained).map(|p| p.input).collect();
        let weight_gradients = gradients(&graph, objective, &trained);
        let total = losses.iter().fold(objective, |total, loss| total + *loss);
        let descended = descend(&graph, total, &variables);
        let losses = match losses.is_empty() {
            true => graph.constant(Buffer::zeros(case.dtype, 0), &[0]),
            false => graph.stack(&losses, 0),
        };

        let updated = variables.iter().map(|p| p.current);
        let has_mask = outputs[0].mask.is_some();
        let mut wanted: Vec<Value<'_>> = outputs.iter().map(|t| t.value).collect();
        wanted.push(losses);
        wanted.extend(data_gradients);
        wanted.extend(weight_gradients);
        wanted.extend(updated);
        wanted.extend(descended);
        wanted.extend(outputs[0].mask);

        let data = case.inputs.iter().chain(&states).chain(&mask).map(|g| g.buffer(case.dtype));
        let mut given: Vec<_> = data.map(Some).collect();
        given.resize(graph.inputs(), None);
        let mut weights = Vec::new();
        for (placed, value) in variables.iter().zip(start(case, &variables)) {
            if let Some(at) = graph.input_index(placed.input) {
                given[at] = Some(value);
                weights.push((at, placed.trained));
            }
        }
        let seed = || Buffer::I64(vec![1, 0]);
        Ok(Step {
            case,
            plan: graph.plan(&wanted)?,
            objective: graph.plan(&[objective])?,
            given: given.into_iter().map(|g| g.unwrap_or_else(seed)).collect(),
            inputs: inputs.len(),
            initial_states: initial_states.len(),
            weights,
            outputs: outputs.iter().map(|t| t.value.shape()).collect(),
            shapes: wanted.iter().map(Value::shape).collect(),
            has_mask,
        })
    }

    pub(super) fn output_shapes(&self) -> Vec<Shape> {
        self.outputs.iter().map(|s| Shape::from(s.as_slice())).collect()
    }

    pub(super) fn run(&self) -> Result<Results> {
        let mut values = run(&self.plan, &self.given)?
            .into_iter()
            .zip(&self.shapes)
            .map(|(buffer, shape)| Given { shape: shape.clone(), values: buffer.as_slice().to_f64() });
        let mut take = |count: usize| values.by_ref().take(count).collect::<Vec<_>>();
        let trained: Vec<_> = (0..self.weights.len()).filter(|i| self.weights[*i].1).collect();
        let mut results = Results {
            outputs: take(self.outputs.len()),
            losses: take(1).remove(0),
            input_gradients: take(self.inputs),
            state_gradients: take(self.initial_states),
            weight_gradients: trained.iter().copied().zip(take(trained.len())).collect(),
            updated_weights: take(self.weights.len()),
            new_weights: take(self.weights.len()),
            states: Vec::new(),
            output_mask: take(usize::from(self.has_mask)).pop(),
        };
        results.states = results.updated_weights[self.case.weights.len()..].to_vec();
        Ok(results)
    }

    /// Makes the weights after a step those of the next.
    pub(super) fn take_weights(&mut self, results: &Results) {
        for ((at, _), new) in self.weights.iter().zip(&results.new_weights) {
            self.given[*at] = new.buffer(self.case.dtype);
        }
    }

    /// Makes the states after a step those of the next.
    pub(super) fn take_states(&mut self, results: &Results) {
        let states = self.weights.iter().skip(self.case.weights.len());
        for ((at, _), state) in states.zip(&results.states) {
            self.given[*at] = state.buffer(self.case.dtype);
        }
    }

    /// The arrays that the objective is differentiated by: their place among what is given, and the gradients.
    pub(super) fn differentiated<'r>(&self, results: &'r Results) -> Vec<(usize, &'r Given)> {
        let weights = results.weight_gradients.iter().map(|(index, g)| (self.weights[*index].0, g));
        results.input_gradients.iter().chain(&results.state_gradients).enumerate().chain(weights).collect()
    }

    /// The weighted sum of the outputs where one element of what is given is moved.
    pub(super) fn objective(&self, place: usize, element: usize, by: f64) -> Result<f64> {
        let mut given = self.given.clone();
        if let Buffer::F64(values) = &mut given[place] {
            values[element] += by;
        }
        Ok(run(&self.objective, &given)?[0].as_slice().to_f64()[0])
    }
}

/// Traces a call on inputs of these shapes, with weights drawn as the layer says.
pub(super) fn try_call(instance: &Arc<Instance>, shapes: &[Vec<usize>]) -> Result<()> {
    for (index, variable) in instance.variables().iter().enumerate() {
        variable.draw(Key::new(1, index as u64))?;
    }
    let graph = Graph::new();
    let dtype = instance.policy().dtype();
    let inputs: Vec<_> = shapes.iter().map(|s| graph.input(dtype, s).into()).collect();
    let network = network(instance, shapes.iter().cloned())?;
    Tracer::new(&graph).network(&network, &inputs, false).map(|_| ())
}

/// A network of one call.
fn network(instance: &Arc<Instance>, shapes: impl Iterator<Item = Vec<usize>>) -> Result<Network> {
    let registry = crate::Registry::default();
    let input = |shape: Vec<usize>| -> Result<Tensor> {
        let layer: Json = serde_json::json!({"class_name": "InputLayer", "config": {"batch_shape": shape}});
        Ok(Tensor::call(registry.layer_from_value(layer)?, Vec::new()))
    };
    let inputs: Vec<_> = shapes.map(input).collect::<Result<_>>()?;
    let outputs = Tensor::call(instance.clone(), inputs.clone()).siblings();
    Network::new(Kind::Functional, inputs, outputs)
}

/// The outputs, each element weighted by the case's random numbers.
fn weighted_sum<'g>(case: &Case, graph: &'g Graph, outputs: &[Traced<'g>]) -> Value<'g> {
    let cotangents = case.group("cotangent");
    let parts = outputs.iter().zip(&cotangents).map(|(output, r)| {
        let weights = graph.constant(r.buffer(case.dtype), &r.shape);
        (output.value * weights).sum_all()
    });
    parts.reduce(|a, b| a + b).unwrap_or_else(|| graph.full(case.dtype, &[], 0.0))
}

/// Gradients; zeros where there is no dependence.
fn gradients<'g>(graph: &'g Graph, of: Value<'g>, with_respect_to: &[Value<'g>]) -> Vec<Value<'g>> {
    let found = graph.gradients(of, with_respect_to);
    found.into_iter().zip(with_respect_to).map(|(g, v)| g.unwrap_or_else(|| v.zeros_like())).collect()
}

/// All weights after a step of plain gradient descent, constraints and the call's own updates included.
fn descend<'g>(graph: &'g Graph, total: Value<'g>, variables: &[Placed<'g>]) -> Vec<Value<'g>> {
    let inputs: Vec<_> = variables.iter().map(|p| p.input).collect();
    let gradients = gradients(graph, total, &inputs);
    let step = |(placed, gradient): (&Placed<'g>, Value<'g>)| match placed.trained {
        false => placed.current,
        true => {
            let new = placed.input - gradient * LEARNING_RATE;
            placed.variable.spec.constraint.as_ref().map_or(new, |c| c.apply(new))
        }
    };
    variables.iter().zip(gradients).map(step).collect()
}

/// First values of the weights: those of the case; zeros for states that Keras does not count as weights.
fn start(case: &Case, variables: &[Placed<'_>]) -> Vec<Buffer> {
    let mut given: Vec<_> = case.group("weight").iter().map(|w| w.buffer(case.dtype)).collect();
    let states = variables.iter().skip(given.len()).map(|p| Buffer::zeros(case.dtype, p.variable.len()));
    given.extend(states.collect::<Vec<_>>());
    given
}

fn run(plan: &Plan, given: &[Buffer]) -> Result<Vec<Buffer>> {
    let mut outputs: Vec<_> = plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
    let inputs: Vec<Slice<'_>> = given.iter().map(Buffer::as_slice).collect();
    let mut slots: Vec<SliceMut<'_>> = outputs.iter_mut().map(Buffer::as_slice_mut).collect();
    plan.run(&inputs, &mut slots).map_err(Error::from)?;
    Ok(outputs)
}
