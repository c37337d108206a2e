//! One step of training or evaluation, planned as one graph.

use super::compile::{Compiled, OutputLoss, OutputMetric};
use crate::metrics::State;
use crate::model::NamedWeight;
use crate::model::trace::{Traced, Tracer};
use crate::network::{Network, key};
use crate::optimizers::{SlotInfo, VariableInfo};
use crate::variable::{Variable, commit, snapshot};
use crate::{Error, Problem, Result};
use argali_engine::{Buffer, DType, Graph, Plan, Slice, SliceMut, Value};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// What decides how a step is planned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StepKey {
    pub(crate) inputs: Vec<Vec<usize>>,
    pub(crate) targets: Vec<(Vec<usize>, DType)>,
    /// Shape of each output's sample weights, if there are any.
    pub(crate) sample_weights: Vec<Option<Vec<usize>>>,
    pub(crate) training: bool,
    /// Which weights are trained.
    pub(crate) trained: Vec<bool>,
}

/// What an input of the step's graph holds.
#[derive(Clone, Copy, Debug)]
enum Given {
    Input(usize),
    Target(usize),
    SampleWeight(usize),
    Variable(usize),
    Slot(usize),
    MetricState(usize),
    LearningRate,
    Iteration,
    Seed,
}

/// A step, planned for batches of one shape.
#[derive(Debug)]
pub(crate) struct StepPlan {
    plan: Plan,
    given: Vec<Given>,
    variables: Vec<Arc<Variable>>,
    /// Variables that the step changes, in the order of its outputs.
    changed: Vec<usize>,
    losses: usize,
    slots: Vec<SlotInfo>,
    metric_states: Vec<MetricStates>,
    dtype: DType,
    training: bool,
    /// Names of the layers that time is counted for; the first is that of none.
    scopes: Vec<String>,
}

/// The states of one metric.
#[derive(Debug)]
struct MetricStates {
    dtype: DType,
    states: Vec<State>,
}

/// The data of one batch, in the order in which the plan wants it.
pub(crate) struct Batch<'b> {
    pub(crate) inputs: Vec<Slice<'b>>,
    pub(crate) targets: Vec<Slice<'b>>,
    pub(crate) sample_weights: Vec<Option<Slice<'b>>>,
}

/// What the part of a step that is of no layer is called.
const REST: &str = "loss, metrics, optimizer";

/// What is carried from step to step besides the weights, and storage that is used again.
#[derive(Debug, Default)]
pub(crate) struct Carried {
    /// States of the metrics.
    pub(crate) metrics: Vec<Buffer>,
    /// The total loss and those of the outputs, of the last step.
    pub(crate) losses: Vec<f64>,
    /// If it is wanted, the time that each layer took in the last step.
    pub(crate) times: Option<Vec<(String, Duration)>>,
    spare: Vec<Buffer>,
}

/// The floating-point type that losses and metrics are computed in.
pub(crate) fn output_dtype(network: &Network) -> DType {
    network.outputs.first().map_or(DType::F32, |t| t.dtype())
}

/// The graph of a step while it is built.
struct Builder<'g> {
    graph: &'g Graph,
    given: Vec<Option<Given>>,
    tracer: Tracer<'g>,
    targets: Vec<Value<'g>>,
    sample_weights: Vec<Option<Value<'g>>>,
    outputs: Vec<Traced<'g>>,
    dtype: DType,
}

/// What a step changes.
#[derive(Default)]
struct Changes<'g> {
    variables: Vec<usize>,
    values: Vec<Value<'g>>,
    slots: Vec<SlotInfo>,
    new_slots: Vec<Value<'g>>,
}

impl<'g> Builder<'g> {
    fn new(graph: &'g Graph, network: &Network, step: &StepKey) -> Result<Self> {
        let mut builder = Builder {
            graph,
            given: Vec::new(),
            tracer: Tracer::new(graph),
            targets: Vec::new(),
            sample_weights: Vec::new(),
            outputs: Vec::new(),
            dtype: output_dtype(network),
        };
        let inputs = network.inputs.iter().zip(&step.inputs).enumerate();
        let inputs: Vec<Traced<'g>> =
            inputs.map(|(i, (t, shape))| builder.input(Given::Input(i), t.dtype(), shape).into()).collect();
        for (i, (shape, dtype)) in step.targets.iter().enumerate() {
            let target = builder.input(Given::Target(i), *dtype, shape);
            builder.targets.push(target);
        }
        for (i, shape) in step.sample_weights.iter().enumerate() {
            let weight = shape.as_ref().map(|shape| builder.input(Given::SampleWeight(i), builder.dtype, shape));
            builder.sample_weights.push(weight);
        }
        builder.outputs = builder.tracer.network(network, &inputs, step.training)?;
        graph.set_scope(0);
        for (i, placed) in builder.tracer.variables.values().enumerate() {
            note(&mut builder.given, graph, placed.input, Given::Variable(i));
        }
        Ok(builder)
    }

