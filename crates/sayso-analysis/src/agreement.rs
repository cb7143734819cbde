//! Names agree within a document: what is a person once is a person again.
//!
//! The same words rarely name two things in one text (*one sense per discourse*, Gale, Church and
//! Yarowsky 1992), and a window of sentences does not see all of it.

mod acronym;

use std::collections::{BTreeMap, BTreeSet};

use sayso_text::{Document, TokenRange};

use crate::coreference::{is_demonym, is_first_name, is_listed_title, is_person_noun, is_title};
use crate::names::{KINDS, kind_number};
use crate::{Analysis, EntityKind, Name};
use acronym::spelled_out;

/// Words that a document names with less certainty in all are not sought elsewhere in it.
/// Measured on GUM dev: with this step names F1 is 63.0, without 61.7; 0.5 to 1.5 are alike.
const LEAST_SUPPORT: f32 = 0.9;

/// Probability of a name that is one only because somebody speaks there.
const SPEAKER: f32 = 0.5;

/// What a document's mentions say of the kind of some words: for each kind, the sum of the
/// mentions' probabilities, and the highest of them.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    kinds: [f32; KINDS.len()],
    best: [f32; KINDS.len()],
}

impl Votes {
    fn add(&mut self, kind: EntityKind, probability: f32) {
        let kind = kind_number(kind);
        self.kinds[kind] += probability;
        self.best[kind] = self.best[kind].max(probability);
    }

    fn total(&self) -> f32 {
        self.kinds.iter().sum()
    }

    /// The kind that most speaks for, and its probability: its share of the votes times its best
    /// mention's.
    fn winner(&self) -> (EntityKind, f32) {
        let mut first = 0;
        for (kind, votes) in self.kinds.iter().enumerate() {
            if *votes > self.kinds[first] {
                first = kind;
            }
        }
        // Without any vote there is no share.
        let share = self.kinds[first] / self.total().max(f32::MIN_POSITIVE);
        (KINDS[first], share * self.best[first])
    }
}

/// Gives mentions of the same words one kind, and finds those that were passed over.
///
/// A person's last name counts for the full name's kind: *\[Ana Reyes\] … \[Reyes\] said*, and makes a
/// longer name that ends with it a person's. Only proper nouns are found anew, and only where all
/// that stand together are a name known from elsewhere or something is ascribed to them; and the
/// words that an acronym stands for.
///
/// # Cost
///
/// `n log n` in the names, linear in the tokens.
pub(crate) fn agree(document: &Document, analysis: &mut Analysis<'_>) {
    no_common_words(document, analysis);
    one_name_each(document, analysis);
    one_kind_each(document, analysis);
    find_more(document, analysis);
    // Names found anew may be halves of one, and whole ones tell of more.
    let n_names = analysis.names.len();
    persons_in_apposition(document, analysis);
    joined(document, analysis);
    if first_names(document, analysis) || analysis.names.len() != n_names {
        find_more(document, analysis);
    }
}

/// Drops groups and other things that are common words in lower case, where a text has capitals: *the
/// \[cargo\] ship*, but not *the \[mexican\] police* or *the \[iPhone\]*.
fn no_common_words(document: &Document, analysis: &mut Analysis<'_>) {
    if !document.text.chars().any(char::is_uppercase) {
        return;
    }
    let Analysis { names, words, .. } = analysis;
    names.retain(|name| {
        let is_common = |at: usize| {
            let form = document.tokens[at].span.of(&document.text);
            matches!(words[at].upos, "NOUN" | "ADJ")
                && !form.chars().any(char::is_uppercase)
                && !is_demonym(form)
        };
        !matches!(name.kind, EntityKind::Group | EntityKind::Other)
            || !name.tokens.range().all(is_common)
    });
}

