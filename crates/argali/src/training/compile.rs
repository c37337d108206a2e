//! What a model is compiled with: optimizer, losses and metrics.

use super::into::{IntoLoss, IntoLosses, IntoMetrics, IntoOptimizer, LossWeights, Losses, Metrics};
use crate::losses::AnyLoss;
use crate::metrics::AnyMetric;
use crate::network::Network;
use crate::optimizers::AnyOptimizer;
use crate::schedules::LearningRate;
use crate::{Error, Model, Number, Problem, Result, Shape};
use argali_engine::Buffer;
use indexmap::IndexMap;
use std::sync::Arc;

/// All options of [`Model::compile`].
///
/// ```
/// use argali::prelude::*;
/// let x = input([8]);
/// let body = x.dense(8).activation(Relu).tensor();
/// let (a, b) = (body.dense(1).name("price").tensor(), body.dense(3).activation(Softmax).name("kind").tensor());
/// let mut model = Model::new(&x, [a, b])?;
/// model.compile_with(
///     Compile::new(Adam::new().learning_rate(1e-2), ())
///         .output_loss("price", "mse")
///         .output_loss("kind", SparseCategoricalCrossentropy::new())
///         .output_metrics("kind", ["accuracy"])
///         .loss_weights([1.0, 0.5]),
/// )?;
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `Model.compile`.
#[derive(Clone, Debug)]
#[must_use = "options take effect in `Model::compile_with`"]
pub struct Compile {
    optimizer: Result<AnyOptimizer, Problem>,
    losses: Result<Losses, Problem>,
    loss_weights: Option<LossWeights>,
    metrics: Result<Metrics, Problem>,
    weighted_metrics: Result<Metrics, Problem>,
    run: RunOptions,
}

/// How Keras runs steps, which is kept for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RunOptions {
    pub(crate) run_eagerly: bool,
    pub(crate) steps_per_execution: u64,
    pub(crate) jit_compile: bool,
}

impl Default for RunOptions {
    fn default() -> Self {
        RunOptions { run_eagerly: false, steps_per_execution: 1, jit_compile: true }
    }
}

impl Compile {
    /// An optimizer and the loss of every output; `()` for none, or where [`output_loss`](Self::output_loss) follows.
    pub fn new(optimizer: impl IntoOptimizer, losses: impl IntoLosses) -> Self {
        Compile {
            optimizer: optimizer.into_optimizer(),
            losses: losses.into_losses(),
            loss_weights: None,
            metrics: Ok(Metrics::None),
            weighted_metrics: Ok(Metrics::None),
            run: RunOptions::default(),
        }
    }

    /// The loss of one output by its name; outputs without one take no part in training.
    pub fn output_loss(mut self, output: impl Into<String>, loss: impl IntoLoss) -> Self {
        let named = match self.losses {
            Ok(Losses::Named(named)) => Ok(named),
            Ok(_) => Ok(IndexMap::new()),
            Err(problem) => Err(problem),
        };
        self.losses = named.and_then(|mut named| {
            named.insert(output.into(), loss.into_loss()?);
            Ok(Losses::Named(named))
        });
        self
    }

    /// Factors of the outputs' losses in the total, in the order of the losses. Default 1 each.
    pub fn loss_weights<N: Into<Number>>(mut self, weights: impl IntoIterator<Item = N>) -> Self {
        self.loss_weights = Some(LossWeights::Each(weights.into_iter().map(Into::into).collect()));
        self
    }

    /// Factor of the loss of one output by its name. Default 1.
    pub fn output_loss_weight(mut self, output: impl Into<String>, weight: impl Into<Number>) -> Self {
        let mut named = match self.loss_weights {
            Some(LossWeights::Named(named)) => named,
            _ => IndexMap::new(),
        };
        named.insert(output.into(), weight.into());
        self.loss_weights = Some(LossWeights::Named(named));
        self
    }

    /// Metrics of the only output, or a list for each output in their order. Default none.
    pub fn metrics(mut self, metrics: impl IntoMetrics) -> Self {
        self.metrics = listed(metrics);
        self
    }

    /// Metrics of one output by its name.
    pub fn output_metrics(mut self, output: impl Into<String>, metrics: impl IntoMetrics) -> Self {
        self.metrics = add_named(self.metrics, output.into(), metrics);
        self
    }

    /// Metrics that take sample and class weights into account, given as [`metrics`](Self::metrics). Default none.
    pub fn weighted_metrics(mut self, metrics: impl IntoMetrics) -> Self {
        self.weighted_metrics = listed(metrics);
        self
    }

