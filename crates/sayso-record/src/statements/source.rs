//! Who is said to have said it, and how far the text names them.

use std::collections::BTreeMap;

use sayso_analysis::{EntityIndex, EntityKind};
use sayso_text::TokenRange;

use super::lexicon::WordClass;
use super::row::{Row, Silent};
use super::text::Text;
use crate::{CharSpan, SourceKind};

/// How often an implicit source is handed on.
const MAX_HOPS: usize = 32;

/// A source with what decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Voice {
    pub(super) kind: SourceKind,
    /// A place among the entities.
    pub(super) entity: Option<usize>,
    /// Why, in a few words.
    pub(super) rule: &'static str,
}

/// The sources of all rows.
///
/// A source is named if its words hold its name or stand for an entity that is named elsewhere,
/// and unnamed if they only describe it: *three officials*. The first person is the writer, or,
/// within another's words, that other. Without words the source is implicit if the cue goes on
/// from another's (*Reyes said …, adding that …*), and unnamed otherwise: *it is said*.
/// Nobody is guessed: an unnamed source has no named entity.
pub(super) fn voices(text: &Text<'_>, links: &Links<'_>, rows: &[Row]) -> Vec<Voice> {
    let mut voices: Vec<Voice> = rows.iter().map(|row| by_itself(text, links, row)).collect();
    let heads = cue_heads(text, rows);
    for at in 0..rows.len() {
        if let Some(other) = goes_on(text, rows, &heads, at) {
            voices[at].entity = source_of(text, rows, &voices, &heads, other);
            voices[at].kind = SourceKind::Implicit;
            voices[at].rule = "no words; the source of the cue that this one goes on from";
        }
    }
    for at in 0..rows.len() {
        if voices[at].kind == SourceKind::Author && rows[at].source.is_some() {
            voices[at] = first_person(text, rows, &voices, at);
        }
    }
    voices
}

/// What a row's own words tell.
fn by_itself(text: &Text<'_>, links: &Links<'_>, row: &Row) -> Voice {
    let voice = |kind, entity, rule| Voice { kind, entity, rule };
    let Some(source) = row.source else {
        return match row.silent {
            Silent::Open => voice(SourceKind::Unnamed, None, "the text has no words for it"),
            Silent::Author => voice(SourceKind::Author, None, "the article's own voice"),
            Silent::Before(entity) => {
                voice(SourceKind::Implicit, entity, "no words; one who speaks in turn")
            }
        };
    };
    let head = text.head_of(source);
    if text.is(WordClass::First, head) && source.len() <= 3 {
        return voice(SourceKind::Author, None, "the first person outside of others' words");
    }
    let entity = entity_of(text, links, source, head);
    if let Some((at, rule)) = entity {
        let kind = if text.entities[at].named { SourceKind::Named } else { SourceKind::Unnamed };
        return voice(kind, Some(at), rule);
    }
    // A name that is no entity, as where the analysis has none.
    if name_of(text, source, head).is_some() {
        return voice(SourceKind::Named, None, "its words hold a name");
    }
    let proper = text.upos(head) == "PROPN" && text.form(head).contains(char::is_lowercase);
    if proper {
        return voice(SourceKind::Named, None, "its head is a proper noun");
    }
    let rule = match text.upos(head) {
        "PRON" => "a pronoun that is linked to nobody",
        _ => "its words describe it without a name",
    };
    voice(SourceKind::Unnamed, None, rule)
}

/// What leads from tokens to entities.
#[derive(Debug)]
pub(super) struct Links<'a> {
    index: EntityIndex<'a>,
    /// For each of the analysis's entities its place among the rows.
    of: &'a [Option<usize>],
    /// The entity with a mention, as a place among the rows.
    by_span: BTreeMap<CharSpan, usize>,
}

impl<'a> Links<'a> {
    pub(super) fn new(text: &Text<'a>, of: &'a [Option<usize>]) -> Self {
        let mut by_span = BTreeMap::new();
        for (at, entity) in text.entities.iter().enumerate() {
            for mention in &entity.mentions {
                by_span.entry(mention.span).or_insert(at);
            }
        }
        Self { index: EntityIndex::new(text.analysis), of, by_span }
    }
}

/// The entity that a source stands for, as a place among the entities, and how that is known.
///
/// This is the one place where words are linked to entities: a document by the name of its maker,
/// anything else by what its head stands for, else by the name in the words.
pub(super) fn entity_of(
    text: &Text<'_>,
    links: &Links<'_>,
    source: TokenRange,
    head: usize,
) -> Option<(usize, &'static str)> {
    let name = name_of(text, source, head);
    let by_name =
        name.and_then(|(name, rule)| links.by_span.get(&text.chars(name)).map(|&at| (at, rule)));
    let by_head = || {
        if !is_somebody_known(text, source, head) {
            return None;
        }
        let place = links.index.entity_of(source)?;
        let at = links.of.get(place).copied().flatten()?;
        Some((at, "it stands for somebody mentioned elsewhere"))
    };
    by_name.or_else(by_head)
}

