//! Written by the test beside this file.

use argali::{Model, Result};

pub mod compiled_form_0 {
use argali::losses::AnyLoss;
use argali::metrics::AnyMetric;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let dense_1 = input_layer.dense(2).tensor();
    let dense_2 = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense, &dense_1, &dense_2])?;
    model.compile_with(
        Compile::new(SGD::new(), ("mse", (), "mae"))
            .loss_weights([2.0, 1.0])
            .metrics((("mae", AnyMetric::from(AnyLoss::from(Huber::new().delta(2)))), (), "mse"))
            .weighted_metrics(("mse", "mae", AnyMetric::from(AnyLoss::from(Huber::new().delta(2))))),
    )?;
    Ok(model)
}
}

pub mod compiled_form_1 {
use argali::losses::AnyLoss;
use argali::metrics::AnyMetric;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let dense_1 = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense, &dense_1])?;
    model.compile_with(
        Compile::new(SGD::new(), ())
            .output_loss("dense_1", Huber::new().delta(2))
            .output_loss("dense", "mse")
            .output_loss_weight("dense", 2)
            .output_loss_weight("dense_1", 0.5)
            .output_metrics("dense_1", Vec::<&str>::new())
            .output_metrics("dense", ["mse", "mae"])
            .output_weighted_metrics("dense", ())
            .output_weighted_metrics("dense_1", AnyMetric::from(AnyLoss::from(Huber::new().delta(2)))),
    )?;
    Ok(model)
}
}

pub mod compiled_form_2 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile_with(
        Compile::new(SGD::new(), ())
            .metrics(Vec::<&str>::new())
            .run_eagerly(true)
            .steps_per_execution(3)
            .jit_compile(false),
    )?;
    Ok(model)
}
}

pub mod compiled_loss_0 {
use argali::losses;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let dense_1 = input_layer.dense(2).tensor();
    let dense_2 = input_layer.dense(2).tensor();
    let dense_3 = input_layer.dense(2).tensor();
    let dense_4 = input_layer.dense(2).tensor();
    let dense_5 = input_layer.dense(2).tensor();
    let dense_6 = input_layer.dense(2).tensor();
    let dense_7 = input_layer.dense(2).tensor();
    let dense_8 = input_layer.dense(2).tensor();
    let dense_9 = input_layer.dense(2).tensor();
    let dense_10 = input_layer.dense(2).tensor();
    let dense_11 = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense, &dense_1, &dense_2, &dense_3, &dense_4, &dense_5, &dense_6, &dense_7, &dense_8, &dense_9, &dense_10, &dense_11])?;
    model.compile(
        SGD::new(),
        (
            MeanSquaredError::new(),
            MeanSquaredError::new().reduction(losses::Reduction::Sum),
            MeanAbsoluteError::new(),
            MeanSquaredLogarithmicError::new(),
            MeanAbsolutePercentageError::new(),
            Huber::new(),
            LogCosh::new(),
            Poisson::new(),
            KLDivergence::new(),
            CosineSimilarity::new(),
            Hinge::new(),
            SquaredHinge::new(),
        ),
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_loss_1 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let dense_1 = input_layer.dense(2).tensor();
    let dense_2 = input_layer.dense(2).tensor();
    let dense_3 = input_layer.dense(2).tensor();
    let dense_4 = input_layer.dense(2).tensor();
    let dense_5 = input_layer.dense(2).tensor();
    let dense_6 = input_layer.dense(2).tensor();
    let dense_7 = input_layer.dense(2).tensor();
    let dense_8 = input_layer.dense(2).tensor();
    let dense_9 = input_layer.dense(2).tensor();
    let dense_10 = input_layer.dense(2).tensor();
    let dense_11 = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense, &dense_1, &dense_2, &dense_3, &dense_4, &dense_5, &dense_6, &dense_7, &dense_8, &dense_9, &dense_10, &dense_11])?;
    model.compile(
        SGD::new(),
        (
            CategoricalHinge::new(),
            BinaryCrossentropy::new(),
            BinaryCrossentropy::new().from_logits(true),
            BinaryCrossentropy::new().label_smoothing(0.2),
            BinaryCrossentropy::new().axis(1),
            BinaryFocalCrossentropy::new(),
            BinaryFocalCrossentropy::new().from_logits(true),
            BinaryFocalCrossentropy::new().apply_class_balancing(true),
            BinaryFocalCrossentropy::new().axis(1).gamma(1.5),
            BinaryFocalCrossentropy::new().label_smoothing(0.1).apply_class_balancing(true).alpha(0.7)
                .gamma(3.0),
            CategoricalCrossentropy::new(),
            CategoricalCrossentropy::new().from_logits(true),
        ),
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_loss_2 {
use argali::losses;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let dense_1 = input_layer.dense(2).tensor();
    let dense_2 = input_layer.dense(2).tensor();
    let dense_3 = input_layer.dense(2).tensor();
    let dense_4 = input_layer.dense(2).tensor();
    let dense_5 = input_layer.dense(2).tensor();
    let dense_6 = input_layer.dense(2).tensor();
    let dense_7 = input_layer.dense(2).tensor();
    let dense_8 = input_layer.dense(2).tensor();
    let dense_9 = input_layer.dense(2).tensor();
    let dense_10 = input_layer.dense(2).tensor();
    let dense_11 = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense, &dense_1, &dense_2, &dense_3, &dense_4, &dense_5, &dense_6, &dense_7, &dense_8, &dense_9, &dense_10, &dense_11])?;
    model.compile(
        SGD::new(),
        (
            CategoricalCrossentropy::new().label_smoothing(0.2),
            CategoricalCrossentropy::new().axis(1),
            CategoricalFocalCrossentropy::new(),
            CategoricalFocalCrossentropy::new().from_logits(true),
            CategoricalFocalCrossentropy::new().label_smoothing(0.1),
            CategoricalFocalCrossentropy::new().axis(1),
            CategoricalFocalCrossentropy::new().alpha(0.6).gamma(1.5),
            SparseCategoricalCrossentropy::new(),
            SparseCategoricalCrossentropy::new().from_logits(true),
            SparseCategoricalCrossentropy::new().ignore_class(-1),
            losses::Dice::new(),
            losses::Dice::new().axis([1]),
        ),
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_loss_3 {
use argali::losses;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let dense_1 = input_layer.dense(2).tensor();
    let dense_2 = input_layer.dense(2).tensor();
    let dense_3 = input_layer.dense(2).tensor();
    let dense_4 = input_layer.dense(2).tensor();
    let dense_5 = input_layer.dense(2).tensor();
    let dense_6 = input_layer.dense(2).tensor();
    let dense_7 = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense, &dense_1, &dense_2, &dense_3, &dense_4, &dense_5, &dense_6, &dense_7])?;
    model.compile(
        SGD::new(),
        (
            losses::Tversky::new(),
            losses::Tversky::new().alpha(0.3).beta(0.8),
            losses::Tversky::new().axis([1]),
            losses::Circle::new(),
            losses::Circle::new().gamma(10.0).margin(0.2),
            losses::CategoricalGeneralizedCrossEntropy::new(),
            losses::CategoricalGeneralizedCrossEntropy::new().q(0.8),
            losses::CTC::new(),
        ),
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_metric_0 {
use argali::metrics;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new(),
        "mse",
        (
            metrics::Accuracy::new(),
            metrics::Accuracy::new().dtype("float64"),
            BinaryAccuracy::new().dtype("float64"),
            BinaryAccuracy::new().dtype("float64").threshold(0.7),
            CategoricalAccuracy::new(),
            SparseCategoricalAccuracy::new().dtype("float64"),
            TopKCategoricalAccuracy::new().dtype("float64").k(2),
            SparseTopKCategoricalAccuracy::new().dtype("float64").k(2),
            TopKCategoricalAccuracy::new().dtype("float64").k(3),
            SparseTopKCategoricalAccuracy::new().dtype("float64").k(3),
            metrics::TruePositives::new().dtype("float64"),
            metrics::TruePositives::new().dtype("float64").thresholds([0.2, 0.5, 0.9]),
        ),
    )?;
    Ok(model)
}
}

pub mod compiled_metric_1 {
use argali::metrics;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new(),
        "mse",
        (
            metrics::TrueNegatives::new(),
            metrics::TrueNegatives::new().thresholds([0.2, 0.5, 0.9]),
            metrics::FalsePositives::new().dtype("float64"),
            metrics::FalsePositives::new().dtype("float64").thresholds([0.2, 0.5, 0.9]),
            metrics::FalseNegatives::new(),
            metrics::FalseNegatives::new().thresholds([0.2, 0.5, 0.9]),
            Precision::new().dtype("float64"),
            Precision::new().dtype("float64").thresholds(0.7),
            Precision::new().dtype("float64").top_k(2),
            Precision::new().dtype("float64").class_id(1),
            Recall::new().dtype("float64"),
            Recall::new().dtype("float64").thresholds(0.7),
        ),
    )?;
    Ok(model)
}
}

pub mod compiled_metric_2 {
use argali::metrics;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new(),
        "mse",
        (
            Recall::new().dtype("float64").top_k(2),
            Recall::new().dtype("float64").class_id(1),
            metrics::SensitivityAtSpecificity::new(0.6).dtype("float64"),
            metrics::SensitivityAtSpecificity::new(0.6).num_thresholds(7),
            metrics::SensitivityAtSpecificity::new(0.6).dtype("float64").num_thresholds(20).class_id(1),
            metrics::SpecificityAtSensitivity::new(0.6).dtype("float64"),
            metrics::SpecificityAtSensitivity::new(0.6).num_thresholds(7),
            metrics::SpecificityAtSensitivity::new(0.6).dtype("float64").num_thresholds(20).class_id(1),
            metrics::PrecisionAtRecall::new(0.7).dtype("float64"),
            metrics::PrecisionAtRecall::new(0.7).num_thresholds(7),
            metrics::PrecisionAtRecall::new(0.7).dtype("float64").num_thresholds(20).class_id(1),
            metrics::RecallAtPrecision::new(0.7).dtype("float64"),
        ),
    )?;
    Ok(model)
}
}

pub mod compiled_metric_3 {
use argali::metrics;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new(),
        "mse",
        (
            metrics::RecallAtPrecision::new(0.7).num_thresholds(7),
            metrics::RecallAtPrecision::new(0.7).dtype("float64").num_thresholds(20).class_id(1),
            AUC::new().dtype("float64").num_thresholds(25),
            AUC::new().dtype("float64").num_thresholds(25)
                .summation_method(metrics::SummationMethod::Minoring),
            AUC::new().dtype("float64"),
            AUC::new().thresholds([0.1, 0.35, 0.4, 0.8]),
            AUC::new().dtype("float64").thresholds([0.25, 0.5, 0.75]),
            AUC::new().num_thresholds(11).from_logits(true),
            AUC::new().dtype("float64").num_thresholds(12).multi_label(true),
            AUC::new().num_thresholds(12).multi_label(true).num_labels(3).label_weights([0.5, 2.0, 1.0]),
            AUC::new().dtype("float64").num_thresholds(25).curve(metrics::Curve::PR),
            F1Score::new(),
        ),
    )?;
    Ok(model)
}
}

pub mod compiled_metric_4 {
use argali::metrics;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new(),
        "mse",
        (
            FBetaScore::new().beta(2.0),
            F1Score::new().dtype("float64").threshold(0.4),
            FBetaScore::new().dtype("float64").beta(2.0).threshold(0.4),
            F1Score::new().average(metrics::Average::Micro),
            FBetaScore::new().average(metrics::Average::Micro).beta(2.0),
            FBetaScore::new().dtype("float64").average(metrics::Average::Macro).threshold(0.5),
            metrics::MeanSquaredError::new(),
            RootMeanSquaredError::new(),
            metrics::MeanAbsoluteError::new(),
            metrics::MeanAbsolutePercentageError::new(),
            metrics::MeanSquaredLogarithmicError::new(),
            metrics::CosineSimilarity::new(),
        ),
    )?;
    Ok(model)
}
}

pub mod compiled_metric_5 {
use argali::metrics;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new(),
        "mse",
        (
            metrics::LogCoshError::new(),
            metrics::Hinge::new(),
            metrics::SquaredHinge::new(),
            metrics::CategoricalHinge::new(),
            metrics::KLDivergence::new(),
            metrics::Poisson::new(),
            metrics::R2Score::new().dtype("float64").class_aggregation(None),
            metrics::R2Score::new().dtype("float64"),
            metrics::R2Score::new().dtype("float64").num_regressors(2),
            metrics::PearsonCorrelation::new(),
            metrics::PearsonCorrelation::new().axis(1),
            metrics::ConcordanceCorrelation::new().dtype("float64"),
        ),
    )?;
    Ok(model)
}
}

pub mod compiled_metric_6 {
use argali::metrics;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new(),
        "mse",
        (
            metrics::ConcordanceCorrelation::new().dtype("float64").axis(1),
            metrics::BinaryCrossentropy::new(),
            metrics::BinaryCrossentropy::new().from_logits(true),
            metrics::BinaryCrossentropy::new().label_smoothing(0.2),
            metrics::CategoricalCrossentropy::new(),
            metrics::CategoricalCrossentropy::new().from_logits(true),
            metrics::CategoricalCrossentropy::new().label_smoothing(0.1),
            metrics::SparseCategoricalCrossentropy::new(),
            metrics::SparseCategoricalCrossentropy::new().from_logits(true),
            metrics::SparseCategoricalCrossentropy::new().ignore_class(2),
            metrics::MeanIoU::new(3),
            metrics::MeanIoU::new(3).ignore_class(0),
        ),
    )?;
    Ok(model)
}
}

pub mod compiled_metric_7 {
use argali::metrics;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new(),
        "mse",
        (
            metrics::IoU::new(3, [0, 2]),
            metrics::BinaryIoU::new().target_class_ids([1]).threshold(0.6),
            metrics::OneHotIoU::new(3, [0]),
            metrics::OneHotMeanIoU::new(3),
            metrics::Mean::new(),
            metrics::Sum::new().dtype("float64"),
            metrics::MeanMetricWrapper::of_function("mean_squared_error")?.name("wrapped"),
            metrics::MeanMetricWrapper::of_function("binary_accuracy")?.name("wrapped"),
        ),
    )?;
    Ok(model)
}
}

pub mod compiled_optimizer_0 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_1 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().weight_decay(0.05), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_10 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().learning_rate(0.05).momentum(0.8).nesterov(true), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_11 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Adam::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_12 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Adam::new().learning_rate(0.05).amsgrad(true), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_13 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Adam::new().beta_1(0.7).beta_2(0.9).epsilon(0.01), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_14 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(AdamW::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_15 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(RMSprop::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_16 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(RMSprop::new().rho(0.7).momentum(0.9), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_17 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(RMSprop::new().epsilon(0.001).centered(true), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_18 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Adagrad::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_19 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Adagrad::new().learning_rate(0.1).initial_accumulator_value(0.5), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_2 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().clipnorm(0.8), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_20 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Adadelta::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_21 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Adamax::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_22 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Nadam::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_23 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Ftrl::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_24 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        Ftrl::new().learning_rate(0.1).l1_regularization_strength(0.1).l2_regularization_strength(0.2),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_optimizer_25 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        Ftrl::new().learning_rate_power(-0.7).l2_shrinkage_regularization_strength(0.1).beta(0.5),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_optimizer_26 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Lion::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_27 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Lamb::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_28 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Adafactor::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_29 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Adafactor::new().learning_rate(0.1).relative_step(false), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_3 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().global_clipnorm(1.5), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_30 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Adafactor::new().beta_2_decay(-0.5).clip_threshold(0.5), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_31 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Muon::new(), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_32 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(Muon::new().learning_rate(0.1).ns_steps(3).nesterov(false).rms_rate(None), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_4 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().clipvalue(0.3), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_5 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().use_ema(true), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_6 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().use_ema(true).ema_momentum(0.7).ema_overwrite_frequency(2), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_7 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().gradient_accumulation_steps(2), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_8 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().loss_scale_factor(8.0), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_optimizer_9 {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().momentum(0.9), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_schedule_0 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().learning_rate(schedules::ExponentialDecay::new(0.1, 10, 0.9)), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_schedule_1 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new().learning_rate(schedules::ExponentialDecay::new(0.1, 10, 0.9).staircase(true)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_schedule_10 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new().learning_rate(schedules::CosineDecay::new(0.1, 100).alpha(0.2)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_schedule_11 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new().learning_rate(schedules::CosineDecay::new(0.0, 100).warmup_target(0.1).warmup_steps(10)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_schedule_12 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().learning_rate(schedules::CosineDecayRestarts::new(0.1, 20)), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_schedule_13 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new().learning_rate(schedules::CosineDecayRestarts::new(0.1, 20).t_mul(1.0).m_mul(0.8)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_schedule_14 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new()
            .learning_rate(schedules::CosineDecayRestarts::new(0.1, 30).t_mul(1.5).m_mul(0.9).alpha(0.05)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_schedule_2 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new().learning_rate(schedules::ExponentialDecay::new(0.5, 1000, 0.96).name("slow")),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_schedule_3 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new().learning_rate(schedules::PiecewiseConstantDecay::new([2, 60, 1000], [1.0, 0.5, 0.1, 0.01])),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_schedule_4 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new().learning_rate(schedules::PiecewiseConstantDecay::new([1.0, 10.0], [0.2, 0.1, 0.05])),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_schedule_5 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().learning_rate(schedules::PolynomialDecay::new(0.1, 40)), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_schedule_6 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new().learning_rate(schedules::PolynomialDecay::new(0.1, 40).end_learning_rate(0.01).power(2.0)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_schedule_7 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(
        SGD::new()
            .learning_rate(schedules::PolynomialDecay::new(0.1, 40).end_learning_rate(0.01).power(0.5).cycle(true)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod compiled_schedule_8 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().learning_rate(schedules::InverseTimeDecay::new(0.1, 10, 0.5)), "mse", ())?;
    Ok(model)
}
}

pub mod compiled_schedule_9 {
use argali::schedules;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([3]);
    let dense = input_layer.dense(2).tensor();
    let mut model = Model::new(&input_layer, [&dense])?;
    model.compile(SGD::new().learning_rate(schedules::CosineDecay::new(0.1, 100)), "mse", ())?;
    Ok(model)
}
}

pub mod layer_activation_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 8]).name("x0").tensor();
    let activation = x0.layer(Activation::new(Exponential));
    Model::new(&x0, &activation).map(|model| model.named("around"))
}
}

pub mod layer_activation_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 4, 2]).name("x0").tensor();
    let activation = x0.layer(Activation::new(Softsign).dtype(Float64));
    Model::new(&x0, &activation).map(|model| model.named("around"))
}
}

pub mod layer_activation_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 2]).name("x0").tensor();
    let activation = x0.layer(Activation::new(Silu).activity_regularizer(L1L2 { l1: 0.01, l2: 0.02 }));
    Model::new(&x0, &activation).map(|model| model.named("around"))
}
}

pub mod layer_activation_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 2, 2]).name("x0").tensor();
    let activation = x0.layer(Activation::new(Elu).dtype(Float64));
    Model::new(&x0, &activation).map(|model| model.named("around"))
}
}

pub mod layer_activation_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 6]).name("x0").tensor();
    let activation = x0.layer(Activation::new(HardSilu));
    Model::new(&x0, &activation).map(|model| model.named("around"))
}
}

pub mod layer_activityregularization_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let activity_regularization = x0.activity_regularization().l1(1).l2(0.02).tensor();
    Model::new(&x0, &activity_regularization).map(|model| model.named("around"))
}
}

pub mod layer_activityregularization_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5), Some(2)]).name("x0").tensor();
    let activity_regularization = x0.activity_regularization().l2(0.02).dtype(Float64).tensor();
    Model::new(&x0, &activity_regularization).map(|model| model.named("around"))
}
}

pub mod layer_activityregularization_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let activity_regularization = x0.activity_regularization().l1(1).tensor();
    Model::new(&x0, &activity_regularization).map(|model| model.named("around"))
}
}

pub mod layer_activityregularization_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, None, Some(2)]).name("x0").tensor();
    let layer_5 = x0.activity_regularization().l1(0.1).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_add_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 3]).name("x0").tensor();
    let x1 = InputLayer::new([5, 3]).name("x1").tensor();
    let x2 = InputLayer::new([5, 3]).name("x2").tensor();
    let x3 = InputLayer::new([5, 3]).name("x3").tensor();
    let add_output = add([&x0, &x1, &x2, &x3]).tensor();
    Model::new([&x0, &x1, &x2, &x3], &add_output).map(|model| model.named("around"))
}
}

pub mod layer_add_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5]).name("x0").tensor();
    let x1 = InputLayer::new([5, 5]).name("x1").tensor();
    let x2 = InputLayer::new([5]).name("x2").tensor();
    let add_output = add([&x0, &x1, &x2]).dtype(Float64).tensor();
    Model::new([&x0, &x1, &x2], &add_output).map(|model| model.named("around"))
}
}

pub mod layer_add_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let x1 = InputLayer::new([3]).name("x1").tensor();
    let layer_5 = add([&x0, &x1]).dtype(Float64).name("layer_5").tensor();
    Model::new([&x0, &x1], &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_add_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 4, 5]).name("x0").tensor();
    let x1 = InputLayer::new([1, 1, 1]).name("x1").tensor();
    let x2 = InputLayer::new([1, 4, 5]).name("x2").tensor();
    let add_output = add([&x0, &x1, &x2]).trainable(false).dtype(Float64).tensor();
    Model::new([&x0, &x1, &x2], &add_output).map(|model| model.named("around"))
}
}

pub mod layer_alphadropout_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 3, 3]).name("x0").tensor();
    let alpha_dropout = x0.alpha_dropout(1.0).tensor();
    Model::new(&x0, &alpha_dropout).map(|model| model.named("around"))
}
}

pub mod layer_alphadropout_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5)]).name("x0").tensor();
    let alpha_dropout = x0.alpha_dropout(0.1).noise_shape(vec![None, None, Some(1)]).dtype(Float64).tensor();
    Model::new(&x0, &alpha_dropout).map(|model| model.named("around"))
}
}

pub mod layer_alphadropout_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(4), Some(2)]).name("x0").tensor();
    let alpha_dropout = x0.alpha_dropout(0.1).seed(42).tensor();
    Model::new(&x0, &alpha_dropout).map(|model| model.named("around"))
}
}

pub mod layer_alphadropout_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2)]).name("x0").tensor();
    let alpha_dropout = x0.alpha_dropout(0.0).dtype(Float64).tensor();
    Model::new(&x0, &alpha_dropout).map(|model| model.named("around"))
}
}

pub mod layer_alphadropout_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5), Some(2)]).name("x0").tensor();
    let alpha_dropout = x0.alpha_dropout(0.5).seed(42).tensor();
    Model::new(&x0, &alpha_dropout).map(|model| model.named("around"))
}
}

pub mod layer_average_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 5]).name("x0").tensor();
    let x1 = InputLayer::new([4, 5]).name("x1").tensor();
    let x2 = InputLayer::new([4, 5]).name("x2").tensor();
    let x3 = InputLayer::new([4, 5]).name("x3").tensor();
    let average_output = average([&x0, &x1, &x2, &x3]).tensor();
    Model::new([&x0, &x1, &x2, &x3], &average_output).map(|model| model.named("around"))
}
}

pub mod layer_average_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 4]).name("x0").tensor();
    let x1 = InputLayer::new([2, 4]).name("x1").tensor();
    let x2 = InputLayer::new([4]).name("x2").tensor();
    let average_output = average([&x0, &x1, &x2]).dtype(Float64).tensor();
    Model::new([&x0, &x1, &x2], &average_output).map(|model| model.named("around"))
}
}

