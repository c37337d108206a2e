use ndarray::{ArrayD, IxDyn, arr0, array};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn file(header: &str, data: &[u8]) -> Vec<u8> {
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), data].concat()
}

fn refused(bytes: &[u8]) -> Error {
    parse(bytes).expect_err("a file that is not accepted")
}

fn refused_header(header: &Value, data_length: usize) -> String {
    refused(&file(&header.to_string(), &vec![0; data_length])).to_string()
}

fn entry(dtype: &str, shape: impl Into<Value>, start: u64, end: u64) -> Value {
    json!({"dtype": dtype, "shape": shape.into(), "data_offsets": [start, end]})
}

#[test]
fn other_files_are_named_as_such() {
    for (bytes, found) in [(&b""[..], "0 bytes"), (b"x", "1 bytes"), (b"PK\x03\x04 and the rest", "no header")] {
        let error = refused(bytes);
        assert!(matches!(error.problem(), Problem::WrongFormat { found: it, .. } if it == found), "{error}");
    }
    assert!(matches!(refused(&[0; 64]).problem(), Problem::WrongFormat { .. }));
}

#[test]
fn header_over_the_limit_is_refused_before_it_is_read() {
    for size in [MAX_HEADER_SIZE + 1, u64::MAX] {
        let bytes = [&size.to_le_bytes()[..], b"{}"].concat();
        let expected = format!("the size of the header is {size}, expected at most 100000000");
        assert_eq!(refused(&bytes).to_string(), expected);
    }
    let bytes = [&100_u64.to_le_bytes()[..], b"{}"].concat();
    assert_eq!(refused(&bytes).to_string(), "header: found 2 bytes, expected 100");
}

#[test]
fn header_that_is_no_header_says_where() {
    let cases = [
        ("{\"a\":}", "header: tensor `a`: expected value at line 1 column 6"),
        ("{} {}", "header: trailing characters at line 1 column 4"),
        ("{\"a\":{}}", "header: tensor `a`: missing field `dtype` at line 1 column 7"),
        ("{\"__metadata__\":{\"a\":1}}", "header: invalid type: integer `1`, expected a string at line 1 column 22"),
    ];
    for (header, expected) in cases {
        assert_eq!(refused(&file(header, b"")).to_string(), expected);
    }
    assert!(matches!(refused(b"\x02\0\0\0\0\0\0\0{\xff").problem(), Problem::Json(_)));
    let deep = format!("{{\"a\":{}", "[".repeat(200_000));
    assert!(matches!(refused(&file(&deep, b"")).problem(), Problem::Json(_)));
}

#[test]
fn fields_of_wrong_types_are_refused() {
    let shapes = [json!("x"), json!(-1), json!([-1]), json!([1.5]), json!([null]), json!(null), json!([1e300])];
    for shape in shapes {
        let message = refused_header(&json!({"w": entry("F32", shape, 0, 4)}), 4);
        assert!(message.starts_with("header: tensor `w`: invalid"), "{message}");
    }
    let message = refused_header(&json!({"w": entry("F32", vec![1; 65], 0, 4)}), 4);
    assert!(message.contains("expected at most 64 axis lengths"), "{message}");
}

