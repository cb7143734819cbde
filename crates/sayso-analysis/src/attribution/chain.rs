//! Tags of a slice under a linear-chain conditional random field (Lafferty et al. 2001): the
//! best ones, and the probabilities of what they say.

use sayso_model::Kernels;
use sayso_text::TokenRange;

/// Outside; first and later words of the source; first and later words of a piece of the content.
pub(super) const N_TAGS: usize = 5;
const FIRST_SOURCE: usize = 1;
const LATER_SOURCE: usize = 2;
const FIRST_CONTENT: usize = 3;
const LATER_CONTENT: usize = 4;

/// Log-odds of what cannot be; far below any that the network gives, and finite.
const NEVER: f32 = -1e4;

/// What one more piece of content costs the best tags, in log-odds: a content in many pieces is
/// mostly one whose tags waver. Chosen on PolNeAR's development split.
const PIECE: f32 = 0.5;

/// A source none of whose words is likelier than this is not worth naming.
const LEAST_SOURCE: f32 = 0.01;

type Row = [f32; N_TAGS];

/// How tags follow each other.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// Log-odds of a tag after another, `[before, after]`; the first word's are those after outside.
    log_odds: [Row; N_TAGS],
    /// `e` to the power of these.
    weights: [Row; N_TAGS],
}

/// What a slice says of its cue.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) source: Option<TokenRange>,
    /// Probability of that very source, or that there is none.
    pub(crate) source_probability: f32,
    /// The likeliest other source.
    pub(crate) runner_up: Option<(TokenRange, f32)>,
    /// Stretches of the content, in text order.
    pub(crate) content: Vec<TokenRange>,
    /// Probability that there is any content.
    pub(crate) probability: f32,
    /// The slice's first token, and the probability of each of its tokens to be content.
    pub(crate) start: usize,
    pub(crate) in_content: Vec<f32>,
}

impl Chain {
    /// From log-odds `[before, after]`.
    pub(super) fn new(transitions: &[f32]) -> Self {
        let mut log_odds = [[NEVER; N_TAGS]; N_TAGS];
        for (before, row) in transitions.chunks_exact(N_TAGS).enumerate() {
            for (after, &value) in row.iter().enumerate() {
                if follows(before, after) {
                    log_odds[before][after] = value;
                }
            }
        }
        let mut weights = log_odds;
        Kernels::portable().exp(weights.as_flattened_mut());
        Self { log_odds, weights }
    }

    /// Reads the slice of a cue; `log_odds` is `[n, N_TAGS]` and overwritten, `start` the first token.
    pub(super) fn read(
        &self,
        kernels: Kernels,
        log_odds: &mut [f32],
        cue: TokenRange,
        start: usize,
    ) -> Reading {
        let (rows, _) = log_odds.as_chunks_mut::<N_TAGS>();
        for row in &mut rows[cue.start as usize - start..cue.end as usize - start] {
            row[FIRST_SOURCE..].fill(NEVER);
        }
        let best = self.best(rows);
        for row in &mut *rows {
            let highest = row.iter().fold(NEVER, |highest, &value| highest.max(value));
            for value in row {
                *value -= highest;
            }
        }
        kernels.exp(rows.as_flattened_mut());
        let sums = Sums::new(self, rows);
        sums.reading(&best, start)
    }

    /// The best tags (Viterbi).
    fn best(&self, rows: &[Row]) -> Vec<usize> {
        let mut scores = [NEVER; N_TAGS];
        scores[0] = 0.0;
        let mut from = Vec::with_capacity(rows.len());
        for row in rows {
            let mut next = [0.0; N_TAGS];
            let mut back = [0_u8; N_TAGS];
            for tag in 0..N_TAGS {
                let (best, score) = self.best_before(&scores, tag);
                let price = if tag == FIRST_CONTENT { PIECE } else { 0.0 };
                next[tag] = score + row[tag] - price;
                back[tag] = best;
            }
            scores = next;
            from.push(back);
        }
        let mut tag = largest(&scores);
        let mut tags = vec![0; rows.len()];
        for (at, back) in from.iter().enumerate().rev() {
            tags[at] = tag;
            tag = usize::from(back[tag]);
        }
        tags
    }

    /// The best tag before another, and the score of the two.
    fn best_before(&self, scores: &Row, after: usize) -> (u8, f32) {
        let mut best = (0, f32::NEG_INFINITY);
        for (number, before) in (0_u8..).zip(0..N_TAGS) {
            let score = scores[before] + self.log_odds[before][after];
            if score > best.1 {
                best = (number, score);
            }
        }
        best
    }
}

/// Whether a tag may stand after another: later words follow words of their own kind.
fn follows(before: usize, after: usize) -> bool {
    match after {
        LATER_SOURCE | LATER_CONTENT => before == after || before + 1 == after,
        _ => true,
    }
}

