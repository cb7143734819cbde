//! What is shown of a sentence that was found.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use super::Place;

/// Characters that no text has a use for, around the words that were found.
const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

/// A sentence that was found, with its rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The document's id.
    pub document: String,
    /// Where the article comes from.
    pub source: String,
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published, as the source writes it.
    pub published: Option<String>,
    /// The sentence's place in the text, in code points.
    pub span: [u32; 2],
    /// The sentence.
    pub text: String,
    /// The words that were sought, in code points of `text`.
    pub marks: Vec<Mark>,
    /// The statements that touch it.
    pub statements: Vec<StatementLine>,
    /// The events that it tells, of those that have a type or are denied or doubted by somebody.
    pub events: Vec<EventLine>,
}

/// Words that were sought, `[start, end]` in code points of the sentence.
pub type Mark = [usize; 2];

/// A statement in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementLine {
    /// Its id in the record.
    pub row: String,
    /// Who says it; null where the text does not tell.
    pub who: Option<String>,
    /// How far the text names them.
    pub source_kind: String,
    /// What is done by saying it.
    pub act: String,
    /// How sure the reader is, 0 to 1.
    pub score: f64,
}

/// An event in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventLine {
    /// Its id in the record.
    pub row: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The word that tells it, in its dictionary form.
    pub predicate: String,
    /// What each voice commits to, innermost first.
    pub certainty: Vec<VoiceLine>,
    /// How sure the reader is, 0 to 1.
    pub score: f64,
}

/// What one voice commits to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VoiceLine {
    /// `author`, or the id of a statement.
    pub holder: String,
    /// What it commits to.
    pub value: String,
}

/// Reads what is shown of a sentence.
pub(super) fn read(
    ledger: &Connection,
    place: Place,
    words: Option<&str>,
) -> rusqlite::Result<Hit> {
    let mut find = ledger.prepare_cached(
        "SELECT id, source, title, outlet, published, h.start, h.\"end\", t.text
         FROM sentences h JOIN documents USING (document) JOIN sentence_texts t USING (sentence)
         WHERE sentence = ?1",
    )?;
    let mut hit = find.query_row([place.sentence], |row| {
        Ok(Hit {
            document: row.get(0)?,
            source: row.get(1)?,
            title: row.get(2)?,
            outlet: row.get(3)?,
            published: row.get(4)?,
            span: [row.get(5)?, row.get(6)?],
            text: row.get(7)?,
            marks: Vec::new(),
            statements: Vec::new(),
            events: Vec::new(),
        })
    })?;
    if let Some(words) = words {
        hit.marks = marks(ledger, place.sentence, words)?;
    }
    hit.statements = statements(ledger, place)?;
    hit.events = events(ledger, place)?;
    Ok(hit)
}

fn marks(ledger: &Connection, sentence: i64, words: &str) -> rusqlite::Result<Vec<Mark>> {
    let mut find = ledger.prepare_cached(
        "SELECT highlight(sentence_words, 0, char(0xFDD0), char(0xFDD1)) FROM sentence_words
         WHERE sentence_words MATCH ?1 AND rowid = ?2",
    )?;
    let marked = find.query_row((words, sentence), |row| row.get::<_, String>(0)).optional()?;
    let (mut marks, mut at, mut start) = (Vec::new(), 0, 0);
    for character in marked.unwrap_or_default().chars() {
        match character {
            OPEN => start = at,
            CLOSE => marks.push([start, at]),
            _ => at += 1,
        }
    }
    Ok(marks)
}

fn statements(ledger: &Connection, place: Place) -> rusqlite::Result<Vec<StatementLine>> {
    let mut find = ledger.prepare_cached(
        "SELECT s.row, coalesce(a.name, substr(t.text, s.source_start + 1, s.source_end - s.source_start)),
           s.source_kind, s.act, s.score
         FROM statements s JOIN texts t USING (document)
         LEFT JOIN appearances a ON a.document = s.document AND a.appearance = s.source
         WHERE s.document = ?1 AND ?2 BETWEEN s.first_sentence AND s.last_sentence
           AND s.review IS NOT 'rejected' ORDER BY statement",
    )?;
    let line = |row: &Row<'_>| {
        Ok(StatementLine {
            row: row.get(0)?,
            who: row.get(1)?,
            source_kind: row.get(2)?,
            act: row.get(3)?,
            score: row.get(4)?,
        })
    };
    find.query_map([place.document, place.sentence], line)?.collect()
}

fn events(ledger: &Connection, place: Place) -> rusqlite::Result<Vec<EventLine>> {
    let mut find = ledger.prepare_cached(
        "SELECT event, row, type, predicate, certainty, score FROM events
         WHERE document = ?1 AND sentence = ?2 AND review IS NOT 'rejected' ORDER BY event",
    )?;
    let line = |row: &Row<'_>| {
        let author: Option<String> = row.get(4)?;
        let author = author.map(|value| VoiceLine { holder: "author".to_owned(), value });
        let event = EventLine {
            row: row.get(1)?,
            kind: row.get(2)?,
            predicate: row.get(3)?,
            certainty: author.into_iter().collect(),
            score: row.get(5)?,
        };
        Ok((row.get::<_, i64>(0)?, event))
    };
    let found = find.query_map([place.document, place.sentence], line)?;
    let mut events: BTreeMap<i64, EventLine> = found.collect::<rusqlite::Result<_>>()?;
    for (n, event) in &mut events {
        let mut others = voices(ledger, place.document, *n)?;
        others.append(&mut event.certainty);
        event.certainty = others;
    }
    let plain = |it: &EventLine| {
        it.certainty.iter().all(|voice| matches!(voice.value.as_str(), "asserted" | "open"))
    };
    Ok(events.into_values().filter(|event| event.kind.is_some() || !plain(event)).collect())
}

fn voices(ledger: &Connection, document: i64, event: i64) -> rusqlite::Result<Vec<VoiceLine>> {
    let mut find = ledger.prepare_cached(
        "SELECT row, certainty FROM event_voices JOIN statements USING (document, statement)
         WHERE document = ?1 AND event = ?2 ORDER BY voice",
    )?;
    let line = |row: &Row<'_>| Ok(VoiceLine { holder: row.get(0)?, value: row.get(1)? });
    find.query_map([document, event], line)?.collect()
}
