//! Files of the reference implementations, see the scripts in `tests/fixtures`.

#[cfg(feature = "hdf5")]
mod hdf5;
#[cfg(feature = "npy")]
mod npy;
#[cfg(feature = "npz")]
mod npz;
mod safetensors;

use std::path::PathBuf;

use argali_formats::Array;
use ndarray::array;

fn fixture(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "fixtures", name].iter().collect()
}

/// What `all_types` of `fixtures/make.py` makes; float16 as it is widened.
fn all_types() -> Vec<(&'static str, Array)> {
    let tiny = 1.0 / 16384.0;
    vec![
        ("int8", array![[i8::MIN, i8::MAX, 0], [1, 2, 3]].into()),
        ("int16", array![[i16::MIN, i16::MAX, 0], [1, 2, 3]].into()),
        ("int32", array![[i32::MIN, i32::MAX, 0], [1, 2, 3]].into()),
        ("int64", array![[i64::MIN, i64::MAX, 0], [1, 2, 3]].into()),
        ("uint8", array![[u8::MIN, u8::MAX, 0], [1, 2, 3]].into()),
        ("uint16", array![[u16::MIN, u16::MAX, 0], [1, 2, 3]].into()),
        ("uint32", array![[u32::MIN, u32::MAX, 0], [1, 2, 3]].into()),
        ("uint64", array![[u64::MIN, u64::MAX, 0], [1, 2, 3]].into()),
        ("float16", array![[0.099_975_586_f32, -1.5, f32::INFINITY], [tiny, 1.192_092_9e-7, -0.0]].into()),
        ("float32", array![[0.1_f32, -1.5, f32::INFINITY], [tiny, 1e-7, -0.0]].into()),
        ("float64", array![[0.1_f64, -1.5, f64::INFINITY], [tiny.into(), 1e-7, -0.0]].into()),
        ("bool", array![[true, false, false], [false, true, true]].into()),
    ]
}
