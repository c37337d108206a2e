//! What a file is, by its first bytes.

use crate::{Error, Problem, Result};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What a file's first bytes say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Hdf5,
    Zip,
    Json,
    Other,
}

pub(super) fn content(path: &Path) -> Result<Content> {
    if path.is_dir() {
        let found = "is a folder, expected a file: Keras writes one with `zipped=False`, save the model without it";
        return Err(Error::new(Problem::File(found.into())).in_file(path));
    }
    let open = || -> std::io::Result<Vec<u8>> {
        let mut start = Vec::new();
        File::open(path)?.take(8).read_to_end(&mut start)?;
        Ok(start)
    };
    let start = open().map_err(|e| Error::new(Problem::File(format!("cannot open the file: {e}"))).in_file(path))?;
    Ok(match start.as_slice() {
        start if start.starts_with(b"\x89HDF") => Content::Hdf5,
        start if start.starts_with(b"PK") => Content::Zip,
        start if start.trim_ascii_start().first() == Some(&b'{') => Content::Json,
        _ => Content::Other,
    })
}
