/// A text that is not JSON, and where it ceases to be: line and column count characters from 1.
///
/// ```
/// use argali_formats::json::{self, JsonProblem};
///
/// let error = json::parse("{\"né\": 1,}".as_bytes()).unwrap_err();
/// assert_eq!((error.line(), error.column(), error.offset()), (1, 10, 10));
/// assert_eq!(error.problem(), &JsonProblem::Syntax("trailing comma".into()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at line {line} column {column}")]
pub struct JsonError {
    problem: JsonProblem,
    line: usize,
    column: usize,
    offset: usize,
}

/// Why a text is not accepted as JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonProblem {
    /// The text breaks JSON's grammar, or a number or a string's escape has no meaning.
    #[error("{0}")]
    Syntax(String),
    /// An object has one key twice.
    #[error("duplicate key `{}`", .0.escape_debug())]
    DuplicateKey(String),
    /// Arrays and objects are nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
    #[error("nested too deep, expected at most {} levels", super::MAX_DEPTH)]
    TooDeep,
    /// An integer does not fit 64 bits.
    #[error("integer out of range, expected one of 64 bits")]
    IntegerOutOfRange,
    /// The text starts with a byte order mark.
    #[error("found a byte order mark, expected JSON in plain UTF-8")]
    ByteOrderMark,
    /// The text is not UTF-8.
    #[error("found bytes that are not UTF-8")]
    NotUtf8,
    /// The text has a key that stands for `NaN` and the infinities in a parsed value.
    #[error("the key `{}` is reserved", .0.escape_debug())]
    ReservedKey(String),
}

impl JsonError {
    pub(super) fn at(text: &[u8], offset: usize, problem: JsonProblem) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        let is_continuation = |byte: u8| byte & 0xc0 == 0x80;
        let column = 1 + before.iter().skip(line_start).filter(|&&byte| !is_continuation(byte)).count();
        Self { problem, line, column, offset: before.len() }
    }

    /// What is wrong.
    pub fn problem(&self) -> &JsonProblem {
        &self.problem
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in characters, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The number of bytes before the place in the text.
    pub fn offset(&self) -> usize {
        self.offset
    }
}
