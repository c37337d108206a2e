//! HDF5 files as Keras writes them: groups that hold groups, datasets (arrays) and attributes.
//!
//! [`read`] and [`parse`] give the root [`Group`]; nothing else is decoded until it is asked for. A [`Tree`] is filled
//! and written in one step. Links to other files, data kept in other files and virtual datasets are not followed.
//!
//! ```
//! use argali_formats::{Array, hdf5};
//! use ndarray::array;
//!
//! let mut tree = hdf5::Tree::new();
//! tree.attribute("layers/dense/vars", "name", "dense")?;
//! tree.dataset("layers/dense/vars/0", &Array::from(array![[1_f32, 2.]]))?;
//!
//! let root = hdf5::parse(tree.to_bytes()?)?;
//! let vars = root.group("layers/dense/vars")?;
//! assert_eq!(vars.attribute("name")?.and_then(|name| name.into_text()).as_deref(), Some("dense"));
//! assert_eq!(vars.dataset("0")?.shape()?, [1, 2]);
//! assert_eq!(vars.dataset("0")?.read()?, array![[1_f32, 2.]].into());
//! # Ok::<(), argali_formats::Error>(())
//! ```

mod attribute;
mod dataset;
mod group;
mod types;
mod write;

use std::fs::File;
use std::path::Path;

use hdf5_reader::{Hdf5File, OpenOptions};

pub use attribute::Attribute;
pub use dataset::Dataset;
pub use group::Group;
pub use write::{Tree, write};

use crate::{Error, Problem, Result};

const FORMAT: &str = "an HDF5 file";

/// The first bytes of an HDF5 file.
pub const SIGNATURE: &[u8; 8] = b"\x89HDF\r\n\x1a\n";

/// The most that one stored byte of a compressed dataset can become.
const MAX_INFLATION: usize = 1032;

/// A chunk of a dataset may be this large in any file; in larger files as large as the file.
const MIN_CHUNK_LIMIT: usize = 16 << 20;

/// Reads the HDF5 file at `path` and gives its root group.
///
/// # Errors
/// As [`parse`], naming the file, and [`Problem::Io`].
pub fn read(path: impl AsRef<Path>) -> Result<Group> {
    let open = || {
        let file = File::open(&path).map_err(|error| Error::io("open the file", error))?;
        parse(whole(file)?)
    };
    open().map_err(|error| error.in_file(&path))
}

fn whole(mut file: File) -> Result<Vec<u8>> {
    use std::io::Read;

    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::new();
    let reserved = usize::try_from(length).ok().and_then(|length| bytes.try_reserve_exact(length).ok());
    reserved.ok_or_else(|| Error::malformed(format!("a file of {length} bytes"), "one that fits in memory"))?;
    file.read_to_end(&mut bytes).map_err(|error| Error::io("read the file", error))?;
    Ok(bytes)
}

/// Opens the content of an HDF5 file and gives its root group, which keeps `bytes`.
///
/// # Errors
/// [`Problem::WrongFormat`] for another format, [`Problem::Malformed`] for a damaged file.
///
/// ```
/// let error = argali_formats::hdf5::parse(b"PK".to_vec()).unwrap_err();
/// assert_eq!(error.to_string(), "not an HDF5 file: found 2 other bytes, expected the signature `\\x89HDF`");
/// ```
pub fn parse(bytes: Vec<u8>) -> Result<Group> {
    if !bytes.starts_with(SIGNATURE) {
        let found = format!("{} other bytes", bytes.len());
        let expected = "the signature `\\x89HDF`".to_owned();
        return Err(Error::new(Problem::WrongFormat { format: FORMAT, found, expected }));
    }
    let length = bytes.len();
    let options = OpenOptions::default()
        .with_chunk_cache_bytes(0)
        .with_max_chunk_bytes(length.max(MIN_CHUNK_LIMIT))
        .with_max_read_bytes(length.saturating_mul(MAX_INFLATION))
        .with_max_object_header_bytes(length);
    let file = Hdf5File::from_vec_with_options(bytes, options).map_err(reader_error)?;
    let root = file.root_group().map_err(reader_error)?;
    Ok(Group::root(root, length))
}

fn reader_error(error: hdf5_reader::error::Error) -> Error {
    use hdf5_reader::error::Error as Reader;

    match error {
        Reader::Context { source, .. } => reader_error(*source),
        Reader::Io(error) => error.into(),
        Reader::UnsupportedFilter(_) | Reader::UnsupportedEncoding(_) => {
            let expected = "data as it is, or with gzip, shuffle or fletcher32".to_owned();
            Error::new(Problem::Unsupported { found: error.to_string(), expected })
        }
        error => Error::malformed(format!("\"{error}\""), "a sound HDF5 file"),
    }
}
