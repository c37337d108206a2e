//! Gathers the Rust snippets of `docs` into tests of the documentation.
//!
//! A snippet need not bring the prelude, nor the value that `?` wants at its end. What else it takes for granted is in an
//! HTML comment before it, which readers don't see: lines between `<!-- given` and `-->`. A failing snippet is named by its
//! line in `documents.md`, counted from where that is included; there the page and line it comes from stand above it.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

const START: &str = "use argali::prelude::*;";
const END: &str = "Ok::<(), Box<dyn std::error::Error>>(())";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../docs");
    let mut pages: Vec<_> =
        fs::read_dir("../docs")?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    pages.retain(|page| page.extension().is_some_and(|e| e == "md"));
    pages.sort();
    let mut all = String::new();
    for page in pages {
        all += &snippets(&page.display().to_string(), &fs::read_to_string(&page)?);
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("documents.md"), all)?;
    Ok(())
}

/// The Rust snippets of a page, with what readers don't see.
fn snippets(name: &str, page: &str) -> String {
    let (mut out, mut given) = (String::new(), Vec::new());
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line == "<!-- given" {
            given = lines.by_ref().map(|(_, l)| l).take_while(|l| *l != "-->").collect();
        } else if line == "```rust" {
            let hidden = |l: &str| format!("# {l}\n");
            out += &format!("{name}:{}\n\n```\n", number + 1);
            out += &hidden(START);
            out.extend(given.drain(..).map(hidden));
            out.extend(lines.by_ref().map(|(_, l)| l).take_while(|l| *l != "```").map(|l| format!("{l}\n")));
            out += &hidden(END);
            out += "```\n\n";
        }
    }
    out
}
