//! Arrays cut into batches.

use crate::data::View;
use crate::{Error, Problem, Result};
use argali_engine::{Buffer, DType, Slice};

/// Arrays that are read batch by batch, each converted to the type its input has.
#[derive(Debug)]
pub(crate) struct Batches<'a> {
    views: Vec<View<'a>>,
    dtypes: Vec<DType>,
    buffers: Vec<Buffer>,
}

impl<'a> Batches<'a> {
    pub(crate) fn new(views: Vec<View<'a>>, dtypes: Vec<DType>) -> Self {
        let buffers = dtypes.iter().map(|d| Buffer::zeros(*d, 0)).collect();
        Batches { views, dtypes, buffers }
    }

    /// Copies some samples of every array.
    pub(crate) fn load(&mut self, samples: &[usize]) {
        for ((view, dtype), buffer) in self.views.iter().zip(&self.dtypes).zip(&mut self.buffers) {
            buffer.clear();
            debug_assert_eq!(buffer.dtype(), *dtype);
            samples.iter().for_each(|sample| view.copy_row(*sample, buffer));
        }
    }

    /// What was loaded last.
    pub(crate) fn slices(&self) -> impl Iterator<Item = Slice<'_>> {
        self.buffers.iter().map(Buffer::as_slice)
    }
}

/// Lengths of an array's axes without the first.
pub(crate) fn sample_shape(view: &View<'_>) -> Vec<usize> {
    view.shape().iter().skip(1).copied().collect()
}

/// Checks that all arrays have as many samples, and some.
pub(crate) fn same_samples(what: &str, expected: usize, views: &[View<'_>]) -> Result<()> {
    match views.iter().find(|v| v.samples() != expected || v.shape().is_empty()) {
        None => Ok(()),
        Some(view) => {
            let message = format!("{what} for {} samples, inputs for {expected}", view.samples());
            Err(Error::new(Problem::data(message, "give as many of each")))
        }
    }
}