pub mod layer_average_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let x1 = InputLayer::new([3]).name("x1").tensor();
    let x2 = InputLayer::new([3]).name("x2").tensor();
    let layer_5 = average([&x0, &x1, &x2]).dtype(Float64).name("layer_5").tensor();
    Model::new([&x0, &x1, &x2], &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_average_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let x1 = InputLayer::new([3]).name("x1").tensor();
    let average_output = average([&x0, &x1]).trainable(false).dtype(Float64).tensor();
    Model::new([&x0, &x1], &average_output).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling1d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 2]).name("x0").tensor();
    let average_pooling1d = x0.average_pooling_1d(2).padding(Same).data_format(ChannelsFirst).tensor();
    Model::new(&x0, &average_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling1d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([8, 2]).name("x0").tensor();
    let average_pooling1d = x0.average_pooling_1d(4).strides(1).dtype(Float64).tensor();
    Model::new(&x0, &average_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling1d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 1]).name("x0").tensor();
    let average_pooling1d = x0.average_pooling_1d(4).padding(Same).tensor();
    Model::new(&x0, &average_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling1d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 2]).name("x0").tensor();
    let average_pooling1d = x0.average_pooling_1d(1).strides(2).data_format(ChannelsFirst).dtype(Float64).tensor();
    Model::new(&x0, &average_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling1d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([6, 2]).name("x0").tensor();
    let average_pooling1d = x0.average_pooling_1d(3).tensor();
    Model::new(&x0, &average_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling2d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3, 3]).name("x0").tensor();
    let average_pooling2d = x0.average_pooling_2d([1, 3]).strides([2, 3]).tensor();
    Model::new(&x0, &average_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling2d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5), Some(3)]).name("x0").tensor();
    let average_pooling2d = x0.average_pooling_2d([1, 3]).strides([1, 2]).padding(Same).dtype(Float64).tensor();
    Model::new(&x0, &average_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling2d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3), Some(3)]).name("x0").tensor();
    let average_pooling2d = x0.average_pooling_2d(2).strides([2, 1]).tensor();
    Model::new(&x0, &average_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling2d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(4), Some(1)]).name("x0").tensor();
    let average_pooling2d = x0.average_pooling_2d(2).padding(Same).dtype(Float64).tensor();
    Model::new(&x0, &average_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling2d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 2, 2]).name("x0").tensor();
    let average_pooling2d = x0.average_pooling_2d([2, 3]).padding(Same).tensor();
    Model::new(&x0, &average_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling3d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 2, 3, 2]).name("x0").tensor();
    let average_pooling3d = x0.average_pooling_3d([2, 1, 2]).tensor();
    Model::new(&x0, &average_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling3d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, None, Some(3), Some(3)]).name("x0").tensor();
    let average_pooling3d = x0.average_pooling_3d(1).padding(Same).dtype(Float64).tensor();
    Model::new(&x0, &average_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling3d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, None, Some(5), Some(2)]).name("x0").tensor();
    let average_pooling3d = x0.average_pooling_3d([2, 3, 3]).strides([3, 1, 3]).tensor();
    Model::new(&x0, &average_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling3d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 4, 4, 2]).name("x0").tensor();
    let average_pooling3d = x0.average_pooling_3d(3).strides(1).padding(Same).dtype(Float64).tensor();
    Model::new(&x0, &average_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_averagepooling3d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 2, 2, 1]).name("x0").tensor();
    let average_pooling3d = x0.average_pooling_3d([1, 3, 1]).padding(Same).tensor();
    Model::new(&x0, &average_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_batchnormalization_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let batch_normalization = x0
        .batch_normalization().momentum(0.9).epsilon(1e-5).beta_initializer(Ones)
            .gamma_initializer(Zeros).beta_regularizer(L2(0.01)).dtype(Float64)
        .tensor();
    Model::new(&x0, &batch_normalization).map(|model| model.named("around"))
}
}

pub mod layer_batchnormalization_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(2), Some(3), None, Some(4)]).name("x0").tensor();
    let batch_normalization = x0
        .batch_normalization().axis(1).momentum(0.9).epsilon(1e-5).gamma_initializer(LecunUniform)
            .beta_regularizer(L1(0.02)).dtype(Float64)
        .tensor();
    Model::new(&x0, &batch_normalization).map(|model| model.named("around"))
}
}

pub mod layer_batchnormalization_2 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4]).name("x0").tensor();
    let batch_normalization = x0
        .batch_normalization().epsilon(0.1).scale(false)
            .beta_initializer(InitializerKind::random_uniform(-0.2, 0.3))
            .gamma_initializer(LecunNormal).beta_constraint(Constraint::unit_norm()).renorm(true)
            .renorm_clipping(RenormClipping::new().rmax(2.0).dmax(0.7)).renorm_momentum(0.8)
        .tensor();
    Model::new(&x0, &batch_normalization).map(|model| model.named("around"))
}
}

pub mod layer_batchnormalization_3 {
use argali::constraints::Constraint;
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3, 3]).name("x0").tensor();
    let batch_normalization = x0
        .batch_normalization().momentum(0.9).epsilon(0.1)
            .beta_initializer(InitializerKind::random_uniform(-0.2, 0.3))
            .gamma_initializer(InitializerKind::variance_scaling(0.5, FanMode::FanOut, ScalingDistribution::UntruncatedNormal).seed(5))
            .beta_constraint(Constraint::max_norm(2)).dtype(Float64)
        .tensor();
    Model::new(&x0, &batch_normalization).map(|model| model.named("around"))
}
}

pub mod layer_batchnormalization_4 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 3, 4, 3]).name("x0").tensor();
    let batch_normalization = x0
        .batch_normalization().momentum(0.9).epsilon(0.1)
            .moving_mean_initializer(GlorotUniform.seed(7))
            .moving_variance_initializer(InitializerKind::constant(0.5)).gamma_regularizer(L2(0.03))
            .gamma_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7))
        .tensor();
    Model::new(&x0, &batch_normalization).map(|model| model.named("around"))
}
}

pub mod layer_concatenate_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let x1 = InputLayer::new([4]).name("x1").tensor();
    let x2 = InputLayer::new([3]).name("x2").tensor();
    let concatenate_output = concatenate([&x0, &x1, &x2]).tensor();
    Model::new([&x0, &x1, &x2], &concatenate_output).map(|model| model.named("around"))
}
}

pub mod layer_concatenate_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4]).name("x0").tensor();
    let x1 = InputLayer::new([2]).name("x1").tensor();
    let x2 = InputLayer::new([4]).name("x2").tensor();
    let x3 = InputLayer::new([3]).name("x3").tensor();
    let concatenate_output = concatenate([&x0, &x1, &x2, &x3]).dtype(Float64).tensor();
    Model::new([&x0, &x1, &x2, &x3], &concatenate_output).map(|model| model.named("around"))
}
}

pub mod layer_concatenate_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), None, Some(2)]).name("x0").tensor();
    let x1 = InputLayer::new([Some(3), None, Some(2)]).name("x1").tensor();
    let x2 = InputLayer::new([Some(3), None, Some(2)]).name("x2").tensor();
    let concatenate_output = concatenate([&x0, &x1, &x2]).axis(-2).tensor();
    Model::new([&x0, &x1, &x2], &concatenate_output).map(|model| model.named("around"))
}
}

pub mod layer_concatenate_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(1)]).name("x0").tensor();
    let x1 = InputLayer::new([None, Some(3)]).name("x1").tensor();
    let layer_5 = concatenate([&x0, &x1]).axis(2).dtype(Float64).name("layer_5").tensor();
    Model::new([&x0, &x1], &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_concatenate_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1]).name("x0").tensor();
    let x1 = InputLayer::new([3]).name("x1").tensor();
    let x2 = InputLayer::new([2]).name("x2").tensor();
    let concatenate_output = concatenate([&x0, &x1, &x2]).trainable(false).dtype(Float64).tensor();
    Model::new([&x0, &x1, &x2], &concatenate_output).map(|model| model.named("around"))
}
}

pub mod layer_conv1d_0 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([11, 5]).name("x0").tensor();
    let conv1d = x0
        .conv_1d(1, 4).padding(Causal).activation(HardShrink)
            .bias_constraint(Constraint::max_norm(2)).activity_regularizer(L2(0.03))
        .tensor();
    Model::new(&x0, &conv1d).map(|model| model.named("around"))
}
}

pub mod layer_conv1d_1 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 6]).name("x0").tensor();
    let conv1d = x0
        .conv_1d(3, 1).padding(Same).groups(3).activation(Gelu)
            .kernel_initializer(InitializerKind::constant(0.25)).bias_initializer(LecunUniform)
            .kernel_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).bias_constraint(Constraint::non_neg())
            .dtype(Float64)
        .tensor();
    Model::new(&x0, &conv1d).map(|model| model.named("around"))
}
}

pub mod layer_conv1d_2 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([9, 2]).name("x0").tensor();
    let conv1d = x0
        .conv_1d(4, 3).groups(2).activation(SparsePlus).kernel_initializer(LecunNormal)
            .bias_initializer(InitializerKind::random_normal(0.1, 0.2).seed(3))
            .kernel_regularizer(L2(0.01)).bias_constraint(Constraint::unit_norm())
            .activity_regularizer(L1(0.02))
        .tensor();
    Model::new(&x0, &conv1d).map(|model| model.named("around"))
}
}

pub mod layer_conv1d_3 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 3]).name("x0").tensor();
    let conv1d = x0
        .conv_1d(3, 3).padding(Same).use_bias(false).kernel_regularizer(L1(0.02))
            .bias_regularizer(L2(0.01)).kernel_constraint(Constraint::max_norm(0.8).axis([0, 1]))
            .dtype(Float64)
        .tensor();
    Model::new(&x0, &conv1d).map(|model| model.named("around"))
}
}

pub mod layer_conv1d_4 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([9, 6]).name("x0").tensor();
    let conv1d = x0
        .conv_1d(3, 3).groups(3).activation(TanhShrink)
            .kernel_initializer(InitializerKind::random_uniform(-0.2, 0.3))
        .tensor();
    Model::new(&x0, &conv1d).map(|model| model.named("around"))
}
}

pub mod layer_conv1dtranspose_0 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3)]).name("x0").tensor();
    let conv1d_transpose = x0
        .conv_1d_transpose(4, 4).output_padding(0).activation(LogSoftmax)
            .kernel_initializer(LecunNormal).bias_initializer(LecunUniform)
            .bias_regularizer(L1L2 { l1: 0.01, l2: 0.02 })
            .kernel_constraint(Constraint::max_norm(0.8).axis([0, 1]))
        .tensor();
    Model::new(&x0, &conv1d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv1dtranspose_1 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5]).name("x0").tensor();
    let conv1d_transpose = x0
        .conv_1d_transpose(5, 2).padding(Same).data_format(ChannelsFirst).activation(Squareplus)
            .use_bias(false).kernel_initializer(Ones)
            .bias_initializer(InitializerKind::random_uniform(-0.2, 0.3)).bias_regularizer(L1(0.02))
            .activity_regularizer(L2(0.01)).dtype(Float64)
        .tensor();
    Model::new(&x0, &conv1d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv1dtranspose_2 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3)]).name("x0").tensor();
    let conv1d_transpose = x0
        .conv_1d_transpose(1, 2).activation(Softsign)
            .kernel_initializer(InitializerKind::truncated_normal(0.0, 0.1).seed(11))
            .kernel_regularizer(L2(0.03)).bias_constraint(Constraint::unit_norm())
        .tensor();
    Model::new(&x0, &conv1d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv1dtranspose_3 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 2]).name("x0").tensor();
    let conv1d_transpose = x0
        .conv_1d_transpose(2, 4).strides(3).padding(Same).kernel_initializer(GlorotUniform.seed(7))
            .bias_initializer(InitializerKind::random_normal(0.1, 0.2).seed(3))
            .bias_regularizer(L2(0.01)).bias_constraint(Constraint::non_neg()).dtype(Float64)
        .tensor();
    Model::new(&x0, &conv1d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv1dtranspose_4 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 2]).name("x0").tensor();
    let conv1d_transpose = x0
        .conv_1d_transpose(2, 2).padding(Same).output_padding(0).data_format(ChannelsFirst)
            .dilation_rate(3).activation(Exponential)
            .kernel_initializer(InitializerKind::constant(0.25)).bias_initializer(LecunNormal)
            .bias_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7))
        .tensor();
    Model::new(&x0, &conv1d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv2d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(4), Some(6)]).name("x0").tensor();
    let conv2d = x0
        .conv_2d(3, 1).padding(Same).dilation_rate([3, 2]).groups(3).activation(Celu)
            .kernel_initializer(Zeros).bias_regularizer(L2(0.01))
        .tensor();
    Model::new(&x0, &conv2d).map(|model| model.named("around"))
}
}

pub mod layer_conv2d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([6, 4, 1]).name("x0").tensor();
    let conv2d = x0
        .conv_2d(4, [3, 2]).activation(SoftShrink).kernel_initializer(GlorotUniform.seed(7))
            .kernel_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).bias_regularizer(L2(0.03))
            .dtype(Float64)
        .tensor();
    Model::new(&x0, &conv2d).map(|model| model.named("around"))
}
}

pub mod layer_conv2d_2 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(1), Some(3)]).name("x0").tensor();
    let conv2d = x0
        .conv_2d(3, 3).strides([2, 1]).padding(Same).groups(3).activation(Softsign)
            .kernel_initializer(InitializerKind::orthogonal(1.0)).kernel_regularizer(L1(0.02))
            .bias_constraint(Constraint::unit_norm()).activity_regularizer(L2(0.01))
        .tensor();
    Model::new(&x0, &conv2d).map(|model| model.named("around"))
}
}

pub mod layer_conv2d_3 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(4), Some(6)]).name("x0").tensor();
    let conv2d = x0
        .conv_2d(6, [1, 2]).groups(3).activation(TanhShrink).bias_initializer(LecunNormal)
            .bias_regularizer(L2(0.03)).kernel_constraint(Constraint::non_neg())
            .bias_constraint(Constraint::max_norm(2)).activity_regularizer(L1(0.02)).dtype(Float64)
        .tensor();
    Model::new(&x0, &conv2d).map(|model| model.named("around"))
}
}

pub mod layer_conv2d_4 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 3, 4]).name("x0").tensor();
    let conv2d = x0
        .conv_2d(4, 2).strides([2, 3]).groups(2).activation(Silu).kernel_initializer(HeNormal)
            .kernel_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).bias_regularizer(L2(0.03))
            .kernel_constraint(Constraint::max_norm(0.8).axis([0, 1, 2]))
        .tensor();
    Model::new(&x0, &conv2d).map(|model| model.named("around"))
}
}

pub mod layer_conv2dtranspose_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3), Some(1)]).name("x0").tensor();
    let conv2d_transpose = x0
        .conv_2d_transpose(1, [2, 1]).padding(Same).output_padding(0).activation(Sigmoid)
            .use_bias(false).bias_initializer(HeUniform).bias_regularizer(L1(0.02))
            .activity_regularizer(L1L2 { l1: 0.01, l2: 0.02 })
        .tensor();
    Model::new(&x0, &conv2d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv2dtranspose_1 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(1), Some(3)]).name("x0").tensor();
    let conv2d_transpose = x0
        .conv_2d_transpose(2, [1, 3]).output_padding(0).dilation_rate(2)
            .kernel_initializer(LecunUniform)
            .kernel_constraint(Constraint::unit_norm().axis([0, 1])).dtype(Float64)
        .tensor();
    Model::new(&x0, &conv2d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv2dtranspose_2 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, None, Some(2)]).name("x0").tensor();
    let conv2d_transpose = x0
        .conv_2d_transpose(4, [1, 3]).strides([1, 3]).padding(Same).output_padding([0, 1])
            .activation(Gelu).kernel_constraint(Constraint::non_neg())
            .bias_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7))
        .tensor();
    Model::new(&x0, &conv2d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv2dtranspose_3 {
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3), Some(4)]).name("x0").tensor();
    let conv2d_transpose = x0
        .conv_2d_transpose(4, [1, 3]).activation(Silu)
            .bias_initializer(InitializerKind::variance_scaling(2.0, FanMode::FanAvg, ScalingDistribution::Uniform))
            .dtype(Float64)
        .tensor();
    Model::new(&x0, &conv2d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv2dtranspose_4 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 3, 1]).name("x0").tensor();
    let conv2d_transpose = x0
        .conv_2d_transpose(4, [2, 1]).strides([3, 2]).activation(Squareplus)
            .bias_initializer(GlorotUniform.seed(7)).kernel_constraint(Constraint::max_norm(2))
        .tensor();
    Model::new(&x0, &conv2d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv3d_0 {
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(4), None, Some(6)]).name("x0").tensor();
    let conv3d = x0
        .conv_3d(6, 2).padding(Same).groups(3)
            .kernel_initializer(InitializerKind::truncated_normal(0.0, 0.1).seed(11))
            .bias_initializer(InitializerKind::variance_scaling(2.0, FanMode::FanAvg, ScalingDistribution::Uniform))
            .bias_regularizer(L2(0.03)).activity_regularizer(L1(0.02))
        .tensor();
    Model::new(&x0, &conv3d).map(|model| model.named("around"))
}
}

pub mod layer_conv3d_1 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(4), Some(2), Some(4)]).name("x0").tensor();
    let conv3d = x0
        .conv_3d(4, [1, 2, 2]).groups(2).activation(Celu).use_bias(false)
            .kernel_initializer(GlorotNormal)
            .bias_initializer(InitializerKind::random_normal(0.1, 0.2).seed(3))
            .kernel_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).dtype(Float64)
        .tensor();
    Model::new(&x0, &conv3d).map(|model| model.named("around"))
}
}

pub mod layer_conv3d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(4), Some(1), Some(4), None]).name("x0").tensor();
    let conv3d = x0
        .conv_3d(4, [1, 2, 2]).data_format(ChannelsFirst).dilation_rate([1, 2, 1]).groups(2)
            .activation(Sigmoid).bias_regularizer(L2(0.01))
        .tensor();
    Model::new(&x0, &conv3d).map(|model| model.named("around"))
}
}

pub mod layer_conv3d_3 {
use argali::constraints::Constraint;
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 2, 4, 2]).name("x0").tensor();
    let conv3d = x0
        .conv_3d(3, 2).padding(Same).activation(HardShrink)
            .kernel_initializer(InitializerKind::variance_scaling(2.0, FanMode::FanAvg, ScalingDistribution::Uniform))
            .bias_initializer(GlorotUniform.seed(7)).bias_regularizer(L1(0.02))
            .kernel_constraint(Constraint::max_norm(0.8).axis([0, 1, 2, 3]))
            .activity_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).dtype(Float64)
        .tensor();
    Model::new(&x0, &conv3d).map(|model| model.named("around"))
}
}

pub mod layer_conv3d_4 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), Some(3), Some(3), None]).name("x0").tensor();
    let conv3d = x0
        .conv_3d(3, [2, 1, 2]).data_format(ChannelsFirst).dilation_rate([1, 2, 2])
            .activation(SoftShrink).kernel_regularizer(L2(0.03))
            .bias_constraint(Constraint::unit_norm())
        .tensor();
    Model::new(&x0, &conv3d).map(|model| model.named("around"))
}
}

pub mod layer_conv3dtranspose_0 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(1), None, Some(2), Some(1)]).name("x0").tensor();
    let conv3d_transpose = x0
        .conv_3d_transpose(1, [1, 1, 2]).strides([1, 2, 1]).output_padding([0, 1, 0])
            .data_format(ChannelsFirst).activation(HardSilu)
            .kernel_initializer(InitializerKind::constant(0.25)).bias_regularizer(L2(0.03))
            .kernel_constraint(Constraint::max_norm(0.8))
        .tensor();
    Model::new(&x0, &conv3d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv3dtranspose_1 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(1), None, Some(3)]).name("x0").tensor();
    let conv3d_transpose = x0
        .conv_3d_transpose(1, [1, 2, 1]).padding(Same).activation(LogSoftmax)
            .kernel_initializer(HeNormal)
            .bias_initializer(InitializerKind::random_uniform(-0.2, 0.3))
            .kernel_regularizer(L1(0.02)).kernel_constraint(Constraint::unit_norm())
            .activity_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).dtype(Float64)
        .tensor();
    Model::new(&x0, &conv3d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv3dtranspose_2 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2), Some(1), Some(3)]).name("x0").tensor();
    let conv3d_transpose = x0
        .conv_3d_transpose(2, 1).output_padding(0).dilation_rate([1, 2, 2]).activation(Selu)
            .bias_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7))
        .tensor();
    Model::new(&x0, &conv3d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv3dtranspose_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), Some(2), Some(2), None]).name("x0").tensor();
    let conv3d_transpose = x0
        .conv_3d_transpose(3, [2, 1, 2]).padding(Same).data_format(ChannelsFirst)
            .dilation_rate([2, 1, 2]).activation(Softsign).kernel_initializer(GlorotUniform.seed(7))
            .dtype(Float64)
        .tensor();
    Model::new(&x0, &conv3d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_conv3dtranspose_4 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, None, Some(3), Some(1)]).name("x0").tensor();
    let conv3d_transpose = x0
        .conv_3d_transpose(2, [2, 1, 1]).strides([3, 2, 2]).padding(Same).activation(Silu)
            .use_bias(false).kernel_initializer(HeUniform).kernel_constraint(Constraint::non_neg())
            .bias_constraint(Constraint::max_norm(2))
        .tensor();
    Model::new(&x0, &conv3d_transpose).map(|model| model.named("around"))
}
}

pub mod layer_convlstm1d_0 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 1, 1]).name("x0").tensor();
    let conv_lstm1d = x0
        .conv_lstm_1d(4, 1).padding(Same).activation(SparseSigmoid).bias_initializer(HeUniform)
            .unit_forget_bias(false).recurrent_constraint(Constraint::non_neg()).return_state(true)
            .go_backwards(true).zero_output_for_mask(true).activity_regularizer(L2(0.03))
        .tensors();
    Model::new(&x0, &conv_lstm1d[0]).map(|model| model.named("around"))
}
}

pub mod layer_convlstm1d_1 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3), Some(4)]).name("x0").tensor();
    let conv_lstm1d = x0
        .conv_lstm_1d(1, 2).strides(3).data_format(ChannelsFirst).recurrent_activation(Tanh)
            .kernel_initializer(InitializerKind::random_uniform(-0.2, 0.3)).unit_forget_bias(false)
            .recurrent_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).bias_regularizer(L1(0.02))
            .go_backwards(true).dtype(Float64)
        .tensor();
    Model::new(&x0, &conv_lstm1d).map(|model| model.named("around"))
}
}

pub mod layer_convlstm1d_2 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 3, 2]).batch_size(2).name("x0").tensor();
    let conv_lstm1d = x0
        .conv_lstm_1d(1, 4).padding(Same).activation(Softsign).recurrent_activation(HardSigmoid)
            .kernel_initializer(InitializerKind::truncated_normal(0.0, 0.1).seed(11))
            .unit_forget_bias(false).recurrent_regularizer(L2(0.01)).bias_regularizer(L2(0.01))
            .kernel_constraint(Constraint::max_norm(2).axis([0, 1]))
            .recurrent_constraint(Constraint::max_norm(0.8)).dropout(0.3).recurrent_dropout(0.2)
            .seed(9).stateful(true).dtype(Float64)
        .tensor();
    Model::new(&x0, &conv_lstm1d).map(|model| model.named("around"))
}
}

pub mod layer_convlstm1d_3 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2), Some(2)]).name("x0").tensor();
    let conv_lstm1d = x0
        .conv_lstm_1d(1, 2).data_format(ChannelsFirst).recurrent_activation(Softsign)
            .kernel_initializer(Zeros).bias_initializer(InitializerKind::random_uniform(-0.2, 0.3))
            .kernel_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).recurrent_regularizer(L2(0.03))
            .bias_regularizer(L2(0.01)).recurrent_constraint(Constraint::max_norm(0.8).axis([0, 1]))
            .bias_constraint(Constraint::max_norm(2)).return_state(true)
        .tensors();
    Model::new(&x0, &conv_lstm1d[0]).map(|model| model.named("around"))
}
}

pub mod layer_convlstm1d_4 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2), Some(1)]).batch_size(2).name("x0").tensor();
    let conv_lstm1d = x0
        .conv_lstm_1d(2, 1).dilation_rate(3).recurrent_activation(HardSigmoid)
            .kernel_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).recurrent_regularizer(L1(0.02))
            .kernel_constraint(Constraint::non_neg()).bias_constraint(Constraint::max_norm(0.8))
            .dropout(0.3).recurrent_dropout(0.2).return_sequences(true).stateful(true)
            .zero_output_for_mask(true).activity_regularizer(L1L2 { l1: 0.01, l2: 0.02 })
        .tensor();
    Model::new(&x0, &conv_lstm1d).map(|model| model.named("around"))
}
}

pub mod layer_convlstm2d_0 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(6), Some(6), Some(1)]).batch_size(2).name("x0").tensor();
    let conv_lstm2d = x0
        .conv_lstm_2d(3, 3).dilation_rate(2).activation(HardShrink)
            .recurrent_activation(HardSigmoid).use_bias(false)
            .recurrent_initializer(InitializerKind::orthogonal(1.5))
            .bias_initializer(InitializerKind::constant(0.25)).unit_forget_bias(false)
            .recurrent_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).return_sequences(true)
            .return_state(true).go_backwards(true).stateful(true).dtype(Float64)
        .tensors();
    Model::new(&x0, &conv_lstm2d[0]).map(|model| model.named("around"))
}
}

pub mod layer_convlstm2d_1 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 1, 2, 1]).name("x0").tensor();
    let conv_lstm2d = x0
        .conv_lstm_2d(3, 2).strides(3).padding(Same).activation(Elu)
            .recurrent_activation(HardSigmoid).unit_forget_bias(false)
            .recurrent_regularizer(L2(0.03)).bias_constraint(Constraint::max_norm(2)).dropout(0.3)
            .recurrent_dropout(0.2).seed(9).activity_regularizer(L2(0.01))
        .tensor();
    Model::new(&x0, &conv_lstm2d).map(|model| model.named("around"))
}
}

pub mod layer_convlstm2d_2 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2), Some(1), Some(3)]).name("x0").tensor();
    let layer_5 = x0
        .conv_lstm_2d(2, [2, 3]).strides([1, 3]).padding(Same).activation(Relu6)
            .recurrent_activation(Softsign).unit_forget_bias(false).recurrent_regularizer(L1(0.02))
            .recurrent_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7))
            .bias_constraint(Constraint::max_norm(0.8)).return_state(true)
            .activity_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).dtype(Float64).name("layer_5")
        .tensors();
    Model::new(&x0, &layer_5[0]).map(|model| model.named("around"))
}
}

