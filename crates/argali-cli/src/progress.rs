//! Bars on the terminal while something takes long.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// A bar over so many steps on standard error, hidden where that is no terminal.
pub(crate) fn bar(steps: usize, what: &'static str) -> ProgressBar {
    let target = match std::io::stderr().is_terminal() {
        true => ProgressDrawTarget::stderr_with_hz(10),
        false => ProgressDrawTarget::hidden(),
    };
    let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
    let style = ProgressStyle::with_template("{msg} {pos}/{len} {bar:20} {elapsed} (left {eta})");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸ ");
    bar.with_style(style).with_message(what)
}
