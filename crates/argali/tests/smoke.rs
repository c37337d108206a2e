//! One chain from description to prediction and back through JSON.
use argali::prelude::*;
#[test]
fn chain() {
    let model = Sequential::new()
        .input([16, 3])
        .seed(1)
        .separable_conv_1d(8, 5)
        .padding(Same)
        .activation(Relu)
        .depth_multiplier(2)
        .dense(4)
        .activation(Softmax)
        .name("logits")
        .build()
        .unwrap();
    let x = ndarray::Array3::<f32>::ones((5, 16, 3));
    let y = model.predict(&x).unwrap();
    assert_eq!(y.shape(), [5, 16, 4]);
    println!("{:?}", y.slice(ndarray::s![0, 3, ..]));
    let json = model.to_json();
    assert_eq!(Model::from_json(&json).unwrap().to_json(), json);
    println!("{json}");
    let a = input([16, 3]);
    let conv = SeparableConv1D::new(4, 3).shared();
    let b = add([a.layer(&conv), a.layer(&conv)]).activation(Relu).tensor();
    let m2 = Model::new(&a, b.layer(&model_of(&b))).unwrap();
    println!("{:?}", m2.predict(&x).unwrap().shape());
    let json = m2.to_json();
    assert_eq!(Model::from_json(&json).unwrap().to_json(), json);
    println!("{}", Sequential::new().input([5, 3]).separable_conv_1d(8, 7).dilation_rate(2).build().unwrap_err());
    println!("{}", Sequential::new().input([5]).separable_conv_1d(8, 7).dilation_rate(2).build().unwrap_err());
    println!("{}", Sequential::new().input([5, 3]).dense(0).build().unwrap_err());
    println!("{}", model.predict(&ndarray::Array2::<f32>::ones((5, 16))).unwrap_err());
}
fn model_of(b: &Tensor) -> Model {
    let inner = input(b.shape().unwrap().0[1..].to_vec());
    Model::new(&inner, inner.dense(2)).unwrap()
}

#[test]
fn training() {
    let x = ndarray::Array3::from_shape_fn((64, 12, 3), |(i, t, c)| {
        ((i % 4 + 1) as f32 * 0.3 * t as f32 + c as f32 + i as f32).sin()
    });
    let y = ndarray::Array1::from_shape_fn(64, |i| (i % 4) as i32);
    let mut model = Sequential::new()
        .input([12, 3])
        .seed(1)
        .separable_conv_1d(16, 5)
        .padding(Same)
        .activation(Relu)
        .dense(4)
        .activation(Relu)
        .layer(Pool::new())
        .dense(4)
        .activation(Softmax)
        .build()
        .unwrap();
    model.compile(Adam::new().learning_rate(0.01), SparseCategoricalCrossentropy::new(), ["accuracy"]).unwrap();
    let h = model.fit(&x, &y, Fit::new().epochs(60).batch_size(10).validation_split(0.1)).unwrap();
    println!("{:?}", h.last("loss"));
    println!("{:?}", model.evaluate(&x, &y).unwrap());
}
argali::layer! {
    /// Mean over steps.
    pub struct Pool(argali::Class::custom("Pool", "t>Pool")) { .. }
}
impl argali::Layer for Pool {
    fn output_shape(&self, input: &argali::Shape) -> Result<argali::Shape, argali::Problem> {
        Ok(argali::Shape(vec![input.0[0], input.0[2]]))
    }
    fn call<'g>(&self, call: &argali::Call<'_, 'g>) -> Vec<argali::engine::Value<'g>> {
        vec![call.input().mean(&[1], false)]
    }
}
