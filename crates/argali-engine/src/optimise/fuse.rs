//! Puts operations together that can work on a tile of rows while it is in cache.

use crate::graph::{Id, Node, Nodes, Tensor};
use crate::operation::TensorType;
use crate::ops::fused::{Fused, Producer, Stage};
use crate::ops::{Conv, MatMul, Reshape};
use std::any::Any;
use std::sync::Arc;

/// The most stages of an operation: all their operands are in memory at once.
const MOST_STAGES: usize = 8;

/// Merges every node with the one that makes its input, where nothing else reads that.
pub(super) fn fuse(nodes: &mut Nodes, outputs: &[Id]) {
    let mut fuser = Fuser::new(nodes, outputs);
    for node in &nodes.nodes {
        fuser.add(node);
    }
    nodes.nodes = fuser.nodes.into_iter().flatten().collect();
}

struct Fuser<'n> {
    tensors: &'n [Tensor],
    /// Times that each tensor is read, by nodes or as an output.
    readers: Vec<usize>,
    /// Node that makes each tensor.
    makers: Vec<Option<usize>>,
    /// Nodes so far; the ones that were merged into later ones are gone.
    nodes: Vec<Option<Node>>,
}

/// What a node and the one before it become: the index of the latter, the operation and its inputs.
type Merged = (usize, Fused, Vec<Id>);

impl<'n> Fuser<'n> {
    fn new(nodes: &'n Nodes, outputs: &[Id]) -> Self {
        let mut readers = vec![0; nodes.tensors.len()];
        outputs.iter().for_each(|o| readers[*o] += 2);
        nodes.nodes.iter().flat_map(|n| &n.inputs).for_each(|i| readers[*i] += 1);
        Fuser { tensors: &nodes.tensors, readers, makers: vec![None; nodes.tensors.len()], nodes: Vec::new() }
    }

    fn add(&mut self, node: &Node) {
        let merged = self.with_stage(node).or_else(|| self.with_shape(node)).or_else(|| self.separable(node));
        let node = match merged {
            Some((index, operation, inputs)) => {
                let scope = self.nodes[index].take().map_or(node.scope, |before| before.scope);
                Node { operation: Arc::new(operation), inputs, outputs: node.outputs.clone(), scope }
            }
            None => node.clone(),
        };
        node.outputs.iter().for_each(|o| self.makers[*o] = Some(self.nodes.len()));
        self.nodes.push(Some(node));
    }

    /// The node that makes a tensor which is read once.
    fn maker(&self, id: Id) -> Option<(usize, &Node)> {
        let index = self.makers[id].filter(|_| self.readers[id] == 1)?;
        let node = self.nodes[index].as_ref().filter(|n| n.outputs.len() == 1)?;
        Some((index, node))
    }

    fn types(&self, ids: &[Id]) -> Vec<TensorType> {
        ids.iter().map(|id| self.tensors[*id].ty.clone()).collect()
    }

    /// A node as the beginning of a chain of stages, and its inputs.
    fn beginning(&self, node: &Node) -> Option<(Fused, Vec<Id>)> {
        let output = &self.tensors[node.outputs[0]].ty;
        let operation: &dyn Any = node.operation.as_ref();
        if let Some(fused) = operation.downcast_ref::<Fused>() {
            return Some((fused.clone(), node.inputs.clone()));
        }
        let chain = |producer| Fused { producer, stages: Vec::new(), shape: output.shape.clone() };
        if let Some(conv) = operation.downcast_ref::<Conv>() {
            return Some((chain(Producer::Conv(conv.clone())), node.inputs.clone()));
        }
        if let Some(matmul) = operation.downcast_ref::<MatMul>().filter(|m| !m.transpose_a) {
            return Some((chain(Producer::MatMul(*matmul)), node.inputs.clone()));
        }
        let (main, stage) = self.stages(node).next()?;
        let inputs = std::iter::once(node.inputs[main]).chain(others(node, main)).collect();
        Some((Fused { stages: vec![stage], ..chain(Producer::Input) }, inputs))
    }

    /// The inputs that a node can work on, the others being its operands, and what it then is.
    fn stages(&self, node: &Node) -> impl Iterator<Item = (usize, Stage)> {
        let (inputs, output) = (self.types(&node.inputs), &self.tensors[node.outputs[0]].ty);
        let stage = move |main| Some((main, Stage::new(node.operation.as_ref(), &inputs, output, main)?));
        (0..node.inputs.len()).filter_map(stage)
    }

    /// An element-wise operation after a chain.
    fn with_stage(&self, node: &Node) -> Option<Merged> {
        self.stages(node).find_map(|(main, stage)| {
            let (index, before) = self.maker(node.inputs[main])?;
            let (mut fused, mut inputs) = self.beginning(before).filter(|(f, _)| f.stages.len() < MOST_STAGES)?;
            fused.stages.push(stage);
            inputs.extend(others(node, main));
            Some((index, fused, inputs))
        })
    }

