//! The area under a curve of rates at many thresholds.

use super::any::keras;
use super::confusion::{Comparison, four_counts};
use super::thresholds::{Levels, are_even, in_range};
use super::{Metric, State, floatx, named_and_typed, ratio, rows};
use crate::losses::epsilon;
use crate::{Class, Config, Json, Keys, Problem, Setting, Shape, value};
use argali_engine::Value;
use serde::{Deserialize, Serialize};

/// The curve whose area is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Curve {
    /// True positive rate over false positive rate.
    #[serde(alias = "roc")]
    ROC,
    /// Precision over recall.
    #[serde(alias = "pr")]
    PR,
    /// Precision gain over recall gain.
    #[serde(alias = "prgain")]
    PRGAIN,
}

/// How the area between two thresholds is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SummationMethod {
    /// By the trapezoid; under the precision-recall curve by interpolating the counts.
    #[serde(alias = "Interpolation")]
    Interpolation,
    /// By the higher end.
    #[serde(alias = "Majoring")]
    Majoring,
    /// By the lower end.
    #[serde(alias = "Minoring")]
    Minoring,
}

/// Weights of labels; Keras saves them as a tensor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "SavedWeights", into = "SavedWeights")]
pub struct LabelWeights(pub Vec<f64>);

#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum SavedWeights {
    Tensor { class_name: String, config: SavedTensor },
    List(Vec<f64>),
}

#[derive(Clone, Serialize, Deserialize)]
struct SavedTensor {
    value: Vec<f64>,
    dtype: String,
}

impl From<SavedWeights> for LabelWeights {
    fn from(saved: SavedWeights) -> Self {
        match saved {
            SavedWeights::Tensor { config, .. } => LabelWeights(config.value),
            SavedWeights::List(weights) => LabelWeights(weights),
        }
    }
}

impl From<LabelWeights> for SavedWeights {
    fn from(weights: LabelWeights) -> Self {
        let config = SavedTensor { value: weights.0, dtype: floatx() };
        SavedWeights::Tensor { class_name: "__tensor__".into(), config }
    }
}

/// The area under the curve of rates at many thresholds: under the receiver operating characteristic the probability that
/// a true target is given a higher score than a false one.
///
/// Targets are 0 or 1, predictions from 0 to 1, of one shape; for several labels `(batch, labels)`. States:
/// `true_positives`, `false_positives`, `true_negatives`, `false_negatives`, a number for each threshold, or for each
/// threshold and label.
///
/// ```
/// use argali::metrics::{AUC, AnyMetric, Curve};
/// let metric = AnyMetric::from(AUC::new().curve(Curve::PR).num_thresholds(50));
/// assert_eq!(metric.to_json()["config"]["curve"], "PR");
/// ```
///
/// Keras: `keras.metrics.AUC`.
#[derive(Clone, Debug)]
pub struct AUC {
    name: String,
    dtype: String,
    num_thresholds: usize,
    curve: Curve,
    summation_method: SummationMethod,
    thresholds: Option<Vec<f64>>,
    multi_label: bool,
    num_labels: Option<usize>,
    label_weights: Option<LabelWeights>,
    from_logits: bool,
}

impl AUC {
    /// An `AUC` with Keras's default options.
    #[allow(clippy::new_without_default)]
    #[must_use = "the object is returned"]
    pub fn new() -> Self {
        AUC {
            name: "auc".into(),
            dtype: floatx(),
            num_thresholds: 200,
            curve: Curve::ROC,
            summation_method: SummationMethod::Interpolation,
            thresholds: None,
            multi_label: false,
            num_labels: None,
            label_weights: None,
            from_logits: false,
        }
    }

    /// Name of the metric. Default `"auc"`.
    #[must_use = "the changed object is returned"]
    pub fn name(mut self, name: &str) -> Self {
        self.name = name.into();
        self
    }

    /// Type of the states. Default: `floatx` of `keras.json`.
    #[must_use = "the changed object is returned"]
    pub fn dtype(mut self, dtype: &str) -> Self {
        self.dtype = dtype.into();
        self
    }

    /// Number of thresholds, evenly from 0 to 1, at least 2. Default 200.
    #[must_use = "the changed object is returned"]
    pub fn num_thresholds(mut self, num_thresholds: usize) -> Self {
        self.num_thresholds = num_thresholds;
        self
    }

    /// The curve. Default [`Curve::ROC`].
    #[must_use = "the changed object is returned"]
    pub fn curve(mut self, curve: Curve) -> Self {
        self.curve = curve;
        self
    }

    /// How the area between two thresholds is computed. Default [`SummationMethod::Interpolation`].
    #[must_use = "the changed object is returned"]
    pub fn summation_method(mut self, summation_method: SummationMethod) -> Self {
        self.summation_method = summation_method;
        self
    }