/// Gives names of the same words one kind.
fn one_kind_each(document: &Document, analysis: &mut Analysis<'_>) {
    let votes = count(document, &analysis.names);
    for name in &mut analysis.names {
        let full = votes[words(document, name.tokens)];
        let (mut kind, mut probability) = full.winner();
        let range = name.tokens.range();
        let last = words(document, TokenRange::new(range.end - 1, range.end));
        if let Some(last) = votes.get(last).filter(|_| (2..=3).contains(&range.len())) {
            let (of_last, sure) = last.winner();
            let person = EntityKind::Person;
            if of_last == person && last.kinds[kind_number(person)] > full.total() {
                (kind, probability) = (of_last, sure);
            }
        }
        if kind != name.kind && probability > 0.0 {
            (name.kind, name.probability) = (kind, probability);
        }
    }
}

/// Adds the names that were passed over, and those that acronyms stand for.
fn find_more(document: &Document, analysis: &mut Analysis<'_>) {
    let votes = count(document, &analysis.names);
    let found = passed_over(document, analysis, &votes);
    let spelled = spelled_out(document, &analysis.names);
    if !found.is_empty() || !spelled.is_empty() {
        analysis.names.extend(found);
        for long in spelled {
            let inside = |name: &Name| {
                long.tokens.start <= name.tokens.start && name.tokens.end <= long.tokens.end
            };
            analysis.names.retain(|name| !inside(name));
            analysis.names.push(long);
        }
        analysis.names.sort_by_key(|name| name.tokens);
    }
}

/// Joins the halves of a person's name, and takes titles off: *\[Ana\] \[Reyes\]*, *Admiral \[Reyes\]*.
fn one_name_each(document: &Document, analysis: &mut Analysis<'_>) {
    let mut all: Vec<Name> =
        analysis.names.drain(..).flat_map(|name| parted(document, name)).collect();
    for at in 0..all.len() {
        let end = all.get(at + 1).map_or(document.tokens.len(), |next| next.tokens.range().start);
        all[at].tokens = whole(document, analysis, all[at], end);
    }
    for name in &mut all {
        while name.kind == EntityKind::Person
            && name.tokens.len() > 1
            && is_title_of(document, analysis, name.tokens)
        {
            name.tokens.start += 1;
        }
    }
    analysis.names = all;
    joined(document, analysis);
}

/// Whether a person's name begins with a title: one that is nothing else, or a noun for a person that hangs
/// on the name, as a first name does not: *Striker \[Reyes\]*, but *\[Petter Reyes\]*, though a petter is
/// one who pets.
fn is_title_of(document: &Document, analysis: &Analysis<'_>, name: TokenRange) -> bool {
    let first = lower(document, name.start);
    let heads_it = || {
        let second = &analysis.words[name.range().start + 1];
        second.deprel == "flat" && second.head.is_some_and(|it| it.index() == name.range().start)
    };
    is_listed_title(&first) || is_title(&first) && !heads_it()
}

/// Makes names that touch one where they are halves of one.
fn joined(document: &Document, analysis: &mut Analysis<'_>) {
    let mut names: Vec<Name> = Vec::with_capacity(analysis.names.len());
    for name in std::mem::take(&mut analysis.names) {
        if let Some(last) = names.last_mut()
            && are_halves(document, analysis, last, &name)
        {
            last.tokens.end = name.tokens.end;
            last.kind = EntityKind::Person;
            last.probability = last.probability.min(name.probability);
            continue;
        }
        names.push(name);
    }
    analysis.names = names;
}

/// Makes names that begin with a first name persons', where they stand in apposition to one: *his
/// lawyer, \[Ana Reyes\]*, but not *its owner, \[Acme Shipping\]*.
fn persons_in_apposition(document: &Document, analysis: &mut Analysis<'_>) {
    let words = &analysis.words;
    for name in &mut analysis.names {
        let range = name.tokens.range();
        let form = |at: usize| document.tokens[at].span.of(&document.text);
        let apposed = || {
            let head = range.clone().find(|&at| words[at].deprel == "appos")?;
            words[head].head.map(sayso_text::TokenId::index).filter(|it| *it < range.start)
        };
        let person = |at: usize| is_person_noun(&words[at].lemma) == Some(true);
        if name.kind != EntityKind::Person
            && (2..=3).contains(&range.len())
            && range.clone().all(|at| words[at].upos == "PROPN")
            && is_first_name(&form(range.start).to_lowercase())
            && apposed().is_some_and(person)
        {
            name.kind = EntityKind::Person;
        }
    }
}

