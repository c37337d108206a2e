//! What is cut off or added at both ends of spatial axes.

use super::window::Spatial;
use super::*;
use crate::Dim;

/// The spatial axes of a shape, each with its new length.
fn resized(
    data_format: DataFormat,
    input: &Shape,
    amounts: &[(usize, usize)],
    new_length: impl Fn(usize, (usize, usize)) -> Result<usize, Problem>,
) -> Result<Shape, Problem> {
    let Spatial { batch, lengths, channels } = data_format.split(input, amounts.len())?;
    let resize = |(length, amount): (&Dim, &(usize, usize))| length.map(|n| new_length(n, *amount)).transpose();
    let lengths = lengths.iter().zip(amounts).map(resize).collect::<Result<_, _>>()?;
    Ok(data_format.join(Spatial { batch, lengths, channels }))
}

/// The shape without some steps at both ends of its spatial axes.
pub(crate) fn cropped(data_format: DataFormat, input: &Shape, amounts: &[(usize, usize)]) -> Result<Shape, Problem> {
    resized(data_format, input, amounts, |length, (before, after)| {
        length.checked_sub(before).and_then(|n| n.checked_sub(after)).filter(|n| *n > 0).ok_or_else(|| {
            let message = format!("crops {before} and {after} of {length} steps, which leaves none");
            Problem::mismatch(message, format!("take fewer than {length} together"))
        })
    })
}

/// The shape with some steps more at both ends of its spatial axes.
pub(crate) fn padded(data_format: DataFormat, input: &Shape, amounts: &[(usize, usize)]) -> Result<Shape, Problem> {
    resized(data_format, input, amounts, |length, (before, after)| {
        length.checked_add(before).and_then(|n| n.checked_add(after)).ok_or_else(|| {
            let message = format!("pads {length} steps by {before} and {after}, more than can be addressed");
            Problem::mismatch(message, "take less padding")
        })
    })
}

/// The tensor without some steps at both ends of its spatial axes.
pub(crate) fn crop<'g>(data_format: DataFormat, x: Value<'g>, amounts: &[(usize, usize)]) -> Value<'g> {
    let axes = data_format.first_spatial_axis()..;
    axes.zip(amounts).fold(x, |x, (axis, (before, after))| {
        let length = x.shape().get(axis).copied().unwrap_or(0);
        x.slice(axis, *before, length.saturating_sub(*after), 1)
    })
}

/// The tensor with zeros at both ends of its spatial axes.
pub(crate) fn pad<'g>(data_format: DataFormat, x: Value<'g>, amounts: &[(usize, usize)]) -> Value<'g> {
    let mut all = vec![(0, 0); x.rank()];
    all.iter_mut().skip(data_format.first_spatial_axis()).zip(amounts).for_each(|(slot, amount)| *slot = *amount);
    x.pad(&all, 0.0)
}

/// Defines a layer that changes both ends of the spatial axes.
macro_rules! margins {
    ($(#[$doc:meta])* $Layer:ident<$axes:literal>($(#[$odoc:meta])* $option:ident) => $shape:ident, $apply:ident) => {
        layer! {
            $(#[$doc])*
            pub struct $Layer(Class::layer(stringify!($Layer))) {
                $(#[$odoc])*
                $option: Margins<$axes> as impl Into<Margins<$axes>> = 1.into(),
                ..
                /// Where the channels are. Default: `image_data_format` of `keras.json`, channels last.
                data_format: DataFormat = DataFormat::default(),
            }
        }

        impl Layer for $Layer {
            fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
                margins::$shape(self.data_format, input, &self.$option.0)
            }

            fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
                vec![margins::$apply(self.data_format, call.input(), &self.$option.0)]
            }
        }
    };
}

pub(crate) use margins;
