//! Word tables: what nouns denote, whose first names are a woman's or a man's, and demonyms.
//!
//! `train/coreference_words.py` writes the tables and says where they come from.

use super::profile::{Class, Sex};

/// Lines of a lower-case word, a tab and what is known of it, sorted by the words' bytes.
struct Table(&'static str);

static NOUNS: Table = Table(include_str!("../../data/noun.txt"));
static FIRST_NAMES: Table = Table(include_str!("../../data/first-name-sex.txt"));
static TITLES: &str = include_str!("../../data/title.txt");
static DEMONYMS: Table = Table(include_str!("../../data/demonym.txt"));

/// What a noun's commonest sense denotes, and the sex that it says: *\[actress\]* is a woman.
pub(super) fn noun(lemma: &str) -> Option<(Class, Sex)> {
    let letters = NOUNS.get(lemma)?.as_bytes();
    let class = match letters.first()? {
        b'p' | b'a' => Class::Person,
        b'g' => Class::Organization,
        b'l' => Class::Place,
        b't' => Class::Time,
        b'e' => Class::Event,
        b'n' => Class::Living,
        _ => Class::Thing,
    };
    Some((class, sex(letters.get(1..).unwrap_or_default(), class)))
}

/// Whether a noun's commonest sense is a person: *\[senator\]*; none if the noun is not known.
pub fn is_person_noun(lemma: &str) -> Option<bool> {
    noun(lemma).map(|(class, _)| class == Class::Person)
}

/// Whether a noun's commonest sense is something that happens: *\[vote\]*; none if the noun is not
/// known.
pub fn is_event_noun(lemma: &str) -> Option<bool> {
    noun(lemma).map(|(class, _)| class == Class::Event)
}

/// Whether a lower-case word tells of the people of a country: *\[mexican\]*.
pub fn is_demonym(word: &str) -> bool {
    country_of(word).is_some()
}

/// Whether some lower-case words are the name of a country whose people have a name: *\[mexico\]*.
pub fn is_country(name: &str) -> bool {
    let mut lines = DEMONYMS.0.lines().filter_map(|line| line.split_once('\t'));
    lines.any(|(_, country)| country == name)
}

/// Whether a word is said before a person's name as an address: *\[Mrs\] Clinton*.
pub(super) fn is_address(word: &str) -> bool {
    NOUNS.get(word).is_some_and(|letters| letters.starts_with('a'))
}

/// Whether a word is said before a person's name for what he or she is: *\[Admiral\] Harris*, *\[Dame\]
/// Honor*; no first name is.
pub(crate) fn is_title(word: &str) -> bool {
    let listed = || TITLES.lines().any(|title| title == word);
    let is_person = || noun(word).is_some_and(|(class, _)| class == Class::Person);
    is_address(word) || listed() || (is_person() && !is_first_name(word))
}

/// Whether a word is said before a person's name and nothing else: *\[Admiral\] Harris*, not *\[Striker\]
/// Reyes*.
pub(crate) fn is_listed_title(word: &str) -> bool {
    is_address(word) || TITLES.lines().any(|title| title == word)
}

/// Whether a word begins last names of several words: *\[van\] Elten*, *\[de la\] Cruz*.
///
/// The particles of European and Arabic names, a closed class.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "van"
            | "von"
            | "de"
            | "der"
            | "den"
            | "del"
            | "della"
            | "di"
            | "da"
            | "dos"
            | "du"
            | "la"
            | "le"
            | "al"
            | "el"
            | "bin"
            | "ibn"
            | "ben"
            | "ter"
            | "ten"
            | "zu"
            | "af"
    )
}

/// Whether a word is a first name.
pub(crate) fn is_first_name(word: &str) -> bool {
    FIRST_NAMES.get(word).is_some()
}

/// The sex of those who mostly bear a first name, if it is nearly always one.
pub(super) fn first_name(name: &str) -> Option<Sex> {
    FIRST_NAMES.get(name).map(|letter| sex(letter.as_bytes(), Class::Person))
}

/// The country whose people or things are so called: *\[Mexican\]* gives *mexico*.
pub(super) fn country_of(demonym: &str) -> Option<&'static str> {
    DEMONYMS.get(demonym)
}

fn sex(letters: &[u8], class: Class) -> Sex {
    match letters {
        b"f" => Sex::FEMALE,
        b"m" => Sex::MALE,
        _ => class.sex(),
    }
}

impl Table {
    /// Halves the bytes, moving to the start of a line each time.
    fn get(&self, word: &str) -> Option<&'static str> {
        let bytes = self.0.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start =
                bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
            let line = self.0.get(start..).and_then(|rest| rest.split('\n').next())?;
            let (key, value) = line.split_once('\t')?;
            match key.as_bytes().cmp(word.as_bytes()) {
                std::cmp::Ordering::Equal => return Some(value),
                std::cmp::Ordering::Less => low = start + line.len() + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        for table in [&NOUNS, &FIRST_NAMES, &DEMONYMS] {
            let lines: Vec<_> = table.0.lines().filter_map(|line| line.split_once('\t')).collect();
            assert!(lines.iter().map(|(word, _)| word).is_sorted(), "halving needs order");
            assert!(lines.iter().all(|&(word, value)| table.get(word) == Some(value)));
            assert!(
                ["", "\n", "zzzzz", "aaaaaaa", "ö"].iter().all(|word| table.get(word).is_none())
            );
        }
    }

    #[test]
    fn nouns_say_what_they_denote() {
        assert_eq!(noun("senator"), Some((Class::Person, Sex::PERSON)));
        assert_eq!(noun("actress"), Some((Class::Person, Sex::FEMALE)));
        assert_eq!(noun("company"), Some((Class::Organization, Sex::ANY)));
        assert_eq!(noun("reportedly"), None);
        assert!(is_address("mrs") && !is_address("actress"));
        assert_eq!(first_name("claudia"), Some(Sex::FEMALE));
        assert_eq!(country_of("mexican"), Some("mexico"));
        assert_eq!(country_of("mexico"), None);
    }
}
