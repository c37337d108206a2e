//! Kernels against the definition, over random geometry.

use crate::simd::{FORCED, Level};
use crate::testing::{check_gradients, evaluate, noise};
use crate::{DType, Graph, Value, Window, with_threads};

/// A convolution with everything that its kernels distinguish.
#[derive(Clone, Debug)]
struct Case {
    batch: usize,
    lengths: Vec<usize>,
    windows: Vec<Window>,
    cin: usize,
    cout: usize,
    groups: usize,
}

/// Numbers below a bound, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

impl Case {
    fn random(dice: &mut Dice) -> Self {
        loop {
            let rank = 1 + dice.roll(3);
            let longest = [40, 9, 5][rank - 1];
            let mut window = || Window {
                size: 1 + dice.roll(4),
                stride: 1 + dice.roll(3),
                dilation: 1 + dice.roll(3),
                before: dice.roll(5),
                after: dice.roll(5),
            };
            let windows: Vec<_> = (0..rank).map(|_| window()).collect();
            let lengths: Vec<_> = (0..rank).map(|_| 1 + dice.roll(longest)).collect();
            let groups = 1 + dice.roll(3);
            let (per_group, multiplier) = match dice.roll(3) {
                0 => (1, 1 + dice.roll(3)),
                1 => (1 + dice.roll(4), 1 + dice.roll(9)),
                _ => (1 + dice.roll(20), 1 + dice.roll(40)),
            };
            let groups = if per_group == 1 { groups * (1 + dice.roll(20)) } else { groups };
            let (cin, cout) = (groups * per_group, groups * multiplier);
            if windows.iter().zip(&lengths).all(|(w, l)| w.output(*l).is_some()) {
                return Case { batch: 1 + dice.roll(3), lengths, windows, cin, cout, groups };
            }
        }
    }

    fn outputs(&self) -> Vec<usize> {
        self.windows.iter().zip(&self.lengths).filter_map(|(w, l)| w.output(*l)).collect()
    }

    fn x_shape(&self) -> Vec<usize> {
        [&[self.batch], &self.lengths[..], &[self.cin]].concat()
    }

    fn kernel_shape(&self) -> Vec<usize> {
        self.windows.iter().map(|w| w.size).chain([self.cin / self.groups, self.cout]).collect()
    }

    fn y_shape(&self) -> Vec<usize> {
        [&[self.batch], &self.outputs()[..], &[self.cout]].concat()
    }

    /// Calls `f` with the indices of input, kernel and output of every product of the definition.
    fn each_product(&self, mut f: impl FnMut(usize, usize, usize)) {
        let (outputs, sizes) = (self.outputs(), self.windows.iter().map(|w| w.size).collect::<Vec<_>>());
        let (per_group, cout_of_group) = (self.cin / self.groups, self.cout / self.groups);
        for sample in 0..self.batch {
            for (o, position) in indices(&outputs).enumerate() {
                for (t, tap) in indices(&sizes).enumerate() {
                    let at = |a: usize| {
                        let w = &self.windows[a];
                        (position[a] * w.stride + tap[a] * w.dilation).checked_sub(w.before)
                    };
                    let place = (0..sizes.len()).try_fold(0, |flat, a| {
                        at(a).filter(|i| *i < self.lengths[a]).map(|i| flat * self.lengths[a] + i)
                    });
                    let Some(place) = place else { continue };
                    let inputs: usize = self.lengths.iter().product();
                    let outputs: usize = outputs.iter().product();
                    for co in 0..self.cout {
                        for ci in 0..per_group {
                            let channel = co / cout_of_group * per_group + ci;
                            let x = (sample * inputs + place) * self.cin + channel;
                            f(x, (t * per_group + ci) * self.cout + co, (sample * outputs + o) * self.cout + co);
                        }
                    }
                }
            }
        }
    }
}