pub mod layer_convlstm2d_3 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(4), Some(5), Some(2)]).batch_size(2).name("x0").tensor();
    let conv_lstm2d = x0
        .conv_lstm_2d(2, 3).activation(HardTanh).recurrent_activation(Tanh)
            .kernel_initializer(InitializerKind::truncated_normal(0.0, 0.1).seed(11))
            .bias_initializer(HeUniform).unit_forget_bias(false).bias_regularizer(L2(0.01))
            .bias_constraint(Constraint::max_norm(2)).return_state(true).stateful(true)
            .zero_output_for_mask(true)
        .tensors();
    Model::new(&x0, &conv_lstm2d[0]).map(|model| model.named("around"))
}
}

pub mod layer_convlstm2d_4 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 3, 2, 1]).name("x0").tensor();
    let conv_lstm2d = x0
        .conv_lstm_2d(2, [1, 3]).padding(Same).kernel_initializer(HeUniform)
            .recurrent_initializer(InitializerKind::random_normal(0.1, 0.2).seed(3))
            .bias_initializer(GlorotNormal).kernel_regularizer(L1(0.02))
            .recurrent_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).bias_regularizer(L2(0.03))
            .bias_constraint(Constraint::max_norm(0.8)).return_state(true)
            .zero_output_for_mask(true).dtype(Float64)
        .tensors();
    Model::new(&x0, &conv_lstm2d[0]).map(|model| model.named("around"))
}
}

pub mod layer_convlstm3d_0 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 2, 1, 1, 2]).batch_size(2).name("x0").tensor();
    let conv_lstm3d = x0
        .conv_lstm_3d(1, [2, 1, 1]).strides([3, 2, 2]).padding(Same).recurrent_activation(Tanh)
            .recurrent_initializer(InitializerKind::truncated_normal(0.0, 0.1).seed(11))
            .bias_initializer(LecunUniform).kernel_regularizer(L2(0.03))
            .recurrent_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).return_sequences(true)
            .return_state(true).go_backwards(true).stateful(true).zero_output_for_mask(true)
        .tensors();
    Model::new(&x0, &conv_lstm3d[0]).map(|model| model.named("around"))
}
}

pub mod layer_convlstm3d_1 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 1, 2, 1, 2]).name("x0").tensor();
    let conv_lstm3d = x0
        .conv_lstm_3d(2, [1, 2, 1]).padding(Same).dilation_rate([2, 1, 1]).use_bias(false)
            .kernel_initializer(Zeros).bias_initializer(GlorotNormal)
            .bias_constraint(Constraint::max_norm(2)).return_sequences(true).return_state(true)
            .activity_regularizer(L1L2 { l1: 0.01, l2: 0.02 })
        .tensors();
    Model::new(&x0, &conv_lstm3d[0]).map(|model| model.named("around"))
}
}

pub mod layer_convlstm3d_2 {
use argali::constraints::Constraint;
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 1, 2, 1, 3]).batch_size(2).name("x0").tensor();
    let conv_lstm3d = x0
        .conv_lstm_3d(1, [2, 1, 2]).data_format(ChannelsFirst).dilation_rate([1, 1, 2])
            .use_bias(false)
            .recurrent_initializer(InitializerKind::variance_scaling(2.0, FanMode::FanAvg, ScalingDistribution::Uniform))
            .unit_forget_bias(false).bias_constraint(Constraint::non_neg()).return_sequences(true)
            .return_state(true).stateful(true).zero_output_for_mask(true)
        .tensors();
    Model::new(&x0, &conv_lstm3d[0]).map(|model| model.named("around"))
}
}

pub mod layer_convlstm3d_3 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 2, 1, 1, 3]).batch_size(2).name("x0").tensor();
    let layer_5 = x0
        .conv_lstm_3d(1, 1).padding(Same).use_bias(false).bias_initializer(HeUniform)
            .bias_regularizer(L2(0.03)).kernel_constraint(Constraint::unit_norm())
            .return_state(true).stateful(true).zero_output_for_mask(true)
            .activity_regularizer(L2(0.01)).dtype(Float64).name("layer_5")
        .tensors();
    Model::new(&x0, &layer_5[0]).map(|model| model.named("around"))
}
}

pub mod layer_convlstm3d_4 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 2, 2, 1, 2]).name("x0").tensor();
    let conv_lstm3d = x0
        .conv_lstm_3d(1, 1).dilation_rate([1, 1, 2]).activation(Selu).recurrent_activation(Softsign)
            .use_bias(false).kernel_initializer(GlorotNormal).kernel_regularizer(L1(0.02))
            .kernel_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7).axis([0, 1, 2, 3]))
            .recurrent_constraint(Constraint::unit_norm().axis([0, 1]))
            .bias_constraint(Constraint::max_norm(2)).return_sequences(true).go_backwards(true)
        .tensor();
    Model::new(&x0, &conv_lstm3d).map(|model| model.named("around"))
}
}

pub mod layer_cropping1d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([8, 1]).name("x0").tensor();
    let cropping1d = x0.cropping_1d(1).tensor();
    Model::new(&x0, &cropping1d).map(|model| model.named("around"))
}
}

pub mod layer_cropping1d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([8, 3]).name("x0").tensor();
    let cropping1d = x0.cropping_1d(0).dtype(Float64).tensor();
    Model::new(&x0, &cropping1d).map(|model| model.named("around"))
}
}

pub mod layer_cropping1d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([6, 2]).name("x0").tensor();
    let cropping1d = x0.cropping_1d(2).dtype(Float64).tensor();
    Model::new(&x0, &cropping1d).map(|model| model.named("around"))
}
}

pub mod layer_cropping1d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([7, 1]).name("x0").tensor();
    let layer_5 = x0.cropping_1d((2, 1)).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_cropping1d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 1]).name("x0").tensor();
    let cropping1d = x0.cropping_1d((0, 1)).tensor();
    Model::new(&x0, &cropping1d).map(|model| model.named("around"))
}
}

pub mod layer_cropping2d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5, 3]).name("x0").tensor();
    let cropping2d = x0.cropping_2d([2, 1]).tensor();
    Model::new(&x0, &cropping2d).map(|model| model.named("around"))
}
}

pub mod layer_cropping2d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), None, Some(5)]).name("x0").tensor();
    let cropping2d = x0.cropping_2d([(1, 2), (1, 0)]).data_format(ChannelsFirst).dtype(Float64).tensor();
    Model::new(&x0, &cropping2d).map(|model| model.named("around"))
}
}

pub mod layer_cropping2d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([6, 6, 2]).name("x0").tensor();
    let cropping2d = x0.cropping_2d(2).tensor();
    Model::new(&x0, &cropping2d).map(|model| model.named("around"))
}
}

pub mod layer_cropping2d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5, 3]).name("x0").tensor();
    let cropping2d = x0.cropping_2d([(0, 2), (2, 1)]).dtype(Float64).tensor();
    Model::new(&x0, &cropping2d).map(|model| model.named("around"))
}
}

pub mod layer_cropping2d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 6, 5]).name("x0").tensor();
    let cropping2d = x0.cropping_2d([2, 0]).data_format(ChannelsFirst).tensor();
    Model::new(&x0, &cropping2d).map(|model| model.named("around"))
}
}

pub mod layer_cropping3d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5, 5, 1]).name("x0").tensor();
    let cropping3d = x0.cropping_3d([(0, 2), (1, 2), (2, 1)]).tensor();
    Model::new(&x0, &cropping3d).map(|model| model.named("around"))
}
}

pub mod layer_cropping3d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5, 5, 3]).name("x0").tensor();
    let cropping3d = x0.cropping_3d([0, 1, 1]).dtype(Float64).tensor();
    Model::new(&x0, &cropping3d).map(|model| model.named("around"))
}
}

pub mod layer_cropping3d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5, 5, 2]).name("x0").tensor();
    let cropping3d = x0.cropping_3d(2).tensor();
    Model::new(&x0, &cropping3d).map(|model| model.named("around"))
}
}

pub mod layer_cropping3d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), Some(5), None, None]).name("x0").tensor();
    let cropping3d = x0.cropping_3d([0, 2, 2]).data_format(ChannelsFirst).dtype(Float64).tensor();
    Model::new(&x0, &cropping3d).map(|model| model.named("around"))
}
}

pub mod layer_cropping3d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(5), Some(5), None, Some(1)]).name("x0").tensor();
    let cropping3d = x0.cropping_3d([(0, 1), (1, 0), (1, 1)]).tensor();
    Model::new(&x0, &cropping3d).map(|model| model.named("around"))
}
}

pub mod layer_dense_0 {
use argali::constraints::Constraint;
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::regularizers::OrthogonalMode;
use argali::regularizers::Regularizer;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 5, 4]).name("x0").tensor();
    let dense = x0
        .dense(1).activation(Exponential)
            .kernel_initializer(InitializerKind::variance_scaling(2.0, FanMode::FanAvg, ScalingDistribution::Uniform))
            .bias_initializer(InitializerKind::variance_scaling(0.5, FanMode::FanOut, ScalingDistribution::UntruncatedNormal).seed(5))
            .kernel_regularizer(Regularizer::orthogonal(0.02, OrthogonalMode::Rows))
            .kernel_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7))
        .tensor();
    Model::new(&x0, &dense).map(|model| model.named("around"))
}
}

pub mod layer_dense_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 7]).name("x0").tensor();
    let dense = x0.dense(1).activation(Tanh).kernel_initializer(HeUniform).dtype(Float64).tensor();
    Model::new(&x0, &dense).map(|model| model.named("around"))
}
}

pub mod layer_dense_2 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let dense = x0
        .dense(4).activation(HardShrink).bias_initializer(HeUniform).kernel_regularizer(L1(0.02))
            .bias_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).bias_constraint(Constraint::unit_norm())
        .tensor();
    Model::new(&x0, &dense).map(|model| model.named("around"))
}
}

pub mod layer_dense_3 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(5), None, Some(3)]).name("x0").tensor();
    let dense = x0
        .dense(3).activation(Silu).use_bias(false).kernel_initializer(GlorotUniform.seed(7))
            .kernel_regularizer(L2(0.03)).bias_regularizer(L2(0.01))
            .kernel_constraint(Constraint::max_norm(2)).dtype(Float64)
        .tensor();
    Model::new(&x0, &dense).map(|model| model.named("around"))
}
}

pub mod layer_dense_4 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 1]).name("x0").tensor();
    let dense = x0.dense(5).kernel_initializer(InitializerKind::random_normal(0.1, 0.2).seed(3)).tensor();
    Model::new(&x0, &dense).map(|model| model.named("around"))
}
}

pub mod layer_depthwiseconv1d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([6, 1]).name("x0").tensor();
    let depthwise_conv1d = x0
        .depthwise_conv_1d(4).padding(Same).depth_multiplier(2).activation(Elu)
            .bias_regularizer(L2(0.01))
        .tensor();
    Model::new(&x0, &depthwise_conv1d).map(|model| model.named("around"))
}
}

pub mod layer_depthwiseconv1d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 4]).name("x0").tensor();
    let depthwise_conv1d = x0
        .depthwise_conv_1d(1).data_format(ChannelsFirst).dilation_rate(3).activation(Relu)
            .depthwise_initializer(LecunNormal).activity_regularizer(L1(0.02)).dtype(Float64)
        .tensor();
    Model::new(&x0, &depthwise_conv1d).map(|model| model.named("around"))
}
}

pub mod layer_depthwiseconv1d_2 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(1), None]).name("x0").tensor();
    let depthwise_conv1d = x0
        .depthwise_conv_1d(3).strides(3).padding(Same).depth_multiplier(3)
            .data_format(ChannelsFirst).activation(Exponential)
            .depthwise_initializer(InitializerKind::orthogonal(1.0))
        .tensor();
    Model::new(&x0, &depthwise_conv1d).map(|model| model.named("around"))
}
}

pub mod layer_depthwiseconv1d_3 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 5]).name("x0").tensor();
    let depthwise_conv1d = x0
        .depthwise_conv_1d(4).depth_multiplier(2).activation(HardSilu)
            .depthwise_initializer(InitializerKind::truncated_normal(0.0, 0.1).seed(11))
            .depthwise_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).bias_regularizer(L2(0.03))
            .dtype(Float64)
        .tensor();
    Model::new(&x0, &depthwise_conv1d).map(|model| model.named("around"))
}
}

pub mod layer_depthwiseconv1d_4 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), None]).name("x0").tensor();
    let depthwise_conv1d = x0
        .depthwise_conv_1d(4).strides(3).padding(Same).data_format(ChannelsFirst)
            .bias_initializer(GlorotUniform.seed(7)).depthwise_regularizer(L1(0.02))
            .depthwise_constraint(Constraint::non_neg())
        .tensor();
    Model::new(&x0, &depthwise_conv1d).map(|model| model.named("around"))
}
}

pub mod layer_depthwiseconv2d_0 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5), Some(4)]).name("x0").tensor();
    let depthwise_conv2d = x0
        .depthwise_conv_2d([1, 2]).strides([1, 2]).activation(Softmax)
            .bias_initializer(InitializerKind::random_normal(0.1, 0.2).seed(3))
            .depthwise_regularizer(L1L2 { l1: 0.01, l2: 0.02 })
            .depthwise_constraint(Constraint::non_neg()).bias_constraint(Constraint::max_norm(0.8))
            .activity_regularizer(L2(0.01))
        .tensor();
    Model::new(&x0, &depthwise_conv2d).map(|model| model.named("around"))
}
}

pub mod layer_depthwiseconv2d_1 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 2, 1]).name("x0").tensor();
    let depthwise_conv2d = x0
        .depthwise_conv_2d(3).padding(Same).depth_multiplier(2).activation(Relu6)
            .depthwise_initializer(InitializerKind::orthogonal(1.5)).depthwise_regularizer(L2(0.03))
            .bias_regularizer(L1(0.02)).depthwise_constraint(Constraint::max_norm(2)).dtype(Float64)
        .tensor();
    Model::new(&x0, &depthwise_conv2d).map(|model| model.named("around"))
}
}

pub mod layer_depthwiseconv2d_2 {
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3), Some(3)]).name("x0").tensor();
    let depthwise_conv2d = x0
        .depthwise_conv_2d(2).strides([3, 1]).padding(Same).depth_multiplier(2).activation(HardSilu)
            .depthwise_initializer(GlorotNormal)
            .bias_initializer(InitializerKind::variance_scaling(2.0, FanMode::FanAvg, ScalingDistribution::Uniform))
        .tensor();
    Model::new(&x0, &depthwise_conv2d).map(|model| model.named("around"))
}
}

pub mod layer_depthwiseconv2d_3 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 6, 4]).name("x0").tensor();
    let depthwise_conv2d = x0
        .depthwise_conv_2d(2).depth_multiplier(3).data_format(ChannelsFirst).dilation_rate(3)
            .activation(Selu).use_bias(false).depthwise_initializer(Zeros)
            .bias_initializer(InitializerKind::random_uniform(-0.2, 0.3))
            .depthwise_regularizer(L2(0.03)).bias_regularizer(L1L2 { l1: 0.01, l2: 0.02 })
            .depthwise_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7).axis([0, 1]))
            .dtype(Float64)
        .tensor();
    Model::new(&x0, &depthwise_conv2d).map(|model| model.named("around"))
}
}

pub mod layer_depthwiseconv2d_4 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 5, 1]).name("x0").tensor();
    let depthwise_conv2d = x0
        .depthwise_conv_2d(2).padding(Same).depth_multiplier(2).data_format(ChannelsFirst)
            .activation(SparseSigmoid).use_bias(false).bias_initializer(HeUniform)
            .depthwise_constraint(Constraint::unit_norm()).bias_constraint(Constraint::unit_norm())
        .tensor();
    Model::new(&x0, &depthwise_conv2d).map(|model| model.named("around"))
}
}

pub mod layer_dropout_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 4, 3]).name("x0").tensor();
    let dropout = x0.dropout(0.5).tensor();
    Model::new(&x0, &dropout).map(|model| model.named("around"))
}
}

pub mod layer_dropout_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let dropout = x0.dropout(0.1).seed(42).noise_shape(vec![None, Some(1)]).dtype(Float64).tensor();
    Model::new(&x0, &dropout).map(|model| model.named("around"))
}
}

pub mod layer_dropout_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5), Some(2)]).name("x0").tensor();
    let dropout = x0.dropout(0.0).noise_shape(vec![None, Some(1), None, None]).dtype(Float64).tensor();
    Model::new(&x0, &dropout).map(|model| model.named("around"))
}
}

pub mod layer_dropout_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(5), None, Some(4)]).name("x0").tensor();
    let dropout = x0.dropout(0.5).noise_shape(vec![None, Some(1), None, Some(1)]).tensor();
    Model::new(&x0, &dropout).map(|model| model.named("around"))
}
}

pub mod layer_dropout_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5)]).name("x0").tensor();
    let layer_5 = x0.dropout(0.5).noise_shape(vec![None, None, None]).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_elu_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 4]).name("x0").tensor();
    let elu = x0.elu().tensor();
    Model::new(&x0, &elu).map(|model| model.named("around"))
}
}

pub mod layer_elu_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let elu = x0.elu().alpha(0.5).dtype(Float64).tensor();
    Model::new(&x0, &elu).map(|model| model.named("around"))
}
}

pub mod layer_elu_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 4]).name("x0").tensor();
    let layer_5 = x0.elu().alpha(2.0).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_flatten_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let flatten = x0.flatten().data_format(ChannelsFirst).tensor();
    Model::new(&x0, &flatten).map(|model| model.named("around"))
}
}

pub mod layer_flatten_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5]).name("x0").tensor();
    let flatten = x0.flatten().dtype(Float64).tensor();
    Model::new(&x0, &flatten).map(|model| model.named("around"))
}
}

pub mod layer_flatten_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([0usize; 0]).name("x0").tensor();
    let layer_5 = x0.flatten().dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_flatten_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let flatten = x0.flatten().data_format(ChannelsFirst).trainable(false).dtype(Float64).tensor();
    Model::new(&x0, &flatten).map(|model| model.named("around"))
}
}

pub mod layer_gaussiandropout_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5]).name("x0").tensor();
    let gaussian_dropout = x0.gaussian_dropout(0.5).seed(42).tensor();
    Model::new(&x0, &gaussian_dropout).map(|model| model.named("around"))
}
}

pub mod layer_gaussiandropout_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3]).name("x0").tensor();
    let gaussian_dropout = x0.gaussian_dropout(1.0).seed(42).dtype(Float64).tensor();
    Model::new(&x0, &gaussian_dropout).map(|model| model.named("around"))
}
}

pub mod layer_gaussiandropout_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5, 3]).name("x0").tensor();
    let gaussian_dropout = x0.gaussian_dropout(0.1).tensor();
    Model::new(&x0, &gaussian_dropout).map(|model| model.named("around"))
}
}

pub mod layer_gaussiandropout_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let gaussian_dropout = x0.gaussian_dropout(0.0).seed(42).dtype(Float64).tensor();
    Model::new(&x0, &gaussian_dropout).map(|model| model.named("around"))
}
}

pub mod layer_gaussiandropout_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(5), None, Some(2)]).name("x0").tensor();
    let layer_5 = x0.gaussian_dropout(1.0).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_gaussiannoise_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let gaussian_noise = x0.gaussian_noise(1.0).tensor();
    Model::new(&x0, &gaussian_noise).map(|model| model.named("around"))
}
}

pub mod layer_gaussiannoise_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5, 4]).name("x0").tensor();
    let gaussian_noise = x0.gaussian_noise(0.1).seed(42).dtype(Float64).tensor();
    Model::new(&x0, &gaussian_noise).map(|model| model.named("around"))
}
}

pub mod layer_gaussiannoise_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 4]).name("x0").tensor();
    let gaussian_noise = x0.gaussian_noise(0.5).tensor();
    Model::new(&x0, &gaussian_noise).map(|model| model.named("around"))
}
}

pub mod layer_gaussiannoise_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let gaussian_noise = x0.gaussian_noise(0.0).dtype(Float64).tensor();
    Model::new(&x0, &gaussian_noise).map(|model| model.named("around"))
}
}

pub mod layer_gaussiannoise_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 5]).name("x0").tensor();
    let layer_5 = x0.gaussian_noise(0.5).seed(42).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling1d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2)]).name("x0").tensor();
    let global_average_pooling1d = x0.global_average_pooling_1d().tensor();
    Model::new(&x0, &global_average_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling1d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(2), None]).name("x0").tensor();
    let global_average_pooling1d = x0
        .global_average_pooling_1d().data_format(ChannelsFirst).keepdims(true).trainable(false)
            .dtype(Float64)
        .tensor();
    Model::new(&x0, &global_average_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling1d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(2), None]).name("x0").tensor();
    let layer_37 = x0
        .global_average_pooling_1d().data_format(ChannelsFirst).dtype(Float64).name("layer_37")
        .tensor();
    Model::new(&x0, &layer_37).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling2d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(4), Some(2)]).name("x0").tensor();
    let global_average_pooling2d = x0.global_average_pooling_2d().keepdims(true).tensor();
    Model::new(&x0, &global_average_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling2d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2), Some(4)]).name("x0").tensor();
    let global_average_pooling2d = x0.global_average_pooling_2d().dtype(Float64).tensor();
    Model::new(&x0, &global_average_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling2d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 1, 3]).name("x0").tensor();
    let global_average_pooling2d = x0.global_average_pooling_2d().data_format(ChannelsFirst).keepdims(true).tensor();
    Model::new(&x0, &global_average_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling2d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3, 4]).name("x0").tensor();
    let layer_5 = x0
        .global_average_pooling_2d().data_format(ChannelsFirst).keepdims(true).dtype(Float64)
            .name("layer_5")
        .tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling2d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 3, 1]).name("x0").tensor();
    let global_average_pooling2d = x0.global_average_pooling_2d().keepdims(true).trainable(false).dtype(Float64).tensor();
    Model::new(&x0, &global_average_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling3d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(4), Some(2), None, Some(1)]).name("x0").tensor();
    let global_average_pooling3d = x0.global_average_pooling_3d().tensor();
    Model::new(&x0, &global_average_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling3d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 4, 4, 4]).name("x0").tensor();
    let global_average_pooling3d = x0
        .global_average_pooling_3d().data_format(ChannelsFirst).keepdims(true).dtype(Float64)
        .tensor();
    Model::new(&x0, &global_average_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling3d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), Some(3), Some(1), None]).name("x0").tensor();
    let layer_5 = x0
        .global_average_pooling_3d().data_format(ChannelsFirst).keepdims(true).dtype(Float64)
            .name("layer_5")
        .tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling3d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2), Some(2), Some(3)]).name("x0").tensor();
    let global_average_pooling3d = x0.global_average_pooling_3d().trainable(false).dtype(Float64).tensor();
    Model::new(&x0, &global_average_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_globalaveragepooling3d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 2, 1, 3]).name("x0").tensor();
    let layer_13 = x0.global_average_pooling_3d().keepdims(true).dtype(Float64).name("layer_13").tensor();
    Model::new(&x0, &layer_13).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling1d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 3]).name("x0").tensor();
    let global_max_pooling1d = x0.global_max_pooling_1d().tensor();
    Model::new(&x0, &global_max_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling1d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 3]).name("x0").tensor();
    let global_max_pooling1d = x0.global_max_pooling_1d().data_format(ChannelsFirst).dtype(Float64).tensor();
    Model::new(&x0, &global_max_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling1d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3]).name("x0").tensor();
    let layer_5 = x0
        .global_max_pooling_1d().data_format(ChannelsFirst).keepdims(true).dtype(Float64)
            .name("layer_5")
        .tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling1d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 2]).name("x0").tensor();
    let global_max_pooling1d = x0.global_max_pooling_1d().keepdims(true).trainable(false).dtype(Float64).tensor();
    Model::new(&x0, &global_max_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling1d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 1]).name("x0").tensor();
    let layer_13 = x0.global_max_pooling_1d().keepdims(true).dtype(Float64).name("layer_13").tensor();
    Model::new(&x0, &layer_13).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling2d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3), Some(4)]).name("x0").tensor();
    let global_max_pooling2d = x0.global_max_pooling_2d().tensor();
    Model::new(&x0, &global_max_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling2d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3), Some(2)]).name("x0").tensor();
    let global_max_pooling2d = x0.global_max_pooling_2d().keepdims(true).dtype(Float64).tensor();
    Model::new(&x0, &global_max_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling2d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(1), Some(3), None]).name("x0").tensor();
    let global_max_pooling2d = x0.global_max_pooling_2d().data_format(ChannelsFirst).keepdims(true).dtype(Float64).tensor();
    Model::new(&x0, &global_max_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling2d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(4), Some(2)]).name("x0").tensor();
    let layer_5 = x0.global_max_pooling_2d().dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling2d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 1, 2]).name("x0").tensor();
    let global_max_pooling2d = x0.global_max_pooling_2d().keepdims(true).trainable(false).dtype(Float64).tensor();
    Model::new(&x0, &global_max_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling3d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3, 3, 3]).name("x0").tensor();
    let global_max_pooling3d = x0.global_max_pooling_3d().tensor();
    Model::new(&x0, &global_max_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling3d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(4), None, Some(4), Some(3)]).name("x0").tensor();
    let global_max_pooling3d = x0.global_max_pooling_3d().data_format(ChannelsFirst).keepdims(true).dtype(Float64).tensor();
    Model::new(&x0, &global_max_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling3d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), None, Some(2), Some(3)]).name("x0").tensor();
    let layer_5 = x0.global_max_pooling_3d().dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling3d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(1), None, None, Some(3)]).name("x0").tensor();
    let global_max_pooling3d = x0.global_max_pooling_3d().keepdims(true).trainable(false).dtype(Float64).tensor();
    Model::new(&x0, &global_max_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_globalmaxpooling3d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 1, 2, 3]).name("x0").tensor();
    let layer_13 = x0
        .global_max_pooling_3d().data_format(ChannelsFirst).keepdims(true).dtype(Float64)
            .name("layer_13")
        .tensor();
    Model::new(&x0, &layer_13).map(|model| model.named("around"))
}
}

