//! The hashes that Record v1 names texts and documents by.

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// The number that `document.id` writes in hexadecimal: a hash of source and text.
pub(crate) fn document(source: &str, text: &str) -> u128 {
    let mut hasher = Xxh3::new();
    // The length keeps "ab" + "c" and "a" + "bc" apart.
    hasher.update(&(source.len() as u64).to_le_bytes());
    hasher.update(source.as_bytes());
    hasher.update(text.as_bytes());
    hasher.digest128()
}

/// The id of a document, 32 hexadecimal digits.
pub(crate) fn document_id(source: &str, text: &str) -> String {
    format!("{:032x}", document(source, text))
}

/// The hash of a text, 32 hexadecimal digits.
pub(crate) fn text(text: &str) -> String {
    format!("{:032x}", xxh3_128(text.as_bytes()))
}
