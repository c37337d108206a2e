//! The same seed gives the same bits, whatever the number of threads.

use argali::engine::with_threads;
use argali::prelude::*;
use ndarray::{Array1, Array3, ArrayD};

fn data() -> (Array3<f32>, Array1<i32>) {
    let x = Array3::from_shape_fn((96, 200, 6), |(i, t, c)| ((i * 31 + t * 7 + c * 3) % 101) as f32 / 50.0 - 1.0);
    (x, Array1::from_shape_fn(96, |i| (i % 4) as i32))
}

fn trained(threads: usize, seed: u64) -> (Vec<ArrayD<f64>>, ArrayD<f32>) {
    let (x, y) = data();
    with_threads(threads, move || {
        let mut model = Sequential::new()
            .seed(seed)
            .input([200, 6])
            .separable_conv_1d(32, 7)
            .padding(Same)
            .depth_multiplier(2)
            .activation(Relu)
            .batch_normalization()
            .max_pooling_1d(2)
            .conv_1d(32, 5)
            .activation(Gelu)
            .dropout(0.3)
            .global_average_pooling_1d()
            .dense(4)
            .activation(Softmax)
            .build()
            .unwrap();
        model.compile(Adam::new().learning_rate(0.01), SparseCategoricalCrossentropy::new(), ["accuracy"]).unwrap();
        model.fit(&x, &y, Fit::new().epochs(3).batch_size(20).verbose(Verbose::Silent)).unwrap();
        (model.get_weights().unwrap(), model.predict(&x).unwrap())
    })
}

#[test]
fn one_and_two_threads_give_the_same_bits() {
    let one = trained(1, 7);
    for threads in [2, 3] {
        assert_eq!(trained(threads, 7), one, "{threads} threads");
    }
}

#[test]
fn another_seed_gives_other_weights() {
    assert_ne!(trained(2, 8).0, trained(2, 7).0);
}
