//! The models that are made here for Keras: every layer, every optimizer, and the kinds of networks.

use argali::layers;
use argali::optimizers::AnyOptimizer;
use argali::prelude::*;
use argali::schedules::{
    CosineDecay, CosineDecayRestarts, ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay,
};
use argali::training::IntoOptimizer;
use argali::{Result, SharedLayer};

/// What an output is compared with.
pub(crate) enum Targets {
    Normal,
    Labels,
}

/// A model, compiled if it is to be trained.
pub(crate) struct Made {
    pub(crate) model: Result<Model>,
    pub(crate) targets: Vec<Targets>,
    /// Length of the axes that the model leaves open.
    pub(crate) length: usize,
    /// Steps of training before it is left; 0 where training draws random numbers.
    pub(crate) steps: usize,
}

/// All models, by name.
pub(crate) fn all() -> Vec<(String, Made)> {
    let mut all: Vec<(String, Made)> = Vec::new();
    for (name, optimizer) in optimizers() {
        all.push((format!("optimizer_{name}"), regression(small(), optimizer)));
    }
    let cycle = ["adam", "sgd_momentum", "rmsprop", "nadam", "adamw", "adagrad"];
    let optimizer = |i: usize| {
        let named = optimizers().into_iter().find(|(name, _)| *name == cycle[i % cycle.len()]);
        named.map(|(_, optimizer)| optimizer).expect("a known optimizer")
    };
    for (i, (name, model)) in sequentials().into_iter().chain(networks()).enumerate() {
        all.push((name.into(), regression(model, optimizer(i))));
    }
    all.extend(
        random().into_iter().map(|(name, model)| (name.into(), Made { steps: 0, ..regression(model, optimizer(0)) })),
    );
    all.push(("classifier".into(), classifier()));
    all.push(("two_outputs".into(), two_outputs()));
    all
}

fn regression(model: Result<Model>, optimizer: AnyOptimizer) -> Made {
    let compiled = model.and_then(|mut model| {
        let losses = model.outputs().iter().map(|_| Some("mse")).collect::<Vec<_>>();
        model.compile_with(if losses.len() > 1 {
            Compile::new(optimizer, losses)
        } else {
            Compile::new(optimizer, "mse")
        })?;
        Ok(model)
    });
    Made { model: compiled, targets: vec![Targets::Normal, Targets::Normal], length: 7, steps: 3 }
}

fn small() -> Result<Model> {
    Sequential::new().input([6, 3]).conv_1d(4, 3).activation(Tanh).flatten().dense(5).activation(Tanh).dense(2).build()
}

fn optimizers() -> Vec<(&'static str, AnyOptimizer)> {
    fn any(optimizer: impl IntoOptimizer) -> AnyOptimizer {
        optimizer.into_optimizer().expect("an optimizer")
    }
    vec![
        ("sgd", any(SGD::new().learning_rate(0.05))),
        ("sgd_momentum", any(SGD::new().learning_rate(0.05).momentum(0.9).nesterov(true))),
        ("rmsprop", any(RMSprop::new().learning_rate(0.005).momentum(0.5).centered(true))),
        ("adagrad", any(Adagrad::new().learning_rate(0.05))),
        ("adadelta", any(Adadelta::new().learning_rate(0.5))),
        ("adam", any(Adam::new().learning_rate(0.01))),
        ("adam_amsgrad", any(Adam::new().learning_rate(0.01).amsgrad(true).clipnorm(0.1))),
        ("adamw", any(AdamW::new().learning_rate(0.01).weight_decay(0.1))),
        ("adamax", any(Adamax::new().learning_rate(0.01).clipvalue(0.05))),
        ("nadam", any(Nadam::new().learning_rate(0.01).global_clipnorm(0.2))),
        ("ftrl", any(Ftrl::new().learning_rate(0.05).l1_regularization_strength(0.001))),
        ("lion", any(Lion::new().learning_rate(0.002))),
        ("lamb", any(Lamb::new().learning_rate(0.01))),
        ("adafactor", any(Adafactor::new().learning_rate(0.01))),
        ("muon", any(Muon::new().learning_rate(0.01))),
        ("ema", any(Adam::new().learning_rate(0.01).use_ema(true).ema_momentum(0.8).ema_overwrite_frequency(2))),
        ("accumulation", any(SGD::new().learning_rate(0.05).momentum(0.9).gradient_accumulation_steps(2))),
        ("loss_scale", any(Adam::new().learning_rate(0.01).loss_scale_factor(16.0))),
        ("exponential", any(Adam::new().learning_rate(ExponentialDecay::new(0.02, 3, 0.5)))),
        ("piecewise", any(SGD::new().learning_rate(PiecewiseConstantDecay::new([2, 5], [0.05, 0.02, 0.01])))),
        ("polynomial", any(RMSprop::new().learning_rate(PolynomialDecay::new(0.01, 6).power(2.0)))),
        ("inverse_time", any(Adagrad::new().learning_rate(InverseTimeDecay::new(0.05, 2, 0.5)))),
        ("cosine", any(AdamW::new().learning_rate(CosineDecay::new(0.001, 8).warmup_target(0.02).warmup_steps(4)))),
        ("restarts", any(Nadam::new().learning_rate(CosineDecayRestarts::new(0.02, 3)))),
    ]
}