#[test]
fn duplicate_names_are_refused() {
    let tensor = r#""x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}"#;
    let error = refused(&file(&format!("{{{tensor},{tensor}}}"), b""));
    assert_eq!(error.to_string(), "header: found the name `x` twice, expected distinct names");
    let metadata = r#""__metadata__":{"a":"1","a":"2"}"#;
    assert!(matches!(refused(&file(&format!("{{{metadata}}}"), b"")).problem(), Problem::DuplicateName { .. }));
    refused(&file(r#"{"__metadata__":{},"__metadata__":{}}"#, b""));
    refused(&file(r#"{"x":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#, b""));
}

#[test]
fn tensors_have_to_fill_the_data() {
    let two = |start, end| json!({"a": entry("U8", [4], 0, 4), "b": entry("U8", [4], start, end)});
    let cases = [
        (two(2, 6), 8, "header: tensor `b`: found data from 2 on, overlapping, expected data from 4 on"),
        (two(5, 9), 9, "header: tensor `b`: found data from 5 on, leaving a gap, expected data from 4 on"),
        (two(0, 4), 4, "header: tensor `b`: found data from 0 on, overlapping, expected data from 4 on"),
        (two(4, 8), 9, "header: data of all tensors: found 9 bytes, expected 8"),
        (two(4, 8), 7, "header: data of all tensors: found 7 bytes, expected 8"),
        (two(4, 3), 8, "header: tensor `b`: found data from 4 to 3, expected the 4 bytes of U8 of shape [4]"),
        (two(4, 7), 7, "header: tensor `b`: found data from 4 to 7, expected the 4 bytes of U8 of shape [4]"),
    ];
    for (header, length, expected) in cases {
        assert_eq!(refused_header(&header, length), expected);
    }
}

#[test]
fn overflowing_shapes_and_offsets_are_refused() {
    for shape in [vec![1_u64 << 31, 1 << 31, 8], vec![1 << 62], vec![u64::MAX], vec![0, 1 << 62, 4]] {
        let error = refused(&file(&json!({"w": entry("F64", shape, 0, 8)}).to_string(), &[0; 8]));
        assert!(matches!(error.problem(), Problem::ShapeOverflow { .. }), "{error}");
        assert_eq!(error.place(), Some("header: tensor `w`"));
    }
    let step = 1_u64 << 61;
    let tensors = (0..8).map(|i| (i.to_string(), entry("U8", [step], i * step, (i + 1).wrapping_mul(step))));
    let wrapping = Value::Object(tensors.collect());
    assert!(refused_header(&wrapping, 0).contains("tensor `7`"));
    let error = refused_header(&json!({"w": entry("U8", [1_u64 << 40], 0, 1 << 40)}), 16);
    assert_eq!(error, "header: data of all tensors: found 16 bytes, expected 1099511627776");
}

#[test]
fn unknown_types_are_unsupported() {
    let message = refused_header(&json!({"w": entry("C64", [1], 0, 8)}), 8);
    assert!(
        message.starts_with("header: tensor `w`: the type `C64` is unsupported, expected one of F32, F64,"),
        "{message}"
    );
}

#[test]
fn truncation_anywhere_is_an_error() {
    let bytes = to_bytes([("a", Array::from(array![1_f32, 2.])), ("b", arr0(1_u8).into())], &BTreeMap::new()).unwrap();
    for length in 0..bytes.len() {
        refused(&bytes[..length]);
    }
    refused(&[&bytes[..], b"\0"].concat());
}

#[test]
fn names_that_cannot_be_written_are_refused() {
    let x = Array::from(array![1_f32]);
    let error = to_bytes([("__metadata__", &x)], &BTreeMap::new()).unwrap_err();
    assert!(matches!(error.problem(), Problem::InvalidName { .. }), "{error}");
    let error = to_bytes([("x", &x), ("x", &x)], &BTreeMap::new()).unwrap_err();
    assert!(matches!(error.problem(), Problem::DuplicateName { .. }), "{error}");
}

#[test]
fn failed_write_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.safetensors");
    std::fs::write(&path, "old").unwrap();
    let error = write(&path, [("__metadata__", Array::from(array![1_f32]))], &BTreeMap::new()).unwrap_err();
    assert_eq!(error.file(), Some(path.as_path()));
    assert_eq!(std::fs::read(&path).unwrap(), b"old");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn views_in_any_memory_order_are_written_in_c_order() {
    let transposed = array![[1_f32, 2., 3.], [4., 5., 6.]].reversed_axes();
    let bytes = to_bytes([("x", Array::from(transposed.clone()))], &BTreeMap::new()).unwrap();
    assert_eq!(parse(&bytes).unwrap().tensors["x"].to_f32(), transposed.into_dyn());
}

fn arrays() -> impl Strategy<Value = Array> {
    (prop::collection::vec(0_usize..4, 0..4), any::<u64>(), 0..11).prop_map(|(shape, seed, dtype)| {
        let bits = |i: usize| seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i as u64).rotate_left(i as u32);
        let values: Vec<u64> = (0..shape.iter().product()).map(bits).collect();
        let bits = ArrayD::from_shape_vec(IxDyn(&shape), values).unwrap();
        match dtype {
            0 => bits.mapv(|b| b as f32).into(),
            1 => bits.mapv(|b| b as f64 / 3.0).into(),
            2 => bits.mapv(|b| b as i8).into(),
            3 => bits.mapv(|b| b as i16).into(),
            4 => bits.mapv(|b| b as i32).into(),
            5 => bits.mapv(|b| b as i64).into(),
            6 => bits.mapv(|b| b as u8).into(),
            7 => bits.mapv(|b| b as u16).into(),
            8 => bits.mapv(|b| b as u32).into(),
            9 => bits.into(),
            _ => bits.mapv(|b| b % 2 == 0).into(),
        }
    })
}

fn files() -> impl Strategy<Value = Safetensors> {
    let tensors = prop::collection::btree_map(".{0,8}", arrays(), 0..6);
    let metadata = prop::collection::btree_map(".{0,5}", ".{0,5}", 0..3);
    (tensors, metadata).prop_map(|(tensors, metadata)| Safetensors { tensors, metadata })
}

struct ReferenceView<'a>(&'a Array);

impl ::safetensors::View for ReferenceView<'_> {
    fn dtype(&self) -> ::safetensors::Dtype {
        serde_json::from_value(header::dtype_name(self.0.dtype()).into()).unwrap()
    }
    fn shape(&self) -> &[usize] {
        self.0.shape()
    }
    fn data(&self) -> std::borrow::Cow<'_, [u8]> {
        crate::encoding::encode(self.0).into()
    }
    fn data_len(&self) -> usize {
        self.0.len() * self.0.dtype().size()
    }
}

proptest! {
    #[test]
    fn every_file_comes_back(file in files()) {
        let bytes = to_bytes(&file.tensors, &file.metadata).unwrap();
        prop_assert_eq!(parse(&bytes).unwrap(), file);
    }

    #[test]
    fn bytes_are_those_of_the_reference_implementation(file in files()) {
        prop_assume!(file.metadata.len() <= 1);
        let views = file.tensors.iter().map(|(name, array)| (name, ReferenceView(array)));
        let metadata = (!file.metadata.is_empty()).then(|| file.metadata.clone().into_iter().collect());
        let reference = ::safetensors::serialize(views, metadata).unwrap();
        prop_assert_eq!(to_bytes(&file.tensors, &file.metadata).unwrap(), reference);
    }

    #[test]
    fn no_mutation_panics(file in files(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = to_bytes(&file.tensors, &file.metadata).unwrap();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let accepted = parse(&bytes);
        if ::safetensors::SafeTensors::deserialize(&bytes).is_err() {
            prop_assert!(accepted.is_err());
        }
    }
}
