//! Variance by the number of inputs and outputs of a unit.

use super::{Initializer, InitializerKind};
use crate::Problem;
use argali_engine::random::{Key, normal, truncated_normal, uniform};
use argali_engine::{Buffer, DType};
use serde::{Deserialize, Deserializer, Serialize, de};

/// Which number the variance is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FanMode {
    /// Inputs of a unit.
    #[default]
    FanIn,
    /// Outputs of a unit.
    FanOut,
    /// The mean of both.
    FanAvg,
}

/// The distribution of [`InitializerKind::VarianceScaling`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScalingDistribution {
    /// Normal, without what is further than two standard deviations from 0.
    #[default]
    TruncatedNormal,
    /// Normal.
    UntruncatedNormal,
    /// Uniform.
    Uniform,
}

/// Keras reads the names without regard to case, and `"normal"` as the truncated one.
impl<'de> Deserialize<'de> for ScalingDistribution {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.to_lowercase().as_str() {
            "truncated_normal" | "normal" => Ok(ScalingDistribution::TruncatedNormal),
            "untruncated_normal" => Ok(ScalingDistribution::UntruncatedNormal),
            "uniform" => Ok(ScalingDistribution::Uniform),
            _ => Err(de::Error::custom("expected one of truncated_normal, untruncated_normal, uniform")),
        }
    }
}

/// Standard deviation of a standard normal distribution truncated at two standard deviations.
const TRUNCATED_DEVIATION: f64 = 0.879_625_661_034_239_8;

/// Number of inputs and outputs of a unit, by a weight's shape.
///
/// A vector's length is both; a matrix has inputs by outputs; in the kernel of a convolution both count once for each
/// position of the window.
///
/// ```
/// assert_eq!(argali::initializers::compute_fans(&[5, 3, 8]), (15.0, 40.0));
/// ```
///
/// Keras: `keras.src.initializers.random_initializers.compute_fans`.
pub fn compute_fans(shape: &[usize]) -> (f64, f64) {
    match *shape {
        [] => (1.0, 1.0),
        [length] => (length as f64, length as f64),
        [ref window @ .., inputs, outputs] => {
            let window: f64 = window.iter().map(|n| *n as f64).product();
            (inputs as f64 * window, outputs as f64 * window)
        }
    }
}

fn fan_over(shape: &[usize], axes: &[i64], option: &'static str) -> Result<f64, Problem> {
    let length = |axis: &i64| {
        let from_end = if *axis < 0 { *axis + shape.len() as i64 } else { *axis };
        let length = usize::try_from(from_end).ok().and_then(|axis| shape.get(axis));
        length.map(|n| *n as f64).ok_or_else(|| {
            let expected = format!("axes of the weight, which has {}", shape.len());
            Problem::argument(option, format!("{axes:?}"), expected, "")
        })
    };
    axes.iter().map(length).product()
}

impl Initializer {
    fn fans(&self, shape: &[usize]) -> Result<(f64, f64), Problem> {
        match (&self.input_axes, &self.output_axes) {
            (Some(inputs), Some(outputs)) => {
                Ok((fan_over(shape, inputs, "input_axes")?, fan_over(shape, outputs, "output_axes")?))
            }
            _ => Ok(compute_fans(shape)),
        }
    }

    /// Scale, mode and distribution of an initializer that adapts its variance.
    fn scaling(&self) -> Option<(f64, FanMode, ScalingDistribution)> {
        use ScalingDistribution::{TruncatedNormal, Uniform};
        Some(match self.kind {
            InitializerKind::VarianceScaling { scale, mode, distribution } => (scale.get(), mode, distribution),
            InitializerKind::GlorotUniform => (1.0, FanMode::FanAvg, Uniform),
            InitializerKind::GlorotNormal => (1.0, FanMode::FanAvg, TruncatedNormal),
            InitializerKind::HeUniform => (2.0, FanMode::FanIn, Uniform),
            InitializerKind::HeNormal => (2.0, FanMode::FanIn, TruncatedNormal),
            InitializerKind::LecunUniform => (1.0, FanMode::FanIn, Uniform),
            InitializerKind::LecunNormal => (1.0, FanMode::FanIn, TruncatedNormal),
            _ => return None,
        })
    }

    pub(super) fn draw_scaled(&self, key: Key, dtype: DType, shape: &[usize], len: usize) -> Result<Buffer, Problem> {
        let (fan_in, fan_out) = self.fans(shape)?;
        let (scale, mode, distribution) = self.scaling().unwrap_or_default();
        let fan: f64 = match mode {
            FanMode::FanIn => fan_in,
            FanMode::FanOut => fan_out,
            FanMode::FanAvg => (fan_in + fan_out) / 2.0,
        };
        let variance = scale / fan.max(1.0);
        Ok(match distribution {
            ScalingDistribution::TruncatedNormal => {
                truncated_normal(key, dtype, len, 0.0, variance.sqrt() / TRUNCATED_DEVIATION)
            }
            ScalingDistribution::UntruncatedNormal => normal(key, dtype, len, 0.0, variance.sqrt()),
            ScalingDistribution::Uniform => {
                let limit = (3.0 * variance).sqrt();
                uniform(key, dtype, len, -limit, limit)
            }
        })
    }
}
