//! Which words may be arguments of a predicate, by their place in the tree.
//!
//! `train/roles.py` has the same, over gold trees.

use sayso_text::{TokenId, TokenRange};

use crate::Word;

/// Where an argument's head may stand: below the predicate, beside it, above it, above that, or
/// beside what is above it.
///
/// Of the arguments in `PropBank`'s EWT, 99 of 100 stand so in gold trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Child,
    Sibling,
    Head,
    Grandhead,
    Uncle,
}

pub(super) const N_PLACES: usize = 5;

/// The words that hang on each word of a sentence.
#[derive(Debug, Default)]
pub(super) struct Dependents {
    first: usize,
    /// `words[starts[word]..starts[word + 1]]`, as tokens of the document.
    starts: Vec<usize>,
    words: Vec<usize>,
}

impl Dependents {
    /// Turns the tree of a sentence around.
    ///
    /// # Cost
    ///
    /// Linear in the sentence.
    pub(super) fn read(&mut self, sentence: TokenRange, words: &[Word<'_>]) {
        let range = sentence.range();
        self.first = range.start;
        self.starts.clear();
        self.starts.resize(range.len() + 1, 0);
        let head = |at: usize| words[at].head.map(TokenId::index).filter(|it| range.contains(it));
        for head in range.clone().filter_map(head) {
            self.starts[head - range.start + 1] += 1;
        }
        for at in 1..self.starts.len() {
            self.starts[at] += self.starts[at - 1];
        }
        self.words.clear();
        self.words.resize(self.starts.last().copied().unwrap_or(0), 0);
        // Filled from behind, so that each list is in text order and its end becomes its start.
        let mut ends: Vec<usize> = self.starts[1..].to_vec();
        for at in range.clone().rev() {
            if let Some(head) = head(at) {
                let end = &mut ends[head - range.start];
                *end -= 1;
                self.words[*end] = at;
            }
        }
    }

    /// What hangs on a word, in text order.
    pub(super) fn of(&self, word: usize) -> &[usize] {
        let at = word - self.first;
        &self.words[self.starts[at]..self.starts[at + 1]]
    }
}

/// Appends the words that may head an argument of `predicate`, in text order.
///
/// *The mayor who \[left\] said …*: *who* (below), *mayor* (above), *The* (beside), *said* (above that).
pub(super) fn candidates(
    predicate: usize,
    words: &[Word<'_>],
    dependents: &Dependents,
    most: usize,
    out: &mut Vec<(usize, Place)>,
) {
    out.clear();
    let mut add = |found: &[usize], place: Place, but: usize| {
        let others = found.iter().filter(|&&word| word != but);
        out.extend(others.take(most).map(|&word| (word, place)));
    };
    add(dependents.of(predicate), Place::Child, predicate);
    if let Some(above) = words[predicate].head.map(TokenId::index) {
        add(dependents.of(above), Place::Sibling, predicate);
        add(&[above], Place::Head, predicate);
        if let Some(beyond) = words[above].head.map(TokenId::index) {
            add(dependents.of(beyond), Place::Uncle, above);
            add(&[beyond], Place::Grandhead, predicate);
        }
    }
    out.sort_unstable();
}

#[cfg(test)]
mod tests {
    use Place::{Child, Grandhead, Head, Sibling, Uncle};

    use super::*;

    #[test]
    fn words_around_a_predicate_in_the_tree() {
        // The mayor who left said so: heads 1, 4, 3, 1, root, 4.
        let heads = [Some(1), Some(4), Some(3), Some(1), None, Some(4)];
        let word = |head: Option<u32>| Word { head: head.map(TokenId), ..Word::default() };
        let words = heads.map(word);
        let mut dependents = Dependents::default();
        dependents.read(TokenRange::new(0, 6), &words);
        let mut found = Vec::new();
        candidates(3, &words, &dependents, 9, &mut found);
        assert_eq!(found, [(0, Sibling), (1, Head), (2, Child), (4, Grandhead), (5, Uncle)]);
        candidates(4, &words, &dependents, 1, &mut found);
        assert_eq!(found, [(1, Child)]);
    }
}
