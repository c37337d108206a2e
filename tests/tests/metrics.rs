//! The metrics: states, results and configs of real Keras.

use argali::engine::{Buffer, DType, Graph, Value};
use argali::losses::{AnyLoss, Huber};
use argali::metrics::{AUC, AnyMetric, F1Score, IoU, MeanMetric, Metric, MetricClass, Precision, Sum};
use argali::metrics::{SparseCategoricalAccuracy, State, TopKCategoricalAccuracy};
use argali::{Class, Json, Problem, Shape, object};
use argali_tests::{Case, Tensor, assert_equal, cases, run};

/// The metric of a case, with the options that Keras leaves out of its config.
fn metric_of(case: &Case) -> AnyMetric {
    let mut json = case.json["metric"].clone();
    for (key, value) in case.json["unsaved"].as_object().expect("options") {
        json["config"][key] = value.clone();
    }
    AnyMetric::from_json(&json).unwrap_or_else(|problem| panic!("{json}: {problem}"))
}

/// The states of a metric before the first batch.
fn fresh(metric: &AnyMetric, y_true: &[usize], y_pred: &[usize]) -> Vec<Buffer> {
    let filled = |state: &State| vec![state.initial; state.shape.iter().product()];
    metric.states(y_true, y_pred).iter().map(|s| Buffer::F64(filled(s)).cast(metric.dtype())).collect()
}

/// The states after a batch.
fn update(metric: &AnyMetric, states: Vec<Buffer>, batch: &[(Tensor, DType)]) -> Vec<Buffer> {
    let graph = Graph::new();
    let specs = metric.states(&batch[0].0.shape, &batch[1].0.shape);
    let before: Vec<_> = specs.iter().map(|s| graph.input(metric.dtype(), &s.shape)).collect();
    let given: Vec<_> = batch.iter().map(|(t, dtype)| graph.input(*dtype, &t.shape)).collect();
    let after = metric.update(&before, given[0], given[1], given.get(2).copied(), None);
    let data = batch.iter().map(|(t, dtype)| t.buffer(*dtype));
    let buffers: Vec<_> = states.into_iter().chain(data).collect();
    for (state, after) in specs.iter().zip(&after) {
        assert_eq!(state.shape, after.shape(), "{}", state.name);
    }
    run(&graph, &buffers, &after).into_iter().map(|s| Buffer::F64(s).cast(metric.dtype())).collect()
}

/// The type that Keras computes the result in: overlaps of regions are always in 32 bits.
fn result_dtype(case: &Case) -> DType {
    let overlap = case.json["metric"]["class_name"].as_str().is_some_and(|class| class.ends_with("IoU"));
    if overlap { DType::F32 } else { case.dtype() }
}

fn check_case(case: &Case) {
    let metric = metric_of(case);
    let (y_true, y_pred) = match case.list("values") {
        values if values.is_empty() => (case.list("y_true"), case.list("y_pred")),
        values => (values.clone(), values),
    };
    let names: Vec<_> = metric.states(&y_true[0].shape, &y_pred[0].shape).iter().map(|s| s.name).collect();
    assert_eq!(Json::from(names), case.json["state"], "{}", case.json);
    let shape = |tensor: &Tensor| Shape::from(&tensor.shape[..]);
    if case.list("values").is_empty() {
        metric.check(&shape(y_true[0]), &shape(y_pred[0])).unwrap_or_else(|p| panic!("{}: {p}", case.json));
    }
    let mut states = fresh(&metric, &y_true[0].shape, &y_pred[0].shape);
    for step in 0..y_true.len() {
        let mut batch = vec![(y_true[step].clone(), case.dtype()), (y_pred[step].clone(), case.dtype())];
        batch.extend(case.list("sample_weight").get(step).map(|w| (Tensor::clone(w), case.dtype())));
        states = update(&metric, states, &batch);
        let found: Vec<_> = states.iter().map(|s| s.as_slice().to_f64()).collect();
        for (found, expected) in found.iter().zip(case.list(&format!("state/{step}"))) {
            assert_equal(&format!("state {step} of {}", case.json), found, &expected.elements, case.dtype());
        }
        let expected = &case.tensor(&format!("result/{step}")).elements;
        assert_equal(&format!("result {step} of {}", case.json), &metric.result(&found), expected, result_dtype(case));
    }
}

