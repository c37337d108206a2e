//! Files as [argali](https://docs.rs/argali) reads and writes them: arrays and JSON, no models.
//!
//! | module | what |
//! |---|---|
//! | [`json`] | JSON as Keras writes it, with bare `NaN` and `Infinity` |
//! | [`safetensors`] | named tensors in one file |
//! | `hdf5` | groups, arrays and attributes in HDF5 files, behind the feature of the same name |
//! | `keras` | whole models in `.keras` files, behind the feature of the same name |
//! | `npy`, `npz` | numpy's files, behind the features of the same names |
//! | [`atomic`] | replacing a file in one step |
//!
//! Whatever a file contains, the answer is a value or an [`Error`] that names the file, the place inside, what was
//! found and what was expected; sizes are checked before anything of that size is allocated.

#![forbid(unsafe_code)]

#[cfg(feature = "npz")]
mod archive;
mod array;
mod encoding;
mod error;

pub mod atomic;
#[cfg(feature = "hdf5")]
pub mod hdf5;
pub mod json;
#[cfg(feature = "keras")]
pub mod keras;
#[cfg(feature = "npy")]
pub mod npy;
#[cfg(feature = "npz")]
pub mod npz;
pub mod safetensors;

pub use array::{Array, DType};
pub use error::{Error, Problem, Result};
