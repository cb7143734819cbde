//! The analyzer: a model with its label sets, ready to read documents.

use sayso_model::{Kernels, ModelError, Weights};
use sayso_text::{Document, TokenId, TokenRange};

use crate::agreement::agree;
use crate::attribution::{
    AttributionScratch, Attributor, attributions, from_their_beginnings, stretch, to_their_ends,
    without_datelines,
};
use crate::coreference::resolve;
use crate::encoder::{Encoder, EncoderScratch, Encoding};
use crate::features::contexts;
use crate::heads::{Buffers, HEADS, Head, Window};
use crate::{Analysis, Attribution, Word};

/// Sentences are encoded together up to this many words, so that each word sees the sentences
/// around its own. The network is trained on windows of up to this length.
const WINDOW_WORDS: usize = 128;

/// Sentences of plain text have at most this many words; given ones that are longer are read in
/// pieces.
const LONGEST_PIECE: usize = 512;

/// Attributions in each other's contents are read down to this depth.
const DEEPEST: usize = 4;

/// A trained model, immutable and shared by all threads.
#[derive(Debug)]
pub struct Analyzer {
    kernels: Kernels,
    encoder: Encoder,
    heads: Vec<Box<dyn Head>>,
    attributor: Attributor,
}

/// One thread's working memory; grows to the largest window and is reused.
///
/// It caches what depends on a word's spelling alone, so it belongs to one [`Analyzer`].
#[derive(Debug)]
pub struct Scratch {
    encoder: EncoderScratch,
    encoding: Encoding,
    contexts: Vec<u8>,
    buffers: Buffers,
    attribution: AttributionScratch,
}

/// What [`Scratch::default`] caches: 6,100 types of a model of width 256. A simulation on 546,000 tokens
/// of Wikinews, cut by a regular expression, has 13 of 100 computed; 5 with a cache without end.
const CACHE_BYTES: usize = 24 << 20;

impl Scratch {
    /// Working memory that keeps at most so many bytes of word types; fewer are slower, and read
    /// the same.
    pub fn with_cache(bytes: usize) -> Self {
        Self {
            encoder: EncoderScratch::new(bytes),
            encoding: Encoding::default(),
            contexts: Vec::new(),
            buffers: Buffers::default(),
            attribution: AttributionScratch::default(),
        }
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::with_cache(CACHE_BYTES)
    }
}

impl Analyzer {
    /// Makes the network from its weights, computing with the processor's best instructions.
    ///
    /// # Errors
    ///
    /// Any [`ModelError`]: a tensor, label set or number is missing or has another shape, or a
    /// tensor belongs to no layer of this network.
    pub fn from_weights(weights: &Weights) -> Result<Self, ModelError> {
        Self::with_kernels(weights, Kernels::detect())
    }

    /// As [`Analyzer::from_weights`], computing with the given instructions.
    ///
    /// # Errors
    ///
    /// As [`Analyzer::from_weights`].
    pub fn with_kernels(weights: &Weights, kernels: Kernels) -> Result<Self, ModelError> {
        let heads = HEADS.iter().map(|load| load(weights)).collect::<Result<_, _>>()?;
        let encoder = Encoder::from_weights(weights)?;
        let attributor = Attributor::from_weights(weights)?;
        weights.check_all_used()?;
        Ok(Self { kernels, encoder, heads, attributor })
    }

