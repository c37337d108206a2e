//! Part of a tensor: some positions of each axis, at even distances.

use super::walk::{Walk, row_major};
use super::{Pad, check_axis, one};
use crate::operation::{Differentiated, Io, Operation, OperationError, TensorType};
use crate::parallel::{CHUNK, for_each_chunk};
use crate::value::Value;
use crate::with_element;
use std::ops::Range;

/// Part of a tensor: along each axis `shape` positions from `starts` on, `steps` apart. The reverse of [`Pad`].
#[derive(Clone, Debug)]
pub struct Slice {
    /// First position along each axis.
    pub starts: Vec<usize>,
    /// Distance of positions along each axis, at least 1.
    pub steps: Vec<usize>,
    /// Shape of the part.
    pub shape: Vec<usize>,
}

impl Operation for Slice {
    fn name(&self) -> &'static str {
        "slice"
    }

    fn outputs(&self, inputs: &[TensorType]) -> Result<Vec<TensorType>, String> {
        let x = one(inputs)?;
        let ranks = [self.starts.len(), self.steps.len(), self.shape.len()];
        if ranks.iter().any(|r| *r != x.shape.len()) {
            return Err(format!("starts, steps and lengths for {ranks:?} axes, found {x}"));
        }
        for (axis, len) in x.shape.iter().enumerate() {
            let (start, step, count) = (self.starts[axis], self.steps[axis], self.shape[axis]);
            let end = count.checked_sub(1).map(|n| n.checked_mul(step).and_then(|d| d.checked_add(start)));
            if step == 0 || end.is_some_and(|end| end.is_none_or(|end| end >= *len)) {
                return Err(format!("{count} positions from {start} on with step {step} along axis {axis} of {x}"));
            }
        }
        Ok(vec![TensorType::new(x.dtype, &self.shape[..])])
    }

    fn run(&self, io: &mut Io<'_, '_>) {
        let strides = row_major(io.inputs.shape(0));
        let base = self.starts.iter().zip(strides).map(|(start, stride)| start * stride as usize).sum();
        let stride = |axis: usize| strides[axis] * self.steps[axis] as isize;
        let walk = Walk::along(base, self.shape.iter().enumerate().map(|(axis, len)| (*len, stride(axis))));
        with_element!(io.dtype(), T => {
            let x = io.inputs.get::<T>(0);
            for_each_chunk(io.outputs.get::<T>(0), CHUNK, 2, |i, y| walk.copy(x, i * CHUNK, y));
        })
    }

    fn gradient<'g>(&self, at: &Differentiated<'g>) -> Vec<Option<Value<'g>>> {
        vec![Some(self.padded(&at.inputs[0].shape(), at.gradient()))]
    }
}

impl Slice {
    /// A tensor of zeros but for this part of it.
    fn padded<'g>(&self, shape: &[usize], part: Value<'g>) -> Value<'g> {
        let pad = Pad { starts: self.starts.clone(), steps: self.steps.clone(), shape: shape.to_vec(), value: 0.0 };
        part.graph().apply_one(pad, &[part])
    }

    /// The axis, and the positions of it, if the part is all of a tensor of this shape along the other axes.
    fn stretch(&self, shape: &[usize]) -> Option<(usize, Range<usize>)> {
        let mut partial = (0..shape.len()).filter(|axis| self.shape[*axis] != shape[*axis]);
        let axis = partial.next().filter(|axis| self.steps[*axis] == 1 || self.shape[*axis] == 1)?;
        partial.next().is_none().then(|| (axis, self.starts[axis]..self.starts[axis] + self.shape[axis]))
    }
}

/// The gradient with respect to a tensor, of which parts were taken, given those with respect to the parts.
///
/// Stands in for the gradients of the slices one by one: what was taken along one axis without overlap is joined in one
/// pass, so that a tensor cut into many parts costs no more than one cut into few.
pub(crate) fn gradient_of_parts<'g>(of: &TensorType, parts: &[(Slice, Value<'g>)]) -> Option<Value<'g>> {
    let mut terms = Vec::new();
    let mut stretches = Vec::new();
    for (part, gradient) in parts {
        match part.stretch(&of.shape) {
            Some((axis, range)) => stretches.push((axis, range, *gradient)),
            None => terms.push(part.padded(&of.shape, *gradient)),
        }
    }
    stretches.sort_by_key(|(axis, range, _)| (*axis, range.start));
    let mut rows: Vec<Row<'g>> = Vec::new();
    for (axis, range, gradient) in stretches {
        match rows.iter_mut().find(|row| row.axis == axis && row.end <= range.start) {
            Some(row) => {
                row.end = range.end;
                row.stretches.push((range, gradient));
            }
            None => rows.push(Row { axis, end: range.end, stretches: vec![(range, gradient)] }),
        }
    }
    terms.extend(rows.iter().filter_map(|row| row.joined(of)));
    terms.into_iter().reduce(|sum, term| sum + term)
}

