//! Predictions.

use super::Model;
use super::trace::{Traced, Tracer};
use crate::data::{Arrays, View};
use crate::layer::positive;
use crate::network::Network;
use crate::variable::{Variable, commit, snapshot};
use crate::{Error, Problem, Result, Shape};
use argali_engine::{Buffer, DType, Element, Graph, Plan, RunError, Slice, SliceMut, memory_for};
use ndarray::{ArrayD, ArrayViewMutD, IxDyn};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Samples that are computed at a time by default, as in Keras.
pub(crate) const BATCH: usize = 32;

/// What a graph input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    Data(usize),
    Variable(usize),
    Seed,
}

/// A network planned for inputs of one shape.
#[derive(Debug)]
pub(crate) struct Inference {
    plan: Plan,
    variables: Vec<Arc<Variable>>,
    given: Vec<Given>,
    /// The variables that a run leaves changed, such as states of recurrent layers.
    changed: Vec<Arc<Variable>>,
    /// Room for the weights of runs under way.
    snapshots: Mutex<Vec<Vec<Arc<Buffer>>>>,
    /// Names of the layers that operations are counted under.
    scopes: Vec<String>,
}

/// Inputs of a graph that are listed without allocating.
const INPUTS: usize = 512;

/// Outputs that are listed without allocating.
const OUTPUTS: usize = 8;

impl Inference {
    fn new(network: &Network, shapes: &[Vec<usize>]) -> Result<Self> {
        let graph = Graph::new();
        let mut given = vec![None; shapes.len()];
        let inputs: Vec<Traced<'_>> =
            network.inputs.iter().zip(shapes).map(|(t, s)| graph.input(t.dtype(), s).into()).collect();
        for (index, slot) in given.iter_mut().enumerate() {
            *slot = Some(Given::Data(index));
        }
        let mut tracer = Tracer::new(&graph);
        let mut outputs: Vec<_> = tracer.network(network, &inputs, false)?.iter().map(|t| t.value).collect();
        given.resize(graph.inputs(), None);
        for (index, placed) in tracer.variables.values().enumerate() {
            if let Some(input) = graph.input_index(placed.input) {
                given[input] = Some(Given::Variable(index));
            }
        }
        let given = given.into_iter().map(|g| g.unwrap_or(Given::Seed)).collect();
        let variables = tracer.variables.values().map(|p| p.variable.clone()).collect();
        let changed: Vec<_> = tracer.variables.values().filter(|p| !p.current.same(p.input)).collect();
        outputs.extend(changed.iter().map(|p| p.current));
        let changed = changed.iter().map(|p| p.variable.clone()).collect();
        let (plan, scopes) = (graph.plan(&outputs)?, tracer.scopes);
        Ok(Inference { plan, variables, given, changed, snapshots: Mutex::default(), scopes })
    }

    fn run<'d>(
        &self,
        data: impl Fn(usize) -> Option<Slice<'d>>,
        seed: u64,
        outputs: &mut [SliceMut<'_>],
    ) -> Result<()> {
        if self.changed.is_empty() {
            return self.run_planned(data, seed, outputs);
        }
        let mut states: Vec<_> = self.changed.iter().map(|v| Buffer::zeros(v.dtype, v.len())).collect();
        let mut all: Vec<SliceMut<'_>> = Vec::with_capacity(outputs.len() + states.len());
        all.extend(outputs.iter_mut().map(|o| o.first(o.len())));
        all.extend(states.iter_mut().map(Buffer::as_slice_mut));
        self.run_planned(data, seed, &mut all)?;
        drop(all);
        commit(self.changed.iter().zip(states.into_iter().map(Arc::new)));
        Ok(())
    }

