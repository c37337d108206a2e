//! Element types and the flat storage of tensors.

use crate::elementary;
use std::fmt;

/// Type of the elements of a tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DType {
    /// 32-bit floating point.
    F32,
    /// 64-bit floating point.
    F64,
    /// 64-bit signed integer: labels, indices, steps and seeds.
    I64,
}

impl DType {
    /// Size of one element in bytes.
    pub fn size(self) -> usize {
        match self {
            DType::F32 => 4,
            DType::F64 | DType::I64 => 8,
        }
    }

    /// Whether the type is a floating-point one.
    pub fn is_float(self) -> bool {
        self != DType::I64
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DType::F32 => "float32",
            DType::F64 => "float64",
            DType::I64 => "int64",
        })
    }
}

/// A type that tensors can hold.
pub trait Element: Copy + Default + PartialOrd + fmt::Debug + Send + Sync + 'static {
    /// The element type's tag.
    const DTYPE: DType;
    /// The elements of a slice of this type, `None` if it is of another.
    fn of(slice: Slice<'_>) -> Option<&[Self]>;
    /// The elements of a mutable slice of this type, `None` if it is of another.
    fn of_mut(slice: SliceMut<'_>) -> Option<&mut [Self]>;
    /// The vector inside a buffer of this type, `None` if it is of another.
    fn vec(buffer: Buffer) -> Option<Vec<Self>>;
    /// Nearest value to a 64-bit float; integers are truncated toward zero.
    fn from_f64(value: f64) -> Self;
    /// The value as a 64-bit float.
    fn to_f64(self) -> f64;
}

macro_rules! elements {
    ($($T:ty as $Tag:ident),*) => {
        $(impl Element for $T {
            const DTYPE: DType = DType::$Tag;
            fn of(slice: Slice<'_>) -> Option<&[Self]> {
                match slice { Slice::$Tag(s) => Some(s), _ => None }
            }
            fn of_mut(slice: SliceMut<'_>) -> Option<&mut [Self]> {
                match slice { SliceMut::$Tag(s) => Some(s), _ => None }
            }
            fn vec(buffer: Buffer) -> Option<Vec<Self>> {
                match buffer { Buffer::$Tag(v) => Some(v), _ => None }
            }
            #[inline]
            fn from_f64(value: f64) -> Self { value as $T }
            #[inline]
            fn to_f64(self) -> f64 { self as f64 }
        }
        impl From<Vec<$T>> for Buffer {
            fn from(v: Vec<$T>) -> Self { Buffer::$Tag(v) }
        }
        impl<'a> From<&'a [$T]> for Slice<'a> {
            fn from(v: &'a [$T]) -> Self { Slice::$Tag(v) }
        }
        impl<'a> From<&'a mut [$T]> for SliceMut<'a> {
            fn from(v: &'a mut [$T]) -> Self { SliceMut::$Tag(v) }
        })*

        impl Buffer {
            /// A buffer of zeros.
            pub fn zeros(dtype: DType, len: usize) -> Self {
                match dtype { $(DType::$Tag => Buffer::$Tag(vec![Default::default(); len])),* }
            }
            /// Number of elements.
            pub fn len(&self) -> usize {
                match self { $(Buffer::$Tag(v) => v.len()),* }
            }
            /// Type of the elements.
            pub fn dtype(&self) -> DType {
                match self { $(Buffer::$Tag(_) => DType::$Tag),* }
            }
            /// Takes all elements away and keeps the storage.
            pub fn clear(&mut self) {
                match self { $(Buffer::$Tag(v) => v.clear()),* }
            }
            /// The first `len` elements.
            pub fn slice(&self, len: usize) -> Slice<'_> {
                match self { $(Buffer::$Tag(v) => Slice::$Tag(&v[..len])),* }
            }
            /// The elements from `start` up to `end`, mutable.
            pub fn range_mut(&mut self, start: usize, end: usize) -> SliceMut<'_> {
                match self { $(Buffer::$Tag(v) => SliceMut::$Tag(&mut v[start..end])),* }
            }
            /// The first `len` elements, mutable.
            pub fn slice_mut(&mut self, len: usize) -> SliceMut<'_> {
                match self { $(Buffer::$Tag(v) => SliceMut::$Tag(&mut v[..len])),* }
            }
        }
        impl<'a> Slice<'a> {
            /// Number of elements.
            pub fn len(&self) -> usize {
                match self { $(Slice::$Tag(v) => v.len()),* }
            }
            /// Type of the elements.
            pub fn dtype(&self) -> DType {
                match self { $(Slice::$Tag(_) => DType::$Tag),* }
            }
            /// The first `len` elements.
            #[must_use = "the shorter slice is returned"]
            pub fn first(self, len: usize) -> Slice<'a> {
                match self { $(Slice::$Tag(v) => Slice::$Tag(&v[..len])),* }
            }
            /// A buffer that owns a copy of the elements.
            pub fn to_buffer(&self) -> Buffer {
                match self { $(Slice::$Tag(v) => Buffer::$Tag(v.to_vec())),* }
            }
            /// The elements as 64-bit floats.
            pub fn to_f64(&self) -> Vec<f64> {
                match self { $(Slice::$Tag(v) => v.iter().map(|x| x.to_f64()).collect()),* }
            }
        }
        impl SliceMut<'_> {
            /// Number of elements.
            pub fn len(&self) -> usize {
                match self { $(SliceMut::$Tag(v) => v.len()),* }
            }
            /// Type of the elements.
            pub fn dtype(&self) -> DType {
                match self { $(SliceMut::$Tag(_) => DType::$Tag),* }
            }
            /// The same elements, read only.
            pub fn shared(&self) -> Slice<'_> {
                match self { $(SliceMut::$Tag(v) => Slice::$Tag(v)),* }
            }
            /// The first `len` elements.
            pub fn first(&mut self, len: usize) -> SliceMut<'_> {
                match self { $(SliceMut::$Tag(v) => SliceMut::$Tag(&mut v[..len])),* }
            }
        }
    };
}

