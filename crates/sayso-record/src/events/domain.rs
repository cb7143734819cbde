//! Articles in which the words of war and politics mean something else.

use super::pattern::PATTERNS;
use crate::text::Text;

/// Classes of words that tell such an article.
const CLASSES: [&str; 3] = ["sport", "screen", "market"];
/// Words of a class in a thousand from which an article is of that kind; judged by the own articles
/// of `tests/events` and PolNeAR's training section, of which no article is.
const PER_THOUSAND: usize = 14;
/// Different words of a class that an article needs at least.
const MIN_WORDS: usize = 4;
/// Different words of a class from which a single sentence is of that kind.
const MIN_IN_SENTENCE: usize = 2;

/// What a document is about, so far as it matters here.
#[derive(Debug)]
pub(super) struct Domain<'t> {
    lemmas: &'t [String],
    is_elsewhere: bool,
}

impl<'t> Domain<'t> {
    pub(super) fn new(lemmas: &'t [String]) -> Self {
        let is_elsewhere = CLASSES.iter().any(|class| {
            let all = lemmas.iter().filter(|it| PATTERNS.is(class, it));
            let kinds: std::collections::BTreeSet<_> = all.clone().collect();
            kinds.len() >= MIN_WORDS && all.count() * 1000 >= lemmas.len() * PER_THOUSAND
        });
        Self { lemmas, is_elsewhere }
    }

    /// Whether a word stands in a text where it tells no event of politics: *the visitors \[attacked\]
    /// down the wing*.
    pub(super) fn bars(&self, text: &Text<'_>, token: usize) -> bool {
        if self.is_elsewhere {
            return true;
        }
        let Some(sentence) = text.sentence(token) else { return false };
        let words = self.lemmas.get(sentence.tokens.range()).unwrap_or_default();
        CLASSES.iter().any(|class| {
            let kinds: std::collections::BTreeSet<_> =
                words.iter().filter(|it| PATTERNS.is(class, it)).collect();
            kinds.len() >= MIN_IN_SENTENCE
        })
    }
}
