//! Graphs, their gradients and their plans, through the public interface.

use argali_engine::{
    Buffer, DType, Differentiated, Graph, Io, Operation, Plan, Slice, TensorType, Value, with_real, with_threads,
};

/// Runs a plan on these inputs.
fn run(plan: &Plan, inputs: &[Buffer]) -> Vec<Buffer> {
    let mut outputs: Vec<_> = plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
    let inputs: Vec<_> = inputs.iter().map(Buffer::as_slice).collect();
    plan.run(&inputs, &mut outputs.iter_mut().map(Buffer::as_slice_mut).collect::<Vec<_>>()).expect("fitting inputs");
    outputs
}

fn bits(buffer: &Buffer) -> Vec<u64> {
    let of = |v: f64| if v.is_nan() { f64::NAN.to_bits() } else { v.to_bits() };
    buffer.as_slice().to_f64().into_iter().map(of).collect()
}

/// A stream of numbers without structure.
struct Noise(u64);

impl Noise {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn buffer(&mut self, dtype: DType, len: usize) -> Buffer {
        Buffer::F64((0..len).map(|_| self.below(2001) as f64 / 1000.0 - 1.0).collect()).cast(dtype)
    }
}

/// Puts a random operation on random tensors of shape `[6, 4]` and returns what has that shape again.
fn grow<'g>(noise: &mut Noise, values: &[Value<'g>]) -> Vec<Value<'g>> {
    let mut pick = || values[noise.below(values.len())];
    let (a, b, c) = (pick(), pick(), pick());
    let shape = [6, 4];
    match noise.below(18) {
        0 => vec![a + b],
        1 => vec![a * b.tanh()],
        2 => vec![a.maximum(b) - c],
        3 => vec![a.tanh()],
        4 => vec![(a * 0.5).sigmoid()],
        5 => vec![a.reshape(&[4, 6]).relu().reshape(&shape)],
        6 => vec![a.reshape(&[24]).reshape(&shape)],
        7 => vec![a.reshape(&[4, 6]).transpose(&[1, 0])],
        8 => vec![a.softmax(noise.below(2))],
        9 => {
            let (mean, variance) = a.moments(&[0], true);
            vec![b - mean, b * variance.tanh()]
        }
        10 => vec![a.sum(&[0], true) * 0.1 + b],
        11 => vec![a.graph().concat(&[a, b], 0).slice(0, 1, 12, 2)],
        12 => a.graph().concat(&[a, b], 1).split(1, 2),
        13 => vec![a.stop_gradient().reshape(&[2, 12]).reshape(&shape) + b],
        14 => vec![a.dot(b, false, true).dot(c, false, false).tanh()],
        15 => vec![a.affine(b.mean(&[0], true), c.max(&[0], true).tanh(), b.min(&[0], true))],
        16 => vec![a.greater(b).select(a, c), a.top_k(2).0.pad(&[(0, 0), (1, 1)], 0.25)],
        _ => vec![a.cumulative_sum(1).tanh().reverse(0)],
    }
}

#[test]
fn storage_that_is_reused_never_changes_a_result() {
    for seed in 0..150 {
        let (mut noise, dtype) = (Noise(seed), [DType::F32, DType::F64][seed as usize % 2]);
        let graph = Graph::new();
        let inputs: Vec<_> = (0..3).map(|_| graph.input(dtype, &[6, 4])).collect();
        let mut values = inputs.clone();
        for _ in 0..5 + noise.below(25) {
            values.extend(grow(&mut noise, &values));
        }
        let loss = values[values.len() - 1].square().mean_all();
        values.push(loss);
        values.extend(graph.gradients(loss, &inputs).into_iter().flatten());
        assert_eq!(graph.error(), None, "seed {seed}");

        let data: Vec<_> = inputs.iter().map(|_| noise.buffer(dtype, 24)).collect();
        let naive = run(&graph.plan(&values).expect("a graph without errors"), &data);
        for _ in 0..4 {
            let chosen: Vec<_> = (0..1 + noise.below(4)).map(|_| noise.below(values.len())).collect();
            let outputs: Vec<_> = chosen.iter().map(|k| values[*k]).collect();
            let plan = graph.plan(&outputs).expect("a graph without errors");
            for threads in [1, 2, 1] {
                let found = with_threads(threads, || run(&plan, &data));
                for (k, found) in chosen.iter().zip(&found) {
                    assert_eq!(bits(found), bits(&naive[*k]), "seed {seed}, value {k} of {chosen:?}");
                }
            }
        }
    }
}