fn on<D: argali::IntoDim>(shape: impl IntoIterator<Item = D>) -> Sequential {
    Sequential::new().seed(5).input(shape)
}

fn sequentials() -> Vec<(&'static str, Result<Model>)> {
    vec![
        ("activations", activations()),
        ("shapes", on([4, 6]).permute([2, 1]).reshape([3, 8]).dense(4).flatten().repeat_vector(3).dense(2).build()),
        (
            "batch_normalization",
            on([6, 6, 2]).conv_2d(3, 3).use_bias(false).batch_normalization().momentum(0.8).flatten().dense(2).build(),
        ),
        (
            "normalizations",
            on([8, 4])
                .layer_normalization()
                .dense(6)
                .group_normalization()
                .groups(2)
                .unit_normalization()
                .dense(2)
                .build(),
        ),
        (
            "preprocessing",
            on([4])
                .layer(Normalization::new().mean([0.5, -1.0, 0.0, 2.0].into()).variance([1.0, 4.0, 0.5, 2.0].into()))
                .rescaling(0.5)
                .offset(-0.1)
                .identity()
                .activity_regularization()
                .l1(0.01)
                .dense(2)
                .build(),
        ),
        (
            "conv_1d",
            on([8, 3])
                .conv_1d(4, 3)
                .padding(Causal)
                .dilation_rate(2)
                .activation(Tanh)
                .conv_1d_transpose(3, 3)
                .strides(2)
                .separable_conv_1d(4, 3)
                .depth_multiplier(2)
                .depthwise_conv_1d(3)
                .padding(Same)
                .build(),
        ),
        (
            "conv_2d",
            on([6, 6, 2])
                .conv_2d(4, 3)
                .padding(Same)
                .activation(Tanh)
                .separable_conv_2d(3, 3)
                .depthwise_conv_2d(3)
                .conv_2d_transpose(2, 3)
                .build(),
        ),
        ("conv_3d", on([4, 4, 4, 2]).conv_3d(3, 2).activation(Tanh).conv_3d_transpose(2, 2).build()),
        (
            "conv_lstm_1d",
            on([3, 6, 2]).conv_lstm_1d(3, 3).return_sequences(true).conv_lstm_1d(2, 3).padding(Same).build(),
        ),
        ("conv_lstm_2d", on([3, 4, 4, 2]).conv_lstm_2d(2, 2).build()),
        ("conv_lstm_3d", on([2, 3, 3, 3, 1]).conv_lstm_3d(2, 2).build()),
        (
            "pooling_1d",
            on([8, 3]).conv_1d(4, 1).max_pooling_1d(2).average_pooling_1d(2).global_max_pooling_1d().dense(2).build(),
        ),
        (
            "pooling_2d",
            on([6, 6, 2])
                .conv_2d(3, 1)
                .max_pooling_2d(2)
                .average_pooling_2d(2)
                .global_average_pooling_2d()
                .dense(2)
                .build(),
        ),
        (
            "pooling_3d",
            on([4, 4, 4, 2])
                .conv_3d(3, 1)
                .max_pooling_3d(2)
                .average_pooling_3d(2)
                .global_max_pooling_3d()
                .dense(2)
                .build(),
        ),
        (
            "margins_1d",
            on([8, 3]).cropping_1d((1, 2)).dense(3).zero_padding_1d(2).upsampling_1d(2).conv_1d(2, 3).build(),
        ),
        (
            "margins_2d",
            on([6, 6, 2])
                .cropping_2d([(1, 0), (0, 1)])
                .dense(3)
                .zero_padding_2d([1, 2])
                .upsampling_2d(2)
                .interpolation(Bilinear)
                .conv_2d(2, 3)
                .build(),
        ),
        (
            "margins_3d",
            on([4, 4, 4, 2]).cropping_3d(1).dense(3).zero_padding_3d(1).upsampling_3d(2).conv_3d(2, 3).build(),
        ),
        ("masking", on([6, 3]).masking(0.0).dense(4).activation(Tanh).global_average_pooling_1d().dense(2).build()),
        ("open_steps", on([None, Some(3)]).conv_1d(4, 3).activation(Tanh).global_average_pooling_1d().dense(2).build()),
        ("open_image", on([None, None, Some(2)]).conv_2d(3, 3).activation(Tanh).conv_2d(2, 1).build()),
        (
            "regularized",
            on([4])
                .dense(5)
                .activation(Tanh)
                .kernel_regularizer(L2(0.03))
                .kernel_constraint(MaxNorm { max_value: 0.8.into(), axis: 0.into() })
                .dense(2)
                .activity_regularizer(L1L2 { l1: 0.01, l2: 0.02 })
                .build(),
        ),
        ("frozen", on([6, 3]).conv_1d(4, 3).trainable(false).flatten().dense(2).build()),
    ]
}

