//! `argali init`

use crate::arguments::Init;
use crate::model_file::{self, Format};
use crate::outputs::Outputs;
use argali::Result;

pub(crate) fn run(options: &Init) -> Result<()> {
    if let Some(seed) = options.seed {
        argali::set_random_seed(seed);
    }
    let format = Format::with_weights(&options.output)?;
    let model = model_file::read_config(&options.config)?;
    let outputs = Outputs::new([&options.output])?;
    format.write(&model, outputs.at(&options.output))?;
    outputs.finish()
}
