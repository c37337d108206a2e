//! The verbs, one file each.

pub(crate) mod bench;
pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod evaluate;
pub(crate) mod fit;
pub(crate) mod init;
pub(crate) mod predict;
pub(crate) mod summary;

use argali::{Error, Problem, Result};
use std::io::Write;

/// Prints a text on standard output. A reader that has gone away is no error.
fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::new(Problem::File(format!("can't write to standard output: {e}"))))
        }
        _ => Ok(()),
    }
}
