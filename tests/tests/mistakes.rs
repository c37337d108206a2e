//! Mistakes on purpose: each names the layer, the option, what was found and expected, the line, and what helps.

use argali::engine::Value;
use argali::prelude::*;
use argali::training::OnBatch;
use argali::{Call, Class, Error, Layer, Problem, Shape, View, layer};
use ndarray::{Array1, Array2, Array3};

/// Checks the text of an error, and that its line is the one below `line!()` where it was made.
#[track_caller]
fn check(error: &Error, line: u32, parts: &[&str]) {
    let text = error.to_string();
    for part in parts {
        assert!(text.contains(part), "`{part}` is missing in\n{text}");
    }
    let at = error.location().expect("a line of the source");
    assert!(at.file().ends_with("mistakes.rs"), "{at}");
    assert!((line..line + 6).contains(&at.line()), "made near line {line}, named {}", at.line());
}

#[test]
fn a_window_longer_than_the_input() {
    let line = line!();
    let chain = Sequential::new().input([5, 3]).separable_conv_1d(8, 7).dilation_rate(2).dense(3);
    let error = chain.build().unwrap_err();
    check(
        &error,
        line,
        &[
            "`separable_conv1d` slides a window of 13 steps (kernel_size 7, dilation_rate 2) over an input of 5",
            "input: (None, 5, 3)",
            "`.padding(Same)` gives 5 steps, or take kernel_size up to 3 at this dilation",
        ],
    );
    // The help is true: both ways out build.
    assert!(Sequential::new().input([5, 3]).separable_conv_1d(8, 7).dilation_rate(2).padding(Same).build().is_ok());
    assert!(Sequential::new().input([5, 3]).separable_conv_1d(8, 3).dilation_rate(2).build().is_ok());
    assert!(Sequential::new().input([5, 3]).separable_conv_1d(8, 4).dilation_rate(2).build().is_err());
}

#[test]
fn a_wrong_rank() {
    let x = input([16]);
    let line = line!();
    let y = x.dense(8).max_pooling_1d(2).name("pool").dense(3);
    let error = Model::new(&x, y).unwrap_err();
    check(
        &error,
        line,
        &["`pool` reads (batch, steps, channels), found 2 axes", "input: (None, 8)", "an axis is missing"],
    );
    assert!(matches!(error.problem(), Problem::Rank { found: 2, .. }));
}

#[test]
fn numbers_out_of_range() {
    let builds = [
        Sequential::new().input([8, 4]).conv_1d(0, 3).build(),
        Sequential::new().input([8, 4]).separable_conv_1d(4, 0).build(),
        Sequential::new().input([8, 4]).separable_conv_1d(4, 3).depth_multiplier(0).build(),
        Sequential::new().input([8, 4]).conv_1d(6, 3).groups(4).build(),
        Sequential::new().input([8, 4]).conv_1d(4, 3).groups(3).build(),
        Sequential::new().input([8, 4]).conv_1d(4, 3).strides(2).dilation_rate(2).build(),
        Sequential::new().input([8, 4]).max_pooling_1d(0).build(),
        Sequential::new().input([8, 4]).dropout(1.5).build(),
        Sequential::new().input([8, 4]).dense(0).build(),
        Sequential::new().input([8, 4]).reshape([5, 5]).build(),
    ];
    let options = [
        "filters",
        "kernel_size",
        "depth_multiplier",
        "groups",
        "groups",
        "dilation",
        "pool_size",
        "rate",
        "units",
        "",
    ];
    for (i, (built, option)) in builds.into_iter().zip(options).enumerate() {
        let error = built.err().unwrap_or_else(|| panic!("mistake {i} builds")).to_string();
        assert!(error.contains(option) && error.contains("help:") && error.contains("mistakes.rs"), "{i}: {error}");
    }
    // Separable and depthwise layers compute what Conv refuses.
    let both = Sequential::new().input([16, 4]).separable_conv_1d(4, 3).strides(2).dilation_rate(2);
    assert_eq!(both.build().unwrap().output_shape().unwrap().to_string(), "(None, 6, 4)");
}