    /// Reads one document: tags, trees and names, who is said to have said what, who is who.
    ///
    /// # Cost
    ///
    /// Linear in the words; the trees are quadratic in a sentence's words up to 512, and longer
    /// sentences are read in pieces.
    pub fn analyze<'m>(&'m self, document: &Document, scratch: &mut Scratch) -> Analysis<'m> {
        let words = vec![Word::default(); document.tokens.len()];
        let mut analysis = Analysis { words, ..Analysis::default() };
        let mut states = std::mem::take(&mut scratch.contexts);
        contexts(document, &mut states);
        let pieces: Vec<TokenRange> =
            document.sentences.iter().flat_map(|sentence| pieces(sentence.tokens)).collect();
        for window in windows(&pieces) {
            self.read_window(document, &states, window, scratch, &mut analysis);
        }
        for sentence in &document.sentences {
            join_pieces(sentence.tokens, &mut analysis.words);
        }
        scratch.contexts = states;
        self.attribute(document, scratch, &mut analysis);
        agree(document, &mut analysis);
        resolve(document, &mut analysis);
        analysis
    }

    /// Makes the cues that the windows have left in `scratch` attributions, and reads their contents
    /// for those inside.
    fn attribute(&self, document: &Document, scratch: &mut Scratch, analysis: &mut Analysis<'_>) {
        let is_word = |at: usize| {
            let form = document.tokens[at].span.of(&document.text);
            form.contains(char::is_alphanumeric)
        };
        let candidates = self.attributor.finish(self.kernels, &mut scratch.attribution);
        let mut found = attributions(candidates, is_word);
        to_their_ends(document, &mut found);
        from_their_beginnings(document, &mut found);
        without_datelines(document, &mut found);
        let mut depths = vec![1; found.len()];
        let mut at = 0;
        while at < found.len() {
            if depths[at] < DEEPEST
                && let Some(stretch) = stretch(document, analysis, &found[at])
            {
                let surfaces: Vec<&str> = stretch
                    .tokens
                    .iter()
                    .map(|&token| document.tokens[token].span.of(&document.text))
                    .collect();
                for window in windows(&stretch.sentences) {
                    self.encode(&surfaces, &stretch.contexts, window, scratch);
                }
                let candidates = self.attributor.finish(self.kernels, &mut scratch.attribution);
                let inner = attributions(candidates, |place| is_word(stretch.tokens[place]));
                found.extend(inner.into_iter().filter_map(|inner| stretch.in_document(inner, at)));
                depths.resize(found.len(), depths[at] + 1);
            }
            at += 1;
        }
        analysis.attributions = in_order(found);
    }

    /// Encodes a window of a text and takes its cues.
    fn encode(
        &self,
        surfaces: &[&str],
        contexts: &[u8],
        sentences: &[TokenRange],
        scratch: &mut Scratch,
    ) {
        let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { return };
        let range = first.start as usize..last.end as usize;
        let Scratch { encoder, encoding, attribution, .. } = scratch;
        let contexts = &contexts[range.clone()];
        self.encoder.encode(self.kernels, &surfaces[range], contexts, encoder, encoding);
        self.attributor.push(self.kernels, contexts, encoding, attribution);
    }

    fn read_window<'m>(
        &'m self,
        document: &Document,
        contexts: &[u8],
        sentences: &[TokenRange],
        scratch: &mut Scratch,
        analysis: &mut Analysis<'m>,
    ) {
        let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { return };
        let range = first.start as usize..last.end as usize;
        let surfaces: Vec<&str> = document.tokens[range.clone()]
            .iter()
            .map(|token| token.span.of(&document.text))
            .collect();
        let Scratch { encoder, encoding, buffers, attribution, .. } = scratch;
        let contexts = &contexts[range.clone()];
        self.encoder.encode(self.kernels, &surfaces, contexts, encoder, encoding);
        let window = Window {
            kernels: self.kernels,
            first: range.start,
            surfaces: &surfaces,
            sentences,
            encoding,
            types: &encoder.cache,
        };
        for head in &self.heads {
            head.read(&window, buffers, analysis);
        }
        self.attributor.push(self.kernels, contexts, encoding, attribution);
    }
}

/// A sentence in pieces that are read one by one, so that memory and time are bounded; nearly
/// always one. Only given tokens come in longer sentences.
fn pieces(sentence: TokenRange) -> impl Iterator<Item = TokenRange> {
    let range = sentence.range();
    range
        .clone()
        .step_by(LONGEST_PIECE)
        .map(move |start| TokenRange::new(start, range.end.min(start + LONGEST_PIECE)))
}

/// Makes the trees of a sentence's pieces one: the later roots hang on the first.
fn join_pieces(sentence: TokenRange, words: &mut [Word<'_>]) {
    if sentence.len() <= LONGEST_PIECE {
        return;
    }
    let mut first_root = None;
    for at in sentence.range() {
        if words[at].head.is_none() {
            words[at].head = first_root;
            if first_root.is_some() {
                words[at].deprel = "parataxis";
            } else {
                first_root = Some(TokenId(u32::try_from(at).expect("tokens fit 32 bits")));
            }
        }
    }
}

/// Attributions by cue, an outer one first, and their parents' places with them.
fn in_order(found: Vec<Attribution>) -> Vec<Attribution> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&at| (found[at].cue.start, at));
    let mut place = vec![0; found.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let mut found: Vec<Option<Attribution>> = found.into_iter().map(Some).collect();
    let moved = order.into_iter().filter_map(|at| found[at].take());
    moved.map(|it| Attribution { parent: it.parent.map(|at| place[at]), ..it }).collect()
}

/// Runs of sentences of at most [`WINDOW_WORDS`] words; a longer sentence is a run by itself.
fn windows(sentences: &[TokenRange]) -> impl Iterator<Item = &[TokenRange]> {
    let mut rest = sentences;
    std::iter::from_fn(move || {
        let first = rest.first()?;
        let fits = |sentence: &&TokenRange| (sentence.end - first.start) as usize <= WINDOW_WORDS;
        let n = rest.iter().take_while(fits).count().max(1);
        let (run, after) = rest.split_at(n);
        rest = after;
        Some(run)
    })
}

#[cfg(test)]
mod parity;
#[cfg(test)]
mod tests;
