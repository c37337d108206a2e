//! A layer of one's own, with a weight and an option, saved and read like any other.

use argali::engine::Value;
use argali::prelude::*;
use argali::{Call, Class, Layer, Problem, Result, Shape, Weight, known, layer};

layer! {
    /// Weighs every channel by a learned number: `x · scale ^ power`.
    pub struct ChannelScale(Class::custom("ChannelScale", "examples>ChannelScale")) {
        ..
        /// The power that the learned number is raised to. Default 1.
        power: f64 = 1.0,
    }
}

impl Layer for ChannelScale {
    fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        let channels = known(input.dim(-1), "channels", "scale")?;
        Ok(vec![Weight::new("scale", [channels], Ones)])
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        vec![call.input() * call.weights[0].powf(self.power)]
    }
}

fn main() -> Result<()> {
    let mut model =
        Sequential::new().seed(3).input([16, 4]).layer(ChannelScale::new().power(2.0)).flatten().dense(1).build()?;
    model.compile(SGD::new().learning_rate(0.01), MeanSquaredError::new(), ())?;

    let x = ndarray::Array3::from_shape_fn((32, 16, 4), |(i, t, c)| ((i * 7 + t * 3 + c) % 5) as f32 - 2.0);
    let y = x.map_axis(ndarray::Axis(1), |steps| steps.sum()).map_axis(ndarray::Axis(1), |c| c[0] - c[1]);
    model.fit(&x, &y, Fit::new().epochs(5))?;

    let json = model.to_json();
    let same = Registry::default().with::<ChannelScale>().model(&json)?;
    println!("read back: {} layers, equal config: {}", same.layers().len(), same.to_json() == json);
    println!("without the registry:\n{}", Model::from_json(&json).unwrap_err());
    Ok(())
}
