//! Hand-built analyses for unit tests, which load no model. The trees are written
//! `form/UPOS/head/relation[/lemma[/XPOS]]`, one word a token, heads counted from 1 within the text.

use sayso_analysis::{Analysis, EntityKind, Name, Word};
use sayso_text::{Document, Span, TokenId, TokenRange};

/// A text whose words have the tags of `tree`, and nothing else.
pub(crate) fn read(text: &str, tree: &'static str) -> (Document, Analysis<'static>) {
    let document = Document::read(text.to_owned());
    let words: Vec<Word<'static>> = tree
        .split_whitespace()
        .enumerate()
        .map(|(at, word)| {
            let parts: Vec<&'static str> = word.split('/').collect();
            let head: u32 = parts[2].parse().unwrap();
            let form = document.tokens[at].span.of(&document.text);
            assert_eq!(form, parts[0], "{text}");
            let lemma = parts.get(4).map_or(form.to_lowercase(), ToString::to_string);
            Word {
                upos: parts[1],
                deprel: parts[3],
                head: head.checked_sub(1).map(TokenId),
                lemma: lemma.into(),
                xpos: parts.get(5).copied().unwrap_or(""),
                ..Word::default()
            }
        })
        .collect();
    assert!(words.is_empty() || words.len() == document.tokens.len(), "{text}");
    (document, Analysis { words, ..Analysis::default() })
}

/// The tokens of some words in a text.
pub(crate) fn tokens(document: &Document, words: &str) -> TokenRange {
    let span = Span::find(&document.text, words).unwrap_or_else(|| panic!("no {words:?}"));
    let start = document.tokens.partition_point(|it| it.span.start() < span.start());
    let end = document.tokens.partition_point(|it| it.span.end() <= span.end());
    TokenRange::new(start, end)
}

pub(crate) fn name(document: &Document, words: &str, kind: EntityKind) -> Name {
    Name { tokens: tokens(document, words), kind, probability: 1.0 }
}
