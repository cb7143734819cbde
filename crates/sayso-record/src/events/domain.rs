//! Articles in which the words of war and politics mean something else.

use std::collections::BTreeSet;

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
    /// The words of each class, as places among the lemmas, in text order.
    words: [Vec<usize>; CLASSES.len()],
    is_elsewhere: bool,
}

impl<'t> Domain<'t> {
    pub(super) fn new(lemmas: &'t [String]) -> Self {
        let words = CLASSES.map(|class| {
            (0..lemmas.len()).filter(|&at| PATTERNS.is(class, &lemmas[at])).collect::<Vec<_>>()
        });
        let is_elsewhere = words.iter().any(|places| {
            kinds(lemmas, places) >= MIN_WORDS && places.len() * 1000 >= lemmas.len() * PER_THOUSAND
        });
        Self { lemmas, words, is_elsewhere }
    }

    /// Whether a word stands in a text where it tells no event of politics: *the visitors \[attacked\]
    /// down the wing*.
    pub(super) fn bars(&self, text: &Text<'_>, token: usize) -> bool {
        if self.is_elsewhere {
            return true;
        }
        let Some(sentence) = text.sentence(token) else { return false };
        let range = sentence.tokens.range();
        self.words.iter().any(|places| {
            let from = places.partition_point(|&at| at < range.start);
            let to = places.partition_point(|&at| at < range.end);
            kinds(self.lemmas, &places[from..to]) >= MIN_IN_SENTENCE
        })
    }
}

/// How many different words stand at some places.
fn kinds(lemmas: &[String], places: &[usize]) -> usize {
    places.iter().map(|&at| &lemmas[at]).collect::<BTreeSet<_>>().len()
}
