//! What the trained attribution head found.

use std::collections::BTreeMap;

use sayso_analysis::Attribution;
use sayso_text::TokenRange;

use super::super::row::{Basis, Row, Silent};
use super::Extractor;
use super::evidential::is_hedged_clause;
use crate::lexicon::WordClass;
use crate::text::Text;

/// Takes the head's attributions: *\[Reyes\]source \[said\]cue \[she would appeal\]content.*
///
/// Five things are not taken as they stand: a verb without a source has the subject that it shares
/// with the verb before (*\[Reyes\] thanked the crew and \[vowed\] to return*), who was told something did not say it (*\[she\] was assured*),
/// what has no source has to be likely without one, *according to \[age\]* names nobody, and a clause that an adverb ascribes to nobody in particular is left to that rule (*reportedly
/// targets*).
#[derive(Debug)]
pub(super) struct Model;

impl Extractor for Model {
    fn name(&self) -> &'static str {
        "model"
    }

    fn extract(&self, text: &Text<'_>, rows: &mut Vec<Row>) {
        let sources = Sources::new(&text.analysis.attributions);
        rows.extend(text.analysis.attributions.iter().map(|found| {
            let source = match found.source {
                Some(source) => Some(source).filter(|&source| !is_told(text, found.cue, source)),
                None => shared_subject(text, &sources, found),
            };
            // Measured on outermost ones alone.
            let outermost = found.parent.is_none() && found.source.is_none();
            let doubtful = source.is_none() && outermost && !is_of_nobody(found);
            // A row without content is dropped where rows are linked.
            let dropped = doubtful
                || is_hedged_clause(text, found.cue)
                || source.is_some_and(|source| is_measure(text, found.cue, source));
            let content = if dropped { Vec::new() } else { found.content.clone() };
            Row {
                extractor: self.name(),
                cue: found.cue,
                source,
                content,
                parent: found.parent,
                silent: Silent::Open,
                verbatim: false,
                basis: Basis::Model {
                    cue: found.cue_probability,
                    source: found.source_probability,
                    content: found.content_probability,
                    runner_up: found.runner_up,
                },
            }
        }));
    }
}

/// Whether it is likely enough that a content is there which nobody is the source of: *it is
/// \[said\]cue \[that the ship was lost\]content*. What only looks like one is mostly no attribution:
/// *it is \[hardly surprising\] that …*
fn is_of_nobody(found: &Attribution) -> bool {
    found.source_probability * found.content_probability >= LEAST_OF_NOBODY
}

/// Chosen on PolNeAR's development split, for the best F1.
const LEAST_OF_NOBODY: f32 = 0.7;

/// Whether *according to* gives a measure and nobody who speaks: *they pay according to \[age\]*, but
/// *according to \[police\]*, *according to \[data\]*.
fn is_measure(text: &Text<'_>, cue: TokenRange, source: TokenRange) -> bool {
    let according = text.lower(cue.range().start) == "according";
    let head = text.head_of(source);
    let speaks = text.is(WordClass::Body, head) || text.is(WordClass::Document, head);
    according
        && source.len() == 1
        && !speaks
        && text.word(head).is_some_and(|word| word.xpos == "NN")
        && text.names_in(source).next().is_none()
}

/// Whether a source is the subject of a passive of telling: *\[she\] was assured*.
fn is_told(text: &Text<'_>, cue: TokenRange, source: TokenRange) -> bool {
    let (verb, subject) = (text.head_of(cue), text.head_of(source));
    text.head(subject) == Some(verb)
        && text.full_relation(subject) == "nsubj:pass"
        && text.is(WordClass::Told, verb)
}

/// The sources of all attributions, by their tokens.
struct Sources<'a> {
    all: &'a [Attribution],
    /// By parent and token; of several that hold it the first.
    by_token: BTreeMap<(Option<usize>, usize), TokenRange>,
}

impl<'a> Sources<'a> {
    fn new(all: &'a [Attribution]) -> Self {
        let mut by_token = BTreeMap::new();
        for attribution in all {
            let Some(source) = attribution.source.filter(|it| it.len() <= MAX_SOURCE) else {
                continue;
            };
            for token in source.range() {
                by_token.entry((attribution.parent, token)).or_insert(source);
            }
        }
        Self { all, by_token }
    }
}

/// Longer sources are no noun phrases.
const MAX_SOURCE: usize = 64;

/// Verbs between a cue and its subject.
const MAX_VERBS: usize = 4;

/// The subject of a cue that is an active verb, or that of the verb it is joined to or depends on
/// without a subject of its own.
fn shared_subject(
    text: &Text<'_>,
    sources: &Sources<'_>,
    found: &Attribution,
) -> Option<TokenRange> {
    let mut verb = text.head_of(found.cue);
    for step in 0..MAX_VERBS {
        let passive = text
            .dependents(verb)
            .any(|it| matches!(text.full_relation(it), "nsubj:pass" | "aux:pass"));
        if text.upos(verb) != "VERB" || passive {
            return None;
        }
        let subject = text.dependents(verb).find(|&it| text.full_relation(it) == "nsubj");
        if let Some(subject) = subject {
            return noun_phrase(text, sources, subject, found);
        }
        let joined = match text.relation(verb) {
            "conj" | "xcomp" => true,
            "advcl" => step == 0 && text.word(verb).is_some_and(|word| word.xpos == "VBG"),
            _ => false,
        };
        verb = text.head(verb).filter(|_| joined)?;
    }
    None
}

/// A subject's phrase without clauses, or the source of the attribution that has it already; none
/// if it stands for nobody or in what is said.
fn noun_phrase(
    text: &Text<'_>,
    sources: &Sources<'_>,
    subject: usize,
    found: &Attribution,
) -> Option<TokenRange> {
    let empty = text.upos(subject) == "PRON"
        && matches!(text.lower(subject).as_str(), "it" | "there" | "this" | "that" | "what");
    let holds = |range: &TokenRange| range.range().contains(&subject);
    // One in another's content has its source there.
    let parent = found.parent.and_then(|at| sources.all.get(at));
    let outside = parent.is_some_and(|parent| !parent.content.iter().any(holds));
    if empty || outside || found.content.iter().any(holds) || holds(&found.cue) {
        return None;
    }
    if let Some(&source) = sources.by_token.get(&(found.parent, subject)) {
        return Some(source);
    }
    let phrase = text.phrase(subject, |it| {
        matches!(text.relation(it), "acl" | "advcl" | "parataxis" | "punct")
            || text.relation(it) == "cc"
    });
    let first = (0..=subject).rev().take_while(|it| phrase.contains(it)).last()?;
    let last = (subject..text.n_tokens()).take_while(|it| phrase.contains(it)).last()?;
    Some(TokenRange::new(first, last + 1))
}
