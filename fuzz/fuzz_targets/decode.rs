//! Any bytes: decoded or refused, with notes that lie in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_text::decode;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(decoded) = decode(bytes) {
        for note in &decoded.notes {
            assert!(note.span.is_none_or(|span| decoded.text.get(span.range()).is_some()));
        }
    }
});
