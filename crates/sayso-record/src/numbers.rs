//! Numbers in digits and words.

use std::sync::LazyLock;

use crate::text::Text;
use crate::words::WordMap;

/// Words that a number may have; more are read as another number.
const MAX_WORDS: usize = 12;

/// Groups of digits that a number with blanks may have: *1 200 000* has three.
const MAX_GROUPS: usize = 5;

/// A number of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: f64,
    /// One past its last token.
    pub(crate) end: usize,
    pub(crate) form: Form,
}

/// How a number is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// *1,500*, *1.5 million*.
    Digits,
    /// *twenty-one*.
    Words,
    /// *a*, *an*: one.
    Article,
    /// *hundreds*: at least twice as much.
    Many,
    /// *several*: the value is the least it can be.
    Vague,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    Cardinal(f64),
    Ordinal(u32),
    Scale(f64),
    Many(f64),
    Vague(f64),
}

static WORDS: LazyLock<WordMap<Word>> = LazyLock::new(|| {
    let lines = include_str!("../data/numbers.tsv").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut words = WordMap::default();
    for line in lines {
        let mut fields = line.split('\t');
        let mut field = || fields.next().expect("a line has class, value and words");
        let (class, value, list) = (field(), field(), field());
        let value: f64 = value.parse().expect("a value is a number");
        for word in list.split(' ') {
            words.insert(
                word,
                match class {
                    "cardinal" => Word::Cardinal(value),
                    "ordinal" => Word::Ordinal(list_value(value)),
                    "scale" => Word::Scale(value),
                    "many" => Word::Many(value),
                    "vague" => Word::Vague(value),
                    _ => panic!("`{line}`: no such class"),
                },
            );
        }
    }
    words
});

/// The number that begins at a token: *1,500*, *two hundred and six*, *1.5 million*, *a dozen*,
/// *several*, *hundreds*. *a* alone is a number too; whoever asks judges whether it counts.
pub(crate) fn number(text: &Text<'_>, at: usize) -> Option<Number> {
    let form = text.form(at);
    if form.starts_with(|it: char| it.is_ascii_digit() || "½¼¾.".contains(it)) {
        return digits(text, at);
    }
    if form.eq_ignore_ascii_case("half") {
        return half(text, at);
    }
    if ["a", "an"].iter().any(|it| form.eq_ignore_ascii_case(it)) {
        return Some(article(text, at));
    }
    match word(form)? {
        Word::Cardinal(_) => words(text, at),
        Word::Many(scale) => Some(many(text, at, scale)),
        Word::Vague(value) => vague(text, at, at, value),
        Word::Scale(value) if form.len() > 3 => {
            Some(Number { value, end: at + 1, form: Form::Words })
        }
        Word::Scale(_) | Word::Ordinal(_) => None,
    }
}

