//! The three objects of the chain, shared and nested layers, and models that are built late.

use argali::engine::Value;
use argali::prelude::*;
use argali::{Call, Class, Layer, Problem, Shape, Weight, known, layer};
use ndarray::{Array2, Array3, Array4};

layer! {
    /// A learned factor for every channel.
    pub struct Gain(Class::custom("Gain", "tests>Gain")) {
        ..
        /// What every factor starts at. Default 1.
        start: f64 = 1.0,
    }
}

impl Layer for Gain {
    fn weights(&self, input: &Shape) -> argali::Result<Vec<Weight>, Problem> {
        Ok(vec![Weight::new("gain", [known(input.dim(-1), "channels", "gain")?], Constant(self.start.into()))])
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![call.input() * call.weights[0]]
    }
}

fn ones(samples: usize) -> Array3<f32> {
    Array3::ones((samples, 8, 3))
}

fn send_and_sync<T: Send + Sync + 'static>(_: &T) {}

#[test]
fn models_go_between_threads() {
    let model = Sequential::new().input([8, 3]).conv_1d(4, 3).build().unwrap();
    send_and_sync(&model);
    send_and_sync(&Conv1D::new(4, 3).shared());
    let expected = model.predict(&ones(3)).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..20).for_each(|_| assert_eq!(model.predict(&ones(3)).unwrap(), expected)));
        }
    });
}

#[test]
fn a_layer_on_nothing_starts_a_sequential() {
    let block = SeparableConv1D::new(4, 3).padding(Same).input_shape([8, 3]).max_pooling_1d(2);
    assert_eq!(block.build().unwrap().output_shape().unwrap().to_string(), "(None, 4, 4)");
    let fixed = Conv1D::new(4, 3).input_shape([8, 3]).batch_size(5).flatten().build().unwrap();
    assert_eq!(fixed.output_shape().unwrap().to_string(), "(5, 24)");
    let batch = Conv1D::new(4, 3).batch_input_shape([None, None, Some(3)]).flatten();
    assert!(batch.build().unwrap().output_shape().is_ok());
}

/// As in Keras: the batch size of an input binds only layers that keep states.
#[test]
fn any_number_of_samples_goes_through_a_fixed_batch() {
    let x = InputLayer::new([8, 3]).batch_size(4).tensor();
    let mut model = Model::new(&x, x.conv_1d(4, 3).batch_normalization().flatten().dense(1)).unwrap();
    let predicted = model.predict(&ones(7)).unwrap();
    assert_eq!(predicted.shape(), [7, 1]);
    model.compile("sgd", "mse", ()).unwrap();
    let fit = Fit::new().batch_size(3).verbose(Verbose::Silent);
    model.fit(&ones(7), &predicted, fit).unwrap();
    assert_eq!(model.iterations(), 3);

    let x = InputLayer::new([2, 8, 3]).batch_size(4).tensor();
    let stateful = Model::new(&x, x.conv_lstm_1d(2, 3).stateful(true)).unwrap();
    assert!(stateful.predict(&Array4::<f32>::ones((7, 2, 8, 3))).is_err());
    assert_eq!(stateful.predict(&Array4::<f32>::ones((8, 2, 8, 3))).unwrap().shape(), [8, 6, 2]);
}

#[test]
fn a_tensor_feeds_several_layers() {
    let x = input([8, 3]);
    let (a, b) = (x.conv_1d(4, 3).padding(Same).tensor(), x.conv_1d(4, 1).tensor());
    let model = Model::new(&x, concatenate([&a, &b]).global_max_pooling_1d()).unwrap();
    assert_eq!(model.predict(&ones(2)).unwrap().shape(), [2, 8]);
    let names: Vec<_> = model.layers().iter().map(|l| l.name()).collect();
    assert_eq!(names, ["input_layer", "conv1d", "conv1d_1", "concatenate", "global_max_pooling1d"]);
}

