//! Named arrays in one file, in the format of the `safetensors` libraries.
//!
//! Read are the types of [`Array`], and F16 and BF16 widened to F32. Bytes written are those the reference
//! implementation writes for the same tensors; with several metadata keys, those are sorted.

mod header;
mod write;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

pub use write::{to_bytes, write};

use crate::encoding::{ByteOrder, MemoryOrder, decode};
use crate::{Array, Error, Problem, Result};
use header::Header;

/// The size of a header above which a file is refused, as in the reference implementation.
pub const MAX_HEADER_SIZE: u64 = 100_000_000;

const FORMAT: &str = "a safetensors file";
const METADATA_KEY: &str = "__metadata__";
const LENGTH_SIZE: u64 = 8;

/// What a safetensors file holds.
///
/// ```
/// use argali_formats::{Array, safetensors};
/// use ndarray::array;
///
/// let kernel = Array::from(array![[1_f32, 2.]]);
/// let metadata = [("format".to_owned(), "argali".to_owned())].into();
/// let bytes = safetensors::to_bytes([("dense/kernel", &kernel)], &metadata)?;
///
/// let file = safetensors::parse(&bytes)?;
/// assert_eq!(file.tensors["dense/kernel"], kernel);
/// assert_eq!(file.metadata["format"], "argali");
/// assert_eq!(file.tensor("dense/bias").unwrap_err().to_string(), "`dense/bias` is missing, expected one of: `dense/kernel`");
/// # Ok::<(), argali_formats::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Safetensors {
    /// The arrays by name.
    pub tensors: BTreeMap<String, Array>,
    /// The texts under `__metadata__`; empty when the file has none.
    pub metadata: BTreeMap<String, String>,
}

impl Safetensors {
    /// The array of that name.
    ///
    /// # Errors
    /// [`Problem::Missing`], listing names there are.
    pub fn tensor(&self, name: &str) -> Result<&Array> {
        self.tensors.get(name).ok_or_else(|| {
            let available = self.tensors.keys().cloned().collect();
            Error::new(Problem::Missing { name: name.to_owned(), available })
        })
    }
}

/// Reads the safetensors file at `path`.
///
/// The whole header is checked against the file's length before any array is allocated.
///
/// # Errors
/// As [`parse`], naming the file, and [`Problem::Io`].
///
/// ```
/// use argali_formats::{Array, safetensors};
/// use std::collections::BTreeMap;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("model.safetensors");
/// let weights = BTreeMap::from([("bias".to_owned(), Array::from(ndarray::arr1(&[0.5_f32])))]);
/// safetensors::write(&path, &weights, &BTreeMap::new())?;
/// assert_eq!(safetensors::read(&path)?.tensors, weights);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(path: impl AsRef<Path>) -> Result<Safetensors> {
    let open = || {
        let file = File::open(&path).map_err(|error| Error::io("open the file", error))?;
        let length = file.metadata().map_err(|error| Error::io("read the length of the file", error))?.len();
        read_from(BufReader::new(file), length)
    };
    open().map_err(|error| error.in_file(&path))
}

/// Reads the content of a safetensors file.
///
/// # Errors
/// [`Problem::WrongFormat`], [`Problem::Json`] for a header that is not JSON, [`Problem::TooLarge`],
/// [`Problem::DuplicateName`], [`Problem::ShapeOverflow`], [`Problem::Malformed`] for tensors that overlap or leave a
/// gap, [`Problem::Length`] for a file that is too short or too long, [`Problem::Unsupported`] for types that are not
/// real numbers of 16 to 64 bits, integers or booleans; each names the tensor.
pub fn parse(bytes: &[u8]) -> Result<Safetensors> {
    read_from(bytes, bytes.len() as u64)
}

fn read_from(mut reader: impl BufRead, length: u64) -> Result<Safetensors> {
    let header = read_header(&mut reader, length)?;
    let mut tensors = BTreeMap::new();
    for tensor in header.tensors {
        let at = |error: Error| error.at(format_args!("tensor `{}`", tensor.name.escape_debug()));
        let bytes = read_bytes(&mut reader, tensor.size).map_err(at)?;
        let array = decode(&bytes, tensor.stored, tensor.shape, ByteOrder::Little, MemoryOrder::C).map_err(at)?;
        tensors.insert(tensor.name, array);
    }
    Ok(Safetensors { tensors, metadata: header.metadata })
}

fn read_header(reader: &mut impl BufRead, length: u64) -> Result<Header> {
    let wrong = |found: String, expected: String| Error::new(Problem::WrongFormat { format: FORMAT, found, expected });
    let Some(after_length) = length.checked_sub(LENGTH_SIZE) else {
        return Err(wrong(format!("{length} bytes"), format!("at least {LENGTH_SIZE}")));
    };
    let mut size = [0; LENGTH_SIZE as usize];
    reader.read_exact(&mut size)?;
    let size = u64::from_le_bytes(size);
    if size == 0 || !reader.fill_buf()?.starts_with(b"{") {
        return Err(wrong("no header".to_owned(), "a header in JSON after its length".to_owned()));
    }
    if size > MAX_HEADER_SIZE {
        let problem = Problem::TooLarge { what: "the size of the header", found: size, limit: MAX_HEADER_SIZE };
        return Err(Error::new(problem));
    }
    let Some(data_length) = after_length.checked_sub(size) else {
        return Err(Error::new(Problem::Length { found: after_length, expected: size }).at("header"));
    };
    let header = read_bytes(reader, size as usize)?;
    Header::parse(&header, data_length).map_err(|error| error.at("header"))
}

fn read_bytes(reader: &mut impl Read, size: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; size];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
