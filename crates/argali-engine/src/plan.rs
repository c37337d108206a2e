//! Plans: the order of a graph's operations, and the storage each of them reads and writes.

use crate::buffer::{Buffer, DType, Slice, SliceMut, memory_for};
use crate::graph::{Id, Nodes, Source, copy};
use crate::operation::{Inputs, Io, Operation, Outputs, Place, Taken, TensorType};
use std::mem::take;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The most outputs an operation may have.
pub(crate) const MAX_OUTPUTS: usize = 8;

/// How many times as large as its tensor a slot may be.
const MOST_WASTE: usize = 4;

#[derive(Debug)]
struct Step {
    operation: Arc<dyn Operation>,
    scope: usize,
    inputs: Vec<Place>,
    outputs: Vec<Place>,
    input_types: Vec<TensorType>,
    output_types: Vec<TensorType>,
    in_place: Option<usize>,
    scratch: Option<usize>,
}

/// A graph made ready to run, many times and from many threads at once.
///
/// Working storage comes from a pool of arenas, one for each run under way; once as many exist as there are
/// concurrent runs, a run allocates nothing.
#[derive(Debug)]
pub struct Plan {
    steps: Vec<Step>,
    constants: Vec<Arc<Buffer>>,
    slots: Vec<(DType, usize)>,
    inputs: Vec<Option<TensorType>>,
    outputs: Vec<TensorType>,
    arenas: Mutex<Vec<Vec<Buffer>>>,
}

/// What a run is given does not fit the plan.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct RunError(String);

impl Plan {
    pub(crate) fn new(nodes: &Nodes, outputs: &[Id]) -> Self {
        Planner::new(nodes, outputs).plan()
    }

    /// Types of the graph's inputs.
    pub fn inputs(&self) -> impl Iterator<Item = &TensorType> {
        self.inputs.iter().flatten()
    }

    /// Types of the outputs.
    pub fn outputs(&self) -> &[TensorType] {
        &self.outputs
    }

    /// Number of operations of a run.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether a run does nothing.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Bytes of working storage of one run, without inputs and outputs.
    pub fn arena_bytes(&self) -> usize {
        self.slots.iter().fold(0, |bytes, (dtype, len)| bytes.saturating_add(dtype.size() * len))
    }

    /// Names of the operations, in the order in which they run.
    pub fn operations(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.steps.iter().map(|s| s.operation.name())
    }

    /// Runs the graph: reads `inputs`, which are in the order of [`Graph::input`](crate::Graph::input), and fills
    /// `outputs`, which are in the order of the call that made the plan.
    ///
    /// # Errors
    ///
    /// If an input or output has another element type or number of elements than planned, or the working storage is more
    /// memory than there is; nothing is written then.
    pub fn run(&self, inputs: &[Slice<'_>], outputs: &mut [SliceMut<'_>]) -> Result<(), RunError> {
        self.run_with(inputs, outputs, |step, io| step.operation.run(io))
    }

    /// Runs like [`Plan::run`] and returns the time each scope took; see [`Graph::set_scope`](crate::Graph::set_scope).
    ///
    /// # Errors
    ///
    /// As [`Plan::run`].
    pub fn profile(&self, inputs: &[Slice<'_>], outputs: &mut [SliceMut<'_>]) -> Result<Vec<Duration>, RunError> {
        let scopes = self.steps.iter().map(|s| s.scope + 1).max().unwrap_or(0);
        let mut times = vec![Duration::ZERO; scopes];
        self.run_with(inputs, outputs, |step, io| {
            let start = Instant::now();
            step.operation.run(io);
            times[step.scope] += start.elapsed();
        })?;
        Ok(times)
    }

