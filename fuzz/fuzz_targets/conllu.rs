//! Any text as a CoNLL-U file: an error, or documents whose layers fit their text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_text::parse_conllu;

fuzz_target!(|text: &str| {
    for parsed in parse_conllu(text).unwrap_or_default() {
        let document = &parsed.document;
        assert_eq!(document.tokens.len(), parsed.words.len());
        assert_eq!(document.sentences.len(), parsed.comments.len());
        for token in &document.tokens {
            assert!(!token.span.of(&document.text).is_empty());
        }
    }
});
