//! What layers take as their activation: a function, or a layer that computes one.

use super::ActivationFunction;
use crate::instance::{Body, Instance};
use crate::layers::{Activation, ELU, Identity, LeakyReLU, ReLU, Rescaling, Softmax, UnitNormalization};
use crate::model::instance_json;
use crate::{Call, Config, Json, Problem, Registry, Shape, SharedLayer, value};
use argali_engine::Value;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::sync::Arc;

/// What a layer does with its outputs: one of Keras's [functions](ActivationFunction), or what one of the layers
/// [`Activation`], [`ReLU`], [`LeakyReLU`], [`ELU`], [`Softmax`], [`Rescaling`], [`UnitNormalization`] and [`Identity`]
/// computes with options of its own.
///
/// ```
/// use argali::prelude::*;
/// let model = Sequential::new().input([8]).dense(4).activation(LeakyReLU::new().negative_slope(0.1)).build()?;
/// let config = &model.to_value()["config"]["layers"][1]["config"];
/// assert_eq!(config["activation"]["class_name"], "LeakyReLU");
///
/// let model = Sequential::new().input([8]).dense(4).activation(Gelu).build()?;
/// assert_eq!(model.to_value()["config"]["layers"][1]["config"]["activation"], "gelu");
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: the argument `activation` of layers.
#[derive(Clone, Debug)]
pub struct AnyActivation(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Function(ActivationFunction),
    Layer(Arc<Instance>),
}

/// How many activations may be in one another.
const MAX_DEPTH: usize = 16;

/// Classes of the layers that can be activations: they have no weights.
pub(super) const LAYERS: [&str; 8] = [
    Activation::<()>::CLASS.name,
    ReLU::<()>::CLASS.name,
    LeakyReLU::<()>::CLASS.name,
    ELU::<()>::CLASS.name,
    Softmax::<()>::CLASS.name,
    Rescaling::<()>::CLASS.name,
    UnitNormalization::<()>::CLASS.name,
    Identity::<()>::CLASS.name,
];

impl From<ActivationFunction> for AnyActivation {
    fn from(function: ActivationFunction) -> Self {
        AnyActivation(Kind::Function(function))
    }
}

macro_rules! from_layers {
    ($($Layer:ident),*) => {
        $(impl From<$Layer> for AnyActivation {
            fn from(layer: $Layer) -> Self {
                AnyActivation(Kind::Layer(SharedLayer::new(layer).0))
            }
        })*
    };
}

from_layers! { Activation, ReLU, LeakyReLU, ELU, Softmax, Rescaling, UnitNormalization, Identity }

impl Default for AnyActivation {
    fn default() -> Self {
        ActivationFunction::Linear.into()
    }
}

impl AnyActivation {
    /// The function, if it is no layer.
    pub fn function(&self) -> Option<ActivationFunction> {
        match self.0 {
            Kind::Function(function) => Some(function),
            Kind::Layer(_) => None,
        }
    }

    /// The layer, if it is one.
    pub(crate) fn layer(&self) -> Option<&Arc<Instance>> {
        match &self.0 {
            Kind::Function(_) => None,
            Kind::Layer(layer) => Some(layer),
        }
    }

    /// Refuses options of a layer out of their range.
    pub(crate) fn validate(&self) -> Result<(), Problem> {
        match self.layer().map(|instance| &instance.body) {
            Some(Body::Layer(layer)) => layer.validate(),
            _ => Ok(()),
        }
    }

