//! `argali evaluate`

use crate::arguments::Evaluate;
use crate::arrays::Given;
use crate::model_file::{self, Missing};
use argali::training::Logs;
use argali::{Json, Result};
use argali_formats::json::{non_finite, to_string};

pub(crate) fn run(options: &Evaluate) -> Result<()> {
    let model = model_file::load(&options.model, Missing::Refused)?;
    let (inputs, targets) = (Given::read(&options.data.input)?, Given::read(&options.data.target)?);
    let size = argali::training::Evaluate::new().batch_size(options.batch_size.get());
    let logs = model.evaluate_with(&inputs, &targets, size)?;
    super::print(&if options.json { json(&logs) } else { lines(&logs) })
}

fn json(logs: &Logs) -> String {
    let object: serde_json::Map<_, _> = logs.iter().map(|(name, value)| (name.clone(), non_finite(*value))).collect();
    to_string(&Json::Object(object)) + "\n"
}

fn lines(logs: &Logs) -> String {
    let width = logs.keys().map(String::len).max().unwrap_or(0);
    logs.iter().map(|(name, value)| format!("{name:<width$}  {value:.6}\n")).collect()
}
