//! Convolutions, pooling and their kin on inputs and options that leave them no room: errors whose help is true.

use argali::layers::{Conv1D, Conv2DTranspose, ConvLSTM1D, MaxPooling3D};
use argali::prelude::*;
use argali::{Layer, Problem, Shape, call_on};

/// The message and the help of the mistake that a chain makes.
#[track_caller]
fn mistake(built: argali::Result<Model>) -> (String, String) {
    let error = built.expect_err("a mistake");
    (error.problem().to_string(), error.problem().help().unwrap_or_default())
}

fn steps() -> Sequential {
    Sequential::new().input([8, 4])
}

fn image() -> Sequential {
    Sequential::new().input([8, 8, 4])
}

#[test]
fn groups_that_do_not_divide() {
    let (message, help) = mistake(steps().conv_1d(6, 3).groups(4).build());
    assert_eq!(message, "has groups 4, expected a divisor of 6 filters");
    assert_eq!(help, "take groups of 2");
    assert!(steps().conv_1d(6, 3).groups(2).build().is_ok());
    let (message, help) = mistake(steps().conv_1d(9, 3).groups(3).build());
    assert_eq!(message, "has groups 3, expected a divisor of 4 input channels");
    assert_eq!(help, "take groups of 1");
}

#[test]
fn strides_and_dilation_together() {
    let (message, help) = mistake(image().conv_2d(4, 2).strides([1, 2]).dilation_rate(2).build());
    assert_eq!(message, "has strides [1, 2], expected 1 where dilation_rate is [2, 2]");
    assert!(help.starts_with("take strides of 1, or a dilation_rate of 1"), "{help}");
    assert!(image().conv_2d(4, 2).dilation_rate(2).build().is_ok());
    assert!(image().conv_2d(4, 2).strides([1, 2]).build().is_ok());
    assert!(image().separable_conv_2d(4, 2).strides([1, 2]).dilation_rate(2).build().is_ok());
    assert!(image().depthwise_conv_2d(2).strides(2).dilation_rate(2).build().is_ok());
    assert!(image().conv_2d_transpose(4, 2).strides(2).dilation_rate(2).build().is_err());
}

#[test]
fn causal_padding_where_there_is_none() {
    let (message, help) = mistake(image().conv_2d(4, 3).padding(Causal).build());
    assert_eq!(message, "has padding Causal, expected Valid or Same");
    assert_eq!(help, "take `Same`, or pad in front with `.zero_padding_2d([(n, 0), (0, 0)])`");
    assert!(image().zero_padding_2d([(2, 0), (0, 0)]).conv_2d(4, 3).build().is_ok());
    let (_, help) = mistake(steps().depthwise_conv_1d(3).padding(Causal).build());
    assert_eq!(help, "take `Same`, or pad in front with `.zero_padding_1d((n, 0))`");
    assert!(steps().zero_padding_1d((2, 0)).depthwise_conv_1d(3).build().is_ok());
    assert!(steps().conv_1d(4, 3).padding(Causal).build().is_ok());
}

#[test]
fn transposed_outputs_without_room() {
    let (message, help) = mistake(steps().conv_1d_transpose(4, 3).strides(2).output_padding(2).build());
    assert_eq!(message, "has output_padding 2, expected less than strides, 2");
    assert_eq!(help, "leave it out, or take larger strides");
    assert!(steps().conv_1d_transpose(4, 3).strides(3).output_padding(2).build().is_ok());
    let one = || Sequential::new().input([1, 4]);
    let (message, help) = mistake(one().conv_1d_transpose(4, 2).padding(Same).output_padding(0).build());
    assert_eq!(message, "spreads an input of 1 over no output");
    assert_eq!(help, "take `Valid`, leave out output_padding, or take a kernel of odd length");
    assert!(one().conv_1d_transpose(4, 3).padding(Same).output_padding(0).build().is_ok());
    assert!(one().conv_1d_transpose(4, 2).padding(Same).build().is_ok());
    assert!(one().conv_1d_transpose(4, 2).output_padding(0).build().is_ok());
    let (message, help) = mistake(one().conv_1d_transpose(4, usize::MAX).dilation_rate(2).build());
    assert_eq!(message, "spreads an input of 1 over more than can be addressed");
    assert_eq!(help, "take smaller strides, a smaller kernel or less dilation");
}