/// Flat, owned storage of a tensor's elements, row-major.
#[derive(Clone, Debug, PartialEq)]
pub enum Buffer {
    /// 32-bit floats.
    F32(Vec<f32>),
    /// 64-bit floats.
    F64(Vec<f64>),
    /// 64-bit integers.
    I64(Vec<i64>),
}

/// Borrowed elements of a tensor, row-major.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slice<'a> {
    /// 32-bit floats.
    F32(&'a [f32]),
    /// 64-bit floats.
    F64(&'a [f64]),
    /// 64-bit integers.
    I64(&'a [i64]),
}

/// Mutably borrowed elements of a tensor, row-major.
#[derive(Debug)]
pub enum SliceMut<'a> {
    /// 32-bit floats.
    F32(&'a mut [f32]),
    /// 64-bit floats.
    F64(&'a mut [f64]),
    /// 64-bit integers.
    I64(&'a mut [i64]),
}

elements!(f32 as F32, f64 as F64, i64 as I64);

impl Buffer {
    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All elements.
    pub fn as_slice(&self) -> Slice<'_> {
        self.slice(self.len())
    }

    /// All elements, mutable.
    pub fn as_slice_mut(&mut self) -> SliceMut<'_> {
        self.slice_mut(self.len())
    }

    /// The elements converted to another type.
    #[must_use = "the converted elements are returned"]
    pub fn cast(self, dtype: DType) -> Buffer {
        if self.dtype() == dtype {
            return self;
        }
        if let (Buffer::F32(v), DType::I64) = (&self, dtype) {
            return Buffer::I64(v.iter().map(|x| *x as i64).collect());
        }
        let values = self.as_slice().to_f64();
        match dtype {
            DType::F32 => Buffer::F32(values.into_iter().map(|x| x as f32).collect()),
            DType::F64 => Buffer::F64(values),
            DType::I64 => Buffer::I64(values.into_iter().map(|x| x as i64).collect()),
        }
    }
}

impl Slice<'_> {
    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl SliceMut<'_> {
    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Buffer::F32(Vec::new())
    }
}

impl Default for SliceMut<'_> {
    fn default() -> Self {
        SliceMut::F32(&mut [])
    }
}

/// A floating-point element: what most kernels compute with.
pub trait Real: Element + num_traits::Float + num_traits::NumAssign + std::iter::Sum {
    /// The error function.
    #[must_use = "the value is returned"]
    fn erf(self) -> Self;
    /// `eˣ` in a form that works on several elements at a time; within two units in the last place.
    #[must_use = "the value is returned"]
    fn vector_exp(self) -> Self;
    /// Hyperbolic tangent in a form that works on several elements at a time; within a few units in the last place.
    #[must_use = "the value is returned"]
    fn vector_tanh(self) -> Self;
    /// `c = a · b + beta · c` for strided matrices, as BLAS's `gemm`.
    ///
    /// # Panics
    ///
    /// Unless each matrix lies within its slice and the elements of `c` within distinct places.
    fn gemm(dims: GemmDims, a: &[Self], b: &[Self], beta: Self, c: &mut [Self]);
}

