//! Times of single layers and small networks, with 1 and 2 threads: `cargo run --release --example layers [NAME]`.

use argali_engine::{Buffer, DType, Graph, Plan, RunError, Value, Window, with_threads};
use std::error::Error;
use std::time::Instant;

type Build = for<'g> fn(&'g Graph) -> Vec<Value<'g>>;

const WORKLOADS: [(&str, Build); 14] = [
    ("W1 separable_conv_1d b32", |g| vec![separable(g, &[32, 1024, 64], 128, &[same(7)])]),
    ("W1 separable_conv_1d b1", |g| vec![separable(g, &[1, 1024, 64], 128, &[same(7)])]),
    ("W2 separable_conv_1d b64", |g| vec![separable(g, &[64, 128, 9], 64, &[same(9)])]),
    ("W2 separable_conv_1d b1", |g| vec![separable(g, &[1, 128, 9], 64, &[same(9)])]),
    ("W3 network b1", |g| vec![network(g, 1, false).0]),
    ("W3 network b64", |g| vec![network(g, 64, false).0]),
    ("W4 separable_conv_2d b8", |g| vec![separable(g, &[8, 56, 56, 128], 128, &[same(3); 2])]),
    ("W4 mobilenet b1", |g| vec![mobilenet(g)]),
    ("W5 conv_2d", |g| vec![conv(g, &[8, 56, 56, 64], 64, &[same(3); 2])]),
    ("W5 conv_1d", |g| vec![conv(g, &[32, 1024, 64], 128, &[same(7)])]),
    ("W5 conv_3d", |g| vec![conv(g, &[2, 16, 32, 32, 16], 32, &[same(3); 3])]),
    ("W5 conv_2d_transpose", |g| {
        let (y, kernel) = (input(g, &[4, 32, 32, 64]), input(g, &[4, 4, 32, 64]));
        let window = Window { size: 4, stride: 2, dilation: 1, before: 1, after: 1 };
        vec![(y.conv_transpose(kernel, &[window; 2], 1, &[64, 64]) + input(g, &[32])).relu()]
    }),
    ("W5 conv_2d gradients", |g| {
        let (x, kernel) = (input(g, &[8, 56, 56, 64]), input(g, &[3, 3, 64, 64]));
        let dy = input(g, &[8, 56, 56, 64]);
        let windows = [same(3); 2];
        vec![dy.conv_transpose(kernel, &windows, 1, &[56, 56]), x.conv_kernel_gradient(dy, &windows, 1)]
    }),
    ("W7 training step b64", |g| {
        let (loss, weights) = network(g, 64, true);
        let gradients = g.gradients(loss, &weights).into_iter().flatten();
        let updated = weights.iter().zip(gradients).map(|(w, d)| *w - d * 1e-3);
        std::iter::once(loss).chain(updated).collect()
    }),
];

fn same(size: usize) -> Window {
    Window { size, stride: 1, dilation: 1, before: (size - 1) / 2, after: size / 2 }
}

fn input<'g>(graph: &'g Graph, shape: &[usize]) -> Value<'g> {
    graph.input(DType::F32, shape)
}

/// Depthwise, pointwise, bias and relu; the weights are added to `weights`.
fn separable_on<'g>(x: Value<'g>, cout: usize, windows: &[Window], weights: &mut Vec<Value<'g>>) -> Value<'g> {
    let (graph, cin) = (x.graph(), x.shape().last().copied().unwrap_or(1));
    let sizes: Vec<_> = windows.iter().map(|w| w.size).collect();
    let depthwise = input(graph, &[&sizes[..], &[1, cin]].concat());
    let pointwise = input(graph, &[&vec![1; sizes.len()][..], &[cin, cout]].concat());
    let bias = input(graph, &[cout]);
    weights.extend([depthwise, pointwise, bias]);
    let unit = vec![Window::UNIT; sizes.len()];
    (x.conv(depthwise, windows, cin).conv(pointwise, &unit, 1) + bias).relu()
}

fn separable<'g>(graph: &'g Graph, shape: &[usize], cout: usize, windows: &[Window]) -> Value<'g> {
    separable_on(input(graph, shape), cout, windows, &mut Vec::new())
}

fn conv<'g>(graph: &'g Graph, shape: &[usize], cout: usize, windows: &[Window]) -> Value<'g> {
    let cin = shape.last().copied().unwrap_or(1);
    let sizes: Vec<_> = windows.iter().map(|w| w.size).collect();
    let kernel = input(graph, &[&sizes[..], &[cin, cout]].concat());
    (input(graph, shape).conv(kernel, windows, 1) + input(graph, &[cout])).relu()
}

/// Per-channel normalization over the batch, or by given statistics folded into an affine map.
fn normalize<'g>(x: Value<'g>, training: bool, weights: &mut Vec<Value<'g>>) -> Value<'g> {
    let channels = [x.shape().last().copied().unwrap_or(1)];
    let (gamma, beta) = (input(x.graph(), &channels), input(x.graph(), &channels));
    weights.extend([gamma, beta]);
    if !training {
        return x * gamma + beta;
    }
    let axes: Vec<_> = (0..x.rank() - 1).collect();
    let moments = x.moments(&axes, true);
    let spread = |v: Value<'g>| v.reshape(&moments.0.shape());
    x.normalize(moments, 1e-3, Some(spread(gamma)), Some(spread(beta)))
}

