//! Files written by h5py, see `fixtures/make_hdf5.py`, and mutations of them.

use argali_formats::hdf5::{self, Attribute, Group};
use argali_formats::{Array, Problem};
use ndarray::{Array3, arr1, array};
use proptest::prelude::*;

fn open(name: &str) -> Group {
    hdf5::read(crate::fixture(name)).unwrap()
}

fn both() -> [Group; 2] {
    ["types_earliest.h5", "types_latest.h5"].map(open)
}

fn sequence() -> Array3<f32> {
    Array3::from_shape_fn((2, 3, 4), |(i, j, k)| (12 * i + 4 * j + k) as f32)
}

#[test]
fn reads_every_type() {
    for root in both() {
        let types = root.group("types").unwrap();
        let read = |name: &str| types.dataset(name).unwrap().read().unwrap();
        for (name, expected) in crate::all_types() {
            let dataset = root.dataset(&format!("types/{name}")).unwrap();
            assert_eq!(dataset.read().unwrap(), expected, "{name}");
            assert_eq!((dataset.dtype().unwrap(), &dataset.shape().unwrap()[..]), (expected.dtype(), expected.shape()));
        }
        assert_eq!(read("scalar"), ndarray::arr0(2.5_f32).into());
        assert_eq!(read("empty"), ndarray::Array2::<f64>::zeros((0, 3)).into());
        assert_eq!(read("big_endian"), sequence().into());
        assert_eq!(read("big_endian_short"), sequence().mapv(|value| value as i16).into());
        assert_eq!(read("gzip"), sequence().into());
        assert_eq!(read("fletcher32"), sequence().into());
        assert_eq!(read("unwritten"), array![[7_f32, 7.], [7., 7.]].into());
        let halves = array![[0.100_097_656_f32, -1.5, f32::INFINITY], [1.0 / 16384.0, 1.001_171_8e-7, -0.0]];
        assert_eq!(read("bfloat16"), halves.clone().into());
        assert_eq!(read("bfloat16 as a float"), halves.into());
    }
}

#[test]
fn reads_every_kind_of_attribute() {
    for root in both() {
        let group = root.group("attributes").unwrap();
        let read = |name: &str| group.attribute(name).unwrap().unwrap();
        assert_eq!(read("fixed"), "dense".into());
        assert_eq!(read("variable"), "dense é🦄".into());
        assert_eq!(read("nothing"), "".into());
        assert_eq!(read("fixed_list"), vec!["kernel:0".to_owned(), "bias:0".to_owned()].into());
        assert_eq!(read("variable_list"), vec!["kernel:0".to_owned(), "bias é".to_owned()].into());
        assert_eq!(group.texts("empty_list").unwrap().unwrap(), Vec::<String>::new());
        assert_eq!(group.texts("cut").unwrap().unwrap(), ["a", "b", "c"]);
        assert_eq!(read("number"), Attribute::Numbers(ndarray::arr0(3_i64).into()));
        assert_eq!(read("numbers"), Attribute::Numbers(arr1(&[0.5_f32, 1.5]).into()));
        assert_eq!(read("null"), Attribute::Numbers(arr1::<f32>(&[]).into()));
        assert_eq!(group.attribute("none").unwrap(), None);
        assert_eq!(group.text("fixed").unwrap(), "dense");
        let error = group.text("number").unwrap_err().to_string();
        assert_eq!(error, "group `/attributes`: attribute `number`: found another kind of value, expected a text");
    }
}

#[test]
fn lists_members() {
    for root in both() {
        let mut groups = root.groups().unwrap();
        groups.sort();
        assert_eq!(groups, ["attributes", "no members", "other", "types"]);
        assert_eq!(root.group("no members").unwrap().datasets().unwrap(), [""; 0]);
        assert!(root.find_group("types/float32").unwrap().is_none());
        assert!(root.find_dataset("types/int9").unwrap().is_none());
        let error = root.dataset("other/a").map(|_| ()).unwrap_err();
        assert_eq!(error.place(), Some("group `/other`"));
        for name in ["`complex`", "`compound`", "`lzf`", "`texts`"] {
            assert!(error.to_string().contains(name), "{error}");
        }
    }
}

#[test]
fn other_elements_are_refused_by_name() {
    for root in both() {
        for (name, expected) in [
            ("complex", "compound elements (such as complex numbers) is unsupported"),
            ("compound", "compound elements"),
            ("texts", "elements of variable length is unsupported"),
            ("lzf", "unsupported filter"),
        ] {
            let error = root.dataset(&format!("other/{name}")).unwrap().read().unwrap_err();
            assert!(matches!(error.problem(), Problem::Unsupported { .. }), "{error}");
            assert_eq!(error.place(), Some(format!("dataset `other/{name}`").as_str()));
            assert!(error.to_string().contains(expected), "{error}");
        }
        assert_eq!(root.dataset("other/texts").unwrap().read_texts().unwrap(), ["a", "bc"]);
    }
}

