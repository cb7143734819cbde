//! Days of publication in the forms that pages, feeds and tables write them.

/// The names that months begin with.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date as records have it: what begins as ISO 8601 stays as it is, with its time and zone; of
/// other forms the day is kept, as it was where it was written.
///
/// *Wed, 19 Feb 2020 10:00:00 GMT*, *February 19, 2020* and *2020/02/19* give `2020-02-19`. Where
/// day and month could be either, as in *02/03/2020*, there is none.
pub(crate) fn iso(written: &str) -> Option<String> {
    let written = written.trim();
    if let Some(day) = written.get(..10).filter(|day| is_iso_day(day)) {
        let rest = written.get(10..).unwrap_or_default();
        let is_time = rest.starts_with(['T', 't', ' '])
            && rest.len() < 40
            && rest.get(1..).is_some_and(|time| time.starts_with(|c: char| c.is_ascii_digit()));
        return Some(if is_time { written } else { day }.to_owned());
    }
    if let Some(day) = compact(written) {
        return Some(day);
    }
    let words: Vec<_> = written
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(12)
        .collect();
    named(&words).or_else(|| numeric(&words))
}

/// The day in a page's address: `/2020/02/19/`, `/2020-02-19-`.
pub(crate) fn in_url(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let parts: Vec<_> = path.split(['/', '-', '_', '.']).collect();
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let split = parts.windows(3).find_map(|window| {
        let [y, m, d] = window else { return None };
        (year(y) && m.len() <= 3 && d.len() <= 2)
            .then(|| numeric(&[y, m, d]).or_else(|| named(&[d, m, y])))?
    });
    split.or_else(|| {
        parts
            .iter()
            .find_map(|part| (part.len() == 8 && part.starts_with("20")).then(|| compact(part))?)
    })
}

fn is_iso_day(day: &str) -> bool {
    let parts: Vec<_> = day.split('-').collect();
    matches!(parts[..], [y, m, d] if y.len() == 4 && m.len() == 2 && checked(y, m, d).is_some())
}

/// *20200219*, with or without a time.
fn compact(written: &str) -> Option<String> {
    let day = written.get(..8)?;
    let rest = written.get(8..).unwrap_or_default();
    if !day.bytes().all(|byte| byte.is_ascii_digit())
        || rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    checked(day.get(..4)?, day.get(4..6)?, day.get(6..)?)
}

/// A day whose month is named.
fn named(words: &[&str]) -> Option<String> {
    let is_year = |word: &&&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let (at, month) = words.iter().enumerate().find_map(|(at, word)| Some((at, month(word)?)))?;
    let year = words.iter().skip(at + 1).find(is_year)?;
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let after = words.get(at + 1);
    let day = [before, after].into_iter().flatten().find_map(|word| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        (digits.len() <= 2).then(|| checked(year, &month.to_string(), digits))?
    })?;
    Some(day)
}

fn month(word: &str) -> Option<usize> {
    let start = word.get(..3)?.to_ascii_lowercase();
    let is_name = word.len() <= 9 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    MONTHS.iter().position(|month| is_name && *month == start).map(|at| at + 1)
}

/// A day in numbers: year first, or last where only one reading is a date.
fn numeric(words: &[&str]) -> Option<String> {
    let [a, b, c, ..] = words else { return None };
    if a.len() == 4 {
        return checked(a, b, c);
    }
    let is_date = a.len() <= 2 && b.len() <= 2 && c.len() == 4;
    let (month_first, day_first) = (checked(c, a, b), checked(c, b, a));
    match (is_date, month_first, day_first) {
        (true, Some(day), None) | (true, None, Some(day)) => Some(day),
        (true, Some(one), Some(other)) if one == other => Some(one),
        _ => None,
    }
}

fn checked(year: &str, month: &str, day: &str) -> Option<String> {
    let (year, month, day): (u16, u8, u8) =
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let is_day =
        (1600..=2199).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_day() {
        for written in [
            "2020-02-19",
            "20200219T101500Z",
            "2020/02/19",
            "Wed, 19 Feb 2020 10:00:00 GMT",
            "February 19, 2020",
            "Published: 19th February 2020 at 4:15",
            "19.2.2020",
            "02/19/2020",
            "Feb. 19, 2020 10:00 am EST",
            "2020-02-19 | World",
        ] {
            assert_eq!(iso(written).as_deref(), Some("2020-02-19"), "{written}");
        }
        assert_eq!(iso("2020-02-19T10:00:00+01:00").as_deref(), Some("2020-02-19T10:00:00+01:00"));
    }

    #[test]
    fn what_is_no_day() {
        for written in [
            "",
            "02/03/2020",
            "2020",
            "yesterday",
            "March of 2020",
            "2020-13-01",
            "May 40, 2020",
            "é2020-02-1é",
        ] {
            assert_eq!(iso(written), None, "{written}");
        }
    }

    #[test]
    fn the_day_of_an_address() {
        let day = |url| in_url(url);
        assert_eq!(day("https://example.org/2020/02/19/ferry").as_deref(), Some("2020-02-19"));
        assert_eq!(
            day("https://example.org/world/2020/feb/19/ferry").as_deref(),
            Some("2020-02-19")
        );
        assert_eq!(day("https://example.org/ferry-20200219.html").as_deref(), Some("2020-02-19"));
        assert_eq!(day("https://example.org/ferry-4711"), None);
    }
}
