//! `argali convert`

use crate::arguments::Convert;
use crate::model_file::{self, Format, Missing};
use crate::outputs::Outputs;
use argali::{Error, Model, Problem, Result};
use std::path::Path;

/// Endings of files that hold weights alone.
const WEIGHTS: [&str; 3] = [".weights.h5", ".safetensors", ".npz"];

pub(crate) fn run(options: &Convert) -> Result<()> {
    let format = Format::of(&options.output)?;
    let model = read(options, format)?;
    let outputs = Outputs::new([&options.output])?;
    format.write(&model, outputs.at(&options.output))?;
    outputs.finish()
}

fn read(options: &Convert, format: Format) -> Result<Model> {
    let missing = if format.has_weights() { Missing::Refused } else { Missing::Drawn };
    match &options.model {
        Some(model) => model_file::load_with(model, Some(&options.input), missing),
        None if holds_weights_alone(&options.input) => {
            let help = "give the model that they are of: `--model config.json`";
            Err(Error::new(Problem::data("weights without a model", help)).in_file(&options.input))
        }
        None => model_file::load_with(&options.input, options.weights.as_deref(), missing),
    }
}

fn holds_weights_alone(path: &Path) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    WEIGHTS.iter().any(|ending| name.ends_with(ending))
}
