//! Words that keep a content at a distance.

use sayso_text::TokenRange;

use super::row::Row;
use crate::lexicon::WordClass;
use crate::text::Text;

/// The hedges in a row's cue and on it, and the scare quotes in its content.
///
/// A word that leaves open whether it was said is one, too. *Reyes \[reportedly\] told friends that the “\[expert\]” had left.* Scare quotes stand around one
/// word that is not all that is said; longer ones quote; `scare` are those of this
/// row, as the ones in the content of an inner row are that row's.
pub(super) fn hedges(text: &Text<'_>, row: &Row, scare: &[TokenRange]) -> Vec<TokenRange> {
    let single = |token: usize| TokenRange::new(token, token + 1);
    let head = text.head_of(row.cue);
    let on_cue = text.dependents(head).filter(|&token| text.relation(token) == "advmod");
    let cue = row.cue.range().chain(on_cue);
    let mut found: Vec<_> =
        cue.filter(|&token| text.is(WordClass::Hedge, token)).map(single).collect();
    found.extend(unsaid(text, row, head).map(single));
    found.extend(scare);
    found.sort_unstable();
    found.dedup();
    found
}

/// The words on a cue that leave open whether it was said at all: *Reyes \[may\] say …*, *she \[will\]
/// announce …*, *\[if\] she denies …*; but *she would not say*, which is an act of its own.
fn unsaid<'a>(text: &'a Text<'_>, row: &'a Row, head: usize) -> impl Iterator<Item = usize> + 'a {
    let negated = text.dependents(head).any(|it| text.is(WordClass::Negation, it));
    let in_content = |token: usize| row.content.iter().any(|piece| piece.range().contains(&token));
    let on_verb = (text.upos(head) == "VERB").then(|| text.dependents(head));
    on_verb.into_iter().flatten().filter(move |&it| {
        let word = text.lower(it);
        let modal = text.relation(it) == "aux"
            && !negated
            && matches!(
                word.as_str(),
                "may"
                    | "might"
                    | "could"
                    | "would"
                    | "should"
                    | "will"
                    | "shall"
                    | "’ll"
                    | "'ll"
                    | "can"
                    | "must"
                    | "’d"
                    | "'d"
            )
            && text.lemma(it) != "have";
        let condition =
            text.relation(it) == "mark" && matches!(word.as_str(), "if" | "unless" | "whether");
        (modal || condition) && it < head && !in_content(it)
    })
}

/// The quotations of one word, by first token: scare quotes if they stand in a longer content.
pub(super) fn single_words(text: &Text<'_>) -> Vec<TokenRange> {
    let quotations = text.document.quotations.iter().filter(|it| it.closed && it.tokens.len() <= 5);
    quotations
        .map(|it| it.tokens)
        .filter(|tokens| tokens.range().filter(|&token| text.is_word(token)).count() == 1)
        .collect()
}
