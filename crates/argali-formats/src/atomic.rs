//! Files that are either the old or the new one, never a mixture.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::{Error, Result};

/// Replaces the file at `path` by what `fill` writes, in one step.
///
/// The content goes to a temporary file in the same folder, which is synchronised to disk, renamed to `path`, and made
/// durable by synchronising the folder. When anything fails, `fill` included, the temporary file is removed and the
/// file that was at `path` stays as it was. Several writers to one path leave one writer's complete file.
///
/// A new file gets the permissions any new file gets, a replaced one keeps its own. A symbolic link is followed.
///
/// # Errors
/// What `fill` returns, or [`Problem::Io`](crate::Problem::Io) naming the step that failed; each names `path`.
///
/// ```
/// use std::io::Write;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("model.json");
/// argali_formats::atomic::write(&path, |file| Ok(file.write_all(b"{}")?))?;
/// assert_eq!(std::fs::read(&path)?, b"{}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write<T>(path: impl AsRef<Path>, fill: impl FnOnce(&mut BufWriter<File>) -> Result<T>) -> Result<T> {
    replace(path.as_ref(), fill, File::sync_all).map_err(|error| error.in_file(path))
}

fn replace<T>(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> Result<T>,
    sync: impl Fn(&File) -> io::Result<()>,
) -> Result<T> {
    let target = followed(path)?;
    let folder = match target.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let temporary = create_temporary(folder, &target)?;
    let duplicate = temporary.as_file().try_clone().map_err(|e| Error::io("open the temporary file", e))?;
    let mut writer = BufWriter::with_capacity(1 << 18, duplicate);
    let result = fill(&mut writer)?;
    writer.flush().map_err(|e| Error::io("write the temporary file", e))?;
    sync(temporary.as_file()).map_err(|e| Error::io("synchronise the temporary file to disk", e))?;
    temporary.persist(&target).map_err(|e| Error::io("rename the temporary file", e.error))?;
    sync_folder(folder, sync).map_err(|e| Error::io("synchronise the folder to disk", e))?;
    Ok(result)
}

fn followed(path: &Path) -> Result<PathBuf> {
    if path.file_name().is_none() {
        return Err(Error::malformed("a path without a file name", "the path of a file"));
    }
    Ok(fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()))
}

fn create_temporary(folder: &Path, target: &Path) -> Result<NamedTempFile> {
    if !folder.is_dir() {
        return Err(Error::malformed("a folder that is not there", "an existing one to write into"));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".argali-").suffix(".tmp");
    let existing = fs::metadata(target).ok().map(|metadata| metadata.permissions());
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let temporary = builder.tempfile_in(folder).map_err(|e| Error::io("create a temporary file in the folder", e))?;
    if let Some(permissions) = existing {
        temporary
            .as_file()
            .set_permissions(permissions)
            .map_err(|e| Error::io("set the permissions of the temporary file", e))?;
    }
    Ok(temporary)
}

#[cfg(unix)]
fn sync_folder(folder: &Path, sync: impl Fn(&File) -> io::Result<()>) -> io::Result<()> {
    match sync(&File::open(folder)?) {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path, _sync: impl Fn(&File) -> io::Result<()>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;
    use std::ffi::OsString;
    use std::thread;

    fn names(folder: &Path) -> Vec<OsString> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    }

    fn folder_with_old_file() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "old").unwrap();
        (folder, path)
    }

    fn assert_untouched(folder: &tempfile::TempDir, path: &Path) {
        assert_eq!(fs::read(path).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn replaces_the_content_and_leaves_no_temporary_file() {
        let (folder, path) = folder_with_old_file();
        let written = write(&path, |file| {
            file.write_all(b"new content")?;
            Ok(11)
        });
        assert_eq!(written.unwrap(), 11);
        assert_eq!(fs::read(&path).unwrap(), b"new content");
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn failing_writer_leaves_the_old_file() {
        let (folder, path) = folder_with_old_file();
        let error = write(&path, |file| {
            file.write_all(&[b'x'; 1 << 20])?;
            Err::<(), _>(io::Error::from(io::ErrorKind::StorageFull).into())
        })
        .unwrap_err();
        assert_eq!(error.file(), Some(path.as_path()));
        assert!(matches!(error.problem(), Problem::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull));
        assert_untouched(&folder, &path);
    }

    #[test]
    fn panicking_writer_leaves_the_old_file() {
        let (folder, path) = folder_with_old_file();
        let outcome = thread::spawn({
            let path = path.clone();
            move || write(&path, |_| -> Result<()> { panic!("in the middle of a save") }).is_ok()
        })
        .join();
        assert!(outcome.is_err());
        assert_untouched(&folder, &path);
    }

    #[test]
    fn failing_sync_leaves_the_old_file() {
        let (folder, path) = folder_with_old_file();
        let error = replace(&path, |file| Ok(file.write_all(b"new")?), |_| Err(io::ErrorKind::StorageFull.into()));
        assert!(error.unwrap_err().to_string().contains("synchronise the temporary file"));
        assert_untouched(&folder, &path);
    }

    #[cfg(unix)]
    #[test]
    fn failing_sync_of_the_folder_is_reported_with_the_new_file_complete() {
        let (folder, path) = folder_with_old_file();
        let error = replace(
            &path,
            |file| Ok(file.write_all(b"new")?),
            |file| match file.metadata()?.is_dir() {
                true => Err(io::ErrorKind::StorageFull.into()),
                false => Ok(()),
            },
        );
        assert!(error.unwrap_err().to_string().contains("synchronise the folder"));
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn missing_folder_and_directory_as_target_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("nowhere/file");
        let error = write(&missing, |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("found a folder that is not there"), "{error}");
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        assert!(write(&inner, |_| Ok(())).is_err());
        assert_eq!(names(folder.path()), ["inner"]);
        for path in ["", "..", "/"] {
            assert!(write(path, |_| Ok(())).unwrap_err().to_string().contains("the path of a file"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn read_only_folder_is_an_error() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, path) = folder_with_old_file();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
        let privileged = File::create(folder.path().join("probe")).is_ok();
        let outcome = write(&path, |file| Ok(file.write_all(b"new")?));
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        if !privileged {
            assert!(outcome.is_err());
            assert_untouched(&folder, &path);
        }
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_of_a_new_file_or_kept() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        let plain = folder.path().join("plain");
        let atomic = folder.path().join("atomic");
        fs::write(&plain, "").unwrap();
        write(&atomic, |_| Ok(())).unwrap();
        assert_eq!(mode(&plain), mode(&atomic));
        fs::set_permissions(&atomic, fs::Permissions::from_mode(0o600)).unwrap();
        write(&atomic, |_| Ok(())).unwrap();
        assert_eq!(mode(&atomic) & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_link_stays_a_link() {
        let (folder, path) = folder_with_old_file();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write(&link, |file| Ok(file.write_all(b"new")?)).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn concurrent_writers_and_readers_see_complete_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let content = |letter: u8| vec![letter; 100_000 + usize::from(letter)];
        write(&path, |file| Ok(file.write_all(&content(b'a'))?)).unwrap();
        thread::scope(|scope| {
            for letter in [b'a', b'b', b'c'] {
                let path = &path;
                scope.spawn(move || {
                    for _ in 0..10 {
                        write(path, |file| Ok(file.write_all(&content(letter))?)).unwrap();
                    }
                });
            }
            for _ in 0..100 {
                let read = fs::read(&path).unwrap();
                assert_eq!(read, content(read[0]));
            }
        });
        assert_eq!(names(folder.path()), ["file"]);
    }
}