    /// Thresholds from 0 to 1, beside which 0 and 1 are taken, instead of even ones.
    #[must_use = "the changed object is returned"]
    pub fn thresholds(mut self, thresholds: impl Into<Vec<f64>>) -> Self {
        let mut thresholds = thresholds.into();
        thresholds.sort_by(f64::total_cmp);
        self.num_thresholds = thresholds.len() + 2;
        self.thresholds = Some(thresholds);
        self
    }

    /// Whether the area is computed for each label, the last axis, and then averaged. Default: all are taken together.
    #[must_use = "the changed object is returned"]
    pub fn multi_label(mut self, multi_label: bool) -> Self {
        self.multi_label = multi_label;
        self
    }

    /// Number of labels, with `multi_label`. Default: that of the predictions.
    #[must_use = "the changed object is returned"]
    pub fn num_labels(mut self, num_labels: usize) -> Self {
        self.num_labels = Some(num_labels);
        self
    }

    /// Weight of each label. Default: all the same.
    #[must_use = "the changed object is returned"]
    pub fn label_weights(mut self, label_weights: impl Into<Vec<f64>>) -> Self {
        self.label_weights = Some(LabelWeights(label_weights.into()));
        self
    }

    /// Whether predictions are logits, whose sigmoid is meant. Default no.
    #[must_use = "the changed object is returned"]
    pub fn from_logits(mut self, from_logits: bool) -> Self {
        self.from_logits = from_logits;
        self
    }

    fn levels(&self) -> Levels {
        let inner = match &self.thresholds {
            Some(given) => given.clone(),
            None => {
                let last = self.num_thresholds.max(2) - 1;
                (1..last).map(|i| i as f64 / last as f64).collect()
            }
        };
        let with_ends = |low: f64, high: f64| [&[low][..], &inner, &[high]].concat();
        let even = self.thresholds.is_none() || are_even(&with_ends(0.0, 1.0));
        Levels { levels: with_ends(-epsilon(), 1.0 + epsilon()), even }
    }

    fn comparison<'m>(&'m self, levels: &'m Levels) -> Comparison<'m> {
        let label_weights = self.label_weights.as_ref().filter(|_| !self.multi_label).map(|w| &w.0[..]);
        Comparison { by_label: self.multi_label, label_weights, ..Comparison::at(levels) }
    }
}

impl Config for AUC {
    const CLASS: Class = keras("AUC");
    const KEYS: &'static [&'static str] = &[
        "name",
        "dtype",
        "num_thresholds",
        "curve",
        "summation_method",
        "multi_label",
        "num_labels",
        "label_weights",
        "from_logits",
        "thresholds",
    ];

    fn write(&self, key: &mut dyn FnMut(&str, Json)) {
        key("name", value(&self.name));
        key("dtype", value(&self.dtype));
        key("num_thresholds", value(&self.num_thresholds));
        key("curve", value(&self.curve));
        key("summation_method", value(&self.summation_method));
        key("multi_label", value(&self.multi_label));
        key("num_labels", value(&self.num_labels));
        key("label_weights", value(&self.label_weights));
        key("from_logits", value(&self.from_logits));
        if let Some(thresholds) = &self.thresholds {
            key("thresholds", value(thresholds));
        }
    }

    fn settings<'o>(&'o self, setting: &mut dyn FnMut(Setting<'o>)) {
        let mut default = AUC::new();
        if self.thresholds.is_some() {
            default.num_thresholds = self.num_thresholds;
        }
        macro_rules! options {
            ($($option:ident)*) => {
                $(setting(Setting::option(stringify!($option), &self.$option, &default.$option));)*
            };
        }
        options! {
            name dtype num_thresholds curve summation_method multi_label num_labels label_weights from_logits thresholds
        }
    }

    fn read(config: &mut Keys) -> Result<Self, Problem> {
        let mut auc = AUC::new();
        config.optional("name", &mut auc.name)?;
        config.optional("dtype", &mut auc.dtype)?;
        config.optional("num_thresholds", &mut auc.num_thresholds)?;
        config.optional("curve", &mut auc.curve)?;
        config.optional("summation_method", &mut auc.summation_method)?;
        config.optional("multi_label", &mut auc.multi_label)?;
        config.optional("num_labels", &mut auc.num_labels)?;
        config.optional("label_weights", &mut auc.label_weights)?;
        config.optional("from_logits", &mut auc.from_logits)?;
        let thresholds = config.maybe::<Option<Vec<f64>>>("thresholds")?.flatten();
        Ok(thresholds.into_iter().fold(auc, AUC::thresholds))
    }
}

impl Metric for AUC {
    named_and_typed!();

    fn validate(&self) -> Result<(), Problem> {
        if self.num_thresholds < 2 {
            return Err(Problem::argument("num_thresholds", self.num_thresholds, "at least 2", ""));
        }
        if let (Some(labels), false) = (self.num_labels, self.multi_label) {
            let help = "add `.multi_label(true)`, or leave it out";
            return Err(Problem::argument("num_labels", labels, "none without multi_label", help));
        }
        in_range(self.thresholds.as_deref().unwrap_or_default())
    }

