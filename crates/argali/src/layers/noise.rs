//! Randomly dropped elements.

use super::*;
use crate::Dim;

/// Refuses what is no part of 1.
pub(crate) fn validate(option: &'static str, strength: Number) -> Result<(), Problem> {
    match (0.0..=1.0).contains(&strength.get()) {
        true => Ok(()),
        false => Err(Problem::argument(option, strength, "a number from 0 to 1", "take a part of 1, such as 0.2")),
    }
}

/// Shape of the noise for an input of this shape; what is unknown there is drawn for each element.
///
/// # Errors
///
/// [`Problem::Argument`] if the given shape does not broadcast to the input's.
pub(crate) fn shape(given: Option<&[Dim]>, input: &[Dim]) -> Result<Vec<Dim>, Problem> {
    let Some(given) = given else { return Ok(input.to_vec()) };
    let fits = |(noise, input): (&Dim, &Dim)| noise.is_none_or(|n| n == 1 || input.is_none_or(|i| i == n));
    if given.len() == input.len() && given.iter().zip(input).all(fits) {
        return Ok(given.iter().zip(input).map(|(noise, input)| noise.or(*input)).collect());
    }
    let expected = format!("1, None or the input's length for each of its {} axes", input.len());
    let help = "take 1 along the axes whose elements share their fate";
    Err(Problem::argument("noise_shape", Shape(given.to_vec()), expected, help))
}

/// Shape of the noise for the input of a call.
pub(crate) fn known_shape(call: &Call<'_, '_>, given: Option<&[Dim]>) -> Vec<usize> {
    let input = call.input().shape();
    let noise = shape(given, &Shape::from(input.as_slice()).0).unwrap_or_default();
    noise.into_iter().collect::<Option<Vec<_>>>().unwrap_or(input)
}

/// In training, the input with elements dropped at random and the others scaled up; `noise_shape` is 1 along axes whose
/// elements are dropped together.
pub(crate) fn drop<'g>(call: &Call<'_, 'g>, rate: Number, seed: Option<i64>, noise_shape: &[usize]) -> Vec<Value<'g>> {
    let (x, keep) = (call.input(), 1.0 - rate.get());
    vec![match keep {
        _ if !call.training || keep == 1.0 => x,
        keep if keep <= 0.0 => x.zeros_like(),
        _ => {
            let kept = call.random(seed, Distribution::Bernoulli { probability: keep }, noise_shape);
            kept.broadcast_to(&x.shape()).select(x / keep, x.zeros_like())
        }
    }]
}

/// In training, the input with whole channels dropped at random and the others scaled up.
pub(crate) fn drop_channels<'g>(
    call: &Call<'_, 'g>,
    rate: Number,
    seed: Option<i64>,
    data_format: DataFormat,
    spatial_axes: usize,
) -> Vec<Value<'g>> {
    let mut noise = call.input().shape();
    noise.iter_mut().skip(data_format.first_spatial_axis()).take(spatial_axes).for_each(|n| *n = 1);
    drop(call, rate, seed, &noise)
}

/// What a layer makes of a constant in training, with this seed of the model.
#[cfg(test)]
pub(crate) fn in_training(layer: &impl Layer, value: f64, count: usize, seed: i64) -> Vec<f64> {
    use argali_engine::{Buffer, DType, Graph};
    let graph = Graph::new();
    let x = graph.full(DType::F64, &[count], value);
    let (inputs, masks) = ([x], [None]);
    let call = Call {
        graph: &graph,
        inputs: &inputs,
        masks: &masks,
        weights: &[],
        training: true,
        trainable: true,
        dtype: DType::F64,
    };
    let plan = graph.plan(&layer.call(&call)).unwrap();
    let mut output = Buffer::zeros(DType::F64, count);
    plan.run(&[Buffer::I64(vec![seed, 0]).as_slice()], &mut [output.as_slice_mut()]).unwrap();
    output.as_slice().to_f64()
}

/// Mean and standard deviation of what a layer makes of a constant in training.
#[cfg(test)]
pub(crate) fn statistics(layer: impl Layer, value: f64) -> (f64, f64) {
    const COUNT: usize = 40_000;
    let values = in_training(&layer, value, COUNT, 7);
    let mean = values.iter().sum::<f64>() / COUNT as f64;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / COUNT as f64;
    (mean, variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::in_training;
    use crate::prelude::*;

    #[test]
    fn a_seed_of_the_layer_stands_in_for_the_models() {
        let kept = |layer: &Dropout, model_seed| in_training(layer, 1.0, 64, model_seed);
        let [one, two, none] = [Some(1), Some(2), None].map(|seed| Dropout::new(0.5).seed(seed));
        assert_eq!(kept(&one, 7), kept(&one, 8));
        assert_ne!(kept(&one, 7), kept(&two, 7));
        assert_ne!(kept(&none, 7), kept(&none, 8));
    }
}
