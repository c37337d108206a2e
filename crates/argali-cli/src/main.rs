//! The `argali` command.

mod arguments;
mod arrays;
mod commands;
mod diagram;
mod model_file;
mod outputs;
mod progress;
mod report;

use arguments::{Arguments, Verb};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let run = || run(&arguments.verb);
    let result = match arguments.threads {
        Some(threads) => argali::engine::with_threads(threads.get(), run),
        None => run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(verb: &Verb) -> argali::Result<()> {
    match verb {
        Verb::Summary(options) => commands::summary::run(options),
        Verb::Predict(options) => commands::predict::run(options),
        Verb::Fit(options) => commands::fit::run(options),
        Verb::Evaluate(options) => commands::evaluate::run(options),
        Verb::Convert(options) => commands::convert::run(options),
        Verb::Init(options) => commands::init::run(options),
        Verb::Bench(options) => commands::bench::run(options),
        Verb::Completions(options) => commands::completions::run(options),
    }
}
