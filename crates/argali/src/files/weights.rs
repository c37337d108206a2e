//! Saving and loading weights, in the format that the name or the content of the file tells.

#[cfg(feature = "keras-files")]
use super::content::{Content, content};
#[cfg(feature = "keras-files")]
use super::h5;
use super::loading::{LoadReport, LoadWeights, Loading, Target};
use super::{ends_with, named};
use crate::variable::snapshot;
use crate::{Error, Model, NamedWeight, Problem, Result};
use argali_engine::Buffer;
use argali_formats::Array;
use ndarray::{ArrayD, IxDyn};
use std::path::Path;
use std::sync::Arc;

impl Model {
    /// Writes the weights into a file; drawn if they are not yet.
    ///
    /// | name ends in | |
    /// |---|---|
    /// | `.weights.h5`, `.h5` | as Keras writes it, with the optimizer's state if the model is compiled |
    /// | `.safetensors`, `.npz` | each weight under its [path](NamedWeight::path) |
    ///
    /// The file is replaced as a whole or not at all.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if the file can't be written or its name says no format, [`Problem::NoInput`] before a model
    /// without input shape has seen data.
    ///
    /// ```
    /// use argali::prelude::*;
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("weights.safetensors");
    /// let model = Sequential::new().input([4]).dense(2).build()?;
    /// model.save_weights(&path)?;
    /// let same = Model::from_json(&model.to_json())?;
    /// same.load_weights(&path)?;
    /// assert_eq!(same.get_weights()?, model.get_weights()?);
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `Model.save_weights`.
    pub fn save_weights(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        self.drawn().and_then(|()| self.write_weights(path)).map_err(|error| error.in_file(path))
    }

    fn write_weights(&self, path: &Path) -> Result<()> {
        match path {
            path if ends_with(path, ".safetensors") => named::write_safetensors(self, path),
            #[cfg(feature = "keras-files")]
            path if ends_with(path, ".npz") => named::write_npz(self, path),
            #[cfg(feature = "keras-files")]
            path if ends_with(path, ".h5") => h5::write(self, path),
            _ => {
                let endings = match cfg!(feature = "keras-files") {
                    true => "`.weights.h5`, `.safetensors` or `.npz`",
                    false => "`.safetensors`",
                };
                Err(Error::new(Problem::File(format!("cannot write weights, expected a name that ends in {endings}"))))
            }
        }
    }

    /// Reads the weights from a file that [`save_weights`](Self::save_weights) or Keras wrote, or from the weights in a
    /// `.keras` file. The format is told by the content.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if the file can't be read, [`Problem::Data`] that lists all weights that are missing, left over
    /// or of another shape; nothing is replaced then.
    ///
    /// Keras: `Model.load_weights`.
    pub fn load_weights(&self, path: impl AsRef<Path>) -> Result<()> {
        self.load_weights_with(path, &LoadWeights::new()).map(|_| ())
    }

    /// Reads the weights from a file, as [`LoadWeights`] says, and reports what was loaded.
    ///
    /// # Errors
    ///
    /// As [`load_weights`](Self::load_weights), for what the options do not allow.
    pub fn load_weights_with(&self, path: impl AsRef<Path>, options: &LoadWeights) -> Result<LoadReport> {
        let path = path.as_ref();
        let load = || {
            self.network().ok_or_else(|| Error::new(Problem::NoInput))?;
            let mut loading = Loading::new(options);
            self.find_weights(path, &mut loading)?;
            loading.finish(path)
        };
        load().map_err(|error| error.in_file(path))
    }

    #[cfg(feature = "keras-files")]
    fn find_weights(&self, path: &Path, loading: &mut Loading<'_>) -> Result<()> {
        match content(path)? {
            Content::Hdf5 => h5::find(self, &argali_formats::hdf5::read(path).map_err(super::file_error)?, loading),
            Content::Zip => super::keras::find_weights(self, path, loading),
            Content::Json if ends_with(path, ".weights.json") => Err(Error::new(Problem::sharded())),
            Content::Json => {
                let found = "found a JSON text, which has no weights";
                Err(Error::new(Problem::File(format!("{found}, expected a file of weights"))))
            }
            Content::Other => named::find_safetensors(self, path, loading),
        }
    }

    #[cfg(not(feature = "keras-files"))]
    fn find_weights(&self, path: &Path, loading: &mut Loading<'_>) -> Result<()> {
        named::find_safetensors(self, path, loading)
    }

    /// Draws all weights that are not drawn yet.
    pub(super) fn drawn(&self) -> Result<()> {
        let network = self.network().ok_or_else(|| Error::new(Problem::NoInput))?;
        self.draw(network)
    }
}

/// The weights of a model by path.
pub(super) fn targets(model: &Model) -> Vec<Target> {
    model.weights().into_iter().map(|weight| target(weight, false)).collect()
}

fn target(weight: NamedWeight, is_count: bool) -> Target {
    Target { path: weight.path, variable: weight.variable, is_count }
}

/// The values of some weights, as one whole step left them.
pub(super) fn arrays<'t>(targets: impl IntoIterator<Item = &'t Target> + Clone) -> Vec<Array> {
    let mut values = Vec::new();
    snapshot(targets.clone().into_iter().map(|target| &target.variable), &mut values);
    let array = |(target, value): (&Target, &Arc<Buffer>)| array(value, &target.variable.spec.shape);
    targets.into_iter().zip(&values).filter_map(array).collect()
}

/// A buffer as an array of that shape.
pub(super) fn array(buffer: &Buffer, shape: &[usize]) -> Option<Array> {
    let shape = IxDyn(shape);
    match buffer {
        Buffer::F32(v) => ArrayD::from_shape_vec(shape, v.clone()).ok().map(Array::from),
        Buffer::F64(v) => ArrayD::from_shape_vec(shape, v.clone()).ok().map(Array::from),
        Buffer::I64(v) => ArrayD::from_shape_vec(shape, v.clone()).ok().map(Array::from),
    }
}