#[test]
fn storage_is_reused() {
    let graph = Graph::new();
    let x = graph.input(DType::F32, &[1000]);
    let mut y = x;
    for _ in 0..50 {
        y = y.softmax(0);
    }
    let in_place = graph.plan(&[y]).expect("a graph without errors");
    assert_eq!(in_place.len(), 50);
    assert!(in_place.arena_bytes() <= 4000, "{} bytes", in_place.arena_bytes());
    let mut z = x.reshape(&[10, 100]);
    for _ in 0..20 {
        z = z.softmax(1).transpose(&[1, 0]).reshape(&[10, 100]);
    }
    let two = graph.plan(&[z]).expect("a graph without errors");
    assert!(two.arena_bytes() <= 8000, "{} bytes", two.arena_bytes());
}

#[test]
fn small_tensors_leave_large_storage_to_large_ones() {
    let graph = Graph::new();
    let (mut x, matrix) = (graph.input(DType::F32, &[1, 100]), graph.input(DType::F32, &[100, 1000]));
    let mut kept = Vec::new();
    for _ in 0..20 {
        x = x.matmul(matrix).softmax(1).dot(matrix, false, true).softmax(1);
        kept.push(x);
    }
    let sum = graph.concat(&kept, 0).softmax(0).softmax(1);
    let plan = graph.plan(&[sum]).expect("a graph without errors");
    let packed_matrix = 4 * 100 * 1000;
    assert!(plan.arena_bytes() < 2 * packed_matrix, "{} bytes", plan.arena_bytes());
}

#[test]
fn inputs_constants_and_views_are_outputs_like_any_other() {
    let graph = Graph::new();
    let x = graph.input(DType::F32, &[2, 2]);
    let constant = graph.constant(vec![5.0f32, 6.0], &[2]);
    let sum = x + constant;
    let outputs = [x, constant, x.reshape(&[4]), sum.reshape(&[4]), sum, sum, constant.reshape(&[1, 2]), x];
    let found = run(&graph.plan(&outputs).expect("a graph without errors"), &[vec![1f32, 2., 3., 4.].into()]);
    let (x, c, s) = (vec![1f32, 2., 3., 4.], vec![5f32, 6.], vec![6f32, 8., 8., 10.]);
    let expected = [&x, &c, &x, &s, &s, &s, &c, &x].map(|v| Buffer::F32(v.clone()));
    assert_eq!(found, expected);
}

#[test]
fn a_constant_read_by_the_first_operation_and_one_read_by_none() {
    let graph = Graph::new();
    let unused = graph.constant(vec![1i64], &[]);
    let y = graph.constant(vec![2.0], &[1]).exp();
    let found = run(&graph.plan(&[y, unused]).expect("a graph without errors"), &[]);
    assert_eq!(found, [Buffer::F64(vec![2f64.exp()]), Buffer::I64(vec![1])]);
}

