//! Convolution kernels that compute a short-time Fourier transform.

use crate::{Number, Problem};
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// Which part of the complex transform a kernel computes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WindowSide {
    /// The real part.
    #[default]
    Real,
    /// The imaginary part.
    Imag,
}

/// What a window is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WindowScaling {
    /// The root of the sum of its squares.
    Density,
    /// The sum of its absolute values.
    Spectrum,
}

/// The shape of a window, by the name SciPy has for it, or its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected the name of a window or a list of numbers")]
pub enum WindowShape {
    /// One of `hann`, `hamming`, `blackman`, `nuttall`, `blackmanharris`, `flattop`, `boxcar`, `triang`, `bartlett`,
    /// `cosine`, `bohman` and `barthann`.
    Named(String),
    /// One value for each step.
    Values(Vec<Number>),
}

/// Parameters of [`InitializerKind::Stft`](super::InitializerKind::Stft). The weight it fills has shape
/// `(steps, 1, bands / 2 + 1)`.
///
/// Keras: `keras.initializers.STFT`.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Part of the transform. Default `Real`.
    pub side: WindowSide,
    /// Shape of the window, `None` for none. Default `hann`.
    pub window: Option<WindowShape>,
    /// What the window is divided by, `None` for nothing. Default `Density`.
    pub scaling: Option<WindowScaling>,
    /// Whether the window repeats after its last step, rather than end there. Default `false`.
    pub periodic: bool,
}

impl Default for Window {
    fn default() -> Self {
        Window {
            side: WindowSide::Real,
            window: Some(WindowShape::Named("hann".into())),
            scaling: Some(WindowScaling::Density),
            periodic: false,
        }
    }
}

impl Window {
    pub(super) fn kernel(&self, shape: &[usize]) -> Result<Vec<f64>, Problem> {
        let &[steps, 1, bins] = shape else {
            let message = format!("a Fourier transform fills kernels of shape (steps, 1, bins), found {shape:?}");
            return Err(Problem::mismatch(message, "take another initializer"));
        };
        let window = self.values(steps)?;
        let bands = 2.0 * (bins.max(1) - 1) as f64;
        let wave = |step: usize, bin: usize| {
            let angle = -2.0 * PI * step as f64 * bin as f64 / bands;
            match self.side {
                WindowSide::Real => angle.cos(),
                WindowSide::Imag => angle.sin(),
            }
        };
        Ok((0..steps * bins).map(|i| wave(i / bins, i % bins) * window[i / bins]).collect())
    }

    /// The scaled window; ones if there is none.
    fn values(&self, steps: usize) -> Result<Vec<f64>, Problem> {
        let values = match &self.window {
            None => return Ok(vec![1.0; steps]),
            Some(WindowShape::Values(values)) if values.len() == steps => values.iter().map(|v| v.get()).collect(),
            Some(WindowShape::Values(values)) => {
                let found = format!("{} values", values.len());
                return Err(Problem::argument("window", found, format!("{steps}, one for each step"), ""));
            }
            Some(WindowShape::Named(name)) => named(name, steps, self.periodic)?,
        };
        let scale = match self.scaling {
            None => 1.0,
            Some(WindowScaling::Density) => values.iter().map(|v: &f64| v * v).sum::<f64>().sqrt(),
            Some(WindowScaling::Spectrum) => values.iter().map(|v: &f64| v.abs()).sum(),
        };
        Ok(values.into_iter().map(|v| v / scale).collect())
    }
}

/// SciPy's `scipy.signal.get_window`.
fn named(name: &str, steps: usize, periodic: bool) -> Result<Vec<f64>, Problem> {
    let sum = |weights: &'static [f64]| {
        move |x: f64| weights.iter().enumerate().map(|(k, w)| w * (k as f64 * PI * x).cos()).sum::<f64>()
    };
    let length = if periodic { steps + 1 } else { steps };
    let triangle = |width: f64| move |x: f64| 1.0 - (x * (length as f64 - 1.0) / width).abs();
    let shape: Box<dyn Fn(f64) -> f64> = match name {
        "hann" | "hanning" | "han" => Box::new(sum(&[0.5, 0.5])),
        "hamming" | "hamm" | "ham" => Box::new(sum(&[0.54, 0.46])),
        "blackman" | "black" | "blk" => Box::new(sum(&[0.42, 0.5, 0.08])),
        "nuttall" | "nutl" | "nut" => Box::new(sum(&[0.3635819, 0.4891775, 0.1365995, 0.0106411])),
        "blackmanharris" | "blackharr" | "bkh" => Box::new(sum(&[0.35875, 0.48829, 0.14128, 0.01168])),
        "flattop" | "flat" | "flt" => Box::new(sum(&[0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368])),
        "boxcar" | "box" | "ones" | "rect" | "rectangular" => Box::new(|_| 1.0),
        "bartlett" | "bart" | "brt" => Box::new(triangle(length as f64 - 1.0)),
        "triang" | "triangle" | "tri" => Box::new(triangle((length + length % 2) as f64)),
        "cosine" | "halfcosine" => {
            Box::new(move |x| (PI / length as f64 * (0.5 + (x + 1.0) / 2.0 * (length as f64 - 1.0))).sin())
        }
        "bohman" | "bman" | "bmn" => Box::new(|x: f64| match x.abs() {
            x if x >= 1.0 => 0.0,
            x => (1.0 - x) * (PI * x).cos() + (PI * x).sin() / PI,
        }),
        "barthann" | "brthan" | "bth" => Box::new(|x: f64| 0.62 - 0.24 * x.abs() + 0.38 * (PI * x).cos()),
        _ => {
            let known = "one of hann, hamming, blackman, nuttall, blackmanharris, flattop, boxcar, triang, bartlett, \
                         cosine, bohman, barthann";
            return Err(Problem::argument("window", format!("`{name}`"), known, "give the window's values"));
        }
    };
    if steps <= 1 {
        return Ok(vec![1.0; steps]);
    }
    let x = |step: usize| 2.0 * step as f64 / (length as f64 - 1.0) - 1.0;
    Ok((0..steps).map(|step| shape(x(step))).collect())
}