/// Stretches of a tensor along an axis, one after the other.
struct Row<'g> {
    axis: usize,
    end: usize,
    stretches: Vec<(Range<usize>, Value<'g>)>,
}

impl<'g> Row<'g> {
    /// The whole tensor, zero around and between the stretches.
    fn joined(&self, of: &TensorType) -> Option<Value<'g>> {
        let (first, last) = (self.stretches.first()?, self.stretches.last()?);
        let graph = first.1.graph();
        let mut members = Vec::new();
        let mut end = first.0.start;
        for (range, gradient) in &self.stretches {
            if end < range.start {
                let mut shape = of.shape.clone();
                shape[self.axis] = range.start - end;
                members.push(graph.full(of.dtype, &shape, 0.0));
            }
            members.push(*gradient);
            end = range.end;
        }
        let mut around = vec![(0, 0); of.shape.len()];
        around[self.axis] = (first.0.start, of.shape[self.axis] - last.0.end);
        Some(graph.concat(&members, self.axis).pad(&around, 0.0))
    }
}

impl<'g> Value<'g> {
    /// The positions `start`, `start + step`, … before `end` of an axis.
    ///
    /// Bounds beyond the axis and a step of 0 are kept as the graph's error.
    #[must_use = "a new tensor is returned"]
    pub fn slice(self, axis: usize, start: usize, end: usize, step: usize) -> Self {
        let ty = self.tensor_type();
        let len = ty.shape.get(axis).copied().unwrap_or(0);
        let fits = check_axis(&ty, axis).and_then(|()| match start <= end && end <= len && step > 0 {
            true => Ok(()),
            false => Err(format!("positions {start}..{end} with step {step} along axis {axis} of {ty}")),
        });
        if let Err(message) = fits {
            self.graph().fail(OperationError { operation: "slice", message });
            return self;
        }
        if (start, end, step) == (0, len, 1) {
            return self;
        }
        let rank = ty.shape.len();
        let mut part = Slice { starts: vec![0; rank], steps: vec![1; rank], shape: ty.shape };
        (part.starts[axis], part.steps[axis], part.shape[axis]) = (start, step, (end - start).div_ceil(step));
        if part.shape[axis] == 0 {
            part.starts[axis] = 0;
        }
        self.graph().apply_one(part, &[self])
    }

    /// The tensor cut along an axis into `parts` of equal length.
    ///
    /// A length that can't be cut so is kept as the graph's error.
    pub fn split(self, axis: usize, parts: usize) -> Vec<Self> {
        let ty = self.tensor_type();
        let len = ty.shape.get(axis).copied().unwrap_or(0);
        if axis >= ty.shape.len() || parts == 0 || len % parts != 0 {
            let message = format!("{parts} equal parts along axis {axis} of {ty}");
            self.graph().fail(OperationError { operation: "split", message });
            return vec![self; parts];
        }
        let part = len / parts;
        (0..parts).map(|i| self.slice(axis, i * part, (i + 1) * part, 1)).collect()
    }

    /// One position of an axis, which goes.
    #[must_use = "a new tensor is returned"]
    pub fn index(self, axis: usize, position: usize) -> Self {
        self.slice(axis, position, position.saturating_add(1), 1).squeeze(axis)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, error_of, evaluate_buffers};
    use crate::{Buffer, DType, Graph, Value};

    #[test]
    fn takes_positions_at_even_distances() {
        let shape = [3, 7, 2];
        for (axis, start, end, step) in
            [(1, 1, 6, 2), (1, 0, 7, 3), (0, 1, 3, 1), (2, 1, 2, 5), (1, 3, 3, 1), (1, 7, 7, 2)]
        {
            let (_, len, inner) = crate::ops::around(&shape, axis);
            let taken = |k: &usize| {
                let at = k / inner % len;
                (start..end).contains(&at) && (at - start).is_multiple_of(step)
            };
            let reference = |x: &[Vec<f64>]| (0..42).filter(taken).map(|k| x[0][k]).collect();
            check(&[&shape], &|x| x[0].slice(axis, start, end, step), reference);
        }
    }

