//! Years, decades and centuries, and the year that stands behind a month.

use super::Answer;
use crate::times::lexicon::{Sense, Side, Unit};
use crate::times::point::Point;
use crate::times::spec::{Spec, Within, Year};
use crate::times::words::Words;

/// The year behind a month or season: *, 2025*, *of 1916*, *of that year*, *490 BC*.
pub(super) fn of_year(words: &Words<'_>, at: usize) -> (Year, usize) {
    let comma = words.skip(at, &[","]);
    let of = words.skip(comma, &["of", "in"]);
    let of =
        if of > comma && words.is(of, "the") && words.is(of + 1, "year") { of + 2 } else { of };
    if let Some((year, end)) = era_year(words, of) {
        return (Year::Known(year), end);
    }
    if let Some(year) = words.year(of).filter(|_| !is_measured(words, of)) {
        return (Year::Known(year), of + 1);
    }
    if let Some(found) = apostrophe(words, of) {
        return (Year::Short(found.0), found.1);
    }
    if of > comma
        && words.is(comma, "of")
        && let Some(found) = sided_year(words, of)
    {
        return found;
    }
    // *July last year*
    if of == at
        && let Some((Year::Spoken(n), end)) = sided_year(words, of)
    {
        return (Year::Spoken(n), end);
    }
    (Year::Open, at)
}

/// *that year*, *the same year*, *last year*.
fn sided_year(words: &Words<'_>, at: usize) -> Option<(Year, usize)> {
    let side = words.skip(at, &["the"]);
    // *that same year*
    let twice = words.is(side, "that") && words.is(side + 1, "same");
    let unit = side + 1 + usize::from(twice);
    if words.unit(unit) != Some(Unit::Year) || words.is(unit, "years") {
        return None;
    }
    let year = match words.side(side)? {
        Side::That => Year::Told,
        Side::Last => Year::Spoken(-1),
        Side::This => Year::Spoken(0),
        Side::Next => Year::Spoken(1),
        _ => return None,
    };
    Some((year, unit + 1))
}

pub(super) fn of_fiscal_year(words: &Words<'_>, at: usize) -> (Year, usize) {
    let of = words.skip(at, &["of", ","]);
    let fiscal = words.skip(of, &["fiscal"]);
    let fiscal = if fiscal > of { words.skip(fiscal, &["year"]) } else { fiscal };
    match words.year(fiscal) {
        Some(year) => (Year::Known(year), fiscal + 1),
        // *the first half of the year*
        None if of > at && words.is(of, "the") && words.is(of + 1, "year") => {
            (Year::Spoken(0), of + 2)
        }
        None => of_year(words, at),
    }
}

/// *the 1990s*, *the '90s*, *the 1980's*, *the 470s BC*.
pub(super) fn decade(words: &Words<'_>, at: usize) -> Answer {
    let form = words.form(at);
    let form = form.strip_prefix("mid-").or(form.strip_prefix("Mid-")).unwrap_or(form);
    let short = form.strip_prefix(['\'', '’']);
    let digits = short.unwrap_or(form);
    let is_plain = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let cut = ["'s", "’s", "s"].iter().find_map(|suffix| digits.strip_suffix(suffix));
    let (digits, end) = match cut {
        Some(digits) => (digits, at + 1),
        None if words.is_any(at + 1, &["'s", "’s"]) && at > 0 && words.is(at - 1, "the") => {
            (digits, at + 2)
        }
        None => return None,
    };
    if !is_plain(digits) || !digits.ends_with('0') {
        return None;
    }
    let n: i64 = digits.parse().ok()?;
    if let Some(-1) = words.era(end) {
        return Some((Spec::Age { unit: Unit::Decade, n: n / 10, before: true }, end + 1));
    }
    match digits.len() {
        4 if n % 100 == 0 && n < 1900 => {
            Some((Spec::Age { unit: Unit::Century, n: n / 100, before: false }, end))
        }
        4 => Some((Spec::Age { unit: Unit::Decade, n: n / 10, before: false }, end)),
        2 if short.is_some() || at > 0 && words.is(at - 1, "the") => {
            Some((Spec::ShortDecade(n / 10), end))
        }
        _ => None,
    }
}

