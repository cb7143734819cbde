//! Word lists of places and persons' names: facts that the training corpora are too small to hold.
//!
//! `train/gazetteer.py` writes the lists and says where they come from. A word in a list is only a
//! hint to the model, which learns what to make of it: *Paris* is in three of them.

/// A list of lower-case words, one a line, sorted by their bytes.
struct List(&'static str);

/// The lists, in the order of their rows in the embedding table.
const LISTS: [List; N_LISTS as usize] = [
    List(include_str!("../data/place.txt")),
    List(include_str!("../data/place-part.txt")),
    List(include_str!("../data/first-name.txt")),
    List(include_str!("../data/last-name.txt")),
];

/// How many lists there are.
pub(crate) const N_LISTS: u32 = 4;

/// The numbers of the lists that a lower-case word is in.
pub(crate) fn lists_with(word: &str) -> impl Iterator<Item = u32> {
    (0..).zip(&LISTS).filter(move |(_, list)| list.contains(word)).map(|(number, _)| number)
}

impl List {
    /// Halves the bytes, moving to the start of a line each time.
    fn contains(&self, word: &str) -> bool {
        let (bytes, word) = (self.0.as_bytes(), word.as_bytes());
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start =
                bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
            let line = bytes[start..].split(|&b| b == b'\n').next().unwrap_or_default();
            match line.cmp(word) {
                std::cmp::Ordering::Equal => return !word.is_empty(),
                std::cmp::Ordering::Less => low = start + line.len() + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        for list in &LISTS {
            let words: Vec<&str> = list.0.lines().collect();
            assert!(words.is_sorted(), "halving needs order");
            assert!(words.iter().all(|word| list.contains(word)));
            let no_words = ["", "\n", "zzzzzzz", "aaaaaaaa", "qwrtz", "ö\n"];
            assert!(no_words.iter().all(|word| !list.contains(word)));
        }
    }

    #[test]
    fn a_word_may_be_in_several_lists() {
        assert!(lists_with("paris").count() > 1);
        assert_eq!(lists_with("reportedly").count(), 0);
    }
}
