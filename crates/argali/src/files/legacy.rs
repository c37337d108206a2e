//! HDF5 files as Keras wrote them before version 3, and as it still does under names that end in `.h5`.

use super::file_error;
use super::loading::Loading;
use crate::{Error, Model, Problem, Registry, Result};
use argali_formats::hdf5::Group;

/// The group with the weights of a legacy file: the root, or `model_weights` in the file of a whole model. `None` for
/// a file as Keras 3 writes it.
pub(super) fn weights(root: &Group) -> Result<Option<Group>> {
    if let Some(weights) = root.find_group("model_weights").map_err(file_error)? {
        return Ok(Some(weights));
    }
    let names = root.texts("layer_names").map_err(file_error)?;
    Ok(names.map(|_| root.clone()))
}

/// Finds the weights of a model in the group of a legacy file.
pub(super) fn find(_model: &Model, _weights: &Group, _loading: &mut Loading<'_>) -> Result<()> {
    Err(unsupported())
}

/// The model in a legacy file.
pub(super) fn model(_root: &Group, _registry: &Registry) -> Result<Model> {
    Err(unsupported())
}

fn unsupported() -> Error {
    let found = "found a legacy file of Keras";
    Error::new(Problem::File(format!("{found}, expected one that Keras 3 wrote as `.keras` or `.weights.h5`")))
}
