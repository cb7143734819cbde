//! A text with its layers: blocks, sentences, tokens, quotations, and what the reader met.

use crate::block::blocks;
use crate::decode::control_note;
use crate::language;
use crate::quote::quotations;
use crate::token::{Words, tokenize};
use crate::{Span, TokenRange, sentence};

/// One text with everything that is read off its characters alone.
///
/// `text` is the input as decoded, to the character; every span refers to it. The layers are in
/// text order. Tokens are *syntactic words* by the UD English rules: "don't" is the two tokens
/// "do" and "n't", joined by an entry in `multiword`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The decoded input, without a leading byte-order mark.
    pub text: String,
    /// The language as ISO 639 code, of two letters where there is one; none when in doubt, as in
    /// a short text.
    pub language: Option<&'static str>,
    /// Headings, paragraphs and so on; disjoint; every token lies in one.
    pub blocks: Vec<Block>,
    /// Sentences; disjoint; each lies in one block and holds at least one token.
    pub sentences: Vec<Sentence>,
    /// Syntactic words, disjoint.
    pub tokens: Vec<Token>,
    /// Surface tokens of two or more words, such as "don't"; the words touch each other.
    pub multiword: Vec<TokenRange>,
    /// Quotations, by first token; a nested one follows the one around it.
    pub quotations: Vec<Quotation>,
    /// What the reader met on the way.
    pub notes: Vec<Note>,
}

/// Blocks, sentences and tokens of a text that are known from elsewhere, such as a treebank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldLayers {
    /// In text order, disjoint.
    pub blocks: Vec<Block>,
    /// In text order; together they hold every token once, and each lies in one block.
    pub sentences: Vec<TokenRange>,
    /// In text order, disjoint, each within a block.
    pub tokens: Vec<Token>,
    /// Surface tokens of two or more words.
    pub multiword: Vec<TokenRange>,
}

/// A syntactic word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text; never empty, never with white space at an end.
    pub span: Span,
}

/// A sentence by the UD English rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens; never empty.
    pub tokens: TokenRange,
    /// From its first token's first byte to its last token's last.
    pub span: Span,
}

/// A part of the article's outward shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What part it is.
    pub kind: BlockKind,
    /// Its bytes, without the white space around it.
    pub span: Span,
}

/// What a block is; Record v1's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum BlockKind {
    Title,
    Heading,
    Paragraph,
    List,
    Caption,
    Byline,
    Boilerplate,
}

/// A pair of quotation marks, or an opening mark whose quotation runs on into the next paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// From the opening mark to the closing mark, marks included; without a closing mark, to the
    /// end of the block.
    pub tokens: TokenRange,
    /// Whether a closing mark stands at the end.
    pub closed: bool,
    /// How many quotations stand around this one.
    pub depth: u8,
}

/// Something odd in the input that the reader met and read on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Stable name in `kebab-case`, such as `unbalanced-quote`.
    pub code: &'static str,
    /// A sentence for people, without a final stop.
    pub message: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
}

impl Document {
    /// Reads `text`: blocks, sentences, tokens, quotations and notes.
    ///
    /// Never fails. What is odd in the text is in `notes`.
    ///
    /// # Cost
    ///
    /// Linear in the text.
    pub fn read(text: String) -> Self {
        let blocks = blocks(&text);
        let mut words = Words::default();
        let mut sentences = Vec::new();
        let mut cut = None;
        for block in &blocks {
            let first = words.tokens.len();
            let first_group = words.multiword.len();
            tokenize(&text, block.span, &mut words);
            let groups = &words.multiword[first_group..];
            let at = sentence::split(&text, &words.tokens, first, groups, &mut sentences);
            cut = cut.or(at);
        }
        let Words { tokens, multiword } = words;
        let mut document = Self { text, blocks, sentences, tokens, multiword, ..Self::default() };
        document.finish();
        document.notes.extend(cut.map(|span| Note {
            code: "long-sentence",
            message: format!("sentences were cut at {} tokens", sentence::MAX_SENTENCE),
            span: Some(span),
        }));
        document
    }

    /// Reads the layers that follow from the tokens.
    fn finish(&mut self) {
        let (quotations, notes) =
            quotations(&self.text, &self.blocks, &self.tokens, &self.multiword);
        self.quotations = quotations;
        if self.tokens.is_empty() {
            let message = "the text has no words".to_owned();
            self.notes.push(Note { code: "empty", message, span: None });
        }
        self.notes.extend(control_note(&self.text));
        let found = language::language(&self.text);
        self.language = found.map(language::code);
        self.notes.extend(found.and_then(language::note));
        self.notes.extend(notes);
    }

    /// The document of `text` with layers that are known; only what follows from them is read.
    ///
    /// # Panics
    ///
    /// If the layers break what [`GoldLayers`] says of them.
    pub fn from_tokens(text: String, layers: GoldLayers) -> Self {
        let GoldLayers { blocks, sentences, tokens, multiword } = layers;
        let mut last = 0;
        for token in &tokens {
            assert!(last <= token.span.start(), "tokens overlap at byte {last}");
            assert!(!token.span.of(&text).trim().is_empty(), "the token at byte {last} is empty");
            last = token.span.end();
        }
        let mut first = 0;
        let sentences = sentences
            .into_iter()
            .map(|range| {
                assert_eq!(range.start, first, "sentences hold every token once");
                first = range.end;
                let (start, end) = (tokens[range.start as usize], tokens[range.end as usize - 1]);
                let span = Span::new(start.span.start(), end.span.end());
                Sentence { tokens: range, span }
            })
            .collect();
        assert_eq!(first as usize, tokens.len(), "sentences hold every token once");
        let mut document = Self { text, blocks, sentences, tokens, multiword, ..Self::default() };
        document.finish();
        document
    }
}