    /// Another shape with the same channels after a product.
    fn with_shape(&self, node: &Node) -> Option<Merged> {
        let Reshape(shape) = (node.operation.as_ref() as &dyn Any).downcast_ref()?;
        let (index, before) = self.maker(node.inputs[0])?;
        let (mut fused, inputs) = self.beginning(before)?;
        if matches!(fused.producer, Producer::Input) || fused.shape.last() != shape.last() || shape.is_empty() {
            return None;
        }
        fused.shape.clone_from(shape);
        Some((index, fused, inputs))
    }

    /// A convolution that takes every position by itself, after a depthwise one.
    fn separable(&self, node: &Node) -> Option<Merged> {
        let pointwise: &Conv = (node.operation.as_ref() as &dyn Any).downcast_ref()?;
        if pointwise.groups != 1 || !pointwise.windows.iter().all(|w| w.is_unit()) {
            return None;
        }
        let (index, before) = self.maker(node.inputs[0])?;
        let (fused, mut inputs) = self.beginning(before)?;
        let Producer::Conv(depthwise) = fused.producer else { return None };
        let channels = self.tensors[inputs[0]].ty.shape.last().copied();
        if depthwise.groups < 2 || channels != Some(depthwise.groups) {
            return None;
        }
        inputs.push(node.inputs[1]);
        let producer = Producer::Separable { depthwise, between: fused.stages };
        let shape = self.tensors[node.outputs[0]].ty.shape.clone();
        Some((index, Fused { producer, stages: Vec::new(), shape }, inputs))
    }
}

/// Inputs of a node but for one.
fn others(node: &Node, but: usize) -> impl Iterator<Item = Id> {
    node.inputs.iter().enumerate().filter(move |(i, _)| *i != but).map(|(_, id)| *id)
}

#[cfg(test)]
mod tests {
    use crate::testing::noise;
    use crate::{Buffer, DType, Graph, Plan, Value, Window, with_threads};

