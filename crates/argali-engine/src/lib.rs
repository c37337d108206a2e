//! Graphs of typed tensor operations, and everything that happens to them between a model and its numbers.
//!
//! A [`Graph`] is built by calling operations on [`Value`]s; it has concrete shapes and runs nothing. It can be
//! [differentiated](Graph::gradients), graph to graph, and is then [planned](Graph::plan): optimised, put in order
//! and given storage by liveness. A [`Plan`] is run many times, from many threads, without allocating.
//!
//! The same graph gives the same bits on any number of threads: work is cut into chunks whose borders do not depend
//! on how many threads there are.
//!
//! ```
//! use argali_engine::{DType, Graph};
//!
//! let graph = Graph::new();
//! let x = graph.input(DType::F64, &[3]);
//! let loss = (x * x).sum_all();
//! let gradient = graph.gradients(loss, &[x])[0].ok_or("independent")?;
//! let plan = graph.plan(&[loss, gradient])?;
//!
//! let (mut l, mut g) = ([0.0], [0.0; 3]);
//! plan.run(&[[1.0, 2.0, 3.0].as_slice().into()], &mut [l.as_mut_slice().into(), g.as_mut_slice().into()])?;
//! assert_eq!((l, g), ([14.0], [2.0, 4.0, 6.0]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod buffer;
mod differentiate;
mod elementary;
mod graph;
mod operation;
mod optimise;
mod parallel;
mod plan;
mod product;
mod simd;
mod value;

pub mod ops;
pub mod random;

pub use buffer::{Buffer, DType, Element, GemmDims, Real, Slice, SliceMut, memory_for};
pub use graph::Graph;
pub use operation::{Differentiated, Inputs, Io, Operation, OperationError, Outputs, TensorType};
pub use ops::{Function, Window};
pub use parallel::{for_each_chunk, for_each_chunk_of, with_threads};
pub use plan::{Plan, RunError};
pub use value::Value;

#[cfg(test)]
mod testing;
