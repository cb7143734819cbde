//! Where somebody or something is, and where they come from.

use sayso_text::TokenRange;

use super::who::Who;
use super::{Found, Rule, joined};
use crate::entities::{country, sector};
use crate::lexicon::WordClass;
use crate::{EntityKind, RelationKind};

const COMMA: Rule = Rule { name: "a place and behind a comma where it lies", share: 0.95 };
const SEAT: Rule = Rule { name: "words for a seat", share: 0.9 };
const INSIDE: Rule = Rule { name: "a body in a place", share: 0.85 };
const BORN: Rule = Rule { name: "words for a birth", share: 0.9 };

pub(super) fn places(who: &Who<'_, '_>, found: &mut Vec<Found>) {
    behind_a_comma(who, found);
    for token in 0..who.text.analysis.words.len() {
        seat(who, token, found);
        born(who, token, found);
        compound(who, token, found);
    }
    inside(who, found);
}

/// *\[Tucson\], \[Arizona\]*, where the second is a country or a state and no further place follows.
fn behind_a_comma(who: &Who<'_, '_>, found: &mut Vec<Found>) {
    let text = who.text;
    for pair in text.analysis.names.windows(2) {
        let [inner, outer] = [pair[0].tokens, pair[1].tokens];
        let comma = inner.range().end;
        let apart = comma + 1 != outer.range().start || text.form(comma) != ",";
        let sentence = text.sentence(comma).map(|it| it.tokens.start);
        if apart || sentence != text.sentence(outer.range().start).map(|it| it.tokens.start) {
            continue;
        }
        let form = |tokens| country::form_of(text, tokens).map(|it| it.class);
        let holds = matches!(form(outer), Some(country::Class::Name | country::Class::State));
        let is_inner = !matches!(form(inner), Some(country::Class::Name | country::Class::State));
        // *talks in Lima, Peru and Chile* and *Lima, Chile, Peru* are lists.
        let after = text.lower(outer.range().end);
        let list = matches!(after.as_str(), "and" | "or")
            || after == ","
                && text.name_at(outer.range().end + 1).is_some_and(|it| form(it.tokens).is_some());
        let (Some(subject), Some(object)) = (who.of(inner), who.of(outer)) else { continue };
        let kind = |at: usize| text.entities[at].kind;
        if holds && is_inner && !list && kind(subject) == EntityKind::Place {
            let words = vec![inner, outer];
            let found_here = row(RelationKind::Location, subject, object, None, words, COMMA);
            found.push(Found { token: inner.range().start, ..found_here });
        }
    }
}

/// *a charity \[based in\] \[Geneva\]*, *Norvex is \[headquartered in\] \[Lyon\]*
fn seat(who: &Who<'_, '_>, verb: usize, found: &mut Vec<Found>) {
    let text = who.text;
    if !text.is(WordClass::Seat, verb) {
        return;
    }
    let place = text.dependents(verb).find(|&it| {
        matches!(text.relation(it), "obl" | "nmod")
            && sector::case_of(text, it, &["in", "at", "near"])
    });
    let (Some((object, tokens)), Some(subject)) =
        (place.and_then(|it| who.place(it)), carrier(who, verb))
    else {
        return;
    };
    let cue = TokenRange::new(verb, verb + 1);
    let value = Some(text.spelled(cue));
    let words = joined(vec![cue, tokens]);
    found.push(row(RelationKind::Location, subject, object, value, words, SEAT));
}

/// *Omar Haddad, who was \[born in\] \[Tunis\]*
fn born(who: &Who<'_, '_>, verb: usize, found: &mut Vec<Found>) {
    let text = who.text;
    if text.lower(verb) != "born" {
        return;
    }
    let place = text
        .dependents(verb)
        .find(|&it| text.relation(it) == "obl" && sector::case_of(text, it, &["in", "at", "near"]));
    let (Some((object, tokens)), Some(subject)) =
        (place.and_then(|it| who.place(it)), carrier(who, verb))
    else {
        return;
    };
    if text.entities[subject].kind == EntityKind::Person {
        let cue = TokenRange::new(verb, verb + 1);
        let value = Some(text.spelled(cue));
        let words = joined(vec![cue, tokens]);
        found.push(row(RelationKind::Origin, subject, object, value, words, BORN));
    }
}