/// Whether two names that touch are one person's: the second is flat in the first, or the first, a
/// person's single name, hangs on the second, a person's as well: *\[Saskia\] \[van Elten\]*. What
/// follows a title is a person's: *President \[Olav\] \[Kvist\]*.
fn are_halves(document: &Document, analysis: &Analysis<'_>, first: &Name, second: &Name) -> bool {
    let persons = [first.kind, second.kind].map(|kind| kind == EntityKind::Person);
    if first.tokens.end != second.tokens.start || persons == [false, false] {
        return false;
    }
    let hangs = |at: usize, relations: &[&str], on: TokenRange| {
        let word = &analysis.words[at];
        relations.contains(&word.deprel) && word.head.is_some_and(|head| on.contains(head))
    };
    if second.tokens.range().all(|at| hangs(at, &["flat"], first.tokens)) {
        return true;
    }
    let titled = || {
        let before = first.tokens.start.checked_sub(1);
        before.is_some_and(|at| is_title(&lower(document, at)))
    };
    let at = first.tokens.range().start;
    first.tokens.len() == 1
        && persons[0]
        && (persons[1] || titled())
        && hangs(at, &["compound", "flat", "nmod:desc"], second.tokens)
}

/// A person's last name with the first name before it, where only the last one was seen: *\[Ana
/// Reyes\] and Petter \[Reyes\]*.
///
/// The word before has to be a proper noun of the same name by the tree, neither a title nor part of another
/// name: *Admiral \[Reyes\]*. What is a first name once, of the same last name, is one again.
fn first_names(document: &Document, analysis: &mut Analysis<'_>) -> bool {
    let form = |at: usize| document.tokens[at].span.of(&document.text);
    let free = |at: usize, names: &[Name]| {
        let next = names.partition_point(|name| name.tokens.start as usize <= at);
        next == 0 || names[next - 1].tokens.end as usize <= at
    };
    let could_be = |at: usize| {
        let capital = form(at).starts_with(char::is_uppercase);
        let lower = form(at).trim_end_matches('.').to_lowercase();
        analysis.words[at].upos == "PROPN"
            && capital
            && form(at).chars().filter(|c| c.is_lowercase()).count() > 1
            && !is_listed_title(&lower)
            && !is_demonym(&lower)
    };
    let mut found: Vec<usize> = Vec::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (number, name) in analysis.names.iter().enumerate() {
        let Some(before) = name.tokens.range().start.checked_sub(1) else { continue };
        let single = name.kind == EntityKind::Person && name.tokens.len() == 1;
        if !single || !could_be(before) || !free(before, &analysis.names) {
            continue;
        }
        let (one, other) = (&analysis.words[before], &analysis.words[before + 1]);
        let flat = other.deprel == "flat" && other.head.is_some_and(|it| it.index() == before);
        let modifies = matches!(one.deprel, "compound" | "flat")
            && one.head.is_some_and(|it| it.index() == before + 1);
        if flat || modifies && is_first_name(&form(before).to_lowercase()) {
            known.insert(words(document, TokenRange::new(before, before + 2)));
        }
        if flat || modifies {
            found.push(number);
        }
    }
    let mut any = false;
    for number in found {
        let tokens = &mut analysis.names[number].tokens;
        let whole = TokenRange { start: tokens.start - 1, end: tokens.end };
        if known.contains(words(document, whole)) {
            *tokens = whole;
            any = true;
        }
    }
    any
}

