//! Defaults of the process: `keras.json`, the random seed, and where warnings go.

use crate::options::DataFormat;
use crate::policy::Policy;
pub use crate::warnings::{reset_warning_handler, set_warning_handler};
use std::sync::{LazyLock, PoisonError, RwLock};

/// Defaults that options not given fall back to.
///
/// They come from `$KERAS_HOME/keras.json` or `~/.keras/keras.json`, read once per process, and can be replaced with
/// [`set`]. A missing or unreadable file gives Keras's own defaults.
///
/// Keras: `keras.config`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Floating-point type of layers. Default `float32`.
    pub floatx: Policy,
    /// Small number that keeps divisions defined. Default 1e-7.
    pub epsilon: f64,
    /// Where channels are. Default channels last.
    pub image_data_format: DataFormat,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { floatx: Policy::Float32, epsilon: 1e-7, image_data_format: DataFormat::ChannelsLast }
    }
}

static CURRENT: LazyLock<RwLock<Settings>> = LazyLock::new(|| RwLock::new(read_file().unwrap_or_default()));

/// The defaults in force.
pub fn current() -> Settings {
    *CURRENT.read().unwrap_or_else(PoisonError::into_inner)
}

/// Replaces the defaults of the process.
///
/// ```
/// use argali::settings::{self, Settings};
/// settings::set(Settings { epsilon: 1e-8, ..Settings::default() });
/// assert_eq!(settings::current().epsilon, 1e-8);
/// ```
pub fn set(settings: Settings) {
    *CURRENT.write().unwrap_or_else(PoisonError::into_inner) = settings;
}

fn read_file() -> Option<Settings> {
    if cfg!(test) {
        return None;
    }
    let home = std::env::var_os("KERAS_HOME").map(std::path::PathBuf::from);
    let folder = home.or_else(|| Some(std::path::PathBuf::from(std::env::var_os("HOME")?).join(".keras")))?;
    let json: crate::Json = serde_json::from_slice(&std::fs::read(folder.join("keras.json")).ok()?).ok()?;
    let default = Settings::default();
    Some(Settings {
        floatx: json["floatx"].as_str().and_then(|s| s.parse().ok()).unwrap_or(default.floatx),
        epsilon: json["epsilon"].as_f64().filter(|e| *e > 0.0).unwrap_or(default.epsilon),
        image_data_format: json["image_data_format"]
            .as_str()
            .and_then(|s| s.parse().ok())
            .unwrap_or(default.image_data_format),
    })
}

static SEED: RwLock<Option<u64>> = RwLock::new(None);

/// Makes everything random that follows reproducible: initial weights, shuffling, dropout.
///
/// Models take their seed when they are made; [`Model::seed`](crate::Model::seed) sets that of a single one. Without
/// either, every process draws differently.
///
/// Keras: `keras.utils.set_random_seed`.
pub fn set_random_seed(seed: u64) {
    *SEED.write().unwrap_or_else(PoisonError::into_inner) = Some(seed);
}

/// The seed of the next model: counted up from the one that was set, else from the clock and the process.
pub(crate) fn next_seed() -> u64 {
    let mut seed = SEED.write().unwrap_or_else(PoisonError::into_inner);
    let start = seed.unwrap_or_else(|| {
        use std::hash::BuildHasher;
        std::hash::RandomState::new().hash_one(std::process::id())
    });
    *seed = Some(start.wrapping_add(1));
    start
}
