//! A bounded cache: what was used longest ago goes first.

use indexmap::IndexMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Plans kept by default.
const DEFAULT_CAPACITY: usize = 16;

#[derive(Debug)]
pub(crate) struct Cache<K, V> {
    entries: Mutex<(IndexMap<K, Arc<V>>, usize)>,
}

impl<K, V> Default for Cache<K, V> {
    fn default() -> Self {
        Cache { entries: Mutex::new((IndexMap::new(), DEFAULT_CAPACITY)) }
    }
}

impl<K: Hash + Eq, V> Cache<K, V> {
    /// What is kept for the key, made first if there is nothing. Making does not hold up others.
    pub(crate) fn get_or_make<E>(&self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        {
            let mut guard = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
            let entries = &mut guard.0;
            if let Some(index) = entries.get_index_of(&key) {
                let last = entries.len() - 1;
                entries.move_index(index, last);
                return Ok(entries[last].clone());
            }
        }
        let made = Arc::new(make()?);
        let mut guard = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let (entries, capacity) = &mut *guard;
        entries.insert(key, made.clone());
        while entries.len() > (*capacity).max(1) {
            entries.shift_remove_index(0);
        }
        Ok(made)
    }

    /// What is kept for a key that fits, without allocating.
    pub(crate) fn find(&self, fits: impl Fn(&K) -> bool) -> Option<Arc<V>> {
        let guard = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        guard.0.iter().find(|(key, _)| fits(key)).map(|(_, value)| value.clone())
    }

    pub(crate) fn set_capacity(&self, capacity: usize) {
        let mut guard = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        guard.1 = capacity;
        while guard.0.len() > capacity.max(1) {
            guard.0.shift_remove_index(0);
        }
    }

    pub(crate) fn clear(&self) {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::Cache;

    #[test]
    fn oldest_use_goes_first() {
        let cache = Cache::<usize, usize>::default();
        cache.set_capacity(2);
        let get = |k: usize| cache.get_or_make(k, || Ok::<_, ()>(k * 10)).unwrap();
        assert_eq!([1, 2, 1, 3].map(|k| *get(k)), [10, 20, 10, 30]);
        let mut made = false;
        cache.get_or_make(1, || Ok::<_, ()>(0).inspect(|_| made = true)).unwrap();
        assert!(!made);
        assert_eq!(cache.entries.lock().unwrap().0.len(), 2);
    }
}
