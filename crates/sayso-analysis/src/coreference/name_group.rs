//! Names of one entity: full and short forms, titles, acronyms, aliases, demonyms.

use std::collections::BTreeMap;

use sayso_text::TokenRange;

use super::profile::{Reading, Sex};
use super::words;
use crate::names::KINDS;
use crate::{EntityKind, Mention};

/// For each name of the document, the number of its group, counted from 0 by first name.
///
/// Names of one kind are of one group if they have the same words, or if one
///
/// - is a person's last, first or middle name in the other: *Claudia Sheinbaum … \[Sheinbaum\]*. Of
///   several persons, the one mentioned last before whose sex may be the same: *Hillary Clinton and
///   Bill Clinton … \[Mrs. Clinton\]*; the first one after, if none is before;
/// - begins or ends an organization's longer name that stands before: *the New York Times … the
///   \[Times\]*;
/// - is made of the other's initials: *World Health Organization … \[WHO\]*;
/// - stands in brackets behind the other: *Mara Salvatrucha (\[MS-13\])*;
/// - is the demonym of the country that the other names.
///
/// Two full names of persons with one last name in common are two persons.
///
/// # Cost
///
/// `n log n` in the names, and for each short name a look at as many groups as share the word,
/// [`NAMESAKES`] at most.
pub(super) fn group(reading: &Reading<'_>, mentions: &[Mention]) -> Vec<usize> {
    let names = &reading.analysis.names;
    let mut sexes = vec![Sex::ANY; names.len()];
    for mention in mentions {
        if let Some(name) = mention.name {
            sexes[name] = reading.profile(mention).sex;
        }
    }
    let mut groups = Groups::default();
    for (name, sex) in names.iter().zip(sexes) {
        let words = words_of(reading, name.tokens, name.kind);
        let first = name.tokens.range().start;
        let before = |at: usize| reading.lower(at).trim_end_matches('.').to_owned();
        let title = first.checked_sub(1).map(before).filter(|word| words::is_title(word));
        let is_acronym = name.tokens.len() == 1 && reading.is_acronym(first);
        groups.calls.push(Call { words, sex, kind: name.kind, title, is_acronym });
    }
    groups.same_words();
    groups.brackets(reading);
    groups.initials();
    groups.short_forms();
    groups.numbers()
}

/// Of persons or organizations that share a word, this many are told apart.
const NAMESAKES: usize = 16;

/// A name as it is compared.
#[derive(Debug)]
struct Call {
    /// Lower-case words, without article, address and possessive ending.
    words: Vec<String>,
    sex: Sex,
    kind: EntityKind,
    /// The title before it.
    title: Option<String>,
    /// Whether it is one word of capitals.
    is_acronym: bool,
}

#[derive(Debug, Default)]
struct Groups {
    /// The names, in text order.
    calls: Vec<Call>,
    /// Each name's representative, whose own representative it is itself: always an earlier name.
    first: Vec<usize>,
}

impl Groups {
    /// Joins names of the same words and kind; those of one word only if they are no person's.
    fn same_words(&mut self) {
        let mut known: BTreeMap<(EntityKind, &[String]), usize> = BTreeMap::new();
        for (at, call) in self.calls.iter().enumerate() {
            let lone = call.kind == EntityKind::Person && call.words.len() == 1;
            let key = (call.kind, &call.words[..]);
            let first = match known.get(&key) {
                Some(&first) if !lone || call.words.is_empty() => first,
                _ => at,
            };
            known.entry(key).or_insert(first);
            self.first.push(first);
        }
    }