/// Sums over all tag sequences of a slice, scaled to 1 at each word (Rabiner 1989).
struct Sums<'a> {
    chain: &'a Chain,
    /// `e` to the power of the log-odds, the largest of a word being 1.
    weights: &'a [Row],
    forward: Vec<Row>,
    backward: Vec<Row>,
    /// What `forward` was divided by at each word.
    scales: Vec<f32>,
}

impl<'a> Sums<'a> {
    fn new(chain: &'a Chain, weights: &'a [Row]) -> Self {
        let n = weights.len();
        let mut forward: Vec<Row> = Vec::with_capacity(n);
        let mut scales = Vec::with_capacity(n);
        let mut last = START;
        for weights in weights {
            let mut row = step(chain, &last, weights);
            let total: f32 = row.iter().sum();
            for value in &mut row {
                *value /= total;
            }
            forward.push(row);
            scales.push(total);
            last = row;
        }
        let mut backward = vec![[1.0; N_TAGS]; n];
        for at in (0..n.saturating_sub(1)).rev() {
            for before in 0..N_TAGS {
                let mut sum = 0.0;
                for after in 0..N_TAGS {
                    let next = weights[at + 1][after] * backward[at + 1][after];
                    sum += chain.weights[before][after] * next;
                }
                backward[at][before] = sum / scales[at + 1];
            }
        }
        Self { chain, weights, forward, backward, scales }
    }

    fn reading(&self, best: &[usize], start: usize) -> Reading {
        let in_content: Vec<f32> = self
            .forward
            .iter()
            .zip(&self.backward)
            .map(|(a, b)| (FIRST_CONTENT..N_TAGS).map(|tag| a[tag] * b[tag]).sum::<f32>().min(1.0))
            .collect();
        let none = self.without(FIRST_SOURCE..=LATER_SOURCE);
        let source = if none < 0.5 { self.likeliest_source(None) } else { None };
        let source = source.map(|(range, _)| range);
        let source_probability = source.map_or(none, |source| self.source_probability(source));
        let runner_up = self.likeliest_source(source);
        let shifted = |range: TokenRange| {
            TokenRange::new(start + range.start as usize, start + range.end as usize)
        };
        Reading {
            source: source.map(shifted),
            source_probability,
            runner_up: runner_up.map(|(range, probability)| (shifted(range), probability)),
            content: runs(best, FIRST_CONTENT).into_iter().map(shifted).collect(),
            probability: 1.0 - self.without(FIRST_CONTENT..=LATER_CONTENT),
            start,
            in_content,
        }
    }

    /// The probability that none of these tags occurs.
    fn without(&self, tags: std::ops::RangeInclusive<usize>) -> f32 {
        let mut last = START;
        for (weights, scale) in self.weights.iter().zip(&self.scales) {
            let mut row = step(self.chain, &last, weights);
            for (tag, value) in row.iter_mut().enumerate() {
                *value = if tags.contains(&tag) { 0.0 } else { *value / scale };
            }
            last = row;
        }
        last.iter().sum::<f32>().min(1.0)
    }

    /// The probability that these very words are a source.
    fn source_probability(&self, range: TokenRange) -> f32 {
        let (start, end) = (range.start as usize, range.end as usize);
        let mut path = self.forward[start][FIRST_SOURCE];
        let mut last = FIRST_SOURCE;
        for at in start + 1..end {
            let weight = self.chain.weights[last][LATER_SOURCE] * self.weights[at][LATER_SOURCE];
            path *= weight / self.scales[at];
            last = LATER_SOURCE;
        }
        if end < self.weights.len() {
            let after = (0..N_TAGS).filter(|&tag| tag != LATER_SOURCE).map(|tag| {
                self.chain.weights[last][tag] * self.weights[end][tag] * self.backward[end][tag]
            });
            path *= after.sum::<f32>() / self.scales[end];
        }
        path.min(1.0)
    }

    /// The run of source words around the likeliest one, none of them in `but`, with the
    /// probability of these very words.
    ///
    /// By the words' own probabilities and not by the best tags: a source is right if its words
    /// are about right, and the single best sequence may leave out one that most others have.
    fn likeliest_source(&self, but: Option<TokenRange>) -> Option<(TokenRange, f32)> {
        let probability = |at: usize| {
            let taken = but.is_some_and(|it| it.range().contains(&at));
            let tags = FIRST_SOURCE..=LATER_SOURCE;
            let sum: f32 = tags.map(|tag| self.forward[at][tag] * self.backward[at][tag]).sum();
            if taken { 0.0 } else { sum }
        };
        let probabilities: Vec<f32> = (0..self.weights.len()).map(probability).collect();
        let peak = largest(&probabilities);
        let highest = *probabilities.get(peak)?;
        if highest < LEAST_SOURCE {
            return None;
        }
        let belongs = |at: &usize| probabilities[*at] >= 0.5 * highest;
        let start = (0..=peak).rev().take_while(belongs).last().unwrap_or(peak);
        let end = (peak..self.weights.len()).take_while(belongs).last().unwrap_or(peak) + 1;
        let range = TokenRange::new(start, end);
        Some((range, self.source_probability(range)))
    }
}

