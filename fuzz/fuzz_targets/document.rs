//! Any text: every character but white space in one token, every token in one sentence, and the
//! offsets there and back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_text::{Document, Offsets};

fuzz_target!(|text: &str| {
    let document = Document::read(text.to_owned());
    let mut covered = 0;
    for token in &document.tokens {
        let gap = text.get(covered..token.span.start()).expect("in order, on boundaries");
        assert!(gap.trim().is_empty());
        assert!(!token.span.of(text).trim().is_empty());
        covered = token.span.end();
    }
    assert!(text.get(covered..).expect("a boundary").trim().is_empty());
    let mut next = 0;
    for sentence in &document.sentences {
        assert_eq!(sentence.tokens.start, next);
        next = sentence.tokens.end;
        assert!(document.blocks.iter().any(|block| block.span.contains(sentence.span)));
    }
    assert_eq!(next as usize, document.tokens.len());
    for quotation in &document.quotations {
        assert!(quotation.tokens.start < quotation.tokens.end && quotation.tokens.end <= next);
    }
    let offsets = Offsets::new(text);
    for token in &document.tokens {
        let at = token.span.start();
        assert_eq!(offsets.byte_of_code_point(offsets.code_point(at)), Some(at));
        assert_eq!(offsets.byte_of_utf16(offsets.utf16_unit(at)), Some(at));
    }
});
