//! The patterns of `data/plover.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::kind::Kind;
use crate::words::WordMap;

/// What a pattern says of its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// It tells an event of this type.
    Type(Kind),
    /// The noun that it takes tells the event: *launched an attack*.
    Light,
    /// What it begins or tries tells the event: *began shelling*.
    Aspect,
    /// The event is the end of what it takes: *lifted the ban*.
    Stop,
    /// It tells none of the types here.
    Null,
}

/// A part of a word's frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Subject,
    Object,
    Receiver,
    Complement,
    /// A complement with a subject of its own: *agreed that \[it rained\]*.
    Clause,
    Purpose,
    /// Possessors, adjectives and compounds of a noun.
    Modifier,
    /// The verb that supports a noun.
    Support,
    /// Any word of the sentence.
    Sentence,
    /// What stands behind a preposition.
    Behind(&'static str),
    /// Actors who act on each other stand in both roles, also those behind *with*.
    Mutual,
}

/// What may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Lemma(&'static str),
    Class(&'static str),
    /// Somebody.
    Party,
    /// A named person, or a pronoun for one.
    Person,
    /// A named place or somebody of it.
    PlaceName,
    /// A phrase that holds somebody.
    Someone,
    /// A verb with *should*, *will* or the like.
    Modal,
    /// A verb with *to*.
    Infinitive,
    /// A clause that asks: *whether it \[rained\]*, *how it \[began\]*.
    Question,
}

/// What has to hold beside a word.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) place: Place,
    pub(super) negated: bool,
    /// One of these; if empty, anything.
    pub(super) values: Vec<Value>,
}

/// Where the parties of an event stand, each place tried in turn.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub(super) actors: Vec<Place>,
    pub(super) recipients: Vec<Place>,
}

/// One word of one line.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// The word as the file lists it, and the line's example.
    pub(super) entry: &'static str,
    pub(super) example: &'static str,
    pub(super) sense: Sense,
    pub(super) mode: Option<&'static str>,
    /// Particles or prepositions that have to stand beside the word.
    pub(super) beside: Vec<&'static str>,
    /// Particles that have to stand beside it, and are no prepositions there.
    pub(super) particles: Vec<&'static str>,
    pub(super) conditions: Vec<Condition>,
    pub(super) places: Option<Places>,
}

impl Pattern {
    /// How much the pattern asks for: what has to stand at a place counts for more than that something
    /// or nothing does.
    pub(super) fn weight(&self) -> usize {
        let condition = |it: &Condition| if it.negated || it.values.is_empty() { 1 } else { 2 };
        let beside = 2 * (self.beside.len() + self.particles.len());
        self.conditions.iter().map(condition).sum::<usize>() + beside
    }
}

/// The file.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    /// By part of speech and lemma; support verbs last, else those with the most conditions first.
    by_word: BTreeMap<char, WordMap<Vec<Pattern>>>,
    /// The classes of each word that has any.
    classes: WordMap<Vec<&'static str>>,
    modes: Vec<(Kind, &'static str, BTreeSet<&'static str>)>,
    places: BTreeMap<(Kind, char), Places>,
    /// Forms of verbs with their lemmas.
    forms: WordMap<&'static str>,
}

pub(super) static PATTERNS: LazyLock<Patterns> =
    LazyLock::new(|| Patterns::read(include_str!("../../data/plover.tsv")));

impl Patterns {
    /// The patterns of a word, the most specific first.
    pub(super) fn of(&'static self, pos: char, lemma: &str) -> &'static [Pattern] {
        self.by_word.get(&pos).and_then(|it| it.get(lemma)).map_or(&[], Vec::as_slice)
    }

    /// Whether any pattern has a sense.
    #[cfg(test)]
    pub(super) fn tells(&self, sense: Sense) -> bool {
        self.by_word.values().flat_map(WordMap::values).flatten().any(|it| it.sense == sense)
    }

    /// Whether any pattern is of a word.
    pub(super) fn knows(&self, pos: char, lemma: &str) -> bool {
        self.by_word.get(&pos).is_some_and(|it| it.contains_key(lemma))
    }

    /// The lemma of an irregular form.
    pub(super) fn lemma(&self, form: &str) -> Option<&'static str> {
        self.forms.get(form).copied()
    }

    /// Whether a word is of a class.
    pub(super) fn is(&self, class: &str, word: &str) -> bool {
        self.classes.get(word).is_some_and(|classes| classes.contains(&class))
    }

