//! `argali completions`

use crate::arguments::{Arguments, Completions};
use argali::Result;
use clap::CommandFactory;

pub(crate) fn run(options: &Completions) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "argali", &mut script);
    super::print(&String::from_utf8_lossy(&script))
}