pub mod layer_groupnormalization_0 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let group_normalization = x0
        .group_normalization().groups(1).axis(1).epsilon(0.05).center(false)
            .gamma_constraint(Constraint::max_norm(0.8))
        .tensor();
    Model::new(&x0, &group_normalization).map(|model| model.named("around"))
}
}

pub mod layer_groupnormalization_1 {
use argali::constraints::Constraint;
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3]).name("x0").tensor();
    let group_normalization = x0
        .group_normalization().groups(3).axis(2).scale(false).beta_initializer(LecunUniform)
            .gamma_initializer(InitializerKind::variance_scaling(2.0, FanMode::FanAvg, ScalingDistribution::Uniform))
            .gamma_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7)).dtype(Float64)
        .tensor();
    Model::new(&x0, &group_normalization).map(|model| model.named("around"))
}
}

pub mod layer_groupnormalization_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let group_normalization = x0
        .group_normalization().groups(1).center(false).gamma_initializer(HeNormal)
            .beta_regularizer(L2(0.03))
        .tensor();
    Model::new(&x0, &group_normalization).map(|model| model.named("around"))
}
}

pub mod layer_groupnormalization_3 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([6]).name("x0").tensor();
    let group_normalization = x0
        .group_normalization().groups(2).axis(1).scale(false)
            .gamma_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).beta_constraint(Constraint::non_neg())
            .dtype(Float64)
        .tensor();
    Model::new(&x0, &group_normalization).map(|model| model.named("around"))
}
}

pub mod layer_groupnormalization_4 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(6)]).name("x0").tensor();
    let group_normalization = x0
        .group_normalization().groups(2)
            .gamma_initializer(InitializerKind::random_uniform(-0.2, 0.3))
            .beta_constraint(Constraint::unit_norm())
        .tensor();
    Model::new(&x0, &group_normalization).map(|model| model.named("around"))
}
}

pub mod layer_identity_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 2]).name("x0").tensor();
    let identity = x0.identity().tensor();
    Model::new(&x0, &identity).map(|model| model.named("around"))
}
}

pub mod layer_identity_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4]).name("x0").tensor();
    let identity = x0.identity().dtype(Float64).tensor();
    Model::new(&x0, &identity).map(|model| model.named("around"))
}
}

pub mod layer_layernormalization_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), None, Some(2)]).name("x0").tensor();
    let layer_normalization = x0.layer_normalization().axis([-1]).gamma_initializer(LecunNormal).tensor();
    Model::new(&x0, &layer_normalization).map(|model| model.named("around"))
}
}

pub mod layer_layernormalization_1 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let layer_normalization = x0
        .layer_normalization().axis([1]).epsilon(0.05).scale(false)
            .beta_initializer(InitializerKind::random_uniform(-0.2, 0.3)).beta_regularizer(L2(0.01))
            .gamma_regularizer(L2(0.03)).gamma_constraint(Constraint::max_norm(0.8)).dtype(Float64)
        .tensor();
    Model::new(&x0, &layer_normalization).map(|model| model.named("around"))
}
}

pub mod layer_layernormalization_2 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let layer_normalization = x0
        .layer_normalization().axis([-1]).beta_initializer(HeNormal)
            .beta_constraint(Constraint::unit_norm())
        .tensor();
    Model::new(&x0, &layer_normalization).map(|model| model.named("around"))
}
}

pub mod layer_layernormalization_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let layer_normalization = x0.layer_normalization().axis([1]).gamma_regularizer(L1(0.02)).dtype(Float64).tensor();
    Model::new(&x0, &layer_normalization).map(|model| model.named("around"))
}
}

pub mod layer_layernormalization_4 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let layer_normalization = x0
        .layer_normalization().axis([-1]).epsilon(1e-6)
            .gamma_initializer(InitializerKind::truncated_normal(0.0, 0.1).seed(11))
            .beta_regularizer(L1L2 { l1: 0.01, l2: 0.02 })
        .tensor();
    Model::new(&x0, &layer_normalization).map(|model| model.named("around"))
}
}

pub mod layer_layerscale_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let layer_scale = x0.layer_scale(1e-6, 5).tensor();
    Model::new(&x0, &layer_scale).map(|model| model.named("around"))
}
}

pub mod layer_layerscale_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(4), Some(2)]).name("x0").tensor();
    let layer_scale = x0.layer_scale(1e-6, 2).dtype(Float64).tensor();
    Model::new(&x0, &layer_scale).map(|model| model.named("around"))
}
}

pub mod layer_layerscale_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4]).name("x0").tensor();
    let layer_scale = x0.layer_scale(1, 4).tensor();
    Model::new(&x0, &layer_scale).map(|model| model.named("around"))
}
}

pub mod layer_layerscale_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 5]).name("x0").tensor();
    let layer_5 = x0.layer_scale(0.5, 5).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_layerscale_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 2]).name("x0").tensor();
    let layer_scale = x0.layer_scale(0.5, 2).trainable(false).dtype(Float64).tensor();
    Model::new(&x0, &layer_scale).map(|model| model.named("around"))
}
}

pub mod layer_leakyrelu_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let leaky_re_lu = x0.leaky_relu().negative_slope(1).tensor();
    Model::new(&x0, &leaky_re_lu).map(|model| model.named("around"))
}
}

pub mod layer_leakyrelu_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let leaky_re_lu = x0.leaky_relu().negative_slope(0.0).dtype(Float64).tensor();
    Model::new(&x0, &leaky_re_lu).map(|model| model.named("around"))
}
}

pub mod layer_leakyrelu_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 4]).name("x0").tensor();
    let layer_5 = x0.leaky_relu().dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_leakyrelu_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 3, 5]).name("x0").tensor();
    let leaky_re_lu = x0.leaky_relu().negative_slope(0.1).tensor();
    Model::new(&x0, &leaky_re_lu).map(|model| model.named("around"))
}
}

pub mod layer_masking_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let masking = x0.masking(-1.0).tensor();
    Model::new(&x0, &masking).map(|model| model.named("around"))
}
}

pub mod layer_masking_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, None, Some(3)]).name("x0").tensor();
    let masking = x0.masking(0.0).dtype(Float64).tensor();
    Model::new(&x0, &masking).map(|model| model.named("around"))
}
}

pub mod layer_masking_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let masking = x0.masking(0.5).tensor();
    Model::new(&x0, &masking).map(|model| model.named("around"))
}
}

pub mod layer_masking_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 3, 3]).name("x0").tensor();
    let layer_5 = x0.masking(0.0).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_masking_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let masking = x0.masking(0.0).trainable(false).dtype(Float64).tensor();
    Model::new(&x0, &masking).map(|model| model.named("around"))
}
}

pub mod layer_maximum_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 4, 5]).name("x0").tensor();
    let x1 = InputLayer::new([4, 5]).name("x1").tensor();
    let maximum_output = maximum([&x0, &x1]).tensor();
    Model::new([&x0, &x1], &maximum_output).map(|model| model.named("around"))
}
}

pub mod layer_maximum_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5)]).name("x0").tensor();
    let x1 = InputLayer::new([None, Some(5)]).name("x1").tensor();
    let maximum_output = maximum([&x0, &x1]).dtype(Float64).tensor();
    Model::new([&x0, &x1], &maximum_output).map(|model| model.named("around"))
}
}

pub mod layer_maximum_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let x1 = InputLayer::new([3]).name("x1").tensor();
    let layer_5 = maximum([&x0, &x1]).dtype(Float64).name("layer_5").tensor();
    Model::new([&x0, &x1], &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_maximum_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let x1 = InputLayer::new([3]).name("x1").tensor();
    let maximum_output = maximum([&x0, &x1]).trainable(false).dtype(Float64).tensor();
    Model::new([&x0, &x1], &maximum_output).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling1d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 1]).name("x0").tensor();
    let max_pooling1d = x0.max_pooling_1d(2).padding(Same).tensor();
    Model::new(&x0, &max_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling1d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(1), None]).name("x0").tensor();
    let max_pooling1d = x0.max_pooling_1d(5).data_format(ChannelsFirst).dtype(Float64).tensor();
    Model::new(&x0, &max_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling1d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([7, 2]).name("x0").tensor();
    let max_pooling1d = x0.max_pooling_1d(4).padding(Same).tensor();
    Model::new(&x0, &max_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling1d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 7]).name("x0").tensor();
    let max_pooling1d = x0.max_pooling_1d(2).strides(1).data_format(ChannelsFirst).dtype(Float64).tensor();
    Model::new(&x0, &max_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling1d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 2]).name("x0").tensor();
    let max_pooling1d = x0.max_pooling_1d(2).strides(3).tensor();
    Model::new(&x0, &max_pooling1d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling2d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([6, 5, 1]).name("x0").tensor();
    let max_pooling2d = x0.max_pooling_2d(3).strides([2, 3]).tensor();
    Model::new(&x0, &max_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling2d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 1, 2]).name("x0").tensor();
    let max_pooling2d = x0.max_pooling_2d([3, 2]).strides([2, 3]).padding(Same).dtype(Float64).tensor();
    Model::new(&x0, &max_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling2d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(2), None, Some(5)]).name("x0").tensor();
    let max_pooling2d = x0.max_pooling_2d([3, 2]).data_format(ChannelsFirst).tensor();
    Model::new(&x0, &max_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling2d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 4, 3]).name("x0").tensor();
    let max_pooling2d = x0.max_pooling_2d([3, 2]).strides([1, 2]).padding(Same).dtype(Float64).tensor();
    Model::new(&x0, &max_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling2d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(2), None, Some(3)]).name("x0").tensor();
    let max_pooling2d = x0.max_pooling_2d([2, 1]).strides([3, 1]).tensor();
    Model::new(&x0, &max_pooling2d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling3d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3), Some(4), Some(1)]).name("x0").tensor();
    let max_pooling3d = x0.max_pooling_3d([1, 2, 2]).tensor();
    Model::new(&x0, &max_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling3d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(1), Some(3), None, Some(3)]).name("x0").tensor();
    let max_pooling3d = x0
        .max_pooling_3d([2, 1, 1]).padding(Same).data_format(ChannelsFirst).dtype(Float64)
        .tensor();
    Model::new(&x0, &max_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling3d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, None, Some(2), Some(3)]).name("x0").tensor();
    let max_pooling3d = x0.max_pooling_3d([1, 1, 2]).strides([1, 3, 2]).tensor();
    Model::new(&x0, &max_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling3d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3, 2, 2]).name("x0").tensor();
    let max_pooling3d = x0.max_pooling_3d(1).strides([1, 3, 2]).padding(Same).dtype(Float64).tensor();
    Model::new(&x0, &max_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_maxpooling3d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5), None, Some(2)]).name("x0").tensor();
    let max_pooling3d = x0.max_pooling_3d([1, 3, 3]).strides([2, 2, 1]).tensor();
    Model::new(&x0, &max_pooling3d).map(|model| model.named("around"))
}
}

pub mod layer_minimum_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 4]).name("x0").tensor();
    let x1 = InputLayer::new([3, 4]).name("x1").tensor();
    let x2 = InputLayer::new([3, 4]).name("x2").tensor();
    let x3 = InputLayer::new([4]).name("x3").tensor();
    let minimum_output = minimum([&x0, &x1, &x2, &x3]).tensor();
    Model::new([&x0, &x1, &x2, &x3], &minimum_output).map(|model| model.named("around"))
}
}

pub mod layer_minimum_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2), Some(2)]).name("x0").tensor();
    let x1 = InputLayer::new([None, Some(2), Some(2)]).name("x1").tensor();
    let x2 = InputLayer::new([None, Some(2), Some(2)]).name("x2").tensor();
    let minimum_output = minimum([&x0, &x1, &x2]).dtype(Float64).tensor();
    Model::new([&x0, &x1, &x2], &minimum_output).map(|model| model.named("around"))
}
}

pub mod layer_minimum_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 5, 5]).name("x0").tensor();
    let x1 = InputLayer::new([4, 5, 5]).name("x1").tensor();
    let x2 = InputLayer::new([5, 5]).name("x2").tensor();
    let layer_5 = minimum([&x0, &x1, &x2]).dtype(Float64).name("layer_5").tensor();
    Model::new([&x0, &x1, &x2], &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_minimum_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 5]).name("x0").tensor();
    let x1 = InputLayer::new([5]).name("x1").tensor();
    let minimum_output = minimum([&x0, &x1]).trainable(false).dtype(Float64).tensor();
    Model::new([&x0, &x1], &minimum_output).map(|model| model.named("around"))
}
}

pub mod layer_multiply_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let x1 = InputLayer::new([5]).name("x1").tensor();
    let x2 = InputLayer::new([5]).name("x2").tensor();
    let x3 = InputLayer::new([5]).name("x3").tensor();
    let multiply_output = multiply([&x0, &x1, &x2, &x3]).tensor();
    Model::new([&x0, &x1, &x2, &x3], &multiply_output).map(|model| model.named("around"))
}
}

pub mod layer_multiply_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 4]).name("x0").tensor();
    let x1 = InputLayer::new([4, 4]).name("x1").tensor();
    let x2 = InputLayer::new([4, 4]).name("x2").tensor();
    let x3 = InputLayer::new([4, 4]).name("x3").tensor();
    let multiply_output = multiply([&x0, &x1, &x2, &x3]).dtype(Float64).tensor();
    Model::new([&x0, &x1, &x2, &x3], &multiply_output).map(|model| model.named("around"))
}
}

pub mod layer_multiply_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let x1 = InputLayer::new([5]).name("x1").tensor();
    let layer_5 = multiply([&x0, &x1]).dtype(Float64).name("layer_5").tensor();
    Model::new([&x0, &x1], &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_multiply_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let x1 = InputLayer::new([3]).name("x1").tensor();
    let multiply_output = multiply([&x0, &x1]).trainable(false).dtype(Float64).tensor();
    Model::new([&x0, &x1], &multiply_output).map(|model| model.named("around"))
}
}

pub mod layer_normalization_0 {
use argali::AxisList;
use argali::Number;
use argali::initializers::Values;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 5]).name("x0").tensor();
    let normalization = x0
        .normalization().axis(AxisList(Some(vec![]))).mean(Values::new([], [Number::Float(1.21)])?)
            .variance(Values::new([], [Number::Float(1.24)])?)
        .tensor();
    Model::new(&x0, &normalization).map(|model| model.named("around"))
}
}

pub mod layer_normalization_1 {
use argali::Number;
use argali::initializers::Values;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4]).name("x0").tensor();
    let normalization = x0
        .normalization().axis(1).invert(true)
            .mean(Values::new([4], [Number::Float(0.89), Number::Float(0.87), Number::Float(0.87), Number::Float(0.53)])?)
            .variance(Values::new([4], [Number::Float(0.54), Number::Float(0.51), Number::Float(1.19), Number::Float(1.2)])?)
            .dtype(Float64)
        .tensor();
    Model::new(&x0, &normalization).map(|model| model.named("around"))
}
}

pub mod layer_normalization_2 {
use argali::Number;
use argali::initializers::Values;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5), Some(5)]).name("x0").tensor();
    let normalization = x0
        .normalization().axis(3)
            .mean(Values::new([5], [Number::Float(1.15), Number::Float(1.19), Number::Float(0.73), Number::Float(1.19), Number::Float(1.1600000000000001)])?)
            .variance(Values::new([5], [Number::Float(0.79), Number::Float(1.19), Number::Float(0.74), Number::Float(0.69), Number::Float(0.97)])?)
        .tensor();
    Model::new(&x0, &normalization).map(|model| model.named("around"))
}
}

pub mod layer_normalization_3 {
use argali::Number;
use argali::initializers::Values;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let normalization = x0
        .normalization().axis(1).invert(true)
            .mean(Values::new([2], [Number::Float(0.71), Number::Float(0.55)])?)
            .variance(Values::new([2], [Number::Float(1.3), Number::Float(0.78)])?).dtype(Float64)
        .tensor();
    Model::new(&x0, &normalization).map(|model| model.named("around"))
}
}

pub mod layer_normalization_4 {
use argali::Number;
use argali::initializers::Values;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 5]).name("x0").tensor();
    let normalization = x0
        .normalization().axis([1, 2])
            .mean(Values::new([5, 5], [Number::Float(1.47), Number::Float(1.38), Number::Float(1.35), Number::Float(0.81), Number::Float(1.31), Number::Float(1.31), Number::Float(0.79), Number::Float(1.48), Number::Float(0.8400000000000001), Number::Float(0.95), Number::Float(0.9299999999999999), Number::Float(1.24), Number::Float(1.1800000000000002), Number::Float(1.4300000000000002), Number::Float(1.1400000000000001), Number::Float(0.9099999999999999), Number::Float(1.33), Number::Float(1.22), Number::Float(1.0699999999999998), Number::Float(0.73), Number::Float(0.6799999999999999), Number::Float(1.24), Number::Float(1.42), Number::Float(0.8300000000000001), Number::Float(1.08)])?)
            .variance(Values::new([5, 5], [Number::Float(1.48), Number::Float(0.5700000000000001), Number::Float(1.04), Number::Float(1.27), Number::Float(0.8200000000000001), Number::Float(1.1800000000000002), Number::Float(1.37), Number::Float(0.81), Number::Float(0.77), Number::Float(1.17), Number::Float(0.54), Number::Float(1.3900000000000001), Number::Float(0.88), Number::Float(0.73), Number::Float(0.88), Number::Float(0.79), Number::Float(1.21), Number::Float(1.28), Number::Float(1.4100000000000001), Number::Float(0.65), Number::Float(0.56), Number::Float(0.5700000000000001), Number::Float(1.38), Number::Float(0.88), Number::Float(0.64)])?)
        .tensor();
    Model::new(&x0, &normalization).map(|model| model.named("around"))
}
}

pub mod layer_permute_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 3, 5]).name("x0").tensor();
    let permute = x0.permute([2, 1, 3]).tensor();
    Model::new(&x0, &permute).map(|model| model.named("around"))
}
}

pub mod layer_permute_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(2), None, None, Some(4)]).name("x0").tensor();
    let permute = x0.permute([1, 4, 3, 2]).dtype(Float64).tensor();
    Model::new(&x0, &permute).map(|model| model.named("around"))
}
}

pub mod layer_permute_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let permute = x0.permute([1]).tensor();
    Model::new(&x0, &permute).map(|model| model.named("around"))
}
}

pub mod layer_permute_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(2), None, Some(3), Some(4)]).name("x0").tensor();
    let permute = x0.permute([3, 4, 1, 2]).tensor();
    Model::new(&x0, &permute).map(|model| model.named("around"))
}
}

pub mod layer_permute_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(2), Some(2), None]).name("x0").tensor();
    let layer_5 = x0.permute([2, 3, 1]).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_prelu_0 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 5]).name("x0").tensor();
    let p_re_lu = x0
        .prelu().alpha_initializer(HeUniform).alpha_regularizer(L2(0.01))
            .alpha_constraint(Constraint::non_neg())
        .tensor();
    Model::new(&x0, &p_re_lu).map(|model| model.named("around"))
}
}

pub mod layer_prelu_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let p_re_lu = x0.prelu().alpha_initializer(Ones).shared_axes(1).dtype(Float64).tensor();
    Model::new(&x0, &p_re_lu).map(|model| model.named("around"))
}
}

pub mod layer_prelu_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 4, 2, 5]).name("x0").tensor();
    let p_re_lu = x0.prelu().shared_axes([3, 4]).tensor();
    Model::new(&x0, &p_re_lu).map(|model| model.named("around"))
}
}

pub mod layer_prelu_3 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let p_re_lu = x0
        .prelu().alpha_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7)).dtype(Float64)
        .tensor();
    Model::new(&x0, &p_re_lu).map(|model| model.named("around"))
}
}

pub mod layer_prelu_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let p_re_lu = x0.prelu().alpha_initializer(GlorotNormal).alpha_regularizer(L2(0.03)).tensor();
    Model::new(&x0, &p_re_lu).map(|model| model.named("around"))
}
}

pub mod layer_relu_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let re_lu = x0.relu().max_value(1.0).negative_slope(0.1).threshold(1.0).tensor();
    Model::new(&x0, &re_lu).map(|model| model.named("around"))
}
}

pub mod layer_relu_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3)]).name("x0").tensor();
    let re_lu = x0.relu().max_value(1.0).negative_slope(0.1).dtype(Float64).tensor();
    Model::new(&x0, &re_lu).map(|model| model.named("around"))
}
}

pub mod layer_relu_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 4, 5]).name("x0").tensor();
    let re_lu = x0.relu().max_value(1.0).threshold(0.4).tensor();
    Model::new(&x0, &re_lu).map(|model| model.named("around"))
}
}

pub mod layer_relu_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), Some(5), None, Some(4)]).name("x0").tensor();
    let re_lu = x0.relu().dtype(Float64).tensor();
    Model::new(&x0, &re_lu).map(|model| model.named("around"))
}
}

pub mod layer_relu_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 5, 2, 5]).name("x0").tensor();
    let layer_5 = x0
        .relu().max_value(1.0).negative_slope(0.3).threshold(1.0).dtype(Float64).name("layer_5")
        .tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_repeatvector_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let repeat_vector = x0.repeat_vector(2).tensor();
    Model::new(&x0, &repeat_vector).map(|model| model.named("around"))
}
}

pub mod layer_repeatvector_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let repeat_vector = x0.repeat_vector(5).dtype(Float64).tensor();
    Model::new(&x0, &repeat_vector).map(|model| model.named("around"))
}
}

pub mod layer_repeatvector_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let repeat_vector = x0.repeat_vector(1).tensor();
    Model::new(&x0, &repeat_vector).map(|model| model.named("around"))
}
}

pub mod layer_repeatvector_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let layer_5 = x0.repeat_vector(2).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_repeatvector_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let repeat_vector = x0.repeat_vector(4).tensor();
    Model::new(&x0, &repeat_vector).map(|model| model.named("around"))
}
}

pub mod layer_rescaling_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 2]).name("x0").tensor();
    let rescaling = x0.rescaling(0.5).offset(0.5).tensor();
    Model::new(&x0, &rescaling).map(|model| model.named("around"))
}
}

pub mod layer_rescaling_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let rescaling = x0.rescaling(2).offset([1, 1]).dtype(Float64).tensor();
    Model::new(&x0, &rescaling).map(|model| model.named("around"))
}
}

pub mod layer_rescaling_2 {
use argali::Number;
use argali::initializers::Values;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let rescaling = x0
        .rescaling(-1.0)
            .offset(Values::new([5], [Number::Float(-2.0), Number::Float(0.25), Number::Int(1), Number::Int(1), Number::Int(1)])?)
        .tensor();
    Model::new(&x0, &rescaling).map(|model| model.named("around"))
}
}

pub mod layer_rescaling_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 4, 5, 4]).name("x0").tensor();
    let rescaling = x0.rescaling(0.5).offset(-1.0).tensor();
    Model::new(&x0, &rescaling).map(|model| model.named("around"))
}
}

pub mod layer_rescaling_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let layer_5 = x0.rescaling(0.5).offset(2).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_reshape_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 3, 4]).name("x0").tensor();
    let reshape = x0.reshape([6, -1]).tensor();
    Model::new(&x0, &reshape).map(|model| model.named("around"))
}
}

pub mod layer_reshape_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([24]).name("x0").tensor();
    let reshape = x0.reshape([4, -1]).dtype(Float64).tensor();
    Model::new(&x0, &reshape).map(|model| model.named("around"))
}
}

pub mod layer_reshape_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([24]).name("x0").tensor();
    let reshape = x0.reshape([2, 3, 4]).tensor();
    Model::new(&x0, &reshape).map(|model| model.named("around"))
}
}

pub mod layer_reshape_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 3, 4]).name("x0").tensor();
    let reshape = x0.reshape([4, 3, 2]).dtype(Float64).tensor();
    Model::new(&x0, &reshape).map(|model| model.named("around"))
}
}

pub mod layer_reshape_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([24]).name("x0").tensor();
    let reshape = x0.reshape([-1]).tensor();
    Model::new(&x0, &reshape).map(|model| model.named("around"))
}
}

pub mod layer_separableconv1d_0 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 10]).name("x0").tensor();
    let separable_conv1d = x0
        .separable_conv_1d(3, 3).strides(2).padding(Same).data_format(ChannelsFirst)
            .dilation_rate(2).depth_multiplier(2).use_bias(false).pointwise_initializer(LecunNormal)
            .depthwise_constraint(Constraint::unit_norm().axis([0, 1]))
            .activity_regularizer(L1(0.02))
        .tensor();
    Model::new(&x0, &separable_conv1d).map(|model| model.named("around"))
}
}