    type Build = for<'g> fn(&'g Graph) -> Vec<Value<'g>>;

    fn results(plan: &Plan, dtype: DType) -> Vec<Buffer> {
        let inputs: Vec<_> =
            plan.inputs().enumerate().map(|(i, t)| Buffer::F64(noise(t.len(), i as u64 + 1)).cast(dtype)).collect();
        let mut outputs: Vec<_> = plan.outputs().iter().map(|t| Buffer::zeros(t.dtype, t.len())).collect();
        let slices: Vec<_> = inputs.iter().map(Buffer::as_slice).collect();
        let mut slots: Vec<_> = outputs.iter_mut().map(Buffer::as_slice_mut).collect();
        plan.run(&slices, &mut slots).expect("fitting inputs");
        outputs
    }

    /// The graph's outputs are the same bits with and without this pass, which leaves these operations.
    #[track_caller]
    fn check(build: Build, operations: &[&str]) {
        let graph = Graph::new();
        let outputs = build(&graph);
        let fused = graph.plan(&outputs).expect("a graph without errors");
        let ids: Vec<_> = outputs.iter().map(|v| v.id).collect();
        let plain = Plan::new(&graph.nodes.borrow(), &ids);
        assert_eq!(fused.operations().collect::<Vec<_>>(), operations);
        let dtype = outputs[0].dtype();
        let expected = results(&plain, dtype);
        for threads in [1, 2, 3] {
            with_threads(threads, || assert_eq!(results(&fused, dtype), expected));
        }
    }

    const SAME: Window = Window { size: 3, stride: 1, dilation: 1, before: 1, after: 1 };

    fn input<'g>(graph: &'g Graph, shape: &[usize]) -> Value<'g> {
        graph.input(DType::F32, shape)
    }

    #[test]
    fn bias_and_activation_follow_a_product() {
        let dense: Build = |g| {
            let y = input(g, &[70, 20]).matmul(input(g, &[20, 40]));
            vec![(y + input(g, &[40])).relu()]
        };
        check(dense, &["fused_matmul"]);
        let steps: Build = |g| {
            let y = input(g, &[70, 20]).matmul(input(g, &[20, 6])).reshape(&[7, 10, 6]);
            vec![(input(g, &[6]) + y).tanh() * 0.5]
        };
        check(steps, &["fused_matmul"]);
        let transposed: Build = |g| vec![input(g, &[20, 7]).dot(input(g, &[20, 6]), true, false).relu()];
        check(transposed, &["matmul", "map"]);
    }

    #[test]
    fn bias_activation_and_affine_map_follow_a_convolution() {
        let dense: Build = |g| {
            let y = input(g, &[3, 150, 9]).conv(input(g, &[3, 9, 40]), &[SAME], 1) + input(g, &[40]);
            let parameters = [input(g, &[40]), input(g, &[1, 1, 40]), input(g, &[40])];
            vec![y.relu().affine(parameters[0], parameters[1], parameters[2])]
        };
        check(dense, &["fused_conv"]);
        let grouped: Build = |g| {
            let y = input(g, &[3, 150, 8]).conv(input(g, &[3, 4, 10]), &[SAME], 2) + input(g, &[10]);
            vec![y.sigmoid()]
        };
        check(grouped, &["fused_conv"]);
        let multiplied: Build = |g| {
            let y = input(g, &[3, 150, 8]).conv(input(g, &[3, 1, 24]), &[SAME], 8) + input(g, &[24]);
            vec![y.relu() / input(g, &[24])]
        };
        check(multiplied, &["fused_conv"]);
    }

    #[test]
    fn depthwise_and_pointwise_convolutions_become_one() {
        let separable: Build = |g| {
            let y = input(g, &[3, 150, 9]).conv(input(g, &[3, 1, 18]), &[SAME], 9);
            let y = y.conv(input(g, &[1, 18, 40]), &[Window::UNIT], 1);
            vec![(y + input(g, &[40])).relu()]
        };
        check(separable, &["fused_separable_conv"]);
        let with_bias: Build = |g| {
            let y = input(g, &[2, 20, 21, 32]).conv(input(g, &[3, 3, 1, 32]), &[SAME; 2], 32);
            let y = ((y + input(g, &[32])).relu() * input(g, &[32])).tanh();
            vec![y.conv(input(g, &[1, 1, 32, 64]), &[Window::UNIT; 2], 1)]
        };
        check(with_bias, &["fused_separable_conv"]);
        let strided: Build = |g| {
            let y = input(g, &[2, 20, 32]).conv(input(g, &[3, 1, 32]), &[SAME], 32);
            vec![y.conv(input(g, &[1, 32, 64]), &[Window { stride: 2, ..Window::UNIT }], 1)]
        };
        check(strided, &["conv", "conv"]);
    }

    #[test]
    fn element_wise_operations_become_one_pass() {
        let chain: Build = |g| vec![((input(g, &[30, 7]) * input(g, &[7]) - input(g, &[1, 7])) * 2.0).tanh()];
        check(chain, &["fused_map"]);
    }

    #[test]
    fn tensors_of_the_same_shape_are_added() {
        let residual: Build = |g| {
            let x = input(g, &[3, 150, 16]);
            let y = x.conv(input(g, &[3, 16, 16]), &[SAME], 1) + input(g, &[16]);
            vec![(x + y).relu() * x]
        };
        check(residual, &["fused_conv"]);
        let kept: Build = |g| vec![input(g, &[30, 7]) - input(g, &[30, 7]) * input(g, &[7])];
        check(kept, &["multiply", "subtract"]);
    }

    #[test]
    fn long_sums_are_cut() {
        let sum: Build = |g| {
            let parts = (0..20).map(|_| input(g, &[30, 7]));
            parts.reduce(|sum, part| sum + part).into_iter().collect()
        };
        check(sum, &["fused_map"; 3]);
    }

    #[test]
    fn what_others_read_stays() {
        let twice: Build = |g| {
            let y = input(g, &[30, 7]).matmul(input(g, &[7, 5]));
            vec![y.relu(), y.tanh()]
        };
        check(twice, &["matmul", "map", "map"]);
        let output: Build = |g| {
            let y = input(g, &[30, 7]).matmul(input(g, &[7, 5]));
            vec![y, y.relu()]
        };
        check(output, &["matmul", "map"]);
    }

    #[test]
    fn training_reads_what_it_needs() {
        let graph = Graph::new();
        let x = graph.input(DType::F64, &[2, 30, 6]);
        let weights = [[3, 1, 6].as_slice(), &[1, 6, 8], &[8]].map(|shape| graph.input(DType::F64, shape));
        let y = x.conv(weights[0], &[SAME], 6).conv(weights[1], &[Window::UNIT], 1) + weights[2];
        let loss = y.relu().square().sum_all();
        let mut outputs = vec![loss];
        outputs.extend(graph.gradients(loss, &weights).into_iter().flatten());
        let ids: Vec<_> = outputs.iter().map(|v| v.id).collect();
        let plan = graph.plan(&outputs).expect("a graph without errors");
        let plain = Plan::new(&graph.nodes.borrow(), &ids);
        assert_eq!(results(&plan, DType::F64), results(&plain, DType::F64));
    }
}
