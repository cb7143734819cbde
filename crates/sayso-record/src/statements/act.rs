//! What is done by saying something.

use sayso_text::TokenRange;

use super::row::{Row, Silent};
use crate::lexicon::{Class, Entry, LEXICON, WordClass};
use crate::text::Text;
use crate::{Act, Manner};

/// Words of a cue that are looked at.
pub(super) const MAX_CUE: usize = 40;

/// An act with what decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) act: Act,
    /// Why, in a few words.
    pub(super) rule: &'static str,
    /// The word that decided.
    pub(super) word: Option<usize>,
    /// Its entry: `ask+to (v)`.
    pub(super) entry: Option<String>,
}

/// The act of a row, by the words of its cue.
///
/// The head of the cue is asked first, then the words below it, until one has an entry of its own:
/// *went on to \[promise\]*, *issued a \[denial\]*. Then
/// - a refusal is a rejection: *declined to comment*, *would not say*;
/// - an act that is denied to have been done is none: *did not deny*, *made no promise*; but
///   *does not believe* tells a belief all the same;
/// - what would be say is ask if the content is a question;
/// - and report if a document or an outlet speaks: *according to the survey*.
pub(super) fn act(text: &Text<'_>, row: &Row, manner: Manner) -> Reading {
    if row.cue.range().all(|token| !text.is_word(token)) {
        let rule = "a mark stands for the word";
        return of_content(text, row, Reading { act: Act::Say, rule, word: None, entry: None });
    }
    let words = words(text, row.cue);
    let Some(Found { word, entry, class, path }) = find(text, row, &words) else {
        let (act, rule) = match manner {
            Manner::Direct => (Act::Say, "no word of the cue is listed, and the content is quoted"),
            _ => (Act::Other, "no word of the cue is listed"),
        };
        return Reading { act, rule, word: words.first().copied(), entry: None };
    };
    let frame = entry.frame.map(|frame| format!("+{frame}")).unwrap_or_default();
    let found = format!("{}{frame} ({})", text.lemma(word), entry.pos);
    let reading = |act, rule| Reading { act, rule, word: Some(word), entry: Some(found.clone()) };
    let negated = is_negated(text, row, &path);
    match class {
        Class::Refuse if negated => reading(Act::Other, "a refusal that did not happen"),
        Class::Refuse => reading(Act::Reject, "an act is declined"),
        Class::Act(act @ (Act::Believe | Act::Other)) => reading(act, "the word's entry"),
        Class::Act(Act::Say | Act::Confirm | Act::Claim | Act::Report)
            if negated && has_will(text, row.cue) =>
        {
            reading(Act::Reject, "would not say")
        }
        Class::Act(_) if negated => reading(Act::Other, "the act is said not to have been done"),
        Class::Act(act) => of_content(text, row, reading(act, "the word's entry")),
        Class::Through | Class::Light if manner == Manner::Direct || is_clause(text, row) => {
            reading(Act::Say, "a word without a meaning of its own, before what was said")
        }
        Class::Through | Class::Light => reading(Act::Other, "a word without a meaning of its own"),
    }
}

/// Whether a verb or noun is listed as telling of an act, whatever stands beside it.
pub(super) fn tells_of_an_act(text: &Text<'_>, word: usize) -> bool {
    let lemma = text.lemma(word);
    let tells = |entry: Entry| entry.class != Class::Act(Act::Other);
    matches!(text.upos(word), "VERB" | "NOUN" | "ADJ")
        && ['v', 'n', 'a'].iter().any(|&pos| LEXICON.act(pos, &lemma, |_| true).is_some_and(tells))
}

/// The word that tells the act.
struct Found {
    word: usize,
    entry: Entry,
    class: Class,
    /// The words from the cue's head to it.
    path: Vec<usize>,
}

fn find(text: &Text<'_>, row: &Row, words: &[usize]) -> Option<Found> {
    let mut path = Vec::new();
    let mut weak = None;
    for &word in words {
        let light = matches!(weak, Some((_, Entry { class: Class::Light, .. })));
        let Some(entry) = entry(text, row, word, light) else { continue };
        path.push(word);
        match entry.class {
            // A link word says less than what it follows.
            Class::Act(_) if weak.is_some() && entry.pos == 'p' => {}
            Class::Act(_) | Class::Refuse => {
                let class = entry.class;
                return Some(Found { word, entry, class, path });
            }
            Class::Through | Class::Light => {
                weak.get_or_insert((word, entry));
            }
        }
    }
    let (word, entry) = weak?;
    Some(Found { word, entry, class: entry.class, path: vec![word] })
}

