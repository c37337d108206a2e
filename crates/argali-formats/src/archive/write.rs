use std::collections::HashSet;
use std::io::{Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{check_name, member_place, zip_error};
use crate::{Error, Problem, Result};

/// How the members of an archive are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Compression {
    /// As they are.
    #[default]
    Stored,
    /// Deflated: smaller, slower.
    Deflated,
}

/// Writes an archive; equal members make equal bytes.
pub(crate) fn write(
    writer: impl Write + Seek,
    members: impl IntoIterator<Item = (String, Vec<u8>)>,
    compression: Compression,
) -> Result<()> {
    let method = match compression {
        Compression::Stored => CompressionMethod::Stored,
        Compression::Deflated => CompressionMethod::Deflated,
    };
    let mut zip = ZipWriter::new(writer);
    let mut names = HashSet::new();
    for (name, content) in members {
        check_name(&name).map_err(|error| error.at(member_place(&name)))?;
        if names.contains(&name) {
            return Err(Error::new(Problem::DuplicateName { name }));
        }
        let is_large = content.len() as u64 >= u64::from(u32::MAX);
        let options = SimpleFileOptions::default().compression_method(method).large_file(is_large);
        zip.start_file(name.as_str(), options).map_err(zip_error)?;
        zip.write_all(&content)?;
        names.insert(name);
    }
    zip.finish().map_err(zip_error)?;
    Ok(())
}
