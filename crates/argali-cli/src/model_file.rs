//! Models as the command is given them.

use crate::arguments::ModelFile;
use argali::{Error, Model, Problem, Registry, Result};
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
    let model = read_config(path)?;
    match weights {
        Some(weights) => model.load_weights(weights)?,
        None if missing == Missing::Refused && model.count_params() > 0 => {
            let help = "give them with `--weights`, or draw fresh ones with `argali init`";
            return Err(Error::new(Problem::data("a config without weights", help)).in_file(path));
        }
        None => {}
    }
    Ok(model)
}

/// The model that a config describes, without weights.
pub(crate) fn read_config(path: &Path) -> Result<Model> {
    let json = argali_formats::json::read(path).map_err(|e| Error::new(Problem::File(e.to_string())))?;
    Registry::default().model_from_value(json).map_err(|e| e.in_file(path))
}

/// What a file to write holds, as its ending says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The config.
    Json,
    /// Weights by the names of layers and weights.
    Safetensors,
}

const ENDINGS: [(&str, Format); 2] = [(".json", Format::Json), (".safetensors", Format::Safetensors)];

impl Format {
    pub(crate) fn of(path: &Path) -> Result<Self> {
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let known = ENDINGS.iter().find(|(ending, _)| name.ends_with(ending));
        known.map(|(_, format)| *format).ok_or_else(|| {
            let endings: Vec<_> = ENDINGS.iter().map(|(ending, _)| *ending).collect();
            let help = format!("take one of {}", endings.join(", "));
            Error::new(Problem::data("its ending does not say what to write", help)).in_file(path)
        })
    }

    /// Whether weights are part of it.
    pub(crate) fn needs_weights(self) -> bool {
        self != Format::Json
    }
}

/// Writes a model in the format that the path's ending says.
pub(crate) fn save(model: &Model, path: &Path) -> Result<()> {
    write(model, path, Format::of(path)?)
}

/// Writes a model in a format.
pub(crate) fn write(model: &Model, path: &Path, format: Format) -> Result<()> {
    let file = |e: argali_formats::Error| Error::new(Problem::File(e.to_string()));
    match format {
        Format::Json => argali_formats::json::write(path, &model.to_value()).map_err(file),
        Format::Safetensors => model.save_weights(path),
    }
}
