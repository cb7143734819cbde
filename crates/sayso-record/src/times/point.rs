//! Times that are known: a year, a month, a day, with or without its hour, and their arithmetic.

use std::fmt::{self, Write};

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::lexicon::{Holiday, Unit};

/// Years that values are written for; jiff's own range.
const YEARS: std::ops::RangeInclusive<i64> = -9998..=9998;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

impl Season {
    pub(super) const ALL: [Self; 4] = [Self::Spring, Self::Summer, Self::Fall, Self::Winter];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Fall => "FA",
            Self::Winter => "WI",
        }
    }

    /// The season of a month on the northern half of the earth.
    fn of(month: u8) -> Self {
        match month {
            3..=5 => Self::Spring,
            6..=8 => Self::Summer,
            9..=11 => Self::Fall,
            _ => Self::Winter,
        }
    }

    /// Its place in a year that begins in March.
    pub(super) fn place(self) -> i64 {
        self as i64
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

impl Part {
    pub(super) const ALL: [Self; 5] =
        [Self::Morning, Self::Afternoon, Self::Evening, Self::Night, Self::Daytime];

    /// As TIMEX3 writes it, with the `T` before it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Morning => "TMO",
            Self::Afternoon => "TAF",
            Self::Evening => "TEV",
            Self::Night => "TNI",
            Self::Daytime => "TDT",
        }
    }
}

/// A time on the calendar.
///
/// Years are astronomical: 1 BC is 0, 2 BC is -1, so that sums need no exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// The 19th century is 18; the 4th before our era is `before` 3.
    Century {
        before: bool,
        n: i64,
    },
    /// The 1980s are 198; the 470s before our era are `before` 47.
    Decade {
        before: bool,
        n: i64,
    },
    Year(i64),
    Half(i64, u8),
    Quarter(i64, u8),
    Season(i64, Season),
    Month(i64, u8),
    /// A week by ISO 8601: its year and number.
    Week(i64, u8),
    Weekend(i64, u8),
    Day(Date),
    /// A day that is not known of a year or month that is.
    SomeDay(i64, Option<u8>),
}

impl Point {
    pub(super) fn day(year: i64, month: u8, day: u8) -> Option<Self> {
        date(year, month, day).map(Self::Day)
    }

    pub(super) fn year(self) -> Option<i64> {
        Some(match self {
            Self::Century { .. } | Self::Decade { .. } => return None,
            Self::Year(year)
            | Self::Half(year, _)
            | Self::Quarter(year, _)
            | Self::Season(year, _)
            | Self::Month(year, _)
            | Self::Week(year, _)
            | Self::Weekend(year, _)
            | Self::SomeDay(year, _) => year,
            Self::Day(date) => i64::from(date.year()),
        })
    }

    /// The month that it lies in, or about in.
    pub(super) fn month(self) -> Option<u8> {
        match self {
            Self::Month(_, month) | Self::SomeDay(_, Some(month)) => Some(month),
            Self::Day(date) => u8::try_from(date.month()).ok(),
            Self::Week(..) | Self::Weekend(..) => {
                self.first_day().and_then(|it| u8::try_from(it.month()).ok())
            }
            Self::Quarter(_, quarter) => Some(quarter * 3 - 1),
            Self::Season(_, season) => Some(match season {
                Season::Spring => 4,
                Season::Summer => 7,
                Season::Fall => 10,
                Season::Winter => 12,
            }),
            _ => None,
        }
    }

