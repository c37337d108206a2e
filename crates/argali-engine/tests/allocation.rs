//! After the first run of a plan, a run allocates nothing.

use argali_engine::{Buffer, DType, Graph, Value, Window, with_threads};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, counting for each thread.
struct Counting;

// SAFETY: every call is passed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        // SAFETY: the caller keeps what `alloc` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps what `dealloc` asks for.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Runs a plan twice and counts what the second run allocates.
fn allocations(shapes: &[&[usize]], f: &dyn for<'g> Fn(&[Value<'g>]) -> Vec<Value<'g>>) -> usize {
    let graph = Graph::new();
    let inputs: Vec<_> = shapes.iter().map(|s| graph.input(DType::F32, s)).collect();
    let plan = graph.plan(&f(&inputs)).expect("a graph without errors");
    let types: Vec<_> = plan.inputs().cloned().collect();
    let data: Vec<_> = types.iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
    let mut outputs: Vec<_> = plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
    let data: Vec<_> = data.iter().map(Buffer::as_slice).collect();
    let mut outputs: Vec<_> = outputs.iter_mut().map(Buffer::as_slice_mut).collect();
    with_threads(1, || {
        plan.run(&data, &mut outputs).expect("fitting inputs");
        let before = ALLOCATIONS.get();
        plan.run(&data, &mut outputs).expect("fitting inputs");
        ALLOCATIONS.get() - before
    })
}

#[test]
fn allocations_are_counted() {
    let before = ALLOCATIONS.get();
    assert_eq!(vec![1u8; 100].len(), 100);
    assert!(ALLOCATIONS.get() > before);
}

#[test]
fn the_second_run_allocates_nothing() {
    let x: &[&[usize]] = &[&[6, 5, 4]];
    type Case<'c> = (&'c str, &'c dyn for<'g> Fn(&[Value<'g>]) -> Vec<Value<'g>>);
    let cases: [Case<'_>; 22] = [
        ("map", &|x| vec![x[0].tanh(), x[0].relu().square()]),
        ("binary", &|x| vec![x[0] * x[0].sum(&[0], true), x[0] + x[0].mean(&[1], true), x[0] / x[0].sum_all()]),
        ("reduce", &|x| vec![x[0].max(&[2], false), x[0].min(&[0, 2], true), x[0].sum(&[1], false)]),
        ("broadcast", &|x| vec![x[0].broadcast_to(&[2, 6, 5, 4]), x[0].reshape(&[6, 1, 20]).broadcast_to(&[6, 3, 20])]),
        ("transpose", &|x| vec![x[0].transpose(&[2, 0, 1]), x[0].reverse(1), x[0].swap_axes(1, 2)]),
        ("slice", &|x| vec![x[0].slice(1, 0, 5, 2), x[0].index(0, 1)]),
        ("pad", &|x| vec![x[0].pad(&[(1, 1), (0, 2), (0, 0)], 1.0), x[0].dilate(1, 2)]),
        ("concat", &|x| vec![x[0].graph().concat(&[x[0], x[0]], 1), x[0].graph().stack(&[x[0], x[0]], 3)]),
        ("select", &|x| vec![x[0].select(x[0], x[0].mean(&[0], true)), x[0].equal_to(x[0], DType::I64)]),
        ("softmax", &|x| vec![x[0].softmax(2), x[0].log_softmax(0), x[0].log_sum_exp(&[1], false), x[0].sparsemax(1)]),
        ("sort", &|x| vec![x[0].sort(1), x[0].top_k(2).0, x[0].arg_max(0), x[0].arg_min(2), x[0].arg_sort(2)]),
        ("gather", &|x| {
            let indices = x[0].graph().constant(vec![1i64, 0], &[2]);
            let taken = x[0].gather(indices, 1);
            vec![taken, x[0].graph().gradients(taken.square().sum_all(), x)[0].unwrap_or(taken)]
        }),
        ("take_along_axis", &|x| {
            let taken = x[0].take_along_axis(x[0].arg_max(2).expand_dims(2), 2);
            vec![taken, x[0].graph().gradients(taken.square().sum_all(), x)[0].unwrap_or(taken)]
        }),
        ("one_hot", &|x| vec![x[0].arg_max(2).one_hot(4, DType::F32), x[0].graph().iota(DType::F32, 3)]),
        ("cumulate", &|x| vec![x[0].cumulative_sum(0), x[0].cumulative_sum(2)]),
        ("moments", &|x| {
            let moments = [&[0][..], &[2], &[0, 2], &[0, 1]].map(|axes| x[0].moments(axes, true));
            moments.iter().map(|m| x[0].normalize(*m, 1e-3, None, None)).collect()
        }),
        ("moments_gradient", &|x| {
            let y = x[0].normalize(x[0].moments(&[0, 1], true), 1e-3, None, None);
            vec![x[0].graph().gradients(y.square().sum_all(), x)[0].unwrap_or(y)]
        }),
        ("matmul", &|x| vec![x[0].reshape(&[6, 20]).dot(x[0].reshape(&[6, 20]), false, true)]),
        ("pool", &|x| {
            let window = Window { size: 2, stride: 2, dilation: 1, before: 0, after: 0 };
            let y = x[0].max_pool(&[window]);
            vec![y, x[0].graph().gradients(y.square().sum_all(), x)[0].unwrap_or(y)]
        }),
        ("cast", &|x| vec![x[0].cast(DType::F64), x[0].cast(DType::I64), x[0].stop_gradient(), x[0]]),
        ("random", &|x| {
            let graph = x[0].graph();
            let normal = graph.random_normal(DType::F32, &[30], 0.0, 1.0);
            vec![
                normal,
                graph.random_uniform(DType::F64, &[3], 0.0, 1.0),
                graph.random_bernoulli(DType::F32, &[9], 0.5),
            ]
        }),
        ("gradient", &|x| {
            let loss = x[0].reshape(&[30, 4]).softmax(1).ln().mean_all();
            vec![x[0].graph().gradients(loss, x)[0].unwrap_or(loss)]
        }),
    ];
    let found: Vec<_> = cases.iter().map(|(name, f)| (*name, allocations(x, *f))).filter(|(_, n)| *n > 0).collect();
    assert_eq!(found, []);
}
