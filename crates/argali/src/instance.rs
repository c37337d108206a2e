//! Layers with an identity and one set of weights.

use crate::chain::Common;
use crate::config::Class;
use crate::layer::{AnyLayer, Layer};
use crate::network::{Kind, Network};
use crate::operations::Operation;
use crate::policy::Policy;
use crate::variable::{Variable, commit};
use crate::{Error, Problem, Result, Sequential, Shape, settings};
use argali_engine::{Buffer, DType};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// A layer, or a model used as one, with its name, weights and whether they may be trained.
pub(crate) struct Instance {
    pub(crate) body: Body,
    pub(crate) common: Common,
    name: OnceLock<String>,
    trainable: AtomicBool,
    built: RwLock<Option<Arc<Built>>>,
}

impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.class().name, self.display_name())
    }
}

pub(crate) enum Body {
    Layer(Arc<dyn AnyLayer>),
    Network(Nested),
}

/// A model: its layers, and the network they form once the shape of the input is known.
#[derive(Debug)]
pub(crate) struct Nested {
    pub(crate) entries: Vec<Arc<Instance>>,
    network: OnceLock<Box<Network>>,
}

impl Nested {
    pub(crate) fn of(network: Network) -> Self {
        Nested { entries: Vec::new(), network: OnceLock::from(Box::new(network)) }
    }

    pub(crate) fn deferred(entries: Vec<Arc<Instance>>) -> Self {
        Nested { entries, network: OnceLock::new() }
    }

    pub(crate) fn network(&self) -> Option<&Network> {
        self.network.get().map(Box::as_ref)
    }

    /// The network, formed for data of this shape if it has not been formed before.
    pub(crate) fn network_for(&self, shape: Shape, dtype: DType) -> Result<&Network> {
        if let Some(network) = self.network() {
            return Ok(network);
        }
        let network = Sequential::network_for(shape, dtype, &self.entries)?;
        Ok(self.network.get_or_init(|| Box::new(network)))
    }

    pub(crate) fn layers(&self) -> &[Arc<Instance>] {
        self.network().map_or(&self.entries, |n| &n.layers)
    }

    fn fork(&self) -> Result<Self> {
        let entries = self.entries.iter().map(|e| e.fork()).collect::<Result<_>>()?;
        match self.network() {
            Some(network) => Ok(Nested::of(network.fork()?)),
            None => Ok(Nested::deferred(entries)),
        }
    }
}

/// What the first input settles.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) inputs: Vec<Shape>,
    pub(crate) variables: Vec<Arc<Variable>>,
}

impl Instance {
    pub(crate) fn layer(layer: impl Layer, common: Common) -> Arc<Self> {
        Self::new(Body::Layer(Arc::new(layer)), common)
    }

    pub(crate) fn new(body: Body, common: Common) -> Arc<Self> {
        let name = common.name.clone().map(OnceLock::from).unwrap_or_default();
        let trainable = AtomicBool::new(common.trainable);
        let instance = Instance { body, common, name, trainable, built: RwLock::default() };
        if !instance.trainable() {
            instance.set_trainable(false);
        }
        Arc::new(instance)
    }

    /// An instance of its own with the same description and, if they are drawn, the same weights.
    pub(crate) fn fork(&self) -> Result<Arc<Self>> {
        let body = match &self.body {
            Body::Layer(layer) => Body::Layer(layer.clone()),
            Body::Network(nested) => Body::Network(nested.fork()?),
        };
        let fork = |built: Arc<Built>| {
            let variables = built.variables.iter().map(|v| Arc::new(v.fork())).collect();
            Arc::new(Built { inputs: built.inputs.clone(), variables })
        };
        Ok(Arc::new(Instance {
            body,
            common: self.common.clone(),
            name: self.name.clone(),
            trainable: AtomicBool::new(self.trainable()),
            built: RwLock::new(self.built().map(fork)),
        }))
    }

    /// The operation it is, if it is no layer.
    pub(crate) fn operation(&self) -> Option<&Operation> {
        match &self.body {
            Body::Layer(layer) => (&**layer as &dyn std::any::Any).downcast_ref(),
            Body::Network(_) => None,
        }
    }

    /// Whether it is an operation, such as `&x + 1.0`, and no layer.
    pub(crate) fn is_operation(&self) -> bool {
        self.operation().is_some()
    }

