//! Who counts whom as what: *the ministry designated the group as a cartel*.

use sayso_text::TokenRange;

use super::who::Who;
use super::{Found, Rule, joined};
use crate::RelationKind;
use crate::entities::sector;
use crate::lexicon::WordClass;

const DESIGNATED: Rule = Rule { name: "a verb that gives a standing", share: 0.85 };

/// Steps along coordinated themes.
const MAX_THEMES: usize = 32;

pub(super) fn designations(who: &Who<'_, '_>, found: &mut Vec<Found>) {
    let text = who.text;
    for verb in 0..text.analysis.words.len() {
        if text.upos(verb) == "VERB" && text.is(WordClass::Designate, verb) {
            of_verb(who, verb, found);
        }
    }
}

/// *The ministry has \[classified\] gangs such as the Blue Men as \[criminal groups\]*, *groups \[listed\] as
/// \[cartels\] by Norland*, *Norland \[declared\] it \[a disaster zone\]*; not *\[declared\] victory*.
fn of_verb(who: &Who<'_, '_>, verb: usize, found: &mut Vec<Found>) {
    let text = who.text;
    let Some((theme, voice)) = theme(who, verb) else { return };
    let Some(value) = value(who, verb, theme) else { return };
    let by = match voice {
        Voice::Active => text.dependents(verb).find(|&it| text.full_relation(it) == "nsubj"),
        Voice::Passive => agent(who, verb, value),
    };
    // What *it* and *them* stand for is too often a wrong guess; *himself* is who does it.
    let (theme, by) = match text.lower(theme).as_str() {
        "it" | "this" | "that" | "which" | "what" | "them" | "they" => return,
        "himself" | "herself" | "itself" | "themselves" => match by {
            Some(subject) => (subject, None),
            None => return,
        },
        _ => (theme, by),
    };
    let by = by.and_then(|it| who.of_noun(it));
    let words = who.with_of(value);
    let cue = TokenRange::new(verb, verb + 1);
    for subject in subjects(who, verb, theme, value) {
        if Some(subject) != by {
            found.push(Found {
                kind: RelationKind::Designation,
                subject,
                object: None,
                value: Some(text.spelled(words)),
                by,
                words: joined(vec![cue, words]),
                anchor: cue,
                token: verb,
                rule: DESIGNATED,
            });
        }
    }
}

enum Voice {
    Active,
    Passive,
}

/// What is given a standing.
fn theme(who: &Who<'_, '_>, verb: usize) -> Option<(usize, Voice)> {
    let text = who.text;
    let of = |relation: &str| text.dependents(verb).find(|&it| text.full_relation(it) == relation);
    if let Some(theme) = of("nsubj:pass") {
        let relative = text.full_relation(verb) == "acl:relcl" && text.upos(theme) == "PRON";
        let theme = if relative { text.head(verb)? } else { theme };
        return Some((theme, Voice::Passive));
    }
    // A participle on a noun: *groups designated as cartels*, also where the tree takes it for a verb
    // with a subject.
    if text.full_relation(verb) == "acl"
        && text.dependents(verb).all(|it| text.relation(it) != "obj")
    {
        return Some((text.head(verb)?, Voice::Passive));
    }
    if let Some(theme) = of("obj") {
        return Some((theme, Voice::Active));
    }
    let is_participle = matches!(text.word(verb)?.xpos, "VBN" | "VBD");
    // *Groups designated as cartels by Norland operate here*, read as if the groups designated.
    let standing = value(who, verb, verb).filter(|_| is_participle)?;
    agent(who, verb, standing)?;
    of("nsubj").map(|theme| (theme, Voice::Passive))
}

/// The noun of what it is counted as.
fn value(who: &Who<'_, '_>, verb: usize, theme: usize) -> Option<usize> {
    let text = who.text;
    let as_alone = text.is(WordClass::ClassAs, verb);
    let is_noun = |it: usize| matches!(text.upos(it), "NOUN" | "PROPN");
    let as_phrase = |of: usize| {
        text.dependents(of).find(|&it| {
            let fits = matches!(text.relation(it), "obl" | "nmod" | "advcl" | "xcomp");
            it > verb && fits && is_noun(it) && sector::case_of(text, it, &["as"])
                && !sector::case_of(text, it, &["without", "for", "in"])
                && text.form(it).starts_with(char::is_alphabetic)
                // *such as* gives examples.
                && !text.dependents(it).any(|at| text.lower(at) == "such")
        })
    };
    let bare = |it: &usize| {
        let second = text.relation(*it) == "obj" && *it > theme && *it != theme;
        let noun = text.relation(*it) == "xcomp" || second || text.full_relation(*it) == "iobj";
        noun && *it > verb && text.upos(*it) == "NOUN" && text.name_at(*it).is_none()
    };
    let value = as_phrase(verb).or_else(|| as_phrase(theme));
    value.or_else(|| text.dependents(verb).find(bare).filter(|_| !as_alone))
}

/// Who does it, in a passive; the tree may hang it on the standing.
fn agent(who: &Who<'_, '_>, verb: usize, value: usize) -> Option<usize> {
    let text = who.text;
    let by = |of: usize| {
        text.dependents(of).find(|&it| {
            matches!(text.relation(it), "obl" | "nmod")
                && it > verb
                && sector::case_of(text, it, &["by"])
        })
    };
    by(verb).or_else(|| by(value))
}

/// The entities that the theme stands for, those coordinated with it and its examples.
fn subjects(who: &Who<'_, '_>, verb: usize, theme: usize, value: usize) -> Vec<usize> {
    let text = who.text;
    let joins = |it: usize| {
        let along = sector::case_of(text, it, &["along", "including", "like", "such"])
            || text.dependents(it).any(|at| {
                text.relation(at) == "case"
                    && text.dependents(at).any(|it| text.lower(it) == "such")
            })
            || text.lower(it.saturating_sub(1)) == "such";
        matches!(text.relation(it), "conj") || matches!(text.relation(it), "nmod" | "obl") && along
    };
    let mut open = vec![theme];
    open.extend(text.dependents(verb).filter(|&it| text.relation(it) == "obl" && joins(it)));
    // *designated it as a cartel, along with \[the Blue Men\]*: the tree may hang these on the cartel.
    open.extend(text.dependents(value).filter(|&it| sector::case_of(text, it, &["along"])));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&noun) = open.get(at).filter(|_| at < MAX_THEMES) {
        if let Some(entity) = who.of_noun(noun).filter(|it| !found.contains(it)) {
            found.push(entity);
        }
        let more: Vec<_> =
            text.dependents(noun).filter(|&it| joins(it) && !open.contains(&it)).collect();
        open.extend(more);
        at += 1;
    }
    found
}
