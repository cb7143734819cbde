//! Records to rows.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::entry::{AUTHOR, Entry, e4, parties, row_rest};
use crate::form::{Reference, Span};
use crate::{Ledger, StoreError, link};

/// What became of a record that was to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// The first text of its source.
    New,
    /// Another text of a source that the ledger has: the number of this version, from 2.
    Version(u32),
    /// The ledger has the same text of the same source already.
    Known,
}

impl Ledger {
    /// Writes records in the order given, all or, if anything goes wrong, none of them. `stored` is
    /// the time of writing, in UTC as `2025-08-08T12:00:00Z`.
    ///
    /// # Errors
    ///
    /// [`StoreError::Full`], [`StoreError::Busy`] and their like.
    pub fn write(&mut self, entries: &[Entry], stored: &str) -> Result<Vec<Stored>, StoreError> {
        let write = |connection: &mut Connection| {
            let ledger = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = entries
                .iter()
                .map(|entry| write_entry(&ledger, entry, stored))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            ledger.commit()?;
            Ok(done)
        };
        write(&mut self.connection).map_err(|error| self.failed(error))
    }
}

fn write_entry(ledger: &Connection, entry: &Entry, stored: &str) -> rusqlite::Result<Stored> {
    if link::document(ledger, &entry.record.document.id)?.is_some() {
        return Ok(Stored::Known);
    }
    let source = &entry.record.document.source;
    let before: Option<u32> = ledger
        .prepare_cached("SELECT max(version) FROM documents WHERE source = ?1")?
        .query_row([source], |row| row.get(0))?;
    if before.is_some() {
        ledger
            .execute("UPDATE documents SET current = 0 WHERE source = ?1 AND current", [source])?;
    }
    let version = before.map_or(1, |before| before + 1);
    let sentence = next_sentence(ledger)?;
    let document = write_document(ledger, entry, version, sentence, stored)?;
    let rows = Rows { ledger, document, entry, sentence };
    rows.text()?;
    rows.write()?;
    Ok(if version == 1 { Stored::New } else { Stored::Version(version) })
}

fn next_sentence(ledger: &Connection) -> rusqlite::Result<i64> {
    let last = "SELECT max(sentence) FROM sentences";
    let last: Option<i64> = ledger.prepare_cached(last)?.query_row([], |row| row.get(0))?;
    Ok(last.map_or(1, |last| last + 1))
}

fn write_document(
    ledger: &Connection,
    entry: &Entry,
    version: u32,
    first_sentence: i64,
    stored: &str,
) -> rusqlite::Result<i64> {
    let it = &entry.record.document;
    let mut insert = ledger.prepare_cached(
        "INSERT INTO documents (id, source, version, current, text_hash, title, authors, outlet, published,
           day, language, schema, reader, first_sentence, last_sentence, stored)
         VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13 + ?14 - 1, ?15)",
    )?;
    insert.execute(params![
        it.id,
        it.source,
        version,
        it.text_hash,
        it.title,
        json(&it.authors),
        it.outlet,
        it.published,
        it.published.as_deref().and_then(day),
        it.language,
        entry.record.schema,
        reader(ledger, &it.reader.version, &it.reader.model)?,
        first_sentence,
        u32::try_from(it.sentences.len()).expect("a document has at most 4 GiB"),
        stored,
    ])?;
    Ok(ledger.last_insert_rowid())
}

fn reader(ledger: &Connection, version: &str, model: &str) -> rusqlite::Result<i64> {
    let find = "SELECT reader FROM readers WHERE version = ?1 AND model = ?2";
    let known = ledger.prepare_cached(find)?.query_row([version, model], |row| row.get(0));
    if let Some(reader) = known.optional()? {
        return Ok(reader);
    }
    ledger.execute("INSERT INTO readers (version, model) VALUES (?1, ?2)", [version, model])?;
    Ok(ledger.last_insert_rowid())
}

/// The day that a time begins with: `2025-08-08` of `2025-08-08T12:00:00Z`.
fn day(published: &str) -> Option<&str> {
    let day = published.get(..10)?;
    let digits = |range: std::ops::Range<usize>| {
        day.get(range).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let dashes = day.as_bytes().get(4) == Some(&b'-') && day.as_bytes().get(7) == Some(&b'-');
    (dashes && digits(0..4) && digits(5..7) && digits(8..10)).then_some(day)
}

/// Where words stand: the ends of the whole, and the pieces where there is not exactly one.
#[derive(Debug, Default)]
struct Place {
    start: Option<u32>,
    end: Option<u32>,
    pieces: Option<String>,
}

impl Place {
    fn of(spans: &[Span]) -> Self {
        if let [[start, end]] = *spans {
            return Self { start: Some(start), end: Some(end), pieces: None };
        }
        let (start, end) = (spans.iter().map(|it| it[0]).min(), spans.iter().map(|it| it[1]).max());
        Self { start, end, pieces: Some(json(spans)) }
    }

    fn of_optional(spans: Option<&Vec<Span>>) -> Self {
        spans.map_or_else(Self::default, |spans| Self::of(spans))
    }

    fn of_reference(reference: Option<&Reference>) -> Self {
        Self::of_optional(reference.map(|reference| &reference.span))
    }
}

fn json<T: serde::Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("lists of numbers and texts can be written")
}

