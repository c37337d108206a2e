//! Models and weights in files.
//!
//! [`Model::save`](crate::Model::save) and [`Model::load`](crate::Model::load) exchange whole models with Keras,
//! [`Model::save_weights`](crate::Model::save_weights) and [`Model::load_weights`](crate::Model::load_weights) weights.
//! What a file is to be is told by its name when it is written, and by its content when it is read.

#[cfg(feature = "keras-files")]
mod content;
#[cfg(feature = "keras-files")]
mod h5;
#[cfg(feature = "keras-files")]
mod keras;
#[cfg(feature = "keras-files")]
mod legacy;
mod loading;
mod named;
#[cfg(feature = "keras-files")]
mod objects;
#[cfg(feature = "keras-files")]
mod optimizer;
mod weights;

use crate::{Error, Problem};
use std::path::Path;

pub use loading::{LoadReport, LoadWeights};

/// The error without the file's name, which whoever was given it adds.
fn file_error(error: argali_formats::Error) -> Error {
    Error::new(Problem::File(error.without_file().to_string()))
}

fn ends_with(path: &Path, ending: &str) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    name.is_some_and(|name| name.ends_with(ending))
}