    fn run_planned<'d>(
        &self,
        data: impl Fn(usize) -> Option<Slice<'d>>,
        seed: u64,
        outputs: &mut [SliceMut<'_>],
    ) -> Result<()> {
        let pooled = self.snapshots.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut weights = pooled.unwrap_or_default();
        snapshot(&self.variables, &mut weights);
        let result = self.run_on(data, &weights, seed, outputs, |inputs, outputs| self.plan.run(inputs, outputs));
        weights.clear();
        self.snapshots.lock().unwrap_or_else(PoisonError::into_inner).push(weights);
        result
    }

    /// The time that each scope takes in one run, which changes nothing.
    fn profile(&self, data: &[Slice<'_>], seed: u64) -> Result<Vec<Duration>> {
        let mut weights = Vec::new();
        snapshot(&self.variables, &mut weights);
        let mut outputs: Vec<_> = self.plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
        let mut outputs: Vec<_> = outputs.iter_mut().map(Buffer::as_slice_mut).collect();
        let data = |i: usize| data.get(i).copied();
        self.run_on(data, &weights, seed, &mut outputs, |inputs, outputs| self.plan.profile(inputs, outputs))
    }

    fn run_on<'d, T>(
        &self,
        data: impl Fn(usize) -> Option<Slice<'d>>,
        weights: &[Arc<Buffer>],
        seed: u64,
        outputs: &mut [SliceMut<'_>],
        run: impl FnOnce(&[Slice<'_>], &mut [SliceMut<'_>]) -> Result<T, RunError>,
    ) -> Result<T> {
        let seed = [seed as i64, 0];
        let none = Slice::I64(&[]);
        let input = |given: &Given| match given {
            Given::Data(i) => data(*i).unwrap_or(none),
            Given::Variable(i) => weights.get(*i).map_or(none, |b| b.as_slice()),
            Given::Seed => Slice::I64(&seed),
        };
        if self.given.len() > INPUTS {
            return Ok(run(&self.given.iter().map(input).collect::<Vec<_>>(), outputs)?);
        }
        let mut inputs = [none; INPUTS];
        inputs.iter_mut().zip(&self.given).for_each(|(slot, given)| *slot = input(given));
        Ok(run(&inputs[..self.given.len()], outputs)?)
    }
}

impl Model {
    /// The output for a batch of any size, computed 32 samples at a time.
    ///
    /// Inputs are ndarray arrays or views of any element type; several inputs go into a tuple or an array. The first
    /// data builds a model whose input shape is not given.
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] if the arrays do not fit the inputs, or the model has several outputs (then use
    /// [`predict_all`](Self::predict_all)).
    ///
    /// ```
    /// use argali::prelude::*;
    /// let model = Sequential::new().input([3]).dense(2).build()?;
    /// let x = ndarray::Array2::<f32>::zeros((5, 3));
    /// assert_eq!(model.predict(&x)?.shape(), [5, 2]);
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `Model.predict`.
    pub fn predict(&self, inputs: &impl Arrays) -> Result<ArrayD<f32>> {
        self.predict_as(inputs, BATCH)
    }

    /// The output like [`predict`](Self::predict), in elements of a type, computed `batch_size` samples at a time.
    ///
    /// # Errors
    ///
    /// As [`predict`](Self::predict).
    pub fn predict_as<T: Element>(&self, inputs: &impl Arrays, batch_size: usize) -> Result<ArrayD<T>> {
        let mut outputs = self.predict_buffers(&inputs.views(), batch_size)?;
        if outputs.len() != 1 {
            let message = format!("the model has {} outputs, `predict` returns one", outputs.len());
            return Err(Error::new(Problem::data(message, "use `predict_all`")));
        }
        let (shape, buffer) = outputs.remove(0);
        array(shape, buffer)
    }

    /// All outputs, in the order of [`outputs`](Self::outputs).
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] if the arrays do not fit the inputs.
    pub fn predict_all(&self, inputs: &impl Arrays) -> Result<Vec<ArrayD<f32>>> {
        self.predict_all_as(inputs, BATCH)
    }

