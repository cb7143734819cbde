//! What is known of an entity, and how a mention's words go with it.

use super::profile::{Class, Profile, Sex};

/// How many different heads, wordings and modifiers of an entity are kept.
const KEPT: usize = 12;

/// How a mention stands to an entity's last one in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    None,
    /// *\[Ana Reyes\], \[the mayor\]*.
    Apposition,
    /// *\[Reyes\] is \[the mayor\]*.
    Predicate,
    /// *\[Reyes\] met \[her\]*: two arguments of one verb.
    SameVerb,
    /// *\[the city and \[its port\]\]*: the last one is a conjunct.
    Conjunct,
}

/// An entity as far as it has been read.
#[derive(Debug)]
pub(super) struct State {
    /// Its mentions so far; empty once it has been joined to another.
    pub(super) mentions: Vec<usize>,
    pub(super) group: Option<usize>,
    /// Whether a mention denotes a person.
    pub(super) is_person: bool,
    pub(super) sex: Sex,
    pub(super) number: u8,
    pub(super) class: Class,
    pub(super) heads: Vec<u64>,
    pub(super) strings: Vec<u64>,
    pub(super) modifiers: Vec<u64>,
    /// Whether an *I* outside of all quotations is one of its mentions.
    pub(super) is_author: bool,
    /// Whether an *I* in a quotation is.
    pub(super) is_quoted: bool,
    /// Sum of the links' probabilities.
    pub(super) probability: f32,
}

/// How a mention's words go with an entity's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// No head in common.
    None,
    /// The mention's head is a modifier or word of a name there.
    Word,
    /// The same head, and modifiers that the entity lacks, though it has others.
    Other,
    /// The same head, and modifiers on a bare entity.
    More,
    /// The same head and no modifier: *the mayor*.
    Bare,
    /// The same head, and modifiers all known.
    Known,
    /// The same words.
    Same,
}

impl Match {
    pub(super) const COUNT: usize = 7;
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            mentions: Vec::new(),
            group: None,
            is_person: false,
            sex: Sex::ANY,
            number: 3,
            class: Class::Unknown,
            heads: Vec::new(),
            strings: Vec::new(),
            modifiers: Vec::new(),
            is_author: false,
            is_quoted: false,
            probability: 0.0,
        }
    }

    /// Adds all that is known of another entity.
    pub(super) fn take_in(&mut self, other: Self) {
        self.probability += other.mentions.len() as f32;
        // Those of the other stand near the end: they have just been found to be the same.
        for mention in other.mentions {
            let at = self.mentions.partition_point(|&it| it < mention);
            self.mentions.insert(at, mention);
        }
        let all = [
            (&mut self.heads, other.heads),
            (&mut self.strings, other.strings),
            (&mut self.modifiers, other.modifiers),
        ];
        for (known, new) in all {
            for hash in new {
                keep(known, hash);
            }
        }
        self.restrict(other.sex, other.number);
        self.group = self.group.or(other.group);
        self.is_person |= other.is_person;
        self.is_author |= other.is_author;
        self.is_quoted |= other.is_quoted;
        if self.class == Class::Unknown {
            self.class = other.class;
        }
    }

    /// Leaves of sex and number what a mention allows, if that leaves any.
    pub(super) fn restrict(&mut self, sex: Sex, number: u8) {
        let sex = self.sex.and(sex);
        self.sex = if sex.is_empty() { self.sex } else { sex };
        let number = self.number & number;
        self.number = if number == 0 { self.number } else { number };
    }

    pub(super) fn matches(&self, mention: &Profile) -> Match {
        if mention.manner.is_pronoun() {
            return Match::None;
        }
        if self.strings.contains(&mention.string) {
            return Match::Same;
        }
        let modifiers = &mention.modifiers[..mention.n_modifiers];
        if !self.heads.contains(&mention.head) {
            let known = self.modifiers.contains(&mention.head);
            return if known { Match::Word } else { Match::None };
        }
        match modifiers {
            [] => Match::Bare,
            _ if modifiers.iter().all(|word| self.modifiers.contains(word)) => Match::Known,
            _ if self.modifiers.is_empty() => Match::More,
            _ => Match::Other,
        }
    }
}

/// Adds a hash to those that are known, up to [`KEPT`].
pub(super) fn keep(known: &mut Vec<u64>, hash: u64) {
    if known.len() < KEPT && !known.contains(&hash) {
        known.push(hash);
    }
}
