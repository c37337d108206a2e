//! How the first values of weights are drawn.
//!
//! ```
//! use argali::initializers::{Initializer, InitializerKind};
//!
//! let initializer: Initializer = InitializerKind::HeNormal.seed(7);
//! assert_eq!("he_normal".parse::<Initializer>()?.kind, initializer.kind);
//! # Ok::<(), argali::Problem>(())
//! ```
//!
//! Keras: `keras.initializers`.

mod constant;
mod fans;
mod orthogonal;
mod saved;
mod stft;

pub use constant::Values;
pub use fans::{FanMode, ScalingDistribution, compute_fans};
pub use stft::{Window, WindowScaling, WindowShape, WindowSide};

use crate::{Number, Problem};
use argali_engine::random::{Key, normal, truncated_normal, uniform};
use argali_engine::{Buffer, DType, memory_for};

/// How the first values of a weight are drawn: a distribution or a rule, and what it depends on.
///
/// Read by Keras name, such as `"glorot_uniform"` or `"GlorotUniform"`, or from the dictionary that Keras writes.
///
/// Keras: `keras.initializers.Initializer`.
#[derive(Clone, Debug, PartialEq)]
pub struct Initializer {
    /// The distribution or rule.
    pub kind: InitializerKind,
    /// With a seed the draw depends on it alone, without one on the model's seed and the weight's place.
    pub seed: Option<i64>,
    /// Axes whose lengths multiply to the number of inputs of a unit, instead of those of [`compute_fans`].
    pub input_axes: Option<Vec<i64>>,
    /// Axes whose lengths multiply to the number of outputs of a unit, instead of those of [`compute_fans`].
    pub output_axes: Option<Vec<i64>>,
}

/// The distributions and rules of Keras; `fan_in` and `fan_out` are those of [`compute_fans`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum InitializerKind {
    /// All zeros. Keras: `Zeros`.
    Zeros,
    /// All ones. Keras: `Ones`.
    Ones,
    /// One value throughout. Keras: `Constant`, whose default is 0.
    Constant(Number),
    /// Given values, broadcast to the weight's shape. Keras: `Constant` of an array.
    Values(Values),
    /// Ones on the diagonal of a matrix, times `gain`. Keras: `Identity`.
    Identity {
        /// What the ones are multiplied by. Keras's default: 1.0.
        gain: Number,
    },
    /// Normal. Keras: `RandomNormal`.
    RandomNormal {
        /// The mean. Keras's default: 0.0.
        mean: Number,
        /// The standard deviation. Keras's default: 0.05.
        stddev: Number,
    },
    /// Uniform. Keras: `RandomUniform`.
    RandomUniform {
        /// Lower bound, included. Keras's default: -0.05.
        minval: Number,
        /// Upper bound, excluded. Keras's default: 0.05.
        maxval: Number,
    },
    /// Normal without what is further than two standard deviations from the mean. Keras: `TruncatedNormal`.
    TruncatedNormal {
        /// The mean. Keras's default: 0.0.
        mean: Number,
        /// The standard deviation before truncation. Keras's default: 0.05.
        stddev: Number,
    },
    /// Of variance `scale / n`, where `n` is a fan. Keras: `VarianceScaling`.
    VarianceScaling {
        /// The variance times `n`, above 0. Keras's default: 1.0.
        scale: Number,
        /// Which fan `n` is. Keras's default: `FanIn`.
        mode: FanMode,
        /// The distribution. Keras's default: `TruncatedNormal`.
        distribution: ScalingDistribution,
    },
    /// Uniform within `√(6 / (fan_in + fan_out))` of 0, also called Xavier. Keras: `GlorotUniform`.
    GlorotUniform,
    /// Truncated normal of variance `2 / (fan_in + fan_out)`. Keras: `GlorotNormal`.
    GlorotNormal,
    /// Uniform within `√(6 / fan_in)` of 0. Keras: `HeUniform`.
    HeUniform,
    /// Truncated normal of variance `2 / fan_in`. Keras: `HeNormal`.
    HeNormal,
    /// Uniform within `√(3 / fan_in)` of 0. Keras: `LecunUniform`.
    LecunUniform,
    /// Truncated normal of variance `1 / fan_in`. Keras: `LecunNormal`.
    LecunNormal,
    /// Orthonormal rows or columns, whichever are fewer, of the weight as a matrix of its last axis. Keras:
    /// `Orthogonal`.
    Orthogonal {
        /// Length of the rows or columns. Keras's default: 1.0.
        gain: Number,
    },
    /// Kernel of a convolution that is a short-time Fourier transform. Keras: `STFT`.
    Stft(Window),
}

impl InitializerKind {
    /// [`Constant`](Self::Constant).
    pub fn constant(value: impl Into<Number>) -> Self {
        InitializerKind::Constant(value.into())
    }

    /// [`Identity`](Self::Identity).
    pub fn identity(gain: impl Into<Number>) -> Self {
        InitializerKind::Identity { gain: gain.into() }
    }

    /// [`RandomNormal`](Self::RandomNormal).
    pub fn random_normal(mean: impl Into<Number>, stddev: impl Into<Number>) -> Self {
        InitializerKind::RandomNormal { mean: mean.into(), stddev: stddev.into() }
    }

    /// [`RandomUniform`](Self::RandomUniform).
    pub fn random_uniform(minval: impl Into<Number>, maxval: impl Into<Number>) -> Self {
        InitializerKind::RandomUniform { minval: minval.into(), maxval: maxval.into() }
    }

