//! A page about a training: its curves, the model's diagram, and the numbers of every epoch.

use crate::diagram::{self, Graph, escaped, grouped};
use argali::Model;
use argali::training::History;
use std::fmt::Write;
use std::time::Duration;

const STYLE: &str = "\
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1b2330; --soft: #5b6675; --rule: #dfe3e9; --one: #2f6fde;
  --two: #d0532b; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161d; --ink: #e8ecf2; --soft: #9aa6b6; --rule: #2c343f;
  --one: #6ea2ff; --two: #ff9069; } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 1080px; padding: 28px 24px 60px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif }
h1 { font-size: 26px; margin: 0 0 4px } h2 { font-size: 18px; margin: 36px 0 12px }
p { margin: 0; color: var(--soft) }
.curves { display: grid; grid-template-columns: repeat(auto-fit, minmax(340px, 1fr)); gap: 20px }
figure { margin: 0 } figcaption { font-weight: 600; margin-bottom: 4px }
.chart { width: 100%; height: auto; display: block; font: 11px ui-sans-serif, system-ui, sans-serif }
.chart text { fill: var(--soft) } .chart .grid { stroke: var(--rule) }
.chart .one { stroke: var(--one) } .chart .two { stroke: var(--two) } .chart path { fill: none; stroke-width: 2 }
.chart circle.one { fill: var(--one); stroke: none } .chart circle.two { fill: var(--two); stroke: none }
.legend span { margin-right: 14px; color: var(--soft); font-size: 13px } .legend i { display: inline-block; width: 14px;
  height: 3px; margin-right: 6px; vertical-align: middle; border-radius: 2px } .legend .one { background: var(--one) }
.legend .two { background: var(--two) }
.scroll { overflow-x: auto } .scroll > svg { display: block; margin: 0 auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 14px } th, td { padding: 4px 14px 4px 0;
  text-align: right; border-bottom: 1px solid var(--rule) } th { color: var(--soft); font-weight: 600 }
th:first-child, td:first-child { text-align: left }
";

const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 54.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 26.0;

/// The page, which needs no other file.
pub(crate) fn html(model: &Model, history: &History, times: &[Duration]) -> String {
    let name = escaped(&model.name());
    let params = grouped(model.count_params());
    let total: Duration = times.iter().sum();
    let curves: String = metrics(history).map(|metric| figure(history, metric)).collect();
    let body = diagram::svg_body(&Graph::of(model), &model.name());
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Training of {name}</title>\n\
         <style>\n{STYLE}{}</style>\n</head>\n<body>\n<h1>Training of {name}</h1>\n\
         <p>{} epochs in {:.1} s, {params} parameters</p>\n<h2>Curves</h2>\n<div class=\"curves\">\n{curves}</div>\n\
         <h2>Model</h2>\n<div class=\"scroll\">\n{body}</div>\n<h2>Epochs</h2>\n<div class=\"scroll\">\n{}</div>\n\
         </body>\n</html>\n",
        diagram::style(),
        history.epochs.len(),
        total.as_secs_f64(),
        table(history, times),
    )
}

/// Names of the numbers on the training samples.
fn metrics(history: &History) -> impl Iterator<Item = &str> {
    history.values.keys().map(String::as_str).filter(|name| !name.starts_with("val_"))
}

/// The curve of one number, with that on the validation samples if there is one.
fn figure(history: &History, metric: &str) -> String {
    let validation = history.get(&format!("val_{metric}"));
    let curves: Vec<(&str, &[f64])> =
        [("one", history.get(metric)), ("two", validation)].into_iter().filter_map(|(c, v)| Some((c, v?))).collect();
    let key = |class: &str, label: &str| format!("<span><i class=\"{class}\"></i>{label}</span>");
    let legend = match validation {
        Some(_) => format!("<div class=\"legend\">{}{}</div>\n", key("one", "training"), key("two", "validation")),
        None => String::new(),
    };
    let name = escaped(metric);
    format!("<figure><figcaption>{name}</figcaption>\n{}{legend}</figure>\n", chart(&name, &history.epochs, &curves))
}

