//! Warnings: what a program should know but need not stop for.

use indexmap::IndexSet;
use std::cell::RefCell;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

type Handler = Arc<dyn Fn(&str) + Send + Sync>;

static HANDLER: RwLock<Option<Handler>> = RwLock::new(None);

/// Hands warnings to a function of the program. Without one they go to standard error, as `warning: …`.
///
/// The function may be called from any thread, and may itself set another one.
///
/// ```
/// use argali::settings::{reset_warning_handler, set_warning_handler};
/// use std::sync::mpsc;
/// let (sender, warnings) = mpsc::channel();
/// set_warning_handler(move |warning| sender.send(warning.to_owned()).unwrap_or_default());
/// reset_warning_handler();
/// assert!(warnings.recv().is_err());
/// ```
pub fn set_warning_handler(handler: impl Fn(&str) + Send + Sync + 'static) {
    *HANDLER.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(handler));
}

/// Sends warnings to standard error again.
pub fn reset_warning_handler() {
    *HANDLER.write().unwrap_or_else(PoisonError::into_inner) = None;
}

thread_local! {
    /// The warnings said within [`once`] on this thread.
    static COLLECTED: RefCell<Option<IndexSet<String>>> = const { RefCell::new(None) };
}

/// Runs something, and says the warnings it has afterwards, each of them once.
pub(crate) fn once<T>(run: impl FnOnce() -> T) -> T {
    let outer = COLLECTED.replace(Some(IndexSet::new()));
    let result = run();
    let collected = COLLECTED.replace(outer).unwrap_or_default();
    collected.into_iter().for_each(warn);
    result
}

/// Says something that the program goes on without.
pub(crate) fn warn(warning: impl fmt::Display) {
    let collects = COLLECTED.with_borrow_mut(|collected| {
        collected.as_mut().map(|collected| collected.insert(warning.to_string())).is_some()
    });
    if !collects {
        say(&warning);
    }
}

fn say(warning: &dyn fmt::Display) {
    let handler = HANDLER.read().unwrap_or_else(PoisonError::into_inner).clone();
    match handler {
        Some(handler) => handler(&warning.to_string()),
        None => eprintln!("warning: {warning}"),
    }
}
