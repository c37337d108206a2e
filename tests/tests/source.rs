//! Models as Rust source: what `Model::to_rust` writes and refuses.
//!
//! `compiled/generated.rs` is written anew by `ARGALI_GENERATE=1 cargo test -p argali-tests --test source`.

use argali::engine::Value;
use argali::losses::Loss;
use argali::prelude::*;
use argali::{Class, Layer, layer, object};
use argali_tests::source;

#[test]
fn source_is_up_to_date() {
    let (text, refused) = source::source();
    if std::env::var_os("ARGALI_GENERATE").is_some() {
        std::fs::write(source::path(), &text).expect("a file");
    }
    let same = std::fs::read_to_string(source::path()).expect("the file").replace("\r\n", "\n") == text;
    assert!(same, "run the test with ARGALI_GENERATE=1, and then again");
    let operations = |message: &&String| !message.contains("is the operation");
    assert!(!text.contains("compile_from_json"), "a config without words");
    assert_eq!(refused.iter().filter(operations).collect::<Vec<_>>(), Vec::<&String>::new());
}

layer! {
    /// Adds a number.
    pub struct Shift(Class::custom("Shift", "mine>Shift")) {
        /// The number.
        by: f64,
        ..
    }
}

impl Layer for Shift {
    fn call<'g>(&self, call: &argali::Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![call.input() + self.by]
    }
}

object! {
    /// Half the squared error.
    pub struct HalfError(Class::custom("HalfError", "mine>HalfError")) { .. }
}

impl Loss for HalfError {
    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        (y_true - y_pred).square() * 0.5
    }
}

#[test]
fn losses_of_ones_own_are_refused_by_name() {
    let mut model = Sequential::new().input([3]).dense(1).build().expect("a model");
    model.compile("sgd", HalfError::new(), ()).expect("a compiled model");
    let error = model.to_rust().expect_err("a class that is not Keras's").to_string();
    let expected = "the model is compiled with the class `mine>HalfError`, which is none of Keras's";
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn layers_of_ones_own_are_refused_by_name() {
    let model = Sequential::new().input([3]).layer(Shift::new(1.0).name("up")).build().expect("a model");
    let error = model.to_rust().expect_err("a class that is not Keras's").to_string();
    assert!(error.starts_with("`up` is of the class `mine>Shift`, which is none of Keras's"), "{error}");
}

#[test]
fn structures_within_structures_are_refused() {
    let (a, b) = (input([3]), input([3]));
    let mut config = Model::new([&a, &b], &a + &b).expect("a model").to_value();
    let inputs = &mut config["config"]["input_layers"];
    *inputs = serde_json::json!([inputs[0], { "b": inputs[1] }]);
    let model = Registry::default().model_from_value(config).expect("a model");
    let error = model.to_rust().expect_err("no words").to_string();
    assert!(error.starts_with("`functional` has inputs or outputs in lists and dictionaries within others"), "{error}");
}
