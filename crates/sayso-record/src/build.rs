//! A record from what was read.

use sayso_analysis::Analysis;
use sayso_ingest::Metadata;
use sayso_text as text;

use crate::entities::entities;
use crate::hash::{document_id, text_hash};
use crate::offsets::Offsets;
use crate::{Block, Document, Note, Reader, Record, SCHEMA};

impl Record {
    /// The record of a document, with its spans in code points.
    ///
    /// Without an analysis, as of a text that is not in English, the record has the text, its
    /// blocks and the notes, and no rows.
    ///
    /// # Cost
    ///
    /// Linear in the text. The text is moved, not copied.
    pub fn new(
        metadata: Metadata,
        document: text::Document,
        analysis: Option<&Analysis<'_>>,
        reader: Reader,
    ) -> Self {
        let at = Offsets::new(&document.text);
        let entities = analysis.map_or_else(Vec::new, |found| entities(&document, found, &at));
        let blocks = document.blocks.iter();
        let blocks = blocks.map(|it| Block { kind: it.kind.into(), span: at.span(it.span) });
        let sentences = document.sentences.iter().map(|it| at.span(it.span));
        let notes = document.notes.iter().map(|note| Note {
            code: note.code,
            message: note.message.clone(),
            span: note.span.map(|span| at.span(span)),
        });
        let (blocks, sentences, notes) = (blocks.collect(), sentences.collect(), notes.collect());
        Self {
            schema: SCHEMA,
            document: Document {
                id: document_id(&metadata.source, &document.text),
                title: metadata.title.or_else(|| title(&document)),
                source: metadata.source,
                authors: metadata.authors,
                outlet: metadata.outlet,
                published: metadata.published,
                language: analysis.map(|_| "en".to_owned()),
                text_hash: text_hash(&document.text),
                text: document.text,
                blocks,
                sentences,
                reader,
            },
            entities,
            statements: Vec::new(),
            events: Vec::new(),
            relations: Vec::new(),
            times: Vec::new(),
            notes,
        }
    }
}

/// The title that stands in the text itself.
fn title(document: &text::Document) -> Option<String> {
    let block = document.blocks.iter().find(|block| block.kind == text::BlockKind::Title)?;
    Some(block.span.of(&document.text).to_owned())
}