    /// All outputs like [`predict_all`](Self::predict_all), in elements of a type, computed `batch_size` samples at a
    /// time.
    ///
    /// # Errors
    ///
    /// As [`predict_all`](Self::predict_all).
    pub fn predict_all_as<T: Element>(&self, inputs: &impl Arrays, batch_size: usize) -> Result<Vec<ArrayD<T>>> {
        let outputs = self.predict_buffers(&inputs.views(), batch_size)?;
        outputs.into_iter().map(|(shape, buffer)| array(shape, buffer)).collect()
    }

    /// Writes the outputs for one batch into arrays, computed at once; after the first call on inputs of a shape it
    /// allocates nothing.
    ///
    /// All arrays must be row-major and of the element types of the model's inputs and outputs.
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] if an array does not fit its input or output; nothing is written then.
    ///
    /// ```
    /// use argali::View;
    /// use argali::prelude::*;
    /// use ndarray::Array2;
    /// let model = Sequential::new().input([3]).dense(2).build()?;
    /// let (x, mut y) = (Array2::<f32>::ones((5, 3)), Array2::<f32>::zeros((5, 2)));
    /// model.predict_into(&[View::of(&x)], &mut [y.view_mut().into_dyn()])?;
    /// assert_eq!(y.into_dyn(), model.predict(&x)?);
    /// # Ok::<(), argali::Error>(())
    /// ```
    pub fn predict_into<T: Element>(&self, inputs: &[View<'_>], outputs: &mut [ArrayViewMutD<'_, T>]) -> Result<()>
    where
        for<'s> SliceMut<'s>: From<&'s mut [T]>,
    {
        let network = match self.network() {
            Some(network) => network,
            None => self.network_for(inputs)?,
        };
        let fits = |shapes: &Vec<Vec<usize>>| shapes.iter().map(|s| &s[..]).eq(inputs.iter().map(View::shape));
        let inference = match self.inferences.find(fits) {
            Some(inference) => inference,
            None => self.inference_for(network, inputs)?,
        };
        let types = &inference.plan.outputs()[..network.outputs.len()];
        let wanted = types.iter().map(|t| (t.dtype, &t.shape[..]));
        if !wanted.eq(outputs.iter().map(|o| (T::DTYPE, o.shape()))) {
            let types: Vec<_> = types.iter().map(ToString::to_string).collect();
            return Err(not_fitting("outputs", &types.join(", ")));
        }
        let data = |i: usize| inputs.get(i)?.slice(network.inputs.get(i)?.dtype());
        if (0..inputs.len()).any(|i| data(i).is_none()) {
            return Err(not_fitting("inputs", "row-major arrays of the inputs' element types"));
        }
        let mut slices: [SliceMut<'_>; OUTPUTS] = Default::default();
        let count = outputs.len();
        for (slot, array) in slices.iter_mut().zip(outputs) {
            let Some(slice) = array.as_slice_mut() else { return Err(not_fitting("outputs", "row-major arrays")) };
            *slot = slice.into();
        }
        match slices.get_mut(..count) {
            Some(slices) => inference.run(data, self.seed, slices),
            None => Err(not_fitting("outputs", &format!("at most {OUTPUTS} arrays"))),
        }
    }

    /// The plan for inputs like these, made if it is not kept.
    fn inference_for(&self, network: &Network, inputs: &[View<'_>]) -> Result<Arc<Inference>> {
        check_inputs(network, inputs)?;
        let shapes: Vec<Vec<usize>> = inputs.iter().map(|v| v.shape().to_vec()).collect();
        network.output_shapes(&shapes.iter().map(|s| s[..].into()).collect::<Vec<_>>())?;
        self.draw(network)?;
        self.inferences.get_or_make(shapes.clone(), || Inference::new(network, &shapes))
    }

    /// The time that each layer takes for a batch, computed at once, in the order in which the layers run: the least of
    /// several runs. Layers of nested models are listed one by one, and a layer that is called twice is listed twice.
    ///
    /// Operations that are computed as one, such as a convolution with the normalization and activation behind it, count
    /// for the layer of the first of them.
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] if the arrays do not fit the inputs.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let model = Sequential::new().input([8, 3]).conv_1d(4, 3).flatten().dense(2).build()?;
    /// let times = model.profile(&ndarray::Array3::<f32>::zeros((32, 8, 3)), 5)?;
    /// let names: Vec<_> = times.iter().map(|(layer, _)| layer.as_str()).collect();
    /// assert_eq!(names, ["conv1d", "flatten", "dense"]);
    /// # Ok::<(), argali::Error>(())
    /// ```
    pub fn profile(&self, inputs: &impl Arrays, runs: usize) -> Result<Vec<(String, Duration)>> {
        let views = inputs.views();
        let network = self.network_for(&views)?;
        let inference = self.inference_for(network, &views)?;
        let data: Vec<_> = views.iter().zip(&network.inputs).map(|(v, t)| v.to_buffer().cast(t.dtype())).collect();
        let data: Vec<_> = data.iter().map(Buffer::as_slice).collect();
        let mut least = vec![Duration::MAX; inference.scopes.len()];
        for _ in 0..runs.max(1) {
            let times = inference.profile(&data, self.seed)?;
            let times = times.into_iter().chain(std::iter::repeat(Duration::ZERO));
            least.iter_mut().zip(times).for_each(|(least, time)| *least = time.min(*least));
        }
        Ok(inference.scopes.iter().cloned().zip(least).skip(1).collect())
    }

    pub(crate) fn predict_buffers(&self, views: &[View<'_>], batch_size: usize) -> Result<Vec<(Vec<usize>, Buffer)>> {
        positive("batch_size", &[batch_size]).map_err(|p| Error::new(p).at_layer("predict"))?;
        let network = self.network_for(views)?;
        let samples = check_inputs(network, views)?;
        let fixed = fixed_batch(network);
        let batch_size = fixed.unwrap_or(batch_size).max(1);
        let shapes = |n: usize| -> Vec<Vec<usize>> {
            let with = |v: &View<'_>| [n].into_iter().chain(v.shape().iter().skip(1).copied()).collect();
            views.iter().map(with).collect()
        };
        let inferred = shapes(fixed.unwrap_or(samples));
        let inferred = network.output_shapes(&inferred.iter().map(|s| s[..].into()).collect::<Vec<_>>())?;
        let mut outputs: Vec<_> = Vec::new();
        for (tensor, shape) in network.outputs.iter().zip(inferred) {
            let mut shape = shape.known().ok_or_else(|| unknown_output(&shape))?;
            if let (Some(_), Some(first)) = (fixed, shape.first_mut()) {
                *first = samples;
            }
            outputs.push((shape.clone(), new_output(tensor.dtype(), &shape)?));
        }
        if samples == 0 {
            return Ok(outputs);
        }
        self.draw(network)?;
        for start in (0..samples).step_by(batch_size) {
            let end = samples.min(start + batch_size);
            let shapes = shapes(end - start);
            let inference = self.inferences.get_or_make(shapes.clone(), || Inference::new(network, &shapes))?;
            let rows: Vec<_> = views.iter().map(|v| v.rows(start, end)).collect();
            let dtypes = || network.inputs.iter().map(|t| t.dtype());
            let copies: Vec<_> = rows.iter().zip(dtypes()).map(|(v, d)| copy_if_needed(v, d)).collect();
            let data: Option<Vec<_>> =
                rows.iter().zip(dtypes()).zip(&copies).map(|((v, d), c)| pick(v, d, c)).collect();
            let mut parts: Vec<_> = outputs
                .iter_mut()
                .map(|(shape, buffer)| {
                    let per_sample = buffer.len() / shape[0].max(1);
                    buffer.range_mut(start * per_sample, end * per_sample)
                })
                .collect();
            let data = data.unwrap_or_default();
            inference.run(|i| data.get(i).copied(), self.seed, &mut parts)?;
        }
        Ok(outputs)
    }
}

fn not_fitting(what: &str, expected: &str) -> Error {
    Error::new(Problem::data(format!("the {what} do not fit the model, expected {expected}"), "see `Model::predict`"))
}

fn new_output(dtype: DType, shape: &[usize]) -> Result<Buffer> {
    let len = shape.iter().try_fold(1usize, |len, length| len.checked_mul(*length));
    let len = len.filter(|len| memory_for(len.saturating_mul(dtype.size())));
    let message = || format!("the output's shape {shape:?} is more than there is memory for");
    let len = len.ok_or_else(|| Error::new(Problem::data(message(), "predict fewer or smaller samples at a time")))?;
    Ok(Buffer::zeros(dtype, len))
}

fn unknown_output(shape: &Shape) -> Error {
    Error::new(Problem::mismatch(format!("the output's shape {shape} is not known from the input's"), ""))
}

/// A converted copy where an array can't be read as it is.
fn copy_if_needed(view: &View<'_>, dtype: DType) -> Option<Buffer> {
    view.slice(dtype).is_none().then(|| view.to_buffer().cast(dtype))
}

fn pick<'v>(view: &'v View<'_>, dtype: DType, copy: &'v Option<Buffer>) -> Option<Slice<'v>> {
    copy.as_ref().map(Buffer::as_slice).or_else(|| view.slice(dtype))
}

