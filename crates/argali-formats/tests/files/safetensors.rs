//! Files written by the Python library `safetensors`, see `fixtures/make.py`.

use std::collections::BTreeMap;

use argali_formats::{Array, safetensors};
use ndarray::{arr0, arr1, array};

#[test]
fn reads_every_type() {
    let file = safetensors::read(crate::fixture("all.safetensors")).unwrap();
    let expected: BTreeMap<String, Array> = crate::all_types()
        .into_iter()
        .chain([
            ("bfloat16", array![[0.1001_f32, -1.5, f32::INFINITY], [1.0 / 16384.0, 1.0012e-7, -0.0]].into()),
            ("scalar", arr0(2.5_f32).into()),
            ("empty", ndarray::Array2::<f64>::zeros((0, 3)).into()),
            ("layers/dense/vars/0 é🦄", arr1(&[0_f32, 1., 2., 3.]).into()),
        ])
        .map(|(name, array)| (name.to_owned(), array))
        .collect();
    assert_eq!(file.tensors.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, array) in &expected {
        if name == "bfloat16" {
            let exact = array.to_f32().mapv(|value| f32::from_bits((value.to_bits() + 0x8000) & 0xffff_0000));
            assert_eq!(file.tensors[name].to_f32(), exact);
        } else {
            assert_eq!(&file.tensors[name], array, "{name}");
        }
    }
    assert_eq!(file.metadata, BTreeMap::from([("format".to_owned(), "np".to_owned())]));
}

#[test]
fn names_file_and_tensor_of_an_unsupported_type() {
    let path = crate::fixture("float8.safetensors");
    let error = safetensors::read(&path).unwrap_err();
    assert_eq!(error.file(), Some(path.as_path()));
    assert_eq!(error.place(), Some("header: tensor `x`"));
    assert!(error.to_string().contains("the type `F8_E4M3` is unsupported"), "{error}");
}