    /// [`TruncatedNormal`](Self::TruncatedNormal).
    pub fn truncated_normal(mean: impl Into<Number>, stddev: impl Into<Number>) -> Self {
        InitializerKind::TruncatedNormal { mean: mean.into(), stddev: stddev.into() }
    }

    /// [`VarianceScaling`](Self::VarianceScaling).
    pub fn variance_scaling(scale: impl Into<Number>, mode: FanMode, distribution: ScalingDistribution) -> Self {
        InitializerKind::VarianceScaling { scale: scale.into(), mode, distribution }
    }

    /// [`Orthogonal`](Self::Orthogonal).
    pub fn orthogonal(gain: impl Into<Number>) -> Self {
        InitializerKind::Orthogonal { gain: gain.into() }
    }

    /// An initializer of this kind whose draws depend on a seed alone: equal for weights of equal shape.
    pub fn seed(self, seed: i64) -> Initializer {
        Initializer::from(self).seed(seed)
    }
}

impl From<InitializerKind> for Initializer {
    fn from(kind: InitializerKind) -> Self {
        Initializer { kind, seed: None, input_axes: None, output_axes: None }
    }
}

impl Initializer {
    /// The same initializer with draws that depend on a seed alone.
    #[must_use = "the changed initializer is returned"]
    pub fn seed(mut self, seed: i64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The same initializer with fans counted over these axes.
    #[must_use = "the changed initializer is returned"]
    pub fn fan_axes(mut self, input_axes: &[i64], output_axes: &[i64]) -> Self {
        self.input_axes = Some(input_axes.to_vec());
        self.output_axes = Some(output_axes.to_vec());
        self
    }

    /// Checks the parameters.
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] for the first that is out of its range.
    pub fn check(&self) -> Result<(), Problem> {
        let deviation = |stddev: &Number| match stddev.get() >= 0.0 {
            true => Ok(()),
            false => Err(Problem::argument("stddev", stddev, "a number from 0 on", "")),
        };
        match &self.kind {
            InitializerKind::VarianceScaling { scale, .. } if scale.get().is_nan() || scale.get() <= 0.0 => {
                Err(Problem::argument("scale", scale, "a number above 0", ""))
            }
            InitializerKind::RandomNormal { stddev, .. } | InitializerKind::TruncatedNormal { stddev, .. } => {
                deviation(stddev)
            }
            _ => Ok(()),
        }
    }

    /// Draws the first values of a weight.
    ///
    /// ```
    /// use argali::engine::{DType, random::Key};
    /// use argali::initializers::{Initializer, InitializerKind};
    ///
    /// let zeros = Initializer::from(InitializerKind::Zeros).draw(Key::new(0, 0), DType::F32, &[2, 3])?;
    /// assert_eq!(zeros, vec![0.0f32; 6].into());
    /// # Ok::<(), argali::Problem>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the parameters are out of range, or the shape is not one this initializer can fill.
    pub fn draw(&self, key: Key, dtype: DType, shape: &[usize]) -> Result<Buffer, Problem> {
        self.check()?;
        let len = shape.iter().try_fold(1usize, |n, axis| n.checked_mul(*axis));
        let len = len.filter(|len| memory_for(len.saturating_mul(size_of::<f64>())));
        let too_large = || format!("has a weight of shape {shape:?}, more than there is memory for");
        let len = len.ok_or_else(|| Problem::mismatch(too_large(), "take smaller sizes"))?;
        let key = self.seed.map_or(key, |seed| Key::new(seed as u64, 0));
        let constant = |value: f64| Buffer::F64(vec![value; len]).cast(dtype);
        Ok(match &self.kind {
            InitializerKind::Zeros => Buffer::zeros(dtype, len),
            InitializerKind::Ones => constant(1.0),
            InitializerKind::Constant(value) => constant(value.get()),
            InitializerKind::Values(values) => Buffer::F64(values.broadcast(shape)?).cast(dtype),
            InitializerKind::Identity { gain } => Buffer::F64(identity(shape, gain.get())?).cast(dtype),
            InitializerKind::RandomNormal { mean, stddev } => normal(key, dtype, len, mean.get(), stddev.get()),
            InitializerKind::RandomUniform { minval, maxval } => uniform(key, dtype, len, minval.get(), maxval.get()),
            InitializerKind::TruncatedNormal { mean, stddev } => {
                truncated_normal(key, dtype, len, mean.get(), stddev.get())
            }
            InitializerKind::Orthogonal { gain } => Buffer::F64(orthogonal::draw(key, shape, gain.get())?).cast(dtype),
            InitializerKind::Stft(window) => Buffer::F64(window.kernel(shape)?).cast(dtype),
            InitializerKind::VarianceScaling { .. }
            | InitializerKind::GlorotUniform
            | InitializerKind::GlorotNormal
            | InitializerKind::HeUniform
            | InitializerKind::HeNormal
            | InitializerKind::LecunUniform
            | InitializerKind::LecunNormal => self.draw_scaled(key, dtype, shape, len)?,
        })
    }
}

fn identity(shape: &[usize], gain: f64) -> Result<Vec<f64>, Problem> {
    let &[rows, columns] = shape else {
        let message = format!("the identity fills matrices, found a weight of shape {shape:?}");
        return Err(Problem::mismatch(message, "take another initializer"));
    };
    let at = |i: usize| if i / columns == i % columns { gain } else { 0.0 };
    Ok((0..rows * columns).map(at).collect())
}
