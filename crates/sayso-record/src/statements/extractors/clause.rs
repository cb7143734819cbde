//! Clauses in what is said that say who said something.

use std::collections::BTreeSet;

use sayso_text::TokenRange;

use super::super::row::Row;
use super::super::score::CLAUSE;
use super::Extractor;
use crate::Act;
use crate::lexicon::{Class, LEXICON};
use crate::text::Text;

/// Takes, in another's content, a verb of saying or believing with its subject and its clause: *Aker
/// said \[Reyes\] \[believed\] \[the report was false\].*
///
/// The trained head knows outermost attributions only and passes over some inner ones. A verb
/// outside of all contents is left to it, if it is not joined to a cue: *Veld accused her of lying and
/// \[demanded\] that she resign*. A verb without a subject, or with one that stands for nobody, is
/// left alone: *Aker said it seemed that …*
#[derive(Debug)]
pub(super) struct Clause;

impl Extractor for Clause {
    fn name(&self) -> &'static str {
        "clause"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        let attributions = &text.analysis.attributions;
        let cues: BTreeSet<usize> = attributions.iter().flat_map(|it| it.cue.range()).collect();
        let reach = reach(text, rows);
        for verb in 0..text.n_tokens() {
            let goes_on = joins_a_cue(text, &cues, verb);
            if (reach[verb] == 0 && !goes_on) || cues.contains(&verb) || !tells(text, verb) {
                continue;
            }
            let Some((source, cue, content)) = parts(text, verb) else { continue };
            let inside = reach[source.range().start] as usize >= content.range().end || goes_on;
            if inside && !cue.range().any(|token| cues.contains(&token)) {
                let row = Row::of_rule(self.name(), CLAUSE, cue, vec![content]);
                rows.push(Row { source: Some(source), ..row });
            }
        }
    }
}

/// Whether a verb is joined to one that is a cue.
fn joins_a_cue(text: &Text<'_>, cues: &BTreeSet<usize>, verb: usize) -> bool {
    text.relation(verb) == "conj" && text.head(verb).is_some_and(|head| cues.contains(&head))
}

/// For each token the end that contents around it reach furthest to; 0 outside of all.
///
/// Contents of the rules before count as well.
fn reach(text: &Text<'_>, rows: &[Row]) -> Vec<u32> {
    let attributions = text.analysis.attributions.iter().map(|it| &it.content);
    let contents = attributions.chain(rows.iter().map(|row| &row.content));
    let mut reach = vec![0; text.n_tokens()];
    for piece in contents.flatten() {
        if let Some(end) = reach.get_mut(piece.range().start) {
            *end = piece.end.max(*end);
        }
    }
    let mut furthest = 0;
    for (at, end) in (0..).zip(&mut reach) {
        furthest = furthest.max(*end);
        *end = if furthest > at { furthest } else { 0 };
    }
    reach
}

/// Whether a verb is listed as one of saying or believing.
fn tells(text: &Text<'_>, verb: usize) -> bool {
    text.upos(verb) == "VERB"
        && LEXICON
            .act('v', &text.lemma(verb), |_| false)
            .is_some_and(|it| matches!(it.class, Class::Act(act) if act != Act::Other))
}

/// Source, cue and content of a verb with a subject before it and a clause after it.
fn parts(text: &Text<'_>, verb: usize) -> Option<(TokenRange, TokenRange, TokenRange)> {
    let clause = text.dependents(verb).find(|&it| it > verb && text.relation(it) == "ccomp")?;
    let subject = subject(text, verb).filter(|&it| it < verb && !is_empty(text, it))?;
    let loose = |token: usize| {
        matches!(text.relation(token), "acl" | "advcl" | "parataxis" | "punct" | "cc")
    };
    let source = around(text, subject, loose);
    let content = quoted(text, words(text, &text.phrase(clause, |it| it <= verb))?);
    let cue = cue(text, verb);
    (source.end <= cue.start && cue.end <= content.start).then_some((source, cue, content))
}

/// The subject of a verb in the active, or of the one that it is joined to.
fn subject(text: &Text<'_>, verb: usize) -> Option<usize> {
    let own = |verb: usize| text.dependents(verb).find(|&it| text.relation(it) == "nsubj");
    let found = own(verb).or_else(|| {
        let joined = text.head(verb).filter(|_| text.relation(verb) == "conj")?;
        own(joined).filter(|_| text.upos(joined) == "VERB")
    })?;
    (text.full_relation(found) == "nsubj").then_some(found)
}

fn is_empty(text: &Text<'_>, subject: usize) -> bool {
    let lower = text.lower(subject);
    text.upos(subject) == "PRON"
        && matches!(lower.as_str(), "it" | "there" | "this" | "that" | "what" | "which")
}

/// The piece of a word's phrase around it that has no hole.
pub(super) fn around(
    text: &Text<'_>,
    word: usize,
    leave_out: impl Fn(usize) -> bool,
) -> TokenRange {
    let phrase = text.phrase(word, leave_out);
    let first = (0..=word).rev().take_while(|it| phrase.contains(it)).last().unwrap_or(word);
    let last = (word..text.n_tokens()).take_while(|it| phrase.contains(it)).last().unwrap_or(word);
    TokenRange::new(first, last + 1)
}

/// From the first to the last word of a phrase without a hole, marks at its ends aside.
pub(super) fn words(text: &Text<'_>, phrase: &BTreeSet<usize>) -> Option<TokenRange> {
    let mut words = phrase.iter().copied().filter(|&token| text.is_word(token));
    let first = words.next()?;
    let last = words.next_back().unwrap_or(first);
    (phrase.range(first..=last).count() == last + 1 - first)
        .then(|| TokenRange::new(first, last + 1))
}

/// A content with the whole of a quotation that begins in it or right before it, and with its marks:
/// *they told me, \['Leave or we will burn it'\]*.
pub(super) fn quoted(text: &Text<'_>, content: TokenRange) -> TokenRange {
    let from = content.range().start.saturating_sub(1);
    let mut found = content;
    for quotation in text.quotations_in(TokenRange::new(from, content.range().end)) {
        let tokens = quotation.tokens;
        if quotation.closed && tokens.start <= found.end {
            found.start = found.start.min(tokens.start);
            found.end = found.end.max(tokens.end);
        }
    }
    found
}

/// A verb with the auxiliaries and adverbs right before it: *\[had never said\]*.
pub(super) fn cue(text: &Text<'_>, verb: usize) -> TokenRange {
    let belongs = |token: &usize| {
        text.head(*token) == Some(verb) && matches!(text.relation(*token), "aux" | "advmod")
    };
    let first = (0..verb).rev().take_while(belongs).last().unwrap_or(verb);
    TokenRange::new(first, verb + 1)
}