    pub(crate) fn class(&self) -> Class {
        match &self.body {
            Body::Layer(layer) => layer.class(),
            Body::Network(nested) => nested.network().map_or(Kind::Sequential, |n| n.kind).class(),
        }
    }

    /// Its name: given, or received when it entered its first model.
    pub(crate) fn name(&self) -> Option<&str> {
        self.name.get().map(String::as_str)
    }

    /// Gives the name, unless it has one.
    pub(crate) fn name_or(&self, make: impl FnOnce() -> String) -> &str {
        self.name.get_or_init(make)
    }

    /// Its name, or what it would be called without company.
    pub(crate) fn display_name(&self) -> String {
        self.name().map_or_else(|| snake_case(self.class().name), str::to_owned)
    }

    pub(crate) fn trainable(&self) -> bool {
        self.trainable.load(Ordering::Relaxed)
    }

    /// Sets whether it may be trained; a model passes it on to its layers.
    pub(crate) fn set_trainable(&self, trainable: bool) {
        self.trainable.store(trainable, Ordering::Relaxed);
        if let Body::Network(nested) = &self.body {
            nested.layers().iter().for_each(|l| l.set_trainable(trainable));
        }
    }

    pub(crate) fn policy(&self) -> Policy {
        self.common.policy.unwrap_or_else(|| settings::current().floatx)
    }

