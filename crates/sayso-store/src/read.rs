//! Rows to records.

use rusqlite::{Connection, Row, types::FromSql};
use serde::de::DeserializeOwned;

use crate::entry::{self, AUTHOR};
use crate::form::{
    Block, Certainty, Document, Entity, Event, Mention, Note, Reader, Record, Reference, Relation,
    Source, Span, Statement, Time, TimeOf,
};
use crate::{Ledger, StoreError, link};

impl Ledger {
    /// The record of a document as the reader wrote it, by the document's id; none if the ledger
    /// has no such document.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] if its rows do not hold together.
    pub fn record(&self, id: &str) -> Result<Option<String>, StoreError> {
        let find = || link::document(&self.connection, id);
        let Some(document) = find().map_err(|error| self.failed(error))? else { return Ok(None) };
        self.record_of(document).map(Some)
    }

    /// The record of a document by its number.
    pub(crate) fn record_of(&self, document: i64) -> Result<String, StoreError> {
        let kept = self.kept_record(document).map_err(|error| self.failed(error))?;
        if let Some(bytes) = kept {
            let reason = format!("the record of document {document} cannot be unpacked");
            let damaged = || StoreError::Damaged { path: self.path.clone(), reason };
            return entry::decompress(&bytes).ok_or_else(damaged);
        }
        let record = self.rows_of(document)?;
        Ok(entry::write(&record))
    }

    /// The document's rows as a record, corrections and all.
    pub(crate) fn rows_of(&self, document: i64) -> Result<Record, StoreError> {
        Rows { ledger: &self.connection, document }.record().map_err(|error| match error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::QueryReturnedNoRows => {
                let reason = format!("the rows of document {document}: {error}");
                StoreError::Damaged { path: self.path.clone(), reason }
            }
            other => self.failed(other),
        })
    }

    fn kept_record(&self, document: i64) -> rusqlite::Result<Option<Vec<u8>>> {
        use rusqlite::OptionalExtension;
        self.connection
            .prepare_cached("SELECT record FROM records WHERE document = ?1")?
            .query_row([document], |row| row.get(0))
            .optional()
    }
}

/// One document's rows.
struct Rows<'a> {
    ledger: &'a Connection,
    document: i64,
}

/// Ids by number.
type Ids = Vec<String>;

