//! Initializers against real Keras: values of deterministic ones, statistics of random ones.

use argali::engine::DType;
use argali::engine::random::Key;
use argali::initializers::{Initializer, InitializerKind};
use argali_tests::{Case, assert_equal, cases};
use serde_json::json;

fn shape(case: &Case) -> Vec<usize> {
    serde_json::from_value(case.json["shape"].clone()).expect("a shape")
}

fn initializer(case: &Case) -> Initializer {
    serde_json::from_value(case.json["initializer"].clone()).unwrap_or_else(|e| panic!("{}: {e}", case.json))
}

#[test]
fn configs() {
    for case in cases("training/initializers") {
        assert_eq!(serde_json::to_value(initializer(&case)).unwrap(), case.json["initializer"]);
    }
}

#[test]
fn values() {
    let mut count = 0;
    for case in cases("training/initializers") {
        let Some(expected) = case.get("value") else { continue };
        let mut initializer = initializer(&case);
        if initializer.kind == InitializerKind::identity(1.0) && expected.elements[0] != 1.0 {
            // Keras leaves `gain` out of the config of `Identity`.
            initializer.kind = InitializerKind::identity(0.7);
        }
        let found = initializer.draw(Key::new(0, 0), case.dtype(), &shape(&case)).unwrap();
        assert_equal(&case.json, &found.as_slice().to_f64(), &expected.elements, case.dtype());
        count += 1;
    }
    assert!(count > 20);
}

fn draws(case: &Case) -> Vec<f64> {
    let (initializer, shape) = (initializer(case), shape(case));
    let draw = |seed| initializer.draw(Key::new(seed, 3), DType::F64, &shape).unwrap().as_slice().to_f64();
    (0..4).flat_map(draw).collect()
}

#[test]
fn statistics() {
    for case in cases("training/initializers").iter().filter(|c| c.json["stats"].is_object()) {
        let values = draws(case);
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let deviation = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / count).sqrt();
        let expected = case.json["expected_std"].as_f64().unwrap();
        assert!((deviation / expected - 1.0).abs() < 0.02, "{}: deviation {deviation}", case.json);
        let keras_mean = case.json["stats"]["mean"].as_f64().unwrap();
        let standard_error = expected / (case.json["stats"]["count"].as_f64().unwrap().min(count)).sqrt();
        assert!((mean - keras_mean).abs() < 6.0 * standard_error, "{}: mean {mean}", case.json);
        if let Some(limit) = case.json["limit"].as_f64() {
            let largest = values.iter().fold(0.0, |m: f64, v| m.max(v.abs()));
            assert!(largest <= limit * (1.0 + 1e-12) && largest > 0.5 * limit.min(4.0 * expected), "{}", case.json);
        }
    }
}

#[test]
fn orthogonal_matrices() {
    for (rows, columns) in [(60, 40), (40, 60), (7, 7)] {
        let initializer = Initializer::from(InitializerKind::orthogonal(0.5));
        let q = initializer.draw(Key::new(1, 2), DType::F64, &[rows, columns]).unwrap().as_slice().to_f64();
        let at = |row: usize, column: usize| q[row * columns + column];
        let short = rows.min(columns);
        for i in 0..short {
            for j in 0..short {
                let dot: f64 = match rows < columns {
                    true => (0..columns).map(|k| at(i, k) * at(j, k)).sum(),
                    false => (0..rows).map(|k| at(k, i) * at(k, j)).sum(),
                };
                let expected = if i == j { 0.25 } else { 0.0 };
                assert!((dot - expected).abs() < 1e-14, "{rows}x{columns}: {i}, {j}: {dot}");
            }
        }
    }
}

#[test]
fn names() {
    let names = "zeros ones constant identity random_normal random_uniform truncated_normal variance_scaling \
                 glorot_uniform glorot_normal he_uniform he_normal lecun_uniform lecun_normal orthogonal stft normal \
                 uniform zero one OrthogonalInitializer IdentityInitializer STFTInitializer GlorotUniform";
    for name in names.split_whitespace() {
        let initializer: Initializer = name.parse().unwrap();
        let saved = serde_json::to_value(&initializer).unwrap();
        assert_eq!(serde_json::from_value::<Initializer>(saved).unwrap(), initializer);
    }
    let legacy = json!({"class_name": "VarianceScaling", "config": {
        "scale": 2, "mode": "fan_avg", "distribution": "normal", "seed": 3, "dtype": "float32"}});
    let read: Initializer = serde_json::from_value(legacy).unwrap();
    let saved = serde_json::to_value(read).unwrap();
    assert_eq!(saved["config"]["distribution"], "truncated_normal");
    assert_eq!((&saved["config"]["scale"], &saved["config"]["seed"]), (&json!(2), &json!(3)));
}

#[test]
fn infinite_constants() {
    let initializer = Initializer::from(InitializerKind::constant(f64::NEG_INFINITY));
    let saved = serde_json::to_value(&initializer).unwrap();
    assert_eq!(serde_json::from_value::<Initializer>(saved).unwrap(), initializer);
}

#[test]
fn seeds() {
    let draw = |initializer: &Initializer, seed| initializer.draw(Key::new(seed, 1), DType::F32, &[4, 5]).unwrap();
    let (free, seeded) = (Initializer::from(InitializerKind::HeNormal), InitializerKind::HeNormal.seed(9));
    assert_ne!(draw(&free, 1), draw(&free, 2));
    assert_eq!(draw(&seeded, 1), draw(&seeded, 2));
}

#[test]
fn refused() {
    for (json, message) in [
        (json!("glorot_unifrom"), "key `initializer` is `glorot_unifrom`, did you mean `GlorotUniform`?"),
        (json!({"class_name": "Zeros", "config": {"gain": 1}}), "key `gain` is unknown, expected none"),
        (json!({"class_name": "VarianceScaling", "config": {"scale": 0}}), "has scale 0, expected a number above 0"),
        (json!({"config": {}}), "key `class_name` is missing, expected the class of initializer"),
        (
            json!({"class_name": "Constant", "config": {"value": [[1], [2, 3]]}}),
            "key `value` is [[1],[2,3]], expected a number or nested lists of numbers of equal length",
        ),
    ] {
        assert_eq!(serde_json::from_value::<Initializer>(json).unwrap_err().to_string(), message);
    }
    let draw = |kind, shape: &[usize]| Initializer::from(kind).draw(Key::new(0, 0), DType::F32, shape);
    assert!(draw(InitializerKind::identity(1.0), &[3]).is_err());
    assert!(draw(InitializerKind::orthogonal(1.0), &[3]).is_err());
    assert!(draw(InitializerKind::Ones, &[usize::MAX, 3]).is_err());
    assert!(
        Initializer::from(InitializerKind::HeNormal)
            .fan_axes(&[5], &[0])
            .draw(Key::new(0, 0), DType::F32, &[2])
            .is_err()
    );
}