pub mod layer_separableconv1d_1 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 8]).name("x0").tensor();
    let separable_conv1d = x0
        .separable_conv_1d(3, 3).data_format(ChannelsFirst).activation(Tanh).use_bias(false)
            .pointwise_initializer(HeUniform).bias_regularizer(L2(0.01))
            .pointwise_constraint(Constraint::max_norm(2)).dtype(Float64)
        .tensor();
    Model::new(&x0, &separable_conv1d).map(|model| model.named("around"))
}
}

pub mod layer_separableconv1d_2 {
use argali::constraints::Constraint;
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5)]).name("x0").tensor();
    let separable_conv1d = x0
        .separable_conv_1d(5, 2).dilation_rate(2).depth_multiplier(2).activation(Sparsemax)
            .depthwise_initializer(InitializerKind::variance_scaling(2.0, FanMode::FanAvg, ScalingDistribution::Uniform))
            .pointwise_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7))
        .tensor();
    Model::new(&x0, &separable_conv1d).map(|model| model.named("around"))
}
}

pub mod layer_separableconv1d_3 {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 2]).name("x0").tensor();
    let separable_conv1d = x0
        .separable_conv_1d(3, 3).strides(2).padding(Same).depth_multiplier(3)
            .activation(Exponential).depthwise_initializer(InitializerKind::constant(0.25))
            .pointwise_initializer(GlorotUniform.seed(7))
            .pointwise_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).dtype(Float64)
        .tensor();
    Model::new(&x0, &separable_conv1d).map(|model| model.named("around"))
}
}

pub mod layer_separableconv1d_4 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 5]).name("x0").tensor();
    let separable_conv1d = x0
        .separable_conv_1d(2, 2).padding(Same).depth_multiplier(3).activation(Mish)
            .depthwise_initializer(InitializerKind::orthogonal(1.5))
            .bias_initializer(InitializerKind::random_uniform(-0.2, 0.3))
            .depthwise_regularizer(L2(0.03)).depthwise_constraint(Constraint::max_norm(0.8))
            .pointwise_constraint(Constraint::non_neg()).activity_regularizer(L2(0.01))
        .tensor();
    Model::new(&x0, &separable_conv1d).map(|model| model.named("around"))
}
}

pub mod layer_separableconv2d_0 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 2, 3]).name("x0").tensor();
    let separable_conv2d = x0
        .separable_conv_2d(2, [2, 1]).strides([3, 1]).data_format(ChannelsFirst)
            .pointwise_regularizer(L1(0.02))
            .depthwise_constraint(Constraint::unit_norm().axis([0, 1]))
            .activity_regularizer(L2(0.03))
        .tensor();
    Model::new(&x0, &separable_conv2d).map(|model| model.named("around"))
}
}

pub mod layer_separableconv2d_1 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(6), None, Some(4)]).name("x0").tensor();
    let separable_conv2d = x0
        .separable_conv_2d(3, [1, 3]).padding(Same).dilation_rate(3).depth_multiplier(3)
            .activation(Elu).use_bias(false).depthwise_initializer(Ones)
            .pointwise_initializer(HeUniform).bias_initializer(LecunNormal)
            .depthwise_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7))
            .pointwise_constraint(Constraint::max_norm(0.8).axis([0, 1, 2]))
            .activity_regularizer(L2(0.01)).dtype(Float64)
        .tensor();
    Model::new(&x0, &separable_conv2d).map(|model| model.named("around"))
}
}

pub mod layer_separableconv2d_2 {
use argali::constraints::Constraint;
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3, 4]).name("x0").tensor();
    let separable_conv2d = x0
        .separable_conv_2d(1, [2, 3]).padding(Same).depth_multiplier(3).activation(Gelu)
            .depthwise_initializer(InitializerKind::variance_scaling(2.0, FanMode::FanAvg, ScalingDistribution::Uniform))
            .pointwise_initializer(InitializerKind::orthogonal(1.0))
            .bias_initializer(InitializerKind::random_uniform(-0.2, 0.3))
            .depthwise_regularizer(L1L2 { l1: 0.01, l2: 0.02 })
            .bias_constraint(Constraint::non_neg())
        .tensor();
    Model::new(&x0, &separable_conv2d).map(|model| model.named("around"))
}
}

pub mod layer_separableconv2d_3 {
use argali::constraints::Constraint;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(5), None, Some(2)]).name("x0").tensor();
    let separable_conv2d = x0
        .separable_conv_2d(1, [3, 2]).strides([2, 1]).depth_multiplier(2).activation(Sigmoid)
            .pointwise_initializer(LecunNormal).pointwise_regularizer(L1(0.02))
            .bias_regularizer(L1L2 { l1: 0.01, l2: 0.02 })
            .depthwise_constraint(Constraint::max_norm(2)).dtype(Float64)
        .tensor();
    Model::new(&x0, &separable_conv2d).map(|model| model.named("around"))
}
}

pub mod layer_separableconv2d_4 {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3), Some(2)]).name("x0").tensor();
    let separable_conv2d = x0
        .separable_conv_2d(4, 2).padding(Same).dilation_rate([2, 1]).depth_multiplier(3)
            .activation(Selu).depthwise_initializer(Zeros)
            .pointwise_initializer(InitializerKind::orthogonal(1.5)).depthwise_regularizer(L2(0.01))
            .pointwise_regularizer(L2(0.03))
            .pointwise_constraint(Constraint::min_max_norm(0.3, 0.9).rate(0.7))
            .bias_constraint(Constraint::max_norm(2))
        .tensor();
    Model::new(&x0, &separable_conv2d).map(|model| model.named("around"))
}
}

pub mod layer_softmax_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 2]).name("x0").tensor();
    let softmax = x0.softmax().axis([1]).tensor();
    Model::new(&x0, &softmax).map(|model| model.named("around"))
}
}

pub mod layer_softmax_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5)]).name("x0").tensor();
    let softmax = x0.softmax().axis([1, 2]).tensor();
    Model::new(&x0, &softmax).map(|model| model.named("around"))
}
}

pub mod layer_softmax_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 5]).name("x0").tensor();
    let softmax = x0.softmax().axis(1).tensor();
    Model::new(&x0, &softmax).map(|model| model.named("around"))
}
}

pub mod layer_softmax_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3]).name("x0").tensor();
    let softmax = x0.softmax().axis([1]).dtype(Float64).tensor();
    Model::new(&x0, &softmax).map(|model| model.named("around"))
}
}

pub mod layer_softmax_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), None, Some(5)]).name("x0").tensor();
    let softmax = x0.softmax().axis([-2, -1]).tensor();
    Model::new(&x0, &softmax).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout1d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3]).name("x0").tensor();
    let spatial_dropout1d = x0.spatial_dropout_1d(0.5).seed(42).tensor();
    Model::new(&x0, &spatial_dropout1d).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout1d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3]).name("x0").tensor();
    let spatial_dropout1d = x0.spatial_dropout_1d(0.5).seed(42).dtype(Float64).tensor();
    Model::new(&x0, &spatial_dropout1d).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout1d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3]).name("x0").tensor();
    let layer_5 = x0.spatial_dropout_1d(0.5).seed(42).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout1d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3)]).name("x0").tensor();
    let spatial_dropout1d = x0.spatial_dropout_1d(0.2).seed(42).dtype(Float64).tensor();
    Model::new(&x0, &spatial_dropout1d).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout1d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 3]).name("x0").tensor();
    let spatial_dropout1d = x0.spatial_dropout_1d(0.2).dtype(Float64).tensor();
    Model::new(&x0, &spatial_dropout1d).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout2d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3), Some(3)]).name("x0").tensor();
    let spatial_dropout2d = x0.spatial_dropout_2d(0.5).tensor();
    Model::new(&x0, &spatial_dropout2d).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout2d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 4, 2]).name("x0").tensor();
    let spatial_dropout2d = x0.spatial_dropout_2d(0.2).data_format(ChannelsFirst).dtype(Float64).tensor();
    Model::new(&x0, &spatial_dropout2d).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout2d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), Some(3), None]).name("x0").tensor();
    let spatial_dropout2d = x0.spatial_dropout_2d(0.5).seed(42).data_format(ChannelsFirst).tensor();
    Model::new(&x0, &spatial_dropout2d).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout2d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(2), None, Some(3)]).name("x0").tensor();
    let layer_5 = x0.spatial_dropout_2d(0.5).seed(42).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout2d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 2, 3]).name("x0").tensor();
    let layer_13 = x0.spatial_dropout_2d(0.5).seed(42).dtype(Float64).name("layer_13").tensor();
    Model::new(&x0, &layer_13).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout3d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2), None, Some(3)]).name("x0").tensor();
    let spatial_dropout3d = x0.spatial_dropout_3d(0.5).tensor();
    Model::new(&x0, &spatial_dropout3d).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout3d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(4), Some(3), None, Some(3)]).name("x0").tensor();
    let spatial_dropout3d = x0.spatial_dropout_3d(0.2).seed(42).dtype(Float64).tensor();
    Model::new(&x0, &spatial_dropout3d).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout3d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), None, None, None]).name("x0").tensor();
    let spatial_dropout3d = x0.spatial_dropout_3d(0.5).seed(42).data_format(ChannelsFirst).tensor();
    Model::new(&x0, &spatial_dropout3d).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout3d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 2, 3, 3]).name("x0").tensor();
    let layer_5 = x0.spatial_dropout_3d(0.5).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_spatialdropout3d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 4, 3, 3]).name("x0").tensor();
    let layer_13 = x0.spatial_dropout_3d(0.5).dtype(Float64).name("layer_13").tensor();
    Model::new(&x0, &layer_13).map(|model| model.named("around"))
}
}

pub mod layer_stochasticdepth_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([4, 4, 2]).name("x0").tensor();
    let stochastic_depth = x0.stochastic_depth(0.2).tensor();
    Model::new(&x0, &stochastic_depth).map(|model| model.named("around"))
}
}

pub mod layer_stochasticdepth_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let stochastic_depth = x0.stochastic_depth(1).dtype(Float64).tensor();
    Model::new(&x0, &stochastic_depth).map(|model| model.named("around"))
}
}

pub mod layer_stochasticdepth_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5), Some(4)]).name("x0").tensor();
    let layer_5 = x0.stochastic_depth(1).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_stochasticdepth_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 3]).name("x0").tensor();
    let stochastic_depth = x0.stochastic_depth(0.0).dtype(Float64).tensor();
    Model::new(&x0, &stochastic_depth).map(|model| model.named("around"))
}
}

pub mod layer_subtract_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, None, Some(3)]).name("x0").tensor();
    let x1 = InputLayer::new([None, None, Some(3)]).name("x1").tensor();
    let subtract_output = subtract([&x0, &x1]).tensor();
    Model::new([&x0, &x1], &subtract_output).map(|model| model.named("around"))
}
}

pub mod layer_subtract_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 4, 3]).name("x0").tensor();
    let x1 = InputLayer::new([2, 4, 3]).name("x1").tensor();
    let subtract_output = subtract([&x0, &x1]).dtype(Float64).tensor();
    Model::new([&x0, &x1], &subtract_output).map(|model| model.named("around"))
}
}

pub mod layer_subtract_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 3]).name("x0").tensor();
    let x1 = InputLayer::new([3, 3]).name("x1").tensor();
    let layer_5 = subtract([&x0, &x1]).dtype(Float64).name("layer_5").tensor();
    Model::new([&x0, &x1], &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_subtract_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 3]).name("x0").tensor();
    let x1 = InputLayer::new([1, 1]).name("x1").tensor();
    let subtract_output = subtract([&x0, &x1]).trainable(false).dtype(Float64).tensor();
    Model::new([&x0, &x1], &subtract_output).map(|model| model.named("around"))
}
}

pub mod layer_unitnormalization_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let unit_normalization = x0.unit_normalization().axis([-1]).tensor();
    Model::new(&x0, &unit_normalization).map(|model| model.named("around"))
}
}

pub mod layer_unitnormalization_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2]).name("x0").tensor();
    let unit_normalization = x0.unit_normalization().axis(1).dtype(Float64).tensor();
    Model::new(&x0, &unit_normalization).map(|model| model.named("around"))
}
}

pub mod layer_unitnormalization_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(2), None, Some(3)]).name("x0").tensor();
    let unit_normalization = x0.unit_normalization().tensor();
    Model::new(&x0, &unit_normalization).map(|model| model.named("around"))
}
}

pub mod layer_unitnormalization_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(5), Some(4)]).name("x0").tensor();
    let unit_normalization = x0.unit_normalization().axis([1, 2, 3]).dtype(Float64).tensor();
    Model::new(&x0, &unit_normalization).map(|model| model.named("around"))
}
}

pub mod layer_unitnormalization_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5]).name("x0").tensor();
    let unit_normalization = x0.unit_normalization().axis([1]).tensor();
    Model::new(&x0, &unit_normalization).map(|model| model.named("around"))
}
}

pub mod layer_upsampling1d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(1)]).name("x0").tensor();
    let up_sampling1d = x0.upsampling_1d(3).tensor();
    Model::new(&x0, &up_sampling1d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling1d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(1)]).name("x0").tensor();
    let up_sampling1d = x0.upsampling_1d(1).dtype(Float64).tensor();
    Model::new(&x0, &up_sampling1d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling1d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 2]).name("x0").tensor();
    let up_sampling1d = x0.upsampling_1d(2).tensor();
    Model::new(&x0, &up_sampling1d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling1d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(3)]).name("x0").tensor();
    let layer_5 = x0.upsampling_1d(1).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_upsampling1d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 1]).name("x0").tensor();
    let up_sampling1d = x0.upsampling_1d(1).trainable(false).dtype(Float64).tensor();
    Model::new(&x0, &up_sampling1d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling2d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 3, 3]).name("x0").tensor();
    let up_sampling2d = x0.upsampling_2d(1).interpolation(Bicubic).tensor();
    Model::new(&x0, &up_sampling2d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling2d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 4, 3]).name("x0").tensor();
    let up_sampling2d = x0.upsampling_2d(1).interpolation(Lanczos5).dtype(Float64).tensor();
    Model::new(&x0, &up_sampling2d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling2d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 5, 2]).name("x0").tensor();
    let up_sampling2d = x0.upsampling_2d([1, 3]).data_format(ChannelsFirst).interpolation(Bilinear).tensor();
    Model::new(&x0, &up_sampling2d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling2d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 4, 1]).name("x0").tensor();
    let up_sampling2d = x0.upsampling_2d([3, 2]).interpolation(Lanczos3).dtype(Float64).tensor();
    Model::new(&x0, &up_sampling2d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling2d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(2), Some(2)]).name("x0").tensor();
    let up_sampling2d = x0.upsampling_2d([1, 3]).tensor();
    Model::new(&x0, &up_sampling2d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling3d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(1), None, Some(2), Some(3)]).name("x0").tensor();
    let up_sampling3d = x0.upsampling_3d(3).data_format(ChannelsFirst).tensor();
    Model::new(&x0, &up_sampling3d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling3d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([1, 1, 3, 3]).name("x0").tensor();
    let up_sampling3d = x0.upsampling_3d([1, 2, 1]).dtype(Float64).tensor();
    Model::new(&x0, &up_sampling3d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling3d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 2, 2, 2]).name("x0").tensor();
    let up_sampling3d = x0.upsampling_3d([1, 1, 2]).tensor();
    Model::new(&x0, &up_sampling3d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling3d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 1, 2, 1]).name("x0").tensor();
    let up_sampling3d = x0.upsampling_3d([2, 1, 1]).data_format(ChannelsFirst).dtype(Float64).tensor();
    Model::new(&x0, &up_sampling3d).map(|model| model.named("around"))
}
}

pub mod layer_upsampling3d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), None, Some(1), Some(1)]).name("x0").tensor();
    let up_sampling3d = x0.upsampling_3d([3, 2, 1]).data_format(ChannelsFirst).tensor();
    Model::new(&x0, &up_sampling3d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding1d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([5, 1]).name("x0").tensor();
    let zero_padding1d = x0.zero_padding_1d((0, 1)).tensor();
    Model::new(&x0, &zero_padding1d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding1d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(1)]).name("x0").tensor();
    let zero_padding1d = x0.zero_padding_1d(0).dtype(Float64).tensor();
    Model::new(&x0, &zero_padding1d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding1d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 2]).name("x0").tensor();
    let zero_padding1d = x0.zero_padding_1d(2).data_format(ChannelsFirst).tensor();
    Model::new(&x0, &zero_padding1d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding1d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 4]).name("x0").tensor();
    let layer_5 = x0.zero_padding_1d(1).data_format(ChannelsFirst).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding1d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 2]).name("x0").tensor();
    let zero_padding1d = x0.zero_padding_1d((0, 2)).tensor();
    Model::new(&x0, &zero_padding1d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding2d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([3, 1, 3]).name("x0").tensor();
    let zero_padding2d = x0.zero_padding_2d([2, 0]).tensor();
    Model::new(&x0, &zero_padding2d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding2d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(1), Some(3), None]).name("x0").tensor();
    let zero_padding2d = x0.zero_padding_2d(2).data_format(ChannelsFirst).dtype(Float64).tensor();
    Model::new(&x0, &zero_padding2d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding2d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), None, Some(1)]).name("x0").tensor();
    let zero_padding2d = x0.zero_padding_2d(0).tensor();
    Model::new(&x0, &zero_padding2d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding2d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([None, Some(1), Some(1)]).name("x0").tensor();
    let zero_padding2d = x0.zero_padding_2d([(2, 1), (1, 2)]).dtype(Float64).tensor();
    Model::new(&x0, &zero_padding2d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding2d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), None, Some(2)]).name("x0").tensor();
    let layer_5 = x0.zero_padding_2d([0, 1]).dtype(Float64).name("layer_5").tensor();
    Model::new(&x0, &layer_5).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding3d_0 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 1, 3, 3]).name("x0").tensor();
    let zero_padding3d = x0.zero_padding_3d([2, 1, 0]).tensor();
    Model::new(&x0, &zero_padding3d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding3d_1 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 2, 2, 1]).name("x0").tensor();
    let zero_padding3d = x0.zero_padding_3d(1).dtype(Float64).tensor();
    Model::new(&x0, &zero_padding3d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding3d_2 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(3), Some(3), None, Some(2)]).name("x0").tensor();
    let zero_padding3d = x0.zero_padding_3d([1, 0, 2]).tensor();
    Model::new(&x0, &zero_padding3d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding3d_3 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([2, 3, 2, 3]).name("x0").tensor();
    let zero_padding3d = x0.zero_padding_3d([0, 0, 1]).dtype(Float64).tensor();
    Model::new(&x0, &zero_padding3d).map(|model| model.named("around"))
}
}

pub mod layer_zeropadding3d_4 {
use argali::prelude::*;

/// Builds `around`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x0 = InputLayer::new([Some(1), Some(1), None, Some(1)]).name("x0").tensor();
    let zero_padding3d = x0.zero_padding_3d(2).data_format(ChannelsFirst).tensor();
    Model::new(&x0, &zero_padding3d).map(|model| model.named("around"))
}
}

pub mod model_activations {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .layer(Activation::new(Celu))
        .layer(Activation::new(Elu))
        .layer(Activation::new(Exponential))
        .layer(Activation::new(Gelu))
        .layer(Activation::new(Glu))
        .layer(Activation::new(HardShrink))
        .layer(Activation::new(HardSigmoid))
        .layer(Activation::new(HardSilu))
        .layer(Activation::new(HardSilu))
        .layer(Activation::new(HardTanh))
        .layer(Activation::new(LeakyRelu))
        .layer(Activation::new(Linear))
        .layer(Activation::new(LogSigmoid))
        .layer(Activation::new(LogSoftmax))
        .layer(Activation::new(Mish))
        .layer(Activation::new(Relu))
        .layer(Activation::new(Relu6))
        .layer(Activation::new(Selu))
        .layer(Activation::new(Sigmoid))
        .layer(Activation::new(Silu))
        .layer(Activation::new(SoftShrink))
        .layer(Activation::new(Softmax))
        .layer(Activation::new(Softplus))
        .layer(Activation::new(Softsign))
        .layer(Activation::new(SparsePlus))
        .layer(Activation::new(SparseSigmoid))
        .layer(Activation::new(Sparsemax))
        .layer(Activation::new(Squareplus))
        .layer(Activation::new(Silu))
        .layer(Activation::new(Tanh))
        .layer(Activation::new(TanhShrink))
        .build()
}
}

pub mod model_arrays {
use argali::ArrayD;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([2, 3]);
    let subtract_output = ArrayD::<f32>::from_shape_fn(vec![2, 3], |i| [[0.5, -1.0, 2.0], [1e-7, f32::INFINITY, 3.0]][i[0]][i[1]]) - (ArrayD::<f32>::from_shape_fn(vec![3], |i| [1.0, 2.0, 4.0][i[0]]) / ((&input_layer * ArrayD::<f32>::from_shape_fn(vec![2, 3], |i| [[0.5, -1.0, 2.0], [1e-7, f32::INFINITY, 3.0]][i[0]][i[1]])) + 1.0));
    Model::new(&input_layer, &subtract_output)
}
}

pub mod model_classifier {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([128, 9])
        .separable_conv_1d(32, 7).padding(Same).depth_multiplier(2).activation(Relu)
        .max_pooling_1d(2)
        .batch_normalization()
        .dropout(0.2)
        .separable_conv_1d(64, 5).activation(Relu)
        .global_average_pooling_1d()
        .dense(6).activation(Softmax).name("logits")
        .build()
}
}

pub mod model_classifier_compiled {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([128, 9])
        .separable_conv_1d(32, 7).padding(Same).depth_multiplier(2).activation(Relu)
        .max_pooling_1d(2)
        .batch_normalization()
        .dropout(0.2)
        .separable_conv_1d(64, 5).activation(Relu)
        .global_average_pooling_1d()
        .dense(6).activation(Softmax).name("logits")
        .build()?;
    model.compile(Adam::new(), "sparse_categorical_crossentropy", ["accuracy"])?;
    Ok(model)
}
}

pub mod model_compiled_accuracy_alias {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(3).activation(Softmax)
        .build()?;
    model.compile(Adam::new(), "CategoricalCrossentropy", ["acc", "Precision"])?;
    Ok(model)
}
}

pub mod model_compiled_functions {
use argali::losses::AnyLoss;
use argali::metrics::AnyMetric;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        Adam::new(),
        AnyLoss::of_function("mean_squared_error")?,
        [AnyMetric::of_function("mean_absolute_error")?],
    )?;
    Ok(model)
}
}

pub mod model_compiled_loss_list {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(SGD::new(), ["mse"], ["mae"])?;
    Ok(model)
}
}

pub mod model_compiled_no_jit {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile_with(Compile::new(Adam::new(), "mse").jit_compile(false))?;
    Ok(model)
}
}

pub mod model_compiled_no_loss {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1).kernel_regularizer(L2(0.01))
        .build()?;
    model.compile(Adam::new(), (), ())?;
    Ok(model)
}
}

pub mod model_compiled_weighted_metrics {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile_with(
        Compile::new(SGD::new(), "mse")
            .weighted_metrics(("mae", metrics::MeanSquaredError::new().name("wmse"))),
    )?;
    Ok(model)
}
}

pub mod model_functional_call_arguments {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([8]);
    let dropout = input_layer
        .batch_normalization()
        .tensor()
        .with_training(false)
        .dropout(0.5)
        .tensor()
        .with_training(true);
    Model::new(&input_layer, &dropout)
}
}

pub mod model_functional_calls_in_another_order {
use argali::prelude::*;

/// Builds `functional_1`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([8]);
    let input_layer_1 = input([8]);
    let dense = Dense::new(8).shared();
    let dense_2 = input_layer
        .relu()
        .layer(&dense);
    let dense_3 = input_layer_1.layer(&dense);
    let sequential = build_sequential()?;
    let sequential_2 = dense_2.layer(&sequential);
    let sequential_3 = dense_3.layer(&sequential);
    let dropout = dense_3.dropout(0.5).tensor();
    Model::new([&input_layer, &input_layer_1], [&sequential_3, &dropout, &sequential_2, &dense_2]).map(|model| model.named("functional_1"))
}

/// Builds `sequential`.
#[rustfmt::skip]
fn build_sequential() -> argali::Result<Model> {
    Sequential::new()
        .input_layer(InputLayer::new([8]).name("input_layer_2"))
        .dense(8).name("dense_1")
        .build()
}
}

pub mod model_functional_compiled_by_name {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let signal = InputLayer::new([16, 6]).name("signal").tensor();
    let meta = InputLayer::new([8]).name("meta").tensor();
    let global_average_pooling1d = signal
        .conv_1d(8, 3).activation(Relu)
        .global_average_pooling_1d()
        .tensor();
    let dense = meta.dense(4).tensor();
    let concatenate_output = concatenate([&global_average_pooling1d, &dense]).tensor();
    let kind = concatenate_output.dense(3).activation(Softmax).name("kind").tensor();
    let level = concatenate_output.dense(1).name("level").tensor();
    let mut model = Model::new([&signal, &meta], [&kind, &level])?;
    model.compile_with(
        Compile::new(Adam::new().learning_rate(0.01), ())
            .output_loss("kind", "categorical_crossentropy")
            .output_loss("level", Huber::new())
            .output_loss_weight("kind", 1.0)
            .output_loss_weight("level", 0.5)
            .output_metrics("kind", ("accuracy", AUC::new()))
            .output_metrics("level", "mae"),
    )?;
    Ok(model)
}
}

