//! Quotations over several paragraphs, whole.

use sayso_text::{Document, Quotation, TokenRange};

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
            // What ends before the quotation's last stop has read it to its end.
            if begins && !quotation.closed && (end..tokens.end).all(|at| !is_word(document, at)) {
                end = end.max(tokens.end);
            }
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

/// Lets a content that begins with an opening mark begin with the paragraphs before it, as far as each
/// opens a quotation that the next one goes on with: *\[“We began in April. ¶ “By June we had
/// nothing,”\] Reyes said*, where the slice saw little of the first. What has a cue or a content in it
/// belongs to that.
///
/// # Cost
///
/// Linear in the attributions and quotations, but for look-ups.
pub(crate) fn from_their_beginnings(document: &Document, found: &mut [Attribution]) {
    let ranges = |it: &Attribution| {
        it.content.iter().copied().chain(it.source).chain([it.cue]).collect::<Vec<_>>()
    };
    let mut taken: Vec<TokenRange> = found.iter().flat_map(ranges).collect();
    taken.sort_unstable();
    // The end of the range that reaches furthest, of those that begin up to here.
    let ends: Vec<u32> = taken
        .iter()
        .scan(0, |furthest, range| {
            *furthest = range.end.max(*furthest);
            Some(*furthest)
        })
        .collect();
    for attribution in found {
        let Some(piece) = attribution.content.first_mut() else { continue };
        let before = |start: u32| {
            let at = document.quotations.partition_point(|it| it.tokens.start < start);
            let goes_on = document.quotations.get(at).is_some_and(|it| it.tokens.start == start);
            goes_on
                .then(|| document.quotations[..at].iter().rev())
                .into_iter()
                .flatten()
                .take(DEPTH)
        };
        loop {
            let opens = |it: &&Quotation| !it.closed && it.tokens.end == piece.start;
            let Some(last) = before(piece.start).find(opens).map(|it| it.tokens) else { break };
            let next = taken.partition_point(|range| range.start < piece.start);
            let free = next == 0 || ends[next - 1] <= last.start;
            if !free || is_turn(document, last) {
                break;
            }
            piece.start = last.start;
        }
    }
}

/// Quotations in one another that are looked at.
const DEPTH: usize = 8;

/// Words that a speaker's label may have.
const LABEL: usize = 4;

fn is_word(document: &Document, at: u32) -> bool {
    let token = document.tokens[at as usize].span.of(&document.text);
    token.contains(char::is_alphanumeric)
}

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
    fn paragraphs_before_that_it_goes_on_with_belong_to_it() {
        let begins = |text: &str, opens: usize| {
            let document = Document::read(text.to_owned());
            let form = |at: usize| document.tokens[at].span.of(&document.text);
            let cue = (0..document.tokens.len()).find(|&at| form(at) == "said").expect("a cue");
            let start = (0..cue).filter(|&at| form(at) == "“").nth(opens).expect("a mark");
            let mut found = [Attribution {
                cue: TokenRange::new(cue, cue + 1),
                content: vec![TokenRange::new(start, cue - 1)],
                ..Attribution::default()
            }];
            from_their_beginnings(&document, &mut found);
            found[0].content[0].start as usize
        };
        let text = "She rose.\n\n“We go.\n\n“We stay.\n\n“That is all,” she said.";
        assert_eq!(begins(text, 2), 3);
        // A quotation that is closed is another one.
        assert_eq!(begins("She rose.\n\n“We go.”\n\n“That is all,” she said.", 1), 8);
    }

    #[test]
    fn the_next_quotation_is_another_one() {
        let (document, piece) = reached("Reyes said: “We go.”\n\n“I stay.”", 5);
        assert_eq!(document.tokens[piece.range().end - 1].span.of(&document.text), "”");
        assert!(piece.range().end < document.tokens.len());
    }
}