#[test]
fn an_unknown_channel_axis() {
    let error = Sequential::new().input([Some(8), None]).conv_1d(4, 3).build().unwrap_err();
    assert!(matches!(error.problem(), Problem::Unknown { .. }), "{error}");
    assert!(error.to_string().contains("channels"), "{error}");
}

#[test]
fn one_name_twice() {
    let error = Sequential::new().input([4]).dense(2).name("a").dense(2).name("a").build().unwrap_err();
    assert_eq!(error.problem(), &Problem::DuplicateName);
    assert_eq!(error.layer(), Some("a"));
}

#[test]
fn an_input_that_is_not_given() {
    let (x, z) = (input([4]), input([4]));
    let error = Model::new(&x, add([&x, &z])).unwrap_err();
    assert!(error.to_string().contains("none of the model's inputs"), "{error}");
}

fn classifier() -> Model {
    let mut model =
        Sequential::new().seed(1).input([6, 2]).flatten().dense(3).activation(Softmax).name("out").build().unwrap();
    model.compile("adam", SparseCategoricalCrossentropy::new(), ["accuracy"]).unwrap();
    model
}

#[test]
fn data_that_does_not_fit() {
    let mut model = classifier();
    let before = model.get_weights().unwrap();
    let x = Array3::<f32>::zeros((10, 6, 2));
    let mut fit = |x: &dyn argali::Arrays, y: &dyn argali::Arrays| {
        model.fit(&x.views(), &y.views(), Fit::new().verbose(Verbose::Silent)).unwrap_err().to_string()
    };
    let one_hot = fit(&x, &Array2::<f32>::zeros((10, 3)));
    assert!(one_hot.contains("one-hot targets take `categorical_crossentropy`"), "{one_hot}");
    let count = fit(&x, &Array1::<i32>::zeros(9));
    assert!(count.contains('9') && count.contains("10"), "{count}");
    let rank = fit(&Array2::<f32>::zeros((10, 12)), &Array1::<i32>::zeros(10));
    assert!(rank.contains("(10, 12)") && rank.contains("(None, 6, 2)"), "{rank}");
    let empty = fit(&Array3::<f32>::zeros((0, 6, 2)), &Array1::<i32>::zeros(0));
    assert!(empty.contains("no samples"), "{empty}");
    assert_eq!(model.get_weights().unwrap(), before, "nothing half-done");
    assert_eq!(model.predict(&Array3::<f32>::zeros((0, 6, 2))).unwrap().shape(), [0, 3]);
    let nan = model.predict(&Array3::from_elem((1, 6, 2), f32::NAN)).unwrap();
    assert!(nan.iter().all(|v| v.is_nan()));
}

#[test]
fn a_loss_that_is_not_finite() {
    let x = Array3::from_elem((8, 6, 2), f32::NAN);
    let y = Array1::<i32>::zeros(8);
    let mut model = classifier();
    let before = model.get_weights().unwrap();
    let error = model.fit(&x, &y, Fit::new().verbose(Verbose::Silent)).unwrap_err();
    assert_eq!(error.problem(), &Problem::NanLoss { epoch: 0, batch: 0 });
    assert_eq!(model.get_weights().unwrap(), before, "nothing half-done");
    assert_eq!(model.iterations(), 0);
    let history = model.fit(&x, &y, Fit::new().verbose(Verbose::Silent).callback(TerminateOnNaN)).unwrap();
    assert!(history.epochs.is_empty());
}