fn activations() -> Result<Model> {
    on([5])
        .dense(6)
        .relu()
        .negative_slope(0.1)
        .dense(6)
        .leaky_relu()
        .negative_slope(0.2)
        .dense(6)
        .elu()
        .dense(6)
        .prelu()
        .dense(6)
        .activation(Gelu)
        .dense(3)
        .layer(Activation::new(Silu))
        .layer(layers::Softmax::new())
        .build()
}

fn networks() -> Vec<(&'static str, Result<Model>)> {
    vec![
        ("merging", merging()),
        ("global_pooling", global_pooling()),
        ("shared_layers", shared_layers()),
        ("nested_twice", nested_twice()),
        ("nested_deeply", nested_deeply()),
        ("residual", residual()),
        ("arithmetic", arithmetic()),
        ("arithmetic_with_arrays", arithmetic_with_arrays()),
        ("merging_one", merging_one()),
        ("hidden_output", hidden_output()),
        ("frozen_nested", frozen_nested()),
    ]
}

fn merging() -> Result<Model> {
    let (a, b) = (input([4]), input([4]));
    let (one, other) = (a.dense(4).activation(Tanh).tensor(), b.dense(4).activation(Tanh).tensor());
    let both = [&one, &other];
    let merged = [
        add(both).tensor(),
        subtract(both).tensor(),
        multiply(both).tensor(),
        average(both).tensor(),
        maximum(both).tensor(),
        minimum(both).tensor(),
    ];
    Model::new([&a, &b], concatenate(&merged).dense(2))
}

fn global_pooling() -> Result<Model> {
    let (sequence, image, volume) = (input([6, 3]), input([4, 4, 2]), input([3, 3, 3, 2]));
    let pooled = [
        sequence.dense(3).global_average_pooling_1d().tensor(),
        image.dense(3).global_max_pooling_2d().tensor(),
        volume.dense(3).global_average_pooling_3d().tensor(),
    ];
    Model::new([&sequence, &image, &volume], concatenate(&pooled).dense(2))
}

fn shared_layers() -> Result<Model> {
    let encode: SharedLayer = Conv1D::new(4, 3).activation(Tanh).shared();
    let (left, right) = (input([6, 3]), input([6, 3]));
    let both = concatenate([left.layer(&encode), right.layer(&encode)]).axis(1);
    Model::new([&left, &right], both.flatten().dense(2))
}

fn nested_twice() -> Result<Model> {
    let features = on([6, 3]).conv_1d(4, 3).activation(Tanh).flatten().build()?.named("features");
    let (a, b) = (input([6, 3]), input([6, 3]));
    Model::new([&a, &b], concatenate([a.layer(&features), b.layer(&features)]).dense(2))
}

fn nested_deeply() -> Result<Model> {
    let x = input([4]);
    let inner = Model::new(&x, x.dense(3).activation(Tanh).dense(4))?.named("inner");
    let y = input([4]);
    let middle = Model::new(&y, add([&y.layer(&inner), &y]))?.named("middle");
    on([4]).layer(&middle).dense(2).build()
}

