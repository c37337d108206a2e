//! The overlap of predicted and true regions of each class.

use super::any::keras;
use super::{Metric, State, dtype, rows};
use crate::losses::{axis_of, epsilon};
use crate::{Number, Problem, Shape};
use argali_engine::{DType, Value};

/// Keras's name of the states' type.
fn int() -> String {
    "int32".into()
}

object! {
    /// The mean over some classes of the intersection over union of their regions:
    /// `true_positives / (true_positives + false_positives + false_negatives)`.
    ///
    /// Targets and predictions are integer labels of one shape, or scores with a class axis that the highest is taken of.
    /// Labels out of range do not count; nor do classes that occur nowhere. State: `total_confusion_matrix`,
    /// `(classes, classes)`; sample weights are truncated to integers unless `dtype` is a floating-point type.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, IoU};
    /// let result = AnyMetric::from(IoU::new(2usize, vec![1])).result(&[vec![3.0, 1.0, 1.0, 2.0]]);
    /// assert!((result[0] - 0.5).abs() < 1e-6);
    /// ```
    ///
    /// Keras: `keras.metrics.IoU`.
    pub struct IoU(keras("IoU")) {
        /// Number of classes.
        num_classes: usize,
        /// The classes that count.
        target_class_ids: Vec<usize> as impl Into<Vec<usize>>,
        ..
        /// Name of the metric. Default `"io_u"`.
        name: String as &str = "io_u".into(),
        /// Type of the states. Default `int32`.
        dtype: String as &str = int(),
        /// Target that does not count. Default none.
        ignore_class: Option<i64> as i64 = None,
        /// Whether targets are labels; else they are one-hot. Default yes.
        sparse_y_true: bool = true,
        /// Whether predictions are labels; else they are scores. Default yes.
        sparse_y_pred: bool = true,
        /// Axis of the classes of targets and predictions that are not labels. Default -1, the last.
        axis: isize = -1,
    }
}

object! {
    /// The mean over all classes of the intersection over union of their regions. See [`IoU`].
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, MeanIoU};
    /// assert_eq!(AnyMetric::from(MeanIoU::new(3usize)).name(), "mean_io_u");
    /// ```
    ///
    /// Keras: `keras.metrics.MeanIoU`.
    pub struct MeanIoU(keras("MeanIoU")) {
        /// Number of classes.
        num_classes: usize,
        ..
        /// Name of the metric. Default `"mean_io_u"`.
        name: String as &str = "mean_io_u".into(),
        /// Type of the states. Default `int32`.
        dtype: String as &str = int(),
        /// Target that does not count. Default none.
        ignore_class: Option<i64> as i64 = None,
        /// Whether targets are labels; else they are one-hot. Default yes.
        sparse_y_true: bool = true,
        /// Whether predictions are labels; else they are scores. Default yes.
        sparse_y_pred: bool = true,
        /// Axis of the classes of targets and predictions that are not labels. Default -1, the last.
        axis: isize = -1,
    }
}

object! {
    /// The mean intersection over union of two classes that a threshold divides. See [`IoU`].
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, BinaryIoU};
    /// assert_eq!(AnyMetric::from(BinaryIoU::new().threshold(0.3)).name(), "binary_io_u");
    /// ```
    ///
    /// Keras: `keras.metrics.BinaryIoU`.
    pub struct BinaryIoU(keras("BinaryIoU")) {
        ..
        /// The classes that count. Default 0 and 1.
        target_class_ids: Vec<usize> as impl Into<Vec<usize>> = vec![0, 1],
        /// Predictions from it on are class 1. Default 0.5.
        threshold: Number as impl Into<Number> = 0.5.into(),
        /// Name of the metric. Default `"binary_io_u"`.
        name: String as &str = "binary_io_u".into(),
        /// Type of the states. Default `int32`.
        dtype: String as &str = int(),
    }
}

object! {
    /// [`IoU`] of one-hot targets and scores.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, OneHotIoU};
    /// assert_eq!(AnyMetric::from(OneHotIoU::new(3usize, vec![0, 2])).name(), "one_hot_io_u");
    /// ```
    ///
    /// Keras: `keras.metrics.OneHotIoU`.
    pub struct OneHotIoU(keras("OneHotIoU")) {
        /// Number of classes.
        num_classes: usize,
        /// The classes that count.
        target_class_ids: Vec<usize> as impl Into<Vec<usize>>,
        ..
        /// Name of the metric. Default `"one_hot_io_u"`.
        name: String as &str = "one_hot_io_u".into(),
        /// Type of the states. Default `int32`.
        dtype: String as &str = int(),
        /// Target that does not count. Default none.
        ignore_class: Option<i64> as i64 = None,
        /// Whether predictions are labels; else they are scores. Default no.
        sparse_y_pred: bool = false,
        /// Axis of the classes. Default -1, the last.
        axis: isize = -1,
    }
}

