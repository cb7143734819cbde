//! Attributions: cues, and the source and content of each.
//!
//! The encoder's vectors give the cues. For each cue the words around it are read once more with the
//! cue marked, by a small network of its own ([`network`]), and the best tags of that [`slice`](mod@slice) under
//! a linear [`chain`] are its source and content. What the slices say together is made one reading of
//! the document in [`conflicts`].
//!
//! PolNeAR, which the network is trained on, marks outermost attributions only. One in another's
//! content is found by reading the content by itself, as if nobody had said it ([`nested`]).

mod chain;
mod conflicts;
mod dateline;
mod nested;
mod network;
mod quoted;
mod slice;

use std::collections::VecDeque;

use sayso_model::{Kernels, ModelError, Weights};
use sayso_text::TokenRange;

use crate::encoder::Encoding;
use chain::Reading;
use network::Network;
use slice::Slice;

pub(crate) use conflicts::attributions;
pub(crate) use dateline::without_datelines;
pub(crate) use nested::stretch;
pub(crate) use quoted::{from_their_beginnings, to_their_ends};

/// Words that are part of a cue with at least this probability are. Low, because a doubtful cue is
/// dropped again if its slice shows no content. Chosen on PolNeAR's development split.
const LEAST_CUE: f32 = 0.15;

/// Words of a cue are at least so likely part of it as a share of its likeliest word's probability.
const LEAST_SHARE: f32 = 0.4;

/// Cues of at least this probability are marked for each other's slices, as the true ones are in
/// training.
const SURE_CUE: f32 = 0.5;

/// Rows of slices that are computed together.
const BATCH_ROWS: usize = 1024;

/// The trained network, immutable and shared by all threads.
#[derive(Debug)]
pub(crate) struct Attributor {
    network: Network,
}

/// A cue with what the words around it say.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) cue: TokenRange,
    pub(crate) cue_probability: f32,
    pub(crate) reading: Reading,
}

/// A cue whose slice is not read yet.
#[derive(Clone, Debug)]
struct Pending {
    cue: TokenRange,
    probability: f32,
    /// What the cue adds to each word of its slice.
    query: Vec<f32>,
}

/// The words of a text, window by window, with their cues. Memory is bounded by what a slice spans.
#[derive(Debug, Default)]
pub(crate) struct AttributionScratch {
    /// The text's states, [`crate::features::contexts`], of the words so far.
    contexts: Vec<u8>,
    /// Which of the words so far are part of a cue.
    in_cue: Vec<bool>,
    /// The network's vectors of the words from `first_kept`.
    words: Vec<f32>,
    first_kept: usize,
    pending: VecDeque<Pending>,
    found: Vec<Candidate>,
    network: network::NetworkScratch,
}

impl Attributor {
    pub(crate) fn from_weights(weights: &Weights) -> Result<Self, ModelError> {
        Ok(Self { network: Network::from_weights(weights)? })
    }

    /// Takes the next window of a text.
    pub(crate) fn push(
        &self,
        kernels: Kernels,
        contexts: &[u8],
        encoding: &Encoding,
        scratch: &mut AttributionScratch,
    ) {
        let first = scratch.contexts.len();
        scratch.contexts.extend_from_slice(contexts);
        scratch.in_cue.resize(scratch.contexts.len(), false);
        self.network.embed(kernels, encoding, &mut scratch.words);
        let tags = self.network.cues(kernels, encoding, &mut scratch.network);
        for (cue, probability) in cues(tags) {
            let query = self.network.query(kernels, encoding, cue, &mut scratch.network);
            let cue = TokenRange::new(first + cue.start as usize, first + cue.end as usize);
            if probability >= SURE_CUE {
                scratch.in_cue[cue.range()].fill(true);
            }
            scratch.pending.push_back(Pending { cue, probability, query });
        }
        self.read_slices(kernels, Some(slice::AFTER), scratch);
        scratch.forget();
    }

    /// The cues of the whole text with their readings, in text order; empties `scratch`.
    pub(crate) fn finish(
        &self,
        kernels: Kernels,
        scratch: &mut AttributionScratch,
    ) -> Vec<Candidate> {
        self.read_slices(kernels, None, scratch);
        scratch.contexts.clear();
        scratch.in_cue.clear();
        scratch.words.clear();
        scratch.first_kept = 0;
        std::mem::take(&mut scratch.found)
    }

    /// Reads the slices of those cues that have so many words after them, or of all.
    fn read_slices(
        &self,
        kernels: Kernels,
        after: Option<usize>,
        scratch: &mut AttributionScratch,
    ) {
        let n = scratch.contexts.len();
        let ready =
            |pending: &Pending| after.is_none_or(|after| pending.cue.end as usize + after <= n);
        while scratch.pending.front().is_some_and(ready) {
            let mut slices = Vec::new();
            let mut n_rows = 0;
            while n_rows < BATCH_ROWS
                && scratch.pending.front().is_some_and(ready)
                && let Some(next) = scratch.pending.pop_front()
            {
                let slice = Slice::around(next.cue, &scratch.contexts);
                n_rows += slice.len();
                slices.push((next, slice));
            }
            self.read_batch(kernels, &slices, scratch);
        }
    }

