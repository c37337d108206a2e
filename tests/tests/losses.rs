//! The losses: values, gradients and configs of real Keras.

use argali::engine::{DType, Graph, Value};
use argali::losses::{AnyLoss, Loss, LossClass, Reduction, SparseCategoricalCrossentropy};
use argali::{Class, Json, Problem, Shape, object};
use argali_tests::{Case, assert_equal, cases, run};

/// The loss of a case, with the options that Keras leaves out of its config.
fn loss_of(case: &Case) -> AnyLoss {
    let mut json = case.json["loss"].clone();
    for (key, value) in case.json["unsaved"].as_object().expect("options") {
        json["config"][key] = value.clone();
    }
    AnyLoss::from_json(&json).unwrap_or_else(|problem| panic!("{json}: {problem}"))
}

/// Values, and the gradient of their sum by the predictions.
fn evaluate(case: &Case, loss: &AnyLoss, labels: DType) -> Vec<Vec<f64>> {
    let (graph, dtype) = (Graph::new(), case.dtype());
    let (y_true, y_pred) = (case.tensor("y_true"), case.tensor("y_pred"));
    let mut buffers = vec![y_true.buffer(labels), y_pred.buffer(dtype)];
    let (t, p) = (graph.input(labels, &y_true.shape), graph.input(dtype, &y_pred.shape));
    let weight = case.get("sample_weight").map(|w| {
        buffers.push(w.buffer(dtype));
        graph.input(dtype, &w.shape)
    });
    let value = loss.value(t, p, weight, None);
    let shape = if value.rank() == 0 { vec![1] } else { value.shape() };
    assert_eq!(shape, case.tensor("value").shape, "{}", case.json);
    let gradient = graph.gradients(value.sum_all(), &[p])[0].unwrap_or_else(|| p.zeros_like());
    run(&graph, &buffers, &[value, gradient])
}

/// Vectors of one element have a cosine of 1 or -1 whatever their length: Keras's gradients are 0 and rounding errors.
fn is_cosine_of_numbers(case: &Case) -> bool {
    let shape = &case.tensor("y_pred").shape;
    case.json["loss"]["class_name"] == "CosineSimilarity" && shape[1..].iter().all(|n| *n == 1)
}