#[test]
fn dead_branches_do_not_run() {
    let graph = Graph::new();
    let x = graph.input(DType::F32, &[2]);
    let y = x.exp();
    let _ = (y * x).softmax(0);
    let plan = graph.plan(&[y]).expect("a graph without errors");
    assert_eq!(plan.operations().count(), 1);
    assert!(!plan.is_empty());
    assert!(graph.plan(&[]).expect("a graph without errors").is_empty());
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let graph = Graph::new();
    let x = graph.input(DType::F64, &[64, 64]);
    let y = (x.dot(x.tanh(), false, true).softmax(1) * x).cumulative_sum(0);
    let plan = graph.plan(&[y]).expect("a graph without errors");
    let data: Vec<_> = (0..8).map(|seed| Noise(seed).buffer(DType::F64, 64 * 64)).collect();
    let alone: Vec<_> = data.iter().map(|d| run(&plan, std::slice::from_ref(d))).collect();
    std::thread::scope(|scope| {
        for (data, alone) in data.iter().zip(&alone) {
            scope.spawn(|| (0..30).for_each(|_| assert_eq!(run(&plan, std::slice::from_ref(data)), *alone)));
        }
    });
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_written() {
    let graph = Graph::new();
    let (x, labels) = (graph.input(DType::F32, &[2]), graph.input(DType::I64, &[1]));
    let plan = graph.plan(&[x.gather(labels, 0)]).expect("a graph without errors");
    let (x, i) = ([1f32, 2.0], [1i64]);
    let (floats, integers): (Slice<'_>, Slice<'_>) = (x.as_slice().into(), i.as_slice().into());
    let wrong: [&[Slice<'_>]; 5] =
        [&[], &[floats], &[floats, integers, integers], &[integers, integers], &[floats.first(1), integers]];
    for inputs in wrong {
        let mut y = [7f32];
        let error = plan.run(inputs, &mut [y.as_mut_slice().into()]).expect_err("inputs that do not fit");
        assert!(error.to_string().contains("input"), "{error}");
        assert_eq!(y, [7.0]);
    }
    let (mut wide, mut double) = ([0f32; 2], [0f64]);
    assert!(plan.run(&[floats, integers], &mut [wide.as_mut_slice().into()]).is_err());
    assert!(plan.run(&[floats, integers], &mut [double.as_mut_slice().into()]).is_err());
    assert!(plan.run(&[floats, integers], &mut []).is_err());
    let mut y = [7f32];
    assert!(plan.run(&[floats, integers], &mut [y.as_mut_slice().into()]).is_ok());
    assert_eq!(y, [2.0]);
}

#[test]
fn messages_say_what_is_missing() {
    let graph = Graph::new();
    let plan = graph.plan(&[graph.input(DType::F32, &[2, 3])]).expect("a graph without errors");
    let message = |inputs: &[Slice<'_>]| plan.run(inputs, &mut []).expect_err("a missing output").to_string();
    assert_eq!(message(&[]), "0 inputs, expected 1");
    assert_eq!(message(&[[1i64].as_slice().into()]), "0 outputs, expected 1");
    let mut y = [0f32; 6];
    let error = plan.run(&[[1i64].as_slice().into()], &mut [y.as_mut_slice().into()]).expect_err("an integer");
    assert_eq!(error.to_string(), "input 0 is int64 of 1 elements, expected float32 [2, 3]");
}

#[test]
fn the_first_error_stays_and_there_is_no_plan() {
    let graph = Graph::new();
    let x = graph.input(DType::F32, &[2]);
    let y = (x + graph.input(DType::F32, &[3])).exp();
    let _ = y.softmax(9).reshape(&[77]).top_k(5).0.gather(x, 3).index(2, 2);
    let error = graph.error().expect("an error");
    assert_eq!(error.to_string(), "operation `add`: shapes [2] and [3] do not broadcast");
    assert_eq!(graph.plan(&[x]).expect_err("no plan"), error);
    assert_eq!(graph.gradients(y.sum_all(), &[x]).len(), 1);
}

#[test]
fn sizes_beyond_all_memory_are_errors() {
    for shape in [&[1 << 40, 1 << 40][..], &[usize::MAX], &[1; 17], &[usize::MAX, 0, usize::MAX]] {
        let graph = Graph::new();
        let x = graph.input(DType::F32, shape);
        assert!(graph.error().is_some(), "{shape:?}");
        assert!(x.tensor_type().is_empty());
    }
    let graph = Graph::new();
    let _ = graph.full(DType::F32, &[1 << 31], 0.0).expand_dims(0).broadcast_to(&[1 << 31, 1 << 31]);
    assert!(graph.error().is_some_and(|e| e.to_string().contains("a size that can be addressed")));
    let graph = Graph::new();
    let _ = graph.constant(vec![1.0, 2.0], &[3]);
    assert_eq!(graph.error().map(|e| e.message), Some("2 elements for shape [3], expected 3".into()));
}

#[test]
fn inputs_are_numbered_in_order_and_the_seed_is_one_of_them() {
    let graph = Graph::new();
    let x = graph.input(DType::F32, &[2]);
    assert_eq!(graph.seed_input(), None);
    let (seed, again) = (graph.seed(), graph.seed());
    let y = graph.input(DType::F32, &[2]);
    assert_eq!((graph.inputs(), graph.seed_input()), (3, Some(1)));
    assert_eq!([x, seed, again, y, x + y].map(|v| graph.input_index(v)), [Some(0), Some(1), Some(1), Some(2), None]);
    let plan = graph.plan(&[x + y]).expect("a graph without errors");
    assert_eq!(plan.inputs().map(ToString::to_string).collect::<Vec<_>>(), ["float32 [2]", "int64 [2]", "float32 [2]"]);
}

#[test]
fn updates_and_losses_are_taken_once() {
    let graph = Graph::new();
    let (average, x) = (graph.input(DType::F32, &[]), graph.input(DType::F32, &[4]));
    graph.update(average, average * 0.9 + x.mean_all() * 0.1);
    graph.add_loss(x.square().sum_all());
    graph.add_loss(x.abs().sum_all());
    let updates = graph.take_updates();
    assert_eq!(updates.len(), 1);
    assert_eq!(graph.input_index(updates[0].0), Some(0));
    let losses = graph.take_losses();
    assert_eq!((losses.len(), graph.take_losses().len(), graph.take_updates().len()), (2, 0, 0));
    let plan = graph.plan(&[updates[0].1, losses[0], losses[1]]).expect("a graph without errors");
    let found = run(&plan, &[vec![10f32].into(), vec![1f32, -1.0, 2.0, -2.0].into()]);
    assert_eq!(found, [9.0, 10.0, 6.0].map(|v| Buffer::F32(vec![v])));
}

#[test]
fn gradients_are_none_where_nothing_depends() {
    let graph = Graph::new();
    let (x, y, i) = (graph.input(DType::F64, &[2]), graph.input(DType::F64, &[2]), graph.input(DType::I64, &[2]));
    let loss = (x * x.stop_gradient()).sum_all() + x.gather(i, 0).sum_all() + y.floor().sum_all();
    let gradients = graph.gradients(loss, &[x, y, i, loss]);
    assert_eq!(gradients.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, false, true]);
    assert_eq!(graph.error(), None);
}

#[test]
fn gradients_with_respect_to_what_is_computed() {
    let graph = Graph::new();
    let x = graph.input(DType::F64, &[2]);
    let y = x.square();
    let loss = (y * y + y).sum_all();
    let of_y = graph.gradients(loss, &[y, x]);
    let outputs: Vec<_> = of_y.into_iter().flatten().collect();
    let found = run(&graph.plan(&outputs).expect("a graph without errors"), &[vec![2.0, 3.0].into()]);
    assert_eq!(found, [Buffer::F64(vec![9.0, 19.0]), Buffer::F64(vec![36.0, 114.0])]);
}

#[test]
fn scopes_divide_work_and_time() {
    let graph = Graph::new();
    let x = graph.input(DType::F32, &[8, 8]);
    let before = graph.set_scope(2);
    let y = x.matmul(x);
    assert_eq!((before, graph.set_scope(before)), (0, 2));
    let loss = y.square().sum_all();
    assert_eq!(graph.macs(3), [0, 0, 512]);
    let gradient = graph.gradients(loss, &[x])[0].expect("it depends");
    assert_eq!(graph.macs(3), [0, 0, 3 * 512], "gradients count where their operation does");
    let plan = graph.plan(&[gradient]).expect("a graph without errors");
    let (data, mut output) = (vec![1f32; 64], vec![0f32; 64]);
    let times = plan.profile(&[data.as_slice().into()], &mut [output.as_mut_slice().into()]).expect("fitting inputs");
    assert_eq!(times.len(), 3);
    assert!(times[2].as_nanos() > 0 && output[0] > 0.0);
}

/// Gives its input as many times as asked, and wrong gradients if asked.
#[derive(Clone, Copy, Debug)]
struct Repeat {
    times: usize,
    gradients: usize,
    wrong_type: bool,
}

impl Operation for Repeat {
    fn name(&self) -> &'static str {
        "repeat"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        Ok(vec![inputs[0].clone(); self.times])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        with_real!(io.dtype(), T => {
            (0..self.times).for_each(|i| io.outputs.get::<T>(i).copy_from_slice(io.inputs.get::<T>(0)));
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        let sum = at.gradients.iter().copied().flatten().reduce(|a, b| a + b);
        vec![if self.wrong_type { sum.map(|s| s.reshape(&[1, 2])) } else { sum }; self.gradients]
    }
}

#[test]
fn operations_of_ones_own_have_one_to_eight_outputs() {
    for times in 0..=10 {
        let graph = Graph::new();
        let x = graph.input(DType::F64, &[2]);
        let outputs = graph.apply(Repeat { times, gradients: 1, wrong_type: false }, &[x]);
        match times {
            1..=8 => {
                let found = run(&graph.plan(&outputs).expect("a graph without errors"), &[vec![1.0, 2.0].into()]);
                assert_eq!(found, vec![Buffer::F64(vec![1.0, 2.0]); times]);
                let weighted = outputs.iter().enumerate().map(|(k, y)| *y * (k + 1) as f64).reduce(|a, b| a + b);
                let gradient = graph.gradients(weighted.expect("an output").sum_all(), &[x])[0].expect("it depends");
                let found = run(&graph.plan(&[gradient]).expect("a graph without errors"), &[vec![0.0; 2].into()]);
                assert_eq!(found, [Buffer::F64(vec![(times * (times + 1) / 2) as f64; 2])]);
            }
            _ => assert_eq!(graph.error().map(|e| e.message), Some(format!("gives {times} outputs, expected 1 to 8"))),
        }
    }
}

#[test]
fn gradients_that_do_not_fit_are_errors() {
    for (gradients, wrong_type, expected) in [
        (0, false, "0 gradients for 1 inputs"),
        (2, false, "2 gradients for 1 inputs"),
        (1, true, "a gradient float64 [1, 2] for an input float64 [2]"),
    ] {
        let graph = Graph::new();
        let x = graph.input(DType::F64, &[2]);
        let y = graph.apply(Repeat { times: 1, gradients, wrong_type }, &[x])[0];
        let _ = graph.gradients(y.sum_all(), &[x]);
        assert_eq!(graph.error().map(|e| e.message).as_deref(), Some(expected));
    }
}

#[test]
fn products_of_empty_matrices() {
    for (m, k, n) in [(0, 3, 2), (2, 0, 3), (2, 3, 0), (0, 0, 0)] {
        for (transpose_a, transpose_b) in [(false, false), (true, false), (false, true), (true, true)] {
            let graph = Graph::new();
            let a = graph.input(DType::F32, &if transpose_a { [k, m] } else { [m, k] });
            let b = graph.input(DType::F32, &if transpose_b { [n, k] } else { [k, n] });
            let product = a.dot(b, transpose_a, transpose_b);
            let gradients = graph.gradients(product.sum_all(), &[a, b]);
            let outputs = [product, gradients[0].expect("it depends"), gradients[1].expect("it depends")];
            let data = [m * k, k * n].map(|len| Buffer::F32(vec![1.0; len]));
            let found = run(&graph.plan(&outputs).expect("a graph without errors"), &data);
            let gradient = |len, of: usize| Buffer::F32(vec![of as f32; len]);
            assert_eq!(found, [Buffer::zeros(DType::F32, m * n), gradient(m * k, n), gradient(k * n, m)]);
        }
    }
    let graph = Graph::new();
    let integers = graph.input(DType::I64, &[2, 2]);
    let _ = integers.matmul(integers);
    assert!(graph.error().is_some());
}
