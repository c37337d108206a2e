//! Models as the command is given them and writes them.

use crate::arguments::ModelFile;
use argali::{Error, Model, Problem, Registry, Result};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

/// What to do about a config without weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// Refuse it.
    Refused,
    /// Draw fresh weights when they are needed.
    Drawn,
}

/// The model that the command is given.
pub(crate) fn load(file: &ModelFile, missing: Missing) -> Result<Model> {
    load_with(&file.model, file.weights.as_deref(), missing)
}

/// The model of a file, with weights of another if one is given.
pub(crate) fn load_with(path: &Path, weights: Option<&Path>, missing: Missing) -> Result<Model> {
    let is_config = is_config(path)?;
    let model = if is_config { read_config(path)? } else { Model::load(path)? };
    match weights {
        Some(weights) => model.load_weights(weights)?,
        None if is_config && missing == Missing::Refused && model.count_params() > 0 => {
            let help = "give them with `--weights`, or draw fresh ones with `argali init`";
            return Err(Error::new(Problem::data("a config without weights", help)).in_file(path));
        }
        None => {}
    }
    Ok(model)
}

/// Whether a file holds JSON.
fn is_config(path: &Path) -> Result<bool> {
    if path.is_dir() {
        return Ok(false);
    }
    let open = || -> std::io::Result<Vec<u8>> {
        let mut start = Vec::new();
        File::open(path)?.take(64).read_to_end(&mut start)?;
        Ok(start)
    };
    let start = open().map_err(|e| Error::new(Problem::File(format!("can't be read: {e}"))).in_file(path))?;
    Ok(start.trim_ascii_start().first() == Some(&b'{'))
}

/// The model that a config describes, without weights.
pub(crate) fn read_config(path: &Path) -> Result<Model> {
    if !is_config(path)? {
        let help = "`argali convert` writes the config of a model: take a name that ends in .json for OUT";
        return Err(
            Error::new(Problem::data("is no config, expected the JSON of a model's layers", help)).in_file(path)
        );
    }
    let json = argali_formats::json::read(path).map_err(file_error)?;
    Registry::default().model_from_value(json).map_err(|e| e.in_file(path))
}

/// What a file to write holds, as its ending says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A whole model.
    Keras,
    /// Weights alone.
    Weights,
    /// The config.
    Config,
    /// Rust source.
    Rust,
}

const ENDINGS: [(&str, Format); 6] = [
    (".keras", Format::Keras),
    (".json", Format::Config),
    (".weights.h5", Format::Weights),
    (".safetensors", Format::Weights),
    (".npz", Format::Weights),
    (".rs", Format::Rust),
];

impl Format {
    pub(crate) fn of(path: &Path) -> Result<Self> {
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let known = ENDINGS.iter().find(|(ending, _)| name.ends_with(ending));
        known.map(|(_, format)| *format).ok_or_else(|| Self::unknown(path, |_| true))
    }

    fn unknown(path: &Path, is_meant: impl Fn(Format) -> bool) -> Error {
        let endings = ENDINGS.iter().filter(|(_, format)| is_meant(*format)).map(|(ending, _)| *ending);
        let help = format!("take one of {}", endings.collect::<Vec<_>>().join(", "));
        Error::new(Problem::data("its ending does not say what to write", help)).in_file(path)
    }

    /// The format of a file that weights go into.
    pub(crate) fn with_weights(path: &Path) -> Result<Self> {
        let format = Self::of(path).map_err(|_| Self::unknown(path, Self::has_weights))?;
        match format.has_weights() {
            true => Ok(format),
            false => {
                let problem = Problem::data("a file without room for weights", "take a name that ends in .keras");
                Err(Error::new(problem).in_file(path))
            }
        }
    }

    /// Whether weights are part of it.
    pub(crate) fn has_weights(self) -> bool {
        matches!(self, Format::Keras | Format::Weights)
    }

    /// Writes a model.
    pub(crate) fn write(self, model: &Model, path: &Path) -> Result<()> {
        match self {
            Format::Keras => model.save(path),
            Format::Weights => model.save_weights(path),
            Format::Config => argali_formats::json::write(path, &model.to_value()).map_err(file_error),
            Format::Rust => write_text(path, &model.to_rust()?),
        }
    }
}

/// Writes a text.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<()> {
    argali_formats::atomic::write(path, |file| Ok(file.write_all(text.as_bytes())?)).map_err(file_error)
}

pub(crate) fn file_error(error: argali_formats::Error) -> Error {
    Error::new(Problem::File(error.to_string()))
}
