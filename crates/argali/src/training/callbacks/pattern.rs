//! Names in braces within a text, replaced by numbers as Python's `str.format` does.

use crate::Number;

/// A piece of a pattern that can't be replaced, without its braces.
#[derive(Debug, PartialEq)]
pub(super) struct Unknown(pub(super) String);

/// The text in which `{name}` and `{name:format}` have become the numbers of these names; `{{` and `}}` are braces.
///
/// A format is a width, zeros in front if it begins with 0, and `d`, or decimals and `f` or `e`: `02d`, `.4f`, `9.2e`.
pub(super) fn fill(pattern: &str, value: impl Fn(&str) -> Option<Number>) -> Result<String, Unknown> {
    let (mut filled, mut rest) = (String::new(), pattern);
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        filled.push_str(before);
        if brace.starts_with("{{") || brace.starts_with("}}") {
            filled.push_str(&brace[..1]);
            rest = &brace[2..];
            continue;
        }
        let (field, behind) = brace[1..].split_once('}').ok_or_else(|| Unknown(brace[1..].into()))?;
        let (name, format) = field.split_once(':').unwrap_or((field, ""));
        let number = value(name).filter(|_| brace.starts_with('{')).and_then(|number| formatted(number, format));
        filled.push_str(&number.ok_or_else(|| Unknown(field.into()))?);
        rest = behind;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn formatted(number: Number, format: &str) -> Option<String> {
    let zeros = format.starts_with('0');
    let (sizes, kind) = match format.char_indices().last() {
        Some((at, kind)) if kind.is_ascii_alphabetic() => (&format[..at], Some(kind)),
        _ => (format, None),
    };
    let (width, decimals) = sizes.split_once('.').map_or((sizes, None), |(width, decimals)| (width, Some(decimals)));
    let width: usize = if width.is_empty() { 0 } else { width.parse().ok()? };
    let decimals = decimals.map_or(Some(6), |decimals| decimals.parse().ok())?;
    let text = match (kind, number) {
        (None, number) if !sizes.contains('.') => number.to_string(),
        (Some('d'), Number::Int(n)) if !sizes.contains('.') => n.to_string(),
        (Some('f'), number) => format!("{:.decimals$}", number.get()),
        (Some('e'), number) => exponential(number.get(), decimals),
        _ => return None,
    };
    let missing = width.min(MOST_WIDTH).saturating_sub(text.len());
    Some(match (zeros, text.strip_prefix('-')) {
        (true, Some(digits)) => format!("-{}{digits}", "0".repeat(missing)),
        (true, None) => format!("{}{text}", "0".repeat(missing)),
        (false, _) => format!("{}{text}", " ".repeat(missing)),
    })
}

/// Longer than any name of a file.
const MOST_WIDTH: usize = 255;

/// A sign and at least two digits in the exponent.
fn exponential(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
            format!("{mantissa}e{sign}{digits:0>2}")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pattern: &str) -> Result<String, Unknown> {
        fill(pattern, |name| match name {
            "epoch" => Some(Number::Int(7)),
            "loss" => Some(Number::Float(0.012_345)),
            "change" => Some(Number::Float(-12.5)),
            _ => None,
        })
    }

    /// What Python's `str.format` gives for these patterns.
    #[test]
    fn numbers_are_written_as_python_does() {
        for (pattern, expected) in [
            ("plain", "plain"),
            ("{epoch}", "7"),
            ("{epoch:02d}-{loss:.2f}.keras", "07-0.01.keras"),
            ("{epoch:3d}|{epoch:03}|{epoch:.1f}", "  7|007|7.0"),
            ("{loss}|{loss:f}|{loss:08.3f}|{loss:8.3f}", "0.012345|0.012345|0000.012|   0.012"),
            ("{loss:.2e}|{change:e}|{change:010.2f}", "1.23e-02|-1.250000e+01|-000012.50"),
            ("{{epoch}}", "{epoch}"),
        ] {
            assert_eq!(filled(pattern), Ok(expected.into()), "{pattern}");
        }
    }

    #[test]
    fn what_is_not_known_is_named() {
        for (pattern, unknown) in
            [("{epok}", "epok"), ("{loss:02d}", "loss:02d"), ("{loss", "loss"), ("{loss:x}", "loss:x"), ("a}b", "b")]
        {
            assert_eq!(filled(pattern), Err(Unknown(unknown.into())), "{pattern}");
        }
    }
}
