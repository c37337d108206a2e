//! Work cut into chunks that do not depend on the number of threads.

use rayon::prelude::*;

/// Elements of simple work below which a second thread costs more than it brings.
const SERIAL: usize = 1 << 15;

/// Elements of simple work that one chunk holds.
pub(crate) const CHUNK: usize = 1 << 14;

/// Calls `f` with the index and elements of each chunk of `chunk` elements, on several threads if there is enough work.
///
/// `work` is the work per element of `output`, in units of one addition.
pub fn for_each_chunk<T: Send>(output: &mut [T], chunk: usize, work: usize, f: impl Fn(usize, &mut [T]) + Send + Sync) {
    let chunk = chunk.max(1);
    if output.len().saturating_mul(work) < SERIAL || output.len() <= chunk || rayon::current_num_threads() == 1 {
        output.chunks_mut(chunk).enumerate().for_each(|(i, c)| f(i, c));
    } else {
        output.par_chunks_mut(chunk).enumerate().for_each(|(i, c)| f(i, c));
    }
}

/// Runs `f` with at most this many threads for the operations of all plans it runs.
///
/// The number never changes a bit of any result. If the threads can't be had, `f` runs with those there are.
pub fn with_threads<R: Send>(threads: usize, f: impl FnOnce() -> R + Send) -> R {
    match rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build() {
        Ok(pool) => pool.install(f),
        Err(_) => f(),
    }
}