    /// The day itself, or the first of the week; none of anything coarser.
    pub(super) fn first_day(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            Self::Week(year, week) => monday(year, week),
            Self::Weekend(year, week) => plus_days(monday(year, week)?, 5),
            _ => None,
        }
    }

    pub(super) fn week_of(date: Date) -> Self {
        let week = date.iso_week_date();
        Self::Week(i64::from(week.year()), u8::try_from(week.week()).unwrap_or(1))
    }

    /// The unit of this kind that it lies in; none if that is not known.
    pub(super) fn within(self, unit: Unit) -> Option<Self> {
        let year = self.year();
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => match self {
                Self::Day(_) | Self::SomeDay(..) => self,
                _ => return None,
            },
            Unit::Week | Unit::Fortnight => Self::week_of(self.first_day()?),
            Unit::Weekend => match Self::week_of(self.first_day()?) {
                Self::Week(year, week) => Self::Weekend(year, week),
                _ => return None,
            },
            Unit::Month => match self {
                Self::Season(..) | Self::Quarter(..) => return None,
                _ => Self::Month(year?, self.month()?),
            },
            Unit::Quarter => Self::Quarter(year?, (self.month()? - 1) / 3 + 1),
            Unit::Year => Self::Year(year?),
            Unit::Decade => match (self, year) {
                (Self::Decade { .. }, _) => self,
                (_, year) => decade(year?),
            },
            Unit::Century | Unit::Millennium => match (self, year) {
                (Self::Century { .. }, _) => self,
                (_, year) => century(year?),
            },
        })
    }

    /// The time that lies `n` units later, or earlier if `n` is negative, as coarse as the unit.
    pub(super) fn plus(self, n: i64, unit: Unit) -> Option<Self> {
        let within = self.within(unit);
        let Some(within) = within else { return self.some_day(unit) };
        Some(match within {
            Self::Day(date) => Self::Day(plus_days(date, n)?),
            Self::SomeDay(year, month) => {
                if n.unsigned_abs() < 10 {
                    Self::SomeDay(year, month)
                } else {
                    Self::SomeDay(year, None)
                }
            }
            Self::Week(year, week) => {
                let weeks = if unit == Unit::Fortnight { n.checked_mul(2)? } else { n };
                Self::week_of(plus_days(monday(year, week)?, weeks.checked_mul(7)?)?)
            }
            Self::Weekend(year, week) => {
                let day = plus_days(monday(year, week)?, n.checked_mul(7)?)?;
                Self::Day(day).within(Unit::Weekend)?
            }
            Self::Month(year, month) => {
                let months = months_of(year, month, n)?;
                Self::Month(months.0, months.1)
            }
            Self::Quarter(year, quarter) => {
                let (year, month) = months_of(year, quarter * 3, n.checked_mul(3)?)?;
                Self::Quarter(year, month / 3)
            }
            Self::Year(year) => Self::Year(valid(year.checked_add(n)?)?),
            Self::Decade { .. } => {
                decade(valid(self.some_year()?.checked_add(n.checked_mul(10)?)?)?)
            }
            Self::Century { .. } => {
                let years = if unit == Unit::Millennium { 1000 } else { 100 };
                century(valid(self.some_year()?.checked_add(n.checked_mul(years)?)?)?)
            }
            Self::Half(..) | Self::Season(..) => return None,
        })
    }

    /// A year of it.
    pub(super) fn some_year(self) -> Option<i64> {
        Some(match self {
            Self::Century { before: false, n } => n * 100 + 1,
            Self::Century { before: true, n } => -n * 100 - 50,
            Self::Decade { before: false, n } => n * 10,
            Self::Decade { before: true, n } => -n * 10 - 5,
            other => other.year()?,
        })
    }

    /// What is left of a day that is counted from no day.
    fn some_day(self, unit: Unit) -> Option<Self> {
        (unit <= Unit::Day).then_some(Self::SomeDay(self.year()?, None))
    }

    pub(super) fn with_year(self, year: i64) -> Option<Self> {
        let year = valid(year)?;
        Some(match self {
            Self::Half(_, half) => Self::Half(year, half),
            Self::Quarter(_, quarter) => Self::Quarter(year, quarter),
            Self::Season(_, season) => Self::Season(year, season),
            Self::Month(_, month) => Self::Month(year, month),
            Self::Day(it) => {
                Self::Day(Date::new(i16::try_from(year).ok()?, it.month(), it.day()).ok()?)
            }
            other => other,
        })
    }

    pub(super) fn season_of(date: Self) -> Option<Season> {
        match date {
            Self::Season(_, season) => Some(season),
            other => other.month().map(Season::of),
        }
    }
}

