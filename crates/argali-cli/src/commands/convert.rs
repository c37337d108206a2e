//! `argali convert`

use crate::arguments::Convert;
use crate::model_file::{self, Format, Missing};
use crate::outputs::Outputs;
use argali::Result;

pub(crate) fn run(options: &Convert) -> Result<()> {
    let format = Format::of(&options.output)?;
    let missing = if format.needs_weights() { Missing::Refused } else { Missing::Drawn };
    let model = match &options.model {
        Some(model) => model_file::load_with(model, Some(&options.input), missing)?,
        None => model_file::load_with(&options.input, options.weights.as_deref(), missing)?,
    };
    let outputs = Outputs::new([&options.output])?;
    model_file::write(&model, outputs.at(&options.output), format)?;
    outputs.finish()
}
