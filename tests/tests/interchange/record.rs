//! What is exchanged beside a model: data, predictions, and what training leads to.

use argali::{ArrayD, Json, Model, View};
use argali_formats::{Array, hdf5, keras, npz};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

/// Samples of a batch.
pub(crate) const BATCH: usize = 4;
/// Batches of the data.
pub(crate) const BATCHES: usize = 5;
/// Bytes that the weights of a model may have.
const LIMIT: u64 = 64 << 20;

/// What is wrong, in words.
pub(crate) type Checked<T = ()> = Result<T, String>;

/// Says where something went wrong.
pub(crate) fn at<T, E: Display>(what: &str, result: Result<T, E>) -> Checked<T> {
    result.map_err(|error| format!("{what}: {error}"))
}

/// Whole numbers stay integers, so that labels are labels.
#[derive(Clone)]
pub(crate) enum Data {
    Labels(ArrayD<i64>),
    Numbers(ArrayD<f64>),
}

impl argali::Arrays for Data {
    fn views(&self) -> Vec<View<'_>> {
        match self {
            Data::Labels(labels) => labels.views(),
            Data::Numbers(numbers) => numbers.views(),
        }
    }
}

impl Data {
    fn batch(&self, batch: usize) -> Data {
        let rows = ndarray::Slice::from(batch * BATCH..(batch + 1) * BATCH);
        match self {
            Data::Labels(labels) => Data::Labels(labels.slice_axis(ndarray::Axis(0), rows).to_owned()),
            Data::Numbers(numbers) => Data::Numbers(numbers.slice_axis(ndarray::Axis(0), rows).to_owned()),
        }
    }

    fn array(&self, is_double: bool) -> Array {
        match self {
            Data::Labels(labels) => labels.mapv(|label| label as i32).into(),
            Data::Numbers(numbers) if is_double => numbers.clone().into(),
            Data::Numbers(numbers) => numbers.mapv(|number| number as f32).into(),
        }
    }
}

/// Inputs and targets of a model, in batches.
pub(crate) struct Batches {
    pub(crate) x: Vec<Data>,
    pub(crate) y: Vec<Data>,
}

impl Batches {
    /// Takes steps of training, each on the next batch.
    pub(crate) fn train(&self, model: &mut Model, steps: usize) -> Checked {
        for step in 0..steps {
            let of_batch = |data: &[Data]| data.iter().map(|d| d.batch(step % BATCHES)).collect::<Vec<_>>();
            at("training", model.train_on_batch(&of_batch(&self.x), &of_batch(&self.y)))?;
        }
        Ok(())
    }

    /// The predictions on the first batch.
    pub(crate) fn predict(&self, model: &Model) -> Checked<Vec<ArrayD<f64>>> {
        let x: Vec<_> = self.x.iter().map(|x| x.batch(0)).collect();
        let predicted = match model.outputs().len() {
            1 => model.predict_as::<f64>(&x, BATCH).map(|y| vec![y]),
            _ => model.predict_all(&x).map(|all| all.iter().map(|y| y.mapv(f64::from)).collect()),
        };
        at("prediction", predicted)
    }
}

/// Named arrays, as `numpy.savez` writes them.
pub(crate) struct Record {
    arrays: BTreeMap<String, Array>,
    is_double: bool,
}

impl Record {
    pub(crate) fn read(path: &Path, is_double: bool) -> Checked<Self> {
        Ok(Record { arrays: at("record", npz::read(path))?, is_double })
    }

    pub(crate) fn new(batches: &Batches, is_double: bool) -> Self {
        let mut record = Record { arrays: BTreeMap::new(), is_double };
        for (name, data) in [("x", &batches.x), ("y", &batches.y)] {
            for (i, data) in data.iter().enumerate() {
                record.arrays.insert(format!("{name}/{i}"), data.array(is_double));
            }
        }
        record
    }

    pub(crate) fn write(&self, path: &Path) -> Checked {
        at("record", npz::write(path, &self.arrays, npz::Compression::Stored))
    }

    pub(crate) fn put(&mut self, name: &str, arrays: Vec<ArrayD<f64>>) {
        for (i, numbers) in arrays.into_iter().enumerate() {
            self.arrays.insert(format!("{name}/{i}"), Data::Numbers(numbers).array(self.is_double));
        }
    }

    /// Iteration and learning rate of a compiled model.
    pub(crate) fn put_state(&mut self, model: &Model) {
        if let Some(rate) = model.learning_rate() {
            self.arrays.insert("learning_rate".into(), ndarray::arr0(rate).into());
            self.arrays.insert("iteration".into(), ndarray::arr0(model.iterations() as i64).into());
        }
    }

    pub(crate) fn list(&self, name: &str) -> Vec<ArrayD<f64>> {
        (0..).map_while(|i| self.arrays.get(&format!("{name}/{i}"))).map(|array| array.clone().into_f64()).collect()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.arrays.contains_key(name)
    }