    pub(crate) fn built(&self) -> Option<Arc<Built>> {
        self.built.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Its own variables and, of a model, those of its layers, each once.
    pub(crate) fn variables(&self) -> Vec<Arc<Variable>> {
        match &self.body {
            Body::Layer(_) => self.built().map(|b| b.variables.clone()).unwrap_or_default(),
            Body::Network(nested) => {
                let mut all: Vec<Arc<Variable>> = Vec::new();
                for variable in nested.layers().iter().flat_map(|l| l.variables()) {
                    if !all.iter().any(|v| Arc::ptr_eq(v, &variable)) {
                        all.push(variable);
                    }
                }
                all
            }
        }
    }

    /// Number of the weights' elements, without states.
    pub(crate) fn count_params(&self) -> usize {
        self.variables().iter().filter(|v| !v.spec.is_state).map(|v| v.len()).sum()
    }

    /// Makes all states zero.
    pub(crate) fn reset_states(&self) {
        let variables = self.variables();
        let states = variables.iter().filter(|v| v.spec.is_state);
        commit(states.map(|v| (v, Arc::new(Buffer::zeros(v.dtype, v.len())))));
    }

    /// Shapes of the outputs on these inputs, where one is not a list of one; the first call settles the weights.
    pub(crate) fn put_on(&self, inputs: &[Shape]) -> Result<Vec<Shape>> {
        match &self.body {
            Body::Layer(layer) if layer.list_input() && inputs.len() == 1 => {
                Err(Error::new(Problem::Inputs { expected: "a list of tensors", found: 1 })
                    .at_layer(self.display_name())
                    .on_inputs(inputs)
                    .at_line(self.common.at))
            }
            _ => self.put_on_list(inputs),
        }
    }

    /// Shapes of the outputs on these inputs, which are a list if the layer takes one.
    pub(crate) fn put_on_list(&self, inputs: &[Shape]) -> Result<Vec<Shape>> {
        let fail = |problem: Problem| {
            Error::new(problem).at_layer(self.display_name()).on_inputs(inputs).at_line(self.common.at)
        };
        match &self.body {
            Body::Layer(layer) => {
                layer.validate().map_err(fail)?;
                let outputs = layer.output_shapes(inputs).map_err(fail)?;
                if let Some(shape) = outputs.iter().find(|shape| !shape.is_addressable()) {
                    let help = "take smaller sizes";
                    return Err(fail(Problem::mismatch(
                        format!("gives tensors of shape {shape}, more than any memory holds"),
                        help,
                    )));
                }
                self.build(layer.as_ref(), inputs).map_err(fail)?;
                Ok(outputs)
            }
            Body::Network(nested) => {
                let given = inputs.first().cloned().unwrap_or_default();
                let network = nested.network_for(given, self.policy().dtype());
                let shapes = network.and_then(|n| n.output_shapes(inputs));
                shapes.map_err(|e| e.at_layer(self.display_name()).at_line(self.common.at))
            }
        }
    }

    fn build(&self, layer: &dyn AnyLayer, inputs: &[Shape]) -> Result<(), Problem> {
        let specs = match inputs.first() {
            Some(input) => layer.weights(input)?,
            None => Vec::new(),
        };
        self.common.activity_regularizer.map_or(Ok(()), |regularizer| regularizer.check())?;
        for spec in &specs {
            spec.check()?;
            if !Shape::new(spec.shape.iter().copied()).is_addressable() {
                let message = format!("has a weight `{}` of {:?} elements", spec.name, spec.shape);
                return Err(Problem::mismatch(message, "take a smaller one"));
            }
        }
        let mut built = self.built.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(built) = &*built {
            return same_weights(built, &specs.iter().map(|s| s.shape.clone()).collect::<Vec<_>>());
        }
        let dtype = self.policy().dtype();
        let variables: Vec<_> = specs.into_iter().map(|s| Arc::new(Variable::new(s, dtype))).collect();
        self.give_initial_weights(&variables)?;
        *built = Some(Arc::new(Built { inputs: inputs.to_vec(), variables }));
        Ok(())
    }

    /// The values of `.weights(..)`.
    fn give_initial_weights(&self, variables: &[Arc<Variable>]) -> Result<(), Problem> {
        let Some(given) = &self.common.weights else { return Ok(()) };
        let shapes = |s: &mut dyn Iterator<Item = &[usize]>| s.map(|s| format!("{s:?}")).collect::<Vec<_>>().join(", ");
        let fits =
            given.len() == variables.len() && given.iter().zip(variables).all(|((shape, _), v)| *shape == v.spec.shape);
        if !fits {
            let expected = shapes(&mut variables.iter().map(|v| v.spec.shape.as_slice()));
            let found = shapes(&mut given.iter().map(|(s, _)| s.as_slice()));
            let names: Vec<_> = variables.iter().map(|v| v.spec.name).collect();
            let help = format!("give {} in this order", names.join(", "));
            return Err(Problem::argument("weights", format!("of shapes {found}"), format!("shapes {expected}"), help));
        }
        commit(variables.iter().zip(given).map(|(v, (_, b))| (v, Arc::new(Buffer::clone(b).cast(v.dtype)))));
        Ok(())
    }
}

fn same_weights(built: &Built, shapes: &[Vec<usize>]) -> Result<(), Problem> {
    let differing = built.variables.iter().zip(shapes).find(|(v, shape)| v.spec.shape != **shape);
    match differing {
        None => Ok(()),
        Some((v, shape)) => Err(Problem::mismatch(
            format!("has a `{}` of shape {:?}, this input needs {shape:?}", v.spec.name, v.spec.shape),
            format!("its weights were sized by an input of shape {}; use a layer of its own here", built.inputs[0]),
        )),
    }
}

/// Keras's `to_snake_case`, letter for letter.
pub(crate) fn snake_case(name: &str) -> String {
    let word: Vec<char> = name.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    let first =
        separate(&word, |_, here, next| here.is_ascii_uppercase() && next.is_some_and(|n| n.is_ascii_lowercase()));
    let second = separate(&first, |before, here, _| before.is_ascii_lowercase() && here.is_ascii_uppercase());
    second.into_iter().flat_map(char::to_lowercase).collect()
}

/// Puts `_` before every character, but the first, for which `breaks(before, here, next)` holds.
fn separate(word: &[char], breaks: impl Fn(char, char, Option<char>) -> bool) -> Vec<char> {
    let mut out = Vec::with_capacity(word.len() + 4);
    for (i, here) in word.iter().enumerate() {
        if i > 0 && breaks(word[i - 1], *here, word.get(i + 1).copied()) {
            out.push('_');
        }
        out.push(*here);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn names_as_keras_makes_them() {
        let pairs = [
            ("SeparableConv1D", "separable_conv1d"),
            ("ReLU", "re_lu"),
            ("PReLU", "p_re_lu"),
            ("LeakyReLU", "leaky_re_lu"),
            ("ELU", "elu"),
            ("ConvLSTM2D", "conv_lstm2d"),
            ("UpSampling2D", "up_sampling2d"),
            ("GlobalAveragePooling1D", "global_average_pooling1d"),
            ("InputLayer", "input_layer"),
            ("Conv2DTranspose", "conv2d_transpose"),
            ("ZeroPadding3D", "zero_padding3d"),
        ];
        for (class, name) in pairs {
            assert_eq!(snake_case(class), name);
        }
    }
}
