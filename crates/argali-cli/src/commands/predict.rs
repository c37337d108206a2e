//! `argali predict`

use crate::arguments::Predict;
use crate::arrays::{self, Given};
use crate::model_file::{self, Missing};
use crate::outputs::Outputs;
use crate::progress;
use argali::engine::{DType, Element};
use argali::{Arrays, Error, Model, Problem, Result};
use argali_formats::Array;
use ndarray::{ArrayD, Axis};

/// Batches that are computed between two looks at the progress.
const BATCHES: usize = 16;

pub(crate) fn run(options: &Predict) -> Result<()> {
    let model = model_file::load(&options.model, Missing::Refused)?;
    check_outputs(&model, options.output.len())?;
    let outputs = Outputs::new(&options.output)?;
    let inputs = Given::read(&options.input)?;
    let predicted = match model.outputs().iter().any(|t| t.dtype() == DType::F64) {
        true => wrapped(predict::<f64>(&model, &inputs, options.batch_size.get())?),
        false => wrapped(predict::<f32>(&model, &inputs, options.batch_size.get())?),
    };
    check_outputs(&model, options.output.len())?;
    for (path, array) in options.output.iter().zip(predicted) {
        arrays::write(outputs.at(path), array)?;
    }
    outputs.finish()
}

/// Refuses more or fewer files than the model has outputs, as far as those are known.
fn check_outputs(model: &Model, found: usize) -> Result<()> {
    let expected = model.outputs().len();
    if expected == found || expected == 0 {
        return Ok(());
    }
    let message = format!("{found} `--output` for a model with {expected}");
    Err(Error::new(Problem::data(message, "give one for each output, in the order of `argali summary --format json`")))
}

fn wrapped<T>(arrays: Vec<ArrayD<T>>) -> Vec<Array>
where
    Array: From<ArrayD<T>>,
{
    arrays.into_iter().map(Array::from).collect()
}

/// The outputs for all samples, computed a part after the other.
fn predict<T: Element>(model: &Model, inputs: &Given, batch_size: usize) -> Result<Vec<ArrayD<T>>> {
    let views = inputs.views();
    let samples = views.iter().map(|v| v.samples()).min().unwrap_or(0);
    let alike = views.iter().all(|v| v.samples() == samples);
    let fixed = model.inputs().first().and_then(|t| t.shape().ok()?.dim(0));
    let part = fixed.unwrap_or(batch_size).max(1).saturating_mul(BATCHES);
    if samples <= part || !alike {
        return model.predict_all_as(&views, batch_size);
    }
    let bar = progress::bar(samples, "samples");
    let mut parts: Vec<Vec<ArrayD<T>>> = Vec::new();
    for start in (0..samples).step_by(part) {
        let end = samples.min(start + part);
        let rows: Vec<_> = views.iter().map(|v| v.rows(start, end)).collect();
        parts.push(model.predict_all_as(&rows, batch_size)?);
        bar.set_position(end as u64);
    }
    bar.finish_and_clear();
    let count = parts.first().map_or(0, Vec::len);
    (0..count).map(|output| joined(&parts, output)).collect()
}

/// The parts of one output behind each other.
fn joined<T: Element>(parts: &[Vec<ArrayD<T>>], output: usize) -> Result<ArrayD<T>> {
    let views: Vec<_> = parts.iter().filter_map(|part| part.get(output)).map(|part| part.view()).collect();
    ndarray::concatenate(Axis(0), &views).map_err(|e| Error::new(Problem::data(e.to_string(), "")))
}
