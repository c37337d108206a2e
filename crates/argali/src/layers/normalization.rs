use super::axes::{kept, no_axis, others};
use super::*;
use crate::data::Arrays;
use crate::initializers::Values;
use crate::options::AxisList;
use crate::{Error, settings};
use argali_engine::Buffer;
use ndarray::{Array, ArrayD, IxDyn};

layer! {
    /// Shifts and scales features by means and variances that are given or measured on data:
    /// `(x - mean) / √variance`.
    ///
    /// | | shape |
    /// |---|---|
    /// | input | any; integers become floating-point numbers |
    /// | output | as the input |
    /// | weights | unless given, not trained `mean`, `variance`, each of the lengths of the kept axes, and `count ()` |
    ///
    /// # Errors
    ///
    /// [`Problem::Argument`] if the input does not have the axes, or unless `mean` and `variance` have one shape that
    /// broadcasts to the kept axes, [`Problem::Unknown`] if a kept axis has no known length.
    ///
    /// # Examples
    ///
    /// ```
    /// use argali::prelude::*;
    /// let data = ndarray::array![[0.0, 7.0, 4.0], [2.0, 9.0, 6.0], [0.0, 7.0, 4.0], [2.0, 9.0, 6.0]];
    /// let layer = Normalization::new().adapt(&data)?;
    /// let y = layer.apply(&ndarray::array![[0.0, 7.0, 4.0]])?;
    /// assert_eq!(y, ndarray::array![[-1.0, -1.0, -1.0]].into_dyn());
    /// # Ok::<(), argali::Error>(())
    /// ```
    ///
    /// Keras: `keras.layers.Normalization`.
    #[doc(alias = "layer_normalization")]
    pub struct Normalization(Class::layer("Normalization")) {
        ..
        /// The axis, or several, whose positions have a mean and variance of their own; `AxisList(None)` for one mean and
        /// variance of everything. Default -1, the last.
        axis: AxisList as impl Into<AxisList> = AxisList(Some(vec![-1])),
        /// Whether to compute `x · √variance + mean` instead. Default `false`.
        invert: bool = false,
        /// The means, given together with `variance`. Default: measured by [`adapt`](Self::adapt).
        mean: Option<Values> as Values = None,
        /// The variances, given together with `mean`. Default: measured by [`adapt`](Self::adapt).
        variance: Option<Values> as Values = None,
    }
}

impl Normalization {
    /// The layer with means and variances of these samples, before training.
    ///
    /// # Errors
    ///
    /// If the layer can't take such samples, or `mean` and `variance` are given.
    pub fn adapt(mut self, samples: &impl Arrays) -> Result<Self> {
        let views = samples.views();
        let [view] = &views[..] else {
            return Err(Error::new(Problem::Inputs { expected: "one array", found: views.len() }));
        };
        if self.mean.is_some() {
            let help = "leave out `mean` and `variance` to measure them";
            return Err(Error::new(Problem::data("mean and variance are given, nothing is measured", help)));
        }
        let shape = Shape::from(view.shape());
        let axes = self.kept_axes(&shape).map_err(|p| Error::new(p).at_layer("normalization"))?;
        let samples = ArrayD::from_shape_vec(IxDyn(view.shape()), view.to_buffer().as_slice().to_f64());
        let samples = samples.map_err(|e| Error::new(Problem::data(e.to_string(), "")))?;
        if samples.is_empty() {
            return Err(Error::new(Problem::data("no samples to measure", "give at least one")));
        }
        let reduced = others(shape.rank(), &axes);
        let over = |array: &ArrayD<f64>| {
            reduced.iter().rev().fold(array.clone(), |a, axis| {
                let len = a.len_of(ndarray::Axis(*axis)) as f64;
                a.sum_axis(ndarray::Axis(*axis)) / len
            })
        };
        let mean = over(&samples);
        let broadcast = mean.clone().into_shape_with_order(IxDyn(&kept(view.shape(), &axes)));
        let centered = samples - broadcast.map_err(|e| Error::new(Problem::data(e.to_string(), "")))?;
        let variance = over(&centered.mapv(|x| x * x));
        self.on.set_weights(&[mean, variance, Array::zeros(IxDyn(&[]))]);
        Ok(self)
    }

    /// The axes that keep their positions, ascending.
    fn kept_axes(&self, input: &Shape) -> Result<Vec<usize>, Problem> {
        let given = self.axis.0.as_deref().unwrap_or_default();
        let index = |axis: &isize| input.axis(*axis).ok_or_else(|| no_axis("axis", format!("{given:?}"), input.rank()));
        let mut axes = given.iter().map(index).collect::<Result<Vec<_>, _>>()?;
        axes.sort_unstable();
        axes.dedup();
        Ok(axes)
    }

    fn given(&self) -> Option<(&Values, &Values)> {
        self.mean.as_ref().zip(self.variance.as_ref())
    }
}

impl Layer for Normalization {
    fn config_value(&self, key: &str, value: Json, _: Option<&[Shape]>) -> Json {
        match key {
            "axis" => crate::value(&self.axis.0.as_deref().unwrap_or_default()),
            _ => value,
        }
    }