/// A name's tokens with the words that belong to it, up to `end`, and without a possessor in lower
/// case.
///
/// A person's has the proper nouns that are flat in it: *\[Torben\] \[Aker\]*. An organization's goes
/// to the capitalized word that it modifies, if that is no title: *\[Tessa\] \[Systems\]*, *\[Harbour
/// Friends\]’ \[Trust\]*, not *\[Tessa\] President Ana Reyes*. *\[the state's Department of Roads\]* is the
/// department.
fn whole(document: &Document, analysis: &Analysis<'_>, name: Name, end: usize) -> TokenRange {
    let form = |at: usize| document.tokens[at].span.of(&document.text);
    let mut tokens = name.tokens;
    let is_lower = form(tokens.range().start).starts_with(char::is_lowercase);
    if tokens.len() > 2 && is_lower && matches!(form(tokens.range().start + 1), "'s" | "’s") {
        tokens.start += 2;
    }
    let capital = |at: usize| {
        let word = form(at);
        word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase)
    };
    match name.kind {
        EntityKind::Person => {
            let is_part = |at: &usize| {
                let word = &analysis.words[*at];
                word.upos == "PROPN"
                    && word.deprel == "flat"
                    && capital(*at)
                    && word.head.is_some_and(|head| tokens.contains(head))
            };
            let n_parts = (tokens.range().end..end).take_while(is_part).count();
            TokenRange::new(tokens.range().start, tokens.range().end + n_parts)
        }
        EntityKind::Organization => {
            let modified = tokens.range().find_map(|at| {
                let word = &analysis.words[at];
                let head = word.head?.index();
                let outside = head >= tokens.range().end && head < end;
                // A head behind the name: there is a word behind it.
                let possessor = outside
                    && word.deprel == "nmod:poss"
                    && matches!(form(tokens.range().end), "'" | "’");
                (outside && word.deprel == "compound" || possessor).then_some(head)
            });
            let is_part = |at: usize| {
                let is_noun = matches!(analysis.words[at].upos, "NOUN" | "PROPN");
                is_noun && capital(at) && !is_title(&form(at).to_lowercase())
                    || matches!(form(at), "'" | "’")
            };
            match modified {
                Some(head) if (tokens.range().end..=head).all(is_part) => {
                    TokenRange::new(tokens.range().start, head + 1)
                }
                _ => tokens,
            }
        }
        _ => tokens,
    }
}

/// A person's name without a comma inside, which parts two people: *\[Bell\], \[Hill\]*. What follows
/// a comma and ends with a dot is an addition: *\[Reyes, Jr.\]*
fn parted(document: &Document, name: Name) -> Vec<Name> {
    let form = |at: usize| document.tokens[at].span.of(&document.text);
    let comma = name.tokens.range().find(|&at| form(at) == ",").filter(|at| {
        let ends = name.tokens.range();
        name.kind == EntityKind::Person
            && *at > ends.start
            && at + 1 < ends.end
            && !form(ends.end - 1).ends_with('.')
    });
    let Some(comma) = comma else { return vec![name] };
    let (start, end) = (name.tokens.range().start, name.tokens.range().end);
    let part = |from, to| Name { tokens: TokenRange::new(from, to), ..name };
    vec![part(start, comma), part(comma + 1, end)]
}

/// A token in lower case, without the dot of an abbreviation.
fn lower(document: &Document, at: u32) -> String {
    let token = document.tokens[at as usize].span.of(&document.text);
    token.trim_end_matches('.').to_lowercase()
}

fn count<'d>(document: &'d Document, names: &[Name]) -> BTreeMap<&'d str, Votes> {
    let mut votes: BTreeMap<&str, Votes> = BTreeMap::new();
    for name in names {
        votes.entry(words(document, name.tokens)).or_default().add(name.kind, name.probability);
        if name.kind == EntityKind::Person && name.tokens.len() > 1 {
            let range = name.tokens.range();
            for at in [range.start, range.end - 1] {
                let part = words(document, TokenRange::new(at, at + 1));
                votes.entry(part).or_default().add(name.kind, name.probability);
            }
        }
    }
    votes
}