fn chart(name: &str, epochs: &[usize], curves: &[(&str, &[f64])]) -> String {
    let finite = || curves.iter().flat_map(|(_, values)| values.iter().copied()).filter(|v| v.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let ticks = if low <= high { ticks(low, high) } else { vec![0.0, 1.0] };
    let (bottom, top) = (ticks[0].min(low), ticks[ticks.len() - 1].max(high));
    let y = |value: f64| TOP + (HEIGHT - TOP - BOTTOM) * (top - value) / (top - bottom);
    let last = epochs.len().saturating_sub(1).max(1) as f64;
    let x = |index: usize| LEFT + (WIDTH - LEFT - RIGHT) * index as f64 / last;
    let mut out =
        format!("<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\"><title>{name} by epoch</title>\n");
    for tick in &ticks {
        let (y, right) = (y(*tick), WIDTH - RIGHT);
        let _ = writeln!(
            out,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 6.0,
            y + 4.0,
            short(*tick)
        );
    }
    for index in labelled(epochs.len()) {
        let (x, y) = (x(index), HEIGHT - 8.0);
        let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{}</text>", epochs[index] + 1);
    }
    for (class, values) in curves {
        out += &curve(class, values, &x, &y);
    }
    out + "</svg>\n"
}

/// A line through the finite values; a dot where there is only one.
fn curve(class: &str, values: &[f64], x: &dyn Fn(usize) -> f64, y: &dyn Fn(f64) -> f64) -> String {
    if let [value] = values
        && value.is_finite()
    {
        return format!("<circle class=\"{class}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\"/>\n", x(0), y(*value));
    }
    let mut path = String::new();
    let mut pen_is_down = false;
    for (index, value) in values.iter().enumerate() {
        if value.is_finite() {
            let _ = write!(path, "{}{:.1} {:.1}", if pen_is_down { "L" } else { "M" }, x(index), y(*value));
        }
        pen_is_down = value.is_finite();
    }
    format!("<path class=\"{class}\" d=\"{path}\"/>\n")
}

/// Round numbers that span a range, some five of them.
fn ticks(low: f64, high: f64) -> Vec<f64> {
    let range = if high > low { high - low } else { low.abs().max(1.0) };
    let rough = range / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|s| s * power).into_iter().find(|s| *s >= rough).unwrap_or(rough);
    let first = (low / step).floor();
    let count = ((high / step).ceil() - first).max(1.0) as usize;
    (0..=count).map(|i| (first + i as f64) * step).collect()
}

/// A number without digits that say nothing.
fn short(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    match value.abs() {
        a if !(1e-3..1e5).contains(&a) => format!("{value:.1e}"),
        _ => format!("{value:.4}").trim_end_matches('0').trim_end_matches('.').to_owned(),
    }
}

/// The epochs that are named under a chart.
fn labelled(count: usize) -> impl Iterator<Item = usize> {
    let step = count.saturating_sub(1).div_ceil(6).max(1);
    (0..count).step_by(step)
}

fn table(history: &History, times: &[Duration]) -> String {
    let names: String = history.values.keys().map(|name| format!("<th>{}</th>", escaped(name))).collect();
    let mut out = format!("<table>\n<thead><tr><th>epoch</th>{names}<th>seconds</th></tr></thead>\n<tbody>\n");
    for (row, epoch) in history.epochs.iter().enumerate() {
        let value =
            |values: &Vec<f64>| values.get(row).map_or_else(|| "<td></td>".into(), |v| format!("<td>{v:.5}</td>"));
        let values: String = history.values.values().map(value).collect();
        let seconds = times.get(row).map_or_else(String::new, |t| format!("{:.2}", t.as_secs_f64()));
        let _ = writeln!(out, "<tr><td>{}</td>{values}<td>{seconds}</td></tr>", epoch + 1);
    }
    out + "</tbody>\n</table>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_span_the_range() {
        for (low, high) in [(0.0, 1.0), (0.13, 0.94), (-3.0, 12.0), (5.0, 5.0), (1e-9, 3e-9), (0.0, 0.0)] {
            let ticks = ticks(low, high);
            assert!((2..=7).contains(&ticks.len()), "{ticks:?}");
            assert!(ticks[0] <= low && ticks[ticks.len() - 1] >= high, "{low} {high} {ticks:?}");
        }
        assert_eq!(ticks(0.0, 1.0), [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert_eq!([0.0, 0.25, 1e-7, 123_456.0].map(short), ["0", "0.25", "1.0e-7", "1.2e5"]);
    }

    #[test]
    fn numbers_that_are_not_finite_leave_gaps() {
        let path = curve("one", &[1.0, f64::NAN, 2.0, 3.0], &|i| i as f64, &|v| v);
        assert!(path.contains("d=\"M0.0 1.0M2.0 2.0L3.0 3.0\""), "{path}");
    }

    #[test]
    fn a_page_has_all_it_needs() {
        use argali::prelude::*;
        let model = Sequential::new().name("a<b").input([4]).dense(2).build().unwrap();
        let values = [("loss", vec![1.0, 0.5]), ("val_loss", vec![1.5, 1.0]), ("accuracy", vec![0.25, 0.75])];
        let history =
            History { epochs: vec![0, 1], values: values.into_iter().map(|(n, v)| (n.to_owned(), v)).collect() };
        let page = html(&model, &history, &[Duration::from_millis(1500); 2]);
        assert!(page.contains("Training of a&lt;b") && page.contains("2 epochs in 3.0 s, 10 parameters"));
        assert_eq!(page.matches("<figure>").count(), 2);
        assert_eq!(page.matches("class=\"two\" d=").count(), 1);
        let addresses = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!addresses.contains("http") && !addresses.contains("src=") && !addresses.contains("url("));
    }
}
