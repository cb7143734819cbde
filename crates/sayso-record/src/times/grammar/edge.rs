//! Parts of times: *the end of the year*; and what belongs to an expression from its left.

use super::{Answer, calendar};
use crate::times::lexicon::{Sense, Unit};
use crate::times::spec::{Anchor, Spec, Within, Year};
use crate::times::words::Words;

/// How far an expression may grow to the left, in tokens.
const MAX_GROWTH: usize = 8;

/// *the end of the year*, *the middle of the month*, *year-end*.
pub(super) fn edge(words: &Words<'_>, at: usize) -> Answer {
    let unit = words.unit(at).filter(|it| *it >= Unit::Week && words.units(at).is_none());
    if words.is_any(at + 1, &["-", "'s", "’s"]) && words.is(at + 2, "end") {
        return unit.map(|unit| (spoken(unit), at + 3));
    }
    if !words.is_sense(at, Sense::Edge) || !words.is(at + 1, "of") {
        return None;
    }
    let the = words.skip(at + 2, &["the"]);
    let unit = words.unit(the).filter(|_| the > at + 2 && words.units(the).is_none())?;
    (unit >= Unit::Day && !words.is(the + 1, "of")).then(|| (spoken(unit), the + 1))
}

fn spoken(unit: Unit) -> Spec {
    Spec::Shift { n: Some(0), unit, from: Anchor::Spoken }
}

/// The first token of an expression that was found at `at`, with what belongs to it before: *the*,
/// *early*, *the end of*, *more than*. Nothing before `floor` is taken.
pub(super) fn start(words: &Words<'_>, at: usize, floor: usize, spec: &Spec) -> usize {
    let mut start = at;
    let floor = floor.max(at.saturating_sub(MAX_GROWTH));
    while start > floor {
        let Some(next) = grown(words, start, floor, spec) else { break };
        start = next;
    }
    start
}

fn grown(words: &Words<'_>, start: usize, floor: usize, spec: &Spec) -> Option<usize> {
    let before = start - 1;
    let takes_the = !words.is_any(start, &["the", "this", "that", "these", "a", "an"]);
    if words.is_any(before, &["the", "these", "that"])
        && takes_the
        && takes_article(words, start, spec)
    {
        return (words.is(before, "the") || words.is(start, "same") || words.is(before, "these"))
            .then_some(before);
    }
    if is_length(spec) || matches!(spec, Spec::Shift { .. }) && words.number(start).is_some() {
        return bounded(words, start, floor);
    }
    if !is_date(spec) {
        return None;
    }
    if calendar::is_early(words, before) {
        return Some(before);
    }
    // *late-1990s*
    if before > floor
        && words.is_dash(before)
        && words.touch(before, start)
        && calendar::is_early(words, before - 1)
    {
        return Some(before - 1);
    }
    if words.is_any(before, &["about", "around", "approximately", "circa"])
        && matches!(spec, Spec::Calendar { year: Year::Known(_), .. })
    {
        return Some(before);
    }
    // *the early part of the 1990s*, *the end of May*
    let of = before;
    if of > floor
        && words.is(of, "of")
        && (words.is_sense(of - 1, Sense::Edge) || is_early_part(words, of - 1))
    {
        return Some(of - 1);
    }
    // *early in 1943*
    if of > floor && words.is(of, "in") && words.is_any(of - 1, &["early", "late"]) {
        return Some(of - 1);
    }
    None
}

/// *the early \[part\] of the decade*
fn is_early_part(words: &Words<'_>, at: usize) -> bool {
    let before = at.checked_sub(1);
    words.is(at, "part")
        && before.is_some_and(|it| {
            calendar::is_early(words, it) || words.is_any(it, &["latter", "better"])
        })
}

/// *more than two days*, *nearly a year*, *at least six hours*.
fn bounded(words: &Words<'_>, start: usize, floor: usize) -> Option<usize> {
    let before = start - 1;
    if is_length_word(words, before) {
        return Some(before);
    }
    if before > floor
        && (words.is(before, "than")
            && words.is_any(before - 1, &["more", "less", "fewer", "longer"])
            || words.is_any(before, &["least", "most"]) && words.is(before - 1, "at")
            || words.is(before, "to") && words.is(before - 1, "up"))
    {
        return Some(before - 1);
    }
    let is_bound = words.is_sense(before, Sense::Bound) && !words.is_any(before, &["just", "only"]);
    let is_preposition = words.is_any(before, &["over", "under", "about", "around"])
        && words.number(start).is_none();
    (is_bound && !is_preposition).then_some(before)
}

/// *the \[first\] ten months*, *an \[entire\] year*
fn is_length_word(words: &Words<'_>, at: usize) -> bool {
    words.is_any(at, &["first", "entire", "whole"])
}

fn is_length(spec: &Spec) -> bool {
    matches!(spec, Spec::Duration(_))
}

fn is_date(spec: &Spec) -> bool {
    !matches!(spec, Spec::Set(_) | Spec::Reference(_) | Spec::Duration(_))
}

/// Whether *the* before an expression belongs to it; that of *the 1941 campaign* does not.
fn takes_article(words: &Words<'_>, start: usize, spec: &Spec) -> bool {
    let is_early = calendar::is_early(words, start);
    match spec {
        Spec::Calendar { within: Within::All, .. } => {
            is_early || words.is_sense(start, Sense::Edge)
        }
        Spec::Calendar { within: Within::Month(_) | Within::Weekday(_), .. } => {
            is_early || words.is_sense(start, Sense::Edge)
        }
        Spec::Calendar { within: Within::Day(..), .. } => {
            words.day(start).is_some()
                || words.ordinal(start).is_some()
                || is_early
                || words.is_sense(start, Sense::Edge)
        }
        // *the summer offensive* is the offensive.
        Spec::Calendar { within: Within::Season(_), .. } => {
            let next = words.text.upos(start + 1);
            !matches!(next, "NOUN" | "PROPN") || words.is(start + 1, "of")
        }
        Spec::Holiday { .. } => false,
        Spec::Reference(_) => false,
        Spec::Set(_) => false,
        Spec::Hours { day: None, .. } => {
            let next = words.text.upos(start + 1);
            !matches!(next, "NOUN" | "PROPN")
        }
        Spec::Duration(_) => {
            let number_end = words.number(start).map_or(start, |it| it.end);
            words.side(start).is_some()
                || words.is_any(start, &["first", "entire"])
                || number_end > start
                    && (number_end..number_end + 2).any(|it| words.units(it).is_some())
        }
        _ => true,
    }
}