fn network(graph: &Graph, batch: usize, training: bool) -> (Value<'_>, Vec<Value<'_>>) {
    let mut weights = Vec::new();
    let mut x = input(graph, &[batch, 1024, 9]);
    for (cout, size, pooled) in [(64, 9, true), (128, 7, true), (128, 5, false)] {
        x = separable_on(x, cout, &[same(size)], &mut weights);
        x = normalize(x, training, &mut weights);
        if pooled {
            x = x.max_pool(&[Window { size: 2, stride: 2, ..Window::UNIT }]);
        }
    }
    let (kernel, bias) = (input(graph, &[128, 6]), input(graph, &[6]));
    weights.extend([kernel, bias]);
    let logits = x.mean(&[1], false).matmul(kernel) + bias;
    let shifted = logits - logits.max(&[1], true);
    let log_probabilities = shifted - shifted.exp().sum(&[1], true).ln();
    if !training {
        return (log_probabilities.exp(), weights);
    }
    (-(log_probabilities * input(graph, &[batch, 6])).sum_all() / batch as f64, weights)
}

fn mobilenet(graph: &Graph) -> Value<'_> {
    let halved = |size| Window { size, stride: 2, dilation: 1, before: 0, after: 1 };
    let x = input(graph, &[1, 224, 224, 3]);
    let mut x = (x.conv(input(graph, &[3, 3, 3, 32]), &[halved(3); 2], 1) + input(graph, &[32])).relu();
    let deep = [(512, 1); 5];
    let blocks = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)].into_iter().chain(deep);
    for (cout, stride) in blocks.chain([(1024, 2), (1024, 1)]) {
        let cin = x.shape().last().copied().unwrap_or(1);
        let window = if stride == 1 { same(3) } else { halved(3) };
        let depthwise = x.conv(input(graph, &[3, 3, 1, cin]), &[window; 2], cin) + input(graph, &[cin]);
        let pointwise = depthwise.relu().conv(input(graph, &[1, 1, cin, cout]), &[Window::UNIT; 2], 1);
        x = (pointwise + input(graph, &[cout])).relu();
    }
    x.mean(&[1, 2], false).matmul(input(graph, &[1024, 1000])) + input(graph, &[1000])
}

/// Numbers between -0.5 and 0.5 for every input, scaled down for those with many.
fn fill(ty: &argali_engine::TensorType) -> Buffer {
    let numbers = (0..ty.len()).map(|i| ((i * 7919 + 13) % 101) as f32 * 0.01 - 0.5);
    Buffer::F32(numbers.collect())
}

/// Seconds: of work of this thread where the system counts them and `own` asks for them, else of the clock.
fn now(own: bool, start: Instant) -> f64 {
    let counted = own.then(|| std::fs::read_to_string("/proc/thread-self/schedstat").ok()).flatten();
    let nanoseconds = counted.and_then(|s| s.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// Milliseconds of a run: the tenth percentile, since other work on the machine only ever adds to them.
fn time(plan: &Plan, inputs: &[Buffer], outputs: &mut [Buffer], threads: usize) -> Result<f64, RunError> {
    let inputs: Vec<_> = inputs.iter().map(Buffer::as_slice).collect();
    let mut outputs: Vec<_> = outputs.iter_mut().map(Buffer::as_slice_mut).collect();
    let (start, mut times, mut repeats) = (Instant::now(), Vec::new(), 1);
    while times.len() < 4 || start.elapsed().as_secs_f64() < 1.0 {
        let (begin, clock) = (now(threads == 1, start), Instant::now());
        for _ in 0..repeats {
            plan.run(&inputs, &mut outputs)?;
        }
        times.push((now(threads == 1, start) - begin) * 1e3 / repeats as f64);
        if clock.elapsed().as_secs_f64() < 0.02 && threads == 1 {
            repeats *= 2;
            times.clear();
        }
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 10])
}

fn main() -> Result<(), Box<dyn Error>> {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    println!("{:<28}{:>10}{:>10}{:>12}{:>12}", "", "1 thread", "2 threads", "GFLOP/s", "operations");
    for (name, build) in WORKLOADS.iter().filter(|(name, _)| name.contains(&wanted)) {
        let graph = Graph::new();
        let plan = graph.plan(&build(&graph))?;
        let inputs: Vec<_> = plan.inputs().map(fill).collect();
        let mut outputs: Vec<_> = plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
        let mut ms = [0.0; 2];
        for (ms, threads) in ms.iter_mut().zip(1..) {
            *ms = with_threads(threads, || time(&plan, &inputs, &mut outputs, threads))?;
        }
        let flops = 2.0 * graph.macs(1)[0] as f64 / ms[1] / 1e6;
        println!("{name:<28}{:>10.3}{:>10.3}{flops:>12.1}{:>12}", ms[0], ms[1], plan.len());
    }
    Ok(())
}
