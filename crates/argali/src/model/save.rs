//! Weights in safetensors files, keyed by layer and weight name.

use super::{Model, NamedWeight};
use crate::data::Arrays;
use crate::warnings::warn;
use crate::{Error, Problem, Result};
use argali_engine::Buffer;
use argali_formats::{Array, safetensors};
use ndarray::{ArrayD, IxDyn};
use std::collections::BTreeMap;
use std::path::Path;

impl Model {
    /// Writes the weights into a safetensors file, each under its [path](NamedWeight::path); drawn if they are not yet.
    ///
    /// The file is replaced as a whole or not at all.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if the file can't be written, [`Problem::NoInput`] before a model without input shape has seen
    /// data.
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
    pub fn save_weights(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let network = self.network().ok_or_else(|| Error::new(Problem::NoInput))?;
        self.draw(network)?;
        let arrays: Vec<_> = self.weights().iter().filter_map(|w| Some((w.path.clone(), array_of(w)?))).collect();
        let metadata = BTreeMap::from([("format".to_owned(), "argali".to_owned())]);
        safetensors::write(path, arrays, &metadata).map_err(file_error)
    }

    /// Reads the weights from a safetensors file that [`save_weights`](Self::save_weights) wrote.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if the file can't be read, [`Problem::Data`] that lists all weights that are missing, left over
    /// or of another shape; nothing is replaced then.
    pub fn load_weights(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let mut file = safetensors::read(path).map_err(file_error)?;
        let weights = self.weights();
        if weights.is_empty() && self.network().is_none() {
            return Err(Error::new(Problem::NoInput).in_file(path));
        }
        let mut wrong = Vec::new();
        let mut values = Vec::new();
        for weight in &weights {
            match file.tensors.remove(&weight.path) {
                None => wrong.push(format!("`{}` is missing", weight.path)),
                Some(array) if array.shape() != weight.shape => {
                    wrong.push(format!("`{}` has shape {:?}, expected {:?}", weight.path, array.shape(), weight.shape));
                }
                Some(array) if !array.dtype().name().starts_with("float") => {
                    wrong.push(format!(
                        "`{}` holds {}, expected floating-point numbers",
                        weight.path,
                        array.dtype().name()
                    ));
                }
                Some(array) => values.push(array),
            }
        }
        wrong.extend(file.tensors.keys().map(|name| format!("`{name}` is not a weight of the model")));
        if !wrong.is_empty() {
            let help = "the file must come from a model with the same layers and names";
            return Err(Error::new(Problem::data(wrong.join("; "), help)).in_file(path));
        }
        if values.iter().any(|v| v.to_f64().iter().any(|x| !x.is_finite())) {
            warn(format_args!("{}: some weights are not finite", path.display()));
        }
        let values: Vec<ArrayD<f64>> = values.into_iter().map(Array::into_f64).collect();
        self.set_weights(&values.views())
    }
}

fn array_of(weight: &NamedWeight) -> Option<Array> {
    let shape = IxDyn(&weight.shape);
    match &*weight.variable.value()? {
        Buffer::F32(v) => ArrayD::from_shape_vec(shape, v.clone()).ok().map(Array::from),
        Buffer::F64(v) => ArrayD::from_shape_vec(shape, v.clone()).ok().map(Array::from),
        Buffer::I64(v) => ArrayD::from_shape_vec(shape, v.clone()).ok().map(Array::from),
    }
}

fn file_error(error: argali_formats::Error) -> Error {
    Error::new(Problem::File(error.to_string()))
}
