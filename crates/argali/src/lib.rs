//! Keras for Rust.

#[macro_use]
mod macros;
mod config;
mod error;
mod named;
mod number;
mod shape;

pub mod activations;
pub mod constraints;
pub mod initializers;
pub mod regularizers;

pub use argali_engine as engine;
pub use config::{Class, Config, Json, Keys, config_of, value};
pub use error::{Error, Problem, Result};
pub use number::Number;
pub use shape::{Dim, IntoDim, Shape};