#[test]
fn a_shared_layer_has_one_set_of_weights() {
    let conv = Conv1D::new(4, 3).shared();
    let (left, right) = (input([8, 3]), input([8, 3]));
    let (a, b) = (left.layer(&conv), right.layer(&conv));
    let model = Model::new([&left, &right], subtract([&a, &b])).unwrap();
    assert_eq!(model.count_params(), 3 * 3 * 4 + 4);
    let zero = model.predict(&(ones(2), ones(2))).unwrap();
    assert!(zero.iter().all(|v| *v == 0.0));
    let alone = conv.apply(&ones(2)).unwrap();
    assert_eq!(alone, conv.apply(&ones(2)).unwrap());
    let wrong = input([8, 5]);
    assert!(wrong.layer(&conv).shape().unwrap_err().to_string().contains("sized by"));
}

#[test]
fn training_the_autoencoder_changes_the_encoder() {
    let x = input([6]);
    let code = x.dense(2).activation(Tanh).name("code").tensor();
    let encoder = Model::new(&x, &code).unwrap().seed(1);
    let mut autoencoder = Model::new(&x, code.dense(6)).unwrap().seed(1);
    let data = Array2::from_shape_fn((32, 6), |(i, j)| ((i * j) as f32).sin());
    let before = encoder.predict(&data).unwrap();
    let copy = encoder.clone();
    autoencoder.compile("sgd", "mse", ()).unwrap();
    autoencoder.fit(&data, &data, Fit::new().epochs(2).verbose(Verbose::Silent)).unwrap();
    assert_ne!(encoder.predict(&data).unwrap(), before);
    assert_eq!(copy.predict(&data).unwrap(), before, "a clone has weights of its own");
}

#[test]
fn models_nest_in_models() {
    let inner = Sequential::new().input([8, 3]).conv_1d(4, 3).flatten().build().unwrap().named("features");
    let (a, b) = (input([8, 3]), input([8, 3]));
    let both = concatenate([a.layer(&inner), b.layer(&inner)]).dense(1);
    let model = Model::new([&a, &b], both).unwrap();
    assert_eq!(model.predict(&(ones(2), ones(2))).unwrap().shape(), [2, 1]);
    assert_eq!(model.count_params(), inner.count_params() + 2 * 24 + 1);
    let json = model.to_json();
    assert_eq!(Model::from_json(&json).unwrap().to_json(), json);
    let stacked = Sequential::new().input([8, 3]).layer(&inner).dense(2).build().unwrap();
    assert_eq!(stacked.get_layer("features").unwrap().get_weights(), inner.get_weights().unwrap());
}

#[test]
fn models_without_input_are_built_by_data() {
    let model = Sequential::new().conv_1d(4, 3).flatten().dense(2).build().unwrap();
    assert!(model.output_shape().is_err());
    assert_eq!(model.predict(&ones(2)).unwrap().shape(), [2, 2]);
    assert_eq!(model.input_shape().unwrap().to_string(), "(None, 8, 3)");
    assert!(model.predict(&Array3::<f32>::ones((2, 9, 3))).is_err());
}

#[test]
fn unknown_lengths_run_on_any_length() {
    let model = Sequential::new().input([None, Some(3)]).conv_1d(4, 3).global_average_pooling_1d().build().unwrap();
    for steps in [3, 8, 50] {
        assert_eq!(model.predict(&Array3::<f32>::ones((2, steps, 3))).unwrap().shape(), [2, 4]);
    }
    let short = model.predict(&Array3::<f32>::ones((2, 2, 3))).unwrap_err().to_string();
    assert!(short.contains("slides a window of 3 steps over an input of 2"), "{short}");
}

