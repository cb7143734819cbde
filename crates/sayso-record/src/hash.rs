//! Names for texts and documents that stay the same on every machine.

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A hash of the text, as 32 hexadecimal digits.
pub fn text_hash(text: &str) -> String {
    format!("{:032x}", xxh3_128(text.as_bytes()))
}

/// A hash of source and text, as 32 hexadecimal digits.
pub(crate) fn document_id(source: &str, text: &str) -> String {
    let mut hasher = Xxh3::new();
    // The length keeps "ab" + "c" and "a" + "bc" apart.
    hasher.update(&(source.len() as u64).to_le_bytes());
    hasher.update(source.as_bytes());
    hasher.update(text.as_bytes());
    format!("{:032x}", hasher.digest128())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_stay_what_they_are() {
        // Written down so that a change of hash, which would orphan every link, is noticed.
        assert_eq!(text_hash(""), "99aa06d3014798d86001c324468d497f");
        assert_ne!(document_id("ab", "c"), document_id("a", "bc"));
    }
}