pub mod model_functional_compiled_by_position {
use argali::Number;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let signal = InputLayer::new([16, 6]).name("signal").tensor();
    let meta = InputLayer::new([8]).name("meta").tensor();
    let global_average_pooling1d = signal
        .conv_1d(8, 3).activation(Relu)
        .global_average_pooling_1d()
        .tensor();
    let dense = meta.dense(4).tensor();
    let concatenate_output = concatenate([&global_average_pooling1d, &dense]).tensor();
    let kind = concatenate_output.dense(3).activation(Softmax).name("kind").tensor();
    let level = concatenate_output.dense(1).name("level").tensor();
    let mut model = Model::new([&signal, &meta], [&kind, &level])?;
    model.compile_with(
        Compile::new(RMSprop::new(), ["categorical_crossentropy", "mse"])
            .loss_weights([Number::Int(1), Number::Float(0.5)])
            .metrics((["accuracy"], ["mae"]))
            .weighted_metrics((["accuracy"], ()))
            .steps_per_execution(2),
    )?;
    Ok(model)
}
}

pub mod model_functional_dictionaries {
use argali::named_tensors;
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([8]).name("x").tensor();
    let a = x.dense(2).name("a").tensor();
    let b = x.dense(1).name("b").tensor();
    Model::new(named_tensors([("x", &x)]), named_tensors([("a", &a), ("b", &b)]))
}
}

pub mod model_functional_inputs_and_outputs {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let signal = InputLayer::new([16, 6]).name("signal").tensor();
    let meta = InputLayer::new([8]).name("meta").tensor();
    let global_average_pooling1d = signal
        .conv_1d(8, 3).activation(Relu)
        .global_average_pooling_1d()
        .tensor();
    let dense = meta.dense(4).tensor();
    let concatenate_output = concatenate([&global_average_pooling1d, &dense]).tensor();
    let kind = concatenate_output.dense(3).activation(Softmax).name("kind").tensor();
    let level = concatenate_output.dense(1).name("level").tensor();
    Model::new([&signal, &meta], [&kind, &level])
}
}

pub mod model_functional_many_of_a_kind {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([8]);
    let leaky_re_lu_2 = input_layer
        .dense(4)
        .leaky_relu()
        .dense(4)
        .leaky_relu()
        .dense(4)
        .leaky_relu()
        .tensor();
    Model::new(&input_layer, &leaky_re_lu_2)
}
}

pub mod model_functional_nested {
use argali::prelude::*;

/// Builds `outer`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer_1 = InputLayer::new([16, 6]).name("input_layer_1").tensor();
    let sequential = build_sequential()?;
    let head = build_head()?;
    let head_2 = input_layer_1
        .layer(&sequential)
        .layer(&head);
    Model::new(&input_layer_1, &head_2).map(|model| model.named("outer"))
}

/// Builds `sequential`.
#[rustfmt::skip]
fn build_sequential() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .separable_conv_1d(4, 3)
        .global_max_pooling_1d()
        .build()
}

/// Builds `head`.
#[rustfmt::skip]
fn build_head() -> argali::Result<Model> {
    let input_layer_2 = InputLayer::new([4]).name("input_layer_2").tensor();
    let dense = input_layer_2
        .elu()
        .dense(2)
        .tensor();
    Model::new(&input_layer_2, &dense).map(|model| model.named("head"))
}
}

pub mod model_functional_policies {
use argali::prelude::*;

/// Builds `functional_3`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([4, 16, 6]).name("x").tensor();
    let dense = x.dense(4).dtype(MixedBfloat16).tensor();
    let batch_normalization = dense.batch_normalization().tensor();
    let conv_lstm1d = dense.conv_lstm_1d(2, 3).tensor();
    let softmax = x.softmax().dtype(MixedFloat16).tensor();
    let dropout = dense.dropout(0.5).tensor();
    let sequential = build_sequential()?;
    let sequential_2 = dense.layer(&sequential);
    let batch_normalization_1 = dense.batch_normalization().dtype(MixedBfloat16).tensor();
    let dropout_1 = dense.dropout(0.5).dtype(MixedBfloat16).tensor();
    let sequential_1 = build_sequential_1()?;
    let sequential_1_2 = x.layer(&sequential_1);
    let sequential_2_2 = build_sequential_2()?;
    let sequential_2_3 = dense.layer(&sequential_2_2);
    let inside = build_inside()?;
    let inside_2 = dense.layer(&inside);
    Model::new(&x, [&batch_normalization, &conv_lstm1d, &softmax, &dropout, &sequential_2, &batch_normalization_1, &dropout_1, &sequential_1_2, &sequential_2_3, &inside_2]).map(|model| model.named("functional_3"))
}

/// Builds `sequential`.
#[rustfmt::skip]
fn build_sequential() -> argali::Result<Model> {
    Sequential::new()
        .input([4, 16, 4])
        .relu()
        .build()
}

/// Builds `sequential_1`.
#[rustfmt::skip]
fn build_sequential_1() -> argali::Result<Model> {
    Sequential::new()
        .input_layer(InputLayer::new([4, 16, 6]).name("input_layer_1"))
        .relu().name("re_lu_1")
        .build()
}

/// Builds `sequential_2`.
#[rustfmt::skip]
fn build_sequential_2() -> argali::Result<Model> {
    Sequential::new()
        .input_layer(InputLayer::new([4, 16, 4]).dtype("bfloat16").name("input_layer_2"))
        .relu().name("re_lu_2")
        .build()
}

/// Builds `inside`.
#[rustfmt::skip]
fn build_inside() -> argali::Result<Model> {
    let inner = InputLayer::new([4, 16, 4]).name("inner").tensor();
    let re_lu_3 = inner.relu().name("re_lu_3").tensor();
    Model::new(&inner, &re_lu_3).map(|model| model.named("inside"))
}
}

pub mod model_functional_residual {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let any_length = InputLayer::new([None, Some(6)]).name("any_length").tensor();
    let depthwise_conv1d = any_length.depthwise_conv_1d(3).padding(Same).tensor();
    let global_max_pooling1d = add([&any_length, &depthwise_conv1d]).global_max_pooling_1d().tensor();
    Model::new(&any_length, &global_max_pooling1d)
}
}

pub mod model_functional_shared {
use argali::prelude::*;

/// Builds `siamese`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let left = InputLayer::new([16, 6]).name("left").tensor();
    let right = InputLayer::new([16, 6]).name("right").tensor();
    let encoder = SeparableConv1D::new(4, 3).name("encoder").shared();
    let encoder_2 = left.layer(&encoder);
    let encoder_3 = right.layer(&encoder);
    let global_max_pooling1d = encoder_2.global_max_pooling_1d().tensor();
    let global_max_pooling1d_1 = encoder_3.global_max_pooling_1d().tensor();
    let dense = subtract([&global_max_pooling1d, &global_max_pooling1d_1])
        .dense(1).activation(Sigmoid)
        .tensor();
    Model::new([&left, &right], &dense).map(|model| model.named("siamese"))
}
}

pub mod model_initializer_constant {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(InitializerKind::constant(2))
        .build()
}
}

pub mod model_initializer_glorot_normal {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(GlorotNormal)
        .build()
}
}

pub mod model_initializer_he_uniform {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(HeUniform)
        .build()
}
}

pub mod model_initializer_identity {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(InitializerKind::identity(1.0))
        .build()
}
}

pub mod model_initializer_lecun_normal {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(LecunNormal)
        .build()
}
}

pub mod model_initializer_lecun_uniform {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(LecunUniform)
        .build()
}
}

pub mod model_initializer_ones {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(Ones)
        .build()
}
}

pub mod model_initializer_orthogonal {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(InitializerKind::orthogonal(0.5))
        .build()
}
}

pub mod model_initializer_random_normal {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(InitializerKind::random_normal(0.0, 0.05))
        .build()
}
}

pub mod model_initializer_random_uniform {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(InitializerKind::random_uniform(-1, 1.5).seed(1))
        .build()
}
}

pub mod model_initializer_truncated_normal {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(InitializerKind::truncated_normal(0.0, 0.05))
        .build()
}
}

pub mod model_initializer_variance_scaling {
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4)
            .kernel_initializer(InitializerKind::variance_scaling(1.0, FanMode::FanIn, ScalingDistribution::TruncatedNormal))
        .build()
}
}

pub mod model_initializer_zeros {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([4])
        .dense(4).kernel_initializer(Zeros)
        .build()
}
}

pub mod model_layer_activation {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .layer(Activation::new(Relu))
        .build()
}
}

pub mod model_layer_activation_from_function {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .layer(Activation::new(LeakyRelu))
        .build()
}
}

pub mod model_layer_activations {
use argali::layers;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([8, 3])
        .conv_1d(4, 3).activation(LeakyReLU::new().negative_slope(0.1))
        .separable_conv_1d(4, 3).activation(ReLU::new().max_value(6.0).name("up_to_six"))
        .dense(5).activation(ELU::new().alpha(0.5))
        .dense(2).activation(layers::Softmax::new().axis(1))
        .build()
}
}

pub mod model_layer_add {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([16, 6]);
    let input_layer_1 = input([16, 6]);
    let add_output = add([&input_layer, &input_layer_1]).tensor();
    Model::new([&input_layer, &input_layer_1], &add_output)
}
}

pub mod model_layer_average {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([16, 6]);
    let input_layer_1 = input([16, 6]);
    let average_output = average([&input_layer, &input_layer_1]).tensor();
    Model::new([&input_layer, &input_layer_1], &average_output)
}
}

pub mod model_layer_average_pooling1d {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .average_pooling_1d(2)
        .build()
}
}

pub mod model_layer_average_pooling1d_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .average_pooling_1d(3).strides(1).padding(Same).data_format(ChannelsFirst)
        .build()
}
}

pub mod model_layer_batch_normalization {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .batch_normalization()
        .build()
}
}

pub mod model_layer_batch_normalization_options {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .batch_normalization().axis(1).momentum(0.9).epsilon(1e-5).center(false)
            .gamma_initializer(InitializerKind::random_uniform(-0.05, 0.05))
            .moving_mean_initializer(InitializerKind::constant(0.5)).gamma_regularizer(L2(0.01))
            .gamma_constraint(Constraint::max_norm(2)).trainable(false)
        .build()
}
}

pub mod model_layer_concatenate {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([16, 6]);
    let input_layer_1 = input([16, 6]);
    let concatenate_output = concatenate([&input_layer, &input_layer_1]).tensor();
    Model::new([&input_layer, &input_layer_1], &concatenate_output)
}
}

pub mod model_layer_concatenate_axis {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([16, 6]);
    let input_layer_1 = input([16, 6]);
    let stacked = concatenate([&input_layer, &input_layer_1]).axis(1).name("stacked").tensor();
    Model::new([&input_layer, &input_layer_1], &stacked)
}
}

pub mod model_layer_conv1d {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .conv_1d(8, 3)
        .build()
}
}

pub mod model_layer_conv1d_options {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .conv_1d(8, 3).padding(Causal).dilation_rate(2).groups(2).activation(Silu)
            .kernel_initializer(HeNormal.seed(7)).bias_initializer(InitializerKind::constant(0.1))
            .kernel_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).bias_regularizer(L2(0.01))
            .kernel_constraint(Constraint::max_norm(3)).bias_constraint(Constraint::non_neg())
            .activity_regularizer(L1(0.05000000074505806)).trainable(false).dtype(Float64)
            .name("named")
        .build()
}
}

pub mod model_layer_dense {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([8])
        .dense(4)
        .build()
}
}

pub mod model_layer_dense_no_bias {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([8])
        .dense(4).activation(Tanh).use_bias(false)
        .build()
}
}

pub mod model_layer_dense_options {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([8])
        .dense(4).activation(Softplus).kernel_initializer(HeNormal.seed(7))
            .bias_initializer(InitializerKind::constant(0.1))
            .kernel_regularizer(L1L2 { l1: 0.01, l2: 0.02 }).bias_regularizer(L2(0.01))
            .kernel_constraint(Constraint::max_norm(3)).bias_constraint(Constraint::non_neg())
            .activity_regularizer(L1(0.05000000074505806)).trainable(false).dtype(Float64)
            .name("named")
        .build()
}
}

pub mod model_layer_dense_orthogonal_regularizer {
use argali::regularizers::OrthogonalMode;
use argali::regularizers::Regularizer;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([8])
        .dense(4)
            .kernel_regularizer(Regularizer::orthogonal(0.029999999329447746, OrthogonalMode::Columns))
        .build()
}
}

pub mod model_layer_depthwise_conv1d {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .depthwise_conv_1d(3)
        .build()
}
}

pub mod model_layer_depthwise_conv1d_options {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .depthwise_conv_1d(3).strides(2).padding(Same).depth_multiplier(2).activation(Gelu)
            .depthwise_initializer(InitializerKind::orthogonal(1.0))
            .bias_initializer(InitializerKind::constant(0.1))
            .depthwise_regularizer(L1(0.30000001192092896)).bias_regularizer(L2(0.01))
            .depthwise_constraint(Constraint::min_max_norm(0.1, 2.0).rate(0.5))
            .bias_constraint(Constraint::non_neg())
        .build()
}
}

pub mod model_layer_dropout {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .dropout(0.3)
        .build()
}
}

pub mod model_layer_dropout_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .dropout(0.5).seed(11).noise_shape(vec![None, Some(1), Some(6)])
        .build()
}
}

pub mod model_layer_elu {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .elu()
        .build()
}
}

pub mod model_layer_elu_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .elu().alpha(0.5)
        .build()
}
}

pub mod model_layer_flatten {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .flatten()
        .build()
}
}

pub mod model_layer_flatten_channels_first {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .flatten().data_format(ChannelsFirst)
        .build()
}
}

pub mod model_layer_global_average_pooling1d {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .global_average_pooling_1d()
        .build()
}
}

pub mod model_layer_global_average_pooling1d_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .global_average_pooling_1d().keepdims(true)
        .build()
}
}

pub mod model_layer_global_max_pooling1d {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .global_max_pooling_1d()
        .build()
}
}

pub mod model_layer_layer_normalization {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .layer_normalization().axis([-1])
        .build()
}
}

pub mod model_layer_layer_normalization_options {
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .layer_normalization().axis([1, 2]).epsilon(1e-6).scale(false)
            .beta_initializer(InitializerKind::random_normal(0.0, 0.05)).beta_regularizer(L2(0.1))
        .build()
}
}

pub mod model_layer_leaky_relu {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .leaky_relu()
        .build()
}
}

pub mod model_layer_leaky_relu_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .leaky_relu().negative_slope(0.05)
        .build()
}
}

pub mod model_layer_max_pooling1d {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .max_pooling_1d(2)
        .build()
}
}

pub mod model_layer_max_pooling1d_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .max_pooling_1d(3).strides(2).padding(Same)
        .build()
}
}

pub mod model_layer_maximum {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([16, 6]);
    let input_layer_1 = input([16, 6]);
    let maximum_output = maximum([&input_layer, &input_layer_1]).tensor();
    Model::new([&input_layer, &input_layer_1], &maximum_output)
}
}

pub mod model_layer_minimum {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([16, 6]);
    let input_layer_1 = input([16, 6]);
    let minimum_output = minimum([&input_layer, &input_layer_1]).tensor();
    Model::new([&input_layer, &input_layer_1], &minimum_output)
}
}

pub mod model_layer_multiply {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([16, 6]);
    let input_layer_1 = input([16, 6]);
    let multiply_output = multiply([&input_layer, &input_layer_1]).tensor();
    Model::new([&input_layer, &input_layer_1], &multiply_output)
}
}

pub mod model_layer_permute {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .permute([2, 1])
        .build()
}
}

pub mod model_layer_prelu {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .prelu()
        .build()
}
}

pub mod model_layer_prelu_options {
use argali::constraints::Constraint;
use argali::initializers::InitializerKind;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .prelu().alpha_initializer(InitializerKind::random_normal(0.0, 0.1))
            .alpha_regularizer(L1(0.009999999776482582)).alpha_constraint(Constraint::non_neg())
            .shared_axes(1)
        .build()
}
}

pub mod model_layer_relu {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .relu()
        .build()
}
}

pub mod model_layer_relu_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .relu().max_value(6).negative_slope(0.1).threshold(0.5)
        .build()
}
}

pub mod model_layer_repeat_vector {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([8])
        .repeat_vector(3)
        .build()
}
}

pub mod model_layer_reshape {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .reshape([8, -1])
        .build()
}
}

pub mod model_layer_separable_conv1d {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .separable_conv_1d(8, 3)
        .build()
}
}

pub mod model_layer_separable_conv1d_channels_first {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .separable_conv_1d(4, 3).data_format(ChannelsFirst).dilation_rate(2).use_bias(false)
        .build()
}
}

pub mod model_layer_separable_conv1d_options {
use argali::constraints::Constraint;
use argali::initializers::FanMode;
use argali::initializers::InitializerKind;
use argali::initializers::ScalingDistribution;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .separable_conv_1d(8, 5).strides(2).padding(Same).depth_multiplier(3).activation(Relu)
            .depthwise_initializer(HeUniform)
            .pointwise_initializer(InitializerKind::variance_scaling(2.0, FanMode::FanOut, ScalingDistribution::Uniform).seed(3))
            .bias_initializer(InitializerKind::constant(0.1)).depthwise_regularizer(L2(0.0001))
            .pointwise_regularizer(L1(0.009999999776482582)).bias_regularizer(L2(0.01))
            .depthwise_constraint(Constraint::unit_norm().axis([0, 1]))
            .pointwise_constraint(Constraint::unit_norm()).bias_constraint(Constraint::non_neg())
            .activity_regularizer(L1(0.05000000074505806)).trainable(false).dtype(Float64)
            .name("named")
        .build()
}
}

pub mod model_layer_softmax {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .softmax()
        .build()
}
}

pub mod model_layer_softmax_axes {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .softmax().axis([1, 2])
        .build()
}
}

pub mod model_layer_spatial_dropout1d {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .spatial_dropout_1d(0.2)
        .build()
}
}

pub mod model_layer_spatial_dropout1d_seed {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([16, 6])
        .spatial_dropout_1d(0.2).seed(5)
        .build()
}
}

pub mod model_layer_subtract {
use argali::prelude::*;

/// Builds `functional`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let input_layer = input([16, 6]);
    let input_layer_1 = input([16, 6]);
    let subtract_output = subtract([&input_layer, &input_layer_1]).tensor();
    Model::new([&input_layer, &input_layer_1], &subtract_output)
}
}

pub mod model_loss_binary_crossentropy {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1).activation(Sigmoid)
        .build()?;
    model.compile(SGD::new(), "binary_crossentropy", ["accuracy"])?;
    Ok(model)
}
}

pub mod model_loss_binary_crossentropy_options {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        SGD::new(),
        BinaryCrossentropy::new().from_logits(true).label_smoothing(0.1),
        (
            BinaryAccuracy::new().threshold(0.4),
            AUC::new().num_thresholds(50).curve(metrics::Curve::PR).from_logits(true),
            Precision::new().thresholds([0.3, 0.6]),
            Recall::new().class_id(0),
            F1Score::new().threshold(0.5),
        ),
    )?;
    Ok(model)
}
}

pub mod model_loss_binary_focal_crossentropy {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1).activation(Sigmoid)
        .build()?;
    model.compile(
        SGD::new(),
        BinaryFocalCrossentropy::new().apply_class_balancing(true).gamma(1.5),
        ["AUC"],
    )?;
    Ok(model)
}
}

pub mod model_loss_categorical_crossentropy {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(3).activation(Softmax)
        .build()?;
    model.compile(
        SGD::new(),
        "categorical_crossentropy",
        ("accuracy", TopKCategoricalAccuracy::new().k(2)),
    )?;
    Ok(model)
}
}

pub mod model_loss_categorical_crossentropy_options {
use argali::losses;
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(3)
        .build()?;
    model.compile(
        SGD::new(),
        CategoricalCrossentropy::new().name("smooth").reduction(losses::Reduction::None).from_logits(true)
            .label_smoothing(0.2),
        (
            CategoricalAccuracy::new(),
            metrics::CategoricalCrossentropy::new().from_logits(true).label_smoothing(0.2),
        ),
    )?;
    Ok(model)
}
}

pub mod model_loss_categorical_hinge {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(3)
        .build()?;
    model.compile(SGD::new(), CategoricalHinge::new(), [metrics::CategoricalHinge::new()])?;
    Ok(model)
}
}

pub mod model_loss_cosine_similarity {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(3)
        .build()?;
    model.compile(SGD::new(), CosineSimilarity::new(), [metrics::CosineSimilarity::new()])?;
    Ok(model)
}
}

pub mod model_loss_hinge {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(SGD::new(), Hinge::new(), (metrics::Hinge::new(), metrics::SquaredHinge::new()))?;
    Ok(model)
}
}

pub mod model_loss_huber {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(2)
        .build()?;
    model.compile(SGD::new(), Huber::new(), [metrics::CosineSimilarity::new()])?;
    Ok(model)
}
}

pub mod model_loss_kl_divergence {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(3).activation(Softmax)
        .build()?;
    model.compile(SGD::new(), "kl_divergence", [metrics::KLDivergence::new()])?;
    Ok(model)
}
}

pub mod model_loss_log_cosh {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(2)
        .build()?;
    model.compile(SGD::new(), "log_cosh", [metrics::LogCoshError::new()])?;
    Ok(model)
}
}

pub mod model_loss_mean_absolute_error {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(2)
        .build()?;
    model.compile(
        SGD::new(),
        MeanAbsoluteError::new(),
        (metrics::MeanAbsoluteError::new(), metrics::R2Score::new()),
    )?;
    Ok(model)
}
}

pub mod model_loss_mean_absolute_percentage_error {
use argali::losses;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(2)
        .build()?;
    model.compile(SGD::new(), MeanAbsolutePercentageError::new().reduction(losses::Reduction::Sum), ())?;
    Ok(model)
}
}

pub mod model_loss_mean_squared_error {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(2)
        .build()?;
    model.compile(SGD::new(), "mean_squared_error", ["mae", "mse", "RootMeanSquaredError"])?;
    Ok(model)
}
}

pub mod model_loss_mean_squared_logarithmic_error {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(2)
        .build()?;
    model.compile(SGD::new(), "msle", [metrics::MeanSquaredLogarithmicError::new().name("log")])?;
    Ok(model)
}
}

pub mod model_loss_metrics_of_counts {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1).activation(Sigmoid)
        .build()?;
    model.compile(
        SGD::new(),
        "bce",
        (
            metrics::TruePositives::new(),
            metrics::FalseNegatives::new().thresholds(0.3),
            metrics::SensitivityAtSpecificity::new(0.6),
            FBetaScore::new().average(metrics::Average::Macro).beta(2.0).threshold(0.5),
            AUC::new().name("auc_1").multi_label(true).num_labels(1),
        ),
    )?;
    Ok(model)
}
}

pub mod model_loss_poisson {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(2).activation(Exponential)
        .build()?;
    model.compile(SGD::new(), "poisson", [metrics::Poisson::new()])?;
    Ok(model)
}
}

pub mod model_loss_sparse_categorical_crossentropy {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(3).activation(Softmax)
        .build()?;
    model.compile(SGD::new(), "sparse_categorical_crossentropy", ["accuracy"])?;
    Ok(model)
}
}

pub mod model_loss_sparse_categorical_crossentropy_options {
use argali::metrics;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(3)
        .build()?;
    model.compile(
        SGD::new(),
        SparseCategoricalCrossentropy::new().from_logits(true).ignore_class(-1),
        (
            SparseCategoricalAccuracy::new(),
            SparseTopKCategoricalAccuracy::new().k(2),
            metrics::SparseCategoricalCrossentropy::new().from_logits(true),
            metrics::MeanIoU::new(3),
        ),
    )?;
    Ok(model)
}
}

pub mod model_loss_squared_hinge {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(SGD::new(), "squared_hinge", ["hinge"])?;
    Ok(model)
}
}