    /// Metrics of one output by its name that take sample and class weights into account.
    pub fn output_weighted_metrics(mut self, output: impl Into<String>, metrics: impl IntoMetrics) -> Self {
        self.weighted_metrics = add_named(self.weighted_metrics, output.into(), metrics);
        self
    }

    /// Whether Keras is to run steps without compiling them. Kept for Keras only. Default `false`.
    pub fn run_eagerly(mut self, run_eagerly: bool) -> Self {
        self.run.run_eagerly = run_eagerly;
        self
    }

    /// Steps that Keras is to run in one call. Kept for Keras only. Default 1.
    pub fn steps_per_execution(mut self, steps: u64) -> Self {
        self.run.steps_per_execution = steps;
        self
    }

    /// Whether Keras is to compile steps with XLA. Kept for Keras only. Default `true`, as Keras chooses on JAX.
    pub fn jit_compile(mut self, jit_compile: bool) -> Self {
        self.run.jit_compile = jit_compile;
        self
    }
}

/// Metrics in the form that Keras takes: a single one is a list of one.
fn listed(metrics: impl IntoMetrics) -> Result<Metrics, Problem> {
    Ok(match metrics.into_metrics()? {
        Metrics::One(one) => Metrics::List(vec![Metrics::One(one)]),
        metrics => metrics,
    })
}

fn add_named(metrics: Result<Metrics, Problem>, output: String, new: impl IntoMetrics) -> Result<Metrics, Problem> {
    let mut named = match metrics? {
        Metrics::Named(named) => named,
        _ => IndexMap::new(),
    };
    named.insert(output, new.into_metrics()?);
    Ok(Metrics::Named(named))
}

/// What training needs to know and what it carries from step to step.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    pub(crate) optimizer: AnyOptimizer,
    pub(crate) losses: Losses,
    pub(crate) loss_weights: Option<LossWeights>,
    pub(crate) metrics: Metrics,
    pub(crate) weighted_metrics: Metrics,
    pub(crate) run: RunOptions,
    /// Steps taken.
    pub(crate) iterations: u64,
    /// A learning rate set during training in place of the optimizer's.
    pub(crate) learning_rate: Option<f64>,
    /// The optimizer's state by Keras's paths, in the optimizer's order.
    pub(crate) state: IndexMap<String, Arc<Buffer>>,
    /// The `compile_config` this was read from.
    pub(crate) saved: Option<crate::Json>,
}

/// The loss of one output and its factor.
#[derive(Clone, Debug)]
pub(crate) struct OutputLoss {
    pub(crate) output: usize,
    pub(crate) loss: AnyLoss,
    pub(crate) weight: Option<f64>,
}

/// A metric of one output.
#[derive(Clone, Debug)]
pub(crate) struct OutputMetric {
    pub(crate) output: usize,
    pub(crate) metric: AnyMetric,
    pub(crate) weighted: bool,
    /// Its name in logs.
    pub(crate) name: String,
}

impl Compiled {
    pub(crate) fn new(compile: Compile) -> Result<Self> {
        let optimizer = compile.optimizer?;
        optimizer.validate().map_err(|p| Error::new(p).at_layer(optimizer.class().name))?;
        let (metrics, weighted_metrics) = (compile.metrics?, compile.weighted_metrics?);
        for metric in metrics.flat().into_iter().chain(weighted_metrics.flat()) {
            metric.validate().map_err(|p| Error::new(p).at_layer(metric.class().name))?;
        }
        Ok(Compiled {
            optimizer,
            losses: compile.losses?,
            loss_weights: compile.loss_weights,
            metrics,
            weighted_metrics,
            run: compile.run,
            iterations: 0,
            learning_rate: None,
            state: IndexMap::new(),
            saved: None,
        })
    }

    /// The learning rate of the next step.
    pub(crate) fn current_learning_rate(&self) -> f64 {
        self.learning_rate.unwrap_or_else(|| self.optimizer.learning_rate(self.iterations))
    }

