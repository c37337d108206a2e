//! What layers that merge several tensors have in common.

use super::*;
use crate::Dim;

/// Shape of the tensors broadcast against each other, samples from their last axis on; the batch axis stays in front.
///
/// # Errors
///
/// [`Problem::Inputs`] without a tensor, [`Problem::Mismatch`] if their shapes do not broadcast.
pub(crate) fn broadcast(inputs: &[Shape]) -> Result<Vec<Shape>, Problem> {
    some(inputs)?;
    let mut batches = inputs.iter().filter_map(|s| s.0.first().copied().flatten());
    let batch = batches.next();
    if let (Some(a), Some(b)) = (batch, batches.find(|b| Some(*b) != batch)) {
        return Err(differ(a, b, "the batch axis", "give all inputs of the model the same batch size"));
    }
    let samples = inputs.iter().map(|s| s.0.get(1..).unwrap_or_default());
    let merged = samples.into_iter().try_fold(Vec::new(), |merged, sample| broadcast_samples(&merged, sample))?;
    Ok(vec![Shape([batch].into_iter().chain(merged).collect())])
}

/// Refuses an empty list; one tensor is merged with nothing, as in Keras.
pub(crate) fn some(inputs: &[Shape]) -> Result<(), Problem> {
    match inputs.is_empty() {
        true => Err(Problem::Inputs { expected: "one tensor or several", found: 0 }),
        false => Ok(()),
    }
}

fn broadcast_samples(a: &[Dim], b: &[Dim]) -> Result<Vec<Dim>, Problem> {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let (front, rest) = long.split_at(long.len() - short.len());
    let merged = rest.iter().zip(short).map(|pair| match pair {
        (None, _) | (_, None) => Ok(None),
        (Some(1), other) | (other, Some(1)) => Ok(*other),
        (Some(a), Some(b)) if a == b => Ok(Some(*a)),
        (Some(a), Some(b)) => {
            let help = "give the layers before it the same steps and channels, or length 1 along an axis to repeat";
            Err(differ(*a, *b, "one axis", help))
        }
    });
    front.iter().copied().map(Ok).chain(merged).collect()
}

fn differ(a: usize, b: usize, axis: &str, help: &str) -> Problem {
    Problem::mismatch(format!("merges inputs of lengths {a} and {b} along {axis}"), help)
}

/// All inputs with as many axes as the longest has: ones are put in behind the batch axis.
fn aligned<'g>(call: &Call<'_, 'g>) -> Vec<Value<'g>> {
    let rank = call.inputs.iter().map(Value::rank).max().unwrap_or(0);
    let align = |x: &Value<'g>| (x.rank()..rank).fold(*x, |x, _| x.expand_dims(1));
    call.inputs.iter().map(align).collect()
}

/// The inputs combined two at a time.
pub(crate) fn fold<'g>(call: &Call<'_, 'g>, combine: impl Fn(Value<'g>, Value<'g>) -> Value<'g>) -> Vec<Value<'g>> {
    aligned(call).into_iter().reduce(combine).into_iter().collect()
}

/// The inputs, aligned, with their masks as factors of their elements. Keras drops the masks where it must align.
pub(crate) fn with_masks<'g>(call: &Call<'_, 'g>) -> Vec<(Value<'g>, Option<Value<'g>>)> {
    let rank = call.input().rank();
    let alike = call.inputs.iter().all(|x| x.rank() == rank);
    let masks = call.masks.iter().map(|m| m.filter(|_| alike).map(|m| m.expand_dims(m.rank())));
    aligned(call).into_iter().zip(masks.chain(std::iter::repeat(None))).collect()
}

/// The inputs combined two at a time by a function without neutral element: what does not count takes no part.
pub(crate) fn fold_counted<'g>(
    call: &Call<'_, 'g>,
    combine: impl Fn(Value<'g>, Value<'g>) -> Value<'g>,
) -> Vec<Value<'g>> {
    let combined = with_masks(call).into_iter().reduce(|(a, a_mask), (b, b_mask)| {
        let b = b_mask.map_or(b, |mask| mask.select(b, a));
        let a = a_mask.map_or(a, |mask| mask.select(a, b));
        (combine(a, b), a_mask.zip(b_mask).map(|(a, b)| a.maximum(b)))
    });
    combined.into_iter().map(|(output, _)| output).collect()
}

/// Where any of the inputs counts; no mask if one of them has none.
pub(crate) fn masks<'g>(call: &Call<'_, 'g>) -> Vec<Option<Value<'g>>> {
    let all: Option<Vec<_>> = call.masks.iter().copied().collect();
    vec![all.and_then(|masks| masks.into_iter().reduce(|a, b| a.maximum(b)))]
}

#[cfg(test)]
mod tests {
    use crate::Json;
    use crate::prelude::*;
    use ndarray::{ArrayD, IxDyn};
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct File {
        cases: Vec<Case>,
    }

    #[derive(Deserialize)]
    struct Case {
        name: String,
        model: Json,
        inputs: Vec<Json>,
        outputs: Vec<Json>,
    }

    /// Nested lists as an array.
    fn array(json: &Json) -> ArrayD<f32> {
        fn elements(json: &Json) -> Vec<f32> {
            match json {
                Json::Array(list) => list.iter().flat_map(elements).collect(),
                number => vec![number.as_f64().unwrap() as f32],
            }
        }
        let mut shape = Vec::new();
        let mut level = json;
        while let Json::Array(list) = level {
            shape.push(list.len());
            level = &list[0];
        }
        ArrayD::from_shape_vec(IxDyn(&shape), elements(json)).unwrap()
    }

    #[test]
    fn masked_inputs_merge_as_in_keras() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/layers/masked_merging.json");
        let file: File = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        for case in file.cases {
            let merging = Registry::default().model_from_value(case.model).unwrap();
            let merged = &merging.outputs()[0];
            let pooled = merged.global_average_pooling_1d().tensor();
            let model = Model::new(merging.inputs(), [merged, &pooled]).unwrap();
            let inputs: Vec<_> = case.inputs.iter().map(array).collect();
            let found = model.predict_all(&inputs).unwrap();
            assert_eq!(found.len(), case.outputs.len());
            for (found, expected) in found.iter().zip(&case.outputs) {
                let expected = array(expected);
                let largest = expected.iter().fold(0.0, |m: f32, v| m.max(v.abs()));
                let distance = (found - &expected).iter().fold(0.0, |m: f32, v| m.max(v.abs()));
                assert!(distance <= 1e-5 * largest, "{}\n{found}\nexpected\n{expected}", case.name);
            }
        }
    }
}