#[test]
fn layers_are_added_and_taken_away() {
    let mut model = Sequential::new().input([4]);
    for units in [8, 8, 2] {
        model.add(Dense::new(units));
    }
    assert_eq!(model.pop().unwrap().class_name(), "Dense");
    let model = model.build().unwrap();
    assert_eq!(model.layers().len(), 3);
    assert_eq!(model.get_layer("dense_1").unwrap().name(), "dense_1");
    assert_eq!(model.layer_at(-1).unwrap().name(), "dense_1");
    assert!(model.get_layer("dens").unwrap_err().to_string().contains("did you mean `dense`?"));
    assert!(model.layer_at(7).is_err());
}

#[test]
fn a_layer_of_ones_own_is_like_any_other() {
    let mut model = Sequential::new()
        .seed(1)
        .input([8, 3])
        .layer(Gain::new().start(2.0).name("gain"))
        .flatten()
        .dense(1)
        .build()
        .unwrap();
    assert_eq!(model.get_layer("gain").unwrap().weights()[0].path, "gain/gain");
    model.compile("sgd", "mse", ()).unwrap();
    model.fit(&ones(4), &Array2::<f32>::zeros((4, 1)), Fit::new().verbose(Verbose::Silent)).unwrap();
    let trained = model.get_layer("gain").unwrap().get_weights();
    assert!(trained[0].iter().all(|v| *v != 2.0));
    let json = model.to_json();
    let read = Registry::default().with::<Gain>().model(&json).unwrap();
    assert_eq!(read.to_json(), json);
    assert!(matches!(Model::from_json(&json).unwrap_err().problem(), Problem::Class { .. }));
}

#[test]
fn initial_weights_are_taken() {
    let kernel = Array2::<f32>::from_elem((3, 2), 0.5);
    let bias = ndarray::array![1.0f32, -1.0];
    let y = Dense::new(2).weights((kernel, bias)).apply(&Array2::<f32>::ones((1, 3))).unwrap();
    assert_eq!(y.iter().copied().collect::<Vec<_>>(), [2.5, 0.5]);
    let wrong = Sequential::new().input([4]).dense(2).weights([Array2::<f32>::zeros((3, 2))]).build().unwrap_err();
    assert!(wrong.to_string().contains("weights"), "{wrong}");
}

#[test]
fn float64_runs_in_64_bits() {
    let model = Sequential::new()
        .input_layer(InputLayer::new([3]).dtype("float64"))
        .dense(2)
        .dtype(Float64)
        .kernel_initializer(Ones)
        .bias_initializer(Zeros)
        .build()
        .unwrap();
    let y = model.predict_as::<f64>(&Array2::from_elem((1, 3), 0.1f64), 32).unwrap();
    assert!((y[[0, 0]] - 0.3).abs() < 1e-15);
}

#[test]
fn activation_sets_the_option_or_adds_a_layer() {
    let set = Sequential::new().input([4]).dense(2).activation(Relu).build().unwrap();
    assert_eq!(set.layers().len(), 2);
    let added = Sequential::new().input([8, 3]).max_pooling_1d(2).activation(Relu).build().unwrap();
    assert_eq!(added.layers()[2].class_name(), "Activation");
    let always = Sequential::new().input([4]).dense(2).layer(Activation::new(Relu)).build().unwrap();
    assert_eq!(always.layers().len(), 3);
}

#[test]
fn any_view_is_an_input() {
    let model = Sequential::new().seed(3).input([4]).dense(2).build().unwrap();
    let x = Array2::from_shape_fn((3, 4), |(i, j)| (i * 4 + j) as f32);
    let expected = model.predict(&x).unwrap();
    let turned = x.t().as_standard_layout().to_owned();
    assert_eq!(model.predict(&turned.t()).unwrap(), expected);
    assert_eq!(model.predict(&x.mapv(|v| v as u8)).unwrap(), expected);
    assert_eq!(model.predict(&x.mapv(f64::from)).unwrap(), expected);
    let wide = Array2::from_shape_fn((3, 8), |(i, j)| x[[i, j / 2]]);
    assert_eq!(model.predict(&wide.slice(ndarray::s![.., ..;2])).unwrap(), expected);
}