    /// Axis, first position, end and step.
    type Part = (usize, usize, usize, usize);

    /// The sum of some parts, each times another number.
    fn weighted_sum<'g>(x: Value<'g>, parts: &[Part]) -> Value<'g> {
        let numbered = parts.iter().zip(1..);
        let terms =
            numbered.map(|((axis, start, end, step), n)| x.slice(*axis, *start, *end, *step).sum_all() * n as f64);
        terms.reduce(|sum, term| sum + term).unwrap_or(x)
    }

    /// Holds the gradient of a sum of parts of a tensor of shape `(2, 7)` against differences.
    #[track_caller]
    fn check_parts(parts: &[Part]) {
        let takes = |(axis, start, end, step): &Part, k: usize| {
            let at = [k / 7, k % 7][*axis];
            (*start..*end).contains(&at) && (at - start).is_multiple_of(*step)
        };
        let sum = |x: &[f64], part| (0..14).filter(|k| takes(part, *k)).map(|k| x[k]).sum::<f64>();
        let reference = |x: &[Vec<f64>]| vec![parts.iter().zip(1..).map(|(part, n)| sum(&x[0], part) * n as f64).sum()];
        check(&[&[2, 7]], &|x| weighted_sum(x[0], parts), reference);
    }

    #[test]
    fn gradients_of_parts_add_up() {
        check_parts(&[(1, 0, 3, 1), (1, 3, 5, 1), (1, 5, 7, 1)]);
        check_parts(&[(1, 5, 6, 1), (1, 1, 3, 1)]);
        check_parts(&[(1, 0, 4, 1), (1, 2, 6, 1), (1, 4, 7, 1), (0, 1, 2, 1), (1, 3, 3, 1)]);
        check_parts(&[(1, 0, 7, 2), (1, 1, 7, 2), (1, 6, 7, 5), (0, 0, 1, 1)]);
    }

    #[test]
    fn the_gradient_of_a_tensor_cut_to_pieces_is_one_pass() {
        let graph = Graph::new();
        let x = graph.input(DType::F64, &[3, 50, 2]);
        let steps = (0..50).map(|step| x.index(1, step).square().sum_all());
        let loss = steps.reduce(|a, b| a + b).unwrap_or(x);
        let gradient = graph.gradients(loss, &[x])[0].expect("a gradient");
        let plan = graph.plan(&[gradient]).expect("a graph without errors");
        assert!(!plan.operations().any(|name| name == "pad"));
        assert_eq!(plan.operations().filter(|name| *name == "concat").count(), 1);
    }

    #[test]
    fn the_gradient_of_one_part_is_padded() {
        let graph = Graph::new();
        let x = graph.input(DType::F64, &[3, 50, 2]);
        let loss = x.index(1, 49).square().sum_all();
        let gradient = graph.gradients(loss, &[x])[0].expect("a gradient");
        let plan = graph.plan(&[gradient]).expect("a graph without errors");
        assert_eq!(plan.operations().filter(|name| *name == "pad").count(), 1);
        assert!(!plan.operations().any(|name| name == "concat"));
    }

    #[test]
    fn splits_and_indexes_integers() {
        let x: Buffer = (0..12).collect::<Vec<i64>>().into();
        let found = evaluate_buffers(&[(&[2, 6], x)], &|x| [x[0].split(1, 3), vec![x[0].index(0, 1)]].concat());
        let expected = [vec![0, 1, 6, 7], vec![2, 3, 8, 9], vec![4, 5, 10, 11], vec![6, 7, 8, 9, 10, 11]];
        assert_eq!(found, expected.map(Buffer::I64));
    }

    #[test]
    fn refuses_what_lies_outside() {
        for (axis, start, end, step) in [(2, 0, 1, 1), (1, 0, 4, 1), (1, 2, 1, 1), (1, 0, 2, 0)] {
            assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].slice(axis, start, end, step)).is_some());
        }
        assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].split(1, 2)[0]).is_some());
        assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].split(5, 2)[0]).is_some());
        assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].split(1, 0).first().copied().unwrap_or(x[0])).is_some());
        assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].index(1, 3)).is_some());
        assert!(error_of(&[(DType::F32, &[2, 3])], &|x| x[0].index(1, usize::MAX)).is_some());
    }
}
