//! When an expression is: its value, seen from the day of publication and from what was told before.

use jiff::civil::Date;

use super::grammar::{Found, age, short_year_of};
use super::lexicon::{Side, Unit};
use super::point::{Point, Season, date, holiday, plus_days, valid, weekday};
use super::reading::Reading;
use super::spec::{Anchor, Hours, Spec, Within, Year};
use super::tense::Tense;
use crate::TimeKind;

/// How far a bare number may lie from the year told to be one itself: *in 499* after *490 BC*.
const BARE_YEARS: u64 = 150;
/// Months that a narrative goes back without saying so: after *November*, *in June* is the same
/// year's, *in January* the next one's. Tuned on WikiWars, 5 to 12 tried.
const MONTHS_BACK: i64 = 9;

/// What an expression is worth.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) kind: TimeKind,
    pub(super) value: Option<String>,
    /// The time itself, if it is known well enough to count others from.
    pub(super) point: Option<Point>,
}

/// What times are counted from.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub(super) published: Option<Date>,
    /// The time told last.
    pub(super) told: Option<Point>,
    pub(super) reading: Reading,
    /// A year told in full in the same sentence.
    pub(super) beside: Option<i64>,
    /// Whether the day goes before the month in *8/9/2025*.
    pub(super) is_day_first: bool,
}

impl Clock {
    /// The value of an expression; none if it turns out to be no time.
    pub(super) fn resolve(&self, found: &Found, tense: Tense) -> Option<Resolved> {
        let date = |value, point| Resolved { kind: TimeKind::Date, value: Some(value), point };
        Some(match &found.spec {
            Spec::Duration(value) => {
                Resolved { kind: TimeKind::Duration, value: Some(value.clone()), point: None }
            }
            Spec::Set(value) => {
                Resolved { kind: TimeKind::Set, value: Some(value.clone()), point: None }
            }
            Spec::Reference(value) => date((*value).to_owned(), None),
            Spec::Impossible => Resolved { kind: TimeKind::Date, value: None, point: None },
            Spec::Hours { day, hours } => self.hours(day.as_deref(), *hours, tense),
            Spec::Calendar { year: Year::Bare(year), .. } => {
                let told = self.told?.year().filter(|it| *it <= 0)?;
                let near = told.abs_diff(*year) <= BARE_YEARS;
                let point = near.then_some(Point::Year(*year))?;
                date(point.to_string(), Some(point))
            }
            spec if self.is_of_speech(spec) => date(open_value(spec), None),
            spec => match self.point(spec, tense) {
                Some(point) => date(point.to_string(), Some(point)),
                None => date(open_value(spec), None),
            },
        })
    }

    /// Whether a day counted from speaking is that of a voice within a narrative, whose day is not
    /// known: *“We march tomorrow,” he said.*
    fn is_of_speech(&self, spec: &Spec) -> bool {
        let is_day = matches!(spec, Spec::Shift { unit: Unit::Day, from: Anchor::Spoken, .. });
        is_day && self.reading == Reading::Narrative
    }

    fn hours(&self, day: Option<&Spec>, hours: Hours, tense: Tense) -> Resolved {
        let point = match day {
            Some(day) if self.is_of_speech(day) => None,
            Some(day) => self.point(day, tense),
            None => self.day_told(hours),
        };
        let point = point.filter(|it| matches!(it, Point::Day(_) | Point::SomeDay(..)));
        let day = match (point, day) {
            (Some(point), _) => point.to_string(),
            (None, Some(spec)) => open_value(spec),
            (None, None) => "XXXX-XX-XX".to_owned(),
        };
        Resolved { kind: TimeKind::Time, value: Some(day + &hours_value(hours)), point }
    }

    /// The day of an hour that stands alone: that told last. An hour without a day before it is of
    /// the day of publication.
    fn day_told(&self, hours: Hours) -> Option<Point> {
        let told = self.told.filter(|it| matches!(it, Point::Day(_)));
        match (self.reading, hours) {
            (Reading::News, Hours::Part(_)) => told,
            (Reading::News, _) => told.or(self.published.map(Point::Day)),
            (Reading::Narrative, _) => told,
        }
    }

    /// The time of speaking; a narrative's is what it has come to.
    fn spoken(&self) -> Option<Point> {
        match self.reading {
            Reading::News => self.published.map(Point::Day),
            Reading::Narrative => self.told,
        }
    }

    fn told(&self) -> Option<Point> {
        self.told.or(match self.reading {
            Reading::News => self.published.map(Point::Day),
            Reading::Narrative => None,
        })
    }

    fn anchor(&self, from: Anchor) -> Option<Point> {
        match from {
            Anchor::Spoken => self.spoken(),
            Anchor::Told => self.told(),
        }
    }

