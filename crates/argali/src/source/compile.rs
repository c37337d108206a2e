//! What a model is compiled with as Rust: the statement that a person would write.

use super::option;
use super::{Imports, value};
use crate::losses::{self, AnyLoss};
use crate::metrics::{self, AnyMetric, MeanMetricWrapper};
use crate::optimizers::AnyOptimizer;
use crate::schedules::AnySchedule;
use crate::training::{Compiled, LossWeights, Losses, Metrics, RunOptions};
use crate::{Class, Config, Error, Model, Number, Problem, Result, Setting, prelude};

/// The longest line.
const WIDTH: usize = 110;
/// The longest tuple of losses or metrics.
const TUPLE: usize = 12;

/// Why something can't be written.
#[derive(Debug)]
pub(super) enum Missing {
    /// There are no words for it, but JSON.
    Words,
    /// It is of a class that is none of Keras's.
    Class(String),
}

/// Source, or why there is none.
pub(super) type Words<T = String> = std::result::Result<T, Missing>;

/// The statement that compiles a model, empty if it is not compiled.
pub(super) fn statement(model: &Model, imports: &mut Imports) -> Result<String> {
    let Some(compiled) = &model.compiled else { return Ok(String::new()) };
    let config = compiled.to_json();
    let mut more = imports.clone();
    match call(compiled, &mut more) {
        Ok(statement) if compiled.written_anew() == config => {
            *imports = more;
            Ok(statement)
        }
        Ok(_) | Err(Missing::Words) => {
            let json = argali_formats::json::to_string(&config);
            let hashes = "#".repeat(1 + json.matches('#').count());
            Ok(format!("    model.compile_from_json(r{hashes}\"{json}\"{hashes})?;\n"))
        }
        Err(Missing::Class(class)) => {
            let message = format!("the model is compiled with the class `{class}`, which is none of Keras's");
            let help = "compile with classes of Keras, or save the model as `.json` or `.keras`";
            Err(Error::new(Problem::mismatch(message, help)))
        }
    }
}

fn call(compiled: &Compiled, imports: &mut Imports) -> Words {
    let optimizer = optimizer(&compiled.current_optimizer(), imports)?;
    let (losses, mut options) = losses(&compiled.losses, imports)?;
    options.extend(loss_weights(compiled.loss_weights.as_ref(), imports));
    let metrics = metrics_options("metrics", &compiled.metrics, imports)?;
    let mut more = metrics_options("weighted_metrics", &compiled.weighted_metrics, imports)?;
    more.extend(run_options(compiled.run));
    if options.is_empty() && more.is_empty() && !matches!(compiled.metrics, Metrics::Named(_)) {
        let metrics = metrics.into_iter().next().map_or_else(|| Item::of("()"), |setter| setter.argument);
        return Ok(format!("    model.compile{}?;\n", Item::arguments(vec![optimizer, losses, metrics]).text(1, 20)));
    }
    options.extend(metrics);
    options.extend(more);
    let new = format!("Compile::new{}", Item::arguments(vec![optimizer, losses]).text(2, 12));
    let line = format!("    model.compile_with({new}{})?;\n", options.iter().map(Setter::line).collect::<String>());
    if line.len() <= WIDTH && !new.contains('\n') {
        return Ok(line);
    }
    let options: String = options.iter().map(|option| format!("\n            {}", option.text(3))).collect();
    Ok(format!("    model.compile_with(\n        {new}{options},\n    )?;\n"))
}

/// An expression or a list of them, which may stand on several lines.
#[derive(Debug)]
enum Item {
    /// What may be broken in front of each part but the first.
    One(Vec<String>),
    List {
        open: &'static str,
        items: Vec<Item>,
        close: &'static str,
    },
}

impl Item {
    fn arguments(items: Vec<Item>) -> Self {
        Item::List { open: "(", items, close: ")" }
    }

    fn of(text: impl Into<String>) -> Self {
        Item::One(vec![text.into()])
    }