/// Runs of proper nouns outside of all names whose words are a name elsewhere.
fn passed_over(
    document: &Document,
    analysis: &Analysis<'_>,
    votes: &BTreeMap<&str, Votes>,
) -> Vec<Name> {
    let words_of = &analysis.words;
    let mut free: Vec<bool> = words_of.iter().map(|word| word.upos == "PROPN").collect();
    for at in 1..free.len().max(1) - 1 {
        // Larch & Penhallow.
        free[at] |= &*words_of[at].lemma == "&" && free[at - 1] && words_of[at + 1].upos == "PROPN";
    }
    surnames(document, votes, &mut free);
    for name in &analysis.names {
        free[name.tokens.range()].fill(false);
    }
    let speaks = speakers(analysis);
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let mut start = sentence.tokens.range().start;
        let end = sentence.tokens.range().end;
        while start < end {
            let run = free[start..end].iter().take_while(|&&free| free).count();
            let mut tokens = TokenRange::new(start, start + run);
            start += run.max(1);
            if run == 0 {
                continue;
            }
            let plural = run == 1 && analysis.words[tokens.range().start].xpos == "NNPS";
            let speaks = !plural && speaks[tokens.range()].contains(&true);
            let of_words = |tokens| votes.get(words(document, tokens)).copied();
            let least = if speaks { 0.0 } else { LEAST_SUPPORT };
            if let Some(votes) = of_words(tokens).filter(|votes| votes.total() >= least) {
                let (kind, probability) = votes.winner();
                found.push(Name { tokens, kind, probability });
            } else if speaks {
                let lower = |at: u32| lower(document, at);
                let first = tokens.start;
                while tokens.len() > 1 && is_title(&lower(tokens.start)) {
                    tokens.start += 1;
                }
                let known = of_words(tokens).map(|votes| votes.winner().0);
                let is_person =
                    first < tokens.start || (tokens.len() > 1 && is_first_name(&lower(first)));
                let guess = if is_person { EntityKind::Person } else { EntityKind::Organization };
                let kind = known.unwrap_or(guess);
                if !is_title(&lower(tokens.start)) {
                    found.push(Name { tokens, kind, probability: SPEAKER });
                }
            }
        }
    }
    found
}

/// Marks words that are a person's one-word name elsewhere, whatever they are tagged: at the beginning
/// of a headline, *Reyes: ‘No Ferry’*, a tagger knows little. Not if the text has them in lower case.
fn surnames(document: &Document, votes: &BTreeMap<&str, Votes>, free: &mut [bool]) {
    let is_person =
        |votes: &Votes| votes.total() >= LEAST_SUPPORT && votes.winner().0 == EntityKind::Person;
    let form = |at: usize| document.tokens[at].span.of(&document.text);
    let mut common: BTreeMap<String, bool> = votes
        .iter()
        .filter(|(words, votes)| {
            words.starts_with(char::is_uppercase)
                && words.contains(char::is_lowercase)
                && is_person(votes)
        })
        .map(|(words, _)| (words.to_lowercase(), false))
        .collect();
    for at in 0..free.len() {
        if let Some(seen) = common.get_mut(form(at)) {
            *seen = true;
        }
    }
    for (at, free) in free.iter_mut().enumerate() {
        let known = votes.get(form(at)).is_some_and(is_person);
        *free |= known && common.get(&form(at).to_lowercase()) == Some(&false);
    }
}

/// Which tokens are proper nouns that something is ascribed to.
fn speakers(analysis: &Analysis<'_>) -> Vec<bool> {
    let mut speaks = vec![false; analysis.words.len()];
    for source in analysis.attributions.iter().filter_map(|attribution| attribution.source) {
        for at in source.range() {
            let word = &analysis.words[at];
            let is_top = |at: usize| {
                let head = analysis.words[at].head;
                head.is_none_or(|head| !source.contains(head))
            };
            let apposed =
                || word.deprel == "appos" && word.head.is_some_and(|it| is_top(it.index()));
            speaks[at] |= word.upos == "PROPN" && (is_top(at) || apposed());
        }
    }
    speaks
}

