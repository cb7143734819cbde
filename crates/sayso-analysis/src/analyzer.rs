//! The analyzer: a model with its label sets, ready to read documents.

use sayso_text::{Document, TokenId};

use crate::{Analysis, Word};

/// A trained model, immutable and shared by all threads.
#[derive(Debug, Default)]
pub struct Analyzer {}

/// One thread's working memory; grows to the largest window and is reused.
#[derive(Debug, Default)]
pub struct Scratch {}

impl Analyzer {
    /// Tags, parses and finds the names of one document.
    pub fn analyze<'m>(&'m self, document: &Document, _scratch: &mut Scratch) -> Analysis<'m> {
        let mut analysis = Analysis::default();
        for sentence in &document.sentences {
            for at in sentence.tokens.range() {
                let first = at == sentence.tokens.start as usize;
                analysis.words.push(Word {
                    upos: "X",
                    xpos: "FW",
                    feats: "_",
                    lemma: document.tokens[at].span.of(&document.text).into(),
                    head: (!first).then_some(TokenId(sentence.tokens.start)),
                    deprel: if first { "root" } else { "dep" },
                    head_probability: 1.0,
                    deprel_probability: 1.0,
                });
            }
        }
        analysis
    }
}
