//! One array in one file, in numpy's `.npy` format.
//!
//! Read are versions 1 to 3, C and Fortran order, both byte orders, and every real type: booleans, integers, floats of
//! 16 to 64 bits (float16 widened to `f32`). Python objects, complex numbers, texts, dates and structures are refused.

mod header;

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use crate::encoding::{checked_shape, decode, encode};
use crate::{Array, Error, Problem, Result, atomic};
use header::Header;

/// The longest header accepted; that of an array with 64 axes is shorter than this.
pub const MAX_HEADER_SIZE: u64 = 1 << 16;

const FORMAT: &str = "an npy file";
const MAGIC: &[u8] = b"\x93NUMPY";

/// Reads the `.npy` file at `path`, numpy's `load`.
///
/// # Errors
/// As [`parse`], naming the file, and [`Problem::Io`].
///
/// ```
/// use argali_formats::{Array, npy};
/// use ndarray::array;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("x.npy");
/// let x = Array::from(array![[1_i32, 2], [3, 4]]);
/// npy::write(&path, &x)?;
/// assert_eq!(npy::read(&path)?, x);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(path: impl AsRef<Path>) -> Result<Array> {
    let open = || {
        let file = File::open(&path).map_err(|error| Error::io("open the file", error))?;
        let length = file.metadata().map_err(|error| Error::io("read the length of the file", error))?.len();
        read_from(BufReader::new(file), length)
    };
    open().map_err(|error| error.in_file(&path))
}

/// Reads the content of a `.npy` file.
///
/// The header is checked against the number of bytes before the array is allocated.
///
/// # Errors
/// [`Problem::WrongFormat`], [`Problem::Malformed`] for a header that is none, [`Problem::TooLarge`],
/// [`Problem::ShapeOverflow`], [`Problem::Length`] for data shorter or longer than the shape asks for,
/// [`Problem::Unsupported`] for other types and versions.
///
/// ```
/// use argali_formats::npy;
///
/// let error = npy::parse(b"\x93NUMPY\x09\x00\x00\x00").unwrap_err();
/// assert_eq!(error.to_string(), "version 9.0 is unsupported, expected 1.0, 2.0 or 3.0");
/// ```
pub fn parse(bytes: &[u8]) -> Result<Array> {
    read_from(bytes, bytes.len() as u64)
}

/// Writes an array to the `.npy` file at `path`, numpy's `save`, in one step ([`atomic::write`]).
///
/// # Errors
/// [`Problem::Io`], naming the file.
pub fn write(path: impl AsRef<Path>, array: &Array) -> Result<()> {
    atomic::write(path, |file| {
        file.write_all(&Header::of(array).to_bytes())?;
        Ok(file.write_all(&encode(array))?)
    })
}

/// The content of a `.npy` file with this array: little-endian, C order.
///
/// ```
/// use argali_formats::{Array, npy};
///
/// let bytes = npy::to_bytes(&Array::from(ndarray::arr1(&[1_u8, 2])));
/// assert_eq!((bytes.len(), &bytes[..6]), (130, &b"\x93NUMPY"[..]));
/// ```
pub fn to_bytes(array: &Array) -> Vec<u8> {
    let mut bytes = Header::of(array).to_bytes();
    bytes.extend(encode(array));
    bytes
}

fn read_from(mut reader: impl Read, length: u64) -> Result<Array> {
    let (text, consumed) = read_header(&mut reader, length)?;
    let header = Header::parse(&text).map_err(|error| error.at("header"))?;
    let stored = header.element.stored()?;
    let (shape, size) = checked_shape(&header.shape, stored.size()).map_err(|error| error.at("header"))?;
    let found = length.saturating_sub(consumed);
    if found != size as u64 {
        return Err(
            Error::new(Problem::Length { found, expected: size as u64 }).at(format_args!("data of shape {shape:?}"))
        );
    }
    let mut bytes = vec![0; size];
    reader.read_exact(&mut bytes)?;
    decode(&bytes, stored, shape, header.element.byte_order, header.memory_order)
}

/// The header's text and the number of bytes up to its end.
fn read_header(reader: &mut impl Read, length: u64) -> Result<(Vec<u8>, u64)> {
    let mut magic = Vec::new();
    reader.by_ref().take(MAGIC.len() as u64).read_to_end(&mut magic)?;
    if magic != MAGIC {
        let found = format!("`{}` at its start", magic.escape_ascii());
        return Err(Error::new(Problem::WrongFormat { format: FORMAT, found, expected: "`\\x93NUMPY`".to_owned() }));
    }
    let [major, minor] = read_array(reader, length)?;
    let (size, consumed) = match (major, minor) {
        (1, 0) => (u32::from(u16::from_le_bytes(read_array(reader, length)?)), 10),
        (2 | 3, 0) => (u32::from_le_bytes(read_array(reader, length)?), 12),
        _ => {
            let found = format!("version {major}.{minor}");
            return Err(Error::new(Problem::Unsupported { found, expected: "1.0, 2.0 or 3.0".to_owned() }));
        }
    };
    let size = u64::from(size);
    if size > MAX_HEADER_SIZE {
        let problem = Problem::TooLarge { what: "the size of the header", found: size, limit: MAX_HEADER_SIZE };
        return Err(Error::new(problem));
    }
    let mut text = Vec::new();
    reader.take(size).read_to_end(&mut text)?;
    if text.len() as u64 != size {
        return Err(Error::new(Problem::Length { found: text.len() as u64, expected: size }).at("header"));
    }
    Ok((text, consumed + size))
}

fn read_array<const N: usize>(reader: &mut impl Read, length: u64) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    let expected = (MAGIC.len() + 4) as u64;
    reader.read_exact(&mut bytes).map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => Error::new(Problem::Length { found: length, expected }).at("header"),
        _ => error.into(),
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
