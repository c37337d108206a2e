//! Progress of training on standard error: a bar on a terminal, one line an epoch elsewhere.

use super::history::Logs;
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// How much `fit` and `evaluate` say on standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbose {
    /// A bar on a terminal, else one line an epoch.
    #[default]
    Auto,
    /// Nothing.
    Silent,
    /// A progress bar.
    Bar,
    /// One plain line an epoch.
    Lines,
}

#[cfg(feature = "progress")]
type Bar = indicatif::ProgressBar;

/// What is shown of one run over the data.
#[derive(Debug)]
pub(crate) struct Progress {
    verbose: Verbose,
    epochs: usize,
    epoch: usize,
    steps: usize,
    start: Instant,
    #[cfg(feature = "progress")]
    bar: Option<Bar>,
}

impl Progress {
    pub(crate) fn new(verbose: Verbose, epochs: usize) -> Self {
        let verbose = match verbose {
            Verbose::Auto if std::io::stderr().is_terminal() => Verbose::Bar,
            Verbose::Auto => Verbose::Lines,
            other => other,
        };
        Progress {
            verbose,
            epochs,
            epoch: 0,
            steps: 0,
            start: Instant::now(),
            #[cfg(feature = "progress")]
            bar: None,
        }
    }

    pub(crate) fn start_epoch(&mut self, epoch: usize, steps: usize) {
        (self.epoch, self.steps, self.start) = (epoch, steps, Instant::now());
        if self.verbose == Verbose::Bar {
            self.start_bar();
        }
    }

    pub(crate) fn step(&self, done: usize, logs: impl Fn() -> Logs) {
        if self.verbose == Verbose::Bar {
            self.advance_bar(done, logs);
        }
    }

    pub(crate) fn end_epoch(&mut self, logs: &Logs) {
        match self.verbose {
            Verbose::Bar => self.end_bar(logs),
            Verbose::Lines => eprintln!("{}", self.line(logs)),
            Verbose::Silent | Verbose::Auto => {}
        }
    }

    fn line(&self, logs: &Logs) -> String {
        let elapsed = self.start.elapsed();
        let (steps, per_step) = (self.steps, elapsed / u32::try_from(self.steps.max(1)).unwrap_or(u32::MAX));
        let mut line = String::new();
        if self.epochs > 0 {
            let width = self.epochs.to_string().len();
            let _ = write!(line, "Epoch {:>width$}/{}  ", self.epoch + 1, self.epochs);
        }
        let _ = write!(line, "{steps}/{steps} {} {}/step", seconds(elapsed), brief(per_step));
        line + &values(logs)
    }

    #[cfg(feature = "progress")]
    fn start_bar(&mut self) {
        if self.epochs > 0 {
            eprintln!("Epoch {}/{}", self.epoch + 1, self.epochs);
        }
        let template = "{pos}/{len} {bar:20} {elapsed} {msg}";
        let style = indicatif::ProgressStyle::with_template(template);
        let style = style.unwrap_or_else(|_| indicatif::ProgressStyle::default_bar()).progress_chars("━╸ ");
        self.bar = Some(Bar::new(self.steps as u64).with_style(style));
    }

    #[cfg(feature = "progress")]
    fn advance_bar(&self, done: usize, logs: impl Fn() -> Logs) {
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
            bar.set_message(values(&logs()));
        }
    }

    #[cfg(feature = "progress")]
    fn end_bar(&mut self, logs: &Logs) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        let line = self.line(logs);
        eprintln!("{}", line.split_once("  ").map_or(line.as_str(), |(_, rest)| rest));
    }

    #[cfg(not(feature = "progress"))]
    fn start_bar(&self) {}

    #[cfg(not(feature = "progress"))]
    fn advance_bar(&self, done: usize, logs: impl Fn() -> Logs) {
        eprint!("\r{done}/{}{}", self.steps, values(&logs()));
    }

    #[cfg(not(feature = "progress"))]
    fn end_bar(&self, logs: &Logs) {
        eprintln!("\r{}", self.line(logs));
    }
}

/// Values as Keras prints them, by name.
fn values(logs: &Logs) -> String {
    let mut names: Vec<_> = logs.keys().collect();
    names.sort();
    let value = |v: f64| if v != 0.0 && v.abs() < 1e-3 { format!("{v:.4e}") } else { format!("{v:.4}") };
    names.into_iter().map(|name| format!(" - {name}: {}", value(logs[name]))).collect()
}

fn seconds(duration: Duration) -> String {
    format!("{}s", duration.as_secs_f64().round())
}

fn brief(duration: Duration) -> String {
    match duration.as_secs_f64() {
        s if s >= 1.0 => format!("{s:.0}s"),
        s if s >= 1e-3 => format!("{:.0}ms", s * 1e3),
        s => format!("{:.0}us", s * 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_sorted_and_short() {
        let logs: Logs = [("loss".into(), 0.123456), ("accuracy".into(), 1.0), ("val_loss".into(), 1e-5)].into();
        assert_eq!(values(&logs), " - accuracy: 1.0000 - loss: 0.1235 - val_loss: 1.0000e-5");
    }
}
