//! Adverbs that say that somebody else has said it.

use std::collections::BTreeSet;

use sayso_text::TokenRange;

use super::super::act::{MAX_CUE, tells_of_an_act};
use super::super::row::Row;
use super::super::score::EVIDENTIAL;
use super::Extractor;
use crate::lexicon::WordClass;
use crate::text::Text;

/// Takes a clause with such an adverb as the content of nobody in particular: *\[The order\]
/// reportedly \[targets the cartels\], though it is unclear which.*
///
/// What is loosely added stays the writer's: a clause with *though*, a clause beside it. An adverb
/// on a cue is a hedge of that statement and makes none of its own: *Reyes reportedly said …*
#[derive(Debug)]
pub(super) struct Evidential;

impl Extractor for Evidential {
    fn name(&self) -> &'static str {
        "evidential"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        let attributions = &text.analysis.attributions;
        let taken = attributions.iter().filter(|it| !is_hedged_clause(text, it.cue));
        let cues: BTreeSet<usize> = taken.flat_map(|it| it.cue.range()).collect();
        for token in 0..text.n_tokens() {
            if !text.is(WordClass::Evidential, token) {
                continue;
            }
            let Some(head) = text.head(token).filter(|head| !cues.contains(head)) else { continue };
            let content = pieces(text, token, head);
            if !content.is_empty() {
                let cue = TokenRange::new(token, token + 1);
                rows.push(Row::of_rule(self.name(), EVIDENTIAL, cue, content));
            }
        }
    }
}

/// Whether a cue is such an adverb with a word that tells of no act: *reportedly targets*, but not
/// *reportedly said*.
pub(super) fn is_hedged_clause(text: &Text<'_>, cue: TokenRange) -> bool {
    cue.len() <= MAX_CUE
        && cue.range().any(|token| text.is(WordClass::Evidential, token))
        && !cue.range().any(|token| tells_of_an_act(text, token))
}

/// The clause or phrase of `head` on both sides of the adverb.
fn pieces(text: &Text<'_>, adverb: usize, head: usize) -> Vec<TokenRange> {
    let phrase = text.phrase(head, |it| it == adverb || is_added(text, it, head));
    // The stretch around the adverb; what a hole parts from it is another clause's.
    let belongs = |token: usize| phrase.contains(&token) || token == adverb;
    let word = |token: &usize| text.is_word(*token);
    let before = (0..adverb).rev().take_while(|&it| belongs(it)).filter(word).last();
    let after = (adverb + 1..text.n_tokens()).take_while(|&it| belongs(it)).filter(word).last();
    let close = |end: usize| {
        let is_mark = |it: usize| belongs(it) && text.form(it).contains(['”', '"', '’']);
        if end < text.n_tokens() && is_mark(end) { end + 1 } else { end }
    };
    let before = before.map(|start| {
        let last = (start..adverb).rev().find(|it| text.is_word(*it)).unwrap_or(start);
        TokenRange::new(start, close(last + 1).min(adverb))
    });
    let after = after.map(|last| {
        let start = (adverb + 1..=last).find(|&it| !matches!(text.form(it), "," | ";" | ":"));
        TokenRange::new(start.unwrap_or(last), close(last + 1))
    });
    before.into_iter().chain(after).collect()
}

/// Whether what hangs on `token` is added to the clause rather than part of it.
fn is_added(text: &Text<'_>, token: usize, head: usize) -> bool {
    let own_subject = || text.dependents(token).any(|it| text.relation(it).ends_with("subj"));
    match text.relation(token) {
        "parataxis" | "discourse" => true,
        // Marks that part the clause from what is added to it, and words that join it.
        "cc" | "mark" => text.head(token) == Some(head),
        "conj" => text.head(token) == Some(head) && own_subject(),
        "advcl" => text.dependents(token).any(|it| {
            text.relation(it) == "mark"
                && matches!(text.lower(it).as_str(), "though" | "although" | "while" | "whereas")
        }),
        _ => false,
    }
}
