//! Character references: `&rsquo;`, `&#8217;`, `&#x2019;`.

use std::borrow::Cow;
use std::sync::LazyLock;

/// The longest name, in bytes, with room to spare.
const MAX_NAME: usize = 32;

/// A named reference.
#[derive(Clone, Copy, Debug)]
struct Entity {
    name: &'static str,
    /// What it stands for, one character or two.
    characters: [char; 2],
    /// Whether it needs no semicolon, as in `AT&ampT`.
    is_open: bool,
}

/// The names in order of their bytes.
static ENTITIES: LazyLock<Vec<Entity>> =
    LazyLock::new(|| include_str!("../../data/entities.tsv").lines().filter_map(entity).collect());

fn entity(line: &'static str) -> Option<Entity> {
    let mut columns = line.split('\t');
    let (name, codes) = (columns.next()?, columns.next()?);
    let mut codes = codes.split(' ').map(|code| {
        u32::from_str_radix(code, 16).ok().and_then(char::from_u32).unwrap_or_default()
    });
    let characters = [codes.next()?, codes.next().unwrap_or_default()];
    Some(Entity { name, characters, is_open: columns.next() == Some("*") })
}

/// `text` with its references replaced; `in_attribute`, a name without a semicolon before a
/// letter, digit or `=` is none, so that `?a=1&copy=2` stays an address.
pub(crate) fn unescape(text: &str, in_attribute: bool) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let (head, mut rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len());
    out.push_str(head);
    while let Some(tail) = rest.strip_prefix('&') {
        let n_read = reference(tail, in_attribute, &mut out);
        if n_read == 0 {
            out.push('&');
        }
        let tail = tail.get(n_read..).unwrap_or_default();
        let next = tail.find('&').unwrap_or(tail.len());
        let (plain, more) = tail.split_at(next);
        out.push_str(plain);
        rest = more;
    }
    Cow::Owned(out)
}

/// Appends what the reference at the start of `tail` stands for; its length without `&`, or 0.
fn reference(tail: &str, in_attribute: bool, out: &mut String) -> usize {
    if let Some(number) = tail.strip_prefix('#') {
        return numeric(number, out).map_or(0, |n_read| n_read + 1);
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric();
    let length = tail.bytes().take(MAX_NAME).take_while(is_name).count();
    let name = tail.get(..length).unwrap_or_default();
    let closed = tail.as_bytes().get(length) == Some(&b';');
    if closed && let Some(entity) = find(name) {
        push(entity, out);
        return length + 1;
    }
    if in_attribute {
        return 0;
    }
    // The longest beginning that needs no semicolon: `&notit` is `¬it`.
    let open = |end: &usize| name.get(..*end).and_then(find).is_some_and(|entity| entity.is_open);
    let Some(end) = (2..=length.min(8)).rev().find(open) else { return 0 };
    if let Some(entity) = name.get(..end).and_then(find) {
        push(entity, out);
    }
    end
}

fn find(name: &str) -> Option<Entity> {
    let at = ENTITIES.binary_search_by(|entity| entity.name.as_bytes().cmp(name.as_bytes()));
    at.ok().and_then(|at| ENTITIES.get(at)).copied()
}

fn push(entity: Entity, out: &mut String) {
    out.extend(entity.characters.into_iter().filter(|c| *c != '\0'));
}

/// The number's length with `x` and semicolon.
fn numeric(text: &str, out: &mut String) -> Option<usize> {
    let (digits, radix, before) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let n_digits = digits.chars().take_while(|c| c.is_digit(radix)).count();
    if n_digits == 0 {
        return None;
    }
    let value = u32::from_str_radix(digits.get(..n_digits)?, radix).unwrap_or(u32::MAX);
    out.push(character(value));
    let closed = digits.as_bytes().get(n_digits) == Some(&b';');
    Some(before + n_digits + usize::from(closed))
}

/// A number's character; 128 to 159 are meant as Windows-1252, as browsers read them.
fn character(value: u32) -> char {
    match value {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9F => {
            let byte = [u8::try_from(value).unwrap_or_default()];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(given: &str) -> String {
        unescape(given, false).into_owned()
    }

    #[test]
    fn names_and_numbers() {
        assert_eq!(text("&ldquo;No,&rdquo; said M&uuml;ller"), "“No,” said Müller");
        assert_eq!(
            text("it&#8217;s &#x2014; &#146;s &#0; &#x110000;"),
            "it’s — ’s \u{FFFD} \u{FFFD}"
        );
        assert_eq!(text("AT&ampT &notit; &copy 2026"), "AT&T ¬it; © 2026");
    }

    #[test]
    fn what_is_no_reference_stays() {
        assert_eq!(text("R&D & S&P &; &#; &#x; &nosuch; &"), "R&D & S&P &; &#; &#x; &nosuch; &");
        assert_eq!(unescape("?a=1&copy=2&amp;b", true), "?a=1&copy=2&b");
    }

    #[test]
    fn the_names_are_sorted() {
        assert!(ENTITIES.is_sorted_by(|a, b| a.name.as_bytes() < b.name.as_bytes()));
        assert!(ENTITIES.len() > 2000, "{}", ENTITIES.len());
    }
}
