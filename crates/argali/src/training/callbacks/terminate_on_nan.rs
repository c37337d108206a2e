use super::Callback;

/// Ends the training quietly when the loss is not finite, instead of with an error.
///
/// Keras: `keras.callbacks.TerminateOnNaN`.
#[derive(Clone, Copy, Debug, Default)]
pub struct TerminateOnNaN;

impl Callback for TerminateOnNaN {
    fn stops_on_nan(&self) -> bool {
        true
    }
}
