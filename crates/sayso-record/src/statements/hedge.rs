//! Words that keep a content at a distance.

use sayso_text::TokenRange;

use super::lexicon::WordClass;
use super::row::Row;
use super::text::Text;

/// The hedges in a row's cue and on it, and the scare quotes in its content.
///
/// *Reyes \[reportedly\] told friends that the “\[expert\]” had left.* Scare quotes stand around one
/// word that is not all that is said; longer ones quote; `scare` are those of this
/// row, as the ones in the content of an inner row are that row's.
pub(super) fn hedges(text: &Text<'_>, row: &Row, scare: &[TokenRange]) -> Vec<TokenRange> {
    let single = |token: usize| TokenRange::new(token, token + 1);
    let head = text.head_of(row.cue);
    let on_cue = text.dependents(head).filter(|&token| text.relation(token) == "advmod");
    let cue = row.cue.range().chain(on_cue);
    let mut found: Vec<_> =
        cue.filter(|&token| text.is(WordClass::Hedge, token)).map(single).collect();
    found.extend(scare);
    found.sort_unstable();
    found.dedup();
    found
}

/// The quotations of one word, by first token: scare quotes if they stand in a longer content.
pub(super) fn single_words(text: &Text<'_>) -> Vec<TokenRange> {
    let quotations = text.document.quotations.iter().filter(|it| it.closed && it.tokens.len() <= 5);
    quotations
        .map(|it| it.tokens)
        .filter(|tokens| tokens.range().filter(|&token| text.is_word(token)).count() == 1)
        .collect()
}
