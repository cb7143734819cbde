//! What holds for every text whatsoever.

use proptest::prelude::*;
use sayso_text::{Document, Offsets, decode, norm, parse_conllu};

/// Checks everything that `Document` promises.
fn check(document: &Document) {
    let text = &document.text;
    let mut covered = 0;
    for token in &document.tokens {
        let gap = text.get(covered..token.span.start()).expect("in order, on boundaries");
        assert!(gap.trim().is_empty(), "{gap:?} is in no token");
        let form = token.span.of(text);
        assert_eq!(form.trim(), form);
        assert!(!form.is_empty());
        covered = token.span.end();
    }
    assert!(text.get(covered..).expect("a boundary").trim().is_empty());
    check_sentences(document);
    for group in &document.multiword {
        let tokens = &document.tokens[group.range()];
        assert!(tokens.len() > 1);
        assert!(tokens.windows(2).all(|pair| pair[0].span.end() == pair[1].span.start()));
        let holds =
            |s: &&sayso_text::Sentence| s.tokens.start <= group.start && group.end <= s.tokens.end;
        assert_eq!(document.sentences.iter().filter(holds).count(), 1);
    }
    for pair in document.quotations.windows(2) {
        assert!(pair[0].tokens.start <= pair[1].tokens.start);
    }
    for quotation in &document.quotations {
        assert!(quotation.tokens.start < quotation.tokens.end);
        let tokens = &document.tokens[quotation.tokens.range()];
        let holds = |b: &&sayso_text::Block| tokens.iter().all(|t| b.span.contains(t.span));
        assert_eq!(document.blocks.iter().filter(holds).count(), 1);
    }
    for note in &document.notes {
        assert!(note.span.is_none_or(|span| text.get(span.range()).is_some()));
    }
}

fn check_sentences(document: &Document) {
    let mut next = 0;
    for sentence in &document.sentences {
        assert_eq!(sentence.tokens.start, next);
        assert!((1..=512).contains(&sentence.tokens.len()));
        next = sentence.tokens.end;
        let tokens = &document.tokens[sentence.tokens.range()];
        assert_eq!(sentence.span.start(), tokens[0].span.start());
        assert_eq!(sentence.span.end(), tokens[tokens.len() - 1].span.end());
        let holds = |block: &&sayso_text::Block| block.span.contains(sentence.span);
        assert_eq!(document.blocks.iter().filter(holds).count(), 1);
    }
    assert_eq!(next as usize, document.tokens.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&Document::read(text));
    }

    #[test]
    fn texts_of_awkward_characters(
        text in "[a-cST1-3 \n\r.,'’‘“”\"«»„!?…:;)(@/&#$%_<>=*é🗳\u{AD}\u{200B}\u{200D}\u{A0}\u{2028}\u{301}\u{1F3FD}-]{0,120}",
    ) {
        check(&Document::read(text));
    }

    #[test]
    fn texts_of_words(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "don't", "can", "not", "U.S.", "Mr.", "No.", "5", "p.m.", "etc.", ".", "..", "...", "’s", "'",
                "“", "”", "\"", "http://a.b", "a@b.com", "x.doc", "-", "--", "anti-", "1-800-555-0100", "#",
                "it's", "dogs'", "I", "W.", "\n", "\n\n", " ", " ", " ", "O'", "n", "t", "&", "AT&T", ":)", "’90s",
            ]),
            0..60,
        ),
    ) {
        check(&Document::read(words.concat()));
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(decoded) = decode(&bytes) {
            for note in &decoded.notes {
                prop_assert!(note.span.is_none_or(|span| decoded.text.get(span.range()).is_some()));
            }
        }
    }

    #[test]
    fn offsets_there_and_back(text in any::<String>()) {
        let offsets = Offsets::new(&text);
        for (point, (byte, _)) in text.char_indices().enumerate() {
            prop_assert_eq!(offsets.code_point(byte), point);
            prop_assert_eq!(offsets.byte_of_code_point(point), Some(byte));
            prop_assert_eq!(offsets.byte_of_utf16(offsets.utf16_unit(byte)), Some(byte));
        }
    }

    #[test]
    fn norms_are_never_empty(form in "[a-c“’ﬁ\u{AD}\u{200B}…—]{1,8}") {
        let mut out = String::new();
        norm(&form, &mut out);
        prop_assert!(!out.is_empty());
    }

    #[test]
    fn any_conllu(text in "([0-3]{1,2}[-.]?[0-2]?\t([a-c' ]{0,3}\t){5}[0-3_]\t_\t_\t(_|SpaceAfter=No)\r?\n|# newpar\n|# newdoc\n|\n){0,12}") {
        for document in parse_conllu(&text).unwrap_or_default() {
            check_layers(&document.document);
        }
    }
}

fn check_layers(document: &Document) {
    let mut last = 0;
    for token in &document.tokens {
        assert!(last <= token.span.start());
        assert!(!token.span.of(&document.text).is_empty());
        last = token.span.end();
    }
}
