//! Words that tell a sector.

use std::sync::LazyLock;

use sayso_text::TokenRange;

use super::country;
use crate::lexicon::{LEXICON, WordClass};
use crate::text::Text;
use crate::words::{PhraseMap, WordMap};

/// The longest entry that ends in a noun, in tokens: *editor-in-chief* has five.
const MAX_TOKENS: usize = 5;
/// Steps down from *spokesman* in *a spokesman for the ministry of the interior*.
const MAX_DEPTH: usize = 3;

/// Classes of `data/sectors.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Person,
    Body,
    Generic,
    Country,
    Press,
    Name,
}

/// What an entry tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// PLOVER's code; none where the word tells none.
    pub(crate) sector: Option<&'static str>,
    /// ISO 3166 alpha-3, of a whole name.
    pub(crate) country: Option<&'static str>,
}

/// A noun with the words that belong to it in the table: *\[foreign minister\]*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    pub(crate) tokens: TokenRange,
    pub(crate) class: Class,
    pub(crate) sector: Option<&'static str>,
}

type Entries = Vec<(Class, Entry)>;

static TABLE: LazyLock<PhraseMap<Entries>> = LazyLock::new(|| {
    let mut table = WordMap::<Entries>::default();
    let lines = include_str!("../../data/sectors.tsv").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let fields: Vec<_> = line.split('\t').collect();
        let &[sector, class, words] = fields.as_slice() else {
            panic!("`{line}`: sector, class, words");
        };
        let class = class_of(class).unwrap_or_else(|| panic!("`{line}`: no such class"));
        let told = |code: &'static str| (code != "-").then_some(code);
        let (country, words) = match words.split_once(": ") {
            Some((country, words)) => (told(country), words),
            None => (None, words),
        };
        for word in words.split(", ") {
            let entry = Entry { sector: told(sector), country };
            table.entry(word).or_default().push((class, entry));
        }
    }
    PhraseMap::new(table)
});

/// The entry of some words, in lower case.
pub(crate) fn entry(words: &str, class: Class) -> Option<Entry> {
    let found = TABLE.get(words)?.iter().find(|it| it.0 == class)?;
    Some(found.1)
}

/// The longest entry for a person or an organization that ends in `noun`.
pub(crate) fn noun(text: &Text<'_>, noun: usize) -> Option<Noun> {
    let first = text.sentence(noun)?.tokens.start as usize;
    let lower = text.lower(noun);
    let lemma = text.lemma(noun);
    let forms = [lower.as_str(), &lemma, lower.strip_suffix('s').unwrap_or("")];
    let forms = forms.iter().filter(|it| !it.is_empty());
    let longer = || {
        let ends_longer = forms.clone().any(|it| TABLE.is_ending(it));
        let from = first.max((noun + 1).saturating_sub(MAX_TOKENS));
        (from..noun).filter(move |_| ends_longer).find_map(|start| {
            let before = text.spelled_to(start, noun).to_lowercase();
            forms.clone().find_map(|form| told(&format!("{before}{form}"))).map(|it| (start, it))
        })
    };
    let alone = || forms.clone().find_map(|form| told(form)).map(|it| (noun, it));
    let (start, (class, sector)) = longer().or_else(alone)?;
    Some(Noun { tokens: TokenRange::new(start, noun + 1), class, sector })
}

/// The class and the sector of some words that stand for a person or an organization.
fn told(words: &str) -> Option<(Class, Option<&'static str>)> {
    let entries = TABLE.get(words)?;
    [Class::Person, Class::Body, Class::Generic].into_iter().find_map(|class| {
        let found = entries.iter().find(|it| it.0 == class)?;
        Some((class, found.1.sector))
    })
}