    fn validate(&self) -> Result<(), Problem> {
        let axes = self.axis.0.as_deref().unwrap_or_default().len();
        match (&self.mean, &self.variance) {
            (None, None) => Ok(()),
            (Some(mean), Some(variance)) if mean.shape() != variance.shape() => {
                let found = format!("of shape {:?}", variance.shape());
                let help = "give as many means as variances";
                Err(Problem::argument("variance", found, format!("shape {:?}, as `mean` has", mean.shape()), help))
            }
            (Some(mean), Some(_)) if mean.shape().len() > axes => {
                let found = format!("of shape {:?}", mean.shape());
                Err(Problem::argument("mean", found, format!("at most {axes} axes, as `axis` names"), "name more axes"))
            }
            (Some(_), Some(_)) => Ok(()),
            (Some(_), None) => Err(Problem::argument("variance", "none", "values, as `mean` has", "give both or none")),
            (None, Some(_)) => Err(Problem::argument("mean", "none", "values, as `variance` has", "give both or none")),
        }
    }

    fn output_shape(&self, input: &Shape) -> Result<Shape, Problem> {
        let lengths = self.kept_axes(input)?.into_iter().map(|axis| known(input.0[axis], "kept", "mean"));
        let lengths = lengths.collect::<Result<Vec<_>, _>>()?;
        if let Some((mean, _)) = self.given() {
            mean.broadcast(&lengths).map_err(|_| {
                let expected = format!("values that broadcast to {lengths:?}, the lengths of the kept axes");
                Problem::argument("mean", format!("of shape {:?}", mean.shape()), expected, "give one per position")
            })?;
        }
        Ok(input.clone())
    }

    fn weights(&self, input: &Shape) -> Result<Vec<Weight>, Problem> {
        if self.given().is_some() {
            return Ok(Vec::new());
        }
        let lengths = self.kept_axes(input)?.into_iter().map(|axis| known(input.0[axis], "kept", "mean"));
        let lengths = lengths.collect::<Result<Vec<_>, _>>()?;
        let weight = |name, shape: Vec<usize>, kind| Weight::new(name, shape, kind).not_trainable();
        Ok(vec![
            weight("mean", lengths.clone(), InitializerKind::Zeros),
            weight("variance", lengths, InitializerKind::Ones),
            weight("count", Vec::new(), InitializerKind::Zeros),
        ])
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        let x = call.input().cast(call.dtype);
        let shape = x.shape();
        let axes = self.kept_axes(&shape[..].into()).unwrap_or_default();
        let broadcast = kept(&shape, &axes);
        let lengths: Vec<_> = axes.iter().map(|axis| shape[*axis]).collect();
        let constant = |values: &Values| {
            let values = values.broadcast(&lengths).unwrap_or_else(|_| vec![0.0; lengths.iter().product()]);
            call.graph.constant(Buffer::F64(values).cast(call.dtype), &broadcast)
        };
        let (mean, variance) = match (self.given(), call.weights) {
            (Some((mean, variance)), _) => (constant(mean), constant(variance)),
            (None, [mean, variance, ..]) => (mean.reshape(&broadcast), variance.reshape(&broadcast)),
            _ => return vec![x],
        };
        let deviation = variance.sqrt().at_least(settings::current().epsilon);
        vec![if self.invert { x * deviation + mean } else { (x - mean) / deviation }]
    }

    fn supports_masking(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::AxisList;
    use crate::prelude::*;
    use ndarray::Array3;

    #[test]
    fn equals_keras() {
        crate::testing::check_layer("Normalization");
    }

    #[test]
    fn adapts_along_every_axis_but_those_kept() {
        let samples = Array3::from_shape_fn((2, 3, 2), |(b, t, c)| (b * 6 + t * 2 + c) as f64);
        let weights = |layer: Normalization| {
            let model = Sequential::new().input([3, 2]).layer(layer.adapt(&samples).unwrap()).build().unwrap();
            model.get_weights().unwrap().iter().map(|w| w.iter().copied().collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        let [mean, variance, count] = &weights(Normalization::new())[..] else { panic!("three weights") };
        assert_eq!((mean, count), (&vec![5.0, 6.0], &vec![0.0]));
        assert!(variance.iter().all(|v| (v - 35.0 / 3.0).abs() < 1e-5), "{variance:?}");
        assert_eq!(weights(Normalization::new().axis(AxisList(None)))[0], [5.5]);
        assert_eq!(weights(Normalization::new().axis([2, 1]))[1], [9.0; 6]);
    }

    #[test]
    fn inverting_undoes() {
        let samples = ndarray::array![[1.0, 8.0], [3.0, 4.0], [5.0, 0.0]];
        let there = Normalization::new().adapt(&samples).unwrap().apply(&samples).unwrap();
        let back = Normalization::new().invert(true).adapt(&samples).unwrap().apply(&there).unwrap();
        assert!(back.iter().zip(&samples).all(|(a, b)| (f64::from(*a) - b).abs() < 1e-6), "{back}");
    }

    #[test]
    fn what_can_not_be_measured_is_refused() {
        let none = ndarray::Array2::<f32>::zeros((0, 2));
        assert!(Normalization::new().adapt(&none).is_err());
        assert!(Normalization::new().axis(2).adapt(&ndarray::array![[1.0]]).is_err());
        let given = Normalization::new().mean(1.0.into()).variance(2.0.into());
        assert!(given.adapt(&ndarray::array![[1.0]]).is_err());
    }
}
