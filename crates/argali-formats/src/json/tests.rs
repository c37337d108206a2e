use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn refused(text: impl AsRef<[u8]>) -> JsonError {
    parse(text.as_ref()).expect_err("a text that is not JSON")
}

fn place(text: impl AsRef<[u8]>) -> (usize, usize, usize) {
    let error = refused(text);
    (error.line(), error.column(), error.offset())
}

#[test]
fn keeps_nan_and_infinities() {
    let text = r#"{"a":[NaN,Infinity,-Infinity,"NaN","-Infinity"],"b":NaN}"#;
    let value = parse(text.as_bytes()).unwrap();
    assert!(as_f64(&value["a"][0]).unwrap().is_nan());
    assert_eq!(as_f64(&value["a"][1]), Some(f64::INFINITY));
    assert_eq!(as_f64(&value["a"][2]), Some(f64::NEG_INFINITY));
    assert_eq!(value["a"][3], "NaN");
    assert_eq!(as_f64(&value["a"][3]), None);
    assert_eq!(to_string(&value), text);
    assert_eq!(parse(to_string_pretty(&value).as_bytes()).unwrap(), value);
}

#[test]
fn non_finite_tokens_stand_only_where_values_stand() {
    for text in
        ["{NaN:1}", "NaN NaN", "[NaN,]", "NaNs", "nan", "+Infinity", "--Infinity", "-NaN", "[1 Infinity]", "Infinit"]
    {
        refused(text);
    }
    assert_eq!(place("{\n NaN: 1}"), (2, 2, 3));
}

#[test]
fn numbers_keep_their_kind() {
    let text = "[1,1.0,-0.0,1e-7,0.1,18446744073709551615,-9223372036854775808,1.7976931348623157e+308]";
    let value = parse(text.as_bytes()).unwrap();
    assert!(value[0].is_u64() && value[1].is_f64());
    assert_eq!(to_string(&value), text);
    assert_eq!(value[3].as_f64(), Some(1e-7));
}

