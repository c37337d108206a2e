//! One pass over the text ahead of the parser: limits that the parser lacks, and `NaN` and the infinities replaced by
//! something it reads.

use std::borrow::Cow;

use super::{INFINITY, JsonError, JsonProblem, MAX_DEPTH, NAN, NEGATIVE_INFINITY, NON_FINITE_KEY, tagged, utf8_error};

/// The text with every bare `NaN`, `Infinity` and `-Infinity` replaced by its tagged object.
pub(super) struct Scanned<'a> {
    pub(super) text: Cow<'a, str>,
    /// The deepest nesting in the original text.
    pub(super) depth: usize,
    replacements: Vec<Replacement>,
}

struct Replacement {
    replaced_start: usize,
    replaced_length: usize,
    original_start: usize,
    original_length: usize,
}

impl Scanned<'_> {
    /// Where in the original text a place of the replaced text is; inside a replacement, that is its token's start.
    pub(super) fn original_offset(&self, offset: usize) -> usize {
        let preceding = self.replacements.partition_point(|replacement| replacement.replaced_start <= offset);
        let Some(replacement) = preceding.checked_sub(1).and_then(|last| self.replacements.get(last)) else {
            return offset;
        };
        match (offset - replacement.replaced_start).checked_sub(replacement.replaced_length) {
            Some(beyond) => replacement.original_start + replacement.original_length + beyond,
            None => replacement.original_start,
        }
    }
}

pub(super) fn scan(bytes: &[u8]) -> Result<Scanned<'_>, JsonError> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err(JsonError::at(bytes, 0, JsonProblem::ByteOrderMark));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| utf8_error(bytes, error))?;
    let (tokens, depth) = tokens(text).map_err(|(offset, problem)| JsonError::at(bytes, offset, problem))?;
    Ok(replaced(text, &tokens, depth))
}

type Fault = (usize, JsonProblem);
type Token = (usize, &'static str);

/// The non-finite tokens outside of strings, with their offsets, and the deepest nesting.
fn tokens(text: &str) -> Result<(Vec<Token>, usize), Fault> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut depth = 0_usize;
    let mut deepest = 0;
    let mut offset = 0;
    while let Some(&byte) = bytes.get(offset) {
        offset += match byte {
            b'"' => {
                let length = string_length(bytes, offset);
                check_key(text, offset, length).map_err(|problem| (offset, problem))?;
                length
            }
            b'-' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                let word = word(text, offset);
                match [NAN, INFINITY, NEGATIVE_INFINITY].into_iter().find(|token| *token == word) {
                    Some(token) => tokens.push((offset, token)),
                    None => check_integer(word).map_err(|problem| (offset, problem))?,
                }
                word.len()
            }
            b'[' | b'{' if depth == MAX_DEPTH => return Err((offset, JsonProblem::TooDeep)),
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
                1
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                1
            }
            _ => 1,
        };
    }
    Ok((tokens, deepest))
}

/// The length of the string literal at `start`, both quotes included, or of the rest if it never ends.
pub(super) fn string_length(bytes: &[u8], start: usize) -> usize {
    let mut length = 1;
    loop {
        match bytes.get(start + length) {
            Some(b'\\') => length += 2,
            Some(b'"') => return length + 1,
            Some(_) => length += 1,
            None => return length,
        }
    }
}

fn check_key(text: &str, start: usize, length: usize) -> Result<(), JsonProblem> {
    let literal = text.get(start..start + length).unwrap_or_default();
    let content = literal.trim_matches('"');
    let is_key = || text.get(start + length..).unwrap_or_default().trim_start().starts_with(':');
    if content == NON_FINITE_KEY && is_key() { Err(JsonProblem::ReservedKey(content.to_owned())) } else { Ok(()) }
}

fn word(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | '_');
    rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len())).unwrap_or_default()
}

fn check_integer(word: &str) -> Result<(), JsonProblem> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit());
    let fits = word.parse::<i64>().is_ok() || word.parse::<u64>().is_ok();
    if is_integer && !digits.is_empty() && !fits { Err(JsonProblem::IntegerOutOfRange) } else { Ok(()) }
}

fn replaced<'a>(text: &'a str, tokens: &[Token], depth: usize) -> Scanned<'a> {
    if tokens.is_empty() {
        return Scanned { text: text.into(), depth, replacements: Vec::new() };
    }
    let mut result = String::with_capacity(text.len() + tokens.len() * (NON_FINITE_KEY.len() + 24));
    let mut replacements = Vec::with_capacity(tokens.len());
    let mut copied = 0;
    for &(start, token) in tokens {
        result.push_str(text.get(copied..start).unwrap_or_default());
        let stand_in = tagged(token).to_string();
        replacements.push(Replacement {
            replaced_start: result.len(),
            replaced_length: stand_in.len(),
            original_start: start,
            original_length: token.len(),
        });
        result.push_str(&stand_in);
        copied = start + token.len();
    }
    result.push_str(text.get(copied..).unwrap_or_default());
    Scanned { text: result.into(), depth, replacements }
}