    fn point(&self, spec: &Spec, tense: Tense) -> Option<Point> {
        match spec {
            Spec::Calendar { year, within } => self.calendar(*year, *within, tense),
            Spec::Slashes { first, second, year } => {
                let (month, day) =
                    if self.is_day_first { (*second, *first) } else { (*first, *second) };
                Point::day(*year, month, day).or_else(|| Point::day(*year, day, month))
            }
            Spec::Age { unit, n, before } => Some(age(*unit, *n, *before)),
            Spec::ShortDecade(n) => {
                let near = self.spoken()?.some_year()?;
                let year = short_year_of(n * 10, near);
                let year = if year > near { year - 100 } else { year };
                Point::Year(year).within(Unit::Decade)
            }
            Spec::DayOf { day, month } => {
                let month = self.point(month, tense)?;
                Point::day(month.year()?, month.month()?, *day)
            }
            Spec::Shift { n, unit, from } => self.shifted((*n)?, *unit, *from, tense),
            Spec::Side { side, of } => self.side(*side, *of, tense),
            Spec::Holiday { rule, year } => {
                let known = self.known_year(*year);
                let near = self.anchor(Anchor::Spoken).and_then(Point::year);
                let point = Point::Day(holiday(*rule, known.or(near)?)?);
                match (known, self.published, self.reading) {
                    (None, Some(published), Reading::News) => {
                        nearest(point, Point::Day(published), tense)
                    }
                    _ => Some(point),
                }
            }
            Spec::Hours { day, .. } => self.point(day.as_deref()?, tense),
            Spec::Duration(_) | Spec::Set(_) | Spec::Reference(_) | Spec::Impossible => None,
        }
    }

    fn known_year(&self, year: Year) -> Option<i64> {
        match year {
            Year::Known(year) => valid(year),
            Year::Short(short) => {
                let near = self.told().or(self.spoken()).and_then(Point::some_year)?;
                Some(short_year_of(short, near))
            }
            Year::Told => self.told()?.year(),
            Year::Spoken(n) => valid(self.spoken()?.year()?.checked_add(n)?),
            Year::Bare(_) | Year::Open => None,
        }
    }

    fn calendar(&self, year: Year, within: Within, tense: Tense) -> Option<Point> {
        if let Within::Weekday(day) = within {
            return self.weekday(day, tense);
        }
        if year != Year::Open {
            return of_year(self.known_year(year)?, within);
        }
        match (self.reading, self.beside) {
            (Reading::News, Some(year)) if !matches!(tense, Tense::Future | Tense::Expected) => {
                of_year(year, within)
            }
            (Reading::News, _) => {
                let published = Point::Day(self.published?);
                nearest(of_year(published.year()?, within)?, published, tense)
            }
            (Reading::Narrative, _) => self.next_told(within),
        }
    }

    /// A month, day or season without a year in a narrative: of the year told, or of the next one
    /// if it has passed long ago.
    fn next_told(&self, within: Within) -> Option<Point> {
        let told = self.told?;
        let point = of_year(told.year()?, within)?;
        let (Some(month), Some(told_month)) = (point.month(), told.month()) else {
            return Some(point);
        };
        let back = i64::from(told_month) - i64::from(month);
        let is_dated = matches!(within, Within::Month(_) | Within::Day(..));
        let shift = if !is_dated {
            0
        } else if back >= MONTHS_BACK {
            1
        } else if back < -MONTHS_BACK {
            -1
        } else {
            0
        };
        point.with_year(told.year()? + shift)
    }

    fn weekday(&self, day: u8, tense: Tense) -> Option<Point> {
        let spoken = self.spoken()?.first_day()?;
        let ahead = (i64::from(day) - i64::from(weekday(spoken))).rem_euclid(7);
        let n = match tense {
            _ if ahead == 0 => 0,
            Tense::Future | Tense::Expected => ahead,
            Tense::Past | Tense::Unknown => ahead - 7,
        };
        plus_days(spoken, n).map(Point::Day)
    }

    fn shifted(&self, n: i64, unit: Unit, from: Anchor, tense: Tense) -> Option<Point> {
        let anchor = self.anchor(from)?;
        let point = anchor.plus(n, unit)?;
        // *over the weekend* on a Monday is the one before.
        if let (Unit::Weekend, 0, Anchor::Spoken, Some(day)) = (unit, n, from, anchor.first_day())
            && !matches!(tense, Tense::Future | Tense::Expected)
            && weekday(day) < 6
        {
            return anchor.plus(-1, unit);
        }
        Some(point)
    }

