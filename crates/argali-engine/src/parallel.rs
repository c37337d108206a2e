//! Work cut into chunks that do not depend on the number of threads.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

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

/// Calls `f` with the index and the elements of each pair of chunks of two outputs, on several threads if there is
/// enough work.
///
/// `work` is the work per element of `first`, in units of one addition. Both have as many chunks.
pub(crate) fn for_each_chunk_pair<T: Send, U: Send>(
    (first, first_chunk): (&mut [T], usize),
    (second, second_chunk): (&mut [U], usize),
    work: usize,
    f: impl Fn(usize, &mut [T], &mut [U]) + Send + Sync,
) {
    let (first_chunk, second_chunk) = (first_chunk.max(1), second_chunk.max(1));
    if first.len().saturating_mul(work) < SERIAL || first.len() <= first_chunk || rayon::current_num_threads() == 1 {
        let chunks = first.chunks_mut(first_chunk).zip(second.chunks_mut(second_chunk));
        chunks.enumerate().for_each(|(i, (a, b))| f(i, a, b));
    } else {
        let chunks = first.par_chunks_mut(first_chunk).zip(second.par_chunks_mut(second_chunk));
        chunks.enumerate().for_each(|(i, (a, b))| f(i, a, b));
    }
}

/// Calls `f` with the index and the elements of each chunk of several outputs, on several threads if there is enough
/// work.
///
/// Outputs that are shorter than the first get shorter chunks, or none. `work` is the work per element of the first, in
/// units of one addition.
pub fn for_each_chunk_of<T: Send, const N: usize>(
    outputs: [&mut [T]; N],
    chunk: usize,
    work: usize,
    f: impl Fn(usize, [&mut [T]; N]) + Send + Sync,
) {
    let len = outputs.first().map_or(0, |first| first.len());
    let serial = len.saturating_mul(work) < SERIAL || rayon::current_num_threads() == 1;
    halve(outputs, 0, chunk.max(1), serial, &f);
}

fn halve<T: Send, const N: usize>(
    outputs: [&mut [T]; N],
    first: usize,
    chunk: usize,
    serial: bool,
    f: &(impl Fn(usize, [&mut [T]; N]) + Send + Sync),
) {
    let chunks = outputs.first().map_or(0, |output| output.len()).div_ceil(chunk);
    if chunks <= 1 {
        return f(first, outputs);
    }
    let half = chunks / 2;
    let mut later: [&mut [T]; N] = std::array::from_fn(|_| Default::default());
    let mut ends = later.iter_mut();
    let earlier = outputs.map(|output| {
        let (start, end) = output.split_at_mut(output.len().min(half * chunk));
        if let Some(later) = ends.next() {
            *later = end;
        }
        start
    });
    if serial {
        halve(earlier, first, chunk, serial, f);
        halve(later, first + half, chunk, serial, f);
    } else {
        let earlier = || halve(earlier, first, chunk, serial, f);
        rayon::join(earlier, || halve(later, first + half, chunk, serial, f));
    }
}

/// Pools of threads by their number, which stay once they were asked for.
static POOLS: Mutex<BTreeMap<usize, Arc<ThreadPool>>> = Mutex::new(BTreeMap::new());

fn pool(threads: usize) -> Option<Arc<ThreadPool>> {
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pool) = pools.get(&threads) {
        return Some(pool.clone());
    }
    let pool = Arc::new(ThreadPoolBuilder::new().num_threads(threads).build().ok()?);
    pools.insert(threads, pool.clone());
    Some(pool)
}

/// Runs `f` with this many threads for the operations of all plans it runs.
///
/// The number never changes a bit of any result. If the threads can't be had, `f` runs with those there are.
pub fn with_threads<R: Send>(threads: usize, f: impl FnOnce() -> R + Send) -> R {
    match pool(threads.max(1)) {
        Some(pool) => pool.install(f),
        None => f(),
    }
}

/// Tasks that heavy work is cut into at most, each with working storage of its own.
pub(crate) const TASKS: usize = 32;

/// Rows of one task: all tasks but the last have as many, and none has few.
pub(crate) fn task_rows(rows: usize, least: usize) -> usize {
    rows.div_ceil(TASKS).max(least).max(1)
}