#[test]
fn training_before_compiling() {
    let mut model = Sequential::new().input([2]).dense(1).build().unwrap();
    let x = Array2::<f32>::zeros((2, 2));
    let error = model.fit(&x, &x, Fit::new()).unwrap_err().to_string();
    assert!(error.contains("not compiled") && error.contains("compile"), "{error}");
    assert!(model.compile("adan", "mse", ()).unwrap_err().to_string().contains("did you mean `Adam`?"));
    assert!(model.compile("adam", "msee", ()).unwrap_err().to_string().contains("mse"));
    assert!(model.compile("adam", "mse", ["acuracy"]).unwrap_err().to_string().contains("accuracy"));
}

#[test]
fn json_with_mistakes_says_where() {
    let good = Sequential::new().input([8, 4]).separable_conv_1d(4, 3).build().unwrap().to_json();
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        Model::from_json(&good.replacen(from, to, 1)).unwrap_err().to_string()
    };
    let unknown_key = with("\"depth_multiplier\"", "\"depth_multiplyer\"");
    assert!(
        unknown_key.contains("separable_conv1d") && unknown_key.contains("did you mean `depth_multiplier`?"),
        "{unknown_key}"
    );
    let class = with("\"class_name\":\"SeparableConv1D\"", "\"class_name\":\"SeperableConv1D\"");
    assert!(class.contains("SeparableConv1D"), "{class}");
    let wrong_type = with("\"filters\":4", "\"filters\":\"four\"");
    assert!(wrong_type.contains("filters") && wrong_type.contains("four"), "{wrong_type}");
    let negative = with("\"filters\":4", "\"filters\":-4");
    assert!(negative.contains("filters") && negative.contains("-4"), "{negative}");
    let initializer = with("\"GlorotUniform\"", "\"GlorotUnifrom\"");
    assert!(initializer.contains("depthwise_initializer") && initializer.contains("GlorotUniform"), "{initializer}");
    let broken = with("\"layers\":", "\"layers\"");
    assert!(broken.starts_with("not JSON: ") && broken.contains("line 1"), "{broken}");
    let model = Model::from_json(r#"{"class_name": "Sequentiel", "config": {}}"#).unwrap_err().to_string();
    assert!(model.contains("did you mean `Sequential`?"), "{model}");
    let activation = with("\"linear\"", "\"liner\"");
    assert!(activation.contains("activation") && activation.contains("linear"), "{activation}");
}

#[test]
fn sample_weights_of_another_length() {
    let (x, y) = (Array3::<f32>::zeros((10, 6, 2)), Array1::<i32>::zeros(10));
    for length in [0, 3, 11] {
        let weights = Array1::<f32>::ones(length);
        let fit = || Fit::new().verbose(Verbose::Silent);
        let errors = [
            classifier().fit(&x, &y, fit().sample_weight(&weights)).unwrap_err(),
            classifier().fit(&x, &y, fit().sample_weight(&weights).class_weight([(0, 2.0)])).unwrap_err(),
            classifier().fit(&x, &y, fit().validation_data(&x, &y).validation_sample_weight(&weights)).unwrap_err(),
            classifier().evaluate_with(&x, &y, Evaluate::new().sample_weight(&weights)).unwrap_err(),
        ];
        for error in errors {
            let text = error.to_string();
            assert!(text.contains(&format!("sample weights for {length} samples, inputs for 10")), "{text}");
        }
    }
}

#[test]
fn inputs_of_different_lengths() {
    let (a, b) = (input([2]), input([2]));
    let mut model = Model::new([&a, &b], add([&a, &b]).dense(1)).unwrap();
    model.compile("sgd", "mse", ()).unwrap();
    let (long, short, scalar) = (Array2::<f32>::zeros((8, 2)), Array2::<f32>::zeros((3, 2)), ndarray::arr0(1.0f32));
    let y = Array2::<f32>::zeros((8, 1));
    let fit = Fit::new().verbose(Verbose::Silent);
    let error = model.fit(&(&long, &short), &y, fit.validation_split(0.5)).unwrap_err().to_string();
    assert!(error.contains("inputs have 8 and 3 samples"), "{error}");
    assert!(model.evaluate(&(&scalar, &scalar), &y).is_err());
    assert!(model.evaluate(&(&long, &long), &scalar).is_err());
}

