//! The fields that events belong to, from the words around them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::words::WordMap;

/// The lines of `data/contexts.tsv`.
#[derive(Default)]
struct Contexts {
    /// In PLOVER's order.
    names: Vec<&'static str>,
    /// The places of each word's contexts among the names.
    of: WordMap<Vec<usize>>,
}

static CONTEXTS: LazyLock<Contexts> = LazyLock::new(|| {
    let file = include_str!("../../data/contexts.tsv");
    let mut contexts = Contexts::default();
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, words) = line.split_once('\t').expect("a line has a context and words");
        if contexts.names.last() != Some(&name) {
            contexts.names.push(name);
        }
        for word in words.split(' ') {
            contexts.of.entry(word).or_default().push(contexts.names.len() - 1);
        }
    }
    contexts
});

/// The contexts that some words tell of, in PLOVER's order.
pub(super) fn contexts(lemmas: &[String]) -> Vec<String> {
    let mut told = BTreeSet::<usize>::new();
    let mut add = |word: &str| told.extend(CONTEXTS.of.get(word).into_iter().flatten());
    let mut both = String::new();
    for (at, word) in lemmas.iter().enumerate() {
        add(word);
        if let Some(next) = lemmas.get(at + 1) {
            both.clear();
            both.extend([word, "-", next]);
            add(&both);
        }
    }
    told.into_iter().map(|at| CONTEXTS.names[at].to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_words_may_tell_together() {
        let lemmas = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(contexts(&lemmas("the white house tie")), ["executive"]);
        assert_eq!(contexts(&lemmas("the white tie")), [""; 0]);
    }
}
