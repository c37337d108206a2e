//! Keras for Rust.

#[macro_use]
mod macros;
mod config;
mod error;
mod shape;

pub use argali_engine as engine;
pub use config::{Class, Config, Json, Keys, config_of, value};
pub use error::{Error, Problem, Result};
pub use shape::{Dim, IntoDim, Shape};
