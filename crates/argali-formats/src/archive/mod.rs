//! Zip archives whose members are read into memory: nothing is ever extracted to disk.

mod directory;
mod write;

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use zip::read::{ArchiveOffset, Config, ZipFile};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

pub use write::Compression;
pub(crate) use write::write;

use crate::{Error, Problem, Result};

/// More members than any file of arrays or weights has.
pub(crate) const MAX_MEMBERS: u64 = 1 << 16;

/// More than the directory of [`MAX_MEMBERS`] members takes.
const MAX_DIRECTORY_SIZE: u64 = 16 << 20;

/// The most that one byte of a deflated member can become.
const MAX_DEFLATE_RATIO: u64 = 1032;

const FORMAT: &str = "a zip archive";

/// An archive opened for reading, whose directory is sound.
pub(crate) struct Archive<R> {
    zip: ZipArchive<R>,
    /// The place of every member in the directory.
    members: BTreeMap<String, usize>,
    inflatable: u64,
    limit: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive of which deflated members may come to `limit` bytes in all.
    pub(crate) fn open(mut reader: R, limit: u64) -> Result<Self> {
        directory::check(&mut reader)?;
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let mut zip = ZipArchive::with_config(config, reader).map_err(zip_error)?;
        let members = members(&mut zip)?;
        zip.validate_header_consistency().map_err(zip_error)?;
        Ok(Self { zip, members, inflatable: limit, limit })
    }

    /// The names of the members, without folders, sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str)
    }

    /// Sets to how many bytes deflated members may come from now on.
    #[cfg(feature = "keras")]
    pub(crate) fn set_limit(&mut self, limit: u64) {
        (self.inflatable, self.limit) = (limit, limit);
    }

    /// The content of the member of that name.
    pub(crate) fn read(&mut self, name: &str) -> Result<Vec<u8>> {
        let index = self.members.get(name).copied().ok_or_else(|| {
            let available = self.names().map(str::to_owned).collect();
            Error::new(Problem::Missing { name: name.to_owned(), available })
        })?;
        self.read_index(index).map_err(|error| error.at(member_place(name)))
    }

    fn read_index(&mut self, index: usize) -> Result<Vec<u8>> {
        let member = self.zip.by_index(index).map_err(zip_error)?;
        let size = member.size();
        match member.compression() {
            CompressionMethod::Stored if size != member.compressed_size() => {
                return Err(Error::malformed(
                    format!("{size} bytes stored as {}", member.compressed_size()),
                    "one size",
                ));
            }
            CompressionMethod::Stored => {}
            _ => {
                let left = self.inflatable.checked_sub(size);
                self.inflatable = left.ok_or_else(|| {
                    let found = (self.limit - self.inflatable).saturating_add(size);
                    Error::new(Problem::TooLarge { what: "the size of the inflated members", found, limit: self.limit })
                })?;
            }
        }
        read_exactly(member, size)
    }
}

pub(crate) fn member_place(name: &str) -> String {
    format!("member `{}`", name.escape_debug())
}

/// The rule that a member's name keeps: it means the same on every system and points to no place outside the archive.
pub(crate) fn check_name(name: &str) -> Result<()> {
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    let is_inside = name.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if is_inside && !has_drive && !name.contains(['\\', '\0']) {
        return Ok(());
    }
    let expected = "a relative path without `..`, `\\` and empty parts";
    Err(Error::new(Problem::InvalidName { name: name.to_owned(), expected }))
}

fn members<R: Read + Seek>(zip: &mut ZipArchive<R>) -> Result<BTreeMap<String, usize>> {
    let mut members = BTreeMap::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_data(index).map_err(zip_error)?;
        let name = entry.name().map_err(zip_error)?.into_owned();
        let unsupported = |found: String, expected: &str| {
            let problem = Problem::Unsupported { found, expected: expected.to_owned() };
            Err(Error::new(problem).at(member_place(&name)))
        };
        if entry.is_dir() {
            check_name(name.trim_end_matches('/'))?;
            continue;
        }
        check_name(&name)?;
        if entry.is_symlink() {
            return unsupported("a symbolic link".to_owned(), "a file");
        }
        if entry.encrypted() {
            return unsupported("encryption".to_owned(), "a member in the clear");
        }
        let method = entry.compression();
        if !matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) {
            return unsupported(format!("the compression method {method}"), "a stored or deflated member");
        }
        if members.contains_key(&name) {
            return Err(Error::new(Problem::DuplicateName { name }));
        }
        members.insert(name, index);
    }
    Ok(members)
}

fn read_exactly<R: Read>(member: ZipFile<'_, R>, size: u64) -> Result<Vec<u8>> {
    let most = member.compressed_size().saturating_mul(MAX_DEFLATE_RATIO);
    let mut bytes = Vec::with_capacity(size.min(most) as usize);
    let read = member.take(size.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput => {
            Error::malformed(error, "the member's content undamaged")
        }
        _ => error.into(),
    })?;
    match bytes.len() as u64 {
        found if found == size => Ok(bytes),
        found => Err(Error::new(Problem::Length { found, expected: size })),
    }
}

fn zip_error(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Error::malformed("the end of the file", "the rest of a member")
        }
        ZipError::Io(error) => error.into(),
        ZipError::UnsupportedArchive(found) => {
            let expected = "a stored or deflated member".to_owned();
            Error::new(Problem::Unsupported { found: found.to_owned(), expected })
        }
        other => Error::malformed(other, "a sound zip archive"),
    }
}

#[cfg(test)]
mod tests;
