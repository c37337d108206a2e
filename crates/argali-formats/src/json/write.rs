use serde_json::Value;

use super::non_finite_token;

const INDENT: &str = "  ";

/// The value as JSON on one line, with bare `NaN` and infinities.
///
/// ```
/// use argali_formats::json;
///
/// assert_eq!(json::to_string(&serde_json::json!({"a": [1, 1.0, null]})), r#"{"a":[1,1.0,null]}"#);
/// ```
pub fn to_string(value: &Value) -> String {
    let mut text = String::new();
    write(value, Layout::Compact, &mut text);
    text
}

/// The value as JSON over several lines, indented by two spaces, with bare `NaN` and infinities.
///
/// ```
/// use argali_formats::json;
///
/// assert_eq!(json::to_string_pretty(&serde_json::json!({"a": [1], "b": {}})), "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
/// ```
pub fn to_string_pretty(value: &Value) -> String {
    let mut text = String::new();
    write(value, Layout::Indented(0), &mut text);
    text
}

#[derive(Clone, Copy)]
enum Layout {
    Compact,
    Indented(usize),
}

impl Layout {
    fn deeper(self) -> Self {
        match self {
            Self::Compact => Self::Compact,
            Self::Indented(depth) => Self::Indented(depth + 1),
        }
    }

    fn new_line(self, text: &mut String) {
        if let Self::Indented(depth) = self {
            text.push('\n');
            (0..depth).for_each(|_| text.push_str(INDENT));
        }
    }

    fn colon(self) -> &'static str {
        match self {
            Self::Compact => ":",
            Self::Indented(_) => ": ",
        }
    }
}

fn write(value: &Value, layout: Layout, text: &mut String) {
    if let Some(token) = non_finite_token(value) {
        return text.push_str(token);
    }
    match value {
        Value::Array(elements) => {
            write_enclosed(['[', ']'], elements, layout, text, write);
        }
        Value::Object(entries) => {
            write_enclosed(['{', '}'], entries, layout, text, |(key, value), inner, text| {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push_str(inner.colon());
                write(value, inner, text);
            });
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

fn write_enclosed<T>(
    [open, close]: [char; 2],
    items: impl IntoIterator<Item = T>,
    layout: Layout,
    text: &mut String,
    mut write_item: impl FnMut(T, Layout, &mut String),
) {
    text.push(open);
    let mut is_empty = true;
    for item in items {
        if !is_empty {
            text.push(',');
        }
        is_empty = false;
        layout.deeper().new_line(text);
        write_item(item, layout.deeper(), text);
    }
    if !is_empty {
        layout.new_line(text);
    }
    text.push(close);
}