fn indices(lengths: &[usize]) -> impl Iterator<Item = Vec<usize>> + '_ {
    (0..lengths.iter().product()).map(|mut flat: usize| {
        let mut index: Vec<_> = lengths.iter().rev().map(|l| (flat % l, flat /= l).0).collect();
        index.reverse();
        index
    })
}

fn assert_close(found: &[f64], expected: &[f64], what: &dyn std::fmt::Debug) {
    let scale = expected.iter().fold(0f64, |m, v| m.max(v.abs()));
    assert_eq!(found.len(), expected.len());
    for (i, (f, e)) in found.iter().zip(expected).enumerate() {
        assert!((f - e).abs() <= 1e-12 * scale, "element {i} is {f}, expected {e}: {what:?}");
    }
}

fn len(shape: &[usize]) -> usize {
    shape.iter().product()
}

/// Input, kernel and output of a case, and what the three operations make of them by definition.
struct Expected {
    data: [Vec<f64>; 3],
    results: [Vec<f64>; 3],
}

impl Expected {
    fn new(case: &Case) -> Self {
        let [x, k, y] = [(case.x_shape(), 1), (case.kernel_shape(), 2), (case.y_shape(), 3)]
            .map(|(shape, salt)| noise(len(&shape), salt));
        let mut results = [vec![0.0; x.len()], vec![0.0; k.len()], vec![0.0; y.len()]];
        case.each_product(|i, j, o| {
            results[0][i] += y[o] * k[j];
            results[1][j] += y[o] * x[i];
            results[2][o] += x[i] * k[j];
        });
        Expected { data: [x, k, y], results }
    }

    fn check(&self, case: &Case) {
        let shapes = [case.x_shape(), case.kernel_shape(), case.y_shape()];
        let check = |a: usize, b: usize, result: usize, f: &dyn for<'g> Fn(&[Value<'g>]) -> Value<'g>| {
            let data = [self.data[a].clone(), self.data[b].clone()];
            let found = evaluate(&[&shapes[a], &shapes[b]], &data, f);
            assert_close(&found, &self.results[result], case);
        };
        check(0, 1, 2, &|v| v[0].conv(v[1], &case.windows, case.groups));
        check(2, 1, 0, &|v| v[0].conv_transpose(v[1], &case.windows, case.groups, &case.lengths));
        check(0, 2, 1, &|v| v[0].conv_kernel_gradient(v[1], &case.windows, case.groups));
    }
}

#[test]
fn kernels_compute_what_the_definition_says_at_every_level() {
    let mut dice = Dice(1);
    for _ in 0..300 {
        let case = Case::random(&mut dice);
        let expected = Expected::new(&case);
        for level in Level::all() {
            with_threads(1, || {
                FORCED.set(Some(level));
                expected.check(&case);
                FORCED.set(None);
            });
        }
    }
}

#[test]
fn single_precision_agrees_with_double() {
    let mut dice = Dice(3);
    for _ in 0..100 {
        let case = Case::random(&mut dice);
        let Expected { data: [x, k, _], results: [_, _, y] } = Expected::new(&case);
        let scale = (k.len() / case.cout) as f64;
        let graph = Graph::new();
        let (gx, gk) = (graph.input(DType::F32, &case.x_shape()), graph.input(DType::F32, &case.kernel_shape()));
        let plan = graph.plan(&[gx.conv(gk, &case.windows, case.groups)]).expect("a graph without errors");
        let mut found = vec![0f32; y.len()];
        let inputs = [single(&x), single(&k)];
        let inputs = inputs.each_ref().map(|v| v.as_slice().into());
        plan.run(&inputs, &mut [found.as_mut_slice().into()]).expect("fits");
        assert!(found.iter().zip(&y).all(|(f, y)| (f64::from(*f) - y).abs() <= 1e-6 * scale), "{case:?}");
    }
}

fn single(v: &[f64]) -> Vec<f32> {
    v.iter().map(|v| *v as f32).collect()
}