#[test]
fn factors_out_of_range() {
    use argali::constraints::Constraint;
    let dense = || Dense::new(2).input_shape([4]);
    let layers = [
        dense().kernel_regularizer(L2(f64::NAN)),
        dense().bias_regularizer(L1(-1.0)),
        dense().activity_regularizer(L2(f64::INFINITY)),
        dense().kernel_constraint(Constraint::max_norm(f64::NAN)),
    ];
    for (layer, option) in layers.into_iter().zip(["l2", "l1", "l2", "max_value"]) {
        let mut model = Sequential::new();
        model.add(layer);
        let error = model.build().unwrap_err().to_string();
        assert!(error.contains("`dense` has ") && error.contains(option), "{error}");
    }
    let mut model = classifier();
    let error = model.compile(Adam::new().clipnorm(1.0).clipvalue(2.0), "mse", ()).unwrap_err().to_string();
    assert!(error.contains("`Adam` has clipvalue 2.0, expected none beside clipnorm"), "{error}");
    assert!(model.set_learning_rate(f64::NAN).is_err());
    assert!(model.compile(Adam::new().learning_rate(f64::NAN), "mse", ()).is_err());
}

#[test]
fn errors_and_models_are_short_for_debugging() {
    let error = Sequential::new().build().unwrap().get_weights().unwrap_err();
    assert_eq!(format!("{error:?}"), error.to_string());
    assert!(error.to_string().starts_with("the model has no input"), "{error}");
    let x = input([3]);
    let doubled = (0..64).fold(x.clone(), |y, _| add([&y, &y]).tensor());
    assert_eq!(format!("{doubled:?}"), "Tensor (None, 3) of `add`");
    let model = Model::new(&x, doubled.dense(1000)).unwrap();
    model.get_weights().unwrap();
    assert!(format!("{model:?} {:?} {:?}", model.layers(), model.weights()).len() < 10_000);
}

#[test]
fn batches_of_nothing() {
    let (x, y) = (Array3::<f32>::zeros((10, 6, 2)), Array1::<i32>::zeros(10));
    let mut model = classifier();
    let errors = [
        model.predict_as::<f32>(&x, 0).unwrap_err(),
        model.evaluate_with(&x, &y, Evaluate::new().batch_size(0)).unwrap_err(),
        model.fit(&x, &y, Fit::new().batch_size(0)).unwrap_err(),
    ];
    for error in errors {
        assert!(error.to_string().contains("has batch_size 0, expected a number above 0"), "{error}");
    }
}

layer! {
    /// Says that its output has another shape than it has.
    pub struct Misdeclared(Class::custom("Misdeclared", "mine>Misdeclared")) {
        /// What it says.
        shape: Vec<usize>,
        ..
    }
}

impl Layer for Misdeclared {
    fn output_shape(&self, _: &Shape) -> Result<Shape, Problem> {
        Ok(Shape::new(self.shape.iter().copied()))
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        if self.shape.is_empty() { Vec::new() } else { vec![call.input()] }
    }
}

#[test]
fn layers_that_compute_something_else_than_they_say() {
    let x = Array2::<f32>::zeros((10, 8));
    for (shape, says) in [(vec![3, 4], "computes (10, 8), expected (3, 4)"), (vec![], "computes nothing, expected ()")]
    {
        let line = line!();
        let model = Sequential::new().input([8]).layer(Misdeclared::new(shape)).build().unwrap();
        let error = model.predict(&x).unwrap_err();
        check(&error, line, &["`misdeclared`", says, "output_shape"]);
    }
}