    fn side(&self, side: Side, of: Within, tense: Tense) -> Option<Point> {
        let from = match side {
            Side::That | Side::Before | Side::After | Side::Other => Anchor::Told,
            _ => Anchor::Spoken,
        };
        let anchor = self.anchor(from)?;
        let sign = match side {
            Side::Last | Side::Past | Side::Before => -1,
            Side::Next | Side::Coming | Side::After => 1,
            Side::This | Side::That | Side::Other => 0,
        };
        if let Within::Weekday(day) = of {
            let from = anchor.first_day()?;
            let ahead = (i64::from(day) - i64::from(weekday(from))).rem_euclid(7);
            let n = match sign {
                -1 => {
                    if ahead == 0 {
                        -7
                    } else {
                        ahead - 7
                    }
                }
                1 => {
                    if ahead == 0 {
                        7
                    } else {
                        ahead
                    }
                }
                _ if tense == Tense::Past && side == Side::This => {
                    if ahead == 0 {
                        0
                    } else {
                        ahead - 7
                    }
                }
                _ => ahead,
            };
            return plus_days(from, n).map(Point::Day);
        }
        let point = of_year(anchor.year()?, of)?;
        let order = compared(point, anchor);
        let year = anchor.year()?;
        match sign {
            -1 if order >= 0 => point.with_year(year - 1),
            1 if order <= 0 => point.with_year(year + 1),
            _ => Some(point),
        }
    }
}

/// A part of a year that is known.
fn of_year(year: i64, within: Within) -> Option<Point> {
    let year = valid(year)?;
    Some(match within {
        Within::All => Point::Year(year),
        Within::Half(half) => Point::Half(year, half),
        Within::Quarter(quarter) => Point::Quarter(year, quarter),
        Within::Season(season) => Point::Season(year, season),
        Within::Month(month) => Point::Month(year, month),
        Within::Day(month, day) => return Point::day(year, month, day),
        Within::Weekday(_) => return None,
    })
}

/// The month, day or season of the year before or after, if that fits the tense better: in
/// January, *was fired in \[November\]* is of the last year.
fn nearest(point: Point, published: Point, tense: Tense) -> Option<Point> {
    let year = point.year()?;
    let order = compared(point, published);
    match tense {
        Tense::Past if order > 0 => point.with_year(year - 1),
        Tense::Future if order < 0 => point.with_year(year + 1),
        // Nearer than half a year either way.
        Tense::Unknown | Tense::Expected if order > 5 => point.with_year(year - 1),
        Tense::Unknown | Tense::Expected if order < -6 => point.with_year(year + 1),
        _ => Some(point),
    }
}

/// How many months a time lies after another of about the same year; days of one month count as
/// one.
fn compared(point: Point, other: Point) -> i64 {
    if let (Point::Season(..), Some(season)) = (point, Point::season_of(other)) {
        let place = |it: Season| (it.place() + 1).rem_euclid(4);
        return (place(Point::season_of(point).unwrap_or(season)) - place(season)) * 3;
    }
    if let (Point::Quarter(_, a), Some(month)) = (point, other.month()) {
        return (i64::from(a) - (i64::from(month) - 1) / 3 - 1) * 3;
    }
    let (Some(a), Some(b)) = (point.month(), other.month()) else { return 0 };
    let months = i64::from(a) - i64::from(b);
    match (point, other) {
        (Point::Day(a), Point::Day(b)) if months == 0 => i64::from(a.day() - b.day()).signum(),
        _ => months,
    }
}

/// The value of an expression whose reference is not known.
fn open_value(spec: &Spec) -> String {
    match spec {
        Spec::Calendar { within, .. } | Spec::Side { of: within, .. } => match within {
            Within::All => "XXXX".to_owned(),
            Within::Half(half) => format!("XXXX-H{half}"),
            Within::Quarter(quarter) => format!("XXXX-Q{quarter}"),
            Within::Season(season) => format!("XXXX-{}", season.code()),
            Within::Month(month) => format!("XXXX-{month:02}"),
            Within::Day(month, day) => format!("XXXX-{month:02}-{day:02}"),
            Within::Weekday(day) => format!("XXXX-WXX-{day}"),
        },
        Spec::DayOf { day, .. } => format!("XXXX-XX-{day:02}"),
        Spec::Holiday { rule: super::lexicon::Holiday::Fixed { month, day }, .. } => {
            format!("XXXX-{month:02}-{day:02}")
        }
        Spec::Shift { unit, .. } => match unit {
            Unit::Week | Unit::Fortnight => "XXXX-WXX",
            Unit::Weekend => "XXXX-WXX-WE",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            Unit::Year => "XXXX",
            Unit::Decade => "XXX",
            Unit::Century | Unit::Millennium => "XX",
            Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => "XXXX-XX-XX",
        }
        .to_owned(),
        Spec::ShortDecade(n) => format!("XX{n}"),
        Spec::Hours { day: Some(day), .. } => open_value(day),
        _ => "XXXX-XX-XX".to_owned(),
    }
}

fn hours_value(hours: Hours) -> String {
    match hours {
        Hours::Part(part) => part.code().to_owned(),
        Hours::Unknown => "TXX".to_owned(),
        Hours::Clock { hour, minute, second, is_utc } => {
            let second = second.map_or(String::new(), |it| format!(":{it:02}"));
            format!("T{hour:02}:{minute:02}{second}{}", if is_utc { "Z" } else { "" })
        }
    }
}

/// The day that a date beside another may be written as, for telling which number is the month.
pub(super) fn slashed(first: u8, second: u8, year: i64) -> (Option<Date>, Option<Date>) {
    (date(year, first, second), date(year, second, first))
}
