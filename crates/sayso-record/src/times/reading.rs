//! Whether a text is news of its day or tells of what has been.

use jiff::civil::Date;

use super::grammar::Found;
use super::spec::{Anchor, Spec, Within, Year};

/// Years before publication from which on a year is history.
const HISTORY: i64 = 2;
/// Years told in full that make a text without days of its own a narrative.
const FEW: usize = 3;

/// How a text tells its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// *Friday* and *in March* are near the day of publication.
    News,
    /// *in March* and *that year* are those of the time told last.
    Narrative,
}

/// How a text tells its times: a narrative names years long past and few days of its own.
///
/// A text whose day is not known can only be read from what it tells itself.
pub(super) fn reading(found: &[Found], published: Option<Date>) -> Reading {
    let Some(published) = published else { return Reading::Narrative };
    let now = i64::from(published.year());
    let n_history = found.iter().filter(|it| is_history(&it.spec, now)).count();
    let n_news = found.iter().filter(|it| is_news(&it.spec, now)).count();
    if n_history >= FEW && n_history > 2 * n_news { Reading::Narrative } else { Reading::News }
}

fn is_history(spec: &Spec, now: i64) -> bool {
    match spec {
        Spec::Calendar { year: Year::Known(year), .. } => *year + HISTORY <= now,
        Spec::Hours { day: Some(day), .. } => is_history(day, now),
        _ => false,
    }
}

/// *Friday*, *last week*, *two days ago*, a date of the year of publication.
fn is_news(spec: &Spec, now: i64) -> bool {
    match spec {
        Spec::Calendar { year: Year::Known(year), .. } => *year == now,
        Spec::Calendar { within: Within::Weekday(_), .. } => true,
        Spec::Shift { from: Anchor::Spoken, .. } => true,
        Spec::Hours { day: Some(day), .. } => is_news(day, now),
        _ => false,
    }
}