#[test]
fn what_concerns_a_loss_or_a_metric_names_it() {
    let mut model = classifier();
    let mut compile =
        |metric: argali::metrics::AnyMetric| model.compile("sgd", "mse", [metric]).unwrap_err().to_string();
    assert!(compile(AUC::new().num_thresholds(0).into()).starts_with("`AUC` has num_thresholds 0"));
    assert!(compile(TopKCategoricalAccuracy::new().k(0).into()).starts_with("`TopKCategoricalAccuracy` has k 0"));
    let (x, one_hot) = (Array3::<f32>::zeros((10, 6, 2)), Array2::<f32>::zeros((10, 3)));
    let mut model = classifier();
    model.compile("sgd", "mse", [Precision::new().class_id(9)]).unwrap();
    let fit = || Fit::new().verbose(Verbose::Silent);
    let error = model.fit(&x, &one_hot, fit()).unwrap_err().to_string();
    assert!(error.starts_with("`Precision` has class_id 9, expected below 3"), "{error}");
    model.compile("sgd", "mse", ()).unwrap();
    let weights = Array2::<f32>::ones((10, 7));
    let error = model.fit(&x, &one_hot, fit().sample_weight(&weights)).unwrap_err().to_string();
    assert!(error.contains("sample weights of shape [10, 7] for losses of shape [10]"), "{error}");
}

#[test]
fn validation_weights_are_those_of_validation_data() {
    let (x, y) = (Array3::<f32>::from_elem((10, 6, 2), 1.0), Array1::<i32>::zeros(10));
    let zeros = Array1::<f32>::zeros(10);
    let fit = || Fit::new().verbose(Verbose::Silent);
    for options in [
        fit().validation_sample_weight(&zeros).validation_data(&x, &y),
        fit().validation_data(&x, &y).validation_sample_weight(&zeros),
    ] {
        assert_eq!(classifier().fit(&x, &y, options).unwrap().last("val_loss"), Some(0.0));
    }
    let error = classifier().fit(&x, &y, fit().validation_sample_weight(&zeros)).unwrap_err().to_string();
    assert!(error.contains("validation_sample_weight without data"), "{error}");
    assert!(classifier().fit(&x, &y, fit().validation_data(&x, &y).validation_steps(0)).is_err());
}

#[test]
fn class_weights_meet_sample_weights_sample_by_sample() {
    let (x, y) = (Array2::<f32>::ones((2, 3)), ndarray::array![[0.0f32, 0.0], [1.0, 1.0]]);
    let loss = |options: OnBatch<'_>| {
        let mut model =
            Sequential::new().input([3]).dense(2).kernel_initializer(Zeros).reshape([2, 1]).build().unwrap();
        model.compile("sgd", "mse", ()).unwrap();
        model.train_on_batch_with(&x, &y.clone().insert_axis(ndarray::Axis(2)), options).map(|logs| logs["loss"])
    };
    let steps = ndarray::array![[1.0f32, 1.0], [0.0, 3.0]];
    assert_eq!(loss(OnBatch::new().sample_weight(&steps)).unwrap(), 0.75);
    assert_eq!(loss(OnBatch::new().sample_weight(&steps).class_weight([(0, 2.0)])).unwrap(), 1.5);
    let short = Array1::<f32>::ones(1);
    assert!(loss(OnBatch::new().sample_weight(&short).class_weight([(0, 2.0)])).is_err());
}

#[test]
fn models_as_layers_are_named() {
    let inner = Sequential::new().input([8]).dense(2).build().unwrap().named("inner");
    let error = Sequential::new().input([8]).layer(&inner).layer(&inner).build().unwrap_err();
    assert!(error.to_string().starts_with("`inner`: the model takes an input of shape (None, 8), found (None, 2)"));
    let mut out = Array2::<f64>::zeros((4, 2));
    let x = Array2::<f32>::zeros((4, 8));
    let error = inner.predict_into::<f64>(&[View::of(&x)], &mut [out.view_mut().into_dyn()]).unwrap_err().to_string();
    assert!(error.contains("expected float32 [4, 2]"), "{error}");
}
