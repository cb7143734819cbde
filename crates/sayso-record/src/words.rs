//! Maps from the words of the files in `data/`.

use hashbrown::{HashMap, HashSet};
use rustc_hash::FxBuildHasher;

/// From words of a file to what it says of them; asked, never listed.
pub(crate) type WordMap<V> = HashMap<&'static str, V, FxBuildHasher>;

/// From words and phrases of a file to what it says of them.
#[derive(Debug)]
pub(crate) struct PhraseMap<V> {
    phrases: WordMap<V>,
    /// What phrases end in after their first word.
    endings: HashSet<&'static str, FxBuildHasher>,
}

impl<V> PhraseMap<V> {
    pub(crate) fn new(phrases: WordMap<V>) -> Self {
        let endings = phrases.keys().copied().flat_map(endings).collect();
        Self { phrases, endings }
    }

    pub(crate) fn get(&self, phrase: &str) -> Option<&V> {
        self.phrases.get(phrase)
    }

    /// Whether a phrase has `words` at its end and others before: *secretary of \[state\]*. Most words
    /// end none, and what stands before them need not be looked at.
    pub(crate) fn is_ending(&self, words: &str) -> bool {
        self.endings.contains(words)
    }
}

/// What stands behind each place where one token may end and another begin: beside whatever is no
/// letter and no digit.
fn endings(phrase: &'static str) -> impl Iterator<Item = &'static str> {
    let splits = |one: char| !one.is_alphanumeric();
    let pairs = phrase.char_indices().zip(phrase.char_indices().skip(1));
    pairs
        .filter(move |&((_, before), (_, after))| splits(before) || splits(after))
        .filter_map(|(_, (at, _))| phrase.get(at..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_ends_in_whole_words() {
        let map = PhraseMap::new(WordMap::from_iter([("editor-in-chief", 1), ("u.s. envoy", 2)]));
        let found = ["chief", "-in-chief", "in-chief", "envoy", "s. envoy"];
        assert!(found.iter().all(|it| map.is_ending(it)));
        assert!(["editor-in-chief", "hief", "u.s.", ""].iter().all(|it| !map.is_ending(it)));
        assert_eq!(map.get("u.s. envoy"), Some(&2));
    }
}
