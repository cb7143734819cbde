//! Names that acronyms stand for.

use std::collections::BTreeMap;

use sayso_text::{Document, TokenRange};

use super::words;
use crate::{EntityKind, Name};

/// An acronym has so many letters.
const ACRONYM: std::ops::RangeInclusive<usize> = 3..=8;

/// Runs of words of which names that are acronyms are the initials: *\[Royal Guild of Nurses\] …
/// \[RGN\]*.
pub(super) fn spelled_out(document: &Document, names: &[Name]) -> Vec<Name> {
    let mut acronyms: BTreeMap<char, BTreeMap<&str, Name>> = BTreeMap::new();
    for &name in names.iter().filter(|name| name.kind != EntityKind::Person) {
        let word = words(document, name.tokens);
        let letters = word.len();
        if name.tokens.len() == 1
            && ACRONYM.contains(&letters)
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
        {
            let first = word.chars().next().unwrap_or_default();
            acronyms.entry(first).or_default().entry(word).or_insert(name);
        }
    }
    if acronyms.is_empty() {
        return Vec::new();
    }
    let mut in_name = vec![None; document.tokens.len()];
    for (number, name) in names.iter().enumerate() {
        in_name[name.tokens.range()].fill(Some(number));
    }
    let mut found: Vec<Name> = Vec::new();
    for sentence in &document.sentences {
        for at in sentence.tokens.range() {
            let first = document.tokens[at].span.of(&document.text).chars().next();
            let Some(starting) = first.and_then(|first| acronyms.get(&first)) else { continue };
            let range = starting.iter().find_map(|(letters, name)| {
                let end = initials_end(document, at, sentence.tokens.range().end, letters)?;
                Some((TokenRange::new(at, end), name))
            });
            let Some((tokens, short)) = range else { continue };
            let is_whole =
                |name: &Name| tokens.start <= name.tokens.start && name.tokens.end <= tokens.end;
            let free = in_name[tokens.range()].iter().flatten().all(|&it| is_whole(&names[it]));
            let same = names.iter().any(|name| name.tokens == tokens);
            let after = found.last().is_none_or(|last| last.tokens.end <= tokens.start);
            if free && !same && after {
                found.push(Name { tokens, ..*short });
            }
        }
    }
    found
}

/// Where the words end whose initials are `letters`, with small words between them.
fn initials_end(document: &Document, start: usize, end: usize, letters: &str) -> Option<usize> {
    let mut left = letters.chars().peekable();
    for at in start..end {
        let word = document.tokens[at].span.of(&document.text);
        let first = word.chars().next()?;
        let is_small = matches!(word, "of" | "the" | "and" | "for" | "in" | "on" | "&");
        let is_word = word.chars().any(char::is_lowercase);
        match left.peek() {
            Some(&letter) if is_word && first == letter => {
                left.next();
            }
            Some(letter) if is_small && letter.eq_ignore_ascii_case(&first) => {
                left.next();
                left.peek()?;
            }
            Some(_) if is_small => {}
            _ => return None,
        }
        if left.peek().is_none() {
            return Some(at + 1);
        }
    }
    None
}
