use argali::Put;
use argali::layers::{Activation, ReLU};
use argali::prelude::*;

/// Filters of the pointwise convolution and strides of the depthwise one, block by block.
const BLOCKS: [(usize, usize); 13] = [
    (64, 1),
    (128, 2),
    (128, 1),
    (256, 2),
    (256, 1),
    (512, 2),
    (512, 1),
    (512, 1),
    (512, 1),
    (512, 1),
    (512, 1),
    (1024, 2),
    (1024, 1),
];

/// MobileNet for images: depthwise convolutions alternate with pointwise ones.
///
/// One straight line of layers, so the same words put it on a [`Sequential`] or on a [`Tensor`].
///
/// Howard and others, *MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications*,
/// <https://arxiv.org/abs/1704.04861>. Keras: `keras.applications.MobileNet`.
#[derive(Clone, Debug)]
pub struct MobileNet {
    /// Factor on the number of filters of every convolution. Default 1.
    pub alpha: f64,
    /// Outputs of the depthwise convolutions for each channel. Default 1.
    pub depth_multiplier: usize,
    /// Share of the features that training drops in front of the classifier. Default 0.001.
    pub dropout: f64,
    /// Number of classes. Default 1000.
    pub classes: usize,
}

impl Default for MobileNet {
    fn default() -> Self {
        MobileNet { alpha: 1.0, depth_multiplier: 1, dropout: 1e-3, classes: 1000 }
    }
}

impl MobileNet {
    /// The model for images of some rows and columns with three channels.
    ///
    /// # Errors
    ///
    /// If the options leave a layer without filters or the images no room.
    pub fn model(&self, rows: usize, columns: usize) -> argali::Result<Model> {
        let image = input([rows, columns, 3]);
        Ok(Model::new(&image, self.on(&image))?.named(format!("mobilenet_{:.2}_{rows}", self.alpha)))
    }

    /// The whole network on images.
    pub fn on<P: Put>(&self, images: P) -> Activation<P::Done> {
        self.features(images)
            .global_average_pooling_2d()
            .keepdims(true)
            .dropout(self.dropout)
            .name("dropout")
            .conv_2d(self.classes, 1)
            .padding(Same)
            .name("conv_preds")
            .reshape([self.classes as isize])
            .name("reshape_2")
            .activation(Softmax)
            .name("predictions")
    }

    /// The convolutions alone: 1024 · `alpha` features at a 32nd of the rows and columns.
    pub fn features<P: Put>(&self, images: P) -> ReLU<P::Done> {
        let first = images
            .conv_2d(self.filters(32), 3)
            .strides(2)
            .padding(Same)
            .use_bias(false)
            .name("conv1")
            .batch_normalization()
            .name("conv1_bn")
            .relu()
            .max_value(6.0)
            .name("conv1_relu");
        let numbered = BLOCKS.into_iter().enumerate();
        numbered.fold(first, |x, (i, (filters, strides))| self.block(x, i + 1, self.filters(filters), strides))
    }

    fn block<P: Put>(&self, x: P, id: usize, filters: usize, strides: usize) -> ReLU<P::Done> {
        let depthwise = match strides {
            1 => x.depthwise_conv_2d(3).padding(Same),
            _ => {
                x.zero_padding_2d([(0, 1), (0, 1)]).name(format!("conv_pad_{id}")).depthwise_conv_2d(3).strides(strides)
            }
        };
        depthwise
            .depth_multiplier(self.depth_multiplier)
            .use_bias(false)
            .name(format!("conv_dw_{id}"))
            .batch_normalization()
            .name(format!("conv_dw_{id}_bn"))
            .relu()
            .max_value(6.0)
            .name(format!("conv_dw_{id}_relu"))
            .conv_2d(filters, 1)
            .padding(Same)
            .use_bias(false)
            .name(format!("conv_pw_{id}"))
            .batch_normalization()
            .name(format!("conv_pw_{id}_bn"))
            .relu()
            .max_value(6.0)
            .name(format!("conv_pw_{id}_relu"))
    }

    fn filters(&self, filters: usize) -> usize {
        (filters as f64 * self.alpha) as usize
    }
}
