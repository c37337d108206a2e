//! Training: what a model is compiled with, the options of its loops over data, and what they return.
//!
//! [`Model::compile`](crate::Model::compile) sets optimizer, losses and metrics, [`Model::fit`](crate::Model::fit) trains,
//! [`Model::evaluate`](crate::Model::evaluate) measures; [`callbacks`] watch and steer.

mod batches;
mod compile;
mod fit;
mod history;
mod into;
mod options;
mod pass;
mod progress;
mod sample_weights;
mod saved;
mod step;

pub mod callbacks;

pub use compile::Compile;
pub(crate) use compile::{Compiled, RunOptions, output_names};
pub use history::{History, Logs};
pub use into::{IntoLoss, IntoLosses, IntoMetric, IntoMetrics, IntoOptimizer};
pub(crate) use into::{LossWeights, Losses, Metrics};
pub use options::{Evaluate, Fit, OnBatch};
pub use progress::Verbose;
pub(crate) use saved::TrainingClasses;
pub(crate) use step::{StepKey, StepPlan};
#[cfg(feature = "keras-files")]
pub(crate) use step::{filled, with_unique_paths};
