use crate::chain::{Common, Handle, IntoLayer};
use crate::instance::Instance;
use crate::layer::{Call, Layer};
use crate::policy::Policy;
use crate::shape::IntoDim;
use crate::{Class, Config, Json, Keys, Problem, Result, Shape, Tensor};
use argali_engine::{DType, Value};
use std::panic::Location;

/// Where data enters a model.
///
/// [`input`](crate::input) makes one with a tensor on it; use the layer itself for a name, a fixed batch size or
/// integer elements.
///
/// | | shape |
/// |---|---|
/// | output | `(batch, ..)` as given |
///
/// # Examples
///
/// ```
/// use argali::prelude::*;
/// let x = InputLayer::new([128, 9]).name("sensors").tensor();
/// let model = Model::new(&x, x.dense(4))?;
/// assert_eq!(model.layers()[0].name(), "sensors");
/// # Ok::<(), argali::Error>(())
/// ```
///
/// Keras: `keras.Input`, `keras.layers.InputLayer`.
#[derive(Clone, Debug)]
#[must_use = "an input is of use once `tensor` is called"]
pub struct InputLayer {
    pub(crate) shape: Shape,
    dtype: Option<String>,
    sparse: bool,
    ragged: bool,
    optional: bool,
    name: Option<String>,
    at: &'static Location<'static>,
}

impl InputLayer {
    /// An input for samples of this shape, without the batch axis.
    #[track_caller]
    pub fn new<D: IntoDim>(shape: impl IntoIterator<Item = D>) -> Self {
        Self::of_batch(Shape::of_samples(shape))
    }

    /// An input for batches of this shape.
    #[track_caller]
    pub fn of_batch(shape: Shape) -> Self {
        let at = Location::caller();
        InputLayer { shape, dtype: None, sparse: false, ragged: false, optional: false, name: None, at }
    }

    /// Number of samples in every batch. Default: any.
    pub fn batch_size(mut self, size: usize) -> Self {
        if let Some(batch) = self.shape.0.first_mut() {
            *batch = Some(size);
        }
        self
    }

    /// Name of the layer within its model. Default `input_layer`, numbered.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Element type by Keras's name: `float32`, `float64`, `int32`, … Default: `floatx` of `keras.json`.
    pub fn dtype(mut self, dtype: impl Into<String>) -> Self {
        self.dtype = Some(dtype.into());
        self
    }

    pub(crate) fn element(self, dtype: DType, policy: Policy) -> Self {
        self.dtype(if dtype.is_float() { policy.dtype().to_string() } else { dtype.to_string() })
    }

    /// The symbolic tensor that layers are put on.
    pub fn tensor(self) -> Tensor {
        let at = self.at;
        Tensor::call(self.into_handle(at).0, Vec::new())
    }

    /// Whether it is dense and must be given.
    pub(crate) fn is_plain(&self) -> bool {
        !(self.sparse || self.ragged || self.optional)
    }

    pub(crate) fn dtype_name(&self) -> String {
        let floatx = || crate::settings::current().floatx.dtype().to_string();
        self.dtype.clone().unwrap_or_else(floatx)
    }

    /// The type its elements have inside the model.
    pub(crate) fn element_type(&self) -> DType {
        match self.dtype.as_deref() {
            None => crate::settings::current().floatx.dtype(),
            Some("float64") => DType::F64,
            Some(name) if name.contains("int") || name == "bool" => DType::I64,
            Some(_) => DType::F32,
        }
    }
}

impl IntoLayer for InputLayer {
    fn into_handle(self, _: &'static Location<'static>) -> Handle {
        let common = Common { name: self.name.clone(), ..Common::at(Some(self.at)) };
        Handle(Instance::layer(self, common))
    }
}

impl Config for InputLayer {
    const CLASS: Class = Class::layer("InputLayer");
    const KEYS: &'static [&'static str] = &["batch_shape", "dtype", "sparse", "ragged", "optional"];

    fn write(&self, key: &mut dyn FnMut(&str, Json)) {
        key("batch_shape", crate::value(&self.shape));
        key("dtype", self.dtype_name().into());
        key("sparse", self.sparse.into());
        key("ragged", self.ragged.into());
        key("optional", self.optional.into());
    }

    fn read(config: &mut Keys) -> Result<Self, Problem> {
        let shape = match config.maybe("batch_shape")? {
            Some(shape) => shape,
            None => config.required("batch_input_shape")?,
        };
        let mut layer = InputLayer::of_batch(shape);
        layer.dtype = config.maybe("dtype")?;
        config.optional("sparse", &mut layer.sparse)?;
        config.optional("ragged", &mut layer.ragged)?;
        config.optional("optional", &mut layer.optional)?;
        Ok(layer)
    }
}

impl Layer for InputLayer {
    const WRITES_BUILD_CONFIG: bool = false;

    fn validate(&self) -> Result<(), Problem> {
        let name = self.dtype_name();
        let known = [
            "float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16",
            "uint32", "uint64", "bool",
        ];
        if known.contains(&name.as_str()) {
            return Ok(());
        }
        Err(Problem::argument("dtype", format!("\"{name}\""), known.join(", "), "take one of these"))
    }

    fn output_shapes(&self, _: &[Shape]) -> Result<Vec<Shape>, Problem> {
        Ok(vec![self.shape.clone()])
    }

    fn call<'g>(&self, call: &Call<'_, 'g>) -> Vec<Value<'g>> {
        call.inputs.to_vec()
    }
}
