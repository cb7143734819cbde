//! Times that come again: *every Monday*, *daily*, *twice a week*, *per month*.

use super::{Answer, duration};
use crate::times::lexicon::{Sense, Unit};
use crate::times::spec::Spec;
use crate::times::words::Words;

pub(super) fn set(words: &Words<'_>, at: usize) -> Answer {
    let readers = [every, and_weekday, rate, adverb, plural];
    readers.iter().find_map(|read| read(words, at))
}

/// *every day*, *each Monday*, *every two weeks*, *every other year*.
fn every(words: &Words<'_>, at: usize) -> Answer {
    if !words.is_any(at, &["every", "each"]) {
        return None;
    }
    let next = at + 1;
    if let Some(unit) = words.unit(next) {
        return Some((Spec::Set(duration::value(1.0, unit)), next + 1));
    }
    if let Some(day) = words.weekday(next) {
        return Some(with_part(words, format!("XXXX-WXX-{day}"), next + 1));
    }
    if let Some(part) = words.part(next) {
        return Some((Spec::Set(format!("XXXX-XX-XX{}", part.code())), next + 1));
    }
    if let Some(season) = words.season(next) {
        return Some((Spec::Set(format!("XXXX-{}", season.code())), next + 1));
    }
    if let Some(month) = words.month(next) {
        return Some((Spec::Set(format!("XXXX-{month:02}")), next + 1));
    }
    let other = words.skip(next, &["other"]);
    let (n, unit) = if other > next { (2.0, other) } else { words.exact(next)? };
    let unit_found = words.unit(unit)?;
    Some((Spec::Set(duration::value(n, unit_found)), unit + 1))
}

/// *every Tuesday and \[Thursday\]*.
fn and_weekday(words: &Words<'_>, at: usize) -> Answer {
    let day = words.weekday(at)?;
    let before = at.checked_sub(3)?;
    let is_listed = words.is_any(at - 1, &["and", "or", ","]) && words.weekday(at - 2).is_some();
    (is_listed && words.is_any(before, &["every", "each"]))
        .then(|| (Spec::Set(format!("XXXX-WXX-{day}")), at + 1))
}

/// *per day*, *100 tons [a day]*, *twice [a week]*.
fn rate(words: &Words<'_>, at: usize) -> Answer {
    let unit = words.unit(at + 1).filter(|_| words.units(at + 1).is_none())?;
    if matches!(unit, Unit::Quarter | Unit::Decade | Unit::Century)
        && !words.is_any(at, &["per", "a"])
    {
        return None;
    }
    let is_rate = words.is(at, "per")
        || words.is(at, "a") && is_counted_before(words, at)
        || words.is(at, "an") && unit == Unit::Hour && is_counted_before(words, at);
    (is_rate && unit != Unit::Second).then(|| (Spec::Set(duration::value(1.0, unit)), at + 2))
}

/// Whether a number or what it counts stands before *a day*: *20 miles [a day]*, *twice [a day]*.
fn is_counted_before(words: &Words<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_number = |at: usize| words.exact(at).is_some() || words.text.upos(at) == "NUM";
    if words.is_any(before, &["once", "twice", "times"])
        || is_number(before)
        || words.is(before, ")")
    {
        return true;
    }
    // *ten tons of coal a day*: a number not far before, with nouns between.
    let nouns = (0..=before)
        .rev()
        .take(4)
        .take_while(|it| matches!(words.text.upos(*it), "NOUN" | "ADJ" | "NUM" | "PROPN" | "SYM"));
    let found = nouns.clone().any(is_number);
    found && words.shift(at + 2).is_none()
}

/// *daily*, *annually*.
fn adverb(words: &Words<'_>, at: usize) -> Answer {
    let value = words.sense(at, |it| match it {
        Sense::Every(value) => Some(*value),
        _ => None,
    })?;
    // *the Daily Mail*
    (words.text.upos(at) != "PROPN").then(|| (Spec::Set(value.to_owned()), at + 1))
}

/// *Mondays*, *on weekends*.
fn plural(words: &Words<'_>, at: usize) -> Answer {
    if words.units(at) == Some(Unit::Weekend) {
        return Some((Spec::Set("XXXX-WXX-WE".to_owned()), at + 1));
    }
    let day = words.sense(at, |it| match it {
        Sense::Weekdays(day) => Some(*day),
        _ => None,
    })?;
    Some((Spec::Set(format!("XXXX-WXX-{day}")), at + 1))
}

fn with_part(words: &Words<'_>, mut value: String, end: usize) -> (Spec, usize) {
    match words.part(end) {
        Some(part) => {
            value.push_str(part.code());
            (Spec::Set(value), end + 1)
        }
        None => (Spec::Set(value), end),
    }
}
