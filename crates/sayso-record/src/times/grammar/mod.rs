//! What is an expression of time: small readers that each know one form, over the tokens.
//!
//! A reader is asked at a token and answers what stands there and where it ends. The longest answer
//! counts; of equally long ones the first reader's.

mod calendar;
mod clock;
mod duration;
mod edge;
mod reference;
mod relative;
mod set;
mod year;

use sayso_text::TokenRange;

pub(super) use year::{age, short_year_of};

use super::spec::{Hours, Spec, Year};
use super::words::Words;

/// An expression with its tokens.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) tokens: TokenRange,
    pub(super) spec: Spec,
}

/// Tokens between an hour and its day.
const MAX_GAP: usize = 4;

/// What a reader answers: what stands there, and one past its last token.
type Answer = Option<(Spec, usize)>;

/// The readers, those of the surest forms first.
const READERS: [fn(&Words<'_>, usize) -> Answer; 7] = [
    clock::time,
    set::set,
    calendar::date,
    relative::relative,
    edge::edge,
    duration::duration,
    reference::reference,
];

/// The expressions of a document, in text order, disjoint.
pub(super) fn expressions(words: &Words<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((spec, end)) = longest(words, at) else {
            at += 1;
            continue;
        };
        let floor = found.last().map_or(0, |it| it.tokens.end as usize);
        let start = edge::start(words, at, floor, &spec);
        found.push(Found { tokens: TokenRange::new(start, end), spec });
        at = end;
    }
    share_years(words, &mut found);
    share_days(words, &mut found);
    found
}

/// Gives an hour the day that follows it: *at [5:43 pm] (0943 GMT) on Monday*.
fn share_days(words: &Words<'_>, found: &mut [Found]) {
    for at in (1..found.len()).rev() {
        let (before, after) = found.split_at_mut(at);
        let Some((hour, next)) = before.last_mut().zip(after.first()) else { continue };
        let Spec::Hours { day: day @ None, hours: Hours::Clock { .. } } = &mut hour.spec else {
            continue;
        };
        let end = hour.tokens.end as usize;
        let gap = (next.tokens.start as usize).saturating_sub(end);
        let is_near =
            gap <= MAX_GAP && (end..end + gap).all(|at| !words.is_any(at, &[".", ";", "and"]));
        match &next.spec {
            Spec::Hours { day: Some(next), .. } if is_near => *day = Some(next.clone()),
            spec if is_near && clock::is_day(spec) => *day = Some(Box::new(spec.clone())),
            _ => {}
        }
    }
}

/// Gives the year that two dates share to the first: *between \[March\] and April 1918*, *from
/// [May 15] to August 16, 1988*. The first of *October to March 1945* lies in the year before.
fn share_years(words: &Words<'_>, found: &mut [Found]) {
    for at in (1..found.len()).rev() {
        let (before, after) = found.split_at_mut(at);
        let Some((first, second)) = before.last_mut().zip(after.first()) else { continue };
        let Spec::Calendar { year: Year::Known(known), within: later } = second.spec else {
            continue;
        };
        let Spec::Calendar { year: year @ Year::Open, within } = &mut first.spec else { continue };
        let between = first.tokens.end as usize..second.tokens.start as usize;
        let is_joint = |at: usize| {
            words.is_dash(at)
                || words.is_any(
                    at,
                    &[
                        "and", "or", "to", "/", "until", "till", "through", "in", "on", "by",
                        "then", "the", "again",
                    ],
                )
        };
        let is_range = between
            .clone()
            .any(|at| words.is_dash(at) || words.is_any(at, &["to", "until", "till", "through"]));
        let is_shared = !between.is_empty()
            && between.len() <= 4
            && between.clone().all(is_joint)
            && between.clone().any(|at| !words.is_any(at, &["in", "on", "by", "the"]));
        let (Some(month), Some(later)) = (within.month(), later.month()) else { continue };
        if is_shared && (month <= later || is_range) {
            *year = Year::Known(if month > later { known - 1 } else { known });
        }
    }
}

fn longest(words: &Words<'_>, at: usize) -> Answer {
    if !may_begin(words, at) {
        return None;
    }
    let end = sentence_end(words, at);
    let answers = READERS.iter().filter_map(|read| read(words, at));
    let answers = answers.filter(|(_, to)| *to > at && *to <= end);
    answers.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// Whether an expression may begin at a token; most tokens are ruled out here.
fn may_begin(words: &Words<'_>, at: usize) -> bool {
    let form = words.form(at);
    let first = form.bytes().next().unwrap_or(b' ');
    first.is_ascii_digit()
        || words.is_mid(at)
        || matches!(first, b'\'' | 0xE2 | 0xC2)
        || words.has_sense(at)
        || words.number(at).is_some()
        || words.ordinal(at).is_some()
        || words.phrase(at).is_some()
        || words.is_any(at, &["the", "every", "each", "per", "half", "latter", "final", "fiscal"])
        || form.starts_with(['Q', 'F', 'q'])
}

/// One past the last token of the sentence of a token.
fn sentence_end(words: &Words<'_>, at: usize) -> usize {
    words.text.sentence(at).map_or(words.len(), |it| it.tokens.end as usize)
}
