//! The weights of the boundary model, and what its trainer needs.

use super::feature::{Gaps, N_SLOTS};
use crate::Document;

/// Weights are whole numbers, this many to one unit of log-odds.
pub const SCALE: f32 = 16.0;
/// A gap is a boundary from this sum of weights on, in units of `1 / SCALE`.
///
/// Source: tuned on UD English EWT dev and GUM dev, from -32 to 16 in steps of 8.
pub(super) const THRESHOLD: i32 = -24;

/// A weight for each slot.
pub(super) static MODEL: [i8; N_SLOTS] = {
    let bytes = include_bytes!("../../data/sentences.bin");
    assert!(bytes.len() == N_SLOTS, "data/sentences.bin has one byte for each slot");
    let mut weights = [0; N_SLOTS];
    let mut at = 0;
    while at < N_SLOTS {
        weights[at] = bytes[at].cast_signed();
        at += 1;
    }
    weights
};

/// The feature slots of each gap of `document` and whether a sentence ends there, by its own
/// sentences: what the model is trained on.
///
/// Calls `on` for each gap within a block, in text order.
pub fn boundary_features(document: &Document, mut on: impl FnMut(&[u32], bool)) {
    let mut slots = Vec::new();
    let mut sentences = document.sentences.iter().map(|sentence| sentence.tokens.end as usize);
    let mut end = sentences.next().unwrap_or(0);
    let mut first = 0;
    for block in &document.blocks {
        let n_tokens = document.tokens[first..]
            .iter()
            .take_while(|token| token.span.end() <= block.span.end())
            .count();
        let tokens = &document.tokens[..first + n_tokens];
        let mut gaps = Gaps::new(&document.text, tokens, first);
        for at in first..tokens.len() {
            let is_end = at + 1 == end;
            if at + 1 < tokens.len() {
                slots.clear();
                gaps.features(at, &mut |slot| slots.push(slot));
                on(&slots, is_end);
            }
            if is_end {
                gaps.begin_sentence(end);
                end = sentences.next().unwrap_or(0);
            }
        }
        first = tokens.len();
    }
}
