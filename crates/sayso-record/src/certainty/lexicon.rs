//! The words of `data/certainty.tsv`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::value::Signature;

/// What a word makes of what it governs or modifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it is, in a few words, as `explain` shows it: *a plan*.
    pub(super) rule: &'static str,
    /// For everybody but the one it is ascribed to.
    pub(super) outer: Signature,
    /// For the one it is ascribed to, if it ascribes anything.
    pub(super) voice: Option<Signature>,
}

/// One line's entry of a word, under one frame.
#[derive(Clone, Copy, Debug)]
struct Use {
    pos: char,
    frame: &'static str,
    entry: Entry,
}

/// The list.
#[derive(Debug)]
pub(super) struct Lexicon {
    uses: BTreeMap<&'static str, Vec<Use>>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    fn load() -> Self {
        let mut uses: BTreeMap<_, Vec<Use>> = BTreeMap::new();
        let file = include_str!("../../data/certainty.tsv");
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let fields: Vec<_> = line.split('\t').collect();
            let &[rule, pos, frames, outer, voice, _source, words] = fields.as_slice() else {
                panic!("`{line}`: rule, part of speech, frames, outer, voice, source, words");
            };
            let pos = pos.chars().next().expect("a part of speech is a letter");
            let signature = |signs| {
                Signature::of_signs(signs).unwrap_or_else(|| panic!("`{line}`: no signature"))
            };
            let voice = (voice != "=").then(|| signature(voice));
            let entry = Entry { rule, outer: signature(outer), voice };
            for word in words.split(' ') {
                let list = uses.entry(word).or_default();
                list.extend(frames.split(' ').map(|frame| Use { pos, frame, entry }));
            }
        }
        Self { uses }
    }

    /// A word's entry for the first of `frames` that it has; `*` fits any. Of two lines for one
    /// frame the first counts.
    pub(super) fn find(&self, pos: char, word: &str, frames: &[&str]) -> Option<Entry> {
        let list = self.uses.get(word)?;
        frames.iter().chain(&["*"]).find_map(|frame| {
            list.iter().find(|it| it.pos == pos && it.frame == *frame).map(|it| it.entry)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_frame_that_a_word_has_counts() {
        let rule = |frames: &[&str]| LEXICON.find('v', "ask", frames).map(|it| it.rule);
        assert_eq!(rule(&["whether"]), Some("a question"));
        assert_eq!(rule(&["obj-to", "to"]), Some("a request"));
        assert_eq!(LEXICON.find('v', "table", &["that"]), None);
        assert_eq!(LEXICON.find('n', "manage", &["to"]), None);
    }

    #[test]
    fn a_word_stands_once_with_one_frame() {
        for (word, list) in &LEXICON.uses {
            for (at, one) in list.iter().enumerate() {
                let same = |it: &&Use| it.pos == one.pos && it.frame == one.frame;
                let first = list.iter().find(same).map(|it| it.entry);
                assert_eq!(first, Some(one.entry), "{word} ({}) {} {at}", one.pos, one.frame);
            }
        }
    }
}