#[test]
fn states_and_results() {
    let mut wrong = Vec::new();
    for case in cases("training/metrics") {
        if std::panic::catch_unwind(|| check_case(&case)).is_err() {
            wrong.push(case.json.to_string());
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn configs_are_keras_own() {
    for case in cases("training/metrics") {
        let metric = AnyMetric::from_json(&case.json["metric"]).expect("a metric");
        assert_eq!(metric.to_json(), case.json["metric"]);
        assert_eq!(metric.name(), case.json["metric"]["config"]["name"].as_str().expect("a name"));
        let json = metric_of(&case).to_json();
        assert_eq!(AnyMetric::from_json(&json).expect("a metric").to_json(), json);
    }
}

fn tensor(shape: &[usize], elements: &[f64]) -> (Tensor, DType) {
    (Tensor { shape: shape.to_vec(), elements: elements.to_vec(), integer: false }, DType::F64)
}

/// The result after one batch.
fn result(metric: &AnyMetric, batch: &[(Tensor, DType)]) -> Vec<f64> {
    let states = update(metric, fresh(metric, &batch[0].0.shape, &batch[1].0.shape), batch);
    metric.result(&states.iter().map(|s| s.as_slice().to_f64()).collect::<Vec<_>>())
}

fn named(name: &str) -> AnyMetric {
    name.parse().unwrap_or_else(|problem| panic!("{name}: {problem}"))
}

#[test]
fn every_name_of_keras() {
    let names = [
        "AUC",
        "auc",
        "Mean",
        "mean",
        "mse",
        "MSE",
        "mae",
        "MAPE",
        "msle",
        "bce",
        "BCE",
        "mean_squared_error",
        "RootMeanSquaredError",
        "root_mean_squared_error",
        "log_cosh_error",
        "cosine_similarity",
        "r2_score",
        "binary_accuracy",
        "BinaryAccuracy",
        "categorical_accuracy",
        "sparse_categorical_accuracy",
        "top_k_categorical_accuracy",
        "sparse_top_k_categorical_accuracy",
        "precision",
        "recall",
        "true_positives",
        "f1_score",
        "f_beta_score",
        "FBetaScore",
        "binary_io_u",
        "hinge",
        "squared_hinge",
        "kl_divergence",
        "poisson",
        "pearson_correlation",
        "concordance_correlation",
        "sum",
        "huber",
    ];
    for name in names {
        let metric = named(name);
        assert_eq!((metric.name(), metric.to_json()), (name, Json::from(name)));
    }
    let problem = "mean_io_u".parse::<AnyMetric>().expect_err("no number of classes");
    assert_eq!(problem.to_string(), "key `num_classes` is missing");
    let problem = "acuracy".parse::<AnyMetric>().expect_err("no metric");
    assert!(matches!(&problem, Problem::Class { nearest: Some(n), .. } if n == "accuracy"), "{problem:?}");
}

#[test]
fn accuracy_is_chosen_by_shapes() {
    let cases = [
        ("binary_accuracy", tensor(&[3, 1], &[1.0, 0.0, 1.0]), tensor(&[3, 1], &[0.8, 0.7, 0.9])),
        ("binary_accuracy", tensor(&[3], &[1.0, 0.0, 1.0]), tensor(&[3, 1], &[0.8, 0.7, 0.9])),
        ("categorical_accuracy", tensor(&[2, 2], &[1.0, 0.0, 0.0, 1.0]), tensor(&[2, 2], &[0.8, 0.2, 0.9, 0.1])),
        ("sparse_categorical_accuracy", tensor(&[2], &[0.0, 1.0]), tensor(&[2, 2], &[0.8, 0.2, 0.9, 0.1])),
        ("sparse_categorical_accuracy", tensor(&[2, 1], &[0.0, 1.0]), tensor(&[2, 2], &[0.8, 0.2, 0.9, 0.1])),
    ];
    for (name, y_true, y_pred) in cases {
        let expected = result(&named(name), &[y_true.clone(), y_pred.clone()]);
        for automatic in ["accuracy", "acc", "Accuracy"] {
            let metric = named(automatic);
            assert_eq!(result(&metric, &[y_true.clone(), y_pred.clone()]), expected, "{name}");
            assert_eq!((metric.name(), metric.to_json()), (automatic, Json::from(automatic)));
        }
    }
    let json = serde_json::json!({"module": "keras.metrics", "class_name": "Accuracy", "config": {}});
    let exact = AnyMetric::from_json(&json).expect("a metric");
    assert_eq!(result(&exact, &[tensor(&[2, 1], &[0.3, 1.0]), tensor(&[2, 1], &[0.3, 0.9])]), [0.5]);
}

#[test]
fn integer_labels_and_labels_out_of_range() {
    let labels = (Tensor { shape: vec![3], elements: vec![1.0, -1.0, 7.0], integer: true }, DType::I64);
    let scores = tensor(&[3, 2], &[0.1, 0.9, 0.1, 0.9, 0.1, 0.9]);
    let metric = AnyMetric::from(SparseCategoricalAccuracy::new());
    assert!((result(&metric, &[labels.clone(), scores.clone()])[0] - 1.0 / 3.0).abs() < 1e-6);
    let metric = named("sparse_top_k_categorical_accuracy");
    assert!((result(&metric, &[labels, scores])[0] - 1.0 / 3.0).abs() < 1e-6);
}

#[test]
fn losses_are_metrics() {
    let (y_true, y_pred) = (tensor(&[2, 1], &[0.0, 0.0]), tensor(&[2, 1], &[0.5, 3.0]));
    let loss = AnyMetric::from(AnyLoss::from(Huber::new()));
    assert_eq!(loss.to_json()["module"], "keras.losses");
    assert_eq!(AnyMetric::from_json(&loss.to_json()).expect("a metric").name(), "huber_loss");
    let function = serde_json::json!({
        "module": "builtins", "class_name": "function", "config": "huber", "registered_name": "function"
    });
    let wrapped = AnyMetric::from_json(&function).expect("a metric");
    assert_eq!((wrapped.name(), wrapped.to_json()), ("huber", function));
    for metric in [loss, wrapped, named("huber")] {
        assert_eq!(result(&metric, &[y_true.clone(), y_pred.clone()]), [1.3125]);
    }
}

/// The total after a batch of which the second step is masked.
fn masked(metric: AnyMetric) -> Vec<f64> {
    let graph = Graph::new();
    let states: Vec<_> =
        metric.states(&[1, 2, 1], &[1, 2, 1]).iter().map(|_| graph.full(DType::F32, &[], 0.0)).collect();
    let y_true = graph.constant(vec![2.0, 10.0], &[1, 2, 1]);
    let mask = graph.constant(vec![1.0, 0.0], &[1, 2]);
    let after = metric.update(&states, y_true, y_true.zeros_like(), None, Some(mask));
    metric.result(&run(&graph, &[], &after))
}

#[test]
fn means_leave_out_what_is_masked() {
    assert_eq!(masked(named("mae")), [2.0]);
    assert!(masked(named("root_mean_squared_error"))[0] > 2.0);
}

#[test]
fn wrong_options_and_shapes_are_refused() {
    let shape = |dims: &[usize]| Shape::of_samples(dims.to_vec());
    let refused = |metric: AnyMetric, t: &[usize], p: &[usize]| {
        let problem = metric.check(&shape(t), &shape(p)).expect_err("a problem");
        (problem.to_string(), problem.help().unwrap_or_default())
    };
    let (message, _) = refused(Precision::new().thresholds(1.5).into(), &[1], &[1]);
    assert_eq!(message, "has thresholds 1.5, expected numbers from 0 to 1");
    let (message, _) = refused(Precision::new().top_k(5).into(), &[3], &[3]);
    assert_eq!(message, "has top_k 5, expected at most 3");
    let (message, _) = refused(Precision::new().class_id(3).into(), &[3], &[3]);
    assert_eq!(message, "has class_id 3, expected below 3");
    let (message, _) = refused(AUC::new().num_thresholds(1).into(), &[1], &[1]);
    assert_eq!(message, "has num_thresholds 1, expected at least 2");
    let (message, _) = refused(AUC::new().multi_label(true).num_labels(2).into(), &[3], &[3]);
    assert_eq!(message, "`auc` has num_labels 2, found 3 labels");
    let (message, _) = refused(F1Score::new().into(), &[], &[3]);
    assert_eq!(message, "`f1_score` can't compare targets of shape (None,) with outputs of shape (None, 3)");
    let (message, _) = refused(IoU::new(2usize, vec![2]).into(), &[], &[]);
    assert_eq!(message, "has target_class_ids 2, expected classes below 2");
    let (message, _) = refused(TopKCategoricalAccuracy::new().k(0).into(), &[3], &[3]);
    assert_eq!(message, "has k 0, expected at least 1");
    let (message, _) = refused(Sum::new().dtype("floot").into(), &[3], &[3]);
    assert_eq!(message, "has dtype `floot`, expected such as `float32` or `float64`");
    let (_, help) = refused(named("sparse_categorical_accuracy"), &[4], &[4]);
    assert_eq!(help, "one-hot targets take `categorical_accuracy`");
    let json = serde_json::json!({"class_name": "AUC", "config": {"curve": "ROK"}});
    let problem = AnyMetric::from_json(&json).expect_err("a problem").to_string();
    assert!(problem.starts_with("key `config.curve` is \"ROK\": unknown variant `ROK`"), "{problem}");
}

object! {
    /// The largest error so far.
    pub struct LargestError(Class::custom("LargestError", "tests>LargestError")) { .. }
}

impl Metric for LargestError {
    fn states(&self, _: &[usize], _: &[usize]) -> Vec<State> {
        vec![State::zeros("largest", [])]
    }

    fn update<'g>(
        &self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        _: Option<Value<'g>>,
    ) -> Vec<Value<'g>> {
        let axes: Vec<_> = (0..y_pred.rank()).collect();
        vec![states[0].maximum((y_true - y_pred).abs().max(&axes, false))]
    }

    fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
        states[0].clone()
    }
}

