//! A model is left for Keras to train on several devices, and comes back.
//!
//! The environment variable `ARGALI_DISTRIBUTION` names the folder of the exchange with
//! `fixtures/check_distribution.py`; without it, the model that came back before is read.

use argali::ArrayD;
use argali::prelude::*;
use argali_formats::{Array, npz};
use argali_tests::assert_equal;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const BATCH: usize = 16;
const EPOCHS: usize = 2;

fn given() -> Option<PathBuf> {
    std::env::var_os("ARGALI_DISTRIBUTION").map(PathBuf::from)
}

fn model() -> argali::Result<Model> {
    let mut model = Sequential::new()
        .seed(3)
        .input([24, 3])
        .separable_conv_1d(8, 5)
        .padding(Same)
        .activation(Relu)
        .max_pooling_1d(2)
        .conv_1d(8, 3)
        .activation(Tanh)
        .global_average_pooling_1d()
        .dense(4)
        .activation(Softmax)
        .build()?;
    model.compile(Adam::new().learning_rate(0.01), SparseCategoricalCrossentropy::new(), ["accuracy"])?;
    Ok(model)
}

/// Waves of four frequencies, and which of them each is.
fn data() -> (ArrayD<f32>, ArrayD<i32>) {
    let wave = |at: ndarray::IxDyn| ((at[0] % 4 + 1) as f32 * at[1] as f32 * 0.2 + at[2] as f32 + at[0] as f32).sin();
    (ArrayD::from_shape_fn(vec![64, 24, 3], wave), ArrayD::from_shape_fn(vec![64], |at| (at[0] % 4) as i32))
}

#[test]
fn a_model_is_left_for_several_devices() {
    let scratch = tempfile::tempdir().expect("a folder");
    let folder = given().unwrap_or_else(|| scratch.path().to_path_buf());
    let (x, y) = data();
    let mut model = model().expect("a model");
    model.save(folder.join("start.keras")).expect("a file");
    let fit = Fit::new().batch_size(BATCH).epochs(EPOCHS).shuffle(false).verbose(Verbose::Silent);
    model.fit(&x, &y, fit).expect("training");
    let mut arrays = BTreeMap::from([("x".to_owned(), Array::from(x)), ("y".to_owned(), Array::from(y))]);
    for (i, weight) in model.get_weights().expect("weights").into_iter().enumerate() {
        arrays.insert(format!("weight/{i}"), weight.mapv(|w| w as f32).into());
    }
    npz::write(folder.join("start.npz"), &arrays, npz::Compression::Stored).expect("a file");
    assert_eq!(Model::load(folder.join("start.keras")).expect("a model").iterations(), 0);
}

#[test]
fn a_model_trained_on_several_devices_comes_back() {
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/distribution");
    let folder = given().unwrap_or(recorded);
    let arrays = npz::read(folder.join("trained.npz")).expect("what Keras recorded");
    let expected = |name: &str| arrays[name].to_f64();
    let mut model = Model::load(folder.join("trained.keras")).expect("a model");
    for (i, weight) in model.get_weights().expect("weights").iter().enumerate() {
        let expected = expected(&format!("weight/{i}"));
        assert_equal(
            &format!("weight {i}"),
            &weight.iter().copied().collect::<Vec<_>>(),
            &expected.into_raw_vec_and_offset().0,
            argali::engine::DType::F32,
        );
    }
    let found = model.predict_as::<f64>(&expected("x"), BATCH).expect("predictions");
    let predictions = expected("prediction");
    assert_eq!(found.shape(), predictions.shape());
    assert_equal(
        &"predictions",
        &found.into_raw_vec_and_offset().0,
        &predictions.into_raw_vec_and_offset().0,
        argali::engine::DType::F32,
    );
    assert_eq!(model.iterations() as f64, expected("iteration").sum());
    let (x, y) = data();
    model.fit(&x, &y, Fit::new().batch_size(BATCH).verbose(Verbose::Silent)).expect("training goes on");
    assert_eq!(model.iterations() as f64, expected("iteration").sum() + 4.0);
}
