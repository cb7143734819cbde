//! A reader: a model with everything around it, from an article to its record.

use std::path::Path;

use sayso_analysis::{Analysis, Analyzer, Scratch};
use sayso_ingest::{Article, Content, Metadata};
use sayso_model::{ModelError, Weights};
use sayso_record::{Explanation, Record, Rows, UnknownRow, conllu};
use sayso_text::{ConlluDocument, Document};

use crate::model::{self, OpenError};

/// Reads articles. Immutable; one serves all threads, each with a [`Scratch`] of its own.
#[derive(Debug)]
pub struct Reader {
    analyzer: Analyzer,
    /// The model's name and the beginning of its weights' hash, `name@hash`.
    model: String,
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
    ///
    /// # Panics
    ///
    /// Never: that the model fits the program is tested.
    ///
    /// # Cost
    ///
    /// About ten milliseconds, most of them for packing the layers' weights.
    pub fn new() -> Self {
        model::embedded()
            .and_then(|weights| Self::from_weights(&weights))
            .expect("the model that was built in fits the program")
    }

    /// A reader with the model in a folder: `model.toml` and `weights.safetensors`.
    ///
    /// # Errors
    ///
    /// [`OpenError`] if the folder has no model, or one that does not hold together or is not the
    /// network that this version computes.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let weights = model::open(folder)?;
        let damaged = |source| OpenError::Model { folder: folder.to_owned(), source };
        Self::from_weights(&weights).map_err(damaged)
    }

    fn from_weights(weights: &Weights) -> Result<Self, ModelError> {
        let hash: String = weights.sha256().chars().take(8).collect();
        let model = format!("{}@{hash}", weights.name());
        Ok(Self { analyzer: Analyzer::from_weights(weights)?, model })
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
        sayso_record::Reader { version, model: self.model.clone() }
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reading<'_> {
    /// The record of the article, which takes over the text.
    pub fn into_record(self) -> Record {
        Record::new(self.metadata, self.document, self.analysis.as_ref(), self.reader.info())
    }

    /// The article's entities and statements, each with what decided it; none if it was not
    /// analysed.
    pub fn rows(&self) -> Rows {
        let analysis = self.analysis.as_ref();
        let published = self.metadata.published.as_deref();
        let rows = analysis.map(|analysis| Rows::new(&self.document, analysis, published));
        rows.unwrap_or_default()
    }

    /// Why a row of the article is as it is, by its id: `s462-466`.
    ///
    /// # Errors
    ///
    /// [`UnknownRow`] if the article has no such row; it names the nearest.
    pub fn explain(&self, id: &str) -> Result<Explanation, UnknownRow> {
        let none = Analysis::default();
        let analysis = self.analysis.as_ref().unwrap_or(&none);
        sayso_record::explain(&self.document, analysis, self.metadata.published.as_deref(), id)
    }

    /// What read it: the program's version and the model.
    pub fn reader(&self) -> sayso_record::Reader {
        self.reader.info()
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
