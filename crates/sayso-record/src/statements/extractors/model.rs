//! What the trained attribution head found.

use std::collections::BTreeMap;

use sayso_analysis::Attribution;
use sayso_text::TokenRange;

use super::super::row::{Basis, Row, Silent};
use super::Extractor;
use super::clause::around;
use super::evidential::is_hedged_clause;
use crate::lexicon::WordClass;
use crate::text::Text;

/// Takes the head's attributions: *\[Reyes\]source \[said\]cue \[she would appeal\]content.*
///
/// Some things are not taken as they stand:
///
/// - who is quoted as saying something says it, and in the passive who does it: *asked by \[reporters\]*;
/// - a verb without a source has the subject that it shares with the verb before: *\[Reyes\] thanked
///   the crew and \[vowed\] to return*;
/// - who was told something did not say it: *\[she\] was assured*;
/// - what has no source has to be likely without one;
/// - *according to \[age\]* names nobody;
/// - a clause that an adverb ascribes to nobody in particular is left to that rule: *reportedly targets*;
/// - a cue does not end in an article.
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
            let source = quoted(text, found).or(source).or_else(|| {
                let agent = agent(text, text.head_of(found.cue))?;
                let free = |range: TokenRange| range.end <= agent.start || agent.end <= range.start;
                found.content.iter().copied().chain([found.cue]).all(free).then_some(agent)
            });
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
                cue: to_its_noun(text, found),
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

/// Who is quoted by another: *the Courier quoted \[Reyes\] as \[saying\] …*, *\[Reyes\] was quoted as
/// \[saying\] …*
fn quoted(text: &Text<'_>, found: &Attribution) -> Option<TokenRange> {
    let saying = text.head_of(found.cue);
    let quote = text.head(saying).filter(|&it| matches!(&*text.lemma(it), "quote" | "cite"))?;
    let has_as = text.dependents(saying).any(|it| text.lower(it) == "as");
    let on_quote =
        |relation: &str| text.dependents(quote).find(|&it| text.full_relation(it) == relation);
    let quoted = on_quote("nsubj:pass").or_else(|| on_quote("obj"))?;
    let phrase = around(text, quoted, |it| {
        matches!(text.relation(it), "acl" | "advcl" | "parataxis" | "punct")
    });
    let free = |range: TokenRange| range.end <= phrase.start || phrase.end <= range.start;
    let apart = found.content.iter().copied().chain([found.cue]).all(free);
    (has_as && text.word(saying).is_some_and(|it| it.xpos == "VBG") && apart).then_some(phrase)
}

/// Who does it in the passive: *asked by \[reporters\] whether …*
pub(super) fn agent(text: &Text<'_>, verb: usize) -> Option<TokenRange> {
    let by = |it: usize| {
        text.relation(it) == "obl"
            && text.dependents(it).any(|at| text.relation(at) == "case" && text.lower(at) == "by")
    };
    let agent = text.dependents(verb).find(|&it| by(it) && is_somebody(text, it))?;
    let loose = |it: usize| {
        matches!(text.relation(it), "acl" | "advcl" | "parataxis" | "punct")
            || text.head(it) == Some(agent) && text.relation(it) == "case"
    };
    (text.upos(verb) == "VERB").then(|| around(text, agent, loose))
}

/// A cue that ends in an article goes on to its noun: *said in a \[statement\]*.
fn to_its_noun(text: &Text<'_>, found: &Attribution) -> TokenRange {
    let (cue, end) = (found.cue, found.cue.range().end);
    let article = end > 0 && text.relation(end - 1) == "det" && text.head(end - 1) == Some(end);
    let taken = found.content.iter().chain(&found.source).any(|it| it.range().contains(&end));
    if article && !taken { TokenRange::new(cue.range().start, end + 1) } else { cue }
}

/// Whether a word can be one who speaks.
pub(super) fn is_somebody(text: &Text<'_>, word: usize) -> bool {
    text.is(WordClass::Body, word)
        || text.name_at(word).is_some()
        || sayso_analysis::is_person_noun(&text.lemma(word)) == Some(true)
}

/// Whether a source is the subject of a passive of telling, or what a participle of it stands behind: *\[she\]
/// was assured*, *\[Reyes\], asked about it, left*.
fn is_told(text: &Text<'_>, cue: TokenRange, source: TokenRange) -> bool {
    let (verb, subject) = (text.head_of(cue), text.head_of(source));
    let passive = text.head(subject) == Some(verb) && text.full_relation(subject) == "nsubj:pass";
    let participle = || {
        let tag = text.word(verb).map_or("", |word| word.xpos);
        let own = text.dependents(verb).any(|it| matches!(text.relation(it), "nsubj" | "obj"));
        let above = text.head(verb).unwrap_or(verb);
        let of_source = match text.full_relation(verb) {
            "acl" => source.range().contains(&above),
            "advcl" => text.head(subject) == Some(above) && text.relation(subject) == "nsubj",
            _ => false,
        };
        of_source && matches!(tag, "VBN" | "VBD") && !own
    };
    text.is(WordClass::Told, verb) && (passive || participle() || is_parted(text, cue, source))
}

/// Whether one comma alone parts a source from a cue, so that the verb is a participle whatever the
/// tree says: *\[Reyes\], \[asked\] whether she would go, …*, but *the mayor, Ana Reyes, told …*
fn is_parted(text: &Text<'_>, cue: TokenRange, source: TokenRange) -> bool {
    let Some(comma) = cue.range().start.checked_sub(1) else { return false };
    let from = source.range().start;
    let only = (from..comma).all(|at| text.form(at) != ",");
    let touches = source.range().end == comma || source.range().end == comma + 1;
    let object = text.dependents(text.head_of(cue)).any(|it| text.relation(it) == "obj");
    text.form(comma) == "," && touches && only && !object && from < comma
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