fn residual() -> Result<Model> {
    let x = input([6, 6, 2]);
    let y = x.conv_2d(3, 3).padding(Same).use_bias(false).batch_normalization().activation(Relu).tensor();
    let short = x.conv_2d(3, 1).tensor();
    Model::new(&x, add([&y, &short]).global_average_pooling_2d().dense(2))
}

fn arithmetic() -> Result<Model> {
    let (x, y) = (input([4]), input([4]));
    let (a, b) = (x.dense(4).tensor(), y.dense(4).tensor());
    let scaled = (&a * 2.0 + &b - 0.5) / (b.pow(2) + 1.5);
    let product = scaled * -&a;
    Model::new([&x, &y], product.dense(2))
}

fn arithmetic_with_arrays() -> Result<Model> {
    let x = input([2, 3]);
    let scaled = ndarray::array![1.0f32, -2.0, 0.5] * &x + ndarray::array![[0.5f32], [-1.0]];
    Model::new(&x, (1.0 - scaled / ndarray::arr0(4.0f32)).flatten().dense(2))
}

fn merging_one() -> Result<Model> {
    let x = input([4]);
    let merged = average([multiply([add([&x]).tensor()]).tensor()]).tensor();
    Model::new(&x, concatenate([&merged]).dense(2))
}

fn hidden_output() -> Result<Model> {
    let x = input([4]);
    let hidden = x.dense(3).activation(Tanh).tensor();
    Model::new(&x, [hidden.clone(), hidden.dense(2).tensor()])
}

fn frozen_nested() -> Result<Model> {
    let features = on([5]).dense(4).activation(Tanh).dense(4).build()?.named("features");
    features.set_trainable(false);
    on([5]).layer(&features).dense(2).build()
}

/// Models whose training draws random numbers.
fn random() -> Vec<(&'static str, Result<Model>)> {
    vec![
        (
            "noise",
            on([6])
                .dense(5)
                .gaussian_noise(0.1)
                .gaussian_dropout(0.2)
                .alpha_dropout(0.1)
                .dropout(0.3)
                .seed(3)
                .dense(2)
                .build(),
        ),
        ("spatial_dropout_1d", on([6, 3]).conv_1d(4, 3).spatial_dropout_1d(0.2).dense(2).build()),
        ("spatial_dropout_2d", on([4, 4, 2]).conv_2d(4, 3).spatial_dropout_2d(0.2).dense(2).build()),
        ("spatial_dropout_3d", on([3, 3, 3, 2]).conv_3d(4, 2).spatial_dropout_3d(0.2).dense(2).build()),
        ("conv_lstm_dropout", on([3, 5, 2]).conv_lstm_1d(2, 3).dropout(0.2).recurrent_dropout(0.1).build()),
    ]
}

fn classifier() -> Made {
    let model = on([12, 3])
        .separable_conv_1d(6, 3)
        .padding(Same)
        .use_bias(false)
        .batch_normalization()
        .activation(Relu)
        .max_pooling_1d(2)
        .global_average_pooling_1d()
        .dense(3)
        .activation(Softmax)
        .name("logits")
        .build()
        .and_then(|mut model| {
            model.compile(Adam::new().learning_rate(0.01), SparseCategoricalCrossentropy::new(), ["accuracy"])?;
            Ok(model)
        });
    Made { model, targets: vec![Targets::Labels], length: 7, steps: 5 }
}

fn two_outputs() -> Made {
    let x = input([5]);
    let hidden = x.dense(6).activation(Tanh).tensor();
    let outputs =
        [hidden.dense(2).name("position").tensor(), hidden.dense(3).activation(Softmax).name("kind").tensor()];
    let model = Model::new(&x, outputs).and_then(|mut model| {
        let compile = Compile::new(AdamW::new().learning_rate(0.01), "mse")
            .output_loss("position", "mse")
            .output_loss("kind", "sparse_categorical_crossentropy")
            .loss_weights([0.5, 2.0])
            .output_metrics("kind", ["accuracy"]);
        model.compile_with(compile)?;
        Ok(model)
    });
    Made { model, targets: vec![Targets::Normal, Targets::Labels], length: 7, steps: 4 }
}
