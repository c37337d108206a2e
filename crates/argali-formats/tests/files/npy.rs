//! Files written by numpy, see `fixtures/make.py`.

use argali_formats::{Array, DType, npy};
use ndarray::{Array2, Array3, arr0};

fn sequence() -> Array3<f32> {
    Array3::from_shape_vec((2, 3, 4), (0_u8..24).map(f32::from).collect()).unwrap()
}

#[test]
fn reads_every_type_and_writes_the_same_bytes() {
    for (name, expected) in crate::all_types() {
        let path = crate::fixture(&format!("{name}.npy"));
        assert_eq!(npy::read(&path).unwrap(), expected, "{name}");
        if name != "float16" {
            assert_eq!(npy::to_bytes(&expected), std::fs::read(&path).unwrap(), "{name}");
        }
    }
}

#[test]
fn reads_every_layout() {
    for name in ["fortran.npy", "version_2.npy", "version_3.npy"] {
        assert_eq!(npy::read(crate::fixture(name)).unwrap(), sequence().into(), "{name}");
    }
    assert_eq!(npy::read(crate::fixture("big_endian.npy")).unwrap(), sequence().mapv(f64::from).into());
    let integers = npy::read(crate::fixture("big_endian_fortran.npy")).unwrap();
    assert_eq!((integers.dtype(), integers.to_f32()), (DType::I16, sequence().into_dyn()));
    let halves = npy::read(crate::fixture("big_endian_half.npy")).unwrap();
    assert_eq!(halves, npy::read(crate::fixture("float16.npy")).unwrap());
}

#[test]
fn reads_and_writes_scalars_and_empty_arrays() {
    for (name, expected) in [("scalar.npy", Array::from(arr0(2.5))), ("empty.npy", Array2::<f32>::zeros((0, 3)).into())]
    {
        let path = crate::fixture(name);
        assert_eq!(npy::read(&path).unwrap(), expected);
        assert_eq!(npy::to_bytes(&expected), std::fs::read(&path).unwrap());
    }
}

#[test]
fn refuses_what_is_not_real_numbers_and_names_the_file() {
    for (name, message) in [
        ("object.npy", "Python objects"),
        ("complex.npy", "complex numbers"),
        ("structured.npy", "a structured type"),
        ("text.npy", "texts"),
    ] {
        let path = crate::fixture(name);
        let error = npy::read(&path).unwrap_err();
        assert_eq!(error.file(), Some(path.as_path()));
        assert!(error.to_string().contains(message), "{error}");
    }
}