/// Whether a source without a name may stand for one who has one: a pronoun, a proper noun, or one
/// person or thing that the article takes as known: *she*, *the mayor*, *his lawyer*, but not *a
/// source*, *officials*, *two senators*.
fn is_somebody_known(text: &Text<'_>, source: TokenRange, head: usize) -> bool {
    let plural = text.word(head).is_some_and(|word| word.xpos == "NNS");
    let capital = text.form(head).starts_with(char::is_uppercase);
    if text.upos(head) != "NOUN" || capital && !plural {
        return true;
    }
    let known = text.dependents(head).any(|it| {
        let lower = text.lower(it);
        matches!(lower.as_str(), "the" | "this" | "that") || text.full_relation(it) == "nmod:poss"
    });
    let apposed = text.names_in(source).next().is_some();
    (known || apposed) && !plural
}

/// The name in a source that is the source's own: *Mayor \[Ana Reyes\]*, *a \[New York Times\] report*,
/// but not *\[U.S.\] officials* nor *\[Reyes\]'s lawyer*.
fn name_of(text: &Text<'_>, source: TokenRange, head: usize) -> Option<(TokenRange, &'static str)> {
    let made_thing = text.upos(head) != "PROPN" && text.is(WordClass::Document, head);
    let own = |name: &&sayso_analysis::Name| {
        let tokens = name.tokens;
        if tokens.range().contains(&head) {
            return true;
        }
        let relation = text.relation(text.head_of(tokens));
        let hangs = text.ancestors(text.head_of(tokens)).nth(1) == Some(head);
        match name.kind {
            EntityKind::Person => {
                let title = matches!(relation, "flat" | "appos") || relation == "compound";
                hangs && title && (relation != "compound" || tokens.end as usize > head)
            }
            _ => hangs && relation == "appos",
        }
    };
    let maker = |name: &&sayso_analysis::Name| {
        let name_head = text.head_of(name.tokens);
        let relation = text.relation(name_head);
        name.kind != EntityKind::Place
            && text.head(name_head) == Some(head)
            && matches!(relation, "compound" | "nmod" | "amod" | "obl")
    };
    if let Some(name) = text.names_in(source).find(own) {
        return Some((name.tokens, "its words hold a name"));
    }
    let name = text.names_in(source).find(maker).filter(|_| made_thing)?;
    Some((name.tokens, "a document, by the name of its maker"))
}

/// The rows by the head of their cue, in order.
fn cue_heads(text: &Text<'_>, rows: &[Row]) -> Vec<(usize, usize)> {
    let mut heads: Vec<_> =
        rows.iter().enumerate().map(|(at, row)| (text.head_of(row.cue), at)).collect();
    heads.sort_unstable();
    heads
}

/// The row whose source goes on in this one: *Reyes \[said\] …, \[adding\] that …*
fn goes_on(text: &Text<'_>, rows: &[Row], heads: &[(usize, usize)], at: usize) -> Option<usize> {
    let row = &rows[at];
    if row.source.is_some() || row.silent != Silent::Open || row.is_of_rule() {
        return None;
    }
    let cue = text.head_of(row.cue);
    let active = text.upos(cue) == "VERB"
        && !text.dependents(cue).any(|it| text.full_relation(it).ends_with(":pass"))
        && (matches!(text.relation(cue), "conj" | "advcl" | "xcomp" | "parataxis"));
    let own_subject = text.dependents(cue).any(|it| text.relation(it) == "nsubj");
    // A participle of the passive has no auxiliary where it stands alone: *[accused] of fraud*.
    let passive = text.word(cue).is_some_and(|word| word.xpos == "VBN")
        && !text.dependents(cue).any(|it| text.relation(it) == "aux");
    if !active || own_subject || passive && text.relation(cue) != "conj" {
        return None;
    }
    let head = text.head(cue)?;
    let from = heads.partition_point(|&(word, _)| word < head);
    heads[from..]
        .iter()
        .take_while(|&&(word, _)| word == head)
        .map(|&(_, row)| row)
        .find(|&other| other != at)
}

/// The entity of a row's source, or of the one that it goes on from.
fn source_of(
    text: &Text<'_>,
    rows: &[Row],
    voices: &[Voice],
    heads: &[(usize, usize)],
    mut at: usize,
) -> Option<usize> {
    for _ in 0..MAX_HOPS {
        if rows[at].source.is_some() {
            return voices[at].entity;
        }
        at = goes_on(text, rows, heads, at)?;
    }
    None
}

/// *“I told them that …”*: the first person in another's words is that other.
fn first_person(text: &Text<'_>, rows: &[Row], voices: &[Voice], at: usize) -> Voice {
    let mut around = rows[at].parent;
    for _ in 0..MAX_HOPS {
        let Some(parent) = around else { break };
        if voices[parent].kind != SourceKind::Author {
            let rule = "the first person in another's words";
            return Voice { kind: voices[parent].kind, entity: voices[parent].entity, rule };
        }
        around = rows[parent].parent;
    }
    let source = rows[at].source.expect("the first person is a word");
    if in_quotation(text, source.range().start) {
        let rule = "the first person in a quotation whose speaker is not told";
        return Voice { kind: SourceKind::Unnamed, entity: None, rule };
    }
    voices[at]
}

/// Whether a token stands in quotation marks.
fn in_quotation(text: &Text<'_>, token: usize) -> bool {
    let all = &text.document.quotations;
    let to = all.partition_point(|it| it.tokens.start as usize <= token);
    all[..to].iter().rev().take(MAX_HOPS).any(|it| it.tokens.end as usize > token)
}