    fn run_with(
        &self,
        inputs: &[Slice<'_>],
        outputs: &mut [SliceMut<'_>],
        mut run: impl FnMut(&Step, &mut Io<'_, '_>),
    ) -> Result<(), RunError> {
        self.check(inputs, outputs)?;
        let arena = self.arenas.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut slots = arena.map_or_else(|| self.new_arena(), Ok)?;
        for step in &self.steps {
            self.run_step(step, inputs, outputs, &mut slots, &mut run);
        }
        self.arenas.lock().unwrap_or_else(PoisonError::into_inner).push(slots);
        Ok(())
    }

    fn new_arena(&self) -> Result<Vec<Buffer>, RunError> {
        let bytes = self.arena_bytes();
        if !memory_for(bytes) {
            return Err(RunError(format!("{bytes} bytes of working storage are more than there is")));
        }
        Ok(self.slots.iter().map(|(dtype, len)| Buffer::zeros(*dtype, *len)).collect())
    }

    fn run_step<'o>(
        &self,
        step: &Step,
        inputs: &[Slice<'_>],
        outputs: &mut [SliceMut<'o>],
        slots: &mut [Buffer],
        run: &mut impl FnMut(&Step, &mut Io<'_, '_>),
    ) {
        let mut taken: [Taken<'o>; MAX_OUTPUTS] = Default::default();
        for (taken, place) in taken.iter_mut().zip(&step.outputs) {
            match place {
                Place::Slot(i) => *taken = Taken::Slot(take(&mut slots[*i])),
                Place::Output(i) => *taken = Taken::Output(take(&mut outputs[*i])),
                Place::Input(_) | Place::Constant(_) => {}
            }
        }
        let mut scratch = step.scratch.map(|i| take(&mut slots[i])).unwrap_or_default();
        run(
            step,
            &mut Io {
                inputs: Inputs {
                    places: &step.inputs,
                    types: &step.input_types,
                    external: inputs,
                    constants: &self.constants,
                    slots,
                    outputs,
                },
                outputs: Outputs { types: &step.output_types, taken: &mut taken },
                scratch: &mut scratch,
                in_place: step.in_place,
            },
        );
        if let Some(i) = step.scratch {
            slots[i] = scratch;
        }
        for (taken, place) in taken.into_iter().zip(&step.outputs) {
            match (taken, place) {
                (Taken::Slot(buffer), Place::Slot(i)) => slots[*i] = buffer,
                (Taken::Output(slice), Place::Output(i)) => outputs[*i] = slice,
                _ => {}
            }
        }
    }

    fn check(&self, inputs: &[Slice<'_>], outputs: &[SliceMut<'_>]) -> Result<(), RunError> {
        let count = |what, found: usize, expected: usize| match found == expected {
            true => Ok(()),
            false => Err(RunError(format!("{found} {what}s, expected {expected}"))),
        };
        let fits = |what, index, found: (DType, usize), ty: &TensorType| match found == (ty.dtype, ty.len()) {
            true => Ok(()),
            false => Err(RunError(format!("{what} {index} is {} of {} elements, expected {ty}", found.0, found.1))),
        };
        count("input", inputs.len(), self.inputs.len())?;
        count("output", outputs.len(), self.outputs.len())?;
        for (i, (slice, ty)) in inputs.iter().zip(&self.inputs).enumerate() {
            ty.as_ref().map_or(Ok(()), |ty| fits("input", i, (slice.dtype(), slice.len()), ty))?;
        }
        for (i, (slice, ty)) in outputs.iter().zip(&self.outputs).enumerate() {
            fits("output", i, (slice.dtype(), slice.len()), ty)?;
        }
        Ok(())
    }
}

/// Assigns storage: a slot is free again once no later step reads what it holds.
struct Planner<'n> {
    nodes: &'n Nodes,
    outputs: &'n [Id],
    /// The tensor whose storage each tensor is a view of, itself if none.
    roots: Vec<Id>,
    /// Step after which each root is of no use; outputs never are.
    last_use: Vec<usize>,
    places: Vec<Option<Place>>,
    constants: Vec<Arc<Buffer>>,
    slots: Vec<(DType, usize)>,
    free: Vec<usize>,
    steps: Vec<Step>,
}

impl<'n> Planner<'n> {
    fn new(nodes: &'n Nodes, outputs: &'n [Id]) -> Self {
        let mut planner = Planner {
            nodes,
            outputs,
            roots: (0..nodes.tensors.len()).collect(),
            last_use: vec![0; nodes.tensors.len()],
            places: vec![None; nodes.tensors.len()],
            constants: Vec::new(),
            slots: Vec::new(),
            free: Vec::new(),
            steps: Vec::new(),
        };
        planner.find_lifetimes();
        planner.place_given();
        planner
    }

    fn find_lifetimes(&mut self) {
        for (index, node) in self.nodes.nodes.iter().enumerate() {
            if node.operation.is_view() {
                self.roots[node.outputs[0]] = self.roots[node.inputs[0]];
            }
            for input in &node.inputs {
                self.last_use[self.roots[*input]] = index;
            }
        }
        for output in self.outputs {
            self.last_use[self.roots[*output]] = usize::MAX;
        }
    }

    /// Places inputs, constants, and the outputs that can be computed right where they are wanted.
    fn place_given(&mut self) {
        for (id, tensor) in self.nodes.tensors.iter().enumerate() {
            match &tensor.source {
                Source::Input(i) => self.places[id] = Some(Place::Input(*i)),
                Source::Constant(buffer) if self.last_use[id] > 0 || self.is_read(id) => {
                    self.places[id] = Some(Place::Constant(self.constants.len()));
                    self.constants.push(buffer.clone());
                }
                _ => {}
            }
        }
        for (index, output) in self.outputs.iter().enumerate() {
            self.places[self.roots[*output]].get_or_insert(Place::Output(index));
        }
    }

    fn is_read(&self, id: Id) -> bool {
        self.nodes.nodes.first().is_some_and(|n| n.inputs.contains(&id))
    }

    fn plan(mut self) -> Plan {
        for index in 0..self.nodes.nodes.len() {
            self.place_step(index);
        }
        self.copy_outputs();
        let mut inputs = vec![None; self.nodes.inputs];
        for tensor in &self.nodes.tensors {
            if let Source::Input(i) = tensor.source {
                inputs[i] = Some(tensor.ty.clone());
            }
        }
        Plan {
            inputs,
            outputs: self.types(self.outputs),
            steps: self.steps,
            constants: self.constants,
            slots: self.slots,
            arenas: Mutex::default(),
        }
    }

    fn place_step(&mut self, index: usize) {
        let node = &self.nodes.nodes[index];
        if node.operation.is_view() {
            return;
        }
        let (input_types, output_types) = (self.types(&node.inputs), self.types(&node.outputs));
        let in_place = self.in_place(index);
        for (k, output) in node.outputs.iter().enumerate() {
            if self.places[*output].is_none() {
                let taken_over = in_place.filter(|_| k == 0).and_then(|i| self.places[self.roots[node.inputs[i]]]);
                let ty = &self.nodes.tensors[*output].ty;
                self.places[*output] = Some(taken_over.unwrap_or_else(|| Place::Slot(self.slot(ty.dtype, ty.len()))));
            }
        }
        let scratch = match node.operation.scratch(&input_types, &output_types) {
            0 => None,
            len => Some(self.slot(output_types[0].dtype, len)),
        };
        self.free.extend(scratch);
        let places = |ids: &[Id]| ids.iter().filter_map(|i| self.places[self.roots[*i]]).collect();
        self.steps.push(Step {
            operation: node.operation.clone(),
            scope: node.scope,
            inputs: places(&node.inputs),
            outputs: places(&node.outputs),
            input_types,
            output_types,
            in_place,
            scratch,
        });
        self.release(index, in_place);
    }

    /// The input whose slot the first output takes over: one that ends here and is read only once.
    fn in_place(&self, index: usize) -> Option<usize> {
        let node = &self.nodes.nodes[index];
        let output = node.outputs[0];
        let same = |id: Id| {
            let (a, b) = (&self.nodes.tensors[id].ty, &self.nodes.tensors[output].ty);
            a.dtype == b.dtype && a.len() == b.len()
        };
        node.operation.in_place().iter().copied().find(|i| {
            let root = node.inputs.get(*i).map(|id| self.roots[*id]);
            root.is_some_and(|root| {
                matches!(self.places[root], Some(Place::Slot(_)))
                    && self.places[output].is_none()
                    && self.last_use[root] == index
                    && same(node.inputs[*i])
                    && node.inputs.iter().filter(|id| self.roots[**id] == root).count() == 1
            })
        })
    }

    /// Frees the slots of inputs that end at this step and of outputs that nothing reads.
    fn release(&mut self, index: usize, in_place: Option<usize>) {
        let node = &self.nodes.nodes[index];
        let kept = in_place.map(|i| self.roots[node.inputs[i]]);
        let mut ended: Vec<_> = node.inputs.iter().map(|i| self.roots[*i]).filter(|r| Some(*r) != kept).collect();
        ended.extend(&node.outputs);
        ended.sort_unstable();
        ended.dedup();
        for root in ended {
            if let (Some(Place::Slot(slot)), true) = (self.places[root], self.last_use[root] <= index) {
                self.free.push(slot);
            }
        }
    }

    /// A free slot of the type: the smallest that is large enough, else the largest, grown; else a new one.
    ///
    /// Much larger ones are left to tensors and working storage of their size, which would else need another.
    fn slot(&mut self, dtype: DType, len: usize) -> usize {
        let suits = |slot: usize| self.slots[slot].0 == dtype && self.slots[slot].1 / MOST_WASTE <= len;
        let of_type = || self.free.iter().copied().filter(|slot| suits(*slot));
        let large_enough = of_type().filter(|s| self.slots[*s].1 >= len).min_by_key(|s| self.slots[*s].1);
        match large_enough.or_else(|| of_type().max_by_key(|s| self.slots[*s].1)) {
            Some(slot) => {
                self.free.retain(|s| *s != slot);
                self.slots[slot].1 = self.slots[slot].1.max(len);
                slot
            }
            None => {
                self.slots.push((dtype, len));
                self.slots.len() - 1
            }
        }
    }

    /// Outputs whose storage is an input's, a constant's or another output's get a copy of it.
    fn copy_outputs(&mut self) {
        for (index, output) in self.outputs.iter().enumerate() {
            let place = self.places[self.roots[*output]];
            if let (Some(place), false) = (place, place == Some(Place::Output(index))) {
                let ty = self.nodes.tensors[*output].ty.clone();
                self.steps.push(Step {
                    operation: copy(),
                    scope: 0,
                    inputs: vec![place],
                    outputs: vec![Place::Output(index)],
                    input_types: vec![ty.clone()],
                    output_types: vec![ty],
                    in_place: None,
                    scratch: None,
                });
            }
        }
    }

    fn types(&self, ids: &[Id]) -> Vec<TensorType> {
        ids.iter().map(|i| self.nodes.tensors[*i].ty.clone()).collect()
    }
}
