//! A layer with an identity, outside of any model.

use crate::chain::Description;
use crate::data::Arrays;
use crate::instance::Instance;
use crate::layers::InputLayer;
use crate::model::instance_json;
use crate::{Json, Model, Result};
use ndarray::ArrayD;
use std::sync::Arc;

/// A layer with one set of weights, wherever it is put.
///
/// Made by `shared` of any layer, or by [`Model::get_layer`]. Clones are the same layer.
///
/// ```
/// use argali::prelude::*;
/// let dense = Dense::new(4).shared();
/// let x = ndarray::Array2::<f32>::ones((2, 3));
/// assert_eq!(dense.apply(&x)?, dense.apply(&x)?);
/// # Ok::<(), argali::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SharedLayer(pub(crate) Arc<Instance>);

impl SharedLayer {
    #[doc(hidden)]
    pub fn new(layer: impl Description) -> Self {
        let (layer, on) = layer.into_on();
        SharedLayer(Instance::layer(layer, on.common))
    }

    /// Its name: given, or received when it entered its first model.
    pub fn name(&self) -> String {
        self.0.display_name()
    }

    /// Name of its class, such as `Dense`.
    pub fn class_name(&self) -> &'static str {
        self.0.class().name
    }

    /// Its options as Keras's config, with its name.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let model = Sequential::new().input([8]).dense(4).activation(Relu).build()?;
    /// assert_eq!(model.get_layer("dense")?.get_config()["activation"], "relu");
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `Layer.get_config`.
    pub fn get_config(&self) -> Json {
        instance_json(&self.0)["config"].take()
    }

    /// Number of its weights' elements, 0 before it has been put on a tensor.
    ///
    /// Keras: `Layer.count_params`.
    pub fn count_params(&self) -> usize {
        self.0.count_params()
    }

    /// Whether training changes its weights.
    pub fn is_trainable(&self) -> bool {
        self.0.trainable()
    }

    /// Sets whether training changes its weights, in every model it is part of.
    pub fn set_trainable(&self, trainable: bool) {
        self.0.set_trainable(trainable);
    }

    /// Makes the states of a stateful layer zero again.
    ///
    /// Keras: `Layer.reset_state`; R: `reset_state()`.
    pub fn reset_states(&self) {
        self.0.reset_states();
    }

    /// The output on an actual array, in inference mode; of several outputs the first. Weights are drawn at the first
    /// call and kept.
    ///
    /// # Errors
    ///
    /// If the layer can't take inputs of these shapes.
    pub fn apply(&self, input: &impl Arrays) -> Result<ArrayD<f32>> {
        self.on_arrays(input)?.predict(input)
    }

    /// A model of only this layer for inputs like these.
    fn on_arrays(&self, input: &impl Arrays) -> Result<Model> {
        let tensor = |v: crate::data::View<'_>| {
            InputLayer::new(v.shape().iter().skip(1).copied()).element(v.dtype(), self.0.policy()).tensor()
        };
        let inputs: Vec<_> = input.views().into_iter().map(tensor).collect();
        let output = crate::Tensor::call(self.0.clone(), inputs.clone());
        Model::new(&inputs, output)
    }
}
