//! Hours: times by the clock and parts of days, with the day that stands beside them.

use super::{Answer, calendar, relative};
use crate::times::lexicon::{Sense, Unit};
use crate::times::point::Part;
use crate::times::spec::{Anchor, Hours, Spec, Within};
use crate::times::words::Words;

/// Words that join an hour to its day without being part of the expression: *at 5 pm on Monday*.
const JOINTS: [&str; 2] = ["on", ","];

/// A time of day of any form.
pub(super) fn time(words: &Words<'_>, at: usize) -> Answer {
    let readers = [stamp, military, by_clock, noon, tonight, part_of, day_with_part, part];
    let answers = readers.iter().filter_map(|read| read(words, at));
    answers.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// *2025-08-08T16:00*, whose hour the tokenizer leaves on the day.
fn stamp(words: &Words<'_>, at: usize) -> Answer {
    words.year(at)?;
    let (day, end) = calendar::date(words, at).filter(|(_, end)| *end == at + 5)?;
    let (_, hour) = words.form(end - 1).split_once('T')?;
    let number = |form: &str| form.parse::<u8>().ok().filter(|_| form.len() == 2);
    let joined = words.form(end) == ":" && words.touch(end, end + 1);
    let minute = words.form(end + 1).trim_end_matches('Z');
    let (minute, end) = if joined { (number(minute)?, end + 2) } else { (0, end) };
    let hours = checked(number(hour)?, minute, None, words.form(end - 1).ends_with('Z'))?;
    Some((Spec::Hours { day: Some(Box::new(day)), hours }, end))
}

/// *5:30 pm*, *16:00 GMT*, *5 p.m. Monday*, *five o'clock*.
fn by_clock(words: &Words<'_>, at: usize) -> Answer {
    let (hour, minute, second, end) = digits(words, at).or_else(|| spelled(words, at))?;
    let has_colon = end > at + 1 || words.form(at).contains([':', '.']);
    let (half, mut end) = half_of_day(words, end);
    let oclock = words.is_any(end, &["o'clock", "o’clock"]);
    end += usize::from(oclock);
    let (half, next) = if half.is_none() { half_of_day(words, end) } else { (half, end) };
    end = next;
    let hr = words.is_any(end, &["hr", "hrs", "h"]) && has_colon;
    end += usize::from(hr);
    let is_colon = words.form(at).contains(':') || end > at + 2 && words.form(at + 1) == ":";
    if half.is_none() && !oclock && !is_colon {
        return None;
    }
    let hour = match half {
        Some(Half::Before) if hour == 12 => 0,
        Some(Half::After) if hour < 12 => hour + 12,
        _ => hour,
    };
    // The stop of *a.m.* may have been taken for the end of the sentence.
    let is_open = end < super::sentence_end(words, at);
    let zone = is_open && words.is_sense(end, Sense::Zone);
    let is_utc = words.is_any(end, &["GMT", "UTC"]) && zone;
    end += usize::from(zone);
    let hours = checked(hour, minute, second, is_utc)?;
    Some(beside_day(words, hours, end))
}

/// *1400 UTC*, *0630 hours*.
fn military(words: &Words<'_>, at: usize) -> Answer {
    let form = words.form(at);
    let (hour, minute) = form.split_at_checked(2).filter(|(_, it)| it.len() == 2)?;
    let is_zone = words.is_sense(at + 1, Sense::Zone);
    if !is_zone && !words.is_any(at + 1, &["hours", "hrs"]) {
        return None;
    }
    let is_utc = is_zone && words.is_any(at + 1, &["GMT", "UTC"]);
    let hours = checked(hour.parse().ok()?, minute.parse().ok()?, None, is_utc)?;
    Some(beside_day(words, hours, at + 2))
}

/// *noon*, *midnight*, *noon Monday*.
fn noon(words: &Words<'_>, at: usize) -> Answer {
    let hour = words.sense(at, |it| match it {
        Sense::Hour(hour) => Some(*hour),
        _ => None,
    })?;
    let hours = Hours::Clock { hour, minute: 0, second: None, is_utc: false };
    Some(beside_day(words, hours, at + 1))
}

/// *tonight*, *overnight*.
fn tonight(words: &Words<'_>, at: usize) -> Answer {
    words.is_sense(at, Sense::Tonight).then(|| {
        let today = Spec::Shift { n: Some(0), unit: Unit::Day, from: Anchor::Spoken };
        (Spec::Hours { day: Some(Box::new(today)), hours: Hours::Part(Part::Night) }, at + 1)
    })
}

/// *the night of 8 July*, *the early morning hours of 8 July*.
fn part_of(words: &Words<'_>, at: usize) -> Answer {
    let part = words.part(at)?;
    let end = words.skip(at + 1, &["hours"]);
    if !words.is(end, "of") {
        return None;
    }
    let (day, end) = day(words, end + 1)?;
    Some((Spec::Hours { day: Some(Box::new(day)), hours: Hours::Part(part) }, end))
}

/// *Monday night*, *yesterday morning*, *last Friday evening*, *8 July in the evening* not.
fn day_with_part(words: &Words<'_>, at: usize) -> Answer {
    let (day, end) = day(words, at)?;
    let part_at = words.skip(end, &["'s", "’s"]);
    let at_part = words.skip(part_at, &["early", "late"]);
    let is_early = at_part > part_at;
    let part = words.part(at_part).filter(|_| !words.form(at_part).ends_with('s') || is_early)?;
    Some((Spec::Hours { day: Some(Box::new(day)), hours: Hours::Part(part) }, at_part + 1))
}

/// *this morning*, *last night*, *the next morning*, *in the morning*.
fn part(words: &Words<'_>, at: usize) -> Answer {
    if let Some((day, at)) = relative::day_of_part(words, at) {
        let part = words.part(at)?;
        return Some((Spec::Hours { day: Some(Box::new(day)), hours: Hours::Part(part) }, at + 1));
    }
    let part = words.part(at).filter(|_| words.text.upos(at) != "PROPN")?;
    Some((Spec::Hours { day: None, hours: Hours::Part(part) }, at + 1))
}

/// An hour with the day beside it: *5 pm \[Monday\]* takes the day in, *5 pm on Monday* only knows it.
fn beside_day(words: &Words<'_>, hours: Hours, end: usize) -> (Spec, usize) {
    if end < super::sentence_end(words, end - 1)
        && let Some((day, end)) = day(words, end)
    {
        return (Spec::Hours { day: Some(Box::new(day)), hours }, end);
    }
    // *5:34 am local time on 20 March*, *Moscow time*
    let is_local = words.is(end + 1, "time");
    let joint = if is_local { end + 2 } else { end };
    if is_local && let Some((day, _)) = day(words, joint) {
        return (Spec::Hours { day: Some(Box::new(day)), hours }, end);
    }
    let beside =
        JOINTS.iter().any(|it| words.is(joint, it)).then(|| day(words, joint + 1)).flatten();
    (Spec::Hours { day: beside.map(|(day, _)| Box::new(day)), hours }, end)
}

/// A day at a token.
fn day(words: &Words<'_>, at: usize) -> Answer {
    let answer = calendar::date(words, at).or_else(|| relative::relative(words, at));
    answer.filter(|(spec, _)| is_day(spec))
}

/// Whether an expression says which day.
pub(super) fn is_day(spec: &Spec) -> bool {
    match spec {
        Spec::Calendar { within, .. } => matches!(within, Within::Day(..) | Within::Weekday(_)),
        Spec::Side { of, .. } => matches!(of, Within::Weekday(_)),
        Spec::Shift { unit, .. } => *unit == Unit::Day,
        Spec::DayOf { .. } | Spec::Holiday { .. } => true,
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Before,
    After,
}

/// *am*, *p.m.*, with the stop that the tokenizer may part from it.
fn half_of_day(words: &Words<'_>, at: usize) -> (Option<Half>, usize) {
    let half = if words.is_any(at, &["am", "a.m.", "a.m"]) {
        Half::Before
    } else if words.is_any(at, &["pm", "p.m.", "p.m"]) {
        Half::After
    } else {
        return (None, at);
    };
    // The tokenizer parts the last stop of *at 4 [a.m.]* where it ends the sentence, too.
    let is_parted = words.is_any(at, &["a.m", "p.m"]) && words.form(at + 1) == ".";
    (Some(half), at + 1 + usize::from(is_parted && words.touch(at, at + 1)))
}

/// *5*, *5:30*, *17.30*, *5 : 30*.
fn digits(words: &Words<'_>, at: usize) -> Option<(u8, u8, Option<u8>, usize)> {
    let form = words.form(at);
    let number = |it: &str| it.parse::<u8>().ok().filter(|_| it.len() <= 2 && !it.starts_with('+'));
    if let Some(hour) = number(form) {
        let is_split =
            words.form(at + 1) == ":" && words.touch(at, at + 1) && words.touch(at + 1, at + 2);
        if is_split && words.form(at + 2).len() == 2 {
            return Some((hour, number(words.form(at + 2))?, None, at + 3));
        }
        return Some((hour, 0, None, at + 1));
    }
    let mut parts = form.split([':', '.']);
    let (hour, minute) = (number(parts.next()?)?, parts.next().filter(|it| it.len() == 2)?);
    let second = parts.next();
    let is_right = parts.next().is_none() && second.is_none_or(|it| it.len() == 2);
    let second = second.and_then(number);
    is_right.then_some((hour, number(minute)?, second, at + 1))
}

/// *five o'clock*.
fn spelled(words: &Words<'_>, at: usize) -> Option<(u8, u8, Option<u8>, usize)> {
    let (n, end) = words.exact(at)?;
    let hour = (1_u8..=12).find(|it| (f64::from(*it) - n).abs() < 0.1)?;
    let follows = words.is_any(end, &["o'clock", "o’clock", "am", "pm", "a.m.", "p.m."]);
    follows.then_some((hour, 0, None, end))
}

fn checked(hour: u8, minute: u8, second: Option<u8>, is_utc: bool) -> Option<Hours> {
    let is_right = hour <= 24 && minute < 60 && second.is_none_or(|it| it < 60);
    is_right.then_some(Hours::Clock { hour, minute, second, is_utc })
}
