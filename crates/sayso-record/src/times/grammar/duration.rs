//! Lengths of time: *three days*, *a year and a half*, *five-year*, *months*.

use std::fmt::Write;

use super::Answer;
use crate::numbers::Form;
use crate::times::lexicon::Unit;
use crate::times::spec::Spec;
use crate::times::words::Words;

/// A number of units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount {
    /// None of *several days*, *days*.
    n: Option<f64>,
    pub(super) unit: Unit,
    pub(super) end: usize,
}

impl Amount {
    /// The number and unit to shift a time by, if it is whole.
    pub(super) fn whole(self) -> Option<(i64, Unit)> {
        let n = self.n?;
        if n.fract() != 0.0 {
            // Half a year is six months; other fractions are dropped with what they count.
            let halves = n * 2.0;
            return match self.unit {
                Unit::Year if halves.fract() == 0.0 => Some((whole(n * 12.0)?, Unit::Month)),
                _ => Some((whole(n.trunc())?, self.unit)),
            };
        }
        Some((whole(n)?, self.unit))
    }
}

/// A length of time; ages are none.
pub(super) fn duration(words: &Words<'_>, at: usize) -> Answer {
    let amount = amount(words, at)?;
    let mut end = amount.end;
    let hyphen = words.skip(end, &["-"]);
    if words.is(hyphen, "old")
        || words.is(end, "of") && words.is(end + 1, "age")
        || is_age(words, at)
    {
        return None;
    }
    // *month-long*, *a week long*
    if words.is(hyphen, "long") {
        end = hyphen + 1;
    }
    let value = amount.n.map_or_else(|| vague_value(amount.unit), |n| value(n, amount.unit));
    Some((Spec::Duration(value), end))
}

/// *three days*, *a few weeks*, *a year*, *days*.
pub(super) fn amount(words: &Words<'_>, at: usize) -> Option<Amount> {
    halved(words, at)
        .or_else(|| counted(words, at))
        .or_else(|| long(words, at))
        .or_else(|| bare(words, at))
}

/// The value of a length whose number is told in more than an article, with its end.
pub(super) fn exact(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    let is_number = words.exact(at).is_some();
    let amount = amount(words, at).filter(|_| is_number)?;
    Some((value(amount.n?, amount.unit), amount.end))
}

/// The TIMEX3 value of a length: `P3D`, `PT2H`, `P1.5Y`.
pub(super) fn value(n: f64, unit: Unit) -> String {
    let n = match unit {
        Unit::Quarter => n * 3.0,
        Unit::Fortnight => n * 2.0,
        Unit::Millennium => n * 10.0,
        _ => n,
    };
    // Rounded so that 0.1 steps stay readable.
    let n = (n * 100.0).round() / 100.0;
    let mut out = String::from(prefix(unit));
    let _ = write!(out, "{n}{}", code(unit));
    out
}

/// The value of a length whose number is not told: `PXD`.
pub(super) fn vague_value(unit: Unit) -> String {
    format!("{}X{}", prefix(unit), code(unit))
}

fn prefix(unit: Unit) -> &'static str {
    if unit <= Unit::Hour { "PT" } else { "P" }
}

fn code(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "S",
        Unit::Minute | Unit::Month | Unit::Quarter => "M",
        Unit::Hour => "H",
        Unit::Day => "D",
        Unit::Weekend => "WE",
        Unit::Week | Unit::Fortnight => "W",
        Unit::Year => "Y",
        Unit::Decade => "DE",
        Unit::Century | Unit::Millennium => "CE",
    }
}

/// *half an hour*, *half-hour*, *half a century*.
fn halved(words: &Words<'_>, at: usize) -> Option<Amount> {
    if !words.is(at, "half") {
        return None;
    }
    let next = words.skip(at + 1, &["a", "an", "-"]);
    let unit = words.unit(next).filter(|_| words.units(next).is_none())?;
    let n = match unit {
        Unit::Hour => return Some(Amount { n: Some(30.0), unit: Unit::Minute, end: next + 1 }),
        Unit::Decade => return Some(Amount { n: Some(5.0), unit: Unit::Year, end: next + 1 }),
        Unit::Century => return Some(Amount { n: Some(50.0), unit: Unit::Year, end: next + 1 }),
        Unit::Year => return Some(Amount { n: Some(6.0), unit: Unit::Month, end: next + 1 }),
        _ => 0.5,
    };
    Some(Amount { n: Some(n), unit, end: next + 1 })
}

