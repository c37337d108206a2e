//! Pooling over any number of spatial axes.

use super::window::{Sliding, Spatial, computed};
use super::*;

const UNDILATED: [usize; 3] = [1; 3];

/// What a window is reduced to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pool {
    Max,
    Average,
}

/// Pooling by a window that slides.
pub(crate) struct Pooling<'l> {
    sliding: Sliding<'l>,
    data_format: DataFormat,
    pool: Pool,
}

impl<'l> Pooling<'l> {
    pub(crate) fn new(
        pool: Pool,
        pool_size: &'l [usize],
        strides: &'l [usize],
        padding: Padding,
        data_format: DataFormat,
    ) -> Self {
        let dilation = &UNDILATED[..pool_size.len().min(3)];
        Pooling {
            sliding: Sliding { option: "pool_size", size: pool_size, strides, dilation, padding },
            data_format,
            pool,
        }
    }

    pub(crate) fn validate(&self) -> Result<(), Problem> {
        self.sliding.validate()?;
        self.sliding.not_causal()
    }

    pub(crate) fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let Spatial { batch, lengths, channels } = self.data_format.split(input, self.sliding.axes())?;
        let lengths = self.sliding.output(&lengths)?;
        Ok(self.data_format.join(Spatial { batch, lengths, channels }))
    }

    pub(crate) fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = self.data_format.to_channels_last(call.input());
        let shape = x.shape();
        let windows = self.sliding.windows(&shape[1..shape.len() - 1]);
        let pooled = windows.map(|windows| match self.pool {
            Pool::Max => x.max_pool(&windows),
            Pool::Average => x.average_pool(&windows),
        });
        computed(call, pooled.map(|y| self.data_format.back_from_channels_last(y)))
    }
}

/// Defines a layer that is a [`Pooling`].
macro_rules! pooling {
    ($(#[$doc:meta])* $Layer:ident<$axes:literal>: $Pool:ident) => {
        layer! {
            $(#[$doc])*
            pub struct $Layer(Class::layer(stringify!($Layer))) {
                /// Length of the window along each spatial axis.
                pool_size: Size<$axes> as impl Into<Size<$axes>> = 2.into(),
                ..
                /// Steps the window moves at a time. Default: `pool_size`.
                strides: Size<$axes> as impl Into<Size<$axes>> = pool_size,
                /// Borders of the spatial axes; what lies beyond them is not pooled. Default `Valid`.
                padding: Padding = Padding::Valid,
                /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
                data_format: DataFormat = DataFormat::default(),
            }
        }

        impl $Layer {
            fn pooling(&self) -> pooling::Pooling<'_> {
                let (size, strides) = (&self.pool_size.0, &self.strides.0);
                pooling::Pooling::new(pooling::Pool::$Pool, size, strides, self.padding, self.data_format)
            }
        }

        impl Layer for $Layer {
            const WRITES_BUILD_CONFIG: bool = false;

            fn validate(&self) -> Result<(), Problem> {
                self.pooling().validate()
            }

            fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
                self.pooling().output_shape(input)
            }

            fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
                self.pooling().call(call)
            }
        }
    };
}

/// Pooling of all spatial axes to one element per channel.
pub(crate) struct GlobalPooling {
    pub(crate) axes: usize,
    pub(crate) data_format: DataFormat,
    pub(crate) keepdims: bool,
    pub(crate) pool: Pool,
}

impl GlobalPooling {
    pub(crate) fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let Spatial { batch, lengths, channels } = self.data_format.split(input, self.axes)?;
        if lengths.contains(&Some(0)) {
            let help = "remove a pooling or strided layer before this one";
            return Err(Problem::mismatch("pools an axis without steps", help));
        }
        let ones = vec![Some(1); if self.keepdims { self.axes } else { 0 }];
        Ok(self.data_format.join(Spatial { batch, lengths: ones, channels }))
    }

    pub(crate) fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input();
        let first = self.data_format.first_spatial_axis();
        let axes: Vec<_> = (first..first + self.axes).collect();
        let masked = call.mask().filter(|_| self.axes == 1 && self.pool == Pool::Average);
        vec![match (self.pool, masked) {
            (Pool::Max, _) => x.max(&axes, self.keepdims),
            (Pool::Average, None) => x.mean(&axes, self.keepdims),
            (Pool::Average, Some(mask)) => {
                let counts = mask.expand_dims(3 - first);
                let kept = counts.select(x, x.zeros_like());
                kept.sum(&axes, self.keepdims) / counts.sum(&axes, self.keepdims)
            }
        }]
    }
}

/// Defines a layer that is a [`GlobalPooling`].
macro_rules! global_pooling {
    ($(#[$doc:meta])* $Layer:ident<$axes:literal>: $Pool:ident) => {
        layer! {
            $(#[$doc])*
            pub struct $Layer(Class::layer(stringify!($Layer))) {
                ..
                /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
                data_format: DataFormat = DataFormat::default(),
                /// Whether the spatial axes stay, with length 1. Default `false`.
                keepdims: bool = false,
            }
        }

        impl $Layer {
            fn pooling(&self) -> pooling::GlobalPooling {
                let (data_format, keepdims) = (self.data_format, self.keepdims);
                pooling::GlobalPooling { axes: $axes, data_format, keepdims, pool: pooling::Pool::$Pool }
            }
        }

        impl Layer for $Layer {
            const WRITES_BUILD_CONFIG: bool = false;
            const MASK_ARGUMENT: bool = matches!(($axes, pooling::Pool::$Pool), (1, pooling::Pool::Average));

            fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
                self.pooling().output_shape(input)
            }

            fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
                self.pooling().call(call)
            }
        }
    };
}

pub(crate) use {global_pooling, pooling};
