//! Kernels compiled for several instruction sets, of which the best is chosen at run time.

mod vectors;

use vectors::Array;
pub(crate) use vectors::{Vector, Vectors};

/// A computation on blocks of numbers that fit the registers.
///
/// `run` and everything it calls must be inlined, closures too, or it is compiled for the least processor.
pub(crate) trait Kernel<T> {
    /// Computes with `MR` rows of `NV` vectors at a time.
    fn run<V: Vector<T>, const MR: usize, const NV: usize>(self);
}

/// A loop over elements that the compiler turns into vector instructions.
///
/// `run` and everything it calls must be inlined, closures too, or it is compiled for the least processor.
pub(crate) trait Loop {
    /// Runs the loop.
    fn run(self);
}

/// Runs a loop compiled for the best the processor has. No bit of its results depends on that.
pub(crate) fn run_loop(elements: impl Loop) {
    match Level::detect() {
        Level::Portable => elements.run(),
        // SAFETY: the processor has what the function is compiled for.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => unsafe { loop_avx2(elements) },
        // SAFETY: the processor has what the function is compiled for.
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => unsafe { loop_avx512(elements) },
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn loop_avx2(elements: impl Loop) {
    elements.run();
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx2")]
fn loop_avx512(elements: impl Loop) {
    elements.run();
}

/// What the processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Vectors of 16 bytes, which all processors have.
    Portable,
    /// AVX2 with FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with FMA.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Level {
    /// The best the processor has.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn detect() -> Self {
        #[cfg(test)]
        if let Some(level) = FORCED.get() {
            return level;
        }
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("fma") {
            Level::Avx512
        } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            Level::Avx2
        } else {
            Level::Portable
        }
    }

    /// The best the processor has.
    #[cfg(not(target_arch = "x86_64"))]
    pub(crate) fn detect() -> Self {
        Level::Portable
    }

    /// All that the processor has.
    #[cfg(test)]
    pub(crate) fn all() -> Vec<Self> {
        let mut levels = vec![Level::Portable];
        #[cfg(target_arch = "x86_64")]
        if Self::detect() == Level::Avx512 {
            levels.extend([Level::Avx2, Level::Avx512]);
        }
        levels.push(Self::detect());
        levels
    }

    /// Numbers of a full block's row.
    fn widest<T>(self) -> usize {
        let bytes = match self {
            Level::Portable => 32,
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => 64,
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => 128,
        };
        bytes / size_of::<T>()
    }
}

#[cfg(test)]
thread_local! {
    /// Level that tests ask for, of those the processor has.
    pub(crate) static FORCED: std::cell::Cell<Option<Level>> = const { std::cell::Cell::new(None) };
}

/// Width of the blocks that cover `columns` columns: the narrowest of those that need the fewest.
pub(crate) fn covering_width<T: Vectors>(columns: usize) -> usize {
    let widest = Level::detect().widest::<T>();
    columns.next_power_of_two().clamp(4, widest)
}

/// Numbers of a full block's row.
pub(crate) fn widest<T: Vectors>() -> usize {
    Level::detect().widest::<T>()
}

/// Width of the widest blocks for kernels that hold one vector of weights for several rows.
pub(crate) fn broad_width<T: Vectors>(columns: usize) -> usize {
    let broad = 2 * Level::detect().widest::<T>();
    if columns >= broad { broad } else { fitting_width::<T>(columns) }
}

/// Width of the widest blocks that fit into `columns` columns.
pub(crate) fn fitting_width<T: Vectors>(columns: usize) -> usize {
    let widest = Level::detect().widest::<T>().min(columns.max(1));
    1 << widest.ilog2()
}

/// Runs a kernel with blocks of `width` columns, which is one of the widths above.
pub(crate) fn run<T: Vectors>(width: usize, kernel: impl Kernel<T>) {
    match Level::detect() {
        Level::Portable => portable(width, kernel),
        // SAFETY: the processor has what the function is compiled for.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => unsafe { avx2(width, kernel) },
        // SAFETY: the processor has what the function is compiled for.
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => unsafe { avx512(width, kernel) },
    }
}

fn portable<T: Vectors>(width: usize, kernel: impl Kernel<T>) {
    let lanes = T::Bits128::LANES;
    match width {
        w if w == 4 * lanes => kernel.run::<T::Bits128, 2, 4>(),
        w if w == 2 * lanes => kernel.run::<T::Bits128, 4, 2>(),
        w if w == lanes => kernel.run::<T::Bits128, 4, 1>(),
        2 => kernel.run::<Array<T, 2>, 4, 1>(),
        _ => kernel.run::<Array<T, 1>, 4, 1>(),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2<T: Vectors>(width: usize, kernel: impl Kernel<T>) {
    let lanes = T::Bits256::LANES;
    match width {
        w if w == 4 * lanes => kernel.run::<T::Bits256, 2, 4>(),
        w if w == 2 * lanes => kernel.run::<T::Bits256, 4, 2>(),
        w if w == lanes => kernel.run::<T::Bits256, 4, 1>(),
        w if w == lanes / 2 => kernel.run::<T::Bits128, 4, 1>(),
        2 => kernel.run::<Array<T, 2>, 4, 1>(),
        _ => kernel.run::<Array<T, 1>, 4, 1>(),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx2,fma")]
fn avx512<T: Vectors>(width: usize, kernel: impl Kernel<T>) {
    let lanes = T::Bits512::LANES;
    match width {
        w if w == 4 * lanes => kernel.run::<T::Bits512, 4, 4>(),
        w if w == 2 * lanes => kernel.run::<T::Bits512, 8, 2>(),
        w if w == lanes => kernel.run::<T::Bits512, 8, 1>(),
        w if w == lanes / 2 => kernel.run::<T::Bits256, 8, 1>(),
        w if w == lanes / 4 => kernel.run::<T::Bits128, 8, 1>(),
        2 => kernel.run::<Array<T, 2>, 8, 1>(),
        _ => kernel.run::<Array<T, 1>, 8, 1>(),
    }
}
