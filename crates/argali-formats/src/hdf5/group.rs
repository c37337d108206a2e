use std::fmt;

use hdf5_reader::error::Error as ReaderError;

use super::attribute::{self, Attribute};
use super::dataset::Dataset;
use super::reader_error;
use crate::{Error, Problem, Result};

/// More parts than any legacy list of names is cut into.
const MAX_PARTS: usize = 1 << 12;

/// A group of an HDF5 file, which holds groups, datasets and attributes by name.
#[derive(Clone)]
pub struct Group {
    inner: hdf5_reader::group::Group,
    path: String,
    /// The number of bytes of text that attributes of the file may come to.
    text_limit: usize,
}

impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Group {
    pub(super) fn root(inner: hdf5_reader::group::Group, length: usize) -> Self {
        Self { inner, path: String::new(), text_limit: length }
    }

    /// The path in the file, without a leading slash; empty for the root.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The names of the groups in this one, in the order of the file.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a damaged file.
    pub fn groups(&self) -> Result<Vec<String>> {
        Ok(self.members()?.0)
    }

    /// The names of the datasets in this group, in the order of the file.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a damaged file.
    pub fn datasets(&self) -> Result<Vec<String>> {
        Ok(self.members()?.1)
    }

    /// The group at a path below this one, such as `layers/dense/vars`.
    ///
    /// # Errors
    /// [`Problem::Missing`] naming the groups there are, [`Problem::Malformed`] for a damaged file.
    pub fn group(&self, path: &str) -> Result<Self> {
        match self.find_group(path)? {
            Some(group) => Ok(group),
            None => Err(self.missing(path, self.groups()?)),
        }
    }

    /// The group at a path below this one, `None` if there is none.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a damaged file.
    pub fn find_group(&self, path: &str) -> Result<Option<Self>> {
        let mut group = self.clone();
        for name in path.split('/') {
            let inner = match group.inner.group(name) {
                Ok(inner) => inner,
                Err(ReaderError::GroupNotFound(_)) => return Ok(None),
                Err(error) => return Err(reader_error(error).at(group.place_of("group", name))),
            };
            let path = group.path_of(name);
            group = Self { inner, path, text_limit: self.text_limit };
        }
        Ok(Some(group))
    }

    /// The dataset at a path below this group, such as `vars/0`.
    ///
    /// # Errors
    /// [`Problem::Missing`] naming the datasets there are, [`Problem::Malformed`] for a damaged file.
    pub fn dataset(&self, path: &str) -> Result<Dataset> {
        let (group, name) = match path.rsplit_once('/') {
            Some((groups, name)) => (&self.group(groups)?, name),
            None => (self, path),
        };
        match group.inner.dataset(name) {
            Ok(inner) => Ok(Dataset::new(inner, group.path_of(name), self.text_limit)),
            Err(ReaderError::DatasetNotFound(_)) => Err(group.missing(name, group.datasets()?)),
            Err(error) => Err(reader_error(error).at(group.place_of("dataset", name))),
        }
    }

    /// The dataset at a path below this group, `None` if there is none.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a damaged file.
    pub fn find_dataset(&self, path: &str) -> Result<Option<Dataset>> {
        match self.dataset(path) {
            Ok(dataset) => Ok(Some(dataset)),
            Err(error) if matches!(error.problem(), Problem::Missing { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The names of the attributes, in the order of the file.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a damaged file.
    pub fn attribute_names(&self) -> Result<Vec<String>> {
        let attributes = self.inner.raw_attributes().map_err(|error| reader_error(error).at(self.place()))?;
        Ok(attributes.iter().map(|attribute| attribute.name().to_owned()).collect())
    }

    /// The attribute of that name, `None` if there is none.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a damaged file, [`Problem::Unsupported`] for compounds and other elements than text and
    /// numbers, [`Problem::TooLarge`] for texts that come to more than the file.
    pub fn attribute(&self, name: &str) -> Result<Option<Attribute>> {
        attribute::find(&self.inner, name, self.text_limit).map_err(|error| error.at(self.place()))
    }

    /// The text of an attribute that has to be there and be one text.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::Malformed`] for another kind of attribute, and those of
    /// [`attribute`](Self::attribute).
    pub fn text(&self, name: &str) -> Result<String> {
        let attribute = self.attribute(name)?.ok_or_else(|| self.no_attribute(name))?;
        attribute
            .into_text()
            .ok_or_else(|| Error::malformed("another kind of value", "a text").at(self.attribute_place(name)))
    }

    /// The texts of an attribute that holds a list, which legacy Keras cuts into `name0`, `name1`, … when it is long.
    ///
    /// `None` if there is neither `name` nor `name0`.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for another kind of attribute, and those of [`attribute`](Self::attribute).
    ///
    /// ```
    /// use argali_formats::hdf5;
    ///
    /// let mut tree = hdf5::Tree::new();
    /// tree.attribute("", "layer_names0", vec!["dense".to_owned(), "relu".to_owned()])?;
    /// tree.attribute("", "layer_names1", vec!["flatten".to_owned()])?;
    /// let root = hdf5::parse(tree.to_bytes()?)?;
    /// assert_eq!(root.texts("layer_names")?.unwrap(), ["dense", "relu", "flatten"]);
    /// assert_eq!(root.texts("weight_names")?, None);
    /// # Ok::<(), argali_formats::Error>(())
    /// ```
    pub fn texts(&self, name: &str) -> Result<Option<Vec<String>>> {
        if let Some(attribute) = self.attribute(name)? {
            return self.list(attribute, name).map(Some);
        }
        let mut texts = Vec::new();
        for part in 0..MAX_PARTS {
            let part_name = format!("{name}{part}");
            match self.attribute(&part_name)? {
                Some(attribute) => texts.extend(self.list(attribute, &part_name)?),
                None if part == 0 => return Ok(None),
                None => break,
            }
        }
        Ok(Some(texts))
    }

    fn list(&self, attribute: Attribute, name: &str) -> Result<Vec<String>> {
        let texts = attribute.into_texts();
        texts.ok_or_else(|| Error::malformed("another kind of value", "a list of texts").at(self.attribute_place(name)))
    }

    fn members(&self) -> Result<(Vec<String>, Vec<String>)> {
        self.inner.member_names().map_err(|error| reader_error(error).at(self.place()))
    }

    fn no_attribute(&self, name: &str) -> Error {
        let available = self.attribute_names().unwrap_or_default();
        Error::new(Problem::Missing { name: name.to_owned(), available }).at(format!("attributes of {}", self.place()))
    }

    fn missing(&self, name: &str, available: Vec<String>) -> Error {
        Error::new(Problem::Missing { name: name.to_owned(), available }).at(self.place())
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) }
    }

    fn place(&self) -> String {
        format!("group `/{}`", self.path.escape_debug())
    }

    fn place_of(&self, kind: &str, name: &str) -> String {
        format!("{kind} `/{}`", self.path_of(name).escape_debug())
    }

    fn attribute_place(&self, name: &str) -> String {
        format!("{}: attribute `{}`", self.place(), name.escape_debug())
    }
}