    fn input(&mut self, given: Given, dtype: DType, shape: &[usize]) -> Value<'g> {
        let value = self.graph.input(dtype, shape);
        note(&mut self.given, self.graph, value, given);
        value
    }

    /// The total loss and that of each output.
    fn losses(&self, losses: &[OutputLoss]) -> (Value<'g>, Vec<Value<'g>>) {
        let value = |OutputLoss { output, loss, .. }: &OutputLoss| {
            let predicted = self.outputs[*output];
            loss.value(self.targets[*output], predicted.value, self.sample_weights[*output], predicted.mask)
                .cast(self.dtype)
        };
        let each: Vec<_> = losses.iter().map(value).collect();
        let weighted = each.iter().zip(losses).map(|(v, l)| l.weight.map_or(*v, |w| *v * w));
        let added = self.tracer.all_losses().into_iter().map(|l| l.cast(self.dtype));
        let total = weighted.chain(added).reduce(|a, b| a + b);
        (total.unwrap_or_else(|| self.graph.full(self.dtype, &[], 0.0)), each)
    }

    /// The metrics' states, and their new values.
    fn metrics(&mut self, metrics: &[OutputMetric]) -> (Vec<MetricStates>, Vec<Value<'g>>) {
        let (mut all, mut new) = (Vec::new(), Vec::new());
        let mut count = 0;
        for OutputMetric { output, metric, weighted, .. } in metrics {
            let (y_true, Traced { value: y_pred, mask }) = (self.targets[*output], self.outputs[*output]);
            let weight = self.sample_weights[*output].filter(|_| *weighted);
            let states = metric.states(&y_true.shape(), &y_pred.shape());
            let mut values = Vec::new();
            for state in &states {
                values.push(self.input(Given::MetricState(count), metric.dtype(), &state.shape));
                count += 1;
            }
            new.extend(metric.update(&values, y_true, y_pred, weight, mask));
            all.push(MetricStates { dtype: metric.dtype(), states });
        }
        (all, new)
    }

    /// New weights and optimizer state.
    fn changes(&mut self, compiled: &Compiled, weights: &[NamedWeight], loss: Value<'g>) -> Changes<'g> {
        let mut changes = Changes::default();
        let trained = self.trained(weights);
        let infos: Vec<_> = trained.iter().map(|(_, info)| info.clone()).collect();
        let values: Vec<_> = trained.iter().map(|(i, _)| self.tracer.variables[*i].input).collect();
        let gradients = self.graph.gradients(compiled.optimizer.scale_loss(loss), &values);
        let rate = self.input(Given::LearningRate, self.dtype, &[]);
        let iteration = self.input(Given::Iteration, DType::I64, &[]);
        changes.slots = with_unique_paths(compiled.optimizer.variables(&infos));
        let mut state = Vec::new();
        for (i, slot) in changes.slots.iter().enumerate() {
            state.push(self.input(Given::Slot(i), slot.dtype, &slot.shape));
        }
        let (new, state) = compiled.optimizer.apply(rate, iteration, &infos, &values, &gradients, &state);
        changes.new_slots = state;
        for ((i, _), new) in trained.iter().zip(new) {
            let constraint = &self.tracer.variables[*i].variable.spec.constraint;
            changes.variables.push(*i);
            changes.values.push(constraint.as_ref().map_or(new, |c| c.apply(new)));
        }
        changes
    }

    /// What the layers themselves leave changed: statistics and states.
    fn updates(&self, changes: &mut Changes<'g>) {
        for (i, placed) in self.tracer.variables.values().enumerate() {
            if !placed.current.same(placed.input) {
                changes.variables.push(i);
                changes.values.push(placed.current);
            }
        }
    }

    /// The trained variables in the order of the model's weights.
    fn trained(&self, weights: &[NamedWeight]) -> Vec<(usize, VariableInfo)> {
        let trained = |weight: &NamedWeight| {
            let (i, _, placed) = self.tracer.variables.get_full(&key(&weight.variable))?;
            let info = VariableInfo { path: weight.path.clone(), shape: weight.shape.clone(), dtype: weight.dtype };
            placed.trained.then_some((i, info))
        };
        weights.iter().filter_map(trained).collect()
    }
}

