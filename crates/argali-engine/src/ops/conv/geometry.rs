//! Shapes of a convolution, whichever two of its three tensors are given.

use crate::operation::TensorType;
use crate::ops::window::{Sliding, Window};

/// What all kernels of a convolution need to know about its three tensors: input, kernel and output.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Geometry {
    pub(crate) sliding: Sliding,
    pub(crate) batch: usize,
    pub(crate) cin: usize,
    pub(crate) cout: usize,
    pub(crate) groups: usize,
}

impl Geometry {
    /// From input and kernel.
    pub(crate) fn of_input(
        windows: &[Window],
        groups: usize,
        x: &TensorType,
        kernel: &TensorType,
    ) -> Result<Self, String> {
        let sliding = Sliding::over(windows, x)?;
        let (per_group, cout) = channels_of_kernel(windows, kernel)?;
        let (batch, cin) = (x.shape[0], x.shape[x.shape.len() - 1]);
        if per_group.checked_mul(groups) != Some(cin) {
            return Err(format!("kernel {kernel} takes {per_group} channels in each of {groups} groups, found {x}"));
        }
        Geometry { sliding, batch, cin, cout, groups }.checked()
    }

    /// From output and kernel, given the spatial lengths of the input.
    pub(crate) fn of_output(
        windows: &[Window],
        groups: usize,
        lengths: &[usize],
        y: &TensorType,
        kernel: &TensorType,
    ) -> Result<Self, String> {
        let sliding = Sliding::new(windows, lengths)?;
        let (per_group, cout) = channels_of_kernel(windows, kernel)?;
        let cin = per_group.checked_mul(groups).ok_or("too many channels")?;
        let batch = y.shape.first().copied().unwrap_or(0);
        let geometry = Geometry { sliding, batch, cin, cout, groups }.checked()?;
        geometry.has_output(windows.len(), y)?;
        Ok(geometry)
    }

    /// From input and output.
    pub(crate) fn between(windows: &[Window], groups: usize, x: &TensorType, y: &TensorType) -> Result<Self, String> {
        let sliding = Sliding::over(windows, x)?;
        let (batch, cin) = (x.shape[0], x.shape[x.shape.len() - 1]);
        let cout = y.shape.last().copied().unwrap_or(0);
        let geometry = Geometry { sliding, batch, cin, cout, groups }.checked()?;
        geometry.has_output(windows.len(), y)?;
        Ok(geometry)
    }

    fn checked(self) -> Result<Self, String> {
        let Geometry { cin, cout, groups, .. } = self;
        if groups == 0 || cin % groups != 0 || cout % groups != 0 {
            return Err(format!("{cin} input and {cout} output channels do not divide into {groups} groups"));
        }
        Ok(self)
    }

    fn has_output(&self, rank: usize, y: &TensorType) -> Result<(), String> {
        let positions = &self.sliding.output[self.sliding.output.len() - rank..];
        match y.shape.as_slice() {
            [batch, found @ .., cout] if (*batch, found, *cout) == (self.batch, positions, self.cout) => Ok(()),
            _ => Err(format!("positions of shape {:?} expected, found {y}", self.output_shape(rank))),
        }
    }

    pub(crate) fn input_shape(&self, rank: usize) -> Vec<usize> {
        [&[self.batch], &self.sliding.input[self.sliding.input.len() - rank..], &[self.cin]].concat()
    }

    pub(crate) fn output_shape(&self, rank: usize) -> Vec<usize> {
        [&[self.batch], &self.sliding.output[self.sliding.output.len() - rank..], &[self.cout]].concat()
    }

    pub(crate) fn kernel_shape(&self, rank: usize) -> Vec<usize> {
        let windows = &self.sliding.windows[self.sliding.windows.len() - rank..];
        windows.iter().map(|w| w.size).chain([self.cin_of_group(), self.cout]).collect()
    }

    /// Input channels of each group.
    pub(crate) fn cin_of_group(&self) -> usize {
        self.cin / self.groups
    }

    /// Output channels of each group.
    pub(crate) fn cout_of_group(&self) -> usize {
        self.cout / self.groups
    }

    /// Whether every input channel is convolved by itself.
    pub(crate) fn is_depthwise(&self) -> bool {
        self.groups > 1 && self.groups == self.cin
    }

    /// The convolution over the output, with the kernel reversed along all axes, that is this one's transpose.
    ///
    /// `None` if positions are more than one place apart, or padding hides whole windows.
    pub(crate) fn reversed(&self) -> Option<Geometry> {
        let mut sliding = Sliding { input: self.sliding.output, output: self.sliding.input, ..self.sliding };
        for window in &mut sliding.windows {
            window.before = (window.span() - 1).checked_sub(window.before).filter(|_| window.stride == 1)?;
        }
        Some(Geometry { sliding, cin: self.cout, cout: self.cin, ..*self })
    }

    /// The same convolution, as one line of one sample where every position is one place by itself.
    pub(crate) fn joined(&self) -> Geometry {
        if !self.sliding.is_identity() {
            return *self;
        }
        let line = [1, 1, self.output_rows()];
        Geometry { sliding: Sliding { input: line, output: line, ..self.sliding }, batch: 1, ..*self }
    }

    /// Places of the input in the whole batch.
    pub(crate) fn input_rows(&self) -> usize {
        self.batch * self.sliding.inputs()
    }

    /// Places of the output in the whole batch.
    pub(crate) fn output_rows(&self) -> usize {
        self.batch * self.sliding.outputs()
    }

    /// Elements of the kernel.
    pub(crate) fn kernel_len(&self) -> usize {
        self.sliding.taps() * self.cin_of_group() * self.cout
    }

    pub(crate) fn macs(&self) -> u64 {
        self.output_rows() as u64 * self.kernel_len() as u64
    }
}

fn channels_of_kernel(windows: &[Window], kernel: &TensorType) -> Result<(usize, usize), String> {
    let expected = || {
        let sizes: Vec<_> = windows.iter().map(|w| w.size).collect();
        format!("takes a kernel of sizes {sizes:?} and two axes of channels, found {kernel}")
    };
    match kernel.shape.as_slice() {
        [sizes @ .., per_group, cout] if sizes.iter().copied().eq(windows.iter().map(|w| w.size)) => {
            Ok((*per_group, *cout))
        }
        _ => Err(expected()),
    }
}
