//! Initializers as Keras writes and reads them.

use super::{Initializer, InitializerKind, Values, Window};
use crate::named::{by_keras_name, unknown};
use crate::{Class, Json, Keys, Number, Problem};
use serde_json::json;

/// Names that each class is read by; the first is written.
const CLASSES: [&[&str]; 16] = [
    &["Zeros", "zeros", "zero"],
    &["Ones", "ones", "one"],
    &["Constant", "constant"],
    &["Identity", "identity", "IdentityInitializer"],
    &["RandomNormal", "random_normal", "normal"],
    &["RandomUniform", "random_uniform", "uniform"],
    &["TruncatedNormal", "truncated_normal"],
    &["VarianceScaling", "variance_scaling"],
    &["GlorotUniform", "glorot_uniform"],
    &["GlorotNormal", "glorot_normal"],
    &["HeUniform", "he_uniform"],
    &["HeNormal", "he_normal"],
    &["LecunUniform", "lecun_uniform"],
    &["LecunNormal", "lecun_normal"],
    &["Orthogonal", "orthogonal", "OrthogonalInitializer"],
    &["STFT", "stft", "STFTInitializer"],
];

/// Keys that older versions of Keras wrote, and that say nothing a weight's own type does not.
const OBSOLETE: [&str; 3] = ["dtype", "partition_info", "verify_shape"];

by_keras_name!(Initializer, "initializer");

impl InitializerKind {
    fn class_name(&self) -> &'static str {
        match self {
            InitializerKind::Zeros => "Zeros",
            InitializerKind::Ones => "Ones",
            InitializerKind::Constant(_) | InitializerKind::Values(_) => "Constant",
            InitializerKind::Identity { .. } => "Identity",
            InitializerKind::RandomNormal { .. } => "RandomNormal",
            InitializerKind::RandomUniform { .. } => "RandomUniform",
            InitializerKind::TruncatedNormal { .. } => "TruncatedNormal",
            InitializerKind::VarianceScaling { .. } => "VarianceScaling",
            InitializerKind::GlorotUniform => "GlorotUniform",
            InitializerKind::GlorotNormal => "GlorotNormal",
            InitializerKind::HeUniform => "HeUniform",
            InitializerKind::HeNormal => "HeNormal",
            InitializerKind::LecunUniform => "LecunUniform",
            InitializerKind::LecunNormal => "LecunNormal",
            InitializerKind::Orthogonal { .. } => "Orthogonal",
            InitializerKind::Stft(_) => "STFT",
        }
    }

    fn read(class: &str, config: &mut Keys) -> Result<Self, Problem> {
        let mut number = |key: &str, default: f64| {
            let mut value = Number::Float(default);
            config.optional(key, &mut value).map(|()| value)
        };
        Ok(match class {
            "Zeros" => InitializerKind::Zeros,
            "Ones" => InitializerKind::Ones,
            "Constant" => match config.take("value") {
                None => InitializerKind::constant(0.0),
                Some(json) => match Number::from_json(&json) {
                    Some(value) => InitializerKind::Constant(value),
                    None => InitializerKind::Values(Values::read(&json)?),
                },
            },
            "Identity" => InitializerKind::identity(number("gain", 1.0)?),
            "RandomNormal" => InitializerKind::random_normal(number("mean", 0.0)?, number("stddev", 0.05)?),
            "RandomUniform" => InitializerKind::random_uniform(number("minval", -0.05)?, number("maxval", 0.05)?),
            "TruncatedNormal" => InitializerKind::truncated_normal(number("mean", 0.0)?, number("stddev", 0.05)?),
            "VarianceScaling" => InitializerKind::VarianceScaling {
                scale: number("scale", 1.0)?,
                mode: config.maybe("mode")?.unwrap_or_default(),
                distribution: config.maybe("distribution")?.unwrap_or_default(),
            },
            "GlorotUniform" => InitializerKind::GlorotUniform,
            "GlorotNormal" => InitializerKind::GlorotNormal,
            "HeUniform" => InitializerKind::HeUniform,
            "HeNormal" => InitializerKind::HeNormal,
            "LecunUniform" => InitializerKind::LecunUniform,
            "LecunNormal" => InitializerKind::LecunNormal,
            "Orthogonal" => InitializerKind::orthogonal(number("gain", 1.0)?),
            "STFT" => InitializerKind::Stft(read_window(config)?),
            _ => return Err(unknown("initializer", class, CLASSES.iter().map(|names| names[0]))),
        })
    }

    /// Whether the class takes a seed.
    fn is_random(&self) -> bool {
        matches!(
            self,
            InitializerKind::RandomNormal { .. }
                | InitializerKind::RandomUniform { .. }
                | InitializerKind::TruncatedNormal { .. }
                | InitializerKind::Orthogonal { .. }
        ) || self.has_fans()
    }

    /// Whether the class takes axes to count fans over.
    fn has_fans(&self) -> bool {
        matches!(
            self,
            InitializerKind::VarianceScaling { .. }
                | InitializerKind::GlorotUniform
                | InitializerKind::GlorotNormal
                | InitializerKind::HeUniform
                | InitializerKind::HeNormal
                | InitializerKind::LecunUniform
                | InitializerKind::LecunNormal
        )
    }
}

