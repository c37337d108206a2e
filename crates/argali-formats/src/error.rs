use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::json::JsonError;

/// What went wrong with a file: which file, where inside it, and the [`Problem`].
///
/// ```
/// use argali_formats::{Problem, safetensors};
///
/// let error = safetensors::parse(b"not one").unwrap_err();
/// assert_eq!(error.to_string(), "not a safetensors file: found 7 bytes, expected at least 8");
/// assert!(matches!(error.problem(), Problem::WrongFormat { .. }));
/// ```
#[derive(Debug, thiserror::Error)]
#[error("{}{problem}", prefix(.file.as_deref(), .place.as_deref()))]
pub struct Error {
    file: Option<PathBuf>,
    place: Option<String>,
    #[source]
    problem: Problem,
}

/// The kinds of problem a file can have, to match on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The operating system refused.
    #[error("cannot {action}: {source}")]
    Io {
        /// What was being done, such as "open the file".
        action: &'static str,
        /// What the operating system answered.
        source: io::Error,
    },
    /// The text is not JSON as Python's `json` module writes it.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The bytes are of another format than the one asked for.
    #[error("not {format}: found {found}, expected {expected}")]
    WrongFormat {
        /// The format asked for, with its article: "a safetensors file".
        format: &'static str,
        /// What the file has.
        found: String,
        /// What such a file has there.
        expected: String,
    },
    /// The file ends before what it announces, or goes on after it.
    #[error("found {found} bytes, expected {expected}")]
    Length {
        /// The number of bytes there are.
        found: u64,
        /// The number of bytes there should be.
        expected: u64,
    },
    /// The file contradicts its format or itself.
    #[error("found {found}, expected {expected}")]
    Malformed {
        /// What the file has.
        found: String,
        /// What its format asks for there.
        expected: String,
    },
    /// The file is valid and uses something this crate does not read.
    #[error("{found} is unsupported, expected {expected}")]
    Unsupported {
        /// What the file uses.
        found: String,
        /// What it could use.
        expected: String,
    },
    /// A size is above what any honest file needs.
    #[error("{what} is {found}, expected at most {limit}")]
    TooLarge {
        /// The size in question.
        what: &'static str,
        /// Its value in the file.
        found: u64,
        /// The largest value accepted.
        limit: u64,
    },
    /// The number of elements or bytes of a shape exceeds the address space.
    #[error("shape {shape:?} overflows, expected a product that fits in memory")]
    ShapeOverflow {
        /// The shape in the file.
        shape: Vec<u64>,
    },
    /// Two things in the file have one name.
    #[error("found the name `{name}` twice, expected distinct names")]
    DuplicateName {
        /// The name.
        name: String,
    },
    /// Something the file has to contain is not there.
    #[error("`{name}` is missing, expected one of: {}", listed(.available))]
    Missing {
        /// The name asked for.
        name: String,
        /// The names there are.
        available: Vec<String>,
    },
    /// A name that the format cannot hold.
    #[error("found the name `{}`, expected {expected}", .name.escape_debug())]
    InvalidName {
        /// The name.
        name: String,
        /// The rule it breaks.
        expected: &'static str,
    },
}

/// A result, by default with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The same error for those who name the file themselves.
    #[must_use]
    pub fn without_file(self) -> Self {
        Error { file: None, ..self }
    }

    /// An error about no file in particular; name it with [`Error::in_file`].
    pub fn new(problem: impl Into<Problem>) -> Self {
        Self { file: None, place: None, problem: problem.into() }
    }

    /// Names the file, unless one is named already.
    #[must_use]
    pub fn in_file(mut self, file: impl AsRef<Path>) -> Self {
        self.file.get_or_insert_with(|| file.as_ref().to_path_buf());
        self
    }

    /// Names the place inside the file, around the one named already.
    ///
    /// ```
    /// # use argali_formats::{Error, Problem};
    /// let error = Error::new(Problem::Length { found: 3, expected: 4 }).at("header").at("member `x`");
    /// assert_eq!(error.place(), Some("member `x`: header"));
    /// ```
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Self {
        self.place = Some(match self.place {
            Some(inner) => format!("{place}: {inner}"),
            None => place.to_string(),
        });
        self
    }

    /// The file, where it is known.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The place inside the file, where it is known: a tensor, a member, a key.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// What is wrong there.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    pub(crate) fn io(action: &'static str, source: io::Error) -> Self {
        Self::new(Problem::Io { action, source })
    }

    pub(crate) fn malformed(found: impl fmt::Display, expected: impl fmt::Display) -> Self {
        Self::new(Problem::Malformed { found: found.to_string(), expected: expected.to_string() })
    }
}

impl From<io::Error> for Error {
    fn from(source: io::Error) -> Self {
        Self::io("read or write", source)
    }
}

impl From<JsonError> for Error {
    fn from(error: JsonError) -> Self {
        Self::new(error)
    }
}

fn prefix(file: Option<&Path>, place: Option<&str>) -> String {
    let file = file.map(|file| format!("`{}`: ", file.display()));
    let place = place.map(|place| format!("{place}: "));
    [file, place].into_iter().flatten().collect()
}

fn listed(names: &[String]) -> String {
    const SHOWN: usize = 8;
    if names.is_empty() {
        return "nothing (there are none)".to_owned();
    }
    let mut list: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    if names.len() > SHOWN {
        list.push(format!("{} more", names.len() - SHOWN));
    }
    list.join(", ")
}
