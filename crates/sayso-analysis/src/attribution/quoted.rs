//! Quotations that a content begins with, to their ends.

use sayso_text::{Document, TokenRange};

use super::slice::AFTER;
use crate::Attribution;

/// Lets a content that begins with an opening mark and stops inside the quotation reach its end, and
/// those paragraphs after it that go on with it.
///
/// A slice ends some words after its cue; the quotation of which it saw the beginning may go on for
/// pages. It is not taken further than to the next
/// cue or content.
///
/// # Cost
///
/// Linear in the attributions and quotations, but for look-ups.
pub(crate) fn to_their_ends(document: &Document, found: &mut [Attribution]) {
    let mut taken: Vec<u32> = found
        .iter()
        .flat_map(|it| it.content.iter().map(|piece| piece.start).chain([it.cue.start]))
        .collect();
    taken.sort_unstable();
    for attribution in found {
        let Some(piece) = attribution.content.last_mut() else { continue };
        let quotations = &document.quotations;
        let first = quotations.partition_point(|it| it.tokens.start < piece.start);
        let mut end = piece.end;
        // What ends before the slice does was read to its end.
        let cut = piece.end as usize >= attribution.cue.end as usize + AFTER;
        for quotation in &quotations[first..] {
            let tokens = quotation.tokens;
            let begins = tokens.start == piece.start || tokens.start == end;
            // One inside of another, or one that does not go on where the last stopped.
            if quotation.depth > 0 && tokens.end <= end {
                continue;
            }
            let from = end.max(tokens.start);
            let next = taken.partition_point(|&start| start < from);
            let free = taken.get(next).is_none_or(|&start| start >= tokens.end);
            let whole = cut || tokens.start == end || tokens.end == end;
            let other = !free || is_turn(document, tokens);
            if !begins || quotation.depth > 0 || tokens.end < end || !whole || other {
                break;
            }
            end = tokens.end;
            if quotation.closed {
                break;
            }
        }
        piece.end = end;
    }
}

/// Words that a speaker's label may have.
const LABEL: usize = 4;

/// Whether a quotation begins with a speaker's label, as each turn of a transcript does.
fn is_turn(document: &Document, quotation: TokenRange) -> bool {
    let mut first = document.tokens[quotation.range()].iter().take(LABEL + 2);
    first.any(|token| token.span.of(&document.text) == ":")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contents of a text in which *said* is the cue of a content that begins at the first
    /// mark and has `seen` tokens.
    fn reached(text: &str, seen: usize) -> (Document, TokenRange) {
        let document = Document::read(text.to_owned());
        let place = |word: &str| {
            let form = |at: &usize| document.tokens[*at].span.of(&document.text) == word;
            (0..document.tokens.len()).find(form).expect("the word is there")
        };
        let (start, cue) = (place("“"), place("said"));
        let mut found = [Attribution {
            cue: TokenRange::new(cue, cue + 1),
            content: vec![TokenRange::new(start, start + seen)],
            ..Attribution::default()
        }];
        to_their_ends(&document, &mut found);
        let piece = found[0].content[0];
        (document, piece)
    }

    #[test]
    fn a_quotation_is_taken_to_its_closing_mark() {
        let long = format!("Reyes said: “We will go {}.” Then she left.", "on and ".repeat(80));
        // To the end of the slice, 96 words after the cue.
        let (document, piece) = reached(&long, 95);
        assert_eq!(document.tokens[piece.range().end - 1].span.of(&document.text), "”");
        // What ended before was read to its end.
        let (_, piece) = reached(&long, 20);
        assert_eq!(piece.len(), 20);
    }

    #[test]
    fn paragraphs_that_go_on_with_it_belong_to_it() {
        let text =
            "Reyes said: “We will go on.\n\n“And on, as we have to.\n\n“That is all.”\n\nShe left.";
        let (document, piece) = reached(text, 6);
        assert_eq!(document.tokens[piece.range().end - 1].span.of(&document.text), "”");
        assert_eq!(piece.range().end, document.tokens.len() - 3);
    }

    #[test]
    fn the_next_quotation_is_another_one() {
        let (document, piece) = reached("Reyes said: “We go.”\n\n“I stay.”", 5);
        assert_eq!(document.tokens[piece.range().end - 1].span.of(&document.text), "”");
        assert!(piece.range().end < document.tokens.len());
    }
}
