//! The whole step of an optimizer over all variables.

use super::pass::{Decay, pass};
use super::{AnyOptimizer, Naming, Slot, SlotInfo, Step, VariableInfo};
use argali_engine::{DType, OperationError, Value};

/// Where the tensors of the state are, by variable.
struct Layout {
    infos: Vec<SlotInfo>,
    /// Accumulated gradient of each variable.
    accumulators: Vec<usize>,
    /// Slots of each variable.
    slots: Vec<Vec<usize>>,
    shared: Vec<usize>,
}

impl AnyOptimizer {
    /// The tensors of the optimizer's state in Keras's order, without iteration and learning rate: averages of the
    /// weights, accumulated gradients, and the slots.
    pub fn variables(&self, trainable: &[VariableInfo]) -> Vec<SlotInfo> {
        self.layout(trainable).infos
    }

    fn layout(&self, trainable: &[VariableInfo]) -> Layout {
        let common = self.common();
        let mut infos = Vec::new();
        let mut add = |info: SlotInfo| {
            infos.push(info);
            infos.len() - 1
        };
        if common.use_ema {
            for variable in trainable {
                add(self.slot_of(variable, &Slot::new("average")));
            }
        }
        let accumulators = match common.accumulation() {
            Some(_) => trainable.iter().map(|v| add(self.slot_of(v, &Slot::new("gradient_accumulator")))).collect(),
            None => Vec::new(),
        };
        let rounds: Vec<_> = trainable.iter().map(|v| self.0.slots(v)).collect();
        let mut slots = vec![Vec::new(); trainable.len()];
        for round in 0..rounds.iter().map(Vec::len).max().unwrap_or(0) {
            for ((variable, rounds), slots) in trainable.iter().zip(&rounds).zip(&mut slots) {
                let round = rounds.get(round).into_iter().flatten();
                slots.extend(round.map(|slot| add(self.slot_of(variable, slot))));
            }
        }
        let dtype = trainable.first().map_or(DType::F32, |v| v.dtype);
        let shared = self.0.shared_slots().into_iter().map(|slot| add(shared_slot(&slot, dtype))).collect();
        Layout { infos, accumulators, slots, shared }
    }

    fn slot_of(&self, variable: &VariableInfo, slot: &Slot) -> SlotInfo {
        let name = match slot.naming {
            Naming::AfterVariable => format!("{}_{}", variable.path.replace('/', "_"), slot.name),
            Naming::AsVariable | Naming::Placeholder => variable.name().to_owned(),
        };
        let (path, dtype) = match slot.naming {
            Naming::Placeholder => (name.clone(), DType::I64),
            _ => (format!("{}/{name}", self.name()), variable.dtype),
        };
        let shape = slot.shape.clone().unwrap_or_else(|| variable.shape.clone());
        SlotInfo { path, name, shape, dtype, initial: slot.initial }
    }