/// Before the first word all is outside.
const START: Row = [1.0, 0.0, 0.0, 0.0, 0.0];

fn step(chain: &Chain, last: &Row, weights: &Row) -> Row {
    let mut row = [0.0; N_TAGS];
    for (before, &sum) in last.iter().enumerate() {
        for (after, value) in row.iter_mut().enumerate() {
            *value += sum * chain.weights[before][after];
        }
    }
    row.iter_mut().zip(weights).for_each(|(value, weight)| *value *= weight);
    row
}

/// The stretches whose first words have the tag `first`, and the later ones the tag after it.
fn runs(tags: &[usize], first: usize) -> Vec<TokenRange> {
    let mut found: Vec<TokenRange> = Vec::new();
    for (at, &tag) in tags.iter().enumerate() {
        let place = TokenRange::new(at, at + 1);
        match found.last_mut() {
            Some(run) if tag == first + 1 && run.end == place.start => run.end = place.end,
            _ if tag == first || tag == first + 1 => found.push(place),
            _ => {}
        }
    }
    found
}

/// The place of the largest value; the first of several.
fn largest(values: &[f32]) -> usize {
    let mut best = 0;
    for (at, &value) in values.iter().enumerate() {
        if value > values[best] {
            best = at;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: TokenRange = TokenRange { start: 2, end: 3 };

    /// Log-odds that favour these tags by `margin`.
    fn favour(tags: &[usize], margin: f32) -> Vec<f32> {
        let mut log_odds = vec![0.0; tags.len() * N_TAGS];
        for (at, tag) in tags.iter().enumerate() {
            log_odds[at * N_TAGS + tag] = margin;
        }
        log_odds
    }

    fn read(tags: &[usize], margin: f32) -> Reading {
        let chain = Chain::new(&[0.0; N_TAGS * N_TAGS]);
        chain.read(Kernels::portable(), &mut favour(tags, margin), SAID, 0)
    }

    #[test]
    fn source_and_content_are_read_off_the_best_tags() {
        let found = read(&[1, 2, 0, 3, 4, 4, 0], 6.0);
        assert_eq!(found.source, Some(TokenRange::new(0, 2)));
        assert_eq!(found.content, [TokenRange::new(3, 6)]);
        assert!(found.probability > 0.99 && found.source_probability > 0.9, "{found:?}");
        assert_eq!(found.in_content.len(), 7);
        assert!(found.in_content[4] > 0.9 && found.in_content[6] < 0.1);
    }

    #[test]
    fn a_cue_is_neither_source_nor_content() {
        let found = read(&[1, 2, 2, 3, 4, 4, 4], 6.0);
        assert_eq!(found.source, Some(TokenRange::new(0, 2)));
    }

    #[test]
    fn no_content_is_told_by_its_probability() {
        let found = read(&[0; 7], 9.0);
        assert!(found.content.is_empty() && found.source.is_none());
        assert!(found.probability < 0.02 && found.source_probability > 0.9, "{found:?}");
    }

    #[test]
    fn probabilities_are_those_of_all_sequences() {
        // By hand: without log-odds every sequence is as likely, and there are so many.
        let chain = Chain::new(&[0.0; N_TAGS * N_TAGS]);
        let mut log_odds = vec![0.0; 2 * N_TAGS];
        let cue = TokenRange::new(0, 1);
        let found = chain.read(Kernels::portable(), &mut log_odds, cue, 0);
        // The cue is outside; the second word may be outside, or begin a source or a content.
        assert!((found.probability - 1.0 / 3.0).abs() < 1e-5, "{found:?}");
        assert!((found.in_content[1] - 1.0 / 3.0).abs() < 1e-5);
    }

    #[test]
    fn the_runner_up_is_another_source() {
        let mut log_odds = favour(&[1, 0, 0, 3, 4, 0], 4.0);
        log_odds[5 * N_TAGS + FIRST_SOURCE] = 3.0;
        let chain = Chain::new(&[0.0; N_TAGS * N_TAGS]);
        let found = chain.read(Kernels::portable(), &mut log_odds, SAID, 0);
        assert_eq!(found.source, Some(TokenRange::new(0, 1)));
        assert_eq!(found.runner_up.map(|it| it.0), Some(TokenRange::new(5, 6)));
    }
}