object! {
    /// How many predictions are within a distance of their targets.
    pub struct Within(Class::custom("Within", "tests>Within")) {
        /// The distance.
        distance: f64,
        ..
    }
}

impl MeanMetric for Within {
    fn values<'g>(&self, y_true: Value<'g>, y_pred: Value<'g>) -> Value<'g> {
        let error = (y_true - y_pred).abs();
        error.full_like(self.distance).greater_equal(error)
    }
}

#[test]
fn metrics_of_ones_own() {
    let batch = [tensor(&[2, 1], &[1.0, 2.0]), tensor(&[2, 1], &[1.5, 5.0])];
    let own = [MetricClass::of::<LargestError>(), MetricClass::of::<Within>()];
    let (largest, within) = (AnyMetric::from(LargestError::new()), AnyMetric::from(Within::new(0.5)));
    for (metric, name, expected) in [(largest, "largest_error", 3.0), (within, "within", 0.5)] {
        assert!(matches!(AnyMetric::from_json(&metric.to_json()), Err(Problem::Class { .. })));
        let read = AnyMetric::from_json_with(&metric.to_json(), &own).expect("a metric");
        assert_eq!((read.name(), read.to_json()), (name, metric.to_json()));
        assert_eq!(result(&read, &batch), [expected]);
    }
}
