//! A record from what was read.

use sayso_analysis::Analysis;
use sayso_ingest::Metadata;
use sayso_text::{self as text, Offsets};

use crate::hash::{document_id, text_hash};
use crate::{Block, CharSpan, Document, Note, Reader, Record, Rows, SCHEMA};

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
        let published = metadata.published.as_deref();
        let rows = analysis.map(|found| Rows::with_offsets(&document, found, &at, published));
        let mut rows = rows.unwrap_or_default();
        let blocks = document.blocks.iter();
        let blocks =
            blocks.map(|it| Block { kind: it.kind.into(), span: CharSpan::new(&at, it.span) });
        let sentences = document.sentences.iter().map(|it| CharSpan::new(&at, it.span));
        let notes = document.notes.iter().map(|note| Note {
            code: note.code,
            message: note.message.clone(),
            span: note.span.map(|span| CharSpan::new(&at, span)),
        });
        let notes = notes.chain(std::mem::take(&mut rows.notes)).collect();
        let (blocks, sentences) = (blocks.collect(), sentences.collect());
        Self {
            schema: SCHEMA,
            document: Document {
                id: document_id(&metadata.source, &document.text),
                title: metadata.title.or_else(|| title(&document)),
                source: metadata.source,
                authors: metadata.authors,
                outlet: metadata.outlet,
                published: metadata.published,
                language: document.language.map(str::to_owned),
                text_hash: text_hash(&document.text),
                text: document.text,
                blocks,
                sentences,
                reader,
            },
            entities: rows.entities,
            statements: rows.statements,
            events: rows.events,
            relations: rows.relations,
            times: rows.times,
            notes,
        }
    }
}

/// The title that stands in the text itself.
fn title(document: &text::Document) -> Option<String> {
    let block = document.blocks.iter().find(|block| block.kind == text::BlockKind::Title)?;
    Some(block.span.of(&document.text).to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use sayso_text::{BlockKind, Sentence, Span, TokenRange};

    fn read(text: &str) -> Record {
        let metadata = Metadata { source: "a.txt".to_owned(), ..Metadata::default() };
        let reader = Reader { version: "0".to_owned(), model: "none@0".to_owned() };
        let document = text::Document::read(text.to_owned());
        Record::new(metadata, document, Some(&Analysis::default()), reader)
    }

    fn record(analysis: Option<&Analysis<'_>>) -> Record {
        let span = Span::new(4, 15);
        let document = text::Document {
            text: "\u{FEFF} “Müll”\n".to_owned(),
            language: Some("de"),
            blocks: vec![text::Block { kind: BlockKind::Title, span }],
            sentences: vec![Sentence { tokens: TokenRange::new(0, 0), span }],
            notes: vec![text::Note { code: "odd", message: "it is".into(), span: Some(span) }],
            ..text::Document::default()
        };
        let metadata = Metadata { source: "a.txt".to_owned(), ..Metadata::default() };
        let reader = Reader { version: "0".to_owned(), model: "none@0".to_owned() };
        Record::new(metadata, document, analysis, reader)
    }

    #[test]
    fn spans_are_code_points_and_nothing_is_left_out() {
        let found = serde_json::to_value(record(Some(&Analysis::default()))).unwrap();
        let expected = json!({
            "schema": "sayso.record/1",
            "document": {
                "id": document_id("a.txt", "\u{FEFF} “Müll”\n"),
                "source": "a.txt", "title": "“Müll”", "authors": [], "outlet": null,
                "published": null, "language": "de", "text": "\u{FEFF} “Müll”\n",
                "text_hash": text_hash("\u{FEFF} “Müll”\n"),
                "blocks": [{ "kind": "title", "span": [2, 8] }],
                "sentences": [[2, 8]],
                "reader": { "version": "0", "model": "none@0" }
            },
            "entities": [], "statements": [], "events": [], "relations": [], "times": [],
            "notes": [{ "code": "odd", "message": "it is", "span": [2, 8] }]
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn the_language_is_null_if_the_text_does_not_tell() {
        assert_eq!(read("").document.language, None);
        assert_eq!(read("Ja.").document.language, None);
        let english = "The mayor said on Monday that she would not appeal the ruling of the court.";
        assert_eq!(read(english).document.language.as_deref(), Some("en"));
    }

    /// Every field that is written is in the schema, and the schema has no field beside them.
    #[test]
    fn the_schema_has_the_fields_of_a_record() {
        let schema = serde_json::to_value(crate::schema()).unwrap();
        let record = serde_json::to_value(record(None)).unwrap();
        assert_eq!(keys(&schema["properties"]), keys(&record));
        assert_eq!(keys(&schema["$defs"]["Document"]["properties"]), keys(&record["document"]));
        assert_eq!(schema["required"].as_array().unwrap().len(), keys(&record).len());
    }

    fn keys(value: &Value) -> Vec<&String> {
        value.as_object().unwrap().keys().collect()
    }
}