fn read_window(config: &mut Keys) -> Result<Window, Problem> {
    let mut window = Window::default();
    config.optional("side", &mut window.side)?;
    config.optional("window", &mut window.window)?;
    config.optional("scaling", &mut window.scaling)?;
    config.optional("periodic", &mut window.periodic)?;
    Ok(window)
}

/// A seed: an integer, or the generator of seeds that Keras writes as an object.
fn read_seed(config: &mut Keys) -> Result<Option<i64>, Problem> {
    match config.take("seed") {
        None | Some(Json::Null) => Ok(None),
        Some(json) => {
            let seed = json.as_i64().or_else(|| json["config"]["seed"].as_i64());
            seed.map(Some).ok_or_else(|| Problem::key("seed", format!("is {json}, expected an integer or null")))
        }
    }
}

impl Initializer {
    fn class(&self) -> Class {
        Class::keras("keras.initializers", self.kind.class_name())
    }

    fn read(name: &str, config: &mut Keys) -> Result<Self, Problem> {
        let class = CLASSES.iter().find(|names| names.contains(&name));
        let kind = InitializerKind::read(class.map_or(name, |names| names[0]), config)?;
        let mut initializer = Initializer::from(kind);
        for key in OBSOLETE {
            config.take(key);
        }
        if initializer.kind.is_random() {
            initializer.seed = read_seed(config)?;
        }
        if initializer.kind.has_fans() {
            config.optional("input_axes", &mut initializer.input_axes)?;
            config.optional("output_axes", &mut initializer.output_axes)?;
        }
        Ok(initializer)
    }

    fn config(&self) -> Json {
        let mut config = match &self.kind {
            InitializerKind::Constant(value) => json!({ "value": value }),
            InitializerKind::Values(values) => json!({"value": values.write()}),
            InitializerKind::Identity { gain } if *gain != Number::Float(1.0) => json!({ "gain": gain }),
            InitializerKind::RandomNormal { mean, stddev } | InitializerKind::TruncatedNormal { mean, stddev } => {
                json!({"seed": self.seed, "mean": mean, "stddev": stddev})
            }
            InitializerKind::RandomUniform { minval, maxval } => {
                json!({"seed": self.seed, "minval": minval, "maxval": maxval})
            }
            InitializerKind::VarianceScaling { scale, mode, distribution } => {
                json!({"seed": self.seed, "scale": scale, "mode": mode, "distribution": distribution})
            }
            InitializerKind::Orthogonal { gain } => json!({"seed": self.seed, "gain": gain}),
            InitializerKind::Stft(w) => {
                json!({"side": w.side, "window": w.window, "periodic": w.periodic, "scaling": w.scaling})
            }
            kind if kind.has_fans() => json!({"seed": self.seed}),
            _ => json!({}),
        };
        if self.kind.has_fans() {
            config["input_axes"] = json!(self.input_axes);
            config["output_axes"] = json!(self.output_axes);
        }
        config
    }
}
