//! Keras for Rust: build models by chaining layers, let every layer infer its shapes, train them, and exchange them
//! with Keras.
//!
//! ```
//! use argali::prelude::*;
//!
//! let model = Sequential::new()
//!     .input([128, 9])
//!     .separable_conv_1d(64, 7).padding(Same).depth_multiplier(2).activation(Relu)
//!     .max_pooling_1d(2)
//!     .global_average_pooling_1d()
//!     .dense(6).activation(Softmax).name("logits")
//!     .build()?;
//!
//! let x = ndarray::Array3::<f32>::zeros((4, 128, 9));
//! assert_eq!(model.predict(&x)?.shape(), [4, 6]);
//! # Ok::<(), argali::Error>(())
//! ```

#[macro_use]
mod macros;
mod chain;
mod config;
mod data;
mod error;
mod files;
mod instance;
mod layer;
mod model;
mod named;
mod network;
mod number;
mod operations;
mod options;
mod policy;
mod registry;
mod sequential;
mod shape;
mod shared;
mod sizes;
mod source;
mod tensor;
mod variable;
mod warnings;

#[cfg(test)]
mod testing;

pub mod activations;
pub mod constraints;
pub mod initializers;
pub mod layers;
pub mod losses;
pub mod metrics;
pub mod optimizers;
pub mod regularizers;
pub mod schedules;
pub mod settings;
pub mod training;

pub use argali_engine as engine;
pub use chain::{Compose, Finish, IntoLayer, Object, On, Put, Tensors, call_on};
pub use config::{Class, Config, Json, Keys, Setting, config_of, value};
pub use data::{Arrays, Item, View};
pub use error::{Error, Problem, Result};
pub use files::{LoadReport, LoadWeights};
pub use layer::{Call, Layer, Weight, from_zero, known, positive};
pub use model::{IntoTensors, LayerCall, LayerStats, Model, NamedTensors, NamedWeight, Summary, named_tensors};
pub use ndarray::ArrayD;
pub use number::{MaybeNumber, Number, Numbers};
pub use operations::{Constant, Operand, power};
pub use options::{AxisList, DataFormat, Interpolation, Padding, Size, TargetShape};
pub use policy::Policy;
pub use registry::Registry;
pub use sequential::Sequential;
pub use settings::set_random_seed;
pub use shape::{Dim, IntoDim, Shape};
pub use shared::SharedLayer;
pub use sizes::{Margins, OutputPadding};
pub use tensor::{Tensor, input};

#[doc(hidden)]
pub use chain::{Description, put};

/// Exports classes of a module, and lists their names.
macro_rules! exported {
    ($NAMES:ident $module:ident :: $($Class:ident),* $(,)?) => {
        pub use crate::$module::{$($Class),*};
        pub(crate) const $NAMES: &[&str] = &[$(stringify!($Class)),*];
    };
}

/// Everything a model definition needs: `use argali::prelude::*;`.
///
/// Where a layer and an activation share a name, this exports the activation; the layer is in [`layers`].
pub mod prelude {
    pub use crate::activations::ActivationFunction::Softmax;
    pub use crate::activations::ActivationFunction::*;
    pub use crate::constraints::Constraint::*;
    pub use crate::initializers::InitializerKind::Identity;
    pub use crate::initializers::InitializerKind::*;
    pub use crate::layers::*;
    exported! { LOSSES losses::
        BinaryCrossentropy, BinaryFocalCrossentropy, CategoricalCrossentropy, CategoricalFocalCrossentropy,
        CategoricalHinge, CosineSimilarity, Hinge, Huber, KLDivergence, LogCosh, MeanAbsoluteError,
        MeanAbsolutePercentageError, MeanSquaredError, MeanSquaredLogarithmicError, Poisson,
        SparseCategoricalCrossentropy, SquaredHinge,
    }
    exported! { METRICS metrics::
        AUC, BinaryAccuracy, CategoricalAccuracy, F1Score, FBetaScore, Precision, Recall, RootMeanSquaredError,
        SparseCategoricalAccuracy, SparseTopKCategoricalAccuracy, TopKCategoricalAccuracy,
    }
    exported! { OPTIMIZERS optimizers::
        Adadelta, Adafactor, Adagrad, Adam, AdamW, Adamax, Ftrl, Lamb, Lion, Muon, Nadam, RMSprop, SGD,
    }
    pub use crate::options::DataFormat::*;
    pub use crate::options::Interpolation::*;
    pub use crate::options::Padding::*;
    pub use crate::policy::Policy::*;
    pub use crate::regularizers::Regularizer::{L1, L1L2, L2};
    pub use crate::training::callbacks::{
        CSVLogger, EarlyStopping, LearningRateScheduler, ModelCheckpoint, ReduceLROnPlateau, TerminateOnNaN,
    };
    pub use crate::training::{Compile, Evaluate, Fit, History, Verbose};
    pub use crate::{
        Compose, Finish, LoadWeights, Model, Registry, Sequential, SharedLayer, Tensor, call_on, input, power,
        set_random_seed,
    };
}
