//! Weights with identity: drawn at the first use, shared between models, read as one whole step's snapshot.

use crate::layer::Weight;
use crate::{Problem, Result};
use argali_engine::random::Key;
use argali_engine::{Buffer, DType};
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// Held while the weights of a step are replaced (writing) or a snapshot is taken (reading), never while computing.
static COMMIT: RwLock<()> = RwLock::new(());

/// A weight of a layer that is part of a model.
pub(crate) struct Variable {
    pub(crate) spec: Weight,
    pub(crate) dtype: DType,
    value: RwLock<Option<Arc<Buffer>>>,
}

impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} of {}", self.spec.name, self.spec.shape, self.dtype)
    }
}

impl Variable {
    pub(crate) fn new(spec: Weight, dtype: DType) -> Self {
        Variable { spec, dtype, value: RwLock::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.spec.shape.iter().product()
    }

    /// A variable of its own with the same value.
    pub(crate) fn fork(&self) -> Self {
        Variable { spec: self.spec.clone(), dtype: self.dtype, value: RwLock::new(self.value()) }
    }

    /// Its value, `None` before it is drawn.
    pub(crate) fn value(&self) -> Option<Arc<Buffer>> {
        self.value.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, value: Arc<Buffer>) -> Option<Arc<Buffer>> {
        self.value.write().unwrap_or_else(PoisonError::into_inner).replace(value)
    }

    /// Draws the first value, unless there is one.
    pub(crate) fn draw(&self, key: Key) -> Result<(), Problem> {
        let mut value = self.value.write().unwrap_or_else(PoisonError::into_inner);
        if value.is_none() {
            *value = Some(Arc::new(self.spec.draw(key, self.dtype)?));
        }
        Ok(())
    }
}

/// The values of some variables as one whole step left them.
///
/// Variables that are not drawn yet are missing; draw them first.
pub(crate) fn snapshot<'v>(variables: impl IntoIterator<Item = &'v Arc<Variable>>, into: &mut Vec<Arc<Buffer>>) {
    let _whole_step = COMMIT.read().unwrap_or_else(PoisonError::into_inner);
    into.extend(variables.into_iter().filter_map(|v| v.value()));
}

/// Replaces the values of some variables, all together, and returns the old ones.
pub(crate) fn commit<'v>(values: impl IntoIterator<Item = (&'v Arc<Variable>, Arc<Buffer>)>) -> Vec<Arc<Buffer>> {
    let _whole_step = COMMIT.write().unwrap_or_else(PoisonError::into_inner);
    values.into_iter().filter_map(|(variable, value)| variable.put(value)).collect()
}
