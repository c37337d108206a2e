//! Checks that every operation passes.

use crate::{Buffer, DType, Graph, Value, with_threads};

/// Builds a tensor from others.
pub(crate) type Function<'f> = &'f dyn for<'g> Fn(&[Value<'g>]) -> Value<'g>;

/// Builds several tensors from others.
pub(crate) type Functions<'f> = &'f dyn for<'g> Fn(&[Value<'g>]) -> Vec<Value<'g>>;

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
pub(crate) fn evaluate(shapes: &[&[usize]], data: &[Vec<f64>], f: Function<'_>) -> Vec<f64> {
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

/// What a function of some tensors of any type returns for these elements.
#[track_caller]
pub(crate) fn evaluate_buffers(inputs: &[(&[usize], Buffer)], f: Functions<'_>) -> Vec<Buffer> {
    evaluate_on(2, inputs, f)
}

/// What a function of some tensors of any type returns for these elements on a number of threads.
#[track_caller]
pub(crate) fn evaluate_on(threads: usize, inputs: &[(&[usize], Buffer)], f: Functions<'_>) -> Vec<Buffer> {
    let graph = Graph::new();
    let values: Vec<_> = inputs.iter().map(|(shape, data)| graph.input(data.dtype(), shape)).collect();
    let plan = graph.plan(&f(&values)).expect("a graph without errors");
    let slices: Vec<_> = inputs.iter().map(|(_, data)| data.as_slice()).collect();
    let mut outputs: Vec<_> = plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
    let mut places: Vec<_> = outputs.iter_mut().map(Buffer::as_slice_mut).collect();
    with_threads(threads, || plan.run(&slices, &mut places)).expect("fitting inputs");
    outputs
}

/// The error of a graph of a function of tensors of these types.
pub(crate) fn error_of(inputs: &[(DType, &[usize])], f: Function<'_>) -> Option<String> {
    let graph = Graph::new();
    let values: Vec<_> = inputs.iter().map(|(dtype, shape)| graph.input(*dtype, shape)).collect();
    let output = f(&values);
    assert!(graph.error().is_none() || graph.plan(&[output]).is_err(), "a graph with an error has no plan");
    graph.error().map(|e| e.to_string())
}

/// Asserts `max|a - b| <= tolerance · max|b|`, and that both are NaN or infinite in the same places.
#[track_caller]
pub(crate) fn assert_close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "number of elements");
    let largest = expected.iter().filter(|v| v.is_finite()).fold(0.0f64, |m, v| m.max(v.abs()));
    for (k, (a, b)) in found.iter().zip(expected).enumerate() {
        let same = if b.is_finite() { (a - b).abs() <= tolerance * largest } else { a.to_bits() == b.to_bits() };
        assert!(same || a.is_nan() && b.is_nan(), "element {k} is {a}, expected {b}");
    }
}

/// Holds a function of real tensors against a plain reference: in both element types, on one thread and on two, and
/// its gradients against differences.
#[track_caller]
pub(crate) fn check(shapes: &[&[usize]], f: Function<'_>, reference: impl Fn(&[Vec<f64>]) -> Vec<f64>) {
    let data: Vec<_> = shapes.iter().enumerate().map(|(i, s)| noise(s.iter().product(), 5 + i as u64)).collect();
    check_data(shapes, &data, f, reference);
}

/// [`check`] for these elements.
#[track_caller]
pub(crate) fn check_data(
    shapes: &[&[usize]],
    data: &[Vec<f64>],
    f: Function<'_>,
    reference: impl Fn(&[Vec<f64>]) -> Vec<f64>,
) {
    check_values(shapes, data, f, reference);
    check_gradients(shapes, data, f);
}

/// [`check_data`] without gradients.
#[track_caller]
pub(crate) fn check_values(
    shapes: &[&[usize]],
    data: &[Vec<f64>],
    f: Function<'_>,
    reference: impl Fn(&[Vec<f64>]) -> Vec<f64>,
) {
    for (dtype, tolerance) in [(DType::F64, 1e-10), (DType::F32, 1e-5)] {
        let inputs: Vec<_> = shapes.iter().zip(data).map(|(s, d)| (*s, Buffer::F64(d.clone()).cast(dtype))).collect();
        let rounded: Vec<_> = inputs.iter().map(|(_, b)| b.as_slice().to_f64()).collect();
        let run = |threads| evaluate_on(threads, &inputs, &|x| vec![f(x)]).remove(0);
        let found = run(1);
        let bits = |buffer: &Buffer| buffer.as_slice().to_f64().iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&found), bits(&run(2)), "one thread and two");
        assert_eq!(found.dtype(), dtype);
        assert_close(&found.as_slice().to_f64(), &reference(&rounded), tolerance);
    }
}

/// Compares the gradients of a function, weighted with random numbers, with central differences in 64-bit floats.
#[track_caller]
pub(crate) fn check_gradients(shapes: &[&[usize]], data: &[Vec<f64>], f: Function<'_>) {
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
