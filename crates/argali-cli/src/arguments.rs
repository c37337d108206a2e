//! What can be asked of the command.

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use std::num::NonZeroUsize;
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Look at, train, run and convert Keras models. No Python.
#[derive(Debug, Parser)]
#[command(
    name = "argali",
    version,
    styles = STYLES,
    max_term_width = 100,
    infer_subcommands = true,
    after_help = "\
MODEL is a file of one of these kinds; what it holds counts, not its name:
  model.keras               everything: layers, weights, optimizer and its state
  model.h5                  the same in the format of older versions of Keras
  config.json --weights W   the layers as Keras's `to_json()`, and weights from another file

A first tour:
  argali summary model.keras
  argali predict model.keras --input x.npy --output y.npy
  argali fit model.keras --input x.npy --target t.npy --output trained.keras
  argali convert model.keras model.rs

`argali help VERB` explains a verb and shows examples of it. Messages and progress go to standard error. The exit status \
is 0 if all went well, 1 after an error, in which case no file is written, and 2 for wrong usage."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) verb: Verb,

    /// Threads to compute with [default: as many as the machine has]. The numbers are the same with any
    #[arg(long, global = true, display_order = 900, value_name = "N", value_parser = count)]
    pub(crate) threads: Option<NonZeroUsize>,
}

/// A number of things of which there is at least one.
fn count(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "expected a whole number from 1 on")
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Summary(Summary),
    Predict(Predict),
    Fit(Box<Fit>),
    Evaluate(Evaluate),
    Convert(Convert),
    Init(Init),
    Bench(Bench),
    Completions(Completions),
}

/// A model to read.
#[derive(Debug, Args)]
pub(crate) struct ModelFile {
    /// The model: .keras, legacy .h5, or a config.json with --weights
    #[arg(value_name = "MODEL", value_hint = ValueHint::FilePath)]
    pub(crate) model: PathBuf,

    /// Weights for MODEL in a file of their own: .weights.h5, .safetensors or .npz
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) weights: Option<PathBuf>,
}

/// Show the layers of a model with their output shapes and numbers of weights
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  argali summary model.keras                            the table that Keras prints
  argali summary model.keras --expand-nested            with the layers of nested models
  argali summary config.json --format json              numbers to compute with
  argali summary model.keras --format svg > model.svg   a diagram for a browser
  argali summary model.keras --format dot | dot -Tpdf   a diagram drawn by Graphviz")]
pub(crate) struct Summary {
    #[command(flatten)]
    pub(crate) model: ModelFile,

    /// How to show the model
    #[arg(long, value_enum, default_value_t = SummaryFormat::Table)]
    pub(crate) format: SummaryFormat,

    /// Show the layers of nested models too, in a table
    #[arg(long)]
    pub(crate) expand_nested: bool,

    /// Show which layers are trained, in a table
    #[arg(long)]
    pub(crate) show_trainable: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SummaryFormat {
    /// The table that Keras prints
    Table,
    /// One JSON object
    Json,
    /// A diagram in Graphviz's language
    Dot,
    /// A diagram as an image
    Svg,
}

/// Compute the outputs of a model
#[derive(Debug, Args)]
#[command(after_help = "\
Inputs and outputs are arrays in numpy's .npy format, samples along their first axis. A model with several takes an \
--input for each and may be given an --output for each, in the order of the model's own. Inputs of any real type are \
converted to the type that the model's input has.

Examples:
  argali predict model.keras --input x.npy --output y.npy
  argali predict config.json --weights w.safetensors --input x.npy --output y.npy
  argali predict two.keras --input image.npy --input text.npy --output class.npy --output price.npy")]
pub(crate) struct Predict {
    #[command(flatten)]
    pub(crate) model: ModelFile,

    /// An input of the model; once for each
    #[arg(long, required = true, value_name = "X.npy", value_hint = ValueHint::FilePath)]
    pub(crate) input: Vec<PathBuf>,