    /// The group that a name is in so far.
    fn of(&self, mut at: usize) -> usize {
        while self.first[at] != at {
            at = self.first[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.first[one.max(other)] = one.min(other);
    }

    /// Joins *Mara Salvatrucha* and *MS-13* in *Mara Salvatrucha (MS-13)*; not *Reyes (R-Texas)*.
    fn brackets(&mut self, reading: &Reading<'_>) {
        let token = |at: usize| {
            let token = reading.document.tokens.get(at);
            token.map_or("", |token| token.span.of(&reading.document.text))
        };
        let names = &reading.analysis.names;
        for (at, pair) in names.windows(2).enumerate() {
            let [full, short] = [pair[0].tokens.range(), pair[1].tokens.range()];
            let bracketed = full.end + 1 == short.start
                && token(full.end) == "("
                && token(short.end) == ")"
                && short.len() == 1;
            let capitals = token(short.start).chars().filter(|c| c.is_uppercase()).count();
            let is_alias = matches!(
                (pair[0].kind, pair[1].kind),
                (
                    EntityKind::Organization | EntityKind::Group | EntityKind::Other,
                    EntityKind::Organization | EntityKind::Group | EntityKind::Other
                )
            );
            if bracketed && capitals > 1 && is_alias {
                self.join(at, at + 1);
            }
        }
    }

    /// Joins acronyms with names of which they are the initials, and demonyms with countries.
    fn initials(&mut self) {
        let mut known: BTreeMap<(EntityKind, String), usize> = BTreeMap::new();
        for (at, call) in self.calls.iter().enumerate() {
            for key in call.initials() {
                known.entry((call.kind, key)).or_insert(at);
            }
            known.entry((call.kind, call.words.join(" "))).or_insert(at);
        }
        for at in 0..self.calls.len() {
            let Call { words, kind, is_acronym, .. } = &self.calls[at];
            let is_person = *kind == EntityKind::Person && !is_acronym;
            let ([word], false) = (&words[..], is_person) else { continue };
            let (word, kind) = (word.clone(), *kind);
            let country = words::country_of(&word).map(str::to_owned);
            let kinds = |of: EntityKind| {
                of == kind || (self.calls[at].is_acronym && of != EntityKind::Person)
            };
            let keys = [Some(word.replace('.', "")), country];
            let full: Vec<usize> = keys
                .into_iter()
                .flatten()
                .flat_map(|key| {
                    KINDS.map(|kind| known.get(&(kind, key.clone())).map(|&it| (kind, it)))
                })
                .flatten()
                .filter(|&(of, _)| kinds(of))
                .map(|it| it.1)
                .collect();
            for full in full {
                self.join(at, full);
            }
        }
    }

    /// Joins short names with full ones.
    fn short_forms(&mut self) {
        let mut full: BTreeMap<(EntityKind, &str), Vec<usize>> = BTreeMap::new();
        for (at, call) in self.calls.iter().enumerate() {
            if call.words.len() > 1 && call.has_parts() && self.first[at] == at {
                for word in &call.words {
                    let groups = full.entry((call.kind, word)).or_default();
                    if groups.len() < NAMESAKES {
                        groups.push(at);
                    }
                }
            }
        }
        let mut last_seen = vec![usize::MAX; self.calls.len()];
        let mut joined = Vec::new();
        let full: BTreeMap<(EntityKind, String), Vec<usize>> =
            full.into_iter().map(|((kind, word), at)| ((kind, word.to_owned()), at)).collect();
        for at in 0..self.calls.len() {
            let own = self.of(at);
            let mut group = own;
            let call = &self.calls[at];
            if let (true, Some(word)) = (call.has_parts() && own == at, call.words.last()) {
                let key = (call.kind, word.clone());
                let candidates = full.get(&key).map_or(&[][..], Vec::as_slice);
                let found = self.full_form(at, candidates, &last_seen);
                group = found.unwrap_or(own);
                joined.extend(found.map(|found| (at, found)));
            }
            self.learn(at, group);
            last_seen[group] = at;
        }
        for (short, full) in joined {
            self.join(short, full);
        }
        self.lone_names();
    }

    /// Keeps the sex and title of a name for the full one that it is short for.
    fn learn(&mut self, short: usize, full: usize) {
        let Call { sex, title, .. } = &self.calls[short];
        let (sex, title) = (*sex, title.clone());
        let call = &mut self.calls[full];
        let both = call.sex.and(sex);
        call.sex = if both.is_empty() { call.sex } else { both };
        call.title = title.or(call.title.take());
    }

    /// Which of the names that share a word a name is short for.
    fn full_form(&self, at: usize, candidates: &[usize], last_seen: &[usize]) -> Option<usize> {
        let call = &self.calls[at];
        let before = |full: usize| last_seen[full] != usize::MAX;
        let fits = |&full: &usize| {
            full != at
                && self.calls[full].may_be_called(call)
                && (before(full) || call.kind == EntityKind::Person)
        };
        let fitting = || candidates.iter().copied().filter(fits);
        // [Dr. Kessler] is not the one who has been Mr. Kessler, if there is another.
        let other_title = |full: usize| {
            let title = &self.calls[full].title;
            call.title.is_some() && title.is_some() && *title != call.title
        };
        let last = fitting()
            .filter(|&full| before(full))
            .max_by_key(|&full| (!other_title(full), last_seen[full]));
        last.or_else(|| fitting().find(|&full| full > at))
    }

    /// Joins persons' single names that are short for nothing.
    fn lone_names(&mut self) {
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for at in 0..self.calls.len() {
            let Call { words, kind, .. } = &self.calls[at];
            if let ([word], EntityKind::Person, true) = (&words[..], kind, self.of(at) == at) {
                let first = *known.entry(word.clone()).or_insert(at);
                self.join(first, at);
            }
        }
    }

    fn numbers(&self) -> Vec<usize> {
        let mut numbers = vec![usize::MAX; self.calls.len()];
        let mut n_groups = 0;
        for at in 0..self.calls.len() {
            let first = self.of(at);
            if numbers[first] == usize::MAX {
                numbers[first] = n_groups;
                n_groups += 1;
            }
            numbers[at] = numbers[first];
        }
        numbers
    }
}

impl Call {
    /// Whether parts of such names stand for the whole: not *Korea* for *North Korea*.
    fn has_parts(&self) -> bool {
        matches!(self.kind, EntityKind::Person | EntityKind::Organization)
    }

    /// Whether `short` may be said for this full name.
    fn may_be_called(&self, short: &Self) -> bool {
        if self.sex.and(short.sex).is_empty() {
            return false;
        }
        let (full, short) = (&self.words[..], &short.words[..]);
        match (self.kind, short) {
            (_, []) => false,
            (EntityKind::Person, [_]) => full.len() > 1,
            // [Hillary Clinton] for Hillary Rodham Clinton, [H. Clinton] too; never Bill Clinton.
            // [Van Elten] for Saskia van Elten.
            (EntityKind::Person, [first, ..])
                if words::is_particle(first) && full.len() > short.len() =>
            {
                full.ends_with(short)
            }
            (EntityKind::Person, _) => {
                full.last() == short.last()
                    && (abbreviates(&full[0], &short[0]) || abbreviates(&short[0], &full[0]))
            }
            _ => {
                // [The Corps] for the Army Corps of Engineers.
                let of = full.iter().position(|word| matches!(word.as_str(), "of" | "for"));
                let head = &full[..of.unwrap_or(full.len())];
                let inside =
                    [full.ends_with(short), full.starts_with(short), head.ends_with(short)];
                full.len() > short.len() && inside.contains(&true)
            }
        }
    }

    /// The first letters of a name's words, with and without its small words.
    fn initials(&self) -> Vec<String> {
        if self.words.len() < 2 {
            return Vec::new();
        }
        let first = |word: &String| word.chars().next();
        let all: String = self.words.iter().filter_map(first).collect();
        let content =
            |word: &&String| !matches!(word.as_str(), "of" | "the" | "and" | "for" | "in" | "&");
        let main: String = self.words.iter().filter(content).filter_map(first).collect();
        if all == main { vec![all] } else { vec![all, main] }
    }
}

/// Whether `short` is the name `full`, or its initial: *H.* or *H* for *Hillary*.
fn abbreviates(full: &str, short: &str) -> bool {
    let initial = short.trim_end_matches('.');
    full == short || (initial.chars().count() == 1 && full.starts_with(initial))
}

/// A name's words as they are compared.
fn words_of(reading: &Reading<'_>, name: TokenRange, kind: EntityKind) -> Vec<String> {
    let mut found: Vec<String> = name
        .range()
        .map(|at| reading.lower(at))
        .filter(|word| !matches!(word.as_str(), "'s" | "’s" | "-" | "." | ",") && !word.is_empty())
        .collect();
    let is_leading = |word: &String| {
        let bare = word.trim_end_matches('.');
        word == "the"
            || words::is_address(bare)
            || (kind == EntityKind::Person && words::is_listed_title(bare))
    };
    while found.len() > 1 && found.first().is_some_and(is_leading) {
        found.remove(0);
    }
    found
}
