//! What an expression of time says, before it is known when that is.

use super::lexicon::{Holiday, Side, Unit};
use super::point::{Part, Season};

/// What an expression says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Spec {
    /// *8 July 2025*, *July*, *the summer of 1916*, *1941*.
    Calendar { year: Year, within: Within },
    /// *the 19th century*, *the 470s BC*: the century or decade, and whether before our era.
    Age { unit: Unit, n: i64, before: bool },
    /// *the '20s*: a decade of some century.
    ShortDecade(i64),
    /// *the 28th of that month*.
    DayOf { day: u8, month: Box<Spec> },
    /// *two days later*, *yesterday*, *last week*; without a number, *days later*.
    Shift { n: Option<i64>, unit: Unit, from: Anchor },
    /// *last Friday*, *next June*, *this summer*.
    Side { side: Side, of: Within },
    /// *Christmas*.
    Holiday { rule: Holiday, year: Year },
    /// *the night of 8 July*, *this morning*: a part of a day, or an hour of it.
    Hours { day: Option<Box<Spec>>, hours: Hours },
    /// *three days*: the value.
    Duration(String),
    /// *daily*: the value.
    Set(String),
    /// *now*: the value.
    Reference(&'static str),
    /// *30 February*: no day at all.
    Impossible,
    /// *08/09/2025*: which is the month is for the other dates to say.
    Slashes { first: u8, second: u8, year: i64 },
}

/// The year of a date, as far as the expression tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// Astronomical, see [`super::point::Point`].
    Known(i64),
    /// *'45*.
    Short(i64),
    /// *499* in a text that tells of years before our era.
    Bare(i64),
    /// *of that year*.
    Told,
    /// *of last year* is -1, counted from the time of speaking.
    Spoken(i64),
    /// It is not told.
    Open,
}

/// What of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    All,
    Half(u8),
    Quarter(u8),
    Season(Season),
    Month(u8),
    Day(u8, u8),
    /// 1 is Monday.
    Weekday(u8),
}

/// What a time is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The time of speaking.
    Spoken,
    /// The time told last.
    Told,
}

/// Hours of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hours {
    Part(Part),
    /// Hour and minute by the clock.
    Clock {
        hour: u8,
        minute: u8,
        second: Option<u8>,
        is_utc: bool,
    },
    /// *two hours later*: not told.
    Unknown,
}

impl Within {
    /// The month, or about the month, that it lies in.
    pub(super) fn month(self) -> Option<u8> {
        match self {
            Self::Month(month) | Self::Day(month, _) => Some(month),
            Self::Season(Season::Spring) => Some(4),
            Self::Season(Season::Summer) => Some(7),
            Self::Season(Season::Fall) => Some(10),
            Self::Season(Season::Winter) => Some(12),
            Self::Quarter(quarter) => Some(quarter * 3 - 1),
            Self::All | Self::Half(_) | Self::Weekday(_) => None,
        }
    }
}

impl Spec {
    pub(super) fn date(within: Within) -> Self {
        Self::Calendar { year: Year::Open, within }
    }

    pub(super) fn year(year: i64) -> Self {
        Self::Calendar { year: Year::Known(year), within: Within::All }
    }
}
