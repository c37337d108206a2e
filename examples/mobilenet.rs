//! MobileNet in the chain, on both objects: its layers, and what it sees in an image that nobody has trained it for.

use argali::prelude::*;
use argali_examples::MobileNet;
use ndarray::Array4;

fn main() -> argali::Result<()> {
    let model = MobileNet::default().model(224, 224)?.seed(1);
    println!("{}: {} parameters", model.name(), model.count_params());

    let narrow = MobileNet { alpha: 0.25, classes: 10, ..MobileNet::default() };
    let sequential = narrow.on(Sequential::new().input([128, 128, 3])).build()?.seed(2);
    sequential.summary();

    let image =
        Array4::from_shape_fn((1, 128, 128, 3), |(_, row, column, _)| ((row + column) % 32) as f32 / 16.0 - 1.0);
    println!("probabilities of ten classes, without training: {:.3}", sequential.predict(&image)?);
    Ok(())
}
