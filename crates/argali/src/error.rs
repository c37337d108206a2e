//! Errors that say what was found, what was expected, where, and what to do.

use crate::Shape;
use argali_engine::{OperationError, RunError};
use std::path::PathBuf;
use std::{error, fmt, panic::Location};

/// `Result` of every fallible call of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What is wrong, at which layer, on which input, and on which line of the caller's source.
///
/// ```
/// use argali::prelude::*;
/// let error = Sequential::new().input([5, 3]).separable_conv_1d(8, 7).build().unwrap_err();
/// assert!(error.to_string().starts_with("`separable_conv1d` slides a window of 7 steps"));
/// ```
///
/// `Debug` prints the same text as `Display`, so that `unwrap` and a `main` that returns an error show it as it is meant.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    layer: Option<String>,
    inputs: Vec<Shape>,
    problem: Problem,
    at: Option<&'static Location<'static>>,
    file: Option<PathBuf>,
}

/// The kinds of mistakes; `match` on it through [`Error::problem`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// The input has another number of axes than the layer reads.
    Rank {
        /// The axes the layer reads.
        expected: &'static str,
        /// Number of axes found.
        found: usize,
    },
    /// A kernel or pooling window is longer than the axis it slides over.
    Window {
        /// The option that sets the window's length.
        option: &'static str,
        /// Its value.
        size: usize,
        /// Steps between two taps.
        dilation: usize,
        /// Steps the window moves at a time.
        stride: usize,
        /// Length of the axis.
        length: usize,
        /// Whether the layer can pad.
        can_pad: bool,
    },
    /// The layer sizes something by an axis whose length is unknown.
    Unknown {
        /// The axis.
        axis: &'static str,
        /// What is sized by it.
        what: &'static str,
    },
    /// An option has a value out of its range.
    Argument {
        /// The option.
        option: &'static str,
        /// Its value.
        found: String,
        /// The values it may have.
        expected: String,
        /// What to do.
        help: String,
    },
    /// Lengths that must agree do not.
    Mismatch {
        /// What was found, and what was expected.
        message: String,
        /// What to do.
        help: String,
    },
    /// The layer takes another number of inputs.
    Inputs {
        /// What it takes.
        expected: &'static str,
        /// Number of inputs found.
        found: usize,
    },
    /// Two layers of a model have one name.
    DuplicateName,
    /// A key of a saved config is missing, has a value of another type, or is not one the object has.
    Key {
        /// The key, with the path to it.
        key: String,
        /// What is wrong with it.
        why: String,
    },
    /// A saved model names a class that is not registered here.
    Class {
        /// The class.
        name: String,
        /// What kind of object it would be.
        kind: &'static str,
        /// The registered class with the most similar name.
        nearest: Option<String>,
    },
    /// A saved model uses an operation of Keras that is no layer and is not known here.
    UnknownOperation {
        /// Keras's class of the operation.
        name: String,
        /// What does the same.
        help: String,
    },
    /// The input of a model is not given.
    NoInput,
    /// An operation of a layer can't take its tensors.
    Operation(OperationError),
    /// Data does not fit the model or the call.
    Data {
        /// What was found, and what was expected.
        message: String,
        /// What to do.
        help: String,
    },
    /// Training produced a loss that is not a number.
    NanLoss {
        /// The epoch, from 0.
        epoch: usize,
        /// The batch within the epoch, from 0.
        batch: usize,
    },
    /// A file can't be read or written, or holds something else.
    File(String),
}

impl Problem {
    /// A [`Problem::Key`].
    pub fn key(key: impl Into<String>, why: impl Into<String>) -> Self {
        Problem::Key { key: key.into(), why: why.into() }
    }

    /// A [`Problem::Argument`].
    pub fn argument(
        option: &'static str,
        found: impl fmt::Display,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Problem::Argument { option, found: found.to_string(), expected: expected.into(), help: help.into() }
    }

    /// A [`Problem::Mismatch`].
    pub fn mismatch(message: impl Into<String>, help: impl Into<String>) -> Self {
        Problem::Mismatch { message: message.into(), help: help.into() }
    }

