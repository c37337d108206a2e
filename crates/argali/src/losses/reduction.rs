//! How the values of a loss become one number.

use serde::{Deserialize, Serialize};

/// How the values of a loss become one number.
///
/// Keras writes and reads [`None`](Reduction::None) as `"none"` and as `null`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    /// Their sum, divided by their number. The default; Keras 2 calls it `auto`.
    #[default]
    #[serde(alias = "auto")]
    SumOverBatchSize,
    /// Their sum.
    Sum,
    /// The same as [`SumOverBatchSize`](Reduction::SumOverBatchSize).
    Mean,
    /// Their sum, divided by the sum of the sample weights if there are any, else by their number.
    MeanWithSampleWeight,
    /// The weighted values as they are. Training needs one number, so it can't be trained with.
    None,
}
