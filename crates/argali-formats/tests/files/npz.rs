//! Files written by numpy, see `fixtures/make.py`, and files that are no `.npz`.

use std::collections::BTreeMap;

use argali_formats::npz::{self, Compression};
use argali_formats::{Array, Problem};
use ndarray::{arr1, array};

fn arrays() -> BTreeMap<String, Array> {
    let x = Array::from(array![[0_f32, 1., 2.], [3., 4., 5.]]);
    BTreeMap::from([("x_train".to_owned(), x), ("y/train".to_owned(), arr1(&[0_i64, 1]).into())])
}

#[test]
fn reads_stored_and_deflated_files() {
    for name in ["stored.npz", "deflated.npz"] {
        assert_eq!(npz::read(crate::fixture(name)).unwrap(), arrays(), "{name}");
    }
}

#[test]
fn writes_what_it_reads() {
    let folder = tempfile::tempdir().unwrap();
    for compression in [Compression::Stored, Compression::Deflated] {
        let path = folder.path().join(format!("{compression:?}.npz"));
        npz::write(&path, &arrays(), compression).unwrap();
        assert_eq!(npz::read(&path).unwrap(), arrays());
    }
}

#[test]
fn names_file_and_member_in_errors() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.npz");
    std::fs::copy(crate::fixture("stored.npz"), &path).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let place = bytes.windows(5).position(|window| window == b"descr").unwrap();
    bytes[place] = b'D';
    std::fs::write(&path, bytes).unwrap();
    let error = npz::read(&path).unwrap_err();
    assert_eq!(error.file(), Some(path.as_path()));
    assert_eq!(error.place(), Some("member `x_train.npy`"));
    let error = npz::read(crate::fixture("float32.npy")).unwrap_err();
    assert!(matches!(error.problem(), Problem::WrongFormat { .. }), "{error}");
}

#[test]
fn failed_write_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.npz");
    std::fs::write(&path, "old").unwrap();
    let error =
        npz::write(&path, [("ok", Array::from(arr1(&[1_u8]))), ("../x", arr1(&[1_u8]).into())], Compression::Stored);
    assert!(matches!(error.unwrap_err().problem(), Problem::InvalidName { .. }));
    assert_eq!(std::fs::read(&path).unwrap(), b"old");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