    /// File to write an output of the model to; once for each
    #[arg(long, required = true, value_name = "Y.npy", value_hint = ValueHint::FilePath)]
    pub(crate) output: Vec<PathBuf>,

    /// Samples to compute at a time
    #[arg(long, value_name = "N", default_value = "32", value_parser = count)]
    pub(crate) batch_size: NonZeroUsize,
}

/// Train a model
#[derive(Debug, Args)]
#[command(after_help = "\
Optimizer, loss and metrics are those the model was compiled with. --optimizer, --loss, --metric and --learning-rate set \
or replace them, by Keras's names: adam, sgd, rmsprop, …; mse, binary_crossentropy, sparse_categorical_crossentropy, …; \
accuracy, mae, auc, …. The saved model has the optimizer's state, so that training goes on from it later. A config \
without weights is trained from freshly drawn ones.

Examples:
  argali fit model.keras --input x.npy --target t.npy --epochs 20 --output trained.keras
  argali fit config.json --input x.npy --target t.npy --output trained.keras \\
      --optimizer adam --loss mse --validation-split 0.2
  argali fit model.keras --input x.npy --target t.npy --output trained.keras \\
      --history h.csv --report r.html")]
pub(crate) struct Fit {
    #[command(flatten)]
    pub(crate) model: ModelFile,

    #[command(flatten)]
    pub(crate) data: Data,

    /// File to write the trained model to
    #[arg(long, value_name = "MODEL", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,

    /// Times to go through the samples
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) epochs: usize,

    /// Samples in a step
    #[arg(long, value_name = "N", default_value = "32", value_parser = count)]
    pub(crate) batch_size: NonZeroUsize,

    /// Part of the samples, from their end, to evaluate after every epoch instead of training on them
    #[arg(long, value_name = "FRACTION", conflicts_with = "validation_input")]
    pub(crate) validation_split: Option<f64>,

    /// An input to evaluate after every epoch; once for each input of the model
    #[arg(long, value_name = "X.npy", value_hint = ValueHint::FilePath, requires = "validation_target")]
    pub(crate) validation_input: Vec<PathBuf>,

    /// The targets of --validation-input; once for each output of the model
    #[arg(long, value_name = "T.npy", value_hint = ValueHint::FilePath, requires = "validation_input")]
    pub(crate) validation_target: Vec<PathBuf>,

    /// Take the samples in the order they have, instead of a new random one in every epoch
    #[arg(long)]
    pub(crate) no_shuffle: bool,

    /// Makes everything random reproducible: fresh weights, the order of samples, dropout
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,

    /// Optimizer by Keras's name
    #[arg(long, value_name = "NAME")]
    pub(crate) optimizer: Option<String>,

    /// Loss by Keras's name; once for all outputs of the model, or once for each
    #[arg(long, value_name = "NAME")]
    pub(crate) loss: Vec<String>,

    /// Metric by Keras's name; any number of times, for a model with one output
    #[arg(long, value_name = "NAME")]
    pub(crate) metric: Vec<String>,

    /// Learning rate of the optimizer
    #[arg(long, value_name = "RATE", allow_negative_numbers = true)]
    pub(crate) learning_rate: Option<f64>,

    /// File to write loss and metrics of every epoch to, as CSV
    #[arg(long, value_name = "H.csv", value_hint = ValueHint::FilePath)]
    pub(crate) history: Option<PathBuf>,

    /// File to write a page with curves and the model's diagram to, as HTML that needs nothing else
    #[arg(long, value_name = "R.html", value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,
}

/// Samples and what a model should say of them.
#[derive(Debug, Args)]
pub(crate) struct Data {
    /// An input of the model; once for each
    #[arg(long, required = true, value_name = "X.npy", value_hint = ValueHint::FilePath)]
    pub(crate) input: Vec<PathBuf>,