    /// Puts it on a graph. Functions and layers along an axis count the axes of `x`.
    pub fn apply<'g>(&self, x: Value<'g>) -> Value<'g> {
        match &self.0 {
            Kind::Function(function) => function.apply(x),
            Kind::Layer(instance) => {
                let Body::Layer(layer) = &instance.body else { return x };
                let call = Call {
                    graph: x.graph(),
                    inputs: &[x],
                    masks: &[None],
                    weights: &[],
                    training: false,
                    trainable: false,
                    dtype: x.dtype(),
                };
                layer.call(&call).first().copied().unwrap_or(x)
            }
        }
    }

    /// The shape of what it makes of a tensor: `Glu` halves the last axis.
    ///
    /// # Errors
    ///
    /// [`Problem::Mismatch`] if `Glu` has an odd number of channels, and the errors of a layer: an option out of its
    /// range, an axis that the tensor does not have.
    pub fn output_shape(&self, shape: Shape) -> Result<Shape, Problem> {
        match &self.0 {
            Kind::Function(function) => function.output_shape(shape),
            Kind::Layer(instance) => {
                let Body::Layer(layer) = &instance.body else { return Ok(shape) };
                self.validate()?;
                let shapes = layer.output_shapes(std::slice::from_ref(&shape))?;
                Ok(shapes.into_iter().next().unwrap_or(shape))
            }
        }
    }

    fn from_json(json: Json) -> Result<Self, Problem> {
        let inside = std::iter::successors(Some(&json), |json| json.pointer("/config/activation"));
        if inside.take(MAX_DEPTH + 1).count() > MAX_DEPTH {
            return Err(Problem::key("activation", format!("is nested more than {MAX_DEPTH} levels deep")));
        }
        match json["class_name"].as_str() {
            Some(class) if LAYERS.contains(&class) => {
                let instance = Registry::default().activation(json)?;
                Ok(AnyActivation(Kind::Layer(instance)))
            }
            _ => ActivationFunction::from_json(&json).map(Self::from),
        }
    }
}

impl fmt::Display for AnyActivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Function(function) => function.fmt(f),
            Kind::Layer(layer) => f.write_str(layer.class().name),
        }
    }
}

impl Serialize for AnyActivation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Kind::Function(function) => function.serialize(serializer),
            Kind::Layer(instance) => value(&instance_json(instance)).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for AnyActivation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_json(Json::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;
    use crate::{ArrayD, Registry, layers};
    use serde_json::json;

    #[test]
    fn layers_compute_what_they_compute_behind_the_layer() {
        let x = ArrayD::from_shape_fn(vec![2, 5, 3], |i| (i[0] * 15 + i[1] * 3 + i[2]) as f32 / 7.0 - 2.0);
        let start = || Sequential::new().seed(3).input([5, 3]);
        for (inside, behind) in [
            (
                start().conv_1d(4, 3).activation(LeakyReLU::new().negative_slope(0.1)).build(),
                start().conv_1d(4, 3).leaky_relu().negative_slope(0.1).build(),
            ),
            (
                start().conv_1d(4, 3).activation(ReLU::new().max_value(0.5)).build(),
                start().conv_1d(4, 3).relu().max_value(0.5).build(),
            ),
            (
                start().dense(4).activation(layers::Softmax::new().axis(1)).build(),
                start().dense(4).softmax().axis(1).build(),
            ),
            (start().dense(4).activation(Activation::new(Glu)).build(), start().dense(4).activation(Glu).build()),
            (
                start().dense(4).activation(Rescaling::new(0.5).offset(1.0)).build(),
                start().dense(4).rescaling(0.5).offset(1.0).build(),
            ),
            (
                start().conv_1d(4, 3).activation(UnitNormalization::new().axis([1, 2])).build(),
                start().conv_1d(4, 3).unit_normalization().axis([1, 2]).build(),
            ),
        ] {
            let (inside, behind) = (inside.unwrap(), behind.unwrap());
            assert_eq!(inside.predict(&x).unwrap(), behind.predict(&x).unwrap());
            assert_eq!(Model::from_json(&inside.to_json()).unwrap().to_value(), inside.to_value());
        }
    }

    #[test]
    fn what_is_wrong_with_a_layer_is_said_at_the_layer_it_is_in() {
        let slope = Sequential::new().input([3]).dense(2).activation(LeakyReLU::new().negative_slope(-1.0)).build();
        let error = slope.unwrap_err().to_string();
        assert!(error.starts_with("`dense` has negative_slope -1"), "{error}");
        let axis = Sequential::new().input([3]).dense(2).activation(layers::Softmax::new().axis(4)).build();
        assert!(axis.unwrap_err().to_string().starts_with("`dense` has axis 4"));

        let mut config = Sequential::new().input([3]).dense(2).build().unwrap().to_value();
        let prelu = json!({ "module": "keras.layers", "class_name": "PReLU", "config": { "name": "p" } });
        config["config"]["layers"][1]["config"]["activation"] = prelu;
        let error = Registry::default().model_from_value(config).unwrap_err().to_string();
        assert!(error.contains("`dense`") && error.contains("`PReLU`"), "{error}");
    }
}
