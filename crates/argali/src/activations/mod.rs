//! Activation functions, by enum and by Keras name.
//!
//! Keras: `keras.activations`.

mod any;

pub use any::AnyActivation;

use crate::named::unknown;
use crate::{Json, Problem, Shape};
use argali_engine::{Function, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

macro_rules! activations {
    ($($(#[$doc:meta])* $Variant:ident = $name:literal;)*) => {
        /// A function of a layer's output, with the parameters that Keras gives it by default.
        ///
        /// In a config it is Keras's name, such as `"leaky_relu"`; names are read with regard to case, as in Keras, and
        /// so are the aliases `"swish"` for `"silu"` and `"hard_swish"` for `"hard_silu"`. Layers such as `LeakyReLU`
        /// take other parameters.
        ///
        /// ```
        /// use argali::activations::ActivationFunction;
        /// assert_eq!("swish".parse(), Ok(ActivationFunction::Silu));
        /// assert_eq!(ActivationFunction::LogSoftmax.to_string(), "log_softmax");
        /// let error = "rellu".parse::<ActivationFunction>().unwrap_err();
        /// assert_eq!(error.to_string(), "key `activation` is `rellu`, did you mean `relu`?");
        /// ```
        ///
        /// Keras: `keras.activations`.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum ActivationFunction {
            $($(#[$doc])* $Variant,)*
        }

        impl ActivationFunction {
            /// All of them.
            pub const ALL: &'static [ActivationFunction] = &[$(ActivationFunction::$Variant),*];

            /// Keras's name.
            pub fn name(self) -> &'static str {
                match self { $(ActivationFunction::$Variant => $name),* }
            }
        }
    };
}

activations! {
    /// `x`
    #[default]
    Linear = "linear";
    /// `max(x, 0)`
    Relu = "relu";
    /// `min(max(x, 0), 6)`
    Relu6 = "relu6";
    /// `x` above 0, `0.2 x` below
    LeakyRelu = "leaky_relu";
    /// `x` above 0, `exp(x) - 1` below
    Elu = "elu";
    /// `1.0507 x` above 0, `1.0507 · 1.6733 · (exp(x) - 1)` below: keeps mean and variance with `LecunNormal`
    Selu = "selu";
    /// `x` above 0, `exp(x) - 1` below
    Celu = "celu";
    /// `exp(x)` divided by its sum along the last axis
    Softmax = "softmax";
    /// Logarithm of the softmax along the last axis
    LogSoftmax = "log_softmax";
    /// Projection onto the probabilities along the last axis, many of them exactly 0
    Sparsemax = "sparsemax";
    /// The first half of the last axis times the sigmoid of the second; the axis becomes half as long
    Glu = "glu";
    /// `ln(exp(x) + 1)`
    Softplus = "softplus";
    /// `x / (|x| + 1)`
    Softsign = "softsign";
    /// `(x + √(x² + 4)) / 2`
    Squareplus = "squareplus";
    /// `x` moved toward 0 by 0.5, 0 within
    SoftShrink = "soft_shrink";
    /// `0` below -1, `(x + 1)² / 4` up to 1, `x` above
    SparsePlus = "sparse_plus";
    /// `x · sigmoid(x)`, also called swish
    Silu = "silu";
    /// `x · hard_sigmoid(x)`, also called hard swish
    HardSilu = "hard_silu";
    /// `x · Φ(x)` with the normal distribution `Φ`, exactly
    Gelu = "gelu";
    /// Hyperbolic tangent
    Tanh = "tanh";
    /// `x - tanh(x)`
    TanhShrink = "tanh_shrink";
    /// `1 / (1 + exp(-x))`
    Sigmoid = "sigmoid";
    /// `0` below -1, `(x + 1) / 2` up to 1, `1` above
    SparseSigmoid = "sparse_sigmoid";
    /// Logarithm of the sigmoid
    LogSigmoid = "log_sigmoid";
    /// `exp(x)`
    Exponential = "exponential";
    /// `x / 6 + 1 / 2`, held within 0 and 1
    HardSigmoid = "hard_sigmoid";
    /// `x` held within -1 and 1
    HardTanh = "hard_tanh";
    /// `x` outside -0.5 to 0.5, 0 within
    HardShrink = "hard_shrink";
    /// `x · tanh(softplus(x))`
    Mish = "mish";
}

/// Names that Keras reads but does not write.
const ALIASES: [(&str, ActivationFunction); 2] =
    [("swish", ActivationFunction::Silu), ("hard_swish", ActivationFunction::HardSilu)];

impl ActivationFunction {
    /// Puts the function on a graph.
    ///
    /// Functions along an axis take the last one. [`Glu`](Self::Glu) halves it; a length that can't be halved is kept as
    /// the graph's error.
    ///
    /// ```
    /// use argali::activations::ActivationFunction;
    /// use argali::engine::{DType, Graph};
    ///
    /// let graph = Graph::new();
    /// let x = graph.input(DType::F32, &[3]);
    /// let plan = graph.plan(&[ActivationFunction::Relu.apply(x)])?;
    /// let mut y = [0.0; 3];
    /// plan.run(&[[-1.0f32, 0.5, 2.0].as_slice().into()], &mut [y.as_mut_slice().into()])?;
    /// assert_eq!(y, [0.0f32, 0.5, 2.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply<'g>(self, x: Value<'g>) -> Value<'g> {
        let last = x.rank().saturating_sub(1);
        match self {
            ActivationFunction::Linear => x,
            ActivationFunction::Softmax => x.softmax(last),
            ActivationFunction::LogSoftmax => x.log_softmax(last),
            ActivationFunction::Sparsemax => x.sparsemax(last),
            ActivationFunction::LogSigmoid => -(-x).map(Function::Softplus),
            ActivationFunction::Glu => match x.split(last, 2)[..] {
                [linear, gate] => linear * gate.sigmoid(),
                _ => x,
            },
            elementwise => elementwise.function().map_or(x, |f| x.map(f)),
        }
    }

    /// The shape of what it makes of a tensor: `Glu` halves the last axis.
    ///
    /// # Errors
    ///
    /// [`Problem::Mismatch`] if `Glu` has an odd number of channels.
    pub fn output_shape(self, mut shape: Shape) -> Result<Shape, Problem> {
        if self == ActivationFunction::Glu
            && let Some(last) = shape.0.last_mut()
        {
            if let Some(odd) = last.filter(|n| n % 2 == 1) {
                let message = format!("halves the last axis by `Glu`, which has {odd} elements");
                return Err(Problem::mismatch(message, "give the layer an even number of channels"));
            }
            *last = last.map(|n| n / 2);
        }
        Ok(shape)
    }

    /// The function of single elements, if it is one that is not the identity.
    pub fn function(self) -> Option<Function> {
        let relu = |slope, max_value| Function::Relu { slope, max_value, threshold: 0.0 };
        Some(match self {
            ActivationFunction::Relu => relu(0.0, f64::INFINITY),
            ActivationFunction::Relu6 => relu(0.0, 6.0),
            ActivationFunction::LeakyRelu => relu(0.2, f64::INFINITY),
            ActivationFunction::Elu => Function::Elu { alpha: 1.0 },
            ActivationFunction::Selu => Function::Selu,
            ActivationFunction::Celu => Function::Celu { alpha: 1.0 },
            ActivationFunction::Softplus => Function::Softplus,
            ActivationFunction::Softsign => Function::Softsign,
            ActivationFunction::Squareplus => Function::Squareplus { b: 4.0 },
            ActivationFunction::SoftShrink => Function::SoftShrink { lambda: 0.5 },
            ActivationFunction::SparsePlus => Function::SparsePlus,
            ActivationFunction::Silu => Function::Silu,
            ActivationFunction::HardSilu => Function::HardSilu,
            ActivationFunction::Gelu => Function::Gelu,
            ActivationFunction::Tanh => Function::Tanh,
            ActivationFunction::TanhShrink => Function::TanhShrink,
            ActivationFunction::Sigmoid => Function::Sigmoid,
            ActivationFunction::SparseSigmoid => Function::SparseSigmoid,
            ActivationFunction::Exponential => Function::Exp,
            ActivationFunction::HardSigmoid => Function::HardSigmoid,
            ActivationFunction::HardTanh => Function::HardTanh,
            ActivationFunction::HardShrink => Function::HardShrink { lambda: 0.5 },
            ActivationFunction::Mish => Function::Mish,
            ActivationFunction::Linear
            | ActivationFunction::Softmax
            | ActivationFunction::LogSoftmax
            | ActivationFunction::Sparsemax
            | ActivationFunction::LogSigmoid
            | ActivationFunction::Glu => return None,
        })
    }

    fn from_json(json: &Json) -> Result<Self, Problem> {
        match json {
            Json::Null => Ok(ActivationFunction::Linear),
            Json::String(name) => name.parse(),
            Json::Object(map) => match (map.get("class_name").and_then(Json::as_str), map.get("config")) {
                (Some("function"), Some(Json::String(name))) => name.parse(),
                (class, _) => Err(Problem::key(
                    "activation",
                    format!(
                        "is an object of class `{}`, expected one of Keras's functions or of the layers {}; put it \
                         behind the layer as a layer of its own",
                        class.unwrap_or("unknown"),
                        any::LAYERS.join(", ")
                    ),
                )),
            },
            other => Err(Problem::key("activation", format!("is {other}, expected the name of a function"))),
        }
    }
}

impl FromStr for ActivationFunction {
    type Err = Problem;

    fn from_str(name: &str) -> Result<Self, Problem> {
        if name == "threshold" {
            let why = "is `threshold`, which has no default parameters: Keras too refuses it by name when it is called";
            return Err(Problem::key("activation", why));
        }
        let names = Self::ALL.iter().map(|f| (f.name(), *f)).chain(ALIASES);
        let found = names.clone().find(|(known, _)| *known == name);
        found.map(|(_, f)| f).ok_or_else(|| unknown("activation", name, names.map(|(known, _)| known)))
    }
}

impl fmt::Display for ActivationFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for ActivationFunction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for ActivationFunction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_json(&Json::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
