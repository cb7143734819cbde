//! Dates of the calendar: days, months, seasons, quarters, years, holidays; for years and what is longer see `year`.

use super::Answer;
use super::year::{century, decade, of_fiscal_year, of_year, short_year, short_year_of, year};
use crate::times::lexicon::{Named, Sense, Side, Unit};
use crate::times::point::date as day_of;
use crate::times::resolve::slashed;
use crate::times::spec::{Anchor, Spec, Within, Year};
use crate::times::words::Words;

/// A date of any form.
pub(super) fn date(words: &Words<'_>, at: usize) -> Answer {
    let readers = [
        iso,
        slashes,
        weekday,
        month_first,
        day_first,
        next_day,
        no_day,
        the_nth,
        season,
        quarter,
        half,
        holiday,
        decade,
        century,
        year,
        short_year,
    ];
    let answers = readers.iter().filter_map(|read| read(words, at));
    answers.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// *2025-08-08*, with or without a time behind it, and *20250808T…* not.
fn iso(words: &Words<'_>, at: usize) -> Answer {
    let year = words.year(at)?;
    let two = |at: usize| {
        let form = words.form(at);
        let digits = form.get(..2)?;
        digits.parse::<u8>().ok().filter(|_| form.len() == 2 || form.get(2..3) == Some("T"))
    };
    let joined =
        |at: usize| words.form(at) == "-" && words.touch(at - 1, at) && words.touch(at, at + 1);
    if !joined(at + 1) || !joined(at + 3) {
        return None;
    }
    let (month, day) = (two(at + 2)?, two(at + 4)?);
    if month > 12 || month == 0 || words.form(at + 2).len() != 2 {
        return None;
    }
    let spec = checked(Year::Known(year), month, day);
    Some((spec, at + 5))
}

/// *8/9/2025*, *08.09.2025*.
fn slashes(words: &Words<'_>, at: usize) -> Answer {
    let form = words.form(at);
    let separator = form.chars().find(|it| matches!(it, '/' | '.' | '-'))?;
    let mut parts = form.split(separator);
    let mut part = || parts.next().filter(|it| it.bytes().all(|it| it.is_ascii_digit()));
    let (first, second, third) = (part()?, part()?, part()?);
    let is_right = form.matches(separator).count() == 2
        && matches!(first.len(), 1 | 2 | 4)
        && matches!(second.len(), 1 | 2)
        && (matches!(third.len(), 4) || separator == '/' && third.len() == 2);
    if !is_right && first.len() != 4 || separator == '-' && first.len() != 4 {
        return None;
    }
    if first.len() == 4 {
        let (year, month, day) = (first.parse().ok()?, second.parse().ok()?, third.parse().ok()?);
        return (third.len() <= 2 && form.matches(separator).count() == 2)
            .then(|| (checked(Year::Known(year), month, day), at + 1));
    }
    let year: i64 = third.parse().ok()?;
    let year = if third.len() == 2 { short_year_of(year, 2000) } else { year };
    let (first, second) = (first.parse().ok()?, second.parse().ok()?);
    // Points are written where the day goes first.
    let spec = if separator == '.' {
        checked(Year::Known(year), second, first)
    } else if slashed(first, second, year) == (None, None) && third.len() == 4 {
        Spec::Impossible
    } else {
        Spec::Slashes { first, second, year }
    };
    Some((spec, at + 1))
}

/// *Monday*, *Friday, 5 October 1999*.
fn weekday(words: &Words<'_>, at: usize) -> Answer {
    let long = words.weekday(at).filter(|_| words.form(at).starts_with(char::is_uppercase));
    let day = long.or_else(|| words.short_weekday(at))?;
    let next = words.skip(at + 1, &[",", "."]);
    let next = words.skip(next, &["the"]);
    if let Some(found) = day_first(words, next).or_else(|| month_first(words, next))
        && matches!(found.0, Spec::Calendar { within: Within::Day(..), .. } | Spec::Impossible)
    {
        return Some(found);
    }
    long.map(|_| (Spec::date(Within::Weekday(day)), at + 1))
}

/// *July 8, 2025*, *July 8*, *July 2025*, *July of that year*, *July*.
fn month_first(words: &Words<'_>, at: usize) -> Answer {
    let month = words.month(at)?;
    let next = at + 1 + usize::from(is_cut_short(words, at));
    let next = if words.is(next, "the") && words.day(next + 1).is_some() { next + 1 } else { next };
    let is_range = |at: usize| words.is_dash(at) && words.day(at + 1).is_some();
    if let Some(day) = words.day(next)
        && words.month(next + 1).is_none()
        && !(is_unit_ahead(words, next + 1))
    {
        let (mut year, mut end) = of_year(words, next + 1);
        // *July 12-14, 2025*: the year of the second day.
        if year == Year::Open && is_range(next + 1) {
            year = of_year(words, next + 3).0;
            end = next + 1;
        }
        return Some((checked(year, month, day), end));
    }
    let (year, end) = of_year(words, next);
    let is_short = words.form(at).len() < 4 && !words.is(at, "may") && year == Year::Open;
    // *Mar* or *Jan* alone may be a name.
    if is_short && next == at + 1 {
        return None;
    }
    Some((
        Spec::Calendar { year, within: Within::Month(month) },
        if year == Year::Open { at + 1 } else { end },
    ))
}

/// *Sept* with its stop as a token of its own.
fn is_cut_short(words: &Words<'_>, at: usize) -> bool {
    let is_short = words.form(at).len() <= 4 && !words.is_any(at, &["may", "june", "july"]);
    is_short && words.form(at + 1) == "." && words.touch(at, at + 1)
}

/// *on 32 January*, *on January 32*, *40 May 2025*: a day that no month has.
fn no_day(words: &Words<'_>, at: usize) -> Answer {
    let is_late = |at: usize| {
        let form = words.form(at);
        form.len() == 2 && form.parse::<u8>().is_ok_and(|it| it > 31)
    };
    let end = at + 2;
    let is_date = is_late(at) && words.month(at + 1).is_some()
        || is_late(at + 1) && words.month(at).is_some() && words.text.upos(end) != "NOUN";
    let (year, after) = of_year(words, end);
    let on = at > 0 && words.is(at - 1, "on");
    (is_date && (on || matches!(year, Year::Known(_)) && is_late(at)))
        .then_some((Spec::Impossible, if year == Year::Open { end } else { after }))
}

/// *8 July 2025*, *the 8th of July*, and the first day of *12-14 July 2025*.
fn day_first(words: &Words<'_>, at: usize) -> Answer {
    let (day, end) = match words.day(at) {
        Some(day) => (day, at + 1),
        None => words.ordinal(at).and_then(|(n, end)| Some((u8::try_from(n).ok()?, end)))?,
    };
    if !(1..=31).contains(&day) {
        return None;
    }
    let of = words.skip(end, &["of"]);
    if let Some(month) = words.month(of) {
        let (year, end) = of_year(words, of + 1 + usize::from(is_cut_short(words, of)));
        return Some((checked(year, month, day), if year == Year::Open { of + 1 } else { end }));
    }
    // *[the 28th] of that month*
    if of > end
        && let Some((
            Side::That | Side::This | Side::Last | Side::Next | Side::Before | Side::After,
            unit,
        )) =
            words.side(words.skip(of, &["the"])).map(|side| (side, words.skip(of, &["the"]) + 1))
        && words.unit(unit) == Some(Unit::Month)
        && let Some((month, end)) = super::relative::relative(words, of)
    {
        return Some((Spec::DayOf { day, month: Box::new(month) }, end));
    }
    range(words, at, day, end)
}

/// The second day of *July 12-14, 2025*, *May 4 and 5*.
fn next_day(words: &Words<'_>, at: usize) -> Answer {
    let day = words.day(at)?;
    let joined = at > 2
        && (words.is_dash(at - 1) || words.is_any(at - 1, &["and", "or", "to", "/"]))
        && words.day(at - 2).is_some();
    let month = words.month(at.checked_sub(3).filter(|_| joined)?)?;
    let next = words.text.upos(at + 1);
    if matches!(next, "NOUN" | "ADJ" | "NUM" | "PROPN") || is_unit_ahead(words, at + 1) {
        return None;
    }
    let (year, end) = of_year(words, at + 1);
    Some((checked(year, month, day), if year == Year::Open { at + 1 } else { end }))
}

/// *on the 20th*: a day of the month told.
fn the_nth(words: &Words<'_>, at: usize) -> Answer {
    let day = words.day(at).filter(|_| words.form(at).len() > 2)?;
    let is_told = at > 1
        && words.is(at - 1, "the")
        && words.is_any(at - 2, &["on", "by", "until", "from", "to", "since"]);
    let next = words.text.upos(at + 1);
    let is_alone = !matches!(next, "NOUN" | "ADJ" | "NUM" | "PROPN") && !words.is_dash(at + 1);
    let month = Spec::Shift { n: Some(0), unit: Unit::Month, from: Anchor::Told };
    (is_told && is_alone).then(|| (Spec::DayOf { day, month: Box::new(month) }, at + 1))
}

/// The first day of *12-14 July*, *12 and 14 July*, *3/4 May*.
fn range(words: &Words<'_>, at: usize, day: u8, end: usize) -> Answer {
    let joined = words.is_dash(end) || words.is_any(end, &["to", "and", "or", "/", "until"]);
    let last = words.day(end + 1).filter(|it| *it > day)?;
    let of = words.skip(end + 2, &["of"]);
    let month = words.month(of)?;
    let in_month = at > 0 && words.month(at - 1).is_some();
    let is_right = joined && last > day && !in_month;
    is_right.then(|| (checked(of_year(words, of + 1).0, month, day), end))
}

/// *summer*, *the spring of 1916*, *summer 1918*.
fn season(words: &Words<'_>, at: usize) -> Answer {
    let season = words.season(at)?;
    // A spring of water and a name: *Palm Springs*.
    let is_name = at > 0
        && words.text.upos(at) == "PROPN"
        && words.text.upos(at - 1) == "PROPN"
        && !words.has_sense(at - 1);
    if is_name && words.year(words.skip(at + 1, &["of"])).is_none() {
        return None;
    }
    let (year, end) = of_year(words, at + 1);
    let end = if year == Year::Open { at + 1 } else { end };
    Some((Spec::Calendar { year, within: Within::Season(season) }, end))
}

/// *Q3 2016*, *the third quarter of 2016*, *third-quarter*.
fn quarter(words: &Words<'_>, at: usize) -> Answer {
    let form = words.form(at);
    let short = form.strip_prefix(['Q', 'q']).or_else(|| form.strip_suffix(['Q', 'q']));
    if let Some(n) = short.and_then(|it| it.parse::<u8>().ok()).filter(|it| (1..=4).contains(it)) {
        let (year, end) = of_fiscal_year(words, at + 1);
        return Some((Spec::Calendar { year, within: Within::Quarter(n) }, end));
    }
    // *the final quarter of 2008*
    let is_final = words.is_any(at, &["final", "last"]) && words.is(at + 2, "of");
    let place = words.ordinal(at).or(is_final.then_some((4, at + 1)));
    let (n, end) = place.filter(|(n, _)| (1..=4).contains(n))?;
    let end = words.skip(end, &["-", "fiscal"]);
    if words.unit(end) != Some(Unit::Quarter) || words.is(end, "quarters") {
        return None;
    }
    let (year, end) = of_fiscal_year(words, end + 1);
    if is_final && year == Year::Open {
        return None;
    }
    Some((Spec::Calendar { year, within: Within::Quarter(u8::try_from(n).ok()?) }, end))
}

/// *the second half of 2016*.
fn half(words: &Words<'_>, at: usize) -> Answer {
    let n = match words.ordinal(at) {
        _ if words.is(at + 1, "quarter") => return None,
        Some((n @ (1 | 2), end)) if end == at + 1 => u8::try_from(n).ok()?,
        _ if words.is_any(at, &["latter", "last", "later"]) => 2,
        _ if words.is_any(at, &["former", "early"]) => 1,
        _ => return None,
    };
    let end = words.skip(at + 1, &["-"]);
    if !words.is(end, "half") || !words.is(end + 1, "of") {
        return None;
    }
    let (year, end) = of_fiscal_year(words, end + 1);
    (year != Year::Open).then_some((Spec::Calendar { year, within: Within::Half(n) }, end))
}

/// *Christmas*, *Christmas Day 2007*, *New Year's Eve*.
fn holiday(words: &Words<'_>, at: usize) -> Answer {
    let (rule, end) = words.holiday(at)?;
    let (year, end) = match of_year(words, end) {
        (Year::Open, _) => (Year::Open, end),
        told => told,
    };
    Some((Spec::Holiday { rule, year }, end))
}

/// *\[May\] 5 days*: the number counts what follows.
fn is_unit_ahead(words: &Words<'_>, at: usize) -> bool {
    words.units(at).is_some()
        || words.is_any(at, &["million", "billion", "%", "percent"])
        || words.form(at) == ":" && words.touch(at - 1, at) && words.touch(at, at + 1)
}

/// A day, or that there is no such day.
pub(super) fn checked(year: Year, month: u8, day: u8) -> Spec {
    let some_leap_year = 2000;
    let known = match year {
        Year::Known(year) => year,
        _ => some_leap_year,
    };
    match day_of(known, month, day) {
        Some(_) => Spec::Calendar { year, within: Within::Day(month, day) },
        None => Spec::Impossible,
    }
}

/// Whether the phrase at a token is in the lists as a time of speaking.
pub(super) fn phrase(words: &Words<'_>, at: usize) -> Option<(&'static str, usize)> {
    match words.phrase(at)? {
        (Named::Reference(value), end) => Some((value, end)),
        _ => None,
    }
}

/// Whether a token is *early*, *late* or *mid*.
pub(super) fn is_early(words: &Words<'_>, at: usize) -> bool {
    words.is_sense(at, Sense::Early)
}