    /// The losses of a network's outputs.
    pub(crate) fn output_losses(&self, network: &Network) -> Result<Vec<OutputLoss>> {
        let names = output_names(network);
        let losses: Vec<(usize, AnyLoss)> = match &self.losses {
            Losses::All(loss) => (0..names.len()).map(|i| (i, loss.clone())).collect(),
            Losses::Each(each) if each.is_empty() => Vec::new(),
            Losses::Each(each) if each.len() == names.len() => {
                each.iter().enumerate().filter_map(|(i, l)| Some((i, l.clone()?))).collect()
            }
            Losses::Each(each) => {
                let message = format!("{} losses for {} outputs", each.len(), names.len());
                return Err(Error::new(Problem::data(message, format!("give one for each of {}", names.join(", ")))));
            }
            Losses::Named(named) => {
                let at = |(name, loss): (&String, &AnyLoss)| output_index(&names, name).map(|i| (i, loss.clone()));
                let mut losses = named.iter().map(at).collect::<Result<Vec<_>>>()?;
                losses.sort_by_key(|(i, _)| *i);
                losses
            }
        };
        let weights = self.weights_of(&losses, &names)?;
        let weighted = losses.into_iter().zip(weights);
        Ok(weighted.map(|((output, loss), weight)| OutputLoss { output, loss, weight }).collect())
    }

    /// The factor of each loss.
    fn weights_of(&self, losses: &[(usize, AnyLoss)], names: &[String]) -> Result<Vec<Option<f64>>> {
        match &self.loss_weights {
            None => Ok(vec![None; losses.len()]),
            Some(LossWeights::Each(each)) if each.len() == losses.len() => {
                Ok(each.iter().map(|weight| Some(weight.get())).collect())
            }
            Some(LossWeights::Each(each)) if each.len() == names.len() => {
                Ok(losses.iter().map(|(output, _)| Some(each[*output].get())).collect())
            }
            Some(LossWeights::Each(each)) => {
                let message = format!("{} loss weights for {} losses", each.len(), losses.len());
                Err(Error::new(Problem::data(message, "give one weight for each loss")))
            }
            Some(LossWeights::Named(named)) => {
                named.keys().try_for_each(|name| output_index(names, name).map(drop))?;
                let weight = |output: usize| named.get(&names[output]).map_or(1.0, |weight| weight.get());
                Ok(losses.iter().map(|(output, _)| Some(weight(*output))).collect())
            }
        }
    }

    /// The metrics of a network's outputs, checked for targets of these shapes, with the names Keras gives them.
    pub(crate) fn output_metrics(&self, network: &Network, targets: &[Shape]) -> Result<Vec<OutputMetric>> {
        let names = output_names(network);
        let mut all: Vec<OutputMetric> = Vec::new();
        for (metrics, weighted) in [(&self.metrics, false), (&self.weighted_metrics, true)] {
            for (output, metric) in metrics.by_output(&names)? {
                let predicted = network.outputs[output].shape()?;
                metric
                    .check(&targets[output], predicted)
                    .map_err(|problem| blamed(problem, metric.class().name, &names[output]))?;
                let prefix = if names.len() > 1 { format!("{}_", names[output]) } else { String::new() };
                let taken = |name: &str| all.iter().any(|m| m.name == name);
                let plain = format!("{prefix}{}", metric.name());
                let first = match weighted && taken(&plain) {
                    true => format!("{prefix}weighted_{}", metric.name()),
                    false => plain,
                };
                let numbered = (1..).map(|i| format!("{first}_{i}"));
                let name = std::iter::once(first.clone()).chain(numbered).find(|n| !taken(n)).unwrap_or(first);
                all.push(OutputMetric { output, metric, weighted, name });
            }
        }
        Ok(all)
    }
}

/// The error of a loss or metric: options are its own, shapes are those of an output.
pub(super) fn blamed(problem: Problem, class: &'static str, output: &str) -> Error {
    let subject = if matches!(problem, Problem::Argument { .. }) { class } else { output };
    Error::new(problem).at_layer(subject)
}

impl Metrics {
    /// Each metric with the index of its output.
    pub(super) fn by_output(&self, names: &[String]) -> Result<Vec<(usize, AnyMetric)>> {
        match self {
            Metrics::List(each) if names.len() > 1 && each.len() == names.len() => {
                let of_one = |(i, metrics): (usize, &Metrics)| metrics.flat().into_iter().map(move |m| (i, m));
                Ok(each.iter().enumerate().flat_map(of_one).collect())
            }
            Metrics::Named(named) => {
                let mut all = Vec::new();
                for (name, metrics) in named {
                    let output = output_index(names, name)?;
                    all.extend(metrics.flat().into_iter().map(|m| (output, m)));
                }
                all.sort_by_key(|(output, _)| *output);
                Ok(all)
            }
            Metrics::List(each) if each.len() > 1 && each.iter().any(|m| matches!(m, Metrics::List(_))) => {
                let message = format!("{} lists of metrics for {} outputs", each.len(), names.len());
                Err(Error::new(Problem::data(message, "give one list for each output")))
            }
            all => match all.flat() {
                all if names.len() == 1 || all.is_empty() => Ok(all.into_iter().map(|m| (0, m)).collect()),
                _ => {
                    let message = format!("metrics for {} outputs do not say which output they are of", names.len());
                    Err(Error::new(Problem::data(message, "use `Compile::output_metrics` with an output's name")))
                }
            },
        }
    }

