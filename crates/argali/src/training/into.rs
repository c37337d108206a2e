//! What optimizers, losses and metrics may be given as.

use crate::losses::{AnyLoss, Loss};
use crate::metrics::{AnyMetric, Metric};
use crate::optimizers::{AnyOptimizer, Optimizer};
use crate::{Number, Problem, Result};
use indexmap::IndexMap;
use std::str::FromStr;

/// An optimizer, or the name of one.
pub trait IntoOptimizer {
    #[doc(hidden)]
    fn into_optimizer(self) -> Result<AnyOptimizer, Problem>;
}

/// A loss, or the name of one.
pub trait IntoLoss {
    #[doc(hidden)]
    fn into_loss(self) -> Result<AnyLoss, Problem>;
}

/// A metric, or the name of one.
pub trait IntoMetric {
    #[doc(hidden)]
    fn into_metric(self) -> Result<AnyMetric, Problem>;
}

macro_rules! into_one {
    ($($Into:ident $method:ident $Trait:ident $Any:ident),*) => {
        $(impl<T: $Trait> $Into for T {
            fn $method(self) -> Result<$Any, Problem> {
                Ok(self.into())
            }
        }
        impl $Into for $Any {
            fn $method(self) -> Result<$Any, Problem> {
                Ok(self)
            }
        }
        impl $Into for &str {
            fn $method(self) -> Result<$Any, Problem> {
                $Any::from_str(self)
            }
        })*
    };
}

into_one! {
    IntoOptimizer into_optimizer Optimizer AnyOptimizer,
    IntoLoss into_loss Loss AnyLoss,
    IntoMetric into_metric Metric AnyMetric
}

/// Implements a trait for tuples of what has the trait itself.
macro_rules! tuples {
    ($implement:ident) => {
        tuples! { $implement A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11 }
    };
    ($implement:ident $($T:ident $i:tt),+) => {
        tuples! { @each $implement [] $($T $i),+ }
    };
    (@each $implement:ident [$($Before:ident $b:tt),*]) => {};
    (@each $implement:ident [$($Before:ident $b:tt),*] $T:ident $i:tt $(, $Rest:ident $r:tt)*) => {
        $implement! { $($Before $b,)* $T $i }
        tuples! { @each $implement [$($Before $b,)* $T $i] $($Rest $r),* }
    };
}

/// The loss of every output: one for all of them, or one each in their order as an array or a tuple; `()` for none, and
/// in a tuple for an output that is left out.
pub trait IntoLosses {
    #[doc(hidden)]
    fn into_losses(self) -> Result<Losses, Problem>;
}

impl<L: IntoLoss> IntoLosses for L {
    fn into_losses(self) -> Result<Losses, Problem> {
        Ok(Losses::All(self.into_loss()?))
    }
}

impl<L: IntoLoss, const N: usize> IntoLosses for [L; N] {
    fn into_losses(self) -> Result<Losses, Problem> {
        Ok(Losses::Each(self.into_iter().map(|l| l.into_loss().map(Some)).collect::<Result<_, _>>()?))
    }
}

impl<L: IntoLoss> IntoLosses for Vec<Option<L>> {
    fn into_losses(self) -> Result<Losses, Problem> {
        Ok(Losses::Each(self.into_iter().map(|l| l.map(IntoLoss::into_loss).transpose()).collect::<Result<_, _>>()?))
    }
}

impl IntoLosses for () {
    fn into_losses(self) -> Result<Losses, Problem> {
        Ok(Losses::Each(Vec::new()))
    }
}

macro_rules! losses_of_tuple {
    ($($L:ident $i:tt),*) => {
        impl<$($L: IntoLosses),*> IntoLosses for ($($L,)*) {
            fn into_losses(self) -> Result<Losses, Problem> {
                Ok(Losses::Each(vec![$(self.$i.into_losses()?.of_one_output()?),*]))
            }
        }
    };
}

tuples! { losses_of_tuple }

/// The losses of a model's outputs.
#[derive(Clone, Debug)]
#[doc(hidden)]
pub enum Losses {
    All(AnyLoss),
    Each(Vec<Option<AnyLoss>>),
    Named(IndexMap<String, AnyLoss>),
}

impl Losses {
    fn of_one_output(self) -> Result<Option<AnyLoss>, Problem> {
        match self {
            Losses::All(loss) => Ok(Some(loss)),
            Losses::Each(each) if each.is_empty() => Ok(None),
            _ => Err(Problem::data("several losses for one output", "give one loss for each output")),
        }
    }
}

/// Factors of the outputs' losses.
#[derive(Clone, Debug)]
pub(crate) enum LossWeights {
    Each(Vec<Number>),
    Named(IndexMap<String, Number>),
}

/// Metrics: an array, a tuple or a `Vec` of metrics or names; `()` for none. For several outputs one such list for each,
/// in their order.
pub trait IntoMetrics {
    #[doc(hidden)]
    fn into_metrics(self) -> Result<Metrics, Problem>;
}

impl<M: IntoMetric> IntoMetrics for M {
    fn into_metrics(self) -> Result<Metrics, Problem> {
        Ok(Metrics::One(self.into_metric()?))
    }
}

impl<M: IntoMetrics, const N: usize> IntoMetrics for [M; N] {
    fn into_metrics(self) -> Result<Metrics, Problem> {
        Ok(Metrics::List(self.into_iter().map(IntoMetrics::into_metrics).collect::<Result<_, _>>()?))
    }
}

impl<M: IntoMetrics> IntoMetrics for Vec<M> {
    fn into_metrics(self) -> Result<Metrics, Problem> {
        Ok(Metrics::List(self.into_iter().map(IntoMetrics::into_metrics).collect::<Result<_, _>>()?))
    }
}

impl IntoMetrics for () {
    fn into_metrics(self) -> Result<Metrics, Problem> {
        Ok(Metrics::None)
    }
}

macro_rules! metrics_of_tuple {
    ($($M:ident $i:tt),*) => {
        impl<$($M: IntoMetrics),*> IntoMetrics for ($($M,)*) {
            fn into_metrics(self) -> Result<Metrics, Problem> {
                Ok(Metrics::List(vec![$(self.$i.into_metrics()?),*]))
            }
        }
    };
}

tuples! { metrics_of_tuple }

/// Metrics as they are given: of one output or of several.
#[derive(Clone, Debug, Default)]
#[doc(hidden)]
pub enum Metrics {
    #[default]
    None,
    One(AnyMetric),
    /// Of one output, or in the outputs' order.
    List(Vec<Metrics>),
    /// By output.
    Named(IndexMap<String, Metrics>),
}
