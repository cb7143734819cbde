//! Quotations that a content begins with, to their ends.

use sayso_text::{Document, TokenRange};

use super::slice::AFTER;
use crate::Attribution;

/// Lets a content that begins with an opening mark and stops inside the quotation reach its end, and
/// those paragraphs after it that go on with it.
///
/// A slice ends some words after its cue; the quotation of which it saw the beginning may go on for
/// pages. It is not taken further than to the next cue.
///
/// # Cost
///
/// Linear in the attributions and quotations, but for look-ups.
pub(crate) fn to_their_ends(document: &Document, found: &mut [Attribution]) {
    let cues: Vec<TokenRange> = found.iter().map(|attribution| attribution.cue).collect();
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
            let cue = cues.partition_point(|cue| cue.start < end.min(tokens.start));
            let free = cues.get(cue).is_none_or(|cue| cue.start >= tokens.end)
                || cues[cue].end <= piece.end;
            let whole = cut || tokens.start == end || tokens.end == end;
            if !begins || quotation.depth > 0 || tokens.end < end || !free || !whole {
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
        let (document, piece) =
            reached("Reyes said: “We will go on and on and on.” Then she left.", 4);
        assert_eq!(document.tokens[piece.range().end - 1].span.of(&document.text), "”");
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
