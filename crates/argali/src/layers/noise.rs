//! Randomly dropped elements.

use super::*;

/// Refuses rates that are no probability.
pub(crate) fn validate(rate: Number) -> Result<(), Problem> {
    if (0.0..=1.0).contains(&rate.get()) {
        return Ok(());
    }
    let help = "take the share of the inputs to drop, such as 0.2";
    Err(Problem::argument("rate", rate, "a number from 0 to 1", help))
}

/// In training, the input with elements dropped at random and the others scaled up; `noise_shape` is 1 along axes whose
/// elements are dropped together.
pub(crate) fn drop<'g>(call: &Call<'_, 'g>, rate: Number, noise_shape: &[usize]) -> Vec<Value<'g>> {
    let (x, keep) = (call.input(), 1.0 - rate.get());
    vec![match keep {
        _ if !call.training || keep == 1.0 => x,
        keep if keep <= 0.0 => x.zeros_like(),
        _ => {
            let kept = call.graph.random_bernoulli(call.dtype, noise_shape, keep);
            kept.broadcast_to(&x.shape()).select(x / keep, x.zeros_like())
        }
    }]
}
