use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::METADATA_KEY;
use crate::encoding::{MAX_RANK, Stored, checked_shape};
use crate::{DType, Error, Problem, Result, json};

/// The types read, with their names in the format.
const DTYPES: [(&str, Stored); 13] = [
    ("F32", Stored::Plain(DType::F32)),
    ("F64", Stored::Plain(DType::F64)),
    ("F16", Stored::Float16),
    ("BF16", Stored::BFloat16),
    ("I8", Stored::Plain(DType::I8)),
    ("I16", Stored::Plain(DType::I16)),
    ("I32", Stored::Plain(DType::I32)),
    ("I64", Stored::Plain(DType::I64)),
    ("U8", Stored::Plain(DType::U8)),
    ("U16", Stored::Plain(DType::U16)),
    ("U32", Stored::Plain(DType::U32)),
    ("U64", Stored::Plain(DType::U64)),
    ("BOOL", Stored::Plain(DType::Bool)),
];

/// A checked header: the tensors in the order of their data, which they fill without overlap or gap.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) tensors: Vec<Tensor>,
    pub(super) metadata: BTreeMap<String, String>,
}

#[derive(Debug)]
pub(super) struct Tensor {
    pub(super) name: String,
    pub(super) stored: Stored,
    pub(super) shape: Vec<usize>,
    pub(super) size: usize,
}

impl Header {
    pub(super) fn parse(bytes: &[u8], data_length: u64) -> Result<Self> {
        let RawHeader { tensors, metadata } = RawHeader::parse(bytes)?;
        let metadata = distinct(metadata)?;
        let mut tensors: Vec<_> = distinct(tensors)?.into_iter().collect();
        tensors.sort_by_key(|(_, tensor)| tensor.data_offsets);
        let mut end = 0;
        let mut checked = Vec::with_capacity(tensors.len());
        for (name, tensor) in tensors {
            let (stored, shape, size) = tensor.check(end).map_err(|error| error.at(tensor_place(&name)))?;
            end = tensor.data_offsets.1;
            checked.push(Tensor { name, stored, shape, size });
        }
        if end != data_length {
            return Err(Error::new(Problem::Length { found: data_length, expected: end }).at("data of all tensors"));
        }
        Ok(Self { tensors: checked, metadata })
    }
}

pub(super) fn tensor_place(name: &str) -> String {
    format!("tensor `{}`", name.escape_debug())
}

/// The name of the type in the format.
pub(super) fn dtype_name(dtype: DType) -> &'static str {
    DTYPES.iter().find(|(_, stored)| *stored == Stored::Plain(dtype)).map_or("", |(name, _)| name)
}

fn distinct<T>(entries: Vec<(String, T)>) -> Result<BTreeMap<String, T>> {
    let mut map = BTreeMap::new();
    for (name, value) in entries {
        if map.contains_key(&name) {
            return Err(Error::new(Problem::DuplicateName { name }));
        }
        map.insert(name, value);
    }
    Ok(map)
}

#[derive(Default)]
struct RawHeader {
    tensors: Vec<(String, RawTensor)>,
    metadata: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct RawTensor {
    dtype: String,
    shape: RawShape,
    data_offsets: (u64, u64),
}

impl RawTensor {
    fn check(&self, previous_end: u64) -> Result<(Stored, Vec<usize>, usize)> {
        let stored = DTYPES.iter().find(|(name, _)| *name == self.dtype).map(|(_, stored)| *stored);
        let stored = stored.ok_or_else(|| {
            let found = format!("the type `{}`", self.dtype.escape_debug());
            let names: Vec<&str> = DTYPES.iter().map(|(name, _)| *name).collect();
            Error::new(Problem::Unsupported { found, expected: format!("one of {}", names.join(", ")) })
        })?;
        let (shape, size) = checked_shape(&self.shape.0, stored.size())?;
        let (start, end) = self.data_offsets;
        if start != previous_end {
            let kind = if start < previous_end { "overlapping" } else { "leaving a gap" };
            return Err(Error::malformed(
                format!("data from {start} on, {kind}"),
                format!("data from {previous_end} on"),
            ));
        }
        if end.checked_sub(start) != Some(size as u64) {
            let expected = format!("the {size} bytes of {} of shape {shape:?}", self.dtype);
            return Err(Error::malformed(format!("data from {start} to {end}"), expected));
        }
        Ok((stored, shape, size))
    }
}

impl RawHeader {
    fn parse(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).map_err(|error| Error::from(json::utf8_error(bytes, error)))?;
        let tensor = RefCell::new(None);
        let mut parser = serde_json::Deserializer::from_str(text);
        let header = RawHeaderSeed { tensor: &tensor }.deserialize(&mut parser);
        header.and_then(|header| parser.end().map(|()| header)).map_err(|error| {
            let syntax_error = Error::from(json::syntax_error(text, &error));
            match tensor.take() {
                Some(name) => syntax_error.at(tensor_place(&name)),
                None => syntax_error,
            }
        })
    }
}

/// Reads a header and tells which tensor it was reading when it failed.
struct RawHeaderSeed<'a> {
    tensor: &'a RefCell<Option<String>>,
}

impl<'de> DeserializeSeed<'de> for RawHeaderSeed<'_> {
    type Value = RawHeader;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawHeader, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RawHeaderSeed<'_> {
    type Value = RawHeader;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of tensors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawHeader, A::Error> {
        let mut header = RawHeader::default();
        let mut has_metadata = false;
        while let Some(name) = entries.next_key::<String>()? {
            if name == METADATA_KEY {
                if has_metadata {
                    return Err(A::Error::custom("duplicate key `__metadata__`"));
                }
                has_metadata = true;
                header.metadata = entries.next_value::<Option<Texts>>()?.unwrap_or_default().0;
            } else {
                self.tensor.replace(Some(name.clone()));
                header.tensors.push((name, entries.next_value()?));
                self.tensor.take();
            }
        }
        Ok(header)
    }
}

/// The entries of an object, duplicates included.
#[derive(Default)]
struct Texts(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextsVisitor;

        impl<'de> Visitor<'de> for TextsVisitor {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(entry) = entries.next_entry()? {
                    texts.push(entry);
                }
                Ok(Texts(texts))
            }
        }

        deserializer.deserialize_map(TextsVisitor)
    }
}

/// A shape of bounded rank, so that a header cannot take a multiple of its size in memory.
struct RawShape(Vec<u64>);

impl<'de> Deserialize<'de> for RawShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShapeVisitor;

        impl<'de> Visitor<'de> for ShapeVisitor {
            type Value = RawShape;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "at most {MAX_RANK} axis lengths")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut axes: A) -> Result<RawShape, A::Error> {
                let mut shape = Vec::new();
                while let Some(axis) = axes.next_element()? {
                    if shape.len() == MAX_RANK {
                        return Err(A::Error::invalid_length(MAX_RANK + 1, &self));
                    }
                    shape.push(axis);
                }
                Ok(RawShape(shape))
            }
        }

        deserializer.deserialize_seq(ShapeVisitor)
    }
}
