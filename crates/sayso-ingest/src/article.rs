//! A text with what its source tells about it.

use sayso_text::{ConlluDocument, Document, Note};

/// One article, not yet read.
#[derive(Clone, Debug)]
pub struct Article {
    /// What is known about it without reading it.
    pub metadata: Metadata,
    /// Its words.
    pub content: Content,
    /// What was odd about its bytes, with places in the text.
    pub notes: Vec<Note>,
}

impl Article {
    /// An article of plain text, of which nothing is known but where it comes from.
    pub fn new(source: impl Into<String>, text: impl Into<String>) -> Self {
        let metadata = Metadata { source: source.into(), ..Metadata::default() };
        Self { metadata, content: Content::Text(text.into()), notes: Vec::new() }
    }

    /// How much text it holds, in bytes of UTF-8.
    pub fn len(&self) -> usize {
        match &self.content {
            Content::Text(text) => text.len(),
            Content::Tokens(document) => document.text.len(),
            Content::Conllu(given) => given.document.text.len(),
        }
    }

    /// Whether it holds no text at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What the source tells about an article; never guessed from its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Where it comes from: a path joined with `/`, a row's `id` or `url`, or `-`.
    pub source: String,
    /// Its headline, where that is given apart from the text.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published, as the source writes it.
    pub published: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
}

/// An article's words.
#[derive(Clone, Debug)]
pub enum Content {
    /// Plain text, of which the reader finds blocks, sentences and tokens.
    Text(String),
    /// A text that comes with its sentences and tokens, which the reader keeps.
    Tokens(Box<Document>),
    /// The same with the file's own forms and sentence ids.
    Conllu(Box<ConlluDocument>),
}
