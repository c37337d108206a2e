//! What `Model::to_rust` writes is compiled here, and builds models of the same JSON.

#[rustfmt::skip]
#[allow(clippy::all, missing_docs, unreachable_pub)]
mod generated;

use argali_tests::difference;
use argali_tests::source::{configs, model};

#[test]
fn compiled_it_gives_the_same_json() {
    let configs = configs();
    let mut wrong = Vec::new();
    for (name, build) in generated::MODELS {
        let expected = model(&configs[*name]).to_value();
        match build() {
            Err(error) => wrong.push(format!("{name}: {error}")),
            Ok(model) => wrong.extend(difference(&model.to_value(), &expected, "$").map(|d| format!("{name}: {d}"))),
        }
    }
    assert!(generated::MODELS.len() > 300, "{}", generated::MODELS.len());
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}