pub mod model_optimizer_adadelta {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(Adadelta::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_adafactor {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(Adafactor::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_adagrad {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(Adagrad::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_adam {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(Adam::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_adam_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        Adam::new().name("mine").learning_rate(0.0003).global_clipnorm(2.0).beta_1(0.8).beta_2(0.99)
            .epsilon(1e-5).amsgrad(true),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod model_optimizer_adamax {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(Adamax::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_adamw {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(AdamW::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_adamw_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        AdamW::new().learning_rate(0.002).weight_decay(0.01).use_ema(true).ema_momentum(0.9)
            .ema_overwrite_frequency(10),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod model_optimizer_ftrl {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(Ftrl::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_lamb {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(Lamb::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_lion {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(Lion::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_muon {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(Muon::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_nadam {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(Nadam::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_rmsprop {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(RMSprop::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_rmsprop_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        RMSprop::new().learning_rate(0.01).clipvalue(0.5).loss_scale_factor(128.0)
            .gradient_accumulation_steps(4).rho(0.8).momentum(0.1).centered(true),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod model_optimizer_sgd {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(SGD::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_optimizer_sgd_options {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        SGD::new().learning_rate(0.1).weight_decay(0.0001).clipnorm(1.0).momentum(0.9).nesterov(true),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod model_policy_mixed_bfloat16 {
use argali::prelude::*;

/// Builds `policy`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([6]).name("x").tensor();
    let dense = x.dense(4).activation(Relu).dtype(MixedBfloat16).tensor();
    let multiply_output = dense.batch_normalization().dtype(MixedBfloat16).tensor() * 2.0;
    let y = (&multiply_output + &dense).dense(2).name("y").tensor();
    let mut model = Model::new(&x, &y).map(|model| model.named("policy"))?;
    model.compile(Adam::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_policy_mixed_float16 {
use argali::prelude::*;

/// Builds `policy`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([6]).name("x").tensor();
    let dense = x.dense(4).activation(Relu).dtype(MixedFloat16).tensor();
    let multiply_output = dense.batch_normalization().dtype(MixedFloat16).tensor() * 2.0;
    let y = (&multiply_output + &dense).dense(2).name("y").tensor();
    let mut model = Model::new(&x, &y).map(|model| model.named("policy"))?;
    model.compile(Adam::new(), "mse", ())?;
    Ok(model)
}
}

pub mod model_schedule_cosine_decay {
use argali::schedules;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        SGD::new()
            .learning_rate(schedules::CosineDecay::new(0.0, 900).alpha(0.1).warmup_target(0.2).warmup_steps(60)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod model_schedule_cosine_decay_restarts {
use argali::schedules;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        SGD::new()
            .learning_rate(schedules::CosineDecayRestarts::new(0.1, 100).t_mul(1.5).m_mul(0.9).alpha(0.01)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod model_schedule_exponential_decay {
use argali::schedules;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        SGD::new().learning_rate(schedules::ExponentialDecay::new(0.1, 1000, 0.96).staircase(true)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod model_schedule_inverse_time_decay {
use argali::schedules;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(SGD::new().learning_rate(schedules::InverseTimeDecay::new(0.1, 10, 0.5)), "mse", ())?;
    Ok(model)
}
}

pub mod model_schedule_piecewise_constant_decay {
use argali::schedules;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        SGD::new().learning_rate(schedules::PiecewiseConstantDecay::new([100, 200], [0.1, 0.05, 0.01])),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod model_schedule_polynomial_decay {
use argali::schedules;
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .input([8])
        .dense(1)
        .build()?;
    model.compile(
        SGD::new().learning_rate(schedules::PolynomialDecay::new(0.1, 500).power(2.0).cycle(true)),
        "mse",
        (),
    )?;
    Ok(model)
}
}

pub mod model_sequential_batch_size {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input_layer(InputLayer::new([16, 6]).batch_size(4).name("signal"))
        .conv_1d(4, 3)
        .build()
}
}

pub mod model_sequential_empty {
use argali::prelude::*;

/// Builds `empty`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new().name("empty")
        .build()
}
}

pub mod model_sequential_fixed_batch {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input_layer(InputLayer::new([16, 6]).batch_size(32))
        .conv_1d(4, 3)
        .build()
}
}

pub mod model_sequential_float64 {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([8])
        .dense(4).dtype(Float64)
        .dense(2).dtype(MixedBfloat16)
        .build()
}
}

pub mod model_sequential_input_shape {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([8])
        .dense(4)
        .dense(2)
        .build()
}
}

pub mod model_sequential_integer_input {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input_layer(InputLayer::new([8]).dtype("int32"))
        .dense(2)
        .build()
}
}

pub mod model_sequential_names {
use argali::prelude::*;

/// Builds `named_model`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .name("named_model")
        .input_layer(InputLayer::new([8]).name("in"))
        .dense(4).name("hidden")
        .dense(2).name("out")
        .build()
}
}

pub mod model_sequential_nested {
use argali::prelude::*;

/// Builds `sequential_1`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .name("sequential_1")
        .input([16, 6])
        .layer(build_sequential()?)
        .flatten()
        .dense(2)
        .build()
}

/// Builds `sequential`.
#[rustfmt::skip]
fn build_sequential() -> argali::Result<Model> {
    Sequential::new()
        .input_layer(InputLayer::new([16, 6]).name("input_layer_1"))
        .conv_1d(4, 3)
        .relu()
        .build()
}
}

pub mod model_sequential_unbuilt {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .conv_1d(4, 3)
        .flatten()
        .dense(2)
        .build()
}
}

pub mod model_sequential_unknown_length {
use argali::prelude::*;

/// Builds `sequential`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    Sequential::new()
        .input([None, Some(6)])
        .separable_conv_1d(4, 3)
        .global_max_pooling_1d()
        .build()
}
}

pub mod operations_broadcast {
use argali::prelude::*;

/// Builds `broadcast`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([3, 4]).name("x").tensor();
    let y = InputLayer::new([1, 4]).name("y").tensor();
    let dense = x.dense(1).tensor();
    let dense_1 = y.dense(4).tensor();
    let multiply_output = &dense * &y;
    let subtract_output = &x - &dense_1;
    Model::new([&x, &y], [&multiply_output, &subtract_output]).map(|model| model.named("broadcast"))
}
}

pub mod operations_broadcast_steps {
use argali::prelude::*;

/// Builds `broadcast_steps`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([None, Some(4)]).name("x").tensor();
    let y = InputLayer::new([6, 1]).name("y").tensor();
    let dense = x.dense(3).tensor();
    let dense_1 = y.dense(1).tensor();
    let true_divide = (&dense * &dense_1) / 2;
    Model::new([&x, &y], [&true_divide]).map(|model| model.named("broadcast_steps"))
}
}

pub mod operations_float64 {
use argali::prelude::*;

/// Builds `float64`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let y = InputLayer::new([4]).dtype("float64").name("y").tensor();
    let x = InputLayer::new([4]).dtype("float64").name("x").tensor();
    let multiply_output = x.dense(3).dtype(Float64).name("dense").tensor() * 3;
    let true_divide = 1 / (&power(y.dense(3).dtype(Float64).name("dense_1").tensor(), 2) + 1);
    let subtract_output = &multiply_output - &true_divide;
    Model::new([&x, &y], [&subtract_output]).map(|model| model.named("float64"))
}
}

pub mod operations_hard_swish {
use argali::prelude::*;

/// Builds `hard_swish`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([4, 4, 3]).name("x").tensor();
    let conv2d = x.conv_2d(4, 3).padding(Same).tensor();
    let multiply_output = (&conv2d + 3.0).relu().max_value(6.0).tensor() * 0.16666666666666666;
    let multiply_1 = multiply([&multiply_output, &conv2d]).tensor();
    Model::new(&x, &multiply_1).map(|model| model.named("hard_swish"))
}
}

pub mod operations_integers {
use argali::prelude::*;

/// Builds `integers`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([4]).dtype("int32").name("x").tensor();
    let y = InputLayer::new([4]).name("y").tensor();
    let dense = y.dense(4).tensor();
    let multiply_1 = (&x * 2).named("multiply_1");
    let true_divide = &x / 4;
    let subtract_1 = (&power(&x, 2) - 1).named("subtract_1");
    let multiply_3 = ((-&x) * 0.5).named("multiply_3");
    let multiply_output = (&dense * &x).named("multiply");
    let add_output = &y + &multiply_1;
    let subtract_output = (&y - &true_divide).named("subtract");
    let multiply_2 = (&y * &subtract_1).named("multiply_2");
    let add_1 = &y + &multiply_3;
    Model::new([&x, &y], [&multiply_output, &add_output, &subtract_output, &multiply_2, &add_1]).map(|model| model.named("integers"))
}
}

pub mod operations_layers_and_operations {
use argali::prelude::*;

/// Builds `layers_and_operations`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([4]).name("x").tensor();
    let y = InputLayer::new([4]).name("y").tensor();
    let dense = x.dense(4).tensor();
    let dense_1 = y.dense(4).tensor();
    let add_output = add([&dense, &dense_1]).tensor();
    let multiply_1 = multiply([&x, &y]).tensor() * 2.0;
    let add_1 = &add_output + &multiply_1;
    let add_2 = add([&add_1, &add_output]).tensor();
    let dense_2 = (&add_1 + &add_2).dense(2).tensor();
    Model::new([&x, &y], [&dense_2]).map(|model| model.named("layers_and_operations"))
}
}

pub mod operations_nested {
use argali::prelude::*;

/// Builds `nested`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([4]).name("x").tensor();
    let y = InputLayer::new([4]).name("y").tensor();
    let inner = build_inner()?;
    let inner_2 = x.layer(&inner);
    let inner_3 = y.layer(&inner);
    let subtract_output = &inner_2 - &inner_3;
    Model::new([&x, &y], [&subtract_output]).map(|model| model.named("nested"))
}

/// Builds `inner`.
#[rustfmt::skip]
fn build_inner() -> argali::Result<Model> {
    let z = InputLayer::new([4]).name("z").tensor();
    let multiply_output = z.dense(4).tensor() * 2.0;
    let add_output = &multiply_output + &z;
    Model::new(&z, &add_output).map(|model| model.named("inner"))
}
}

pub mod operations_numbers {
use argali::prelude::*;

/// Builds `numbers`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([4]).name("x").tensor();
    let y = InputLayer::new([4]).name("y").tensor();
    let dense = x.dense(4).tensor();
    let dense_1 = y.dense(4).tensor();
    let add_output = &dense + &dense_1;
    let add_1 = (&add_output + 1.5).named("add_1");
    let add_2 = (1.5 + &add_output).named("add_2");
    let subtract_output = &add_output - 2;
    let subtract_1 = 2 - &add_output;
    let multiply_output = (&add_output * 0.5).named("multiply");
    let multiply_1 = (3 * &add_output).named("multiply_1");
    let true_divide = &add_output / 4;
    let true_divide_1 = 1.0 / ((&add_output * &add_output).named("multiply_2") + 2).named("add_3");
    Model::new([&x, &y], [&add_1, &add_2, &subtract_output, &subtract_1, &multiply_output, &multiply_1, &true_divide, &true_divide_1]).map(|model| model.named("numbers"))
}
}

pub mod operations_operators {
use argali::prelude::*;

/// Builds `operators`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let y = InputLayer::new([4]).name("y").tensor();
    let x = InputLayer::new([4]).name("x").tensor();
    let dense_1 = y.dense(4).name("dense_1").tensor();
    let dense = x.dense(4).name("dense").tensor();
    let add_1 = ((&dense_1 * &dense_1).named("multiply_1") + 1.0).named("add_1");
    let add_output = (&dense + &dense_1).named("add");
    let subtract_output = &dense - &dense_1;
    let multiply_output = (&dense * &dense_1).named("multiply");
    let true_divide = &dense / &add_1;
    let negative = -&dense;
    let absolute = (&dense).abs();
    Model::new([&x, &y], [&add_output, &subtract_output, &multiply_output, &true_divide, &negative, &absolute]).map(|model| model.named("operators"))
}
}

pub mod operations_powers {
use argali::prelude::*;

/// Builds `powers`.
#[rustfmt::skip]
pub fn model() -> argali::Result<Model> {
    let x = InputLayer::new([4]).name("x").tensor();
    let y = InputLayer::new([4]).name("y").tensor();
    let add_output = &(x.dense(4).tensor()).abs() + 0.5;
    let dense_1 = y.dense(4).tensor();
    let power_output = power(&add_output, 2);
    let power_1 = power(&add_output, 0.5);
    let power_2 = power(2.0, &dense_1);
    let power_3 = power(&add_output, &dense_1);
    let power_4 = power(&add_output, -1);
    Model::new([&x, &y], [&power_output, &power_1, &power_2, &power_3, &power_4]).map(|model| model.named("powers"))
}
}

pub const MODELS: &[(&str, fn() -> Result<Model>)] = &[
    ("compiled_form_0", compiled_form_0::model),
    ("compiled_form_1", compiled_form_1::model),
    ("compiled_form_2", compiled_form_2::model),
    ("compiled_loss_0", compiled_loss_0::model),
    ("compiled_loss_1", compiled_loss_1::model),
    ("compiled_loss_2", compiled_loss_2::model),
    ("compiled_loss_3", compiled_loss_3::model),
    ("compiled_metric_0", compiled_metric_0::model),
    ("compiled_metric_1", compiled_metric_1::model),
    ("compiled_metric_2", compiled_metric_2::model),
    ("compiled_metric_3", compiled_metric_3::model),
    ("compiled_metric_4", compiled_metric_4::model),
    ("compiled_metric_5", compiled_metric_5::model),
    ("compiled_metric_6", compiled_metric_6::model),
    ("compiled_metric_7", compiled_metric_7::model),
    ("compiled_optimizer_0", compiled_optimizer_0::model),
    ("compiled_optimizer_1", compiled_optimizer_1::model),
    ("compiled_optimizer_10", compiled_optimizer_10::model),
    ("compiled_optimizer_11", compiled_optimizer_11::model),
    ("compiled_optimizer_12", compiled_optimizer_12::model),
    ("compiled_optimizer_13", compiled_optimizer_13::model),
    ("compiled_optimizer_14", compiled_optimizer_14::model),
    ("compiled_optimizer_15", compiled_optimizer_15::model),
    ("compiled_optimizer_16", compiled_optimizer_16::model),
    ("compiled_optimizer_17", compiled_optimizer_17::model),
    ("compiled_optimizer_18", compiled_optimizer_18::model),
    ("compiled_optimizer_19", compiled_optimizer_19::model),
    ("compiled_optimizer_2", compiled_optimizer_2::model),
    ("compiled_optimizer_20", compiled_optimizer_20::model),
    ("compiled_optimizer_21", compiled_optimizer_21::model),
    ("compiled_optimizer_22", compiled_optimizer_22::model),
    ("compiled_optimizer_23", compiled_optimizer_23::model),
    ("compiled_optimizer_24", compiled_optimizer_24::model),
    ("compiled_optimizer_25", compiled_optimizer_25::model),
    ("compiled_optimizer_26", compiled_optimizer_26::model),
    ("compiled_optimizer_27", compiled_optimizer_27::model),
    ("compiled_optimizer_28", compiled_optimizer_28::model),
    ("compiled_optimizer_29", compiled_optimizer_29::model),
    ("compiled_optimizer_3", compiled_optimizer_3::model),
    ("compiled_optimizer_30", compiled_optimizer_30::model),
    ("compiled_optimizer_31", compiled_optimizer_31::model),
    ("compiled_optimizer_32", compiled_optimizer_32::model),
    ("compiled_optimizer_4", compiled_optimizer_4::model),
    ("compiled_optimizer_5", compiled_optimizer_5::model),
    ("compiled_optimizer_6", compiled_optimizer_6::model),
    ("compiled_optimizer_7", compiled_optimizer_7::model),
    ("compiled_optimizer_8", compiled_optimizer_8::model),
    ("compiled_optimizer_9", compiled_optimizer_9::model),
    ("compiled_schedule_0", compiled_schedule_0::model),
    ("compiled_schedule_1", compiled_schedule_1::model),
    ("compiled_schedule_10", compiled_schedule_10::model),
    ("compiled_schedule_11", compiled_schedule_11::model),
    ("compiled_schedule_12", compiled_schedule_12::model),
    ("compiled_schedule_13", compiled_schedule_13::model),
    ("compiled_schedule_14", compiled_schedule_14::model),
    ("compiled_schedule_2", compiled_schedule_2::model),
    ("compiled_schedule_3", compiled_schedule_3::model),
    ("compiled_schedule_4", compiled_schedule_4::model),
    ("compiled_schedule_5", compiled_schedule_5::model),
    ("compiled_schedule_6", compiled_schedule_6::model),
    ("compiled_schedule_7", compiled_schedule_7::model),
    ("compiled_schedule_8", compiled_schedule_8::model),
    ("compiled_schedule_9", compiled_schedule_9::model),
    ("layer_activation_0", layer_activation_0::model),
    ("layer_activation_1", layer_activation_1::model),
    ("layer_activation_2", layer_activation_2::model),
    ("layer_activation_3", layer_activation_3::model),
    ("layer_activation_4", layer_activation_4::model),
    ("layer_activityregularization_0", layer_activityregularization_0::model),
    ("layer_activityregularization_1", layer_activityregularization_1::model),
    ("layer_activityregularization_2", layer_activityregularization_2::model),
    ("layer_activityregularization_3", layer_activityregularization_3::model),
    ("layer_add_0", layer_add_0::model),
    ("layer_add_1", layer_add_1::model),
    ("layer_add_2", layer_add_2::model),
    ("layer_add_3", layer_add_3::model),
    ("layer_alphadropout_0", layer_alphadropout_0::model),
    ("layer_alphadropout_1", layer_alphadropout_1::model),
    ("layer_alphadropout_2", layer_alphadropout_2::model),
    ("layer_alphadropout_3", layer_alphadropout_3::model),
    ("layer_alphadropout_4", layer_alphadropout_4::model),
    ("layer_average_0", layer_average_0::model),
    ("layer_average_1", layer_average_1::model),
    ("layer_average_2", layer_average_2::model),
    ("layer_average_3", layer_average_3::model),
    ("layer_averagepooling1d_0", layer_averagepooling1d_0::model),
    ("layer_averagepooling1d_1", layer_averagepooling1d_1::model),
    ("layer_averagepooling1d_2", layer_averagepooling1d_2::model),
    ("layer_averagepooling1d_3", layer_averagepooling1d_3::model),
    ("layer_averagepooling1d_4", layer_averagepooling1d_4::model),
    ("layer_averagepooling2d_0", layer_averagepooling2d_0::model),
    ("layer_averagepooling2d_1", layer_averagepooling2d_1::model),
    ("layer_averagepooling2d_2", layer_averagepooling2d_2::model),
    ("layer_averagepooling2d_3", layer_averagepooling2d_3::model),
    ("layer_averagepooling2d_4", layer_averagepooling2d_4::model),
    ("layer_averagepooling3d_0", layer_averagepooling3d_0::model),
    ("layer_averagepooling3d_1", layer_averagepooling3d_1::model),
    ("layer_averagepooling3d_2", layer_averagepooling3d_2::model),
    ("layer_averagepooling3d_3", layer_averagepooling3d_3::model),
    ("layer_averagepooling3d_4", layer_averagepooling3d_4::model),
    ("layer_batchnormalization_0", layer_batchnormalization_0::model),
    ("layer_batchnormalization_1", layer_batchnormalization_1::model),
    ("layer_batchnormalization_2", layer_batchnormalization_2::model),
    ("layer_batchnormalization_3", layer_batchnormalization_3::model),
    ("layer_batchnormalization_4", layer_batchnormalization_4::model),
    ("layer_concatenate_0", layer_concatenate_0::model),
    ("layer_concatenate_1", layer_concatenate_1::model),
    ("layer_concatenate_2", layer_concatenate_2::model),
    ("layer_concatenate_3", layer_concatenate_3::model),
    ("layer_concatenate_4", layer_concatenate_4::model),
    ("layer_conv1d_0", layer_conv1d_0::model),
    ("layer_conv1d_1", layer_conv1d_1::model),
    ("layer_conv1d_2", layer_conv1d_2::model),
    ("layer_conv1d_3", layer_conv1d_3::model),
    ("layer_conv1d_4", layer_conv1d_4::model),
    ("layer_conv1dtranspose_0", layer_conv1dtranspose_0::model),
    ("layer_conv1dtranspose_1", layer_conv1dtranspose_1::model),
    ("layer_conv1dtranspose_2", layer_conv1dtranspose_2::model),
    ("layer_conv1dtranspose_3", layer_conv1dtranspose_3::model),
    ("layer_conv1dtranspose_4", layer_conv1dtranspose_4::model),
    ("layer_conv2d_0", layer_conv2d_0::model),
    ("layer_conv2d_1", layer_conv2d_1::model),
    ("layer_conv2d_2", layer_conv2d_2::model),
    ("layer_conv2d_3", layer_conv2d_3::model),
    ("layer_conv2d_4", layer_conv2d_4::model),
    ("layer_conv2dtranspose_0", layer_conv2dtranspose_0::model),
    ("layer_conv2dtranspose_1", layer_conv2dtranspose_1::model),
    ("layer_conv2dtranspose_2", layer_conv2dtranspose_2::model),
    ("layer_conv2dtranspose_3", layer_conv2dtranspose_3::model),
    ("layer_conv2dtranspose_4", layer_conv2dtranspose_4::model),
    ("layer_conv3d_0", layer_conv3d_0::model),
    ("layer_conv3d_1", layer_conv3d_1::model),
    ("layer_conv3d_2", layer_conv3d_2::model),
    ("layer_conv3d_3", layer_conv3d_3::model),
    ("layer_conv3d_4", layer_conv3d_4::model),
    ("layer_conv3dtranspose_0", layer_conv3dtranspose_0::model),
    ("layer_conv3dtranspose_1", layer_conv3dtranspose_1::model),
    ("layer_conv3dtranspose_2", layer_conv3dtranspose_2::model),
    ("layer_conv3dtranspose_3", layer_conv3dtranspose_3::model),
    ("layer_conv3dtranspose_4", layer_conv3dtranspose_4::model),
    ("layer_convlstm1d_0", layer_convlstm1d_0::model),
    ("layer_convlstm1d_1", layer_convlstm1d_1::model),
    ("layer_convlstm1d_2", layer_convlstm1d_2::model),
    ("layer_convlstm1d_3", layer_convlstm1d_3::model),
    ("layer_convlstm1d_4", layer_convlstm1d_4::model),
    ("layer_convlstm2d_0", layer_convlstm2d_0::model),
    ("layer_convlstm2d_1", layer_convlstm2d_1::model),
    ("layer_convlstm2d_2", layer_convlstm2d_2::model),
    ("layer_convlstm2d_3", layer_convlstm2d_3::model),
    ("layer_convlstm2d_4", layer_convlstm2d_4::model),
    ("layer_convlstm3d_0", layer_convlstm3d_0::model),
    ("layer_convlstm3d_1", layer_convlstm3d_1::model),
    ("layer_convlstm3d_2", layer_convlstm3d_2::model),
    ("layer_convlstm3d_3", layer_convlstm3d_3::model),
    ("layer_convlstm3d_4", layer_convlstm3d_4::model),
    ("layer_cropping1d_0", layer_cropping1d_0::model),
    ("layer_cropping1d_1", layer_cropping1d_1::model),
    ("layer_cropping1d_2", layer_cropping1d_2::model),
    ("layer_cropping1d_3", layer_cropping1d_3::model),
    ("layer_cropping1d_4", layer_cropping1d_4::model),
    ("layer_cropping2d_0", layer_cropping2d_0::model),
    ("layer_cropping2d_1", layer_cropping2d_1::model),
    ("layer_cropping2d_2", layer_cropping2d_2::model),
    ("layer_cropping2d_3", layer_cropping2d_3::model),
    ("layer_cropping2d_4", layer_cropping2d_4::model),
    ("layer_cropping3d_0", layer_cropping3d_0::model),
    ("layer_cropping3d_1", layer_cropping3d_1::model),
    ("layer_cropping3d_2", layer_cropping3d_2::model),
    ("layer_cropping3d_3", layer_cropping3d_3::model),
    ("layer_cropping3d_4", layer_cropping3d_4::model),
    ("layer_dense_0", layer_dense_0::model),
    ("layer_dense_1", layer_dense_1::model),
    ("layer_dense_2", layer_dense_2::model),
    ("layer_dense_3", layer_dense_3::model),
    ("layer_dense_4", layer_dense_4::model),
    ("layer_depthwiseconv1d_0", layer_depthwiseconv1d_0::model),
    ("layer_depthwiseconv1d_1", layer_depthwiseconv1d_1::model),
    ("layer_depthwiseconv1d_2", layer_depthwiseconv1d_2::model),
    ("layer_depthwiseconv1d_3", layer_depthwiseconv1d_3::model),
    ("layer_depthwiseconv1d_4", layer_depthwiseconv1d_4::model),
    ("layer_depthwiseconv2d_0", layer_depthwiseconv2d_0::model),
    ("layer_depthwiseconv2d_1", layer_depthwiseconv2d_1::model),
    ("layer_depthwiseconv2d_2", layer_depthwiseconv2d_2::model),
    ("layer_depthwiseconv2d_3", layer_depthwiseconv2d_3::model),
    ("layer_depthwiseconv2d_4", layer_depthwiseconv2d_4::model),
    ("layer_dropout_0", layer_dropout_0::model),
    ("layer_dropout_1", layer_dropout_1::model),
    ("layer_dropout_2", layer_dropout_2::model),
    ("layer_dropout_3", layer_dropout_3::model),
    ("layer_dropout_4", layer_dropout_4::model),
    ("layer_elu_0", layer_elu_0::model),
    ("layer_elu_1", layer_elu_1::model),
    ("layer_elu_2", layer_elu_2::model),
    ("layer_flatten_0", layer_flatten_0::model),
    ("layer_flatten_1", layer_flatten_1::model),
    ("layer_flatten_2", layer_flatten_2::model),
    ("layer_flatten_3", layer_flatten_3::model),
    ("layer_gaussiandropout_0", layer_gaussiandropout_0::model),
    ("layer_gaussiandropout_1", layer_gaussiandropout_1::model),
    ("layer_gaussiandropout_2", layer_gaussiandropout_2::model),
    ("layer_gaussiandropout_3", layer_gaussiandropout_3::model),
    ("layer_gaussiandropout_4", layer_gaussiandropout_4::model),
    ("layer_gaussiannoise_0", layer_gaussiannoise_0::model),
    ("layer_gaussiannoise_1", layer_gaussiannoise_1::model),
    ("layer_gaussiannoise_2", layer_gaussiannoise_2::model),
    ("layer_gaussiannoise_3", layer_gaussiannoise_3::model),
    ("layer_gaussiannoise_4", layer_gaussiannoise_4::model),
    ("layer_globalaveragepooling1d_0", layer_globalaveragepooling1d_0::model),
    ("layer_globalaveragepooling1d_1", layer_globalaveragepooling1d_1::model),
    ("layer_globalaveragepooling1d_2", layer_globalaveragepooling1d_2::model),
    ("layer_globalaveragepooling2d_0", layer_globalaveragepooling2d_0::model),
    ("layer_globalaveragepooling2d_1", layer_globalaveragepooling2d_1::model),
    ("layer_globalaveragepooling2d_2", layer_globalaveragepooling2d_2::model),
    ("layer_globalaveragepooling2d_3", layer_globalaveragepooling2d_3::model),
    ("layer_globalaveragepooling2d_4", layer_globalaveragepooling2d_4::model),
    ("layer_globalaveragepooling3d_0", layer_globalaveragepooling3d_0::model),
    ("layer_globalaveragepooling3d_1", layer_globalaveragepooling3d_1::model),
    ("layer_globalaveragepooling3d_2", layer_globalaveragepooling3d_2::model),
    ("layer_globalaveragepooling3d_3", layer_globalaveragepooling3d_3::model),
    ("layer_globalaveragepooling3d_4", layer_globalaveragepooling3d_4::model),
    ("layer_globalmaxpooling1d_0", layer_globalmaxpooling1d_0::model),
    ("layer_globalmaxpooling1d_1", layer_globalmaxpooling1d_1::model),
    ("layer_globalmaxpooling1d_2", layer_globalmaxpooling1d_2::model),
    ("layer_globalmaxpooling1d_3", layer_globalmaxpooling1d_3::model),
    ("layer_globalmaxpooling1d_4", layer_globalmaxpooling1d_4::model),
    ("layer_globalmaxpooling2d_0", layer_globalmaxpooling2d_0::model),
    ("layer_globalmaxpooling2d_1", layer_globalmaxpooling2d_1::model),
    ("layer_globalmaxpooling2d_2", layer_globalmaxpooling2d_2::model),
    ("layer_globalmaxpooling2d_3", layer_globalmaxpooling2d_3::model),
    ("layer_globalmaxpooling2d_4", layer_globalmaxpooling2d_4::model),
    ("layer_globalmaxpooling3d_0", layer_globalmaxpooling3d_0::model),
    ("layer_globalmaxpooling3d_1", layer_globalmaxpooling3d_1::model),
    ("layer_globalmaxpooling3d_2", layer_globalmaxpooling3d_2::model),
    ("layer_globalmaxpooling3d_3", layer_globalmaxpooling3d_3::model),
    ("layer_globalmaxpooling3d_4", layer_globalmaxpooling3d_4::model),
    ("layer_groupnormalization_0", layer_groupnormalization_0::model),
    ("layer_groupnormalization_1", layer_groupnormalization_1::model),
    ("layer_groupnormalization_2", layer_groupnormalization_2::model),
    ("layer_groupnormalization_3", layer_groupnormalization_3::model),
    ("layer_groupnormalization_4", layer_groupnormalization_4::model),
    ("layer_identity_0", layer_identity_0::model),
    ("layer_identity_1", layer_identity_1::model),
    ("layer_layernormalization_0", layer_layernormalization_0::model),
    ("layer_layernormalization_1", layer_layernormalization_1::model),
    ("layer_layernormalization_2", layer_layernormalization_2::model),
    ("layer_layernormalization_3", layer_layernormalization_3::model),
    ("layer_layernormalization_4", layer_layernormalization_4::model),
    ("layer_layerscale_0", layer_layerscale_0::model),
    ("layer_layerscale_1", layer_layerscale_1::model),
    ("layer_layerscale_2", layer_layerscale_2::model),
    ("layer_layerscale_3", layer_layerscale_3::model),
    ("layer_layerscale_4", layer_layerscale_4::model),
    ("layer_leakyrelu_0", layer_leakyrelu_0::model),
    ("layer_leakyrelu_1", layer_leakyrelu_1::model),
    ("layer_leakyrelu_2", layer_leakyrelu_2::model),
    ("layer_leakyrelu_3", layer_leakyrelu_3::model),
    ("layer_masking_0", layer_masking_0::model),
    ("layer_masking_1", layer_masking_1::model),
    ("layer_masking_2", layer_masking_2::model),
    ("layer_masking_3", layer_masking_3::model),
    ("layer_masking_4", layer_masking_4::model),
    ("layer_maximum_0", layer_maximum_0::model),
    ("layer_maximum_1", layer_maximum_1::model),
    ("layer_maximum_2", layer_maximum_2::model),
    ("layer_maximum_3", layer_maximum_3::model),
    ("layer_maxpooling1d_0", layer_maxpooling1d_0::model),
    ("layer_maxpooling1d_1", layer_maxpooling1d_1::model),
    ("layer_maxpooling1d_2", layer_maxpooling1d_2::model),
    ("layer_maxpooling1d_3", layer_maxpooling1d_3::model),
    ("layer_maxpooling1d_4", layer_maxpooling1d_4::model),
    ("layer_maxpooling2d_0", layer_maxpooling2d_0::model),
    ("layer_maxpooling2d_1", layer_maxpooling2d_1::model),
    ("layer_maxpooling2d_2", layer_maxpooling2d_2::model),
    ("layer_maxpooling2d_3", layer_maxpooling2d_3::model),
    ("layer_maxpooling2d_4", layer_maxpooling2d_4::model),
    ("layer_maxpooling3d_0", layer_maxpooling3d_0::model),
    ("layer_maxpooling3d_1", layer_maxpooling3d_1::model),
    ("layer_maxpooling3d_2", layer_maxpooling3d_2::model),
    ("layer_maxpooling3d_3", layer_maxpooling3d_3::model),
    ("layer_maxpooling3d_4", layer_maxpooling3d_4::model),
    ("layer_minimum_0", layer_minimum_0::model),
    ("layer_minimum_1", layer_minimum_1::model),
    ("layer_minimum_2", layer_minimum_2::model),
    ("layer_minimum_3", layer_minimum_3::model),
    ("layer_multiply_0", layer_multiply_0::model),
    ("layer_multiply_1", layer_multiply_1::model),
    ("layer_multiply_2", layer_multiply_2::model),
    ("layer_multiply_3", layer_multiply_3::model),
    ("layer_normalization_0", layer_normalization_0::model),
    ("layer_normalization_1", layer_normalization_1::model),
    ("layer_normalization_2", layer_normalization_2::model),
    ("layer_normalization_3", layer_normalization_3::model),
    ("layer_normalization_4", layer_normalization_4::model),
    ("layer_permute_0", layer_permute_0::model),
    ("layer_permute_1", layer_permute_1::model),
    ("layer_permute_2", layer_permute_2::model),
    ("layer_permute_3", layer_permute_3::model),
    ("layer_permute_4", layer_permute_4::model),
    ("layer_prelu_0", layer_prelu_0::model),
    ("layer_prelu_1", layer_prelu_1::model),
    ("layer_prelu_2", layer_prelu_2::model),
    ("layer_prelu_3", layer_prelu_3::model),
    ("layer_prelu_4", layer_prelu_4::model),
    ("layer_relu_0", layer_relu_0::model),
    ("layer_relu_1", layer_relu_1::model),
    ("layer_relu_2", layer_relu_2::model),
    ("layer_relu_3", layer_relu_3::model),
    ("layer_relu_4", layer_relu_4::model),
    ("layer_repeatvector_0", layer_repeatvector_0::model),
    ("layer_repeatvector_1", layer_repeatvector_1::model),
    ("layer_repeatvector_2", layer_repeatvector_2::model),
    ("layer_repeatvector_3", layer_repeatvector_3::model),
    ("layer_repeatvector_4", layer_repeatvector_4::model),
    ("layer_rescaling_0", layer_rescaling_0::model),
    ("layer_rescaling_1", layer_rescaling_1::model),
    ("layer_rescaling_2", layer_rescaling_2::model),
    ("layer_rescaling_3", layer_rescaling_3::model),
    ("layer_rescaling_4", layer_rescaling_4::model),
    ("layer_reshape_0", layer_reshape_0::model),
    ("layer_reshape_1", layer_reshape_1::model),
    ("layer_reshape_2", layer_reshape_2::model),
    ("layer_reshape_3", layer_reshape_3::model),
    ("layer_reshape_4", layer_reshape_4::model),
    ("layer_separableconv1d_0", layer_separableconv1d_0::model),
    ("layer_separableconv1d_1", layer_separableconv1d_1::model),
    ("layer_separableconv1d_2", layer_separableconv1d_2::model),
    ("layer_separableconv1d_3", layer_separableconv1d_3::model),
    ("layer_separableconv1d_4", layer_separableconv1d_4::model),
    ("layer_separableconv2d_0", layer_separableconv2d_0::model),
    ("layer_separableconv2d_1", layer_separableconv2d_1::model),
    ("layer_separableconv2d_2", layer_separableconv2d_2::model),
    ("layer_separableconv2d_3", layer_separableconv2d_3::model),
    ("layer_separableconv2d_4", layer_separableconv2d_4::model),
    ("layer_softmax_0", layer_softmax_0::model),
    ("layer_softmax_1", layer_softmax_1::model),
    ("layer_softmax_2", layer_softmax_2::model),
    ("layer_softmax_3", layer_softmax_3::model),
    ("layer_softmax_4", layer_softmax_4::model),
    ("layer_spatialdropout1d_0", layer_spatialdropout1d_0::model),
    ("layer_spatialdropout1d_1", layer_spatialdropout1d_1::model),
    ("layer_spatialdropout1d_2", layer_spatialdropout1d_2::model),
    ("layer_spatialdropout1d_3", layer_spatialdropout1d_3::model),
    ("layer_spatialdropout1d_4", layer_spatialdropout1d_4::model),
    ("layer_spatialdropout2d_0", layer_spatialdropout2d_0::model),
    ("layer_spatialdropout2d_1", layer_spatialdropout2d_1::model),
    ("layer_spatialdropout2d_2", layer_spatialdropout2d_2::model),
    ("layer_spatialdropout2d_3", layer_spatialdropout2d_3::model),
    ("layer_spatialdropout2d_4", layer_spatialdropout2d_4::model),
    ("layer_spatialdropout3d_0", layer_spatialdropout3d_0::model),
    ("layer_spatialdropout3d_1", layer_spatialdropout3d_1::model),
    ("layer_spatialdropout3d_2", layer_spatialdropout3d_2::model),
    ("layer_spatialdropout3d_3", layer_spatialdropout3d_3::model),
    ("layer_spatialdropout3d_4", layer_spatialdropout3d_4::model),
    ("layer_stochasticdepth_0", layer_stochasticdepth_0::model),
    ("layer_stochasticdepth_1", layer_stochasticdepth_1::model),
    ("layer_stochasticdepth_2", layer_stochasticdepth_2::model),
    ("layer_stochasticdepth_3", layer_stochasticdepth_3::model),
    ("layer_subtract_0", layer_subtract_0::model),
    ("layer_subtract_1", layer_subtract_1::model),
    ("layer_subtract_2", layer_subtract_2::model),
    ("layer_subtract_3", layer_subtract_3::model),
    ("layer_unitnormalization_0", layer_unitnormalization_0::model),
    ("layer_unitnormalization_1", layer_unitnormalization_1::model),
    ("layer_unitnormalization_2", layer_unitnormalization_2::model),
    ("layer_unitnormalization_3", layer_unitnormalization_3::model),
    ("layer_unitnormalization_4", layer_unitnormalization_4::model),
    ("layer_upsampling1d_0", layer_upsampling1d_0::model),
    ("layer_upsampling1d_1", layer_upsampling1d_1::model),
    ("layer_upsampling1d_2", layer_upsampling1d_2::model),
    ("layer_upsampling1d_3", layer_upsampling1d_3::model),
    ("layer_upsampling1d_4", layer_upsampling1d_4::model),
    ("layer_upsampling2d_0", layer_upsampling2d_0::model),
    ("layer_upsampling2d_1", layer_upsampling2d_1::model),
    ("layer_upsampling2d_2", layer_upsampling2d_2::model),
    ("layer_upsampling2d_3", layer_upsampling2d_3::model),
    ("layer_upsampling2d_4", layer_upsampling2d_4::model),
    ("layer_upsampling3d_0", layer_upsampling3d_0::model),
    ("layer_upsampling3d_1", layer_upsampling3d_1::model),
    ("layer_upsampling3d_2", layer_upsampling3d_2::model),
    ("layer_upsampling3d_3", layer_upsampling3d_3::model),
    ("layer_upsampling3d_4", layer_upsampling3d_4::model),
    ("layer_zeropadding1d_0", layer_zeropadding1d_0::model),
    ("layer_zeropadding1d_1", layer_zeropadding1d_1::model),
    ("layer_zeropadding1d_2", layer_zeropadding1d_2::model),
    ("layer_zeropadding1d_3", layer_zeropadding1d_3::model),
    ("layer_zeropadding1d_4", layer_zeropadding1d_4::model),
    ("layer_zeropadding2d_0", layer_zeropadding2d_0::model),
    ("layer_zeropadding2d_1", layer_zeropadding2d_1::model),
    ("layer_zeropadding2d_2", layer_zeropadding2d_2::model),
    ("layer_zeropadding2d_3", layer_zeropadding2d_3::model),
    ("layer_zeropadding2d_4", layer_zeropadding2d_4::model),
    ("layer_zeropadding3d_0", layer_zeropadding3d_0::model),
    ("layer_zeropadding3d_1", layer_zeropadding3d_1::model),
    ("layer_zeropadding3d_2", layer_zeropadding3d_2::model),
    ("layer_zeropadding3d_3", layer_zeropadding3d_3::model),
    ("layer_zeropadding3d_4", layer_zeropadding3d_4::model),
    ("model_activations", model_activations::model),
    ("model_arrays", model_arrays::model),
    ("model_classifier", model_classifier::model),
    ("model_classifier_compiled", model_classifier_compiled::model),
    ("model_compiled_accuracy_alias", model_compiled_accuracy_alias::model),
    ("model_compiled_functions", model_compiled_functions::model),
    ("model_compiled_loss_list", model_compiled_loss_list::model),
    ("model_compiled_no_jit", model_compiled_no_jit::model),
    ("model_compiled_no_loss", model_compiled_no_loss::model),
    ("model_compiled_weighted_metrics", model_compiled_weighted_metrics::model),
    ("model_functional_call_arguments", model_functional_call_arguments::model),
    ("model_functional_calls_in_another_order", model_functional_calls_in_another_order::model),
    ("model_functional_compiled_by_name", model_functional_compiled_by_name::model),
    ("model_functional_compiled_by_position", model_functional_compiled_by_position::model),
    ("model_functional_dictionaries", model_functional_dictionaries::model),
    ("model_functional_inputs_and_outputs", model_functional_inputs_and_outputs::model),
    ("model_functional_many_of_a_kind", model_functional_many_of_a_kind::model),
    ("model_functional_nested", model_functional_nested::model),
    ("model_functional_policies", model_functional_policies::model),
    ("model_functional_residual", model_functional_residual::model),
    ("model_functional_shared", model_functional_shared::model),
    ("model_initializer_constant", model_initializer_constant::model),
    ("model_initializer_glorot_normal", model_initializer_glorot_normal::model),
    ("model_initializer_he_uniform", model_initializer_he_uniform::model),
    ("model_initializer_identity", model_initializer_identity::model),
    ("model_initializer_lecun_normal", model_initializer_lecun_normal::model),
    ("model_initializer_lecun_uniform", model_initializer_lecun_uniform::model),
    ("model_initializer_ones", model_initializer_ones::model),
    ("model_initializer_orthogonal", model_initializer_orthogonal::model),
    ("model_initializer_random_normal", model_initializer_random_normal::model),
    ("model_initializer_random_uniform", model_initializer_random_uniform::model),
    ("model_initializer_truncated_normal", model_initializer_truncated_normal::model),
    ("model_initializer_variance_scaling", model_initializer_variance_scaling::model),
    ("model_initializer_zeros", model_initializer_zeros::model),
    ("model_layer_activation", model_layer_activation::model),
    ("model_layer_activation_from_function", model_layer_activation_from_function::model),
    ("model_layer_activations", model_layer_activations::model),
    ("model_layer_add", model_layer_add::model),
    ("model_layer_average", model_layer_average::model),
    ("model_layer_average_pooling1d", model_layer_average_pooling1d::model),
    ("model_layer_average_pooling1d_options", model_layer_average_pooling1d_options::model),
    ("model_layer_batch_normalization", model_layer_batch_normalization::model),
    ("model_layer_batch_normalization_options", model_layer_batch_normalization_options::model),
    ("model_layer_concatenate", model_layer_concatenate::model),
    ("model_layer_concatenate_axis", model_layer_concatenate_axis::model),
    ("model_layer_conv1d", model_layer_conv1d::model),
    ("model_layer_conv1d_options", model_layer_conv1d_options::model),
    ("model_layer_dense", model_layer_dense::model),
    ("model_layer_dense_no_bias", model_layer_dense_no_bias::model),
    ("model_layer_dense_options", model_layer_dense_options::model),
    ("model_layer_dense_orthogonal_regularizer", model_layer_dense_orthogonal_regularizer::model),
    ("model_layer_depthwise_conv1d", model_layer_depthwise_conv1d::model),
    ("model_layer_depthwise_conv1d_options", model_layer_depthwise_conv1d_options::model),
    ("model_layer_dropout", model_layer_dropout::model),
    ("model_layer_dropout_options", model_layer_dropout_options::model),
    ("model_layer_elu", model_layer_elu::model),
    ("model_layer_elu_options", model_layer_elu_options::model),
    ("model_layer_flatten", model_layer_flatten::model),
    ("model_layer_flatten_channels_first", model_layer_flatten_channels_first::model),
    ("model_layer_global_average_pooling1d", model_layer_global_average_pooling1d::model),
    ("model_layer_global_average_pooling1d_options", model_layer_global_average_pooling1d_options::model),
    ("model_layer_global_max_pooling1d", model_layer_global_max_pooling1d::model),
    ("model_layer_layer_normalization", model_layer_layer_normalization::model),
    ("model_layer_layer_normalization_options", model_layer_layer_normalization_options::model),
    ("model_layer_leaky_relu", model_layer_leaky_relu::model),
    ("model_layer_leaky_relu_options", model_layer_leaky_relu_options::model),
    ("model_layer_max_pooling1d", model_layer_max_pooling1d::model),
    ("model_layer_max_pooling1d_options", model_layer_max_pooling1d_options::model),
    ("model_layer_maximum", model_layer_maximum::model),
    ("model_layer_minimum", model_layer_minimum::model),
    ("model_layer_multiply", model_layer_multiply::model),
    ("model_layer_permute", model_layer_permute::model),
    ("model_layer_prelu", model_layer_prelu::model),
    ("model_layer_prelu_options", model_layer_prelu_options::model),
    ("model_layer_relu", model_layer_relu::model),
    ("model_layer_relu_options", model_layer_relu_options::model),
    ("model_layer_repeat_vector", model_layer_repeat_vector::model),
    ("model_layer_reshape", model_layer_reshape::model),
    ("model_layer_separable_conv1d", model_layer_separable_conv1d::model),
    ("model_layer_separable_conv1d_channels_first", model_layer_separable_conv1d_channels_first::model),
    ("model_layer_separable_conv1d_options", model_layer_separable_conv1d_options::model),
    ("model_layer_softmax", model_layer_softmax::model),
    ("model_layer_softmax_axes", model_layer_softmax_axes::model),
    ("model_layer_spatial_dropout1d", model_layer_spatial_dropout1d::model),
    ("model_layer_spatial_dropout1d_seed", model_layer_spatial_dropout1d_seed::model),
    ("model_layer_subtract", model_layer_subtract::model),
    ("model_loss_binary_crossentropy", model_loss_binary_crossentropy::model),
    ("model_loss_binary_crossentropy_options", model_loss_binary_crossentropy_options::model),
    ("model_loss_binary_focal_crossentropy", model_loss_binary_focal_crossentropy::model),
    ("model_loss_categorical_crossentropy", model_loss_categorical_crossentropy::model),
    ("model_loss_categorical_crossentropy_options", model_loss_categorical_crossentropy_options::model),
    ("model_loss_categorical_hinge", model_loss_categorical_hinge::model),
    ("model_loss_cosine_similarity", model_loss_cosine_similarity::model),
    ("model_loss_hinge", model_loss_hinge::model),
    ("model_loss_huber", model_loss_huber::model),
    ("model_loss_kl_divergence", model_loss_kl_divergence::model),
    ("model_loss_log_cosh", model_loss_log_cosh::model),
    ("model_loss_mean_absolute_error", model_loss_mean_absolute_error::model),
    ("model_loss_mean_absolute_percentage_error", model_loss_mean_absolute_percentage_error::model),
    ("model_loss_mean_squared_error", model_loss_mean_squared_error::model),
    ("model_loss_mean_squared_logarithmic_error", model_loss_mean_squared_logarithmic_error::model),
    ("model_loss_metrics_of_counts", model_loss_metrics_of_counts::model),
    ("model_loss_poisson", model_loss_poisson::model),
    ("model_loss_sparse_categorical_crossentropy", model_loss_sparse_categorical_crossentropy::model),
    ("model_loss_sparse_categorical_crossentropy_options", model_loss_sparse_categorical_crossentropy_options::model),
    ("model_loss_squared_hinge", model_loss_squared_hinge::model),
    ("model_optimizer_adadelta", model_optimizer_adadelta::model),
    ("model_optimizer_adafactor", model_optimizer_adafactor::model),
    ("model_optimizer_adagrad", model_optimizer_adagrad::model),
    ("model_optimizer_adam", model_optimizer_adam::model),
    ("model_optimizer_adam_options", model_optimizer_adam_options::model),
    ("model_optimizer_adamax", model_optimizer_adamax::model),
    ("model_optimizer_adamw", model_optimizer_adamw::model),
    ("model_optimizer_adamw_options", model_optimizer_adamw_options::model),
    ("model_optimizer_ftrl", model_optimizer_ftrl::model),
    ("model_optimizer_lamb", model_optimizer_lamb::model),
    ("model_optimizer_lion", model_optimizer_lion::model),
    ("model_optimizer_muon", model_optimizer_muon::model),
    ("model_optimizer_nadam", model_optimizer_nadam::model),
    ("model_optimizer_rmsprop", model_optimizer_rmsprop::model),
    ("model_optimizer_rmsprop_options", model_optimizer_rmsprop_options::model),
    ("model_optimizer_sgd", model_optimizer_sgd::model),
    ("model_optimizer_sgd_options", model_optimizer_sgd_options::model),
    ("model_policy_mixed_bfloat16", model_policy_mixed_bfloat16::model),
    ("model_policy_mixed_float16", model_policy_mixed_float16::model),
    ("model_schedule_cosine_decay", model_schedule_cosine_decay::model),
    ("model_schedule_cosine_decay_restarts", model_schedule_cosine_decay_restarts::model),
    ("model_schedule_exponential_decay", model_schedule_exponential_decay::model),
    ("model_schedule_inverse_time_decay", model_schedule_inverse_time_decay::model),
    ("model_schedule_piecewise_constant_decay", model_schedule_piecewise_constant_decay::model),
    ("model_schedule_polynomial_decay", model_schedule_polynomial_decay::model),
    ("model_sequential_batch_size", model_sequential_batch_size::model),
    ("model_sequential_empty", model_sequential_empty::model),
    ("model_sequential_fixed_batch", model_sequential_fixed_batch::model),
    ("model_sequential_float64", model_sequential_float64::model),
    ("model_sequential_input_shape", model_sequential_input_shape::model),
    ("model_sequential_integer_input", model_sequential_integer_input::model),
    ("model_sequential_names", model_sequential_names::model),
    ("model_sequential_nested", model_sequential_nested::model),
    ("model_sequential_unbuilt", model_sequential_unbuilt::model),
    ("model_sequential_unknown_length", model_sequential_unknown_length::model),
    ("operations_broadcast", operations_broadcast::model),
    ("operations_broadcast_steps", operations_broadcast_steps::model),
    ("operations_float64", operations_float64::model),
    ("operations_hard_swish", operations_hard_swish::model),
    ("operations_integers", operations_integers::model),
    ("operations_layers_and_operations", operations_layers_and_operations::model),
    ("operations_nested", operations_nested::model),
    ("operations_numbers", operations_numbers::model),
    ("operations_operators", operations_operators::model),
    ("operations_powers", operations_powers::model),
];