    /// What an output should be; once for each output of the model
    #[arg(long, required = true, value_name = "T.npy", value_hint = ValueHint::FilePath)]
    pub(crate) target: Vec<PathBuf>,
}

/// Measure the loss and metrics that a model was compiled with
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  argali evaluate model.keras --input x.npy --target t.npy
  argali evaluate model.keras --input x.npy --target t.npy --json | jq .accuracy")]
pub(crate) struct Evaluate {
    #[command(flatten)]
    pub(crate) model: ModelFile,

    #[command(flatten)]
    pub(crate) data: Data,

    /// Samples to compute at a time
    #[arg(long, value_name = "N", default_value = "32", value_parser = count)]
    pub(crate) batch_size: NonZeroUsize,

    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Write a model, its config or its weights in another format, or as Rust source
#[derive(Debug, Args)]
#[command(after_help = "\
The ending of OUT says what is written:
  .keras         everything that IN has
  .json          the layers as Keras's `to_json()`
  .weights.h5    the weights as Keras's `save_weights()`
  .safetensors   the weights by the names of layers and weights
  .npz           the same in numpy's format
  .rs            Rust source that builds the model

Examples:
  argali convert old.h5 new.keras
  argali convert model.keras weights.safetensors
  argali convert weights.npz model.keras --model config.json
  argali convert model.json model.rs")]
pub(crate) struct Convert {
    /// What to read: a model, or weights with --model
    #[arg(value_name = "IN", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,

    /// What to write: .keras, .json, .weights.h5, .safetensors, .npz or .rs
    #[arg(value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,

    /// The model that IN has the weights of
    #[arg(long, value_name = "M", value_hint = ValueHint::FilePath, conflicts_with = "weights")]
    pub(crate) model: Option<PathBuf>,

    /// Weights for a config.json as IN: .weights.h5, .safetensors or .npz
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) weights: Option<PathBuf>,
}

/// Draw fresh weights for a config
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  argali init config.json --output model.keras
  argali init config.json --output model.keras --seed 1    the same weights every time")]
pub(crate) struct Init {
    /// The layers, as Keras's `to_json()`
    #[arg(value_name = "CONFIG", value_hint = ValueHint::FilePath)]
    pub(crate) config: PathBuf,

    /// File to write the model to
    #[arg(long, value_name = "MODEL", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,

    /// The weights depend on this number alone [default: different ones every time]
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,
}

/// Measure how fast a model is
#[derive(Debug, Args)]
#[command(after_help = "\
The model runs on random numbers of its inputs' shapes; axes of unknown length get 64 steps, or those of --length. GFLOP/s \
count a multiplication and an addition of the layers' definitions as two operations, and three times as many in training, \
for the way back takes two products for each one forward.

Examples:
  argali bench model.keras --batch-size 1 --threads 1
  argali bench config.json --batch-size 32 --train
  argali bench model.keras --batch-size 32 --profile        the time of every layer
  argali bench model.keras --batch-size 32 --json | jq .median_ms")]
pub(crate) struct Bench {
    #[command(flatten)]
    pub(crate) model: ModelFile,

    /// Samples in a run
    #[arg(long, value_name = "N", value_parser = count)]
    pub(crate) batch_size: NonZeroUsize,

    /// Measure steps of training instead of predictions
    #[arg(long)]
    pub(crate) train: bool,

    /// Runs to measure, after some that are not counted [default: for about 2 seconds]
    #[arg(long, value_name = "N", value_parser = count)]
    pub(crate) runs: Option<NonZeroUsize>,

    /// Length of axes that the model leaves open
    #[arg(long, value_name = "N", default_value = "64", value_parser = count)]
    pub(crate) length: NonZeroUsize,

    /// Measure every layer too
    #[arg(long)]
    pub(crate) profile: bool,

    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Print a script that completes the command in a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  argali completions bash > ~/.local/share/bash-completion/completions/argali
  argali completions zsh > ~/.zfunc/_argali
  argali completions fish > ~/.config/fish/completions/argali.fish")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