    /// All metrics, of whichever output.
    pub(super) fn flat(&self) -> Vec<AnyMetric> {
        match self {
            Metrics::None => Vec::new(),
            Metrics::One(metric) => vec![metric.clone()],
            Metrics::List(each) => each.iter().flat_map(Metrics::flat).collect(),
            Metrics::Named(named) => named.values().flat_map(Metrics::flat).collect(),
        }
    }
}

/// Names of the outputs: those they have in a dictionary, or those of the layers they come from.
pub(crate) fn output_names(network: &Network) -> Vec<String> {
    if let Some(names) = network.output_structure.names() {
        return names.into_iter().map(str::to_owned).collect();
    }
    network.outputs.iter().map(|t| t.call.instance.display_name()).collect()
}

fn output_index(names: &[String], name: &str) -> Result<usize> {
    names.iter().position(|n| n == name).ok_or_else(|| {
        let help = format!("its outputs are {}", names.join(", "));
        Error::new(Problem::data(format!("the model has no output `{name}`"), help))
    })
}

impl Model {
    /// Sets optimizer, loss and metrics for training; each by object or by Keras's name.
    ///
    /// # Errors
    ///
    /// [`Problem::Class`] if a name is unknown, with the nearest one; [`Problem::Argument`] if an option is out of
    /// its range.
    ///
    /// ```
    /// use argali::prelude::*;
    /// let mut model = Sequential::new().input([4]).dense(3).activation(Softmax).build()?;
    /// model.compile(Adam::new(), SparseCategoricalCrossentropy::new(), ["accuracy"])?;
    /// model.compile("sgd", "mse", ())?;
    /// assert!(model.compile("adan", "mse", ()).is_err());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `Model.compile`; R: `compile()`.
    pub fn compile(
        &mut self,
        optimizer: impl IntoOptimizer,
        loss: impl IntoLosses,
        metrics: impl IntoMetrics,
    ) -> Result<()> {
        self.compile_with(Compile::new(optimizer, loss).metrics(metrics))
    }

    /// Sets everything that training needs; see [`Compile`].
    ///
    /// # Errors
    ///
    /// As [`compile`](Self::compile).
    pub fn compile_with(&mut self, compile: Compile) -> Result<()> {
        let compiled = Compiled::new(compile)?;
        if let Some(network) = self.network() {
            compiled.output_losses(network)?;
            compiled.metrics.by_output(&output_names(network))?;
            compiled.weighted_metrics.by_output(&output_names(network))?;
        }
        self.steps.clear();
        self.compiled = Some(compiled);
        Ok(())
    }

    /// The learning rate of the next step, if the model is compiled.
    pub fn learning_rate(&self) -> Option<f64> {
        self.compiled.as_ref().map(Compiled::current_learning_rate)
    }

    /// Replaces the learning rate from the next step on.
    ///
    /// # Errors
    ///
    /// [`Problem::Data`] if the model is not compiled, or its learning rate is a schedule, [`Problem::Argument`] if
    /// `learning_rate` is NaN.
    pub fn set_learning_rate(&mut self, learning_rate: f64) -> Result<()> {
        let compiled = self.compiled.as_mut().ok_or_else(not_compiled)?;
        if let LearningRate::Schedule(_) = compiled.optimizer.common().learning_rate {
            let help = "compile with a number as learning rate to change it during training";
            return Err(Error::new(Problem::data("the learning rate is a schedule", help)));
        }
        LearningRate::Constant(learning_rate).validate()?;
        compiled.learning_rate = Some(learning_rate);
        Ok(())
    }

    /// Number of training steps taken since the model was compiled.
    pub fn iterations(&self) -> u64 {
        self.compiled.as_ref().map_or(0, |c| c.iterations)
    }
}

pub(crate) fn not_compiled() -> Error {
    Error::new(Problem::data("the model is not compiled", "call `compile` with an optimizer and a loss first"))
}