/// *the \[French-born\] chemist Marie Duval*, *the \[Geneva-based\] Kestrel Foundation*
fn compound(who: &Who<'_, '_>, participle: usize, found: &mut Vec<Found>) {
    let text = who.text;
    let Some(hyphen) = participle.checked_sub(1).filter(|&at| text.form(at) == "-") else { return };
    let Some(last) = hyphen.checked_sub(1) else { return };
    let (kind, rule) = match text.lower(participle).as_str() {
        "born" => (RelationKind::Origin, BORN),
        "based" => (RelationKind::Location, SEAT),
        _ => return,
    };
    let start = text.name_at(last).map_or(last, |it| it.tokens.range().start);
    let place = TokenRange::new(start, hyphen);
    let whole = text.name_at(participle).and_then(|it| who.of(it.tokens));
    let object = who.of(place).filter(|&it| Some(it) != whole);
    let noun =
        text.head(participle).filter(|_| matches!(text.relation(participle), "amod" | "compound"));
    let subject = noun.and_then(|it| who.of_noun(it)).filter(|&it| Some(it) != whole);
    let Some(subject) = subject else { return };
    let is_place = match object {
        Some(at) => matches!(text.entities[at].kind, EntityKind::Place | EntityKind::Group),
        None => country::form_of(text, place).is_some(),
    };
    let fits = kind == RelationKind::Location || text.entities[subject].kind == EntityKind::Person;
    if is_place && fits {
        let words = TokenRange::new(start, participle + 1);
        let value = Some(text.spelled(words));
        let anchored = row(kind, subject, subject, value, vec![words], rule);
        found.push(Found { object, ..anchored });
    }
}

/// *\[Kestrel Hospital\] in \[Leeds\]*: a body's name with a place of its own.
fn inside(who: &Who<'_, '_>, found: &mut Vec<Found>) {
    let text = who.text;
    for name in &text.analysis.names {
        let is_body = name.kind == sayso_analysis::EntityKind::Organization;
        let case = name.tokens.range().end;
        if !is_body || text.form(case) != "in" {
            continue;
        }
        let head = text.head_of(name.tokens);
        let place = text
            .dependents(head)
            .find(|&it| text.relation(it) == "nmod" && text.dependents(it).any(|at| at == case));
        let Some((object, tokens)) = place.and_then(|it| who.place(it)) else { continue };
        let Some(subject) = who.of(name.tokens) else { continue };
        let words = joined(vec![name.tokens, TokenRange::new(case, case + 1), tokens]);
        found.push(row(RelationKind::Location, subject, object, None, words, INSIDE));
    }
}

/// Whom a participle tells of: its subject, or the noun that it hangs on.
fn carrier(who: &Who<'_, '_>, verb: usize) -> Option<usize> {
    let text = who.text;
    let subject = text.dependents(verb).find(|&it| text.relation(it) == "nsubj");
    let noun = match subject {
        Some(subject)
            if text.full_relation(verb) == "acl:relcl" && text.upos(subject) == "PRON" =>
        {
            text.head(verb)
        }
        Some(subject) => Some(subject),
        None => text.head(verb).filter(|_| matches!(text.relation(verb), "acl" | "amod")),
    };
    who.of_noun(noun?)
}

fn row(
    kind: RelationKind,
    subject: usize,
    object: usize,
    value: Option<String>,
    words: Vec<TokenRange>,
    rule: Rule,
) -> Found {
    let anchor = TokenRange { start: words[0].start, end: words[words.len() - 1].end };
    let token = words[0].range().start;
    Found { kind, subject, object: Some(object), value, by: None, words, anchor, token, rule }
}