#[test]
fn values_and_gradients() {
    let mut wrong = Vec::new();
    for case in cases("training/losses") {
        let loss = loss_of(&case);
        let found = evaluate(&case, &loss, case.dtype());
        for (found, name) in found.iter().zip(["value", "grad"]) {
            if name == "grad" && is_cosine_of_numbers(&case) {
                assert!(found.iter().all(|g| g.abs() < 1e-6), "{}: {found:?}", case.json);
                continue;
            }
            let what = format!("{name} of {}", case.json);
            let compare = || assert_equal(&what, found, &case.tensor(name).elements, case.dtype());
            if std::panic::catch_unwind(compare).is_err() {
                wrong.push(what);
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn integer_targets_count_as_floats_do() {
    let with_integers = |case: &Case| case.tensor("y_true").elements.iter().all(|y| y.fract() == 0.0);
    for case in cases("training/losses").iter().filter(|c| with_integers(c)) {
        let loss = loss_of(case);
        assert_eq!(evaluate(case, &loss, DType::I64), evaluate(case, &loss, case.dtype()), "{}", case.json);
    }
}

#[test]
fn configs_are_keras_own() {
    for case in cases("training/losses") {
        let loss = AnyLoss::from_json(&case.json["loss"]).expect("a loss");
        assert_eq!(loss.to_json(), case.json["loss"]);
        assert_eq!(loss.name(), case.json["loss"]["config"]["name"].as_str().expect("a name"));
        let json = loss_of(&case).to_json();
        assert_eq!(AnyLoss::from_json(&json).expect("a loss").to_json(), json);
    }
}

#[test]
fn fixtures_fit_their_losses() {
    for case in cases("training/losses") {
        let loss = loss_of(&case);
        let shape = |name: &str| Shape::from(&case.tensor(name).shape[..]);
        if loss.reduction() != Reduction::None {
            loss.check(&shape("y_true"), &shape("y_pred")).unwrap_or_else(|p| panic!("{}: {p}", case.json));
        }
    }
}

fn gradients_by_differences(case: &Case) {
    let loss = loss_of(case);
    let (t, p) = (case.tensor("y_true"), case.tensor("y_pred"));
    let value = |data: &[f64]| {
        let graph = Graph::new();
        let y_true = graph.constant(t.elements.clone(), &t.shape);
        let y_pred = graph.constant(data.to_vec(), &p.shape);
        run(&graph, &[], &[loss.value(y_true, y_pred, None, None).sum_all()])[0][0]
    };
    let graph = Graph::new();
    let (y_true, y_pred) = (graph.constant(t.elements.clone(), &t.shape), graph.input(DType::F64, &p.shape));
    let sum = loss.value(y_true, y_pred, None, None).sum_all();
    let gradient = graph.gradients(sum, &[y_pred])[0].expect("a gradient");
    let found = run(&graph, &[p.buffer(DType::F64)], &[gradient]).remove(0);
    for (k, found) in found.iter().enumerate() {
        let shifted = |by: f64| {
            let mut data = p.elements.clone();
            data[k] += by;
            value(&data)
        };
        let expected = (shifted(1e-6) - shifted(-1e-6)) / 2e-6;
        let bound = 1e-5 * expected.abs().max(1.0);
        assert!(
            (found - expected).abs() <= bound,
            "element {k} is {found}, differences give {expected}: {}",
            case.json
        );
    }
}

#[test]
fn gradients_equal_differences() {
    let mut seen = Vec::new();
    for case in &cases("training/losses") {
        let class = case.json["loss"]["class_name"].clone();
        if !seen.contains(&class) {
            gradients_by_differences(case);
            seen.push(class);
        }
    }
    assert_eq!(seen.len(), 22);
}

fn evaluated(f: impl for<'g> Fn(&'g Graph) -> Value<'g>) -> Vec<f64> {
    let graph = Graph::new();
    let value = f(&graph);
    run(&graph, &[], &[value]).remove(0)
}

#[test]
fn masked_steps_do_not_count() {
    let loss: AnyLoss = "mse".parse().expect("a loss");
    let masked = |reduction| {
        let loss = AnyLoss::from(argali::losses::MeanSquaredError::new().reduction(reduction));
        evaluated(|g| {
            let y_true = g.constant(vec![1.0, 2.0, 3.0, 4.0], &[2, 2, 1]);
            let mask = g.constant(vec![1.0, 0.0, 1.0, 1.0], &[2, 2]);
            loss.value(y_true, y_true.zeros_like(), None, Some(mask))
        })[0]
    };
    assert!((masked(Reduction::SumOverBatchSize) - 26.0 / 3.0).abs() < 1e-12);
    assert!((masked(Reduction::MeanWithSampleWeight) - 26.0 / 3.0).abs() < 1e-12);
    assert_eq!(masked(Reduction::Sum), 26.0);
    let nothing = evaluated(|g| {
        let y_true = g.constant(vec![1.0, 2.0], &[1, 2, 1]);
        loss.value(y_true, y_true.zeros_like(), None, Some(g.constant(vec![0.0, 0.0], &[1, 2])))
    });
    assert_eq!(nothing, [0.0]);
}

#[test]
fn a_weight_of_a_sample_weighs_all_its_steps() {
    let loss: AnyLoss = "mae".parse().expect("a loss");
    let weighted = evaluated(|g| {
        let y_true = g.constant(vec![1.0, 2.0, 3.0, 4.0], &[2, 2, 1]);
        loss.value(y_true, y_true.zeros_like(), Some(g.constant(vec![1.0, 10.0], &[2])), None)
    });
    assert_eq!(weighted, [73.0 / 4.0]);
}

#[test]
fn labels_out_of_range_have_no_value() {
    let loss = AnyLoss::from(SparseCategoricalCrossentropy::new());
    let found = evaluated(|g| {
        let y_pred = g.constant(vec![0.5, 0.5, 0.5, 0.5, 0.5, 0.5], &[3, 2]);
        loss.values(g.constant(vec![-1i64, 2, 1], &[3]), y_pred)
    });
    assert_equal(&"values", &found, &[0.0, 0.0, 2f64.ln()], DType::F64);
}

#[test]
fn integers_in_configs_stay_integers() {
    let config = serde_json::json!({
        "name": "bce", "reduction": "sum", "from_logits": true, "label_smoothing": 0, "axis": -1
    });
    let json = serde_json::json!({
        "module": "keras.losses", "class_name": "BinaryCrossentropy", "config": config, "registered_name": null
    });
    assert_eq!(AnyLoss::from_json(&json).expect("a loss").to_json(), json);
}

#[test]
fn every_name_of_keras() {
    let names = [
        ("mse", "MeanSquaredError"),
        ("MSE", "MeanSquaredError"),
        ("mean_squared_error", "MeanSquaredError"),
        ("MeanSquaredError", "MeanSquaredError"),
        ("mae", "MeanAbsoluteError"),
        ("MAPE", "MeanAbsolutePercentageError"),
        ("msle", "MeanSquaredLogarithmicError"),
        ("bce", "BinaryCrossentropy"),
        ("KLD", "KLDivergence"),
        ("kl_divergence", "KLDivergence"),
        ("cosine_similarity", "CosineSimilarity"),
        ("huber", "Huber"),
        ("log_cosh", "LogCosh"),
        ("categorical_hinge", "CategoricalHinge"),
        ("sparse_categorical_crossentropy", "SparseCategoricalCrossentropy"),
    ];
    for (name, class) in names {
        let loss: AnyLoss = name.parse().expect("a loss");
        assert_eq!(loss.to_json(), Json::from(name));
        assert!(format!("{loss:?}").contains(class), "{name}");
    }
    let named = |name: &str| name.parse::<AnyLoss>().expect("a loss").name().to_owned();
    assert_eq!(named("huber"), "huber");
    assert_eq!(named("Huber"), "huber_loss");
    let function = serde_json::json!({
        "module": "builtins", "class_name": "function", "config": "mean_squared_error", "registered_name": "function"
    });
    let loss = AnyLoss::from_json(&function).expect("a loss");
    assert_eq!((loss.name(), loss.to_json()), ("mean_squared_error", function));
}

/// Elements and shape.
type Given<'a> = (&'a [f64], &'a [usize]);

#[test]
fn crossentropy_is_chosen_by_shapes() {
    let loss: AnyLoss = "crossentropy".parse().expect("a loss");
    let value = |name: &str, y_true: Given<'_>, y_pred: Given<'_>| {
        let loss: AnyLoss = name.parse().expect("a loss");
        evaluated(|g| {
            let y_true = g.constant(y_true.0.to_vec(), y_true.1);
            loss.value(y_true, g.constant(y_pred.0.to_vec(), y_pred.1), None, None)
        })
    };
    let cases: [(&str, Given<'_>, Given<'_>); 4] = [
        ("binary_crossentropy", (&[1.0, 0.0], &[2, 1]), (&[0.8, 0.3], &[2, 1])),
        ("categorical_crossentropy", (&[0.0, 1.0], &[1, 2]), (&[0.8, 0.2], &[1, 2])),
        ("sparse_categorical_crossentropy", (&[1.0], &[1]), (&[0.8, 0.2], &[1, 2])),
        ("sparse_categorical_crossentropy", (&[1.0], &[1, 1]), (&[0.8, 0.2], &[1, 2])),
    ];
    for (name, y_true, y_pred) in cases {
        assert_eq!(value("ce", y_true, y_pred), value(name, y_true, y_pred), "{name}");
    }
    assert_eq!((loss.name(), loss.to_json()), ("crossentropy", Json::from("crossentropy")));
}

#[test]
fn mismatched_targets_are_refused_with_help() {
    let refused = |name: &str, y_true: &[Option<usize>], y_pred: &[Option<usize>]| {
        let loss: AnyLoss = name.parse().expect("a loss");
        let problem = loss.check(&Shape(y_true.to_vec()), &Shape(y_pred.to_vec())).expect_err("a mismatch");
        assert!(matches!(problem, Problem::Mismatch { .. }), "{problem:?}");
        (problem.to_string(), problem.help().unwrap_or_default())
    };
    let (message, help) = refused("sparse_categorical_crossentropy", &[None, Some(4)], &[None, Some(4)]);
    assert_eq!(
        message,
        "`sparse_categorical_crossentropy` can't compare targets of shape (None, 4) with outputs of shape (None, 4)"
    );
    assert_eq!(help, "one-hot targets take `categorical_crossentropy`");
    let (_, help) = refused("categorical_crossentropy", &[None], &[None, Some(4)]);
    assert_eq!(help, "integer labels take `sparse_categorical_crossentropy`, or make them one-hot");
    let (_, help) = refused("categorical_crossentropy", &[None, Some(1)], &[None, Some(1)]);
    assert_eq!(help, "an output of one unit takes `binary_crossentropy`");
    let (_, help) = refused("mse", &[None, Some(3)], &[None, Some(4)]);
    assert_eq!(help, "give targets of the output's shape (None, 4)");
    let (_, help) = refused("binary_crossentropy", &[None], &[None, Some(4)]);
    assert!(help.starts_with("for labels of one of 4 classes take `sparse_categorical_crossentropy`"), "{help}");
}

#[test]
fn wrong_configs_say_where() {
    let refused = |json: Json| AnyLoss::from_json(&json).expect_err("a problem");
    let problem = refused("mean_sqared_error".into());
    assert!(matches!(&problem, Problem::Class { nearest: Some(n), .. } if n == "mean_squared_error"), "{problem:?}");
    let problem = refused(serde_json::json!({"class_name": "Huber", "config": {"dela": 1.0}}));
    assert_eq!(problem.to_string(), "key `config.dela` is unknown, did you mean `delta`?");
    let problem = refused(serde_json::json!({"class_name": "Huber", "config": {"delta": "big"}}));
    assert!(problem.to_string().starts_with("key `config.delta` is \"big\""), "{problem}");
    let problem = refused(serde_json::json!({"class_name": "Huber", "config": {"reduction": "average"}}));
    assert!(problem.to_string().contains("`sum_over_batch_size`"), "{problem}");
    let class = "CategoricalGeneralizedCrossEntropy";
    let problem = refused(serde_json::json!({"class_name": class, "config": {"q": 1.5}}));
    assert_eq!(problem.to_string(), "has q 1.5, expected a number between 0 and 1, both excluded");
    assert!(refused(Json::from(3)).to_string().starts_with("key `loss` is 3"));
    let legacy = serde_json::json!({"class_name": "MeanSquaredError", "config": {"reduction": "auto", "fn": "mse"}});
    assert_eq!(AnyLoss::from_json(&legacy).expect("a loss").reduction(), Reduction::SumOverBatchSize);
}

object! {
    /// The mean of errors raised to a power.
    pub struct PowerError(Class::custom("PowerError", "tests>PowerError")) {
        /// The power.
        power: f64,
        ..
    }
}

impl Loss for PowerError {
    fn call<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        (y_true - y_pred).abs().powf(self.power).mean(&[y_pred.rank() - 1], false)
    }
}

#[test]
fn a_loss_of_ones_own() {
    let json = AnyLoss::from(PowerError::new(3.0)).to_json();
    assert!(matches!(AnyLoss::from_json(&json), Err(Problem::Class { .. })));
    let loss = AnyLoss::from_json_with(&json, &[LossClass::of::<PowerError>()]).expect("a loss");
    assert_eq!((loss.name(), loss.to_json()), ("power_error", json));
    let found = evaluated(|g| {
        let y_true = g.constant(vec![1.0, 2.0], &[2, 1]);
        loss.value(y_true, y_true.zeros_like(), None, None)
    });
    assert_eq!(found, [4.5]);
}
