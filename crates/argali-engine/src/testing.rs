//! Checks that every operation passes.

use crate::{Buffer, DType, Graph, Value};

/// Numbers between -1 and 1 without structure, the same for every `salt`.
pub(crate) fn noise(count: usize, salt: u64) -> Vec<f64> {
    let mut state = salt.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// What a function of some tensors returns for these elements, in 64-bit floats.
pub(crate) fn evaluate(
    shapes: &[&[usize]],
    data: &[Vec<f64>],
    f: &dyn for<'g> Fn(&[Value<'g>]) -> Value<'g>,
) -> Vec<f64> {
    let graph = Graph::new();
    let inputs: Vec<_> = shapes.iter().map(|s| graph.input(DType::F64, s)).collect();
    let output = f(&inputs);
    run(&graph, &[output], data).remove(0)
}

fn run(graph: &Graph, outputs: &[Value<'_>], data: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let plan = graph.plan(outputs).expect("a graph without errors");
    let inputs: Vec<_> = data.iter().map(|d| d.as_slice().into()).collect();
    let mut buffers: Vec<_> = plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
    plan.run(&inputs, &mut buffers.iter_mut().map(Buffer::as_slice_mut).collect::<Vec<_>>()).expect("fitting inputs");
    buffers.iter().map(|b| b.as_slice().to_f64()).collect()
}

/// Compares the gradients of a function, weighted with random numbers, with central differences in 64-bit floats.
#[track_caller]
pub(crate) fn check_gradients(shapes: &[&[usize]], data: &[Vec<f64>], f: &dyn for<'g> Fn(&[Value<'g>]) -> Value<'g>) {
    let graph = Graph::new();
    let inputs: Vec<_> = shapes.iter().map(|s| graph.input(DType::F64, s)).collect();
    let output = f(&inputs);
    let weights = noise(output.shape().iter().product(), 77);
    let weighted = (output * graph.constant(weights.clone(), &output.shape())).sum_all();
    let gradients: Vec<_> = graph.gradients(weighted, &inputs);
    let gradients: Vec<_> = gradients.iter().zip(&inputs).map(|(g, x)| g.unwrap_or_else(|| x.zeros_like())).collect();
    let found = run(&graph, &gradients, data);
    let value = |data: &[Vec<f64>]| -> f64 { evaluate(shapes, data, f).iter().zip(&weights).map(|(y, w)| y * w).sum() };
    for (input, found) in found.iter().enumerate() {
        for (k, g) in found.iter().enumerate() {
            let step = 1e-6;
            let shifted = |by: f64| {
                let mut data = data.to_vec();
                data[input][k] += by;
                value(&data)
            };
            let expected = (shifted(step) - shifted(-step)) / (2.0 * step);
            assert!(
                (g - expected).abs() <= 1e-6 * expected.abs().max(1.0),
                "gradient of element {k} of input {input} is {g}, differences give {expected}"
            );
        }
    }
}
