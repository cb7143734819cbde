//! Arrays in NumPy's file format, version 1.0.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// A number that NumPy knows.
pub(crate) trait Element: Copy {
    /// NumPy's name of the type, little-endian.
    const DESCR: &'static str;
    /// Appends the little-endian bytes.
    fn put(self, out: &mut Vec<u8>);
}

macro_rules! element {
    ($($kind:ty => $descr:literal),*) => {
        $(impl Element for $kind {
            const DESCR: &'static str = $descr;
            fn put(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
        })*
    };
}
element!(u8 => "|u1", u16 => "<u2", i32 => "<i4", u64 => "<u8", f32 => "<f4");

/// Writes one flat array.
pub(crate) fn write<T: Element>(path: &Path, values: &[T]) -> Result<()> {
    let header = format!(
        "{{'descr': '{}', 'fortran_order': False, 'shape': ({},), }}",
        T::DESCR,
        values.len()
    );
    // The header ends with a line feed, and with it the data starts at a multiple of 64 bytes.
    let length = (10 + header.len() + 1).next_multiple_of(64) - 10;
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend_from_slice(&u16::try_from(length).expect("the header is short").to_le_bytes());
    bytes.extend_from_slice(header.as_bytes());
    bytes.resize(10 + length - 1, b' ');
    bytes.push(b'\n');
    for value in values {
        value.put(&mut bytes);
    }
    fs::write(path, bytes).with_context(|| format!("{}", path.display()))
}