/// Notes what an input of a graph holds.
fn note(given: &mut Vec<Option<Given>>, graph: &Graph, value: Value<'_>, what: Given) {
    given.resize(graph.inputs(), None);
    if let Some(index) = graph.input_index(value) {
        given[index] = Some(what);
    }
}

impl StepPlan {
    pub(crate) fn new(
        network: &Network,
        weights: &[NamedWeight],
        compiled: &Compiled,
        losses: &[OutputLoss],
        metrics: &[OutputMetric],
        step: &StepKey,
    ) -> Result<Self> {
        let graph = Graph::new();
        let mut builder = Builder::new(&graph, network, step)?;
        let (total, each) = builder.losses(losses);
        let (metric_states, new_states) = builder.metrics(metrics);
        let mut changes = match step.training {
            true => builder.changes(compiled, weights, total),
            false => Changes::default(),
        };
        builder.updates(&mut changes);
        let count = 1 + each.len();
        let all = std::iter::once(total).chain(each).chain(new_states).chain(changes.values).chain(changes.new_slots);
        let plan = graph.plan(&all.collect::<Vec<_>>())?;
        builder.given.resize(graph.inputs(), None);
        Ok(StepPlan {
            plan,
            given: builder.given.iter().map(|g| g.unwrap_or(Given::Seed)).collect(),
            variables: builder.tracer.variables.values().map(|p| p.variable.clone()).collect(),
            changed: changes.variables,
            losses: count,
            slots: changes.slots,
            metric_states,
            dtype: builder.dtype,
            training: step.training,
            scopes: builder.tracer.scopes,
        })
    }

    /// Metric states as they are before the first batch.
    pub(crate) fn initial_metrics(&self) -> Vec<Buffer> {
        let initial = |dtype: DType, s: &State| filled(dtype, s.shape.iter().product(), s.initial);
        self.metric_states.iter().flat_map(|m| m.states.iter().map(move |s| initial(m.dtype, s))).collect()
    }

    /// Number of states of each metric.
    pub(crate) fn metric_state_counts(&self) -> Vec<usize> {
        self.metric_states.iter().map(|m| m.states.len()).collect()
    }

    /// Brings the optimizer's state into the plan's order; slots that are new get their first values.
    pub(crate) fn prepare(&self, compiled: &mut Compiled) {
        if compiled.state.keys().eq(self.slots.iter().map(|s| &s.path)) {
            return;
        }
        let mut old = std::mem::take(&mut compiled.state);
        let value = |slot: &SlotInfo| {
            let len: usize = slot.shape.iter().product();
            let kept = old.swap_remove(&slot.path).filter(|b| (b.dtype(), b.len()) == (slot.dtype, len));
            (slot.path.clone(), kept.unwrap_or_else(|| Arc::new(filled(slot.dtype, len, slot.initial))))
        };
        compiled.state = self.slots.iter().map(value).collect();
    }