impl fmt::Display for Point {
    /// The TIMEX3 value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Century { before, n } => write!(f, "{}{n:02}", if before { "BC" } else { "" }),
            Self::Decade { before, n } => write!(f, "{}{n:03}", if before { "BC" } else { "" }),
            Self::Year(year) => write_year(f, year),
            Self::Half(year, half) => write_year(f, year).and_then(|()| write!(f, "-H{half}")),
            Self::Quarter(year, at) => write_year(f, year).and_then(|()| write!(f, "-Q{at}")),
            Self::Season(year, season) => {
                write_year(f, year).and_then(|()| write!(f, "-{}", season.code()))
            }
            Self::Month(year, month) => write_year(f, year).and_then(|()| write!(f, "-{month:02}")),
            Self::Week(year, week) => write_year(f, year).and_then(|()| write!(f, "-W{week:02}")),
            Self::Weekend(year, week) => {
                write_year(f, year).and_then(|()| write!(f, "-W{week:02}-WE"))
            }
            Self::Day(date) => {
                write_year(f, i64::from(date.year()))?;
                write!(f, "-{:02}-{:02}", date.month(), date.day())
            }
            Self::SomeDay(year, month) => {
                write_year(f, year)?;
                match month {
                    Some(month) => write!(f, "-{month:02}-XX"),
                    None => f.write_str("-XX-XX"),
                }
            }
        }
    }
}

fn write_year(f: &mut impl Write, year: i64) -> fmt::Result {
    if year > 0 { write!(f, "{year:04}") } else { write!(f, "BC{:04}", 1 - year) }
}

pub(super) fn valid(year: i64) -> Option<i64> {
    YEARS.contains(&year).then_some(year)
}

pub(super) fn date(year: i64, month: u8, day: u8) -> Option<Date> {
    let year = i16::try_from(valid(year)?).ok()?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day that a text such as `2025-08-08T10:00:00Z` begins with.
pub(super) fn day_of(published: &str) -> Option<Date> {
    let mut parts = published.get(..10)?.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    date(year, month, parts.next()?.parse().ok()?)
}

pub(super) fn plus_days(date: Date, n: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(n).ok()?).ok()
}

/// 1 is Monday.
pub(super) fn weekday(date: Date) -> u8 {
    u8::try_from(date.weekday().to_monday_one_offset()).unwrap_or(1)
}

/// A day with a name, in a year.
pub(super) fn holiday(rule: Holiday, year: i64) -> Option<Date> {
    match rule {
        Holiday::Fixed { month, day } => date(year, month, day),
        Holiday::Nth { nth, weekday, month } => {
            let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
            date(year, month, 1)?.nth_weekday_of_month(nth, weekday).ok()
        }
        Holiday::Easter { offset } => plus_days(easter(year)?, i64::from(offset)),
    }
}

/// Easter Sunday by the Gregorian computus of Meeus, Jones and Butcher.
fn easter(year: i64) -> Option<Date> {
    let (golden, century, rest) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15)
        .rem_euclid(30);
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4).rem_euclid(7);
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * late + 114;
    date(year, u8::try_from(days / 31).ok()?, u8::try_from(days % 31 + 1).ok()?)
}

fn monday(year: i64, week: u8) -> Option<Date> {
    let week =
        ISOWeekDate::new(i16::try_from(year).ok()?, i8::try_from(week).ok()?, Weekday::Monday);
    Some(week.ok()?.date())
}

fn months_of(year: i64, month: u8, n: i64) -> Option<(i64, u8)> {
    let months = valid(year)?.checked_mul(12)?.checked_add(i64::from(month) - 1)?.checked_add(n)?;
    let year = valid(months.div_euclid(12))?;
    Some((year, u8::try_from(months.rem_euclid(12) + 1).ok()?))
}

fn decade(year: i64) -> Point {
    if year > 0 {
        Point::Decade { before: false, n: year / 10 }
    } else {
        Point::Decade { before: true, n: (1 - year) / 10 }
    }
}

fn century(year: i64) -> Point {
    if year > 0 {
        Point::Century { before: false, n: year / 100 }
    } else {
        Point::Century { before: true, n: (1 - year) / 100 }
    }
}
