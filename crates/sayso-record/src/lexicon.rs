//! The word lists of `data/`, as the rules ask for them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::Act;
use crate::words::WordMap;

/// What a word in a cue says of the act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// It is this act.
    Act(Act),
    /// Its complement tells: *went on to say*.
    Through,
    /// Its noun tells: *made a promise*.
    Light,
    /// It declines an act: *declined to comment*.
    Refuse,
}

/// A word's entry in `data/acts.tsv`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) class: Class,
    /// A word that has to stand beside it.
    pub(crate) frame: Option<&'static str>,
    /// The part of speech as the file has it.
    pub(crate) pos: char,
}

/// Classes of `data/words.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WordClass {
    Hedge,
    Evidential,
    Negation,
    First,
    Document,
    Outlet,
    Number,
    Anonymity,
    Told,
    Raised,
    Viewpoint,
    Talk,
    Label,
    Rank,
    Office,
    Designate,
    ClassAs,
    Naming,
    Seat,
    Party,
    Body,
}

impl WordClass {
    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The lists.
#[derive(Debug)]
pub(crate) struct Lexicon {
    acts: BTreeMap<(char, &'static str), Vec<Entry>>,
    /// A word's classes, each a bit.
    words: WordMap<u32>,
}

pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    fn load() -> Self {
        let mut acts: BTreeMap<_, Vec<Entry>> = BTreeMap::new();
        for line in entries(include_str!("../data/acts.tsv")) {
            let fields: Vec<_> = line.split('\t').collect();
            let &[class, pos, words] = fields.as_slice() else {
                panic!("`{line}`: act, part of speech, words");
            };
            let class = class_of(class).unwrap_or_else(|| panic!("`{line}`: no such act"));
            let pos = pos.chars().next().expect("a part of speech is a letter");
            for word in words.split(' ') {
                let (word, frame) = match word.split_once('+') {
                    Some((word, frame)) => (word, Some(frame)),
                    None => (word, None),
                };
                acts.entry((pos, word)).or_default().push(Entry { class, frame, pos });
            }
        }
        // An entry with a frame is asked before the one without.
        for list in acts.values_mut() {
            list.sort_by_key(|entry| entry.frame.is_none());
        }
        let mut lists = WordMap::<u32>::default();
        for line in entries(include_str!("../data/words.tsv")) {
            let (class, words) = line.split_once('\t').expect("a line has a class and words");
            let class = word_class(class).unwrap_or_else(|| panic!("`{line}`: no such class"));
            for word in words.split(' ') {
                *lists.entry(word).or_default() |= class.bit();
            }
        }
        Self { acts, words: lists }
    }

    /// A word's entry whose frame, if it has one, is among `beside`.
    pub(crate) fn act(
        &self,
        pos: char,
        word: &str,
        beside: impl Fn(&str) -> bool,
    ) -> Option<Entry> {
        let list = self.acts.get(&(pos, word))?;
        list.iter().find(|entry| entry.frame.is_none_or(&beside)).copied()
    }

    /// Whether a word, in lower case, is of a class.
    pub(crate) fn is(&self, class: WordClass, word: &str) -> bool {
        self.words.get(word).is_some_and(|classes| classes & class.bit() != 0)
    }
}

fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn class_of(name: &str) -> Option<Class> {
    Some(match name {
        "through" => Class::Through,
        "light" => Class::Light,
        "refuse" => Class::Refuse,
        _ => Class::Act(Act::ALL.into_iter().find(|act| act.name() == name)?),
    })
}

fn word_class(name: &str) -> Option<WordClass> {
    Some(match name {
        "hedge" => WordClass::Hedge,
        "evidential" => WordClass::Evidential,
        "negation" => WordClass::Negation,
        "first" => WordClass::First,
        "document" => WordClass::Document,
        "outlet" => WordClass::Outlet,
        "number" => WordClass::Number,
        "anonymity" => WordClass::Anonymity,
        "told" => WordClass::Told,
        "raised" => WordClass::Raised,
        "viewpoint" => WordClass::Viewpoint,
        "talk" => WordClass::Talk,
        "label" => WordClass::Label,
        "rank" => WordClass::Rank,
        "office" => WordClass::Office,
        "designate" => WordClass::Designate,
        "class-as" => WordClass::ClassAs,
        "naming" => WordClass::Naming,
        "seat" => WordClass::Seat,
        "party" => WordClass::Party,
        "body" => WordClass::Body,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_goes_before_the_word_alone() {
        let act = |beside: &str| LEXICON.act('v', "ask", |word| word == beside).unwrap().class;
        assert_eq!(act("to"), Class::Act(Act::Order));
        assert_eq!(act("whether"), Class::Act(Act::Ask));
        assert_eq!(act("him"), Class::Act(Act::Ask));
    }

    #[test]
    fn a_word_stands_once_with_one_frame() {
        for ((pos, word), list) in &LEXICON.acts {
            let frames: std::collections::BTreeSet<_> =
                list.iter().map(|entry| entry.frame).collect();
            assert_eq!(frames.len(), list.len(), "{word} ({pos})");
        }
    }
}
