use std::fmt;

use hdf5_reader::Datatype;

use super::attribute::{self, Attribute};
use super::reader_error;
use super::types::{self, Elements};
use crate::encoding::{self, ByteOrder, MemoryOrder, Stored};
use crate::{Array, DType, Result};

/// An array in an HDF5 file; read when asked.
#[derive(Clone)]
pub struct Dataset {
    inner: hdf5_reader::Dataset,
    path: String,
    text_limit: usize,
}

impl fmt::Debug for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dataset").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Dataset {
    pub(super) fn new(inner: hdf5_reader::Dataset, path: String, text_limit: usize) -> Self {
        Self { inner, path, text_limit }
    }

    /// The path in the file: `layers/dense/vars/0`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The length of each axis; compare it with what is expected before reading.
    ///
    /// # Errors
    /// [`Problem::ShapeOverflow`](crate::Problem::ShapeOverflow) if no array can be that large.
    pub fn shape(&self) -> Result<Vec<usize>> {
        let shape = encoding::checked_shape(self.inner.shape(), 1).map(|(shape, _)| shape);
        shape.map_err(|error| error.at(self.place()))
    }

    /// The type of the elements that [`read`](Self::read) gives; float16 and bfloat16 are widened to `float32`.
    ///
    /// # Errors
    /// [`Problem::Unsupported`](crate::Problem::Unsupported) for what an [`Array`] can't hold: strings, compounds.
    pub fn dtype(&self) -> Result<DType> {
        Ok(match self.elements()?.stored {
            Stored::Plain(dtype) => dtype,
            Stored::Float16 | Stored::BFloat16 => DType::F32,
        })
    }

    /// The elements.
    ///
    /// # Errors
    /// Those of [`shape`](Self::shape) and [`dtype`](Self::dtype); [`Problem::Malformed`](crate::Problem::Malformed) if
    /// the file does not have them: it is cut, it names another file that has them, or its sizes contradict it;
    /// [`Problem::Unsupported`](crate::Problem::Unsupported) for unknown filters.
    pub fn read(&self) -> Result<Array> {
        let elements = self.elements()?;
        self.read_elements(elements).map_err(|error| error.at(self.place()))
    }

    /// The strings of a dataset of strings, in order.
    ///
    /// # Errors
    /// [`Problem::Malformed`](crate::Problem::Malformed) for other elements.
    pub fn read_texts(&self) -> Result<Vec<String>> {
        self.inner.read_strings().map_err(|error| reader_error(error).at(self.place()))
    }

    /// The attribute of that name, `None` if there is none.
    ///
    /// # Errors
    /// As [`Group::attribute`](super::Group::attribute).
    pub fn attribute(&self, name: &str) -> Result<Option<Attribute>> {
        attribute::find(&self.inner, name, self.text_limit).map_err(|error| error.at(self.place()))
    }

    fn read_elements(&self, elements: Elements) -> Result<Array> {
        let (shape, _) = encoding::checked_shape(self.inner.shape(), elements.stored.size())?;
        Ok(match elements {
            Elements { stored: Stored::Plain(DType::F32), .. } => {
                self.inner.read_array::<f32>().map_err(reader_error)?.into()
            }
            Elements { stored: Stored::Plain(DType::F64), .. } => {
                self.inner.read_array::<f64>().map_err(reader_error)?.into()
            }
            Elements { stored, order } => {
                let bytes = self.inner.read_raw_bytes().map_err(reader_error)?;
                encoding::decode(&bytes, stored, shape, order, MemoryOrder::C)?
            }
        })
    }

    fn elements(&self) -> Result<Elements> {
        self.stored().map_err(|error| error.at(self.place()))
    }

    fn stored(&self) -> Result<Elements> {
        let is_bfloat16 = match self.inner.dtype() {
            Datatype::FloatingPoint { size: 2, .. } => self.has_exponent_of_bfloat16()?,
            Datatype::Opaque { size: 2, .. } => self.attribute("dtype")? == Some("bfloat16".into()),
            _ => false,
        };
        match is_bfloat16 {
            true => Ok(Elements { stored: Stored::BFloat16, order: ByteOrder::Little }),
            false => types::numbers(self.inner.dtype()),
        }
    }

    /// Both 16-bit floats are of one class; the width of the exponent tells them apart.
    fn has_exponent_of_bfloat16(&self) -> Result<bool> {
        const EXPONENT_WIDTH: usize = 13;
        let description = self.inner.raw_datatype().map_err(reader_error)?;
        Ok(description.get(EXPONENT_WIDTH) == Some(&8))
    }

    fn place(&self) -> String {
        format!("dataset `{}`", self.path.escape_debug())
    }
}
