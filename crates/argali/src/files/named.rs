//! Weights under their paths, in safetensors and npz files.

use super::file_error;
use super::loading::{Loading, Target};
use super::weights::{arrays, targets};
use crate::{Model, Result};
use argali_formats::{Array, safetensors};
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn write_safetensors(model: &Model, path: &Path) -> Result<()> {
    let metadata = BTreeMap::from([("format".to_owned(), "argali".to_owned())]);
    safetensors::write(path, named(&targets(model)), &metadata).map_err(file_error)
}

pub(super) fn find_safetensors(model: &Model, path: &Path, loading: &mut Loading<'_>) -> Result<()> {
    find(model, safetensors::read(path).map_err(file_error)?.tensors, loading)
}

#[cfg(feature = "keras-files")]
pub(super) fn write_npz(model: &Model, path: &Path) -> Result<()> {
    use argali_formats::npz;

    npz::write(path, named(&targets(model)), npz::Compression::Stored).map_err(file_error)
}

#[cfg(feature = "keras-files")]
pub(super) fn find_npz(model: &Model, path: &Path, loading: &mut Loading<'_>) -> Result<()> {
    find(model, argali_formats::npz::read(path).map_err(file_error)?, loading)
}

fn named(targets: &[Target]) -> Vec<(String, Array)> {
    targets.iter().map(|target| target.path.clone()).zip(arrays(targets)).collect()
}

fn find(model: &Model, found: impl IntoIterator<Item = (String, Array)>, loading: &mut Loading<'_>) -> Result<()> {
    let mut found: BTreeMap<String, Array> = found.into_iter().collect();
    for target in targets(model) {
        match found.remove(&target.path) {
            Some(array) => {
                let (shape, dtype) = (array.shape().to_vec(), array.dtype());
                loading.take(&target, &shape, dtype, || Ok(array))?;
            }
            None => loading.missing(&target),
        }
    }
    found.into_keys().for_each(|name| loading.unused(name));
    Ok(())
}
