//! The tokens of a document as the grammar of times asks about them.

use sayso_analysis::EntityKind;

use super::lexicon::{Holiday, LEXICON, Named, Sense, Shift, Side, Unit};
use super::point::{Part, Season};
use crate::numbers::{Form, Number, number, ordinal};
use crate::text::Text;

/// Tokens with what they may mean in an expression of time.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub(super) text: &'a Text<'a>,
    senses: Vec<&'static [Sense]>,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a Text<'a>) -> Self {
        let senses = (0..text.n_tokens()).map(|at| LEXICON.senses(core(text.form(at)).0));
        Self { text, senses: senses.collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.senses.len()
    }

    pub(super) fn form(&self, at: usize) -> &'a str {
        self.text.form(at)
    }

    /// Whether a token is this word, in any case.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.form(at).eq_ignore_ascii_case(word)
    }

    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|it| self.is(at, it))
    }

    /// `at`, or the token after it if it is one of these words.
    pub(super) fn skip(&self, at: usize, words: &[&str]) -> usize {
        at + usize::from(self.is_any(at, words))
    }

    pub(super) fn has_sense(&self, at: usize) -> bool {
        self.senses.get(at).is_some_and(|it| !it.is_empty())
    }

    pub(super) fn sense<T>(&self, at: usize, of: impl Fn(&Sense) -> Option<T>) -> Option<T> {
        self.senses.get(at)?.iter().find_map(of)
    }

    pub(super) fn is_sense(&self, at: usize, sense: Sense) -> bool {
        self.senses.get(at).is_some_and(|it| it.contains(&sense))
    }

    /// Whether the word has *mid-* before it in the same token: *mid-July*.
    pub(super) fn is_mid(&self, at: usize) -> bool {
        core(self.form(at)).1
    }

    /// A month. *may*, *march*, *mar*, *jun* count only as names, with a capital.
    pub(super) fn month(&self, at: usize) -> Option<u8> {
        let month = self.sense(at, |it| match it {
            Sense::Month(month) => Some(*month),
            _ => None,
        })?;
        let form = core(self.form(at)).0;
        let is_name = form.starts_with(char::is_uppercase);
        // *[May] 5 was fine* but *May we ask?*
        let is_modal = form.eq_ignore_ascii_case("may")
            && matches!(self.text.upos(at), "AUX" | "VERB")
            && self.day(at + 1).is_none()
            && self.year(at + 1).is_none();
        // *the Long March*, *March on the palace!* are no month; *in March* and *March 5* are.
        let is_verb = form.eq_ignore_ascii_case("march") && !self.is_month_frame(at);
        let is_person = self.is_person(at) || self.is_part_of_name(at);
        (is_name && !is_modal && !is_verb && form != "MAY" && !is_person).then_some(month)
    }

    /// A longer name that begins with a month's or a weekday's: *\[April\] Jones*, *the \[Sunday\] Mirror*.
    fn is_part_of_name(&self, at: usize) -> bool {
        let next = self.skip(at + 1, &[",", "the", "of", "."]);
        let is_date = self.day(next).is_some() || self.year(next).is_some();
        let longer = self.text.name_at(at).is_some_and(|name| {
            let after = name.tokens.range().contains(&(at + 1));
            let is_name = self.text.upos(at + 1) == "PROPN" && !self.has_sense(at + 1);
            after && is_name && matches!(name.kind, EntityKind::Person | EntityKind::Organization)
        });
        longer && !is_date
    }

    /// A name that is a month's, too: *Ann \[May\] left*.
    fn is_person(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        self.text.upos(before) == "PROPN"
            && self.text.relation(at) == "flat"
            && self.senses.get(before).is_some_and(|it| it.is_empty())
            && self.day(at + 1).is_none()
            && self.year(at + 1).is_none()
    }

    /// Whether *March* has a word of time beside it.
    fn is_month_frame(&self, at: usize) -> bool {
        let next = self.skip(at + 1, &[",", "of"]);
        let before = at.checked_sub(1);
        let is_framed = before.is_some_and(|before| {
            let is_preposition = self.is_any(
                before,
                &[
                    "in", "by", "since", "until", "till", "of", "from", "to", "through", "during",
                    "last", "next", "this", "between", "and", "before", "after", "for",
                ],
            );
            is_preposition && !self.is_any(at + 1, &["of", "on", "to"])
                || self.is_sense(before, Sense::Early)
                || self.day(before).is_some()
                || self.is_dash(before)
        });
        self.day(next).is_some()
            || self.year(next).is_some()
            || is_framed
            || self.is_mid(at)
            || before.is_none_or(|before| self.form(before) == ".") && self.is(at + 1, "'s")
    }

    pub(super) fn weekday(&self, at: usize) -> Option<u8> {
        let day = self.sense(at, |it| match it {
            Sense::Weekday(day) => Some(*day),
            _ => None,
        });
        day.filter(|_| !self.is_part_of_name(at))
    }

    /// A weekday that is cut short, which counts only before a date: *Sun, 5 May*.
    pub(super) fn short_weekday(&self, at: usize) -> Option<u8> {
        self.sense(at, |it| match it {
            Sense::Short(day) => Some(*day),
            _ => None,
        })
    }

    /// A season; a verb or a plunge is none: *Prices fall*, *the fall of the city*.
    pub(super) fn season(&self, at: usize) -> Option<Season> {
        let season = self.sense(at, |it| match it {
            Sense::Season(season) => Some(*season),
            _ => None,
        })?;
        let form = core(self.form(at)).0;
        let is_verb = matches!(self.text.upos(at), "VERB" | "AUX");
        let is_fall = form.eq_ignore_ascii_case("fall") && !self.is_season_frame(at);
        (!is_verb && !is_fall).then_some(season)
    }

    /// Whether *fall* has a year or a month's word beside it: *the \[fall\] of 1863*, *last \[fall\]*.
    fn is_season_frame(&self, at: usize) -> bool {
        let next = self.skip(at + 1, &["of"]);
        let sided = at > 0
            && (self.side(at - 1).is_some() || self.is_sense(at - 1, Sense::Early))
            && !self.is(next.saturating_sub(1), "of");
        let in_it = at > 1
            && self.is(at - 1, "the")
            && self.is_any(at - 2, &["in", "during", "throughout", "this"])
            && !self.is(at + 1, "of");
        self.year(next).is_some()
            || sided
            || in_it
            || at > 1 && self.is_any(at - 1, &["and", "or", "-"]) && self.season(at - 2).is_some()
            || self.is(at + 1, "and")
                && self
                    .sense(at + 2, |it| matches!(it, Sense::Season(Season::Winter)).then_some(()))
                    .is_some()
    }

    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        self.sense(at, |it| match it {
            Sense::Unit(unit) => Some(*unit),
            _ => None,
        })
    }

    /// A unit in the plural.
    pub(super) fn units(&self, at: usize) -> Option<Unit> {
        let is_plural = self.form(at).ends_with(['s', 'S', 'a']);
        self.unit(at).filter(|_| is_plural)
    }

    pub(super) fn part(&self, at: usize) -> Option<Part> {
        self.sense(at, |it| match it {
            Sense::Part(part) => Some(*part),
            _ => None,
        })
    }

    pub(super) fn side(&self, at: usize) -> Option<Side> {
        self.sense(at, |it| match it {
            Sense::Side(side) => Some(*side),
            _ => None,
        })
    }

    pub(super) fn shift(&self, at: usize) -> Option<Shift> {
        self.sense(at, |it| match it {
            Sense::Shift(shift) => Some(*shift),
            _ => None,
        })
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        number(self.text, at)
    }

    /// A number that is told: neither *several* nor *a*.
    pub(super) fn exact(&self, at: usize) -> Option<(f64, usize)> {
        let number = self.number(at)?;
        matches!(number.form, Form::Digits | Form::Words).then_some((number.value, number.end))
    }

    /// A place in a row; of *mid-19th*, what it has behind *mid-*.
    pub(super) fn ordinal(&self, at: usize) -> Option<(u32, usize)> {
        let (rest, is_mid) = core(self.form(at));
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_suffix(end));
        match digits.filter(|_| is_mid).and_then(|it| it.parse().ok()) {
            Some(n) => Some((n, at + 1)),
            None => ordinal(self.text, at),
        }
    }

    /// A year in words: *nineteen eighty-four*, *two thousand and eight*.
    pub(super) fn spelled_year(&self, at: usize) -> Option<(i64, usize)> {
        let words = |at: usize| self.number(at).filter(|it| it.form == Form::Words);
        let first = words(at)?;
        let next = first.end + usize::from(self.form(first.end) == "-");
        let pair = words(next)
            .filter(|it| (10.0..=20.0).contains(&first.value) && (10.0..100.0).contains(&it.value));
        let (value, end) = match pair {
            Some(last) => (first.value * 100.0 + last.value, last.end),
            None => (first.value, first.end),
        };
        #[expect(clippy::cast_possible_truncation, reason = "at most 2100")]
        let year = (1000.0..=2100.0).contains(&value).then_some(value as i64)?;
        Some((year, end))
    }

    /// A day of a month in digits: *8*, *8th*.
    pub(super) fn day(&self, at: usize) -> Option<u8> {
        let form = self.form(at);
        let digits = form.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) =
            form.split_at_checked(digits).filter(|(it, _)| matches!(it.len(), 1 | 2))?;
        let is_day = rest.is_empty() || ["st", "nd", "rd", "th"].contains(&rest);
        digits.parse().ok().filter(|it| (1..=31).contains(it) && is_day)
    }

    /// Four digits that may be a year.
    pub(super) fn year(&self, at: usize) -> Option<i64> {
        let form = core(self.form(at)).0;
        let form = form.strip_suffix("'s").or(form.strip_suffix("’s")).unwrap_or(form);
        let is_year = form.len() == 4 && form.bytes().all(|it| it.is_ascii_digit());
        form.parse().ok().filter(|it| is_year && (1000..=2999).contains(it))
    }

    /// *BC* is -1, *AD* is 1.
    pub(super) fn era(&self, at: usize) -> Option<i32> {
        self.sense(at, |it| match it {
            Sense::Era(era) => Some(*era),
            _ => None,
        })
    }

    /// The phrase of the lists that begins at a token, with its end.
    pub(super) fn phrase(&self, at: usize) -> Option<(Named, usize)> {
        let phrases = LEXICON.phrases(self.form(at)).iter();
        let fits = |(words, _): &&(Vec<&str>, Named)| {
            words.iter().zip(at..).all(|(word, at)| self.is(at, word))
        };
        phrases.clone().find(fits).map(|(words, named)| (*named, at + words.len()))
    }

    pub(super) fn holiday(&self, at: usize) -> Option<(Holiday, usize)> {
        match self.phrase(at)? {
            (Named::Holiday(rule), end) if self.form(at).starts_with(char::is_uppercase) => {
                Some((rule, end))
            }
            _ => None,
        }
    }

    /// Whether two tokens stand without a blank between them.
    pub(super) fn touch(&self, left: usize, right: usize) -> bool {
        let span = |at: usize| self.text.document.tokens.get(at).map(|it| it.span);
        span(left).zip(span(right)).is_some_and(|(a, b)| a.end() == b.start())
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        matches!(self.form(at), "-" | "–" | "—")
    }
}

/// A token without the *mid-* that the tokenizer leaves on it, and whether it had one.
fn core(form: &str) -> (&str, bool) {
    let is_mid = form.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("mid-"));
    match form.get(4..).filter(|it| is_mid && !it.is_empty()) {
        Some(rest) => (rest, true),
        None => (form, false),
    }
}
