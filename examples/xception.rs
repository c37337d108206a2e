//! Xception in the functional style: how its shapes shrink from shortcut to shortcut, known before any weight is drawn.

use argali_examples::xception;

fn main() -> argali::Result<()> {
    let model = xception(299, 299, 1000)?;
    for layer in model.layers().iter().filter(|layer| layer.class_name() == "Add") {
        println!("{:8} {}", layer.name(), model.output_of(&layer.name())?.shape()?);
    }
    println!("{}: {} parameters, {} layers", model.name(), model.count_params(), model.layers().len());
    Ok(())
}
