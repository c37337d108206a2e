//! The chain: layers on nothing, on a [`Sequential`], or on a [`Tensor`], with one vocabulary.

use crate::data::Arrays;
use crate::instance::Instance;
use crate::layer::Layer;
use crate::policy::Policy;
use crate::regularizers::Regularizer;
use crate::shape::IntoDim;
use crate::tensor::Arguments;
use crate::{Dim, Model, Result, Sequential, Shape, SharedLayer, Tensor};
use argali_engine::Buffer;
use std::panic::Location;
use std::sync::Arc;

pub use crate::layers::Compose;

/// What a layer can be put on: a [`Sequential`], a symbolic [`Tensor`], several of them, or nothing, `()`.
pub trait Object: Sized {
    /// The object once the layer is on it; nothing becomes a `Sequential`.
    type Next: Object<Next = Self::Next>;
    #[doc(hidden)]
    fn push(self, instance: Handle) -> Self::Next;
}

/// A layer with an identity, on its way to an object.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Handle(pub(crate) Arc<Instance>);

/// The options that every Keras layer has.
#[derive(Clone, Debug)]
pub(crate) struct Common {
    pub(crate) name: Option<String>,
    pub(crate) trainable: bool,
    pub(crate) policy: Option<Policy>,
    pub(crate) activity_regularizer: Option<Regularizer>,
    pub(crate) weights: Option<Vec<(Vec<usize>, Buffer)>>,
    pub(crate) sample_shape: Option<Vec<Dim>>,
    pub(crate) batch_size: Dim,
    /// Length of the batch that a saved layer was built with.
    pub(crate) built_batch: Dim,
    pub(crate) at: Option<&'static Location<'static>>,
}

impl Common {
    pub(crate) fn at(at: Option<&'static Location<'static>>) -> Self {
        Common {
            name: None,
            trainable: true,
            policy: None,
            activity_regularizer: None,
            weights: None,
            sample_shape: None,
            batch_size: None,
            built_batch: None,
            at,
        }
    }

    /// The shape of the first layer's input, if it is given there.
    pub(crate) fn input_shape(&self) -> Option<Shape> {
        let sample = self.sample_shape.as_ref()?;
        Some(Shape([self.batch_size].into_iter().chain(sample.iter().copied()).collect()))
    }
}

/// The object a layer is put on, with the settings every Keras layer has.
#[derive(Clone, Debug)]
pub struct On<O> {
    object: O,
    pub(crate) common: Common,
}

impl On<()> {
    #[doc(hidden)]
    #[track_caller]
    pub fn nothing() -> Self {
        On { object: (), common: Common::at(Some(Location::caller())) }
    }
}

impl<O> On<O> {
    #[doc(hidden)]
    pub fn with<P>(self, object: P) -> (On<P>, O) {
        (On { object, common: self.common }, self.object)
    }
    #[doc(hidden)]
    pub fn set_name(&mut self, name: String) {
        self.common.name = Some(name);
    }
    #[doc(hidden)]
    pub fn set_trainable(&mut self, trainable: bool) {
        self.common.trainable = trainable;
    }
    #[doc(hidden)]
    pub fn set_policy(&mut self, policy: Policy) {
        self.common.policy = Some(policy);
    }
    #[doc(hidden)]
    pub fn set_activity_regularizer(&mut self, regularizer: Regularizer) {
        self.common.activity_regularizer = Some(regularizer);
    }
    #[doc(hidden)]
    pub fn set_weights(&mut self, weights: &impl Arrays) {
        let owned = |view: crate::data::View<'_>| (view.shape().to_vec(), view.to_buffer());
        self.common.weights = Some(weights.views().into_iter().map(owned).collect());
    }
    #[doc(hidden)]
    pub fn set_input_shape<D: IntoDim>(&mut self, shape: impl IntoIterator<Item = D>) {
        self.common.sample_shape = Some(shape.into_iter().map(IntoDim::into_dim).collect());
    }
    #[doc(hidden)]
    pub fn set_batch_input_shape<D: IntoDim>(&mut self, shape: impl IntoIterator<Item = D>) {
        let mut dims = shape.into_iter().map(IntoDim::into_dim);
        self.common.batch_size = dims.next().flatten();
        self.common.sample_shape = Some(dims.collect());
    }
    #[doc(hidden)]
    pub fn set_batch_size(&mut self, size: usize) {
        self.common.batch_size = Some(size);
    }
}

/// Anything the next layer can be put on: an [`Object`], or a layer still taking options.
#[diagnostic::on_unimplemented(
    message = "no layer can be put on `{Self}`",
    note = "layers go on a `Sequential`, on a layer that is on one, or on a reference to a `Tensor`: `x.dense(3)` \
            borrows `x`"
)]
pub trait Put: Sized {
    /// The object with everything so far on it.
    type Done: Object<Next = Self::Done>;
    /// Ends the options of the layer above, if any.
    fn done(self) -> Self::Done;
}

impl Put for Sequential {
    type Done = Self;
    fn done(self) -> Self {
        self
    }
}

/// By reference, so that one tensor can feed several layers.
impl Put for &Tensor {
    type Done = Tensor;
    fn done(self) -> Tensor {
        self.clone()
    }
}

