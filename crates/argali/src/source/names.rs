//! Names in the source: which layers have to be given theirs, and identifiers.

use crate::instance::{Instance, snake_case};
use crate::layers;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What a variable or function in the source can't be called: keywords, and functions that the source calls.
const RESERVED: [&str; 56] = [
    "Self",
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "call_on",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "input",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "model",
    "move",
    "mut",
    "named_tensors",
    "override",
    "power",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "while",
];

/// Which layers of a model would get another name than they have, if they were not given one.
pub(super) fn to_be_given(layers: &[Arc<Instance>]) -> HashSet<usize> {
    let name = |i: usize| layers[i].display_name();
    let mut given: HashSet<usize> = HashSet::new();
    loop {
        let mut taken: HashSet<String> = given.iter().map(|i| name(*i)).collect();
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut wrong = Vec::new();
        for (i, layer) in layers.iter().enumerate().filter(|(i, _)| !given.contains(i)) {
            let base = snake_case(layer.class().name);
            let count = counts.entry(base.clone()).or_default();
            let found = loop {
                let name = if *count == 0 { base.clone() } else { format!("{base}_{count}") };
                *count += 1;
                if taken.insert(name.clone()) {
                    break name;
                }
            };
            if found != name(i) {
                wrong.push(i);
            }
        }
        if wrong.is_empty() {
            return given;
        }
        given.extend(wrong);
    }
}

/// Identifiers that differ from each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Identifiers(HashSet<String>);

impl Identifiers {
    /// An identifier after a name; one that is taken gets a number.
    pub(super) fn of(&mut self, name: &str) -> String {
        let word: String =
            name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
        let word = word.trim_matches('_');
        let base = match word.chars().next() {
            None => "tensor".into(),
            Some(first) if first.is_ascii_digit() => format!("layer_{word}"),
            Some(_) if RESERVED.contains(&word) || layers::FUNCTIONS.contains(&word) => format!("{word}_output"),
            Some(_) => word.to_owned(),
        };
        let numbered = (2..).map(|n| format!("{base}_{n}"));
        let found = std::iter::once(base.clone()).chain(numbered).find(|name| !self.0.contains(name)).unwrap_or(base);
        self.0.insert(found.clone());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_valid_and_differ() {
        let mut identifiers = Identifiers::default();
        let found = ["conv1d", "conv1d", "Über/x", "type", "add", "1st", "__"].map(|name| identifiers.of(name));
        assert_eq!(found, ["conv1d", "conv1d_2", "ber_x", "type_output", "add_output", "layer_1st", "tensor"]);
    }
}
