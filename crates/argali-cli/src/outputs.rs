//! Files that appear together once everything has succeeded.

use argali::{Error, Problem, Result};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Files on their way: written beside where they belong, and put there all at once by [`finish`](Outputs::finish).
/// Dropped before, they leave nothing behind.
#[derive(Debug, Default)]
pub(crate) struct Outputs(Vec<Staged>);

#[derive(Debug)]
struct Staged {
    temporary: TempPath,
    target: PathBuf,
}

impl Outputs {
    /// Makes sure that files can be written at these paths, before any work is done for them.
    pub(crate) fn new<'p>(paths: impl IntoIterator<Item = &'p PathBuf>) -> Result<Self> {
        let mut outputs = Outputs::default();
        for path in paths {
            let staged = stage(path)?;
            if outputs.0.iter().any(|other| other.target == staged.target) {
                let help = "give every output a file of its own";
                return Err(Error::new(Problem::data("is written twice", help)).in_file(path));
            }
            outputs.0.push(staged);
        }
        Ok(outputs)
    }

    /// Where to write the file that belongs at a path; a path that was not announced is returned as it is.
    pub(crate) fn at<'p>(&'p self, path: &'p Path) -> &'p Path {
        let target = followed(path);
        self.0.iter().find(|s| s.target == target).map_or(path, |s| &s.temporary)
    }

    /// Puts all files where they belong.
    pub(crate) fn finish(self) -> Result<()> {
        for Staged { temporary, target } in self.0 {
            temporary.persist(&target).map_err(|e| failed(&target, "be replaced", &e.error))?;
        }
        Ok(())
    }
}

fn stage(path: &Path) -> Result<Staged> {
    let target = followed(path);
    let Some(name) = target.file_name().filter(|_| !target.is_dir()) else {
        let problem = Problem::data("is a folder, expected the name of a file", "add a name");
        return Err(Error::new(problem).in_file(path));
    };
    if !folder(&target).is_dir() {
        let problem = Problem::data("is in a folder that is not there", "make the folder first");
        return Err(Error::new(problem).in_file(path));
    }
    let mut suffix = std::ffi::OsString::from("-");
    suffix.push(name);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".argali-").suffix(&suffix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let temporary = builder.tempfile_in(folder(&target)).map_err(|e| failed(path, "be written", &e))?;
    if let Ok(existing) = fs::metadata(&target) {
        let keep = temporary.as_file().set_permissions(existing.permissions());
        keep.map_err(|e| failed(path, "be written", &e))?;
    }
    Ok(Staged { temporary: temporary.into_temp_path(), target })
}

fn followed(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| match (fs::canonicalize(folder(path)), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    })
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."))
}

fn failed(path: &Path, what: &str, error: &std::io::Error) -> Error {
    // Without the path of the temporary file.
    let cause = std::io::Error::from(error.kind());
    Error::new(Problem::File(format!("can't {what}: {cause}"))).in_file(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn files_appear_together_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.txt", "b.txt"].map(|name| folder.path().join(name));
        let outputs = Outputs::new(&paths).unwrap();
        fs::write(outputs.at(&paths[0]), "a").unwrap();
        assert!(names(folder.path()).iter().all(|n| n.starts_with(".argali-")));
        drop(outputs);
        assert!(names(folder.path()).is_empty());

        let outputs = Outputs::new(&paths).unwrap();
        paths.iter().for_each(|p| fs::write(outputs.at(p), "text").unwrap());
        outputs.finish().unwrap();
        assert_eq!(names(folder.path()).len(), 2);
    }

    #[test]
    fn folders_and_repetitions_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Outputs::new([&folder.path().to_owned()]).is_err());
        assert!(Outputs::new([&folder.path().join("missing/x")]).is_err());
        let twice = [folder.path().join("x"), folder.path().join("./x")];
        assert!(Outputs::new(&twice).unwrap_err().to_string().contains("is written twice"));
    }
}
