//! From what each cue's slice says to attributions that agree with each other.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use sayso_text::TokenRange;

use super::Candidate;
use crate::Attribution;

/// A cue is one if it and its content are there with this joint probability. Chosen on PolNeAR's
/// development split, for the best F1.
const LEAST_SCORE: f32 = 0.35;

/// A content whose words are on average less likely part of it is mostly a guess at one. Chosen on
/// PolNeAR's development split, for the best F1.
const LEAST_CONTENT: f32 = 0.7;

/// Stretches of content with at most so many words between them are one, unless the cue or the
/// source stands there. Chosen on PolNeAR's development split.
const LONGEST_GAP: u32 = 8;

/// The outermost attributions among candidates, by cue.
///
/// The surer one wins: a cue inside the content of a surer attribution is part of what is said, and
/// a word that two contents claim goes to the one that is surer of it. `is_word` tells words from
/// punctuation marks.
pub(crate) fn attributions(
    candidates: Vec<Candidate>,
    is_word: impl Fn(usize) -> bool,
) -> Vec<Attribution> {
    let mut kept: Vec<Candidate> = Vec::new();
    let mut by_score: Vec<Candidate> = candidates
        .into_iter()
        .filter(|candidate| {
            score(candidate) >= LEAST_SCORE && !candidate.reading.content.is_empty()
        })
        .collect();
    // Scores are finite and positive, so that their bits are in their order.
    by_score.sort_by_key(|candidate| (Reverse(score(candidate).to_bits()), candidate.cue));
    let mut owners = Owners::default();
    let mut by_cue: BTreeMap<u32, usize> = BTreeMap::new();
    for mut candidate in by_score {
        if owners.holds(candidate.cue) {
            continue;
        }
        tidy(&mut candidate, &is_word);
        if !candidate.reading.content.is_empty() {
            for inner in held_by(&candidate, &kept, &by_cue) {
                by_cue.remove(&kept[inner].cue.start);
                owners.give(inner, kept.len());
            }
            owners.claim(kept.len(), &candidate);
            by_cue.insert(candidate.cue.start, kept.len());
            kept.push(candidate);
        }
    }
    let mut found: Vec<Attribution> = kept
        .into_iter()
        .enumerate()
        .filter(|(at, candidate)| by_cue.get(&candidate.cue.start) == Some(at))
        .filter_map(|(at, candidate)| attribution(owners.left(at, &candidate), candidate))
        .collect();
    found.sort_by_key(|attribution| attribution.cue);
    found
}

/// Those of some candidates that stand as a whole in the content of another, so that they are none of
/// the outermost ones, however sure: *Reyes told Aker that \[the owner\] \[had said\] \[it was safe\]*.
fn held_by(outer: &Candidate, kept: &[Candidate], by_cue: &BTreeMap<u32, usize>) -> Vec<usize> {
    let holds = |range: TokenRange| {
        let mut pieces = outer.reading.content.iter();
        pieces.any(|piece| piece.start <= range.start && range.end <= piece.end)
    };
    let pieces = outer.reading.content.iter();
    let inside = pieces.flat_map(|piece| by_cue.range(piece.start..piece.end)).map(|it| *it.1);
    inside
        .filter(|&at| {
            let Candidate { cue, reading, .. } = &kept[at];
            holds(*cue)
                && reading.source.is_none_or(holds)
                && reading.content.iter().copied().all(holds)
        })
        .collect()
}

fn score(candidate: &Candidate) -> f32 {
    candidate.cue_probability * candidate.reading.probability
}

fn attribution(content: Vec<TokenRange>, candidate: Candidate) -> Option<Attribution> {
    let Candidate { cue, cue_probability, reading } = candidate;
    let words = content.iter().flat_map(|piece| piece.range());
    let (mut sum, mut n) = (0.0, 0.0);
    for word in words {
        sum += reading.in_content[word - reading.start];
        n += 1.0;
    }
    (sum / n >= LEAST_CONTENT).then(|| Attribution {
        cue,
        source: reading.source,
        content,
        parent: None,
        cue_probability: cue_probability * reading.probability,
        source_probability: reading.source_probability,
        content_probability: sum / n,
        runner_up: reading.runner_up,
    })
}

/// Joins stretches of content with little between them, and drops those without a word.
fn tidy(candidate: &mut Candidate, is_word: impl Fn(usize) -> bool) {
    let own = |at: u32| {
        let holds = |range: TokenRange| (range.start..range.end).contains(&at);
        holds(candidate.cue) || candidate.reading.source.is_some_and(holds)
    };
    let mut joined: Vec<TokenRange> = Vec::new();
    for &piece in &candidate.reading.content {
        match joined.last_mut() {
            Some(last)
                if piece.start - last.end <= LONGEST_GAP && !(last.end..piece.start).any(own) =>
            {
                last.end = piece.end;
            }
            _ => joined.push(piece),
        }
    }
    joined.retain(|piece| piece.range().any(&is_word));
    candidate.reading.content = joined;
}

/// Which attribution each word of a content belongs to, and how surely.
#[derive(Debug, Default)]
struct Owners {
    of_word: rustc_hash::FxHashMap<u32, (usize, f32)>,
    /// Whose words are another's.
    given: rustc_hash::FxHashMap<usize, usize>,
}

impl Owners {
    fn owner(&self, at: u32) -> Option<usize> {
        let mut owner = self.of_word.get(&at)?.0;
        while let Some(&to) = self.given.get(&owner) {
            owner = to;
        }
        Some(owner)
    }

    /// Makes all words of one another's.
    fn give(&mut self, from: usize, to: usize) {
        self.given.insert(from, to);
    }

    /// Whether the whole range lies in the content of one attribution.
    fn holds(&self, range: TokenRange) -> bool {
        let owner = |at: u32| self.owner(at);
        owner(range.start)
            .is_some_and(|first| (range.start..range.end).all(|at| owner(at) == Some(first)))
    }

    fn claim(&mut self, number: usize, candidate: &Candidate) {
        for piece in &candidate.reading.content {
            for at in piece.start..piece.end {
                let sure = candidate.reading.in_content[at as usize - candidate.reading.start];
                let owner = self.of_word.entry(at).or_insert((number, sure));
                if owner.1 < sure {
                    *owner = (number, sure);
                }
            }
        }
    }

    /// The content that an attribution is left with.
    fn left(&self, number: usize, candidate: &Candidate) -> Vec<TokenRange> {
        let mut left: Vec<TokenRange> = Vec::new();
        for piece in &candidate.reading.content {
            let own = |at: &u32| self.owner(*at) == Some(number);
            let from = left.len();
            for at in (piece.start..piece.end).filter(own) {
                match left[from..].last_mut() {
                    Some(last) if last.end == at => last.end += 1,
                    _ => left.push(TokenRange { start: at, end: at + 1 }),
                }
            }
        }
        left
    }
}
