//! The weights of models and layers as arrays.

use super::Model;
use crate::data::Arrays;
use crate::instance::{Body, Instance};
use crate::variable::{Variable, commit, snapshot};
use crate::{Error, Problem, Result, SharedLayer};
use argali_engine::{Buffer, DType};
use ndarray::{ArrayD, IxDyn};
use std::sync::Arc;

/// A weight of a model: where it is, and what it holds.
#[derive(Clone, Debug)]
pub struct NamedWeight {
    /// Names of the layers it is in and its own, joined with `/`, as Keras's `path`.
    pub path: String,
    /// Name within its layer.
    pub name: &'static str,
    /// Whether training may change it, as things stand.
    pub trainable: bool,
    /// Element type.
    pub dtype: DType,
    /// Its shape.
    pub shape: Vec<usize>,
    pub(crate) variable: Arc<Variable>,
}

impl NamedWeight {
    /// Its values; `None` before they are drawn.
    pub fn value(&self) -> Option<ArrayD<f64>> {
        let values = self.variable.value()?.as_slice().to_f64();
        ArrayD::from_shape_vec(IxDyn(&self.shape), values).ok()
    }
}

/// The weights of a layer with their paths, in Keras's order: of each layer the trainable ones first.
pub(crate) fn named(instance: &Instance, prefix: &str, into: &mut Vec<NamedWeight>) {
    let path = format!("{prefix}{}", instance.display_name());
    match &instance.body {
        Body::Network(nested) => nested.layers().iter().for_each(|l| named(l, &format!("{path}/"), into)),
        Body::Layer(_) => {
            let built = instance.built();
            let variables = built.iter().flat_map(|b| &b.variables).filter(|v| !v.spec.is_state);
            let weight = |v: &Arc<Variable>| NamedWeight {
                path: format!("{path}/{}", v.spec.name),
                name: v.spec.name,
                trainable: v.spec.trainable && instance.trainable(),
                dtype: v.dtype,
                shape: v.spec.shape.clone(),
                variable: v.clone(),
            };
            into.extend(
                variables
                    .map(weight)
                    .filter(|w| !into.iter().any(|i| Arc::ptr_eq(&i.variable, &w.variable)))
                    .collect::<Vec<_>>(),
            );
        }
    }
}

impl Model {
    /// All weights, each once, layer by layer.
    ///
    /// Keras: `Model.weights`.
    pub fn weights(&self) -> Vec<NamedWeight> {
        let mut all = Vec::new();
        for layer in self.layers() {
            named(&layer.0, "", &mut all);
        }
        all
    }

    /// The values of all weights, in the order of [`weights`](Self::weights); drawn if they are not yet.
    ///
    /// # Errors
    ///
    /// [`Problem::NoInput`] before a model without input shape has seen data.
    ///
    /// Keras: `Model.get_weights`.
    pub fn get_weights(&self) -> Result<Vec<ArrayD<f64>>> {
        let network = self.network().ok_or_else(|| Error::new(Problem::NoInput))?;
        self.draw(network)?;
        Ok(values(&self.weights()))
    }

    /// Replaces the values of all weights, in the order of [`weights`](Self::weights).
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] that lists every array of another shape; nothing is replaced then.
    ///
    /// Keras: `Model.set_weights`.
    pub fn set_weights(&self, values: &impl Arrays) -> Result<()> {
        replace(&self.weights(), values)
    }
}

impl SharedLayer {
    /// Its weights, none before it has been put on a tensor.
    pub fn weights(&self) -> Vec<NamedWeight> {
        let mut all = Vec::new();
        named(&self.0, "", &mut all);
        all
    }

    /// The values of its weights; missing are those not drawn yet.
    pub fn get_weights(&self) -> Vec<ArrayD<f64>> {
        values(&self.weights())
    }

    /// Replaces the values of its weights.
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] that lists every array of another shape; nothing is replaced then.
    pub fn set_weights(&self, values: &impl Arrays) -> Result<()> {
        replace(&self.weights(), values)
    }
}

fn values(weights: &[NamedWeight]) -> Vec<ArrayD<f64>> {
    let mut buffers = Vec::with_capacity(weights.len());
    snapshot(weights.iter().map(|w| &w.variable), &mut buffers);
    let array =
        |(w, b): (&NamedWeight, &Arc<Buffer>)| ArrayD::from_shape_vec(IxDyn(&w.shape), b.as_slice().to_f64()).ok();
    weights.iter().zip(&buffers).filter_map(array).collect()
}

fn replace(weights: &[NamedWeight], values: &impl Arrays) -> Result<()> {
    let views = values.views();
    if views.len() != weights.len() {
        let message = format!("{} arrays for {} weights", views.len(), weights.len());
        let names: Vec<_> = weights.iter().map(|w| w.path.as_str()).collect();
        return Err(Error::new(Problem::data(message, format!("give one for each of {}", names.join(", ")))));
    }
    let differing: Vec<_> = weights
        .iter()
        .zip(&views)
        .filter(|(w, v)| w.shape != v.shape())
        .map(|(w, v)| format!("`{}` has shape {:?}, found {:?}", w.path, w.shape, v.shape()))
        .collect();
    if !differing.is_empty() {
        return Err(Error::new(Problem::data(differing.join("; "), "give arrays of these shapes")));
    }
    let new = |(w, v): (&NamedWeight, &crate::data::View<'_>)| Arc::new(v.to_buffer().cast(w.dtype));
    let new: Vec<_> = weights.iter().zip(&views).map(new).collect();
    commit(weights.iter().map(|w| &w.variable).zip(new));
    Ok(())
}