/// The words of a cue from its head downwards, then those that do not hang on it.
fn words(text: &Text<'_>, cue: TokenRange) -> Vec<usize> {
    let range = cue.range().start..cue.range().end.min(cue.range().start + MAX_CUE);
    let mut words = vec![text.head_of(cue)];
    let mut at = 0;
    while let Some(&word) = words.get(at) {
        let below = text.dependents(word).filter(|it| range.contains(it));
        let below: Vec<_> = below.filter(|it| !words.contains(it)).collect();
        words.extend(below);
        at += 1;
    }
    let rest: Vec<_> = range.filter(|token| !words.contains(token)).collect();
    words.extend(rest);
    // Adverbs, prepositions and the like only where nothing else has an entry.
    words.sort_by_key(|&word| {
        usize::from(matches!(text.upos(word), "ADP" | "SCONJ" | "PART" | "ADV"))
    });
    words
}

/// A word's entry under its own part of speech, or under another: taggers and lists disagree.
///
/// After a light verb a noun or an adjective has to follow: *made a \[promise\]*, *made \[clear\]*.
fn entry(text: &Text<'_>, row: &Row, word: usize, light: bool) -> Option<Entry> {
    let beside = |frame: &str| {
        let inside = row.cue.range().take(MAX_CUE).filter(|&other| other != word);
        let first = row.content.first().into_iter().flat_map(|piece| piece.range().take(3));
        let first = first.filter(|&token| text.is_word(token)).take(1);
        inside.chain(first).any(|other| text.lower(other) == frame || text.lemma(other) == frame)
    };
    let own = match text.upos(word) {
        "" if light => 'n',
        "VERB" | "AUX" => 'v',
        "NOUN" | "PROPN" => 'n',
        "ADJ" => 'a',
        "ADV" => 'r',
        "" => 'v',
        _ => 'p',
    };
    let others: &[char] = match own {
        'p' => &[],
        'r' => &['p'],
        'v' if light => return None,
        _ if light => &['n', 'a'],
        _ => &['v', 'n', 'a'],
    };
    let (lemma, form) = (text.lemma(word), text.lower(word));
    [own].iter().chain(others).find_map(|&pos| {
        LEXICON.act(pos, &lemma, beside).or_else(|| LEXICON.act(pos, &form, beside))
    })
}

/// Whether the act is said not to have been done: *did not deny*, *made no promise*, *nobody said*.
fn is_negated(text: &Text<'_>, row: &Row, path: &[usize]) -> bool {
    let negates = |token: usize| text.is(WordClass::Negation, token);
    let below = path.iter().flat_map(|&word| text.dependents(word));
    let near = |token: &usize| row.content.iter().all(|piece| !piece.range().contains(token));
    let cue = row.cue.range().take(MAX_CUE);
    let first = row.source.map(|source| source.range().start);
    below.filter(near).chain(cue).chain(first).any(negates)
}

/// Whether a content begins as a clause does: *repeated \[that\] …*
fn is_clause(text: &Text<'_>, row: &Row) -> bool {
    let first = row.content.first().map_or(0, |piece| piece.range().start);
    matches!(text.lower(first).as_str(), "that" | "how" | "why" | "what")
}

fn has_will(text: &Text<'_>, cue: TokenRange) -> bool {
    cue.range().take(MAX_CUE).any(|token| {
        matches!(text.lower(token).as_str(), "will" | "would" | "wo" | "wouldn't" | "won't")
    })
}

/// Say becomes ask before a question, and report where a document or an outlet speaks.
fn of_content(text: &Text<'_>, row: &Row, reading: Reading) -> Reading {
    if reading.act != Act::Say {
        return reading;
    }
    if row.silent == Silent::Author && row.is_of_rule() {
        return Reading { act: Act::Ask, rule: "a question of the interviewer", ..reading };
    }
    if is_question(text, row) {
        return Reading { act: Act::Ask, rule: "the content is a question", ..reading };
    }
    let reports = row.source.is_some_and(|source| is_outlet_or_document(text, source));
    if reports {
        return Reading { act: Act::Report, rule: "a document or an outlet speaks", ..reading };
    }
    reading
}

/// Whether a content is one question: *“Where is the money?”*
fn is_question(text: &Text<'_>, row: &Row) -> bool {
    let [piece] = row.content.as_slice() else { return false };
    let Some(sentence) = text.sentence(piece.range().start) else { return false };
    let inside = sentence.tokens.end >= piece.end;
    let mut last = piece.range().rev().chain(piece.range().end..text.n_tokens()).take(3);
    let mark = |token: usize| text.form(token).contains('?');
    // Within the content its last marks, behind it none.
    inside
        && last.any(|token| {
            mark(token)
                && (row.cue.range().all(|cue| cue != token))
                && piece.range().contains(&token)
        })
}

/// Whether a source is a thing that speaks for its maker, or a paper, an agency or a station.
pub(super) fn is_outlet_or_document(text: &Text<'_>, source: TokenRange) -> bool {
    let head = text.head_of(source);
    if text.upos(head) != "PROPN" && text.is(WordClass::Document, head) {
        return true;
    }
    text.names_in(source).any(|name| {
        let last = name.tokens.range().end - 1;
        name.kind == sayso_analysis::EntityKind::Organization
            && name.tokens.range().any(|token| token == head)
            && (text.is(WordClass::Outlet, last)
                || text.is(WordClass::Outlet, name.tokens.range().start))
    })
}