/// The sector of what a noun stands for, by its own entry or by those of its modifiers.
///
/// *rebel \[leader\]* is of the rebels, *Turkish \[officials\]* are of a government, *\[officials\] of
/// the airline* are not.
pub(crate) fn of_noun(text: &Text<'_>, noun_at: usize, depth: usize) -> Option<&'static str> {
    let noun = noun(text, noun_at)?;
    if noun.class != Class::Generic {
        let office = matches!(noun.sector, Some("GOV" | "LEG"));
        return if office && is_former(text, &noun) { Some("ELI") } else { noun.sector };
    }
    if depth == MAX_DEPTH {
        return None;
    }
    let mut beside_country = false;
    let mut beside_unknown = false;
    for modifier in text.dependents(noun_at) {
        let relation = text.full_relation(modifier);
        let of = matches!(relation, "nmod") && case_of(text, modifier, &["of", "for", "with"]);
        if !of && !matches!(relation, "amod" | "compound" | "nmod:poss" | "nmod:unmarked") {
            continue;
        }
        if country::form_ending_at(text, modifier).is_some_and(|it| it.1.is_country()) {
            beside_country = true;
            continue;
        }
        if let Some(sector) =
            of_name_at(text, modifier).or_else(|| of_noun(text, modifier, depth + 1))
        {
            return Some(sector);
        }
        beside_unknown |= relation != "amod";
    }
    let word = text.lemma(noun_at);
    match (beside_unknown, beside_country) {
        (true, _) => None,
        (_, true) => entry(&word, Class::Country).and_then(|it| it.sector).or(noun.sector),
        _ => noun.sector,
    }
}

/// What a whole name tells: by its entry, else by the words that say what kind of body it is.
///
/// *the \[White House\]*, *\[Ministry\] of Health*, *Norvik \[Police\]*, *the Norvik \[Times\]*.
pub(crate) fn of_name(text: &Text<'_>, tokens: TokenRange) -> Option<Entry> {
    let spelled = text.spelled(tokens).to_lowercase();
    let whole = spelled.strip_prefix("the ").unwrap_or(&spelled);
    if let Some(found) = entry(whole, Class::Name) {
        return Some(found);
    }
    let range = tokens.range();
    let is_link = |at: &usize| {
        matches!(
            text.form(*at),
            "of" | "for" | "on" | "to" | "in" | "de" | "del" | "des" | "du" | "("
        )
    };
    let end = range.clone().find(is_link).unwrap_or(range.end);
    let last = end.checked_sub(1).filter(|at| range.contains(at))?;
    let body =
        noun(text, last).filter(|it| it.class == Class::Body && it.tokens.start >= tokens.start);
    let sector = body.and_then(|it| it.sector);
    let word = text.lower(last);
    let press = || {
        let entry = entry(&word, Class::Press)?;
        let listed = LEXICON.is(WordClass::Outlet, &word) || range.len() > 1;
        entry.sector.filter(|_| listed && range.len() > 1)
    };
    sector.or_else(press).map(|sector| Entry { sector: Some(sector), country: None })
}

/// What the name tells that has a token.
fn of_name_at(text: &Text<'_>, token: usize) -> Option<&'static str> {
    let name = text.name_at(token)?;
    of_name(text, name.tokens).and_then(|it| it.sector)
}

/// Whether somebody no longer is what the noun says: *the former mayor*, *ex-president*.
pub(crate) fn is_former(text: &Text<'_>, noun: &Noun) -> bool {
    let is_former = |at: usize| matches!(text.lower(at).as_str(), "former" | "ex" | "ousted");
    let before = noun.tokens.range().start;
    let near = (before.saturating_sub(2)..before).any(is_former);
    near || text.dependents(noun.tokens.range().end - 1).any(is_former)
}

/// Whether a phrase is led by one of some prepositions.
pub(crate) fn case_of(text: &Text<'_>, token: usize, words: &[&str]) -> bool {
    text.dependents(token)
        .any(|it| text.relation(it) == "case" && words.contains(&text.lower(it).as_str()))
}

fn class_of(name: &str) -> Option<Class> {
    Some(match name {
        "person" => Class::Person,
        "body" => Class::Body,
        "generic" => Class::Generic,
        "country" => Class::Country,
        "press" => Class::Press,
        "name" => Class::Name,
        _ => return None,
    })
}
