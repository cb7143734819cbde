//! Names agree within a document: what is a person once is a person again.
//!
//! The same words rarely name two things in one text (*one sense per discourse*, Gale, Church and
//! Yarowsky 1992), and a window of sentences does not see all of it.

use std::collections::BTreeMap;

use sayso_text::{Document, TokenRange};

use crate::names::{KINDS, kind_number};
use crate::{Analysis, EntityKind, Name};

/// Words that a document names with less certainty in all are not sought elsewhere in it.
/// Measured on GUM dev: with this step names F1 is 63.0, without 61.7; 0.5 to 1.5 are alike.
const LEAST_SUPPORT: f32 = 0.9;

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
/// A person's last name counts for the full name's kind: *\[Ana Reyes\] … \[Reyes\] said*. Only proper
/// nouns are found anew, and only where all that stand together are a name known from elsewhere.
///
/// # Cost
///
/// `n log n` in the names, linear in the tokens.
pub(crate) fn agree(document: &Document, analysis: &mut Analysis<'_>) {
    let votes = count(document, &analysis.names);
    for name in &mut analysis.names {
        let votes = votes[words(document, name.tokens)];
        let (kind, probability) = votes.winner();
        if kind != name.kind && probability > 0.0 {
            (name.kind, name.probability) = (kind, probability);
        }
    }
    let found = passed_over(document, analysis, &votes);
    if !found.is_empty() {
        analysis.names.extend(found);
        analysis.names.sort_by_key(|name| name.tokens);
    }
}

fn count<'d>(document: &'d Document, names: &[Name]) -> BTreeMap<&'d str, Votes> {
    let mut votes: BTreeMap<&str, Votes> = BTreeMap::new();
    for name in names {
        votes.entry(words(document, name.tokens)).or_default().add(name.kind, name.probability);
        if name.kind == EntityKind::Person && name.tokens.len() > 1 {
            let end = name.tokens.range().end;
            let last = words(document, TokenRange::new(end - 1, end));
            votes.entry(last).or_default().add(name.kind, name.probability);
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
    let mut free: Vec<bool> = analysis.words.iter().map(|word| word.upos == "PROPN").collect();
    for name in &analysis.names {
        free[name.tokens.range()].fill(false);
    }
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let mut start = sentence.tokens.range().start;
        let end = sentence.tokens.range().end;
        while start < end {
            let run = free[start..end].iter().take_while(|&&free| free).count();
            let tokens = TokenRange::new(start, start + run);
            start += run.max(1);
            let Some(votes) = (run > 0).then(|| votes.get(words(document, tokens))).flatten()
            else {
                continue;
            };
            if votes.total() >= LEAST_SUPPORT {
                let (kind, probability) = votes.winner();
                found.push(Name { tokens, kind, probability });
            }
        }
    }
    found
}

/// The text of a name.
fn words(document: &Document, tokens: TokenRange) -> &str {
    let tokens = &document.tokens[tokens.range()];
    let (first, last) = (tokens[0].span, tokens[tokens.len() - 1].span);
    document.text.get(first.start()..last.end()).expect("tokens lie in their text")
}

#[cfg(test)]
mod tests {
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
    fn the_surer_kind_wins() {
        let names = read(
            "from Varna . to Varna .",
            &[(1, 2, EntityKind::Place, 0.9), (4, 5, EntityKind::Organization, 0.5)],
        );
        assert!(names.iter().all(|name| name.kind == EntityKind::Place));
        assert!(names[1].probability < names[0].probability);
    }
}