object! {
    /// [`MeanIoU`] of one-hot targets and scores.
    ///
    /// ```
    /// use argali::metrics::{AnyMetric, OneHotMeanIoU};
    /// assert_eq!(AnyMetric::from(OneHotMeanIoU::new(3usize)).name(), "one_hot_mean_io_u");
    /// ```
    ///
    /// Keras: `keras.metrics.OneHotMeanIoU`.
    pub struct OneHotMeanIoU(keras("OneHotMeanIoU")) {
        /// Number of classes.
        num_classes: usize,
        ..
        /// Name of the metric. Default `"one_hot_mean_io_u"`.
        name: String as &str = "one_hot_mean_io_u".into(),
        /// Type of the states. Default `int32`.
        dtype: String as &str = int(),
        /// Target that does not count. Default none.
        ignore_class: Option<i64> as i64 = None,
        /// Whether predictions are labels; else they are scores. Default no.
        sparse_y_pred: bool = false,
        /// Axis of the classes. Default -1, the last.
        axis: isize = -1,
    }
}

/// How targets and predictions become labels that are compared.
struct Overlap<'m> {
    name: &'m str,
    classes: usize,
    counted: Vec<usize>,
    integer: bool,
    ignore_class: Option<i64>,
    /// Axes of the classes of targets and predictions, if they are not labels.
    class_axes: [Option<isize>; 2],
}

impl Overlap<'_> {
    fn validate(&self) -> Result<(), Problem> {
        if self.classes == 0 {
            return Err(Problem::argument("num_classes", 0, "at least 1", ""));
        }
        match self.counted.iter().find(|id| **id >= self.classes) {
            Some(id) => Err(Problem::argument("target_class_ids", id, format!("classes below {}", self.classes), "")),
            None => Ok(()),
        }
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        let labels = |shape: &Shape, axis: Option<isize>| match axis {
            Some(axis) => shape.axis(axis).and_then(|at| {
                let rest: Vec<_> = shape.0.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, d)| *d).collect();
                Shape(rest).known()
            }),
            None => shape.known(),
        };
        let count = |shape: &Shape, axis| labels(&Shape(shape.0[1.min(shape.rank())..].to_vec()), axis);
        let axes = self.class_axes.map(|axis| axis.map(|a| if a > 0 { a - 1 } else { a }));
        match (count(y_true, axes[0]), count(y_pred, axes[1])) {
            (Some(t), Some(p)) if t.iter().product::<usize>() != p.iter().product::<usize>() => {
                let name = self.name;
                let message =
                    format!("`{name}` can't compare targets of shape {y_true} with outputs of shape {y_pred}");
                let help = "labels and scores are told apart by `.sparse_y_true(..)` and `.sparse_y_pred(..)`";
                Err(Problem::mismatch(message, help))
            }
            _ => Ok(()),
        }
    }

    fn update<'g>(
        &self,
        matrix: Value<'g>,
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Value<'g> {
        let dtype = matrix.dtype();
        let labels = |v: Value<'g>, axis: Option<isize>| match axis {
            Some(axis) => v.arg_max(axis_of(v, axis)).cast(dtype),
            None => v.cast(DType::I64).cast(dtype),
        };
        let [of_true, of_pred] = self.class_axes;
        let (y_true, y_pred) = (labels(y_true, of_true), labels(y_pred, of_pred));
        let count: usize = y_true.shape().iter().product();
        let weight = match sample_weight {
            Some(weight) => self.weight(weight, &y_true.shape()).reshape(&[count]),
            None => y_true.full_like(1.0).reshape(&[count]),
        };
        let (y_true, y_pred) = (y_true.reshape(&[count]), y_pred.reshape(&[count]));
        let cell = self.counts(y_true, y_pred).select(y_true * self.classes as f64 + y_pred, y_true.full_like(-1.0));
        let added = weight.segment_sum(cell.cast(DType::I64), self.classes * self.classes);
        matrix + added.reshape(&[self.classes, self.classes])
    }

    /// Weights of all labels, whole numbers if the states are integers.
    fn weight<'g>(&self, weight: Value<'g>, shape: &[usize]) -> Value<'g> {
        let whole = if self.integer { weight.cast(DType::I64).cast(weight.dtype()) } else { weight };
        if whole.shape().iter().product::<usize>() == shape.iter().product::<usize>() {
            return whole;
        }
        let mut aligned = whole.shape();
        aligned.resize(shape.len().max(aligned.len()), 1);
        whole.reshape(&aligned).broadcast_to(shape)
    }

    /// 1 where both labels are in range and the target is not ignored.
    fn counts<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let in_range = |v: Value<'g>| v.greater_equal(v.zeros_like()) * v.full_like(self.classes as f64).greater(v);
        let both = in_range(y_true) * in_range(y_pred);
        match self.ignore_class {
            Some(ignored) => both * (1.0 - y_true.equal(y_true.full_like(ignored as f64))),
            None => both,
        }
    }

    fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
        let [matrix] = rows(states);
        let at = |row: usize, column: usize| matrix.get(row * self.classes + column).copied().unwrap_or(0.0);
        let of_class = |class: &usize| {
            let all = |f: &dyn Fn(usize) -> f64| (0..self.classes).map(f).sum::<f64>();
            let union = all(&|i| at(i, *class)) + all(&|i| at(*class, i)) - at(*class, *class);
            (at(*class, *class), union)
        };
        let present: Vec<_> = self.counted.iter().map(of_class).filter(|(_, union)| *union > 1e-9).collect();
        let sum: f64 = present.iter().map(|(hits, union)| hits / (union + epsilon())).sum();
        vec![sum / (present.len() as f64 + epsilon())]
    }
}