/// *the 19th century*, *the 4th century BC*, *eighteenth-century*.
pub(super) fn century(words: &Words<'_>, at: usize) -> Answer {
    let (n, end) = words.ordinal(at)?;
    let end = words.skip(end, &["-"]);
    if words.unit(end) != Some(Unit::Century)
        || !(1..=99).contains(&n)
        || words.is(end, "centuries")
    {
        return None;
    }
    let before = words.era(end + 1) == Some(-1);
    let spec = Spec::Age { unit: Unit::Century, n: i64::from(n) - 1, before };
    Some((spec, end + 1 + usize::from(words.era(end + 1).is_some())))
}

/// *1941*, *the year 1941*, *490 BC*, *FY2014*, *fiscal 2014*.
pub(super) fn year(words: &Words<'_>, at: usize) -> Answer {
    if let Some((year, end)) = era_year(words, at) {
        return Some((Spec::year(year), end));
    }
    let form = words.form(at);
    if let Some(digits) = form.strip_prefix("FY") {
        let year: i64 = digits.parse().ok()?;
        let year = if digits.len() == 2 { short_year_of(year, 2000) } else { year };
        return matches!(digits.len(), 2 | 4).then_some((Spec::year(year), at + 1));
    }
    if words.is(at, "fiscal") {
        let next = words.skip(at + 1, &["year"]);
        return words.year(next).map(|year| (Spec::year(year), next + 1));
    }
    if words.is(at, "the") && words.is(at + 1, "year") {
        let year = words.year(at + 2)?;
        return Some((Spec::year(year), at + 3));
    }
    if let Some(year) = words.year(at) {
        if is_counted(words, at) || !is_likely(words, at, year) {
            return None;
        }
        // *1916 summer*
        if let Some(season) = words.season(at + 1).filter(|_| !words.is(at + 1, "fall")) {
            let within = Within::Season(season);
            return Some((Spec::Calendar { year: Year::Known(year), within }, at + 2));
        }
        // *492-449 BC*: the era of the second year.
        if words.is_dash(at + 1) && era_year(words, at + 2).is_some_and(|(it, _)| it <= 0) {
            return Some((Spec::year(1 - year), at + 1));
        }
        return Some((Spec::year(year), at + 1));
    }
    spelled_year(words, at).or_else(|| bare_year(words, at))
}

/// *in nineteen eighty-four*, *since two thousand and eight*; not *in two thousand homes*.
fn spelled_year(words: &Words<'_>, at: usize) -> Answer {
    let before = ["in", "since", "by", "until", "of", "from", "during", "to"];
    let is_told = at > 0 && words.is_any(at - 1, &before);
    let (year, end) = words.spelled_year(at).filter(|_| is_told)?;
    let counts = matches!(words.text.upos(end), "NOUN" | "ADJ" | "PROPN" | "NUM" | "VERB" | "SYM");
    let of = words.is(end, "of");
    (!counts && !of && words.unit(end).is_none()).then_some((Spec::year(year), end))
}

/// A number with an era: *490 BC*, *AD 79*, and the first of *492-449 BC*.
fn era_year(words: &Words<'_>, at: usize) -> Option<(i64, usize)> {
    let number = |at: usize| {
        let form = words.form(at);
        let is_number = form.len() < 7 && form.starts_with(|it: char| it.is_ascii_digit());
        let digits: String = form.chars().filter(|it| *it != ',').collect();
        digits.parse::<i64>().ok().filter(|it| is_number && *it > 0)
    };
    if words.era(at) == Some(1) {
        let year = number(at + 1).filter(|_| words.form(at).starts_with('A'))?;
        return Some((year, at + 2));
    }
    let year = number(at)?;
    if words.is_dash(at + 1) && number(at + 2).is_some() && words.era(at + 3) == Some(-1) {
        return Some((1 - year, at + 1));
    }
    match words.era(at + 1)? {
        -1 => Some((1 - year, at + 2)),
        _ => Some((year, at + 2)),
    }
}

