//! Whole models in Keras's `.keras` files: a zip archive of metadata, config and weights.
//!
//! ```
//! use argali_formats::{Array, hdf5, keras};
//! use ndarray::arr1;
//! use serde_json::json;
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("model.keras");
//! let mut weights = hdf5::Tree::new();
//! weights.dataset("layers/dense/vars/0", &Array::from(arr1(&[1_f32, 2.])))?;
//! keras::write(&path, &json!({"keras_version": "3.15.1"}), &json!({"class_name": "Sequential"}), weights)?;
//!
//! let mut file = keras::open(&path)?;
//! assert_eq!(file.config()?["class_name"], "Sequential");
//! assert_eq!(file.weights(1 << 20)?.dataset("layers/dense/vars/0")?.read()?, arr1(&[1_f32, 2.]).into());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use serde_json::Value;

#[cfg(doc)]
use crate::Problem;
use crate::archive::{self, Archive, Compression, member_place};
use crate::hdf5::{self, Group, Tree};
use crate::{Error, Result, atomic, json};

/// The first bytes of a `.keras` file, which is a zip archive.
pub const SIGNATURE: &[u8; 4] = b"PK\x03\x04";

/// The number of bytes to which the deflated config and metadata of one file may inflate; Keras stores them as they are.
pub const MAX_INFLATED_JSON: u64 = 16 << 20;

const CONFIG: &str = "config.json";
const METADATA: &str = "metadata.json";
const WEIGHTS: &str = "model.weights.h5";

/// A `.keras` file that is open for reading; see [`open`].
pub struct KerasFile {
    path: PathBuf,
    archive: Archive<BufReader<File>>,
}

/// Opens the `.keras` file at `path`. Nothing is ever extracted to disk.
///
/// # Errors
/// [`Problem::Io`], [`Problem::WrongFormat`] for another format, [`Problem::Malformed`] for a damaged archive and
/// [`Problem::Unsupported`] for encryption, links and unknown compression methods; each names the file.
pub fn open(path: impl AsRef<Path>) -> Result<KerasFile> {
    let open = || {
        let file = File::open(&path).map_err(|error| Error::io("open the file", error))?;
        Archive::open(BufReader::new(file), MAX_INFLATED_JSON)
    };
    let archive = open().map_err(|error| error.in_file(&path))?;
    Ok(KerasFile { path: path.as_ref().to_path_buf(), archive })
}

/// Writes a `.keras` file, in one step ([`atomic::write`]).
///
/// # Errors
/// Those of [`Tree::to_bytes`], and [`Problem::Io`]; each names the file. Nothing is written then.
pub fn write(path: impl AsRef<Path>, metadata: &Value, config: &Value, weights: Tree) -> Result<()> {
    let weights = weights.to_bytes().map_err(|error| error.in_file(&path))?;
    let members = [
        (METADATA, json::to_string(metadata).into_bytes()),
        (CONFIG, json::to_string(config).into_bytes()),
        (WEIGHTS, weights),
    ];
    let members = members.map(|(name, content)| (name.to_owned(), content));
    atomic::write(path, |file| archive::write(file, members, Compression::Stored))
}

impl KerasFile {
    /// The names of what the archive has.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.archive.names()
    }

    /// The model: classes and options of its layers, and what it is compiled with.
    ///
    /// # Errors
    /// [`Problem::Missing`] if the archive has none, [`Problem::Json`], [`Problem::TooLarge`] if it inflates to more than
    /// [`MAX_INFLATED_JSON`], [`Problem::Malformed`] if it is damaged; each names the file.
    pub fn config(&mut self) -> Result<Value> {
        self.json(CONFIG)
    }

    /// The version of Keras and the date.
    ///
    /// # Errors
    /// As [`config`](Self::config).
    pub fn metadata(&mut self) -> Result<Value> {
        self.json(METADATA)
    }

    /// The tree of weights, of at most `limit` bytes if the archive deflates it.
    ///
    /// # Errors
    /// As [`config`](Self::config), and those of [`hdf5::parse`].
    pub fn weights(&mut self, limit: u64) -> Result<Group> {
        self.archive.set_limit(limit);
        let bytes = self.archive.read(WEIGHTS).map_err(|error| error.in_file(&self.path))?;
        hdf5::parse(bytes).map_err(|error| error.at(member_place(WEIGHTS)).in_file(&self.path))
    }

    fn json(&mut self, name: &str) -> Result<Value> {
        let parse = |bytes: Vec<u8>| json::parse(&bytes).map_err(|error| Error::new(error).at(member_place(name)));
        self.archive.read(name).and_then(parse).map_err(|error| error.in_file(&self.path))
    }
}