impl Rows<'_> {
    fn record(&self) -> rusqlite::Result<Record> {
        let (schema, document) = self.document()?;
        let entities = self.entities()?;
        let who: Ids = entities.iter().map(|it| it.id.clone()).collect();
        let said = self
            .all("SELECT row FROM statements WHERE document = ?1 ORDER BY statement", |row| {
                row.get::<_, String>(0)
            })?;
        Ok(Record {
            schema,
            document,
            statements: self.statements(&who, &said)?,
            events: self.events(&who, &said)?,
            relations: self.relations(&who, &said)?,
            times: self.times()?,
            notes: self.notes()?,
            entities,
        })
    }

    fn all<T>(
        &self,
        sql: &str,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.ledger.prepare_cached(sql)?.query_map([self.document], read)?.collect()
    }

    fn document(&self) -> rusqlite::Result<(String, Document)> {
        let blocks = self.all(
            "SELECT kind, start, \"end\" FROM blocks WHERE document = ?1 ORDER BY block",
            |row| Ok(Block { kind: row.get(0)?, span: [row.get(1)?, row.get(2)?] }),
        )?;
        let mut find = self.ledger.prepare_cached(
            "SELECT d.id, source, title, authors, outlet, published, language, text, text_hash, r.version, model,
               schema
             FROM documents d JOIN texts USING (document) JOIN readers r USING (reader) WHERE document = ?1",
        )?;
        find.query_row([self.document], |row| {
            let document = Document {
                id: row.get(0)?,
                source: row.get(1)?,
                title: row.get(2)?,
                authors: from_json(row, 3)?,
                outlet: row.get(4)?,
                published: row.get(5)?,
                language: row.get(6)?,
                text: row.get(7)?,
                text_hash: row.get(8)?,
                sentences: self.sentences()?,
                blocks,
                reader: Reader { version: row.get(9)?, model: row.get(10)? },
            };
            Ok((row.get(11)?, document))
        })
    }

    fn sentences(&self) -> rusqlite::Result<Vec<Span>> {
        self.all(
            "SELECT start, \"end\" FROM sentences
             WHERE sentence BETWEEN (SELECT first_sentence FROM documents WHERE document = ?1)
               AND (SELECT last_sentence FROM documents WHERE document = ?1) ORDER BY sentence",
            |row| Ok([row.get(0)?, row.get(1)?]),
        )
    }

    fn entities(&self) -> rusqlite::Result<Vec<Entity>> {
        let mut entities = self.all(
            "SELECT row, name, kind, named, aliases, country, sector, score FROM appearances
             WHERE document = ?1 ORDER BY appearance",
            |row| {
                Ok(Entity {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    kind: row.get(2)?,
                    named: row.get(3)?,
                    aliases: from_json(row, 4)?,
                    country: row.get(5)?,
                    sector: row.get(6)?,
                    mentions: Vec::new(),
                    score: row.get(7)?,
                })
            },
        )?;
        let mentions = self.all(
            "SELECT appearance, start, \"end\", form FROM mentions
             WHERE document = ?1 ORDER BY appearance, mention",
            |row| {
                let mention = Mention { span: [row.get(1)?, row.get(2)?], form: row.get(3)? };
                Ok((row.get::<_, u32>(0)?, mention))
            },
        )?;
        for (n, mention) in mentions {
            entities
                .get_mut(n as usize)
                .ok_or(rusqlite::Error::QueryReturnedNoRows)?
                .mentions
                .push(mention);
        }
        Ok(entities)
    }

    fn statements(&self, who: &Ids, said: &Ids) -> rusqlite::Result<Vec<Statement>> {
        self.all(
            "SELECT row, source_start, source_end, source_pieces, source, source_kind, description, cue_start,
               cue_end, cue_pieces, content_start, content_end, content_pieces, manner, act, addressee_start,
               addressee_end, addressee_pieces, addressee, parent, hedge, score
             FROM statements WHERE document = ?1 ORDER BY statement",
            |row| {
                let description: Option<String> = row.get(6)?;
                Ok(Statement {
                    id: row.get(0)?,
                    source: Source {
                        span: spans(row, 1)?,
                        entity: id(who, row.get(4)?)?,
                        kind: row.get(5)?,
                        description: description.map(|_| from_json(row, 6)).transpose()?,
                    },
                    cue: spans(row, 7)?.unwrap_or_default(),
                    content: spans(row, 10)?.unwrap_or_default(),
                    manner: row.get(13)?,
                    act: row.get(14)?,
                    addressee: reference(row, 15, who)?,
                    parent: id(said, row.get(19)?)?,
                    hedge: from_json(row, 20)?,
                    score: row.get(21)?,
                })
            },
        )
    }

    fn events(&self, who: &Ids, said: &Ids) -> rusqlite::Result<Vec<Event>> {
        let mut events = self.all(
            "SELECT row, start, \"end\", predicate, type, mode, contexts, cameo, time, magnitude, tense,
               historical, within, factuality, score
             FROM events WHERE document = ?1 ORDER BY event",
            |row| {
                Ok(Event {
                    id: row.get(0)?,
                    anchor: [row.get(1)?, row.get(2)?],
                    predicate: row.get(3)?,
                    kind: row.get(4)?,
                    mode: row.get(5)?,
                    contexts: from_json(row, 6)?,
                    cameo: row.get(7)?,
                    actors: Vec::new(),
                    recipients: Vec::new(),
                    place: None,
                    time: Some(TimeOf { span: Vec::new(), value: row.get(8)? }),
                    magnitude: from_json(row, 9)?,
                    tense: row.get(10)?,
                    historical: row.get(11)?,
                    within: id(said, row.get(12)?)?,
                    certainty: Vec::new(),
                    factuality: row.get(13)?,
                    score: row.get(14)?,
                })
            },
        )?;
        self.add_parties(&mut events, who)?;
        self.add_voices(&mut events, said)?;
        Ok(events)
    }

    fn add_parties(&self, events: &mut [Event], who: &Ids) -> rusqlite::Result<()> {
        let parties = self.all(
            "SELECT event, part, start, \"end\", pieces, appearance FROM event_parties
             WHERE document = ?1 ORDER BY event, part, party",
            |row| {
                let party = reference(row, 2, who)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
                Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?, party))
            },
        )?;
        let mut timed = vec![false; events.len()];
        for (n, part, party) in parties {
            let n = n as usize;
            let event = events.get_mut(n).ok_or(rusqlite::Error::QueryReturnedNoRows)?;
            match (part.as_str(), &mut event.time) {
                ("actor", _) => event.actors.push(party),
                ("recipient", _) => event.recipients.push(party),
                ("place", _) => event.place = Some(party),
                (_, Some(time)) => {
                    time.span = party.span;
                    timed[n] = true;
                }
                _ => {}
            }
        }
        for (event, timed) in events.iter_mut().zip(timed) {
            event.time.take_if(|_| !timed);
        }
        Ok(())
    }

    fn add_voices(&self, events: &mut [Event], said: &Ids) -> rusqlite::Result<()> {
        let others = self.all(
            "SELECT event, statement, certainty FROM event_voices
             WHERE document = ?1 ORDER BY event, voice",
            |row| {
                let holder = id(said, row.get(1)?)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
                Ok((row.get::<_, u32>(0)?, Certainty { holder, value: row.get(2)? }))
            },
        )?;
        let author = self.all(
            "SELECT event, certainty FROM events
             WHERE document = ?1 AND certainty IS NOT NULL ORDER BY event",
            |row| {
                let voice = Certainty { holder: AUTHOR.to_owned(), value: row.get(1)? };
                Ok((row.get::<_, u32>(0)?, voice))
            },
        )?;
        for (n, voice) in others.into_iter().chain(author) {
            let event = events.get_mut(n as usize).ok_or(rusqlite::Error::QueryReturnedNoRows)?;
            event.certainty.push(voice);
        }
        Ok(())
    }

    fn relations(&self, who: &Ids, said: &Ids) -> rusqlite::Result<Vec<Relation>> {
        self.all(
            "SELECT row, kind, subject, object, value, by, start, \"end\", pieces, within, certainty, score
             FROM relations WHERE document = ?1 ORDER BY relation",
            |row| {
                Ok(Relation {
                    id: row.get(0)?,
                    kind: row.get(1)?,
                    subject: id(who, row.get(2)?)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?,
                    object: id(who, row.get(3)?)?,
                    value: row.get(4)?,
                    by: id(who, row.get(5)?)?,
                    span: spans(row, 6)?.unwrap_or_default(),
                    within: id(said, row.get(9)?)?,
                    certainty: from_json(row, 10)?,
                    score: row.get(11)?,
                })
            },
        )
    }

    fn times(&self) -> rusqlite::Result<Vec<Time>> {
        self.all(
            "SELECT start, \"end\", pieces, kind, value FROM times WHERE document = ?1 ORDER BY time",
            |row| {
                let span = spans(row, 0)?.unwrap_or_default();
                Ok(Time { span, kind: row.get(3)?, value: row.get(4)? })
            },
        )
    }

    fn notes(&self) -> rusqlite::Result<Vec<Note>> {
        self.all(
            "SELECT code, message, start, \"end\" FROM notes WHERE document = ?1 ORDER BY note",
            |row| {
                let (start, end): (Option<u32>, Option<u32>) = (row.get(2)?, row.get(3)?);
                let span = start.zip(end).map(|(start, end)| [start, end]);
                Ok(Note { code: row.get(0)?, message: row.get(1)?, span })
            },
        )
    }
}