#[test]
fn nothing_outside_of_the_file_is_read() {
    let root = open("links.h5");
    for name in ["soft", "loop", "external", "external/float32"] {
        assert!(root.group(name).is_err(), "{name}");
        assert!(root.dataset(name).is_err(), "{name}");
    }
    for name in ["outside", "virtual"] {
        assert!(root.dataset(name).and_then(|dataset| dataset.read()).is_err(), "{name}");
    }
    assert!(root.group(&["cycle", "again", "again"].join("/")).is_ok());
}

#[test]
fn shapes_are_known_before_anything_is_allocated() {
    let root = open("bombs.h5");
    let shape = |name: &str| root.dataset(name).unwrap().shape();
    assert_eq!(shape("large").unwrap(), [1 << 40]);
    assert_eq!(shape("zeros").unwrap(), [1 << 28]);
    for name in ["huge", "large"] {
        assert!(root.dataset(name).unwrap().read().is_err(), "{name}");
    }
}

#[test]
fn cut_files_are_refused() {
    let bytes = std::fs::read(crate::fixture("types_earliest.h5")).unwrap();
    for length in (0..bytes.len()).step_by(64) {
        let result = hdf5::parse(bytes[..length].to_vec()).and_then(|root| read_all(&root, 0));
        assert!(result.is_err(), "{length} bytes");
    }
}

fn read_all(group: &Group, depth: usize) -> argali_formats::Result<()> {
    for name in group.attribute_names()? {
        group.attribute(&name)?;
    }
    for name in group.datasets()? {
        if group.path() == "other" {
            continue;
        }
        let dataset = group.dataset(&name)?;
        if dataset.shape()?.iter().product::<usize>() < 1 << 20 {
            dataset.read()?;
        }
    }
    for name in group.groups()? {
        if depth < 4 {
            read_all(&group.group(&name)?, depth + 1)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn mutated_files_never_panic(
        file in prop::sample::select(vec!["types_earliest.h5", "types_latest.h5", "links.h5"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = std::fs::read(crate::fixture(file)).unwrap();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = hdf5::parse(bytes).and_then(|root| read_all(&root, 0));
    }
}

#[test]
fn written_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tree.h5");
    let mut tree = hdf5::Tree::new();
    for (name, array) in crate::all_types() {
        tree.dataset(&format!("types/{name}"), &array).unwrap();
    }
    tree.dataset("scalar", &ndarray::arr0(5_i64).into()).unwrap();
    tree.dataset("empty", &ndarray::Array2::<f32>::zeros((0, 3)).into()).unwrap();
    tree.attribute("layers/relu/vars", "name", "relu é").unwrap();
    tree.attribute("types", "list", vec!["a".to_owned(), "bcd".to_owned()]).unwrap();
    tree.attribute("", "numbers", Array::from(arr1(&[1_i32, 2]))).unwrap();
    hdf5::write(&path, tree).unwrap();

    let root = hdf5::read(&path).unwrap();
    for (name, array) in crate::all_types() {
        assert_eq!(root.group("types").unwrap().dataset(name).unwrap().read().unwrap(), array, "{name}");
    }
    assert_eq!(root.dataset("scalar").unwrap().read().unwrap(), ndarray::arr0(5_i64).into());
    assert_eq!(root.dataset("empty").unwrap().shape().unwrap(), [0, 3]);
    assert_eq!(root.group("layers/relu/vars").unwrap().text("name").unwrap(), "relu é");
    assert_eq!(root.group("types").unwrap().texts("list").unwrap().unwrap(), ["a", "bcd"]);
    assert_eq!(root.attribute("numbers").unwrap().unwrap().into_numbers(), Some(arr1(&[1_i32, 2]).into()));
}

#[test]
fn impossible_trees_are_refused() {
    let one = Array::from(arr1(&[1_f32]));
    for path in ["", "/a", "a//b", "a/../b", ".", "a\0"] {
        let error = hdf5::Tree::new().dataset(path, &one).unwrap_err();
        assert!(matches!(error.problem(), Problem::InvalidName { .. }), "{path:?}");
    }
    let mut tree = hdf5::Tree::new();
    tree.dataset("a", &one).unwrap();
    assert!(matches!(tree.dataset("a", &one).unwrap_err().problem(), Problem::DuplicateName { .. }));
    tree.dataset("a/b", &one).unwrap();
    assert!(tree.to_bytes().is_err());
}