    /// One step over all variables: unscaling, accumulation, clipping, weight decay, update and averages, as operations
    /// of a graph. Returns the new variables and the new state.
    ///
    /// `learning_rate` is a scalar, `iteration` the number of steps before this one, an integer scalar, and `state` has
    /// the tensors of [`variables`](AnyOptimizer::variables). Variables without a gradient stay as they are. Constraints
    /// are applied to what is returned.
    ///
    /// Lists of other lengths are kept as the graph's error.
    ///
    /// Keras: `Optimizer.apply`.
    pub fn apply<'g>(
        &self,
        learning_rate: Value<'g>,
        iteration: Value<'g>,
        trainable: &[VariableInfo],
        variables: &[Value<'g>],
        gradients: &[Option<Value<'g>>],
        state: &[Value<'g>],
    ) -> (Vec<Value<'g>>, Vec<Value<'g>>) {
        let layout = self.layout(trainable);
        let (count, expected) = (trainable.len(), layout.infos.len());
        let (mut variables, mut state) = (variables.to_vec(), state.to_vec());
        if (variables.len(), gradients.len(), state.len()) != (count, count, expected) {
            let message = format!(
                "takes {count} variables, as many gradients and {expected} tensors of state, found {}, {} and {}",
                variables.len(),
                gradients.len(),
                state.len()
            );
            iteration.graph().fail(OperationError { operation: "optimizer", message });
        } else if gradients.iter().any(Option::is_some) {
            let clock = Clock::new(iteration, self.common().accumulation());
            let gradients = self.prepare(&clock, &layout, gradients, &mut state);
            let step = Update { optimizer: self, clock: &clock, learning_rate, layout: &layout, trainable };
            step.run(&mut variables, &gradients, &mut state);
            self.average(&clock, &mut variables, &mut state);
        }
        (variables, state)
    }

    /// The gradients that the update takes: unscaled, accumulated and clipped.
    fn prepare<'g>(
        &self,
        clock: &Clock<'g>,
        layout: &Layout,
        gradients: &[Option<Value<'g>>],
        state: &mut [Value<'g>],
    ) -> Vec<Option<Value<'g>>> {
        let scale = self.common().loss_scale_factor;
        let unscaled = gradients.iter().map(|g| g.map(|g| scale.map_or(g, |scale| g / scale.get())));
        let mut gradients: Vec<_> = unscaled.collect();
        if let Some((due, steps)) = clock.due {
            for (gradient, index) in gradients.iter_mut().zip(&layout.accumulators) {
                if let Some(gradient) = gradient {
                    let sum = *gradient + state[*index];
                    state[*index] = due.select(sum.zeros_like(), sum);
                    *gradient = sum / steps as f64;
                }
            }
        }
        self.clip(gradients)
    }

    fn clip<'g>(&self, gradients: Vec<Option<Value<'g>>>) -> Vec<Option<Value<'g>>> {
        let common = self.common();
        let above_zero = |bound: Option<crate::Number>| bound.map(|b| b.get()).filter(|b| *b > 0.0);
        let each = |f: &dyn Fn(Value<'g>) -> Value<'g>| gradients.iter().map(|g| g.map(f)).collect();
        if let Some(bound) = above_zero(common.clipnorm) {
            return each(&|g| g * bound / g.square().sum_all().sqrt().at_least(bound));
        }
        if let Some(bound) = above_zero(common.global_clipnorm) {
            let squares = gradients.iter().flatten().map(|g| g.square().sum_all());
            let dtype = gradients.iter().flatten().next().map_or(DType::F32, Value::dtype);
            let Some(sum) = squares.map(|s| s.cast(dtype)).reduce(|a, b| a + b) else { return gradients };
            let norm = sum.sqrt();
            let nan_if_infinite = norm * 0.0;
            let scale = norm.recip().at_most(1.0 / bound) * bound + nan_if_infinite;
            return each(&|g| g * scale.cast(g.dtype()));
        }
        match above_zero(common.clipvalue) {
            Some(bound) => each(&|g| g.clamp(-bound, bound)),
            None => gradients,
        }
    }

    /// Updates the moving averages of the weights, and sets the weights to them when it is time.
    fn average<'g>(&self, clock: &Clock<'g>, variables: &mut [Value<'g>], state: &mut [Value<'g>]) {
        let common = self.common();
        if !common.use_ema {
            return;
        }
        let kept = clock.updates.greater(clock.number(0.0)) * common.ema_momentum.get();
        let overwrite = common.ema_overwrite_frequency.map(|steps| clock.is_multiple(clock.updates + 1.0, steps));
        for (variable, average) in variables.iter_mut().zip(state) {
            let kept = kept.cast(variable.dtype());
            *average = kept * *average + (1.0 - kept) * *variable;
            if let Some(overwrite) = overwrite {
                *variable = overwrite.select(*average, *variable);
            }
        }
    }

    /// Sets variables to their moving averages at the end of training, if the optimizer keeps some.
    ///
    /// `state` has the tensors of [`variables`](AnyOptimizer::variables).
    ///
    /// Keras: `Optimizer.finalize_variable_values`.
    pub fn finalize<T: Clone>(&self, variables: &mut [T], state: &[T]) {
        if self.common().use_ema {
            variables.iter_mut().zip(state).for_each(|(variable, average)| variable.clone_from(average));
        }
    }
}