/// *'45*; the second year of *1914-18*.
pub(super) fn short_year(words: &Words<'_>, at: usize) -> Answer {
    if let Some((year, end)) = apostrophe(words, at) {
        return Some((Spec::Calendar { year: Year::Short(year), within: Within::All }, end));
    }
    let form = words.form(at);
    if at < 2
        || !words.is_dash(at - 1)
        || form.len() != 2
        || !words.touch(at - 2, at) && !words.touch(at - 1, at)
    {
        return None;
    }
    let first = words.year(at - 2).filter(|_| !is_counted(words, at))?;
    let last: i64 = form.parse().ok()?;
    let year = first - first.rem_euclid(100) + last;
    (year > first && !words.is_dash(at + 1)).then_some((Spec::year(year), at + 1))
}

fn apostrophe(words: &Words<'_>, at: usize) -> Option<(i64, usize)> {
    let digits = words.form(at).strip_prefix(['\'', '’'])?;
    let is_year = digits.len() == 2 && digits.bytes().all(|it| it.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| is_year)?, at + 1))
}

/// *in 499*, which is a year only in a text that tells of years before our era.
fn bare_year(words: &Words<'_>, at: usize) -> Answer {
    let form = words.form(at);
    let year: i64 = form.parse().ok()?;
    let is_right = form.len() == 3
        && at > 0
        && (words.is_any(at - 1, &["in", "by", "since", "until", "from", "of", "after", "before"])
            || words.is_any(at - 1, &["early", "late"])
            || words.is_dash(at - 1))
        && !is_counted(words, at)
        && !matches!(words.text.upos(at + 1), "NOUN" | "ADJ" | "PROPN");
    let spec = Spec::Calendar { year: Year::Bare(1 - year), within: Within::All };
    is_right.then_some((spec, at + 1))
}

/// Whether a number counts something rather than naming a year: *2000 men*, *$1500*, *1500 of them*.
///
/// Round numbers before a plural count it, unless a word for years stands before; *the 1914 borders*
/// and *By 1955 efforts had begun* name years.
fn is_counted(words: &Words<'_>, at: usize) -> bool {
    let text = words.text;
    let counts = text.relation(at) == "nummod"
        && text
            .head(at)
            .is_some_and(|head| head > at && text.word(head).is_some_and(|it| it.xpos == "NNS"));
    let is_round = words.year(at).is_none_or(|it| it % 50 == 0 || it < 1500);
    let is_told = at > 0
        && (words
            .is_any(at - 1, &["in", "since", "during", "until", "by", "early", "late", "the"])
            || words.month(at - 1).is_some());
    is_measured(words, at) || counts && is_round && !is_told
}

/// Whether four digits are a year rather than another number: those of no recent century have a word
/// of time before them, as in *in \[1066\]*.
fn is_likely(words: &Words<'_>, at: usize, year: i64) -> bool {
    (1500..=2100).contains(&year)
        || at > 0
            && (words.is_any(
                at - 1,
                &[
                    "in", "since", "by", "until", "from", "to", "after", "before", "year", "about",
                    "around",
                ],
            ) || words.is_dash(at - 1)
                || words.is_sense(at - 1, Sense::Early)
                || words.month(at - 1).is_some())
}

/// Whether a number is one of money or has a measure behind it: *$1500*, *1500 km*.
fn is_measured(words: &Words<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| words.form(at));
    let measures = [
        "%", "percent", "km", "m", "kg", "ft", "feet", "miles", "metres", "meters", "million",
        "billion", "thousand", "hundred", "tons", "tonnes", "pounds", "dollars", "euros", "lb",
        "lbs", "kW", "MW", "mm", "cm", "mph", "hp", "UTC", "GMT",
    ];
    matches!(before, "$" | "€" | "£" | "¥" | "#" | "No." | "no.") || words.is_any(at + 1, &measures)
}

/// The year that two digits mean, near a year that is known: *'45* in a text of 1944.
pub(in crate::times) fn short_year_of(short: i64, near: i64) -> i64 {
    let century = near - near.rem_euclid(100);
    [century - 100, century, century + 100]
        .into_iter()
        .map(|it| it + short)
        .min_by_key(|it| (it - near).abs())
        .unwrap_or(short)
}

/// The century or decade with its place before our era.
pub(in crate::times) fn age(unit: Unit, n: i64, before: bool) -> Point {
    if unit == Unit::Century { Point::Century { before, n } } else { Point::Decade { before, n } }
}
