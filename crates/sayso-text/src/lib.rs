//! From bytes to a [`Document`]: characters, blocks, sentences, tokens and quotation marks, each
//! with its exact span.
//!
//! Reading never fails on text: what is odd becomes a [`Note`].

mod block;
mod character;
mod conllu;
mod decode;
mod document;
mod language;
mod lexicon;
mod norm;
mod offsets;
mod quote;
mod sentence;
mod span;
mod token;

pub use conllu::{ConlluDocument, ConlluError, ConlluWord, parse_conllu};
pub use decode::{DecodeError, Decoded, decode};
pub use document::{Block, BlockKind, Document, GoldLayers, Note, Quotation, Sentence, Token};
pub use norm::norm;
pub use offsets::Offsets;
pub use span::{SentenceId, Span, TokenId, TokenRange};

/// What `examples/sentences.rs` trains the sentence boundaries with; no part of the interface.
#[doc(hidden)]
pub mod training {
    pub use crate::sentence::{N_SLOTS, SCALE, boundary_features};
}