    /// A [`Problem::Data`].
    pub fn data(message: impl Into<String>, help: impl Into<String>) -> Self {
        Problem::Data { message: message.into(), help: help.into() }
    }

    /// Of the list that Keras writes for weights in several files.
    pub(crate) fn sharded() -> Self {
        let help = "save the weights in one file, without `max_shard_size`";
        Problem::data("found a list of weights in several files, which are not supported", help)
    }

    /// Of a text that ceases to be JSON somewhere.
    pub(crate) fn not_json(error: argali_formats::json::JsonError) -> Self {
        Problem::File(format!("not JSON: {error}"))
    }

    /// The same problem, with the path to its key prolonged at the front.
    #[must_use = "the prolonged problem is returned"]
    pub fn within(self, parent: impl fmt::Display) -> Self {
        match self {
            Problem::Key { key, why } => Problem::Key { key: format!("{parent}.{key}"), why },
            other => other,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Problem::Rank { expected, found } => rank_help(expected, *found),
            Problem::Window { option, size, dilation, stride, length, can_pad } => {
                window_help(option, *size, *dilation, *stride, *length, *can_pad)
            }
            Problem::Unknown { axis, .. } => {
                format!("give the {axis} axis a length where the input is defined; the batch axis may be None")
            }
            Problem::Argument { help, .. }
            | Problem::Mismatch { help, .. }
            | Problem::UnknownOperation { help, .. }
            | Problem::Data { help, .. } => help.clone(),
            Problem::Inputs { expected, .. } => format!("put it on {expected}"),
            Problem::DuplicateName => "give one of the layers another `.name(..)`".into(),
            Problem::Class { nearest: Some(near), .. } => {
                format!("did you mean `{near}`? Classes of your own are added to a `Registry`")
            }
            Problem::Class { nearest: None, .. } => "classes of your own are added to a `Registry`".into(),
            Problem::NoInput => "start with `.input([steps, channels])`, give the first layer an `.input_shape(..)`, \
                                 or let the first data build the model"
                .into(),
            Problem::NanLoss { .. } => "lower the learning rate, clip gradients with `.clipnorm(1.0)`, or look for \
                                        NaN in the data"
                .into(),
            Problem::Key { .. } | Problem::Operation(_) | Problem::File(_) => return None,
        })
        .filter(|help| !help.is_empty())
    }
}

fn rank_help(expected: &str, found: usize) -> String {
    let axes = expected.split(", ").count();
    if expected.contains("..") {
        format!("an input of {found} axes has too few; add one with `.reshape(..)`")
    } else if found < axes {
        format!("{} missing: add it with `.reshape(..)`", if found + 1 == axes { "an axis is" } else { "axes are" })
    } else {
        "remove axes with `.flatten()`, `.reshape(..)` or a global pooling layer first".into()
    }
}

fn window_help(option: &str, size: usize, dilation: usize, stride: usize, length: usize, can_pad: bool) -> String {
    if length == 0 {
        return "the axis has no steps left: remove a pooling or strided layer before this one".into();
    }
    let largest = (length - 1) / dilation.max(1) + 1;
    let at = if dilation > 1 && size > 1 { " at this dilation" } else { "" };
    let shorter = format!("take {option} up to {largest}{at}");
    let steps = length.div_ceil(stride.max(1));
    match can_pad {
        true => format!("`.padding(Same)` gives {steps} step{}, or {shorter}", if steps == 1 { "" } else { "s" }),
        false => shorter,
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Rank { expected, found } => write!(f, "reads {expected}, found {found} axes"),
            Problem::Window { option, size, dilation, length, .. } => {
                let span = (size.saturating_sub(1)).saturating_mul(*dilation).saturating_add(1);
                write!(f, "slides a window of {span} steps")?;
                if *dilation > 1 {
                    write!(f, " ({option} {size}, dilation_rate {dilation})")?;
                }
                write!(f, " over an input of {length}")
            }
            Problem::Unknown { axis, what } => write!(f, "needs the length of the {axis} axis for `{what}`"),
            Problem::Argument { option, found, expected, .. } => write!(f, "has {option} {found}, expected {expected}"),
            Problem::Inputs { expected, found } => write!(f, "takes {expected}, found {found}"),
            Problem::DuplicateName => write!(f, "is the name of two layers"),
            Problem::Key { key, why } => write!(f, "key `{key}` {why}"),
            Problem::Class { name, kind, .. } => write!(f, "no {kind} class is registered as `{name}`"),
            Problem::UnknownOperation { name, .. } => write!(f, "is the operation `{name}`, which is not supported"),
            Problem::NoInput => write!(f, "has no input"),
            Problem::Operation(e) => write!(f, "{e}"),
            Problem::Mismatch { message, .. } | Problem::Data { message, .. } => f.write_str(message),
            Problem::NanLoss { epoch, batch } => write!(f, "the loss is NaN in epoch {epoch}, batch {batch}"),
            Problem::File(message) => f.write_str(message),
        }
    }
}

