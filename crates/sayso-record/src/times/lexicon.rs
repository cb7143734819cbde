//! The word lists of times, as the grammar asks for them.

use std::sync::LazyLock;

use super::point::{Part, Season};
use crate::words::WordMap;

/// What a word may mean in an expression of time. A word may have several senses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sense {
    /// 1 to 12.
    Month(u8),
    /// 1 is Monday.
    Weekday(u8),
    /// A weekday cut short to a word of its own: *Sun*.
    Short(u8),
    /// *Mondays*.
    Weekdays(u8),
    Season(Season),
    Unit(Unit),
    Part(Part),
    /// *noon*.
    Hour(u8),
    /// *yesterday* is -1.
    Day(i32),
    /// *tonight*.
    Tonight,
    /// *now*: the value.
    Reference(&'static str),
    /// *daily*: the value.
    Every(&'static str),
    Side(Side),
    Shift(Shift),
    /// *early*.
    Early,
    /// *end*.
    Edge,
    /// *nearly*.
    Bound,
    /// *BC* is -1.
    Era(i32),
    Expect,
    /// *starts*: what is planned in the present tense.
    Timetable,
    Modal,
    Zone,
}

/// What time is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

/// Which way a unit lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Last,
    This,
    Next,
    /// *the past year*: as long as that, up to the time of speaking.
    Past,
    Coming,
    /// Seen from what was told: *that year*.
    That,
    Before,
    After,
    /// *another year*.
    Other,
}

/// What turns a length of time into a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    Ago,
    Hence,
    Before,
    After,
}

/// The rule of a day with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    Fixed { month: u8, day: u8 },
    Nth { nth: i8, weekday: u8, month: u8 },
    Easter { offset: i32 },
}

/// What a phrase of several words, or of one, names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Named {
    Reference(&'static str),
    Holiday(Holiday),
}

/// The lists.
#[derive(Debug)]
pub(super) struct Lexicon {
    senses: WordMap<Vec<Sense>>,
    /// By their first word; the longest first.
    phrases: WordMap<Vec<(Vec<&'static str>, Named)>>,
    longest: usize,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    fn load() -> Self {
        let mut senses = WordMap::<Vec<Sense>>::default();
        let mut phrases = WordMap::<Vec<(Vec<_>, Named)>>::default();
        for line in entries(include_str!("../../data/times.tsv")) {
            let (class, rest) = line.split_once('\t').expect("a line has a class");
            let (value, words) = rest.split_once('\t').expect("a line has a value");
            let sense = sense(class, value).unwrap_or_else(|| panic!("`{line}`: no such sense"));
            for word in words.split(' ') {
                match sense {
                    Sense::Reference(value) if word.contains('_') => {
                        add_phrase(&mut phrases, word, Named::Reference(value));
                    }
                    sense => senses.entry(word).or_default().push(sense),
                }
            }
        }
        for line in entries(include_str!("../../data/holidays.tsv")) {
            let (rule, names) = line.split_once('\t').expect("a line has a rule");
            let rule = holiday(rule).unwrap_or_else(|| panic!("`{line}`: no such rule"));
            for name in names.split(' ') {
                add_phrase(&mut phrases, name, Named::Holiday(rule));
            }
        }
        for list in phrases.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let longest = senses.keys().chain(phrases.keys()).map(|it| it.len()).max().unwrap_or(0);
        Self { senses, phrases, longest }
    }

    /// What a word, in any case, may mean.
    pub(super) fn senses(&self, form: &str) -> &[Sense] {
        let mut buffer = [0; 24];
        let Some(lower) = self.lower(form, &mut buffer) else { return &[] };
        self.senses.get(lower).map_or(&[], Vec::as_slice)
    }

    /// The phrases that begin with a word, in any case; the longest first.
    pub(super) fn phrases(&self, form: &str) -> &[(Vec<&'static str>, Named)] {
        let mut buffer = [0; 24];
        let Some(lower) = self.lower(form, &mut buffer) else { return &[] };
        self.phrases.get(lower).map_or(&[], Vec::as_slice)
    }

    /// A word in lower case, unless it is too long to be listed.
    fn lower<'b>(&self, form: &str, buffer: &'b mut [u8; 24]) -> Option<&'b str> {
        let room = buffer.get_mut(..form.len()).filter(|_| form.len() <= self.longest)?;
        room.copy_from_slice(form.as_bytes());
        room.make_ascii_lowercase();
        std::str::from_utf8(room).ok()
    }
}

fn add_phrase(
    phrases: &mut WordMap<Vec<(Vec<&'static str>, Named)>>,
    phrase: &'static str,
    named: Named,
) {
    let words: Vec<_> = phrase.split('_').collect();
    phrases.entry(words[0]).or_default().push((words, named));
}

fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn sense(class: &str, value: &'static str) -> Option<Sense> {
    Some(match class {
        "month" => Sense::Month(value.parse().ok()?),
        "weekday" => Sense::Weekday(value.parse().ok()?),
        "weekdays" => Sense::Weekdays(value.parse().ok()?),
        "short" => Sense::Short(value.parse().ok()?),
        "season" => Sense::Season(Season::ALL.into_iter().find(|it| it.code() == value)?),
        "unit" => Sense::Unit(unit(value)?),
        "part" => Sense::Part(Part::ALL.into_iter().find(|it| it.code() == value)?),
        "clock" => Sense::Hour(value.parse().ok()?),
        "day" if value == "TNI" => Sense::Tonight,
        "day" => Sense::Day(value.parse().ok()?),
        "reference" => Sense::Reference(value),
        "every" => Sense::Every(value),
        "side" => Sense::Side(side(value)?),
        "shift" => Sense::Shift(match value {
            "ago" => Shift::Ago,
            "hence" => Shift::Hence,
            "before" => Shift::Before,
            "after" => Shift::After,
            _ => return None,
        }),
        "early" => Sense::Early,
        "edge" => Sense::Edge,
        "bound" => Sense::Bound,
        "era" => Sense::Era(value.parse().ok()?),
        "expect" => Sense::Expect,
        "timetable" => Sense::Timetable,
        "modal" => Sense::Modal,
        "zone" => Sense::Zone,
        _ => return None,
    })
}

fn unit(name: &str) -> Option<Unit> {
    Some(match name {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "weekend" => Unit::Weekend,
        "week" => Unit::Week,
        "fortnight" => Unit::Fortnight,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        "century" => Unit::Century,
        "millennium" => Unit::Millennium,
        _ => return None,
    })
}

fn side(name: &str) -> Option<Side> {
    Some(match name {
        "last" => Side::Last,
        "this" => Side::This,
        "next" => Side::Next,
        "past" => Side::Past,
        "coming" => Side::Coming,
        "that" => Side::That,
        "before" => Side::Before,
        "after" => Side::After,
        "other" => Side::Other,
        _ => return None,
    })
}

fn holiday(rule: &str) -> Option<Holiday> {
    if let Some(offset) = rule.strip_prefix("easter") {
        return Some(Holiday::Easter { offset: offset.parse().ok()? });
    }
    if let Some((month, day)) = rule.split_once('-').filter(|(month, _)| month.len() == 2) {
        return Some(Holiday::Fixed { month: month.parse().ok()?, day: day.parse().ok()? });
    }
    let mut parts = rule.split('/');
    let nth = parts.next()?.parse().ok()?;
    let weekday = parts.next()?.parse().ok()?;
    Some(Holiday::Nth { nth, weekday, month: parts.next()?.parse().ok()? })
}
