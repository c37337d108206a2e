use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::header::{dtype_name, tensor_place};
use super::{LENGTH_SIZE, MAX_HEADER_SIZE, METADATA_KEY};
use crate::encoding::encode;
use crate::{Array, DType, Error, Problem, Result, atomic};

/// Writes arrays to the safetensors file at `path`, in one step ([`atomic::write`]).
///
/// `tensors` is a map or any list of names and arrays; its order does not matter.
///
/// # Errors
/// As [`to_bytes`], and [`Problem::Io`]; each names the file. Nothing is written then.
pub fn write<N: AsRef<str>, A: Borrow<Array>>(
    path: impl AsRef<Path>,
    tensors: impl IntoIterator<Item = (N, A)>,
    metadata: &BTreeMap<String, String>,
) -> Result<()> {
    let tensors = sorted(tensors);
    let write = |file: &mut dyn Write| write_to(file, &tensors, metadata);
    atomic::write(path, |file| write(file))
}

/// The content of a safetensors file with these arrays.
///
/// # Errors
/// [`Problem::DuplicateName`], [`Problem::InvalidName`] for a tensor named `__metadata__`, [`Problem::TooLarge`] for
/// names longer than [`MAX_HEADER_SIZE`] in all.
pub fn to_bytes<N: AsRef<str>, A: Borrow<Array>>(
    tensors: impl IntoIterator<Item = (N, A)>,
    metadata: &BTreeMap<String, String>,
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write_to(&mut bytes, &sorted(tensors), metadata)?;
    Ok(bytes)
}

/// The widest types first, so that every tensor is aligned in the file; equal types by name.
fn sorted<N: AsRef<str>, A: Borrow<Array>>(tensors: impl IntoIterator<Item = (N, A)>) -> Vec<(N, A)> {
    let mut tensors: Vec<(N, A)> = tensors.into_iter().collect();
    tensors.sort_by(|(name, array), (other_name, other)| {
        let key = |array: &A| Reverse(alignment_rank(array.borrow().dtype()));
        key(array).cmp(&key(other)).then_with(|| name.as_ref().cmp(other_name.as_ref()))
    });
    tensors
}

/// The place of the type among the format's types in increasing alignment.
fn alignment_rank(dtype: DType) -> u8 {
    match dtype {
        DType::Bool => 0,
        DType::U8 => 1,
        DType::I8 => 2,
        DType::I16 => 3,
        DType::U16 => 4,
        DType::I32 => 5,
        DType::U32 => 6,
        DType::F32 => 7,
        DType::F64 => 8,
        DType::I64 => 9,
        DType::U64 => 10,
    }
}

fn write_to<N: AsRef<str>, A: Borrow<Array>>(
    writer: &mut dyn Write,
    tensors: &[(N, A)],
    metadata: &BTreeMap<String, String>,
) -> Result<()> {
    let header = header(tensors, metadata)?;
    writer.write_all(&(header.len() as u64).to_le_bytes())?;
    writer.write_all(header.as_bytes())?;
    for (_, array) in tensors {
        writer.write_all(&encode(array.borrow()))?;
    }
    Ok(())
}

fn header<N: AsRef<str>, A: Borrow<Array>>(tensors: &[(N, A)], metadata: &BTreeMap<String, String>) -> Result<String> {
    let mut entries = Map::new();
    if !metadata.is_empty() {
        entries.insert(METADATA_KEY.to_owned(), json!(metadata));
    }
    let mut end = 0;
    for (name, array) in tensors {
        let (name, array) = (name.as_ref(), array.borrow());
        if name == METADATA_KEY {
            let problem = Problem::InvalidName { name: name.to_owned(), expected: "any but the key of the metadata" };
            return Err(Error::new(problem).at(tensor_place(name)));
        }
        let start = end;
        end += array.len() * array.dtype().size();
        let entry = json!({"dtype": dtype_name(array.dtype()), "shape": array.shape(), "data_offsets": [start, end]});
        if entries.insert(name.to_owned(), entry).is_some() {
            return Err(Error::new(Problem::DuplicateName { name: name.to_owned() }));
        }
    }
    padded(Value::Object(entries).to_string())
}

fn padded(mut header: String) -> Result<String> {
    let size = header.len().next_multiple_of(LENGTH_SIZE as usize);
    if size as u64 > MAX_HEADER_SIZE {
        let problem = Problem::TooLarge { what: "the size of the header", found: size as u64, limit: MAX_HEADER_SIZE };
        return Err(Error::new(problem));
    }
    header.extend(std::iter::repeat_n(' ', size - header.len()));
    Ok(header)
}