#[test]
fn gradients_agree_with_differences() {
    let mut dice = Dice(7);
    let mut checked = 0;
    while checked < 12 {
        let case = Case::random(&mut dice);
        let (xs, ks, ys) = (case.x_shape(), case.kernel_shape(), case.y_shape());
        if len(&xs) + len(&ks) + len(&ys) > 400 {
            continue;
        }
        checked += 1;
        let (x, k, y) = (noise(len(&xs), 1), noise(len(&ks), 2), noise(len(&ys), 3));
        check_gradients(&[&xs, &ks], &[x.clone(), k.clone()], &|v| v[0].conv(v[1], &case.windows, case.groups));
        check_gradients(&[&ys, &ks], &[y.clone(), k], &|v| {
            v[0].conv_transpose(v[1], &case.windows, case.groups, &case.lengths)
        });
        check_gradients(&[&xs, &ys], &[x, y], &|v| v[0].conv_kernel_gradient(v[1], &case.windows, case.groups));
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let same = Window { size: 5, stride: 1, dilation: 1, before: 2, after: 2 };
    for (cin, cout, groups) in [(24, 40, 1), (48, 48, 48), (24, 48, 24), (16, 32, 2)] {
        let graph = Graph::new();
        let x = graph.input(DType::F32, &[3, 500, cin]);
        let k = graph.input(DType::F32, &[5, cin / groups, cout]);
        let loss = x.conv(k, &[same], groups).square().sum_all();
        let gradients: Vec<_> = graph.gradients(loss, &[x, k]).into_iter().flatten().collect();
        let plan = graph.plan(&gradients).expect("a graph without errors");
        let (x, k) = (single(&noise(1500 * cin, 1)), single(&noise(5 * cin / groups * cout, 2)));
        let run = |threads| {
            let (mut dx, mut dk) = (vec![0f32; x.len()], vec![0f32; k.len()]);
            let outputs = &mut [dx.as_mut_slice().into(), dk.as_mut_slice().into()];
            with_threads(threads, || plan.run(&[x.as_slice().into(), k.as_slice().into()], outputs)).expect("fits");
            (dx, dk)
        };
        assert_eq!(run(1), run(2));
        assert_eq!(run(1), run(3));
    }
}

#[test]
fn shapes_that_do_not_fit_are_errors() {
    let window = Window { size: 3, ..Window::UNIT };
    let message = |x: &[usize], k: &[usize], windows: &[Window], groups: usize| {
        let graph = Graph::new();
        let _ = graph.input(DType::F32, x).conv(graph.input(DType::F32, k), windows, groups);
        graph.error().map(|e| e.to_string()).unwrap_or_default()
    };
    assert_eq!(message(&[1, 3, 2], &[3, 2, 4], &[window], 1), "");
    assert_eq!(
        message(&[1, 2, 2], &[3, 2, 4], &[window], 1),
        "operation `conv`: a window of 3 (stride 1, dilation 1) has no room along spatial axis 0: 2 elements with 0 of \
         padding before and 0 after, expected at least 3"
    );
    assert!(message(&[1, 3, 2], &[3, 3, 4], &[window], 1).contains("takes 3 channels in each of 1 groups"));
    assert!(message(&[1, 3, 2], &[3, 1, 3], &[window], 2).contains("do not divide into 2 groups"));
    assert!(message(&[1, 3, 2], &[2, 2, 4], &[window], 1).contains("takes a kernel of sizes [3]"));
    assert!(message(&[1, 3, 2], &[3, 2, 4], &[], 1).contains("0 spatial axes"));
    assert!(message(&[3, 2], &[3, 2, 4], &[window], 1).contains("takes [batch, 1 spatial axes, channels]"));
    assert!(message(&[1, 3, 2], &[3, 2, 4], &[Window { stride: 0, ..window }], 1).contains("stride 0"));
}