/// A list as JSON, null if it is empty.
fn listed<T: serde::Serialize>(list: &[T]) -> Option<String> {
    (!list.is_empty()).then(|| json(list))
}

/// One record on its way into the tables.
pub(crate) struct Rows<'a> {
    pub(crate) ledger: &'a Connection,
    pub(crate) document: i64,
    pub(crate) entry: &'a Entry,
    /// The number of its first sentence.
    pub(crate) sentence: i64,
}

impl Rows<'_> {
    /// The text with its blocks and sentences.
    fn text(&self) -> rusqlite::Result<()> {
        let it = &self.entry.record.document;
        self.ledger
            .prepare_cached("INSERT INTO texts (document, text) VALUES (?1, ?2)")?
            .execute(params![self.document, it.text])?;
        let mut insert =
            self.ledger.prepare_cached("INSERT INTO blocks VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (n, block) in (0_u32..).zip(&it.blocks) {
            insert.execute(params![self.document, n, block.kind, block.span[0], block.span[1]])?;
        }
        let mut insert =
            self.ledger.prepare_cached("INSERT INTO sentences VALUES (?1, ?2, ?3, ?4)")?;
        let mut words = self
            .ledger
            .prepare_cached("INSERT INTO sentence_words (rowid, text) VALUES (?1, ?2)")?;
        for ((sentence, span), bytes) in
            (self.sentence..).zip(&it.sentences).zip(&self.entry.sentences)
        {
            insert.execute(params![sentence, self.document, span[0], span[1]])?;
            words.execute(params![sentence, words_of(it.text.get(bytes.clone()))])?;
        }
        Ok(())
    }

    /// Everything that was read off the text.
    pub(crate) fn write(&self) -> rusqlite::Result<()> {
        if let Some(record) = &self.entry.verbatim {
            self.ledger
                .prepare_cached("INSERT OR IGNORE INTO records (document, record) VALUES (?1, ?2)")?
                .execute(params![self.document, record])?;
        }
        self.appearances()?;
        self.statements()?;
        self.events()?;
        self.parties()?;
        self.voices()?;
        self.relations()?;
        self.times()?;
        self.notes()
    }

    fn appearances(&self) -> rusqlite::Result<()> {
        let mut insert = self.ledger.prepare_cached(
            "INSERT INTO appearances (document, appearance, row, entity, name, kind, named, aliases, country,
               sector, score_e4) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        let mut mention =
            self.ledger.prepare_cached("INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for (n, it) in (0_u32..).zip(&self.entry.record.entities) {
            insert.execute(params![
                self.document,
                n,
                it.id,
                link::entity_of(self.ledger, it)?,
                it.name,
                it.kind,
                it.named,
                listed(&it.aliases),
                it.country,
                it.sector,
                e4(it.score),
            ])?;
            for (m, found) in (0_u32..).zip(&it.mentions) {
                mention.execute(params![
                    self.document,
                    n,
                    m,
                    found.span[0],
                    found.span[1],
                    found.form
                ])?;
            }
        }
        Ok(())
    }

    fn statements(&self) -> rusqlite::Result<()> {
        let mut insert = self.ledger.prepare_cached(
            "INSERT INTO statements (document, statement, row, first_sentence, last_sentence, source,
               source_kind, source_start, source_end, source_pieces, description, cue_start, cue_end,
               cue_pieces, content_start, content_end, content_pieces, manner, act, addressee,
               addressee_start, addressee_end, addressee_pieces, parent, hedge, score)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
               ?21, ?22, ?23, ?24, ?25, ?26)",
        )?;
        for (n, it) in (0_u32..).zip(&self.entry.record.statements) {
            let source = Place::of_optional(it.source.span.as_ref());
            let (cue, content) = (Place::of(&it.cue), Place::of(&it.content));
            let addressee = Place::of_reference(it.addressee.as_ref());
            let ends = [&it.cue, &it.content].into_iter().flatten();
            let start = ends.clone().map(|span| span[0]).min().or(source.start).unwrap_or(0);
            let end = ends.map(|span| span[1]).max().or(source.end).unwrap_or(0);
            insert.execute(params![
                self.document,
                n,
                it.id,
                self.sentence_at(start),
                self.sentence_at(end.saturating_sub(1).max(start)),
                self.entry.entity(it.source.entity.as_ref()),
                it.source.kind,
                source.start,
                source.end,
                source.pieces,
                it.source.description.as_ref().map(json),
                cue.start,
                cue.end,
                cue.pieces,
                content.start,
                content.end,
                content.pieces,
                it.manner,
                it.act,
                self.entry.entity(it.addressee.as_ref().and_then(|it| it.entity.as_ref())),
                addressee.start,
                addressee.end,
                addressee.pieces,
                self.entry.statement(it.parent.as_ref()),
                listed(&it.hedge),
                it.score,
            ])?;
        }
        Ok(())
    }

    fn events(&self) -> rusqlite::Result<()> {
        let mut insert = self.ledger.prepare_cached(
            "INSERT INTO events (document, event, row_rest, sentence, start, \"end\", predicate, type, mode,
               contexts, cameo, time, magnitude, tense, historical, within, certainty, factuality_e4, score_e4)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?;
        for (n, it) in (0_u32..).zip(&self.entry.record.events) {
            let author = it.certainty.last().filter(|voice| voice.holder == AUTHOR);
            insert.execute(params![
                self.document,
                n,
                row_rest(it).filter(|rest| !rest.is_empty()),
                self.sentence_at(it.anchor[0]),
                it.anchor[0],
                it.anchor[1],
                it.predicate,
                it.kind,
                it.mode,
                listed(&it.contexts),
                it.cameo,
                it.time.as_ref().and_then(|it| it.value.as_ref()),
                listed(&it.magnitude),
                it.tense,
                it.historical,
                self.entry.statement(it.within.as_ref()),
                author.map(|voice| &voice.value),
                it.factuality.map(e4),
                e4(it.score),
            ])?;
        }
        Ok(())
    }

    fn parties(&self) -> rusqlite::Result<()> {
        let mut insert = self
            .ledger
            .prepare_cached("INSERT INTO event_parties VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
        for (event, it) in (0_u32..).zip(&self.entry.record.events) {
            for (part, n, party) in parties(it) {
                let Place { start, end, pieces } = Place::of(&party.span);
                let appearance = self.entry.entity(party.entity.as_ref());
                let document = self.document;
                insert
                    .execute(params![document, event, part, n, appearance, start, end, pieces])?;
            }
            if let Some(time) = &it.time {
                let Place { start, end, pieces } = Place::of(&time.span);
                let (part, entity) = ("time", None::<u32>);
                insert.execute(params![
                    self.document,
                    event,
                    part,
                    0,
                    entity,
                    start,
                    end,
                    pieces
                ])?;
            }
        }
        Ok(())
    }

    fn voices(&self) -> rusqlite::Result<()> {
        let mut insert =
            self.ledger.prepare_cached("INSERT INTO event_voices VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (event, it) in (0_u32..).zip(&self.entry.record.events) {
            for (n, voice) in (0_u32..).zip(&it.certainty) {
                if let Some(statement) = self.entry.statement(Some(&voice.holder)) {
                    insert.execute(params![self.document, event, n, statement, voice.value])?;
                }
            }
        }
        Ok(())
    }

    fn relations(&self) -> rusqlite::Result<()> {
        let mut insert = self.ledger.prepare_cached(
            "INSERT INTO relations (document, relation, row, kind, subject, object, value, by, start, \"end\",
               pieces, within, certainty, score)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?;
        for (n, it) in (0_u32..).zip(&self.entry.record.relations) {
            let place = Place::of(&it.span);
            insert.execute(params![
                self.document,
                n,
                it.id,
                it.kind,
                self.entry.entity(Some(&it.subject)),
                self.entry.entity(it.object.as_ref()),
                it.value,
                self.entry.entity(it.by.as_ref()),
                place.start,
                place.end,
                place.pieces,
                self.entry.statement(it.within.as_ref()),
                json(&it.certainty),
                it.score,
            ])?;
        }
        Ok(())
    }

    fn times(&self) -> rusqlite::Result<()> {
        let mut insert =
            self.ledger.prepare_cached("INSERT INTO times VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for (n, it) in (0_u32..).zip(&self.entry.record.times) {
            let Place { start, end, pieces } = Place::of(&it.span);
            insert.execute(params![self.document, n, it.kind, it.value, start, end, pieces])?;
        }
        Ok(())
    }

    fn notes(&self) -> rusqlite::Result<()> {
        let mut insert =
            self.ledger.prepare_cached("INSERT INTO notes VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for (n, it) in (0_u32..).zip(&self.entry.record.notes) {
            let (start, end) = (it.span.map(|span| span[0]), it.span.map(|span| span[1]));
            insert.execute(params![self.document, n, it.code, it.message, start, end])?;
        }
        Ok(())
    }

    /// The number of the sentence that holds a code point, or of the last that begins before it.
    fn sentence_at(&self, point: u32) -> i64 {
        let sentences = &self.entry.record.document.sentences;
        let after = sentences.partition_point(|sentence| sentence[0] <= point);
        let n = i64::try_from(after.saturating_sub(1)).expect("a document has at most 4 GiB");
        self.sentence + n
    }
}

/// A sentence as the view `sentence_texts` gives it.
pub(crate) fn words_of(text: Option<&str>) -> String {
    text.unwrap_or_default().replace('\0', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_what_a_time_begins_with() {
        assert_eq!(day("2025-08-08"), Some("2025-08-08"));
        assert_eq!(day("2025-08-08T12:00:00Z"), Some("2025-08-08"));
        assert_eq!(day("8 August 2025"), None);
        assert_eq!(day("2025-8-8"), None);
        assert_eq!(day("2025-08-0é"), None);
    }
}
