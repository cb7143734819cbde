//! Times counted from another: *last week*, *two days later*, *that year*, *yesterday*.

use super::{Answer, duration};
use crate::numbers::Form;
use crate::times::lexicon::{Sense, Shift, Side, Unit};
use crate::times::point::Part;
use crate::times::spec::{Anchor, Hours, Spec, Within, Year};
use crate::times::words::Words;

/// A relative time of any form.
pub(super) fn relative(words: &Words<'_>, at: usize) -> Answer {
    let readers = [day_word, shifted, the_unit_before, sided, the_unit, earlier_in];
    let answers = readers.iter().filter_map(|read| read(words, at));
    answers.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// The day of *this morning*, *last night*, *the next morning*, with the token of its part.
pub(super) fn day_of_part(words: &Words<'_>, at: usize) -> Option<(Spec, usize)> {
    let at = words.skip(at, &["the"]);
    let side = words.side(at)?;
    let part_at = words.skip(at + 1, &["same"]);
    let part = words.part(part_at)?;
    if words.form(part_at).ends_with('s') {
        return None;
    }
    let (n, from) = match side {
        Side::Last if part == Part::Night || part == Part::Evening => (-1, Anchor::Spoken),
        Side::This => (0, Anchor::Spoken),
        Side::That => (0, Anchor::Told),
        Side::Next | Side::After => (1, Anchor::Told),
        Side::Before => (-1, Anchor::Told),
        _ => return None,
    };
    Some((Spec::Shift { n: Some(n), unit: Unit::Day, from }, part_at))
}

/// *today*, *yesterday*.
fn day_word(words: &Words<'_>, at: usize) -> Answer {
    let n = words.sense(at, |it| match it {
        Sense::Day(n) => Some(*n),
        _ => None,
    })?;
    Some((spoken(i64::from(n), Unit::Day), at + 1))
}

/// *two days later*, *a year ago*, *weeks before*, *three days from now*.
fn shifted(words: &Words<'_>, at: usize) -> Answer {
    let amount = duration::amount(words, at)?;
    let (shift, end) = shift(words, amount.end)?;
    let from = match shift {
        Shift::Ago | Shift::Hence => Anchor::Spoken,
        Shift::Before | Shift::After => Anchor::Told,
    };
    let sign = if matches!(shift, Shift::Ago | Shift::Before) { -1 } else { 1 };
    let vague = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
    let Some((n, unit)) = amount.whole() else { return Some((Spec::Reference(vague), end)) };
    if unit < Unit::Day {
        let day = Spec::Shift { n: Some(0), unit: Unit::Day, from };
        return Some((Spec::Hours { day: Some(Box::new(day)), hours: Hours::Unknown }, end));
    }
    Some((Spec::Shift { n: Some(sign * n), unit, from }, end))
}

/// The word that makes a length of time a time. *before* and *after* do only when nothing that they
/// count from follows: *two days \[after\]*, but *two days after the vote*.
fn shift(words: &Words<'_>, at: usize) -> Option<(Shift, usize)> {
    if words.is(at, "from") && words.is_any(at + 1, &["now", "today"]) {
        return Some((Shift::Hence, at + 2));
    }
    let shift = words.shift(at)?;
    let is_open = words.is_any(at, &["before", "after", "following", "prior", "back"]);
    let next = words.form(at + 1);
    let is_end = next.is_empty()
        || !next.contains(char::is_alphanumeric) && !matches!(next, "\"" | "“" | "$")
        || words.is(at + 1, "and")
        || words.text.sentence(at).is_some_and(|it| it.tokens.end as usize == at + 1);
    (!is_open || is_end).then_some((shift, at + 1))
}

/// *the day before yesterday*, *the year before last*, *the day before*, *the night before*,
/// *the day after*, *the day following*.
fn the_unit_before(words: &Words<'_>, at: usize) -> Answer {
    if !words.is(at, "the") {
        return None;
    }
    let part = words.part(at + 1).filter(|it| matches!(it, Part::Night | Part::Evening));
    let unit = words.unit(at + 1).or(part.map(|_| Unit::Day))?;
    let sign = if words.is(at + 2, "before") { -1 } else { 1 };
    if !words.is_any(at + 2, &["before", "after", "following"]) {
        return None;
    }
    if unit == Unit::Day && words.is_any(at + 3, &["yesterday", "tomorrow"]) {
        return Some((spoken(2 * sign, unit), at + 4));
    }
    if words.is_any(at + 3, &["last", "next"]) {
        return Some((spoken(2 * sign, unit), at + 4));
    }
    let (_, end) = shift(words, at + 2)?;
    let day = Spec::Shift { n: Some(sign), unit, from: Anchor::Told };
    let Some(part) = part else { return Some((day, end)) };
    Some((Spec::Hours { day: Some(Box::new(day)), hours: Hours::Part(part) }, end))
}

/// *last week*, *this year*, *the following day*, *that month*, *last Friday*, *next summer*,
/// *the last three weeks*.
fn sided(words: &Words<'_>, at: usize) -> Answer {
    let side = words.side(at)?;
    let next =
        words.skip(at + 1, &["same", "coming", "calendar", "fiscal", "full", "whole", "entire"]);
    named(words, side, next)
        .or_else(|| side_unit(words, side, at, next))
        .or_else(|| side_length(words, side, at, next))
}

/// *last Friday*, *next June*, *this summer*, *that April*.
fn named(words: &Words<'_>, side: Side, at: usize) -> Answer {
    let is_name = words.form(at).starts_with(char::is_uppercase);
    let of = words.weekday(at).filter(|_| is_name).map(Within::Weekday);
    let of = of.or_else(|| words.month(at).map(Within::Month));
    let mut of = of.or_else(|| words.season(at).map(Within::Season))?;
    let mut end = at + 1;
    // *this July 4*
    if let (Within::Month(month), Some(day)) = (of, words.day(end)) {
        of = Within::Day(month, day);
        end += 1;
        if crate::times::point::date(2000, month, day).is_none() {
            return Some((Spec::Impossible, end));
        }
    }
    // *that May 5, 2010* is no demonstrative.
    if matches!(side, Side::Other) || words.year(words.skip(end, &[",", "of"])).is_some() {
        return None;
    }
    Some((Spec::Side { side, of }, end))
}

/// One unit on a side.
fn side_unit(words: &Words<'_>, side: Side, at: usize, unit_at: usize) -> Answer {
    let unit = words.unit(unit_at).filter(|_| words.units(unit_at).is_none())?;
    let end = unit_at + 1;
    let has_the = at > 0 && words.is(at - 1, "the");
    if unit == Unit::Second || words.is(end, "-") && words.is(end + 1, "old") {
        return None;
    }
    let length = || Some((Spec::Duration(duration::value(1.0, unit)), end));
    // *his last day*, *the last minute*, *the most recent quarter* name no place on the calendar.
    let is_owned =
        at > 0 && (words.text.upos(at - 1) == "PRON" || words.is_any(at - 1, &["'s", "’s"]));
    if is_owned && matches!(side, Side::Last | Side::Next)
        || unit < Unit::Hour
        || words.is(at, "recent")
    {
        return None;
    }
    match side {
        // *the last week of August*
        Side::Last | Side::Next if words.is(end, "of") && has_the => length(),
        Side::Last if has_the => length(),
        Side::Past | Side::Other => length(),
        Side::Last => Some((spoken(-1, unit), end)),
        Side::This if unit == Unit::Day => {
            (at == 0 || !words.is(at - 1, "to")).then(|| (told(0, unit), end))
        }
        Side::This => Some((spoken(0, unit), end)),
        Side::Next if has_the => Some((told(1, unit), end)),
        Side::Next | Side::Coming => Some((spoken(1, unit), end)),
        Side::That => Some((told(0, unit), end)),
        Side::Before => Some((told(-1, unit), end)),
        Side::After => Some((told(1, unit), end)),
    }
}

/// Several units on a side: *the last three weeks*, *recent years*, *the following months*.
fn side_length(words: &Words<'_>, side: Side, at: usize, next: usize) -> Answer {
    if matches!(side, Side::This | Side::That) && words.number(next).is_none() {
        return None;
    }
    // *the past five and a half years*
    if let Some((value, end)) = duration::exact(words, next) {
        return Some((Spec::Duration(value), end));
    }
    let number = words.number(next).filter(|it| it.form != Form::Article);
    let unit_at = number.map_or(next, |it| it.end);
    let unit_at = words.skip(unit_at, &["-", "full", "consecutive", "previous", "more"]);
    let unit = match number {
        Some(_) => words.unit(unit_at)?,
        None => words.units(unit_at)?,
    };
    if unit == Unit::Quarter && words.is(unit_at + 1, "of") {
        return None;
    }
    let end = unit_at + 1;
    let vague = number.is_none_or(|it| matches!(it.form, Form::Vague | Form::Many));
    let has_the = at > 0 && words.is_any(at - 1, &["the", "these"]);
    match (side, vague) {
        (Side::Past, true) if number.is_none() && (!has_the || words.is(at, "recent")) => {
            Some((Spec::Reference("PAST_REF"), end))
        }
        (Side::Coming, true) => Some((Spec::Reference("FUTURE_REF"), end)),
        (_, true) => Some((Spec::Duration(duration::vague_value(unit)), end)),
        _ => Some((Spec::Duration(duration::value(number?.value, unit)), end)),
    }
}

/// *the weekend*; *in the year*, *for the quarter*, *of the month*: that of the time told.
fn the_unit(words: &Words<'_>, at: usize) -> Answer {
    if !words.is(at, "the") || at == 0 {
        return None;
    }
    let unit = words.unit(at + 1).filter(|_| words.units(at + 1).is_none())?;
    let is_bare = !words.is(at + 2, "of")
        && !matches!(words.text.upos(at + 2), "NOUN" | "PROPN")
        && !words.is_dash(at + 2);
    let is_after = words.is_any(at - 1, &["in", "during", "throughout", "for", "within", "over"]);
    match unit {
        Unit::Weekend => Some((spoken(0, unit), at + 2)),
        Unit::Week | Unit::Month | Unit::Quarter | Unit::Year if is_bare && is_after => {
            Some((spoken(0, unit), at + 2))
        }
        _ => None,
    }
}

/// *later that month*, *earlier in 2007*, *later in the year*, *earlier today*.
fn earlier_in(words: &Words<'_>, at: usize) -> Answer {
    if !words.is_any(at, &["later", "earlier", "late", "early", "sometime"]) {
        return None;
    }
    let next = words.skip(at + 1, &["on"]);
    let inside = words.skip(next, &["in"]);
    let the = words.skip(inside, &["the"]);
    if the > inside && inside > next && words.is(the, "day") {
        return Some((told(0, Unit::Day), the + 1));
    }
    if the > inside
        && inside > next
        && let Some(unit) =
            words.unit(the).filter(|it| *it > Unit::Day && words.units(the).is_none())
        && !words.is(the + 1, "of")
    {
        return Some((spoken(0, unit), the + 1));
    }
    if inside > next
        && let Some((spec, end)) = super::calendar::date(words, the)
    {
        let is_wide = matches!(&spec, Spec::Calendar { within: Within::All | Within::Month(_) | Within::Season(_), year }
            if *year != Year::Open || the > inside || words.month(the).is_some());
        return is_wide.then_some((spec, end));
    }
    sided(words, the).or_else(|| day_word(words, next))
}

fn spoken(n: i64, unit: Unit) -> Spec {
    Spec::Shift { n: Some(n), unit, from: Anchor::Spoken }
}

fn told(n: i64, unit: Unit) -> Spec {
    Spec::Shift { n: Some(n), unit, from: Anchor::Told }
}