#[test]
fn duplicate_keys_are_refused_where_they_start() {
    let error = refused("{\"a\": {\"b\": 1,\n \"c\": 2, \"\\u0062\": 3}}");
    assert_eq!(error.problem(), &JsonProblem::DuplicateKey("b".into()));
    assert_eq!((error.line(), error.column(), error.offset()), (2, 10, 24));
    assert!(parse(br#"{"a": {"b": 1}, "c": {"b": 1}}"#).is_ok());
}

#[test]
fn deep_nesting_is_refused_without_overflowing_the_stack() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let deepest = nested(MAX_DEPTH);
    assert_eq!(to_string(&parse(deepest.as_bytes()).unwrap()), deepest);
    let objects = format!("{}1{}", "{\"a\":".repeat(MAX_DEPTH), "}".repeat(MAX_DEPTH));
    assert_eq!(to_string(&parse(objects.as_bytes()).unwrap()), objects);
    for text in [nested(MAX_DEPTH + 1), nested(200_000), "[".repeat(200_000), "{\"a\":".repeat(200_000)] {
        assert_eq!(refused(&text).problem(), &JsonProblem::TooDeep);
    }
    assert_eq!(refused(nested(MAX_DEPTH + 1)).offset(), MAX_DEPTH);
    assert!(parse(format!("[{:?}]", "[".repeat(1000)).as_bytes()).is_ok());
    assert!(parse(format!("[{}1]", "[],".repeat(1000)).as_bytes()).is_ok());
}

#[test]
fn what_python_refuses_is_refused_with_its_place() {
    type Case = (&'static [u8], &'static str, (usize, usize, usize));
    let cases: [Case; 13] = [
        (b"", "EOF while parsing a value", (1, 1, 0)),
        (b"\n", "EOF while parsing a value", (2, 1, 1)),
        (b"x", "expected value", (1, 1, 0)),
        (b"[\n1,\n]", "trailing comma", (3, 1, 5)),
        (b"{\"a\":1,}", "trailing comma", (1, 8, 7)),
        (b"[1] 2", "trailing characters", (1, 5, 4)),
        (b"[1", "EOF while parsing a list", (1, 2, 1)),
        (b"[NaN, 1e400]", "number out of range", (1, 11, 10)),
        (b"[1, -1e400]", "number out of range", (1, 10, 9)),
        (b"\"\\ud800\"", "unexpected end of hex escape", (1, 8, 7)),
        (b"\"\\udc00\"", "lone leading surrogate in hex escape", (1, 7, 6)),
        (b"\"\x01\"", "control character (\\u0000-\\u001F) found while parsing a string", (1, 2, 1)),
        (b"[01]", "invalid number", (1, 3, 2)),
    ];
    for (text, message, expected) in cases {
        let error = refused(text);
        let described = String::from_utf8_lossy(text);
        assert_eq!(error.problem(), &JsonProblem::Syntax(message.into()), "{described}");
        assert_eq!((error.line(), error.column(), error.offset()), expected, "{described}");
    }
}

#[test]
fn byte_order_mark_bad_utf8_and_large_integers_are_refused() {
    assert_eq!(refused("\u{feff}{}").problem(), &JsonProblem::ByteOrderMark);
    let error = refused(b"[\"\xc3\xa9\", \"\xff\"]");
    assert_eq!(error.problem(), &JsonProblem::NotUtf8);
    assert_eq!((error.line(), error.column(), error.offset()), (1, 8, 8));
    for integer in ["18446744073709551616", "-9223372036854775809", &"9".repeat(5000)] {
        let error = refused(format!("[1, {integer}]"));
        assert_eq!((error.problem(), error.offset()), (&JsonProblem::IntegerOutOfRange, 4));
    }
}

#[test]
fn places_count_in_the_original_text() {
    assert_eq!(place("[NaN, Infinity, oops]"), (1, 17, 16));
    assert_eq!(place("[NaN,\n -Infinity,\n NaN,, 1]"), (3, 6, 23));
    assert_eq!(place("[\"é\", NaN, }"), (1, 12, 12));
}

#[test]
fn the_reserved_key_cannot_be_smuggled_in() {
    for text in [
        "{\"\u{fdd0}non-finite\" : \"NaN\"}",
        "{\"\\ufdd0non-finite\": \"NaN\"}",
        "[NaN, {\"\\ufdd0non-fin\\u0069te\": 1}]",
    ] {
        let error = refused(text);
        assert!(matches!(error.problem(), JsonProblem::ReservedKey(_)), "{text}");
        assert_eq!(error.offset(), text.find("\"").unwrap(), "{text}");
    }
    assert!(parse("[\"\u{fdd0}non-finite\"]".as_bytes()).is_ok());
}

#[test]
fn look_alikes_are_no_numbers() {
    assert_eq!(as_f64(&json!({"\u{fdd0}non-finite": "oops"})), None);
    assert_eq!(as_f64(&json!({"\u{fdd0}non-finite": "NaN", "a": 1})), None);
    assert_eq!(as_f64(&json!({})), None);
}

#[test]
fn files_name_themselves_in_errors() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.json");
    let missing = read(&path).unwrap_err().to_string();
    assert!(missing.contains("config.json`: cannot read the file"), "{missing}");
    std::fs::write(&path, "[1,]").unwrap();
    let malformed = read(&path).unwrap_err().to_string();
    assert!(malformed.ends_with("config.json`: trailing comma at line 1 column 4"), "{malformed}");
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(non_finite),
        any::<u32>().prop_map(|bits| non_finite(f64::from(f32::from_bits(bits)))),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,5}", inner, 0..6).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn every_value_comes_back(value in values()) {
        prop_assert_eq!(parse(to_string(&value).as_bytes()).unwrap(), value.clone());
        prop_assert_eq!(parse(to_string_pretty(&value).as_bytes()).unwrap(), value);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn no_json_like_text_panics(text in r#"([\[\]{},:" \n\\]|NaN|-?Infinity|-|1e|0|"a"|\\u[d0][89c0]00|é|null|\x{fdd0}non-finite){0,40}"#) {
        if let Err(error) = parse(text.as_bytes()) {
            prop_assert!(error.offset() <= text.len());
            prop_assert!(error.line() >= 1 && error.column() >= 1);
        }
    }

    #[test]
    fn without_non_finite_tokens_serde_json_agrees(text in r#"([\[\]{},:" \n]|-|1e9|0|12|"a"|"b"|null|true){0,12}"#) {
        let reference = serde_json::from_str::<Value>(&text);
        match parse(text.as_bytes()) {
            Ok(value) => prop_assert_eq!(value, reference.unwrap()),
            Err(error) => prop_assert!(matches!(error.problem(), JsonProblem::DuplicateKey(_)) || reference.is_err()),
        }
    }
}
