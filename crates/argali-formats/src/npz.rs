//! Several named arrays in one file, in numpy's `.npz` format: [`npy`] members in a zip archive.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;

pub use crate::archive::Compression;
use crate::archive::{self, Archive, member_place};
use crate::{Array, Error, Problem, Result, atomic, npy};

/// The number of bytes to which the deflated members of one file may inflate; stored ones are as long as the file.
pub const MAX_INFLATED_SIZE: u64 = 1 << 30;

const EXTENSION: &str = ".npy";

/// Reads all arrays of the `.npz` file at `path`, numpy's `load`; names are without `.npy`.
///
/// # Errors
/// As [`parse`], naming the file, and [`Problem::Io`].
///
/// ```
/// use argali_formats::{Array, npz};
/// use ndarray::arr1;
/// use std::collections::BTreeMap;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("data.npz");
/// let arrays = BTreeMap::from([
///     ("x_train".to_owned(), Array::from(arr1(&[0.5_f32, 1.]))),
///     ("y_train".to_owned(), Array::from(arr1(&[0_i64, 1]))),
/// ]);
/// npz::write(&path, &arrays, npz::Compression::Deflated)?;
/// assert_eq!(npz::read(&path)?, arrays);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(path: impl AsRef<Path>) -> Result<BTreeMap<String, Array>> {
    let open = || {
        let file = File::open(&path).map_err(|error| Error::io("open the file", error))?;
        read_from(BufReader::new(file))
    };
    open().map_err(|error| error.in_file(&path))
}

/// Reads the content of a `.npz` file.
///
/// # Errors
/// [`Problem::WrongFormat`], [`Problem::DuplicateName`], [`Problem::InvalidName`], [`Problem::TooLarge`] for deflated
/// members that come to more than [`MAX_INFLATED_SIZE`], [`Problem::Malformed`] for a damaged archive,
/// [`Problem::Unsupported`] for encryption, links, other compression methods and members other than `.npy`; and those
/// of [`npy::parse`], with the member's name.
///
/// ```
/// use argali_formats::npz;
///
/// let error = npz::parse(b"PK").unwrap_err();
/// assert!(error.to_string().starts_with("not a zip archive: found 2 bytes"));
/// ```
pub fn parse(bytes: &[u8]) -> Result<BTreeMap<String, Array>> {
    read_from(Cursor::new(bytes))
}

/// Writes arrays to the `.npz` file at `path`, numpy's `savez` or `savez_compressed`, in one step ([`atomic::write`]).
///
/// `arrays` is a map or any list of names, without `.npy`, and arrays.
///
/// # Errors
/// [`Problem::DuplicateName`], [`Problem::InvalidName`] for names that a zip archive should not hold (`../x`),
/// [`Problem::Io`]; each names the file. Nothing is written then.
pub fn write<N: AsRef<str>, A: Borrow<Array>>(
    path: impl AsRef<Path>,
    arrays: impl IntoIterator<Item = (N, A)>,
    compression: Compression,
) -> Result<()> {
    let members = arrays.into_iter().map(|(name, array)| {
        let name = name.as_ref().to_owned() + EXTENSION;
        (name, npy::to_bytes(array.borrow()))
    });
    atomic::write(path, |file| archive::write(file, members, compression))
}

fn read_from(reader: impl Read + Seek) -> Result<BTreeMap<String, Array>> {
    let mut archive = Archive::open(reader, MAX_INFLATED_SIZE)?;
    let members: Vec<String> = archive.names().map(str::to_owned).collect();
    let mut arrays = BTreeMap::new();
    for member in members {
        let Some(name) = member.strip_suffix(EXTENSION) else {
            let problem = Problem::Unsupported { found: "its type".to_owned(), expected: "a member `.npy`".to_owned() };
            return Err(Error::new(problem).at(member_place(&member)));
        };
        let bytes = archive.read(&member)?;
        let array = npy::parse(&bytes).map_err(|error| error.at(member_place(&member)))?;
        arrays.insert(name.to_owned(), array);
    }
    Ok(arrays)
}
