//! How much each sample counts.

use super::batches::same_samples;
use crate::data::View;
use crate::{Error, Problem, Result};
use argali_engine::DType;
use ndarray::ArrayD;
use std::collections::HashMap;

/// One array of sample weights for each output: a single one serves all of them.
pub(super) fn spread<'a>(
    weights: Option<Vec<View<'a>>>,
    outputs: usize,
    samples: usize,
) -> Result<Vec<Option<View<'a>>>> {
    let Some(weights) = weights else { return Ok(vec![None; outputs]) };
    same_samples("sample weights", samples, &weights)?;
    match weights.as_slice() {
        [one] => Ok(vec![Some(one.clone()); outputs]),
        each if each.len() == outputs => Ok(weights.into_iter().map(Some).collect()),
        each => {
            let message = format!("{} arrays of sample weights for {outputs} outputs", each.len());
            Err(Error::new(Problem::data(message, "give one, or one for each output")))
        }
    }
}

/// For each sample the weight of its class, times its own weight, or those of its steps.
pub(super) fn of_classes(
    classes: &HashMap<i64, f64>,
    targets: &[View<'_>],
    sample_weights: Option<&[View<'_>]>,
) -> Result<ArrayD<f64>> {
    let [target] = targets else {
        let message = format!("class weights for a model with {} outputs", targets.len());
        return Err(Error::new(Problem::data(message, "give sample weights instead")));
    };
    let buffer = target.to_buffer().cast(DType::F64).as_slice().to_f64();
    let columns = target.shape().get(1..).map_or(1, |s| s.iter().product::<usize>()).max(1);
    let class = |row: &[f64]| match row {
        [one] => *one as i64,
        row => {
            row.iter().enumerate().fold((0, f64::MIN), |best, (i, v)| if *v > best.1 { (i as i64, *v) } else { best }).0
        }
    };
    let weights: Vec<f64> =
        buffer.chunks(columns).map(|row| classes.get(&class(row)).copied().unwrap_or(1.0)).collect();
    let [own] = sample_weights.unwrap_or_default() else {
        return Ok(ArrayD::from_shape_vec(vec![weights.len()], weights).unwrap_or_default());
    };
    same_samples("sample weights", weights.len(), std::slice::from_ref(own))?;
    let mut both = own.to_buffer().as_slice().to_f64();
    let steps = (both.len() / weights.len().max(1)).max(1);
    both.chunks_mut(steps).zip(&weights).for_each(|(own, weight)| own.iter_mut().for_each(|own| *own *= weight));
    Ok(ArrayD::from_shape_vec(own.shape(), both).unwrap_or_default())
}