/// The text of a name.
fn words(document: &Document, tokens: TokenRange) -> &str {
    let tokens = &document.tokens[tokens.range()];
    let (first, last) = (tokens[0].span, tokens[tokens.len() - 1].span);
    document.text.get(first.start()..last.end()).expect("tokens lie in their text")
}

#[cfg(test)]
mod tests {
    use sayso_text::TokenId;

    use super::*;
    use crate::Word;

    /// An analysis of `text` in which capitalized words are proper nouns and `names` are found.
    fn read(text: &str, names: &[(usize, usize, EntityKind, f32)]) -> Vec<Name> {
        let document = Document::read(text.to_owned());
        let words = document.tokens.iter().map(|token| {
            let capital = token.span.of(text).starts_with(char::is_uppercase);
            Word { upos: if capital { "PROPN" } else { "NOUN" }, ..Word::default() }
        });
        let names = names.iter().map(|&(start, end, kind, probability)| Name {
            tokens: TokenRange::new(start, end),
            kind,
            probability,
        });
        let (words, names) = (words.collect(), names.collect());
        let mut analysis = Analysis { words, names, ..Analysis::default() };
        agree(&document, &mut analysis);
        analysis.names
    }

    #[test]
    fn a_last_name_is_found_again() {
        let names =
            read("Ana Reyes spoke . later Reyes left .", &[(0, 2, EntityKind::Person, 0.95)]);
        assert_eq!(names.len(), 2);
        assert_eq!((names[1].tokens, names[1].kind), (TokenRange::new(5, 6), EntityKind::Person));
    }

    #[test]
    fn part_of_a_longer_run_is_not() {
        let names =
            read("Ana Reyes spoke . then Reyes Park closed .", &[(0, 2, EntityKind::Person, 0.95)]);
        assert_eq!(names.len(), 1);
    }

    #[test]
    fn the_words_of_an_acronym_are_its_name() {
        let found = |text: &str| {
            let at = text.split(' ').position(|word| word == "RGN").unwrap();
            let names = read(text, &[(at, at + 1, EntityKind::Organization, 0.9)]);
            names.iter().map(|name| name.tokens).collect::<Vec<_>>()
        };
        let named = found("the Royal Guild of Nurses left . RGN won .");
        assert_eq!(named, [TokenRange::new(1, 5), TokenRange::new(7, 8)]);
        assert_eq!(found("the Royal Guild of Doctors left . RGN won .").len(), 1);
    }

    #[test]
    fn the_surer_kind_wins() {
        let names = read(
            "from Varna . to Varna .",
            &[(1, 2, EntityKind::Place, 0.9), (4, 5, EntityKind::Organization, 0.5)],
        );
        assert!(names.iter().all(|name| name.kind == EntityKind::Place));
        assert!(names[1].probability < names[0].probability);
    }

    #[test]
    fn a_possessor_may_end_the_text() {
        let text = "It hit Moody's Analytics";
        let document = Document::read(text.to_owned());
        let n_tokens = document.tokens.len();
        let last = TokenId(u32::try_from(n_tokens - 1).unwrap());
        let mut words = vec![Word { upos: "PROPN", ..Word::default() }; n_tokens];
        words[2] = Word { head: Some(last), deprel: "nmod:poss", ..words[2].clone() };
        let kind = EntityKind::Organization;
        let names = vec![Name { tokens: TokenRange::new(2, n_tokens), kind, probability: 1.0 }];
        let mut analysis = Analysis { words, names, ..Analysis::default() };
        agree(&document, &mut analysis);
        assert_eq!(analysis.names.len(), 1);
    }
}
