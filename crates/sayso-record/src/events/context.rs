//! The fields that events belong to, from the words around them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A context with its words.
struct Context {
    name: &'static str,
    words: BTreeSet<&'static str>,
}

/// The lines of `data/contexts.tsv`, those of one context together.
static CONTEXTS: LazyLock<Vec<Context>> = LazyLock::new(|| {
    let file = include_str!("../../data/contexts.tsv");
    let mut contexts: Vec<Context> = Vec::new();
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, words) = line.split_once('\t').expect("a line has a context and words");
        match contexts.last_mut().filter(|last| last.name == name) {
            Some(last) => last.words.extend(words.split(' ')),
            None => contexts.push(Context { name, words: words.split(' ').collect() }),
        }
    }
    contexts
});

/// The contexts that some words tell of, in PLOVER's order.
pub(super) fn contexts(lemmas: &[String]) -> Vec<String> {
    let pairs = lemmas.windows(2).map(|pair| format!("{}-{}", pair[0], pair[1]));
    let words: BTreeSet<String> = lemmas.iter().cloned().chain(pairs).collect();
    let told = CONTEXTS.iter().filter(|it| words.iter().any(|word| it.words.contains(&**word)));
    told.map(|it| it.name.to_owned()).collect()
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
