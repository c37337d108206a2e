//! Vectors of a few numbers: portable ones, and those of the x86-64 extensions.

#![allow(clippy::needless_range_loop, reason = "kernels rely on inlining, which iterators do not promise")]

use crate::buffer::Real;

/// A vector of numbers. Its functions must be called where the processor is known to have what they need.
pub(crate) trait Vector<T>: Copy {
    /// Numbers of a vector.
    const LANES: usize;
    /// One number in all lanes.
    fn splat(number: T) -> Self;
    /// The first numbers of a slice, which has enough of them.
    fn load(from: &[T]) -> Self;
    /// Writes to the beginning of a slice, which is long enough.
    fn store(self, to: &mut [T]);
    /// `self + other`
    fn add(self, other: Self) -> Self;
    /// The larger of each lane; `other` if one is not a number or both are zero.
    fn max(self, other: Self) -> Self;
    /// `self · a + b`
    fn multiply_add(self, a: Self, b: Self) -> Self;
}

/// A type of number that there are vectors of.
pub(crate) trait Vectors: Real {
    /// Of 512 bits, where the architecture has them.
    type Bits512: Vector<Self>;
    /// Of 256 bits, where the architecture has them.
    type Bits256: Vector<Self>;
    /// Of 128 bits, on every processor.
    type Bits128: Vector<Self>;
}

/// A vector that every processor has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Array<T, const LANES: usize>([T; LANES]);

impl<T: Real, const N: usize> Vector<T> for Array<T, N> {
    const LANES: usize = N;

    #[inline(always)]
    fn splat(number: T) -> Self {
        Array([number; N])
    }

    #[inline(always)]
    fn load(from: &[T]) -> Self {
        let mut lanes = [T::zero(); N];
        lanes.copy_from_slice(&from[..N]);
        Array(lanes)
    }

    #[inline(always)]
    fn store(self, to: &mut [T]) {
        to[..N].copy_from_slice(&self.0);
    }

    #[inline(always)]
    fn add(mut self, other: Self) -> Self {
        for lane in 0..N {
            self.0[lane] += other.0[lane];
        }
        self
    }

    #[inline(always)]
    fn max(mut self, other: Self) -> Self {
        for lane in 0..N {
            self.0[lane] = if self.0[lane] > other.0[lane] { self.0[lane] } else { other.0[lane] };
        }
        self
    }

    #[inline(always)]
    fn multiply_add(mut self, a: Self, b: Self) -> Self {
        for lane in 0..N {
            self.0[lane] = if cfg!(target_arch = "aarch64") {
                self.0[lane].mul_add(a.0[lane], b.0[lane])
            } else {
                self.0[lane] * a.0[lane] + b.0[lane]
            };
        }
        self
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod others {
    use super::{Array, Vectors};

    impl Vectors for f32 {
        type Bits512 = Array<f32, 4>;
        type Bits256 = Array<f32, 4>;
        type Bits128 = Array<f32, 4>;
    }

    impl Vectors for f64 {
        type Bits512 = Array<f64, 2>;
        type Bits256 = Array<f64, 2>;
        type Bits128 = Array<f64, 2>;
    }
}

#[cfg(target_arch = "x86_64")]
mod x86_64 {
    use super::{Array, Vector, Vectors};
    use std::arch::x86_64::*;

    macro_rules! vectors {
        ($($V:ty: [$T:ty; $N:literal], $splat:ident $load:ident $store:ident $add:ident $max:ident $fma:ident;)*) => {
            $(impl Vector<$T> for $V {
                const LANES: usize = $N;

                #[inline(always)]
                fn splat(number: $T) -> Self {
                    // SAFETY: called only where the processor has the instruction; see `run`.
                    unsafe { $splat(number) }
                }

                #[inline(always)]
                fn load(from: &[$T]) -> Self {
                    // SAFETY: as above; the numbers read are those of the slice just cut.
                    unsafe { $load(from[..$N].as_ptr()) }
                }

                #[inline(always)]
                fn store(self, to: &mut [$T]) {
                    // SAFETY: as above; the numbers written are those of the slice just cut.
                    unsafe { $store(to[..$N].as_mut_ptr(), self) }
                }

                #[inline(always)]
                fn add(self, other: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $add(self, other) }
                }

                #[inline(always)]
                fn max(self, other: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $max(self, other) }
                }

                #[inline(always)]
                fn multiply_add(self, a: Self, b: Self) -> Self {
                    // SAFETY: as above.
                    unsafe { $fma(self, a, b) }
                }
            })*
        };
    }

    vectors! {
        __m512: [f32; 16],
            _mm512_set1_ps _mm512_loadu_ps _mm512_storeu_ps _mm512_add_ps _mm512_max_ps _mm512_fmadd_ps;
        __m512d: [f64; 8],
            _mm512_set1_pd _mm512_loadu_pd _mm512_storeu_pd _mm512_add_pd _mm512_max_pd _mm512_fmadd_pd;
        __m256: [f32; 8],
            _mm256_set1_ps _mm256_loadu_ps _mm256_storeu_ps _mm256_add_ps _mm256_max_ps _mm256_fmadd_ps;
        __m256d: [f64; 4],
            _mm256_set1_pd _mm256_loadu_pd _mm256_storeu_pd _mm256_add_pd _mm256_max_pd _mm256_fmadd_pd;
    }

    impl Vectors for f32 {
        type Bits512 = __m512;
        type Bits256 = __m256;
        type Bits128 = Array<f32, 4>;
    }

    impl Vectors for f64 {
        type Bits512 = __m512d;
        type Bits256 = __m256d;
        type Bits128 = Array<f64, 2>;
    }
}