    fn check(&self, y_true: &Shape, y_pred: &Shape) -> Result<(), Problem> {
        self.comparison(&self.levels()).check(&self.name, y_true, y_pred)?;
        let labels = y_pred.dim(-1).filter(|_| y_pred.rank() == 2);
        let weights = self.label_weights.as_ref().map(|w| w.0.len());
        let wrong = |what: String| Err(Problem::mismatch(what, format!("the outputs have shape {y_pred}")));
        if self.multi_label && y_pred.rank() != 2 {
            return wrong(format!("`{}` has multi_label, expected outputs of shape (None, labels)", self.name));
        }
        match (labels, self.num_labels, weights) {
            (Some(n), Some(expected), _) if n != expected => {
                wrong(format!("`{}` has num_labels {expected}, found {n} labels", self.name))
            }
            (Some(n), _, Some(weights)) if n != weights => {
                wrong(format!("`{}` has {weights} label_weights, found {n} labels", self.name))
            }
            _ => Ok(()),
        }
    }

    fn states(&self, _: &[usize], y_pred: &[usize]) -> Vec<State> {
        let thresholds = self.levels().levels.len();
        match self.multi_label {
            true => four_counts(&[thresholds, self.num_labels.or(y_pred.last().copied()).unwrap_or(1)]),
            false => four_counts(&[thresholds]),
        }
    }

    fn update<'g>(
        &self,
        states: &[Value<'g>],
        y_true: Value<'g>,
        y_pred: Value<'g>,
        sample_weight: Option<Value<'g>>,
    ) -> Vec<Value<'g>> {
        let y_pred = if self.from_logits { y_pred.sigmoid() } else { y_pred };
        let levels = self.levels();
        self.comparison(&levels).count(y_true, y_pred, sample_weight).added_to(states)
    }

    fn result(&self, states: &[Vec<f64>]) -> Vec<f64> {
        let counts = rows(states);
        let thresholds = self.levels().levels.len();
        let labels = counts.iter().map(|c| c.len()).min().unwrap_or(0) / thresholds.max(1);
        let of_label = |label: usize| {
            let at = |t: usize| counts.map(|c| c[t * labels + label]);
            self.area(&(0..thresholds).map(at).collect::<Vec<_>>())
        };
        let areas: Vec<f64> = (0..labels).map(of_label).collect();
        vec![match &self.label_weights {
            Some(LabelWeights(weights)) if self.multi_label => {
                let sum = areas.iter().zip(weights).map(|(area, weight)| area * weight).sum();
                ratio(sum, weights.iter().sum())
            }
            _ => areas.iter().sum::<f64>() / labels.max(1) as f64,
        }]
    }
}

/// True positives, false positives, true negatives and false negatives at a threshold.
type Counts = [f64; 4];

impl AUC {
    fn area(&self, counts: &[Counts]) -> f64 {
        let pairs = counts.windows(2);
        if self.curve == Curve::PR && self.summation_method == SummationMethod::Interpolation {
            return pairs.map(|pair| interpolated(pair[0], pair[1])).sum();
        }
        let between = |pair: &[Counts]| {
            let ((x0, y0), (x1, y1)) = (self.point(pair[0]), self.point(pair[1]));
            let height = match self.summation_method {
                SummationMethod::Interpolation => (y0 + y1) / 2.0,
                SummationMethod::Minoring => y0.min(y1),
                SummationMethod::Majoring => y0.max(y1),
            };
            (x0 - x1) * height
        };
        pairs.map(between).sum()
    }

    /// The curve's point at a threshold.
    fn point(&self, [tp, fp, tn, fn_]: Counts) -> (f64, f64) {
        match self.curve {
            Curve::ROC => (ratio(fp, fp + tn), ratio(tp, tp + fn_)),
            Curve::PR => (ratio(tp, tp + fn_), ratio(tp, tp + fp)),
            Curve::PRGAIN if tp == 0.0 => (0.0, 1.0),
            Curve::PRGAIN => {
                let scale = ratio(tp + fn_, tn + fp);
                ((1.0 - scale * fn_ / tp).max(0.0), 1.0 - scale * fp / tp)
            }
        }
    }
}

/// The area under the precision-recall curve between two thresholds, with true and false positives between theirs in
/// proportion. After Davis and Goadrich, *The Relationship Between Precision-Recall and ROC Curves* (2006).
fn interpolated([tp0, fp0, ..]: Counts, [tp1, fp1, _, fn1]: Counts) -> f64 {
    let (p0, p1) = (tp0 + fp0, tp1 + fp1);
    let slope = ratio(tp0 - tp1, (p0 - p1).max(0.0));
    let intercept = tp1 - slope * p1;
    let safe_ratio = if p0 > 0.0 && p1 > 0.0 { p0 / p1 } else { 1.0 };
    ratio(slope * (tp0 - tp1 + intercept * safe_ratio.ln()), (tp1 + fn1).max(0.0))
}