/// The spans in three columns from `at`: start, end and pieces; none if all are null.
fn spans(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Vec<Span>>> {
    let pieces: Option<String> = row.get(at + 2)?;
    if pieces.is_some() {
        return from_json(row, at + 2).map(Some);
    }
    let (start, end): (Option<u32>, Option<u32>) = (row.get(at)?, row.get(at + 1)?);
    Ok(start.zip(end).map(|(start, end)| vec![[start, end]]))
}

/// The reference in four columns from `at`: start, end, pieces and the entity's number.
fn reference(row: &Row<'_>, at: usize, who: &Ids) -> rusqlite::Result<Option<Reference>> {
    let Some(span) = spans(row, at)? else { return Ok(None) };
    Ok(Some(Reference { span, entity: id(who, row.get(at + 3)?)? }))
}

fn id(ids: &Ids, n: Option<u32>) -> rusqlite::Result<Option<String>> {
    let Some(n) = n else { return Ok(None) };
    ids.get(n as usize).cloned().map(Some).ok_or(rusqlite::Error::QueryReturnedNoRows)
}

/// A column of JSON; null is an empty list.
fn from_json<T: DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    let value = row.get_ref(at)?;
    let json = Option::<String>::column_result(value)?;
    let json = json.as_deref().unwrap_or("[]");
    serde_json::from_str(json).map_err(|error| {
        let error = Box::new(error);
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, error)
    })
}
