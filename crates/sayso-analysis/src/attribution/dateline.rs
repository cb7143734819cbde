//! Datelines, which nobody says and which say nothing.

use sayso_text::{BlockKind, Document, TokenRange};

use crate::Attribution;

/// A dateline has at most so many words: a place, its country, a date and an agency.
const LONGEST: usize = 16;

/// Takes the dateline at the beginning of a paragraph out of sources and contents: *\[GENEVA, Oct 9
/// (Meridian) —\] The envoys said …*.
///
/// # Cost
///
/// Linear in the blocks and the attributions.
pub(crate) fn without_datelines(document: &Document, found: &mut [Attribution]) {
    let datelines: Vec<TokenRange> = document
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph)
        .filter_map(|block| {
            let starts_before = |it: &sayso_text::Token| it.span.start() < block.span.start();
            let first = document.tokens.partition_point(starts_before);
            dateline(document, first)
        })
        .collect();
    if datelines.is_empty() {
        return;
    }
    let behind = |piece: TokenRange| {
        let at = datelines.partition_point(|it| it.end <= piece.start);
        let start =
            datelines.get(at).filter(|it| it.start <= piece.start).map_or(piece.start, |it| it.end);
        TokenRange { start: start.min(piece.end), end: piece.end }
    };
    for attribution in found {
        attribution.source = attribution.source.map(behind).filter(|it| !it.is_empty());
        attribution.content.iter_mut().for_each(|piece| *piece = behind(*piece));
        attribution.content.retain(|piece| !piece.is_empty());
    }
}

/// The dateline that begins at a token, with its dash.
///
/// Its first word is in capitals, and all up to the dash are capitalized words, numbers, commas, stops and
/// brackets.
fn dateline(document: &Document, first: usize) -> Option<TokenRange> {
    let form = |at: usize| document.tokens.get(at).map(|it| it.span.of(&document.text));
    let begins = form(first)?;
    let is_capital = |word: &str| word.chars().all(char::is_uppercase);
    if begins.chars().count() < 3 || !is_capital(begins) {
        return None;
    }
    for at in first + 1..first + LONGEST {
        let word = form(at)?;
        if matches!(word, "—" | "–" | "-" | "--" | "―") {
            return Some(TokenRange::new(first, at + 1));
        }
        let is_part = word.starts_with(char::is_uppercase)
            || word.starts_with(|it: char| it.is_ascii_digit())
            || matches!(word, "," | "." | "(" | ")" | "/" | "of" | "de" | "la" | "el");
        if !is_part {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let document = Document::read(text.to_owned());
        let found = dateline(&document, 0)?;
        let tokens = &document.tokens[found.range()];
        let end = tokens.last()?.span.end();
        text.get(..end).map(str::to_owned)
    }

    #[test]
    fn a_place_in_capitals_with_a_dash() {
        assert_eq!(read("BERLIN, May 5 - The envoys left.").as_deref(), Some("BERLIN, May 5 -"));
        assert_eq!(
            read("PORT ELSE, Norland (Meridian) — The envoys left.").as_deref(),
            Some("PORT ELSE, Norland (Meridian) —")
        );
        assert_eq!(read("NATO said - and meant - that it would go."), None);
        assert_eq!(read("Berlin - The envoys left."), None);
        assert_eq!(read("NOBODY WENT THERE."), None);
    }

    #[test]
    fn sources_and_contents_begin_behind_it() {
        let text = "GENEVA, Oct 9 — The envoys left, Reyes said.";
        let document = Document::read(text.to_owned());
        let whole = TokenRange::new(0, 8);
        let mut found = [Attribution {
            content: vec![whole],
            source: Some(TokenRange::new(0, 2)),
            ..Attribution::default()
        }];
        without_datelines(&document, &mut found);
        assert_eq!(found[0].content, [TokenRange::new(5, 8)]);
        assert_eq!(found[0].source, None);
    }
}
