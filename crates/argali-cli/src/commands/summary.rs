//! `argali summary`

use crate::arguments::{Summary, SummaryFormat};
use crate::diagram::{self, Graph};
use crate::model_file::{self, Missing};
use argali::{Json, LayerStats, Model, Result};
use serde_json::json;

pub(crate) fn run(options: &Summary) -> Result<()> {
    let model = model_file::load(&options.model, Missing::Drawn)?;
    match options.format {
        SummaryFormat::Table => {
            let shown = argali::Summary::new().expand_nested(options.expand_nested);
            model.summary_with(&shown.show_trainable(options.show_trainable));
            Ok(())
        }
        SummaryFormat::Json => super::print(&(argali_formats::json::to_string_pretty(&numbers(&model)) + "\n")),
        SummaryFormat::Dot => super::print(&diagram::dot(&Graph::of(&model), &model.name())),
        SummaryFormat::Svg => super::print(&diagram::svg(&Graph::of(&model), &model.name())),
    }
}

/// The model in numbers.
fn numbers(model: &Model) -> Json {
    let shapes = |tensors: Vec<argali::Tensor>| tensors.iter().map(|t| json!(t.shape().ok())).collect::<Json>();
    let stats = model.layer_stats();
    let macs = stats.as_ref().ok().map(|layers| layers.iter().map(|l| l.macs).sum::<u64>());
    let (params, trainable) = (model.count_params(), model.count_trainable_params());
    json!({
        "name": model.name(),
        "inputs": shapes(model.inputs()),
        "outputs": shapes(model.outputs()),
        "params": params,
        "trainable_params": trainable,
        "non_trainable_params": params - trainable,
        "macs": macs,
        "layers": stats.unwrap_or_default().iter().map(layer).collect::<Json>(),
    })
}

fn layer(layer: &LayerStats) -> Json {
    json!({
        "name": layer.name,
        "class_name": layer.class_name,
        "output_shapes": layer.output_shapes,
        "params": layer.params,
        "trainable_params": layer.trainable_params,
        "macs": layer.macs,
        "layers": layer.layers.iter().map(self::layer).collect::<Json>(),
    })
}
