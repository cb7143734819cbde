//! The words around a number.

use std::sync::LazyLock;

use crate::Bound;
use crate::text::Text;
use crate::words::WordMap;

/// What a word or phrase beside a number says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Beside {
    Before(Bound),
    After(Bound),
    /// In percent.
    Fraction(f64),
    Percent,
    /// The currency's code.
    Money(&'static str),
    /// A country's letters before the sign, with the currency's code.
    Dollar(&'static str),
    Label,
}

/// Phrases with what they say; the longest first.
type Phrases = Vec<(Vec<&'static str>, Beside)>;

/// The lists: phrases by their first words, and bounds before a number by their last.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    forward: WordMap<Phrases>,
    backward: WordMap<Phrases>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    fn load() -> Self {
        let lines = include_str!("../../data/magnitude.tsv").lines();
        let mut lists = Self::default();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let mut field = || fields.next().expect("a line has class, value and words");
            let (class, value, phrases) = (field(), field(), field());
            let beside = beside(class, value).unwrap_or_else(|| panic!("`{line}`: no such class"));
            for phrase in phrases.split(' ') {
                let words: Vec<_> = phrase.split('_').collect();
                let (list, key) = match beside {
                    Beside::Before(_) => (&mut lists.backward, words[words.len() - 1]),
                    _ => (&mut lists.forward, words[0]),
                };
                list.entry(key).or_default().push((words, beside));
            }
        }
        for phrases in lists.forward.values_mut().chain(lists.backward.values_mut()) {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        lists
    }

    /// What the words from `at` on say, with their end, if `wanted` takes it.
    pub(super) fn from<T>(
        &self,
        text: &Text<'_>,
        at: usize,
        wanted: impl Fn(Beside) -> Option<T>,
    ) -> Option<(T, usize)> {
        let phrases = self.forward.get(text.lower(at).as_str())?;
        phrases.iter().find_map(|(words, beside)| {
            let end = at + words.len();
            is_phrase(text, at, words).then(|| wanted(*beside).map(|it| (it, end)))?
        })
    }

    /// The bound that ends right before `end`, with its start, which is not before `floor`.
    pub(super) fn bound_before(
        &self,
        text: &Text<'_>,
        end: usize,
        floor: usize,
    ) -> Option<(Bound, usize)> {
        let phrases = self.backward.get(text.lower(end.checked_sub(1)?).as_str())?;
        phrases.iter().find_map(|(words, beside)| {
            let start = end.checked_sub(words.len()).filter(|it| *it >= floor)?;
            match beside {
                Beside::Before(bound) if is_phrase(text, start, words) => Some((*bound, start)),
                _ => None,
            }
        })
    }
}

fn is_phrase(text: &Text<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().zip(at..).all(|(word, at)| text.lower(at) == *word)
}

fn beside(class: &str, value: &'static str) -> Option<Beside> {
    let bound = || {
        Some(match value {
            "about" => Bound::About,
            "at_least" => Bound::AtLeast,
            "at_most" => Bound::AtMost,
            _ => return None,
        })
    };
    Some(match class {
        "before" => Beside::Before(bound()?),
        "after" => Beside::After(bound()?),
        "fraction" => Beside::Fraction(value.parse().ok()?),
        "percent" => Beside::Percent,
        "money" => Beside::Money(value),
        "dollar" => Beside::Dollar(value),
        "label" => Beside::Label,
        _ => return None,
    })
}