/// Implements [`Metric`] by an [`Overlap`].
macro_rules! overlap {
    ($($Metric:ident, |$metric:ident| $overlap:expr;)*) => {
        $(impl $Metric {
            fn overlap(&self) -> Overlap<'_> {
                let $metric = self;
                $overlap
            }
        }

        impl Metric for $Metric {
            super::named_and_typed!();

            fn validate(&self) -> Result<(), Problem> {
                self.overlap().validate()
            }

            fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
                self.overlap().check(y_true, y_pred)
            }

            fn states(&self, _: &[usize], _: &[usize]) -> Vec<State> {
                let classes = self.overlap().classes;
                vec![State::zeros("total_confusion_matrix", [classes, classes])]
            }

            fn update<'g>(
                &self,
                states: &[Value<'g>],
                y_true: Value<'g>,
                y_pred: Value<'g>,
                sample_weight: Option<Value<'g>>,
            ) -> Vec<Value<'g>> {
                let y_pred = self.labels(y_pred);
                states.iter().map(|m| self.overlap().update(*m, y_true, y_pred, sample_weight)).collect()
            }

            fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
                self.overlap().result(states)
            }
        })*
    };
}

overlap! {
    IoU, |metric| Overlap {
        name: &metric.name,
        classes: metric.num_classes,
        counted: metric.target_class_ids.clone(),
        integer: dtype::is_integer(&metric.dtype),
        ignore_class: metric.ignore_class,
        class_axes: [metric.sparse_y_true, metric.sparse_y_pred].map(|sparse| (!sparse).then_some(metric.axis)),
    };
    MeanIoU, |metric| Overlap {
        name: &metric.name,
        classes: metric.num_classes,
        counted: (0..metric.num_classes).collect(),
        integer: dtype::is_integer(&metric.dtype),
        ignore_class: metric.ignore_class,
        class_axes: [metric.sparse_y_true, metric.sparse_y_pred].map(|sparse| (!sparse).then_some(metric.axis)),
    };
    BinaryIoU, |metric| Overlap {
        name: &metric.name,
        classes: 2,
        counted: metric.target_class_ids.clone(),
        integer: dtype::is_integer(&metric.dtype),
        ignore_class: None,
        class_axes: [None; 2],
    };
    OneHotIoU, |metric| Overlap {
        name: &metric.name,
        classes: metric.num_classes,
        counted: metric.target_class_ids.clone(),
        integer: dtype::is_integer(&metric.dtype),
        ignore_class: metric.ignore_class,
        class_axes: [Some(metric.axis), (!metric.sparse_y_pred).then_some(metric.axis)],
    };
    OneHotMeanIoU, |metric| Overlap {
        name: &metric.name,
        classes: metric.num_classes,
        counted: (0..metric.num_classes).collect(),
        integer: dtype::is_integer(&metric.dtype),
        ignore_class: metric.ignore_class,
        class_axes: [Some(metric.axis), (!metric.sparse_y_pred).then_some(metric.axis)],
    };
}

impl BinaryIoU {
    /// Class 1 from the threshold on, compared in 32 bits.
    fn labels<'g>(&self, y_pred: Value<'g>) -> Value<'g> {
        let single = y_pred.cast(DType::F32);
        single.greater_equal(single.full_like(self.threshold.get())).cast(y_pred.dtype())
    }
}

/// Predictions as they are.
macro_rules! labels_as_given {
    ($($Metric:ident),*) => {
        $(impl $Metric {
            fn labels<'g>(&self, y_pred: Value<'g>) -> Value<'g> {
                y_pred
            }
        })*
    };
}

labels_as_given!(IoU, MeanIoU, OneHotIoU, OneHotMeanIoU);