impl error::Error for Problem {}

impl From<OperationError> for Problem {
    fn from(error: OperationError) -> Self {
        Problem::Operation(error)
    }
}

impl From<RunError> for Problem {
    fn from(error: RunError) -> Self {
        Problem::data(error.to_string(), "")
    }
}

impl Error {
    /// An error that concerns no layer in particular.
    pub fn new(problem: impl Into<Problem>) -> Self {
        Error(Box::new(Inner { layer: None, inputs: Vec::new(), problem: problem.into(), at: None, file: None }))
    }

    /// What is wrong, to `match` on.
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }

    /// Name of the layer it concerns.
    pub fn layer(&self) -> Option<&str> {
        self.0.layer.as_deref()
    }

    /// The line of the caller's source that made the mistake.
    pub fn location(&self) -> Option<&'static Location<'static>> {
        self.0.at
    }

    /// Names the layer, unless one is named already.
    #[must_use = "the changed error is returned"]
    pub fn at_layer(mut self, layer: impl Into<String>) -> Self {
        self.0.layer.get_or_insert_with(|| layer.into());
        self
    }

    /// Names the inputs of the layer.
    #[must_use = "the changed error is returned"]
    pub fn on_inputs(mut self, inputs: &[Shape]) -> Self {
        if self.0.inputs.is_empty() {
            self.0.inputs = inputs.to_vec();
        }
        self
    }

    /// Names the line of the caller's source.
    #[must_use = "the changed error is returned"]
    pub fn at_line(mut self, at: Option<&'static Location<'static>>) -> Self {
        self.0.at = self.0.at.or(at);
        self
    }

    /// Names the file it concerns.
    #[must_use = "the changed error is returned"]
    pub fn in_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.0.file.get_or_insert_with(|| file.into());
        self
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Error::new(problem)
    }
}

impl From<OperationError> for Error {
    fn from(error: OperationError) -> Self {
        Error::new(error)
    }
}

impl From<RunError> for Error {
    fn from(error: RunError) -> Self {
        Error::new(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { layer, inputs, problem, at, file } = &*self.0;
        if let Some(file) = file {
            write!(f, "{}: ", file.display())?;
        }
        match (layer.as_deref().map(shortened), problem) {
            (None, Problem::NoInput) => write!(f, "the model {problem}")?,
            (None, problem) => write!(f, "{problem}")?,
            (Some(layer), Problem::Key { .. } | Problem::Class { .. }) => write!(f, "config of `{layer}`: {problem}")?,
            (Some(layer), Problem::Data { .. } | Problem::Operation(_)) => write!(f, "`{layer}`: {problem}")?,
            (Some(layer), problem) => write!(f, "`{layer}` {problem}")?,
        }
        if !inputs.is_empty() {
            let shapes: Vec<_> = inputs.iter().map(Shape::to_string).collect();
            write!(f, "\n  input: {}", shapes.join(", "))?;
        }
        if let Some(help) = problem.help() {
            write!(f, "\n  help:  {help}")?;
        }
        at.map_or(Ok(()), |at| write!(f, "\n  at:    {at}"))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A name as it fits on a line.
fn shortened(name: &str) -> String {
    const MOST: usize = 80;
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

impl error::Error for Error {}
