//! Whole models in `.keras` files.

use super::content::{Content, content};
use super::loading::{LoadWeights, Loading};
use super::weights::targets;
use super::{ends_with, file_error, h5, legacy, named, optimizer};
use crate::{Error, Model, Problem, Registry, Result};
use argali_formats::{hdf5, keras};
use serde_json::json;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The version of Keras whose files these are.
const KERAS_VERSION: &str = "3.15.1";

/// A compressed file of weights may have this many bytes for each of the weights', which the optimizer's state takes,
/// and some more.
const MAX_STATE_RATIO: u64 = 4;
const MAX_OVERHEAD: u64 = 16 << 20;

impl Model {
    /// Writes the model into a `.keras` file: layers, weights, and if it is compiled the optimizer with its state, losses
    /// and metrics. Keras loads it.
    ///
    /// Weights that are not drawn yet are drawn. The file is replaced as a whole or not at all.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if the file can't be written or its name does not end in `.keras`, [`Problem::NoInput`] before a
    /// model without input shape has seen data.
    ///
    /// ```
    /// use argali::prelude::*;
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("model.keras");
    /// let model = Sequential::new().input([4]).dense(2).build()?;
    /// model.save(&path)?;
    /// let same = Model::load(&path)?;
    /// assert_eq!(same.to_json(), model.to_json());
    /// assert_eq!(same.get_weights()?, model.get_weights()?);
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `Model.save`.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        self.write_keras(path).map_err(|error| error.in_file(path))
    }

    fn write_keras(&self, path: &Path) -> Result<()> {
        if !ends_with(path, ".keras") {
            let problem = "cannot write a model, expected a name that ends in `.keras`";
            return Err(Error::new(Problem::File(problem.into())));
        }
        self.drawn()?;
        let weights = h5::tree(self)?;
        let metadata = json!({"keras_version": KERAS_VERSION, "date_saved": date(SystemTime::now())});
        keras::write(path, &metadata, &self.to_value(), weights).map_err(file_error)
    }

    /// The model in a file that [`save`](Self::save) or Keras wrote, with its weights, and if it was compiled ready to go
    /// on with its training.
    ///
    /// Layers of your own are read by [`Registry::load`].
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if the file can't be read, those of [`Model::from_json`] for its config, and [`Problem::Data`]
    /// that lists all weights that are missing, left over or of another shape.
    ///
    /// Keras: `keras.saving.load_model`.
    pub fn load(path: impl AsRef<Path>) -> Result<Self> {
        Registry::default().load(path)
    }
}

impl Registry {
    /// The model in a file; see [`Model::load`].
    ///
    /// # Errors
    ///
    /// As [`Model::load`].
    pub fn load(&self, path: impl AsRef<Path>) -> Result<Model> {
        let path = path.as_ref();
        let load = || match content(path)? {
            Content::Zip => self.load_keras(path),
            Content::Hdf5 => self.load_h5(path),
            Content::Json => {
                let found = "found a JSON text, which has no weights";
                Err(Error::new(Problem::File(format!("{found}: read it with `Model::from_json`"))))
            }
            Content::Other => Err(Error::new(Problem::File("no model, expected a `.keras` or `.h5` file".into()))),
        };
        load().map_err(|error| error.in_file(path))
    }

    fn load_keras(&self, path: &Path) -> Result<Model> {
        let mut file = keras::open(path).map_err(file_error)?;
        let mut model = self.model_from_value(file.config().map_err(file_error)?)?;
        let root = file.weights(weights_limit(&model)).map_err(file_error)?;
        let options = LoadWeights::new();
        let mut loading = Loading::new(&options);
        h5::find(&model, &root, &mut loading)?;
        let state = optimizer::find(&model, &root, path)?;
        loading.finish(path)?;
        optimizer::restore(&mut model, state);
        Ok(model)
    }

    fn load_h5(&self, path: &Path) -> Result<Model> {
        let root = hdf5::read(path).map_err(file_error)?;
        if root.attribute("model_config").map_err(file_error)?.is_some() {
            return legacy::model(&root, self, path);
        }
        let found = "found weights without a model";
        Err(Error::new(Problem::File(format!("{found}: read them into one with `Model::load_weights`"))))
    }
}

/// Finds the weights of a model in a `.keras` or `.npz` file, which both are zip archives.
pub(super) fn find_weights(model: &Model, path: &Path, loading: &mut Loading<'_>) -> Result<()> {
    let mut file = keras::open(path).map_err(file_error)?;
    if file.members().any(|name| name.ends_with(".npy")) || file.members().next().is_none() {
        return named::find_npz(model, path, loading);
    }
    h5::find(model, &file.weights(weights_limit(model)).map_err(file_error)?, loading)
}

fn weights_limit(model: &Model) -> u64 {
    let sizes = targets(model).into_iter().map(|target| (target.variable.len() * target.variable.dtype.size()) as u64);
    let size = sizes.fold(0_u64, u64::saturating_add);
    size.saturating_mul(MAX_STATE_RATIO).saturating_add(MAX_OVERHEAD)
}

/// The date and time as Keras writes it, in UTC.
fn date(time: SystemTime) -> String {
    const DAY: u64 = 86_400;
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (year, month, day) = civil(seconds / DAY);
    let (hour, minute, second) = (seconds % DAY / 3600, seconds % 3600 / 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}@{hour:02}:{minute:02}:{second:02}")
}

/// Year, month and day of a number of days since 1970, in years that start in March.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year_of_era + next, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn dates_as_keras_writes_them() {
        for (seconds, expected) in [
            (0, "1970-01-01@00:00:00"),
            (951_782_399, "2000-02-28@23:59:59"),
            (951_782_400, "2000-02-29@00:00:00"),
            (1_709_251_199, "2024-02-29@23:59:59"),
            (1_735_689_599, "2024-12-31@23:59:59"),
        ] {
            assert_eq!(date(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }
}
