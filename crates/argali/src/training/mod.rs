//! Training: what a model is compiled with, the step, the loop, and what is told of it.

mod batches;
mod compile;
mod fit;
mod history;
mod progress;
mod saved;
mod step;

pub mod callbacks;

pub use compile::{Compile, IntoLoss, IntoLosses, IntoMetric, IntoMetrics, IntoOptimizer};
pub(crate) use compile::{Compiled, output_names};
pub use fit::{Evaluate, Fit, OnBatch};
pub use history::{History, Logs};
pub use progress::Verbose;
pub(crate) use saved::TrainingClasses;
pub(crate) use step::{StepKey, StepPlan};