/// The place in a row that begins at a token, with its end: *2nd*, *twenty-first*.
pub(crate) fn ordinal(text: &Text<'_>, at: usize) -> Option<(u32, usize)> {
    let form = text.form(at);
    if form.starts_with(|it: char| it.is_ascii_digit()) {
        let digits = ["st", "nd", "rd", "th", "ST", "ND", "RD", "TH"]
            .iter()
            .find_map(|suffix| form.strip_suffix(suffix))?;
        return Some((digits.parse().ok()?, at + 1));
    }
    match word(form)? {
        Word::Ordinal(value) => Some((value, at + 1)),
        Word::Cardinal(tens) if (20.0..100.0).contains(&tens) => {
            let next = at + 1 + usize::from(text.form(at + 1) == "-");
            match word(text.form(next))? {
                Word::Ordinal(value) if value < 10 => Some((list_value(tens) + value, next + 1)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The value of a token in digits: *1,500*, *2.5*, *2½*.
pub(crate) fn digits_of(form: &str) -> Option<f64> {
    let (form, half) = match form.char_indices().next_back()? {
        (at, '½') => (form.get(..at)?, 0.5),
        (at, '¼') => (form.get(..at)?, 0.25),
        (at, '¾') => (form.get(..at)?, 0.75),
        _ => (form, 0.0),
    };
    if form.is_empty() {
        return (half > 0.0).then_some(half);
    }
    let (whole, fraction) = form.split_once('.').unwrap_or((form, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let grouped = whole.contains(',');
    let is_right = is_number(first)
        && groups.all(|it| it.len() == 3 && is_number(it))
        && is_number(fraction)
        && !(grouped && (first.is_empty() || first.len() > 3))
        && !(first.is_empty() && fraction.is_empty())
        && form.len() < 20;
    if !is_right {
        return None;
    }
    let mut plain = String::with_capacity(form.len() + 1);
    plain.extend(whole.chars().filter(|it| *it != ','));
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    plain.parse::<f64>().ok().map(|it| it + half)
}

fn word(form: &str) -> Option<Word> {
    let mut buffer = [0; 12];
    let room = buffer.get_mut(..form.len())?;
    room.copy_from_slice(form.as_bytes());
    room.make_ascii_lowercase();
    WORDS.get(std::str::from_utf8(room).ok()?).copied()
}

/// *1,500*; *1.5 million*; *1 1/2*; *30 000*.
fn digits(text: &Text<'_>, at: usize) -> Option<Number> {
    let mut value = digits_of(text.form(at))?;
    let mut end = at + 1;
    // A number ends with its sentence: *lost in 12.* and *500 rebels* are two.
    let limit = sentence_end(text, at);
    let form = |at: usize| if at < limit { text.form(at) } else { "" };
    // *30 000*, *1 200 000*.
    let short = |form: &str| form.len() < 4 && form.bytes().all(|it| it.is_ascii_digit());
    let group = |form: &str| form.len() == 3 && short(form);
    while short(text.form(at)) && group(form(end)) && end < at + MAX_GROUPS {
        value = value * 1000.0 + digits_of(form(end))?;
        end += 1;
    }
    match form(end) {
        "1/2" => (value, end) = (value + 0.5, end + 1),
        "1/4" => (value, end) = (value + 0.25, end + 1),
        "3/4" => (value, end) = (value + 0.75, end + 1),
        _ => {}
    }
    // *5 millions* is five, not at least ten of them.
    if let Some(Word::Scale(scale) | Word::Many(scale)) =
        word(form(end)).filter(|_| is_scale(text, end))
    {
        let scaled = value * scale;
        (value, end) = (if scaled >= 1000.0 { scaled.round() } else { scaled }, end + 1);
    }
    Some(Number { value, end, form: Form::Digits })
}

/// The end of a token's sentence.
fn sentence_end(text: &Text<'_>, at: usize) -> usize {
    text.sentence(at).map_or(at + 1, |it| it.tokens.range().end)
}

/// Short letters multiply only where they touch their number: *5m*, not *5 m*.
fn is_scale(text: &Text<'_>, at: usize) -> bool {
    let span = |at: usize| text.document.tokens.get(at).map(|it| it.span);
    let touches = || span(at - 1).zip(span(at)).is_some_and(|(a, b)| a.end() == b.start());
    text.form(at).len() > 1 || at > 0 && touches()
}

/// *half a million*, *half a dozen*.
fn half(text: &Text<'_>, at: usize) -> Option<Number> {
    let scale = at + 1 + usize::from(text.form(at + 1).eq_ignore_ascii_case("a"));
    match word(text.form(scale)) {
        Some(Word::Scale(value)) => {
            Some(Number { value: value / 2.0, end: scale + 1, form: Form::Words })
        }
        _ => None,
    }
}

/// *a*, *a hundred*, *a dozen*, *a few*, *a couple of*.
fn article(text: &Text<'_>, at: usize) -> Number {
    let next = word(text.form(at + 1));
    match next {
        Some(Word::Scale(_)) if text.form(at + 1).len() > 3 => {
            let (value, end) = scaled(text, at + 1, 1.0);
            Number { value, end, form: Form::Words }
        }
        Some(Word::Vague(value)) => vague(text, at, at + 1, value).unwrap_or(Number {
            value: 1.0,
            end: at + 1,
            form: Form::Article,
        }),
        _ => Number { value: 1.0, end: at + 1, form: Form::Article },
    }
}

/// *several*, *a few hundred*, *a couple of*; *some* and *many* count only before a scale.
fn vague(text: &Text<'_>, start: usize, at: usize, value: f64) -> Option<Number> {
    let form = text.form(at);
    let mut end = at + 1;
    if form.eq_ignore_ascii_case("couple") {
        if start == at {
            return None;
        }
        end += usize::from(text.form(end).eq_ignore_ascii_case("of"));
    }
    let scale = match word(text.form(end)) {
        Some(Word::Scale(scale)) if text.form(end).len() > 3 => {
            end += 1;
            scale
        }
        _ => 1.0,
    };
    Some(Number { value: value * scale, end, form: Form::Vague })
}

/// *hundreds*, *tens of thousands*.
fn many(text: &Text<'_>, at: usize, scale: f64) -> Number {
    let next = text.form(at + 1).eq_ignore_ascii_case("of").then(|| word(text.form(at + 2)));
    match next.flatten() {
        Some(Word::Many(other)) if other > scale => {
            Number { value: scale * other * 2.0, end: at + 3, form: Form::Many }
        }
        _ => Number { value: scale * 2.0, end: at + 1, form: Form::Many },
    }
}

/// *two*, *twenty-one*, *two hundred and six*, *three million*.
fn words(text: &Text<'_>, at: usize) -> Option<Number> {
    let (mut total, mut part) = (0.0, 0.0);
    let mut end = at;
    let mut last = f64::INFINITY;
    let limit = sentence_end(text, at);
    while end < at + MAX_WORDS {
        let joined = end > at && is_joint(text, end, total, part);
        let next = end + usize::from(joined);
        match word(if next < limit { text.form(next) } else { "" }) {
            Some(Word::Cardinal(value)) if fits(value, last, end == at) => {
                part += value;
                (last, end) = (value, next + 1);
            }
            Some(Word::Scale(scale)) if end > at && text.form(next).len() > 3 => {
                let factor = if part > 0.0 { part } else { 1.0 };
                if scale < 1000.0 {
                    part = factor * scale;
                } else {
                    total += factor * scale;
                    part = 0.0;
                }
                (last, end) = (scale, next + 1);
            }
            _ => break,
        }
    }
    (end > at).then_some(Number { value: total + part, end, form: Form::Words })
}

/// Whether a word may follow the one with value `last` in one number: *twenty one*, *hundred six*.
fn fits(value: f64, last: f64, is_first: bool) -> bool {
    is_first || (20.0..100.0).contains(&last) && value < 10.0 && value > 0.0 || last >= 100.0
}

/// The hyphen of *twenty-one*, the *and* of *two hundred and six*, *two thousand and eight*.
fn is_joint(text: &Text<'_>, at: usize, total: f64, part: f64) -> bool {
    let form = text.form(at);
    let after = word(text.form(at + 1));
    let is_cardinal = matches!(after, Some(Word::Cardinal(_)));
    match form {
        "-" => (20.0..100.0).contains(&(part % 100.0)) && is_cardinal,
        _ => {
            form.eq_ignore_ascii_case("and")
                && is_cardinal
                && (part >= 100.0 || total >= 1000.0 && part == 0.0)
        }
    }
}

/// A scale after *a*: *a hundred thousand*.
fn scaled(text: &Text<'_>, at: usize, factor: f64) -> (f64, usize) {
    let (mut value, mut end) = (factor, at);
    while end < at + 3
        && let Some(Word::Scale(scale)) = word(text.form(end))
        && text.form(end).len() > 3
    {
        (value, end) = (value * scale, end + 1);
    }
    (value, end)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "listed, below 100")]
fn list_value(value: f64) -> u32 {
    value as u32
}
