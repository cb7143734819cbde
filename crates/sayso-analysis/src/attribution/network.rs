//! The network that reads the words around a cue. `Attribution` in `train/model.py` is the same.

use sayso_model::{Codes, Dense, Kernels, LayerNorm, ModelError, Weights};
use sayso_text::TokenRange;

use super::chain::{Chain, N_TAGS};
use super::slice::{N_PLACES, N_SENTENCES, Place};
use crate::encoder::{Encoding, Layer};

#[derive(Debug)]
pub(super) struct Network {
    cue_hidden: Dense,
    cue_out: Dense,
    word: Dense,
    first: Dense,
    last: Dense,
    /// `[N_PLACES, width]`, and so on.
    place: Vec<f32>,
    sentence: Vec<f32>,
    other: Vec<f32>,
    layers: Vec<Layer>,
    norm: LayerNorm,
    out: Dense,
    chain: Chain,
}

/// Working memory: the rows of a batch of slices.
#[derive(Debug, Default)]
pub(super) struct NetworkScratch {
    x: Vec<f32>,
    next: Vec<f32>,
    pre: Vec<f32>,
    codes: Codes,
    /// Where each slice ends, in rows.
    ends: Vec<usize>,
    hidden: Vec<f32>,
    cue_tags: Vec<f32>,
    tags: Vec<f32>,
}

impl NetworkScratch {
    /// Begins a batch of slices.
    pub(super) fn begin(&mut self) {
        self.x.clear();
        self.ends.clear();
    }
}

impl Network {
    pub(super) fn from_weights(weights: &Weights) -> Result<Self, ModelError> {
        let (d, cue) = (weights.size("width")?, weights.size("cue")?);
        let width = weights.size("attribution")?;
        let dense =
            |name: &str, n_in, n_out| weights.dense(&format!("attribution.{name}"), n_in, n_out);
        let matrix = |name: &str, n_rows| {
            weights.matrix(&format!("attribution.{name}.weight"), n_rows, width)
        };
        let layers = (0..weights.size("attribution_layers")?)
            .map(|at| Layer::from_weights(weights, &format!("attribution.layers.{at}"), width))
            .collect::<Result<_, ModelError>>()?;
        let transitions = weights.matrix("attribution.transitions", N_TAGS, N_TAGS)?;
        Ok(Self {
            cue_hidden: dense("cue.0", d, cue)?,
            cue_out: dense("cue.3", cue, 3)?,
            word: dense("word", d, width)?,
            first: dense("first", d, width)?,
            last: dense("last", d, width)?,
            place: matrix("place", N_PLACES)?,
            sentence: matrix("sentence", N_SENTENCES)?,
            other: matrix("other", 2)?,
            layers,
            norm: weights.layer_norm("attribution.norm", width)?,
            out: dense("out", width, N_TAGS)?,
            chain: Chain::new(&transitions),
        })
    }

    /// Values of a word's vector in a slice.
    pub(super) fn width(&self) -> usize {
        self.word.n_out()
    }

    pub(super) fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Probabilities of the cue tags of a window's words: outside, first, later word.
    pub(super) fn cues<'s>(
        &self,
        kernels: Kernels,
        encoding: &Encoding,
        scratch: &'s mut NetworkScratch,
    ) -> &'s [[f32; 3]] {
        let NetworkScratch { hidden, cue_tags, codes, .. } = scratch;
        let n = encoding.codes.n_rows();
        hidden.resize(n * self.cue_hidden.n_out(), 0.0);
        kernels.dense(&self.cue_hidden, &encoding.codes, hidden);
        kernels.relu(hidden);
        kernels.quantize(hidden, self.cue_hidden.n_out(), codes);
        cue_tags.resize(n * 3, 0.0);
        kernels.dense(&self.cue_out, codes, cue_tags);
        for row in cue_tags.chunks_exact_mut(3) {
            kernels.softmax(row);
        }
        cue_tags.as_chunks().0
    }

    /// Appends the vectors that a window's words have in every slice.
    pub(super) fn embed(&self, kernels: Kernels, encoding: &Encoding, words: &mut Vec<f32>) {
        let start = words.len();
        words.resize(start + encoding.codes.n_rows() * self.width(), 0.0);
        kernels.dense(&self.word, &encoding.codes, &mut words[start..]);
    }

    /// What a cue, given in words of its window, adds to each word of its slice.
    pub(super) fn query(
        &self,
        kernels: Kernels,
        encoding: &Encoding,
        cue: TokenRange,
        scratch: &mut NetworkScratch,
    ) -> Vec<f32> {
        let mut query = vec![0.0; self.width()];
        let mut last = vec![0.0; self.width()];
        let ends = [
            (&self.first, cue.start as usize, &mut query),
            (&self.last, cue.end as usize - 1, &mut last),
        ];
        for (dense, row, out) in ends {
            scratch.codes.clear();
            scratch.codes.push(&encoding.codes, row);
            kernels.dense(dense, &scratch.codes, out);
        }
        kernels.add(&last, &mut query);
        query
    }

    /// Adds a slice to the batch: its words' vectors, their places, and its cue's query.
    pub(super) fn add_slice(
        &self,
        kernels: Kernels,
        words: &[f32],
        places: impl Iterator<Item = Place>,
        query: &[f32],
        scratch: &mut NetworkScratch,
    ) {
        let width = self.width();
        let start = scratch.x.len();
        scratch.x.extend_from_slice(words);
        for (x, place) in scratch.x[start..].chunks_exact_mut(width).zip(places) {
            kernels.add(query, x);
            kernels.add(&self.place[place.distance * width..][..width], x);
            kernels.add(&self.sentence[place.sentence * width..][..width], x);
            kernels.add(&self.other[usize::from(place.other) * width..][..width], x);
        }
        scratch.ends.push(scratch.x.len() / width);
    }

    /// Log-odds of the tags of all words in the batch, `[rows, N_TAGS]`.
    pub(super) fn tags<'s>(
        &self,
        kernels: Kernels,
        scratch: &'s mut NetworkScratch,
    ) -> &'s mut [f32] {
        let NetworkScratch { x, next, pre, codes, ends, tags, .. } = scratch;
        let width = self.width();
        next.resize(x.len(), 0.0);
        pre.resize(3 * x.len(), 0.0);
        for layer in &self.layers {
            layer.project(kernels, x, codes, pre);
            let mut start = 0;
            for &end in &*ends {
                let rows = start * width..end * width;
                let pre = &pre[3 * rows.start..3 * rows.end];
                kernels.gated_recurrence(pre, &x[rows.clone()], &mut next[rows], width);
                start = end;
            }
            std::mem::swap(x, next);
        }
        kernels.layer_norm_quantized(&self.norm, x, codes);
        tags.resize(x.len() / width * N_TAGS, 0.0);
        kernels.dense(&self.out, codes, tags);
        tags
    }
}
