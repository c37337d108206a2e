//! Operations on tensors of any shapes and types, with any arguments, are errors of the graph or run: nothing panics.

use argali_engine::ops::BandedMatrix;
use argali_engine::{Buffer, DType, Function, Graph, Value, Window};
use std::cell::Cell;

/// Arguments without sense, the same ones for every seed (xorshift).
struct Arguments(Cell<u64>);

impl Arguments {
    fn new(seed: u64) -> Self {
        Arguments(Cell::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1))
    }

    fn below(&self, end: usize) -> usize {
        let mut x = self.0.get();
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.0.set(x);
        (x >> 16) as usize % end
    }

    fn flag(&self) -> bool {
        self.below(2) == 0
    }

    fn shape(&self) -> Vec<usize> {
        (0..self.below(5)).map(|_| self.below(5)).collect()
    }

    fn axes(&self) -> Vec<usize> {
        (0..self.below(4)).map(|_| self.below(5)).collect()
    }

    fn size(&self) -> usize {
        [0, 1, 2, 3, 5, usize::MAX][self.below(6)]
    }

    fn windows(&self) -> Vec<Window> {
        let window = |_| Window {
            size: self.below(4),
            stride: self.below(3),
            dilation: self.below(3),
            before: self.below(3),
            after: self.below(3),
        };
        (0..self.below(4)).map(window).collect()
    }

    fn dtype(&self) -> DType {
        [DType::F32, DType::F32, DType::F64, DType::I64][self.below(4)]
    }

    fn operation<'g>(&self, graph: &'g Graph, values: &[Value<'g>]) -> Vec<Value<'g>> {
        let [a, b, c] = [(); 3].map(|()| values[self.below(values.len())]);
        let axis = self.below(6);
        match self.below(47) {
            0 => vec![a.affine(b, c, values[0])],
            1 => vec![a.normalize((b, c), 1e-3, Some(values[0]), None)],
            2 => vec![a.power(b), a.maximum(b), a.greater_equal(b)],
            3 => vec![a.broadcast_to(&self.shape())],
            4 => vec![a.sum_to(&self.shape())],
            5 => vec![a.conv(b, &self.windows(), self.size())],
            6 => vec![a.conv_transpose(b, &self.windows(), self.size(), &self.shape())],
            7 => vec![a.conv_kernel_gradient(b, &self.windows(), self.size())],
            8 => vec![a.cast(self.dtype())],
            9 => vec![a.ctc(b)],
            10 => vec![a.cumulative_sum(axis)],
            11 => vec![a.gather(b, axis)],
            12 => vec![a.take_along_axis(b, axis)],
            13 => vec![a.map(Function::Tanh), a.powf(-0.5), a.clamp(1.0, -1.0)],
            14 => vec![a.is_finite_all()],
            15 => vec![a.matmul(b)],
            16 => vec![a.dot(b, self.flag(), self.flag())],
            17 => <[_; 2]>::from(a.moments(&self.axes(), self.flag())).to_vec(),
            18 => vec![a.one_hot(self.below(4), self.dtype())],
            19 => vec![a.pad(&self.axes().into_iter().map(|n| (n, self.size())).collect::<Vec<_>>(), 0.0)],
            20 => vec![a.dilate(axis, self.size())],
            21 => vec![a.max_pool(&self.windows())],
            22 => vec![a.average_pool(&self.windows())],
            23 => vec![a.sum(&self.axes(), self.flag())],
            24 => vec![a.mean(&self.axes(), self.flag())],
            25 => vec![a.max(&self.axes(), self.flag())],
            26 => vec![a.reshape(&self.shape())],
            27 => vec![a.expand_dims(axis)],
            28 => vec![a.squeeze(axis)],
            29 => vec![a.reverse(axis)],
            30 => vec![a.segment_sum(b, self.below(4))],
            31 => vec![a.select(b, c), a.equal_to(b, DType::F32)],
            32 => vec![a.slice(axis, self.size(), self.size(), self.size())],
            33 => a.split(axis, self.below(4)),
            34 => vec![a.index(axis, self.size())],
            35 => vec![a.softmax(axis)],
            36 => vec![a.log_softmax(axis)],
            37 => vec![a.log_sum_exp(&self.axes(), self.flag())],
            38 => vec![a.sparsemax(axis)],
            39 => vec![a.arg_max(axis)],
            40 => vec![a.sort(axis)],
            41 => <[_; 2]>::from(a.top_k(self.size())).to_vec(),
            42 => vec![a.transpose(&self.axes())],
            43 => vec![a.swap_axes(axis, self.below(6))],
            44 => vec![graph.concat(&[a, b][..self.below(3)], axis)],
            45 => {
                let mut matrix = BandedMatrix::new(self.below(5));
                (0..self.below(4)).for_each(|_| matrix.push(self.size(), vec![0.5; self.below(3)]));
                vec![a.banded(axis, matrix)]
            }
            _ => vec![graph.stack(&[a, b, c], axis)],
        }
    }
}

/// Whether two operations one after the other, with their gradients, could be planned and run.
fn runs(seed: u64) -> bool {
    let arguments = Arguments::new(seed);
    let graph = Graph::new();
    let alike = arguments.flag().then(|| (arguments.dtype(), arguments.shape()));
    let input = |_| {
        let (dtype, shape) = alike.clone().unwrap_or_else(|| (arguments.dtype(), arguments.shape()));
        graph.input(dtype, &shape)
    };
    let inputs: Vec<_> = (0..3).map(input).collect();
    let mut values = inputs.clone();
    for _ in 0..2 {
        let outputs = arguments.operation(&graph, &values);
        values.extend(outputs);
    }
    let mut outputs = values.split_off(inputs.len());
    let sums = outputs.iter().filter(|o| o.dtype().is_float()).map(|o| o.cast(DType::F64).sum_all());
    if let (Some(loss), None) = (sums.reduce(|a, b| a + b), graph.error()) {
        outputs.extend(graph.gradients(loss, &inputs).into_iter().flatten());
    }
    let Ok(plan) = graph.plan(&outputs) else { return false };
    if plan.arena_bytes() + plan.outputs().iter().map(|t| t.len()).sum::<usize>() > 1 << 20 {
        return false;
    }
    let data: Vec<_> = plan
        .inputs()
        .map(|t| match t.dtype {
            DType::I64 => Buffer::I64([0, 1, -1, 5, i64::MAX].into_iter().cycle().take(t.len()).collect()),
            float => Buffer::F64([0.5, -1.0, f64::NAN, 3.0, 1e30, 0.0].into_iter().cycle().take(t.len()).collect())
                .cast(float),
        })
        .collect();
    let data: Vec<_> = data.iter().map(Buffer::as_slice).collect();
    let mut results: Vec<_> = plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
    let mut results: Vec<_> = results.iter_mut().map(Buffer::as_slice_mut).collect();
    plan.run(&data, &mut results).expect("a plan runs on what it asks for");
    true
}

#[test]
fn nothing_panics() {
    let seeds = 100_000;
    let ran = (1..=seeds).filter(|seed| runs(*seed)).count();
    assert!(ran > 5_000, "only {ran} of {seeds} ran");
}
