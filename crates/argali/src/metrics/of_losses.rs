//! Metrics that are the mean of a loss.

/// Implements [`MeanMetric`](super::MeanMetric) by a loss that the metric's options describe.
macro_rules! mean_of_loss {
    ($Metric:ident, |$metric:pat_param| $loss:expr) => {
        impl $Metric {
            fn loss(&self) -> impl $crate::losses::Loss {
                let $metric = self;
                $loss.name(&self.name)
            }
        }

        impl MeanMetric for $Metric {
            named_and_typed!();

            fn values<'g>(
                &self,
                y_true: argali_engine::Value<'g>,
                y_pred: argali_engine::Value<'g>,
            ) -> argali_engine::Value<'g> {
                $crate::losses::Loss::call(&self.loss(), y_true, y_pred)
            }

            fn mask<'g>(
                &self,
                y_true: argali_engine::Value<'g>,
                y_pred: argali_engine::Value<'g>,
                values: argali_engine::Value<'g>,
            ) -> Option<argali_engine::Value<'g>> {
                $crate::losses::Loss::mask(&self.loss(), y_true, y_pred, values)
            }

            fn validate(&self) -> Result<(), $crate::Problem> {
                $crate::losses::Loss::validate(&self.loss())
            }

            fn check(&self, y_true: &$crate::Shape, y_pred: &$crate::Shape) -> Result<(), $crate::Problem> {
                $crate::losses::Loss::check(&self.loss(), y_true, y_pred)
            }
        }
    };
}

pub(super) use mean_of_loss;
