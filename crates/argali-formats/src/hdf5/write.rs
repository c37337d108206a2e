use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use hdf5_writer::{AttributeBuilder, ByteOrder, DatasetBuilder, Datatype, EnumMember, Hdf5Builder, WriteOptions};

use super::attribute::Attribute;
use crate::{Array, DType, Error, Problem, Result, atomic, encoding};

/// What an HDF5 file is to hold: datasets and attributes, each at its path.
///
/// A group is there when something is in it or attached to it.
#[derive(Debug, Default)]
pub struct Tree {
    builder: Hdf5Builder,
    paths: BTreeSet<String>,
}

impl Tree {
    /// An empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts an array at a path such as `layers/dense/vars/0`.
    ///
    /// # Errors
    /// [`Problem::InvalidName`] for a path with empty parts, `.`, `..` or a zero byte, [`Problem::DuplicateName`] for a path that is
    /// taken.
    pub fn dataset(&mut self, path: &str, array: &Array) -> Result<()> {
        check_path(path)?;
        if !self.paths.insert(path.to_owned()) {
            return Err(Error::new(Problem::DuplicateName { name: path.to_owned() }));
        }
        let shape: Vec<u64> = array.shape().iter().map(|&axis| axis as u64).collect();
        let dataset = DatasetBuilder::new(path, datatype(array.dtype()), shape).raw_data(encoding::encode(array));
        self.builder = std::mem::take(&mut self.builder).dataset(dataset);
        Ok(())
    }

    /// Attaches a value to the group at a path, the root for an empty one; the group exists then.
    ///
    /// # Errors
    /// As [`dataset`](Self::dataset), and [`Problem::Unsupported`] for an empty list of texts.
    pub fn attribute(&mut self, path: &str, name: &str, value: impl Into<Attribute>) -> Result<()> {
        let attribute = attribute(name, value.into())?;
        let builder = std::mem::take(&mut self.builder);
        self.builder = if path.is_empty() {
            builder.attribute(attribute)
        } else {
            check_path(path)?;
            builder.group_attribute(path, attribute)
        };
        Ok(())
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// [`Problem::Unsupported`] for what the format can't hold, such as an attribute of more than 64 KiB or of a name
    /// that its group has already.
    pub fn to_bytes(self) -> Result<Vec<u8>> {
        let plan = self.builder.into_plan().map_err(writer_error)?;
        plan.encode(WriteOptions::default()).map_err(writer_error)
    }
}

/// Writes the tree to the HDF5 file at `path`, in one step ([`atomic::write`]).
///
/// # Errors
/// Those of [`Tree::to_bytes`], and [`Problem::Io`]; each names the file. Nothing is written then.
pub fn write(path: impl AsRef<Path>, tree: Tree) -> Result<()> {
    let bytes = tree.to_bytes().map_err(|error| error.in_file(&path))?;
    atomic::write(path, |file| Ok(file.write_all(&bytes)?))
}

fn attribute(name: &str, value: Attribute) -> Result<AttributeBuilder> {
    match value {
        Attribute::Text(text) => Ok(AttributeBuilder::fixed_string(name, text)),
        Attribute::Texts(texts) => AttributeBuilder::fixed_string_vector(name, &texts).map_err(writer_error),
        Attribute::Numbers(numbers) => {
            let shape: Vec<u64> = numbers.shape().iter().map(|&axis| axis as u64).collect();
            Ok(AttributeBuilder::new(name, datatype(numbers.dtype()), shape, encoding::encode(&numbers)))
        }
    }
}

fn datatype(dtype: DType) -> Datatype {
    let integer =
        |signed| Datatype::FixedPoint { size: dtype.size() as u8, signed, byte_order: ByteOrder::LittleEndian };
    match dtype {
        DType::F32 | DType::F64 => {
            Datatype::FloatingPoint { size: dtype.size() as u8, byte_order: ByteOrder::LittleEndian }
        }
        DType::I8 | DType::I16 | DType::I32 | DType::I64 => integer(true),
        DType::U8 | DType::U16 | DType::U32 | DType::U64 => integer(false),
        DType::Bool => {
            let member = |name: &str, value| EnumMember { name: name.to_owned(), value: vec![value] };
            Datatype::Enum { base: Box::new(integer(true)), members: vec![member("FALSE", 0), member("TRUE", 1)] }
        }
    }
}

fn check_path(path: &str) -> Result<()> {
    let is_sound = path.split('/').all(|name| !matches!(name, "" | "." | ".."));
    if is_sound && !path.contains('\0') {
        return Ok(());
    }
    let expected = "names between single slashes";
    Err(Error::new(Problem::InvalidName { name: path.to_owned(), expected }))
}

fn writer_error(error: hdf5_writer::Error) -> Error {
    Error::new(Problem::Unsupported { found: format!("\"{error}\""), expected: "what HDF5 can hold".to_owned() })
}