/// Sizes and strides, in elements, of `c (m, n) = a (m, k) · b (k, n)`.
#[derive(Clone, Copy, Debug)]
pub struct GemmDims {
    /// Rows of `a` and `c`.
    pub m: usize,
    /// Columns of `a`, rows of `b`.
    pub k: usize,
    /// Columns of `b` and `c`.
    pub n: usize,
    /// Row and column stride of `a`.
    pub a: [usize; 2],
    /// Row and column stride of `b`.
    pub b: [usize; 2],
    /// Row and column stride of `c`.
    pub c: [usize; 2],
}

impl GemmDims {
    fn fits(&self, a: usize, b: usize, c: usize) -> bool {
        let distinct = self.c[1] == 1 && self.c[0] >= self.n || self.c[0] == 1 && self.c[1] >= self.m;
        distinct
            && lies_within(a, [self.m, self.k], self.a)
            && lies_within(b, [self.k, self.n], self.b)
            && lies_within(c, [self.m, self.n], self.c)
    }
}

/// Whether a strided matrix lies within a slice of this length.
fn lies_within(len: usize, [rows, columns]: [usize; 2], [row, column]: [usize; 2]) -> bool {
    let last = |rows: usize, columns: usize| rows.checked_mul(row)?.checked_add(columns.checked_mul(column)?);
    match (rows.checked_sub(1), columns.checked_sub(1)) {
        (Some(rows), Some(columns)) => last(rows, columns).is_some_and(|last| last < len),
        _ => true,
    }
}

macro_rules! reals {
    ($($T:ty: $erf:path, $exp:path, $tanh:path, $gemm:path;)*) => {
        $(impl Real for $T {
            fn erf(self) -> Self {
                $erf(self)
            }
            #[inline(always)]
            fn vector_exp(self) -> Self {
                $exp(self)
            }
            #[inline(always)]
            fn vector_tanh(self) -> Self {
                $tanh(self)
            }
            fn gemm(dims: GemmDims, a: &[Self], b: &[Self], beta: Self, c: &mut [Self]) {
                assert!(dims.fits(a.len(), b.len(), c.len()), "matrices of {dims:?} do not fit their slices");
                let GemmDims { m, k, n, a: sa, b: sb, c: sc } = dims;
                let [sa, sb, sc] = [sa, sb, sc].map(|s| s.map(|v| v as isize));
                // SAFETY: `fits` bounds the last element that each matrix touches by its slice, and `c`'s elements
                // are distinct.
                unsafe {
                    $gemm(
                        m, k, n, 1.0, a.as_ptr(), sa[0], sa[1], b.as_ptr(), sb[0], sb[1], beta, c.as_mut_ptr(), sc[0],
                        sc[1],
                    )
                }
            }
        })*
    };
}

reals! {
    f32: libm::erff, elementary::exp, elementary::tanh, matrixmultiply::sgemm;
    f64: libm::erf, f64::exp, f64::tanh, matrixmultiply::dgemm;
}

/// Whether the system gives so many bytes of memory now.
///
/// A process that asks for more than there is ends; ask here first where a file or a user says how much it is.
///
/// ```
/// assert!(argali_engine::memory_for(1 << 20));
/// assert!(!argali_engine::memory_for(isize::MAX as usize));
/// ```
pub fn memory_for(bytes: usize) -> bool {
    const ALWAYS_THERE: usize = 1 << 26;
    bytes <= ALWAYS_THERE || Vec::<u8>::new().try_reserve_exact(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_must_lie_within_their_slices() {
        let dims = GemmDims { m: 2, k: 3, n: 2, a: [3, 1], b: [2, 1], c: [2, 1] };
        assert!(dims.fits(6, 6, 4));
        assert!(!dims.fits(5, 6, 4) && !dims.fits(6, 5, 4) && !dims.fits(6, 6, 3));
        assert!(!GemmDims { c: [1, 1], ..dims }.fits(6, 6, 4), "elements of `c` in one place");
        let wrapped = 1 << (usize::BITS / 2);
        assert!(!GemmDims { m: wrapped + 1, a: [wrapped, 1], c: [1, usize::MAX / 2], ..dims }.fits(6, 6, 4));
        assert!(GemmDims { k: 0, ..dims }.fits(0, 0, 4));
    }
}