impl Object for Sequential {
    type Next = Self;
    fn push(mut self, instance: Handle) -> Self {
        self.entries.push(instance.0);
        self
    }
}

impl Object for Tensor {
    type Next = Self;
    fn push(self, instance: Handle) -> Self {
        Tensor::call(instance.0, vec![self])
    }
}

impl Object for () {
    type Next = Sequential;
    fn push(self, instance: Handle) -> Sequential {
        Sequential::new().push(instance)
    }
}

/// Several tensors that one layer takes, such as those that [`add`](crate::layers::add) adds.
#[derive(Clone, Debug)]
pub struct Tensors(pub(crate) Vec<Tensor>);

impl<T: std::borrow::Borrow<Tensor>> FromIterator<T> for Tensors {
    fn from_iter<I: IntoIterator<Item = T>>(tensors: I) -> Self {
        Tensors(tensors.into_iter().map(|t| t.borrow().clone()).collect())
    }
}

impl Object for Tensors {
    type Next = Tensor;
    fn push(self, instance: Handle) -> Tensor {
        Tensor::call_with(instance.0, self.0, Arguments { is_list: true, ..Arguments::default() })
    }
}

#[doc(hidden)]
pub fn put<L: Layer, O: Object>(layer: L, on: On<()>, object: O) -> O::Next {
    object.push(Handle(Instance::layer(layer, on.common)))
}

/// The output of a layer or model on several tensors, such as that of a recurrent layer on its input and the states it
/// starts from.
///
/// ```
/// use argali::prelude::*;
/// let (x, hidden, carry) = (input([10, 16, 3]), input([16, 4]), input([16, 4]));
/// let y = call_on(ConvLSTM1D::new(4, 3).padding(Same), [&x, &hidden, &carry]);
/// assert_eq!(y.shape()?.to_string(), "(None, 16, 4)");
/// # Ok::<(), argali::Error>(())
/// ```
#[track_caller]
pub fn call_on<T: std::borrow::Borrow<Tensor>>(layer: impl IntoLayer, tensors: impl IntoIterator<Item = T>) -> Tensor {
    let handle = layer.into_handle(Location::caller());
    tensors.into_iter().collect::<Tensors>().push(handle)
}

/// What [`Finish::layer`] puts on: a description (each time with weights of its own), a [`SharedLayer`] or a
/// [`Model`] (each time with the same weights).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a layer",
    note = "a description made by `layer!`, a `&SharedLayer` and a `&Model` are"
)]
pub trait IntoLayer {
    #[doc(hidden)]
    fn into_handle(self, at: &'static Location<'static>) -> Handle;
}

/// A description that stands on nothing.
#[doc(hidden)]
pub trait Description: Layer {
    fn into_on(self) -> (Self, On<()>);
}

impl<L: Description> IntoLayer for L {
    fn into_handle(self, at: &'static Location<'static>) -> Handle {
        let (layer, on) = self.into_on();
        Handle(Instance::layer(layer, Common { at: Some(at), ..on.common }))
    }
}

impl IntoLayer for &SharedLayer {
    fn into_handle(self, _: &'static Location<'static>) -> Handle {
        Handle(self.0.clone())
    }
}

impl IntoLayer for SharedLayer {
    fn into_handle(self, _: &'static Location<'static>) -> Handle {
        Handle(self.0)
    }
}

impl IntoLayer for &Model {
    fn into_handle(self, _: &'static Location<'static>) -> Handle {
        Handle(self.instance())
    }
}

impl IntoLayer for Model {
    fn into_handle(self, _: &'static Location<'static>) -> Handle {
        Handle(self.instance())
    }
}

/// Ends of a chain, and layers of your own.
pub trait Finish: Put {
    /// Puts a layer that has no method here: one of your own, a shared one, or a model.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let conv = Conv1D::new(4, 3).padding(Same).shared();
    /// let (left, right) = (input([8, 2]), input([8, 2]));
    /// let both = add([left.layer(&conv), right.layer(&conv)]).tensor();
    /// assert_eq!(both.shape()?.to_string(), "(None, 8, 4)");
    /// # Ok::<(), argali::Error>(())
    /// ```
    #[track_caller]
    fn layer(self, layer: impl IntoLayer) -> Self::Done {
        let handle = layer.into_handle(Location::caller());
        self.done().push(handle)
    }

    /// Checks every shape and returns the model. Weights are drawn when they are first needed.
    ///
    /// Without any input shape the model is built by the first data it sees.
    ///
    /// # Errors
    ///
    /// The first mistake of the chain, with its line.
    fn build(self) -> Result<Model>
    where
        Self: Put<Done = Sequential>,
    {
        Model::sequential(self.done())
    }

    /// The output of the last layer, to branch from or to make a [`Model`] of.
    fn tensor(self) -> Tensor
    where
        Self: Put<Done = Tensor>,
    {
        self.done()
    }

    /// All outputs of the last layer, such as those of a recurrent layer that returns its states.
    fn tensors(self) -> Vec<Tensor>
    where
        Self: Put<Done = Tensor>,
    {
        self.done().siblings()
    }
}

impl<P: Put> Finish for P {}
