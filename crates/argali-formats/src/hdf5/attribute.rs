use hdf5_reader::RawAttribute;
use hdf5_reader::messages::attribute::AttributeMessage;
use hdf5_reader::messages::dataspace::DataspaceType;
use hdf5_reader::messages::datatype::{Datatype, StringPadding, StringSize, VarLenKind};

use super::{reader_error, types};
use crate::encoding::{self, MemoryOrder};
use crate::{Array, Error, Problem, Result};

/// A value attached to a group by name.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Attribute {
    /// One text.
    Text(String),
    /// A list of texts.
    Texts(Vec<String>),
    /// One number, without axes, or several.
    Numbers(Array),
}

impl Attribute {
    /// The text, if this is one.
    pub fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Texts(_) | Self::Numbers(_) => None,
        }
    }

    /// The list of texts, if this is one; an empty array of numbers is an empty list, as h5py writes it.
    pub fn into_texts(self) -> Option<Vec<String>> {
        match self {
            Self::Texts(texts) => Some(texts),
            Self::Numbers(numbers) if numbers.is_empty() => Some(Vec::new()),
            Self::Text(_) | Self::Numbers(_) => None,
        }
    }

    /// The numbers, if these are some.
    pub fn into_numbers(self) -> Option<Array> {
        match self {
            Self::Numbers(numbers) => Some(numbers),
            Self::Text(_) | Self::Texts(_) => None,
        }
    }
}

impl From<&str> for Attribute {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Attribute {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<String>> for Attribute {
    fn from(texts: Vec<String>) -> Self {
        Self::Texts(texts)
    }
}

impl From<Array> for Attribute {
    fn from(numbers: Array) -> Self {
        Self::Numbers(numbers)
    }
}

/// What attributes belong to, and where their texts of variable length are.
pub(super) trait Owner {
    fn raw_attributes(&self) -> hdf5_reader::error::Result<Vec<RawAttribute>>;

    /// The number of bytes of a reference to a text.
    fn reference_size(&self) -> usize;

    fn resolve(&self, reference: &[u8]) -> hdf5_reader::error::Result<Vec<u8>>;
}

impl Owner for hdf5_reader::group::Group {
    fn raw_attributes(&self) -> hdf5_reader::error::Result<Vec<RawAttribute>> {
        self.raw_attributes()
    }

    fn reference_size(&self) -> usize {
        usize::from(self.offset_size()) + 8
    }

    fn resolve(&self, reference: &[u8]) -> hdf5_reader::error::Result<Vec<u8>> {
        self.resolve_vlen_reference_bytes(reference, 1)
    }
}

impl Owner for hdf5_reader::Dataset {
    fn raw_attributes(&self) -> hdf5_reader::error::Result<Vec<RawAttribute>> {
        self.raw_attributes()
    }

    fn reference_size(&self) -> usize {
        self.vlen_reference_size()
    }

    fn resolve(&self, reference: &[u8]) -> hdf5_reader::error::Result<Vec<u8>> {
        self.resolve_vlen_reference_bytes(reference, 1)
    }
}

/// The attribute of that name, whose texts may come to `limit` bytes.
pub(super) fn find(owner: &impl Owner, name: &str, limit: usize) -> Result<Option<Attribute>> {
    let attributes = owner.raw_attributes().map_err(reader_error)?;
    let attribute = attributes.iter().find(|attribute| attribute.name() == name);
    let value = attribute.map(|attribute| decode(attribute.message(), owner, limit)).transpose();
    value.map_err(|error| error.at(format!("attribute `{}`", name.escape_debug())))
}

fn decode(message: &AttributeMessage, owner: &impl Owner, limit: usize) -> Result<Attribute> {
    let space = &message.dataspace;
    let shape = match space.dataspace_type {
        DataspaceType::Scalar => Vec::new(),
        DataspaceType::Null => vec![0],
        DataspaceType::Simple => space.dims.clone(),
    };
    let texts = match &message.datatype {
        Datatype::String { size: StringSize::Fixed(size), padding, .. } => {
            fixed_texts(&message.raw_data, &shape, *size as usize, *padding)?
        }
        Datatype::String { size: StringSize::Variable, .. } | Datatype::VarLen { kind: VarLenKind::String, .. } => {
            variable_texts(&message.raw_data, &shape, owner, limit)?
        }
        other => return numbers(other, &message.raw_data, &shape).map(Attribute::Numbers),
    };
    if !shape.is_empty() {
        return Ok(Attribute::Texts(texts));
    }
    let mut texts = texts.into_iter();
    texts.next().map(Attribute::Text).ok_or_else(|| Error::malformed("no text", "one"))
}

fn numbers(datatype: &Datatype, data: &[u8], shape: &[u64]) -> Result<Array> {
    let elements = types::numbers(datatype)?;
    let (shape, size) = encoding::checked_shape(shape, elements.stored.size())?;
    let bytes = data.get(..size).ok_or_else(|| too_short(data, size))?;
    encoding::decode(bytes, elements.stored, shape, elements.order, MemoryOrder::C)
}

fn fixed_texts(data: &[u8], shape: &[u64], size: usize, padding: StringPadding) -> Result<Vec<String>> {
    if size == 0 {
        return Err(Error::malformed("texts of 0 bytes", "room for text"));
    }
    let (_, total) = encoding::checked_shape(shape, size)?;
    let bytes = data.get(..total).ok_or_else(|| too_short(data, total))?;
    bytes.chunks_exact(size).map(|bytes| text(trimmed(bytes, padding).to_vec())).collect()
}

fn trimmed(bytes: &[u8], padding: StringPadding) -> &[u8] {
    match padding {
        StringPadding::SpacePad => bytes.trim_ascii_end(),
        StringPadding::NullTerminate | StringPadding::NullPad => {
            let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
            bytes.get(..end).unwrap_or(bytes)
        }
    }
}

/// Texts that are references into the file: four bytes of length, then where it is.
fn variable_texts(data: &[u8], shape: &[u64], owner: &impl Owner, limit: usize) -> Result<Vec<String>> {
    let reference_size = owner.reference_size();
    let (_, total) = encoding::checked_shape(shape, reference_size)?;
    let references = data.get(..total).ok_or_else(|| too_short(data, total))?;
    let mut length = 0_usize;
    let mut texts = Vec::new();
    for reference in references.chunks_exact(reference_size) {
        let announced = reference.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
        length = length.saturating_add(announced as usize);
        if length > limit {
            let what = "the size of the texts";
            return Err(Error::new(Problem::TooLarge { what, found: length as u64, limit: limit as u64 }));
        }
        let bytes = match announced {
            0 => Vec::new(),
            _ => owner.resolve(reference).map_err(reader_error)?,
        };
        texts.push(text(trimmed(&bytes, StringPadding::NullTerminate).to_vec())?);
    }
    Ok(texts)
}

fn text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| Error::malformed("other bytes", "text in UTF-8"))
}

fn too_short(data: &[u8], expected: usize) -> Error {
    Error::new(Problem::Length { found: data.len() as u64, expected: expected as u64 })
}