    fn line(&self) -> String {
        match self {
            Item::One(parts) => parts.concat(),
            Item::List { open, items, close } => {
                format!("{open}{}{close}", items.iter().map(Item::line).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// The text where lines begin with so many indents, if `used` characters of the line are taken.
    fn text(&self, depth: usize, used: usize) -> String {
        let line = self.line();
        match self {
            _ if 4 * depth + used + line.len() <= WIDTH => line,
            Item::List { open, items, close } => {
                let (inner, outer) = ("    ".repeat(depth + 1), "    ".repeat(depth));
                let items = items.iter().map(|item| format!("\n{inner}{},", item.text(depth + 1, 0)));
                format!("{open}{}\n{outer}{close}", items.collect::<String>())
            }
            Item::One(parts) => {
                let (mut text, mut length) = (String::new(), 4 * depth + used);
                for part in parts {
                    if !text.is_empty() && length + part.len() > WIDTH {
                        text += &format!("\n{}", "    ".repeat(depth + 1));
                        length = 4 * (depth + 1);
                    }
                    text += part;
                    length += part.len();
                }
                text
            }
        }
    }
}

/// A call that sets an option.
struct Setter {
    /// What stands in front of its last argument.
    method: String,
    argument: Item,
}

impl Setter {
    fn new(method: impl Into<String>, argument: Item) -> Self {
        Setter { method: method.into(), argument }
    }

    fn line(&self) -> String {
        format!(".{}{})", self.method, self.argument.line())
    }

    fn text(&self, depth: usize) -> String {
        format!(".{}{})", self.method, self.argument.text(depth, self.method.len() + 2))
    }
}

/// An object: its constructor with arguments, and the options that are set.
fn object(class: &Class, exported: &[&str], settings: Vec<Setting<'_>>, imports: &mut Imports) -> Words<Item> {
    let is_public = class.name.starts_with(|c: char| c.is_ascii_uppercase());
    if class.registered_name.is_some() || !class.module.starts_with("keras.") {
        return Err(Missing::Class(class.key().into()));
    }
    if !is_public {
        return Err(Missing::Words);
    }
    let module = class.module.rsplit('.').next().unwrap_or_default();
    let name = match exported.contains(&class.name) {
        true => class.name.to_owned(),
        false => format!("{}::{}", imports.name(&format!("argali::{module}")), class.name),
    };
    let (mut arguments, mut options) = (Vec::new(), Vec::new());
    for setting in settings.into_iter().filter(|setting| !setting.is_default) {
        let text = option::expression(setting.value, imports)?;
        match setting.is_argument {
            true => arguments.push(text),
            false => options.push(format!(".{}({text})", setting.name)),
        }
    }
    let new = if *class == MeanMetricWrapper::CLASS { "of_function" } else { "new" };
    let question = if *class == MeanMetricWrapper::CLASS { "?" } else { "" };
    let new = format!("{name}::{new}({}){question}", arguments.join(", "));
    Ok(Item::One(std::iter::once(new).chain(options).collect()))
}

fn optimizer(optimizer: &AnyOptimizer, imports: &mut Imports) -> Words<Item> {
    object(&optimizer.class(), prelude::OPTIMIZERS, optimizer.settings(), imports)
}

pub(super) fn schedule(schedule: &AnySchedule, imports: &mut Imports) -> Words {
    object(&schedule.class(), &[], schedule.settings(), imports).map(|schedule| schedule.line())
}

fn loss(loss: &AnyLoss, imports: &mut Imports) -> Words<Item> {
    match loss.given() {
        losses::Given::Object => object(&loss.class(), prelude::LOSSES, loss.settings(), imports),
        losses::Given::Name(name) if name.parse::<AnyLoss>().is_err() => Err(Missing::Class(name.clone())),
        losses::Given::Name(name) => Ok(Item::of(format!("{name:?}"))),
        losses::Given::Function(name) => {
            Ok(Item::of(format!("{}::of_function({name:?})?", imports.name("argali::losses::AnyLoss"))))
        }
    }
}

fn metric(metric: &AnyMetric, imports: &mut Imports) -> Words<Item> {
    match metric.given() {
        metrics::Given::Object => object(&metric.class(), prelude::METRICS, metric.settings(), imports),
        metrics::Given::Name(name) if name.parse::<AnyMetric>().is_err() => Err(Missing::Class(name.clone())),
        metrics::Given::Name(name) => Ok(Item::of(format!("{name:?}"))),
        metrics::Given::Function(name) => {
            Ok(Item::of(format!("{}::of_function({name:?})?", imports.name("argali::metrics::AnyMetric"))))
        }
        metrics::Given::Loss(of) => {
            let [metric, any] = ["argali::metrics::AnyMetric", "argali::losses::AnyLoss"].map(|p| imports.name(p));
            Ok(Item::of(format!("{metric}::from({any}::from({}))", loss(of, imports)?.line())))
        }
    }
}

/// A list: of names an array, else a tuple.
fn list(items: Vec<Item>) -> Words<Item> {
    let all_names = items.iter().all(|item| item.line().starts_with('"'));
    let (open, close) = match items.len() {
        1 => ("[", "]"),
        _ if all_names => ("[", "]"),
        2..=TUPLE => ("(", ")"),
        _ => return Err(Missing::Words),
    };
    Ok(Item::List { open, items, close })
}

/// The losses as an argument, and those that are given by output.
fn losses(all: &Losses, imports: &mut Imports) -> Words<(Item, Vec<Setter>)> {
    let none = || Item::of("()");
    match all {
        Losses::All(one) => Ok((loss(one, imports)?, Vec::new())),
        Losses::Each(each) if each.is_empty() => Ok((none(), Vec::new())),
        Losses::Each(each) => {
            if let [None] = each[..] {
                return Err(Missing::Words);
            }
            let one = |l: &Option<AnyLoss>| l.as_ref().map_or_else(|| Ok(none()), |l| loss(l, imports));
            Ok((list(each.iter().map(one).collect::<Words<_>>()?)?, Vec::new()))
        }
        Losses::Named(named) => {
            let one =
                |(name, l): (&String, &AnyLoss)| Ok(Setter::new(format!("output_loss({name:?}, "), loss(l, imports)?));
            Ok((none(), named.iter().map(one).collect::<Words<_>>()?))
        }
    }
}

fn loss_weights(weights: Option<&LossWeights>, imports: &mut Imports) -> Vec<Setter> {
    match weights {
        None => Vec::new(),
        Some(LossWeights::Each(each)) => {
            vec![Setter::new("loss_weights(", Item::of(option::numbers(each, imports)))]
        }
        Some(LossWeights::Named(named)) => {
            let one = |(name, weight): (&String, &Number)| {
                Setter::new(format!("output_loss_weight({name:?}, "), Item::of(value::number(*weight)))
            };
            named.iter().map(one).collect()
        }
    }
}

fn metrics_options(key: &str, all: &Metrics, imports: &mut Imports) -> Words<Vec<Setter>> {
    match all {
        Metrics::None => Ok(Vec::new()),
        Metrics::One(_) => Err(Missing::Words),
        Metrics::List(_) => Ok(vec![Setter::new(format!("{key}("), metrics(all, imports)?)]),
        Metrics::Named(named) => {
            let one = |(name, of): (&String, &Metrics)| {
                Ok(Setter::new(format!("output_{key}({name:?}, "), metrics(of, imports)?))
            };
            named.iter().map(one).collect()
        }
    }
}

fn metrics(all: &Metrics, imports: &mut Imports) -> Words<Item> {
    match all {
        Metrics::None => Ok(Item::of("()")),
        Metrics::One(one) => metric(one, imports),
        Metrics::List(each) if each.is_empty() => Ok(Item::of("Vec::<&str>::new()")),
        Metrics::List(each) => list(each.iter().map(|of| metrics(of, imports)).collect::<Words<_>>()?),
        Metrics::Named(_) => Err(Missing::Words),
    }
}

fn run_options(run: RunOptions) -> Vec<Setter> {
    let default = RunOptions::default();
    let options = [
        ("run_eagerly(", run.run_eagerly.to_string(), default.run_eagerly.to_string()),
        ("steps_per_execution(", run.steps_per_execution.to_string(), default.steps_per_execution.to_string()),
        ("jit_compile(", run.jit_compile.to_string(), default.jit_compile.to_string()),
    ];
    let changed = options.into_iter().filter(|(_, text, default)| text != default);
    changed.map(|(method, text, _)| Setter::new(method, Item::of(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::SGD;
    use crate::{Compose, Finish, Json, optimizers, schedules};
    use serde_json::json;

    /// The cases of a file of fixtures that real Keras has written.
    fn fixtures(name: &str, key: &str) -> Vec<Json> {
        let path = format!("{}/../../tests/fixtures/training/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let file: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        file["cases"].as_array().unwrap().iter().map(|case| case[key].clone()).collect()
    }

    /// Checks that there are words for every case, and a case for every class.
    fn check(classes: Vec<Class>, cases: Vec<Json>, words: impl Fn(&Json) -> Words<Item>) {
        for class in classes.iter().filter(|class| class.name.starts_with(|c: char| c.is_ascii_uppercase())) {
            assert!(cases.iter().any(|case| case["class_name"] == class.name), "no case of {}", class.name);
        }
        let missing = cases.iter().filter_map(|case| Some(format!("{case}: {:?}", words(case).err()?)));
        assert_eq!(missing.collect::<Vec<_>>(), Vec::<String>::new());
    }

    #[test]
    fn every_optimizer_has_words() {
        let cases = [fixtures("optimizers", "optimizer"), fixtures("optimizers_more", "optimizer")].concat();
        check(optimizers::classes(), cases, |case| {
            optimizer(&AnyOptimizer::from_json(case).unwrap(), &mut Imports::default())
        });
    }

    #[test]
    fn every_schedule_has_words() {
        check(schedules::classes(), fixtures("schedules", "schedule"), |case| {
            schedule(&AnySchedule::from_json(case).unwrap(), &mut Imports::default()).map(Item::of)
        });
    }

    #[test]
    fn every_loss_has_words() {
        check(losses::classes(), fixtures("losses", "loss"), |case| {
            loss(&AnyLoss::from_json(case).unwrap(), &mut Imports::default())
        });
    }

    #[test]
    fn every_metric_has_words() {
        check(metrics::classes(), fixtures("metrics", "metric"), |case| {
            metric(&AnyMetric::from_json(case).unwrap(), &mut Imports::default())
        });
    }

    #[test]
    fn rates_are_as_short_as_float32_lets_them() {
        let text = |rate: f64| {
            let words = optimizer(&SGD::new().learning_rate(rate).into(), &mut Imports::default());
            words.map(|item| item.line()).unwrap()
        };
        assert_eq!(text(f64::from(0.003_f32)), "SGD::new().learning_rate(0.003)");
        assert_eq!(text(f64::from(0.01_f32)), "SGD::new()");
        assert_eq!(text(0.012_345_678_912), "SGD::new().learning_rate(0.012345678912)");
    }

    #[test]
    fn what_keras_writes_otherwise_stays_json() {
        let mut model = crate::Sequential::new().input([2]).dense(1).build().unwrap();
        model.compile("sgd", "mse", ()).unwrap();
        let mut config = model.compile_config();
        config["loss_weights"] = json!(0.5);
        model.compile_from_config(&config).unwrap();
        let written = statement(&model, &mut Imports::default()).unwrap();
        assert!(written.starts_with("    model.compile_from_json(r#\"{"), "{written}");
    }
}
