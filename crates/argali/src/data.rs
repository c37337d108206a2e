//! Arrays that go into models: any ndarray view of any rank and any real element type.

use argali_engine::{Buffer, DType, Slice};
use ndarray::{ArrayBase, ArrayViewD, Data, Dimension};

macro_rules! views {
    ($($Tag:ident: $T:ty => $dtype:ident $(native $native:ident)?),*) => {
        /// A view of an array of any real element type.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum View<'a> {
            $(#[doc = concat!("Elements of type `", stringify!($T), "`.")] $Tag(ArrayViewD<'a, $T>)),*
        }

        /// An element type that models take as input or target.
        pub trait Item: Sized + Clone + 'static {
            #[doc(hidden)]
            fn view(array: ArrayViewD<'_, Self>) -> View<'_>;
        }

        $(impl Item for $T {
            fn view(array: ArrayViewD<'_, Self>) -> View<'_> {
                View::$Tag(array)
            }
        })*

        impl<'a> View<'a> {
            /// Length of each axis.
            pub fn shape(&self) -> &[usize] {
                match self { $(View::$Tag(a) => a.shape()),* }
            }

            /// The element type closest to the array's that models compute with.
            pub fn dtype(&self) -> DType {
                match self { $(View::$Tag(_) => DType::$dtype),* }
            }

            /// A part of the array along its first axis, as far as it goes; all of a scalar.
            #[must_use = "the part is returned"]
            pub fn rows(&self, start: usize, end: usize) -> View<'_> {
                let end = end.min(self.samples());
                let rows = (start.min(end)..end).into();
                match self {
                    $(View::$Tag(a) if a.ndim() == 0 => View::$Tag(a.view()),)*
                    $(View::$Tag(a) => View::$Tag(a.slice_axis(ndarray::Axis(0), rows)),)*
                }
            }

            /// The elements without a copy, if they lie row-major in memory and have the type.
            pub fn slice(&self, dtype: DType) -> Option<Slice<'_>> {
                match self {
                    $($(View::$native(a) if dtype == DType::$dtype => a.as_slice().map(Into::into),)?)*
                    _ => None,
                }
            }

            /// The elements row-major, in the type of [`dtype`](Self::dtype).
            pub fn to_buffer(&self) -> Buffer {
                match self {
                    $(View::$Tag(a) => Buffer::from(a.iter().map(|x| convert!($dtype, *x)).collect::<Vec<_>>())),*
                }
            }

            /// Copies the elements of one row into a buffer of the given type.
            pub(crate) fn copy_row(&self, row: usize, into: &mut Buffer) {
                match self {
                    $(View::$Tag(a) => {
                        let row = a.index_axis(ndarray::Axis(0), row);
                        match into {
                            Buffer::F32(v) => v.extend(row.iter().map(|x| convert!(F32, *x))),
                            Buffer::F64(v) => v.extend(row.iter().map(|x| convert!(F64, *x))),
                            Buffer::I64(v) => v.extend(row.iter().map(|x| convert!(I64, *x))),
                        }
                    }),*
                }
            }
        }
    };
}

macro_rules! convert {
    (F32, $x:expr) => {
        Number::number($x) as f32
    };
    (F64, $x:expr) => {
        Number::number($x)
    };
    (I64, $x:expr) => {
        Number::integer($x)
    };
}

/// Numbers as 64-bit floats and integers.
trait Number: Copy {
    fn number(self) -> f64;
    fn integer(self) -> i64;
}

macro_rules! numbers {
    ($($T:ty),*) => {
        $(impl Number for $T {
            fn number(self) -> f64 { self as f64 }
            fn integer(self) -> i64 { self as i64 }
        })*
    };
}

numbers!(f32, f64, i8, i16, i32, i64, u8, u16, u32, u64, usize);

impl Number for bool {
    fn number(self) -> f64 {
        f64::from(u8::from(self))
    }
    fn integer(self) -> i64 {
        i64::from(self)
    }
}

views! {
    F32: f32 => F32 native F32,
    F64: f64 => F64 native F64,
    I64: i64 => I64 native I64,
    I32: i32 => I64,
    I16: i16 => I64,
    I8: i8 => I64,
    U64: u64 => I64,
    U32: u32 => I64,
    U16: u16 => I64,
    U8: u8 => I64,
    Usize: usize => I64,
    Bool: bool => I64
}

impl<'a> View<'a> {
    /// A view of an array.
    pub fn of<A: Item, S: Data<Elem = A>, D: Dimension>(array: &'a ArrayBase<S, D>) -> Self {
        A::view(array.view().into_dyn())
    }
}

impl View<'_> {
    /// Number of samples: the length of the first axis, 1 for a scalar.
    pub fn samples(&self) -> usize {
        self.shape().first().copied().unwrap_or(1)
    }
}

/// One array or several: what models take as inputs and targets.
///
/// An ndarray array or view of any rank, a reference to one, a tuple, a fixed-size array or a `Vec` of these.
pub trait Arrays {
    /// Views of the arrays, in order.
    fn views(&self) -> Vec<View<'_>>;
}

impl<A: Item, S: Data<Elem = A>, D: Dimension> Arrays for ArrayBase<S, D> {
    fn views(&self) -> Vec<View<'_>> {
        vec![A::view(self.view().into_dyn())]
    }
}

impl Arrays for View<'_> {
    fn views(&self) -> Vec<View<'_>> {
        vec![self.rows(0, self.samples())]
    }
}

impl<T: Arrays + ?Sized> Arrays for &T {
    fn views(&self) -> Vec<View<'_>> {
        (**self).views()
    }
}

impl<T: Arrays> Arrays for [T] {
    fn views(&self) -> Vec<View<'_>> {
        self.iter().flat_map(Arrays::views).collect()
    }
}

impl<T: Arrays, const N: usize> Arrays for [T; N] {
    fn views(&self) -> Vec<View<'_>> {
        self.as_slice().views()
    }
}

impl<T: Arrays> Arrays for Vec<T> {
    fn views(&self) -> Vec<View<'_>> {
        self.as_slice().views()
    }
}

macro_rules! tuples {
    ($(($($T:ident $i:tt),*))*) => {
        $(impl<$($T: Arrays),*> Arrays for ($($T,)*) {
            fn views(&self) -> Vec<View<'_>> {
                [$(self.$i.views()),*].into_iter().flatten().collect()
            }
        })*
    };
}

tuples! {
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn views_of_any_layout_and_type() {
        let a = array![[1i32, 2], [3, 4]];
        let t = a.t();
        assert_eq!(t.views()[0].to_buffer(), Buffer::I64(vec![1, 3, 2, 4]));
        let f = Array2::<f32>::ones((2, 3));
        assert!(f.views()[0].slice(DType::F32).is_some());
        assert!(f.t().views()[0].slice(DType::F32).is_none());
        assert_eq!((&a, f.view()).views().len(), 2);
    }
}
