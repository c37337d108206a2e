//! Models as Rust source: what `Model::to_rust` writes and refuses.
//!
//! `compiled/generated.rs` is written anew by `ARGALI_GENERATE=1 cargo test -p argali-tests --test source`.

use argali::prelude::*;
use argali::{Class, Layer, layer};
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
    fn call<'g>(&self, call: &argali::Call<'_, 'g>) -> Vec<argali::engine::Value<'g>> {
        vec![call.input() + self.by]
    }
}

#[test]
fn layers_of_ones_own_are_refused_by_name() {
    let model = Sequential::new().input([3]).layer(Shift::new(1.0).name("up")).build().expect("a model");
    let error = model.to_rust().expect_err("a class that is not Keras's").to_string();
    assert!(error.starts_with("`up` is of the class `mine>Shift`, which is none of Keras's"), "{error}");
}
