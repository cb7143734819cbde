//! From what each cue's slice says to attributions that agree with each other.

use std::cmp::Reverse;

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
    for mut candidate in by_score {
        if owners.holds(candidate.cue) {
            continue;
        }
        tidy(&mut candidate, &is_word);
        if !candidate.reading.content.is_empty() {
            owners.claim(kept.len(), &candidate);
            kept.push(candidate);
        }
    }
    let mut found: Vec<Attribution> = kept
        .into_iter()
        .enumerate()
        .filter_map(|(at, candidate)| attribution(owners.left(at, &candidate), candidate))
        .collect();
    found.sort_by_key(|attribution| attribution.cue);
    found
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
struct Owners(rustc_hash::FxHashMap<u32, (usize, f32)>);

impl Owners {
    /// Whether the whole range lies in the content of one attribution.
    fn holds(&self, range: TokenRange) -> bool {
        let owner = |at: u32| self.0.get(&at).map(|it| it.0);
        owner(range.start)
            .is_some_and(|first| (range.start..range.end).all(|at| owner(at) == Some(first)))
    }

    fn claim(&mut self, number: usize, candidate: &Candidate) {
        for piece in &candidate.reading.content {
            for at in piece.start..piece.end {
                let sure = candidate.reading.in_content[at as usize - candidate.reading.start];
                let owner = self.0.entry(at).or_insert((number, sure));
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
            let own = |at: &u32| self.0.get(at).is_some_and(|owner| owner.0 == number);
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
