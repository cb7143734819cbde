//! A reader: a model with everything around it, from an article to its record.

use std::io;
use std::path::Path;

use sayso_analysis::{Analysis, Analyzer, Scratch};
use sayso_ingest::{Article, Content, Metadata};
use sayso_record::{Record, conllu};
use sayso_text::{ConlluDocument, Document};

/// Reads articles. Immutable; one serves all threads, each with a [`Scratch`] of its own.
#[derive(Debug, Default)]
pub struct Reader {
    analyzer: Analyzer,
}

/// What was read of one article.
#[derive(Debug)]
pub struct Reading<'r> {
    /// What its source tells about it.
    pub metadata: Metadata,
    /// Its text with blocks, sentences and tokens.
    pub document: Document,
    /// Its words, trees and names; none for a text that is not in English, of which nothing is
    /// guessed.
    pub analysis: Option<Analysis<'r>>,
    /// The file that its tokens come from, if they were given; without the document.
    given: Option<Box<ConlluDocument>>,
    reader: &'r Reader,
}

impl Reader {
    /// A reader with the model that sayso brings along.
    pub fn new() -> Self {
        Self::default()
    }

    /// A reader with the model in a folder.
    ///
    /// # Errors
    ///
    /// If the folder has no model, or one that does not hold together.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::read(folder.join("model.toml"))?;
        Ok(Self::new())
    }

    /// Reads an article. Never fails: what is odd about a text becomes a note.
    pub fn read(&self, article: Article, scratch: &mut Scratch) -> Reading<'_> {
        let (mut document, given) = match article.content {
            Content::Text(text) => (Document::read(text), None),
            Content::Tokens(document) => (*document, None),
            Content::Conllu(mut given) => (std::mem::take(&mut given.document), Some(given)),
        };
        document.notes.splice(..0, article.notes);
        let english = document.notes.iter().all(|note| note.code != "not-english");
        let analysis = english.then(|| self.analyzer.analyze(&document, scratch));
        Reading { metadata: article.metadata, document, analysis, given, reader: self }
    }

    /// The program's version and the model's name.
    fn info(&self) -> sayso_record::Reader {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        sayso_record::Reader { version, model: "none".to_owned() }
    }
}

impl Reading<'_> {
    /// The record of the article, which takes over the text.
    pub fn into_record(self) -> Record {
        Record::new(self.metadata, self.document, self.analysis.as_ref(), self.reader.info())
    }

    /// The article in CoNLL-U; empty if it was not analysed.
    pub fn to_conllu(&self) -> String {
        let mut out = String::new();
        if let Some(analysis) = &self.analysis {
            let (source, document) = (&self.metadata.source, &self.document);
            let given = self.given.as_deref();
            conllu::write(conllu::Parse { source, document, analysis, given }, &mut out);
        }
        out
    }
}
