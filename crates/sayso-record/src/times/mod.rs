//! Expressions of time, and what day, hour or span they mean.
//!
//! `grammar` says what is an expression and what it says (*two days later*: a shift by two days from
//! the time told); `resolve` says when that is, seen from the day of publication or, in a text that
//! tells of what has been, from the time told last (`reading`).

use sayso_text::TokenRange;

use crate::text::Text;
use crate::{Note, Time, TimeKind};

mod grammar;
mod lexicon;
mod point;
mod reading;
mod resolve;
mod spec;
mod tense;
#[cfg(test)]
mod tests;
mod words;

use grammar::Found;
use point::Point;
use reading::Reading;
use resolve::{Clock, Resolved};
use spec::{Spec, Year};
use words::Words;

/// Years by which an aside has to lie off for the tale not to follow it. Tuned on WikiWars, 1 to 10
/// tried: 87.0 % of values with 2, 86.7 % where every year is followed.
const FAR: u64 = 2;
/// Tokens between an opening bracket and a year in it.
const MAX_BRACKET: usize = 6;

/// A time with its tokens.
#[derive(Clone, Debug)]
pub(crate) struct Timed {
    pub(crate) tokens: TokenRange,
    pub(crate) row: Time,
}

/// The times of a document, with what was odd about them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times {
    /// In text order, disjoint.
    pub(crate) rows: Vec<Timed>,
    pub(crate) notes: Vec<Note>,
}

/// The times of a document, seen from the day of publication if it is known.
///
/// A time that is counted from a day nobody knows keeps a value that is open: *Friday* is
/// `XXXX-WXX-5`. A day that no calendar has, *30 February*, has none, and a note.
///
/// # Cost
///
/// Linear in the text.
pub(crate) fn times(text: &Text<'_>, published: Option<&str>) -> Times {
    let words = Words::new(text);
    let found = grammar::expressions(&words);
    let written = published;
    let published = published.and_then(point::day_of);
    let order = Order::of(&found);
    let mut clock = Clock {
        published,
        told: None,
        reading: reading::reading(&found, published),
        beside: None,
        is_day_first: order == Order::DayFirst,
    };
    let mut times = Times::default();
    let mut sentence = None;
    for found in &found {
        let own = text.sentence(found.tokens.start as usize).map(|it| it.tokens.start);
        if own != sentence {
            (clock.beside, sentence) = (None, own);
        }
        let tense = tense::tense(text, text.head_of(found.tokens));
        let Some(resolved) = clock.resolve(found, tense) else { continue };
        times.notes.extend(note(text, found, order));
        clock.advance(&found.spec, &resolved, is_aside(text, found));
        let span = vec![text.chars(found.tokens)];
        let row = Time { span, kind: resolved.kind, value: resolved.value };
        times.rows.push(Timed { tokens: found.tokens, row });
    }
    times.notes.extend(undated(&times.rows, written).filter(|_| published.is_none()));
    times
}

/// That the day of publication is not known and times that need it stay relative, at the first of
/// them; `written` is what stands for that day, if it is no day.
fn undated(rows: &[Timed], written: Option<&str>) -> Option<Note> {
    let relative = |it: &&Timed| {
        matches!(it.row.kind, TimeKind::Date | TimeKind::Time)
            && it.row.value.as_ref().is_some_and(|value| value.starts_with("XX"))
    };
    let first = rows.iter().find(relative)?;
    let reason = written.map_or_else(
        || "Nothing tells when this was published".to_owned(),
        |written| format!("The date of publication, {written:?}, is no day"),
    );
    Some(Note {
        code: "no-publication-date",
        message: format!("{reason}; times counted from that day stay relative"),
        span: first.row.span.first().copied(),
    })
}

impl Clock {
    /// Goes on to the time that has been told.
    fn advance(&mut self, spec: &Spec, resolved: &Resolved, is_aside: bool) {
        if let Spec::Calendar { year: Year::Known(year), .. } = spec
            && !is_aside
        {
            self.beside = Some(*year);
        }
        let Some(point) = resolved.point.filter(|it| it.year().is_some()) else { return };
        let told = self.told.and_then(Point::year);
        let is_far = told.zip(point.year()).is_some_and(|(a, b)| a.abs_diff(b) >= FAR);
        if self.reading == Reading::Narrative
            && is_aside
            && is_far
            && matches!(point, Point::Year(_))
        {
            return;
        }
        // *that year* goes back behind no day that lies in it.
        let is_wider =
            matches!(point, Point::Year(year) if self.told.and_then(Point::year) == Some(year));
        if !is_wider {
            self.told = Some(point);
        }
    }
}

/// Which number of *8/9/2025* is the day, by the dates of the text that leave no doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    MonthFirst,
    DayFirst,
    Unknown,
}

impl Order {
    fn of(found: &[Found]) -> Self {
        let one = found.iter().find_map(|it| match it.spec {
            Spec::Slashes { first, second, year } => match resolve::slashed(first, second, year) {
                (Some(_), None) => Some(Self::MonthFirst),
                (None, Some(_)) => Some(Self::DayFirst),
                _ => None,
            },
            _ => None,
        });
        one.unwrap_or(Self::Unknown)
    }
}

/// Whether a time only describes something, so that the tale does not go on from there: *the
/// \[1973\] accord*, *a treaty (signed in \[1919\])*.
fn is_aside(text: &Text<'_>, found: &Found) -> bool {
    let head = text.head_of(found.tokens);
    let is_noun = |at: usize| matches!(text.upos(at), "NOUN" | "PROPN");
    let describes =
        matches!(text.relation(head), "nmod" | "compound" | "nummod" | "amod" | "appos")
            && text.head(head).is_some_and(is_noun);
    let start = found.tokens.start as usize;
    let mut before = (start.saturating_sub(MAX_BRACKET)..start).rev().map(|at| text.form(at));
    describes || before.find(|it| matches!(*it, "(" | ")")) == Some("(")
}

/// What is odd about an expression.
fn note(text: &Text<'_>, found: &Found, order: Order) -> Option<Note> {
    let span = Some(text.chars(found.tokens));
    match found.spec {
        Spec::Impossible => Some(Note {
            code: "impossible-date",
            message: "The calendar has no such day".to_owned(),
            span,
        }),
        Spec::Slashes { first, second, .. } if order == Order::Unknown && first != second => {
            Some(Note {
                code: "ambiguous-date",
                message: "Day and month could be either way round; read as month first".to_owned(),
                span,
            })
        }
        _ => None,
    }
}