    /// The mode that one of some words tells of an event.
    pub(super) fn mode<'w>(
        &self,
        kind: Kind,
        words: &(impl Iterator<Item = &'w str> + Clone),
    ) -> Option<&'static str> {
        let mut modes = self.modes.iter().filter(|(of, ..)| *of == kind);
        modes.find(|(.., cues)| words.clone().any(|word| cues.contains(word))).map(|it| it.1)
    }

    /// Where the parties of a type stand around a verb or a noun.
    pub(super) fn places(&self, kind: Kind, pos: char) -> Option<&Places> {
        self.places.get(&(kind, pos))
    }

    fn read(file: &'static str) -> Self {
        let mut read = Self::default();
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let fields: Vec<&'static str> = line.split('\t').collect();
            read.line(&fields).unwrap_or_else(|| panic!("`{line}`: not as the file's head says"));
        }
        for list in read.by_word.values_mut().flat_map(WordMap::values_mut) {
            list.sort_by_key(|it| {
                let typed = matches!(it.sense, Sense::Type(_) | Sense::Null);
                std::cmp::Reverse((typed, it.weight(), it.sense == Sense::Null))
            });
        }
        read
    }

    fn line(&mut self, fields: &[&'static str]) -> Option<()> {
        match *fields {
            [lemma, forms] if lemma.starts_with('=') => {
                let lemma = lemma.strip_prefix('=')?;
                self.forms.extend(forms.split(' ').map(|form| (form, lemma)));
            }
            [class, words] => {
                let class = class.strip_prefix('@')?;
                for word in words.split(' ') {
                    self.classes.entry(word).or_default().push(class);
                }
            }
            [kind, mode, words] if kind.starts_with('~') => {
                let words = words.split(' ').collect();
                self.modes.push((Kind::of(kind.strip_prefix('~')?)?, mode, words));
            }
            [kind, pos, places] => {
                let kind = Kind::of(kind.strip_prefix('!')?)?;
                self.places.insert((kind, pos.chars().next()?), places_of(places)?);
            }
            [sense, mode, pos, words, conditions, places, example] => {
                let pattern = Pattern {
                    entry: words,
                    example,
                    sense: sense_of(sense)?,
                    mode: (mode != "-" && mode != "*").then_some(mode),
                    beside: Vec::new(),
                    particles: Vec::new(),
                    conditions: conditions_of(conditions)?,
                    places: if places == "-" { None } else { Some(places_of(places)?) },
                };
                for word in words.split(' ') {
                    let mut parts = word.split('+');
                    let mut verb = parts.next()?.split('^');
                    let lemma = verb.next()?;
                    let beside = parts.collect();
                    let particles = verb.collect();
                    let pattern = Pattern { entry: word, beside, particles, ..pattern.clone() };
                    let words = self.by_word.entry(pos.chars().next()?).or_default();
                    words.entry(lemma).or_default().push(pattern);
                }
            }
            _ => return None,
        }
        Some(())
    }
}

fn sense_of(name: &str) -> Option<Sense> {
    Some(match name {
        "LIGHT" => Sense::Light,
        "ASPECT" => Sense::Aspect,
        "STOP" => Sense::Stop,
        "NULL" => Sense::Null,
        _ => Sense::Type(Kind::of(name)?),
    })
}

fn conditions_of(field: &'static str) -> Option<Vec<Condition>> {
    let condition = |part: &'static str| {
        let (place, values, negated) = if let Some((place, values)) = part.split_once("!=") {
            (place, values, true)
        } else if let Some((place, values)) = part.split_once('=') {
            (place, values, false)
        } else {
            (part, "", false)
        };
        let (place, negated) = match place.strip_prefix('!') {
            Some(place) => (place, true),
            None => (place, negated),
        };
        let values = values.split(',').filter(|it| !it.is_empty()).map(value_of).collect();
        Some(Condition { place: place_of(place)?, negated, values })
    };
    field.split(' ').filter(|it| *it != "-").map(condition).collect()
}

fn value_of(name: &'static str) -> Value {
    match (name.strip_prefix('@'), name) {
        (Some(class), _) => Value::Class(class),
        (None, "party") => Value::Party,
        (None, "person") => Value::Person,
        (None, "place") => Value::PlaceName,
        (None, "someone") => Value::Someone,
        (None, "modal") => Value::Modal,
        (None, "infinitive") => Value::Infinitive,
        (None, "question") => Value::Question,
        (None, lemma) => Value::Lemma(lemma),
    }
}

fn places_of(field: &'static str) -> Option<Places> {
    let list = |side: &'static str| -> Option<Vec<Place>> {
        side.split(',').filter(|it| *it != "none").map(place_of).collect()
    };
    let (actors, recipients) = field.split_once('>')?;
    Some(Places { actors: list(actors)?, recipients: list(recipients)? })
}

fn place_of(name: &'static str) -> Option<Place> {
    Some(match name {
        "" => return None,
        "subj" => Place::Subject,
        "obj" => Place::Object,
        "iobj" => Place::Receiver,
        "comp" => Place::Complement,
        "clause" => Place::Clause,
        "purpose" => Place::Purpose,
        "mod" => Place::Modifier,
        "light" => Place::Support,
        "ctx" => Place::Sentence,
        "mutual" => Place::Mutual,
        preposition => Place::Behind(preposition),
    })
}