fn array<T: Element>(shape: Vec<usize>, buffer: Buffer) -> Result<ArrayD<T>> {
    let elements = T::vec(buffer.cast(T::DTYPE)).unwrap_or_default();
    let message = |e: ndarray::ShapeError| Error::new(Problem::data(e.to_string(), ""));
    ArrayD::from_shape_vec(IxDyn(&shape), elements).map_err(message)
}

/// The only batch size that the network takes: that of its inputs if a layer keeps states for it. Other layers take any,
/// as in Keras, whatever batch size the inputs have.
pub(crate) fn fixed_batch(network: &Network) -> Option<usize> {
    let size = network.inputs.iter().find_map(|t| t.shape().ok()?.dim(0));
    size.filter(|_| network.keeps_states())
}

/// Checks arrays against the inputs of a network and returns the number of samples.
pub(crate) fn check_inputs(network: &Network, views: &[View<'_>]) -> Result<usize> {
    let problem = |message: String, help: &str| Err(Error::new(Problem::data(message, help)));
    if views.len() != network.inputs.len() {
        let names: Vec<_> = network.inputs.iter().map(|t| t.call.instance.display_name()).collect();
        let message = format!("{} input array(s) given, the model takes {}", views.len(), network.inputs.len());
        return problem(message, &format!("give one array for each of {}", names.join(", ")));
    }
    for (tensor, view) in network.inputs.iter().zip(views) {
        let expected = tensor.shape()?;
        let samples = Shape([None].into_iter().chain(expected.0.iter().skip(1).copied()).collect());
        if !samples.accepts(view.shape()) {
            let name = tensor.call.instance.display_name();
            let found = Shape::from(view.shape());
            let help = if view.shape().len() + 1 == expected.rank() {
                "the first axis counts the samples, also if there is one: `.insert_axis(ndarray::Axis(0))` adds it"
            } else {
                "reshape the array, or build the model for this shape"
            };
            return problem(format!("input `{name}` has shape {found}, expected {expected}"), help);
        }
    }
    let samples = views.first().map_or(0, View::samples);
    if let Some(view) = views.iter().find(|v| v.samples() != samples) {
        return problem(format!("inputs have {samples} and {} samples", view.samples()), "give as many of each");
    }
    if let Some(fixed) = fixed_batch(network).filter(|n| !samples.is_multiple_of(*n)) {
        let message = format!("{samples} samples for a model with batches of {fixed}");
        return problem(message, "give a multiple of the batch size that its stateful layers have states for");
    }
    Ok(samples)
}
