//! Who is said to have said it, and how far the text names them.

use sayso_text::TokenRange;

use super::addressee::addressee;
use super::row::{Row, Silent};
use crate::SourceKind;
use crate::entities::{Links, name_of};
use crate::lexicon::WordClass;
use crate::text::Text;

/// How often an implicit source is handed on.
const MAX_HOPS: usize = 32;

/// The rule of a pronoun that stands for nobody known.
pub(crate) const UNRESOLVED: &str = "a pronoun that is linked to nobody";

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
        } else if voices[at].entity.is_none()
            && let Some(entity) = second_person(text, links, rows, at)
        {
            let named = text.entities[entity].named;
            voices[at].kind = if named { SourceKind::Named } else { SourceKind::Unnamed };
            voices[at].entity = Some(entity);
            voices[at].rule = "the second person in words that are said to somebody";
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
    let entity = links.entity_of(text, source, head);
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
        "PRON" => UNRESOLVED,
        _ => "its words describe it without a name",
    };
    voice(SourceKind::Unnamed, None, rule)
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
    // A participle of the passive has no auxiliary where it stands alone: *[accused] of fraud*,
    // *[asked] about it, she left*, and taggers take it for the past.
    let passive = text.word(cue).is_some_and(|word| matches!(word.xpos, "VBN" | "VBD"))
        && !text.dependents(cue).any(|it| matches!(text.relation(it), "aux" | "mark"));
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

/// *Reyes told Aker: “\[You\] said …”*: whom the words are said to.
fn second_person(text: &Text<'_>, links: &Links<'_>, rows: &[Row], at: usize) -> Option<usize> {
    let source = rows[at].source.filter(|it| it.len() == 1)?;
    let quotation = quotation(text, source.range().start)?;
    let next = |&at: &usize| rows[at].parent;
    let mut around = std::iter::successors(rows[at].parent, next).take(MAX_HOPS);
    let outer = around.find(|&it| !lies_in(rows[it].cue, quotation))?;
    if text.lower(source.range().start) != "you" {
        return None;
    }
    let tokens = addressee(text, &rows[outer])?;
    links.entity_of(text, tokens, text.head_of(tokens)).map(|(entity, _)| entity)
}

/// *“I told them that …”*: the first person in another's words is that other.
fn first_person(text: &Text<'_>, rows: &[Row], voices: &[Voice], at: usize) -> Voice {
    let source = rows[at].source.expect("the first person is a word");
    let quotation = quotation(text, source.range().start);
    let mut around = rows[at].parent;
    for _ in 0..MAX_HOPS {
        let Some(parent) = around else { break };
        // *“He says I lied,” Reyes said*: not his *I*, but that of her quotation.
        let beside = quotation.is_some_and(|it| lies_in(rows[parent].cue, it));
        if voices[parent].kind != SourceKind::Author && !beside {
            let rule = "the first person in another's words";
            return Voice { kind: voices[parent].kind, entity: voices[parent].entity, rule };
        }
        around = rows[parent].parent;
    }
    if quotation.is_some() {
        let rule = "the first person in a quotation whose speaker is not told";
        return Voice { kind: SourceKind::Unnamed, entity: None, rule };
    }
    voices[at]
}

/// The tokens of the innermost quotation around a token.
fn quotation(text: &Text<'_>, token: usize) -> Option<TokenRange> {
    let all = &text.document.quotations;
    let to = all.partition_point(|it| it.tokens.start as usize <= token);
    let found = all[..to].iter().rev().take(MAX_HOPS).find(|it| it.tokens.end as usize > token);
    found.map(|it| it.tokens)
}

fn lies_in(inner: TokenRange, outer: TokenRange) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