/// A number before a unit: *three days*, *three-day*, *ten brutal months*, *two and a half years*.
fn counted(words: &Words<'_>, at: usize) -> Option<Amount> {
    let number = words.number(at)?;
    let is_vague = matches!(number.form, Form::Vague | Form::Many);
    let mut n = number.value;
    let mut next = number.end;
    if words.is(next, "and") && words.is(words.skip(next + 1, &["a"]), "half") {
        (n, next) = (n + 0.5, words.skip(next + 1, &["a"]) + 1);
    }
    next = words.skip(next, &["-", "of"]);
    // *a good day* is no length, *a full day* and *ten good days* are.
    let is_article = number.form == Form::Article;
    let is_adjective = |at: usize| {
        words.text.upos(at) == "ADJ"
            && words.unit(at).is_none()
            && words.ordinal(at).is_none()
            && (!is_article || words.is_any(at, &["full", "whole", "single", "entire", "further"]))
    };
    if words.unit(next).is_none()
        && (is_adjective(next) || words.is_any(next, &["more", "further"]))
    {
        next += 1;
    }
    if words.unit(next).is_none() && words.is(next, "calendar") {
        next += 1;
    }
    let unit = words.unit(next)?;
    let is_plural = words.units(next).is_some();
    let is_hyphenated = next > 0 && words.is_dash(next - 1);
    let is_one = matches!(number.form, Form::Article) || (n - 1.0).abs() < 0.01;
    let is_right = match unit {
        // *a second attempt*, *one second* and *30 seconds*
        Unit::Second => is_plural || is_hyphenated || words.is(at, "one"),
        // *three quarters of them*, *a quarter*
        Unit::Quarter => is_plural && !is_vague && !words.is(next + 1, "of"),
        Unit::Weekend => words.text.upos(next) == "NOUN",
        _ => is_plural || is_one || is_hyphenated || !is_vague,
    };
    if !is_right || is_numeral_before(words, at) {
        return None;
    }
    let mut end = next + 1;
    // *a year and a half*, *one year and two months* stays the longer unit.
    if words.is(end, "and") && words.is(end + 1, "a") && words.is(end + 2, "half") {
        (n, end) = (n + 0.5, end + 3);
    }
    // *a day's march*, *two years' time*
    end = words.skip(end, &["'", "’", "'s", "’s"]);
    if end > next + 1 {
        end = words.skip(end, &["time"]);
    }
    let possessive = end > next + 1 && !words.is(end - 1, "time") && !words.is(end - 1, "half");
    let end = if possessive { next + 1 } else { end };
    Some(Amount { n: (!is_vague).then_some(n), unit, end })
}

/// *month-long*, *year-long*.
fn long(words: &Words<'_>, at: usize) -> Option<Amount> {
    let unit = words.unit(at).filter(|_| words.units(at).is_none())?;
    (words.is(at + 1, "-") && words.is(at + 2, "long")).then_some(Amount {
        n: Some(1.0),
        unit,
        end: at + 1,
    })
}

/// A unit in the plural alone: *within \[days\]*; *the first days*, *his last years* are none.
fn bare(words: &Words<'_>, at: usize) -> Option<Amount> {
    let unit = words.units(at)?;
    let before = at.checked_sub(1).map_or("", |at| words.text.upos(at));
    let is_free = !matches!(before, "DET" | "NUM" | "PRON" | "PROPN")
        && (before != "ADJ")
        && !(at > 0
            && (words.is_dash(at - 1)
                || words.number(at - 1).is_some()
                || words.side(at - 1).is_some()));
    let is_right = !matches!(unit, Unit::Quarter | Unit::Weekend | Unit::Second);
    (is_free && is_right).then_some(Amount { n: None, unit, end: at + 1 })
}

/// *aged [50 years]*, *turned 50 years*.
fn is_age(words: &Words<'_>, at: usize) -> bool {
    at > 0 && words.is_any(at - 1, &["aged", "age"])
}

/// The number is the end of another: *1991-92 [2 days]*, *$5 [3 days]* stay apart.
fn is_numeral_before(words: &Words<'_>, at: usize) -> bool {
    at > 0 && matches!(words.form(at - 1), "$" | "€" | "£" | ".") && words.touch(at - 1, at)
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn whole(n: f64) -> Option<i64> {
    (n.abs() < 1e6).then_some(n.round() as i64)
}