    pub(crate) fn batches(&self) -> Batches {
        let data = |name: &'static str| {
            let arrays = (0..).map_while(move |i| self.arrays.get(&format!("{name}/{i}")));
            arrays.map(|array| match array.to_i64() {
                Some(labels) => Data::Labels(labels),
                None => Data::Numbers(array.clone().into_f64()),
            })
        };
        Batches { x: data("x").collect(), y: data("y").collect() }
    }

    /// Compares iteration and learning rate with the record's.
    pub(crate) fn check_state(&self, model: &Model, prefix: &str) -> Checked {
        let expected = |name: &str| {
            let array = self.arrays.get(&format!("{prefix}{name}"));
            array.and_then(|array| array.clone().into_f64().first().copied()).ok_or(format!("no {name} recorded"))
        };
        let (iteration, rate) = (expected("iteration")?, expected("learning_rate")?);
        let found = model.learning_rate().ok_or("the model is not compiled")?;
        if model.iterations() as f64 != iteration {
            return Err(format!("{prefix}iteration is {}, expected {iteration}", model.iterations()));
        }
        match (found - rate).abs() <= 1e-6 * rate.abs() {
            true => Ok(()),
            false => Err(format!("{prefix}learning rate is {found}, expected {rate}")),
        }
    }
}

/// Compares arrays relative to the largest expected element.
pub(crate) fn compare(what: &str, found: &[ArrayD<f64>], expected: &[ArrayD<f64>], tolerance: f64) -> Checked {
    if found.len() != expected.len() {
        return Err(format!("{what}: {} arrays, expected {}", found.len(), expected.len()));
    }
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        if found.shape() != expected.shape() {
            return Err(format!("{what} {i}: shape {:?}, expected {:?}", found.shape(), expected.shape()));
        }
        let largest = expected.iter().fold(0.0, |largest: f64, e| largest.max(e.abs()));
        let outside = |(f, e): (&f64, &f64)| (f - e).abs() > tolerance * largest || !f.is_finite();
        if let Some((f, e)) = found.iter().zip(expected).find(|(f, e)| outside((f, e))) {
            return Err(format!("{what} {i}: found {f}, expected {e} among elements up to {largest:.3e}"));
        }
    }
    Ok(())
}

/// All tensors in the weights of a `.keras` file.
pub(crate) fn tensors(path: &Path) -> Checked<BTreeMap<String, Array>> {
    fn collect(group: &hdf5::Group, tensors: &mut BTreeMap<String, Array>) -> argali_formats::Result<()> {
        for name in group.datasets()? {
            let dataset = group.dataset(&name)?;
            tensors.insert(dataset.path().to_owned(), dataset.read()?);
        }
        group.groups()?.iter().try_for_each(|name| collect(&group.group(name)?, tensors))
    }
    let mut all = BTreeMap::new();
    let read = || collect(&keras::open(path)?.weights(LIMIT)?, &mut all);
    at("tensors", { read }())?;
    Ok(all)
}

/// The config in a `.keras` file, without Keras's notes of which objects were one in Python's memory.
pub(crate) fn config(path: &Path) -> Checked<Json> {
    fn forget(json: &mut Json) {
        match json {
            Json::Object(map) => {
                map.shift_remove("shared_object_id");
                map.values_mut().for_each(forget);
            }
            Json::Array(list) => list.iter_mut().for_each(forget),
            _ => (),
        }
    }
    let mut config = at("config", keras::open(path).and_then(|mut file| file.config()))?;
    forget(&mut config);
    Ok(config)
}

/// Integers as one type: Keras's count in 64 bits where JAX has them.
fn widened(array: &Array) -> Array {
    array.to_i64().map_or_else(|| array.clone(), Array::from)
}

/// Compares the tensors of two files: the same paths, shapes and values to the last bit. An optimizer that has not taken
/// a step has no slots in Keras's.
pub(crate) fn same_tensors(found: &Path, expected: &Path, is_untrained: bool) -> Checked {
    let (mut found, expected) = (tensors(found)?, tensors(expected)?);
    if is_untrained {
        found.retain(|path, _| expected.contains_key(path) || !path.starts_with("optimizer/"));
    }
    let paths: Vec<_> = found.keys().filter(|path| !expected.contains_key(*path)).collect();
    let missing: Vec<_> = expected.keys().filter(|path| !found.contains_key(*path)).collect();
    if !paths.is_empty() || !missing.is_empty() {
        return Err(format!("tensors {paths:?} are written that Keras's file does not have, {missing:?} are not"));
    }
    match expected.iter().find(|(path, array)| found.get(*path).map(widened) != Some(widened(array))) {
        Some((path, array)) => Err(format!("tensor {path} is {:?}, expected {array:?}", found.get(path))),
        None => Ok(()),
    }
}
