//! Operations of saved models.

use super::{Argument, Constant, Kind, Operation, dtypes};
use crate::chain::Common;
use crate::config::{brief, nearest};
use crate::instance::Instance;
use crate::{Json, Keys, Number, Problem};
use std::sync::Arc;

/// Operations that are not read, with what does the same.
const INSTEAD: [(&str, &str); 36] = [
    ("Relu", "the layer `ReLU`"),
    ("Relu6", "the layer `ReLU` with `max_value=6.0`"),
    ("LeakyRelu", "the layer `LeakyReLU`"),
    ("Elu", "the layer `ELU`"),
    ("Softmax", "the layer `Softmax`"),
    ("LogSoftmax", "the layer `Activation(\"log_softmax\")`"),
    ("Sigmoid", "the layer `Activation(\"sigmoid\")`"),
    ("HardSigmoid", "the layer `Activation(\"hard_sigmoid\")`"),
    ("HardSilu", "the layer `Activation(\"hard_silu\")`"),
    ("Silu", "the layer `Activation(\"silu\")`"),
    ("Selu", "the layer `Activation(\"selu\")`"),
    ("Gelu", "the layer `Activation(\"gelu\")`"),
    ("Celu", "the layer `Activation(\"celu\")`"),
    ("Softplus", "the layer `Activation(\"softplus\")`"),
    ("Softsign", "the layer `Activation(\"softsign\")`"),
    ("Tanh", "the layer `Activation(\"tanh\")`"),
    ("Exp", "the layer `Activation(\"exponential\")`"),
    ("Reshape", "the layer `Reshape`"),
    ("Squeeze", "the layer `Reshape`"),
    ("Transpose", "the layer `Permute`"),
    ("Moveaxis", "the layer `Permute`"),
    ("Swapaxes", "the layer `Permute`"),
    ("Ravel", "the layer `Flatten`"),
    ("Repeat", "the layer `RepeatVector`, or `UpSampling1D`"),
    ("Pad", "the layers `ZeroPadding1D` to `ZeroPadding3D`"),
    ("GetItem", "the layers `Cropping1D` to `Cropping3D`"),
    ("Mean", "the layers `GlobalAveragePooling1D` to `GlobalAveragePooling3D`"),
    ("Max", "the layers `GlobalMaxPooling1D` to `GlobalMaxPooling3D`"),
    ("Amax", "the layers `GlobalMaxPooling1D` to `GlobalMaxPooling3D`"),
    ("Maximum", "the layer `Maximum`"),
    ("Minimum", "the layer `Minimum`"),
    ("Square", "the power `x ** 2`"),
    ("Sqrt", "the power `x ** 0.5`"),
    ("Reciprocal", "the quotient `1 / x`"),
    ("MatMul", "the layer `Dense`"),
    ("Resize", "the layer `UpSampling2D`"),
];

/// Whether a serialized object of this module is an operation.
pub(crate) fn is_operation(module: Option<&str>) -> bool {
    module.is_some_and(|m| m.starts_with("keras.src.ops.") || m.starts_with("keras.ops"))
}

impl Operation {
    /// The operation that a class and config describe, with the numbers in the arguments of its only call.
    pub(crate) fn read(class: &str, mut config: Keys, nodes: &[Json]) -> Result<Arc<Instance>, Problem> {
        let common = Common { name: config.maybe("name")?, ..Common::at(None) };
        let kind = kind(class, &mut config)?;
        config.finish(&["name"])?;
        let [node] = nodes else {
            let why = format!("have {} calls of the operation, expected 1", nodes.len());
            return Err(Problem::key("inbound_nodes", why));
        };
        let mut call = SavedCall::default();
        match node["args"].as_array().map(Vec::as_slice) {
            Some([Json::Array(list)]) if kind.arity().is_none() => call.read(list)?,
            Some(arguments) if kind.arity() == Some(arguments.len()) => call.read(arguments)?,
            _ => {
                let why = format!("are {}, which `{class}` does not take", brief(&node["args"]));
                return Err(Problem::key("inbound_nodes.args", why));
            }
        }
        Ok(Self::instance(kind, call.arguments, &call.dtypes, common))
    }
}

fn kind(class: &str, config: &mut Keys) -> Result<Kind, Problem> {
    let kind = match class {
        "Any" => Kind::Any { axis: config.required("axis")?, keepdims: config.required("keepdims")? },
        "ExpandDims" => Kind::ExpandDims { axis: config.required("axis")? },
        "Concatenate" => Kind::Concatenate { axis: config.required("axis")? },
        "Cast" => {
            let dtype: String = config.required("dtype")?;
            let known = dtypes::named(&dtype);
            Kind::Cast { dtype: known.ok_or_else(|| Problem::key("dtype", format!("is unknown: `{dtype}`")))? }
        }
        "ZerosLike" => {
            let dtype: Option<String> = config.required("dtype")?;
            match dtype.as_deref() {
                Some("bool") => Kind::ZerosLike,
                other => return Err(Problem::key("dtype", format!("is {other:?}, expected `bool`"))),
            }
        }
        _ => *Kind::ARITHMETIC.iter().find(|kind| kind.name() == class).ok_or_else(|| unknown(class))?,
    };
    Ok(kind)
}

fn unknown(class: &str) -> Problem {
    let instead = INSTEAD.iter().find(|(name, _)| *name == class);
    let near = nearest(class, Kind::ARITHMETIC.iter().map(|kind| kind.name()));
    let help = match (instead, near) {
        (Some((_, instead)), _) => {
            format!("{instead} {} the same", if instead.starts_with("the layers") { "do" } else { "does" })
        }
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => "use layers, or +, -, *, /, **, abs of tensors; put the rest into a layer of your own".into(),
    };
    Problem::UnknownOperation { name: class.into(), help }
}

/// The arguments of a saved call of an operation.
#[derive(Default)]
struct SavedCall {
    arguments: Vec<Argument>,
    /// Element types of the tensors.
    dtypes: Vec<String>,
}

impl SavedCall {
    fn read(&mut self, arguments: &[Json]) -> Result<(), Problem> {
        for (i, json) in arguments.iter().enumerate() {
            if json["class_name"] == "__keras_tensor__" {
                let dtype = json["config"]["dtype"].as_str().unwrap_or("float32");
                self.dtypes.push(dtype.into());
                self.arguments.push(Argument::Tensor);
            } else if let Some(array) = Constant::read(json) {
                let array = array.map_err(|p| p.within(format!("inbound_nodes.args[{i}]")))?;
                self.arguments.push(Argument::Array(Arc::new(array)));
            } else {
                let number = Number::from_json(json).ok_or_else(|| {
                    let why = format!("is {}, expected a tensor, a number or an array", brief(json));
                    Problem::key(format!("inbound_nodes.args[{i}]"), why)
                })?;
                self.arguments.push(Argument::Number(number));
            }
        }
        Ok(())
    }
}