    fn read_batch(
        &self,
        kernels: Kernels,
        slices: &[(Pending, Slice)],
        scratch: &mut AttributionScratch,
    ) {
        let AttributionScratch { contexts, in_cue, words, first_kept, found, network, .. } =
            scratch;
        network.begin();
        for (pending, slice) in slices {
            let from = (slice.start - *first_kept) * self.network.width();
            let words = &words[from..][..slice.len() * self.network.width()];
            let places = slice.places(contexts, in_cue);
            self.network.add_slice(kernels, words, places, &pending.query, network);
        }
        let tags = self.network.tags(kernels, network);
        let mut rest = tags;
        for (pending, slice) in slices {
            let (tags, after) = rest.split_at_mut(slice.len() * chain::N_TAGS);
            rest = after;
            let reading = self.network.chain().read(kernels, tags, pending.cue, slice.start);
            let (cue, cue_probability) = (pending.cue, pending.probability);
            found.push(Candidate { cue, cue_probability, reading });
        }
    }
}

#[cfg(test)]
impl Attributor {
    /// Cue probabilities of a window's words, `[n, 3]`, and the log-odds of the tags around given
    /// cues, one slice after the other: for the parity fixture.
    pub(crate) fn numbers(
        &self,
        kernels: Kernels,
        contexts: &[u8],
        encoding: &Encoding,
        cues: &[TokenRange],
    ) -> (Vec<f32>, Vec<f32>) {
        let mut network = network::NetworkScratch::default();
        let probabilities =
            self.network.cues(kernels, encoding, &mut network).as_flattened().to_vec();
        let mut in_cue = vec![false; contexts.len()];
        for cue in cues {
            in_cue[cue.range()].fill(true);
        }
        let mut words = Vec::new();
        self.network.embed(kernels, encoding, &mut words);
        let queries: Vec<Vec<f32>> = cues
            .iter()
            .map(|&cue| self.network.query(kernels, encoding, cue, &mut network))
            .collect();
        network.begin();
        for (&cue, query) in cues.iter().zip(&queries) {
            let slice = Slice::around(cue, contexts);
            let words = &words[slice.start * self.network.width()..];
            let words = &words[..slice.len() * self.network.width()];
            let places = slice.places(contexts, &in_cue);
            self.network.add_slice(kernels, words, places, query, &mut network);
        }
        (probabilities, self.network.tags(kernels, &mut network).to_vec())
    }
}

impl AttributionScratch {
    /// Drops the words that no slice will reach any more.
    fn forget(&mut self) {
        let next = self.pending.front().map_or(self.contexts.len(), |it| it.cue.start as usize);
        let needed = next.saturating_sub(slice::BEFORE);
        let n_kept = self.contexts.len() - self.first_kept;
        if n_kept > 0 && needed - self.first_kept > BATCH_ROWS {
            let width = self.words.len() / n_kept;
            self.words.drain(..(needed - self.first_kept) * width);
            self.first_kept = needed;
        }
    }
}

/// The cues in the tags of a window, each with the probability of its likeliest word. `tags` is
/// `[n, 3]`: outside, first, later word.
///
/// The likeliest word of a run takes in its neighbours, as far as they are not much less likely than
/// itself and begin no cue of their own.
fn cues(tags: &[[f32; 3]]) -> Vec<(TokenRange, f32)> {
    let part = |at: usize| 1.0 - tags[at][0];
    let begins = |at: usize| tags[at][1] > tags[at][2];
    let mut found: Vec<(TokenRange, f32)> = Vec::new();
    let mut at = 0;
    while at < tags.len() {
        if part(at) < LEAST_CUE {
            at += 1;
            continue;
        }
        // A run of likely words, up to the next that begins a cue.
        let mut end = at + 1;
        while end < tags.len() && part(end) >= LEAST_CUE && !begins(end) {
            end += 1;
        }
        let highest = (at..end).map(part).fold(0.0, f32::max);
        let belongs = |it: &usize| part(*it) >= LEAST_SHARE * highest;
        let peak = (at..end).find(|&it| part(it) >= highest).unwrap_or(at);
        let first = (at..=peak).rev().take_while(belongs).last().unwrap_or(peak);
        let last = (peak..end).take_while(belongs).last().unwrap_or(peak);
        found.push((TokenRange::new(first, last + 1), highest));
        at = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_runs_of_likely_words() {
        let tags = [
            [0.9, 0.1, 0.0],
            [0.2, 0.7, 0.1],
            [0.6, 0.0, 0.4],
            [0.1, 0.9, 0.0],
            [0.95, 0.0, 0.05],
            [0.5, 0.0, 0.5],
        ];
        let found: Vec<_> = cues(&tags).into_iter().map(|(cue, _)| (cue.start, cue.end)).collect();
        assert_eq!(found, [(1, 3), (3, 4), (5, 6)]);
    }

    #[test]
    fn an_unlikely_neighbour_of_a_sure_word_is_no_part_of_the_cue() {
        let tags = [[0.7, 0.2, 0.1], [0.01, 0.4, 0.59], [0.75, 0.0, 0.25]];
        let found: Vec<_> = cues(&tags).into_iter().map(|(cue, _)| (cue.start, cue.end)).collect();
        assert_eq!(found, [(1, 2)]);
    }
}
