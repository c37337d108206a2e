//! All networks of `keras.applications` with up to 30 million parameters, by their configs.

use argali::{Json, Model, SharedLayer};
use argali_tests::difference;
use flate2::read::GzDecoder;
use std::io::Read;
use std::path::Path;

fn networks() -> Vec<(String, Json)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/networks/applications.json.gz");
    let mut text = Vec::new();
    GzDecoder::new(std::fs::File::open(path).expect("a file")).read_to_end(&mut text).expect("gzip");
    let Json::Object(networks) = argali_formats::json::parse(&text).expect("JSON") else { panic!("an object") };
    networks.into_iter().collect()
}

/// Name, class, shapes of outputs and number of weights' elements.
fn layer(model: &Model, layer: &SharedLayer) -> Json {
    let shape = model.output_of(&layer.name()).expect("an output").shape().expect("a shape").clone();
    let elements: usize = layer.weights().iter().map(|w| w.shape.iter().product::<usize>()).sum();
    serde_json::json!([layer.name(), layer.class_name(), [shape.0], elements])
}

#[test]
fn layers_shapes_and_configs_are_those_of_keras() {
    let (mut wrong, networks) = (Vec::new(), networks());
    assert_eq!(networks.len(), 23);
    for (name, expected) in networks {
        let model = match Model::from_json(&expected["model"].to_string()) {
            Ok(model) => model,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        assert_eq!(expected["parameters"], model.count_params(), "{name}");
        let layers: Vec<_> = model.layers().iter().map(|l| layer(&model, l)).collect();
        let differing = [
            difference(&Json::Array(layers), &expected["layers"], "layers"),
            difference(&model.to_value(), &expected["model"], "$"),
        ];
        wrong.extend(differing.into_iter().flatten().map(|d| format!("{name}: {d}")));
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}
