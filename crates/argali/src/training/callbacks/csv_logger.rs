use super::{Callback, Logs};
use crate::{Error, Model, Problem, Result};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

/// Writes the numbers of every epoch into a CSV file, a line each.
///
/// Keras: `keras.callbacks.CSVLogger`.
#[derive(Debug)]
#[must_use = "a callback is given to `Fit::callback`"]
pub struct CSVLogger {
    path: PathBuf,
    separator: char,
    append: bool,
    file: Option<File>,
    header: bool,
    keys: Vec<String>,
}

impl CSVLogger {
    /// The file to write.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        CSVLogger { path: path.into(), separator: ',', append: false, file: None, header: true, keys: Vec::new() }
    }

    /// What stands between two values. Default `,`.
    pub fn separator(mut self, separator: char) -> Self {
        self.separator = separator;
        self
    }

    /// Whether lines are added to a file that exists instead of replacing it. Default `false`.
    pub fn append(mut self, append: bool) -> Self {
        self.append = append;
        self
    }

    fn failed(&self) -> impl Fn(std::io::Error) -> Error + use<> {
        let path = self.path.clone();
        move |e| Error::new(Problem::File(format!("cannot write the file: {e}"))).in_file(path.clone())
    }

    fn write(&mut self, fields: Vec<String>) -> Result<()> {
        let line = fields.join(&self.separator.to_string()) + "\n";
        let failed = self.failed();
        match &mut self.file {
            Some(file) => file.write_all(line.as_bytes()).map_err(failed),
            None => Ok(()),
        }
    }
}

impl Callback for CSVLogger {
    fn on_train_begin(&mut self, _: &mut Model) -> Result<()> {
        self.header = !(self.append && std::fs::metadata(&self.path).is_ok_and(|m| m.len() > 0));
        let mut options = OpenOptions::new();
        options.create(true).write(true).append(self.append).truncate(!self.append);
        self.file = Some(options.open(&self.path).map_err(self.failed())?);
        self.keys.clear();
        Ok(())
    }

    fn on_epoch_end(&mut self, _: &mut Model, epoch: usize, logs: &mut Logs) -> Result<()> {
        if self.keys.is_empty() {
            self.keys = logs.keys().cloned().collect();
            self.keys.sort();
            if !self.keys.iter().any(|k| k.starts_with("val_")) {
                let later: Vec<_> = self.keys.iter().map(|k| format!("val_{k}")).collect();
                self.keys.extend(later);
            }
            if self.header {
                self.write(["epoch".to_owned()].into_iter().chain(self.keys.clone()).collect())?;
            }
        }
        let value = |key: &String| logs.get(key).map_or_else(|| "NA".into(), f64::to_string);
        let values = self.keys.iter().map(value);
        self.write([epoch.to_string()].into_iter().chain(values).collect())
    }

    fn on_train_end(&mut self, _: &mut Model) -> Result<()> {
        self.file = None;
        Ok(())
    }
}
