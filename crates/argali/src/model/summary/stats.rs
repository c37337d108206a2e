//! What a summary shows, and what computing takes, as data.

use crate::instance::{Body, Instance};
use crate::model::trace::Tracer;
use crate::model::weights::named;
use crate::network::{Network, key};
use crate::{Error, Model, Problem, Result, Shape, Tensor};
use argali_engine::Graph;
use std::collections::HashMap;
use std::sync::Arc;

/// A layer of a model in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LayerStats {
    /// Name of the layer.
    pub name: String,
    /// Name of its class, such as `Dense`.
    pub class_name: &'static str,
    /// Shapes of its outputs, as they are when the last call of it in the model is made.
    pub output_shapes: Vec<Shape>,
    /// Number of its weights' elements.
    pub params: usize,
    /// How many of them training changes, as things stand.
    pub trainable_params: usize,
    /// Multiplications with an addition that one sample takes, over all calls of it in the model.
    pub macs: u64,
    /// The layers of a nested model.
    pub layers: Vec<LayerStats>,
}

impl Model {
    /// The layers in numbers, for inputs of the shapes that the model was made for.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let model = Sequential::new().input([8, 3]).dense(4).flatten().dense(2).build()?;
    /// let macs: Vec<_> = model.layer_stats()?.iter().map(|layer| layer.macs).collect();
    /// assert_eq!(macs, [8 * 3 * 4, 0, 32 * 2]);
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Problem::NoInput`] before a model without input shape has seen data, [`Problem::Data`] if an input has an axis
    /// of unknown length besides the batch.
    pub fn layer_stats(&self) -> Result<Vec<LayerStats>> {
        let known = |input: &Tensor| {
            let shape = input.shape()?;
            let sample: Option<Vec<_>> = shape.0.iter().skip(1).copied().collect();
            sample.ok_or_else(|| {
                let message = format!("how much is computed depends on unknown axes of the input of shape {shape}");
                Error::new(Problem::data(message, "give the shapes of samples to `layer_stats_for`"))
            })
        };
        self.layer_stats_for(&self.inputs().iter().map(known).collect::<Result<Vec<_>>>()?)
    }

    /// The layers in numbers, for samples of these shapes, one for every input.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let model = Sequential::new().input([None, Some(3)]).dense(4).build()?;
    /// assert_eq!(model.layer_stats_for(&[vec![10, 3]])?[0].macs, 10 * 3 * 4);
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the model can't take such samples, or has no input shape and has not seen data.
    pub fn layer_stats_for(&self, samples: &[Vec<usize>]) -> Result<Vec<LayerStats>> {
        let network = self.network().ok_or_else(|| Error::new(Problem::NoInput))?;
        let batches = network.inputs.iter().map(|t| t.shape().ok().and_then(|s| s.dim(0)).unwrap_or(1));
        let batches: Vec<_> = batches.chain(std::iter::repeat(1)).take(samples.len()).collect();
        let shape = |(batch, sample): (&usize, &Vec<usize>)| [*batch].iter().chain(sample).copied().collect::<Vec<_>>();
        let shapes: Vec<Vec<usize>> = batches.iter().zip(samples).map(shape).collect();
        network.output_shapes(&shapes.iter().map(|s| s[..].into()).collect::<Vec<_>>())?;
        let macs = macs(network, &shapes)?;
        let per_sample = batches.first().copied().unwrap_or(1).max(1) as u64;
        Ok(super::shown_layers(&self.instance)
            .iter()
            .map(|layer| stats(layer, network, &|l| macs.get(&key(l)).map_or(0, |m| m / per_sample)))
            .collect())
    }
}

/// Multiplications with an addition by layer.
fn macs(network: &Network, shapes: &[Vec<usize>]) -> Result<HashMap<usize, u64>> {
    let graph = Graph::new();
    let inputs: Vec<_> = network.inputs.iter().zip(shapes).map(|(t, s)| graph.input(t.dtype(), s).into()).collect();
    let mut tracer = Tracer::new(&graph);
    tracer.network(network, &inputs, false)?;
    let counts = graph.macs(tracer.scopes.len());
    let mut macs = HashMap::new();
    for (layer, count) in traced(network).into_iter().zip(counts.into_iter().skip(1)) {
        *macs.entry(layer).or_default() += count;
    }
    Ok(macs)
}

/// The layers in the order in which they are traced.
fn traced(network: &Network) -> Vec<usize> {
    let calls = network.calls.iter().filter(|c| !network.inputs.iter().any(|t| Arc::ptr_eq(&t.call, c)));
    let layers = calls.flat_map(|call| match &call.instance.body {
        Body::Layer(_) => vec![key(&call.instance)],
        Body::Network(nested) => nested.network().map(traced).unwrap_or_default(),
    });
    layers.collect()
}

fn stats(layer: &Arc<Instance>, network: &Network, macs: &dyn Fn(&Arc<Instance>) -> u64) -> LayerStats {
    let mut weights = Vec::new();
    named(layer, "", &mut weights);
    let count = |trainable: bool| {
        let counted = weights.iter().filter(|w| w.trainable || !trainable);
        counted.map(|w| w.shape.iter().product::<usize>()).sum()
    };
    let nested = match &layer.body {
        Body::Network(nested) => nested.network(),
        Body::Layer(_) => None,
    };
    let inner = super::shown_layers(layer);
    let layers: Vec<_> = nested.iter().flat_map(|n| inner.iter().map(|l| stats(l, n, macs))).collect();
    LayerStats {
        name: layer.display_name(),
        class_name: layer.class().name,
        output_shapes: output_shapes(layer, Some(network)).unwrap_or_default(),
        params: count(false),
        trainable_params: count(true),
        macs: if nested.is_some() { layers.iter().map(|l| l.macs).sum() } else { macs(layer) },
        layers,
    }
}

/// Shapes of a layer's outputs where it is called last, or for the inputs it was built for.
pub(super) fn output_shapes(layer: &Arc<Instance>, network: Option<&Network>) -> Option<Vec<Shape>> {
    let mut calls = network.iter().flat_map(|n| n.calls.iter().rev());
    if let Some(call) = calls.find(|c| Arc::ptr_eq(&c.instance, layer)) {
        return call.outputs.clone().ok();
    }
    match (&layer.body, layer.built()) {
        (Body::Layer(body), Some(built)) => body.output_shapes(&built.inputs).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn nested_and_shared_layers_count_every_call() {
        let conv = SeparableConv1D::new(8, 3).padding(Same).shared();
        let x = input([32, 6]);
        let encoder = Model::new(&x, x.layer(&conv)).unwrap().named("encoder");
        let (a, b) = (input([32, 6]), input([32, 6]));
        let both = add([a.layer(&encoder), b.layer(&encoder)]).dense(5);
        let model = Model::new([&a, &b], both).unwrap();
        encoder.set_trainable(false);
        let stats = model.layer_stats().unwrap();
        let names: Vec<_> = stats.iter().map(|s| s.class_name).collect();
        assert_eq!(names, ["InputLayer", "InputLayer", "Functional", "Add", "Dense"]);
        let each_call = 32 * 6 * 3 + 32 * 6 * 8;
        assert_eq!((stats[2].macs, stats[2].layers[1].macs), (2 * each_call, 2 * each_call));
        assert_eq!((stats[2].params, stats[2].trainable_params), (6 * 3 + 6 * 8 + 8, 0));
        assert_eq!((stats[4].macs, stats[4].trainable_params), (32 * 8 * 5, 8 * 5 + 5));
        assert_eq!(stats[4].output_shapes[0].to_string(), "(None, 32, 5)");
    }

    #[test]
    fn a_fixed_batch_counts_by_sample() {
        let model = Sequential::new().dense(3).batch_input_shape([7, 4]).build().unwrap();
        assert_eq!(model.layer_stats().unwrap()[0].macs, 12);
    }

    #[test]
    fn unknown_axes_must_be_given() {
        let model = Sequential::new().input([None, Some(4)]).dense(3).build().unwrap();
        let error = model.layer_stats().unwrap_err().to_string();
        assert!(error.contains("(None, None, 4)") && error.contains("layer_stats_for"), "{error}");
        assert!(model.layer_stats_for(&[vec![5, 9]]).is_err());
        assert!(model.layer_stats_for(&[]).is_err());
        assert!(Sequential::new().dense(3).build().unwrap().layer_stats().is_err());
    }
}
