//! What is loaded into a model, how strictly, and what came of it.

use super::file_error;
use crate::variable::{Variable, commit};
use crate::warnings::warn;
use crate::{Error, Problem, Result};
use argali_engine::Buffer;
use argali_formats::{Array, DType};
use std::path::Path;
use std::sync::Arc;

/// How weights are loaded; see [`Model::load_weights_with`](crate::Model::load_weights_with).
///
/// ```
/// use argali::prelude::*;
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("features.safetensors");
/// Sequential::new().input([4]).dense(8).name("features").dense(2).name("old").build()?.save_weights(&path)?;
///
/// let model = Sequential::new().input([4]).dense(8).name("features").dense(3).name("new").build()?;
/// let report = model.load_weights_with(&path, &LoadWeights::new().by_name(true))?;
/// assert_eq!(report.loaded, ["features/kernel", "features/bias"]);
/// assert_eq!(report.missing, ["new/kernel", "new/bias"]);
/// # Ok::<(), argali::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "options take effect in `Model::load_weights_with`"]
pub struct LoadWeights {
    by_name: bool,
    skip_mismatch: bool,
}

impl LoadWeights {
    /// Strict: everything in the model is loaded, and everything in the file is used.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether layers get the weights of the layers of their names, wherever those are; what only the model or only the
    /// file has is left alone. Default `false`: layers get the weights of the layers in their places.
    ///
    /// Keras: `Model.load_weights(by_name=...)` of legacy files.
    pub fn by_name(mut self, by_name: bool) -> Self {
        self.by_name = by_name;
        self
    }

    /// Whether layers whose weights do not fit keep those they have. Default `false`: nothing is loaded then.
    ///
    /// Keras: `Model.load_weights(skip_mismatch=...)`.
    pub fn skip_mismatch(mut self, skip: bool) -> Self {
        self.skip_mismatch = skip;
        self
    }
}

/// What came of loading weights; see [`LoadWeights`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LoadReport {
    /// Paths of the weights that were loaded.
    pub loaded: Vec<String>,
    /// What did not fit and was skipped: which weight, what was found and what was expected.
    pub skipped: Vec<String>,
    /// Paths of the weights that the file does not have.
    pub missing: Vec<String>,
    /// What the file has for layers that the model does not have.
    pub unused: Vec<String>,
}

/// A weight to be loaded.
pub(super) struct Target {
    /// Names of the layers it is in and its own.
    pub(super) path: String,
    pub(super) variable: Arc<Variable>,
    /// Whether it counts something, and Keras keeps integers in it.
    pub(super) is_count: bool,
}

/// Weights found in a file so far; nothing changes in the model before [`finish`](Loading::finish).
pub(super) struct Loading<'o> {
    options: &'o LoadWeights,
    values: Vec<(Arc<Variable>, Arc<Buffer>)>,
    report: LoadReport,
}

impl<'o> Loading<'o> {
    pub(super) fn new(options: &'o LoadWeights) -> Self {
        Loading { options, values: Vec::new(), report: LoadReport::default() }
    }

    /// Whether weights are found by the names of their layers.
    #[cfg(feature = "keras-files")]
    pub(super) fn is_by_name(&self) -> bool {
        self.options.by_name
    }

    /// Reads what the file has for a weight, if shape and type are the weight's.
    pub(super) fn take(
        &mut self,
        target: &Target,
        shape: &[usize],
        dtype: DType,
        read: impl FnOnce() -> argali_formats::Result<Array>,
    ) -> Result<()> {
        let Target { path, variable, is_count } = target;
        let expected = &variable.spec.shape;
        if shape != expected {
            self.mismatch(format!("`{path}` has shape {shape:?}, expected {expected:?}"));
        } else if !matches!(dtype, DType::F32 | DType::F64) && !is_count {
            self.mismatch(format!("`{path}` holds {dtype}, expected floating-point numbers"));
        } else {
            let value = buffer(read().map_err(file_error)?).cast(variable.dtype);
            self.values.push((variable.clone(), Arc::new(value)));
            self.report.loaded.push(path.clone());
        }
        Ok(())
    }

    pub(super) fn mismatch(&mut self, message: String) {
        self.report.skipped.push(message);
    }

    pub(super) fn missing(&mut self, target: &Target) {
        self.report.missing.push(target.path.clone());
    }

    pub(super) fn unused(&mut self, name: String) {
        self.report.unused.push(name);
    }

    /// Puts the values into the model, all together, unless something is wrong that the options do not allow.
    pub(super) fn finish(self, path: &Path) -> Result<LoadReport> {
        let LoadWeights { by_name, skip_mismatch } = *self.options;
        let LoadReport { skipped, missing, unused, .. } = &self.report;
        let mut wrong: Vec<String> = if skip_mismatch { Vec::new() } else { skipped.clone() };
        if !by_name && !skip_mismatch {
            wrong.extend(missing.iter().map(|path| format!("`{path}` is missing")));
            wrong.extend(unused.iter().map(|name| format!("`{name}` is not in the model")));
        }
        if !wrong.is_empty() {
            let help = "the file must come from a model with the same layers; `LoadWeights` loads what fits";
            return Err(Error::new(Problem::data(wrong.join("; "), help)).in_file(path));
        }
        if self.values.iter().any(|(_, value)| !is_finite(value)) {
            warn(format_args!("{}: some weights are not finite", path.display()));
        }
        commit(self.values.iter().map(|(variable, value)| (variable, value.clone())));
        Ok(self.report)
    }
}

fn is_finite(buffer: &Buffer) -> bool {
    match buffer {
        Buffer::F32(values) => all_in_blocks(values, |value| value.is_finite()),
        Buffer::F64(values) => all_in_blocks(values, |value| value.is_finite()),
        Buffer::I64(_) => true,
    }
}

/// Whether something holds for all values, asked of whole blocks without a branch for each value.
fn all_in_blocks<T: Copy>(values: &[T], holds: impl Fn(T) -> bool) -> bool {
    values.chunks(4096).all(|block| block.iter().fold(true, |all, value| all & holds(*value)))
}

/// The elements of an array, in the nearest type that models compute with.
pub(super) fn buffer(array: Array) -> Buffer {
    match array {
        Array::F32(values) => Buffer::F32(elements(values)),
        array if array.to_i64().is_some() => Buffer::I64(array.to_i64().map(elements).unwrap_or_default()),
        other => Buffer::F64(elements(other.into_f64())),
    }
}

fn elements<T: Clone>(values: ndarray::ArrayD<T>) -> Vec<T> {
    let values = if values.is_standard_layout() { values } else { values.as_standard_layout().into_owned() };
    let (elements, start) = values.into_raw_vec_and_offset();
    match start {
        None | Some(0) => elements,
        Some(start) => elements.into_iter().skip(start).collect(),
    }
}