/// The lengths of Keras's own tests of croppings.
#[test]
fn unknown_axes_stay_unknown_when_they_are_cropped() {
    let cropped = |x: Tensor| x.shape().expect("a shape").to_string();
    let steps = input([None, Some(7)]);
    assert_eq!(cropped(steps.cropping_1d((1, 2)).tensor()), "(None, None, 7)");
    let images = input([Some(7), None, Some(5)]);
    assert_eq!(cropped(images.cropping_2d([(1, 2), (3, 4)]).tensor()), "(None, 4, None, 5)");
    let volumes = input([Some(7), None, Some(13), Some(5)]);
    assert_eq!(cropped(volumes.cropping_3d([(1, 2), (3, 4), (5, 6)]).tensor()), "(None, 4, None, 2, 5)");
    let first = input([Some(5), Some(7), None, Some(13)]);
    let first = first.cropping_3d([(1, 2), (3, 4), (5, 6)]).data_format(ChannelsFirst);
    assert_eq!(cropped(first.tensor()), "(None, 5, 4, None, 2)");
}

#[test]
fn windows_and_croppings_beyond_the_input() {
    let (message, help) = mistake(image().max_pooling_2d([3, 9]).build());
    assert_eq!(message, "slides a window of 9 steps over an input of 8");
    assert_eq!(help, "`.padding(Same)` gives 1 step, or take pool_size up to 8");
    let same = image().max_pooling_2d([3, 9]).padding(Same).build().expect("a model");
    assert_eq!(same.output_shape().expect("a shape").to_string(), "(None, 3, 1, 4)");
    let (message, help) = mistake(steps().cropping_1d((5, 3)).build());
    assert_eq!(message, "crops 5 and 3 of 8 steps, which leaves none");
    assert_eq!(help, "take fewer than 8 together");
    assert!(steps().cropping_1d((5, 2)).build().is_ok());
}

#[test]
fn recurrent_layers_without_what_they_need() {
    let (message, help) = mistake(Sequential::new().input([3, 8, 4]).conv_lstm_1d(2, 3).stateful(true).build());
    assert_eq!(message, "has stateful true, expected false where the batch size is not fixed");
    assert_eq!(help, "give the first layer a `.batch_size(..)`, or the input one");
    let sized = Sequential::new().conv_lstm_1d(2, 3).stateful(true).input_shape([3, 8, 4]).batch_size(2);
    assert!(sized.build().is_ok());
    let (x, state) = (input([3, 8, 4]), input([5, 2]));
    let y = call_on(ConvLSTM1D::new(2, 3), [&x, &state, &state]);
    let error = y.shape().expect_err("states of another shape").clone();
    assert_eq!(error.problem().to_string(), "starts from states of shape (None, 6, 2), found (None, 5, 2)");
    let unknown = Sequential::new().input([Some(3), None, Some(4)]).conv_lstm_1d(2, 3).build();
    assert!(matches!(unknown.expect_err("no length").problem(), Problem::Unknown { axis: "spatial", .. }));
}

#[test]
fn descriptions_are_asked_before_they_are_checked() {
    let shape = |dims: &[usize]| Shape::from(dims);
    assert!(Conv1D::new(8, 3).strides(0).output_shape(&shape(&[1, 8, 4])).is_err());
    assert!(Conv1D::new(8, 3).groups(0).output_shape(&shape(&[1, 8, 4])).is_err());
    assert!(Conv2DTranspose::new(8, 1).strides(0).output_shape(&shape(&[1, 8, 8, 4])).is_err());
    assert!(MaxPooling3D::new(0).output_shape(&shape(&[1, 8, 8, 8, 4])).is_err());
    assert!(Conv1D::new(8, usize::MAX).dilation_rate(2).padding(Same).output_shape(&shape(&[1, 8, 4])).is_err());
    assert!(Conv1D::new(8, 3).output_shape(&shape(&[1, 8, 0])).is_err());
    assert!(Conv1D::new(8, 3).output_shape(&shape(&[1, 0, 4])).is_err());
}