fn shared_slot(slot: &Slot, dtype: DType) -> SlotInfo {
    let (name, shape) = (slot.name.to_owned(), slot.shape.clone().unwrap_or_default());
    SlotInfo { path: name.clone(), name, shape, dtype, initial: slot.initial }
}

/// Scalars of `float64` that tell which step it is.
struct Clock<'g> {
    /// Number of updates before this step.
    updates: Value<'g>,
    /// With accumulation: whether this step updates, and of how many steps one does.
    due: Option<(Value<'g>, u64)>,
}

impl<'g> Clock<'g> {
    fn new(iteration: Value<'g>, accumulation: Option<u64>) -> Self {
        let mut clock = Clock { updates: iteration.cast(DType::F64), due: None };
        if let Some(steps) = accumulation {
            clock.due = Some((clock.is_multiple(clock.updates + 1.0, steps), steps));
            clock.updates = (clock.updates / clock.number(steps as f64)).floor();
        }
        clock
    }

    fn number(&self, value: f64) -> Value<'g> {
        self.updates.graph().full(DType::F64, &[], value)
    }

    /// 1 if a whole number is a multiple of another, else 0.
    fn is_multiple(&self, number: Value<'g>, of: u64) -> Value<'g> {
        let of = self.number(of as f64);
        number.equal((number / of).floor() * of)
    }
}

/// The update of all variables in one step.
struct Update<'a, 'g> {
    optimizer: &'a AnyOptimizer,
    clock: &'a Clock<'g>,
    learning_rate: Value<'g>,
    layout: &'a Layout,
    trainable: &'a [VariableInfo],
}

impl<'g> Update<'_, 'g> {
    fn run(&self, variables: &mut [Value<'g>], gradients: &[Option<Value<'g>>], state: &mut [Value<'g>]) {
        let old: Vec<_> = self.layout.shared.iter().map(|index| state[*index]).collect();
        let mut shared = Vec::new();
        if let (Some(first), false) = (self.trainable.first(), old.is_empty()) {
            shared = self.optimizer.0.update_shared(&self.step(first, &old));
            self.store(&self.layout.shared, &shared, state);
        }
        for (index, variable) in variables.iter_mut().enumerate() {
            if let Some(gradient) = gradients[index] {
                let slots: Vec<_> = self.layout.slots[index].iter().map(|slot| state[*slot]).collect();
                let step = self.step(&self.trainable[index], &shared);
                let decayed = self.decay(&step, *variable);
                let (new, slots) = self.optimizer.0.update(&step, decayed, gradient, &slots);
                self.store(&self.layout.slots[index], &slots, state);
                *variable = self.if_due(new, *variable);
            }
        }
    }

    fn step<'s>(&self, variable: &'s VariableInfo, shared: &'s [Value<'g>]) -> Step<'s, 'g> {
        Step {
            learning_rate: self.learning_rate.cast(variable.dtype),
            iteration: self.clock.updates.cast(variable.dtype),
            shared,
            variable,
        }
    }

    fn decay(&self, step: &Step<'_, 'g>, variable: Value<'g>) -> Value<'g> {
        let common = self.optimizer.common();
        let excluded = common.exclude_from_weight_decay.iter().any(|part| step.variable.name().contains(part));
        match self.optimizer.0.weight_decay_of(step.variable) {
            Some(decay) if !excluded => pass(Decay(decay.get()), step, variable, variable, &[]).0,
            _ => variable,
        }
    }

    fn store(&self, places: &[usize], new: &[Value<'g>], state: &mut [Value<'g>]) {
        for (index, new) in places.iter().zip(new) {
            state[*index] = self.if_due(*new, state[*index]);
        }
    }

    /// The new value, unless gradients are still being accumulated.
    fn if_due(&self, new: Value<'g>, old: Value<'g>) -> Value<'g> {
        self.clock.due.map_or(new, |(due, _)| due.select(new, old))
    }
}
