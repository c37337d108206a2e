use ndarray::{ArrayD, IxDyn, array};
use proptest::prelude::*;

use super::header::ElementType;
use super::*;
use crate::encoding::MemoryOrder;

fn file(header: &str, data: &[u8]) -> Vec<u8> {
    [b"\x93NUMPY\x01\0", &(header.len() as u16).to_le_bytes()[..], header.as_bytes(), data].concat()
}

fn header(descr: &str, fortran_order: &str, shape: &str) -> String {
    format!("{{'descr': {descr}, 'fortran_order': {fortran_order}, 'shape': {shape}, }}\n")
}

fn refused(bytes: &[u8]) -> Error {
    parse(bytes).expect_err("a file that is not accepted")
}

fn refused_header(text: &str) -> String {
    refused(&file(text, &[0; 8])).to_string()
}

#[test]
fn other_files_are_named_as_such() {
    for (bytes, found) in [(&b""[..], "``"), (b"\x93", "`\\x93`"), (b"PK\x03\x04....", "`PK\\x03\\x04..`")] {
        let error = refused(bytes);
        assert_eq!(error.to_string(), format!("not an npy file: found {found} at its start, expected `\\x93NUMPY`"));
        assert!(matches!(error.problem(), Problem::WrongFormat { .. }));
    }
}

#[test]
fn huge_shapes_are_refused_before_allocation() {
    for shape in ["(2147483648, 2147483648, 4)", "(18446744073709551615,)", "(0, 4611686018427387904, 8)"] {
        let error = refused(&file(&header("'<f8'", "False", shape), &[0; 8]));
        assert!(matches!(error.problem(), Problem::ShapeOverflow { .. }), "{error}");
    }
    let error = refused(&file(&header("'<f8'", "False", "(1099511627776,)"), &[0; 8]));
    assert_eq!(error.to_string(), "data of shape [1099511627776]: found 8 bytes, expected 8796093022208");
    let many_axes = format!("({})", "1, ".repeat(65));
    assert!(refused_header(&header("'<f8'", "False", &many_axes)).contains("at most 64 axis lengths"));
}

#[test]
fn huge_headers_are_refused_before_they_are_read() {
    let bytes = [b"\x93NUMPY\x02\0", &u32::MAX.to_le_bytes()[..], b"{}"].concat();
    assert_eq!(refused(&bytes).to_string(), "the size of the header is 4294967295, expected at most 65536");
}

#[test]
fn other_types_are_refused() {
    let cases = [
        ("'|O'", "the type `O` (Python objects) is unsupported"),
        ("'<c16'", "the type `c16` (complex numbers) is unsupported"),
        ("'<U4'", "the type `U4` (texts) is unsupported"),
        ("'<M8[ns]'", "the type `M8[ns]` (dates and times) is unsupported"),
        ("'<f16'", "the type `f16` (unknown) is unsupported"),
        ("'f8'", "the type `f8` (unknown) is unsupported"),
        ("''", "the type `` (unknown) is unsupported"),
        ("'é'", "the type `é` (unknown) is unsupported"),
        ("[('a', '<f4')]", "a structured type is unsupported"),
    ];
    for (descr, message) in cases {
        let found = refused_header(&header(descr, "False", "(1,)"));
        assert!(found.starts_with(&format!("header: {message}")), "{found}");
    }
}

#[test]
fn headers_that_are_none_say_where() {
    let cases = [
        ("", "found the end of the header, expected `{`"),
        ("{'descr': '<f8'", "found the end of the header, expected `}`"),
        ("{'descr': '<f8", "found `<` at byte 11, expected a text with its closing quote"),
        (
            "{'descr': '<f8', 'shape': (1,)}",
            "found no key `fortran_order`, expected `descr`, `fortran_order` and `shape`",
        ),
        ("{'evil': 1}", "found the key `evil`, expected `descr`, `fortran_order` and `shape`"),
        ("{'descr': '<f8', 'descr': '<f8'}", "found the name `descr` twice, expected distinct names"),
        ("{'shape': (1.5,)}", "found `.` at byte 12, expected `)`"),
        ("{'shape': (-1,)}", "found `-` at byte 11, expected a length of 64 bits"),
        ("{'shape': (18446744073709551616,)}", "found `1` at byte 11, expected a length of 64 bits"),
        ("{'shape': 3}", "found `3` at byte 10, expected `(`"),
        ("{'fortran_order': None}", "found `N` at byte 18, expected `True` or `False`"),
        ("((((((((((((", "found `(` at byte 0, expected `{`"),
    ];
    for (text, message) in cases {
        assert_eq!(refused_header(text), format!("header: {message}"), "{text}");
    }
    let trailing = header("'<f8'", "False", "(1,)") + "x";
    assert_eq!(refused_header(&trailing), "header: found `x` at byte 58, expected the end of the header");
}

#[test]
fn truncation_anywhere_and_trailing_bytes_are_errors() {
    let bytes = to_bytes(&array![[1_i16, 2], [3, 4]].into());
    for length in 0..bytes.len() {
        refused(&bytes[..length]);
    }
    let error = refused(&[&bytes[..], b"\0"].concat());
    assert_eq!(error.to_string(), "data of shape [2, 2]: found 9 bytes, expected 8");
}

#[test]
fn spellings_of_older_writers_are_read() {
    for text in [
        "{\"shape\":(2L,),\"descr\":\"<u1\",\"fortran_order\":False}",
        "{ 'shape' : ( 2 , ) , 'fortran_order' : True,'descr':'|u1'}",
    ] {
        assert_eq!(parse(&file(text, &[1, 2])).unwrap(), array![1_u8, 2].into());
    }
}

#[test]
fn headers_too_long_for_the_first_version_use_the_second() {
    let element = ElementType::parse("<f4").unwrap();
    let long = Header { element, memory_order: MemoryOrder::C, shape: vec![u64::MAX; 4000] };
    let bytes = long.to_bytes();
    assert_eq!(&bytes[..8], b"\x93NUMPY\x02\0");
    assert_eq!(bytes.len() % 64, 0);
    assert_eq!(u32::from_le_bytes(bytes[8..12].try_into().unwrap()) as usize, bytes.len() - 12);
}

fn arrays() -> impl Strategy<Value = Array> {
    (prop::collection::vec(0_usize..4, 0..5), 0..4).prop_map(|(shape, dtype)| {
        let count = shape.iter().product::<usize>();
        let values = ArrayD::from_shape_vec(IxDyn(&shape), (0..count).collect()).unwrap();
        match dtype {
            0 => values.mapv(|v| v as f32 - 7.5).into(),
            1 => values.mapv(|v| v as i64 - 100).into(),
            2 => values.mapv(|v| v as u8).into(),
            _ => values.mapv(|v| v % 3 == 0).reversed_axes().into(),
        }
    })
}

proptest! {
    #[test]
    fn every_array_comes_back(array in arrays()) {
        prop_assert_eq!(parse(&to_bytes(&array)).unwrap(), array);
    }

    #[test]
    fn no_mutation_panics(array in arrays(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = to_bytes(&array);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = parse(&bytes);
    }

    #[test]
    fn no_header_panics(text in r#"([{}'":,() \n]|descr|shape|fortran_order|True|<f4|>i2|3|é){0,30}"#) {
        let _ = parse(&file(&text, &[0; 12]));
    }
}
