//! Arrays in numpy's files, as models take and give them.

use crate::model_file::file_error;
use argali::{Arrays, Error, Problem, Result, View};
use argali_formats::{Array, npy};
use std::path::{Path, PathBuf};

/// Arrays read from files, in order.
#[derive(Debug)]
pub(crate) struct Given(Vec<Array>);

impl Given {
    pub(crate) fn read(paths: &[PathBuf]) -> Result<Self> {
        paths.iter().map(|path| read(path)).collect::<Result<_>>().map(Given)
    }
}

impl Arrays for Given {
    fn views(&self) -> Vec<View<'_>> {
        self.0.iter().filter_map(view).collect()
    }
}

fn read(path: &Path) -> Result<Array> {
    let array = npy::read(path).map_err(file_error)?;
    let problem = match view(&array) {
        None => Problem::data(format!("holds {}", array.dtype()), "convert it to a type of floats or integers"),
        Some(_) if array.ndim() == 0 => {
            Problem::data("holds a single number", "give an array with a sample in each row")
        }
        Some(_) => return Ok(array),
    };
    Err(Error::new(problem).in_file(path))
}

fn view(array: &Array) -> Option<View<'_>> {
    Some(match array {
        Array::F32(a) => View::of(a),
        Array::F64(a) => View::of(a),
        Array::I8(a) => View::of(a),
        Array::I16(a) => View::of(a),
        Array::I32(a) => View::of(a),
        Array::I64(a) => View::of(a),
        Array::U8(a) => View::of(a),
        Array::U16(a) => View::of(a),
        Array::U32(a) => View::of(a),
        Array::U64(a) => View::of(a),
        Array::Bool(a) => View::of(a),
        _ => return None,
    })
}

/// Writes an array as numpy's `save` does, into a file that [`Outputs`](crate::outputs::Outputs) puts in its place.
pub(crate) fn write(path: &Path, array: impl Into<Array>) -> Result<()> {
    let written = std::fs::write(path, npy::to_bytes(&array.into()));
    written.map_err(|e| Error::new(Problem::File(format!("can't be written: {e}"))).in_file(path))
}