    /// Runs the step. Weights, optimizer state and metrics change only if the loss is finite, which is returned.
    pub(crate) fn run(
        &self,
        batch: &Batch<'_>,
        compiled: &mut Compiled,
        seed: u64,
        carried: &mut Carried,
    ) -> Result<bool> {
        let mut weights = Vec::with_capacity(self.variables.len());
        snapshot(&self.variables, &mut weights);
        let seed = [seed as i64, compiled.iterations as i64 + 1];
        let iteration = [compiled.iterations as i64];
        let rate = filled(self.dtype, 1, compiled.current_learning_rate());
        let input = |given: &Given| match given {
            Given::Input(i) => Some(batch.inputs[*i]),
            Given::Target(i) => Some(batch.targets[*i]),
            Given::SampleWeight(i) => batch.sample_weights[*i],
            Given::Variable(i) => weights.get(*i).map(|b| b.as_slice()),
            Given::Slot(i) => compiled.state.get_index(*i).map(|(_, b)| b.as_slice()),
            Given::MetricState(i) => carried.metrics.get(*i).map(Buffer::as_slice),
            Given::LearningRate => Some(rate.as_slice()),
            Given::Iteration => Some(Slice::I64(&iteration)),
            Given::Seed => Some(Slice::I64(&seed)),
        };
        let inputs: Option<Vec<_>> = self.given.iter().map(input).collect();
        let inputs = inputs.ok_or_else(|| Error::new(Problem::data("a step without some of its inputs", "")))?;
        let mut outputs = self.output_buffers(&mut carried.spare);
        let mut slices: Vec<SliceMut<'_>> = outputs.iter_mut().map(Buffer::as_slice_mut).collect();
        match &mut carried.times {
            None => self.plan.run(&inputs, &mut slices)?,
            Some(times) => *times = self.named(self.plan.profile(&inputs, &mut slices)?),
        }
        drop((slices, weights));

        let mut outputs = outputs.into_iter();
        let losses: Vec<_> = outputs.by_ref().take(self.losses).collect();
        carried.losses = losses.iter().flat_map(|l| l.as_slice().to_f64()).collect();
        let finite = carried.losses.iter().all(|l| l.is_finite());
        if finite {
            self.keep(outputs, compiled, carried);
        }
        Ok(finite)
    }

    /// The times of the layers by name; what is of no layer comes last.
    fn named(&self, times: Vec<Duration>) -> Vec<(String, Duration)> {
        let times = times.into_iter().chain(std::iter::repeat(Duration::ZERO));
        let mut named: Vec<_> = self.scopes.iter().cloned().zip(times).collect();
        if let Some((name, _)) = named.first_mut() {
            *name = REST.into();
            named.rotate_left(1);
        }
        named
    }

    /// Puts new metric states, weights and optimizer state in place of the old, whose storage is used again.
    fn keep(&self, mut outputs: impl Iterator<Item = Buffer>, compiled: &mut Compiled, carried: &mut Carried) {
        let metrics = outputs.by_ref().take(self.metric_states.iter().map(|m| m.states.len()).sum()).collect();
        let old_metrics = std::mem::replace(&mut carried.metrics, metrics);
        carried.spare.extend(old_metrics);
        let values: Vec<_> = outputs.by_ref().take(self.changed.len()).map(Arc::new).collect();
        let old = commit(self.changed.iter().map(|i| &self.variables[*i]).zip(values));
        let slots = compiled.state.values_mut().zip(outputs).map(|(slot, new)| std::mem::replace(slot, Arc::new(new)));
        carried.spare.extend(old.into_iter().chain(slots).filter_map(Arc::into_inner));
        compiled.iterations += u64::from(self.training);
    }

    /// Storage for the outputs: what earlier steps left, where it fits.
    fn output_buffers(&self, spare: &mut Vec<Buffer>) -> Vec<Buffer> {
        let buffer = |ty: &argali_engine::TensorType| {
            let fits = spare.iter().position(|b| (b.dtype(), b.len()) == (ty.dtype, ty.len()));
            fits.map_or_else(|| Buffer::zeros(ty.dtype, ty.len()), |i| spare.swap_remove(i))
        };
        self.plan.outputs().iter().map(buffer).collect()
    }
}

/// Sets weights to their averages, if the optimizer keeps some.
pub(crate) fn finalize(compiled: &Compiled, weights: &[NamedWeight]) {
    let trained: Vec<_> = weights.iter().filter(|w| w.trainable).collect();
    let mut values: Vec<_> = trained.iter().filter_map(|w| w.variable.value()).collect();
    let state: Vec<_> = compiled.state.values().cloned().collect();
    if values.len() == trained.len() && state.len() >= values.len() {
        compiled.optimizer.finalize(&mut values, &state);
        commit(trained.iter().map(|w| &w.variable).zip(values));
    }
}

/// Numbers paths that occur more than once, as slots do that are named as their variables.
pub(crate) fn with_unique_paths(mut slots: Vec<SlotInfo>) -> Vec<SlotInfo> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for slot in &mut slots {
        let count = counts.entry(slot.path.clone()).or_default();
        *count += 1;
        if *count > 1 {
            slot.path = format!("{}#{count}", slot.path);
        }
    }
    slots
}

pub(crate) fn filled(dtype: DType, len: usize, value: f64) -> Buffer {
    Buffer::F64(vec![value; len]).cast(dtype)
}
