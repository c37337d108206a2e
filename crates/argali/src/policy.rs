//! Floating-point types of layers.

use crate::Problem;
use crate::warnings::warn;
use argali_engine::DType;
use serde_json::json;
use std::fmt;
use std::str::FromStr;

/// The floating-point type of a layer's weights and computations.
///
/// The mixed policies are kept as they are and computed in 32 bits.
///
/// Keras: `keras.dtype_policies.DTypePolicy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Policy {
    /// 32-bit floats, the default.
    #[default]
    Float32,
    /// 64-bit floats.
    Float64,
    /// Keras's `mixed_float16`.
    MixedFloat16,
    /// Keras's `mixed_bfloat16`.
    MixedBfloat16,
}

impl Policy {
    /// The type that weights have and layers compute with.
    pub fn dtype(self) -> DType {
        match self {
            Policy::Float64 => DType::F64,
            _ => DType::F32,
        }
    }

    /// Keras's name.
    pub fn name(self) -> &'static str {
        match self {
            Policy::Float32 => "float32",
            Policy::Float64 => "float64",
            Policy::MixedFloat16 => "mixed_float16",
            Policy::MixedBfloat16 => "mixed_bfloat16",
        }
    }

    /// Keras's name of the type that layers of this policy return.
    pub(crate) fn compute_name(self) -> &'static str {
        self.name().trim_start_matches("mixed_")
    }

    pub(crate) fn to_json(self) -> crate::Json {
        crate::Class::keras("keras", "DTypePolicy").object(json!({"name": self.name()}))
    }

    /// Reads Keras's object, or the plain name of older files.
    pub(crate) fn from_json(json: &crate::Json) -> Result<Self, Problem> {
        let class = json["class_name"].as_str().unwrap_or_default();
        if class.starts_with("Quantized") || class == "DTypePolicyMap" {
            let why =
                format!("is a {class}: quantized models are not supported, save the model before it is quantized");
            return Err(Problem::key("dtype", why));
        }
        let name = json.as_str().or_else(|| json["config"]["name"].as_str());
        let policy: Policy = name.ok_or_else(|| Problem::key("dtype", "has no name"))?.parse()?;
        if policy.name() != policy.dtype().to_string() {
            warn(format_args!("policy `{policy}` is kept, but everything is computed in {} here", policy.dtype()));
        }
        Ok(policy)
    }
}

impl FromStr for Policy {
    type Err = Problem;

    fn from_str(name: &str) -> Result<Self, Problem> {
        let all = [Policy::Float32, Policy::Float64, Policy::MixedFloat16, Policy::MixedBfloat16];
        all.into_iter().find(|p| p.name() == name).ok_or_else(|| match name.contains("_from_") {
            true => Problem::key("dtype", format!("is `{name}`: quantized models are not supported")),
            false => {
                Problem::key("dtype", format!("is `{name}`, expected one of {}", all.map(Policy::name).join(", ")))
            }
        })
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
